//! A rule as it was written, before it is compiled: keys that exist, sizes that are bounded.
//!
//! ast-grep ignores unknown keys inside relations and compiles whatever size it is given. A rule half understood must
//! not pass, so every key is known here; and what a stranger may nest or repeat has a limit.

use super::document::Grammar;
use super::{PatternError, chain, shared};
use ast_grep_config::{DeserializeEnv, SerializableRule};
use ast_grep_core::Pattern;
use regex_automata::dfa::dense;
use regex_automata::nfa::thompson;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Bytes of one string in a rule.
pub(super) const MOST_BYTES: usize = 10_000;
/// Nesting of a pattern's own syntax.
pub(super) const MOST_DEPTH: u32 = 100;
/// Nesting of rules in rules.
const MOST_NESTED: usize = 24;
/// Rules in rules altogether.
const MOST_RULES: usize = 500;
/// Bytes of one compiled regex.
const MOST_REGEX: usize = 1 << 20;
/// Bytes of a regex's automaton within which the engine keeps to one step for a byte.
const MOST_FAST: usize = 1 << 20;
/// Digits of a number in `nthChild` or `kind`: ast-grep computes in 32 bits.
const MOST_DIGITS: usize = 6;

const RELATIONS: &[&str] = &["inside", "has", "precedes", "follows"];

/// What checking a rule has found so far.
pub(super) struct Checked<'g> {
    grammar: &'g Grammar,
    rules: usize,
    text_weight: u64,
}

type Verdict = Result<(), PatternError>;

fn fail<T>(at: &str, message: impl Into<String>) -> Result<T, PatternError> {
    Err(PatternError { at: at.to_owned(), message: message.into() })
}

impl<'g> Checked<'g> {
    pub(super) fn new(grammar: &'g Grammar) -> Self {
        Self { grammar, rules: 0, text_weight: 1 }
    }

    /// What a byte read by the slowest of the rule's regexes may cost, in steps of an automaton.
    pub(super) fn text_weight(&self) -> u64 {
        self.text_weight
    }

    pub(super) fn rule(&mut self, value: &Value, at: &str, nested: usize) -> Verdict {
        self.keys(object(value, at)?, at, nested, false)
    }

    /// `constraints`: a rule for each meta variable.
    pub(super) fn constraints(&mut self, value: &Value) -> Verdict {
        let constraints = object(value, "constraints")?;
        for (name, rule) in constraints {
            self.rule(rule, &format!("constraints.{name}"), 0)?;
        }
        let mut defined: Vec<Vec<String>> = Vec::new();
        for (name, rule) in constraints {
            defined.push(self.defined(rule, &format!("constraints.{name}"))?);
        }
        let sets = defined.iter().map(|names| names.iter().map(String::as_str).collect::<BTreeSet<_>>());
        match shared(sets) {
            // ast-grep tries constraints in the order of a hash table: which one binds first would be chance.
            Some(name) => fail("constraints", format!("more than one binds ${name}")),
            None => Ok(()),
        }
    }

    fn defined(&self, rule: &Value, at: &str) -> Result<Vec<String>, PatternError> {
        let fault = |message: String| PatternError { at: at.to_owned(), message };
        let rule: SerializableRule = serde_json::from_value(rule.clone()).map_err(|error| fault(error.to_string()))?;
        let rule =
            DeserializeEnv::new(self.grammar.clone()).deserialize_rule(rule).map_err(|error| fault(chain(&error)))?;
        Ok(rule.defined_vars().into_iter().map(str::to_owned).collect())
    }

    fn keys(&mut self, rule: &Map<String, Value>, at: &str, nested: usize, is_relation: bool) -> Verdict {
        self.rules += 1;
        if nested > MOST_NESTED {
            return fail(at, format!("rules nest deeper than {MOST_NESTED} levels"));
        }
        if self.rules > MOST_RULES {
            return fail(at, format!("more than {MOST_RULES} rules in one"));
        }
        for (key, value) in rule {
            let at = format!("{at}.{key}");
            match key.as_str() {
                "pattern" => self.pattern(value, &at)?,
                "kind" => kind(value, &at)?,
                "regex" => self.regex(value, &at)?,
                "nthChild" => self.nth_child(value, &at, nested)?,
                "range" => range(value, &at)?,
                "all" | "any" => self.list(value, &at, nested)?,
                "not" => self.rule(value, &at, nested + 1)?,
                "field" if is_relation => drop(string(value, &at)?),
                "stopBy" if is_relation => self.stop_by(value, &at, nested)?,
                key if RELATIONS.contains(&key) => self.keys(object(value, &at)?, &at, nested + 1, true)?,
                "matches" => return fail(&at, "utility rules are not supported"),
                _ => return fail(&at, "unknown key"),
            }
        }
        Ok(())
    }

