// The check of what a commit would hold: asked for again whenever that changes, the newest answer counts.
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
  /** What it brings to each line of a file, for its difference. */
  readonly byPath: ReadonlyMap<string, ReadonlyMap<number, readonly FindingItem[]>> = $derived.by(() => {
    const paths = new Map<string, Map<number, FindingItem[]>>();
    for (const finding of this.findings) {
      const lines = paths.get(finding.path) ?? new Map<number, FindingItem[]>();
      paths.set(finding.path, lines.set(finding.line, [...(lines.get(finding.line) ?? []), finding]));
    }
    return paths;
  });
  /** Null when nothing would be committed or nothing binds. */
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

  /** Checks what is staged, and `more` files that the commit would stage first; without anything there is nothing to say. */
  async refresh(isStaged: boolean, more: readonly string[] = []): Promise<void> {
    const run = ++this.#run;
    if (!isStaged && more.length === 0) {
      [this.#verdict, this.#error] = [null, null];
      return;
    }
    try {
      const verdict = await this.#call("check_commit", { more: [...more] });
      if (run === this.#run) [this.#verdict, this.#error] = [verdict, null];
    } catch (thrown) {
      // A conflict is told where it is settled.
      const error = toHostError(thrown);
      if (run === this.#run) [this.#verdict, this.#error] = [null, error.code === "conflict" || error.code === "cancelled" ? null : error];
    }
  }
}

function isError(finding: FindingItem): boolean {
  return finding.severity === "error";
}
