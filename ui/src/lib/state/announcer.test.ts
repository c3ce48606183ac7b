import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { announcer } from "./announcer.svelte";

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

it("says the same again: the region is empty in between", () => {
  announcer.say("Saved");
  vi.runAllTimers();
  expect(announcer.polite).toBe("Saved");
  announcer.say("Saved");
  expect(announcer.polite).toBe("");
  vi.runAllTimers();
  expect(announcer.polite).toBe("Saved");
});

it("warns at once, and a second time anew", () => {
  announcer.alert("Changed on disk");
  expect(announcer.assertive).toBe("Changed on disk");
  announcer.alert("Changed on disk");
  expect(announcer.assertive).toBe("");
  vi.runAllTimers();
  expect(announcer.assertive).toBe("Changed on disk");
});
