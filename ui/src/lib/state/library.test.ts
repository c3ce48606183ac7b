import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { decision, listing } from "../../test/fixtures";
import { forgetHost, host } from "../../test/host";
import { library } from "./library.svelte";
import { navigation } from "./navigation.svelte";
import { views } from "./views.svelte";
import { workspace } from "./workspace.svelte";

const LOG = [decision({ path: "0001-a.md", scope: "b" }), decision({ path: "0002-b.md", scope: "a" }), decision({ path: "0003-c.md", status: "rejected", scope: "c" })];

beforeEach(async () => {
  host({
    open_workspace: () => ({ root: "/r", name: "r", git: true, logs: [], image_base: "", today: "2026-11-20", stale_after: 30 }),
    decisions: () => listing(LOG),
    watch_state: () => ({ watcher: "watching", detail: null, watched: 0, folders: 0, indexed: 2, pending: 0, paused: false, index_failure: null }),
    views: () => [{ name: "Mine", query: "is:mine" }],
    view_matches: () => [["0002-b.md"]],
  });
  await workspace.open("/r", "git");
  await views.load();
  navigation.reset();
  library.reset();
});
afterEach(() => {
  library.by = "standing";
  vi.useRealTimers();
  forgetHost();
});

const listed = () => library.listed.map((one) => one.path);

it("lists what a kept view finds, and all in the order of their groups", () => {
  expect(listed()).toHaveLength(3);
  library.by = "scope";
  expect(listed()).toEqual(["0002-b.md", "0001-a.md", "0003-c.md"]);
  library.show({ saved: "Mine" });
  expect(listed()).toEqual(["0002-b.md"]);
});

it("leaves another screen alone when the reader would follow the list", async () => {
  vi.useFakeTimers();
  library.moveTo(1);
  await navigation.go({ screen: "changes", path: null });
  vi.runAllTimers();
  expect(navigation.screen).toBe("changes");
});

it("jumps to a typed number, folded or not, and begins another where none goes on", () => {
  const read = () => navigation.lastRecord;
  const type = (digits: string, at: number) => [...digits].forEach((digit, index) => library.typeDigit(digit, at + index * 100));
  vi.useFakeTimers();
  type("0002", 1_000);
  vi.runAllTimers();
  expect(read()).toBe("0002-b.md");
  // Too slow to be one number: the last digit alone, which is number 1 again.
  library.typeDigit("1", 9_000);
  vi.runAllTimers();
  expect(read()).toBe("0001-a.md");
  type("0002", 10_000);
  type("0001", 10_400);
  vi.runAllTimers();
  expect(read()).toBe("0001-a.md");
  // Rejected, so it lies in a group that begins folded.
  expect(library.rows.some((row) => row.kind !== "group" && row.decision.path === "0003-c.md")).toBe(false);
  type("3", 20_000);
  vi.runAllTimers();
  expect(read()).toBe("0003-c.md");
});

it("unfolds what is read, in its group or under what replaced it", () => {
  const shown = (path: string) => library.rows.some((row) => row.kind !== "group" && row.decision.path === path);
  expect(shown("0003-c.md")).toBe(false);
  library.follow("0003-c.md");
  expect(shown("0003-c.md")).toBe(true);
  expect(library.activePath).toBe("0003-c.md");
});

it("does at once what the reader would follow to after a pause", () => {
  vi.useFakeTimers();
  library.moveTo(1);
  library.moveTo(2);
  expect(navigation.place.path).toBeNull();
  library.followNow();
  expect(navigation.place.path).toBe(library.activePath);
});
