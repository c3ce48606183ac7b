import { expect, it } from "vitest";

import { decision } from "../../../test/fixtures";
import { boxOf, lineBetween, lookOf } from "./draw";
import { type Layout, layOut, rowsBetween } from "./layout";
import { acrossTracks, alongChain, endOfChain } from "./moves";
import { TimeScale, WHOLE } from "./scale";
import { dayOf, strandsOf } from "./strands";

const at = (iso: string) => dayOf(iso) ?? Number.NaN;
const scale = new TimeScale(at("2021-01-01"), at("2026-11-20"), true);
const WIDTH = 900;
type Given = Parameters<typeof decision>[0];

const held = (path: string, from: string, to: string | null, more: Partial<Given> = {}): Given => ({ path, status: to === null ? "accepted" : "superseded", held_from: from, held_to: to, scope: "ledger", ...more });
const LOG: Given[] = [
  held("1", "2021-02-01", "2023-08-01", { superseded_by: ["2"] }),
  held("2", "2023-08-01", "2026-03-14", { supersedes: ["1"], superseded_by: ["3"] }),
  held("3", "2026-03-14", null, { supersedes: ["2"] }),
  held("4", "2021-03-01", "2022-01-01", { status: "deprecated" }),
  held("5", "2024-06-01", null),
  held("6", "2022-06-01", null, { superseded_by: ["7"], scope: "payouts" }),
  { path: "7", status: "proposed", supersedes: ["6"], scope: "payouts" },
  { path: "8", status: "proposed", scope: "ledger", proposed: "2026-11-01" },
  { path: "9", status: "rejected", date: "2026-09-01", title: "Run the ledger multi-master", scope: "ledger" },
  { path: "10", scope: null },
];

function laid(given: Given[] = LOG, grouping: "scope" | "length" = "scope"): Layout {
  return layOut({ strands: strandsOf(given.map(decision)), scale, grouping, scopes: ["ledger", "payouts"], width: WIDTH });
}

const sketch = (layout: Layout) => layout.lanes.map((lane) => [lane.label, ...rowsBetween(layout, lane, 0, Infinity).map((row) => row.map((bar) => bar.item.decision.path).join(" "))]);

it("packs chains on one track and strangers beside them only where they cannot be taken for one", () => {
  expect(sketch(laid())).toEqual([["ledger", "1 2 3", "4 5", "9 8"], ["payouts", "6 7"], [null, "10"]]);
});

it("finds the tracks that are in sight", () => {
  const layout = laid();
  const [ledger, payouts] = layout.lanes;
  const seen = (lane: typeof ledger, top: number, bottom: number) => (lane ? rowsBetween(layout, lane, top, bottom).map((row) => row[0]?.item.decision.path) : []);
  expect(seen(ledger, 0, 30)).toEqual(["1"]);
  expect(seen(ledger, 42, 60)).toEqual(["4"]);
  expect(seen(ledger, 0, 1_000)).toEqual(["1", "4", "9"]);
  expect(seen(ledger, 500, 1_000)).toEqual([]);
  expect(seen(payouts, 0, 60)).toEqual([]);
  expect(seen(payouts, (payouts?.y ?? 0) - 5, (payouts?.y ?? 0) + 20)).toEqual(["6"]);
});

it("groups by length of chain, longest first", () => {
  expect(sketch(laid(LOG, "length")).map((lane) => lane[0])).toEqual([3, 2, 1]);
});

it("ends a decision square where an open one of its chain follows", () => {
  const { byPath } = laid();
  expect([byPath.get("6")?.followed, byPath.get("3")?.followed, byPath.get("5")?.followed]).toEqual([true, false, false]);
});

it("never lays two bars of a track on each other", () => {
  const many: Given[] = Array.from({ length: 300 }, (_, index) => {
    const year = 2021 + (index % 5);
    return held(String(index), `${String(year)}-0${String((index % 9) + 1)}-01`, index % 3 === 0 ? null : `${String(year + 1)}-01-01`, { status: index % 3 === 0 ? "accepted" : "deprecated", scope: index % 2 === 0 ? "ledger" : "payouts" });
  });
  const layout = laid([...many, { path: "undated" }, ...LOG.slice(6)]);
  const rows = new Map<number, [number, number][]>();
  for (const bar of layout.rows.flat()) {
    const box = boxOf(bar, WHOLE, WIDTH);
    if (box) rows.set(bar.y, [...(rows.get(bar.y) ?? []), [box.x, box.x + box.width]]);
  }
  for (const row of rows.values()) {
    row.sort((a, b) => a[0] - b[0]);
    row.forEach(([start], index) => expect(start).toBeGreaterThanOrEqual((row[index - 1]?.[1] ?? -Infinity) - 0.01));
  }
});

