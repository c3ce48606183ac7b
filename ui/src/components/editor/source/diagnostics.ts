// Problems of the record as CodeMirror diagnostics: where the squiggle goes, the icon in the gutter, and the line with the fix
// under the line of the caret. It shows problems; applying a fix is the state's business.
import { forEachDiagnostic, lintGutter, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { StateField, type EditorState, type Extension, type Text, type TransactionSpec } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view";

import { t } from "../../../lib/i18n/messages";
import { codeParts, plain } from "../../../lib/i18n/plural";
import type { FixItem, ProblemItem } from "../../../lib/ipc/bindings";
import type { Span } from "../../../lib/model/prompts";

/** What a diagnostic needs from outside: the fixes of a problem, and the words around them. */
export interface FixPort {
  /** What can be done about it now; several when a reference is ambiguous. */
  fixes(problem: ProblemItem): readonly FixItem[];
  apply(problem: ProblemItem, fix: FixItem): void;
  /** Key shown at the right of the line, `Ctrl .`. */
  key: string;
}

const SEVERITY = { error: "error", warning: "warning", note: "info" } as const;

/** The stretch a problem is about: the word at its column, or the whole line without its indent. */
export function placeOf(doc: Text, problem: Pick<ProblemItem, "line" | "column">): Span {
  const line = doc.line(Math.min(Math.max(problem.line, 1), doc.lines));
  const at = Math.min(Math.max(problem.column - 1, 0), line.length);
  const word = at > 0 ? /^(\[\[[^\]\n]*\]\]|\[[^\]\n]*\]\([^)\n]*\)|[^\s,;]+)/.exec(line.text.slice(at)) : null;
  if (word) return { from: line.from + at, to: line.from + at + word[0].length };
  const indent = /^\s*/.exec(line.text)?.[0].length ?? 0;
  return { from: line.from + Math.min(indent, line.length), to: line.from + line.text.trimEnd().length };
}

interface ProblemDiagnostic extends Diagnostic {
  problem: ProblemItem;
}

function isOurs(diagnostic: Diagnostic): diagnostic is ProblemDiagnostic {
  return "problem" in diagnostic;
}

/** The transaction that shows `problems` in place of those shown before. */
export function showProblems(state: EditorState, problems: readonly ProblemItem[], port: FixPort): TransactionSpec {
  const diagnostics = problems.map((problem): ProblemDiagnostic => {
    const { from, to } = placeOf(state.doc, problem);
    const actions = port.fixes(problem).map((fix) => ({ name: fix.title, apply: () => { port.apply(problem, fix); } }));
    return { from, to: Math.max(from, to), severity: SEVERITY[problem.severity], message: plain(t.problems.said(problem)), actions, problem };
  });
  diagnostics.sort((a, b) => a.from - b.from);
  return setDiagnostics(state, diagnostics);
}

/** Problems on the line of `place`, the gravest first. */
export function problemsAt(state: EditorState, place: number): ProblemItem[] {
  const line = state.doc.lineAt(place);
  const found: ProblemItem[] = [];
  forEachDiagnostic(state, (diagnostic, from) => {
    if (from >= line.from && from <= line.to && isOurs(diagnostic)) found.push(diagnostic.problem);
  });
  const rank = { error: 0, warning: 1, note: 2 };
  return found.sort((a, b) => rank[a.severity] - rank[b.severity]);
}

/** A sentence with what stands between backticks as code. */
function said(text: string): (string | HTMLElement)[] {
  return codeParts(text).map((part, at) => {
    if (at % 2 === 0) return part;
    const code = document.createElement("code");
    code.textContent = part;
    return code;
  });
}

class FixLine extends WidgetType {
  private readonly problem: ProblemItem;
  private readonly port: FixPort;

  constructor(problem: ProblemItem, port: FixPort) {
    super();
    this.problem = problem;
    this.port = port;
  }

  override eq(other: FixLine): boolean {
    const titles = (line: FixLine): string => line.port.fixes(line.problem).map((fix) => fix.title).join("\n");
    return other.problem.message === this.problem.message && titles(other) === titles(this);
  }

  override toDOM(): HTMLElement {
    const { problem, port } = this;
    const row = document.createElement("div");
    row.className = `cm-fixline ${SEVERITY[problem.severity]}`;
    const message = document.createElement("span");
    message.append(...said(t.problems.said(problem)));
    row.append(message);
    const fixes = port.fixes(problem);
    for (const fix of fixes) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...said(fix.title));
      button.onclick = () => { port.apply(problem, fix); };
      row.append(button);
    }
    if (fixes.length === 1) {
      const key = document.createElement("span");
      key.className = "key";
      key.textContent = port.key;
      row.append(key);
    }
    const holder = document.createElement("div");
    holder.className = "cm-fixholder";
    holder.append(row);
    return holder;
  }
}

function fixLines(port: FixPort): Extension {
  const build = (state: EditorState): DecorationSet => {
    const { head } = state.selection.main;
    const problem = problemsAt(state, head)[0];
    if (!problem) return Decoration.none;
    const widget = Decoration.widget({ widget: new FixLine(problem, port), block: true, side: 1 });
    return Decoration.set(widget.range(state.doc.lineAt(head).to));
  };
  return StateField.define<DecorationSet>({
    create: build,
    update: (shown, transaction) => (transaction.docChanged ? shown.map(transaction.changes) : build(transaction.state)),
    provide: (field) => EditorView.decorations.from(field),
  });
}

const ICONS: Record<Diagnostic["severity"], string> = {
  error: "M12 16h.01M12 8v4M15.312 2a2 2 0 0 1 1.414.586l4.688 4.688A2 2 0 0 1 22 8.688v6.624a2 2 0 0 1-.586 1.414l-4.688 4.688a2 2 0 0 1-1.414.586H8.688a2 2 0 0 1-1.414-.586l-4.688-4.688A2 2 0 0 1 2 15.312V8.688a2 2 0 0 1 .586-1.414l4.688-4.688A2 2 0 0 1 8.688 2z",
  warning: "m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01",
  info: "M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0M12 16v-4M12 8h.01",
  hint: "M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0M12 16v-4M12 8h.01",
};

/** Puts our icons into CodeMirror's gutter markers, which it draws as empty elements with a class. */
const gutterIcons = EditorView.updateListener.of(({ view }) => {
  for (const marker of view.dom.querySelectorAll(".cm-lint-marker:empty")) {
    const severity = (Object.keys(ICONS) as Diagnostic["severity"][]).find((name) => marker.classList.contains(`cm-lint-marker-${name}`));
    if (severity) marker.append(icon(ICONS[severity]));
  }
});

function icon(path: string): SVGElement {
  const SVG = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(SVG, "svg");
  const attributes = { viewBox: "0 0 24 24", width: "13", height: "13", fill: "none", stroke: "currentColor", "stroke-width": "2", "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

export function problemDisplay(port: FixPort): Extension {
  return [lintGutter(), gutterIcons, fixLines(port)];
}
