// Colours code with highlight.js: blocks of a record, lines of a file. Loaded by import() when there is code to show; unknown
// languages stay plain.
import hljs from "highlight.js/lib/common";

import type { Piece } from "../../lib/model/pieces";

const MAX_CHARS = 50_000;

export function highlight(blocks: readonly HTMLElement[]): void {
  for (const block of blocks) {
    const language = /language-([\w+#-]+)/.exec(block.className)?.[1];
    const text = block.textContent;
    if (!language || !hljs.getLanguage(language) || text.length > MAX_CHARS) continue;
    block.innerHTML = hljs.highlight(text, { language, ignoreIllegals: true }).value;
  }
}

/** Lines of a file in coloured pieces; null for a language that is not known. They are read as if nothing stood before them. */
export function colouredLines(lines: readonly string[], path: string): Piece[][] | null {
  const language = /\.([\w+#-]+)$/.exec(path)?.[1]?.toLowerCase();
  const text = lines.join("\n");
  if (!language || !hljs.getLanguage(language) || text.length > MAX_CHARS) return null;
  const page = document.createElement("template");
  page.innerHTML = hljs.highlight(text, { language, ignoreIllegals: true }).value;
  const coloured: Piece[][] = [[]];
  const add = (text: string, kind: string): void => {
    text.split("\n").forEach((part, at) => {
      if (at > 0) coloured.push([]);
      if (part !== "") coloured.at(-1)?.push({ text: part, kind, hit: false });
    });
  };
  const walk = (node: Node, kind: string): void => {
    for (const child of node.childNodes) {
      if (child instanceof Element) walk(child, child.className);
      else add(child.textContent ?? "", kind);
    }
  };
  walk(page.content, "");
  return coloured;
}
