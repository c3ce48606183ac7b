// Every command of the desktop's back end: name -> arguments and answer. The only other place that lists the names is
// src-tauri/build.rs; a test compares the two. Components never import this: state classes call `call()` (invariant I9).
import type * as w from "./bindings";

/** Arguments and answer of each command. Argument names are camelCase here and snake_case in Rust (Tauri turns them). */
export interface Commands {
  /** Once at start: versions, folders, recent repositories, a path from the command line. Also tells the back end that the UI runs. */
  app_info: { args: Record<string, never>; result: w.AppInfo };
  /** `open-elsewhere` when another window shows the repository; that one is in front then. */
  open_workspace: { args: { path: string; mode: w.OpenMode }; result: w.WorkspaceInfo };
  /** Opens a repository in a window of its own, or brings the one forward that shows it. */
  open_window: { args: { path: string }; result: null };
  /** Follows a `precedent:` link in whichever window shows its repository. */
  follow_link: { args: { link: string }; result: null };
  /** What this window was asked for since its start (`asked` tells); null when nothing is left. */
  next_request: { args: Record<string, never>; result: w.OpenRequest | null };
  /** How far the opening under way is. */
  opening: { args: Record<string, never>; result: w.Opening };
  /** Stops the opening under way; it ends with `cancelled`. */
  cancel_opening: { args: Record<string, never>; result: null };
  /** Closes all windows and remembers them, once each has agreed: this one does. `first` where it was asked for here. */
  quit: { args: { first: boolean }; result: null };
  /** Whether the page wants to be asked (`close-asked`) before its window closes. */
  hold_window: { args: { hold: boolean }; result: null };
  /** Closes the window without asking. */
  close_window: { args: Record<string, never>; result: null };
  /** Closes the repository and goes back to Welcome. */
  close_workspace: { args: Record<string, never>; result: null };
  /** Native folder dialog; null when cancelled. */
  pick_folder: { args: { title: string }; result: string | null };
  forget_recent: { args: { path: string }; result: w.RecentItem[] };
  /** Kept searches of the open repository, in the user's order; the file is the user's own, on this machine. */
  views: { args: Record<string, never>; result: w.SavedView[] };
  keep_views: { args: { views: w.SavedView[] }; result: null };
  /** Paths that each query finds, in no order. `me` is who asks, for `is:mine`. */
  view_matches: { args: { queries: string[]; me: string | null }; result: string[][] };
  /** Why the user's git program cannot be used; null when it can. Starts it to ask. */
  git_trouble: { args: Record<string, never>; result: w.GitTrouble | null };
  /** Makes the sample repository (once) in a throw-away folder; gives its path. */
  open_sample: { args: Record<string, never>; result: string };
  /** What `precedent init` would write into the repository at `path`. */
  plan_init: { args: { path: string }; result: w.PlanPreview };
  apply_init: { args: { path: string; digest: string }; result: w.WriteReply };

  /** The list of records, its first part; `decisions()` of `listing.ts` asks for all of it. */
  decisions: { args: Record<string, never>; result: w.Listing };
  /** Another part of that list, once; null when another list was asked for since. */
  decisions_part: { args: { generation: number; part: number }; result: w.ListedDecision[] | null };
  /** Path of the record that a number, identity or path means; `not-found`, `ambiguous`. */
  find_record: { args: { reference: string }; result: string };
  read_decision: { args: { path: string }; result: w.RecordView };
  /** Decisions as they stood at a commit, branch, tag, or at the end of a day (`2026-03-02`). */
  decisions_as_of: { args: { when: string }; result: w.PastSnapshot };
  /** A record as it was then; `path` is its path then. */
  read_decision_as_of: { args: { path: string; when: string }; result: w.RecordView };
  history: { args: { path: string }; result: w.HistoryItem[] };
  watch_state: { args: Record<string, never>; result: w.WatchState };
  /** Throws the search index away and builds it again; `watch-state` tells how far that is. */
  rebuild_index: { args: Record<string, never>; result: null };
  /** Stops the building of the search index, or goes on with it; what was built is found meanwhile. */
  pause_index: { args: { paused: boolean }; result: null };

