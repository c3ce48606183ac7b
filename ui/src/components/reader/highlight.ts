// Colours code blocks with highlight.js. Loaded by import() when a record has code; unknown languages stay plain.
import hljs from "highlight.js/lib/common";

const MAX_CHARS = 50_000;

export function highlight(blocks: readonly HTMLElement[]): void {
  for (const block of blocks) {
    const language = /language-([\w+#-]+)/.exec(block.className)?.[1];
    const text = block.textContent;
    if (!language || !hljs.getLanguage(language) || text.length > MAX_CHARS) continue;
    block.innerHTML = hljs.highlight(text, { language, ignoreIllegals: true }).value;
  }
}
