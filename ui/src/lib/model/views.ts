// Kept searches as plain data: their order, their names, and what the facets of a search or the filters of the list are
// as words of a query. Pure.
import type { SavedView } from "../ipc/bindings";
import { ended } from "./query";
import type { Filters } from "./tree";

/** A list with the view at `from` moved to `to`; the same list when that is no move. */
export function moved(views: readonly SavedView[], from: number, to: number): readonly SavedView[] {
  const view = views[from];
  if (!view || to < 0 || to >= views.length || to === from) return views;
  const others = views.filter((_, at) => at !== from);
  return [...others.slice(0, to), view, ...others.slice(to)];
}

/** A name that no other view has: "Money", "Money 2". */
export function freeName(views: readonly SavedView[], wanted: string): string {
  const taken = (name: string) => views.some((view) => view.name === name);
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wanted : `${wanted} ${String(count)}`;
    if (!taken(name)) return name;
  }
}

/** The query says it first; a name that is too long for the sidebar is cut at a word. */
export function suggestedName(query: string): string {
  const words = query.replaceAll(/["“”]/g, "").trim();
  if (words.length <= 40) return words;
  return words.slice(0, words.lastIndexOf(" ", 40) > 10 ? words.lastIndexOf(" ", 40) : 40);
}

const quoted = (value: string) => (/[\s"]/.test(value) ? `"${value.replaceAll('"', "")}"` : value);
/** Alternatives of one field. */
const anyOf = (field: string, values: readonly string[]) => values.map((value) => `${field}:${quoted(value)}`).join(" OR ");

export interface Facets {
  readonly statuses: readonly string[];
  readonly tags: readonly string[];
  readonly scopes: readonly string[];
  readonly years: readonly number[];
  readonly has: readonly string[];
}

/** Each group of facets as words of a query, in the order of the pane. */
export function facetWords({ statuses, tags, scopes, years, has }: Facets): { group: keyof Facets; words: string }[] {
  const words: { group: keyof Facets; words: string }[] = [
    { group: "statuses", words: statuses.length > 0 ? `status:${statuses.join(",")}` : "" },
    { group: "scopes", words: anyOf("scope", scopes) },
    { group: "years", words: yearWords(years) },
    { group: "has", words: anyOf("has", has) },
    { group: "tags", words: anyOf("tag", tags) },
  ];
  return words.filter((one) => one.words !== "");
}

/** `year:2025`, `year:2023..2026`, or one after the other where years are missing between them. */
function yearWords(years: readonly number[]): string {
  const sorted = [...years].sort((a, b) => a - b);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return "";
  if (last - first === sorted.length - 1) return first === last ? `year:${String(first)}` : `year:${String(first)}..${String(last)}`;
  return sorted.map((year) => `year:${String(year)}`).join(" OR ");
}

/** A search as one query that finds the same. */
export function wholeQuery(query: string, facets: Facets): string {
  const words = facetWords(facets);
  return [words.length > 0 ? ended(query.trim()) : query.trim(), ...words.map((one) => one.words)].filter(Boolean).join(" ");
}

/** The filters of the list as a query; null when a view or nothing filters. */
export function filterQuery(filters: Filters): string | null {
  if (filters.view !== null || filters.saved !== null) return null;
  const logs = filters.logs.filter((log) => log !== "");
  const words = [filters.text.trim(), filters.statuses.length > 0 ? `status:${filters.statuses.join(",")}` : "", anyOf("scope", filters.scopes), anyOf("tag", filters.tags), anyOf("in", logs), filters.attention ? "has:problems" : ""];
  return words.filter(Boolean).join(" ") || null;
}
