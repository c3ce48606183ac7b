// Records written to a file of the user's choice. What is offered: the record at hand, the list as it is shown, all in force.
import { t } from "../i18n/messages";
import type { DecisionSummary, Paper } from "../ipc/bindings";
import { call as hostCall, type HostError, toHostError } from "../ipc/client";
import { labelOf } from "../model/decisions";
import type { Call } from "./editor.svelte";
import { library } from "./library.svelte";
import { search } from "./search.svelte";
import { navigation } from "./navigation.svelte";
import { selection } from "./selection.svelte";
import { workspace } from "./workspace.svelte";

export type ExportFormat = "pdf" | "html";
export type ExportSet = "current" | "listed" | "in-force";

/** The records of a set, in the order they are to have. */
export function recordsOf(set: ExportSet): readonly DecisionSummary[] {
  if (set === "current") return selection.current ? [selection.current] : [];
  if (set === "in-force") return byNumber(workspace.decisions.filter((decision) => decision.in_force));
  if (navigation.screen === "search") return search.hits.flatMap((hit) => workspace.byPath.get(hit.path) ?? []);
  return library.listed;
}

function byNumber(decisions: readonly DecisionSummary[]): readonly DecisionSummary[] {
  return [...decisions].sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || (a.path < b.path ? -1 : 1));
}

/** How many records a set has; of a search also those that are not asked for yet. */
export function countOf(set: ExportSet): number {
  return set === "listed" && navigation.screen === "search" && search.tab === "records" ? (search.reply?.total ?? 0) : recordsOf(set).length;
}

/** The name a file is proposed to have: the title of what it holds, without what file systems refuse. */
export function fileNameOf(set: ExportSet, format: ExportFormat): string {
  const [first] = recordsOf(set);
  const name = set === "current" && first ? `${labelOf(first)} ${first.title}` : t.output.export.setFile(workspace.info?.name ?? "");
  const plain = name.replaceAll(/[\p{Cc}/\\:*?"<>|]/gu, " ").replaceAll(/\s+/g, " ").trim();
  return `${plain.slice(0, 120).trim().replace(/\.+$/, "")}.${format}`;
}

/** One export: what is chosen, whether it is under way, why it failed. */
export class Exporting {
  set = $state<ExportSet>("listed");
  format = $state<ExportFormat>("pdf");
  paper = $state<Paper>("a4");
  #busy = $state(false);
  #failure = $state.raw<HostError | null>(null);
  readonly #call: Call;

  constructor(call: Call = hostCall) {
    this.#call = call;
  }

  get busy(): boolean {
    return this.#busy;
  }
  get failure(): HostError | null {
    return this.#failure;
  }

  /** Asks where to and writes it; the path, null when a person thought better of it or it failed. */
  async run(): Promise<string | null> {
    if (this.#busy) return null;
    this.#busy = true;
    this.#failure = null;
    try {
      if (this.set === "listed" && navigation.screen === "search") await search.fetchAll();
      return await this.#write();
    } catch (thrown) {
      this.#failure = toHostError(thrown);
      return null;
    } finally {
      this.#busy = false;
    }
  }

  #write(): Promise<string | null> {
    const name = workspace.info?.name ?? "";
    const words = t.output.export;
    const title = this.set === "current" ? null : this.set === "in-force" ? words.inForceTitle(name) : words.setTitle(name);
    return this.#call("export_records", {
      request: { paths: recordsOf(this.set).map((decision) => decision.path), title },
      paper: this.format === "pdf" ? this.paper : null,
      title: words.dialogTitle,
      name: fileNameOf(this.set, this.format),
    });
  }
}
