import { afterEach, expect, it } from "vitest";

import { actions, shownKeys } from "../../lib/actions/actions.svelte";
import { windowActions } from "../../lib/actions/window";
import { takenBy } from "../../lib/keys/remap";
import { prefs } from "../../lib/state/prefs.svelte";
import { remapping } from "../../lib/state/remapping.svelte";
import { recordMenu } from "../reader/menu";
import { forgetHost, host } from "../../test/host";
import { allActions, allBound } from "./everything";
import { sheet } from "./sheet";

actions.register(windowActions());
host({});
afterEach(() => {
  remapping.resetAll();
  prefs.singleKeys.value = true;
  return () => { forgetHost(); };
});

const find = (id: string) => {
  const action = allBound().find((one) => one.id === id);
  if (!action) throw new Error(id);
  return action;
};

it("begins without conflicts, and every action has a name", () => {
  const all = allActions();
  expect(all.length).toBeGreaterThan(80);
  expect(all.filter((action) => action.title() === "").map((action) => action.id)).toEqual([]);
  const conflicts = all.flatMap((action) => (action.keys ?? []).flatMap((chord) => takenBy(chord, action, all).map((other) => `${chord}: ${action.id}, ${other.id}`)));
  expect(conflicts).toEqual([]);
});

it("runs an action by its new key, and takes it from whoever had it", () => {
  remapping.give(find("app.settings"), "mod+k", allBound());
  expect(actions.keysOf("app.settings")).toBe("mod+k");
  expect(actions.keysOf("palette.open")).toBeUndefined();
  remapping.give(find("go.library"), "f9", allBound());
  expect(find("go.library").keys).toEqual(["f9"]);
  remapping.reset(find("palette.open"));
  expect(takenBy("mod+k", find("palette.open"), allBound()).map((other) => other.id)).toEqual(["app.settings"]);
  remapping.resetAll();
  expect([actions.keysOf("app.settings"), actions.keysOf("palette.open"), find("go.library").keys]).toEqual(["mod+,", "mod+k", ["g l", "mod+1"]]);
});

it("shows the keys that there are now, in the sheet too", () => {
  const chords = (text: string) => sheet("").flatMap((group) => group.rows).find((row) => row.text === text)?.chords;
  expect(chords("Edit")).toEqual(["e"]);
  remapping.give(find("decision.edit"), "f2", allBound());
  expect(chords("Edit")).toEqual(["f2"]);
  prefs.singleKeys.value = false;
  expect(chords("Library")).toEqual(["mod+1"]);
  expect(shownKeys(find("decision.copy-link"))).toBeUndefined();
  expect(chords("Copy link")).toBeUndefined();
});

it("shows them in menus and for what an editor or a search would do itself", () => {
  const chords = (text: string) => sheet("").flatMap((group) => group.rows).find((row) => row.text === text)?.chords;
  expect([chords("Link to a decision"), chords("Save the search as a view")]).toEqual([["mod+shift+k"], ["mod+s"]]);
  remapping.give(find("editor.cite"), "mod+l", allBound());
  remapping.give(find("search.keep"), "f4", allBound());
  expect([chords("Link to a decision"), chords("Save the search as a view")]).toEqual([["mod+l"], ["f4"]]);

  const inMenu = (id: string) => recordMenu().flat().find((item) => item.id === id)?.keys;
  expect(inMenu("decision.copy-link")).toBe("c");
  prefs.singleKeys.value = false;
  expect(inMenu("decision.copy-link")).toBeUndefined();
  remapping.give(find("decision.copy-link"), "mod+shift+c", allBound());
  expect(inMenu("decision.copy-link")).toBe("mod+shift+c");
});

it("gives a key to what the user put on it, before a text editor takes it", () => {
  const press = { key: "d", ctrlKey: true, metaKey: false, altKey: false, shiftKey: false };
  expect(actions.ofOwnKey(press, "editor")).toBeUndefined();
  remapping.give(find("app.settings"), "mod+d", allBound());
  expect(actions.ofOwnKey(press, "editor")?.id).toBe("app.settings");
  expect(actions.isKey("app.settings", press)).toBe(true);
  remapping.give(find("decision.edit"), "mod+d", allBound());
  expect(actions.ofOwnKey(press, "editor")).toBeUndefined();
  expect(actions.ofOwnKey(press, "list")?.id).toBe("decision.edit");
});

it("lists the keys of Changes wherever one is, and lets none of them be taken unseen", () => {
  expect([find("changes.next").keys, find("changes.commit").keys, find("changes.message").keys]).toEqual([["f7"], ["mod+enter"], ["m"]]);
  const chords = (text: string) => sheet("").flatMap((group) => group.rows).find((row) => row.text === text)?.chords;
  expect(chords("Next change")).toEqual(["f7"]);
  // What stands for it elsewhere has no key, not even the user's own.
  remapping.give(find("changes.next"), "f9", allBound());
  expect(find("changes.next").keys).toEqual(["f9"]);
  expect(actions.find("changes.next")?.keys).toBeUndefined();
});

it("knows letters and digits of lists as taken", () => {
  expect([takenBy("j", find("decision.edit"), allBound()), takenBy("h", find("decision.edit"), allBound())].map((by) => by.map((one) => one.id))).toEqual([["list.next"], ["reader.next-heading"]]);
  expect(takenBy("7", find("decision.edit"), allBound()).map((one) => one.fixed)).toEqual([true]);
});
