//! `forbid-pattern` and `require-pattern`: ast-grep rules on the files of one language.

use super::fields::Fields;
use super::kind::{Hit, Look, SourceFile};
use crate::source::pattern::Pattern;
use crate::source::{Language, Limits};
use std::fmt;
use std::sync::Arc;

/// Code that must not, or must, be in each file of a language.
#[derive(Clone)]
pub struct PatternRule {
    is_required: bool,
    pattern: Arc<Pattern>,
    /// The same for the same pattern.
    subject: String,
}

impl fmt::Debug for PatternRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PatternRule").field("is_required", &self.is_required).field("subject", &self.subject).finish()
    }
}

impl PatternRule {
    pub(crate) fn read(fields: &mut Fields<'_>, is_required: bool) -> Option<Self> {
        let language = fields.needed("language").and_then(|(name, place)| {
            let known = Language::from_name(name);
            if known.is_none() {
                let names: Vec<&str> = Language::all().map(Language::name).collect();
                fields.fault(
                    place,
                    format!("`{name}` is no language that is known here; there are {}", names.join(", ")),
                );
            }
            known
        });
        let rule = fields.find("rule");
        if rule.is_none() {
            fields.missing("rule");
        }
        let (language, rule) = (language?, rule?);
        let constraints = fields.find("constraints").map(precedent_core::tree::Node::to_json);
        match Pattern::compile(language, &rule.to_json(), constraints.as_ref()) {
            Ok(pattern) => {
                let constraints = constraints.as_ref().map(super::canonical);
                let subject = format!("{} {} {constraints:?}", language.name(), super::canonical(&rule.to_json()));
                Some(Self { is_required, pattern: Arc::new(pattern), subject })
            }
            Err(error) => {
                fields.fault(rule.place, format!("`{}` {}", error.at, error.message));
                None
            }
        }
    }

    pub(crate) fn word(&self) -> &'static str {
        if self.is_required { "require-pattern" } else { "forbid-pattern" }
    }

    pub(crate) fn is_required(&self) -> bool {
        self.is_required
    }

    pub(crate) fn subject(&self) -> &str {
        &self.subject
    }

    /// A name may leave the language to the first line of the file.
    pub(crate) fn reads(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        Language::from_path(path).map_or(!name.contains('.'), |language| language == self.pattern.language())
    }

    pub(crate) fn look(&self, file: &SourceFile<'_>) -> Look {
        if file.language() != Some(self.pattern.language()) {
            return Look::default();
        }
        let found = file.subject().and_then(|subject| self.pattern.find(subject, &Limits::default()));
        match found {
            Err(why) => Look { hits: Vec::new(), undecided: Some(why.to_string()) },
            Ok(found) if self.is_required => {
                let missing = || {
                    Hit::about(
                        0..0,
                        self.subject.clone(),
                        "the required pattern does not occur in this file".to_owned(),
                    )
                };
                Look { hits: if found.is_empty() { vec![missing()] } else { Vec::new() }, undecided: None }
            }
            Ok(found) => Look { hits: found.into_iter().map(Hit::at).collect(), undecided: None },
        }
    }
}
