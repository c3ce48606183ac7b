// Hunks of the wire as rows of the screen. "Words" joins a removed and an added line that share their words into one row;
// "lines" keeps them apart. Pure values.
import type { DiffLine, Hunk } from "../ipc/bindings";

export interface Part {
  text: string;
  mark: "ins" | "del" | null;
}

export interface Row {
  kind: "same" | "add" | "del" | "mod";
  old: number | null;
  new: number | null;
  parts: Part[];
  /** The text ends here without a line end, and that is part of the change. */
  open?: boolean;
}

/** Lines of both texts that rows stand for, for staging them. */
export function linesOf(rows: readonly { kind: string; old: number | null; new: number | null }[]): { removed: number[]; added: number[] } {
  const numbers = (kinds: string[], side: "old" | "new") => rows.filter((row) => kinds.includes(row.kind)).map((row) => row[side]).filter((line) => line !== null);
  return { removed: numbers(["del", "mod"], "old"), added: numbers(["add", "mod"], "new") };
}

/** One row of two columns: what stood there and what stands there now. */
export interface Pair {
  left: Row | null;
  right: Row | null;
}

/** Rows side by side: a changed line beside what it was, with its words marked on each side. */
export function pairRows(lines: readonly DiffLine[]): Pair[] {
  const pairs: Pair[] = [];
  const rows = lineRows(lines);
  for (let at = 0; at < rows.length; ) {
    const row = rows[at];
    if (!row) break;
    if (row.kind === "same") {
      pairs.push({ left: row, right: row });
      at += 1;
      continue;
    }
    const end = rows.findIndex((other, index) => index > at && other.kind === "same");
    const block = rows.slice(at, end === -1 ? undefined : end);
    const [removed, added] = [block.filter((other) => other.kind === "del"), block.filter((other) => other.kind === "add")];
    for (let step = 0; step < Math.max(removed.length, added.length); step += 1) pairs.push({ left: removed[step] ?? null, right: added[step] ?? null });
    at += block.length;
  }
  return pairs;
}

/** Rows of one hunk for the words view. */
export function wordRows(lines: readonly DiffLine[]): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < lines.length; ) {
    const removed = takeWhile(lines, at, "del");
    const added = takeWhile(lines, at + removed.length, "add");
    at += removed.length + added.length;
    if (removed.length + added.length > 0) rows.push(...paired(removed, added));
    else {
      const line = lines[at];
      if (line) rows.push(plain(line, "same"));
      at += 1;
    }
  }
  return rows;
}

/** Rows of one hunk for the classic view. */
export function lineRows(lines: readonly DiffLine[]): Row[] {
  return lines.map((line) => {
    const kind = line.kind === "add" || line.kind === "del" ? line.kind : "same";
    const mark = kind === "add" ? "ins" : "del";
    return { ...plain(line, kind), parts: line.runs.map((run) => ({ text: run.text, mark: run.changed && kind !== "same" ? mark : null })) };
  });
}

function takeWhile(lines: readonly DiffLine[], from: number, kind: string): DiffLine[] {
  const rest = lines.slice(from);
  const end = rest.findIndex((line) => line.kind !== kind);
  return end === -1 ? rest : rest.slice(0, end);
}

/** Each removed line with the added line that holds the same unchanged words; what finds no partner stands alone, in order. */
function paired(removed: readonly DiffLine[], added: readonly DiffLine[]): Row[] {
  const rows: Row[] = [];
  let next = 0;
  for (const old of removed) {
    const found = added.findIndex((line, index) => index >= next && unchangedText(line) === unchangedText(old) && isPartly(old, line));
    const partner = added[found];
    if (!partner) {
      rows.push(plain(old, "del"));
      continue;
    }
    for (const line of added.slice(next, found)) rows.push(plain(line, "add"));
    rows.push({ kind: "mod", old: old.old_line, new: partner.new_line, parts: merged(old, partner) });
    next = found + 1;
  }
  for (const line of added.slice(next)) rows.push(plain(line, "add"));
  return rows;
}

