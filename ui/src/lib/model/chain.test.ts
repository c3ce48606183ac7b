import { expect, it } from "vitest";

import type { ChainNode } from "../ipc/bindings";
import { branches, shortChain, subLine } from "./chain";

const node = (path: string, given: Partial<ChainNode> = {}): ChainNode => ({ path, label: path, title: path, status: "superseded", from: null, to: null, role: "decided", ...given });

it("says how long each held", () => {
  const check = (given: Partial<ChainNode>, expected: string) => expect(subLine(node("a", given), "2026-11-20")).toBe(expected);
  check({ from: "2023-08-01", to: "2026-03-14" }, "Held 31 months");
  check({ status: "accepted", from: "2026-03-14" }, "Holding 8 months");
  check({ from: "2020-03-14" }, "Superseded");
  check({ status: "accepted" }, "In force");
  check({}, "Superseded");
  check({ role: "would-replace", status: "proposed" }, "Would replace");
  check({ role: "would-refine", status: "draft" }, "Would refine");
});

it("shortens long chains but never hides the current one", () => {
  const chain = ["a", "b", "c", "d", "e", "f", "g"].map((path) => node(path));
  const check = (current: string, whole: boolean, expected: string) =>
    expect(shortChain(branches(chain, current, () => []), current, whole).map((part) => (part.kind === "gap" ? `+${String(part.count)}` : part.node.path)).join(" ")).toBe(expected);
  check("g", false, "a +3 e f g");
  check("c", false, "a b c d e f g");
  check("g", true, "a b c d e f g");
  expect(shortChain(branches(chain.slice(0, 5), "a", () => []), "a", false)).toHaveLength(5);
});

it("gives two records that replaced the same one a place together, led by the one that is read", () => {
  const chain = ["a", "b", "c", "d"].map((path) => node(path)).concat(node("e", { role: "would-replace", status: "proposed" }));
  const supersedes = (path: string) => ({ b: ["a"], c: ["a"], d: ["c"], e: ["d"] })[path] ?? [];
  const check = (current: string, expected: string) =>
    expect(branches(chain, current, supersedes).map((place) => [place.node, ...place.also].map((one) => one.path).join("+")).join(" ")).toBe(expected);
  check("a", "a b+c d e");
  check("c", "a c+b d e");
});
