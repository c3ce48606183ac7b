//! Many rules asked at once: which of them govern a path, and whether any of their texts is in a file at all.

use crate::rule::{PathSet, Sought};
use crate::ruleset::BoundRule;
use aho_corasick::AhoCorasick;
use globset::{Glob, GlobSet, GlobSetBuilder};
use regex_automata::meta;
use regex_automata::util::syntax;
use std::collections::HashMap;
use std::sync::Arc;

/// How large the joined expression may grow, in bytes; without it each rule looks for itself.
const MAX_COMPILED: usize = 64 * 1024 * 1024;

/// All globs of a set of rules, so that a path is matched against each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct PathIndex {
    globs: GlobSet,
    /// Rules by what a path has to be in.
    groups: Vec<Group>,
    /// Rules that are asked themselves.
    alone: Vec<usize>,
}

/// Rules of one scope.
#[derive(Clone, Debug)]
struct Group {
    scopes: Vec<Scope>,
    /// In order.
    rules: Arc<[usize]>,
}

/// A [`PathSet`] by the places of its globs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Scope {
    within: Vec<usize>,
    except: Vec<usize>,
    is_all_but: bool,
}

impl PathIndex {
    pub(crate) fn new(rules: &[BoundRule]) -> Self {
        let mut known = Known { places: HashMap::new(), builder: GlobSetBuilder::new() };
        let mut groups: Vec<(Vec<Scope>, Vec<usize>)> = Vec::new();
        let mut alone: Vec<usize> = Vec::new();
        let mut group_of: HashMap<Vec<Scope>, usize> = HashMap::new();
        for (at, bound) in rules.iter().enumerate() {
            let Some(sets) = bound.scopes() else {
                alone.push(at);
                continue;
            };
            let scopes: Vec<Scope> = sets.map(|set| known.scope(set)).collect();
            let group = *group_of.entry(scopes).or_insert_with_key(|scopes| {
                groups.push((scopes.clone(), Vec::new()));
                groups.len() - 1
            });
            groups[group].1.push(at);
        }
        let groups = groups.into_iter().map(|(scopes, rules)| Group { scopes, rules: rules.into() }).collect();
        match known.builder.build() {
            Ok(globs) => Self { globs, groups, alone },
            Err(_) => Self { globs: GlobSet::empty(), groups: Vec::new(), alone: (0..rules.len()).collect() },
        }
    }

    /// Rules that govern a path, in order.
    pub(crate) fn governing(&self, rules: &[BoundRule], path: &str) -> Arc<[usize]> {
        let matched = self.globs.matches(path);
        let has = |glob: &usize| matched.binary_search(glob).is_ok();
        let is_in = |scope: &Scope| (scope.is_all_but || scope.within.iter().any(has)) && !scope.except.iter().any(has);
        let mut groups = self.groups.iter().filter(|group| group.scopes.iter().all(is_in));
        let mut alone = self.alone.iter().copied().filter(|at| rules[*at].governs(path)).peekable();
        let first = groups.next().map(|group| &group.rules);
        let mut others = groups.peekable();
        if let (Some(rules), None, None) = (first, others.peek(), alone.peek()) {
            return rules.clone();
        }
        let all = first.into_iter().chain(others.map(|group| &group.rules));
        let mut governing: Vec<usize> = all.flat_map(|rules| rules.iter().copied()).chain(alone).collect();
        governing.sort_unstable();
        governing.into()
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

/// What rules look for in texts, joined: most files have none of it, and one look tells.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextIndex {
    /// All that is looked for to the letter, and the rule of each.
    letters: Option<AhoCorasick>,
    owners: Vec<usize>,
    expressions: Option<meta::Regex>,
    /// Of each rule, where it was joined.
    joined: Vec<Joined>,
}

/// Where a rule's text was joined to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joined {
    Letters,
    Expressions,
    /// The rule is asked itself.
    Nowhere,
}

/// Which rules' texts a file does not have.
#[derive(Clone, Debug)]
pub(crate) struct Lacking {
    /// Rules whose texts it does have, in order.
    met: Vec<usize>,
    /// Whether any of the expressions matches.
    has_expression: bool,
}