it("draws what is seen at a zoom, with the words there is room for", () => {
  const { byPath } = laid();
  const box = (path: string, view = WHOLE) => {
    const bar = byPath.get(path);
    return bar ? boxOf(bar, view, WIDTH) : null;
  };
  expect(box("3")).toMatchObject({ holds: true, room: "title" });
  expect(box("3")?.x).toBeGreaterThan(700);
  expect((box("3")?.x ?? 0) + (box("3")?.width ?? 0)).toBe(WIDTH + 40);
  expect(box("6")).toMatchObject({ holds: false });
  // What began before the view starts at its edge; what ended before is not drawn.
  const late = { start: 0.5, end: 0.75 };
  expect(box("1", late)).toBeNull();
  expect(box("2", late)).toMatchObject({ x: 0, holds: false });
  // Near today the words of a point stand left of its day.
  expect(box("9")).toMatchObject({ flipped: true });
  expect(box("8")?.x).toBe(WIDTH + 8);
  expect(box("10")?.x).toBeLessThan(0);
});

it("shows an unknown beginning or end as such, with room for a number", () => {
  const { byPath } = laid([{ path: "a", status: "deprecated", held_to: "2024-01-01" }, { path: "b", status: "superseded", held_from: "2024-01-01" }, held("c", "2024-05-01", "2024-05-02", { status: "deprecated" })]);
  const box = (path: string) => {
    const bar = byPath.get(path);
    return bar ? boxOf(bar, WHOLE, WIDTH) : null;
  };
  expect(box("a")).toMatchObject({ fadesIn: true, fadesOut: false, width: 72 });
  expect(box("b")).toMatchObject({ fadesIn: false, fadesOut: true, width: 72 });
  expect(box("c")).toMatchObject({ room: "tick", width: 10 });
});

it("looks as things stood on a day", () => {
  const { byPath } = laid();
  const look = (path: string, day: string | null) => {
    const bar = byPath.get(path);
    return bar ? lookOf(bar, day === null ? null : at(day)) : null;
  };
  expect(["1", "2", "3", "4", "7", "9"].map((path) => look(path, null))).toEqual(["past", "past", "held", "deprecated", "open", "rejected"]);
  expect(["1", "2", "3", "4", "7", "9"].map((path) => look(path, "2021-06-01"))).toEqual(["held", "off", "off", "held", "off", "off"]);
});

it("leads along a chain, then along the track, and across tracks to the nearest", () => {
  const layout = laid();
  const check = (bar: { item: { decision: { path: string } } } | null, expected: string | null) => expect(bar?.item.decision.path ?? null).toBe(expected);
  check(alongChain(layout, "3", -1), "2");
  check(alongChain(layout, "6", 1), "7");
  check(alongChain(layout, "1", -1), null);
  check(alongChain(layout, "4", 1), "5");
  check(acrossTracks(layout, "3", 1), "5");
  check(acrossTracks(layout, "1", 1), "4");
  check(acrossTracks(layout, "1", -1), null);
  check(acrossTracks(layout, "8", 1), "7");
  check(endOfChain(layout, "2", -1), "1");
  check(endOfChain(layout, "2", 1), "3");
});

it("joins two boxes by a line that ends on both", () => {
  const { byPath } = laid();
  const box = (path: string) => {
    const bar = byPath.get(path);
    const found = bar ? boxOf(bar, WHOLE, WIDTH) : null;
    if (!found) throw new Error(path);
    return found;
  };
  const straight = lineBetween(box("3"), box("5"));
  expect(straight).toMatch(/^M[\d.]+ 33V41$/);
  const bent = lineBetween(box("3"), box("8"));
  expect(bent).toMatch(new RegExp(`^M[\\d.]+ 33V[\\d.]+q0 6 6 6H${String(WIDTH + 6)}$`));
  const up = lineBetween(box("8"), box("1"));
  expect(up.startsWith(`M${String(WIDTH + 23)}`)).toBe(true);
});

it("lays out ten thousand records fast enough to follow a key", () => {
  const scopes = Array.from({ length: 20 }, (_, index) => `scope-${String(index)}`);
  const many = Array.from({ length: 10_000 }, (_, index) => {
    const from = `20${String(10 + (index % 16)).padStart(2, "0")}-0${String((index % 9) + 1)}-1${String(index % 9)}`;
    const falls = index % 2 === 0 && index + 1 < 10_000;
    return decision({ path: String(index), scope: scopes[index % 20] ?? null, status: falls ? "superseded" : "accepted", held_from: from, held_to: falls ? "2026-01-01" : null, superseded_by: falls ? [String(index + 1)] : [], supersedes: index % 2 === 1 ? [String(index - 1)] : [] });
  });
  const begun = performance.now();
  const layout = layOut({ strands: strandsOf(many), scale: new TimeScale(at("2010-01-01"), at("2026-11-20"), false), grouping: "scope", scopes, width: WIDTH });
  const took = performance.now() - begun;
  expect(layout.count).toBe(10_000);
  // A tenth of a second on a quiet machine; the limit only catches what grows with the square.
  expect(took).toBeLessThan(5_000);
});
