// Governance: the newest verdict of the worktree, and what of it is listed and chosen. The back end follows the files by
// itself and says so by an event; what the verdict holds is asked for only while the place is shown.
import type { CheckState, FindingItem, GovernanceView, RuleRow, WaiverRow } from "../ipc/bindings";
import { call as hostCall, type HostError, on, toHostError } from "../ipc/client";
import { findingKey, type Grouping, grouped, inState, keyOfRow, recordsOf, rowsOf, rulesByStanding, type Shown, waiversByResult } from "../model/governance";
import { app } from "./app.svelte";
import type { Call } from "./editor.svelte";
import { isOneOf, Persisted } from "./persisted.svelte";
import { CodePlace } from "./place.svelte";

export const TABS = ["violations", "rules", "waivers", "paths"] as const;
export type Tab = (typeof TABS)[number];
export const GROUPINGS = ["decision", "path", "owner"] as const satisfies readonly Grouping[];

export class Governance {
  tab = $state<Tab>("violations");
  shown = $state<Shown>("existing");
  words = $state("");
  /** The form of a waiver is open for the chosen finding. */
  waiving = $state(false);
  /** Debt is shown as a table and not as a chart. */
  asTable = $state(false);
  /** The form that lets the chosen waiver go on is open. */
  extending = $state(false);
  /** A waiver that was written and is not committed: it covers no change before that. */
  granted = $state<string | null>(null);
  #state = $state.raw<CheckState | null>(null);
  #view = $state.raw<GovernanceView | null>(null);
  #error = $state.raw<HostError | null>(null);
  #checkedAt = $state.raw<Date | null>(null);
  #folded = $state.raw<ReadonlySet<string>>(new Set());
  #chosen = $state.raw<Readonly<Record<Tab, string | null>>>({ violations: null, rules: null, waivers: null, paths: null });
  #isShown = false;
  #run = 0;
  readonly #grouping = new Persisted<Grouping>("governance-grouping", "decision", isOneOf(...GROUPINGS));
  readonly #call: Call;
  /** Lines around the chosen finding. */
  readonly place: CodePlace;

