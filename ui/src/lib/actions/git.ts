// What git can do, listed wherever one is: on the Changes screen its own actions of these names take their place.
import { t } from "../i18n/messages";
import { undoLastCommit } from "../../components/changes/undoing";
import { changes } from "../state/changes.svelte";
import { navigation } from "../state/navigation.svelte";
import { workspace } from "../state/workspace.svelte";
import type { Action } from "./actions.svelte";

/** Why git can do nothing here. */
function withoutGit(): string | null {
  if (workspace.phase !== "open") return t.actions.noRepository;
  return workspace.info?.git ? null : t.actions.noGit;
}

/** Why nothing can be committed, in the words of the screen. */
export function notCommittable(): string | null {
  const reasons: Record<string, string> = { detached: t.changes.detached.unavailable, conflict: t.changes.conflict.unavailable };
  return changes.blocked === null ? null : (reasons[changes.blocked] ?? t.changes.nothingToCommit);
}

export function gitActions(): Action[] {
  const words = t.changes.commands;
  const show = () => navigation.go({ screen: "changes", path: null });
  const action = (id: string, title: () => string, run: () => unknown, unavailable: () => string | null): Action => ({ id: `changes.${id}`, group: "git", title, run, unavailable: () => withoutGit() ?? unavailable() });
  const after = (act: () => Promise<void>) => async () => {
    await act();
    await show();
  };
  const record = () => navigation.place.screen === "changes" ? (changes.current?.is_record ? changes.current.path : null) : navigation.place.path;
  const noRecord = () => (record() === null ? t.committing.compare.noRecord : null);
  const compare = (old: string): void => {
    const path = record();
    if (path !== null) navigation.openDialog({ name: "compare", path, old });
  };
  /** Of what the screen has itself, with its keys. */
  const standIn = (...given: Parameters<typeof action>): Action => ({ ...action(...given), standIn: true });
  return [
    // The message is read before it is committed.
    standIn("commit", () => words.commit, show, notCommittable),
    standIn("stage-all", () => words.stageAll, after(() => changes.stageAll()), () => (changes.unstagedRecords.length + changes.others.length > 0 ? null : t.changes.allStaged)),
    standIn("unstage-all", () => words.unstageAll, after(() => changes.unstageAll()), () => (changes.staged.length > 0 ? null : t.changes.noneStaged)),
    standIn("refresh", () => words.refresh, after(() => changes.refresh()), () => null),
    standIn("toggle", () => words.toggle, show, () => t.changes.onlyThere),
    standIn("next", () => words.nextChange, show, () => t.changes.onlyThere),
    standIn("previous", () => words.previousChange, show, () => t.changes.onlyThere),
    standIn("message", () => words.message, show, () => t.changes.onlyThere),
    standIn("discard", () => t.staging.discardFile, show, () => t.changes.onlyThere),
    action("commands", () => t.committing.commands.open, () => { navigation.openDialog({ name: "git-commands" }); }, () => null),
    action("undo-commit", () => t.committing.undo, async () => { await show(); const last = changes.status?.last_commit; if (last) await undoLastCommit(changes, last.commit); }, () => (changes.status?.last_commit ? null : t.committing.nothingToUndo)),
    action("amend", () => t.committing.amend, async () => { await show(); await changes.amend(true); }, () => (changes.amending !== null ? t.committing.amending : changes.status?.last_commit ? null : t.committing.nothingToUndo)),
    action("since-accepted", () => t.committing.compare.since, () => { compare("accepted"); }, noRecord),
    action("compare", () => t.committing.compare.open, () => { compare("committed"); }, noRecord),
    action("trash", () => t.staging.trash.command, () => { navigation.openDialog({ name: "trash" }); }, () => null),
  ];
}
