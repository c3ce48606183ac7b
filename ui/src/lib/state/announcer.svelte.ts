// The two live regions (WCAG 4.1.3): polite for counts and "saved", assertive for errors. Debounced, so that typing is
// never interrupted by every keystroke.

const DEBOUNCE_MS = 300;

class Announcer {
  #polite = $state("");
  #assertive = $state("");
  #timer: ReturnType<typeof setTimeout> | undefined;

  get polite(): string {
    return this.#polite;
  }

  get assertive(): string {
    return this.#assertive;
  }

  say(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#polite = text), DEBOUNCE_MS);
  }

  alert(text: string): void {
    this.#assertive = text;
  }
}

export const announcer = new Announcer();
