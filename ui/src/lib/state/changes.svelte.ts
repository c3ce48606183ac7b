// The Changes screen: what git sees, what is staged, the difference on show, and the message being written. One instance lives
// as long as the repository is open, so that the message survives failures and leaving the screen.
import type { ChangedFile, CommitReply, FileDiff, LastCommit, Spaces } from "../ipc/bindings";
import { call as hostCall, on, toHostError, type HostError } from "../ipc/client";
import type { Call } from "./editor.svelte";
import { type Git, git as hostGit } from "./git.svelte";
import { MessageKeeper } from "./message.svelte";
import { isOneOf, Persisted } from "./persisted.svelte";
import { prefs } from "./prefs.svelte";

export type DiffView = "rendered" | "words" | "lines" | "both";

/** Why a commit did not happen, with the screen's next step. */
export type CommitTrouble =
  | { kind: "hook"; hook: string | null; output: string; error: HostError }
  | { kind: "identity"; error: HostError }
  | { kind: "trust"; options: CommitOptions }
  | { kind: "other"; error: HostError };

export interface CommitOptions {
  /** The writer agreed that programs named by the repository's settings may run. */
  trust?: boolean;
  /** Skip hooks, asked for explicitly. */
  withoutHooks?: boolean;
  /** The writer agreed to replace a commit that others have. */
  amendPushed?: boolean;
  /** What was changed since in files that a hook did not let through goes along. */
  mended?: boolean;
}

/** A message that gave way to another in the field: one that somebody wrote, or that a commit had. */
export interface OtherMessage {
  readonly from: "written" | "commit";
  readonly text: string;
}

/** A changed file may be listed twice: once staged, once not. */
export interface FileKey {
  path: string;
  staged: boolean;
}

/** How long a commit may take before it can be stopped: most are done before anyone could. */
const PATIENCE = 800;

export class Changes {
  /** An action on files that did not work; the list is back as it was. */
  actionError = $state.raw<HostError | null>(null);
  selected = $state.raw<FileKey | null>(null);
  diff = $state.raw<FileDiff | null>(null);
  diffError = $state.raw<HostError | null>(null);
  /** How changes of spaces show. */
  readonly spaces = new Persisted<Spaces>("diff-spaces", "shown", isOneOf("shown", "amount", "hidden"));
  /** Which hunk F7 stands on. */
  change = $state(0);
  message = $state("");
  messageMissing = $state(false);
  suggestions = $state.raw<string[]>([]);
  /** Messages that can be had again, the newest first. */
  givenWay = $state.raw<readonly OtherMessage[]>([]);
  committing = $state(false);
  /** It takes long enough for somebody to want it to stop. */
  slow = $state(false);
  stopping = $state(false);
  trouble = $state.raw<CommitTrouble | null>(null);
  /** The commit that the next one replaces. */
  amending = $state.raw<LastCommit | null>(null);
  /** Amending came to an end by itself: another commit is the last one by now. */
  amendingEnded = $state(false);
  /** What hooks have printed so far. */
  output = $state("");
  /** The message on disk. */
  readonly kept: MessageKeeper;

  #call: Call;
  #git: Git;
  #filled = "";
  /** What was being written when the last commit's message took its place. */
  #draft = "";
  #refresh: Promise<void> | null = null;
  #again = false;
  /** Files that were wholly in the commit that a hook stopped. */
  #tried = $state.raw<readonly string[]>([]);
  /** Where the selection stood in the list. */
  #place = 0;
  /** Staging calls under way. */
  #moving = 0;
  #diffRun = 0;
  #suggestRun = 0;
  /** The suggestion that is on its way. */
  #suggesting: Promise<void> = Promise.resolve();

