// What can be done about a problem with one click. Pure.
import type { FixItem, ProblemItem } from "../ipc/bindings";

/** A fix of a problem as the host wants it named. */
export interface FixRequest {
  path: string;
  code: string;
  line: number;
  column: number;
  /** Title of the fix: a problem may have several. */
  title: string;
}

/** Its fix, or what an ambiguous reference may mean. */
export function fixesOf(problem: ProblemItem): FixItem[] {
  return [...(problem.fix ? [problem.fix] : []), ...(problem.choices ?? [])];
}

export function requestOf({ path, code, line, column }: ProblemItem, fix: FixItem): FixRequest {
  return { path, code, line, column, title: fix.title };
}
