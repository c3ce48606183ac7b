// Draws Mermaid diagrams. Bundled and offline, security level "strict": no scripts, no links, no HTML from the record.
// A diagram that cannot be drawn stays what it is, text.
import mermaid from "mermaid";

import { t } from "../../lib/i18n/messages";

const MAX_CHARS = 20_000;
let count = 0;

export async function draw(blocks: readonly HTMLElement[], theme: "light" | "dark", still: () => boolean): Promise<void> {
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict", htmlLabels: false, flowchart: { htmlLabels: false }, theme: theme === "dark" ? "dark" : "neutral", fontFamily: "var(--font-ui)", maxTextSize: MAX_CHARS, suppressErrorRendering: true });
  for (const block of blocks) {
    const source = block.textContent;
    const frame = block.parentElement;
    if (!frame || !still()) return;
    try {
      const { svg } = await mermaid.render(`diagram-${String(++count)}`, source);
      if (!still()) return;
      const figure = document.createElement("figure");
      figure.className = "mermaid-figure";
      figure.setAttribute("role", "img");
      figure.setAttribute("aria-label", t.reader.diagram);
      figure.innerHTML = svg;
      frame.replaceWith(figure);
    } catch {
      const note = document.createElement("p");
      note.className = "diagram-failed";
      note.textContent = t.reader.diagramFailed;
      frame.before(note);
    }
  }
}
