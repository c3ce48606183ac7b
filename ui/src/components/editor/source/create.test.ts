import { EditorView } from "@codemirror/view";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createSource, type SourceView } from "./create";
import { matching, type Citable } from "./citations";

// What jsdom lacks and CodeMirror measures.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect = () => new DOMRect();

let view: SourceView | undefined;
afterEach(() => view?.destroy());

function open(text: string): { texts: string[]; parent: HTMLElement } {
  const parent = document.createElement("div");
  document.body.append(parent);
  const texts: string[] = [];
  view = createSource({
    look: { wrap: true, spaces: false, spellcheck: true },
    parent, text, label: "Source", foldWords: ({ fields }) => `${String(fields)} fields`,
    fix: { fixes: () => [], apply: vi.fn(), key: "" }, citables: () => [],
    fields: { help: () => Promise.resolve({ start: 0, end: 0, completions: [], hover: null, format: null }), today: () => "2026-11-20" },
    ontext: (next) => texts.push(next), oncaret: vi.fn(), onscroll: vi.fn(), onblur: vi.fn(),
  });
  return { texts, parent };
}

describe("text comes back as it went in", () => {
  test.each([
    ["LF", "---\nstatus: draft\n---\n# One\n", "# One", "# Two"],
    ["CRLF", "---\r\nstatus: draft\r\n---\r\n# One\r\n", "# One", "# Two"],
    ["mixed", "# One\r\nline\nother\r\n", "# One", "# Two"],
    ["no final newline, BOM", "\ufeff# One", "# One", "# Two\n"],
    ["CRLF, several lines put in", "# One\r\n\r\nText\r\n", "Text", "A\r\nB\r\nC"],
  ])("%s", (_, text, before, after) => {
    const { texts } = open(text);
    const changed = text.replace(before, after);
    view?.replace(changed);
    view?.replace(text);
    expect(texts).toEqual([changed, text]);
  });
});

test("opening tells of no change and folds the front matter", () => {
  const { texts, parent } = open("---\nstatus: draft\ndate: 2026-01-01\n---\n# One\n");
  expect(texts).toEqual([]);
  expect(parent.querySelector(".cm-foldPlaceholder")?.textContent).toBe("2 fields");
  expect(parent.querySelector(".cm-content")?.getAttribute("aria-label")).toBe("Source");
});

test("formatting puts marks around the selection and takes them away again", () => {
  const { texts } = open("# One\n\nbold word\n");
  view?.select({ from: 7, to: 11 });
  view?.run("bold");
  view?.run("bold");
  expect(texts).toEqual(["# One\n\n**bold** word\n", "# One\n\nbold word\n"]);
});

test("a list over several lines of a CRLF record", () => {
  const { texts } = open("one\r\ntwo\r\n");
  view?.select({ from: 0, to: 8 });
  view?.run("list");
  expect(texts.at(-1)).toBe("- one\r\n- two\r\n");
});

test("decisions are offered by number first, then in force", () => {
  const one = (label: string, title: string, inForce: boolean): Citable => ({ insert: label, label, title, inForce, note: null, glyph: () => document.createTextNode("") });
  const all = [one("0110", "Retry webhooks", false), one("0101", "Webhook policy", true), one("0011", "Webhooks at 0110 go", true)];
  expect(matching(all, "webhook").map((c) => c.label)).toEqual(["0101", "0011", "0110"]);
  expect(matching(all, "ADR-110").map((c) => c.label)).toEqual(["0110", "0011"]);
  expect(matching(all, "nothing")).toEqual([]);
});

test("Escape right after a letter is not swallowed by a completion that nobody sees", () => {
  const { parent } = open("# One\n");
  const editor = EditorView.findFromDOM(parent);
  editor?.dispatch({ changes: { from: 6, insert: "a" }, selection: { anchor: 7 }, userEvent: "input.type" });
  const escape = new KeyboardEvent("keydown", { key: "Escape", keyCode: 27, bubbles: true, cancelable: true });
  parent.querySelector(".cm-content")?.dispatchEvent(escape);
  expect(escape.defaultPrevented).toBe(false);
});
