// One record being written: its buffer, what the host says about it (preview, problems), saving, drafts, and what happened
// to the file meanwhile. It knows no screen and no CodeMirror; a text surface (the source pane) attaches itself and owns undo.
import type { Draft, FieldEdit, FieldHelp, FixItem, Hunk, LogChange, MergeBlock, Preview, ProblemItem, Source } from "../ipc/bindings";
import { call as hostCall, toHostError, type HostError } from "../ipc/client";
import { applyByteEdits } from "../model/lines";
import { fixesOf } from "../model/fixes";
import { localMinute } from "../model/time";

/** The part of the host that state classes use; tests give their own. */
export type Call = typeof hostCall;

/** Where the text is shown and typed. Replacing text from outside goes through it, so that it can be undone. */
export interface TextSurface {
  replace(text: string): void;
}

/** What the writer should know before going on; one at a time. */
export type Notice =
  | { kind: "conflict"; theirs: Source; asked: boolean }
  | { kind: "deleted" }
  | { kind: "save-failed"; error: HostError }
  | { kind: "recovered"; at: string };

/** Pause after the last key until the preview is asked for, in milliseconds. */
const PREVIEW_AFTER = 120;
/** The most that a crash may lose: a draft is written this long after the first key that the last one has not. */
const DRAFT_AFTER = 150;

export class RecordEditor {
  readonly path: string;
  phase = $state<"loading" | "ready" | "failed">("loading");
  failure = $state.raw<HostError | null>(null);
  /** The buffer, with the line breaks of the file. */
  text = $state.raw("");
  preview = $state.raw<Preview | null>(null);
  notice = $state.raw<Notice | null>(null);
  saving = $state(false);
  /** The last form edit that the record could not take, said in the form. */
  fieldError = $state.raw<{ key: string; error: HostError } | null>(null);
  caret = $state.raw({ line: 1, column: 1 });

  #saved = $state.raw("");
  #base = "";
  /** What the file of `#base` says; `null` when a draft was begun on a text that is not at hand. */
  #origin: string | null = null;
  #call: Call;
  #surface: TextSurface | null = null;
  #previewTimer: ReturnType<typeof setTimeout> | undefined;
  #draftTimer: ReturnType<typeof setTimeout> | undefined;
  #previewed: string | null = null;
  #previewRun = 0;
  /** The last draft reached the disk; without it the text is in this window alone. */
  draftKept = $state(true);
  #drafts: Promise<unknown> = Promise.resolve();
  /** Form edits still to do, oldest first. */
  #edits: FieldEdit[] = [];
  /** What the form said of a field that the preview does not say yet. */
  #wanted = $state.raw<ReadonlyMap<string, readonly string[]>>(new Map());
  #editing: Promise<void> | null = null;
  #save: Promise<boolean> | null = null;
  #touched: "changed" | "removed" | null = null;

