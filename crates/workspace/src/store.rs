//! The only writer into the worktree (invariant I6): applies a [`WritePlan`] whole or not at all.
//!
//! Every file is first written beside its target and flushed; then one rename of the journal decides; then the files are
//! renamed into place. A crash before that moment leaves nothing, a crash after it is finished by [`Store::recover`].
//! Files of our own (drafts, recent list) go through [`write_atomic`]; nothing else in this crate writes files by hand.

#![expect(clippy::disallowed_methods, reason = "this is the one module that writes files")]

use crate::error::{Error, Result};
use crate::journal::{self, Entry, Journal};
use crate::root::{Git, Root};
use crate::workspace::Place;
use precedent_core::wire::ErrorCode;
use precedent_core::{RecordPath, WritePlan};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

/// Writes into one worktree.
#[derive(Debug)]
pub(crate) struct Store {
    root: PathBuf,
    /// Our own folder: `<git-dir>/precedent`, in plain folders a folder of the cache.
    own: RwLock<PathBuf>,
}

fn own_folder(root: &Path, git: &Git, place: &Place) -> PathBuf {
    git.dir.as_ref().map_or_else(
        || place.cache.join("folders").join(crate::scan::hash(root.to_string_lossy().as_bytes())),
        |dir| dir.join("precedent"),
    )
}

impl Store {
    pub(crate) fn new(root: &Root, place: &Place) -> Self {
        Self { root: root.folder.clone(), own: RwLock::new(own_folder(&root.folder, &root.git, place)) }
    }

    /// Git came or went: what is kept from now on lies where the next open looks for it.
    pub(crate) fn follow(&self, git: &Git, place: &Place) {
        *self.own.write().unwrap_or_else(PoisonError::into_inner) = own_folder(&self.root, git, place);
    }