  search: { args: { request: w.SearchRequest }; result: w.SearchReply };
  /** Words of earlier versions and of deleted records. The first one starts a walk over the log: `building` until it is done. */
  search_past: { args: { request: w.SearchRequest }; result: w.PastReply };
  /** Stops that walk, or lets the next search go on with it. */
  pause_past: { args: { paused: boolean }; result: null };

  read_source: { args: { path: string }; result: w.Source };
  /** Renders the editor's buffer; nothing is written. */
  preview: { args: { path: string; text: string }; result: w.Preview };
  /** Completions, hover and value format at a byte offset of the buffer's front matter; empty elsewhere. Offsets are bytes of `text`. */
  schema_help: { args: { path: string; text: string; offset: number }; result: w.FieldHelp };
  /** Problems of every record and of the logs, each with its fix where there is one. Reads every record. */
  lint: { args: Record<string, never>; result: w.ProblemItem[] };
  /** Applies a form edit to the buffer's text; nothing is written. */
  edit_text: { args: { path: string; text: string; edit: w.FieldEdit }; result: string };
  /** Atomic; refuses with `conflict` when the file on disk no longer has the hash `base`. An empty base creates the file. */
  save_record: { args: { path: string; text: string; base: string }; result: w.WriteReply };
  keep_draft: { args: { draft: w.Draft }; result: null };
  drop_draft: { args: { path: string }; result: null };
  drafts: { args: Record<string, never>; result: w.Draft[] };
  /** Line and word diff of two texts (compare after a conflict). */
  diff_texts: { args: { old: string; new: string }; result: w.Hunk[] };

  /** Puts a picture (its bytes as base64) beside a record, named after it; never over a file that is there. */
  add_image: { args: { record: string; data: string }; result: w.ImageAdded };
  /** The same with the clipboard's picture, where the web view keeps it from the page (Linux); null when there is none. */
  paste_image: { args: { record: string }; result: w.ImageAdded | null };
  /** The same with the file that was let go over the window last. */
  add_dropped_image: { args: { record: string }; result: w.ImageAdded };
  /** How many files each glob of `applies-to` matches now. */
  reach: { args: { globs: string[] }; result: w.GlobReach[] };
  /** What a file of that hash said, where git or the undo list still has it. */
  earlier_text: { args: { path: string; hash: string }; result: string | null };
  /** Two texts with one origin, stretch by stretch; conflicts wait for a person. */
  merge_texts: { args: { base: string; mine: string; theirs: string }; result: w.MergeBlock[] };
  /** Spell checking of the web view, in these languages; none turns it off. True when the platform can be told so. */
  spell_check: { args: { languages: string[] }; result: boolean };

