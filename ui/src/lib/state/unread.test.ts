import { expect, it } from "vitest";

import { decision } from "../../test/fixtures";
import type { LogChange } from "../ipc/bindings";
import { unread } from "./unread.svelte";

const TODAY = "2026-11-20";
const change = (paths: string[], removed: string[] = []): LogChange => ({ generation: 2, changed: paths.map((path) => decision({ path })), removed, logs: [], problems: [] });
const LOG = [decision({ path: "old.md", date: "2026-11-01" }), decision({ path: "new.md", date: "2026-01-01", accepted: "2026-11-18" }), decision({ path: "ahead.md", date: "2027-01-01" })];

it("is what changed after the last visit, until it is looked at", () => {
  unread.begin(LOG, "2026-11-10T09:00:00Z", TODAY);
  expect(LOG.map(({ path }) => unread.has(path))).toEqual([false, true, false]);
  unread.read("new.md");
  expect(unread.has("new.md")).toBe(false);
  unread.begin(LOG, null, TODAY);
  expect(unread.has("new.md")).toBe(false);
});

it("is what arrives: new records at any time, changed ones while somebody else works", () => {
  unread.begin(LOG, null, TODAY);
  unread.arrived(change(["old.md", "more.md"]), false);
  expect([unread.has("old.md"), unread.has("more.md")]).toEqual([false, true]);
  unread.arrived(change(["old.md"]), true);
  expect(unread.has("old.md")).toBe(true);
  unread.arrived(change([], ["old.md"]), true);
  expect(unread.has("old.md")).toBe(false);
});
