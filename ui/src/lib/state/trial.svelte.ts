// Rules that are being written: tried on their examples and on the repository a moment after each key.
import type { CheckFault, FindingItem, RuleTest, RuleTrial, UndecidedItem } from "../ipc/bindings";
import { call as hostCall } from "../ipc/client";
import type { Call } from "./editor.svelte";

/** A rule with what came of it. */
export interface Tried {
  readonly test: RuleTest;
  readonly faults: readonly CheckFault[];
  readonly undecided: readonly UndecidedItem[];
  readonly findings: readonly FindingItem[];
  readonly vacuous: boolean;
}

const TRY_AFTER = 250;

export class Trial {
  #trial = $state.raw<RuleTrial | null>(null);
  #pending = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = 0;
  readonly #call: Call;

  readonly rules: readonly Tried[] = $derived((this.#trial?.tests.rules ?? []).map((test) => this.#of(test)));
  /** What is wrong with the rules as they are written. */
  readonly faults: readonly UndecidedItem[] = $derived(this.#trial?.tests.undecided ?? []);

  constructor(call: Call = hostCall) {
    this.#call = call;
  }

  /** The text has rules, or what should be some. */
  get shown(): boolean {
    return this.rules.length + this.faults.length > 0;
  }
  get pending(): boolean {
    return this.#pending;
  }

  #of(test: RuleTest): Tried {
    const verdict = this.#trial?.verdict;
    const own = <T extends { rule: string | null }>(items: readonly T[] | undefined): T[] => (items ?? []).filter(({ rule }) => rule === test.rule);
    const undecided = own(verdict?.undecided).filter(({ path }) => path !== test.path);
    return { test, faults: own(this.#trial?.tests.faults), undecided, findings: own(verdict?.findings), vacuous: verdict?.vacuous.includes(test.rule) ?? false };
  }

  /** The text is another one. */
  want(path: string, text: string, after = TRY_AFTER): void {
    clearTimeout(this.#timer);
    this.#run += 1;
    // Most records have no rules: they cost nothing.
    if (!/^\s*rules:/m.test(text)) {
      [this.#trial, this.#pending] = [null, false];
      return;
    }
    this.#pending = true;
    this.#timer = setTimeout(() => void this.#ask(path, text), after);
  }

  async #ask(path: string, text: string): Promise<void> {
    const run = ++this.#run;
    // What could not be tried stays as it was last.
    const trial = await this.#call("try_rules", { path, text }).catch(() => this.#trial);
    if (run === this.#run) [this.#trial, this.#pending] = [trial, false];
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#run += 1;
  }
}
