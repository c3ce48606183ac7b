// Records visited in this session, latest first: the palette's "Recent decisions".

const MAX = 20;

class Visited {
  #paths = $state.raw<readonly string[]>([]);

  get paths(): readonly string[] {
    return this.#paths;
  }

  add(path: string): void {
    if (this.#paths[0] !== path) this.#paths = [path, ...this.#paths.filter((one) => one !== path)].slice(0, MAX);
  }

  clear(): void {
    this.#paths = [];
  }
}

export const visited = new Visited();
