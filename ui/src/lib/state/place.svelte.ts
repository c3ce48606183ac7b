// The place of the chosen violation: its lines in the file.
import type { CodeExcerpt, FindingItem } from "../ipc/bindings";
import { call as hostCall } from "../ipc/client";
import { findingKey } from "../model/governance";
import type { Call } from "./editor.svelte";

export class CodePlace {
  #read = $state.raw<{ key: string; excerpt: CodeExcerpt | null } | null>(null);
  #run = 0;
  readonly #call: Call;

  constructor(call: Call = hostCall) {
    this.#call = call;
  }

  /** What was read last: it stays on the screen until the next answer is here. Null where the file has no lines to show. */
  get excerpt(): CodeExcerpt | null {
    return this.#read?.excerpt ?? null;
  }

  /** Lines around this finding and no other; null until they are read. */
  of(finding: FindingItem): CodeExcerpt | null {
    return this.#read?.key === findingKey(finding) ? this.#read.excerpt : null;
  }

  async read(finding: FindingItem): Promise<void> {
    const run = ++this.#run;
    const { path, line, end_line: endLine } = finding;
    const excerpt = await this.#call("code_excerpt", { path, line, endLine }).catch(() => null);
    if (run === this.#run) this.#read = { key: findingKey(finding), excerpt };
  }
}
