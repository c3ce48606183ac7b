import { describe, expect, test } from "vitest";
import type { DiffLine, Hunk } from "../ipc/bindings";
import { hunkRange, lineRows, wordRows, type Row } from "./diff";

/** `-[a]b` is a removed line with `a` changed; `+`, ` ` likewise. */
function line(picture: string, number: number): DiffLine {
  const kind = { "-": "del", "+": "add" }[picture[0] ?? " "] ?? "same";
  const runs = picture.slice(1).split(/(\[[^\]]*\])/).filter(Boolean);
  return {
    kind,
    open: false,
    old_line: kind === "add" ? null : number,
    new_line: kind === "del" ? null : number,
    runs: runs.map((text) => ({ text: text.replace(/^\[|\]$/g, ""), changed: text.startsWith("[") })),
  };
}

function picture(rows: Row[]): string[] {
  const signs = { same: " ", add: "+", del: "-", mod: "~" };
  const marks = { ins: ["{", "}"], del: ["[", "]"], none: ["", ""] };
  return rows.map((row) => signs[row.kind] + row.parts.map((p) => `${marks[p.mark ?? "none"][0] ?? ""}${p.text}${marks[p.mark ?? "none"][1] ?? ""}`).join(""));
}

function check(lines: string[], expected: string[]): void {
  expect(picture(wordRows(lines.map(line)))).toEqual(expected);
}

describe("words", () => {
  test("one changed word", () => check(["-status: [proposed]", "+status: [accepted]"], ["~status: [proposed]{accepted}"]));
  test("changed words with only spaces between are one change", () =>
    check(["-the [rejects] [late] writes", "+the [refuses] [all] writes"], ["~the [rejects late]{refuses all} writes"]));
  test("words only taken away", () => check(["-a [b ]c", "+a c"], ["~a [b ]c"]));
  test("words only put in", () => check(["-a c", "+a [b ]c"], ["~a {b }c"]));
  test("lines that share nothing stay apart", () => check(["-one", "+two"], ["-one", "+two"]));
  test("several pairs, with a new line between", () =>
    check([" same", "-x [1]", "-y [1]", "+x [2]", "+new line", "+y [2]"], [" same", "~x [1]{2}", "+new line", "~y [1]{2}"]));
  test("a removed line without partner", () => check(["-gone", "-y [1]", "+y [2]", " same"], ["-gone", "~y [1]{2}", " same"]));
  test("nothing is lost", () => {
    const rows = wordRows(["-a [b] c [d]", "+a [x] c [y]"].map(line));
    const text = (drop: "ins" | "del"): string => rows.flatMap((row) => row.parts).filter((p) => p.mark !== drop).map((p) => p.text).join("");
    expect([text("ins"), text("del")]).toEqual(["a b c d", "a x c y"]);
  });
});

test("lines keep removed and added apart", () => {
  expect(picture(lineRows(["-a [b]", "+a [c]", " d"].map(line)))).toEqual(["-a [b]", "+a {c}", " d"]);
});

describe("a hunk is named by the lines that changed", () => {
  function check(lines: string[], expected: { from: number; to: number }): void {
    const hunk: Hunk = { old_start: 1, new_start: 1, section: "", lines: lines.map(line) };
    expect(hunkRange(hunk)).toEqual(expected);
  }
  test("by the new text", () => check([" a", "-b", "+b", "+c", " d"], { from: 2, to: 3 }));
  test("by the old text when lines only went", () => check([" a", "-b", "-c", " d"], { from: 1, to: 2 }));
});