function isPartly(old: DiffLine, line: DiffLine): boolean {
  return unchangedText(line).trim() !== "" && (old.runs.some((run) => run.changed) || line.runs.some((run) => run.changed));
}

function unchangedText(line: DiffLine): string {
  return line.runs.filter((run) => !run.changed).map((run) => run.text).join("");
}

function plain(line: DiffLine, kind: Row["kind"]): Row {
  return { kind, ...(line.open && kind !== "same" ? { open: true } : {}), old: line.old_line, new: line.new_line, parts: [{ text: line.runs.map((run) => run.text).join(""), mark: null }] };
}

/** Both lines in one: their common words once, removed words before the added ones that took their place. */
function merged(old: DiffLine, line: DiffLine): Part[] {
  const parts: Part[] = [];
  const push = (text: string, mark: Part["mark"]): void => {
    const last = parts.at(-1);
    if (text === "") return;
    if (last?.mark === mark) last.text += text;
    else parts.push({ text, mark });
  };
  const left = old.runs.map((run) => ({ ...run }));
  const right = line.runs.map((run) => ({ ...run }));
  while (left.length > 0 || right.length > 0) {
    const [a, b] = [left[0], right[0]];
    if (a?.changed) {
      push(a.text, "del");
      left.shift();
    } else if (b?.changed) {
      push(b.text, "ins");
      right.shift();
    } else {
      // Both unchanged: the same text, but perhaps cut at different places.
      const size = Math.min(a?.text.length ?? 0, b?.text.length ?? 0);
      if (!a || !b || size === 0) {
        push((a ?? b)?.text ?? "", null);
        left.shift();
        right.shift();
        continue;
      }
      push(a.text.slice(0, size), null);
      a.text = a.text.slice(size);
      b.text = b.text.slice(size);
      if (a.text === "") left.shift();
      if (b.text === "") right.shift();
    }
  }
  return joined(parts);
}

/** Changed words with nothing but spaces between them are one change: all that went, then all that came. */
function joined(parts: readonly Part[]): Part[] {
  const out: Part[] = [];
  for (let at = 0; at < parts.length; ) {
    const part = parts[at];
    if (!part) break;
    if (part.mark === null) {
      out.push(part);
      at += 1;
      continue;
    }
    let end = at;
    for (; end < parts.length; end += 1) {
      const between = parts[end]?.text.trim() === "" && (parts[end + 1]?.mark ?? null) !== null;
      if (parts[end]?.mark === null && !between) break;
    }
    const group = parts.slice(at, end);
    const side = (mark: "ins" | "del"): Part => ({ text: group.filter((one) => one.mark !== (mark === "ins" ? "del" : "ins")).map((one) => one.text).join(""), mark });
    const both = group.some((one) => one.mark === "del") && group.some((one) => one.mark === "ins");
    out.push(...(both ? [side("del"), side("ins")] : group));
    at = end;
  }
  return out;
}

/** First and last line of a hunk's changes: in the new text, or in the old one when lines were only taken away. */
export function hunkRange(hunk: Hunk): { from: number; to: number } {
  const added = hunk.lines.filter((line) => line.kind === "add");
  const numbers = (added.length > 0 ? added : hunk.lines.filter((line) => line.kind === "del")).map((line) => line.new_line ?? line.old_line ?? 0);
  return numbers.length > 0 ? { from: Math.min(...numbers), to: Math.max(...numbers) } : { from: hunk.new_start, to: hunk.new_start };
}

/** A line cut into a key of the front matter, a heading, or plain text, for its colour. */
export function toneOf(text: string): "key" | "heading" | "fence" | null {
  if (/^(---|\+\+\+)\s*$/.test(text)) return "fence";
  if (/^#{1,6} /.test(text)) return "heading";
  return /^[a-z][\w-]*:(\s|$)/.test(text) ? "key" : null;
}
