//! Whether a version that a manifest admits is among those a rule speaks of.
//!
//! Both sides are sets of versions; the question is whether they meet. npm's notation can say what cargo's, Go's and
//! Maven's say, so that one well-kept implementation of ranges answers for four.

use super::Ecosystem;
use nodejs_semver::Range;
use pep440_rs::VersionSpecifiers;
use std::str::FromStr;

pub(super) fn matches(ecosystem: Ecosystem, requirement: &str, written: &str, locked: bool) -> Option<bool> {
    let (left, right) = match ecosystem {
        Ecosystem::Pypi => return python(requirement, written),
        Ecosystem::Cargo if locked => (cargo(requirement), format!("={written}")),
        Ecosystem::Cargo => (cargo(requirement), cargo(written)),
        Ecosystem::Npm => (requirement.to_owned(), npm(written)?),
        // Go takes the least version that all requirements allow: what is written is what is built, or later.
        Ecosystem::Go => (without_v(requirement), without_v(written.trim_end_matches("+incompatible"))),
        Ecosystem::Maven => (maven(requirement, false)?, maven(written, true)?),
    };
    Some(Range::parse(left).ok()?.allows_any(&Range::parse(right).ok()?))
}

/// Cargo's `1.2, <1.9` is npm's `^1.2 <1.9`.
fn cargo(requirement: &str) -> String {
    let parts = requirement.split(',').map(str::trim).map(|part| {
        let bare = part.starts_with(|letter: char| letter.is_ascii_digit()) && !part.contains('*');
        if bare { format!("^{part}") } else { part.replace(' ', "") }
    });
    parts.collect::<Vec<_>>().join(" ")
}

fn npm(written: &str) -> Option<String> {
    match written.strip_prefix("workspace:") {
        // The version of a member is not said here.
        Some("*" | "^" | "~") => None,
        Some(range) => Some(range.to_owned()),
        None => Some(written.to_owned()),
    }
}

fn without_v(version: &str) -> String {
    version.replace('v', "")
}

/// Maven's `[1.0,2.0),[3.0,)` is `>=1.0 <2.0 || >=3.0`. A plain version is itself where it is written, and what a rule
/// says without brackets is npm's notation.
fn maven(text: &str, is_written: bool) -> Option<String> {
    let text = text.trim();
    if !text.starts_with(['[', '(']) {
        return if is_written { numbers(text).map(|version| format!("={version}")) } else { Some(text.to_owned()) };
    }
    let mut sets = Vec::new();
    for set in text.split_inclusive([']', ')']).map(|set| set.trim_start_matches(',').trim()) {
        let inside = set.get(1..set.len().checked_sub(1)?)?;
        let (from, to) = inside.split_once(',').unwrap_or((inside, inside));
        let lower = if set.starts_with('[') { ">=" } else { ">" };
        let upper = if set.ends_with(']') { "<=" } else { "<" };
        let mut bounds = Vec::new();
        for (sign, bound) in [(lower, from), (upper, to)] {
            if !bound.trim().is_empty() {
                bounds.push(format!("{sign}{}", numbers(bound.trim())?));
            }
        }
        sets.push(bounds.join(" "));
    }
    Some(sets.join(" || "))
}

/// The first three numbers of a Maven version; what follows them has an order of its own that is left out.
fn numbers(version: &str) -> Option<String> {
    let end = version.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(version.len());
    let mut parts: Vec<&str> = version[..end].split('.').filter(|part| !part.is_empty()).take(3).collect();
    if parts.is_empty() {
        return None;
    }
    parts.resize(3, "0");
    Some(parts.join("."))
}

fn python(requirement: &str, written: &str) -> Option<bool> {
    // Poetry's own signs.
    if written.starts_with('^') || (written.starts_with('~') && !written.starts_with("~=")) {
        let range = Range::parse(written.replace(',', " ")).ok()?;
        return Some(Range::parse(requirement.replace("==", "=").replace(',', " ")).ok()?.allows_any(&range));
    }
    let versions = |text: &str| -> Option<version_ranges::Ranges<pep440_rs::Version>> {
        let bare = text.starts_with(|letter: char| letter.is_ascii_digit());
        let text = if bare { format!("=={text}") } else { text.to_owned() };
        let text = if text == "*" { String::new() } else { text };
        Some(VersionSpecifiers::from_str(&text).ok()?.into())
    };
    Some(!versions(requirement)?.is_disjoint(&versions(written)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_meet_or_do_not() {
        use Ecosystem::{Cargo, Go, Maven, Npm, Pypi};
        let cases = [
            (Cargo, "<2", "1.4", Some(true)),
            (Cargo, ">=2", "1.4", Some(false)),
            (Cargo, "1", ">=1.2, <1.5", Some(true)),
            (Cargo, "=1.2.3", "1", Some(true)),
            (Cargo, ">=0.10", "0.9", Some(false)),
            (Cargo, "*", "git", None),
            (Npm, "<17", "^16.8 || ^17", Some(true)),
            (Npm, "<16", "^16.8 || ^17", Some(false)),
            (Npm, "<2", "latest", None),
            (Npm, ">=2", "workspace:^2.1.0", Some(true)),
            (Npm, "1.x", "git+https://a/b", None),
            (Pypi, ">=2", "~=1.4", Some(false)),
            (Pypi, "<2", "~=1.4", Some(true)),
            (Pypi, "==3.2", "==3.2.*", Some(true)),
            (Pypi, "<2", "^1.2", Some(true)),
            (Pypi, ">=2,<3", "~1.2", Some(false)),
            (Pypi, "<2", "1.9", Some(true)),
            (Pypi, "<2", "*", Some(true)),
            (Pypi, "<2", "@ https://a", None),
            (Go, "<1.5", "v1.4.0", Some(true)),
            (Go, "<1.5", "v2.0.0+incompatible", Some(false)),
            (Maven, "<2.17", "2.14.1", Some(true)),
            (Maven, "[2.0,2.17)", "2.17.0", Some(false)),
            (Maven, "(,5.0]", "4.3.1.RELEASE", Some(true)),
            (Maven, "<2", "[1.5,3)", Some(true)),
            (Maven, "<2", "${a.version}", None),
        ];
        for (ecosystem, requirement, written, expected) in cases {
            assert_eq!(
                matches(ecosystem, requirement, written, false),
                expected,
                "{ecosystem:?} {requirement} {written}"
            );
        }
        assert_eq!(matches(Cargo, ">=1.5", "1.4.0", true), Some(false), "a locked version is exact");
        assert_eq!(matches(Cargo, ">=1.5", "1.4.0", false), Some(true), "a written one is at least");
    }
}
