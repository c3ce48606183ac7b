// Folding of the front matter to one line, "status: proposed, 9 more fields". `Enter` in front of it unfolds.
import { codeFolding, foldEffect, foldedRanges, foldKeymap, foldService, unfoldEffect } from "@codemirror/language";
import { Prec, type EditorState, type Extension } from "@codemirror/state";
import { keymap, type EditorView } from "@codemirror/view";

import { frontMatterFields, frontMatterOf } from "../../../lib/model/prompts";

/** What stands for the folded text; words come from the messages file. */
export type FoldWords = (folded: { status: string | null; fields: number }) => string;

/** From the end of the opening fence to the end of the closing one; `null` when there is no front matter. */
function foldRange(state: EditorState): { from: number; to: number } | null {
  // The first 64 KiB are enough for any front matter and keep this cheap while typing.
  const span = frontMatterOf(state.doc.sliceString(0, 65_536));
  return span ? { from: state.doc.line(1).to, to: span.to } : null;
}

export function fold(view: EditorView): void {
  const range = foldRange(view.state);
  if (range) view.dispatch({ effects: foldEffect.of(range) });
}

function unfoldAtCaret(view: EditorView): boolean {
  const { head, empty } = view.state.selection.main;
  if (!empty) return false;
  let found = false;
  foldedRanges(view.state).between(head, head, (from, to) => {
    view.dispatch({ effects: unfoldEffect.of({ from, to }) });
    found = true;
  });
  return found;
}

export function frontMatterFold(words: FoldWords): Extension {
  return [
    codeFolding({
      preparePlaceholder: (state, range) => words(frontMatterFields(state.doc.sliceString(0, range.to))),
      placeholderDOM: (_, unfold, text: string) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "cm-foldPlaceholder";
        button.textContent = text;
        button.onclick = unfold;
        return button;
      },
    }),
    foldService.of((state, lineStart) => (lineStart === 0 ? foldRange(state) : null)),
    Prec.high(keymap.of([{ key: "Enter", run: unfoldAtCaret }])),
    keymap.of(foldKeymap),
  ];
}
