//! Drives the real window: the built app under WebKitGTK, a real screen (Xvfb), real git repositories.
//!
//! Tests are plain synchronous stories: `app.click(role("button").named("Save"))`. Whatever they look for is awaited
//! with a deadline, so no test sleeps. Elements are found the way assistive technology names them, by role and name; a
//! CSS selector is the exception. This crate knows nothing of the product's insides: it sees pixels, names and files.
//!
//! WebKitWebDriver and X11 exist on Linux only: elsewhere the crate is empty, so that the workspace still builds.

#![cfg(target_os = "linux")]

mod app;
mod axe;
mod bench;
mod clipboard;
mod dialog;
mod drag;
mod find;
mod git_server;
mod glass;
mod keys;
mod page;
mod processes;
mod repo;
mod screens;
mod sheet;
mod windows;
mod x11;

pub use app::{App, Launch, Lone};
pub use axe::Violation;
pub use bench::{bench_ui, bench_writing};
pub use clipboard::Copied;
pub use drag::Drag;
pub use find::{Find, css, role};
pub use git_server::GitServer;
pub use glass::{Area, Looks, Watch};
pub use repo::{Home, Repo, cli, day_ago};
pub use screens::{app_binary, screens, target};
pub use sheet::write_sheet;
