// Which line stands at the top of the source, in parts of a line, so that the preview can follow smoothly and lead as well.
import type { EditorView } from "@codemirror/view";

/** The 1-based line at the top, with the part of it that is scrolled away. */
export function topOf(view: EditorView): number {
  const top = view.scrollDOM.scrollTop - view.documentPadding.top;
  const block = view.lineBlockAtHeight(Math.max(0, top));
  const part = block.height > 0 ? Math.min(1, Math.max(0, (top - block.top) / block.height)) : 0;
  return view.state.doc.lineAt(block.from).number + part;
}

export function scrollTo(view: EditorView, line: number): void {
  const whole = Math.min(Math.max(1, Math.floor(line)), view.state.doc.lines);
  const block = view.lineBlockAt(view.state.doc.line(whole).from);
  view.scrollDOM.scrollTop = block.top + view.documentPadding.top + block.height * (line - whole);
}
