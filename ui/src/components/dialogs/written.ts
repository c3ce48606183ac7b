// After a plan was written: the log, git and the undo list are asked again, so that the screen behind the dialog is right before
// it is seen; then what was done is said, with Undo.
import { tick } from "svelte";

import { actions } from "../../lib/actions/actions.svelte";
import { t } from "../../lib/i18n/messages";
import type { UndoItem, WriteReply } from "../../lib/ipc/bindings";
import { editing } from "../../lib/state/editor.svelte";
import { git } from "../../lib/state/git.svelte";
import { navigation } from "../../lib/state/navigation.svelte";
import { refocus } from "../../lib/state/refocus";
import { toasts } from "../../lib/state/toasts.svelte";
import { undo } from "../../lib/state/undo.svelte";
import { workspace } from "../../lib/state/workspace.svelte";

/** Closes the dialog and renews the screen. With `said` a toast tells what was done and takes it back when asked. */
export async function written(reply: Pick<WriteReply, "generation" | "changed" | "record">, said?: string): Promise<void> {
  navigation.closeDialog();
  await Promise.all([workspace.settle(reply.generation, reply.changed), workspace.info?.git ? git.refresh() : null, undo.refresh()]);
  await follow(reply);
  // The button that opened the dialog may be gone with what it was about.
  await tick();
  refocus();
  if (said === undefined) return;
  const step = undo.stepOf(reply);
  toasts.show(said, step ? { action: { label: t.common.undo, undoes: true, keys: actions.keysOf("undo.last"), run: () => void takeBack(step) } } : {});
}

/** The record on screen may have another name now, or be gone. */
async function follow({ record, changed }: Pick<WriteReply, "record" | "changed">): Promise<void> {
  const { screen, path } = navigation.place;
  if ((screen !== "library" && screen !== "editor") || path === null || workspace.byPath.has(path) || !changed.includes(path)) return;
  const now = record !== null && workspace.byPath.has(record) ? record : null;
  // Nothing is unsaved in it, or the act could not have been done: no draft stays behind under the old name.
  if (screen === "editor" && editing.current?.path === path) await editing.current.abandon();
  navigation.replace({ screen: now === null ? "library" : screen, path: now });
}

/** Takes a step back (or does it again) without asking. When that cannot be done, the dialog of the step says why. */
export async function takeBack(step: UndoItem): Promise<void> {
  try {
    const reply = await undo.take(step.id);
    await saidBack(step, reply);
  } catch {
    // A file changed since, or the step is gone: its dialog asks once more and tells which.
    navigation.openDialog({ name: "undo", id: step.id });
  }
}

/** After a step was taken back or done again. */
export async function saidBack(step: UndoItem, reply: WriteReply): Promise<void> {
  await written(reply);
  const again = undo.items.find((item) => item.id === step.id);
  toasts.show(step.undone ? t.acting.undo.doneAgain(step.title) : t.acting.undo.takenBack(step.title), again
    ? { action: { label: again.undone ? t.acting.undo.again : t.common.undo, run: () => void takeBack(again) } }
    : {});
}
