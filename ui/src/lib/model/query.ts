// The search field's text as tokens and words (DESIGN §10.14): `status:accepted` becomes a token once it is finished,
// the rest stays free text. Pure; the back end understands the same language, so nothing is lost by not tokenising.

export const QUERY_KEYS = ["status", "scope", "tag", "by", "owner", "section", "path", "binds", "before", "after", "year", "is", "has", "in", "id"] as const;

export interface Query {
  readonly tokens: readonly string[];
  readonly text: string;
}

const TOKEN = new RegExp(String.raw`(^|\s)(-?(?:${QUERY_KEYS.join("|")}):(?:"[^"]+"|[^\s"]+))(?=\s)`, "i");

/** An `OR` that stands alone, outside quotes: what is at its sides belongs together, filters too. */
const hasOr = (text: string): boolean => /(^|\s)OR(\s|$)/.test(text.replace(/"[^"]*"/g, '""'));

/** Moves every finished `key:value ` out of the text into the tokens. */
export function takeTokens(query: Query): Query {
  if (hasOr(query.text)) {
    const before = /^\s*OR(\s|$)/.test(query.text) ? query.tokens.at(-1) : undefined;
    return before === undefined ? query : { tokens: query.tokens.slice(0, -1), text: `${before} ${query.text.trimStart()}` };
  }
  let { text } = query;
  const tokens = [...query.tokens];
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const token = match[2] ?? "";
    if (!tokens.includes(token)) tokens.push(token);
    text = `${text.slice(0, match.index)}${match[1] ?? ""}${text.slice(match.index + match[0].length).replace(/^\s/, "")}`;
  }
  return { tokens, text: text.trim() === "" ? "" : text.replace(/^\s+/, "") };
}

/** What is sent to the back end. */
export function queryText(query: Query): string {
  return [...query.tokens, query.text.trim()].filter(Boolean).join(" ");
}

/** The query with its text as in `whole`, another spelling of what was sent; tokens keep theirs. */
export function respelled(query: Query, whole: string): Query {
  const tokens = query.tokens.join(" ");
  return whole.startsWith(tokens) ? { tokens: query.tokens, text: whole.slice(tokens.length).trimStart() } : takeTokens({ tokens: [], text: whole });
}

/** Plain words of a query, for marking matches in a text: no tokens, no excluded words, phrases whole. */
export function markableWords(text: string): string[] {
  const words: string[] = [];
  for (const match of text.matchAll(/(-?)(?:[a-z]+:)?(?:"([^"]+)"|(\S+))/giu)) {
    const isToken = QUERY_KEYS.some((key) => match[0].toLowerCase().replace(/^-/, "").startsWith(`${key}:`));
    const word = match[2] ?? match[3] ?? "";
    if (match[1] !== "-" && !isToken && word !== "" && word !== "OR" && word !== "AND") words.push(word);
  }
  return words;
}
