//! The git side: status, staging, commits, diffs, history, trust.
//!
//! libgit2 reads and stages; the user's own `git` does what libgit2 cannot (hooks, signing, filters), started in
//! [`program`] alone and only where [`trust`] allows it. Files of the worktree are never written here (I6).

pub(crate) mod added;
pub(crate) mod branch;
mod changes;
mod commit;
mod compare;
mod contents;
mod discard;
mod facade;
pub(crate) mod gone;
pub(crate) mod history;
mod ignoring;
mod last;
mod live;
pub(crate) mod moment;
mod parts;
mod pictures;
mod program;
pub use program::git_trouble;
pub(crate) mod published;
mod pushed;
mod renames;
pub(crate) mod repo;
mod stage;
mod status;
mod trash;
mod trust;
pub(crate) mod underway;
mod versions;

#[cfg(test)]
mod tests;
