// A waiver that is being written for one violation: the plan follows what is typed and is applied as it was shown.
import { daysBefore, daysBetween } from "../i18n/dates";
import type { ExtensionRequest, FindingItem, WaiverRequest, WaiverRow, WriteReply } from "../ipc/bindings";
import { call as hostCall } from "../ipc/client";
import { globOf } from "../model/governance";
import type { Call } from "./editor.svelte";
import { workspace } from "./workspace.svelte";
import { LivePlan } from "./writing.svelte";

export type Covers = "line" | "file" | "folder";

/** A waiver ends after so many days unless another day is given. */
const USUAL_DAYS = 30;
/** A shorter reason says nothing. */
const LEAST_REASON = 10;

export class Granting {
  reason = $state("");
  covers = $state<Covers>("file");
  until = $state(daysBefore(workspace.today, -USUAL_DAYS));
  owner = $state("");
  readonly most: number;
  readonly plan: LivePlan<WaiverRequest>;
  readonly #finding: FindingItem;

  constructor(finding: FindingItem, owner: string, most: number, call: Call = hostCall) {
    this.#finding = finding;
    this.most = most;
    this.owner = owner;
    this.plan = new LivePlan(
      (request) => call("plan_waiver", { request }),
      (request, digest) => call("apply_waiver", { request, digest }),
    );
  }

  /** No `$derived`: that would stand still with the form that made this, and the entries outlive it. */
  get needsReason(): boolean {
    return this.reason.trim().length < LEAST_REASON;
  }
  get needsOwner(): boolean {
    return this.owner.trim() === "";
  }
  /** It ends further ahead than a waiver may. */
  get tooLong(): boolean {
    return (daysBetween(workspace.today, this.until) ?? 0) > this.most;
  }

  /** What is asked for; null while something is missing. */
  get request(): WaiverRequest | null {
    if (this.needsReason || this.needsOwner) return null;
    const { path, rule, fingerprint } = this.#finding;
    const folder = path.split("/").slice(0, -1).join("/");
    const paths = [this.covers === "folder" ? `${globOf(folder)}/**` : globOf(path)];
    return { rule, paths, fingerprints: this.covers === "line" ? [fingerprint] : [], reason: this.reason.trim(), owner: this.owner.trim(), approved_by: [], until: this.until };
  }

  changed(after?: number): void {
    this.plan.want(this.request, after);
  }

  async apply(): Promise<WriteReply | null> {
    const reply = await this.plan.apply();
    if (reply) kept = null;
    return reply;
  }
}

/** What was typed stays when the form is opened again for the same violation (WCAG 3.3.7). */
let kept: { key: string; form: Granting } | null = null;

export function granting(finding: FindingItem, owner: string, most: number): Granting {
  const key = `${finding.rule} ${finding.path} ${finding.fingerprint}`;
  if (kept?.key !== key) kept = { key, form: new Granting(finding, owner, most) };
  kept.form.changed(0);
  return kept.form;
}

/** A waiver that is to go on. */
export class Extending {
  until = $state(daysBefore(workspace.today, -USUAL_DAYS));
  readonly most: number;
  readonly plan: LivePlan<ExtensionRequest>;
  readonly #path: string;

  constructor({ path }: WaiverRow, most: number, call: Call = hostCall) {
    this.#path = path;
    this.most = most;
    this.plan = new LivePlan(
      (request) => call("plan_extension", { request }),
      (request, digest) => call("apply_extension", { request, digest }),
    );
    this.changed(0);
  }

  /** It ends further ahead than a waiver may. */
  get tooLong(): boolean {
    return (daysBetween(workspace.today, this.until) ?? 0) > this.most;
  }

  changed(after?: number): void {
    this.plan.want({ path: this.#path, until: this.until }, after);
  }
}
