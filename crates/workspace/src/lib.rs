//! An opened repository: its files, search index, git side and watcher. All effects of the product live here,
//! synchronous; the front ends call [`Workspace`] and nothing else.
//!
//! Time, place and person are arguments ([`Place`]): nothing here asks the clock, the environment or the current folder
//! (invariant I10).

mod api;
mod asked;
mod branches;
mod check;
mod content;
mod discovery;
mod drafts;
mod editor;
mod error;
mod git;
mod journal;
mod kept_file;
mod outside;
mod parsed;
mod preferences;
mod progress;
mod recent;
mod refresh;
mod root;
pub mod sample;
mod scan;
mod search;
mod settings;
mod stat;
mod store;
mod threads;
mod undo;
mod views;
mod watch;
mod workspace;

pub use api::listing::WrittenListing;
pub use asked::{asked, asked_by_link};
pub use check::{CheckInput, CheckRequest, DebtRequest, DebtSteps};
pub use drafts::kept_drafts;
pub use editor::own_editor;
pub use error::{Error, Result};
pub use git::{Waiting, clone_repository, git_trouble, merge_files};
pub use outside::{Editor, Surroundings, editor_command, editors, terminal_command};
pub use preferences::Preferences;
pub use progress::Progress;
pub use recent::RecentList;
pub use root::root_of;
#[cfg(feature = "bench")]
pub use search::bare;
pub use views::ViewList;
pub use watch::WatchEvent;
pub use workspace::{OpenOptions, Place, Workspace};