  templates: { args: { log: string | null }; result: w.TemplateInfo[] };
  /** A copy of a template that ships with the app, to be changed in the repository. */
  plan_template: { args: { log: string | null; name: string }; result: w.PlanPreview };
  apply_template: { args: { log: string | null; name: string; digest: string }; result: w.WriteReply };
  /** Decisions close to a title that is being typed, best first. */
  similar: { args: { title: string }; result: w.Hit[] };
  plan_new: { args: { request: w.NewRequest }; result: w.PlanPreview };
  apply_new: { args: { request: w.NewRequest; digest: string }; result: w.WriteReply };
  plan_supersede: { args: { request: w.SupersedeRequest }; result: w.PlanPreview };
  /** Writes both files as one unit and stages them. */
  apply_supersede: { args: { request: w.SupersedeRequest; digest: string }; result: w.WriteReply };
  /** accept, reject, deprecate, propose: `status` is the new word. Accepting a deferred successor also marks the old record. */
  plan_status: { args: { path: string; status: w.StatusWord }; result: w.PlanPreview };
  apply_status: { args: { path: string; status: w.StatusWord; digest: string }; result: w.WriteReply };
  /** Rename or move a record; what refers to it is repaired in the same plan unless `keep_citations`. */
  plan_move: { args: { request: w.MoveRequest }; result: w.PlanPreview };
  apply_move: { args: { request: w.MoveRequest; digest: string }; result: w.WriteReply };
  /** `notes` name who rests on the record or mentions it; without `force`, `apply_delete` refuses while others rest on it (`details`: their paths). */
  plan_delete: { args: { path: string }; result: w.PlanPreview };
  apply_delete: { args: { path: string; force: boolean; digest: string }; result: w.WriteReply };
  /** Another number for a record (`path`), or, without a path, for the later of those that share one. `ambiguous` lists candidates in `details`. */
  plan_renumber: { args: { request: w.RenumberRequest }; result: w.PlanPreview };
  apply_renumber: { args: { request: w.RenumberRequest; digest: string }; result: w.WriteReply };
  /** Carries out a fix of one problem; `code`, `line` and `column` as the problem has them, `title` where there is a choice. `not-found` when it is gone. */
  plan_fix: { args: { path: string; code: string; line: number; column: number; title: string | null }; result: w.PlanPreview };
  apply_fix: { args: { path: string; code: string; line: number; column: number; title: string | null; digest: string }; result: w.WriteReply };
  /** All fixes, or those of one code, one record. Fixes that guess (P003, P010, P017) only when their code is named. */
  plan_fixes: { args: { code: string | null; path: string | null }; result: w.PlanPreview };
  apply_fixes: { args: { code: string | null; path: string | null; digest: string }; result: w.WriteReply };
  plan_link: { args: { request: w.LinkRequest }; result: w.PlanPreview };
  apply_link: { args: { request: w.LinkRequest; digest: string }; result: w.WriteReply };
  plan_unlink: { args: { request: w.LinkRequest }; result: w.PlanPreview };
  apply_unlink: { args: { request: w.LinkRequest; digest: string }; result: w.WriteReply };
  /** Like a supersession, but the old record stays in force; `carry_*` apply to a new record. */
  plan_amend: { args: { request: w.SupersedeRequest }; result: w.PlanPreview };
  apply_amend: { args: { request: w.SupersedeRequest; digest: string }; result: w.WriteReply };
  /** `to`: `madr4`, or `utf8` for a record in another encoding. */
  plan_convert: { args: { path: string; to: string }; result: w.PlanPreview };
  apply_convert: { args: { path: string; to: string; digest: string }; result: w.WriteReply };
  /** A status or tags for several records at once. A record that cannot take the step stops all (`usage`; `details`: one a line) unless `leave_out`. */
  plan_bulk: { args: { request: w.BulkRequest }; result: w.PlanPreview };
  apply_bulk: { args: { request: w.BulkRequest; digest: string }; result: w.WriteReply };
  /** Links for the places where the text of `from` writes the number of `to` and nothing more. */
  plan_mentions: { args: { from: string; to: string }; result: w.PlanPreview };
  apply_mentions: { args: { from: string; to: string; digest: string }; result: w.WriteReply };
  /** The address of a record on its forge, at a commit that is there; `not-found` says why there is none. */
  permalink: { args: { request: w.PermalinkRequest }; result: w.Permalink };
  /** A record as Markdown to be pasted elsewhere. */
  record_markdown: { args: { path: string }; result: string };
  index_page: { args: { request: w.IndexRequest }; result: w.IndexView };
  /** The table of decisions in the index page; no files when it is up to date. */
  plan_index: { args: { request: w.IndexRequest }; result: w.PlanPreview };
  apply_index: { args: { request: w.IndexRequest; digest: string }; result: w.WriteReply };
  /** Asks where, then writes records as one document: HTML, or PDF on the paper. Its path; null when cancelled. */
  export_records: { args: { request: w.ExportRequest; paper: w.Paper | null; title: string; name: string }; result: string | null };
  /** What was done here, newest first; survives restarts. */
  undo_list: { args: Record<string, never>; result: w.UndoItem[] };
  /** Takes a step back, or does it again when it was taken back. Without an id: the last one done. */
  plan_undo: { args: { id: string | null }; result: w.PlanPreview };
  apply_undo: { args: { id: string | null; digest: string }; result: w.WriteReply };

