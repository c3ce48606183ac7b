// Which language the window speaks, and which it could. The words are in catalogue.svelte.ts.

export const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

class Speech {
  /** Set by {@link choose} of the catalogue, when its words are there. */
  language = $state<Language>("en");
}

export const speech = new Speech();

/** The first of the system's languages that there is a catalogue for. */
export function systemLanguage(wanted: readonly string[] = typeof navigator === "undefined" ? [] : navigator.languages): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => language === tag.toLowerCase().split("-")[0]);
    if (found) return found;
  }
  return "en";
}
