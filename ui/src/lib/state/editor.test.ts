import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { LogChange, Preview, ProblemItem } from "../ipc/bindings";
import type { Commands } from "../ipc/commands";
import { HostError } from "../ipc/client";
import { RecordEditor, type Call } from "./editor.svelte";

const PATH = "docs/adr/0126-fencing.md";

function failure(code: HostError["code"]): HostError {
  return new HostError({ code, message: code, hint: null, path: PATH, line: null, details: null });
}

/** A host with one file and one draft, enough to see what the editor does to both. */
class Disk {
  file: string | null = "# One\n";
  draft: { text: string; base: string } | null = null;
  failSave: HostError["code"] | null = null;
  problems: ProblemItem[] = [];
  /** What another program writes right after a save. */
  thenWritten: string | null = null;
  calls: string[] = [];

  hash(text: string): string {
    return `h:${text}`;
  }

  call = (async (name: keyof Commands, args: Record<string, never>) => {
    this.calls.push(name);
    return this.answer(name, args);
  }) as unknown as Call;

  private answer(name: keyof Commands, args: Record<string, unknown>): unknown {
    switch (name) {
      case "read_source":
        if (this.file === null) throw failure("not-found");
        return { path: PATH, text: this.file, hash: this.hash(this.file), draft: this.draft ? { path: PATH, kept_at: "2026-11-20T14:02", ...this.draft } : null };
      case "preview":
        return { summary: {}, html: "", problems: this.problems, words: 1 } as unknown as Preview;
      case "save_record": {
        if (this.failSave) throw failure(this.failSave);
        if ((this.file === null ? "" : this.hash(this.file)) !== args["base"]) throw failure("conflict");
        this.file = this.thenWritten ?? (args["text"] as string);
        return { changed: [PATH], problems: [], generation: 2, hash: this.hash(args["text"] as string), record: PATH };
      }
      case "edit_text": {
        const { text, edit } = args as { text: string; edit: { key: string; values: string[] } };
        if (edit.key === "date") throw failure("cannot-edit");
        return text.replace(/^# .*/, `# ${edit.values.join()}`);
      }
      case "keep_draft":
        this.draft = args["draft"] as { text: string; base: string };
        return null;
      case "drop_draft":
        this.draft = null;
        return null;
      case "merge_texts":
        return [{ side: "conflict", ...args }];
      case "earlier_text":
        return args["hash"] === "h:# Long ago\n" ? "# Long ago\n" : null;
      case "diff_texts":
        return [{ section: `${String(args["old"])}|${String(args["new"])}` }];
      default:
        throw new Error(`not expected: ${name}`);
    }
  }
}

let disk: Disk;
let editor: RecordEditor;

beforeEach(async () => {
  vi.useFakeTimers();
  disk = new Disk();
  editor = new RecordEditor(PATH, disk.call);
  await editor.load();
});

afterEach(() => vi.useRealTimers());

function change(kind: "changed" | "removed"): LogChange {
  const summary = { path: PATH } as LogChange["changed"][number];
  return { generation: 3, changed: kind === "changed" ? [summary] : [], removed: kind === "removed" ? [PATH] : [], logs: [], problems: [] };
}

describe("typing", () => {
  test("a pause of 120 ms asks for one preview", async () => {
    disk.calls = [];
    for (const text of ["# On\n", "# O\n"]) {
      editor.typed(text);
      await vi.advanceTimersByTimeAsync(100);
    }
    const previews = () => disk.calls.filter((name) => name === "preview");
    expect(previews()).toEqual([]);
    await vi.advanceTimersByTimeAsync(20);
    expect(previews()).toEqual(["preview"]);
  });

  test("who types on and on has a draft that is never older than 300 ms", async () => {
    let typed = "# One";
    for (let key = 0; key < 40; key += 1) {
      typed += "x";
      editor.typed(typed);
      await vi.advanceTimersByTimeAsync(50);
      const kept = disk.draft?.text.length ?? "# One".length;
      expect((typed.length - kept) * 50).toBeLessThanOrEqual(300);
    }
    expect(disk.draft?.base).toBe("h:# One\n");
    expect(disk.calls.filter((name) => name === "keep_draft").length).toBeLessThanOrEqual(14);
  });

  test("undoing everything drops the draft again", async () => {
    editor.typed("# Ox\n");
    await vi.advanceTimersByTimeAsync(300);
    editor.typed("# One\n");
    await vi.advanceTimersByTimeAsync(300);
    expect(editor.dirty).toBe(false);
    expect(disk.draft).toBeNull();
  });
});

describe("saving", () => {
  test("writes, then the buffer is clean and no draft is left", async () => {
    editor.typed("# Two\n");
    await vi.advanceTimersByTimeAsync(300);
    expect(await editor.save()).toBe(true);
    expect([disk.file, disk.draft, editor.dirty]).toEqual(["# Two\n", null, false]);
    editor.typed("# Three\n");
    expect(await editor.save()).toBe(true);
    expect(disk.file).toBe("# Three\n");
  });

  test("a clean buffer is not written", async () => {
    disk.calls = [];
    expect(await editor.save()).toBe(true);
    expect(disk.calls).toEqual([]);
  });

  test("waits for a form edit that is under way", async () => {
    void editor.setField("title", ["Renamed"]);
    await editor.save();
    expect(disk.file).toBe("# Renamed\n");
  });

  test("a failure keeps the text as a draft and says why", async () => {
    disk.failSave = "read-only";
    editor.typed("# Two\n");
    expect(await editor.save()).toBe(false);
    expect(editor.notice).toMatchObject({ kind: "save-failed", error: { code: "read-only" } });
    expect([disk.file, disk.draft?.text, editor.text]).toEqual(["# One\n", "# Two\n", "# Two\n"]);
  });
});

describe("the file changed on disk", () => {
  test("a clean buffer takes it over", async () => {
    disk.file = "# Theirs\n";
    expect(await editor.diskChanged(change("changed"))).toBe(true);
    expect([editor.text, editor.dirty, editor.notice]).toEqual(["# Theirs\n", false, null]);
  });

  test("the echo of our own save is nothing", async () => {
    editor.typed("# Two\n");
    const saving = editor.save();
    expect(await editor.diskChanged(change("changed"))).toBe(false);
    await saving;
    await vi.advanceTimersByTimeAsync(0);
    expect(editor.notice).toBeNull();
    expect(await editor.diskChanged(change("changed"))).toBe(false);
    expect(editor.text).toBe("# Two\n");
  });

  test("unsaved text stays, and keeping mine lets the next save overwrite", async () => {
    editor.typed("# Mine\n");
    disk.file = "# Theirs\n";
    await editor.diskChanged(change("changed"));
    expect(editor.notice).toMatchObject({ kind: "conflict", asked: false });
    expect(editor.text).toBe("# Mine\n");
    expect((await editor.compare())[0]?.section).toBe("# Theirs\n|# Mine\n");
    await editor.keepMine();
    expect(disk.file).toBe("# Theirs\n");
    expect(editor.dirty).toBe(true);
    await editor.save();
    expect(disk.file).toBe("# Mine\n");
  });

  test("a refused save that the writer insists on is done at once", async () => {
    editor.typed("# Mine\n");
    disk.file = "# Theirs\n";
    expect(await editor.save()).toBe(false);
    expect(disk.file).toBe("# Theirs\n");
    await editor.keepMine();
    expect([disk.file, editor.dirty, editor.notice]).toEqual(["# Mine\n", false, null]);
  });

  test("both versions come together against the text they have in common, and a refused save goes on", async () => {
    editor.typed("# Mine\n");
    disk.file = "# Theirs\n";
    await editor.save();
    expect(await editor.merge()).toMatchObject([{ base: "# One\n", mine: "# Mine\n", theirs: "# Theirs\n" }]);
    await editor.settle("# Both\n");
    expect([disk.file, editor.dirty, editor.notice]).toEqual(["# Both\n", false, null]);
  });

  test.each([["# Long ago\n", "# Long ago\n"], ["# Forgotten\n", undefined]])("a draft begun on %j merges against it when somebody still has it", async (begun, base) => {
    disk.draft = { text: "# Mine\n", base: disk.hash(begun) };
    editor = new RecordEditor(PATH, disk.call);
    await editor.load();
    await editor.keepRecovered();
    expect((await editor.merge())?.[0]?.base).toBe(base);
  });

  test("loading theirs goes through the surface, so that it can be undone", async () => {
    const shown: string[] = [];
    editor.attach({ replace: (text) => (shown.push(text), editor.typed(text)) });
    editor.typed("# Mine\n");
    disk.file = "# Theirs\n";
    await editor.save();
    await editor.loadTheirs();
    expect(shown).toEqual(["# Theirs\n"]);
    expect([editor.text, editor.dirty, editor.notice, disk.draft]).toEqual(["# Theirs\n", false, null, null]);
  });

  test("deleted: the text is kept and can be saved again", async () => {
    disk.file = null;
    await editor.diskChanged(change("removed"));
    expect(editor.notice).toEqual({ kind: "deleted" });
    expect(disk.draft?.text).toBe("# One\n");
    expect(await editor.saveAgain()).toBe(true);
    expect([disk.file, editor.notice]).toEqual(["# One\n", null]);
  });
});

describe("a recovered draft", () => {
  async function reopen(draft: { text: string; base: string }): Promise<void> {
    disk.draft = draft;
    editor = new RecordEditor(PATH, disk.call);
    await editor.load();
  }

  test("is shown with its time, and may be kept", async () => {
    await reopen({ text: "# Mine\n", base: "h:# One\n" });
    expect(editor.notice).toEqual({ kind: "recovered", at: "2026-11-20T14:02" });
    await editor.keepRecovered();
    expect([editor.text, editor.notice]).toEqual(["# Mine\n", null]);
    await editor.save();
    expect(disk.file).toBe("# Mine\n");
  });

  test("may be discarded", async () => {
    await reopen({ text: "# Mine\n", base: "h:# One\n" });
    await editor.discard();
    expect([editor.text, editor.dirty, disk.draft]).toEqual(["# One\n", false, null]);
  });

  test("begun on an older file becomes a conflict, never an overwrite", async () => {
    await reopen({ text: "# Mine\n", base: "h:# Older\n" });
    await editor.keepRecovered();
    expect(editor.notice?.kind).toBe("conflict");
    expect(await editor.save()).toBe(false);
    expect(disk.file).toBe("# One\n");
  });
});

describe("form", () => {
  test("an edit that meets newer text is done on the newer text", async () => {
    const edit = editor.setField("title", ["Renamed"]);
    editor.typed("# One\nmore\n");
    await edit;
    expect(editor.text).toBe("# Renamed\nmore\n");
  });

  test("of several edits of a field the last one stays", async () => {
    void editor.setField("title", ["A"]);
    void editor.setField("title", ["B"]);
    await editor.setField("title", ["C"]);
    expect(editor.text).toBe("# C\n");
  });

  test("what the form still has to write counts before leaving", async () => {
    void editor.setField("title", ["Renamed"]);
    expect(editor.settling).toBe(true);
    expect(editor.dirty).toBe(false);
    await editor.settled();
    expect(editor.settling).toBe(false);
    expect(editor.dirty).toBe(true);
  });

  test("a refused edit is said and changes nothing", async () => {
    await editor.setField("date", ["tomorrow-ish"]);
    expect(editor.fieldError).toMatchObject({ key: "date", error: { code: "cannot-edit" } });
    expect(editor.text).toBe("# One\n");
  });
});

describe("quick fix", () => {
  function problem(start: number, path = PATH): ProblemItem {
    const fix = { title: "Change to 0119", edits: [{ path, start, end: start + 4, text: "0119" }] };
    return { code: "P003", severity: "error", path: PATH, line: 1, column: 1, message: "No record has the number 0219.", hint: null, fix };
  }

  test("is looked up again when the text moved on", async () => {
    disk.file = "# é 0219\n";
    await editor.diskChanged(change("changed"));
    const stale = problem(5);
    disk.problems = [problem(6)];
    editor.typed("# éx 0219\n");
    expect(await editor.applyFix(stale)).toBe(true);
    expect(editor.text).toBe("# éx 0119\n");
  });

  test("of other files is not for this buffer", async () => {
    expect(editor.fixable(problem(0, "docs/adr/0058.md"))).toBe(false);
    expect(await editor.applyFix(problem(0, "docs/adr/0058.md"))).toBe(false);
  });
});

test("closing keeps unsaved text; abandoning drops it", async () => {
  editor.typed("# Mine\n");
  await editor.close();
  expect(disk.draft?.text).toBe("# Mine\n");
  await editor.abandon();
  expect([disk.draft, editor.dirty]).toEqual([null, false]);
});

describe("what is said in the form", () => {
  test("a value said while the preview of the last one is asked for is written, too", async () => {
    const done = editor.setField("title", ["Two"]);
    // The edit is in the text; its preview is on the way.
    while (editor.text !== "# Two\n") await Promise.resolve();
    void editor.setField("title", ["Three"]);
    await done;
    await editor.settled();
    expect(editor.text).toBe("# Three\n");
  });

  test("it holds until the preview says it, and goes when it was refused", async () => {
    const done = editor.setField("tags", ["a", "b"]);
    expect(editor.valuesOf("tags", ["a"])).toEqual(["a", "b"]);
    expect(editor.valuesOf("scope", ["x"])).toEqual(["x"]);
    await done;
    expect(editor.valuesOf("tags", ["from the preview"])).toEqual(["from the preview"]);
    const refused = editor.setField("date", ["never"]);
    await refused;
    expect(editor.valuesOf("date", ["2026-01-01"])).toEqual(["2026-01-01"]);
  });
});

test("what another program wrote while we saved is seen after it", async () => {
  editor.typed("# Mine\n");
  disk.thenWritten = "# Theirs\n";
  const saving = editor.save();
  await editor.diskChanged(change("changed"));
  await saving;
  await vi.waitFor(() => { expect(editor.text).toBe("# Theirs\n"); });
});
