//! Files that git should leave alone from now on: a line in `.gitignore`, written like every other change.

use super::repo::checked;
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use precedent_core::plan::FileWrite;
use precedent_core::wire::{ErrorCode, IgnoreWhat, WriteReply};
use precedent_core::{RecordPath, WritePlan};

const FILE: &str = ".gitignore";

impl Workspace {
    /// Adds a line for a file, its kind or its folder to the repository's `.gitignore`.
    ///
    /// # Errors
    /// `usage` when the file has no ending or folder to name; `conflict`, `io`.
    pub fn ignore(&self, path: &str, what: IgnoreWhat) -> Result<WriteReply> {
        self.in_repository()?;
        checked(path)?;
        let line = line(path, what).ok_or_else(|| {
            Error::new(ErrorCode::Usage, format!("{path} has no such part to ignore by"))
                .with_hint("ignore the file itself")
        })?;
        let file = RecordPath::new(FILE);
        let before = match self.store.read(&file) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.code() == ErrorCode::NotFound => None,
            Err(error) => return Err(error),
        };
        let after = with_line(before.as_deref().unwrap_or_default(), &line);
        let files = if before.as_ref() == Some(&after) {
            Vec::new()
        } else {
            vec![FileWrite { path: file, before, after: Some(after) }]
        };
        self.write(&WritePlan { title: format!("Ignore {line}"), files }, None)
    }
}

/// The pattern; names that are patterns themselves are escaped.
fn line(path: &str, what: IgnoreWhat) -> Option<String> {
    let escaped = |text: &str| {
        let mut out = String::new();
        for letter in text.chars() {
            if matches!(letter, '*' | '?' | '[' | ']' | '\\') {
                out.push('\\');
            }
            out.push(letter);
        }
        // A space at the end would be dropped.
        if out.ends_with(' ') { format!("{}\\ ", &out[..out.len() - 1]) } else { out }
    };
    let name = path.rsplit('/').next()?;
    match what {
        IgnoreWhat::File => Some(format!("/{}", escaped(path))),
        IgnoreWhat::Ending => {
            let (stem, ending) = name.rsplit_once('.')?;
            (!stem.is_empty() && !ending.is_empty()).then(|| format!("*.{}", escaped(ending)))
        }
        IgnoreWhat::Folder => path.rsplit_once('/').map(|(folder, _)| format!("/{}/", escaped(folder))),
    }
}

/// The file with one more line, in its own line ends.
fn with_line(before: &[u8], line: &str) -> Vec<u8> {
    let has =
        before.split(|byte| *byte == b'\n').any(|known| known.strip_suffix(b"\r").unwrap_or(known) == line.as_bytes());
    let mut after = before.to_vec();
    if has {
        return after;
    }
    let end: &[u8] = if before.windows(2).any(|pair| pair == b"\r\n") { b"\r\n" } else { b"\n" };
    if !after.is_empty() && !after.ends_with(b"\n") {
        after.extend_from_slice(end);
    }
    after.extend_from_slice(line.as_bytes());
    after.extend_from_slice(end);
    after
}
