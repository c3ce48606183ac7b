// The open repository as the window knows it: an immutable snapshot of summaries, patched by `log-changed` events.
// Knows nothing of selection, filters or screens.
import type { DecisionSummary, LogChange, LogInfo, OpenMode, PastSnapshot, ProblemItem, Snapshot, WatchState, WorkspaceInfo } from "../ipc/bindings";
import { call, type HostError, on, toHostError } from "../ipc/client";
import { decisions } from "../ipc/listing";
import type { Ages } from "../model/decisions";
import { app } from "./app.svelte";

export type Phase = "closed" | "opening" | "open";

/** The log as it stood at a day or revision that was asked for. */
export interface Past {
  /** As it was asked for: `2025-05-03`, `v1.2`. */
  readonly when: string;
  readonly snapshot: PastSnapshot;
}

/** A record that went while one of the same log, number and title came is the same one under another name. */
function renames(before: readonly DecisionSummary[], change: LogChange): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (change.removed.length === 0) return found;
  const known = new Map(before.map((one) => [one.path, one]));
  const come = change.changed.filter((one) => !known.has(one.path));
  for (const path of change.removed) {
    const old = known.get(path);
    const [now, ...others] = come.filter((one) => one.log === old?.log && one.number === old.number && one.title === old.title);
    if (now && others.length === 0) found.set(path, now.path);
  }
  return found;
}

class Workspace {
  #phase = $state<Phase>("closed");
  #info = $state.raw<WorkspaceInfo | null>(null);
  #generation = 0;
  /** The last generation that an event told of; behind the one above when a snapshot has overtaken the event. */
  #told = 0;
  #hearing: Promise<void> = Promise.resolve();
  /** False between opening and the first snapshot; changes wait in `#early`. */
  #taken = false;
  #logs = $state.raw<readonly LogInfo[]>([]);
  #decisions = $state.raw<readonly DecisionSummary[]>([]);
  #problems = $state.raw<readonly ProblemItem[]>([]);
  #watch = $state.raw<WatchState | null>(null);
  /** Counts the states that came by event. */
  #watchNews = 0;
  #finds = $state(0);
  #change = $state.raw<LogChange | null>(null);
  #renamed = $state.raw<ReadonlyMap<string, string>>(new Map());
  /** Changes that arrived before the first snapshot. */
  #early: LogChange[] = [];

  #past = $state.raw<Past | null>(null);
  #pastAsked = 0;

  readonly byPath: ReadonlyMap<string, DecisionSummary> = $derived(new Map(this.decisions.map((one) => [one.path, one])));

  get phase(): Phase {
    return this.#phase;
  }
  get info(): WorkspaceInfo | null {
    return this.#info;
  }
  get logs(): readonly LogInfo[] {
    return this.#past?.snapshot.logs ?? this.#logs;
  }
  get decisions(): readonly DecisionSummary[] {
    return this.#past?.snapshot.decisions ?? this.#decisions;
  }
  /** Records of today, whatever is shown. */
  get total(): number {
    return this.#decisions.length;
  }
  get problems(): readonly ProblemItem[] {
    return this.#past?.snapshot.problems ?? this.#problems;
  }
  /** Set while the log is shown as it stood then: everything is read-only. */
  get past(): Past | null {
    return this.#past;
  }
  get watch(): WatchState | null {
    return this.#watch;
  }
  /** Counts the moments from which on more can be found. While an index is built, the number still to do falls in between. */
  get finds(): number {
    return this.#finds;
  }
  /** Files that got another name by the last change, old path to new. */
  get renamed(): ReadonlyMap<string, string> {
    return this.#renamed;
  }
  /** The last change that arrived, for readers of one record; a new object each time. */
  get change(): LogChange | null {
    return this.#change;
  }

  /** Day of the back end, ISO; screens never ask the clock themselves. */
  get today(): string {
    return this.#info?.today ?? "1970-01-01";
  }

