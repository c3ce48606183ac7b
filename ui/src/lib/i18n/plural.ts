// Counted words: "1 record", "24 records".
const rules = new Intl.PluralRules("en");
const numbers = new Intl.NumberFormat("en");

/** `12,400`. */
export function number(value: number): string {
  return numbers.format(value);
}

/** The count with the right form of its word. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${rules.select(count) === "one" ? one : many}`;
}
