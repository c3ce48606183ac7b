// The language of a record as its front matter says it, and the names that spelling dictionaries go by. Pure.
import { frontMatterOf } from "./prompts";

/** `lang:` or `language:` of the front matter, as a tag (`de`, `pt-BR`); `null` without one. */
export function languageOf(text: string): string | null {
  const head = text.slice(0, 65_536);
  const front = frontMatterOf(head);
  const found = front && /^lang(?:uage)?[ \t]*[:=][ \t]*["']?([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\b/m.exec(head.slice(0, front.to))?.[1];
  return found ? found.replaceAll("_", "-") : null;
}

/** Usual region of a language whose dictionary is named with one. */
const REGION: Record<string, string> = { en: "en_US", de: "de_DE", fr: "fr_FR", es: "es_ES", pt: "pt_BR", it: "it_IT", nl: "nl_NL", ja: "ja_JP", zh: "zh_CN", ru: "ru_RU", pl: "pl_PL", cs: "cs_CZ", sv: "sv_SE", ko: "ko_KR" };

/** Dictionaries to check with, the record's language first: `de_DE`. Without one, those that the person reads. */
export function tagsOf(language: string | null, own: readonly string[]): string[] {
  const named = (tag: string): string => {
    const [first = "", region] = tag.split("-");
    return region && region.length === 2 ? `${first.toLowerCase()}_${region.toUpperCase()}` : (REGION[first.toLowerCase()] ?? first.toLowerCase());
  };
  const wanted = language === null ? own : [language];
  const tags = [...new Set(wanted.map(named))];
  return tags.length > 0 ? tags : ["en_US"];
}
