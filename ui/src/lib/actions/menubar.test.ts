import { afterEach, expect, it } from "vitest";

import { allActions, allBound } from "../../components/help/everything";
import { forgetHost, host } from "../../test/host";
import { prefs } from "../state/prefs.svelte";
import { remapping } from "../state/remapping.svelte";
import { type Action, actions } from "./actions.svelte";
import { menuBar } from "./menubar";
import { windowActions } from "./window";

host({});
actions.register(windowActions());
afterEach(() => {
  remapping.resetAll();
  prefs.singleKeys.value = true;
  return () => { forgetHost(); };
});

/** Those of screens that are not there are read, not asked. */
const find = (id: string): Action | undefined => {
  const action = allBound().find((one) => one.id === id);
  return action && { ...action, unavailable: () => null };
};
const bar = (given: Partial<Parameters<typeof menuBar>[0]> = {}) => menuBar({ mac: false, modal: false, find, checks: { "view.sidebar": true }, ...given });
const items = (given: Partial<Parameters<typeof menuBar>[0]> = {}) => bar(given).flatMap((menu) => menu.items);
const keysOf = (id: string) => items().find((item) => item.id === id)?.keys;

it("names actions that there are, each once", () => {
  const known = new Set(allActions().map((action) => action.id));
  const asked: string[] = [];
  for (const mac of [false, true]) {
    const ids: string[] = [];
    menuBar({ mac, modal: false, checks: {}, find: (id) => { ids.push(id); return find(id); } });
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    asked.push(...ids);
  }
  expect(asked.filter((id) => !known.has(id))).toEqual([]);
});

it("has the menus of the system", () => {
  expect(bar().map((menu) => menu.title)).toEqual(["&File", "&Edit", "&View", "&Go", "&Decision", "&Window", "&Help"]);
  expect(bar({ mac: true }).map((menu) => menu.title)).toEqual(["Precedent", "File", "Edit", "View", "Go", "Decision", "Window", "Help"]);
  const where = (id: string, mac: boolean) => bar({ mac }).filter((menu) => menu.items.some((item) => item.id === id)).map((menu) => menu.title);
  expect([where("app.quit", false), where("app.quit", true), where("undo", false), where("undo", true)]).toEqual([["&File"], ["Precedent"], [], ["Edit"]]);
  expect(items().find((item) => item.id === "view.sidebar")?.checked).toBe(true);
});

it("leaves out what is not there now, and the lines around it", () => {
  const only = bar({ find: (id) => (id === "decision.new" || id === "app.quit" ? find(id) : undefined) });
  expect(only[0]?.items.map((item) => item.id || "line")).toEqual(["decision.new", "line", "app.quit"]);
});

it("shows keys that work everywhere and that nobody types with, as the user has them", () => {
  expect([keysOf("decision.new"), keysOf("app.settings"), keysOf("go.library"), keysOf("pane.next")]).toEqual(["mod+n", "mod+,", "mod+1", "f6"]);
  // In a list only, in a field too, taken by the bar itself, in a dialog too.
  expect([keysOf("decision.edit"), keysOf("undo.last"), keysOf("view.menu-bar"), keysOf("changes.commit")]).toEqual([null, null, null, null]);
  const quit = find("app.quit");
  if (quit) remapping.give(quit, "mod+shift+q", allBound());
  expect(keysOf("app.quit")).toBe("mod+shift+q");
});

it("does nothing behind a dialog, and writes & as menus want it", () => {
  expect(items({ modal: true }).filter((item) => item.kind === "action" && item.enabled)).toEqual([]);
  const edit = (id: string): Action | undefined => (id === "decision.edit" ? { id, group: "decision", title: () => "Edit R&D", run: () => undefined } : undefined);
  const shown = items({ find: edit }).find((item) => item.id === "decision.edit");
  expect([shown?.label, shown?.enabled]).toEqual(["Edit R&&D", true]);
});
