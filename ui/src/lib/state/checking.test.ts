import { expect, it } from "vitest";

import type { FindingItem, Verdict } from "../ipc/bindings";
import { Checking } from "./checking.svelte";
import type { Call } from "./editor.svelte";

const decision = { id: "no-mongo", title: "Use Postgres", status: "accepted" as const, path: "docs/decisions/0001-use-postgres.md", line: 6 };
const finding = (fields: Partial<FindingItem>): FindingItem => ({ rule: "no-mongo/client", kind: "forbid-text", severity: "error", path: "a.rs", line: 3, column: 1, end_line: 3, end_column: 8, excerpt: "mongodb", fingerprint: "1:1", state: "introduced", message: "Not here.", note: null, remedy: null, decision, waiver: null, propose: "", waive: "", ...fields });
const verdict = (fields: Partial<Verdict>): Verdict => ({ schema: "precedent/verdict/v1", verdict: "pass", engine: "0.1.0", as_of: "2026-11-20", input: { kind: "staged", base: null, head: null }, counts: { files: 1, rules: 2, introduced: 0, waiver_proposed: 0, existing: 0, baselined: 0, waived: 0, failing: 0 }, findings: [], undecided: [], faults: [], governance_changes: [], vacuous: [], previews: [], skipped: { binary: 0, too_large: 0, generated: 0, symlink: 0, submodule: 0 }, skipped_files: [], notes: [], ...fields });

async function outcome(answer: Verdict) {
  const checking = new Checking((async () => answer) as unknown as Call);
  await checking.refresh(true);
  return checking.outcome;
}

it("says the gravest thing first", async () => {
  const place = { path: "a.md", line: 1, column: 1, rule: null, message: "?" };
  const rule = { path: "a.md", line: 1, kind: "rule-removed", rule: null, message: "gone" };
  expect(await outcome(verdict({ verdict: "violations", findings: [finding({})], undecided: [place] }))).toBe("violations");
  expect(await outcome(verdict({ verdict: "error" }))).toBe("faulty");
  expect(await outcome(verdict({ verdict: "indeterminate", undecided: [place], governance_changes: [rule] }))).toBe("undecided");
  expect(await outcome(verdict({ findings: [finding({ severity: "warning" })] }))).toBe("warnings");
  expect(await outcome(verdict({ governance_changes: [rule] }))).toBe("governance");
  expect(await outcome(verdict({}))).toBe("pass");
});

it("counts what the change brings, not what was there", async () => {
  const old = finding({ state: "existing" });
  const proposed = finding({ state: "waiver-proposed", fingerprint: "2:1" });
  const warning = finding({ severity: "warning", fingerprint: "3:1" });
  const checking = new Checking((async () => verdict({ findings: [warning, old, proposed] })) as unknown as Call);
  await checking.refresh(true);
  expect(checking.findings).toEqual([proposed, warning]);
  expect(checking.errors).toBe(1);
});

it("is silent where nothing is staged and where nothing binds", async () => {
  const asked: string[] = [];
  const none = verdict({});
  const checking = new Checking((async (name: string) => (asked.push(name), { ...none, counts: { ...none.counts, rules: 0 } })) as unknown as Call);
  await checking.refresh(false);
  expect([checking.outcome, asked]).toEqual([null, []]);
  await checking.refresh(true);
  expect([checking.outcome, asked]).toEqual([null, ["check_commit"]]);
});

it("checks what the commit would stage first, and knows the lines", async () => {
  const asked: unknown[] = [];
  const answer = verdict({ findings: [finding({ line: 3 }), finding({ line: 3, fingerprint: "2:1" }), finding({ line: 9, state: "existing" })] });
  const checking = new Checking((async (_: string, args: unknown) => (asked.push(args), answer)) as unknown as Call);
  await checking.refresh(false, ["docs/a.md"]);
  expect(asked).toEqual([{ more: ["docs/a.md"] }]);
  expect([...(checking.byPath.get("a.rs") ?? [])].map(([line, found]) => [line, found.length])).toEqual([[3, 2]]);
});

it("keeps the newest answer, and tells why there is none", async () => {
  const answers: ((verdict: Verdict) => void)[] = [];
  const checking = new Checking((() => new Promise((resolve) => answers.push(resolve))) as unknown as Call);
  const both = [checking.refresh(true), checking.refresh(true)];
  answers[1]?.(verdict({ findings: [finding({})] }));
  answers[0]?.(verdict({}));
  await Promise.all(both);
  expect(checking.outcome).toBe("violations");
  const failing = new Checking((() => Promise.reject({ code: "git", message: "cannot read", hint: null, path: null, line: null, details: null })) as unknown as Call);
  await failing.refresh(true);
  expect([failing.outcome, failing.error?.code]).toEqual([null, "git"]);
});
