// Taking the last commit back: offered beside the news of it, and as an action.
import { actions } from "../../lib/actions/actions.svelte";
import { t } from "../../lib/i18n/messages";
import type { CommitReply } from "../../lib/ipc/bindings";
import { announcer } from "../../lib/state/announcer.svelte";
import type { Changes } from "../../lib/state/changes.svelte";
import { type Toast, toasts } from "../../lib/state/toasts.svelte";

export async function undoLastCommit(changes: Changes, commit: string): Promise<void> {
  const undone = await changes.undoCommit(commit);
  if (!undone) return;
  const said = t.committing.undone(undone.message.split("\n", 1)[0] ?? "");
  toasts.show(said);
  announcer.say(said);
}

/** The way back that the news of a commit offers. */
export function undoOf(changes: Changes, reply: CommitReply): Partial<Omit<Toast, "text">> {
  return { action: { label: t.common.undo, undoes: true, keys: actions.keysOf("undo.last"), run: () => void undoLastCommit(changes, reply.commit) } };
}
