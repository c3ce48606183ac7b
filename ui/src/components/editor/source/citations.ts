// `[[` offers the decisions of the log: by number or words of the title, in force first. A superseded one offers its current
// successor instead.
import { autocompletion, closeCompletion, completionKeymap, type Completion, type CompletionContext, type CompletionResult, type CompletionSource } from "@codemirror/autocomplete";
import { Prec, type Extension } from "@codemirror/state";
import { keymap, type EditorView } from "@codemirror/view";

import { isKey } from "./fields";

/** A decision that can be cited; `insert` is what goes between the brackets. */
export interface Citable {
  insert: string;
  label: string;
  title: string;
  inForce: boolean;
  /** Said instead of the title when another decision took its place; that one's `insert` is used. */
  note: string | null;
  /** Draws the status in front of the row. */
  glyph: () => Node;
}

interface CitationCompletion extends Completion {
  citable: Citable;
}

/** Those whose number or title holds every typed word; number first, then in force. At most 40. */
export function matching(citables: readonly Citable[], query: string): Citable[] {
  const words = query.toLowerCase().replace(/^adr-?/, "").split(/\s+/).filter(Boolean);
  const rank = (c: Citable): number => (words[0] !== undefined && c.label.replace(/^0+/, "").startsWith(words[0].replace(/^0+/, "")) && /^\d/.test(words[0]) ? 0 : c.inForce ? 1 : 2);
  return citables
    .filter((c) => words.every((word) => `${c.label} ${c.title}`.toLowerCase().includes(word)))
    .map((c, index) => ({ c, key: rank(c), index }))
    .sort((a, b) => a.key - b.key || a.index - b.index)
    .slice(0, 40)
    .map(({ c }) => c);
}

function insert(citable: Citable) {
  return (view: EditorView, _: Completion, from: number, to: number): void => {
    const closed = view.state.sliceDoc(to, to + 2) === "]]";
    const text = `${citable.insert}]]`;
    view.dispatch({ changes: { from, to: closed ? to + 2 : to, insert: text }, selection: { anchor: from + text.length }, userEvent: "input.complete" });
  };
}

function source(citables: () => readonly Citable[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const typed = context.matchBefore(/\[\[[^\]\n]*/);
    if (!typed) return null;
    const options = matching(citables(), typed.text.slice(2)).map((citable): CitationCompletion => ({
      label: citable.label, detail: citable.note ?? citable.title, apply: insert(citable), citable,
    }));
    return { from: typed.from + 2, options, filter: false };
  };
}

/** Each letter asks for completions; Escape is theirs only while they are on the screen. */
function closeShown(view: EditorView): boolean {
  const shown = view.dom.querySelector(".cm-tooltip-autocomplete") !== null;
  return closeCompletion(view) && shown;
}

/** Completions of the pane: decisions after `[[`, and what else is given. */
export function citationCompletion(citables: () => readonly Citable[], ...others: CompletionSource[]): Extension {
  return [
    autocompletion({
      override: [source(citables), ...others],
      icons: false,
      defaultKeymap: false,
      activateOnCompletion: isKey,
      addToOptions: [{ position: 10, render: (completion) => ("citable" in completion ? (completion as CitationCompletion).citable.glyph() : null) }],
    }),
    Prec.highest(keymap.of(completionKeymap.map((binding) => (binding.key === "Escape" ? { ...binding, run: closeShown } : binding)))),
  ];
}
