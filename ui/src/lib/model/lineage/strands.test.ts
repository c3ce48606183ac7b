import { expect, it } from "vitest";

import { decision } from "../../../test/fixtures";
import { dayOf, heldOn, isoOf, itemOf, matters, shownStrands, strandsOf } from "./strands";

const at = (iso: string) => dayOf(iso) ?? Number.NaN;

it("knows what each record's time looks like", () => {
  const check = (given: Parameters<typeof decision>[0], kind: string, from: string | null, to: string | null) => {
    const item = itemOf(decision(given));
    expect([item.kind, item.from === null ? null : isoOf(item.from), item.to === null ? null : isoOf(item.to)]).toEqual([kind, from, to]);
  };
  check({ path: "a", held_from: "2024-01-02" }, "held", "2024-01-02", null);
  check({ path: "a", status: "superseded", held_from: "2024-01-02", held_to: "2025-01-02" }, "held", "2024-01-02", "2025-01-02");
  check({ path: "a", status: "deprecated", date: "2025-01-02", held_to: "2025-01-02" }, "held", null, "2025-01-02");
  check({ path: "a", status: "rejected", proposed: "2024-01-01", date: "2024-02-01" }, "point", "2024-02-01", null);
  check({ path: "a", status: "other", date: "2024-02-01" }, "point", "2024-02-01", null);
  check({ path: "a", status: "proposed", proposed: "2024-02-01" }, "open", "2024-02-01", null);
  check({ path: "a", status: "draft" }, "open", null, null);
  check({ path: "a" }, "undated", null, null);
  check({ path: "a", status: null }, "undated", null, null);
  // A slip of the pen would press everything else into one edge.
  check({ path: "a", held_from: "0204-01-02", date: "0204-01-02" }, "undated", null, null);
});

it("makes one strand of a chain, oldest first, open ones last", () => {
  const strands = strandsOf([
    decision({ path: "3", supersedes: ["2"], superseded_by: ["4"], held_from: "2024-01-01", scope: "ledger" }),
    decision({ path: "4", status: "proposed", supersedes: ["3"], scope: "other", proposed: "2020-01-01" }),
    decision({ path: "1", status: "superseded", superseded_by: ["2"] }),
    decision({ path: "2", status: "superseded", supersedes: ["1"], superseded_by: ["3"] }),
    decision({ path: "9", supersedes: ["not-there"] }),
  ]);
  expect(strands.map(({ key, scope, members }) => [key, scope, members.map((item) => item.decision.path).join(" ")])).toEqual([["1", "ledger", "1 2 3 4"], ["9", null, "9"]]);
});

it("survives records that supersede each other in a ring", () => {
  const ring = [decision({ path: "a", supersedes: ["b"], superseded_by: ["b"] }), decision({ path: "b", supersedes: ["a"], superseded_by: ["a"] })];
  expect(strandsOf(ring)[0]?.members).toHaveLength(2);
});

it("says what held on a day, and never guesses", () => {
  const held = itemOf(decision({ path: "a", status: "superseded", held_from: "2024-01-02", held_to: "2025-01-02" }));
  expect([at("2024-01-01"), at("2024-01-02"), at("2025-01-01"), at("2025-01-02")].map((day) => heldOn(held, day))).toEqual([false, true, true, false]);
  const noEnd = itemOf(decision({ path: "a", status: "superseded", held_from: "2024-01-02" }));
  expect(heldOn(noEnd, at("2024-06-01"))).toBe(false);
  const holds = itemOf(decision({ path: "a", held_from: "2024-01-02" }));
  expect(heldOn(holds, at("2030-06-01"))).toBe(true);
});

it("shows at first what matters, and never nothing", () => {
  const strands = strandsOf([
    decision({ path: "single" }),
    decision({ path: "draft", status: "draft" }),
    decision({ path: "broken", problems: [{ code: "P003", severity: "warning", path: "broken", line: 1, column: 1, message: "", hint: null }] }),
    decision({ path: "old", status: "rejected", problems: [{ code: "P003", severity: "error", path: "broken", line: 1, column: 1, message: "", hint: null }] }),
  ]);
  expect(strands.filter(matters).map(({ key }) => key)).toEqual(["draft", "broken"]);
  expect(shownStrands(strands, true)).toHaveLength(4);
  expect(shownStrands(strands.slice(0, 1), false)).toHaveLength(1);
});
