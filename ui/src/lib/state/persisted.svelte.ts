// One preference that outlives the window: a key of the settings file. Broken or foreign values fall back to the default.
import { settings } from "./settings.svelte";

export class Persisted<T> {
  readonly key: string;
  readonly fallback: T;
  readonly #value: T;

  constructor(key: string, fallback: T, isValid: (value: unknown) => value is T) {
    this.key = key;
    this.fallback = fallback;
    this.#value = $derived.by(() => {
      const stored = settings.values[key];
      return isValid(stored) ? stored : fallback;
    });
  }

  get value(): T {
    return this.#value;
  }

  set value(next: T) {
    settings.set(this.key, next);
  }

  get isDefault(): boolean {
    return settings.values[this.key] === undefined;
  }

  reset(): void {
    settings.set(this.key, undefined);
  }
}

export const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
export const isString = (value: unknown): value is string => typeof value === "string";
export const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
export const isText = (value: unknown): value is string => typeof value === "string";
export const isOneOf = <T extends string>(...words: T[]) => (value: unknown): value is T => words.includes(value as T);
