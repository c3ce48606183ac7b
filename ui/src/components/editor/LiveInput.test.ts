import { flushSync, mount, unmount } from "svelte";
import { expect, it } from "vitest";

import LiveInput from "./LiveInput.svelte";

it("tells of the last word when it goes while that waits", async () => {
  const told: string[] = [];
  const input = mount(LiveInput, { target: document.body, props: { value: "one", onvalue: (value: string) => told.push(value) } });
  flushSync();
  const element = document.querySelector("input");
  if (!element) throw new Error("no input");
  element.value = "one two";
  element.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
  expect(told).toEqual([]);
  await unmount(input);
  expect(told).toEqual(["one two"]);
});
