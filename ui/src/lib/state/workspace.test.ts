import { afterEach, beforeEach, expect, it } from "vitest";

import { decision, listing } from "../../test/fixtures";
import { forgetHost, host, send } from "../../test/host";
import type { LogChange } from "../ipc/bindings";
import { workspace } from "./workspace.svelte";

const INFO = { root: "/r", name: "r", git: true, logs: [], image_base: "", today: "2026-11-20", stale_after: 30 };
const change = (generation: number, given: Partial<LogChange>): LogChange => ({ generation, changed: [], removed: [], logs: [], problems: [], ...given });
const paths = () => workspace.decisions.map((one) => one.path).sort();

beforeEach(async () => {
  host({
    open_workspace: ({ path }) => {
      if (path === "/none") throw { code: "not-a-repository", message: "no git here", hint: null, path, line: null, details: null };
      return INFO;
    },
    decisions: () => listing([decision({ path: "1.md" }), decision({ path: "2.md" })], { generation: 4 }),
    watch_state: () => ({ watcher: "watching", detail: null, watched: 0, folders: 0, indexed: 2, pending: 0, paused: false, index_failure: null }),
  });
  await workspace.open("/r", "git");
});
afterEach(forgetHost);

it("patches records by path and forgets those that are gone", () => {
  workspace.apply(change(5, { changed: [decision({ path: "2.md", title: "New words" }), decision({ path: "3.md" })], removed: ["1.md"] }));
  expect(paths()).toEqual(["2.md", "3.md"]);
  expect(workspace.byPath.get("2.md")?.title).toBe("New words");
});

it("knows a record by another file name", () => {
  const old = decision({ path: "1.md" });
  workspace.apply(change(5, { changed: [{ ...old, path: "one.md" }], removed: ["1.md"] }));
  expect([...workspace.renamed]).toEqual([["1.md", "one.md"]]);
  workspace.apply(change(6, { changed: [{ ...old, path: "another.md", title: "Something else" }], removed: ["2.md"] }));
  expect(workspace.renamed.size).toBe(0);
});

it("ignores news that it already has", () => {
  workspace.apply(change(4, { removed: ["1.md", "2.md"] }));
  expect(paths()).toEqual(["1.md", "2.md"]);
});

it("keeps what is open when another folder cannot be opened", async () => {
  await expect(workspace.open("/none", "git")).rejects.toMatchObject({ code: "not-a-repository" });
  expect(workspace.phase).toBe("open");
  expect(workspace.info?.root).toBe("/r");
  workspace.apply(change(6, { removed: ["1.md"] }));
  expect(paths()).toEqual(["2.md"]);
});

it("believes an event over an answer that it overtook", async () => {
  const state = (indexed: number, pending: number) => ({ watcher: "watching", detail: null, watched: 0, folders: 0, indexed, pending, paused: false, index_failure: null });
  host({
    open_workspace: () => INFO,
    decisions: () => listing([], { generation: 4 }),
    watch_state: async () => {
      await send("watch-state", state(2, 0));
      return state(0, 2);
    },
  });
  await workspace.listen();
  await workspace.open("/r", "git");
  expect(workspace.watch).toEqual(state(2, 0));
});

it("tells when more can be found, not how the rest shrinks", async () => {
  const state = (indexed: number, pending: number) => ({ watcher: "watching", detail: null, watched: 0, folders: 0, indexed, pending, paused: false, index_failure: null });
  await workspace.listen();
  await send("watch-state", state(7, 900));
  const before = workspace.finds;
  await send("watch-state", state(7, 800));
  expect(workspace.finds).toBe(before);
  await send("watch-state", state(407, 500));
  await send("watch-state", state(407, 0));
  await send("watch-state", state(407, 0));
  expect(workspace.finds).toBe(before + 3);
});

it("takes the day and whether there is git as they are by now", async () => {
  await workspace.listen();
  await send("info-changed", { ...INFO, today: "2027-01-01", git: false });
  expect([workspace.today, workspace.info?.git]).toEqual(["2027-01-01", false]);
  await send("info-changed", { ...INFO, root: "/another", today: "2028-01-01" });
  expect(workspace.today).toBe("2027-01-01");
});

it("shows the past without losing what happens meanwhile", async () => {
  host({
    decisions_as_of: ({ when }) => {
      if (when === "never") throw { code: "not-found", message: "no such day", hint: null, path: null, line: null, details: null };
      return { commit: { commit: "abc", subject: "s", author: "a", date: "2025-05-03" }, logs: [], problems: [], decisions: [decision({ path: "0.md" })] };
    },
  });
  expect(await workspace.goBack("2025-05-03")).toBeNull();
  expect([paths(), workspace.past?.when]).toEqual([["0.md"], "2025-05-03"]);
  expect((await workspace.goBack("never"))?.code).toBe("not-found");
  expect(workspace.past?.when).toBe("2025-05-03");
  workspace.apply(change(5, { removed: ["1.md"] }));
  expect(workspace.byPath.has("0.md")).toBe(true);
  workspace.leavePast();
  expect([paths(), workspace.past]).toEqual([["2.md"], null]);
});

it("tells the readers what we wrote, even when its event comes late", async () => {
  const after = [decision({ path: "1.md", title: "Written" }), decision({ path: "2.md" })];
  host({ decisions: () => listing(after, { generation: 6 }) });
  await workspace.settle(6, ["1.md", "gone.md"]);
  expect(workspace.byPath.get("1.md")?.title).toBe("Written");
  expect(workspace.change).toMatchObject({ changed: [{ path: "1.md" }], removed: ["gone.md"] });
  // The events of the same generations: nothing to patch, and nobody has heard of what else they tell.
  const late = change(5, { changed: [decision({ path: "2.md", title: "Older than the snapshot" })] });
  workspace.apply(late);
  expect(workspace.change).toBe(late);
  expect(workspace.byPath.get("2.md")?.title).toBe("2.md");
  const again = workspace.change;
  workspace.apply(change(5, {}));
  expect(workspace.change).toBe(again);
});

it("believes an event over a snapshot that it overtook", async () => {
  host({
    decisions: () => {
      workspace.apply(change(7, { removed: ["1.md"] }));
      return listing([decision({ path: "1.md" })], { generation: 6 });
    },
  });
  await workspace.settle(6, []);
  expect(paths()).toEqual(["2.md"]);
});
