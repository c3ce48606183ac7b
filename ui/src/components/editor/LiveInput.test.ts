import { flushSync, mount, unmount } from "svelte";
import { expect, it } from "vitest";

import LiveInput from "./LiveInput.svelte";

function typeInto(element: HTMLInputElement, text: string): void {
  element.value = text;
  element.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}

function shown(told: string[]): { input: ReturnType<typeof mount>; element: HTMLInputElement } {
  const input = mount(LiveInput, { target: document.body, props: { value: "one", onvalue: (value: string) => told.push(value) } });
  flushSync();
  const element = document.querySelector("input");
  if (!element) throw new Error("no input");
  return { input, element };
}

it("tells of the last word when it goes while that waits", async () => {
  const told: string[] = [];
  const { input, element } = shown(told);
  typeInto(element, "one two");
  expect(told).toEqual([]);
  await unmount(input);
  expect(told).toEqual(["one two"]);
});

it("does not tell again when it goes what it told when it was left", async () => {
  const told: string[] = [];
  const { input, element } = shown(told);
  element.focus();
  typeInto(element, "one two");
  element.blur();
  expect(told).toEqual(["one two"]);
  await unmount(input);
  expect(told).toEqual(["one two"]);
});