  status = $derived.by(() => this.#git.status);
  files = $derived(this.status?.files ?? []);
  staged = $derived(this.files.filter((file) => file.staged));
  unstagedRecords = $derived(this.files.filter((file) => !file.staged && file.is_record && file.change !== "conflicted"));
  others = $derived(this.files.filter((file) => !file.staged && !file.is_record && file.change !== "conflicted"));
  conflicts = $derived(this.files.filter((file) => file.change === "conflicted"));
  /** Rows in the order of the screen. */
  rows = $derived([...this.conflicts, ...this.staged, ...this.unstagedRecords, ...this.others]);
  current = $derived(this.rows.find((file) => isSame(file, this.selected)) ?? null);
  /** What the commit button would take: the staged files, else all records. */
  committable = $derived(this.staged.length > 0 ? this.staged : this.unstagedRecords);
  stagesFirst = $derived(this.staged.length === 0 && this.unstagedRecords.length > 0);
  /** Why committing waits; `null` when it may go ahead. */
  blocked = $derived.by(() => {
    if (!this.status) return "no-status";
    if (this.status.detached) return "detached";
    if (this.conflicts.length > 0) return "conflict";
    return this.committable.length === 0 && this.amending === null ? "nothing" : null;
  });
  /** What was changed since in files of the commit that a hook stopped: trying again takes it along. */
  mended = $derived(this.trouble?.kind === "hook" ? this.files.filter((file) => !file.staged && file.change !== "conflicted" && this.#tried.includes(file.path)) : []);
  /** What this repository would run; newest status, for the question of trust. */
  trustReasons = $derived(this.status?.trust.reasons ?? []);
  subjectLength = $derived([...(this.message.split("\n", 1)[0] ?? "")].length);

  constructor(call: Call = hostCall, git: Git = hostGit) {
    this.#call = call;
    this.#git = git;
    this.kept = new MessageKeeper(call);
  }

  async listen(): Promise<void> {
    await on("commit-output", (text) => (this.output += text));
  }

  /** Why there is no status: git is missing, or the repository cannot be read. */
  get failure(): HostError | null {
    return this.#git.error;
  }

  /** Asks git again. Calls that come while one is under way are answered by one more at its end. */
  refresh(): Promise<void> {
    if (this.#refresh) {
      this.#again = true;
      return this.#refresh;
    }
    this.#refresh = this.#ask().finally(() => (this.#refresh = null));
    return this.#refresh.then(() => this.arrived());
  }

  async #ask(): Promise<void> {
    do {
      this.#again = false;
      await this.#git.refresh();
    } while (this.#again);
  }

  /** Git told of a newer status. While an action of ours is under way, its own end looks after that. */
  async told(): Promise<void> {
    if (this.#refresh === null && this.#moving === 0) await this.arrived();
  }

  /** A newer status is there: the selection follows its file, then diff and suggestions are asked for. */
  async arrived(): Promise<void> {
    this.#followHead();
    this.#followSelection();
    this.#suggesting = this.#suggest();
    await Promise.all([this.#readDiff(), this.#suggesting]);
  }

  #followSelection(): void {
    const { selected, rows } = this;
    const at = rows.findIndex((file) => isSame(file, selected));
    if (at !== -1) {
      this.#place = at;
      return;
    }
    // The file went to the other side, or is gone: follow it, else stay at the same place of the list.
    const next = rows.find((file) => file.path === selected?.path) ?? rows[Math.min(this.#place, rows.length - 1)];
    this.selected = next ? { path: next.path, staged: next.staged } : null;
  }

  select(key: FileKey): Promise<void> {
    this.selected = { path: key.path, staged: key.staged };
    this.change = 0;
    this.#followSelection();
    return this.#readDiff();
  }

  /** The same file in another way of looking at it. */
  async look(spaces: Spaces): Promise<void> {
    this.spaces.value = spaces;
    await this.#readDiff();
  }

  async #readDiff(): Promise<void> {
    const run = ++this.#diffRun;
    const { selected } = this;
    if (!selected) {
      this.diff = null;
      return;
    }
    try {
      const diff = await this.#call("file_diff", { path: selected.path, staged: selected.staged, spaces: this.spaces.value });
      if (run !== this.#diffRun) return;
      if (this.diff?.path !== diff.path || this.diff.staged !== diff.staged) this.change = 0;
      this.change = Math.min(this.change, Math.max(0, diff.hunks.length - 1));
      [this.diff, this.diffError] = [diff, null];
    } catch (thrown) {
      if (run === this.#diffRun) [this.diff, this.diffError] = [null, toHostError(thrown)];
    }
  }

  /** Next (or previous) change of the file on show, going round. */
  step(by: 1 | -1): void {
    const count = this.diff?.hunks.length ?? 0;
    if (count > 0) this.change = (this.change + by + count) % count;
  }

  // ---- staging -------------------------------------------------------------------------------------------------

  /** Stages or unstages one file. The list shows it at once and goes back when git refuses. */
  toggle(file: ChangedFile): Promise<void> {
    return this.#move([file], !file.staged);
  }

  /** A record that was staged when it was made stays staged whole: what was written since goes along. */
  async stageRest(path: string): Promise<void> {
    const rest = this.files.find((file) => file.path === path && !file.staged);
    if (rest && this.staged.some((file) => file.path === path)) await this.toggle(rest);
  }

  /** Stages all records; other files stay as they are, unless there is nothing else. */
  stageAll(): Promise<void> {
    const files = this.unstagedRecords.length > 0 ? this.unstagedRecords : this.others;
    return this.#move(files, true);
  }

  unstageAll(): Promise<void> {
    return this.#move(this.staged, false);
  }

  async #move(files: readonly ChangedFile[], stage: boolean): Promise<void> {
    const before = this.status;
    if (!before || files.length === 0) return;
    const paths = sidesOf(files);
    const follow = this.selected && paths.includes(this.selected.path);
    this.#moving += 1;
    const release = this.#git.hold();
    this.#git.accept({ ...before, files: moved(before.files, paths, stage) });
    if (follow && this.selected) this.selected = { path: this.selected.path, staged: stage };
    try {
      this.#git.accept(await this.#call(stage ? "stage" : "unstage", { paths }));
      this.actionError = null;
    } catch (thrown) {
      this.#git.accept(before);
      if (follow && this.selected) this.selected = { path: this.selected.path, staged: !stage };
      this.actionError = toHostError(thrown);
    }
    this.#moving -= 1;
    release();
    await this.arrived();
  }

  // ---- message -------------------------------------------------------------------------------------------------

  /** The suggestion follows what is staged for as long as nobody changed the message. */
  async #suggest(): Promise<void> {
    const run = ++this.#suggestRun;
    try {
      const suggestions = await this.#call("commit_suggestions", { style: prefs.commitStyle.value });
      if (run !== this.#suggestRun) return;
      this.suggestions = suggestions;
      if (this.message === this.#filled && this.amending === null) this.#fill(suggestions[0] ?? "");
    } catch {
      // A suggestion is a help: without it the message is written by hand.
      if (run === this.#suggestRun) this.suggestions = [];
    }
  }

  /** Another repository: its own message, and no trouble yet. */
  forget(): void {
    this.#diffRun += 1;
    this.#suggestRun += 1;
    [this.message, this.#filled, this.#draft, this.messageMissing] = ["", "", "", false];
    [this.suggestions, this.givenWay, this.trouble, this.actionError] = [[], [], null, null];
    [this.amending, this.amendingEnded, this.output, this.#tried] = [null, false, "", []];
    this.kept.forget();
    [this.selected, this.diff, this.diffError] = [null, null, null];
  }

  /** Whether somebody wrote what stands in the field: a suggestion, even a chosen one, can be had again. */
  get #written(): boolean {
    const text = this.message.trim();
    return text !== "" && this.message !== this.#filled && !this.suggestions.includes(this.message) && text !== this.kept.template?.trim() && text !== this.amending?.message.trim();
  }

  /** The message as someone writes it: kept on disk, and no suggestion takes its place. */
  write(message: string): void {
    this.message = message;
    this.messageMissing = false;
    this.#keep();
  }

  /** On disk there is one message. While a commit is amended, what was being written before is more than its new words. */
  #keep(): void {
    this.kept.keep(this.amending !== null && this.#draft !== "" ? this.#draft : this.message);
  }

  /** Takes a suggestion, or another message; one that was written can be had again. */
  use(message: string): void {
    const before: OtherMessage[] = this.#written && this.message.trim() !== message.trim() ? [{ from: "written", text: this.message }] : [];
    this.givenWay = [...before, ...this.givenWay.filter((other) => other.text !== message)];
    this.write(message);
  }

  /** A message that gave way is not wanted any more. */
  dismiss(other: OtherMessage): void {
    this.givenWay = this.givenWay.filter((one) => one !== other);
  }

  /** The suggestion that nobody has touched. */
  #fill(suggestion: string): void {
    this.message = suggestion;
    this.#filled = suggestion;
    if (suggestion) this.messageMissing = false;
  }

  /** The field starts with what was being written when the app went, or with the repository's template. */
  async begin(): Promise<void> {
    const start = await this.kept.load();
    const text = start?.kept?.trimEnd() ?? start?.template ?? "";
    if (text !== "" && this.amending === null && (this.message === "" || this.message === this.#filled)) this.message = text;
  }

  /** The next commit replaces the last one, whose message is written on; or not after all. */
  async amend(wanted: boolean): Promise<void> {
    if (wanted === (this.amending !== null)) return;
    if (!wanted) {
      this.#leaveAmending();
      return;
    }
    try {
      const last = await this.#call("last_commit");
      if (!last) return;
      this.#draft = this.#written ? this.message : "";
      this.amending = last;
      this.message = last.message;
      this.messageMissing = false;
    } catch (thrown) {
      this.actionError = toHostError(thrown);
    }
  }

  /** What was being written comes back; new words for the commit can be had again. */
  #leaveAmending(): void {
    const edited = this.#written ? this.message : "";
    const draft = this.#draft;
    [this.amending, this.#draft] = [null, ""];
    if (draft !== "") this.message = draft;
    else this.#fill(this.kept.template ?? this.suggestions[0] ?? "");
    if (edited !== "") this.givenWay = [{ from: "written", text: edited }, ...this.givenWay];
    this.kept.keep(draft || edited);
  }

  /** Another commit is the last one: what would be replaced is not what was on show. */
  #followHead(): void {
    const { amending, status } = this;
    if (amending === null || this.committing || !status || status.last_commit?.commit === amending.commit) return;
    this.#leaveAmending();
    this.amendingEnded = true;
  }

  /** Takes the last commit back. Its message stands in the field again, unless something else is being written. Null when that was refused. */
  async undoCommit(commit: string): Promise<LastCommit | null> {
    const release = this.#git.hold();
    let undone: LastCommit | null = null;
    try {
      await this.kept.flush();
      undone = await this.#call("undo_commit", { commit });
      this.actionError = null;
      this.#takeBack(undone.message);
    } catch (thrown) {
      this.actionError = toHostError(thrown);
    }
    release();
    await this.refresh();
    return undone;
  }

  #takeBack(said: string): void {
    const written = [this.#written ? this.message : "", this.#draft].filter((text) => text !== "" && text.trim() !== said.trim());
    const all: OtherMessage[] = [...written.map((text) => ({ from: "written" as const, text })), { from: "commit", text: said }];
    [this.amending, this.#draft] = [null, ""];
    const [first, ...others] = all;
    this.givenWay = [...others, ...this.givenWay];
    this.write(first?.text ?? said);
  }

  // ---- commit --------------------------------------------------------------------------------------------------

  /** Commits what is staged (or, with nothing staged, all records). The message is cleared only when that worked. */
  async commit(options: CommitOptions = {}): Promise<CommitReply | null> {
    if (this.committing || this.blocked) return null;
    this.committing = true;
    // Who commits at once takes the suggestion that has not come yet.
    if (this.message.trim() === "") await this.#suggesting;
    this.messageMissing = this.message.trim() === "" || this.message.trim() === this.kept.template?.trim();
    if (this.messageMissing) {
      this.committing = false;
      return null;
    }
    const mended = options.mended ? this.mended : [];
    this.#tried = this.stagesFirst && !this.amending ? this.unstagedRecords.map((file) => file.path) : this.staged.filter((file) => !file.partly || this.#tried.includes(file.path)).map((file) => file.path);
    [this.trouble, this.output, this.stopping, this.amendingEnded] = [null, "", false, false];
    const patience = setTimeout(() => (this.slow = true), PATIENCE);
    await this.kept.flush();
    const stage = this.stagesFirst && !this.amending ? sidesOf(this.unstagedRecords) : sidesOf(mended);
    const request = { message: this.message, stage, trust: options.trust ?? false, no_verify: options.withoutHooks ?? false, amend: this.amending?.commit ?? null, amend_pushed: options.amendPushed ?? false };
    try {
      const reply = await this.#call("commit", { request });
      this.#committed();
      return reply;
    } catch (thrown) {
      this.trouble = this.#explain(toHostError(thrown), options);
      // A commit that begins keeps its own message in place of the draft.
      if (this.amending !== null) this.#keep();
      return null;
    } finally {
      clearTimeout(patience);
      [this.committing, this.slow, this.stopping] = [false, false, false];
      await this.refresh();
    }
  }

  /** What was being written before a commit was amended is written on. */
  #committed(): void {
    const draft = this.#draft;
    [this.message, this.#filled, this.amending, this.#draft] = [draft || (this.kept.template ?? ""), "", null, ""];
    this.givenWay = this.givenWay.filter((other) => other.from === "written");
    if (draft !== "") this.kept.keep(draft);
  }

  /** Ends the commit under way, whatever its hooks wait for. */
  async stop(): Promise<void> {
    if (!this.committing || this.stopping) return;
    this.stopping = true;
    try {
      await this.#call("stop_commit");
    } catch {
      // It goes on; it can be asked again.
      this.stopping = false;
    }
  }

  #explain(error: HostError, options: CommitOptions): CommitTrouble {
    switch (error.code) {
      case "hook-failed":
        return { kind: "hook", hook: error.path?.split(/[\\/]/).at(-1) ?? null, output: error.details ?? "", error };
      case "identity-missing":
        return { kind: "identity", error };
      case "needs-trust":
        return { kind: "trust", options };
      default:
        return { kind: "other", error };
    }
  }
}

/** Paths that stand for these rows: a renamed file is its new path and the old one that is gone. */
function sidesOf(files: readonly ChangedFile[]): string[] {
  return files.flatMap((file) => (file.old_path === null ? [file.path] : [file.path, file.old_path]));
}

function isSame(file: FileKey, key: FileKey | null): boolean {
  return key !== null && file.path === key.path && file.staged === key.staged;
}

/** The list as it will be: moved files on the other side, joined with what is there already. */
function moved(files: readonly ChangedFile[], paths: readonly string[], stage: boolean): ChangedFile[] {
  return files
    .filter((file) => !(paths.includes(file.path) && file.partly && file.staged === stage))
    .map((file) => (paths.includes(file.path) && file.change !== "conflicted" ? { ...file, staged: stage, partly: false } : file));
}

/** The one of this window: its message outlives the screen. */
export const changes = new Changes();
