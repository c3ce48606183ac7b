// Finds the section of a rendered difference that a hunk stands in, so that F7 walks both columns together.

const HEADING = /^H[1-6]$/;

/** The heading as it reads now: without struck words and without its anchor. */
function headingText(heading: Element): string {
  const copy = heading.cloneNode(true) as Element;
  for (const gone of copy.querySelectorAll("del, a.anchor")) gone.remove();
  return copy.textContent.trim();
}

/** The heading called `section` and all blocks under it up to the next heading; empty when there is none. */
export function sectionBlocks(root: Element, section: string): Element[] {
  const blocks = [...root.children];
  const start = blocks.findIndex((block) => HEADING.test(block.tagName) && headingText(block) === section.trim());
  if (section === "" || start === -1) return [];
  const end = blocks.findIndex((block, index) => index > start && HEADING.test(block.tagName));
  const found = blocks.slice(start, end === -1 ? undefined : end);
  // Blocks behind the last changed one belong to the section, not to the change.
  const last = found.findLastIndex((block) => block.querySelector("ins, del") !== null);
  return found.slice(0, Math.max(1, last + 1));
}

/** Puts the blocks into one marked element and back again. */
export function markBlocks(blocks: readonly Element[], name: string): () => void {
  const [first] = blocks;
  if (!first?.parentElement) return () => undefined;
  const mark = document.createElement("div");
  mark.className = "change";
  mark.setAttribute("role", "group");
  mark.setAttribute("aria-label", name);
  first.before(mark);
  mark.append(...blocks);
  return () => {
    mark.replaceWith(...mark.childNodes);
  };
}

interface Said {
  unchanged: (count: number) => string;
  movedFrom: (section: string | null) => string;
}

/** What folds and moved blocks say, in the words of the window: the rendering itself knows no language. */
export function speak(root: Element, words: Said): void {
  for (const summary of root.querySelectorAll("details.unchanged > summary")) {
    const count = /^(\d+) unchanged paragraphs?$/.exec(summary.textContent)?.[1];
    if (count) summary.textContent = words.unchanged(Number(count));
  }
  for (const tag of root.querySelectorAll("span.moved")) {
    const from = /^moved from (.*)$/s.exec(tag.textContent)?.[1];
    if (from !== undefined) tag.textContent = words.movedFrom(from === "the start" ? null : from);
  }
}
