// Prompts of a template on the screen: drawn as placeholders, taken whole by a click, left by the first key typed over them.
import { EditorSelection, EditorState, RangeSetBuilder, StateField, type Extension, type StateCommand } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";

import { promptsOf, type Span } from "../../../lib/model/prompts";

const mark = Decoration.mark({ class: "cm-prompt" });

/** Sentences in braces; one word in braces is more often code. */
function sentences(text: string): Span[] {
  return text.includes("{") ? promptsOf(text).filter(({ from, to }) => /\s/.test(text.slice(from, to))) : [];
}

function draw(state: EditorState): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of sentences(state.doc.toString())) builder.add(from, to, mark);
  return builder.finish();
}

const shown = StateField.define<DecorationSet>({
  create: draw,
  update: (old, transaction) => (transaction.docChanged ? draw(transaction.state) : old),
  provide: (field) => EditorView.decorations.from(field),
});

/** A click into a prompt takes all of it. */
const wholeByClick = EditorState.transactionFilter.of((transaction) => {
  const { selection } = transaction;
  if (!selection || !transaction.isUserEvent("select.pointer") || !selection.main.empty) return transaction;
  const { head } = selection.main;
  let found: Span | null = null;
  transaction.startState.field(shown).between(head, head, (from, to) => {
    if (head > from && head < to) found = { from, to };
  });
  const span: Span | null = found;
  return span === null ? transaction : [transaction, { selection: EditorSelection.range((span as Span).from, (span as Span).to) }];
});

/** What was just typed in the place of a prompt, for as long as the caret stays in it. */
const filled = StateField.define<Span | null>({
  create: () => null,
  update(old, transaction) {
    const { from, to } = transaction.startState.selection.main;
    const { head, empty } = transaction.newSelection.main;
    if (transaction.docChanged && transaction.isUserEvent("input") && from < to && isPrompt(transaction.startState, from, to)) return { from, to: head };
    if (old === null) return null;
    const span = { from: transaction.changes.mapPos(old.from, -1), to: transaction.changes.mapPos(old.to, 1) };
    return empty && head >= span.from && head <= span.to ? span : null;
  },
});

function isPrompt(state: EditorState, from: number, to: number): boolean {
  return promptsOf(state.doc.toString()).some((prompt) => prompt.from === from && prompt.to === to);
}

export function promptDisplay(): Extension {
  return [shown, filled, wholeByClick];
}

/** From a selected prompt to the next or the one before, round the end; from what was typed in the place of one to those that are left; anywhere else the key does what it always does. */
export function toPrompt(by: 1 | -1): StateCommand {
  return ({ state, dispatch }) => {
    const { from, to } = state.selection.main;
    const prompts = promptsOf(state.doc.toString());
    const at = prompts.findIndex((prompt) => prompt.from === from && prompt.to === to);
    const typed = state.field(filled, false) ?? null;
    const next = at >= 0 ? prompts[(at + by + prompts.length) % prompts.length] : typed && (by === 1 ? prompts.find((prompt) => prompt.from >= typed.to) : prompts.findLast((prompt) => prompt.to <= typed.from));
    if (!next || next.from === from) return false;
    dispatch(state.update({ selection: { anchor: next.from, head: next.to }, scrollIntoView: true }));
    return true;
  };
}
