// Records that changed since the repository was last open here, or came from elsewhere while it is, and were not looked at yet.
import type { DecisionSummary, LogChange } from "../ipc/bindings";
import { changedOn } from "../model/decisions";

class Unread {
  #paths = $state.raw<ReadonlySet<string>>(new Set());
  /** Paths that the list has had in this session. */
  #known = new Set<string>();

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  /** A repository was opened; `since` is the moment of the last visit, null for the first. */
  begin(decisions: readonly DecisionSummary[], since: string | null, today: string): void {
    this.#known = new Set(decisions.map((decision) => decision.path));
    const day = since?.slice(0, 10) ?? null;
    // A day ahead of today is a mistake, and would be news for ever.
    const isNew = (decision: DecisionSummary): boolean => {
      const changed = changedOn(decision);
      return day !== null && changed !== null && changed > day && changed <= today;
    };
    this.#paths = new Set(decisions.filter(isNew).map((decision) => decision.path));
  }

  /** News from disk. Those that are not in the list yet, and, while somebody else works, those that changed. */
  arrived(change: LogChange, elsewhere: boolean): void {
    const added = change.changed.map((decision) => decision.path).filter((path) => elsewhere || !this.#known.has(path));
    for (const { path } of change.changed) this.#known.add(path);
    for (const path of change.removed) this.#known.delete(path);
    const gone = change.removed.some((path) => this.#paths.has(path));
    if (added.length === 0 && !gone) return;
    this.#paths = new Set([...this.#paths, ...added].filter((path) => !change.removed.includes(path)));
  }

  /** It is on the screen now. */
  read(path: string): void {
    if (!this.#paths.has(path)) return;
    this.#paths = new Set([...this.#paths].filter((one) => one !== path));
  }
}

export const unread = new Unread();