  /** What makes proposals stale: the day, and what the repository says. */
  get ages(): Ages {
    return { today: this.today, staleAfter: this.#info?.stale_after ?? 30 };
  }

  listen(): Promise<void> {
    this.#hearing = this.#listen();
    return this.#hearing;
  }

  async #listen(): Promise<void> {
    const watched = on("watch-state", (state) => {
      this.#watchNews += 1;
      if (state.pending === 0 || state.indexed !== this.#watch?.indexed) this.#finds += 1;
      this.#watch = state;
    });
    const told = on("info-changed", (info) => {
      if (this.#info?.root === info.root) this.#info = info;
    });
    await Promise.all([watched, told, on("log-changed", (change) => this.apply(change))]);
  }

  /**
   * Opens a repository and takes its first snapshot. Throws HostError; the one that was open stays open. `arrive` runs when
   * the records are there and nothing shows them yet: what it sets is what is drawn first.
   */
  async open(path: string, mode: OpenMode, arrive?: () => void): Promise<WorkspaceInfo> {
    const before = this.#phase;
    this.#phase = before === "open" ? "open" : "opening";
    try {
      const info = await call("open_workspace", { path, mode });
      app.mark("opened");
      this.#taken = false;
      // What changes after the snapshot is told by an event.
      await this.#hearing;
      const snapshot = await decisions();
      app.mark("listed");
      this.#info = info;
      this.leavePast();
      this.#told = snapshot.generation;
      this.#take(snapshot);
      arrive?.();
      this.#phase = "open";
      // An answer that was overtaken by an event is older than it.
      const news = this.#watchNews;
      const state = await call("watch_state");
      if (news === this.#watchNews) this.#watch = state;
      return info;
    } catch (thrown) {
      this.#phase = before;
      this.#taken = before === "open";
      throw toHostError(thrown);
    }
  }

  /** Has the search index built anew; `watch` tells how far that is. */
  async rebuildIndex(): Promise<void> {
    await call("rebuild_index");
  }

  /** Stops the building of the search index, or goes on with it. */
  async pauseIndex(paused: boolean): Promise<void> {
    await call("pause_index", { paused });
  }

  /** Shows the log as it stood at a day or revision. Answers why it cannot; what is shown stays then. */
  async goBack(when: string): Promise<HostError | null> {
    const ticket = ++this.#pastAsked;
    try {
      const snapshot = await call("decisions_as_of", { when });
      if (ticket === this.#pastAsked) this.#past = { when, snapshot };
      return null;
    } catch (thrown) {
      return toHostError(thrown);
    }
  }

  /** Shows the log as it is today. */
  leavePast(): void {
    this.#pastAsked += 1;
    this.#past = null;
  }

  async close(): Promise<void> {
    await call("close_workspace");
    this.leavePast();
    this.#phase = "closed";
    this.#info = null;
    this.#told = 0;
    this.#take({ generation: 0, logs: [], decisions: [], problems: [] });
    this.#watch = null;
  }

  /** Patches the snapshot: added, changed and removed records by path. Readers are told of what it has already, too. */
  apply(change: LogChange): void {
    if (!this.#taken) {
      this.#early.push(change);
      return;
    }
    if (change.generation <= this.#told) return;
    this.#told = change.generation;
    if (change.generation > this.#generation) this.#patch(change);
    this.#change = change;
  }

  #patch(change: LogChange): void {
    this.#renamed = renames(this.#decisions, change);
    const gone = new Set([...change.removed, ...change.changed.map((one) => one.path)]);
    const kept = this.#decisions.filter((one) => !gone.has(one.path));
    this.#decisions = [...kept, ...change.changed];
    this.#logs = change.logs;
    this.#problems = change.problems;
    this.#generation = change.generation;
  }

  /** After a write of ours to `paths`: if its `log-changed` has not come yet, asks for the whole snapshot, and tells the
   *  readers of these records: the watcher may be busy for long. */
  async settle(generation: number, paths: readonly string[]): Promise<void> {
    if (generation <= this.#generation) return;
    const snapshot = await decisions();
    // An answer that was overtaken by an event is older than it.
    if (snapshot.generation <= this.#generation) return;
    const before = this.#decisions;
    this.#take(snapshot);
    const { logs, problems } = snapshot;
    const change = { generation, changed: paths.flatMap((path) => this.byPath.get(path) ?? []), removed: paths.filter((path) => !this.byPath.has(path)), logs, problems };
    this.#renamed = renames(before, change);
    this.#change = change;
  }

  #take(snapshot: Snapshot): void {
    this.#taken = true;
    this.#generation = snapshot.generation;
    this.#decisions = snapshot.decisions;
    this.#logs = snapshot.logs;
    this.#problems = snapshot.problems;
    const early = this.#early;
    this.#early = [];
    for (const change of early) this.apply(change);
  }
}

export type { HostError };
export const workspace = new Workspace();
