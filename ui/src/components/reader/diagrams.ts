// Draws Mermaid diagrams. Bundled and offline, security level "strict": no scripts, no links, no HTML from the record.
// A diagram that cannot be drawn stays what it is, text.
import mermaid from "mermaid";

import { t } from "../../lib/i18n/messages";

const MAX_CHARS = 20_000;
/** Diagrams that were drawn, so that the preview does not flicker while other lines are written. */
const MOST = 40;
const drawn = new Map<string, string>();
let count = 0;

function keep(key: string, svg: string): void {
  drawn.delete(key);
  drawn.set(key, svg);
  for (const old of drawn.keys()) if (drawn.size > MOST) drawn.delete(old);
}

/** The first line of what Mermaid says, without its picture of the place. */
function reasonOf(thrown: unknown): string | null {
  const said = thrown instanceof Error ? thrown.message.split("\n")[0]?.trim().replace(/:$/, "") : null;
  return said ? said : null;
}

export async function draw(blocks: readonly HTMLElement[], theme: "light" | "dark", still: () => boolean): Promise<void> {
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict", htmlLabels: false, flowchart: { htmlLabels: false }, theme: theme === "dark" ? "dark" : "neutral", fontFamily: "var(--font-ui)", maxTextSize: MAX_CHARS, suppressErrorRendering: true });
  for (const block of blocks) {
    const source = block.textContent;
    const frame = block.parentElement;
    if (!frame || !still()) return;
    try {
      const key = `${theme}\n${source}`;
      const svg = drawn.get(key) ?? (await mermaid.render(`diagram-${String(++count)}`, source)).svg;
      keep(key, svg);
      if (!still()) return;
      const figure = document.createElement("figure");
      figure.className = "mermaid-figure";
      figure.setAttribute("role", "img");
      figure.setAttribute("aria-label", t.reader.diagram);
      figure.innerHTML = svg;
      frame.replaceWith(figure);
    } catch (thrown) {
      if (!still()) return;
      const note = document.createElement("p");
      note.className = "diagram-failed";
      note.textContent = t.reader.diagramFailed(reasonOf(thrown));
      frame.before(note);
    }
  }
}
