//! Where built programs and pictures lie.

use std::path::{Path, PathBuf};

/// The target folder these tests were built into.
#[must_use]
pub fn target() -> PathBuf {
    let exe = std::env::current_exe().expect("the test knows its own path");
    // target/debug/deps/window-0123 or target/debug/bench-window
    let debug = exe.ancestors().skip(1).find(|folder| folder.file_name().is_some_and(|name| name != "deps"));
    let debug = debug.expect("tests are built into a target folder");
    debug.parent().map_or_else(|| debug.to_path_buf(), Path::to_path_buf)
}

/// The folder of screenshots.
#[must_use]
pub fn screens() -> PathBuf {
    let folder = target().join("screens");
    std::fs::create_dir_all(&folder).expect("target/screens can be made");
    folder
}

/// The app that is driven: `PRECEDENT_APP`, else the debug build beside these tests.
#[must_use]
pub fn app_binary() -> PathBuf {
    built("PRECEDENT_APP", "precedent-desktop")
}

/// A program of this workspace; `variable` may name another build of it.
pub(crate) fn built(variable: &str, name: &str) -> PathBuf {
    let path = std::env::var_os(variable).map_or_else(|| target().join("debug").join(name), PathBuf::from);
    assert!(path.exists(), "{} is not there; run `cargo build --workspace` first", path.display());
    path
}