  /** Branches, remotes, stashes, worktrees, what is under way. Starts no program. */
  git_place: { args: Record<string, never>; result: w.GitPlace };
  /** Fetch, pull, push. `git-progress` tells how far it is; how it ended is in the answer. `needs-trust`, `no-remote`. */
  sync: { args: { request: w.SyncRequest }; result: w.SyncReply };
  /** Stops the run of git under way; it ends with `cancelled`. */
  cancel_git: { args: Record<string, never>; result: null };
  clone_repository: { args: { request: w.CloneRequest }; result: w.CloneReply };
  /** Where a clone of that address would go; empty while the address has no name to go by. */
  clone_folder: { args: { address: string }; result: string };
  create_branch: { args: { request: w.BranchRequest }; result: null };
  /** What switching would carry along, and what is in the way. */
  plan_switch: { args: { branch: string }; result: w.SwitchPreview };
  switch_branch: { args: { request: w.SwitchRequest }; result: null };
  rename_branch: { args: { old: string; new: string }; result: null };
  delete_branch: { args: { name: string }; result: w.DeletedBranch };
  restore_branch: { args: { deleted: w.DeletedBranch }; result: null };
  add_remote: { args: { name: string; address: string }; result: null };
  compare_branch: { args: { branch: string; base: string }; result: w.BranchComparison };
  /** Commits and the records each touched; `from` is the page's `next`. */
  repository_log: { args: { from: string | null; words: string }; result: w.LogPage };
  /** What a commit changed in one file. */
  log_diff: { args: { commit: string; path: string }; result: w.FileDiff };
  step_operation: { args: { step: w.OperationStep; trust: boolean }; result: null };
  save_stash: { args: { message: string; trust: boolean }; result: null };
  apply_stash: { args: { commit: string; pop: boolean; trust: boolean }; result: w.StashReply };
  /** Whether git merges the records here by field. */
  merge_driver: { args: Record<string, never>; result: w.MergeDriver };
  /** What installing it writes, or taking it out; the notes are git's settings. */
  plan_merge_driver: { args: { remove: boolean }; result: w.PlanPreview };
  apply_merge_driver: { args: { remove: boolean; digest: string }; result: w.WriteReply };
  drop_stash: { args: { commit: string; trust: boolean }; result: null };
  /** A file in conflict, merged as far as that goes by itself. */
  conflict: { args: { path: string }; result: w.ConflictView };
  /** Writes the settled file (a step that can be taken back) and stages it. */
  settle_conflict: { args: { request: w.SettleRequest }; result: w.GitStatus };
  /** Lines of a record as on disk, each with the commit that wrote it. */
  blame: { args: { path: string }; result: w.BlameSpan[] };
  /** A record as a commit of its history left it, written as a new change. */
  plan_restore: { args: { path: string; commit: string }; result: w.PlanPreview };
  apply_restore: { args: { path: string; commit: string; digest: string }; result: w.WriteReply };
  restore_stash: { args: { commit: string; message: string }; result: null };
  git_status: { args: Record<string, never>; result: w.GitStatus };
  /** The same for the folders of records alone, which a large repository has long before the rest. */
  record_status: { args: Record<string, never>; result: w.GitStatus };
  /** What a commit would hold: what is staged, and `more` files as they are, judged by the rules of the last commit's
   * decisions. `cancelled` when it was asked for again meanwhile. */
  check_commit: { args: { more: string[] }; result: w.Verdict };
  /** The check of the worktree begins and follows the files; each new state comes as the event `check-state`. */
  follow_check: { args: Record<string, never>; result: w.CheckState };
  check_state: { args: Record<string, never>; result: w.CheckState };
  /** All files are looked at again. */
  check_again: { args: Record<string, never>; result: null };
  /** The newest verdict of the worktree, with its rules and waivers. */
  governance: { args: Record<string, never>; result: w.GovernanceView };
  /** Findings at the end of each week since an ISO day, the oldest first. One at a time a window: another call stops it. */
  debt: { args: { since: string }; result: w.Debt };
  /** How far that is: trees counted, of all; of no use after it. */
  debt_progress: { args: Record<string, never>; result: w.Opening };
  cancel_debt: { args: Record<string, never>; result: null };
  code_excerpt: { args: { path: string; line: number; endLine: number }; result: w.CodeExcerpt };
  /** Since when findings stand, in their order; null where no line can tell. A few at a time: git takes a moment for each file. */
  finding_origins: { args: { places: w.FindingPlace[] }; result: (w.FindingOrigin | null)[] };
  /** The rules in a record's text on their examples and on the worktree, as if it were in force; null where it has none.
   * `cancelled` when it was asked for again meanwhile. */
  try_rules: { args: { path: string; text: string }; result: w.RuleTrial | null };
  plan_waiver: { args: { request: w.WaiverRequest }; result: w.PlanPreview };
  /** Writes the waiver and stages it. */
  apply_waiver: { args: { request: w.WaiverRequest; digest: string }; result: w.WriteReply };
  plan_extension: { args: { request: w.ExtensionRequest }; result: w.PlanPreview };
  /** Lets a waiver go on and stages it. */
  apply_extension: { args: { request: w.ExtensionRequest; digest: string }; result: w.WriteReply };
  /** Counts lines of files, for the share of them that is bound; comes back when they are known. `cancelled` when asked again. */
  count_lines: { args: Record<string, never>; result: null };
  /** Files that the branch changes, with the folders above them. */
  changed_paths: { args: Record<string, never>; result: w.ChangedPaths };
  /** What lies directly below a folder (empty: the root), each with how much of it is bound. */
  folder_bindings: { args: { folder: string }; result: w.PathItem[] };
  find_paths: { args: { words: string }; result: string[] };
  path_bindings: { args: { path: string }; result: w.PathBindings };
  file_diff: { args: { path: string; staged: boolean; spaces: w.Spaces }; result: w.FileDiff };
  /** What one commit of its history changed in a record. */
  commit_diff: { args: { path: string; commit: string }; result: w.FileDiff };
  stage: { args: { paths: string[] }; result: w.GitStatus };
  unstage: { args: { paths: string[] }; result: w.GitStatus };
  /** Some lines of a file, as its diff with that `base` showed them; `conflict` when it has changed since. */
  stage_part: { args: { request: w.PartRequest }; result: w.GitStatus };
  /** Throws away what is not staged of a file, or some lines of that; kept for 30 days. */
  discard: { args: { request: w.DiscardRequest }; result: w.TrashItem };
  trash: { args: Record<string, never>; result: w.TrashItem[] };
  /** `conflict` when the file has changed since, unless `over`: what is there now is kept in the same list. */
  restore_discarded: { args: { id: string; over: boolean }; result: w.WriteReply };
  commit_suggestions: { args: { style: w.CommitStyle }; result: string[] };
  /** What hooks print comes meanwhile as the event `commit-output`. */
  commit: { args: { request: w.CommitRequest }; result: w.CommitReply };
  /** Ends the commit under way: it fails with `cancelled`, the message is kept, what is staged is as it was. */
  stop_commit: { args: Record<string, never>; result: null };
  /** What the message field starts with: what was being written (kept on disk), or the template. */
  message_start: { args: Record<string, never>; result: w.MessageStart };
  keep_message: { args: { message: string }; result: null };
  last_commit: { args: Record<string, never>; result: w.LastCommit | null };
  /** Takes the last commit back while nobody else has it; what it held is staged. `conflict` when it is not the last any more. */
  undo_commit: { args: { commit: string }; result: w.LastCommit };
  /** What the buttons do, as commands for a terminal: the words that git is started with. */
  git_commands: { args: { request: w.CommandsRequest }; result: w.GitCommand[] };
  set_author: { args: { name: string; email: string; everywhere: boolean }; result: w.GitStatus };
  /** Who committed here, most often first: `Name <address>`. */
  people: { args: Record<string, never>; result: string[] };
  /** Adds a line to the repository's `.gitignore`. */
  ignore: { args: { path: string; what: w.IgnoreWhat }; result: w.WriteReply };
  /** A version is a commit of the record's history, `accepted`, `committed`, `staged` or `worktree`. */
  compare_versions: { args: { path: string; old: string; new: string; spaces: w.Spaces }; result: w.FileDiff };
  /** The commit in which a record became accepted. */
  accepted_in: { args: { path: string }; result: w.HistoryItem | null };

