import { expect, it } from "vitest";

import type { Action } from "../actions/actions.svelte";
import { mayBegin, refusal, takenBy } from "./remap";

const action = (id: string, keys: string[], contexts?: Action["contexts"]): Action => ({ id, group: "view", title: () => id, keys, ...(contexts ? { contexts } : {}), run: () => undefined });
const ALL = [action("palette.open", ["mod+k"]), action("go.library", ["g l"]), action("decision.edit", ["e"], ["list", "reader"]), action("editor.save", ["mod+s"]), action("changes.commit", ["mod+enter"]), action("lineage.fit", ["0"], ["lineage"])];
const taken = (chord: string, by: Action) => takenBy(chord, by, ALL).map((other) => other.id);

it("finds who has a chord where it would count", () => {
  expect(taken("mod+k", action("view.about", []))).toEqual(["palette.open"]);
  expect(taken("mod+k", action("palette.open", ["mod+k"]))).toEqual([]);
  expect(taken("e", action("reader.x", [], ["reader"]))).toEqual(["decision.edit"]);
  expect(taken("e", action("lineage.x", [], ["lineage"]))).toEqual([]);
});

it("knows that screens never meet, and that everywhere meets each", () => {
  expect(taken("mod+s", action("changes.x", []))).toEqual([]);
  expect(taken("mod+s", action("view.x", []))).toEqual(["editor.save"]);
});

it("sees that one chord may begin another", () => {
  expect(taken("g", action("view.x", []))).toEqual(["go.library"]);
  expect(taken("g l", action("view.x", []))).toEqual(["go.library"]);
  expect(taken("0 1", action("lineage.x", [], ["lineage"]))).toEqual(["lineage.fit"]);
  expect(taken("g x", action("view.x", []))).toEqual([]);
});

it("keeps the keys that one needs to get out", () => {
  expect(["tab", "escape", "mod+c", "g enter"].map(refusal)).toEqual(["kept", "kept", "kept", "kept"]);
  expect(["shift+shift", "mod+control"].map(refusal)).toEqual(["modifier", "modifier"]);
  expect(["mod+k", "g l", "f9", "alt+shift+x"].map(refusal)).toEqual([null, null, null, null]);
  expect(["g", "mod+k", "f5", "0"].map(mayBegin)).toEqual([true, false, false, false]);
});
