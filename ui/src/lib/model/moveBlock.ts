// Moving the part of a record that holds the caret past the one beside it: a list item among its siblings, else a section among
// sections of its level. Pure text; lines are 0-based.

export interface MovedBlock {
  /** Lines `from` to `to` (without the last) are exchanged for these. */
  from: number;
  to: number;
  lines: string[];
  /** How many lines further the caret stands. */
  by: number;
}

interface Block {
  from: number;
  to: number;
}

const ITEM = /^(\s*)([-*+]|\d+[.)])(\s+)/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** What moves when the part at `line` goes up (-1) or down (1); `null` when there is nothing to pass. */
export function moveBlock(lines: readonly string[], line: number, way: 1 | -1): MovedBlock | null {
  const [own, other] = pair(items(lines, line), line, way) ?? pair(sections(lines, line), line, way) ?? [];
  if (!own || !other) return null;
  const [first, second] = way === 1 ? [own, other] : [other, own];
  const between = lines.slice(first.to, second.from);
  const [head, tail] = keepNumbers(trimmed(lines, second), trimmed(lines, first));
  const gap = blanks(lines, first);
  const end = blanks(lines, second);
  const moved = [...head, ...gap, ...between, ...tail, ...end];
  const by = way === 1 ? head.length + gap.length + between.length : -(first.to - first.from + between.length);
  return { from: first.from, to: second.to, lines: moved, by };
}

function pair(blocks: Block[], line: number, way: 1 | -1): [Block, Block] | null {
  const at = blocks.findIndex((block) => line >= block.from && line < block.to);
  const [own, other] = [blocks[at], blocks[at + way]];
  return at >= 0 && own && other ? [own, other] : null;
}

/** List items with the same indent around `line`, each with what is indented below it. */
function items(lines: readonly string[], line: number): Block[] {
  const start = itemAt(lines, line);
  if (start === null) return [];
  const indent = indentOf(lines[start]);
  let from = start;
  while (from > 0 && belongs(lines[from - 1], indent)) from -= 1;
  while (from < start && !isItem(lines[from], indent)) from += 1;
  const found: Block[] = [];
  for (let at = from; at < lines.length && belongs(lines[at], indent); at += 1) {
    if (isItem(lines[at], indent)) found.push({ from: at, to: at + 1 });
    else {
      const last = found.at(-1);
      if (last) last.to = at + 1;
    }
  }
  return found;
}

/** The item that holds `line`; continuation lines belong to the one above. */
function itemAt(lines: readonly string[], line: number): number | null {
  for (let at = line; at >= 0; at -= 1) {
    const text = lines[at] ?? "";
    if (ITEM.test(text)) return at;
    if (text.trim() !== "" && !/^\s/.test(text)) return null;
    if (text.trim() === "" && at === line) return null;
  }
  return null;
}

const indentOf = (text: string | undefined): number => /^\s*/.exec(text ?? "")?.[0].length ?? 0;
const isItem = (text: string | undefined, indent: number): boolean => ITEM.test(text ?? "") && indentOf(text) === indent;

function belongs(text: string | undefined, indent: number): boolean {
  if (text === undefined) return false;
  return text.trim() === "" || isItem(text, indent) || indentOf(text) > indent;
}

/** Sections of the level of the one at `line`, under the same parent. Level 1 is the record itself. */
function sections(lines: readonly string[], line: number): Block[] {
  const heads = headings(lines);
  const own = heads.findLast((head) => head.line <= line);
  if (!own || own.level < 2) return [];
  const at = heads.indexOf(own);
  let first = at;
  for (let before = at - 1; before >= 0 && (heads[before]?.level ?? 0) >= own.level; before -= 1) if (heads[before]?.level === own.level) first = before;
  const found: Block[] = [];
  for (let next = first; next < heads.length; next += 1) {
    const head = heads[next];
    if (!head || head.level < own.level) break;
    if (head.level > own.level) continue;
    const end = heads.slice(next + 1).find((later) => later.level <= own.level);
    found.push({ from: head.line, to: end?.line ?? lines.length });
  }
  return found;
}

function headings(lines: readonly string[]): { line: number; level: number }[] {
  const found: { line: number; level: number }[] = [];
  let fence: string | null = null;
  const front = frontEnd(lines);
  for (const [line, text] of lines.entries()) {
    if (line < front) continue;
    const mark = FENCE.exec(text)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence)) fence = null;
    } else if (mark !== undefined) fence = mark;
    else {
      const level = /^(#{1,6})\s/.exec(text)?.[1]?.length;
      if (level !== undefined) found.push({ line, level });
    }
  }
  return found;
}

/** First line behind the front matter. */
function frontEnd(lines: readonly string[]): number {
  const open = lines[0]?.replace(/^\uFEFF/, "").trimEnd();
  if (open !== "---" && open !== "+++") return 0;
  const close = lines.findIndex((text, at) => at > 0 && text.trimEnd() === open);
  return close < 0 ? 0 : close + 1;
}

function blanks(lines: readonly string[], block: Block): string[] {
  return lines.slice(block.from + trimmed(lines, block).length, block.to);
}

function trimmed(lines: readonly string[], block: Block): string[] {
  let to = block.to;
  while (to > block.from + 1 && (lines[to - 1] ?? "").trim() === "") to -= 1;
  return lines.slice(block.from, to);
}

/** Numbers of a list stay in order whatever the items do. */
function keepNumbers(head: string[], tail: string[]): [string[], string[]] {
  const number = (block: string[]): string | undefined => /^\s*(\d+)[.)]\s/.exec(block[0] ?? "")?.[1];
  const [late, early] = [number(head), number(tail)];
  if (late === undefined || early === undefined) return [head, tail];
  const numbered = (block: string[], to: string): string[] => block.map((text, at) => (at === 0 ? text.replace(/\d+/, to) : text));
  return [numbered(head, early), numbered(tail, late)];
}
