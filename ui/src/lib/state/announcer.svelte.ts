// The two live regions (WCAG 4.1.3): polite for counts and "saved", assertive for errors. Debounced, so that typing is
// never interrupted by every keystroke.

const DEBOUNCE_MS = 300;
/** Long enough for the empty region to be noticed. */
const AGAIN_MS = 50;

class Announcer {
  #polite = $state("");
  #assertive = $state("");
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  get polite(): string {
    return this.#polite;
  }

  get assertive(): string {
    return this.#assertive;
  }

  say(text: string): void {
    clearTimeout(this.#timer);
    // Emptied meanwhile: the same words once more are heard only when they come anew.
    this.#polite = "";
    this.#timer = setTimeout(() => (this.#polite = text), DEBOUNCE_MS);
  }

  alert(text: string): void {
    if (this.#assertive !== text) {
      this.#assertive = text;
      return;
    }
    this.#assertive = "";
    clearTimeout(this.#again);
    this.#again = setTimeout(() => (this.#assertive = text), AGAIN_MS);
  }
}

export const announcer = new Announcer();
