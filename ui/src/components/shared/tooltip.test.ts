import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { tooltip, tooltips } from "./tooltip.svelte";

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => {
  tooltips.hide();
  vi.useRealTimers();
});

it("can be reached with the mouse, and goes when it is left", () => {
  const button = document.createElement("button");
  document.body.append(button);
  const end = tooltip(() => ({ text: "Copy link" }))(button);
  const mouse = (type: string) => button.dispatchEvent(new MouseEvent(type));
  mouse("pointerenter");
  vi.advanceTimersByTime(500);
  expect(tooltips.shown?.tip.text).toBe("Copy link");
  mouse("pointerleave");
  tooltips.stay();
  vi.runAllTimers();
  expect(tooltips.shown).not.toBeNull();
  tooltips.leave();
  vi.runAllTimers();
  expect(tooltips.shown).toBeNull();
  if (end) end();
});
