// The way to the log as it stood: whoever has unsaved text is asked before it, not after, for then the text of today would
// stand in a log of then.
import type { HostError } from "../ipc/client";
import { navigation, type Place } from "./navigation.svelte";
import { workspace } from "./workspace.svelte";

/** Shows a record among the others of a day or revision. `stayed`: the text that is written is not left. */
export async function lookBack(when: string, path: string | null): Promise<HostError | "shown" | "stayed"> {
  const to: Place = { screen: "library", path };
  if (navigation.screen !== "library" && !(await navigation.mayLeave(to))) return "stayed";
  const failure = await workspace.goBack(when);
  if (failure) return failure;
  await navigation.go(to);
  return "shown";
}
