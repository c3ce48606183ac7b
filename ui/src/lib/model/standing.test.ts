import { describe, expect, it } from "vitest";

import { decision } from "../../test/fixtures";
import type { DecisionSummary } from "../ipc/bindings";
import { standingLine, type Tenure } from "./standing";

const TODAY = "2026-11-20";

function check(given: Partial<DecisionSummary>, expected: string, held: Tenure | null = null, successors: string[] = []) {
  const line = standingLine(decision({ path: "docs/adr/0001-a.md", ...given }), held, TODAY);
  expect(line.sentences.join(" ")).toBe(expected);
  expect(line.successors).toEqual(successors);
}

describe("standing line", () => {
  it("of a decision in force", () => {
    check({ accepted: "2026-03-14", applies_to: ["a/**", "b/**", "!b/x"] }, "In force since 14 March 2026. Binds 2 paths.");
    check({ date: "2026-03-14", applies_to: ["a/**"] }, "In force since 14 March 2026. Binds 1 path.");
    check({}, "In force. Binds no path.");
    check({ date: "2026-05-01" }, "In force since 14 March 2026. Binds no path.", { from: "2026-03-14", to: null });
  });

  it("of an open one", () => {
    check({ status: "proposed", in_force: false, proposed: "2026-11-14" }, "Proposed 6 days ago.");
    check({ status: "proposed", in_force: false, date: "2026-11-20" }, "Proposed today.");
    check({ status: "proposed", in_force: false, date: "2026-11-19" }, "Proposed yesterday.");
    check({ status: "proposed", in_force: false }, "Proposed.");
    check({ status: "draft", in_force: false, date: "2026-11-02" }, "Draft since 2 November 2026.");
  });

  it("of one that fell", () => {
    const fell = { status: "superseded" as const, in_force: false };
    check({ ...fell, superseded_by: ["0002.md"] }, "In force 1 August 2023 to 14 March 2026.", { from: "2023-08-01", to: "2026-03-14" }, ["0002.md"]);
    check({ ...fell, superseded_by: ["0002.md"] }, "", null, ["0002.md"]);
    check({ ...fell, superseded_by: ["0002.md"] }, "", { from: "2026-03-14", to: "2026-03-14" }, ["0002.md"]);
    check(fell, "Superseded, but no record says by which one.");
    check({ status: "deprecated", in_force: false }, "In force 1 August 2023 to 14 March 2026. Deprecated without a successor.", { from: "2023-08-01", to: "2026-03-14" });
    check({ status: "rejected", in_force: false, date: "2026-01-19" }, "Never in force. Rejected on 19 January 2026.");
    check({ status: "accepted", in_force: false, superseded_by: ["0002.md"] }, "", null, ["0002.md"]);
  });

  it("of one whose status is missing or unknown", () => {
    check({ status: null, in_force: false }, "No status, so not in force.");
    check({ status: "other", status_raw: "Parked", in_force: false }, "“Parked” is not a status Precedent knows, so not in force.");
  });
});
