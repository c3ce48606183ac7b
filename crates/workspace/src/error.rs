//! One error for the front ends: what happened, where, what to do, and a code to branch on.

use precedent_core::RecordPath;
use precedent_core::log::ResolveError;
use precedent_core::record::edit::EditError;
use precedent_core::wire::{ErrorCode, ErrorReply};
use std::path::{Path, PathBuf};

/// Result of every [`crate::Workspace`] call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong. `message` is a lower-case fragment that names the thing; [`Error::hint`] says what to do.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    code: ErrorCode,
    message: String,
    hint: Option<String>,
    path: Option<PathBuf>,
    line: Option<u32>,
    details: Option<String>,
}

impl From<EditError> for Error {
    fn from(error: EditError) -> Self {
        let (code, hint, line) = match &error {
            EditError::NotUtf8 { .. } => (ErrorCode::CannotEdit, "convert it to UTF-8 with another editor", None),
            EditError::Foreign { .. } => (ErrorCode::CannotEdit, "change it in its own editor", None),
            EditError::BrokenFrontMatter { line, .. } => {
                (ErrorCode::CannotEdit, "open the source at that line and mend it", Some(*line))
            }
            EditError::UnknownField { .. } => (
                ErrorCode::Usage,
                "the fields are title, status, date, tags, scope, applies-to, decision-makers, consulted, informed, review-by",
                None,
            ),
            EditError::BadValue { .. } => (ErrorCode::Usage, "correct the value; nothing was written", None),
        };
        let path = match &error {
            EditError::NotUtf8 { path }
            | EditError::Foreign { path, .. }
            | EditError::BrokenFrontMatter { path, .. } => Some(path.to_string()),
            _ => None,
        };
        let mut reply = Self::new(code, error.to_string()).with_hint(hint);
        reply.path = path.map(PathBuf::from);
        reply.line = line;
        reply
    }
}

/// What the system says, without its number: `permission denied`.
pub(crate) fn reason(error: &std::io::Error) -> String {
    let said = error.to_string();
    let words = said.split(" (os error").next().unwrap_or(&said);
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

impl From<ResolveError> for Error {
    fn from(error: ResolveError) -> Self {
        let lines = |paths: &[RecordPath]| paths.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        match &error {
            ResolveError::NotFound { near, .. } => {
                let reply = Self::new(ErrorCode::NotFound, error.to_string());
                match near.first() {
                    Some(nearest) => reply.with_hint(format!("did you mean {nearest}?")).with_details(lines(near)),
                    None => reply.with_hint("name it by path, number, id or file name, as the list shows it"),
                }
            }
            ResolveError::Ambiguous { candidates, .. } => Self::new(ErrorCode::Ambiguous, error.to_string())
                .with_hint("name one of them by its path")
                .with_details(lines(candidates)),
        }
    }
}

impl Error {
    /// An error of a kind.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, path: None, line: None, details: None }
    }

    /// A file or folder that cannot be read or written.
    pub fn io(path: &Path, doing: &str, error: &std::io::Error) -> Self {
        let hint = match error.kind() {
            std::io::ErrorKind::PermissionDenied => "check who may read and write it",
            std::io::ErrorKind::NotFound => "it was moved or deleted; open the folder again",
            std::io::ErrorKind::StorageFull => "free some space, then try again",
            std::io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only; your text is kept in drafts",
            _ => "try again; the operating system gave the reason above",
        };
        let code = match error.kind() {
            std::io::ErrorKind::NotFound => ErrorCode::NotFound,
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => ErrorCode::ReadOnly,
            _ => ErrorCode::Io,
        };
        Self::new(code, format!("cannot {doing} {}: {}", path.display(), reason(error))).with_hint(hint).at(path)
    }

    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub fn at(mut self, path: impl AsRef<Path>) -> Self {
        self.path = Some(path.as_ref().to_path_buf());
        self
    }

    #[must_use]
    pub fn on_line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }

    /// More text for people: a program's output, a list of candidates.
    #[must_use]
    pub fn with_details(mut self, details: impl Into<String>) -> Self {
        self.details = Some(details.into());
        self
    }

    pub fn code(&self) -> ErrorCode {
        self.code
    }

    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    pub fn details(&self) -> Option<&str> {
        self.details.as_deref()
    }

    /// The form that crosses the process border.
    pub fn to_wire(&self) -> ErrorReply {
        ErrorReply {
            code: self.code,
            message: self.message.clone(),
            hint: self.hint.clone(),
            path: self.path.as_ref().map(|path| path.display().to_string()),
            line: self.line,
            details: self.details.clone(),
        }
    }
}
