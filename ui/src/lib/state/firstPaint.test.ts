import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { FirstPaint } from "./firstPaint.svelte";

let frames: FrameRequestCallback[];
beforeEach(() => {
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (frame: FrameRequestCallback) => frames.push(frame));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("lets nothing wait where no start was begun", () => {
  const acts: string[] = [];
  new FirstPaint().after(() => acts.push("record"));
  expect(acts).toEqual(["record"]);
});

it("runs what waited when the frame is painted, once and in order", async () => {
  const paint = new FirstPaint();
  const acts: string[] = [];
  paint.begin();
  paint.after(() => acts.push("record"));
  paint.after(() => acts.push("git"));
  paint.drawn(() => acts.push("painted"));
  expect([paint.over, acts]).toEqual([false, []]);
  for (const frame of frames) frame(0);
  await vi.waitFor(() => expect(acts).toEqual(["painted", "record", "git"]));
  expect(paint.over).toBe(true);
  paint.after(() => acts.push("later"));
  expect(acts.at(-1)).toBe("later");
});

it("does not wait for a frame that a hidden window never gets", () => {
  vi.useFakeTimers();
  const paint = new FirstPaint();
  const acts: string[] = [];
  paint.begin();
  paint.after(() => acts.push("record"));
  paint.drawn(() => acts.push("painted"));
  vi.advanceTimersByTime(300);
  expect(acts).toEqual(["painted", "record"]);
});
