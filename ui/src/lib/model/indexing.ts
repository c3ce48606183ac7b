// How far the building of the search index is, and how long the rest will take.

/** How many records had been done at a moment, in milliseconds. */
export interface Mark {
  readonly at: number;
  readonly done: number;
}

/** Less time than this says nothing about the speed. */
const ENOUGH_MS = 500;

/** Whole seconds for the rest at the speed since `from`; null while that cannot be told. */
export function secondsLeft(from: Mark, now: Mark, all: number): number | null {
  const [time, done] = [now.at - from.at, now.done - from.done];
  if (time < ENOUGH_MS || done <= 0) return null;
  return Math.max(1, Math.round(((all - now.done) * time) / done / 1_000));
}
