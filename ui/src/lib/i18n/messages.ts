// Every word on screen. Components use `t` and never join strings themselves; sentences with values are functions.
// `t` always reads the language that is spoken now, also where a part of it was kept: `const words = t.changes`.
import { en } from "./en";
import { catalogue, type Messages } from "./catalogue.svelte";

type Part = Record<PropertyKey, unknown>;

function live(english: object, now: () => Part): Part {
  const parts = new Map<PropertyKey, Part>();
  return new Proxy(english as Part, {
    get(_, key) {
      const value = now()[key];
      if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
      let part = parts.get(key);
      if (!part) parts.set(key, (part = live(value, () => now()[key] as Part)));
      return part;
    },
  });
}

export const t = live(en, () => catalogue.messages as unknown as Part) as unknown as Messages;
