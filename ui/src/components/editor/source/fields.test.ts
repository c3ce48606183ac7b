import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import type { FieldHelp } from "../../../lib/ipc/bindings";
import { fieldSource, prose } from "./fields";

const NOTHING: FieldHelp = { start: 0, end: 0, completions: [], hover: null, format: null };

/** Completes at the bar; `help` answers for its byte offset. */
async function complete(marked: string, help: Partial<FieldHelp>, explicit = false) {
  const asked: number[] = [];
  const state = EditorState.create({ doc: marked.replace("¦", "") });
  const source = fieldSource({
    help: (_, offset) => {
      asked.push(offset);
      return Promise.resolve({ ...NOTHING, ...help });
    },
    today: () => "2026-11-20",
  });
  const result = await source(new CompletionContext(state, marked.indexOf("¦"), explicit));
  return { asked, found: result && { from: result.from, to: result.to, labels: result.options.map((option) => option.label) } };
}

test("offers keys of the schema at the bytes that the host tells", async () => {
  const { asked, found } = await complete("---\ntitle: é\nstat¦\n---\n", { start: 14, end: 18, completions: [{ label: "status", insert: "status: ", detail: "Where it stands." }] });
  expect(asked).toEqual([18]);
  expect(found).toEqual({ from: 13, to: 17, labels: ["status"] });
});

test.each([
  ["---\ndate: 2026¦\n---\n", { from: 10, labels: ["2026-11-20"] }],
  ["---\ndate: ¦\n---\n", { from: 10, labels: ["2026-11-20"] }],
  ["---\ndate: 2025¦\n---\n", null],
])("offers the day in %j", async (text, expected) => {
  const { found } = await complete(text, { format: "date" });
  expect(found && { from: found.from, labels: found.labels }).toEqual(expected);
});

test.each([
  ["in the body", "---\nstatus: draft\n---\n# Tit¦le\n", false],
  ["after a bracket, unasked", "---\ntags: [¦]\n---\n", false],
  ["without front matter", "# Tit¦le\n", true],
])("offers nothing %s", async (_, text, explicit) => {
  const { asked, found } = await complete(text, { format: "references" }, explicit);
  expect([asked, found]).toEqual([[], null]);
});

test("help is text, code and paragraphs, never HTML", () => {
  expect(prose("Use `a`. <b>\n\n**One** of `x`").innerHTML).toBe("<p>Use <code>a</code>. &lt;b&gt;</p><p>One of <code>x</code></p>");
});
