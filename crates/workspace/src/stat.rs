//! What the file system says of a file without opening it, and when that may be believed.
//!
//! The idea and its weak point are git's (Documentation/technical/racy-git): a file that was written in the same tick of
//! the file system's clock in which it was read may change once more without a trace. So a [`Stat`] is kept only for
//! files that had been at rest for a while when they were read. The one module with calls that only Unix has.

use borsh::{BorshDeserialize, BorshSerialize};
use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Size, times and number of a file; equal as long as nobody wrote to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Stat {
    size: u64,
    /// Nanoseconds since 1970 of the last change of the content.
    modified: i64,
    /// On Unix the last change of anything at all, which no program can set back; else when the file was made.
    changed: i64,
    /// The file's number, where there is one: another file moved to its place has another.
    number: u64,
}

/// Coarser file systems than this (FAT has two seconds) are not in use for repositories.
const AT_REST: Duration = Duration::from_secs(2);

impl Stat {
    pub(crate) fn of(about: &Metadata) -> Option<Self> {
        let modified = nanos(about.modified().ok()?);
        let (changed, number) = platform::changed_and_number(about);
        Some(Self { size: about.len(), modified, changed, number })
    }

    /// Whether the file had been at rest at `now`, a moment before it was read: every later change then shows in its times.
    pub(crate) fn was_at_rest(&self, now: SystemTime) -> bool {
        let latest = nanos(now).saturating_sub(whole(AT_REST));
        self.modified < latest && self.changed < latest
    }
}

/// The file system's own clock, read off a file made for that in `folder`. `None` where nothing can be written.
pub(crate) fn file_clock(folder: &Path) -> Option<SystemTime> {
    tempfile::tempfile_in(folder).ok()?.metadata().ok()?.modified().ok()
}

/// Which folder it is, whatever its path is called: another one in its place is another.
pub(crate) fn identity(folder: &Path) -> Option<(u64, u64)> {
    folder.metadata().ok().map(|about| platform::identity(&about))
}

/// Nanoseconds since 1970, until 2262.
fn nanos(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => whole(since),
        Err(before) => -whole(before.duration()),
    }
}

fn whole(time: Duration) -> i64 {
    i64::try_from(time.as_nanos()).unwrap_or(i64::MAX)
}

#[cfg(unix)]
mod platform {
    use std::fs::Metadata;
    use std::os::unix::fs::MetadataExt;

    pub(super) fn changed_and_number(about: &Metadata) -> (i64, u64) {
        (about.ctime().saturating_mul(1_000_000_000).saturating_add(about.ctime_nsec()), about.ino())
    }

    pub(super) fn identity(about: &Metadata) -> (u64, u64) {
        (about.dev(), about.ino())
    }
}

#[cfg(not(unix))]
mod platform {
    use std::fs::Metadata;

    pub(super) fn changed_and_number(about: &Metadata) -> (i64, u64) {
        (about.created().map_or(0, super::nanos), 0)
    }

    pub(super) fn identity(about: &Metadata) -> (u64, u64) {
        (0, about.created().map_or(0, |made| super::nanos(made) as u64))
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests play other programs that write files")]
mod tests {
    use super::*;

    fn stat(file: &Path) -> Stat {
        Stat::of(&file.metadata().expect("a file")).expect("times")
    }

    fn set_modified(file: &Path, time: SystemTime) {
        std::fs::File::options().write(true).open(file).and_then(|open| open.set_modified(time)).expect("a time");
    }

    #[test]
    fn a_change_shows_even_when_size_and_time_are_set_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.md");
        let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        std::fs::write(&file, "forty").expect("written");
        set_modified(&file, old);
        let before = stat(&file);
        assert_eq!(before, stat(&file));
        // Another file of the same size and time takes its place, as `cp --preserve` and `mv` would.
        let other = folder.path().join("b.md");
        std::fs::write(&other, "sixty").expect("written");
        set_modified(&other, old);
        std::fs::rename(&other, &file).expect("moved");
        assert_ne!(before, stat(&file));
    }

    #[test]
    fn only_a_file_at_rest_is_believed() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.md");
        std::fs::write(&file, "text").expect("written");
        let now = file_clock(folder.path()).expect("a clock");
        assert!(!stat(&file).was_at_rest(now), "written a moment ago");
        assert!(stat(&file).was_at_rest(now + Duration::from_secs(10)));
        set_modified(&file, now + Duration::from_secs(3600));
        assert!(!stat(&file).was_at_rest(now + Duration::from_secs(10)), "a time in the future says nothing");
    }
}
