// Body hits for the palette, asked for with each query; failures mean none (the Search screen says what is wrong).
import type { Hit } from "../ipc/bindings";
import { call } from "../ipc/client";
import type { ParsedQuery } from "../model/palette";

const LIMIT = 6;
const MIN_CHARS = 3;

export async function textHits(query: ParsedQuery): Promise<readonly Hit[]> {
  if (query.kind !== "all" || query.text.length < MIN_CHARS) return [];
  try {
    const reply = await call("search", { request: { query: query.text, limit: LIMIT, status: [], tags: [], scopes: [], years: [], has: [], me: null, order: "relevance" } });
    return reply.hits;
  } catch {
    return [];
  }
}
