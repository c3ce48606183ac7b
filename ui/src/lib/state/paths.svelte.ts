// The repository's folders with what binds them: read folder by folder as they are opened, and again when a verdict comes; or
// only the files that the branch changes, all at once.
import type { ChangedPaths, PathBindings, PathItem } from "../ipc/bindings";
import { call as hostCall, type HostError, toHostError } from "../ipc/client";
import type { Call } from "./editor.svelte";

/** A line of the tree. */
export interface PathRow {
  readonly key: string;
  readonly level: number;
  /** Null for a file. */
  readonly open: boolean | null;
  readonly at: number;
  readonly of: number;
  readonly item: PathItem;
}

/** Rows of the folders that are open; a folder whose content is not read yet has none. */
export function pathRows(folders: ReadonlyMap<string, readonly PathItem[]>, open: ReadonlySet<string>, folder = "", level = 1): PathRow[] {
  const items = folders.get(folder) ?? [];
  return items.flatMap((item, at) => {
    const isOpen = item.folder ? open.has(item.path) : null;
    const row: PathRow = { key: item.path, level, open: isOpen, at: at + 1, of: items.length, item };
    return isOpen === true ? [row, ...pathRows(folders, open, item.path, level + 1)] : [row];
  });
}

/** Items by the folder that they lie in. */
export function byFolder(items: readonly PathItem[]): ReadonlyMap<string, readonly PathItem[]> {
  const folders = new Map<string, PathItem[]>();
  for (const item of items) {
    const folder = item.path.slice(0, Math.max(0, item.path.length - item.name.length - 1));
    folders.set(folder, [...(folders.get(folder) ?? []), item]);
  }
  return folders;
}

export class Paths {
  words = $state("");
  /** Only what the branch changes is listed. */
  #onlyChanged = $state(false);
  #changed = $state.raw<ChangedPaths | null>(null);
  /** Folders that are folded among the changed ones. */
  #shut = $state.raw<ReadonlySet<string>>(new Set());
  #folders = $state.raw<ReadonlyMap<string, readonly PathItem[]>>(new Map());
  #open = $state.raw<ReadonlySet<string>>(new Set());
  #found = $state.raw<readonly string[]>([]);
  #bindings = $state.raw<PathBindings | null>(null);
  #error = $state.raw<HostError | null>(null);
  #asked: string | null = null;
  #run = 0;
  #finding = 0;
  readonly #call: Call;

  readonly rows = $derived.by(() => {
    if (!this.#onlyChanged) return pathRows(this.#folders, this.#open);
    const items = this.#changed?.items ?? [];
    const open = items.filter(({ path, folder }) => folder && !this.#shut.has(path)).map(({ path }) => path);
    return pathRows(byFolder(items), new Set(open));
  });

  constructor(call: Call = hostCall) {
    this.#call = call;
  }

  /** Paths that fit what is typed. */
  get found(): readonly string[] {
    return this.#found;
  }
  /** What binds the chosen path. */
  get bindings(): PathBindings | null {
    return this.#bindings;
  }
  get error(): HostError | null {
    return this.#error;
  }
  get isRead(): boolean {
    return this.#onlyChanged ? this.#changed !== null : this.#folders.has("");
  }
  get onlyChanged(): boolean {
    return this.#onlyChanged;
  }
  /** What the branch changes, and which branch that is told by; null until it is read. */
  get changed(): ChangedPaths | null {
    return this.#changed;
  }

  showChanged(only: boolean): void {
    this.#onlyChanged = only;
    void this.refresh();
  }

  /** Reads what is open anew: at once, and once more when the lines of all files are counted. */
  async refresh(): Promise<void> {
    const run = ++this.#run;
    if (!(await this.#readOpen(run))) return;
    const isCounted = await this.#call("count_lines", {}).then(() => true, () => false);
    if (isCounted && run === this.#run) await this.#readOpen(run);
  }

  async #readOpen(run: number): Promise<boolean> {
    try {
      const wanted = ["", ...this.#open];
      const [changed, ...read] = await Promise.all([this.#onlyChanged ? this.#call("changed_paths") : null, ...wanted.map((folder) => this.#call("folder_bindings", { folder }))]);
      if (run !== this.#run) return false;
      this.#folders = new Map(wanted.map((folder, at) => [folder, read[at] ?? []]));
      if (changed !== null) this.#changed = changed;
      this.#error = null;
      if (this.#asked !== null) await this.choose(this.#asked);
    } catch (thrown) {
      if (run === this.#run) this.#error = toHostError(thrown);
    }
    return run === this.#run;
  }

  async fold(folder: string, folded: boolean): Promise<void> {
    if (this.#onlyChanged) {
      const others = [...this.#shut].filter((path) => path !== folder);
      this.#shut = new Set(folded ? [...others, folder] : others);
      return;
    }
    const next = new Set(this.#open);
    if (folded) next.delete(folder);
    else next.add(folder);
    this.#open = next;
    if (!folded && !this.#folders.has(folder)) await this.#read([folder]);
  }

  async #read(folders: readonly string[]): Promise<void> {
    try {
      const read = await Promise.all(folders.map((folder) => this.#call("folder_bindings", { folder })));
      this.#folders = new Map([...this.#folders, ...folders.map((folder, at): [string, readonly PathItem[]] => [folder, read[at] ?? []])]);
    } catch (thrown) {
      this.#error = toHostError(thrown);
    }
  }

  /** Opens all folders above a path, so that its row is there. */
  async reveal(path: string): Promise<void> {
    this.#onlyChanged = false;
    const parts = path.split("/");
    const above = parts.slice(0, -1).map((_, at) => parts.slice(0, at + 1).join("/"));
    this.#open = new Set([...this.#open, ...above]);
    await this.#read(["", ...above].filter((folder) => !this.#folders.has(folder)));
    await this.choose(path);
  }

  async choose(path: string): Promise<void> {
    this.#asked = path;
    try {
      const bindings = await this.#call("path_bindings", { path });
      if (this.#asked === path) [this.#bindings, this.#error] = [bindings, null];
    } catch (thrown) {
      if (this.#asked === path) [this.#bindings, this.#error] = [null, toHostError(thrown)];
    }
  }

  async find(words: string): Promise<void> {
    this.words = words;
    const run = ++this.#finding;
    if (words.trim() === "") {
      this.#found = [];
      return;
    }
    const found = await this.#call("find_paths", { words }).catch(() => []);
    if (run === this.#finding) this.#found = found;
  }

  clear(): void {
    this.#run += 1;
    this.#finding += 1;
    [this.words, this.#asked, this.#bindings, this.#error] = ["", null, null, null];
    [this.#folders, this.#open, this.#found] = [new Map(), new Set(), []];
    [this.#onlyChanged, this.#changed, this.#shut] = [false, null, new Set()];
  }
}

export const paths = new Paths();
