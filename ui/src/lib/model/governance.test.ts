import { describe, expect, it } from "vitest";

import type { FindingItem, GovernanceView, RuleRow, WaiverRow } from "../ipc/bindings";
import { areaOf, exampleOf, globOf, grouped, rowsOf, rulesByStanding, share, spent, waiversByResult } from "./governance";

const finding = (rule: string, path: string, fields: Partial<FindingItem> = {}): FindingItem => ({ rule, kind: "forbid-text", severity: "error", path, line: 2, column: 3, end_line: 2, end_column: 6, excerpt: "bad", fingerprint: "1:1", state: "existing", message: "Not here.", note: null, remedy: null, decision: { id: "a", title: `Title of ${rule}`, status: "accepted", path: "a.md", line: 1 }, waiver: null, propose: "", waive: "", ...fields });
const rule = (key: string, fields: Partial<RuleRow> = {}): RuleRow => ({ key, kind: "forbid-text", severity: "error", message: "M", remedy: null, paths: [], applies_to: [], record: `${key}.md`, file: `${key}.md`, line: 1, standing: "in-force", result: "holds", why: [], open: 0, waived: 0, baselined: 0, valid: 0, invalid: 1, ...fields });
const waiver = (path: string, fields: Partial<WaiverRow> = {}): WaiverRow => ({ path, waives: ["a"], paths: ["src/**"], at_most: null, reason: "Old", owner: "@dana", granted: "2026-01-01", expires: "2026-02-01", days_left: 10, days: 40, result: "active", covers: 1, faults: [], ...fields });
const view = (findings: FindingItem[]): GovernanceView => ({ generation: 1, verdict: { findings } as unknown as GovernanceView["verdict"], rules: [rule("a"), rule("b")], waivers: [], clauses: [{ record: "a.md", decided: "", owners: ["@dana"] }], waiver_max_days: 180 });

describe("violations", () => {
  const all = [
    finding("b", "web/x.ts", { severity: "warning" }), finding("b", "web/y.ts", { severity: "warning" }),
    finding("a", "services/pay/src/a.rs"), finding("a", "services/pay/b.rs", { state: "waived" }),
  ];

  it("come in groups, the worst first", () => {
    const names = (by: "decision" | "path" | "owner") => grouped(view(all), "existing", by, "").map(({ key, findings, waived }) => [key, findings.length, waived]);
    expect(names("decision")).toEqual([["a.md", 1, 1], ["b.md", 2, 0]]);
    expect(names("path")).toEqual([["services/pay", 1, 1], ["web", 2, 0]]);
    expect(names("owner")).toEqual([["@dana", 1, 1], ["", 2, 0]]);
  });

  it("are filtered by state and words", () => {
    expect(grouped(view(all), "waived", "decision", "").map(({ key }) => key)).toEqual(["a.md"]);
    expect(grouped(view(all), "existing", "decision", "WEB y").flatMap(({ findings }) => findings.map(({ path }) => path))).toEqual(["web/y.ts"]);
    expect(grouped(view(all), "baselined", "decision", "")).toEqual([]);
  });

  it("lose the rows of folded groups, not their heads", () => {
    const groups = [{ key: "g", group: 1, items: [{ key: "x", item: "x" }, { key: "y", item: "y" }] }];
    expect(rowsOf(groups, new Set()).map(({ key, level, open, at, of }) => [key, level, open, at, of])).toEqual([["g", 1, true, 1, 1], ["x", 2, null, 1, 2], ["y", 2, null, 2, 2]]);
    expect(rowsOf(groups, new Set(["g"])).map(({ key, open }) => [key, open])).toEqual([["g", false]]);
  });
});

it("lists rules by standing and waivers by need", () => {
  const rules = [rule("p", { standing: "proposed" }), rule("r", { standing: "rejected" }), rule("a")];
  expect(rulesByStanding(rules, "").map(({ standing }) => standing)).toEqual(["in-force", "rejected", "proposed"]);
  expect(rulesByStanding(rules, "r.md").map(({ standing }) => standing)).toEqual(["rejected"]);
  const waivers = [waiver("1"), waiver("2", { result: "expired" }), waiver("3", { expires: "2026-01-15" })];
  expect(waiversByResult(waivers, "").map(({ result, waivers }) => [result, waivers.map(({ path }) => path)])).toEqual([["expired", ["2"]], ["active", ["3", "1"]]]);
});

it("tells shares and spent time", () => {
  const lines = (bound_lines: number | null, lines: number | null) => share({ bound_lines, lines });
  expect([lines(null, null), lines(0, 0), lines(1, 3), lines(3, 3)]).toEqual([null, null, 33, 100]);
  expect([spent(waiver("1")), spent(waiver("1", { days_left: -4 })), spent(waiver("1", { days: null }))]).toEqual([0.75, 1, null]);
});

it("writes a path as a glob of itself", () => {
  expect(globOf("app/[id]/page.tsx")).toBe("app/[[]id]/page.tsx");
  expect(globOf("a/*?{b}")).toBe("a/[*][?][{]b[}]");
  expect([areaOf("services/pay/src/a.rs"), areaOf("a.rs")]).toEqual(["services/pay", ""]);
});

it("a finding becomes an example that a rule lets pass, quotes and all", () => {
  const one = finding("a", "src/a.rs", { line: 4, end_line: 5 });
  const text = exampleOf(one, { first: 2, lines: ["two", "three", 'let s = "four";', "\tfive\\", "six"] });
  expect(text).toBe('{path: "src/a.rs", content: "let s = \\"four\\";\\n\\tfive\\\\\\n"}');
});
