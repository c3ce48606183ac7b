//! Throwing changes away, and getting them back. A file or some of its lines go only as they were shown; what goes is
//! kept first ([`super::trash`]), then written like every other change (one plan, undoable, finished after a crash).

use super::contents::Means;
use super::parts::without;
use super::repo;
use super::status::{Change, Entry};
use super::trash::{self, Home, Thrown};
use crate::error::{Error, Result};
use crate::scan;
use crate::store;
use crate::workspace::Workspace;
use git2::Repository;
use precedent_core::plan::FileWrite;
use precedent_core::wire::{DiscardRequest, ErrorCode, TrashItem, WriteReply};
use precedent_core::{RecordPath, WritePlan, diff};
use std::path::Path;

impl Workspace {
    /// Throws away what is not staged of a file, or some lines of that. Kept for 30 days.
    ///
    /// # Errors
    /// `conflict` when the file is not what was on show any more; `usage` for what cannot be thrown away here;
    /// `not-found`, `needs-trust`, `git`.
    pub fn discard(&self, request: &DiscardRequest) -> Result<TrashItem> {
        let entry = self.shown_entry(&request.path, false, &request.base)?;
        let repo = self.git_repository()?;
        let path = RecordPath::new(request.path.as_str());
        self.may_discard(&repo, &entry)?;
        let before = self.bytes_of(&path)?;
        // Where git has what was thrown away under another name, that name is had again.
        let home = RecordPath::new(entry.old_path.as_deref().unwrap_or(&entry.path));
        let staged = repo.index().ok().and_then(|index| index.get_path(Path::new(home.as_str()), 0));
        // An intent to add is no content of git's.
        let staged = staged.filter(|_| entry.change != Change::Added);
        let trust = self.trust()?;
        let program = self.program();
        let means = Means { root: self.root(), program: &program, trust: &trust };
        let kept = staged.as_ref().map(|staged| means.smudged(&repo, home.as_str(), staged.id)).transpose()?;
        let after = match &request.lines {
            None => kept,
            Some(lines) => {
                self.must_have_parts(&repo, &entry)?;
                let old = kept.as_deref().unwrap_or_default();
                let new = before.as_deref().unwrap_or_default();
                Some(without(old, new, request.spaces, lines))
            }
        };
        // Once more: what was read is what was shown.
        self.shown_entry(&request.path, false, &request.base)?;
        let mut thrown = Thrown::new(&entry.path, self.name_of(&path), change_word(entry.change), self.today());
        thrown.executable = is_executable(&self.root().join(&entry.path));
        (thrown.lines_added, thrown.lines_removed) = counts(after.as_deref(), before.as_deref());
        let held = after.as_deref().map(scan::hash);
        if home == path {
            thrown.after = held;
        } else {
            thrown.home = Some(Home { path: home.to_string(), held });
        }
        let thrown = trash::keep(&self.store.own(), thrown, before.as_deref(), self.today())?;
        let title = format!("Discard changes to {}", thrown.name);
        let files = if home == path {
            vec![FileWrite { path: path.clone(), before: before.clone(), after: after.clone() }]
        } else {
            let old = FileWrite { path: home.clone(), before: None, after: after.clone() };
            vec![old, FileWrite { path: path.clone(), before: before.clone(), after: None }]
        };
        let done = self.swap(title, files);
        // The mode is no part of some lines, nor of anything where git does not look at it.
        let looks = repo.config().and_then(|config| config.get_bool("core.fileMode")).unwrap_or(true);
        let runs = staged.filter(|_| request.lines.is_none() && looks).map(|staged| staged.mode & 0o100 != 0);
        let done = done.and_then(|_| match runs {
            Some(runs) if after.is_some() => self.execute(&home, runs),
            _ => Ok(()),
        });
        if let Err(error) = done {
            if self.bytes_of(&path).is_ok_and(|now| now == before) {
                trash::forget(&self.store.own(), thrown.id);
            }
            return Err(error);
        }
        if after.is_none() || home != path {
            self.store.prune(&path);
        }
        Ok(self.trash_item(thrown))
    }

    /// Everything thrown away in the last 30 days that is not back, newest first.
    ///
    /// # Errors
    /// `not-a-repository`.
    pub fn trash(&self) -> Result<Vec<TrashItem>> {
        self.in_repository()?;
        let own = self.store.own();
        let back = |thrown: &Thrown| {
            let now = self.bytes_of(&RecordPath::new(thrown.path.as_str())).ok();
            trash::content(&own, thrown).ok() == now
        };
        let gone = trash::list(&own).into_iter().filter(|thrown| !back(thrown));
        Ok(gone.map(|thrown| self.trash_item(thrown)).collect())
    }