impl TextIndex {
    pub(crate) fn new(rules: &[BoundRule]) -> Self {
        let (mut letters, mut owners, mut expressions) = (Vec::new(), Vec::new(), Vec::new());
        let mut joined = vec![Joined::Nowhere; rules.len()];
        for (at, bound) in rules.iter().enumerate() {
            match bound.rule.kind.sought() {
                None => {}
                Some(Sought::Expression(expression)) => {
                    expressions.push(expression.as_str());
                    joined[at] = Joined::Expressions;
                }
                Some(Sought::Texts(texts)) => {
                    letters.extend(texts.iter().map(String::as_str));
                    owners.resize(letters.len(), at);
                    joined[at] = Joined::Letters;
                }
            }
        }
        let letters = if letters.is_empty() { None } else { AhoCorasick::new(letters).ok() };
        let expressions = if expressions.is_empty() { None } else { join(&expressions) };
        // Where too much was to be joined each rule looks for itself.
        for joined in &mut joined {
            let is_missing = match joined {
                Joined::Letters => letters.is_none(),
                Joined::Expressions => expressions.is_none(),
                Joined::Nowhere => false,
            };
            if is_missing {
                *joined = Joined::Nowhere;
            }
        }
        Self { letters, owners, expressions, joined }
    }

    /// Looks for everything at once.
    pub(crate) fn lacking(&self, text: &str) -> Lacking {
        let has_expression = self.expressions.as_ref().is_some_and(|joined| joined.is_match(text));
        let met = self.letters.as_ref().map_or_else(Vec::new, |letters| self.met(letters, text));
        Lacking { met, has_expression }
    }

    fn met(&self, letters: &AhoCorasick, text: &str) -> Vec<usize> {
        // Only where there is one does it matter which ones there are, which takes longer to find out.
        if !letters.is_match(text) {
            return Vec::new();
        }
        let mut is_met = vec![false; self.joined.len()];
        letters.find_overlapping_iter(text).for_each(|found| is_met[self.owners[found.pattern().as_usize()]] = true);
        (0..is_met.len()).filter(|at| is_met[*at]).collect()
    }

    /// Whether a rule's text is not in a file, as [`Self::lacking`] found.
    pub(crate) fn is_lacking(&self, at: usize, lacking: &Lacking) -> bool {
        match self.joined[at] {
            Joined::Letters => lacking.met.binary_search(&at).is_err(),
            Joined::Expressions => !lacking.has_expression,
            Joined::Nowhere => false,
        }
    }
}

/// `None` where it is too much.
fn join(expressions: &[&str]) -> Option<meta::Regex> {
    let config = meta::Config::new().nfa_size_limit(Some(MAX_COMPILED)).onepass_size_limit(Some(MAX_COMPILED));
    let builder = &mut meta::Builder::new();
    builder.syntax(syntax::Config::new().multi_line(true)).configure(config).build_many(expressions).ok()
}

#[cfg(test)]
mod tests {
    use crate::rule::SourceFile;
    use crate::ruleset::{DecisionRef, RuleSet, RuleSource, Standing};
    use precedent_core::tree::read_yaml;
    use std::collections::BTreeSet;
    use std::sync::Arc;

    fn set() -> RuleSet {
        let rules = "- {id: a, kind: forbid-text, message: M, paths: [\"src/**\", \"!src/x/**\"], match: {literal: mongo}}\n- {id: b, kind: forbid-text, message: M, paths: [src/x], match: {regex: \"(?x)^ tw o$ # c\"}}\n- {id: c, kind: count, message: M, at-most: 0, match: {literal: KAFKA, ignore-case: true}}\n- {id: d, kind: data, message: M, file: a.json, at: $.x, exists: true}\n- {id: e, kind: require-text, message: M, paths: [\"!**/*.rs\"], match: {any-literal: [one, two]}}\n- {id: f, kind: forbid-text, message: M, match: {any-literal: [ongodb, mongo]}}\n";
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
        for text in
            ["", "mongo\n", "mongodb of mongo", "ongodb\ntwo", "x\ntwo\n", "kafka", "one two", "nothing of it\n"]
        {
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

    #[test]
    fn many_expressions_are_one_look() {
        let rule = |at: usize| {
            format!("- {{id: r{at}, kind: forbid-text, message: M, match: {{regex: '\\w{{10}}q{{{at}}}'}}}}\n")
        };
        let rules: String = (1..9).map(rule).collect();
        let set = crate::judge::tests::Log::with(&rules).set();
        let quiet = |text: &str| {
            let mut file = SourceFile::new("a", text);
            set.begin(&mut file);
            set.rules.len() - set.not_quiet(&(0..set.rules.len()).collect::<Vec<_>>(), &file).len()
        };
        assert_eq!((set.rules.len(), quiet("nothing"), quiet("abcdefghijq")), (8, 8, 0));
    }
}
