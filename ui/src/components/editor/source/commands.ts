// What the buttons above the source and its keys do to the text. Each is a CodeMirror command: undoable, and a no-op with `false`
// when it does not apply.
import { EditorSelection, Text, type EditorState, type StateCommand } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { startCompletion } from "@codemirror/autocomplete";

import { moveBlock } from "../../../lib/model/moveBlock";

/** Puts `mark` around the selection, or takes it away when it is there already. */
export function toggleAround(mark: string): StateCommand {
  return ({ state, dispatch }) => {
    const size = mark.length;
    const change = state.changeByRange(({ from, to }) => {
      const around = state.sliceDoc(from - size, from) === mark && state.sliceDoc(to, to + size) === mark;
      return around
        ? { changes: [{ from: from - size, to: from }, { from: to, to: to + size }], range: EditorSelection.range(from - size, to - size) }
        : { changes: [{ from, insert: mark }, { from: to, insert: mark }], range: EditorSelection.range(from + size, to + size) };
    });
    dispatch(state.update(change, { userEvent: "input.format" }));
    return true;
  };
}

/** Gives every selected line `prefix`, or takes it away when all have it. `replaces` is dropped first (another heading level). */
export function togglePrefix(prefix: string, replaces: RegExp): StateCommand {
  return ({ state, dispatch }) => {
    const lines = selectedLines(state);
    const all = lines.every((line) => line.text.startsWith(prefix));
    const changes = lines.map((line) => {
      const old = replaces.exec(line.text)?.[0].length ?? 0;
      return { from: line.from, to: line.from + old, insert: all ? "" : prefix };
    });
    dispatch(state.update({ changes, userEvent: "input.format" }));
    return true;
  };
}

function selectedLines(state: EditorState) {
  const { from, to } = state.selection.main;
  const lines = [];
  for (let at = from; ; ) {
    const line = state.doc.lineAt(at);
    lines.push(line);
    if (line.to >= to) return lines;
    at = line.to + 1;
  }
}

export const bold = toggleAround("**");
export const italic = toggleAround("_");
export const code = toggleAround("`");
export const heading = togglePrefix("## ", /^#{1,6} /);
export const list = togglePrefix("- ", /^[-*+] /);

/** Begins a citation and offers the decisions. */
export function cite(view: EditorView): boolean {
  view.dispatch(view.state.replaceSelection("[["), { userEvent: "input.type" });
  view.focus();
  return startCompletion(view);
}

/** Moves the option (a list item, else a section) with the caret past the one beside it. */
export function moveOption(way: 1 | -1): StateCommand {
  return ({ state, dispatch }) => {
    const { head } = state.selection.main;
    const line = state.doc.lineAt(head);
    const lines = state.doc.toString().split("\n");
    const moved = moveBlock(lines, line.number - 1, way);
    if (!moved) return false;
    const from = state.doc.line(moved.from + 1).from;
    const to = state.doc.line(moved.to).to;
    const insert = Text.of(moved.lines);
    const after = state.update({ changes: { from, to, insert } });
    const place = after.newDoc.line(line.number + moved.by).from + (head - line.from);
    dispatch(state.update({ changes: { from, to, insert }, selection: { anchor: place }, scrollIntoView: true, userEvent: "move.line" }));
    return true;
  };
}
