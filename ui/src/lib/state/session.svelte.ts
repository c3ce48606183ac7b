// Opening and closing repositories: every way in (dialog, drop, recent list, command line, sample, new log) ends here,
// and so does every way it can fail. What failed is kept as a value for Welcome to show with its next step.
import type { AppInfo, Draft, KeptDraft, Opening, OpenMode, OpenRequest, PlanPreview } from "../ipc/bindings";
import { call, type HostError, isFirstWindow, on, toHostError } from "../ipc/client";
import type { FolderDrop } from "../ipc/commands";
import { t } from "../i18n/messages";
import { sentence } from "../i18n/plural";
import { fileName, newest } from "../model/decisions";
import { forgetForms } from "./acting.svelte";
import { announcer } from "./announcer.svelte";
import { app } from "./app.svelte";
import { branching } from "./branching.svelte";
import { changes } from "./changes.svelte";
import { firstPaint } from "./firstPaint.svelte";
import { frame } from "./frame.svelte";
import { git } from "./git.svelte";
import { governance } from "./governance.svelte";
import { library } from "./library.svelte";
import { navigation } from "./navigation.svelte";
import { reader } from "./reader.svelte";
import { search } from "./search.svelte";
import { settings } from "./settings.svelte";
import { toasts } from "./toasts.svelte";
import { troubles } from "./troubles.svelte";
import { unread } from "./unread.svelte";
import { visited } from "./visited.svelte";
import { workspace } from "./workspace.svelte";
import { forgetEntries } from "./writing.svelte";

/** A folder that could not be opened, and why. */
export interface OpenFailure {
  readonly path: string;
  readonly error: HostError;
}

/** Openings that take longer than this are shown, with how far they are. */
const SOON = 200;
const AGAIN = 200;
/** The problem's code for what was cut off. */
const INTERRUPTED = "P021";

class Session {
  #busy = $state<string | null>(null);
  #opening = $state.raw<Opening | null>(null);
  #asking: ReturnType<typeof setTimeout> | undefined;
  #failure = $state.raw<OpenFailure | null>(null);
  #opened = $state(false);
  #starting = $state(true);
  #answering = false;
  #dragged = $state.raw<FolderDrop | null>(null);
  #receiver: ((drop: FolderDrop) => boolean) | null = null;
  #received = $state(false);
  #holds = false;

  /** Folder that is being opened. */
  get busy(): string | null {
    return this.#busy;
  }
  /** How far a long opening is. */
  get opening(): Opening | null {
    return this.#opening;
  }
  get failure(): OpenFailure | null {
    return this.#failure;
  }
  /** A repository may be on the screen in a moment; keys that need one wait for it. */
  get expecting(): boolean {
    return this.#starting || this.#busy !== null;
  }
  /** A repository was opened in this run; news about the last run are old then. */
  get opened(): boolean {
    return this.#opened;
  }
  /** What hovers over the window. */
  get dragged(): FolderDrop | null {
    return this.#dragged;
  }

  /** What hovers is taken by the screen, so it is no folder to open. */
  get received(): boolean {
    return this.#received;
  }

  /** A screen takes what is dropped on it: its answer says whether it did. Ends with the function that comes back. */
  receive(take: (drop: FolderDrop) => boolean): () => void {
    this.#receiver = take;
    return () => {
      if (this.#receiver === take) this.#receiver = null;
    };
  }

  /** Connects every event and opens what the command line asked for. */
  async start(): Promise<void> {
    try {
      await this.#start();
    } finally {
      this.#starting = false;
      this.#settleFocus();
    }
  }

  /** Without a repository there is no search field that could take the focus. */
  #settleFocus(): void {
    if (!this.expecting && workspace.phase !== "open") frame.searchTaken();
  }

