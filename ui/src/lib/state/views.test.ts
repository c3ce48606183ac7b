import { afterEach, beforeEach, expect, it } from "vitest";

import { forgetHost, host } from "../../test/host";
import type { SavedView } from "../ipc/bindings";
import { toasts } from "./toasts.svelte";
import { troubles } from "./troubles.svelte";
import { views } from "./views.svelte";

const A = { name: "A", query: "a" };
const B = { name: "B", query: "b" };
let kept: SavedView[] = [];

beforeEach(async () => {
  kept = [A, B];
  host({ views: () => kept, keep_views: (args) => ((kept = args.views), null), view_matches: ({ queries }) => queries.map((query) => [`${query}.md`, "both.md"]) });
  await views.load();
});
afterEach(forgetHost);

it("knows what each view finds", () => {
  expect([...(views.pathsOf("B") ?? [])]).toEqual(["b.md", "both.md"]);
  expect(views.pathsOf("C")).toBeNull();
});

it("keeps a new view, another name and another order", async () => {
  await views.add({ name: "C", query: "c" });
  await views.rename("A", "First");
  await views.move("C", 0);
  expect(kept.map((view) => view.name)).toEqual(["C", "First", "B"]);
  expect(views.pathsOf("C")?.has("c.md")).toBe(true);
});

it("brings a removed view back to its place", async () => {
  await views.remove("A");
  expect(kept).toEqual([B]);
  toasts.current?.action?.run();
  await expect.poll(() => kept).toEqual([A, B]);
});

it("can be brought back from the moment on in which it is not seen any more", async () => {
  const writes: (() => void)[] = [];
  host({ view_matches: () => [], keep_views: (args) => new Promise((done) => writes.push(() => { kept = args.views; done(null); })) });
  const removing = views.remove("A");
  expect(views.list).toEqual([B]);
  toasts.current?.action?.run();
  expect(views.list).toEqual([A, B]);
  // In their order: the second is not written before the first.
  await expect.poll(() => writes.length).toBe(1);
  writes[0]?.();
  await expect.poll(() => writes.length).toBe(2);
  writes[1]?.();
  await removing;
  expect(kept).toEqual([A, B]);
});

it("does not bring a view back into another repository", async () => {
  await views.remove("A");
  expect(toasts.current?.action?.undoes).toBe(true);
  kept = [B];
  await views.load();
  toasts.current?.action?.run();
  await views.add({ name: "C", query: "c" });
  expect(kept.map((view) => view.name)).toEqual(["B", "C"]);
});

it("goes back to what is kept when it cannot be written", async () => {
  host({ keep_views: () => { throw { code: "io", message: "views.json is read-only", hint: null, path: null, line: null, details: null }; } });
  expect(await views.remove("A")).toBe(false);
  expect(views.list).toEqual([A, B]);
  expect(troubles.list).toHaveLength(1);
  expect(toasts.current).toBeNull();
});

it("goes back to what was written last when one change after the other cannot be", async () => {
  const refusals: (() => void)[] = [];
  host({ keep_views: () => new Promise((_, refuse) => refusals.push(() => { refuse({ code: "io", message: "views.json is read-only", hint: null, path: null, line: null, details: null }); })) });
  const moving = views.move("A", 1);
  const renaming = views.rename("B", "Other");
  await expect.poll(() => refusals.length).toBe(1);
  refusals[0]?.();
  await expect.poll(() => refusals.length).toBe(2);
  refusals[1]?.();
  expect(await Promise.all([moving, renaming])).toEqual([false, false]);
  expect(views.list).toEqual([A, B]);
});

it("writes nothing that waited into a repository that was opened meanwhile", async () => {
  const writes: (() => void)[] = [];
  const calls = host({ views: () => [B], view_matches: () => [[]], keep_views: () => new Promise((done) => writes.push(() => { done(null); })) });
  const moving = views.move("A", 1);
  const renaming = views.rename("A", "Other");
  await expect.poll(() => writes.length).toBe(1);
  await views.load();
  writes[0]?.();
  await Promise.all([moving, renaming]);
  expect(calls.filter(({ name }) => name === "keep_views")).toHaveLength(1);
  expect(views.list).toEqual([B]);
});

it("keeps its list when news come while it is read", async () => {
  const loading = views.load();
  await views.refresh();
  await loading;
  expect(views.list).toEqual([A, B]);
});
