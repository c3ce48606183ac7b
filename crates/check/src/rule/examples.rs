//! Examples inside a rule: what it has to let pass, and what it has to find. `precedent test` and every check run them.

use super::fields::Fields;
use super::kind::{CHANGES, Change, ChangeKind, Kind, SourceFile};
use crate::source::imports::Project;
use precedent_core::tree::{Node, Place};

/// The most examples of one rule.
const MAX_EXAMPLES: usize = 100;

/// The most lines of an example that only has to be long.
const MAX_LINES: u64 = 10_000;

/// A file, or a change of one, that a rule is tried on. `paths` and `applies-to` do not count here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    pub path: String,
    pub content: String,
    /// For rules about changes.
    pub change: ChangeKind,
    /// Other paths that are there, or are part of the change.
    pub also: Vec<String>,
    pub place: Place,
}

/// Examples of one rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examples {
    pub valid: Vec<Example>,
    pub invalid: Vec<Example>,
}

/// An example that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleFault {
    pub place: Place,
    /// A sentence's beginning: `the rule finds nothing in this invalid example`.
    pub message: String,
}

impl Examples {
    pub(crate) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let valid = Self::read_list(fields, "valid");
        let invalid = Self::read_list(fields, "invalid");
        Some(Self { valid, invalid })
    }

    fn read_list(fields: &mut Fields<'_>, key: &'static str) -> Vec<Example> {
        let items = fields.list(key);
        if let Some(item) = items.get(MAX_EXAMPLES) {
            fields.fault(item.place, format!("a rule has at most {MAX_EXAMPLES} examples of a kind"));
        }
        let each = items.iter().take(MAX_EXAMPLES);
        each.filter_map(|item| fields.within(item, "example", |fields| Self::read_one(fields, item))).collect()
    }

    fn read_one(fields: &mut Fields<'_>, node: &Node) -> Option<Example> {
        let path = fields.needed("path");
        // An empty file is an example, too.
        let content = match fields.find("content") {
            Some(node) => node.scalar().unwrap_or_default().replace("\r\n", "\n"),
            None => {
                let lines = fields.number("lines").unwrap_or(0);
                if lines > MAX_LINES {
                    fields.fault(node.place, format!("`lines` is {MAX_LINES} at most"));
                }
                "x\n".repeat(usize::try_from(lines.min(MAX_LINES)).unwrap_or(0))
            }
        };
        let change = fields.word("change", CHANGES).unwrap_or(ChangeKind::Modified);
        let also = fields.texts("also").into_iter().map(|(text, _)| text.to_owned()).collect();
        Some(Example { path: path?.0.to_owned(), content, change, also, place: node.place })
    }

    /// Tries a rule on its examples.
    #[must_use]
    pub fn run(&self, kind: &Kind) -> Vec<ExampleFault> {
        let valid = self.valid.iter().map(|example| (example, false));
        let invalid = self.invalid.iter().map(|example| (example, true));
        valid.chain(invalid).filter_map(|(example, is_invalid)| example.run(kind, is_invalid)).collect()
    }
}

impl Example {
    fn run(&self, kind: &Kind, is_invalid: bool) -> Option<ExampleFault> {
        let fault = |message: String| Some(ExampleFault { place: self.place, message });
        let (found, undecided) = self.found(kind);
        match (found, undecided) {
            (_, Some(why)) => fault(format!("this example cannot be judged: {why}")),
            (false, None) if is_invalid => {
                fault(format!("the rule finds nothing in this invalid example ({})", self.path))
            }
            (true, None) if !is_invalid => fault(format!("the rule finds this valid example ({})", self.path)),
            _ => None,
        }
    }

    fn found(&self, kind: &Kind) -> (bool, Option<String>) {
        let paths = self.also.iter().chain([&self.path]).cloned();
        let project = Project::new(paths, [(self.path.as_str(), self.content.as_str())]);
        let file = SourceFile::new(&self.path, &self.content).of_project(Some(&project));
        let look = kind.look(&file);
        let mut paths: Vec<&str> = self.also.iter().map(String::as_str).chain([self.path.as_str()]).collect();
        paths.sort_unstable();
        let change = |path: &str, kind: ChangeKind| {
            let record = path.ends_with(".md").then(|| vec![self.path.clone()]);
            Change { path: path.to_owned(), kind, old_path: None, mode_only: false, record }
        };
        let mut changes = vec![change(&self.path, self.change)];
        changes.extend(self.also.iter().map(|path| change(path, ChangeKind::Modified)));
        changes.sort();
        let own = |path: &str| path == self.path;
        let limit = if let Kind::Count(rule) = kind { rule.limit(Some(0)).unwrap_or(0) } else { 0 };
        let found = look.hits.len() as u64 > limit
            || !kind.look_at_path(&self.path).is_empty()
            || !kind.look_at_tree(&paths).is_empty()
            || !kind.look_at_change(&changes, &own).is_empty();
        (found, look.undecided)
    }
}
