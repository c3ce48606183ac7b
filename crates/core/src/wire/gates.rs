//! Gates that changes pass through: git's hooks, and whether they really stop anything.

use serde::{Deserialize, Serialize};

wire! {
    /// One hook of git's.
    #[derive(Eq)]
    pub struct HookItem {
        /// `pre-commit`, `commit-msg`, `pre-push`.
        pub name: String,
        /// The file that is written, from the worktree where it lies in it.
        pub path: String,
        /// `installed`; `absent`; `other`: somebody else's, which an installation keeps and runs first; `changed`: ours, and
        /// edited since or of another version.
        pub state: String,
        /// The hook of somebody else that runs before ours.
        pub before: Option<String>,
    }

    /// What an installation, or taking it out, does to one file.
    #[derive(Eq)]
    pub struct HookChange {
        pub path: String,
        /// `write`, `rename` or `delete`.
        pub action: String,
        /// The new name.
        pub to: Option<String>,
        /// The new text.
        pub text: Option<String>,
    }

    /// Git's hooks that check changes.
    #[derive(Eq)]
    pub struct Hooks {
        /// `git`: in git's own folder; `husky`: in `.husky`; `folder`: where `core.hooksPath` says.
        pub keeper: String,
        pub folder: String,
        pub hooks: Vec<HookItem>,
        /// What was done, or would be.
        pub changes: Vec<HookChange>,
    }

    /// A gate, and what a change that breaks a rule met there.
    #[derive(Eq)]
    pub struct GateItem {
        pub name: String,
        /// `blocks`: it stopped a bad change and let a good one pass; `open`: it did not; `absent`; `changed`: not run, because it
        /// is not as it was written; `named`: it is asked for, and nothing here can prove that it stops anything.
        pub state: String,
        pub detail: String,
    }

    /// Which gates really stop a change.
    #[derive(Eq)]
    pub struct Doctor {
        pub gates: Vec<GateItem>,
        /// Rules that bind in the last commit, which is what judges a change.
        pub rules: u32,
        pub notes: Vec<String>,
    }
}
