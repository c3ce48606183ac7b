// In which language a record is checked while it is written. The web view checks; on Linux it has to be told.
import { call } from "../ipc/client";
import { languageOf, tagsOf } from "../model/language";
import { app } from "./app.svelte";

class Spelling {
  #told = "";

  /** The language that a record says it is in, and the web view is told so; `null` leaves it to the person's own. */
  languageOf(text: string, on: boolean): string | null {
    const language = languageOf(text);
    const languages = on ? tagsOf(language, navigator.languages) : [];
    const key = languages.join(",");
    if (key !== this.#told) {
      this.#told = key;
      void call("spell_check", { languages }).catch((error: unknown) => { app.logError(error); });
    }
    return language;
  }
}

export const spelling = new Spelling();