    /// Where drafts and the journal of this worktree lie.
    pub(crate) fn own(&self) -> PathBuf {
        self.own.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The absolute path of a file of the worktree, or of one to be made.
    ///
    /// # Errors
    /// `usage` when the path climbs out of the worktree, goes into git's own folder or follows a link that does.
    pub(crate) fn resolve(&self, path: &RecordPath) -> Result<PathBuf> {
        let refused = |why: &str| {
            Error::new(ErrorCode::Usage, format!("{path} {why}"))
                .with_hint("choose a path inside the repository")
                .at(path.as_str())
        };
        let text = path.as_str();
        if text.is_empty()
            || text.starts_with('/')
            || text.contains([':', '\0']) && cfg!(windows)
            || text.contains('\0')
        {
            return Err(refused("is not a path inside the repository"));
        }
        for part in text.split('/') {
            let bare = part.trim_end_matches(['.', ' ']);
            if part.is_empty() || bare.is_empty() {
                return Err(refused("is not a path inside the repository"));
            }
            if bare.eq_ignore_ascii_case(".git") || bare.eq_ignore_ascii_case("git~1") {
                return Err(refused("belongs to git"));
            }
        }
        let joined = self.root.join(text);
        let real_root = self.root.canonicalize().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => crate::root::gone(&self.root),
            _ => Error::io(&self.root, "open", &error),
        })?;
        let is_there = joined.symlink_metadata().is_ok();
        let nearest =
            if is_there { Some(joined.as_path()) } else { joined.ancestors().skip(1).find(|folder| folder.exists()) };
        let nearest = nearest.unwrap_or(&self.root);
        let real = nearest.canonicalize().map_err(|error| Error::io(nearest, "follow", &error))?;
        let Ok(inside) = real.strip_prefix(&real_root) else {
            return Err(refused("is behind a link out of the repository"));
        };
        if inside.components().any(|part| part.as_os_str().eq_ignore_ascii_case(".git")) {
            return Err(refused("is behind a link into git's own folder"));
        }
        Ok(if is_there { real } else { joined })
    }

    /// Bytes of a file of the worktree.
    pub(crate) fn read(&self, path: &RecordPath) -> Result<Vec<u8>> {
        let file = self.resolve(path)?;
        std::fs::read(&file).map_err(|error| Error::io(&file, "read", &error))
    }

    /// Writes all files of the plan or none.
    ///
    /// # Errors
    /// `conflict` naming the first file whose bytes are not the plan's `before`; `read-only`, `io` when a file cannot be
    /// written. In every case the worktree is as it was.
    pub(crate) fn apply(&self, plan: &WritePlan) -> Result<()> {
        self.apply_until(plan, &mut |_| true)
    }

    /// As [`Store::apply`]; `go_on` is asked after each step that reaches the disk and ends the work as a crash would.
    pub(crate) fn apply_until(&self, plan: &WritePlan, go_on: &mut dyn FnMut(&str) -> bool) -> Result<()> {
        let journal = self.prepare(plan)?;
        if journal.files.is_empty() {
            return Ok(());
        }
        let mut steps = Steps { go_on, crashed: false };
        let _lock = journal::lock(&self.own())?;
        self.recover_locked(&mut steps)?;
        self.check_before(&journal)?;
        journal.write_prepared(&self.own())?;
        let mut work = Work { store: self, journal: &journal, folders: Vec::new(), done: 0 };
        match work.run(&mut steps) {
            Ok(()) => {}
            Err(error) if steps.crashed => return Err(error),
            Err(error) => {
                work.take_back(&mut steps)?;
                journal::clear(&self.own())?;
                return Err(error);
            }
        }
        journal::clear(&self.own())?;
        steps.reached("cleared")
    }

    /// Removes the folder of a file that went, and those above it, as far as they are empty: git keeps no empty folders.
    pub(crate) fn prune(&self, path: &RecordPath) {
        let folders = Path::new(path.folder()).ancestors().filter(|folder| !folder.as_os_str().is_empty());
        for folder in folders {
            remove_empty_folder(&self.root.join(folder));
        }
    }

    /// Finishes or takes back a write that a crash interrupted; gives what it did as a sentence.
    pub(crate) fn recover(&self) -> Result<Option<String>> {
        self.recover_until(&mut |_| true)
    }

    /// As [`Store::recover`]; `go_on` is asked as in [`Store::apply_until`].
    pub(crate) fn recover_until(&self, go_on: &mut dyn FnMut(&str) -> bool) -> Result<Option<String>> {
        if !journal::is_pending(&self.own()) && !journal::has_remains(&self.own()) {
            return Ok(None);
        }
        let _lock = journal::lock(&self.own())?;
        self.recover_locked(&mut Steps { go_on, crashed: false })
    }

    fn recover_locked(&self, steps: &mut Steps<'_>) -> Result<Option<String>> {
        journal::remove_remains(&self.own());
        let Some((journal, decided)) = journal::read(&self.own())? else { return Ok(None) };
        let message = if !decided {
            format!("“{}” was interrupted before anything was changed.", journal.title)
        } else if self.finish(&journal, steps)? {
            format!("“{}” was interrupted and has now been finished.", journal.title)
        } else {
            format!("“{}” was interrupted; because a file has changed since, it was taken back.", journal.title)
        };
        self.remove_temporaries(&journal);
        steps.reached("temporaries removed")?;
        journal::clear(&self.own())?;
        steps.reached("cleared")?;
        Ok(Some(message))
    }

    /// Brings every file to its `after`; when one holds neither, brings the others back to `before`.
    fn finish(&self, journal: &Journal, steps: &mut Steps<'_>) -> Result<bool> {
        let mut states = Vec::new();
        for entry in &journal.files {
            let now = read_optional(&self.resolve(&entry.path())?)?;
            states.push((entry, now));
        }
        let forward = states.iter().all(|(entry, now)| *now == entry.before || *now == entry.after);
        for (entry, now) in &states {
            let (from, to) = if forward { (&entry.before, &entry.after) } else { (&entry.after, &entry.before) };
            if now == from && from != to {
                self.put(entry, to.as_deref(), steps)?;
            }
        }
        Ok(forward)
    }

    /// Makes a file hold exactly these bytes, through the temporary name that the journal knows; `None` removes it.
    fn put(&self, entry: &Entry, content: Option<&[u8]>, steps: &mut Steps<'_>) -> Result<()> {
        let target = self.resolve(&entry.path())?;
        if let Some(content) = content {
            let temporary = self.temporary(entry)?;
            remove_if_there(&temporary);
            make_folder(target.parent().unwrap_or(&target))?;
            write_like(&temporary, content, &target)?;
            steps.reached("temporary")?;
            rename(&temporary, &target)?;
        } else {
            remove_if_there(&target);
        }
        steps.reached("place")
    }

    /// Resolves the plan's paths and names its temporary files.
    fn prepare(&self, plan: &WritePlan) -> Result<Journal> {
        let mut files: Vec<Entry> = Vec::new();
        for file in &plan.files {
            if files.iter().any(|entry| entry.path == file.path.as_str()) {
                return Err(Error::new(ErrorCode::Internal, format!("a plan names {} twice", file.path)));
            }
            let target = self.resolve(&file.path)?;
            if !may_write(&target) {
                return Err(Error::new(ErrorCode::ReadOnly, format!("{} is read-only", file.path))
                    .with_hint("make it writable, then try again; nothing was written")
                    .at(file.path.as_str()));
            }
            files.push(Entry::new(file, files.len()));
        }
        Ok(Journal { title: plan.title.clone(), files })
    }

    fn check_before(&self, journal: &Journal) -> Result<()> {
        journal.files.iter().try_for_each(|entry| self.check_one(entry))
    }

    fn check_one(&self, entry: &Entry) -> Result<()> {
        let now = read_optional(&self.resolve(&entry.path())?)?;
        if now == entry.before {
            return Ok(());
        }
        Err(conflict(&entry.path, now.is_some(), entry.before.is_some()))
    }

    fn temporary(&self, entry: &Entry) -> Result<PathBuf> {
        Ok(self.resolve(&entry.path())?.with_file_name(&entry.temporary))
    }

    fn remove_temporaries(&self, journal: &Journal) {
        for temporary in journal.files.iter().filter_map(|entry| self.temporary(entry).ok()) {
            remove_if_there(&temporary);
        }
    }
}