    fn list(&mut self, value: &Value, at: &str, nested: usize) -> Verdict {
        let Value::Array(rules) = value else { return fail(at, "is not a list of rules") };
        let mut rules = rules.iter().enumerate();
        rules.try_for_each(|(index, rule)| self.rule(rule, &format!("{at}[{index}]"), nested + 1))
    }

    fn stop_by(&mut self, value: &Value, at: &str, nested: usize) -> Verdict {
        match value {
            Value::String(word) if word == "end" || word == "neighbor" => Ok(()),
            Value::Object(_) => self.rule(value, at, nested + 1),
            _ => fail(at, "is not `neighbor`, `end` or a rule"),
        }
    }

    fn pattern(&self, value: &Value, at: &str) -> Verdict {
        let grammar = self.grammar.clone();
        let compiled = match value {
            Value::Object(parts) => {
                known(parts, at, &["context", "selector", "strictness"])?;
                let Some(context) = parts.get("context") else { return fail(at, "has no context") };
                let context = string(context, &format!("{at}.context"))?;
                match parts.get("selector") {
                    Some(selector) => Pattern::contextual(context, string(selector, at)?, grammar),
                    None => Pattern::try_new(context, grammar),
                }
            }
            _ => Pattern::try_new(string(value, at)?, grammar),
        };
        match compiled {
            Ok(pattern) if pattern.has_error() => {
                fail(at, format!("is not {} that can be read", self.grammar.language.name()))
            }
            Ok(_) => Ok(()),
            Err(error) => fail(at, chain(&error)),
        }
    }

    fn regex(&mut self, value: &Value, at: &str) -> Verdict {
        let regex = string(value, at)?;
        let limited = thompson::Config::new().nfa_size_limit(Some(MOST_REGEX));
        let automaton = thompson::Compiler::new().configure(limited.clone()).build(regex);
        let automaton = automaton.or_else(|error| fail(at, chain(&error)))?;
        let small = dense::Config::new().dfa_size_limit(Some(MOST_FAST)).determinize_size_limit(Some(MOST_FAST));
        let is_fast = dense::Builder::new().configure(small).thompson(limited).build(regex).is_ok();
        // Where states cannot be made ahead, the engine may follow all of them at every byte.
        let weight = if is_fast { 1 } else { automaton.states().len() as u64 };
        self.text_weight = self.text_weight.max(weight);
        Ok(())
    }

    fn nth_child(&mut self, value: &Value, at: &str, nested: usize) -> Verdict {
        let Value::Object(parts) = value else { return position(value, at) };
        known(parts, at, &["position", "ofRule", "reverse"])?;
        if let Some(value) = parts.get("position") {
            position(value, &format!("{at}.position"))?;
        }
        match parts.get("ofRule") {
            Some(rule) => self.rule(rule, &format!("{at}.ofRule"), nested + 1),
            None => Ok(()),
        }
    }
}

fn object<'v>(value: &'v Value, at: &str) -> Result<&'v Map<String, Value>, PatternError> {
    value.as_object().map_or_else(|| fail(at, "is not a rule with keys and values"), Ok)
}

fn string<'v>(value: &'v Value, at: &str) -> Result<&'v str, PatternError> {
    match value {
        Value::String(text) if text.len() <= MOST_BYTES => Ok(text),
        Value::String(_) => fail(at, format!("is longer than {MOST_BYTES} bytes")),
        _ => fail(at, "is not text"),
    }
}

fn known(parts: &Map<String, Value>, at: &str, keys: &[&str]) -> Verdict {
    match parts.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => fail(&format!("{at}.{key}"), "unknown key"),
        None => Ok(()),
    }
}

fn few_digits(text: &str, at: &str) -> Verdict {
    let longest = text.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max();
    if longest > Some(MOST_DIGITS) { fail(at, "has a number that is too large") } else { Ok(()) }
}

fn position(value: &Value, at: &str) -> Verdict {
    match value {
        Value::Number(number) => few_digits(&number.to_string(), at),
        // ast-grep counts in an `i32` whatever blanks stand between the digits.
        _ => few_digits(&string(value, at)?.split_whitespace().collect::<String>(), at),
    }
}

fn kind(value: &Value, at: &str) -> Verdict {
    let selector = string(value, at)?;
    few_digits(&selector.split_whitespace().collect::<String>(), at)?;
    // Selectors in selectors are read by functions that call themselves, as are the rules they become.
    let parts = selector.matches(['(', '>', '+', '~', ' ', ',']).count();
    if parts > MOST_NESTED * 2 { fail(at, "has too many parts") } else { Ok(()) }
}

fn range(value: &Value, at: &str) -> Verdict {
    let parts = object(value, at)?;
    known(parts, at, &["start", "end"])?;
    for (key, value) in parts {
        let at = format!("{at}.{key}");
        known(object(value, &at)?, &at, &["line", "column"])?;
    }
    Ok(())
}
