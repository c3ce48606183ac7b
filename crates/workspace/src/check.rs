//! The check: from a tree, and the one before it, to a verdict. What is decided is decided in `precedent-check`; here
//! files are found and read. Nothing is written to the repository and none of its programs is started (invariant I11).

mod asking;
mod cache;
mod change;
mod changed;
mod content;
mod debt;
mod gates;
mod generated;
mod govern;
mod granting;
mod ground;
mod kept;
mod lines;
mod live;
mod looking;
mod lost;
mod merged;
mod origins;
mod paths;
mod problems;
mod request;
mod trying;
mod turning;
mod view;
mod worktree;

pub(crate) use cache::FindingCache;
pub use debt::{DebtRequest, DebtSteps};
pub(crate) use live::Live;
pub(crate) use problems::rule_problems;
pub use request::{CheckInput, CheckRequest};