  readonly groups = $derived(this.#view === null ? [] : grouped(this.#view, this.shown, this.grouping, this.words));
  readonly violations = $derived(rowsOf(this.groups.map((group) => ({ key: `group ${group.key}`, group, items: group.findings.map((item) => ({ key: findingKey(item), item })) })), this.#folded));
  readonly rules = $derived(rowsOf(rulesByStanding(this.#view?.rules ?? [], this.words).map(({ standing, rules }) => ({ key: `rules ${standing}`, group: standing, items: rules.map((item) => ({ key: keyOfRow(item), item })) })), this.#folded));
  readonly waivers = $derived(rowsOf(waiversByResult(this.#view?.waivers ?? [], this.words).map(({ result, waivers }) => ({ key: `waivers ${result}`, group: result, items: waivers.map((item) => ({ key: item.path, item })) })), this.#folded));
  readonly finding: FindingItem | null = $derived(this.violations.find(({ key }) => key === this.chosen)?.item ?? null);
  readonly rule: RuleRow | null = $derived(this.rules.find(({ key }) => key === this.chosen)?.item ?? null);
  readonly waiver: WaiverRow | null = $derived(this.waivers.find(({ key }) => key === this.chosen)?.item ?? null);
  readonly records = $derived(recordsOf(this.#view?.rules ?? []));
  readonly clauses = $derived(new Map((this.#view?.clauses ?? []).map((clause) => [clause.record, clause])));
  /** Findings by state, whatever is listed. */
  readonly counts = $derived.by(() => {
    const findings = this.#view?.verdict.findings ?? [];
    return { existing: inState(findings, "existing").length, waived: inState(findings, "waived").length, baselined: inState(findings, "baselined").length };
  });
  /** Faults that keep a rule or waiver from counting. */
  readonly faults = $derived((this.#view?.verdict.faults ?? []).filter(({ severity, code }) => severity === "error" || code === "bad-waiver"));

  constructor(call: Call = hostCall) {
    this.#call = call;
    this.place = new CodePlace(call);
  }

  get state(): CheckState | null {
    return this.#state;
  }
  get view(): GovernanceView | null {
    return this.#view;
  }
  get error(): HostError | null {
    return this.#error;
  }
  /** When the newest verdict came. */
  get checkedAt(): Date | null {
    return this.#checkedAt;
  }
  get grouping(): Grouping {
    return this.#grouping.value;
  }
  set grouping(grouping: Grouping) {
    this.#grouping.value = grouping;
  }
  /** Key of the row that the keys are on, on this tab. */
  get chosen(): string | null {
    return this.#chosen[this.tab];
  }
  /** Open violations, for the sidebar. */
  get open(): number {
    return this.#state?.open ?? 0;
  }

  /** News of the check; once a window. */
  async listen(): Promise<void> {
    await on("check-state", (state) => { this.told(state); });
  }

  told(state: CheckState): void {
    const isNew = state.generation !== (this.#state?.generation ?? 0);
    this.#state = state;
    if (isNew && state.generation > 0) this.#checkedAt = new Date();
    if (isNew && this.#isShown) void this.refresh();
  }

  /** A repository is open: its check begins. */
  async begin(): Promise<void> {
    try {
      const state = await this.#call("follow_check");
      if (state.generation >= (this.#state?.generation ?? 0)) this.told(state);
    } catch (thrown) {
      app.logError(thrown);
    }
  }

  clear(): void {
    this.#run += 1;
    [this.#state, this.#view, this.#error, this.#checkedAt, this.granted] = [null, null, null, null, null];
    [this.words, this.waiving, this.shown, this.tab] = ["", false, "existing", "violations"];
    this.#folded = new Set();
    this.#chosen = { violations: null, rules: null, waivers: null, paths: null };
  }

  /** The place is shown: from now on the whole verdict is wanted. The answer ends that. */
  show(): () => void {
    this.#isShown = true;
    void this.refresh();
    return () => {
      this.#isShown = false;
    };
  }

  async refresh(): Promise<void> {
    const run = this.#run;
    try {
      const view = await this.#call("governance");
      if (run !== this.#run || view.generation < (this.#view?.generation ?? 0)) return;
      [this.#view, this.#error] = [view, null];
    } catch (thrown) {
      if (run === this.#run) this.#error = toHostError(thrown);
    }
  }

  /** How far a look at everything is. */
  async progress(): Promise<void> {
    const run = this.#run;
    const state = await this.#call("check_state").catch(() => null);
    if (state !== null && run === this.#run && state.generation === this.#state?.generation) this.#state = state;
  }

  async checkAgain(): Promise<void> {
    try {
      await this.#call("check_again");
    } catch (thrown) {
      this.#error = toHostError(thrown);
    }
  }

  choose(key: string | null): void {
    if (key === this.chosen) return;
    this.#chosen = { ...this.#chosen, [this.tab]: key };
    [this.waiving, this.extending] = [false, false];
  }

  fold(key: string, folded: boolean): void {
    const next = new Set(this.#folded);
    if (folded) next.add(key);
    else next.delete(key);
    this.#folded = next;
  }

  nextGrouping(): void {
    this.grouping = GROUPINGS[(GROUPINGS.indexOf(this.grouping) + 1) % GROUPINGS.length] ?? "decision";
  }

  /** Opens a tab, on a row of it. */
  openTab(tab: Tab, key: string | null = null): void {
    if (tab !== this.tab) this.words = "";
    this.tab = tab;
    if (key !== null) this.choose(key);
  }

  /** Shows what a rule finds, or a waiver covers. */
  showFindings(shown: Shown, words: string): void {
    [this.tab, this.shown, this.words] = ["violations", shown, words];
    this.choose(this.violations.find(({ item }) => item !== null)?.key ?? null);
  }
}

export const governance = new Governance();
