// Counted words and whole sentences: "1 record", "24 records".
const rules = new Intl.PluralRules("en");
const numbers = new Intl.NumberFormat("en");

/** The back end speaks in fragments ("no record is at …"): as a sentence they begin large and end with a stop. */
export function sentence(text: string | null): string {
  const trimmed = (text ?? "").trim();
  if (trimmed === "") return "";
  // A path or a file name at the beginning stays as it is written.
  const word = /^[\p{Ll}’']+(?=[\s,;:]|$)/u.test(trimmed);
  return `${word ? trimmed.charAt(0).toUpperCase() : trimmed.charAt(0)}${trimmed.slice(1)}${/[.!?…:]$/.test(trimmed) ? "" : "."}`;
}

/** `12,400`. */
export function number(value: number): string {
  return numbers.format(value);
}

/** The count with the right form of its word. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${rules.select(count) === "one" ? one : many}`;
}
