import { describe, expect, it } from "vitest";

import type { PathItem } from "../ipc/bindings";
import type { Call } from "./editor.svelte";
import { byFolder, pathRows, Paths } from "./paths.svelte";

const item = (path: string, folder: boolean, lines: number | null = null): PathItem => ({ path, name: path.slice(path.lastIndexOf("/") + 1), folder, files: 1, bound: 1, lines, bound_lines: lines, open: 0 });
const shown = (paths: Paths) => paths.rows.map(({ key, level, item }) => `${"-".repeat(level)}${key} ${String(item.lines)}`);

/** An engine that has counted lines once it was asked to. */
function engine() {
  let isCounted = false;
  const lines = () => (isCounted ? 7 : null);
  const answers: Record<string, (folder: string) => unknown> = {
    folder_bindings: (folder) => (folder === "" ? [item("src", true, lines()), item("a.md", false, lines())] : [item("src/b.rs", false, lines())]),
    changed_paths: () => ({ base: "main", items: [item("src", true, lines()), item("src/b.rs", false, lines())] }),
    count_lines: () => (isCounted = true),
  };
  const call = ((name: string, args: { folder?: string } = {}) => Promise.resolve(answers[name]?.(args.folder ?? ""))) as unknown as Call;
  return new Paths(call);
}

describe("paths", () => {
  it("are there at once, and told in lines once these are counted", async () => {
    const paths = engine();
    await paths.refresh();
    expect(shown(paths)).toEqual(["-src 7", "-a.md 7"]);
    await paths.fold("src", false);
    expect(shown(paths)).toEqual(["-src 7", "--src/b.rs 7", "-a.md 7"]);
  });

  it("may be only those that the branch changes, with their folders open until they are folded", async () => {
    const paths = engine();
    await paths.refresh();
    paths.showChanged(true);
    await paths.refresh();
    expect([paths.changed?.base, ...shown(paths)]).toEqual(["main", "-src 7", "--src/b.rs 7"]);
    await paths.fold("src", true);
    expect(shown(paths)).toEqual(["-src 7"]);
    await paths.fold("src", false);
    expect(shown(paths)).toEqual(["-src 7", "--src/b.rs 7"]);
    // A path that is looked for may be any.
    await paths.reveal("src/b.rs");
    expect(shown(paths)).toEqual(["-src 7", "--src/b.rs 7", "-a.md 7"]);
  });

  it("lie below the folder that holds them", () => {
    const folders = byFolder([item("a", true), item("a/b", true), item("c.md", false), item("a/b/d.rs", false)]);
    expect([...folders.keys()]).toEqual(["", "a", "a/b"]);
    expect(pathRows(folders, new Set(["a"])).map(({ key, level, at, of }) => [key, level, at, of])).toEqual([["a", 1, 1, 2], ["a/b", 2, 1, 1], ["c.md", 1, 2, 2]]);
  });
});
