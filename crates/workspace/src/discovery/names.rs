//! What the names of folders and files say about records. Text in, answers out.

use super::Trust;
use precedent_core::RecordPath;
use std::collections::BTreeSet;

/// The folder that a file speaks for: its own, or the one above for folder-per-record (`2022-01-01-x/README.md`).
pub(super) fn home(file: &RecordPath) -> &str {
    let folder = file.folder();
    let (above, own) = folder.rsplit_once('/').unwrap_or(("", folder));
    if is_numbered(own) && !is_numbered(file.file_name()) { above } else { folder }
}

/// The log that a folder belongs to by names: the topmost telling folder with files of its own, else the deepest
/// telling one unless logs lie below it; a hinting folder counts when there is no telling one.
pub(super) fn telling_folder(folder: &str, occupied: &BTreeSet<&str>) -> Option<(String, Trust)> {
    let ends: Vec<usize> = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]).collect();
    for trust in [Trust::Telling, Trust::Hinting] {
        let named = |path: &str| name_of_path(path) == Some(trust);
        let prefixes: Vec<&str> = ends.iter().map(|end| &folder[..*end]).filter(|prefix| named(prefix)).collect();
        let has_logs_below =
            |prefix: &str| occupied.iter().any(|other| *other != prefix && named(other) && is_below(other, prefix));
        let own = prefixes.iter().find(|prefix| occupied.contains(**prefix));
        if let Some(chosen) = own.or_else(|| prefixes.last().filter(|prefix| !has_logs_below(prefix))) {
            return Some(((*chosen).to_owned(), trust));
        }
    }
    None
}

fn name_of_path(path: &str) -> Option<Trust> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let parent = path.rsplit('/').nth(1).unwrap_or_default();
    if name.eq_ignore_ascii_case("architecture")
        && (parent.eq_ignore_ascii_case("docs") || parent.eq_ignore_ascii_case("doc"))
    {
        return Some(Trust::Hinting);
    }
    name_of(name)
}

/// What a folder's name says about it.
pub(super) fn name_of(name: &str) -> Option<Trust> {
    let lower = name.to_ascii_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_subject = |word: &str| matches!(word, "adr" | "adrs" | "decision" | "decisions" | "rfc" | "rfcs");
    match words.last() {
        Some(last) if is_subject(last) || matches!(*last, "decisionrecords" | "architecturedecisions") => {
            Some(Trust::Telling)
        }
        Some(&("record" | "records" | "log" | "logs")) if words.iter().any(|word| is_subject(word)) => {
            Some(Trust::Telling)
        }
        _ if words.iter().any(|word| is_subject(word)) => Some(Trust::Hinting),
        _ => None,
    }
}

/// Folders of a log that hold something else than records.
pub(super) fn is_side_folder(below: &str) -> bool {
    below.split('/').rev().skip(1).any(|part| {
        let part = part.trim_start_matches(['_', '.']).to_ascii_lowercase();
        matches!(part.as_str(), "template" | "templates" | "waivers")
    })
}

pub(crate) fn is_below(folder: &str, ancestor: &str) -> bool {
    ancestor.is_empty() || folder.strip_prefix(ancestor).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A name that begins with a number or date, after an optional `ADR`.
pub(super) fn is_numbered(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let rest = ["adr", "rfc"].iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower);
    rest.trim_start_matches(['-', '_', ' ']).starts_with(|c: char| c.is_ascii_digit())
}
