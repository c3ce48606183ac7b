// Ways out of the window for the current record: another editor, the file manager.
import type { EditorChoice } from "../ipc/bindings";
import { sentence } from "../i18n/plural";
import { call, toHostError } from "../ipc/client";
import { editing } from "./editor.svelte";
import { prefs } from "./prefs.svelte";
import { troubles } from "./troubles.svelte";

/** Opens the file in the editor of the settings, where the caret is if it is being edited here. */
export async function openInEditor(path: string, line: number | null = null): Promise<void> {
  const here = editing.current?.path === path ? editing.current : null;
  await tried(() => call("open_in_editor", { path, line: line ?? here?.caret.line ?? null, editor: prefs.externalEditor.value || null }));
}

export async function revealRecord(path: string): Promise<void> {
  await tried(() => call("reveal_record", { path }));
}

async function tried(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (thrown) {
    const { message, hint } = toHostError(thrown);
    troubles.tell(sentence(message), sentence(hint));
  }
}

/** Editors to choose from; none when the host cannot tell. */
export function installedEditors(): Promise<readonly EditorChoice[]> {
  return call("installed_editors").catch(() => []);
}
