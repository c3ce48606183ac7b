import { flushSync } from "svelte";
import { expect, it } from "vitest";

import { type Action, actions } from "./actions.svelte";
import { registerInEffect } from "../../test/actions.svelte";

const action = (id: string, title: string): Action => ({ id, group: "view", title: () => title, run: () => undefined });

it("lets a later action with the same id win while it is registered", () => {
  const release = actions.register([action("x", "general")]);
  const releaseOwn = actions.register([action("x", "of this screen")]);
  expect(actions.find("x")?.title()).toBe("of this screen");
  releaseOwn();
  expect(actions.find("x")?.title()).toBe("general");
  release();
  expect(actions.find("x")).toBeUndefined();
});

it("can be used in effects without running them again", () => {
  const { runs, stop } = registerInEffect(action("y", "one"));
  flushSync();
  actions.register([action("z", "another")])();
  flushSync();
  expect(runs()).toBe(1);
  stop();
  expect(actions.find("y")).toBeUndefined();
});
