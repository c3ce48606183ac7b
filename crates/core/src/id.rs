//! Names of records: repository paths, ids, numbers and slugs, and how a file name carries them.
//!
//! Nothing here touches the file system: a [`RecordPath`] is text. Reading order: [`RecordPath`], [`FileName`].

use std::fmt;

/// A path of a file in the repository, relative to its root, with `/` between parts on every platform.
///
/// It never starts with `/` and never holds `.` or `..` parts when made by the workspace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordPath(String);

impl RecordPath {
    /// Takes a repository-relative path as it stands; back slashes become `/`.
    pub fn new(path: impl Into<String>) -> Self {
        let path: String = path.into();
        Self(if path.contains('\\') { path.replace('\\', "/") } else { path })
    }

    /// The path as text, `docs/decisions/0001-x.md`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part, `0001-x.md`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// All parts but the last, `docs/decisions`; empty at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The file name without its record extension (`.md`, `.markdown`, `.mdx`, `.html.md`, `.adoc`, `.asciidoc`, `.rst`).
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        let lower = name.to_ascii_lowercase();
        RECORD_EXTENSIONS
            .iter()
            .find(|ext| lower.len() > ext.len() && lower.ends_with(*ext))
            .map_or(name, |ext| &name[..name.len() - ext.len()])
    }

    /// Joins a relative link target (`../adr/0002-y.md`) written in this file; `None` when it leaves the repository.
    pub fn join_link(&self, target: &str) -> Option<RecordPath> {
        let mut parts: Vec<&str> = if target.starts_with('/') {
            Vec::new()
        } else {
            self.folder().split('/').filter(|part| !part.is_empty()).collect()
        };
        for part in target.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(RecordPath(parts.join("/")))
    }
}

/// File extensions that a record may have, longest first, lower case.
pub const RECORD_EXTENSIONS: &[&str] =
    &[".html.md.erb", ".html.md", ".asciidoc", ".markdown", ".adoc", ".mdx", ".rst", ".md"];

impl fmt::Display for RecordPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The stable identity of a decision: its `id:` key, else the file stem without its number (CONTRACT §12).
///
/// Unique within a log by convention only; where two collide a Problem says so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecisionId(String);

impl DecisionId {
    /// Takes an id as it stands.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id as text, `use-postgres`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DecisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a file name says: its number as written and as a value, and the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName<'a> {
    /// Letters before the number with their separator, `ADR-` in `ADR-0012-x`.
    pub prefix: &'a str,
    /// Digits as written, `0012`; `None` without a number. A date-named file (`20260302-x`, `2026-03-02-x`) has none here unless
    /// its log numbers by date.
    pub digits: Option<&'a str>,
    /// What follows the number and its separator, `use-postgres`.
    pub slug: &'a str,
}

impl FileName<'_> {
    /// The number as a value; `None` without one or when it does not fit 53 bits (JSON numbers).
    pub fn number(&self) -> Option<u64> {
        self.digits.and_then(|digits| digits.parse().ok()).filter(|number| *number < (1 << 53))
    }
}
