//! Which files are generated, as `.gitattributes` says (`linguist-generated`): a person does not answer for them.
//!
//! Read from the tree that judges, and not through libgit2, which mixes in what this machine has set up.

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::{BTreeMap, BTreeSet};

const ATTRIBUTE: &str = "linguist-generated";

/// What the `.gitattributes` files of a tree say.
#[derive(Debug, Default)]
pub(super) struct Generated {
    /// By folder.
    files: BTreeMap<String, Gitignore>,
    /// The lines that say it, with their file.
    pub(super) lines: BTreeSet<String>,
}

impl Generated {
    /// Takes in one file.
    pub(super) fn add(&mut self, path: &str, text: &str) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut builder = GitignoreBuilder::new("");
        let mut says_any = false;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let Some((pattern, is_generated)) = said(line) else { continue };
            let rule = if is_generated { pattern.to_owned() } else { format!("!{pattern}") };
            // A pattern that git cannot read says nothing to git either.
            says_any |= builder.add_line(None, &rule).is_ok();
            self.lines.insert(format!("{path}: {line}"));
        }
        if let Some(rules) = says_any.then(|| builder.build().ok()).flatten() {
            self.files.insert(folder.to_owned(), rules);
        }
    }

    /// Whether a file is generated: the nearest file that says anything about it decides, in it the last line.
    pub(super) fn has(&self, path: &str) -> bool {
        if self.files.is_empty() {
            return false;
        }
        let folders = path.rmatch_indices('/').map(|(at, _)| &path[..at]).chain([""]);
        for folder in folders {
            let Some(rules) = self.files.get(folder) else { continue };
            let below = if folder.is_empty() { path } else { &path[folder.len() + 1..] };
            match rules.matched(below, false) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
        false
    }
}

/// The pattern of a line, and whether what it matches is generated; `None` where the line does not say.
fn said(line: &str) -> Option<(&str, bool)> {
    let (pattern, attributes) = match line.strip_prefix('"') {
        Some(rest) => rest.split_once('"')?,
        None => line.split_once(char::is_whitespace)?,
    };
    // Git reads neither exclusions nor macros here.
    if pattern.is_empty() || pattern.starts_with(['!', '[']) {
        return None;
    }
    let mut says = None;
    for attribute in attributes.split_whitespace() {
        let (name, value) = attribute.split_once('=').unwrap_or((attribute, "true"));
        match name.strip_prefix(['-', '!']) {
            Some(ATTRIBUTE) => says = Some(false),
            None if name == ATTRIBUTE => says = Some(value != "false"),
            _ => {}
        }
    }
    says.map(|says| (pattern, says))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(files: &[(&str, &str)], generated: &[&str], others: &[&str]) {
        let mut found = Generated::default();
        files.iter().for_each(|(path, text)| found.add(path, text));
        for path in generated {
            assert!(found.has(path), "{path} should be generated");
        }
        for path in others {
            assert!(!found.has(path), "{path} should not be generated");
        }
    }

    #[test]
    fn patterns_and_values() {
        let text = "# x\n*.pb.go linguist-generated\n/gen/** linguist-generated=true diff\na.txt text\ndist/*.js -diff linguist-generated\n";
        check(
            &[(".gitattributes", text)],
            &["a/b.pb.go", "gen/a/b", "dist/x.js"],
            &["a.txt", "a/gen/b", "a/dist/x.js"],
        );
    }

    #[test]
    fn later_lines_and_nearer_files_win() {
        let text = "gen/* linguist-generated\ngen/own.rs -linguist-generated\n";
        check(&[(".gitattributes", text)], &["gen/a.rs"], &["gen/own.rs"]);
        let near = ("gen/.gitattributes", "a.rs linguist-generated=false\n");
        check(&[(".gitattributes", text), near], &["gen/b.rs"], &["gen/a.rs"]);
    }

    #[test]
    fn what_git_does_not_read_says_nothing() {
        check(&[(".gitattributes", "!a linguist-generated\n[attr]x linguist-generated\nb\n")], &[], &["a", "b", "c"]);
        check(&[(".gitattributes", "\"a b\" linguist-generated\n")], &["a b"], &["a"]);
    }
}
