//! Changed files as the Changes view lists them: records first, each with a sentence of what changed.

use super::status::{Change, Entry};
use super::versions::{Reader, Records, Version, Versions, compare};
use super::{parts, pictures};
use crate::error::Result;
use crate::search::language;
use git2::Repository;
use precedent_core::RecordPath;
use precedent_core::diff;
use precedent_core::record::Parsed;
use precedent_core::wire::{ChangedFile, FileDiff, Spaces, StatusWord};
use std::collections::HashSet;
use std::path::Path;

/// Other files beyond this many are listed without line counts: reading them all would keep the list waiting.
const MOST_COUNTED: usize = 400;
/// Unchanged lines around a hunk.
const CONTEXT: usize = 3;
/// Longer texts are shown as too large: nobody reads such a diff, and drawing it would block the window.
const MOST_LINES: usize = 40_000;

/// The list of the Changes view.
pub(crate) fn list(
    repo: &Repository,
    root: &Path,
    entries: &[Entry],
    records: &Records<'_>,
) -> Result<Vec<ChangedFile>> {
    let reader = Reader::new(repo)?;
    let mut files = Vec::with_capacity(entries.len());
    let mut others = 0_usize;
    let sides: HashSet<(&str, bool)> = entries.iter().map(|entry| (entry.path.as_str(), entry.staged)).collect();
    for entry in entries {
        let partly = sides.contains(&(entry.path.as_str(), !entry.staged));
        let maybe_record = records.may_hold(&entry.path);
        others += usize::from(!maybe_record);
        if maybe_record || others <= MOST_COUNTED {
            let versions = reader.versions(root, entry, records);
            files.push(changed_file(entry, partly, &versions));
        } else {
            files.push(bare(entry, partly));
        }
    }
    files.sort_by_key(|file| !file.is_record);
    Ok(files)
}

fn bare(entry: &Entry, partly: bool) -> ChangedFile {
    ChangedFile {
        path: entry.path.clone(),
        old_path: entry.old_path.clone(),
        change: entry.change.word().to_owned(),
        staged: entry.staged,
        partly,
        is_record: false,
        label: None,
        title: None,
        status: None,
        lead: String::new(),
        sentence: String::new(),
        lines_added: 0,
        lines_removed: 0,
    }
}

pub(crate) fn changed_file(entry: &Entry, partly: bool, versions: &Versions) -> ChangedFile {
    let (old, new) = versions.texts();
    let (lines_added, lines_removed) = if too_long(old, new) { (0, 0) } else { diff::line_counts(old, new) };
    let shown = versions.new_record().or(versions.old_record()).map(|(parsed, _)| parsed);
    let (lead, sentence) = if versions.is_record { sentence(entry, versions) } else { Default::default() };
    ChangedFile {
        is_record: versions.is_record,
        label: shown.and_then(|parsed| parsed.decision.digits.clone()),
        title: shown.and_then(|parsed| parsed.decision.title.clone()),
        status: shown.and_then(|parsed| parsed.decision.status).map(StatusWord::from),
        lead,
        sentence,
        lines_added,
        lines_removed,
        ..bare(entry, partly)
    }
}

fn sentence(entry: &Entry, versions: &Versions) -> (String, String) {
    if let Some(notice) = versions.notice {
        return (format!("{}.", capital(notice)), String::new());
    }
    match entry.change {
        Change::Conflicted => ("Has a conflict.".to_owned(), "Settle it, then stage the file.".to_owned()),
        Change::Retyped => ("Is another kind of file now.".to_owned(), String::new()),
        Change::Renamed => renamed(entry, versions),
        _ => diff::change_sentence(versions.old_record(), versions.new_record()),
    }
}

fn renamed(entry: &Entry, versions: &Versions) -> (String, String) {
    let old = entry.old_path.as_deref().unwrap_or_default();
    let (folder, name) = old.rsplit_once('/').unwrap_or(("", old));
    let moved = entry.path.rsplit_once('/').map_or("", |(folder, _)| folder) != folder;
    let lead = if moved { format!("Moved from {old}.") } else { format!("Renamed from {name}.") };
    let (old_text, new_text) = versions.texts();
    if old_text == new_text {
        return (lead, String::new());
    }
    let (change, rest) = diff::change_sentence(versions.old_record(), versions.new_record());
    (lead, format!("{change} {rest}").trim_end().to_owned())
}

/// The diff of one entry, as the Changes view shows it.
pub(crate) fn file_diff(
    repo: &Repository,
    root: &Path,
    entry: &Entry,
    records: &Records<'_>,
    spaces: Spaces,
) -> Result<FileDiff> {
    let reader = Reader::new(repo)?;
    let (old, new) = reader.contents(root, entry);
    let versions = compare(&old, &new, &RecordPath::new(entry.path.as_str()), records);
    let mut diff = diff_of(&versions, &entry.path, entry.staged, spaces);
    diff.pictures = pictures::of(&entry.path, &old, &new);
    diff.parts = diff.notice.is_none() && parts::may_take(repo, root, entry, &versions, [&old, &new]);
    diff.base = parts::base(root, entry, &old, &new);
    Ok(diff)
}

/// The diff between two versions of a file.
pub(crate) fn diff_of(versions: &Versions, path: &str, staged: bool, spaces: Spaces) -> FileDiff {
    let (old, new) = versions.texts();
    let notice = versions.notice.or_else(|| too_long(old, new).then_some("too large"));
    let mut diff = FileDiff {
        path: path.to_owned(),
        staged,
        fields: Vec::new(),
        hunks: Vec::new(),
        rendered: String::new(),
        lang: None,
        notice: notice.map(str::to_owned),
        pictures: None,
        base: String::new(),
        parts: false,
    };
    if notice.is_some() {
        return diff;
    }
    if versions.is_record {
        diff.fields = diff::field_changes(parsed(versions.old.as_ref()), parsed(versions.new.as_ref()));
        let spoken = |version: Option<&Version>, text| parsed(version).and_then(|parsed| language::tag(parsed, text));
        diff.lang = spoken(versions.new.as_ref(), new).or_else(|| spoken(versions.old.as_ref(), old));
        diff.rendered = diff::rendered(old, new);
        diff.hunks = diff::record_hunks(versions.old_record(), versions.new_record(), CONTEXT, spaces);
    } else {
        diff.hunks = diff::hunks_with(old, new, CONTEXT, spaces);
    }
    diff
}

fn too_long(old: &str, new: &str) -> bool {
    old.lines().count() + new.lines().count() > MOST_LINES
}

fn parsed(version: Option<&Version>) -> Option<&Parsed> {
    version.and_then(|version| version.parsed.as_ref())
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
