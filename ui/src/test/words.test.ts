// No component holds words of its own or joins strings to sentences: all of them are in lib/i18n.
import { parse } from "svelte/compiler";
import { expect, it } from "vitest";

const COMPONENTS: Record<string, string> = import.meta.glob("../**/*.svelte", { query: "?raw", import: "default", eager: true });

/** Names, signs and formats that no language changes. */
const SAME_EVERYWHERE = new Set(["Precedent", "ADR-"]);
const SPOKEN = new Set(["aria-label", "title", "placeholder", "alt", "label", "lead", "hint", "text", "confirm", "note"]);
const WORD = /\p{L}{2,}/u;

interface Node {
  type?: string;
  name?: string;
  data?: string;
  value?: unknown;
  operator?: string;
  quasis?: { value: { raw: string } }[];
  [key: string]: unknown;
}

/** Sentences on what is wrong in one component. */
function faults(source: string): string[] {
  const found: string[] = [];
  const ofCatalogue = (node: Node) => /(^|[^\w.])(t|words)\.[a-z]/.test(source.slice(node.start as number, node.end as number));
  const isText = (value: unknown): boolean => typeof value === "string" && WORD.test(value) && !SAME_EVERYWHERE.has(value.trim());
  const visit = (value: unknown, inside: string): void => {
    if (Array.isArray(value)) value.forEach((one) => { visit(one, inside); });
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    const node = value as Node;
    if (node.type === "Text" && inside === "" && isText(node.data)) found.push(`text “${(node.data ?? "").trim()}”`);
    if (node.type === "Attribute" && SPOKEN.has(node.name ?? "") && Array.isArray(node.value)) {
      const text = (node.value as Node[]).map((part) => (part.type === "Text" ? part.data : "")).join("");
      if (isText(text)) found.push(`${node.name ?? ""}="${text}"`);
    }
    if (node.type === "TemplateLiteral" && (node.expressions as Node[]).some(ofCatalogue) && (node.quasis ?? []).some((part) => /[\p{L} ]/u.test(part.value.raw))) found.push(`joined ${source.slice(node.start as number, node.end as number)}`);
    if (node.type === "BinaryExpression" && node.operator === "+" && ofCatalogue(node)) found.push(`added ${source.slice(node.start as number, node.end as number)}`);
    for (const [key, child] of Object.entries(node)) if (key !== "css" && key !== "comments" && key !== "leadingComments") visit(child, node.type === "Attribute" || node.type === "StyleDirective" ? "attribute" : inside);
  };
  visit(parse(source, { modern: true }), "");
  return found;
}

it("finds words and joined strings", () => {
  expect(faults("<p>Hello you</p>")).toEqual(["text “Hello you”"]);
  expect(faults('<button aria-label="Close it">×</button>')).toEqual(['aria-label="Close it"']);
  expect(faults("<p>{`${t.common.save} now`}</p>")).toEqual(["joined `${t.common.save} now`"]);
  expect(faults('<script>const words = {}; const said = words.a + "b";</script>')).toEqual(['added words.a + "b"']);
  expect(faults('<p class="some class" style:color="red">{t.common.save} · {name}</p>')).toEqual([]);
});

it("has none in any component", { timeout: 60_000 }, () => {
  const all = Object.entries(COMPONENTS).flatMap(([path, source]) => faults(source).map((fault) => `${path}: ${fault}`));
  expect(Object.keys(COMPONENTS).length).toBeGreaterThan(100);
  expect(all).toEqual([]);
});
