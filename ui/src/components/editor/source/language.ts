// Markdown for the source pane: GFM from @lezer/markdown (not @codemirror/lang-markdown, which pulls in HTML, CSS and
// JavaScript) plus front matter as a block of its own, which plain Markdown would read as a rule and a heading.
import { defineLanguageFacet, HighlightStyle, Language, LanguageSupport, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";
import { GFM, parser, type BlockContext, type Element, type Line, type MarkdownConfig } from "@lezer/markdown";

const FENCES: Record<string, RegExp> = { "---": /^(---|\.\.\.)\s*$/, "+++": /^\+\+\+\s*$/ };

function parseFrontMatter(cx: BlockContext, line: Line): boolean {
  if (cx.lineStart !== 0) return false;
  const close = FENCES[line.text.replace(/^\uFEFF/, "").trimEnd()];
  if (!close) return false;
  const children: Element[] = [cx.elt("FrontMatterMark", 0, line.text.length)];
  while (cx.nextLine()) {
    const { text } = line;
    const from = cx.lineStart;
    if (close.test(text)) {
      children.push(cx.elt("FrontMatterMark", from, from + text.length));
      break;
    }
    const key = /^\s*(?:- )?([\w-]+)[ \t]*[:=]/.exec(text);
    if (key) children.push(cx.elt("FrontMatterKey", from, from + key[0].length));
    const comment = /(^|\s)#.*$/.exec(text);
    if (comment) children.push(cx.elt("FrontMatterComment", from + comment.index, from + text.length));
  }
  cx.addElement(cx.elt("FrontMatter", 0, cx.lineStart + line.text.length, children));
  cx.nextLine();
  return true;
}

const frontMatter: MarkdownConfig = {
  defineNodes: [
    { name: "FrontMatter", block: true },
    { name: "FrontMatterMark", style: tags.processingInstruction },
    { name: "FrontMatterKey", style: tags.propertyName },
    { name: "FrontMatterComment", style: tags.comment },
  ],
  parseBlock: [{ name: "FrontMatter", before: "HorizontalRule", parse: parseFrontMatter }],
};

/** `[[ADR-0121]]`, a citation of another record. */
const citation: MarkdownConfig = {
  defineNodes: [{ name: "Citation", style: tags.special(tags.link) }],
  parseInline: [
    {
      name: "Citation",
      before: "Link",
      parse(cx, next, pos) {
        if (next !== 91 || cx.char(pos + 1) !== 91) return -1;
        const match = /^\[\[[^[\]\n]+\]\]/.exec(cx.slice(pos, cx.end));
        return match ? cx.addElement(cx.elt("Citation", pos, pos + match[0].length)) : -1;
      },
    },
  ],
};

export const markdownParser = parser.configure([GFM, frontMatter, citation]);

const style = HighlightStyle.define([
  { tag: tags.heading, color: "var(--c-syn-head)", fontWeight: "700" },
  { tag: [tags.propertyName, tags.url], color: "var(--c-syn-key)" },
  { tag: [tags.strong, tags.emphasis, tags.monospace], color: "var(--c-syn-str)" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strikethrough, color: "var(--c-text-3)" },
  { tag: [tags.processingInstruction, tags.contentSeparator], color: "var(--c-syn-punc)" },
  { tag: [tags.special(tags.link), tags.link], color: "var(--c-syn-link)" },
  { tag: tags.comment, color: "var(--c-syn-comment)", fontStyle: "italic" },
  { tag: tags.atom, color: "var(--c-syn-num)" },
]);

/** Language and colours of a record's source. */
export function recordLanguage() {
  const language = new Language(defineLanguageFacet({ commentTokens: { block: { open: "<!--", close: "-->" } } }), markdownParser, [], "markdown");
  return [new LanguageSupport(language), syntaxHighlighting(style)];
}
