// What can be done on the Changes screen, for its buttons, keys and the palette alike. Registered while
// the screen is shown, so its keys work wherever the focus is; Space works on the focused row only and is handled there.
import type { Action } from "../../lib/actions/actions.svelte";
import { notCommittable } from "../../lib/actions/git";
import { t } from "../../lib/i18n/messages";
import { branching } from "../../lib/state/branching.svelte";
import type { Changes, DiffView } from "../../lib/state/changes.svelte";
import { cannotDiscard } from "./discarding";

/** What the screen lends to its actions. */
export interface ChangesPort {
  changes: Changes;
  commit(): void;
  commitAndPush(): void;
  focusMessage(): void;
  view(view: DiffView): void;
  discard(): Promise<void>;
  menu(): void;
}

export function changesActions({ changes, commit, commitAndPush, focusMessage, view, discard, menu }: ChangesPort): Action[] {
  const words = t.changes.commands;
  const action = (id: string, title: () => string, keys: string[], run: () => void, more: Partial<Action> = {}): Action => ({
    id: `changes.${id}`, group: "git", title, keys, run, ...more,
  });
  const views = (["rendered", "words", "lines", "both"] as const).map((value, index) =>
    action(`view-${value}`, () => t.changes.views[value], [String(index + 1)], () => { view(value); }, { hidden: true }));
  return [
    action("toggle", () => words.toggle, [], () => { if (changes.current) void changes.toggle(changes.current); }, { unavailable: () => (changes.current ? null : t.changes.noFile) }),
    action("stage-all", () => words.stageAll, [], () => void changes.stageAll(), { unavailable: () => (changes.unstagedRecords.length + changes.others.length > 0 ? null : t.changes.allStaged) }),
    action("unstage-all", () => words.unstageAll, [], () => void changes.unstageAll(), { unavailable: () => (changes.staged.length > 0 ? null : t.changes.noneStaged) }),
    action("next", () => words.nextChange, ["f7"], () => { changes.step(1); }),
    action("previous", () => words.previousChange, ["shift+f7"], () => { changes.step(-1); }),
    action("message", () => words.message, ["m"], focusMessage),
    action("commit", () => words.commit, ["mod+enter"], commit, { unavailable: notCommittable }),
    action("commit-push", () => t.branches.commands.commitPush, ["mod+shift+enter"], commitAndPush, { unavailable: () => notCommittable() ?? (branching.place?.remotes.length === 0 ? t.branches.noRemote : null) }),
    action("discard", () => (changes.current ? t.staging.discard(changes.current.label ?? changes.current.path.split("/").at(-1) ?? "") : t.staging.discardFile), [], () => void discard(), { unavailable: () => cannotDiscard(changes) }),
    action("menu", () => t.staging.more, [".", "shift+f10", "contextmenu"], menu, { contexts: ["changes"], hidden: true, unavailable: () => (changes.current ? null : t.changes.noFile) }),
    action("refresh", () => words.refresh, [], () => void changes.refresh()),
    ...views,
  ];
}