  async #start(): Promise<void> {
    // Every question is a journey to the back end, so they go out together; a repository is shown once all news can be heard.
    const listening = Promise.all([app.listen(), workspace.listen(), git.listen(), branching.listen(), changes.listen(), governance.listen(), on("asked", () => void this.#answer()), on("close-asked", () => void this.#closeWindow()), on("quit-asked", () => void this.#end(false)), on("folder-drop", (drop) => this.#drop(drop))]);
    app.mark("script");
    // Whoever waits for it below gets its error.
    listening.catch(() => undefined);
    const info = await app.start();
    if (info.reloaded || !isFirstWindow()) await listening;
    // Every page is handed the settings of the app's start: whoever comes later asks for those of now. The first page has
    // said what was damaged at the start.
    const told = info.reloaded || !isFirstWindow() ? settings.damaged : null;
    if (info.reloaded || !isFirstWindow()) await settings.refresh().catch((error: unknown) => app.logError(error));
    if (info.open) await this.follow(info.open);
    await listening;
    if (info.reloaded) await this.#cameBack();
    void this.#answer();
    if (settings.damaged !== null && settings.damaged !== told) troubles.tell(t.settings.damaged(settings.damaged));
    // Welcome has room to say it; over an open repository it is said once, and Help keeps it.
    await this.#tellDrafts(info);
    if (info.trouble !== null && this.#opened) troubles.tell(t.welcome.trouble, info.trouble);
  }

  /** Says which texts of the open repository the last run left unsaved. */
  async #tellDrafts(info: AppInfo): Promise<void> {
    const left = info.drafts.filter(({ repo }) => repo === workspace.info?.root);
    if (left.length === 0 || info.reloaded) return;
    // Those of the app's start: a window that comes later finds some of them settled.
    const there = await call("drafts").catch(() => []);
    const kept = left.filter(({ path }) => there.some((one) => one.path === path));
    const [first] = kept;
    if (!first) return;
    const label = kept.length === 1 ? t.welcome.openDraft : t.welcome.openDraftOf(fileName(first.path));
    toasts.show(t.welcome.kept(info.crashed, kept.map(({ path }) => fileName(path))), { tone: "info", action: { label, run: () => void navigation.go({ screen: "editor", path: first.path }) } });
  }

  /** Opens what a path, a second start or a link asks for, down to the heading. */
  async follow(request: OpenRequest): Promise<void> {
    if (request.fault !== null) {
      troubles.tell(request.fault);
      return;
    }
    const here = workspace.phase === "open" && workspace.info?.root === request.path;
    if (!here && !(await this.open(request.path))) return;
    if (request.reference !== null) await this.#show(request.reference, request.heading);
  }

  /** The page died and was loaded again: goes on with what was being written. */
  async #cameBack(): Promise<void> {
    const drafts = this.#opened ? await call("drafts").catch(() => []) : [];
    const last = drafts.reduce<Draft | null>((latest, draft) => (latest === null || draft.kept_at > latest.kept_at ? draft : latest), null);
    if (last) await navigation.go({ screen: "editor", path: last.path });
    app.mark(last ? "draft-came-back" : "page-came-back");
    app.noteMarks();
    toasts.show(last ? t.welcome.pageCameBackWithDraft : t.welcome.pageCameBack, { tone: "info" });
  }

  /** Opens the repository of a draft that an earlier run left, and the draft in the editor. */
  async openDraft({ repo, path }: KeptDraft): Promise<void> {
    if (await this.open(repo)) await navigation.go({ screen: "editor", path });
  }

  async #show(reference: string, heading: string | null): Promise<void> {
    try {
      const path = await call("find_record", { reference });
      workspace.leavePast();
      if ((await navigation.go({ screen: "library", path, anchor: heading })) && heading === null) frame.wantReader();
    } catch (thrown) {
      const { code, message } = toHostError(thrown);
      const name = workspace.info?.name ?? "";
      troubles.tell(code === "not-found" ? t.asked.noRecord(reference, name) : code === "ambiguous" ? t.asked.several(reference, name) : sentence(message));
    }
  }

  /** Takes what was asked for, one after the other. */
  async #answer(): Promise<void> {
    if (this.#answering) return;
    this.#answering = true;
    try {
      for (let next = await call("next_request"); next !== null; next = await call("next_request")) await this.follow(next);
    } catch (thrown) {
      void app.logError(thrown);
    } finally {
      this.#answering = false;
    }
  }

  /** Follows a link of the app that was pasted. */
  async followLink(link: string): Promise<void> {
    try {
      await call("follow_link", { link });
    } catch (thrown) {
      troubles.tell(sentence(toHostError(thrown).message), sentence(toHostError(thrown).hint));
    }
  }

  async open(path: string, mode: OpenMode = "git"): Promise<boolean> {
    if (!(await navigation.mayLeave())) return false;
    this.#busy = path;
    this.#failure = null;
    troubles.clear();
    const before = workspace.info?.root;
    const visits = new Map(app.recent.map((item) => [item.path, item.opened]));
    this.#askLater(SOON);
    try {
      // What was typed just now belongs to the repository that is left.
      await changes.kept.flush();
      await workspace.open(path, mode, () => {
        this.#opened = true;
        navigation.reset({ screen: "library", path: newest(workspace.decisions, workspace.today) });
        unread.begin(workspace.decisions, visits.get(workspace.info?.root ?? "") ?? null, workspace.today);
        library.reset();
        search.reset();
        if (before !== workspace.info?.root) forgetTyped();
        git.clear();
        void reader.open(null);
      });
      if (workspace.info?.git) firstPaint.after(() => void git.refresh());
      // What the end of the last run cut off, and where everything is.
      for (const { code, message, hint } of workspace.problems) if (code === INTERRUPTED) troubles.tell(sentence(message), sentence(hint));
      return true;
    } catch (thrown) {
      const error = toHostError(thrown);
      // Who stopped it knows, and so does who looks at the other window now.
      if (error.code !== "cancelled" && error.code !== "open-elsewhere") {
        this.#failure = { path, error };
        announcer.alert(error.message);
      }
      return false;
    } finally {
      clearTimeout(this.#asking);
      this.#opening = null;
      this.#busy = null;
      this.#settleFocus();
      firstPaint.after(() => void app.refresh());
    }
  }

  /** Stops the opening under way; what was open stays open. */
  cancelOpening(): void {
    void call("cancel_opening");
  }

  #askLater(after: number): void {
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => void this.#askHowFar(), after);
  }

