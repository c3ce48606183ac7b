// Places in a record's text. Three ways to count meet here: the core counts UTF-8 bytes, JavaScript counts UTF-16 units,
// and CodeMirror counts a line break as one whatever it is on disk. No DOM and no editor in this file.

/**
 * The line break to give CodeMirror so that joining its lines gives back the same text. Mixed breaks are split at LF only;
 * the stray CR then stays a (visible) character of its line and is kept.
 */
export function lineBreakOf(text: string): "\n" | "\r\n" {
  let breaks = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
    if (at === 0 || text[at - 1] !== "\r") return "\n";
    breaks += 1;
  }
  return breaks > 0 ? "\r\n" : "\n";
}

/** Index into `text` of a UTF-8 byte offset; an offset inside a character is rounded down to its start. */
export function indexOfByte(text: string, byte: number): number {
  let bytes = 0;
  let index = 0;
  for (const char of text) {
    const width = utf8Width(char.codePointAt(0) ?? 0);
    if (bytes + width > byte) return index;
    bytes += width;
    index += char.length;
  }
  return index;
}

/** UTF-8 byte offset of an index into `text`. */
export function byteOfIndex(text: string, index: number): number {
  let bytes = 0;
  for (const char of text.slice(0, index)) bytes += utf8Width(char.codePointAt(0) ?? 0);
  return bytes;
}

function utf8Width(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/** A piece of text to put in place of another; positions count line breaks as one. */
export interface Change {
  from: number;
  to: number;
  insert: string;
}

/** The smallest single change that turns `before` into `after`, or `null` when they are equal. Never splits a surrogate pair. */
export function smallestChange(before: string, after: string): Change | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  if (start > 0 && isHighSurrogate(before.charCodeAt(start - 1))) start -= 1;
  let end = 0;
  while (end < most - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end += 1;
  if (end > 0 && isLowSurrogate(before.charCodeAt(before.length - end))) end -= 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** Replaces UTF-8 byte ranges of `text`; ranges must not overlap. Used for a problem's fix. */
export function applyByteEdits(text: string, edits: readonly { start: number; end: number; text: string }[]): string {
  const backwards = [...edits].sort((a, b) => b.start - a.start);
  let result = text;
  for (const edit of backwards) {
    result = result.slice(0, indexOfByte(text, edit.start)) + edit.text + result.slice(indexOfByte(text, edit.end));
  }
  return result;
}
