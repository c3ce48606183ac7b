// Puts the source pane together. Loaded by `import()` so that CodeMirror is no part of the first paint. The buffer it holds is
// the truth while it is open; the state class hears of every change through `ontext`.
import { defaultKeymap, history, historyKeymap, indentWithTab, redo, redoDepth, undo, undoDepth } from "@codemirror/commands";
import { nextDiagnostic, previousDiagnostic } from "@codemirror/lint";
import { highlightSelectionMatches, openSearchPanel, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, Prec, Text, type Extension, type StateCommand } from "@codemirror/state";
import { drawSelection, dropCursor, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, highlightWhitespace, keymap, lineNumbers, type KeyBinding } from "@codemirror/view";

import type { ProblemItem } from "../../../lib/ipc/bindings";
import { lineBreakOf, smallestChange } from "../../../lib/model/lines";
import { bodyStart, type Span } from "../../../lib/model/prompts";
import { citationCompletion, type Citable } from "./citations";
import { bold, cite, code, heading, italic, list, moveOption } from "./commands";
import { placeOf, problemDisplay, problemsAt, showProblems, type FixPort } from "./diagnostics";
import { fieldHover, fieldSource, type FieldPort } from "./fields";
import { find } from "./find";
import { fold, frontMatterFold, type FoldWords } from "./frontMatter";
import { imagePaste, insertImage, type ImagePort } from "./images";
import { recordLanguage } from "./language";
import { promptDisplay, toPrompt } from "./prompts";
import { scrollTo, topOf } from "./scrolling";
import { theme } from "./theme";

/** What Settings says about the editor. */
export interface SourceLook {
  wrap: boolean;
  spaces: boolean;
  spellcheck: boolean;
}

function lookOf({ wrap, spaces, spellcheck }: SourceLook): Extension {
  return [wrap ? EditorView.lineWrapping : [], spaces ? highlightWhitespace() : [], EditorView.contentAttributes.of({ spellcheck: String(spellcheck) })];
}

export interface SourceOptions {
  look: SourceLook;
  parent: HTMLElement;
  text: string;
  /** Accessible name, "Markdown source of ADR-0126". */
  label: string;
  foldWords: FoldWords;
  /** What CodeMirror itself says, to the eye or aloud, by its English words. */
  phrases: Readonly<Record<string, string>>;
  fix: FixPort;
  citables: () => readonly Citable[];
  fields: FieldPort;
  ontext(text: string): void;
  oncaret(place: { line: number; column: number }): void;
  images: ImagePort;
  /** The line at the top, with the part of it that is scrolled away, for the preview to follow. */
  onscroll(line: number): void;
  onblur(): void;
  /** Runs what the user has put on a key, before the editor's own use of it. */
  onkey(event: KeyboardEvent): boolean;
}

const COMMANDS = { bold, italic, code, heading, list } satisfies Record<string, StateCommand>;
export type SourceCommand = keyof typeof COMMANDS | "cite";

export interface SourceView {
  replace(text: string): void;
  show(problems: readonly ProblemItem[]): void;
  run(command: SourceCommand): void;
  /** Goes to a problem's place. */
  goTo(problem: Pick<ProblemItem, "line" | "column">): void;
  /** Next or previous problem from the caret; its place is announced. */
  stepProblem(by: 1 | -1): boolean;
  problemsAtCaret(): ProblemItem[];
  select(span: Span): void;
  setTabIndents(on: boolean): void;
  setLook(look: SourceLook): void;
  /** The language of the record, for whoever checks or reads it. */
  setLanguage(lang: string | null): void;
  find(): void;
  /** Takes the last change back (-1) or does it again (1); false when there is none. */
  undo(way: -1 | 1): boolean;
  /** How many changes can be taken back, or done again. */
  depth(way: -1 | 1): number;
  /** Up or down past the option beside it; false where there is none. */
  moveOption(way: 1 | -1): boolean;
  /** Brings a line to the top, as `onscroll` counts them. */
  scrollTo(line: number): void;
  /** A picture's link, at a point of the page or where the caret is. */
  insertImage(link: string, at: { x: number; y: number } | null): void;
  focus(): void;
  destroy(): void;
}

/** Keys that are actions of this app (DESIGN §5) and reach it, under whatever key they are: history, find, links, options, Tab,
 *  light and dark. The panel for a line is left out: the palette goes to lines. */
const TAKEN = new Set(["Alt-ArrowLeft", "Alt-ArrowRight", "Shift-Mod-k", "Mod-Enter", "Ctrl-m", "Mod-[", "Mod-]", "Mod-Alt-ArrowUp", "Mod-Alt-ArrowDown", "Mod-f", "Mod-i", "Mod-Alt-g", "Mod-Shift-l"]);