  async #askHowFar(): Promise<void> {
    try {
      const opening = await call("opening");
      if (this.#busy === null) return;
      this.#opening = opening;
      this.#askLater(AGAIN);
    } catch (thrown) {
      app.logError(thrown);
    }
  }

  async pickAndOpen(): Promise<void> {
    const path = await call("pick_folder", { title: t.welcome.pickRepository });
    if (path !== null) await this.open(path);
  }

  /** Opens a repository in a window of its own; the one that is open here stays. */
  async openInWindow(path: string): Promise<void> {
    try {
      await call("open_window", { path });
    } catch (thrown) {
      troubles.tell(sentence(toHostError(thrown).message), sentence(toHostError(thrown).hint));
    }
  }

  async pickForWindow(): Promise<void> {
    const path = await call("pick_folder", { title: t.welcome.pickRepository });
    if (path !== null) await this.openInWindow(path);
  }

  async openSample(): Promise<void> {
    try {
      await this.open(await call("open_sample"));
    } catch (thrown) {
      this.#failure = { path: t.welcome.sampleName, error: toHostError(thrown) };
    }
  }

  /** A moved repository: the user shows where it is now. */
  async locate(old: string): Promise<void> {
    const path = await call("pick_folder", { title: t.welcome.pickRepository });
    if (path !== null && (await this.open(path))) await app.forgetRecent(old);
  }

  /** Asks for a repository and shows what a new log there would write. */
  async startLog(root?: string): Promise<void> {
    const path = root ?? (await call("pick_folder", { title: t.welcome.pickForLog }));
    if (path !== null) navigation.openDialog({ name: "start-log", root: path });
  }

  /** The records lie where nobody looked: the user shows where, and sees what that writes. */
  async nameLog(): Promise<void> {
    const folder = await call("pick_folder", { title: t.welcome.pickLog });
    if (folder !== null) navigation.openDialog({ name: "logs", folder });
  }

  planInit(path: string): Promise<PlanPreview> {
    return call("plan_init", { path });
  }

  /** Writes the new log and opens it: in Changes with its files staged, where there is git. */
  async applyInit(path: string, digest: string): Promise<void> {
    const reply = await call("apply_init", { path, digest });
    navigation.closeDialog();
    if (!(await this.open(path))) return;
    const staged = workspace.info?.git ? await this.#stage(reply.changed) : false;
    await navigation.go({ screen: staged ? "changes" : "library", path: reply.record });
  }

  /** False when git does not: the files are written all the same. */
  async #stage(paths: string[]): Promise<boolean> {
    try {
      git.accept(await call("stage", { paths }));
      return true;
    } catch (thrown) {
      app.logError(thrown);
      return false;
    }
  }

  /** Ends the app; what is open now is opened again at the next start. */
  async quit(): Promise<void> {
    await this.#end(true);
  }

  async #end(first: boolean): Promise<void> {
    if (!(await navigation.mayLeave())) return;
    await changes.kept.flush();
    await call("quit", { first });
  }

  /** Tells the window whether this page is to be asked before it closes. */
  hold(hold: boolean): void {
    if (hold === this.#holds) return;
    this.#holds = hold;
    call("hold_window", { hold }).catch((error: unknown) => app.logError(error));
  }

  async #closeWindow(): Promise<void> {
    // The question was heard; one who stays is asked the next time, too.
    await call("hold_window", { hold: true });
    if (!(await navigation.mayLeave())) return;
    await changes.kept.flush();
    await call("close_window");
  }

  async close(): Promise<void> {
    if (!(await navigation.mayLeave())) return;
    await changes.kept.flush();
    await workspace.close();
    forgetTyped();
    git.clear();
    navigation.reset();
    this.#failure = null;
    void app.refresh();
  }

  dismissFailure(): void {
    this.#failure = null;
  }

  #drop(drop: FolderDrop): void {
    this.#dragged = drop.phase === "over" ? drop : null;
    this.#received = drop.phase !== "leave" && (this.#receiver?.(drop) ?? false);
    if (this.#received) return;
    if (drop.phase !== "drop" || drop.path === null) return;
    if (drop.what === "folder") void this.open(drop.path);
    else toasts.show(drop.what === "several" ? t.welcome.droppedSeveral : t.welcome.droppedFile, { tone: "error" });
  }
}

/** What was typed and read in one repository does not show up in the next. */
function forgetTyped(): void {
  forgetEntries();
  forgetForms();
  changes.forget();
  branching.forget();
  visited.clear();
}

export const session = new Session();
