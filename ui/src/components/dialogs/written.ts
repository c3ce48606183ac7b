// After a plan was written: the log and git are asked again, so that the screen behind the dialog is right before it is seen.
import type { WriteReply } from "../../lib/ipc/bindings";
import { git } from "../../lib/state/git.svelte";
import { navigation } from "../../lib/state/navigation.svelte";
import { workspace } from "../../lib/state/workspace.svelte";

export async function written(reply: Pick<WriteReply, "generation">): Promise<void> {
  navigation.closeDialog();
  await Promise.all([workspace.settle(reply.generation), workspace.info?.git ? git.refresh() : null]);
}
