//! One error for the front ends: what happened, where, what to do, and a code to branch on.

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
        Self::new(code, format!("cannot {doing} {}: {error}", path.display())).with_hint(hint).at(path)
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
