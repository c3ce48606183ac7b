// Since when violations stand. Asked for those that are on the screen, a few at a time, so that a long history holds up nobody;
// what is known stays on the screen until the next answer.
import { SvelteMap } from "svelte/reactivity";

import type { FindingItem, FindingOrigin } from "../ipc/bindings";
import { call as hostCall } from "../ipc/client";
import { findingKey } from "../model/governance";
import type { Call } from "./editor.svelte";

/** So many are asked for at once. */
const AT_ONCE = 8;

export class Ages {
  readonly #known = new SvelteMap<string, FindingOrigin | null>();
  /** Findings of one verdict are objects of their own: those of the next are asked for anew. */
  #asked = new WeakSet<FindingItem>();
  #wanted: readonly FindingItem[] = [];
  #isAsking = false;
  #run = 0;
  readonly #call: Call;

  constructor(call: Call = hostCall) {
    this.#call = call;
  }

  /** Null where no line can tell, undefined while it is not known. */
  of(finding: FindingItem): FindingOrigin | null | undefined {
    return this.#known.get(findingKey(finding));
  }

  /** These are on the screen now; those that were before and are not are asked for no more. */
  want(findings: readonly FindingItem[]): void {
    this.#wanted = findings;
    if (!this.#isAsking) void this.#ask();
  }

  /** Another commit is the last one: what was not committed may be now. */
  renew(): void {
    this.#asked = new WeakSet();
    this.want(this.#wanted);
  }

  /** Another repository. */
  clear(): void {
    this.#run += 1;
    [this.#asked, this.#wanted] = [new WeakSet(), []];
    this.#known.clear();
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    for (;;) {
      const run = this.#run;
      const next = this.#wanted.filter((finding) => !this.#asked.has(finding)).slice(0, AT_ONCE);
      if (next.length === 0) break;
      for (const finding of next) this.#asked.add(finding);
      const places = next.map(({ rule, path, line }) => ({ rule, path, line }));
      const found = await this.#call("finding_origins", { places }).catch(() => null);
      // Without an answer there is no age: nothing else depends on it.
      if (run === this.#run && found !== null) next.forEach((finding, at) => this.#known.set(findingKey(finding), found[at] ?? null));
    }
    this.#isAsking = false;
  }
}

export const ages = new Ages();
