// The words of the language spoken now. English is built in; another is fetched when it is chosen, before it is shown.
import { en } from "./en";
import { type Language, speech } from "./language.svelte";

type Widened<T> = T extends string
  ? string
  : T extends (...args: infer Values) => infer Words
    ? (...args: Values) => Widened<Words>
    : T extends readonly unknown[]
      ? T
      : { [Key in keyof T]: Widened<T[Key]> };

/** Every catalogue has the shape of the English one; a missing word does not compile. */
export type Messages = Widened<typeof en>;

const LOADERS: Record<Exclude<Language, "en">, () => Promise<Messages>> = {
  de: async () => (await import("./de")).de,
};

class Catalogue {
  #messages = $state.raw<Messages>(en);
  #wanted: Language = "en";

  get messages(): Messages {
    return this.#messages;
  }

  /** Speaks `language` from now on; of several wishes the last holds. */
  async choose(language: Language): Promise<void> {
    this.#wanted = language;
    if (language !== speech.language) {
      const messages = language === "en" ? en : await LOADERS[language]();
      if (this.#wanted !== language) return;
      this.#messages = messages;
      speech.language = language;
    }
    document.documentElement.lang = language;
  }
}

export const catalogue = new Catalogue();
