// What can be done with the chosen file: the menu of its row and the one of its difference hold the same.
import { actions } from "../../lib/actions/actions.svelte";
import { t } from "../../lib/i18n/messages";
import type { IgnoreWhat } from "../../lib/ipc/bindings";
import type { Changes } from "../../lib/state/changes.svelte";
import type { MenuGroups, MenuItem } from "../shared/menu";
import { ignoreFile } from "./discarding";

/** Actions by name: what they are called, their keys and why they cannot be used now come from one place. */
function item(id: string, danger = false): MenuItem[] {
  const action = actions.find(id);
  if (!action) return [];
  return [{ id, label: action.title(), keys: actions.keysOf(id), unavailable: action.unavailable?.() ?? null, danger, run: () => void action.run() }];
}

/** A new file can be left alone from now on: itself, its kind, its folder. */
function ignores(changes: Changes): MenuItem[] {
  const file = changes.current;
  if (!file || file.staged || file.change !== "added") return [];
  const [folder, name] = [file.path.split("/").slice(0, -1).join("/"), file.path.split("/").at(-1) ?? ""];
  const ending = /.\.([^.]+)$/.exec(name)?.[1];
  const ignore = (what: IgnoreWhat) => () => void ignoreFile(changes, file.path, what);
  return [
    { id: "ignore-file", label: t.committing.ignore.file, run: ignore("file") },
    ...(ending ? [{ id: "ignore-ending", label: t.committing.ignore.ending(ending), run: ignore("ending") }] : []),
    ...(folder ? [{ id: "ignore-folder", label: t.committing.ignore.folder(folder), run: ignore("folder") }] : []),
  ];
}

/** Besides staging, which the row and its difference have buttons for. */
export function fileItems(changes: Changes): MenuGroups {
  return [
    [...item("changes.since-accepted"), ...item("changes.compare"), ...item("changes.commands")],
    ignores(changes),
    [...item("changes.discard", true), ...item("changes.trash")],
  ];
}

/** The menu of a row. */
export function rowItems(changes: Changes): MenuGroups {
  const file = changes.current;
  const toggle: MenuItem[] = file && file.change !== "conflicted" ? [{ id: "toggle", label: file.staged ? t.changes.unstage : t.changes.stage, keys: "space", run: () => void changes.toggle(file) }] : [];
  return [toggle, ...fileItems(changes)];
}
