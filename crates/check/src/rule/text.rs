//! `forbid-text` and `require-text`: a text that must not, or must, occur in each file.

use super::fields::{Fields, compile};
use super::kind::{Hit, Look, MAX_HITS, SourceFile};
use crate::source::mask::Part;
use regex::Regex;

/// The most texts of one `any-literal`.
const MAX_LITERALS: usize = 1000;

/// Where a text counts; `None` is everywhere.
const WITHIN: &[(&str, Option<Part>)] =
    &[("all", None), ("code", Some(Part::Code)), ("comments", Some(Part::Comments)), ("strings", Some(Part::Strings))];

/// What is looked for, for several rules to be joined.
#[derive(Clone, Debug)]
pub(crate) enum Sought {
    /// One of these texts, to the letter.
    Texts(Vec<String>),
    /// What this expression matches.
    Expression(String),
}

impl Sought {
    /// The same as an expression.
    fn pattern(&self) -> String {
        match self {
            Sought::Texts(texts) => texts.iter().map(|text| regex::escape(text)).collect::<Vec<_>>().join("|"),
            Sought::Expression(expression) => expression.clone(),
        }
    }
}

/// `match:` of a rule: what is looked for, and where.
#[derive(Clone, Debug)]
pub(crate) struct Matcher {
    regex: Regex,
    sought: Sought,
    within: Option<Part>,
    /// The same for the same `match`, however it is written.
    subject: String,
}

impl Matcher {
    /// Reads `match:`, which has to be there.
    pub(crate) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        if fields.find("match").is_none() {
            fields.missing("match");
            return None;
        }
        fields.inside("match", Self::read_inside)
    }

    fn read_inside(fields: &mut Fields<'_>) -> Option<Self> {
        let ignore_case = fields.flag("ignore-case").unwrap_or(false);
        let within = fields.word("in", WITHIN).flatten();
        let given: Vec<&'static str> =
            ["literal", "any-literal", "regex"].into_iter().filter(|key| fields.find(key).is_some()).collect();
        let (sought, place) = match given[..] {
            ["literal"] => fields.text("literal").map(|(text, place)| (Sought::Texts(vec![text.to_owned()]), place))?,
            ["any-literal"] => {
                let texts = fields.texts("any-literal");
                let place = texts.first().map(|(_, place)| *place)?;
                if texts.len() > MAX_LITERALS {
                    fields.fault(place, format!("`any-literal` has more than {MAX_LITERALS} texts"));
                    return None;
                }
                (Sought::Texts(texts.into_iter().map(|(text, _)| text.to_owned()).collect()), place)
            }
            ["regex"] => fields.text("regex").map(|(text, place)| (Sought::Expression(text.to_owned()), place))?,
            [] => {
                fields.missing("literal, any-literal or regex");
                return None;
            }
            _ => {
                let place = fields.place();
                fields.fault(place, "this has several of literal, any-literal and regex; one is meant");
                return None;
            }
        };
        let pattern = sought.pattern();
        let compiled = match sought {
            Sought::Expression(_) => compile(&pattern, |builder| {
                builder.case_insensitive(ignore_case);
            }),
            Sought::Texts(_) => literals(&pattern, ignore_case),
        };
        let regex = match compiled {
            Ok(regex) if regex.is_match("") => {
                fields.fault(place, "this matches the empty text, which is everywhere");
                return None;
            }
            Ok(regex) => regex,
            Err(message) => {
                fields.fault(place, format!("this {message}"));
                return None;
            }
        };
        let subject = format!("{pattern} {within:?} {ignore_case}");
        // Letters of other alphabets are letters of this one in small: an expression knows which.
        let sought = if ignore_case { Sought::Expression(format!("(?i){pattern}")) } else { sought };
        Some(Self { regex, sought, within, subject })
    }

    /// Places of the text in a file.
    pub(crate) fn look(&self, file: &SourceFile<'_>) -> Look {
        // Most texts do not have it at all; only those that do are worth being taken apart.
        if !self.regex.is_match(file.text) {
            return Look::default();
        }
        let masked = match self.within.map(|part| file.only(part)) {
            None => None,
            Some(Ok(masked)) => masked,
            Some(Err(why)) => return Look { hits: Vec::new(), undecided: Some(why.to_string()) },
        };
        let text = masked.as_deref().unwrap_or(file.text);
        let found = self.regex.find_iter(text).filter(|found| !found.is_empty());
        Look { hits: found.take(MAX_HITS + 1).map(|found| Hit::at(found.range())).collect(), undecided: None }
    }

    pub(crate) fn subject(&self) -> &str {
        &self.subject
    }

    pub(crate) fn sought(&self) -> &Sought {
        &self.sought
    }
}

/// Escaped texts are bounded by their number; they may be longer than an expression that somebody writes.
fn literals(pattern: &str, ignore_case: bool) -> Result<Regex, String> {
    regex::RegexBuilder::new(pattern)
        .case_insensitive(ignore_case)
        .build()
        .map_err(|_| "is too large once compiled".to_owned())
}

/// A text that must not, or must, occur.
#[derive(Clone, Debug)]
pub struct TextRule {
    is_required: bool,
    matcher: Matcher,
}

impl TextRule {
    pub(crate) fn read(fields: &mut Fields<'_>, is_required: bool) -> Option<Self> {
        Some(Self { is_required, matcher: Matcher::read(fields)? })
    }

    pub(crate) fn word(&self) -> &'static str {
        if self.is_required { "require-text" } else { "forbid-text" }
    }

    pub(crate) fn is_required(&self) -> bool {
        self.is_required
    }

    pub(crate) fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    pub(crate) fn look(&self, file: &SourceFile<'_>) -> Look {
        self.judged(self.matcher.look(file))
    }

    /// As [`Self::look`] in a text that is known not to have it.
    pub(crate) fn look_in_vain(&self) -> Look {
        self.judged(Look::default())
    }

    fn judged(&self, look: Look) -> Look {
        if !self.is_required || look.undecided.is_some() {
            return look;
        }
        let missing = || {
            Hit::about(0..0, self.matcher.subject.clone(), "the required text does not occur in this file".to_owned())
        };
        Look { hits: if look.hits.is_empty() { vec![missing()] } else { Vec::new() }, undecided: None }
    }
}
