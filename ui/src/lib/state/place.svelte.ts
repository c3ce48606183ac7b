// The place of the chosen violation: its lines in the file, and the commit that wrote them.
import type { CodeExcerpt, FindingItem, HistoryItem } from "../ipc/bindings";
import { call as hostCall } from "../ipc/client";
import type { Call } from "./editor.svelte";

export class CodePlace {
  #excerpt = $state.raw<CodeExcerpt | null>(null);
  #origin = $state.raw<HistoryItem | null | undefined>(undefined);
  #run = 0;
  #asking = 0;
  readonly #call: Call;

  constructor(call: Call = hostCall) {
    this.#call = call;
  }

  /** Null where the file has no lines to show. */
  get excerpt(): CodeExcerpt | null {
    return this.#excerpt;
  }
  /** Null for lines that are not committed, undefined while it is not known. */
  get origin(): HistoryItem | null | undefined {
    return this.#origin;
  }

  /** What is on screen stays until the answer is here. */
  async read({ path, line, end_line }: FindingItem): Promise<void> {
    const run = ++this.#run;
    const found = await this.#call("code_excerpt", { path, line, endLine: end_line }).catch(() => null);
    if (run === this.#run) this.#excerpt = found;
  }

  /** Asks git, which takes a moment in a long history. */
  async ask({ path, line, excerpt }: FindingItem, hasGit: boolean): Promise<void> {
    const run = ++this.#asking;
    this.#origin = undefined;
    if (!hasGit || excerpt === "") return;
    const found = await this.#call("line_origin", { path, line }).catch(() => undefined);
    if (run === this.#asking) this.#origin = found;
  }
}
