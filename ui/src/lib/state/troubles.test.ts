import { expect, it } from "vitest";

import { troubles } from "./troubles.svelte";

it("keeps what did not work until it is taken away, the newest first and each once", () => {
  troubles.clear();
  troubles.tell("The picture was not written.", "The disk is full.");
  troubles.tell("The link can’t be followed.");
  troubles.tell("The picture was not written.", "The disk is full.");
  expect(troubles.list.map(({ lead }) => lead)).toEqual(["The picture was not written.", "The link can’t be followed."]);
  troubles.turn();
  expect(troubles.list[0]?.lead).toBe("The link can’t be followed.");
  troubles.dismiss();
  expect(troubles.list).toHaveLength(1);
  troubles.clear();
  expect(troubles.list).toEqual([]);
});