  dirty = $derived(this.text !== this.#saved);
  problems = $derived(this.preview?.problems ?? []);

  constructor(path: string, call: Call = hostCall) {
    this.path = path;
    this.#call = call;
  }

  /** Reads the record. A draft from an earlier session is shown at once; the writer may still discard it. */
  async load(): Promise<void> {
    try {
      const source = await this.#call("read_source", { path: this.path });
      const draft = source.draft && source.draft.text !== source.text ? source.draft : null;
      this.#saved = source.text;
      this.#base = draft ? draft.base : source.hash;
      this.#origin = this.#base === source.hash ? source.text : null;
      this.text = draft ? draft.text : source.text;
      this.notice = draft ? { kind: "recovered", at: draft.kept_at } : null;
      this.phase = "ready";
    } catch (thrown) {
      this.failure = toHostError(thrown);
      this.phase = "failed";
      return;
    }
    await this.renewPreview();
  }

  attach(surface: TextSurface): () => void {
    this.#surface = surface;
    return () => {
      if (this.#surface === surface) this.#surface = null;
    };
  }

  /** The surface tells of new text, typed or replaced. */
  typed(text: string): void {
    if (text === this.text) return;
    this.text = text;
    clearTimeout(this.#previewTimer);
    this.#previewTimer = setTimeout(() => void this.renewPreview(), PREVIEW_AFTER);
    this.#draftTimer ??= setTimeout(() => void this.keepDraft(), DRAFT_AFTER);
  }

  /** Asks for the preview of the buffer now. An answer that a newer question overtook is dropped. */
  async renewPreview(): Promise<void> {
    clearTimeout(this.#previewTimer);
    const run = ++this.#previewRun;
    const text = this.text;
    try {
      const preview = await this.#call("preview", { path: this.path, text });
      if (run !== this.#previewRun) return;
      this.preview = preview;
      this.#previewed = text;
    } catch (thrown) {
      // The text is untouched; an older preview stays on screen until the next key asks again.
      if (run === this.#previewRun && this.preview === null) this.failure = toHostError(thrown);
    }
  }

  // ---- form ----------------------------------------------------------------------------------------------------

  /** The values of a field as the form has them: what was just said goes before what the preview says. */
  valuesOf(key: string, known: readonly string[]): readonly string[] {
    return this.#wanted.get(key) ?? known;
  }

  /** Sets a field through the core, so that only its own lines change. Edits run one after another on the newest text. */
  setField(key: string, values: string[]): Promise<void> {
    // A newer value takes the place of an older one; links are each of their own.
    const other = (edit: FieldEdit): boolean => edit.key !== key || key === "link" || key === "unlink";
    this.#edits = [...this.#edits.filter(other), { key, values }];
    this.#wanted = new Map(this.#wanted).set(key, values);
    this.#editing ??= this.#runEdits().finally(() => (this.#editing = null));
    return this.#editing;
  }

  /** A form edit is on its way into the text. */
  get settling(): boolean {
    return this.#editing !== null;
  }

  /** Done when every form edit made so far is in the text (or was refused). */
  async settled(): Promise<void> {
    await this.#editing;
  }

  async #runEdits(): Promise<void> {
    // More may be said while the preview of the last is asked for.
    while (this.#edits.length > 0) {
      await this.#doEdits();
      await this.renewPreview();
    }
    this.#wanted = new Map();
  }

  async #doEdits(): Promise<void> {
    for (let next = this.#edits[0]; next; next = this.#edits[0]) {
      const edit = next;
      const text = this.text;
      try {
        const after = await this.#call("edit_text", { path: this.path, text, edit });
        if (this.text !== text) continue; // typed meanwhile: once more, on the newer text
        this.#edits = this.#edits.filter((other) => other !== edit);
        if (this.fieldError?.key === edit.key) this.fieldError = null;
        this.#put(after);
      } catch (thrown) {
        this.#edits = this.#edits.filter((other) => other !== edit);
        this.fieldError = { key: edit.key, error: toHostError(thrown) };
      }
    }
  }

  #put(text: string): void {
    if (this.#surface) this.#surface.replace(text);
    else this.typed(text);
  }

  /** What may stand at a byte of a text's front matter; nothing when the host cannot tell. */
  async help(text: string, offset: number): Promise<FieldHelp> {
    try {
      return await this.#call("schema_help", { path: this.path, text, offset });
    } catch {
      return { start: offset, end: offset, completions: [], hover: null, format: null };
    }
  }

  // ---- problems ------------------------------------------------------------------------------------------------

  /** True when the problem has a fix that touches this record only. */
  fixable(problem: ProblemItem): boolean {
    return fixesOf(problem).some((fix) => this.isOwn(fix));
  }

  /** A fix that touches this record only is an edit of the buffer; others write their own files, as a plan. */
  isOwn(fix: FixItem): boolean {
    return fix.edits.every((edit) => edit.path === this.path);
  }

  /** What can be done about a problem now. A fix of other files goes by what is on disk, so the buffer has to be saved. */
  fixes(problem: ProblemItem): FixItem[] {
    return fixesOf(problem).filter((fix) => this.isOwn(fix) || !this.dirty);
  }

  /** Applies a fix of a problem. When the text moved on since, the problem is looked up again first. */
  async applyFix(problem: ProblemItem, fix: FixItem | undefined = fixesOf(problem)[0]): Promise<boolean> {
    let current: ProblemItem | undefined = problem;
    if (this.#previewed !== this.text) {
      await this.renewPreview();
      current = this.problems.find((other) => other.code === problem.code && other.message === problem.message);
    }
    const wanted = current && fix && fixesOf(current).find((other) => other.title === fix.title);
    if (!wanted || !this.isOwn(wanted)) return false;
    this.#put(applyByteEdits(this.text, wanted.edits));
    await this.renewPreview();
    return true;
  }

  // ---- saving --------------------------------------------------------------------------------------------------

  /** Writes the buffer to the file; false when it could not (the notice says why, the text is kept as a draft). */
  save(): Promise<boolean> {
    this.#save ??= this.#saveOnce();
    return this.#save;
  }

  async #saveOnce(): Promise<boolean> {
    let saved = false;
    try {
      saved = await this.#runSave();
      return saved;
    } finally {
      this.#save = null;
      this.saving = false;
      // The echo of our own write, or somebody else's: the file itself tells, and after ours it is there.
      if (this.#touched) void this.#look(saved ? "changed" : this.#touched);
    }
  }

  async #runSave(): Promise<boolean> {
    await this.settled();
    if (!this.dirty && this.notice?.kind !== "deleted") return true;
    this.saving = true;
    const text = this.text;
    try {
      const reply = await this.#call("save_record", { path: this.path, text, base: this.#base });
      this.#base = reply.hash ?? (await this.#call("read_source", { path: this.path })).hash;
      this.#saved = text;
      this.#origin = text;
      this.notice = null;
      if (this.text === text) await this.#dropDraft();
      return true;
    } catch (thrown) {
      await this.#explain(toHostError(thrown));
      return false;
    }
  }

  async #explain(error: HostError): Promise<void> {
    await this.keepDraft();
    if (error.code === "not-found") this.notice = { kind: "deleted" };
    else if (error.code === "conflict") await this.#readTheirs(true);
    else this.notice = { kind: "save-failed", error };
  }

  async #readTheirs(asked: boolean): Promise<void> {
    try {
      const theirs = await this.#call("read_source", { path: this.path });
      if (theirs.hash === this.#base && !asked) return;
      if (!this.dirty) this.#adopt(theirs);
      else this.notice = { kind: "conflict", theirs, asked: asked || (this.notice?.kind === "conflict" && this.notice.asked) };
    } catch (thrown) {
      const error = toHostError(thrown);
      this.notice = error.code === "not-found" ? { kind: "deleted" } : { kind: "save-failed", error };
    }
  }

  // ---- the file changed underneath -----------------------------------------------------------------------------

  /** Told of every change of the log. True when the clean buffer took over what is on disk. */
  async diskChanged(change: LogChange): Promise<boolean> {
    const touched = change.removed.includes(this.path) ? "removed" : change.changed.some((s) => s.path === this.path) ? "changed" : null;
    if (!touched || this.phase !== "ready") return false;
    if (this.#save) {
      // Most likely the echo of our own write; looked at when the answer has told the new hash.
      this.#touched = touched;
      return false;
    }
    return this.#look(touched);
  }

  async #look(touched: "changed" | "removed"): Promise<boolean> {
    this.#touched = null;
    if (touched === "removed") {
      this.#base = "";
      this.notice = { kind: "deleted" };
      await this.keepDraft(true);
      return false;
    }
    const before = this.#base;
    await this.#readTheirs(false);
    return this.#base !== before;
  }

  #adopt(theirs: Source): void {
    this.#begin(theirs);
    this.#put(theirs.text);
  }

