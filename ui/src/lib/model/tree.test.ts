import { describe, expect, it } from "vitest";

import { decision } from "../../test/fixtures";
import { buildTree, type Filters, type GroupBy, NO_FILTERS, ofNumber, type Row, type SortId } from "./tree";

const TODAY = "2026-11-20";
const LOG = [
  decision({ path: "0009.md", status: "superseded", superseded_by: ["0058.md"], date: "2023-08-01" }),
  decision({ path: "0058.md", status: "superseded", supersedes: ["0009.md"], superseded_by: ["0121.md"], date: "2026-03-14", tags: ["balances"] }),
  decision({ path: "0121.md", supersedes: ["0058.md"], accepted: "2026-03-14", scope: "ledger", title: "Postings are the only source", cites: ["0105.md"] }),
  decision({ path: "0105.md", accepted: "2025-09-02", scope: "ledger", cites: [] }),
  decision({ path: "0126.md", status: "proposed", proposed: "2026-09-14", cites: ["0105.md"] }),
  decision({ path: "0130.md", status: null, in_force: false }),
];

function show(row: Row): string {
  if (row.kind === "group") return `${row.group ?? row.name ?? "none"} ${String(row.count)}${row.folded ? " folded" : ""}`;
  return row.kind === "past" ? `    ${row.decision.path}` : `  ${row.decision.path}${row.earlier > 0 ? ` +${String(row.earlier)}` : ""}`;
}

function check(options: { filters?: Partial<Filters>; sort?: SortId; by?: GroupBy; found?: string[]; toggled?: string[] }, expected: string[], decisions = LOG) {
  const tree = buildTree({ decisions, filters: { ...NO_FILTERS, ...options.filters }, sort: options.sort ?? "date", by: options.by, found: options.found ? new Set(options.found) : null, toggled: new Set(options.toggled), today: TODAY, staleAfter: 30 });
  expect(tree.rows.map(show)).toEqual(expected);
}

describe("tree", () => {
  it("groups by standing and lays chains under the decision in force", () => {
    check({}, ["open 1", "  0126.md", "in-force 2", "  0121.md +2", "    0058.md", "    0009.md", "  0105.md", "unclear 1", "  0130.md", "past 2 folded"]);
  });

  it("folds and unfolds groups and chains", () => {
    check({ toggled: ["record:0121.md", "group:past", "group:open"] }, ["open 1 folded", "in-force 2", "  0121.md +2", "  0105.md", "unclear 1", "  0130.md", "past 2", "  0058.md", "  0009.md"]);
  });

  it("filters by every kind, and then shows what it found unfolded and without chains", () => {
    check({ filters: { text: "postings source" } }, ["in-force 1", "  0121.md"]);
    check({ filters: { tags: ["balances"] } }, ["past 1", "  0058.md"]);
    check({ filters: { scopes: ["ledger"], statuses: ["accepted"] } }, ["in-force 2", "  0121.md", "  0105.md"]);
    check({ filters: { view: "stale" } }, ["open 1", "  0126.md"]);
    check({ filters: { statuses: ["none"] } }, ["unclear 1", "  0130.md"]);
    check({ filters: { text: "nothing at all" } }, []);
  });

  it("sorts", () => {
    check({ sort: "number", filters: { view: "in-force" } }, ["in-force 2", "  0121.md", "  0105.md"]);
    check({ sort: "cited", filters: { view: "in-force" } }, ["in-force 2", "  0105.md", "  0121.md"]);
  });

  it("groups by scope, year and owner, what has none last, and chains only by standing", () => {
    check({ by: "scope" }, ["ledger 2", "  0121.md", "  0105.md", "none 4", "  0126.md", "  0058.md", "  0009.md", "  0130.md"]);
    check({ by: "year" }, ["2026 2", "  0121.md", "  0058.md", "2025 1", "  0105.md", "2023 1", "  0009.md", "none 2", "  0126.md", "  0130.md"]);
    check({ by: "owner", toggled: ["owner:"] }, ["@ann 1", "  0007.md", "none 1 folded"], [decision({ path: "0007.md", decision_makers: ["@ann", "@lee"] }), decision({ path: "0008.md" })]);
    check({ by: "none", sort: "number" }, ["  0130.md", "  0126.md", "  0121.md", "  0105.md", "  0058.md", "  0009.md"]);
    check({ by: "none" }, [], []);
  });

  it("shows what a kept search found, and nothing while it is asked for", () => {
    check({ filters: { saved: "Money" }, found: ["0105.md", "0009.md"] }, ["in-force 1", "  0105.md", "past 1", "  0009.md"]);
    check({ filters: { saved: "Money" } }, []);
  });

  it("counts a proposal as stale after as many days as the repository says", () => {
    const waiting = decision({ path: "0140.md", status: "proposed", proposed: "2026-11-10" });
    const stale = (staleAfter: number) => buildTree({ decisions: [waiting], filters: { ...NO_FILTERS, view: "stale" }, sort: "date", toggled: new Set(), today: "2026-11-20", staleAfter }).count;
    expect([stale(30), stale(10), stale(11), stale(30)]).toEqual([0, 1, 0, 0]);
  });

  it("ends at a cycle of records that supersede each other", () => {
    const ring = [decision({ path: "0001.md", supersedes: ["0002.md"] }), decision({ path: "0002.md", status: "superseded", supersedes: ["0001.md", "0003.md"] }), decision({ path: "0003.md", status: "superseded", supersedes: ["0002.md"] })];
    check({}, ["in-force 1", "  0001.md +2", "    0002.md", "    0003.md", "past 2 folded"], ring);
  });

  it("finds a typed number", () => {
    const found = (digits: string) => ofNumber(LOG, digits)?.path;
    expect(found("0105")).toBe("0105.md");
    expect(found("121")).toBe("0121.md");
    expect(found("013")).toBe("0130.md");
    expect(found("777")).toBeUndefined();
  });
});
