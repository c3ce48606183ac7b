//! Structural patterns: ast-grep rules, compiled once and run on many texts.
//!
//! The rules are ast-grep's own, read and matched by its crates. What is ours is that a stranger may have written both
//! rule and text: `written` checks the rule's size, keys and regexes before it is compiled, `document` counts
//! every step through the text, and a limit that is reached gives [`Undecided`].

mod document;
mod written;

use super::{Language, Limits, SyntaxTree, Undecided};
use ast_grep_config::{DeserializeEnv, RuleCore, SerializableRuleCore};
use ast_grep_core::AstGrep;
use ast_grep_core::matcher::{Matcher, MatcherExt};
use document::{Document, Grammar};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::panic::AssertUnwindSafe;

/// Why a rule cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {message}")]
pub struct PatternError {
    /// The place in what was written, such as `rule.any[1].pattern`.
    pub at: String,
    pub message: String,
}

/// A compiled ast-grep rule.
pub struct Pattern {
    language: Language,
    rule: RuleCore,
    kinds: Vec<u16>,
    text_weight: u64,
}

/// A text that patterns can be run on.
pub struct Subject {
    root: AstGrep<Document>,
    by_kind: HashMap<u16, Vec<u32>>,
}

impl Pattern {
    /// Compiles `rule` and `constraints` as ast-grep's documentation describes them. Utility rules (`matches`) are not
    /// part of the contract.
    pub fn compile(language: Language, rule: &Value, constraints: Option<&Value>) -> Result<Self, PatternError> {
        let error = |at: &str, message: String| PatternError { at: at.to_owned(), message };
        let grammar = Grammar::of(language).map_err(|missing| error("language", missing.to_string()))?;
        let mut checked = written::Checked::new(&grammar);
        checked.rule(rule, "rule", 0)?;
        if let Some(constraints) = constraints {
            checked.constraints(constraints)?;
        }
        let text_weight = checked.text_weight();
        let core = serde_json::json!({ "rule": rule, "constraints": constraints });
        let core: SerializableRuleCore =
            serde_json::from_value(core).map_err(|fault| error("rule", fault.to_string()))?;
        let compiled = core.get_matcher(DeserializeEnv::new(grammar)).map_err(|fault| error("rule", chain(&fault)))?;
        let Some(kinds) = compiled.potential_kinds() else {
            return Err(error("rule", "names no pattern and no kind that every match has".to_owned()));
        };
        let kinds = kinds.iter().filter_map(|kind| u16::try_from(kind).ok()).collect();
        Ok(Self { language, rule: compiled, kinds, text_weight })
    }

    /// The language it is written for.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Bytes of every match, in reading order; one may lie in another. A subject in another language has none.
    pub fn find(&self, subject: &Subject, limits: &Limits) -> Result<Vec<Range<usize>>, Undecided> {
        let document = subject.document();
        if document.language() != self.language {
            return Ok(Vec::new());
        }
        document.begin(limits.pattern_steps, self.text_weight);
        let mut found = Vec::new();
        for index in subject.with_kinds(&self.kinds) {
            let node = document.begin_at(index, &subject.root);
            // A fault in a matcher of somebody else's, met by a stranger's rule, must not end the program.
            let matched = std::panic::catch_unwind(AssertUnwindSafe(|| self.rule.match_node(node)));
            if document.is_spent() {
                return Err(Undecided::TooManySteps { limit: limits.pattern_steps });
            }
            let matched = matched.map_err(|_| Undecided::MatcherFailed)?;
            found.extend(matched.map(|matched| matched.range()));
            if found.len() > limits.matches {
                return Err(Undecided::TooManyMatches { limit: limits.matches });
            }
        }
        Ok(found)
    }
}

impl Subject {
    /// Reads `text` for patterns in `language`.
    pub fn parse(language: Language, text: &str, limits: &Limits) -> Result<Self, Undecided> {
        let tree = SyntaxTree::parse(language, text, limits)?;
        let mut by_kind: HashMap<u16, Vec<u32>> = HashMap::new();
        for node in tree.nodes() {
            by_kind.entry(node.kind_id()).or_default().push(node.index() as u32);
        }
        let document = Document::new(Grammar::of(language)?, tree, text.to_owned());
        Ok(Self { root: AstGrep::doc(document), by_kind })
    }

    /// The tree that was read.
    #[must_use]
    pub fn tree(&self) -> &SyntaxTree {
        self.document().tree()
    }

    fn document(&self) -> &Document {
        self.root.root().get_doc()
    }

    fn with_kinds(&self, kinds: &[u16]) -> Vec<u32> {
        let mut indices: Vec<u32> = kinds.iter().filter_map(|kind| self.by_kind.get(kind)).flatten().copied().collect();
        indices.sort_unstable();
        indices
    }
}

/// An error and its causes in one sentence.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    let mut sentences: Vec<String> = Vec::new();
    for cause in causes {
        let sentence = cause.to_string().trim_end_matches('.').to_owned();
        if sentences.last() != Some(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences.join(": ")
}

/// Names that more than one of `sets` has.
fn shared<'a>(sets: impl Iterator<Item = BTreeSet<&'a str>>) -> Option<&'a str> {
    let mut seen = BTreeSet::new();
    sets.flatten().find(|name| !seen.insert(*name))
}

#[cfg(test)]
mod tests;
