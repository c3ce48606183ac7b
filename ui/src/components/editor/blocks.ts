// Blocks of the preview by the line of the source they come from, and how far both panes are scrolled.

/** The last block that begins at or before `line`; blocks are in the order of the text. `null` above the first one. */
export function blockAt<E extends { dataset: DOMStringMap }>(blocks: readonly E[], line: number): E | null {
  let found: E | null = null;
  for (const block of blocks) {
    if (Number(block.dataset.line) > line) break;
    found = block;
  }
  return found;
}

/** Room that a block keeps to the top of the pane. */
const ABOVE = 20;

interface Edge {
  line: number;
  top: number;
}

/** Where each block begins: its line, and its place in the pane's content. The head of the pane belongs to line 1. */
function edges(blocks: readonly HTMLElement[], pane: HTMLElement): Edge[] {
  const origin = pane.getBoundingClientRect().top - pane.scrollTop;
  const found = blocks.map((block) => ({ line: Number(block.dataset.line), top: block.getBoundingClientRect().top - origin - ABOVE }));
  return [{ line: 1, top: 0 }, ...found.filter((edge) => edge.line > 1)];
}

/** Whereto the pane has to be scrolled so that `line` stands at its top; between two blocks in proportion. */
export function placeOf(blocks: readonly HTMLElement[], line: number, pane: HTMLElement): number {
  const all = edges(blocks, pane);
  const next = all.findIndex((edge) => edge.line > line);
  const before = next < 0 ? all.at(-1) : all[next - 1];
  const after = next < 0 ? undefined : all[next];
  if (!before) return 0;
  if (!after || after.line === before.line) return before.top;
  return before.top + ((line - before.line) / (after.line - before.line)) * (after.top - before.top);
}

/** The line that stands at the top of the pane. */
export function lineAt(blocks: readonly HTMLElement[], pane: HTMLElement): number {
  const all = edges(blocks, pane);
  const next = all.findIndex((edge) => edge.top > pane.scrollTop);
  const before = next < 0 ? all.at(-1) : all[next - 1];
  const after = next < 0 ? undefined : all[next];
  if (!before) return 1;
  if (!after || after.top === before.top) return before.line;
  return before.line + ((pane.scrollTop - before.top) / (after.top - before.top)) * (after.line - before.line);
}
