//! Folders in which no records are looked for, but in which git may see changes: where settings name the logs, the walk for
//! records goes nowhere else.

use ignore::WalkBuilder;
use std::path::{Path, PathBuf};

/// The folders at `start` and below that git looks into, of a worktree at `root`: none that it ignores, none of another
/// repository. Empty when that holds for `start` itself.
pub(super) fn folders(root: &Path, start: &Path) -> Vec<PathBuf> {
    // Whether a folder is ignored is asked above it.
    let above = if start == root { root } else { start.parent().unwrap_or(root) };
    let wanted = start.to_path_buf();
    let walker = WalkBuilder::new(above)
        .standard_filters(false)
        .git_ignore(true)
        .git_exclude(true)
        .git_global(true)
        .parents(true)
        .follow_links(false)
        .filter_entry(move |entry| {
            let (path, is_folder) = (entry.path(), entry.file_type().is_some_and(|kind| kind.is_dir()));
            let is_asked = path.starts_with(&wanted) && entry.file_name() != ".git" && !path.join(".git").exists();
            entry.depth() == 0 || is_folder && is_asked
        })
        .build();
    walker.flatten().map(ignore::DirEntry::into_path).filter(|path| path.starts_with(start)).collect()
}