/// The error for a file that is not as it was read.
pub(crate) fn conflict(path: &str, exists: bool, existed: bool) -> Error {
    let what = match (exists, existed) {
        (true, false) => "exists already",
        (false, _) => "was deleted or moved meanwhile",
        (true, true) => "was changed by another program meanwhile",
    };
    Error::new(ErrorCode::Conflict, format!("{path} {what}; nothing was written"))
        .with_hint("reload it to see the other version, compare, or keep yours")
        .at(path)
}

/// Tells of every step that reached the disk to the one who watches.
struct Steps<'a> {
    go_on: &'a mut dyn FnMut(&str) -> bool,
    crashed: bool,
}

impl Steps<'_> {
    fn reached(&mut self, name: &str) -> Result<()> {
        if (self.go_on)(name) {
            return Ok(());
        }
        self.crashed = true;
        Err(Error::new(ErrorCode::Internal, "stopped by a test"))
    }
}

/// One plan on its way to the disk.
struct Work<'a> {
    store: &'a Store,
    journal: &'a Journal,
    /// Folders that were made, outermost first.
    folders: Vec<PathBuf>,
    /// How many files are in place.
    done: usize,
}

impl Work<'_> {
    fn run(&mut self, steps: &mut Steps<'_>) -> Result<()> {
        steps.reached("journal")?;
        for entry in &self.journal.files {
            self.write_beside(entry, steps)?;
        }
        journal::decide(&self.store.own())?;
        steps.reached("decide")?;
        for entry in &self.journal.files {
            self.store.check_one(entry)?;
            self.put_in_place(entry, steps)?;
            self.done += 1;
            steps.reached("place")?;
        }
        Ok(())
    }

    fn write_beside(&mut self, entry: &Entry, steps: &mut Steps<'_>) -> Result<()> {
        let Some(after) = &entry.after else { return Ok(()) };
        let target = self.store.resolve(&entry.path())?;
        let temporary = self.store.temporary(entry)?;
        if let Some(folder) = target.parent() {
            let missing: Vec<PathBuf> =
                folder.ancestors().take_while(|folder| !folder.exists()).map(Path::to_path_buf).collect();
            make_folder(folder)?;
            let made = !missing.is_empty();
            self.folders.extend(missing.into_iter().rev());
            if made {
                steps.reached("folder")?;
            }
        }
        write_like(&temporary, after, &target)?;
        steps.reached("temporary")
    }

    fn put_in_place(&self, entry: &Entry, steps: &mut Steps<'_>) -> Result<()> {
        let target = self.store.resolve(&entry.path())?;
        let temporary = self.store.temporary(entry)?;
        match (&entry.before, &entry.after) {
            (_, None) => remove(&target),
            (Some(_), Some(_)) => rename(&temporary, &target),
            (None, Some(_)) => place_new(&temporary, &target, &entry.path, steps),
        }
    }

    /// Leaves the worktree as it was before the plan, but for what another program wrote meanwhile.
    fn take_back(&mut self, steps: &mut Steps<'_>) -> Result<()> {
        for entry in self.journal.files[..self.done].iter().rev() {
            let now = read_optional(&self.store.resolve(&entry.path())?)?;
            if now == entry.after {
                self.store.put(entry, entry.before.as_deref(), steps)?;
            }
        }
        self.store.remove_temporaries(self.journal);
        for folder in self.folders.iter().rev() {
            remove_empty_folder(folder);
        }
        Ok(())
    }
}

