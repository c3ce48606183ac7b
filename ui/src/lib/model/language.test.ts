import { expect, test } from "vitest";
import { languageOf, tagsOf } from "./language";

test.each([
  ["---\nlang: de\n---\n# T", "de"],
  ["---\nlanguage: 'pt_BR'\n---\n", "pt-BR"],
  ["---\ntitle: x\n---\nlang: de\n", null],
  ["lang: de\n", null],
])("%j is in %s", (text, expected) => expect(languageOf(text)).toBe(expected));

test("dictionaries go by language and region", () => {
  expect(tagsOf("de", ["en-GB"])).toEqual(["de_DE"]);
  expect(tagsOf(null, ["en-GB", "en", "fr"])).toEqual(["en_GB", "en_US", "fr_FR"]);
  expect(tagsOf(null, [])).toEqual(["en_US"]);
});
