// Blocks of the preview by the line of the source they come from.

/** The last block that begins at or before `line`; blocks are in the order of the text. `null` above the first one. */
export function blockAt<E extends { dataset: DOMStringMap }>(blocks: readonly E[], line: number): E | null {
  let found: E | null = null;
  for (const block of blocks) {
    if (Number(block.dataset.line) > line) break;
    found = block;
  }
  return found;
}