  /** What is on disk is what the buffer goes by from now on. */
  #begin(theirs: Source): void {
    this.#base = theirs.hash;
    this.#saved = theirs.text;
    this.#origin = theirs.text;
    this.notice = null;
  }

  /** Both versions side by side: what is on disk, and what the writer has. */
  compare(): Promise<Hunk[]> {
    const theirs = this.notice?.kind === "conflict" ? this.notice.theirs.text : this.#saved;
    return this.#call("diff_texts", { old: theirs, new: this.text });
  }

  /** Goes on with the buffer over what is on disk. When a save ran into the conflict, it is done now. */
  async keepMine(): Promise<void> {
    if (this.notice?.kind !== "conflict") return;
    const { theirs, asked } = this.notice;
    this.#begin(theirs);
    if (asked) await this.save();
  }

  /** Both sides brought together by lines against the text they come from; `null` when nobody has that text any more. */
  async merge(): Promise<MergeBlock[] | null> {
    if (this.notice?.kind !== "conflict") return null;
    const { theirs } = this.notice;
    const base = this.#origin ?? (await this.#call("earlier_text", { path: this.path, hash: this.#base }));
    return base === null ? null : this.#call("merge_texts", { base, mine: this.text, theirs: theirs.text });
  }

  /** Goes on with what a merge gave. When a save ran into the conflict, it is done now. */
  async settle(text: string): Promise<void> {
    if (this.notice?.kind !== "conflict") return;
    const { theirs, asked } = this.notice;
    this.#begin(theirs);
    this.#put(text);
    if (asked) await this.save();
    else await this.renewPreview();
  }

  /** Takes what is on disk; the writer's text stays one undo away. */
  async loadTheirs(): Promise<void> {
    if (this.notice?.kind !== "conflict") return;
    this.#adopt(this.notice.theirs);
    await this.#dropDraft();
  }

  /** Writes the buffer to a file that the writer chooses; the record stays as it is. True when it was written. */
  async saveCopy(title: string): Promise<boolean> {
    const name = (this.path.split("/").at(-1) ?? this.path).replace(/(\.\w+)?$/, "-copy$1");
    try {
      return (await this.#call("export_file", { title, name, bytes: [...new TextEncoder().encode(this.text)] })) !== null;
    } catch (thrown) {
      this.notice = { kind: "save-failed", error: toHostError(thrown) };
      return false;
    }
  }

  /** Writes the record again after it was deleted on disk. */
  saveAgain(): Promise<boolean> {
    this.#base = "";
    return this.save();
  }

  // ---- drafts --------------------------------------------------------------------------------------------------

  /** Keeps the buffer outside the worktree, so that a crash loses nothing. Called while typing, on blur and on leaving. */
  keepDraft(always = false): Promise<unknown> {
    this.#endDraftTimer();
    if (!this.dirty && !always) return this.#dropDraft();
    const draft: Draft = { path: this.path, text: this.text, base: this.#base, kept_at: localMinute() };
    return this.#queue(async () => {
      try {
        await this.#call("keep_draft", { draft });
        this.draftKept = true;
      } catch (thrown) {
        // A full disk has no room for the draft either; whoever says where the text is must know.
        this.draftKept = false;
        throw thrown;
      }
    });
  }

  #dropDraft(): Promise<unknown> {
    this.#endDraftTimer();
    return this.#queue(() => this.#call("drop_draft", { path: this.path }));
  }

  /** Drafts are kept and dropped strictly in order; a failure of one (a full disk) must not stop the next. */
  #queue(run: () => Promise<unknown>): Promise<unknown> {
    this.#drafts = this.#drafts.then(run).catch(() => undefined);
    return this.#drafts;
  }

  /** Goes on with a recovered draft. When the file moved on since, that becomes a conflict to settle. */
  async keepRecovered(): Promise<void> {
    if (this.notice?.kind !== "recovered") return;
    this.notice = null;
    await this.#readTheirs(false);
  }

  /** Throws the buffer away: what is on disk is shown again. */
  async discard(): Promise<void> {
    this.notice = null;
    await this.#dropDraft();
    try {
      this.#adopt(await this.#call("read_source", { path: this.path }));
    } catch (thrown) {
      this.notice = { kind: "save-failed", error: toHostError(thrown) };
    }
  }

  /** Leaves without saving: the draft goes, the file stays as it is. */
  async abandon(): Promise<void> {
    this.#stop();
    this.text = this.#saved;
    await this.#dropDraft();
  }

  /** Ends timers; unsaved text is kept as a draft. */
  async close(): Promise<void> {
    const draft = this.dirty ? this.keepDraft() : null;
    this.#stop();
    await draft;
  }

  #stop(): void {
    clearTimeout(this.#previewTimer);
    this.#endDraftTimer();
    this.#previewRun += 1;
  }

  #endDraftTimer(): void {
    clearTimeout(this.#draftTimer);
    this.#draftTimer = undefined;
  }
}

/** The record on the editor's screen, for the status bar. */
class Editing {
  current = $state.raw<RecordEditor | null>(null);
}

export const editing = new Editing();
