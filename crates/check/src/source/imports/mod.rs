//! What a file imports and where that leads, for rules about boundaries between modules.
//!
//! [`find`] reads a file's imports; a [`Project`] knows the repository's paths and what its manifests say about names.
//! Nothing is executed, fetched or looked up outside: what does not lead to a file of the repository is a package.

mod go;
mod java;
mod project;
mod python;
mod rust;
mod script;

pub use project::{Misread, Project};

use super::{Language, Limits, SyntaxTree, Undecided};
use std::ops::Range;

/// A file's mention of another module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The bytes that say it.
    pub range: Range<usize>,
    /// As written, without quotes.
    pub written: String,
    pub target: Target,
}

/// Where an import leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Files of the repository, sorted: one, or those of a package that is a folder.
    Files(Vec<String>),
    /// A package from elsewhere, by the name its ecosystem has for it.
    Package(String),
    /// It names something of the repository that is not there, or that only a build makes.
    Nowhere,
}

/// Whether imports of the file at `path` can be read.
#[must_use]
pub fn covers(path: &str) -> bool {
    language(path).is_some()
}

fn language(path: &str) -> Option<Language> {
    let component = [".svelte", ".vue", ".astro"].iter().any(|ending| path.ends_with(ending));
    let language = if component { Some(Language::TypeScript) } else { Language::from_path(path) };
    language.filter(|language| {
        use Language::{Go, Java, JavaScript, Kotlin, Python, Rust, Tsx, TypeScript};
        matches!(language, Go | Java | JavaScript | Kotlin | Python | Rust | Tsx | TypeScript)
    })
}

/// The imports of `text`, which stands at `path`, in reading order. `None` for a language whose imports are not known.
pub fn find(path: &str, text: &str, project: &Project, limits: &Limits) -> Option<Result<Vec<Import>, Undecided>> {
    let language = language(path)?;
    let scripts = script::of_component(path, text);
    let text = scripts.as_deref().unwrap_or(text);
    let tree = match SyntaxTree::parse(language, text, limits) {
        Ok(tree) => tree,
        Err(reason) => return Some(Err(reason)),
    };
    let file = File { path, text, tree: &tree, project };
    let mut found = match language {
        Language::Rust => rust::imports(&file),
        Language::Python => python::imports(&file),
        Language::Go => go::imports(&file),
        Language::Java | Language::Kotlin => java::imports(&file),
        _ => script::imports(&file),
    };
    found.sort_by_key(|import| (import.range.start, import.range.end));
    Some(Ok(found))
}

/// What the readers of one language are given.
struct File<'a> {
    path: &'a str,
    text: &'a str,
    tree: &'a SyntaxTree,
    project: &'a Project,
}

impl File<'_> {
    fn folder(&self) -> &str {
        folder(self.path)
    }

    /// A file of the repository that an import may mean.
    fn file(&self, path: &str) -> Option<Target> {
        self.project.has(path).then(|| Target::Files(vec![path.to_owned()]))
    }
}

/// The folder a path is in; `""` at the root.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `path` below `folder`.
fn below(folder: &str, path: &str) -> String {
    match (folder, path) {
        ("", path) => path.to_owned(),
        (folder, "") => folder.to_owned(),
        (folder, path) => format!("{folder}/{path}"),
    }
}

/// `relative` as seen from `folder`, with its `.` and `..` taken; `None` when it leaves the repository.
fn joined(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests;