fn read_optional(file: &Path) -> Result<Option<Vec<u8>>> {
    match std::fs::read(file) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io(file, "read", &error)),
    }
}

/// Replaces a file by a flushed copy renamed over it, so that a reader or a crash meets the old or the new bytes only.
pub(crate) fn write_atomic(target: &Path, bytes: &[u8]) -> Result<()> {
    write_atomic_pieces(target, std::iter::once(bytes))
}

/// [`write_atomic`] of what lies in several pieces, one after the other.
pub(crate) fn write_atomic_pieces<'a>(target: &Path, mut pieces: impl Iterator<Item = &'a [u8]>) -> Result<()> {
    let folder = target.parent().unwrap_or(Path::new("."));
    make_folder(folder)?;
    let failed = |error: std::io::Error| Error::io(target, "write", &error);
    // Made by hand so that a new file gets the rights that other new files get.
    let mut file = tempfile::Builder::new()
        .prefix(".precedent-")
        .suffix(".tmp")
        .make_in(folder, |path| std::fs::File::create_new(path))
        .map_err(failed)?;
    pieces.try_for_each(|piece| file.write_all(piece)).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    if let Ok(about) = target.metadata() {
        std::fs::set_permissions(file.path(), about.permissions()).map_err(failed)?;
    }
    file.persist(target).map_err(|error| failed(error.error))?;
    flush_folder(folder);
    Ok(())
}

/// Replaces a file of git's, as git does: under a lock that nobody else holds, which then takes its place.
pub(crate) fn replace_locked(file: &Path, lock: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |error: std::io::Error| Error::io(file, "write", &error);
    let mut held = std::fs::File::create_new(lock).map_err(failed)?;
    let written = held.write_all(bytes).and_then(|()| held.sync_all()).map_err(failed);
    let done = written.and_then(|()| rename(lock, file));
    if done.is_err() {
        remove_if_there(lock);
    }
    done
}

/// Holds a lock file until the answer is dropped; waits for whoever holds it now.
pub(crate) fn lock(file: &Path) -> Result<std::fs::File> {
    make_folder(file.parent().unwrap_or(Path::new(".")))?;
    let failed = |error: std::io::Error| Error::io(file, "lock", &error);
    let held = std::fs::File::options().create(true).append(true).open(file).map_err(failed)?;
    held.lock().map_err(failed)?;
    Ok(held)
}

/// Renames a damaged file of our own to `<name>-damaged`, or `-damaged-2` and so on: earlier ones stay.
pub(crate) fn put_aside(file: &Path) -> Result<PathBuf> {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let ending = file.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    let name =
        |at: u32| if at < 2 { format!("{stem}-damaged{ending}") } else { format!("{stem}-damaged-{at}{ending}") };
    let mut names = (1..=u32::MAX).map(|at| file.with_file_name(name(at)));
    let aside = names.find(|path| path.symlink_metadata().is_err()).unwrap_or_else(|| file.with_file_name(name(1)));
    std::fs::rename(file, &aside).map_err(|error| Error::io(file, "rename", &error))?;
    Ok(aside)
}

/// Writes and flushes a new file with the rights of `other`, if that is there.
fn write_like(file: &Path, bytes: &[u8], other: &Path) -> Result<()> {
    let failed = |error: std::io::Error| Error::io(file, "write", &error);
    let mut open = std::fs::File::create_new(file).map_err(failed)?;
    open.write_all(bytes).and_then(|()| open.sync_all()).map_err(failed)?;
    match other.metadata() {
        Ok(about) => std::fs::set_permissions(file, about.permissions()).map_err(failed),
        Err(_) => Ok(()),
    }
}

