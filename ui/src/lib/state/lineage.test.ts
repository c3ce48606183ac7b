import { afterEach, beforeEach, expect, it } from "vitest";

import { decision, listing } from "../../test/fixtures";
import { forgetHost, host } from "../../test/host";
import { dayOf } from "../model/lineage/strands";
import { lineage } from "./lineage.svelte";
import { navigation } from "./navigation.svelte";
import { workspace } from "./workspace.svelte";

const LOG = [
  decision({ path: "1", status: "superseded", held_from: "2021-02-01", held_to: "2024-08-01", superseded_by: ["2"] }),
  decision({ path: "2", held_from: "2024-08-01", supersedes: ["1"], relates_to: [{ path: "3", as: "depends-on" }], cites: ["4"] }),
  decision({ path: "3", held_from: "2022-01-01", held_to: null }),
  decision({ path: "4", status: "draft" }),
];

let root = 0;

beforeEach(async () => {
  root += 1;
  host({
    open_workspace: () => ({ root: `/log-${String(root)}`, name: "log", git: false, logs: [], image_base: "", today: "2026-11-20", stale_after: 30 }),
    decisions: () => listing(LOG),
    watch_state: () => ({ watcher: "watching", detail: null, watched: 0, folders: 0, indexed: 4, pending: 0, paused: false, index_failure: null }),
    export_file: ({ name, bytes }) => (bytes.length === 0 ? null : `/home/me/${name}`),
  });
  await workspace.open(`/log-${String(root)}`, "plain");
  navigation.reset({ screen: "lineage", path: null });
  lineage.enter();
});
afterEach(forgetHost);

it("starts with what matters and chooses the newest of the longest chain", () => {
  expect([lineage.count, lineage.total]).toEqual([3, 4]);
  lineage.choose();
  expect(navigation.place).toEqual({ screen: "lineage", path: "2" });
  expect(lineage.current?.item.decision.path).toBe("2");
});

it("shows all when a record is asked for that is not shown", () => {
  lineage.select("3");
  expect(lineage.all).toBe(true);
  expect(lineage.current?.item.decision.path).toBe("3");
});

it("isolates a chain and gives the others back", () => {
  lineage.select("2");
  lineage.isolate();
  expect([lineage.count, lineage.view.start > 0]).toEqual([2, false]);
  lineage.isolate();
  expect([lineage.count, lineage.isolated]).toEqual([3, null]);
});

it("counts what held on a day and shows it, then goes back to today", () => {
  lineage.showDay(dayOf("2023-01-01"));
  expect([lineage.heldThen, lineage.count]).toEqual([2, 4]);
  lineage.goToday();
  expect([lineage.asOf, lineage.count]).toEqual([null, 3]);
  lineage.showDay(dayOf("2031-01-01"));
  expect(lineage.asOf).toBeNull();
});

it("keeps the days in sight when years become even", () => {
  lineage.showRange(dayOf("2023-01-01") ?? 0, dayOf("2025-01-01") ?? 0);
  lineage.even = !lineage.even;
  expect(lineage.range.map(Math.round)).toEqual([dayOf("2023-01-01"), dayOf("2025-01-01")]);
  lineage.even = !lineage.even;
});

it("draws lines to relations that are switched on, never to mere citations", () => {
  lineage.select("2");
  expect(lineage.linked).toEqual(["3"]);
  lineage.toggleRelation("depends");
  expect(lineage.linked).toEqual([]);
  lineage.toggleRelation("depends");
});

it("brings a record into sight that lies outside the time one looks at", () => {
  lineage.showRange(dayOf("2025-06-01") ?? 0, dayOf("2026-11-20") ?? 0);
  lineage.select("1");
  expect(lineage.view.start).toBeLessThan(lineage.scale.place(dayOf("2024-08-01") ?? 0));
});

it("tells where the picture was written, or that nobody wanted it", async () => {
  expect(await lineage.save("lineage.svg", new Uint8Array([1]))).toBe("/home/me/lineage.svg");
  expect(await lineage.save("lineage.svg", new Uint8Array())).toBeNull();
});