  /** Asks where a file may be written and writes it there: its path, null when cancelled. */
  export_file: { args: { title: string; name: string; bytes: number[] }; result: string | null };
  /** Opens an http(s) or mailto address in the user's browser; anything else is refused. */
  open_external: { args: { url: string }; result: null };
  /** Editors with a window of their own that are installed here. */
  installed_editors: { args: Record<string, never>; result: w.EditorChoice[] };
  /** Opens a record in `editor` (`EditorChoice.program`); null takes the person's own or the first installed one. */
  open_in_editor: { args: { path: string; line: number | null; editor: string | null }; result: null };
  /** Shows a record in the file manager. */
  /** Opens the person's terminal in the repository. */
  open_terminal: { args: Record<string, never>; result: null };
  reveal_record: { args: { path: string }; result: null };
  /** Opens a folder of AppInfo (logs, crash reports) in the file manager. */
  reveal: { args: { path: string }; result: null };
  /** Writes an error of the UI into the local log file. */
  log_error: { args: { message: string }; result: null };
  /** A moment the UI reached (`list-painted`), for `make bench-ui`; kept in memory and the local log only. */
  mark: { args: { name: string; ms: number }; result: null };
  /** The menu bar as the window has it now; null takes it away. Items answer by the event `menu`. */
  set_menu: { args: { menus: w.MenuList[] | null }; result: null };
  /** The user's own settings as the file has them now: another window may have changed them. */
  settings: { args: Record<string, never>; result: w.Settings };
  /** Sets one key, or with null puts it back to its default; other keys stay as the file has them. */
  set_setting: { args: { key: string; value: unknown }; result: w.Settings };
  /** What precedent.toml shares with everyone who uses the repository. */
  shared_settings: { args: Record<string, never>; result: w.SharedSettings };
  plan_shared: { args: { wanted: w.SharedSettings }; result: w.PlanPreview };
  apply_shared: { args: { wanted: w.SharedSettings; digest: string }; result: w.WriteReply };
}

export interface FolderDrop {
  readonly phase: "over" | "drop" | "leave";
  /** Null when it left. */
  readonly what: "folder" | "file" | "several" | null;
  readonly path: string | null;
  /** Where on the page, in its own pixels; null when it left. */
  readonly at: readonly [number, number] | null;
}

/** Events the back end sends. */
export interface Events {
  "log-changed": w.LogChange;
  "commit-output": string;
  /** Where the check of the worktree stands. */
  "check-state": w.CheckState;
  "git-changed": null;
  /** How far the run of git is that this window waits for. */
  "git-progress": w.GitProgress;
  "watch-state": w.WatchState;
  /** What the frame shows is something else: the day, or whether there is git. */
  "info-changed": w.WorkspaceInfo;
  /** Something of the file manager over the window or let go there; `path` is absolute, the first of several. */
  "folder-drop": FolderDrop;
  "theme": "light" | "dark";
  /** A second start or a link wants something of this window: `next_request` has it. */
  "asked": null;
  /** The window shall close, and the page wanted to be asked. */
  "close-asked": null;
  /** The app shall end, and the page wanted to be asked. */
  "quit-asked": null;
  /** An action was chosen in the menu bar, by its id. */
  "menu": string;
}
