//! From a revision or a day to the commit that was current then. Nothing here starts a program.

use super::repo::failed;
use crate::error::{Error, Result};
use git2::{Commit, ErrorCode as Code, Repository};
use precedent_core::Date;
use precedent_core::wire::ErrorCode;

/// The commit that `when` means: a branch, tag or commit by name, or the current branch at the end of a day.
///
/// # Errors
/// `not-found` for an unknown revision or a day before the first commit; `usage` without commits.
pub(crate) fn commit_at<'r>(repo: &'r Repository, when: &str) -> Result<Commit<'r>> {
    let when = when.trim();
    // A tag may be named like a day; what has a name is meant by it.
    match as_day(repo, when) {
        Some(day) => on_day(repo, day),
        None => by_name(repo, when),
    }
}

/// The day that `when` means, if it is none of a name.
pub(crate) fn as_day(repo: &Repository, when: &str) -> Option<Date> {
    let when = when.trim();
    when.parse::<Date>().ok().filter(|day| day.to_string() == when && !is_name(repo, when))
}

fn is_name(repo: &Repository, when: &str) -> bool {
    repo.resolve_reference_from_short_name(when).is_ok()
}

fn by_name<'r>(repo: &'r Repository, when: &str) -> Result<Commit<'r>> {
    let unknown = |details: &str| {
        let shallow =
            if repo.is_shallow() { "; this clone is shallow: `git fetch --unshallow` brings the rest" } else { "" };
        let error = Error::new(ErrorCode::NotFound, format!("there is no revision or day `{when}` here"));
        error
            .with_hint(format!("give a branch, tag or commit, or a day such as 2026-03-02{shallow}"))
            .with_details(details.to_owned())
    };
    if when.is_empty() {
        return Err(Error::new(ErrorCode::Usage, "say which commit or day")
            .with_hint("give a branch, tag or commit, or a day such as 2026-03-02"));
    }
    let object = repo.revparse_single(when).map_err(|error| match error.code() {
        Code::Ambiguous => Error::new(ErrorCode::Ambiguous, format!("`{when}` fits several commits"))
            .with_hint("write more of the commit's id")
            .with_details(error.message()),
        _ => unknown(error.message()),
    })?;
    object.peel_to_commit().map_err(|error| unknown(error.message()))
}

fn on_day<'r>(repo: &'r Repository, day: Date) -> Result<Commit<'r>> {
    let head = repo.head().and_then(|head| head.peel_to_commit()).map_err(|error| match error.code() {
        Code::UnbornBranch | Code::NotFound => Error::new(ErrorCode::NotFound, "nothing has been committed here yet")
            .with_hint("a look back needs commits; leave the day off to see the files as they are"),
        _ => failed("read the last commit", &error),
    })?;
    let mut at = head;
    loop {
        if day_of(&at).is_some_and(|own| own <= day) {
            return Ok(at);
        }
        match at.parent(0) {
            Ok(parent) => at = parent,
            Err(_) => return Err(too_early(repo, &at, day)),
        }
    }
}

fn too_early(repo: &Repository, first: &Commit<'_>, day: Date) -> Error {
    let begins = day_of(first).map_or(String::new(), |own| format!("; its history begins on {own}"));
    let error = Error::new(ErrorCode::NotFound, format!("the current branch had no commit on {day}{begins}"));
    if repo.is_shallow() {
        error.with_hint("this clone is shallow: `git fetch --unshallow` brings the older commits")
    } else {
        error.with_hint("give a later day")
    }
}

/// The day on which a commit was made, where it was made.
pub(crate) fn day_of(commit: &Commit<'_>) -> Option<Date> {
    let when = commit.time();
    let seconds = when.seconds() + i64::from(when.offset_minutes()) * 60;
    jiff::Timestamp::from_second(seconds).ok().map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date())
}
