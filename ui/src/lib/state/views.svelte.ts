// Kept searches of the open repository: the user's list, and the records that each finds. The list shows a change at once
// and goes back when it could not be kept.
import type { SavedView } from "../ipc/bindings";
import { call, type HostError, toHostError } from "../ipc/client";
import { t } from "../i18n/messages";
import { sentence } from "../i18n/plural";
import { moved } from "../model/views";
import { git } from "./git.svelte";
import { toasts } from "./toasts.svelte";
import { troubles } from "./troubles.svelte";

class Views {
  #list = $state.raw<readonly SavedView[]>([]);
  #found = $state.raw<ReadonlyMap<string, ReadonlySet<string>>>(new Map());
  #error = $state.raw<HostError | null>(null);
  #asked = 0;
  /** Counts openings; what a repository before this one was asked for does not count. */
  #opened = 0;
  /** As the host has it. */
  #written: readonly SavedView[] = [];
  /** The last list that is being kept: the next waits for it, so that they are written in their order. */
  #keeping: Promise<unknown> = Promise.resolve();

  get list(): readonly SavedView[] {
    return this.#list;
  }
  /** Why the list or its counts cannot be read. */
  get error(): HostError | null {
    return this.#error;
  }

  find(name: string): SavedView | undefined {
    return this.#list.find((view) => view.name === name);
  }

  /** Paths that a view finds; null while they are asked for. */
  pathsOf(name: string): ReadonlySet<string> | null {
    const view = this.find(name);
    return view ? (this.#found.get(view.query) ?? null) : null;
  }

  /** Another repository is open: its own list. */
  async load(): Promise<void> {
    this.clear();
    const ticket = this.#opened;
    try {
      const list = await call("views");
      if (ticket !== this.#opened) return;
      [this.#list, this.#written] = [list, list];
      await this.refresh();
    } catch (thrown) {
      if (ticket === this.#opened) this.#error = toHostError(thrown);
    }
  }

  clear(): void {
    this.#opened += 1;
    this.#asked += 1;
    this.#list = [];
    this.#found = new Map();
    this.#error = null;
  }

  /** Records changed, or the index has caught up: what the views find may be something else. */
  async refresh(): Promise<void> {
    const ticket = ++this.#asked;
    if (this.#list.length === 0) return;
    const queries = [...new Set(this.#list.map((view) => view.query))];
    try {
      const found = await call("view_matches", { queries, me: git.status?.author ?? null });
      if (ticket !== this.#asked) return;
      this.#found = new Map(queries.map((query, at) => [query, new Set(found[at])]));
      this.#error = null;
    } catch (thrown) {
      if (ticket === this.#asked) this.#error = toHostError(thrown);
    }
  }

  add(view: SavedView): Promise<boolean> {
    return this.#keep([...this.#list, view]);
  }

  rename(name: string, wanted: string): Promise<boolean> {
    return this.#keep(this.#list.map((view) => (view.name === name ? { ...view, name: wanted } : view)));
  }

  move(name: string, to: number): Promise<boolean> {
    const list = moved(this.#list, this.#list.findIndex((view) => view.name === name), to);
    return list === this.#list ? Promise.resolve(false) : this.#keep(list);
  }

  /** Takes a view away; the toast brings it back to its place. */
  async remove(name: string): Promise<boolean> {
    const at = this.#list.findIndex((view) => view.name === name);
    const view = this.#list[at];
    if (!view) return false;
    const opened = this.#opened;
    // A list of another repository does not take it.
    const back = (): void => void (opened === this.#opened && this.#keep([...this.#list.slice(0, at), view, ...this.#list.slice(at)]));
    const kept = this.#keep(this.#list.filter((one) => one !== view));
    // With the row, not after it: Mod+Z in between would take back another step.
    const toast = toasts.show(t.library.saved.removed(name), { action: { label: t.common.undo, undoes: true, keys: "mod+z", run: back } });
    if (await kept) return true;
    toasts.dismiss(toast);
    return false;
  }

  async #keep(list: readonly SavedView[]): Promise<boolean> {
    this.#list = list;
    const opened = this.#opened;
    // What had to wait is not written into another repository.
    const keeping = this.#keeping.then(() => (opened === this.#opened ? call("keep_views", { views: [...list] }) : null));
    this.#keeping = keeping.catch(() => undefined);
    try {
      await keeping;
    } catch (thrown) {
      if (this.#list === list) this.#list = this.#written;
      const { message, hint } = toHostError(thrown);
      troubles.tell(sentence(message), sentence(hint));
      return false;
    }
    if (opened !== this.#opened) return true;
    this.#written = list;
    await this.refresh();
    return true;
  }
}

export const views = new Views();
