// What did not work and has no banner of its own: said until somebody takes it away. A toast would be gone before it is read.

export interface Trouble {
  readonly lead: string;
  readonly text: string;
}

class Troubles {
  #list = $state.raw<readonly Trouble[]>([]);

  /** The newest first. */
  get list(): readonly Trouble[] {
    return this.#list;
  }

  tell(lead: string, text = ""): void {
    this.#list = [{ lead, text }, ...this.#list.filter((one) => one.lead !== lead || one.text !== text)];
  }

  /** Shows the one behind the first. */
  turn(): void {
    const [first, ...others] = this.#list;
    if (first) this.#list = [...others, first];
  }

  dismiss(): void {
    this.#list = this.#list.slice(1);
  }

  clear(): void {
    this.#list = [];
  }
}

export const troubles = new Troubles();
