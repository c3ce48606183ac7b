import { beforeEach, expect, it } from "vitest";

import type { Action } from "../actions/actions.svelte";
import { usePlatform } from "./chord";
import { KeyDispatcher, type KeySituation } from "./dispatch";

const action = (id: string, keys: string[], contexts?: Action["contexts"]): Action => ({ id, group: "go", title: () => id, keys, contexts, run: () => undefined });
const ACTIONS = [action("palette", ["mod+k"]), action("library", ["g l"]), action("edit", ["e"], ["list", "reader"]), action("help", ["?"]), action("undo", ["mod+z"])];

const still: KeySituation = { contexts: new Set(), typing: false, modal: false, singleKeys: true };
const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false, altKey: false, shiftKey: false });

function check(presses: [key: string, ctrl?: boolean][], situation: Partial<KeySituation>, expected: string | null, gapMs = 100) {
  const dispatcher = new KeyDispatcher();
  let found: ReturnType<KeyDispatcher["match"]> = null;
  presses.forEach(([key, ctrl], index) => {
    found = dispatcher.match(press(key, ctrl), index * gapMs, { ...still, ...situation }, ACTIONS);
  });
  expect(found === null || found === "pending" ? found : (found as Action).id).toBe(expected);
}

beforeEach(() => usePlatform("linux"));

it("finds global chords, even while typing", () => {
  check([["k", true]], { typing: true }, "palette");
});

it("follows sequences, but only quick ones", () => {
  check([["g"]], {}, "pending");
  check([["g"], ["l"]], {}, "library");
  check([["g"], ["l"]], {}, null, 2_000);
});

it("keeps single letters away from text fields, other panes and those who switched them off", () => {
  const list = { contexts: new Set(["list"] as const) };
  check([["e"]], list, "edit");
  check([["e"]], {}, null);
  check([["e"]], { ...list, typing: true }, null);
  check([["e"]], { ...list, singleKeys: false }, null);
  check([["?"]], { typing: true }, null);
});

it("leaves undo to a text field", () => {
  check([["z", true]], {}, "undo");
  check([["z", true]], { typing: true }, null);
});

it("lets a modal dialog keep its keys", () => {
  check([["k", true]], { modal: true }, null);
});
