// Help while front matter is written: keys and words of the contract's schema as completions, and what a key means when the
// pointer rests on it. The host knows the schema and the log.
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { EditorState, Extension } from "@codemirror/state";
import { hoverTooltip, type Tooltip } from "@codemirror/view";

import type { CompletionItem, FieldHelp } from "../../../lib/ipc/bindings";
import { byteOfIndex, indexOfByte } from "../../../lib/model/lines";
import { bodyStart } from "../../../lib/model/prompts";

/** What the pane needs from outside for its front matter. */
export interface FieldPort {
  /** What may stand at a byte of the text; empty outside the front matter. */
  help(text: string, offset: number): Promise<FieldHelp>;
  /** The day that a field of days is offered. */
  today(): string;
}

/** More than any front matter has; keeps what is sent small. */
const HEAD = 65_536;

/** The head of the text with plain line breaks, when `place` is inside its front matter. */
function headAt(state: EditorState, place: number): string | null {
  const head = state.doc.sliceString(0, HEAD);
  return place <= bodyStart(head) ? head : null;
}

export function fieldSource(port: FieldPort) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const head = headAt(context.state, context.pos);
    if (head === null) return null;
    // A word that has begun, or an explicit wish; not every space and bracket.
    if (!context.explicit && !context.matchBefore(/[\w@#./-]+$|^[\w-]+:[ \t]+$/)) return null;
    const help = await port.help(head, byteOfIndex(head, context.pos));
    if (context.aborted) return null;
    if (help.completions.length > 0) {
      return { from: indexOfByte(head, help.start), to: Math.max(indexOfByte(head, help.end), context.pos), options: help.completions.map(help.format === null ? word : value), filter: false };
    }
    const from = context.matchBefore(/[\d-]+$/)?.from ?? context.pos;
    const today = port.today();
    return help.format === "date" && today.startsWith(head.slice(from, context.pos)) ? { from, options: [{ label: today }], filter: false } : null;
  };
}

/** Completions of a key: its words are offered next. */
export const isKey = (completion: Completion): boolean => completion.type === "key";

/** A key of the schema; its description stands beside the list. */
function word({ label, insert, detail }: CompletionItem): Completion {
  return { label, apply: insert, ...(insert.endsWith(": ") ? { type: "key" } : {}), ...(detail === "" ? {} : { info: () => prose(detail) }) };
}

/** A word of a field, or what the log knows; what it is stands behind it. */
function value({ label, insert, detail }: CompletionItem): Completion {
  return { label, apply: insert, ...(detail === "" ? {} : { detail }) };
}

/** A few sentences with `code` as an element; nothing else of Markdown is read. */
export function prose(markdown: string): HTMLElement {
  const holder = document.createElement("div");
  holder.className = "cm-fieldhelp";
  for (const paragraph of markdown.split(/\n\s*\n/)) {
    const element = document.createElement("p");
    for (const [index, part] of paragraph.replace(/\*\*/g, "").split("`").entries()) {
      if (index % 2 === 0) element.append(part);
      else {
        const code = document.createElement("code");
        code.textContent = part;
        element.append(code);
      }
    }
    holder.append(element);
  }
  return holder;
}

/** What the key under the pointer means. */
export function fieldHover(port: FieldPort): Extension {
  return hoverTooltip(async (view, place): Promise<Tooltip | null> => {
    const line = view.state.doc.lineAt(place);
    const key = /^[\w-]+(?=[ \t]*:)/.exec(line.text)?.[0];
    const head = headAt(view.state, place);
    if (head === null || key === undefined || place > line.from + key.length) return null;
    const help = await port.help(head, byteOfIndex(head, line.from + key.length));
    const { hover } = help;
    if (hover === null) return null;
    return { pos: line.from, end: line.from + key.length, above: false, create: () => ({ dom: prose(hover) }) };
  });
}
