import { afterEach, expect, it } from "vitest";

import { sayErrorsWith, toHostError } from "../ipc/client";
import { catalogue } from "./catalogue.svelte";
import { longDate, mediumDate, rowDate, shortDate, tenure } from "./dates";
import { de } from "./de";
import { WORDS } from "./de/problems";
import { en } from "./en";
import { LANGUAGES, systemLanguage } from "./language.svelte";
import { t } from "./messages";
import { counted, listed, number, percent } from "./plural";

/** Every path of a catalogue with what is there: a text, a sentence of so many values, a list of so many lines. */
function shape(part: unknown, at = ""): string[] {
  if (typeof part === "string") return [`${at}: text`];
  if (typeof part === "function") return [`${at}: sentence of ${String(part.length)}`];
  if (Array.isArray(part)) return [`${at}: list of ${String(part.length)}`];
  return Object.entries(part as Record<string, unknown>).flatMap(([key, value]) => shape(value, `${at}.${key}`)).sort();
}

/** Tables by words of the host, words that a person may type: a language may have more of them. */
const OPEN = /\.(fieldNames|dayWords)\./;
/** Words that take no value in one language and one in the other. */
const arity = (line: string) => line.replace(/sentence of \d+/, "sentence");

afterEach(() => catalogue.choose("en"));

it("has the same words in every language", () => {
  const closed = (words: object) => shape(words).filter((line) => !OPEN.test(line)).map(arity);
  expect(closed(de)).toEqual(closed(en));
  expect(LANGUAGES).toEqual(["en", "de"]);
});

it("leaves no text empty and few as they are in English", () => {
  const texts = (part: unknown, at = ""): [string, string][] =>
    typeof part === "string" ? [[at, part]] : typeof part === "object" && part !== null ? Object.entries(part).flatMap(([key, value]) => texts(value, `${at}.${key}`)) : [];
  const english = new Map(texts(en));
  const german = texts(de);
  // What has no words in English needs none.
  expect(german.filter(([at, text]) => text.trim() === "" && english.get(at) !== "")).toEqual([]);
  const same = german.filter(([at, text]) => text === english.get(at) && /[a-z]{4}/.test(text)).map(([, text]) => text);
  // Names, git's own words, examples of the query language. A sentence is never among them.
  expect(same.filter((text) => text.split(" ").length > 3 && !/[:#"=]/.test(text) && !text.includes("docs/"))).toEqual([]);
  expect(same.length).toBeLessThan(60);
});

it("speaks another language at once, also through a part that was kept", async () => {
  const words = t.changes;
  expect(words.nothing).toBe("Nothing to commit");
  await catalogue.choose("de");
  expect(words.nothing).toBe("Nichts zu committen");
  expect(document.documentElement.lang).toBe("de");
  expect(words.commit(1, true)).toBe("1 Eintrag committen");
  expect(words.commit(1200, true)).toBe("1.200 Einträge committen");
  await catalogue.choose("en");
  expect(words.commit(1200, true)).toBe("Commit 1,200 records");
  expect(document.documentElement.lang).toBe("en");
});

it("says errors of the host in the language of the window, with the host's own words", async () => {
  sayErrorsWith(t.errors);
  const reply = { code: "conflict", message: "a.md was changed", hint: "reload it", path: "a.md", line: null, details: null } as const;
  expect(toHostError(reply)).toMatchObject({ message: "a.md was changed", hint: "reload it" });
  await catalogue.choose("de");
  const error = toHostError(reply);
  expect(error.message).toBe("Ein anderes Programm hat die Datei inzwischen geändert; es wurde nichts geschrieben („a.md was changed“).");
  expect(error.hint).toContain("Lade die Datei neu");
});

it("writes dates, numbers, shares and lists as the language does", async () => {
  await catalogue.choose("de");
  expect([longDate("2026-03-14"), mediumDate("2026-12-01"), shortDate("2026-03-14", "2026-11-20")]).toEqual(["14. März 2026", "1. Dez. 2026", "14. März"]);
  expect([rowDate("2026-11-19", "2026-11-20"), rowDate("2026-11-17", "2026-11-20"), tenure("2026-03-14", "2026-04-14")]).toEqual(["gestern", "3 Tage", "1 Monat"]);
  expect([number(12400), percent(1.25).replace("\u00a0", " "), listed(["a", "b", "c"]), counted(0, "Tag", "Tage")]).toEqual(["12.400", "125 %", "a, b und c", "0 Tage"]);
});

it("says a problem by its code, with the exact words behind", async () => {
  const problem = { code: "P003", message: "No record is numbered 0099." };
  expect(t.problems.said(problem)).toBe("No record is numbered 0099.");
  await catalogue.choose("de");
  expect(t.problems.said(problem)).toBe("Link ins Leere (No record is numbered 0099)");
  expect(t.problems.said({ code: "P999", message: "Of tomorrow." })).toBe("Of tomorrow.");
  expect(Object.keys(WORDS)).toEqual(Array.from({ length: Object.keys(WORDS).length }, (_, at) => `P${String(at + 1).padStart(3, "0")}`));
});

it("takes the first of the system's languages that it knows", () => {
  expect(systemLanguage(["fr-FR", "de-AT", "en-GB"])).toBe("de");
  expect(systemLanguage(["ja"])).toBe("en");
  expect(systemLanguage(["EN-us", "de"])).toBe("en");
});
