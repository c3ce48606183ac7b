//! The git side: status, staging, commits, diffs, history, trust.
//!
//! libgit2 reads and stages; the user's own `git` does what libgit2 cannot (hooks, signing, filters), started in
//! [`program`] alone and only where [`trust`] allows it. Files of the worktree are never written here (I6).

pub(crate) mod added;
mod blame;
pub(crate) mod branch;
mod branching;
pub use branching::clone_repository;
mod changes;
mod commands;
mod commit;
mod conflicts;
mod driver;
pub use driver::merge_files;
mod compare;
mod contents;
mod discard;
mod facade;
pub(crate) mod gone;
pub(crate) mod history;
mod ignoring;
mod last;
mod live;
mod log;
pub(crate) mod moment;
pub(crate) mod origin;
mod parts;
mod pass;
mod pictures;
pub(crate) mod place;
pub(crate) mod program;
pub use program::git_trouble;
pub(crate) mod published;
mod pushed;
mod renames;
pub(crate) mod repo;
pub(crate) mod running;
mod settling;
pub(crate) mod stage;
mod stash;
mod status;
mod submodules;
mod switching;
mod syncing;
pub use syncing::Waiting;
mod trash;
pub(crate) mod trust;
pub(crate) mod underway;
mod versions;

#[cfg(test)]
mod tests;
