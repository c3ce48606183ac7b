// The check of what is staged: asked for again whenever that changes, the newest answer counts.
import type { FindingItem, Verdict } from "../ipc/bindings";
import { call as hostCall, type HostError, toHostError } from "../ipc/client";
import type { Call } from "./editor.svelte";

/** What the screen says first. */
export type Outcome = "violations" | "faulty" | "undecided" | "warnings" | "governance" | "pass";

export class Checking {
  #verdict = $state.raw<Verdict | null>(null);
  #error = $state.raw<HostError | null>(null);
  #run = 0;
  readonly #call: Call;

  /** What the change brings, errors first; a waiver that comes along covers nothing yet. */
  readonly findings: readonly FindingItem[] = $derived.by(() => {
    const brought = this.#verdict?.findings.filter(({ state }) => state === "introduced" || state === "waiver-proposed") ?? [];
    return [...brought.filter(isError), ...brought.filter((finding) => !isError(finding))];
  });
  readonly errors = $derived(this.findings.filter(isError).length);
  /** Null when nothing is staged or nothing binds. */
  readonly outcome: Outcome | null = $derived.by(() => {
    const verdict = this.#verdict;
    if (verdict === null) return null;
    if (this.errors > 0) return "violations";
    if (verdict.verdict === "error") return "faulty";
    if (verdict.undecided.length > 0) return "undecided";
    if (this.findings.length > 0) return "warnings";
    if (verdict.governance_changes.length > 0) return "governance";
    return verdict.counts.rules > 0 ? "pass" : null;
  });

  constructor(call: Call = hostCall) {
    this.#call = call;
  }

  get verdict(): Verdict | null {
    return this.#verdict;
  }
  get error(): HostError | null {
    return this.#error;
  }

  /** Checks what is staged; without anything there is nothing to say. */
  async refresh(isStaged: boolean): Promise<void> {
    const run = ++this.#run;
    if (!isStaged) {
      [this.#verdict, this.#error] = [null, null];
      return;
    }
    try {
      const verdict = await this.#call("check_staged");
      if (run === this.#run) [this.#verdict, this.#error] = [verdict, null];
    } catch (thrown) {
      // A conflict is told where it is settled.
      const error = toHostError(thrown);
      if (run === this.#run) [this.#verdict, this.#error] = [null, error.code === "conflict" ? null : error];
    }
  }
}

function isError(finding: FindingItem): boolean {
  return finding.severity === "error";
}
