// The search field's text as tokens and words (DESIGN §10.14): `status:accepted` becomes a token once it is finished,
// the rest stays free text. Pure; the back end understands the same language, so nothing is lost by not tokenising.

export const QUERY_KEYS = ["status", "scope", "tag", "by", "owner", "section", "path", "binds", "before", "after", "year", "is", "has", "in", "id"] as const;

export interface Query {
  readonly tokens: readonly string[];
  readonly text: string;
}

/** A piece of a query, as the back end reads it: a sign and a field, then a phrase in quotes (up to the end where they are open) or all up to a space. */
const PIECE = new RegExp(String.raw`(-?(?:(?:${QUERY_KEYS.join("|")}):)?)(?:(["“”„])([^"“”]*)(["“”]?)|\S+)`, "giy");

interface Piece {
  readonly start: number;
  readonly text: string;
  /** Of a field with a value, when a space ends it. */
  readonly isToken: boolean;
  /** A quotation mark that nothing closes. */
  readonly isOpen: boolean;
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = text.search(/\S/); at >= 0 && at < text.length; ) {
    PIECE.lastIndex = at;
    const [whole = text.slice(at), head = "", quote, phrase = "", end] = PIECE.exec(text) ?? [];
    const value = quote === undefined ? whole.slice(head.length) : phrase;
    const isOpen = quote !== undefined && end === "";
    const isToken = head.endsWith(":") && value.trim() !== "" && !(quote === undefined && value.includes('"')) && !isOpen && /^\s/.test(text.slice(at + whole.length));
    pieces.push({ start: at, text: whole, isToken, isOpen });
    const next = text.slice(at + whole.length).search(/\S/);
    at = next < 0 ? -1 : at + whole.length + next;
  }
  return pieces;
}

/** An `OR` that stands alone, outside quotes: what is at its sides belongs together, filters too. */
const hasOr = (text: string): boolean => piecesOf(text).some((piece) => piece.text === "OR");

/** Moves every finished `key:value ` out of the text into the tokens. */
export function takeTokens(query: Query): Query {
  if (hasOr(query.text)) {
    const before = /^\s*OR(\s|$)/.test(query.text) ? query.tokens.at(-1) : undefined;
    return before === undefined ? query : { tokens: query.tokens.slice(0, -1), text: `${before} ${query.text.trimStart()}` };
  }
  let { text } = query;
  const tokens = [...query.tokens];
  for (let piece = piecesOf(text).find((one) => one.isToken); piece; piece = piecesOf(text).find((one) => one.isToken)) {
    if (!tokens.includes(piece.text)) tokens.push(piece.text);
    text = `${text.slice(0, piece.start)}${text.slice(piece.start + piece.text.length).replace(/^\s/, "")}`;
  }
  return { tokens, text: text.trim() === "" ? "" : text.replace(/^\s+/, "") };
}

/** What a query needs at its end so that more can follow: a quotation mark, or one `OR` less. */
export function ended(text: string): string {
  const pieces = piecesOf(text);
  const last = pieces.at(-1);
  if (last?.isOpen) return `${text}"`;
  return last?.text === "OR" && pieces.length > 1 ? text.slice(0, last.start).trimEnd() : text;
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
