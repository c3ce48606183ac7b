// Where the user is: a stack of places with back and forward, and the dialog that lies over it. Knows names of screens,
// not their contents. Screens with unsaved work register a guard that is asked before the place changes.

import type { LinkRequest } from "../ipc/bindings";
import type { FixRequest } from "../model/fixes";
import type { Section } from "../../components/settings/sections";

export type Screen = "library" | "lineage" | "governance" | "search" | "editor" | "changes";

export interface Place {
  readonly screen: Screen;
  /** Record or file that is selected there. */
  readonly path: string | null;
  /** Heading in the record. */
  readonly anchor?: string | null;
  /** Heading by its words, where the record one comes from was read at one of the same name. */
  readonly heading?: string | null;
  /** Line of the file, in the editor: where a problem is. */
  readonly line?: number | null;
  /** Words that were searched for, to be marked there. */
  readonly words?: readonly string[];
}

export type DialogRequest =
  | { name: "new"; title?: string; scope?: string; binds?: readonly string[] }
  | { name: "supersede"; path: string; title?: string }
  | { name: "status"; path: string; status: "proposed" | "accepted" | "rejected" | "deprecated" }
  | { name: "rename" | "move" | "delete" | "renumber" | "link" | "amend"; path: string }
  | { name: "convert"; path: string; to: string }
  | { name: "unlink"; request: LinkRequest }
  | { name: "fix"; request: FixRequest }
  | { name: "undo"; id: string }
  | { name: "export"; format: "pdf" | "html" }
  | { name: "index-page" }
  | { name: "about" }
  | { name: "index" }
  | { name: "merge-driver"; remove: boolean }
  | { name: "logs"; folder: string }
  | { name: "template"; log: string | null; template: string }
  | { name: "undo-list" }
  | { name: "trash" | "git-commands" }
  | { name: "compare"; path: string; old: string }
  | { name: "as-of" }
  | { name: "start-log"; root: string }
  | { name: "settings"; section?: Section }
  | { name: "help" }
  | { name: "keep-view"; query: string; rename?: string }
  | { name: "bulk"; paths: readonly string[] }
  | { name: "mentions"; from: string; to: string }
  | { name: "commit-diff"; path: string; commit: string }
  | { name: "restore"; path: string; commit: string }
  | { name: "blame"; path: string }
  | { name: "new-branch"; from?: string; moves?: boolean }
  | { name: "rename-branch"; branch: string }
  | { name: "compare-branch"; branch: string; base: string }
  | { name: "branches" | "add-remote" | "clone" | "stashes" | "worktrees" | "repository-log" | "push-over" };

/** Answers whether the place may be left now. */
export type LeaveGuard = (to: Place) => boolean | Promise<boolean>;

const START: Place = { screen: "library", path: null };

class Navigation {
  #stack = $state.raw<readonly Place[]>([START]);
  #at = $state(0);
  #dialog = $state.raw<DialogRequest | null>(null);
  #guard = $state.raw<LeaveGuard | null>(null);
  /** Scroll offsets by place, for the way back; not reactive. */
  #scroll = new WeakMap<Place, number>();

  readonly place = $derived(this.#stack[this.#at] ?? START);
  readonly canBack = $derived(this.#at > 0);
  readonly canForward = $derived(this.#at < this.#stack.length - 1);

  get screen(): Screen {
    return this.place.screen;
  }

  /** The record that was read or written last, for the way back from a screen without one. */
  get lastRecord(): string | null {
    const before = this.#stack.slice(0, this.#at + 1);
    return before.findLast(({ screen }) => screen === "library" || screen === "editor")?.path ?? null;
  }

  get dialog(): DialogRequest | null {
    return this.#dialog;
  }

  /** Goes to a new place; what lay ahead is dropped. Going where one is changes nothing. */
  async go(place: Place): Promise<boolean> {
    if (same(place, this.place)) {
      // Another line of what is open anyway is no place to come back to.
      if (place.line != null && place.line !== this.place.line) this.replace(place);
      return true;
    }
    if (!(await this.mayLeave(place))) return false;
    this.#stack = [...this.#stack.slice(0, this.#at + 1), place];
    this.#at = this.#stack.length - 1;
    return true;
  }

  /** Changes the current place without a step back: moving through a list, a renamed file. */
  replace(place: Place): void {
    if (same(place, this.place) && (place.line ?? null) === (this.place.line ?? null)) return;
    this.#stack = this.#stack.map((old, index) => (index === this.#at ? place : old));
  }

  /** Another program gave files other names. The editor's own stays: its text is not written there yet. */
  renamed(paths: ReadonlyMap<string, string>): void {
    const now = (place: Place) => (place.path === null || place.screen === "editor" ? undefined : paths.get(place.path));
    if (!this.#stack.some((place) => now(place) !== undefined)) return;
    this.#stack = this.#stack.map((place) => ({ ...place, path: now(place) ?? place.path }));
  }

  async back(): Promise<void> {
    await this.#step(-1);
  }

  async forward(): Promise<void> {
    await this.#step(1);
  }

  /** Forgets the history: another repository is open. */
  reset(place: Place = START): void {
    this.#guard = null;
    this.#dialog = null;
    this.#stack = [place];
    this.#at = 0;
  }

  openDialog(request: DialogRequest): void {
    this.#dialog = request;
  }

  closeDialog(): void {
    this.#dialog = null;
  }

  /** A screen wants to be asked before it is left. */
  get guarded(): boolean {
    return this.#guard !== null;
  }

  /** Registers the question asked before leaving; the answer takes it back. */
  guard(guard: LeaveGuard): () => void {
    this.#guard = guard;
    return () => {
      if (this.#guard === guard) this.#guard = null;
    };
  }

  /** Asks the screen with unsaved work, if there is one. */
  async mayLeave(to: Place = START): Promise<boolean> {
    return this.#guard ? this.#guard(to) : true;
  }

  keepScroll(offset: number): void {
    this.#scroll.set(this.place, offset);
  }

  get keptScroll(): number {
    return this.#scroll.get(this.place) ?? 0;
  }

  async #step(by: -1 | 1): Promise<void> {
    const target = this.#stack[this.#at + by];
    if (!target || !(await this.mayLeave(target))) return;
    this.#at += by;
  }

}

function same(a: Place, b: Place): boolean {
  return a.screen === b.screen && a.path === b.path && (a.anchor ?? null) === (b.anchor ?? null);
}

export const navigation = new Navigation();
