//! The application itself: repositories, the watcher, errors.

use super::*;
use serde::{Deserialize, Serialize};

wire! {
    /// A repository opened before.
    #[derive(Eq)]
    pub struct RecentItem {
        pub path: String,
        pub name: String,
        pub records: u32,
        /// ISO 8601 date and time.
        pub opened: String,
        /// The folder is there.
        pub present: bool,
    }

    /// Where the app keeps things (Help shows them). Absolute paths of this machine.
    #[derive(Eq)]
    pub struct AppInfo {
        pub version: String,
        pub platform: String,
        /// Records can be printed to a PDF file on this system.
        pub pdf: bool,
        pub logs: String,
        pub crash_reports: String,
        pub cache: String,
        pub settings: String,
        pub recent: Vec<RecentItem>,
        /// What this window should open now.
        pub open: Option<OpenRequest>,
        /// The previous run ended without closing.
        pub crashed: bool,
        /// What was being written then, in the repositories that were open.
        pub drafts: Vec<KeptDraft>,
        /// The page of this window died and was loaded again.
        pub reloaded: bool,
        /// Why settings or logs are not kept, and what to do: one of the folders cannot be written.
        pub trouble: Option<String>,
    }

    /// What an entry of a menu is.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "lowercase")]
    pub enum MenuKind {
        /// An action of the window, by its id.
        Action,
        /// What every program's menus have and the system does: `copy`, `minimize`, `hide`.
        Role,
        /// A line between groups.
        Line,
    }

    /// An entry of a menu.
    #[derive(Eq)]
    pub struct MenuItem {
        pub kind: MenuKind,
        /// Of the action or the role; empty for a line.
        pub id: String,
        /// In the language spoken now; `&` is written twice.
        pub label: String,
        /// A chord (`mod+shift+f`) that works wherever the window has the keyboard.
        pub keys: Option<String>,
        pub enabled: bool,
        /// Set for what is on or off.
        pub checked: Option<bool>,
    }

    /// A menu of the bar; `&` stands before the letter that opens it.
    #[derive(Eq)]
    pub struct MenuList { pub title: String, pub items: Vec<MenuItem> }

    /// The user's own settings, as `settings.json` holds them.
    #[derive(Eq)]
    pub struct Settings {
        /// By key; keys that this version does not know are among them.
        #[cfg_attr(test, ts(type = "Record<string, unknown>"))]
        pub values: serde_json::Value,
        /// Absolute path of the file.
        pub file: String,
        /// Where the file was put that was no JSON; the defaults hold.
        pub damaged: Option<String>,
        /// Why the file could not be read.
        pub trouble: Option<String>,
    }

    /// What `precedent.toml` shares with everyone who uses the repository.
    #[derive(Eq)]
    pub struct SharedSettings {
        /// Folders of records, from the root; empty: found by looking. One that is handed in may be absolute.
        pub logs: Vec<String>,
        /// Template of new records; `null`: the one the log uses most.
        pub default_template: Option<String>,
        /// `padded4`, `padded3`, `date`, `none`; `null`: as the log does.
        pub numbering: Option<String>,
        /// Days after which a proposal is stale.
        pub stale_after: u32,
        /// How many days ahead a waiver may end, at most.
        pub waiver_max_days: u32,
        pub statuses: Vec<SharedStatus>,
    }

    /// A word of this repository and the status it stands for.
    #[derive(Eq)]
    pub struct SharedStatus {
        pub word: String,
        pub status: StatusWord,
    }

    /// Why the user's git program cannot be used: it is older than needed, or not there.
    #[derive(Eq)]
    pub struct GitTrouble {
        pub needed: String,
        /// Its version; `null` when there is none.
        pub found: Option<String>,
    }

    /// Text that an earlier run kept.
    #[derive(Eq)]
    pub struct KeptDraft {
        /// Root of its repository.
        pub repo: String,
        pub path: String,
    }

    /// An editor of its own window that is installed here.
    #[derive(Eq)]
    pub struct EditorChoice {
        /// Its program; the settings keep it.
        pub program: String,
        pub name: String,
    }

    /// What a path on the command line, a second start or a link asks for.
    #[derive(Eq)]
    pub struct OpenRequest {
        /// Folder to open, absolute.
        pub path: String,
        /// A record in it: number, identity or path.
        pub reference: Option<String>,
        pub heading: Option<String>,
        /// Why nothing can be opened: a link that cannot be followed.
        pub fault: Option<String>,
    }

    /// An opened repository.
    #[derive(Eq)]
    pub struct WorkspaceInfo {
        /// Absolute path of the worktree (or of the plain folder).
        pub root: String,
        pub name: String,
        pub git: bool,
        pub logs: Vec<LogInfo>,
        /// Base of image addresses: `repo://localhost/`.
        pub image_base: String,
        pub today: String,
        /// Days after which a proposal is stale, as the repository has it.
        pub stale_after: u32,
    }

    /// How `open_workspace` treats a folder that is no git repository.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    pub enum OpenMode {
        /// Refuse with `not-a-repository`.
        Git,
        /// Read without git.
        Plain,
        /// `git init` first.
        InitGit,
    }

    /// State of the watcher and index for the status bar.
    #[derive(Eq)]
    pub struct WatchState {
        /// `watching`, `partly`, `polling`, `stopped`, `gone` (the folder is not there any more).
        pub watcher: String,
        pub detail: Option<String>,
        /// Where `partly`: how many folders the system watches, of how many. The others are looked at when a person comes
        /// back to the window.
        pub watched: u32,
        pub folders: u32,
        pub indexed: u32,
        /// Records still to index; 0 when done.
        pub pending: u32,
        /// A person stopped the building; `pending` records are not found by their words until it goes on.
        pub paused: bool,
        /// Why nothing can be found: the index could not be built.
        pub index_failure: Option<String>,
    }

    /// How far the opening of a repository is.
    #[derive(Copy, Eq)]
    pub struct Opening {
        /// Files that were read, of `all`; 0 while the folders are walked.
        pub done: u32,
        pub all: u32,
    }

    /// What kind of error, for code to branch on; never on the message.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    pub enum ErrorCode {
        /// A path is not in a git worktree. `details` is the number of records found in it.
        NotARepository,
        /// No folder of records found.
        NoLog,
        /// A log exists already where one should be made.
        LogExists,
        NotFound,
        /// A reference fits several records; `details` has one path a line.
        Ambiguous,
        /// The file changed underneath; nothing was written.
        Conflict,
        /// A file or folder cannot be read or written.
        Io,
        ReadOnly,
        /// A request that makes no sense: empty title, unknown key.
        Usage,
        /// The record's shape has no place for the edit.
        CannotEdit,
        /// git refused; `details` holds its words.
        Git,
        /// A hook stopped the commit; `details` holds its output.
        HookFailed,
        /// The repository is not trusted to start programs.
        NeedsTrust,
        NothingStaged,
        /// The repository has no remote.
        NoRemote,
        IdentityMissing,
        GitMissing,
        Index,
        NoWorkspace,
        /// Another window shows the repository; it is in front now.
        OpenElsewhere,
        /// A person stopped it.
        Cancelled,
        Internal,
    }

    /// An error a person can act on: what happened, where, and what to do.
    #[derive(Eq)]
    pub struct ErrorReply {
        pub code: ErrorCode,
        pub message: String,
        pub hint: Option<String>,
        pub path: Option<String>,
        pub line: Option<u32>,
        pub details: Option<String>,
    }
}
