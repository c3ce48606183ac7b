// One preference that outlives the window (localStorage). Broken or foreign values fall back to the default.

export class Persisted<T> {
  #key: string;
  #value: T = $state.raw() as T;

  constructor(key: string, fallback: T, isValid: (value: unknown) => value is T) {
    this.#key = `precedent.${key}`;
    this.#value = read(this.#key, fallback, isValid);
  }

  get value(): T {
    return this.#value;
  }

  set value(next: T) {
    this.#value = next;
    try {
      localStorage.setItem(this.#key, JSON.stringify(next));
    } catch {
      // Storage full or switched off: the preference holds for this session only.
    }
  }
}

function read<T>(key: string, fallback: T, isValid: (value: unknown) => value is T): T {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return isValid(stored) ? stored : fallback;
  } catch {
    return fallback;
  }
}

export const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
export const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
export const isOneOf = <T extends string>(...words: T[]) => (value: unknown): value is T => words.includes(value as T);