/// Gives a finished temporary file its name unless another file has taken it meanwhile.
fn place_new(temporary: &Path, target: &Path, path: &str, steps: &mut Steps<'_>) -> Result<()> {
    match std::fs::hard_link(temporary, target) {
        Ok(()) => {
            steps.reached("linked")?;
            remove_if_there(temporary);
            flush_folder(target.parent().unwrap_or(target));
            Ok(())
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(conflict(path, true, false)),
        // Some file systems know no hard links; the check just before makes the remaining gap small.
        Err(_) if !target.exists() => rename(temporary, target),
        Err(_) => Err(conflict(path, true, false)),
    }
}

pub(crate) fn rename(from: &Path, to: &Path) -> Result<()> {
    std::fs::rename(from, to).map_err(|error| Error::io(to, "write", &error))?;
    flush_folder(to.parent().unwrap_or(to));
    Ok(())
}

pub(crate) fn remove(file: &Path) -> Result<()> {
    std::fs::remove_file(file).map_err(|error| Error::io(file, "delete", &error))?;
    flush_folder(file.parent().unwrap_or(file));
    Ok(())
}

/// Clears away a folder of our own with what is in it.
pub(crate) fn remove_folder(folder: &Path) {
    if std::fs::remove_dir_all(folder).is_ok() {
        flush_folder(folder.parent().unwrap_or(folder));
    }
}

/// Copies a file of git's own for a look at it.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::copy(from, to).map(drop).map_err(|error| Error::io(to, "write", &error))
}

/// Lets a file be executed, or not.
#[cfg(unix)]
pub(crate) fn set_executable(file: &Path, runs: bool) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let failed = |error: std::io::Error| Error::io(file, "write", &error);
    let mut rights = file.metadata().map_err(failed)?.permissions();
    let readers = (rights.mode() & 0o444) >> 2;
    rights.set_mode(if runs { rights.mode() | readers } else { rights.mode() & !0o111 });
    std::fs::set_permissions(file, rights).map_err(failed)
}

#[cfg(not(unix))]
pub(crate) fn set_executable(_file: &Path, _runs: bool) -> Result<()> {
    Ok(())
}

/// Makes a folder with those above it, but no git folder: a repository that has moved away is not begun anew in its place.
pub(crate) fn make_folder(folder: &Path) -> Result<()> {
    let git = folder.ancestors().find(|above| above.file_name().is_some_and(|name| name == ".git"));
    if git.is_some_and(|git| !git.exists()) {
        return Err(Error::io(folder, "make the folder", &std::io::ErrorKind::NotFound.into()));
    }
    std::fs::create_dir_all(folder).map_err(|error| Error::io(folder, "make the folder", &error))
}

/// Makes a folder that nobody has made before; `false` when somebody has.
pub(crate) fn make_new_folder(folder: &Path) -> Result<bool> {
    make_folder(folder.parent().unwrap_or(folder))?;
    match std::fs::create_dir(folder) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(Error::io(folder, "make the folder", &error)),
    }
}

/// Clears away what may not be there; what stays behind is harmless and found again at the next open.
pub(crate) fn remove_if_there(file: &Path) {
    if std::fs::remove_file(file).is_ok() {
        flush_folder(file.parent().unwrap_or(file));
    }
}

/// Gives a finished folder its name; an empty folder of that name gives way.
pub(crate) fn move_folder(from: &Path, to: &Path) -> Result<()> {
    remove_empty_folder(to);
    rename(from, to)
}

fn remove_empty_folder(folder: &Path) {
    // A folder into which somebody wrote meanwhile refuses, as it should.
    drop(std::fs::remove_dir(folder));
}

/// Opens (and makes) a file that is only ever locked.
pub(crate) fn open_lock(path: &Path) -> Result<std::fs::File> {
    make_folder(path.parent().unwrap_or(path))?;
    let options = std::fs::File::options().create(true).truncate(false).write(true).open(path);
    options.map_err(|error| Error::io(path, "open", &error))
}

/// Makes a rename last through a power cut where the system offers it; folders cannot be opened so on Windows.
fn flush_folder(folder: &Path) {
    if let Ok(open) = std::fs::File::open(folder) {
        drop(open.sync_all());
    }
}

/// Whether this process may write a file, if one is there. Mode bits do not say so: they bind neither root nor access lists.
fn may_write(target: &Path) -> bool {
    use std::io::ErrorKind;
    if !target.is_file() {
        return true;
    }
    match std::fs::File::options().write(true).open(target) {
        Ok(_) => true,
        Err(error) => !matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem),
    }
}

#[cfg(test)]
mod tests;