    /// Puts a file back as it was when it was thrown away. With `over`, also where it has changed since: what is there
    /// now is kept in the same list.
    ///
    /// # Errors
    /// `conflict` when the file has changed since and `over` is not set; `not-found`, `io`.
    pub fn restore_discarded(&self, id: &str, over: bool) -> Result<WriteReply> {
        self.in_repository()?;
        let own = self.store.own();
        let thrown = trash::find(&own, id)?;
        let path = RecordPath::new(thrown.path.as_str());
        let wanted = trash::content(&own, &thrown)?;
        let now = self.bytes_of(&path)?;
        if now.as_deref().map(scan::hash) != thrown.after && now != wanted {
            if !over {
                return Err(store::conflict(path.as_str(), now.is_some(), thrown.after.is_some())
                    .with_hint("restore it all the same: what is there now is kept among the discarded changes"));
            }
            let mut there = Thrown::new(&thrown.path, thrown.name.clone(), "modified", self.today());
            there.executable = is_executable(&self.root().join(&thrown.path));
            there.after = wanted.as_deref().map(scan::hash);
            (there.lines_added, there.lines_removed) = counts(wanted.as_deref(), now.as_deref());
            trash::keep(&own, there, now.as_deref(), self.today())?;
        }
        let is_there = wanted.is_some();
        let mut files = vec![FileWrite { path: path.clone(), before: now, after: wanted }];
        // The name that was had again goes as it came, unless somebody went on with it.
        let home = thrown.home.as_ref().map(|home| (RecordPath::new(home.path.as_str()), &home.held));
        if let Some((home, held)) = &home
            && let Some(there) = self.bytes_of(home)?
            && Some(scan::hash(&there)) == **held
        {
            files.push(FileWrite { path: home.clone(), before: Some(there), after: None });
        }
        let reply = self.swap(format!("Restore {}", thrown.name), files)?;
        if let Some((home, _)) = home.filter(|(home, _)| !self.root().join(home.as_str()).exists()) {
            self.store.prune(&home);
        }
        if is_there {
            self.execute(&path, thrown.executable)?;
        } else {
            self.store.prune(&path);
        }
        Ok(reply)
    }

    fn may_discard(&self, repo: &Repository, entry: &Entry) -> Result<()> {
        let refused = |why: &str, hint: &str| {
            Err(Error::new(ErrorCode::Usage, format!("{} {why}", entry.path)).with_hint(hint).at(&entry.path))
        };
        let about = self.root().join(&entry.path).symlink_metadata().ok();
        if entry.change == Change::Conflicted {
            return refused("has a conflict", "settle it, or abort what is under way");
        }
        let home = entry.old_path.as_deref().unwrap_or(&entry.path);
        let within = |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.starts_with('/'));
        let taken = self.root().join(home).symlink_metadata().is_ok() || within(home, &entry.path);
        if home != entry.path && (taken || repo::is_beyond_link(self.root(), Path::new(home))) {
            let why = format!("was called {home}, and that name is taken on disk");
            return refused(&why, "move what has that name now, then discard again");
        }
        let staged = repo.index().ok().and_then(|index| index.get_path(Path::new(home), 0));
        let regular = staged.is_none_or(|staged| staged.mode & repo::KIND == repo::FILE);
        let is_file = about.as_ref().is_none_or(std::fs::Metadata::is_file);
        if !regular || !is_file || repo::is_beyond_link(self.root(), Path::new(&entry.path)) {
            return refused("is a link, a submodule or a folder", "use `git restore` for it in a terminal");
        }
        if about.is_some_and(|about| about.len() > repo::LARGEST_KEPT) {
            return refused("is too large to be kept for undoing", "move or delete it yourself, or use `git restore`");
        }
        Ok(())
    }

    fn swap(&self, title: String, files: Vec<FileWrite>) -> Result<WriteReply> {
        let files = files.into_iter().filter(|file| file.before != file.after).collect();
        self.write(&WritePlan { title, files }, None)
    }

    pub(super) fn execute(&self, path: &RecordPath, runs: bool) -> Result<()> {
        let file = self.store.resolve(path)?;
        if is_executable(&file) == runs { Ok(()) } else { store::set_executable(&file, runs) }
    }

    fn bytes_of(&self, path: &RecordPath) -> Result<Option<Vec<u8>>> {
        match self.store.read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Number of the record, or name of the file.
    fn name_of(&self, path: &RecordPath) -> String {
        let log = self.log();
        let digits = log.find(path).and_then(|parsed| parsed.decision.digits.clone());
        digits.unwrap_or_else(|| path.file_name().to_owned())
    }

    fn trash_item(&self, thrown: Thrown) -> TrashItem {
        let now = self.bytes_of(&RecordPath::new(thrown.path.as_str())).ok().flatten();
        TrashItem {
            id: thrown.id.to_string(),
            changed_since: now.as_deref().map(scan::hash) != thrown.after,
            path: thrown.path,
            name: thrown.name,
            change: thrown.change,
            on: thrown.on,
            lines_added: thrown.lines_added,
            lines_removed: thrown.lines_removed,
        }
    }
}

fn change_word(change: Change) -> &'static str {
    match change {
        Change::Added => "added",
        Change::Deleted => "deleted",
        Change::Renamed => "renamed",
        _ => "modified",
    }
}

/// Lines that went with what was thrown away: what it added to `after` and what it took from it.
fn counts(after: Option<&[u8]>, before: Option<&[u8]>) -> (u32, u32) {
    let text = |bytes: Option<&[u8]>| {
        let bytes = bytes.unwrap_or_default();
        let shown = bytes.len() as u64 <= repo::LARGEST && !repo::is_binary(bytes);
        if shown { String::from_utf8_lossy(bytes).into_owned() } else { String::new() }
    };
    diff::line_counts(&text(after), &text(before))
}

#[cfg(unix)]
fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|about| about.permissions().mode() & 0o100 != 0)
}

#[cfg(not(unix))]
fn is_executable(_file: &Path) -> bool {
    false
}
