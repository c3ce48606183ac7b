//! Rules of a record as lists show them. What a rule means is the business of `precedent-check`, which reads the same tree.

use super::front_matter::{self, FrontMatter, Syntax};
use crate::problem::{Severity, line_column};
use crate::schema::faults::nearest;
use crate::tree::{Fault, Node, Place, Value, read_toml_from, read_yaml_from};
use borsh::{BorshDeserialize, BorshSerialize};

/// A rule's outside.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct RuleHead {
    pub id: String,
    /// As written.
    pub kind: String,
    pub severity: Severity,
    pub message: String,
    pub paths: Vec<String>,
}

/// What stands behind `rules:` in a record's front matter; `None` when nothing does. The text has no byte order mark.
///
/// # Errors
/// A fault where the front matter is not valid: a strict reader has to know all of it.
pub fn rules_of(text: &str) -> Option<Result<Node, Fault>> {
    in_front(text, &front_matter::read(text)?)
}

/// Whether there is anything behind `rules:`.
pub(super) fn are_stated(front: &FrontMatter) -> bool {
    front.entry("rules").is_some_and(|entry| !entry.items.is_empty())
}

pub(super) fn in_front(text: &str, front: &FrontMatter) -> Option<Result<Node, Fault>> {
    if !are_stated(front) {
        return None;
    }
    match tree(text, front) {
        Ok(tree) => tree.find("rules").filter(|node| node.value != Value::Null).cloned().map(Ok),
        Err(fault) => Some(Err(fault)),
    }
}

fn tree(text: &str, front: &FrontMatter) -> Result<Node, Fault> {
    let block = text.get(front.inner.clone()).unwrap_or_default();
    let first_line = line_column(text, front.inner.start).0;
    match front.syntax {
        Syntax::Yaml => read_yaml_from(block, first_line),
        Syntax::Toml => read_toml_from(block, first_line),
    }
}

/// Whether something stands behind a key that is called nearly like `rules`.
pub(super) fn are_misnamed(front: &FrontMatter) -> bool {
    front.entries.iter().any(|entry| is_near(&entry.key) && !entry.items.is_empty())
}

fn is_near(key: &str) -> bool {
    key != "rules" && (3..8).contains(&key.len()) && nearest(key, &["rules"]).is_some()
}

/// A key of the front matter that is called nearly like `rules` and holds such, with its place. It says nothing, and its
/// rules bind nobody.
pub fn misnamed_rules(text: &str) -> Option<(String, Place)> {
    let front = front_matter::read(text).filter(are_misnamed)?;
    let tree = tree(text, &front).ok()?;
    let meant = tree.entries().iter().find(|entry| {
        let items = match &entry.value.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(&entry.value),
        };
        let is_like = |item: &Node| ["kind", "match", "message"].iter().any(|key| item.find(key).is_some());
        is_near(&entry.key) && items.iter().any(is_like)
    });
    meant.map(|entry| (entry.key.clone(), entry.place))
}

/// The rules that have at least an id and a kind.
pub(super) fn heads(text: &str, front: Option<&FrontMatter>) -> Vec<RuleHead> {
    let Some(Ok(Node { value: Value::List(items), .. })) = front.and_then(|front| in_front(text, front)) else {
        return Vec::new();
    };
    let word = |node: &Node, key: &str| node.find(key).and_then(Node::scalar).map(str::to_owned);
    let head = |node: &Node| {
        Some(RuleHead {
            id: word(node, "id")?,
            kind: word(node, "kind")?,
            severity: match node.find("severity").and_then(Node::scalar) {
                Some("warning") => Severity::Warning,
                Some("note") => Severity::Note,
                _ => Severity::Error,
            },
            message: word(node, "message").unwrap_or_default().trim().to_owned(),
            paths: node
                .find("paths")
                .map(|paths| paths.scalars().into_iter().map(str::to_owned).collect())
                .unwrap_or_default(),
        })
    };
    items.iter().filter_map(head).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::RecordPath;
    use crate::record::{ParseOptions, parse};

    fn heads_of(text: &str) -> Vec<String> {
        let parsed = parse(&RecordPath::new("adr/0001-a.md"), text.as_bytes(), &ParseOptions::default());
        let shown = |head: &RuleHead| {
            format!("{} {} {} {} {:?}", head.id, head.kind, head.severity.word(), head.message, head.paths)
        };
        parsed.decision.rules.iter().map(shown).collect()
    }

    #[test]
    fn heads_come_from_yaml_and_toml() {
        let yaml = "---\nstatus: accepted\nrules:\n  - id: a\n    kind: forbid-text\n    message: |\n      No.\n    paths: src/**\n  - {id: b, kind: files, severity: note, message: M}\n  - oddity\n---\n# T\n";
        assert_eq!(heads_of(yaml), ["a forbid-text error No. [\"src/**\"]", "b files note M []"]);
        let toml = "+++\nstatus = \"accepted\"\n[[rules]]\nid = \"a\"\nkind = \"protect\"\nmessage = \"M\"\n+++\n# T\n";
        assert_eq!(heads_of(toml), ["a protect error M []"]);
        assert!(heads_of("---\nrules: true\n---\n# T\n").is_empty());
        assert!(heads_of("---\nrules:\nstatus: accepted\n---\n# T\n").is_empty());
    }

    #[test]
    fn lines_count_from_the_file() {
        let node = rules_of("---\na: 1\nrules:\n  - id: x\n---\n").expect("there are rules").expect("valid");
        assert_eq!(node.place.line, 4);
        assert!(rules_of("---\nb: [\nrules:\n  - id: x\n---\n").is_none_or(|rules| rules.is_err()));
    }
}
