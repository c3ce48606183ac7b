// Throwing changes away, for keys, buttons, menu and palette alike: done at once, with Undo beside the news of it.
import { actions } from "../../lib/actions/actions.svelte";
import { t } from "../../lib/i18n/messages";
import type { ChangedFile, DiffPart, IgnoreWhat } from "../../lib/ipc/bindings";
import { announcer } from "../../lib/state/announcer.svelte";
import type { Changes } from "../../lib/state/changes.svelte";
import { git } from "../../lib/state/git.svelte";
import { ignore, notDiscardable, type Parts, Trash } from "../../lib/state/parts.svelte";
import { toasts } from "../../lib/state/toasts.svelte";

/** Why the chosen file's changes cannot be thrown away; null when they can. */
export function cannotDiscard(changes: Changes): string | null {
  return notDiscardable(changes.current, changes.diff, t.staging.notDiscardable);
}

/** Throws away what is not staged of the file on show, or some lines of that. */
export async function discardShown(changes: Changes, parts: Parts, lines: DiffPart | null): Promise<void> {
  if (cannotDiscard(changes) !== null) return;
  const item = await parts.discard(lines);
  if (!item) return;
  const said = t.staging.discarded(item.name);
  const back = async (): Promise<void> => {
    const trash = new Trash();
    if (await trash.restore(item.id, false)) announcer.say(t.staging.restored(item.name));
    else changes.actionError = trash.error;
    await git.refresh();
  };
  toasts.show(said, { action: { label: t.common.undo, undoes: true, keys: actions.keysOf("undo.last"), run: () => void back() } });
  announcer.say(said);
}

/** The same for any row of the list: what goes is what its difference shows. */
export async function discardFile(changes: Changes, parts: Parts, file: ChangedFile): Promise<void> {
  if (changes.current !== file || changes.diff?.path !== file.path || changes.diff.staged !== file.staged) await changes.select(file);
  // Another file was chosen meanwhile, or its difference did not come.
  if (changes.diff?.path !== file.path || changes.diff.staged !== file.staged) return;
  await discardShown(changes, parts, null);
}

/** Git leaves a new file alone from now on; taken back like every other step. */
export async function ignoreFile(changes: Changes, path: string, what: IgnoreWhat): Promise<void> {
  if (await ignore(changes, path, what)) toasts.show(t.committing.ignore.done);
}
