import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { decision } from "../../test/fixtures";
import { forgetHost, host } from "../../test/host";
import { library } from "./library.svelte";
import { navigation } from "./navigation.svelte";
import { views } from "./views.svelte";
import { workspace } from "./workspace.svelte";

const LOG = [decision({ path: "0001-a.md", scope: "b" }), decision({ path: "0002-b.md", scope: "a" }), decision({ path: "0003-c.md", status: "rejected", scope: "c" })];

beforeEach(async () => {
  host({
    open_workspace: () => ({ root: "/r", name: "r", git: true, logs: [], image_base: "", today: "2026-11-20" }),
    decisions: () => ({ generation: 1, logs: [], problems: [], decisions: LOG }),
    watch_state: () => ({ watcher: "watching", detail: null, watched: 0, folders: 0, indexed: 2, pending: 0, index_failure: null }),
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
