// Marks words in rendered text without touching its elements (CSS Custom Highlight API; engines without it show none).
import { findWords } from "../../lib/model/marks";

const ALL = "search-match";
const CURRENT = "search-match-current";
const MAX_RANGES = 1_000;

const highlights = () => (typeof CSS !== "undefined" && "highlights" in CSS ? CSS.highlights : null);

/** Marks every occurrence; answers the ranges in reading order. */
export function markWords(root: HTMLElement, words: readonly string[]): Range[] {
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && ranges.length < MAX_RANGES; node = walker.nextNode()) {
    for (const [start, end] of findWords(node.nodeValue ?? "", words)) {
      const range = new Range();
      range.setStart(node, start);
      range.setEnd(node, end);
      ranges.push(range);
    }
  }
  highlights()?.set(ALL, new Highlight(...ranges));
  return ranges;
}

export function markCurrent(range: Range): void {
  const current = new Highlight(range);
  current.priority = 1;
  highlights()?.set(CURRENT, current);
}

export function clearMarks(): void {
  highlights()?.delete(ALL);
  highlights()?.delete(CURRENT);
}
