import type { Messages } from "../catalogue.svelte";
import { counted } from "../plural";

export const find: Messages["find"] = {
  title: "Suchen und ersetzen",
  find: "Suchen",
  replace: "Ersetzen durch",
  matchCase: "Groß- und Kleinschreibung",
  wholeWord: "Ganze Wörter",
  regex: "Regulärer Ausdruck",
  previous: "Voriger Treffer",
  next: "Nächster Treffer",
  close: "Schließen",
  replaceOne: "Ersetzen",
  replaceAll: "Alle ersetzen",
  badPattern: "Noch kein regulärer Ausdruck",
  matches: ({ count, at, more }) =>
    count === 0 ? "Kein Treffer" : at > 0 ? `${String(at)} von ${String(count)}${more ? "+" : ""}` : `${counted(count, "Treffer", "Treffer")}${more ? " oder mehr" : ""}`,
  replaced: (count) => `${count === 0 ? "Nichts" : counted(count, "Treffer", "Treffer")} ersetzt`,
};
