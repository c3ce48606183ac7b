// How far globs reach in the opened repository, asked once for each set that is typed.
import type { GlobReach } from "../ipc/bindings";
import { call } from "../ipc/client";
import { app } from "./app.svelte";

/** Nothing where it cannot be told: the field works as before. */
export async function reachOf(globs: string[]): Promise<readonly GlobReach[]> {
  if (globs.length === 0) return [];
  try {
    return await call("reach", { globs });
  } catch (thrown) {
    app.logError(thrown);
    return [];
  }
}
