// What can be done with a record besides writing it: rename, move, delete, renumber, link, amend, convert, mend. Each is a
// few fields and a plan that follows them; the plan is shown as a difference and applied as it was shown.
import type { BulkRequest, DecisionSummary, LinkRequest, MoveRequest, RenumberRequest, StatusWord, SupersedeRequest } from "../ipc/bindings";
import { call as hostCall } from "../ipc/client";
import type { FixRequest } from "../model/fixes";
import type { Call } from "./editor.svelte";
import { Confirmation, LivePlan, type SuccessorStatus } from "./writing.svelte";

/** Fields of a dialog and the plan for them. */
export class PlanForm<F extends object, R> {
  fields: F = $state({} as F);
  readonly plan: LivePlan<R>;
  #request: (fields: F) => R | null;

  constructor(fields: F, request: (fields: F) => R | null, plan: LivePlan<R>) {
    this.fields = fields;
    this.#request = request;
    this.plan = plan;
    this.changed(0);
  }

  /** A field changed: the plan follows, after a pause while it is typed. `null` asks for none. */
  changed(after?: number): void {
    this.plan.want(this.#request(this.fields), after);
  }
}

/** How far a new place or number is followed. */
export interface Reach {
  /** Repair what refers to the record. */
  repair: boolean;
  /** In comments of code, too. */
  code: boolean;
}

const REACH: Reach = { repair: true, code: false };

function movePlan(call: Call): LivePlan<MoveRequest> {
  return new LivePlan(
    (request) => call("plan_move", { request }),
    (request, digest) => call("apply_move", { request, digest }),
  );
}

const moving = (path: string, { repair, code }: Reach): MoveRequest => ({ path, folder: null, name: null, title: null, keep_title: false, keep_citations: !repair, code: repair && code });

/** A new title; the file is named after it unless a name is given. */
export function renameOf({ path, title }: Pick<DecisionSummary, "path" | "title">, call: Call = hostCall) {
  return new PlanForm({ title, name: "", ...REACH }, (fields): MoveRequest | null => {
    const [wanted, name] = [fields.title.trim(), fields.name.trim()];
    return wanted === "" ? null : { ...moving(path, fields), title: wanted, name: name || null };
  }, movePlan(call));
}

export function moveOf(path: string, call: Call = hostCall) {
  return new PlanForm({ folder: "", ...REACH }, (fields): MoveRequest | null => {
    const folder = fields.folder.trim();
    return folder === "" ? null : { ...moving(path, fields), folder };
  }, movePlan(call));
}

/** Another number: the next free one while none is typed. */
export function renumberOf(path: string, call: Call = hostCall) {
  const plan = new LivePlan<RenumberRequest>(
    (request) => call("plan_renumber", { request }),
    (request, digest) => call("apply_renumber", { request, digest }),
  );
  return new PlanForm({ number: "", ...REACH }, ({ number, repair, code }): RenumberRequest | null => {
    const wanted = number.trim();
    if (wanted !== "" && !/^\d{1,9}$/.test(wanted)) return null;
    return { path, number: wanted === "" ? null : Number(wanted), keep_citations: !repair, code: repair && code };
  }, plan);
}

/** Deleting; `force` when others rest on the record and it is to go all the same. */
export function deletionOf(path: string, call: Call = hostCall) {
  const plan = new LivePlan<{ force: boolean }>(
    () => call("plan_delete", { path }),
    ({ force }, digest) => call("apply_delete", { path, force, digest }),
  );
  return new PlanForm({ force: false }, ({ force }) => ({ force }), plan);
}

export function linkOf(from: string, call: Call = hostCall) {
  const plan = new LivePlan<LinkRequest>(
    (request) => call("plan_link", { request }),
    (request, digest) => call("apply_link", { request, digest }),
  );
  const fields = { relation: "relates-to", own: "", to: null as string | null };
  return new PlanForm(fields, ({ relation, own, to }): LinkRequest | null => {
    const word = relation === "own" ? own.trim() : relation;
    return to === null || word === "" ? null : { from, relation: word, to };
  }, plan);
}

/** An amendment: a record that changes part of this one, which stays in force. */
export function amendmentOf(old: string, call: Call = hostCall) {
  const plan = new LivePlan<SupersedeRequest>(
    (request) => call("plan_amend", { request }),
    (request, digest) => call("apply_amend", { request, digest }),
  );
  const fields = { kind: "new" as "new" | "existing", title: "", why: "", status: "proposed" as SuccessorStatus, by: null as string | null };
  return new PlanForm(fields, ({ kind, title, why, status, by }): SupersedeRequest | null => {
    const request = { old, by: null, title: null, why: null, status: null, template: null, carry_paths: false, carry_scope: false, carry_context: false };
    if (kind === "existing") return by === null ? null : { ...request, by };
    return title.trim() === "" ? null : { ...request, title: title.trim(), why: why.trim() || null, status };
  }, plan);
}

/** A status or tags for several records. */
export function bulkOf(paths: readonly string[], call: Call = hostCall) {
  const plan = new LivePlan<BulkRequest>(
    (request) => call("plan_bulk", { request }),
    (request, digest) => call("apply_bulk", { request, digest }),
  );
  const fields = { status: "" as StatusWord | "", add: [] as string[], remove: [] as string[], leaveOut: false };
  return new PlanForm(fields, ({ status, add, remove, leaveOut }): BulkRequest | null =>
    status === "" && add.length === 0 && remove.length === 0 ? null : { paths: [...paths], status: status === "" ? null : status, add_tags: [...add], remove_tags: [...remove], leave_out: leaveOut }, plan);
}

/** Links where the text of a record only writes a number. */
export function linkingMentions(from: string, to: string, call: Call = hostCall): Confirmation {
  return new Confirmation(() => call("plan_mentions", { from, to }), (digest) => call("apply_mentions", { from, to, digest }));
}

/** A record as a commit left it, written as a new change. */
export function restoring(path: string, commit: string, call: Call = hostCall): Confirmation {
  return new Confirmation(() => call("plan_restore", { path, commit }), (digest) => call("apply_restore", { path, commit, digest }));
}

export function unlinking(request: LinkRequest, call: Call = hostCall): Confirmation {
  return new Confirmation(() => call("plan_unlink", { request }), (digest) => call("apply_unlink", { request, digest }));
}

export function conversion(path: string, to: string, call: Call = hostCall): Confirmation {
  return new Confirmation(() => call("plan_convert", { path, to }), (digest) => call("apply_convert", { path, to, digest }));
}

/** The table of decisions in the index page of the only or largest log. */
export function indexing(call: Call = hostCall): Confirmation {
  const request = { log: null };
  return new Confirmation(() => call("plan_index", { request }), (digest) => call("apply_index", { request, digest }));
}

/** Has git merge records by field, or by lines again. */
export function mergeDriver(remove: boolean, call: Call = hostCall): Confirmation {
  return new Confirmation(() => call("plan_merge_driver", { remove }), (digest) => call("apply_merge_driver", { remove, digest }));
}

/** Names one more folder of records in the settings of the repository. */
export function namingLog(folder: string, call: Call = hostCall): Confirmation {
  const wanted = async () => {
    const shared = await call("shared_settings", {});
    return { ...shared, logs: [...shared.logs, folder] };
  };
  return new Confirmation(async () => call("plan_shared", { wanted: await wanted() }), async (digest) => call("apply_shared", { wanted: await wanted(), digest }));
}

/** Copies a template that ships with the app into the repository, to be changed there. */
export function ownTemplate(log: string | null, name: string, call: Call = hostCall): Confirmation {
  return new Confirmation(() => call("plan_template", { log, name }), (digest) => call("apply_template", { log, name, digest }));
}

export function mending(request: FixRequest, call: Call = hostCall): Confirmation {
  return new Confirmation(() => call("plan_fix", { ...request }), (digest) => call("apply_fix", { ...request, digest }));
}
