// Hunks and lines of the file on show: which ones are chosen, staging them or taking them out, and throwing changes away.
import type { ChangedFile, DiffPart, FileDiff, Hunk, IgnoreWhat, TrashItem } from "../ipc/bindings";
import { call as hostCall, toHostError, type HostError } from "../ipc/client";
import { linesOf, type Row } from "../model/diff";
import { type Changes, changes as hostChanges } from "./changes.svelte";
import type { Call } from "./editor.svelte";
import { type Git, git as hostGit } from "./git.svelte";

const NONE: DiffPart = { removed: [], added: [] };

export class Parts {
  #call: Call;
  #git: Git;
  #changes: Changes;
  #picked = $state.raw<{ base: string; lines: DiffPart }>({ base: "", lines: NONE });
  busy = $state(false);

  constructor(changes: Changes = hostChanges, call: Call = hostCall, git: Git = hostGit) {
    [this.#changes, this.#call, this.#git] = [changes, call, git];
  }

  readonly diff = $derived.by(() => this.#changes.diff);
  /** Lines chosen in the diff on show; a newer diff has none. */
  readonly chosen = $derived.by(() => (this.diff !== null && this.diff.base === this.#picked.base ? this.#picked.lines : NONE));
  readonly count = $derived.by(() => this.chosen.removed.length + this.chosen.added.length);

  has(row: Row): boolean {
    const { removed, added } = linesOf([row]);
    return removed.length + added.length > 0 && removed.every((line) => this.chosen.removed.includes(line)) && added.every((line) => this.chosen.added.includes(line));
  }

  /** Chooses a row's lines, or leaves them out again. */
  toggle(rows: readonly Row[], on: boolean): void {
    if (!this.diff?.parts) return;
    const lines = linesOf(rows);
    const next = (before: number[], some: number[]): number[] => {
      const rest = before.filter((line) => !some.includes(line));
      return on ? [...rest, ...some].sort((a, b) => a - b) : rest;
    };
    this.#picked = { base: this.diff.base, lines: { removed: next(this.chosen.removed, lines.removed), added: next(this.chosen.added, lines.added) } };
  }

  clear(): void {
    this.#picked = { base: "", lines: NONE };
  }

  /** The lines of a hunk, or those of them that are chosen. */
  of(hunk: Hunk): DiffPart {
    const all = linesOf(hunk.lines.map((line) => ({ kind: line.kind, old: line.old_line, new: line.new_line })));
    const some = { removed: all.removed.filter((line) => this.chosen.removed.includes(line)), added: all.added.filter((line) => this.chosen.added.includes(line)) };
    return some.removed.length + some.added.length > 0 ? some : all;
  }

  /** Stages the lines, or takes them out of the next commit where the staged side is on show. */
  async stage(lines: DiffPart): Promise<boolean> {
    const { diff } = this;
    if (!diff?.parts || this.busy) return false;
    this.busy = true;
    const release = this.#git.hold();
    let done = false;
    try {
      this.#git.accept(await this.#call("stage_part", { request: { path: diff.path, staged: diff.staged, base: diff.base, spaces: this.#changes.spaces.value, lines } }));
      this.#changes.actionError = null;
      done = true;
    } catch (thrown) {
      this.#changes.actionError = toHostError(thrown);
    }
    release();
    this.busy = false;
    this.clear();
    if (!done) await this.#git.refresh();
    await this.#changes.arrived();
    return done;
  }

  /** Throws away what is not staged of the file on show, or some lines of it. Null when that was refused. */
  async discard(lines: DiffPart | null): Promise<TrashItem | null> {
    const { diff } = this;
    if (diff === null || diff.staged || this.busy) return null;
    this.busy = true;
    let item: TrashItem | null = null;
    try {
      item = await this.#call("discard", { request: { path: diff.path, base: diff.base, spaces: this.#changes.spaces.value, lines } });
      this.#changes.actionError = null;
    } catch (thrown) {
      this.#changes.actionError = toHostError(thrown);
    }
    this.busy = false;
    this.clear();
    await this.#git.refresh();
    await this.#changes.arrived();
    return item;
  }
}

/** A line in `.gitignore`; true when it is written. */
export async function ignore(changes: Changes, path: string, what: IgnoreWhat, call: Call = hostCall, git: Git = hostGit): Promise<boolean> {
  let done = false;
  try {
    await call("ignore", { path, what });
    done = true;
  } catch (thrown) {
    changes.actionError = toHostError(thrown);
  }
  await git.refresh();
  await changes.arrived();
  return done;
}

/** Why a file's changes cannot be thrown away; null when they can. */
export function notDiscardable(file: ChangedFile | null, diff: FileDiff | null, words: Record<"noFile" | "staged" | "conflict", string>): string | null {
  if (file === null || diff === null || diff.path !== file.path) return words.noFile;
  if (file.staged) return words.staged;
  return file.change === "conflicted" ? words.conflict : null;
}

/** What was thrown away and can come back. */
export class Trash {
  #call: Call;
  items = $state.raw<readonly TrashItem[]>([]);
  error = $state.raw<HostError | null>(null);
  loaded = $state(false);

  constructor(call: Call = hostCall) {
    this.#call = call;
  }

  async refresh(): Promise<void> {
    try {
      [this.items, this.error] = [await this.#call("trash"), null];
    } catch (thrown) {
      [this.items, this.error] = [[], toHostError(thrown)];
    }
    this.loaded = true;
  }

  /** Puts a file back; `over` also where it has changed since (what is there now is kept in the list). */
  async restore(id: string, over: boolean): Promise<boolean> {
    try {
      await this.#call("restore_discarded", { id, over });
      this.error = null;
    } catch (thrown) {
      this.error = toHostError(thrown);
      return false;
    }
    await this.refresh();
    return true;
  }
}

export const parts = new Parts();
