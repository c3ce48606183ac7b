// Prompts of a template (`{describe the context}`) inside a new record: found again in the text, so that typing can replace
// them one after the other. Pure text; the editor's commands are in `commands.ts`.

/** A stretch of text; positions are string indices. */
export interface Span {
  from: number;
  to: number;
}

const PROMPT = /\{[^{}\n]{3,}\}/g;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** All prompts of the body, in order. Code blocks are left out: braces mean something there. */
export function promptsOf(text: string): Span[] {
  const found: Span[] = [];
  let fence: string | null = null;
  let at = bodyStart(text);
  for (const line of text.slice(at).split("\n")) {
    const mark = FENCE.exec(line)?.[1];
    if (fence !== null) {
      if (mark !== undefined && mark[0] === fence[0] && mark.length >= fence.length) fence = null;
    } else if (mark !== undefined) {
      fence = mark;
    } else {
      for (const match of line.matchAll(PROMPT)) found.push({ from: at + match.index, to: at + match.index + match[0].length });
    }
    at += line.length + 1;
  }
  return found;
}

/** Index behind the front matter, 0 when there is none. */
export function bodyStart(text: string): number {
  return frontMatterOf(text)?.to ?? 0;
}

/** The front matter with its fences, without the line break after it; `null` when there is none. */
export function frontMatterOf(text: string): Span | null {
  const open = /^\uFEFF?(---|\+\+\+)[ \t]*\r?\n/.exec(text);
  if (!open?.[1]) return null;
  const close = new RegExp(`^${open[1] === "---" ? "(---|\\.\\.\\.)" : "\\+\\+\\+"}[ \\t]*\\r?$`, "m");
  const rest = text.slice(open[0].length);
  const match = close.exec(rest);
  return match ? { from: 0, to: open[0].length + match.index + match[0].trimEnd().length } : null;
}

/** Where to put the caret in a record that was just made: the first prompt, else the first empty section, else the end of the title. */
export function firstPlace(text: string): Span {
  const prompt = promptsOf(text)[0];
  if (prompt) return prompt;
  const from = bodyStart(text);
  const section = /^## [^\n]*\n(?=\s*(?:\n## |$))/m.exec(text.slice(from));
  if (section) {
    const at = from + section.index + section[0].length;
    return { from: at, to: at };
  }
  const title = /^# [^\n]*$/m.exec(text.slice(from));
  const at = title ? from + title.index + title[0].length : text.length;
  return { from: at, to: at };
}

/** What the folded front matter says: its status and how many more fields it has. */
export function frontMatterFields(yaml: string): { status: string | null; fields: number } {
  const keys = [...yaml.matchAll(/^([\w-]+)[ \t]*[:=]/gm)].map((match) => match[1]);
  const status = /^status[ \t]*[:=][ \t]*["']?([^\n"'#]*)/m.exec(yaml)?.[1]?.trim();
  return { status: status ? status : null, fields: keys.length };
}
