// The dialogs that write records: a new decision, a supersession, and a change of status (or any other plan) shown as a diff
// first. Each asks the host for a plan while the writer fills it in and applies exactly the plan that was shown (by digest).
import type { Hit, NewRequest, PlanPreview, StatusWord, SupersedeRequest, TemplateInfo, WriteReply } from "../ipc/bindings";
import { call as hostCall, toHostError, type HostError } from "../ipc/client";
import type { Call } from "./editor.svelte";
import { git } from "./git.svelte";

/** Pause after the last key before a plan or close titles are asked for. */
const PLAN_AFTER = 150;

/** A plan kept up with a request that is being typed. The last request wins, whatever order answers come in. */
export class LivePlan<R> {
  preview = $state.raw<PlanPreview | null>(null);
  error = $state.raw<HostError | null>(null);
  /** An answer for the newest request is still to come. */
  pending = $state(false);
  applying = $state(false);

  #ask: (request: R) => Promise<PlanPreview>;
  #apply: (request: R, digest: string) => Promise<WriteReply>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = 0;
  #request: R | null = null;

  constructor(ask: (request: R) => Promise<PlanPreview>, apply: (request: R, digest: string) => Promise<WriteReply>) {
    this.#ask = ask;
    this.#apply = apply;
  }

  /** Plans `request` after a pause; `null` clears. */
  want(request: R | null, after = PLAN_AFTER): void {
    clearTimeout(this.#timer);
    this.#request = request;
    this.#run += 1;
    this.pending = request !== null;
    if (request === null) this.preview = null;
    else this.#timer = setTimeout(() => void this.renew(), after);
  }

  /** Plans the newest request now. */
  async renew(): Promise<PlanPreview | null> {
    clearTimeout(this.#timer);
    const request = this.#request;
    if (request === null) return null;
    const run = ++this.#run;
    try {
      const preview = await this.#ask(request);
      if (run === this.#run) [this.preview, this.error] = [preview, null];
    } catch (thrown) {
      if (run === this.#run) [this.preview, this.error] = [null, toHostError(thrown)];
    }
    if (run === this.#run) this.pending = false;
    return this.preview;
  }

  /** Writes what is on screen; `null` when it could not, with `error` saying why. Files that changed since are planned anew, not written. */
  async apply(): Promise<WriteReply | null> {
    if (this.applying) return null;
    this.applying = true;
    try {
      const preview = this.pending ? await this.renew() : this.preview;
      if (!preview || this.#request === null) return null;
      return await this.#apply(this.#request, preview.digest);
    } catch (thrown) {
      const error = toHostError(thrown);
      if (error.code === "conflict") await this.renew();
      this.error = error;
      return null;
    } finally {
      this.applying = false;
    }
  }
}

export class NewDecision {
  title = $state("");
  scope = $state("");
  /** Globs of what it is to bind. */
  binds = $state.raw<readonly string[]>([]);
  /** A number of one's own, as it is typed; empty: the next free one. */
  number = $state("");
  log = $state<string | null>(null);
  template = $state<string | null>(null);
  /** What was chosen of "on a new branch"; null leaves it to where one stands. */
  #branch = $state<boolean | null>(null);
  /** The new record as it reads, or the file as it is written. */
  view = $state<"record" | "file">("record");
  templates = $state.raw<TemplateInfo[]>([]);
  /** At most two decisions whose titles are close. */
  close = $state.raw<Hit[]>([]);
  failure = $state.raw<HostError | null>(null);
  readonly plan: LivePlan<NewRequest>;

  #call: Call;
  #similarTimer: ReturnType<typeof setTimeout> | undefined;
  #similarRun = 0;

  chosen = $derived(this.templates.find((template) => template.name === this.template) ?? null);
  ownNumber = $derived(/^\d{1,9}$/.test(this.number.trim()) ? Number(this.number) : null);
  /** What is typed for a number is none. */
  noNumber = $derived(this.number.trim() !== "" && this.ownNumber === null);
  ready = $derived(this.title.trim() !== "" && !this.noNumber);
  /** The number is another record's. */
  taken = $derived.by(() => (this.ownNumber !== null && this.plan.error?.code === "usage" && this.plan.error.path !== null ? this.plan.error : null));
  /** A proposal is made beside what others start from, not on it. */
  onBranch = $derived(git.mayBranch && (this.#branch ?? git.onDefault === true));

  constructor(call: Call = hostCall) {
    this.#call = call;
    this.plan = new LivePlan(
      (request) => call("plan_new", { request }),
      (request, digest) => call("apply_new", { request, digest }),
    );
  }

  /** Called when the dialog opens. What was typed before is still there (WCAG 3.3.7). `placeholder` names the file while there is no title. */
  async open(start: { scope?: string | null; log?: string | null; binds?: readonly string[] } = {}): Promise<void> {
    if (start.scope !== undefined) this.scope = start.scope ?? "";
    if (start.log !== undefined) this.log = start.log;
    if (start.binds !== undefined) this.binds = start.binds;
    this.changed(0);
    try {
      this.templates = await this.#call("templates", { log: this.log });
      this.template ??= mostUsed(this.templates)?.name ?? null;
    } catch (thrown) {
      this.failure = toHostError(thrown);
    }
    this.changed(0);
  }

  chooseBranch(on: boolean): void {
    this.#branch = on;
    this.changed(0);
  }

  /** Another repository: nothing that was typed for this one. */
  forget(): void {
    [this.title, this.scope, this.number, this.log, this.template] = ["", "", "", null, null];
    [this.templates, this.failure, this.#branch, this.binds] = [[], null, null, []];
    this.plan.want(null);
    clearTimeout(this.#similarTimer);
    this.#similarRun += 1;
    this.close = [];
  }

  /** Any field changed: the plan and the close titles follow. */
  changed(after = PLAN_AFTER): void {
    this.plan.want(this.#request(), after);
    clearTimeout(this.#similarTimer);
    const run = ++this.#similarRun;
    if (this.title.trim().length < 4) this.close = [];
    else this.#similarTimer = setTimeout(() => void this.#findClose(run), after);
  }

  async #findClose(run: number): Promise<void> {
    try {
      const hits = await this.#call("similar", { title: this.title.trim() });
      if (run === this.#similarRun) this.close = hits.slice(0, 2);
    } catch {
      // Close titles are a help; without the index the dialog works as before.
      if (run === this.#similarRun) this.close = [];
    }
  }

  #request(): NewRequest {
    const { template, log } = this;
    const scope = this.scope.trim();
    // Without a title the plan still tells the number; its file name is not shown and it is never applied.
    return { title: this.title.trim() || "Untitled", template, log, status: null, scope: scope || null, tags: [], applies_to: [...this.binds], supersedes: null, number: this.ownNumber, on_branch: this.onBranch };
  }

  /** Makes the record; `null` when that failed, with the plan's error saying why. */
  async apply(): Promise<WriteReply | null> {
    if (!this.ready) return null;
    const reply = await this.plan.apply();
    if (reply) [this.title, this.number, this.close, this.#branch, this.binds] = ["", "", [], null, []];
    return reply;
  }
}

function mostUsed(templates: TemplateInfo[]): TemplateInfo | undefined {
  return templates.reduce<TemplateInfo | undefined>((best, next) => (best && best.uses >= next.uses ? best : next), undefined);
}

export type SuccessorStatus = "draft" | "proposed" | "accepted";

export class Supersede {
  readonly old: string;
  title = $state("");
  why = $state("");
  /** On a branch of its own both records land together; where others start from, the successor is a proposal first. */
  status = $state<SuccessorStatus>(git.onDefault === false ? "accepted" : "proposed");
  carryPaths = $state(true);
  carryScope = $state(true);
  carryContext = $state(true);
  readonly plan: LivePlan<SupersedeRequest>;

  constructor(old: string, call: Call = hostCall) {
    this.old = old;
    this.plan = new LivePlan(
      (request) => call("plan_supersede", { request }),
      (request, digest) => call("apply_supersede", { request, digest }),
    );
  }

  /** No `$derived`: that would stand still with the dialog that made this, and the entries outlive it. */
  get ready(): boolean {
    return this.title.trim() !== "";
  }

  changed(after = PLAN_AFTER): void {
    this.plan.want(this.ready ? this.#request() : null, after);
  }

  #request(): SupersedeRequest {
    return {
      old: this.old,
      by: null,
      title: this.title.trim(),
      why: this.why.trim() || null,
      status: this.status,
      template: null,
      carry_paths: this.carryPaths,
      carry_scope: this.carryScope,
      carry_context: this.carryContext,
    };
  }

  apply(): Promise<WriteReply | null> {
    return this.ready ? this.#runApply() : Promise.resolve(null);
  }

  async #runApply(): Promise<WriteReply | null> {
    const reply = await this.plan.apply();
    if (reply) [this.title, this.why] = ["", ""];
    return reply;
  }
}

/** A plan that has nothing to fill in: look at the diff, then agree. */
export class Confirmation {
  readonly plan: LivePlan<true>;

  constructor(ask: () => Promise<PlanPreview>, apply: (digest: string) => Promise<WriteReply>) {
    this.plan = new LivePlan<true>(ask, (_, digest) => apply(digest));
    this.plan.want(true, 0);
  }
}

/** Accept, reject, deprecate or propose a record, after seeing what that writes. */
export function statusChange(path: string, status: StatusWord, call: Call = hostCall): Confirmation {
  return new Confirmation(
    () => call("plan_status", { path, status }),
    (digest) => call("apply_status", { path, status, digest }),
  );
}

/** The record that was just made: the editor begins at its first prompt, once. */
class Fresh {
  #path: string | null = null;

  set(path: string): void {
    this.#path = path;
  }

  /** True the first time it is asked for that record. */
  take(path: string): boolean {
    const found = this.#path === path;
    if (found) this.#path = null;
    return found;
  }
}

export const fresh = new Fresh();

/** What was typed stays when a dialog is opened again in this session (WCAG 3.3.7). */
export const newDecision = new NewDecision();

let superseding: Supersede | null = null;

/** The entries of the dialog for that record; another record begins anew. */
export function supersedeOf(old: string): Supersede {
  if (superseding?.old !== old) superseding = new Supersede(old);
  return superseding;
}

/** Another repository is open: its dialogs begin empty. */
export function forgetEntries(): void {
  newDecision.forget();
  superseding = null;
}
