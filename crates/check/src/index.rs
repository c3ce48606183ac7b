//! Many rules asked at once: which of them govern a path, and whether any of their texts is in a file at all.

use crate::rule::{Kind, PathSet};
use crate::ruleset::BoundRule;
use globset::{Glob, GlobSet, GlobSetBuilder};
use regex_automata::meta;
use regex_automata::util::syntax;
use std::collections::HashMap;

/// How large the joined expression may grow, in bytes; without it each rule looks for itself.
const MAX_COMPILED: usize = 64 * 1024 * 1024;

/// All globs of a set of rules, so that a path is matched against each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct PathIndex {
    globs: GlobSet,
    /// Of each rule, what a path has to be in; `None`: it is asked itself.
    scopes: Vec<Option<Vec<Scope>>>,
}

/// A [`PathSet`] by the places of its globs.
#[derive(Clone, Debug)]
struct Scope {
    within: Vec<usize>,
    except: Vec<usize>,
    is_all_but: bool,
}

impl PathIndex {
    pub(crate) fn new(rules: &[BoundRule]) -> Self {
        let mut known = Known { places: HashMap::new(), builder: GlobSetBuilder::new() };
        let scopes =
            rules.iter().map(|bound| bound.scopes().map(|sets| sets.map(|set| known.scope(set)).collect())).collect();
        match known.builder.build() {
            Ok(globs) => Self { globs, scopes },
            Err(_) => Self { globs: GlobSet::empty(), scopes: vec![None; rules.len()] },
        }
    }

    /// Rules that govern a path, in order.
    pub(crate) fn governing(&self, rules: &[BoundRule], path: &str) -> Vec<usize> {
        let matched = self.globs.matches(path);
        let has = |glob: &usize| matched.binary_search(glob).is_ok();
        let is_in = |scope: &Scope| (scope.is_all_but || scope.within.iter().any(has)) && !scope.except.iter().any(has);
        let governs = |at: &usize| match &self.scopes[*at] {
            Some(scopes) => scopes.iter().all(is_in),
            None => rules[*at].governs(path),
        };
        (0..self.scopes.len()).filter(governs).collect()
    }
}

struct Known {
    places: HashMap<String, usize>,
    builder: GlobSetBuilder,
}

impl Known {
    fn scope(&mut self, set: &PathSet) -> Scope {
        let (within, except) = set.globs();
        let mut places = |globs: &[Glob]| globs.iter().map(|glob| self.place(glob)).collect();
        Scope { within: places(within), except: places(except), is_all_but: set.is_all_but() }
    }

    fn place(&mut self, glob: &Glob) -> usize {
        let next = self.places.len();
        *self.places.entry(glob.glob().to_owned()).or_insert_with(|| {
            self.builder.add(glob.clone());
            next
        })
    }
}

/// The texts that rules look for, joined: most files have none of them, and one look tells.
#[derive(Clone, Debug)]
pub(crate) struct TextIndex(meta::Regex);

impl TextIndex {
    /// `None` where there is nothing to join, or too much.
    pub(crate) fn new(rules: &[BoundRule]) -> Option<Self> {
        let patterns: Vec<&str> = rules
            .iter()
            .filter_map(|bound| match &bound.rule.kind {
                Kind::Text(rule) => Some(rule.matcher().pattern()),
                Kind::Count(rule) => Some(rule.matcher().pattern()),
                _ => None,
            })
            .collect();
        if patterns.is_empty() {
            return None;
        }
        let config = meta::Config::new().nfa_size_limit(Some(MAX_COMPILED)).onepass_size_limit(Some(MAX_COMPILED));
        let builder = &mut meta::Builder::new();
        builder.syntax(syntax::Config::new().multi_line(true)).configure(config).build_many(&patterns).ok().map(Self)
    }

    /// Whether any of the texts may be in this one.
    pub(crate) fn may_be_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::SourceFile;
    use crate::ruleset::{DecisionRef, RuleSet, RuleSource, Standing};
    use precedent_core::tree::read_yaml;
    use std::collections::BTreeSet;
    use std::sync::Arc;

    fn set() -> RuleSet {
        let rules = "- {id: a, kind: forbid-text, message: M, paths: [\"src/**\", \"!src/x/**\"], match: {literal: mongo}}\n- {id: b, kind: forbid-text, message: M, paths: [src/x], match: {regex: \"(?x)^ tw o$ # c\"}}\n- {id: c, kind: count, message: M, at-most: 0, match: {literal: KAFKA, ignore-case: true}}\n- {id: d, kind: data, message: M, file: a.json, at: $.x, exists: true}\n- {id: e, kind: require-text, message: M, paths: [\"!**/*.rs\"], match: {any-literal: [one, two]}}\n";
        let decision = Arc::new(DecisionRef {
            id: "r".to_owned(),
            log: String::new(),
            title: String::new(),
            status: None,
            path: "r.md".to_owned(),
            standing: Standing::InForce,
            over: Vec::new(),
        });
        let rules = read_yaml(rules);
        let source = RuleSource { decision, applies_to: vec!["**".to_owned()], file: "r.md".to_owned(), rules };
        let set = RuleSet::new(vec![source], &[], BTreeSet::new());
        assert_eq!(set.faults, []);
        set
    }

    #[test]
    fn a_path_is_governed_as_each_rule_says_by_itself() {
        let set = set();
        for path in ["src/a.rs", "src/x/a.rs", "src/x", "a.json", "b/a.json", "x.txt"] {
            let joined: Vec<usize> = set.governing(path).map(|(at, _)| at).collect();
            let each: Vec<usize> = (0..set.rules.len()).filter(|at| set.rules[*at].governs(path)).collect();
            assert_eq!(joined, each, "{path}");
        }
    }

    #[test]
    fn texts_are_found_as_each_rule_finds_them_by_itself() {
        let set = set();
        for text in ["", "mongo\n", "x\ntwo\n", "kafka", "one two", "nothing of it\n"] {
            for path in ["src/a", "src/x/a", "b"] {
                let look = set.look(&mut SourceFile::new(path, text), &|_| true);
                let found: Vec<usize> = look.findings.iter().chain(&look.counted).map(|found| found.rule).collect();
                let mut each = Vec::new();
                for (at, bound) in set.governing(path) {
                    each.extend(bound.rule.kind.look(&SourceFile::new(path, text)).hits.iter().map(|_| at));
                }
                let sorted = |mut rules: Vec<usize>| {
                    rules.sort_unstable();
                    rules
                };
                assert_eq!(sorted(found), sorted(each), "{path} {text:?}");
            }
        }
    }
}
