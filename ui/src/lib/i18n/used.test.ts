// No word of the catalogues is dead: each is named somewhere, or stands in a table that is looked up by a key.
import { expect, it } from "vitest";

import { en } from "./en";

const FILES: Record<string, string> = import.meta.glob(["../../**/*.{ts,svelte}", "!../../**/*.test.ts", "!../i18n/en/**", "!../i18n/de/**"], { query: "?raw", import: "default", eager: true });
const source = Object.values(FILES).join("\n");
const names = new Set(source.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
/** Names that are followed by a key in brackets. */
const tables = new Set([...source.matchAll(/([\p{L}_$][\p{L}\p{N}_$]*)(?:\[|\?\.\[)/gu)].map((match) => match[1] ?? ""));
/** Tables that a name given elsewhere leads to. */
const BY_NAME = new Set(["keys", "phrases"]);

/** Paths of words that nothing names. */
function dead(part: object, above: readonly string[] = []): string[] {
  if (above.some((name) => tables.has(name) || BY_NAME.has(name))) return [];
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) => {
    const path = [...above, key];
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return dead(value, path);
    return names.has(key) ? [] : [path.join(".")];
  });
}

it("names every word", () => {
  expect(source.length).toBeGreaterThan(100_000);
  expect(dead({ common: { back: "Back", neverSaid: "No" } })).toEqual(["common.neverSaid"]);
  expect(dead(en)).toEqual([]);
});
