import { EditorView } from "@codemirror/view";
import { flushSync } from "svelte";
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
    parent, text, label: "Source", phrases: { "current match": "Aktueller Treffer" }, foldWords: ({ fields }) => `${String(fields)} fields`,
    fix: { fixes: () => [], apply: vi.fn(), key: "" }, citables: () => [],
    fields: { help: () => Promise.resolve({ start: 0, end: 0, completions: [], hover: null, format: null }), today: () => "2026-11-20" },
    images: { add: () => Promise.resolve("images/a.png"), alt: "What it shows" },
    ontext: (next) => texts.push(next), oncaret: vi.fn(), onscroll: vi.fn(), onblur: vi.fn(), onkey: (event) => event.key === "F9",
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

test("what the form changed is taken back and done again, without the focus in the source", () => {
  const { texts } = open("# One\n");
  expect([view?.depth(-1), view?.depth(1)]).toEqual([0, 0]);
  view?.replace("# Two\n");
  expect([view?.depth(-1), view?.undo(-1), view?.depth(1), view?.undo(1)]).toEqual([1, true, 1, true]);
  expect(texts).toEqual(["# Two\n", "# One\n", "# Two\n"]);
});

test("keys of the window stay its own, and what the editor says is translated", () => {
  const { parent } = open("# One\nOne\n");
  const shown = EditorView.findFromDOM(parent);
  expect(shown?.state.phrase("current match")).toBe("Aktueller Treffer");
  const press = (key: string, more: KeyboardEventInit) => {
    const event = new KeyboardEvent("keydown", { key, ctrlKey: true, bubbles: true, cancelable: true, ...more });
    shown?.contentDOM.dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect([press("l", { shiftKey: true, keyCode: 76 }), press("g", { altKey: true, keyCode: 71 })]).toEqual([false, false]);
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

test("a click into a prompt takes all of it, Tab goes to the next, typing replaces", () => {
  const { texts, parent } = open("# One\n\n{What is true}\n\n{One paragraph}\n");
  const editor = EditorView.findFromDOM(parent);
  expect(parent.querySelectorAll(".cm-prompt")).toHaveLength(2);
  editor?.dispatch({ selection: { anchor: 12 }, userEvent: "select.pointer" });
  expect(editor?.state.selection.main).toMatchObject({ from: 7, to: 21 });
  const tab = new KeyboardEvent("keydown", { key: "Tab", keyCode: 9, bubbles: true, cancelable: true });
  parent.querySelector(".cm-content")?.dispatchEvent(tab);
  expect(editor?.state.selection.main).toMatchObject({ from: 23, to: 38 });
  editor?.dispatch(editor.state.replaceSelection("We do."));
  expect(texts.at(-1)).toBe("# One\n\n{What is true}\n\nWe do.\n");
  expect(parent.querySelectorAll(".cm-prompt")).toHaveLength(1);
});

test("from what was typed in the place of a prompt, Tab goes to those that are left, and then leaves", () => {
  const { parent } = open("# One\n\n{What is true}\n\n{One paragraph}\n");
  const editor = EditorView.findFromDOM(parent);
  const press = (shiftKey = false) => {
    const tab = new KeyboardEvent("keydown", { key: "Tab", keyCode: 9, shiftKey, bubbles: true, cancelable: true });
    parent.querySelector(".cm-content")?.dispatchEvent(tab);
    return tab.defaultPrevented;
  };
  const type = (text: string) => {
    for (const letter of text) editor?.dispatch({ ...editor.state.replaceSelection(letter), userEvent: "input.type" });
  };
  editor?.dispatch({ selection: { anchor: 7, head: 21 } });
  type("Mice.");
  expect(press()).toBe(true);
  expect(editor?.state.selection.main).toMatchObject({ from: 14, to: 29 });
  type("We do.");
  expect(editor?.state.doc.toString()).toBe("# One\n\nMice.\n\nWe do.\n");
  expect(press()).toBe(false);
  // Elsewhere in the text the key does what it always does.
  editor?.dispatch({ selection: { anchor: 0 } });
  type("{Not yet said}");
  editor?.dispatch({ selection: { anchor: 2 } });
  expect(press()).toBe(false);
});

test("a picture's link comes in with its words selected", () => {
  const { texts, parent } = open("# One\r\n\r\nText\r\n");
  view?.select({ from: 9, to: 9 });
  view?.insertImage("images/a.png", null);
  expect(texts.at(-1)).toBe("# One\r\n\r\n![What it shows](images/a.png)Text\r\n");
  const editor = EditorView.findFromDOM(parent);
  const { from, to } = editor?.state.selection.main ?? { from: 0, to: 0 };
  expect(editor?.state.sliceDoc(from, to)).toBe("What it shows");
});

test("an option goes up with its caret, in a CRLF record too", () => {
  const { texts, parent } = open("* One\r\n* Two\r\n* Three\r\n");
  const editor = EditorView.findFromDOM(parent);
  editor?.dispatch({ selection: { anchor: 9 } });
  expect(view?.moveOption(-1)).toBe(true);
  expect(texts.at(-1)).toBe("* Two\r\n* One\r\n* Three\r\n");
  expect(editor?.state.selection.main.head).toBe(3);
  expect(view?.moveOption(-1)).toBe(false);
});

test("find counts, replaces all and goes back to the caret", () => {
  const { texts, parent } = open("# One\n\nrow Row rowing\n");
  view?.find();
  const field = parent.querySelector<HTMLInputElement>("[data-testid=find]");
  const enter = (input: HTMLInputElement | null, text: string) => {
    if (!input) return;
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    flushSync();
  };
  enter(field, "row");
  expect(parent.querySelector("[data-testid=find-said]")?.textContent).toBe("3 matches");
  parent.querySelector<HTMLButtonElement>("[aria-label='Whole words']")?.click();
  flushSync();
  expect(parent.querySelector("[data-testid=find-said]")?.textContent).toBe("2 matches");
  enter(parent.querySelector("[data-testid=replace]"), "line");
  parent.querySelector<HTMLButtonElement>("[data-testid=replace-all]")?.click();
  flushSync();
  expect(texts.at(-1)).toBe("# One\n\nline line rowing\n");
  expect(parent.querySelector("[data-testid=find-said]")?.textContent).toBe("2 matches replaced");
  field?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
  expect(parent.querySelector("[data-testid=find]")).toBeNull();
});
