// Counted words, numbers, lists and whole sentences: "1 record", "24 records", by the rules of the language spoken now.
import { type Language, speech } from "./language.svelte";

interface Rules {
  plural: Intl.PluralRules;
  number: Intl.NumberFormat;
  percent: Intl.NumberFormat;
  list: Intl.ListFormat;
}

const known = new Map<Language, Rules>();

function rules(): Rules {
  const { language } = speech;
  let found = known.get(language);
  if (!found) {
    found = { plural: new Intl.PluralRules(language), number: new Intl.NumberFormat(language), percent: new Intl.NumberFormat(language, { style: "percent" }), list: new Intl.ListFormat(language, { type: "conjunction" }) };
    known.set(language, found);
  }
  return found;
}

/** The back end speaks in fragments ("no record is at …"): as a sentence they begin large and end with a stop. */
export function sentence(text: string | null): string {
  const trimmed = (text ?? "").trim();
  if (trimmed === "") return "";
  // A path or a file name at the beginning stays as it is written.
  const word = /^[\p{Ll}’']+(?=[\s,;:]|$)/u.test(trimmed);
  return `${word ? trimmed.charAt(0).toUpperCase() : trimmed.charAt(0)}${trimmed.slice(1)}${/[.!?…:]$/.test(trimmed) ? "" : "."}`;
}

/** Words and code of a sentence, in turn; one sign too many is no code. */
export function codeParts(text: string): string[] {
  const parts = text.split("`");
  return parts.length % 2 === 1 ? parts : [text];
}

/** A sentence for the ear, or where there is one face only. */
export const plain = (text: string): string => codeParts(text).join("");

/** `12,400`. */
export function number(value: number): string {
  return rules().number.format(value);
}

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  return rules().list.format(items);
}

/** The count with the right form of its word. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${rules().plural.select(count) === "one" ? one : many}`;
}

/** `125 %`, as the language writes it. */
export function percent(share: number): string {
  return rules().percent.format(share);
}
