import { expect, it } from "vitest";

import type { FindingItem } from "../ipc/bindings";
import { hitIn, marked, type Piece } from "./pieces";

const found = (line: number, column: number, end_line: number, end_column: number) => ({ line, column, end_line, end_column }) as FindingItem;
const piece = (text: string, kind = ""): Piece => ({ text, kind, hit: false });
const told = (pieces: readonly Piece[]) => pieces.map(({ text, kind, hit }) => `${hit ? "!" : ""}${text}${kind === "" ? "" : `:${kind}`}`);

it("a finding is cut out of the line by its characters", () => {
  const one = found(2, 3, 2, 6);
  const shown = (line: string, number: number, finding: FindingItem) => told(marked([piece(line)], hitIn(line, number, finding)));
  expect(shown("é bad!", 2, one)).toEqual(["é ", "!bad", "!"]);
  expect(shown("😀 bad", 2, one)).toEqual(["😀 ", "!bad"]);
  expect(shown("other", 1, one)).toEqual(["other"]);
  const two = found(2, 3, 3, 4);
  expect([shown("x bad", 2, two), shown("  more", 3, two)]).toEqual([["x ", "!bad"], ["  ", "!m", "ore"]]);
});

it("colours stay around and inside of what is marked", () => {
  const pieces = [piece("let ", "key"), piece('"a b"', "string"), piece(";")];
  expect(told(marked(pieces, [2, 6]))).toEqual(["le:key", "!t :key", '!"a:string', ' b":string', ";"]);
  expect(told(marked(pieces, null))).toEqual(["let :key", '"a b":string', ";"]);
});