function ours(bindings: readonly KeyBinding[]): KeyBinding[] {
  return bindings.filter((binding) => !TAKEN.has(binding.key ?? ""));
}

function keys(onkey: SourceOptions["onkey"]): Extension {
  return [
    Prec.highest(EditorView.domEventHandlers({ keydown: (event) => onkey(event) })),
    Prec.high(keymap.of([{ key: "Tab", run: toPrompt(1), shift: toPrompt(-1) }])),
    keymap.of([
      ...ours(searchKeymap),
      ...ours(historyKeymap),
      ...ours(defaultKeymap),
    ]),
  ];
}

/** The document in CodeMirror's own form, where a line break counts one. */
function plainText(state: EditorState, text: string): string {
  return state.toText(text).toString();
}

export function createSource(options: SourceOptions): SourceView {
  const tab = new Compartment();
  const look = new Compartment();
  const language = new Compartment();
  const listener = EditorView.updateListener.of((update) => {
    if (update.docChanged) options.ontext(update.state.sliceDoc());
    if (update.selectionSet || update.docChanged) tellCaret(update.state);
    if (update.focusChanged && !update.view.hasFocus) options.onblur();
  });

  function tellCaret(state: EditorState): void {
    const { head } = state.selection.main;
    const line = state.doc.lineAt(head);
    options.oncaret({ line: line.number, column: head - line.from + 1 });
  }

  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        EditorState.phrases.of(options.phrases),
        EditorState.lineSeparator.of(lineBreakOf(options.text)),
        problemDisplay(options.fix),
        lineNumbers(),
        highlightActiveLineGutter(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        dropCursor(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        find(),
        promptDisplay(),
        imagePaste(options.images),
        look.of(lookOf(options.look)),
        recordLanguage(),
        frontMatterFold(options.foldWords),
        citationCompletion(options.citables, fieldSource(options.fields)),
        fieldHover(options.fields),
        keys(options.onkey),
        tab.of([]),
        EditorView.contentAttributes.of({ "aria-label": options.label, "data-pane-focus": "", tabindex: "0", autocapitalize: "off", dir: "auto" }),
        language.of([]),
        // Pasted text takes the line breaks of the file, else a CRLF record would get half lines.
        EditorView.clipboardInputFilter.of((text, state) => text.replace(/\r\n?|\n/g, state.lineBreak)),
        theme,
        listener,
        EditorView.domEventHandlers({
          scroll: (_, shown) => {
            options.onscroll(topOf(shown));
          },
        }),
      ],
    }),
  });
  // The caret begins behind the front matter, so that folding it is not undone at once.
  const start = bodyStart(view.state.doc.sliceString(0, 65_536));
  if (start > 0) view.dispatch({ selection: { anchor: Math.min(start + 1, view.state.doc.length) } });
  fold(view);

  return {
    replace(text) {
      const change = smallestChange(view.state.doc.toString(), plainText(view.state, text));
      if (change) view.dispatch({ changes: { ...change, insert: Text.of(change.insert.split("\n")) }, userEvent: "input.outside" });
    },
    show: (problems) => {
      view.dispatch(showProblems(view.state, problems, options.fix));
    },
    run: (command) => {
      if (command === "cite") cite(view);
      else COMMANDS[command](view);
      view.focus();
    },
    goTo: (problem) => {
      const { from } = placeOf(view.state.doc, problem);
      view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
      view.focus();
    },
    stepProblem: (by) => (by === 1 ? nextDiagnostic(view) : previousDiagnostic(view)),
    problemsAtCaret: () => problemsAt(view.state, view.state.selection.main.head),
    select: ({ from, to }) => {
      const place = (index: number): number => plainText(view.state, options.text.slice(0, index)).length;
      view.dispatch({ selection: { anchor: place(from), head: place(to) }, scrollIntoView: true });
      view.focus();
    },
    setTabIndents: (on) => {
      view.dispatch({ effects: tab.reconfigure(on ? keymap.of([indentWithTab]) : []) });
    },
    setLook: (next) => {
      view.dispatch({ effects: look.reconfigure(lookOf(next)) });
    },
    setLanguage: (lang) => {
      view.dispatch({ effects: language.reconfigure(lang === null ? [] : EditorView.contentAttributes.of({ lang })) });
    },
    find: () => void openSearchPanel(view),
    undo: (way) => (way === -1 ? undo : redo)(view),
    depth: (way) => (way === -1 ? undoDepth : redoDepth)(view.state),
    moveOption: (way) => moveOption(way)(view),
    scrollTo: (line) => { scrollTo(view, line); },
    insertImage: (link, at) => {
      const place = at && view.posAtCoords(at);
      insertImage(view, link, options.images.alt, place ?? view.state.selection.main.head);
    },
    focus: () => {
      view.focus();
    },
    destroy: () => {
      view.destroy();
    },
  };
}
