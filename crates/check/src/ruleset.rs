//! All rules of a tree, with the decisions that they come from and the paths that they govern.

use crate::finding::{Finding, from_hits, from_path_hits};
use crate::index::{PathIndex, TextIndex};
use crate::judge::opposes;
use crate::rule::{Kind, PathSet, Rule, SourceFile, read_rules};
use precedent_core::tree::{Fault, Node, Place};
use precedent_core::wire::StatusWord;
use precedent_core::{Severity, tree};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How a decision's rules count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Accepted and not superseded: its rules bind.
    InForce,
    /// Rejected: its rules bind, so that what was turned down stays out.
    Rejected,
    /// Not decided: its rules show what they would find.
    Proposed,
}

/// The decision behind a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRef {
    pub id: String,
    /// Folder of its log.
    pub log: String,
    pub title: String,
    pub status: Option<StatusWord>,
    /// Path of the record.
    pub path: String,
    pub standing: Standing,
    /// Paths of records that this one supersedes or amends: it decides against them.
    pub over: Vec<String>,
}

/// A record with its rules as written: those in its front matter, or those of the file beside it.
#[derive(Clone, Debug)]
pub struct RuleSource {
    pub decision: Arc<DecisionRef>,
    pub applies_to: Vec<String>,
    /// The file that holds the rules: the record, or `<stem>.rules.yaml`.
    pub file: String,
    /// The list of rules.
    pub rules: Result<Node, Fault>,
}

/// A rule with its decision.
#[derive(Clone, Debug)]
pub struct BoundRule {
    /// `<record id>/<rule id>`, with the log in front where ids collide.
    pub key: String,
    pub rule: Rule,
    /// As the settings have it, else the rule's own.
    pub severity: Severity,
    pub decision: Arc<DecisionRef>,
    pub file: String,
    applies_to: Option<PathSet>,
    /// What the rule and its record say, in one form for one meaning.
    pub digest: String,
    /// Where a decision in force that supersedes or amends this rule's asks for the opposite: key and scope of its rules.
    pub overruled: Vec<Overruling>,
}

/// A rule that goes over another one, on the paths that it governs itself.
#[derive(Clone, Debug)]
pub struct Overruling {
    pub key: String,
    scope: [Option<PathSet>; 2],
}

impl Overruling {
    fn reaches(&self, path: &str) -> bool {
        self.scope.iter().flatten().all(|globs| globs.has(path))
    }
}

/// A rule that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetFault {
    pub file: String,
    pub place: Place,
    pub rule: Option<String>,
    pub message: String,
    /// Of a decision whose rules bind.
    pub binds: bool,
}

/// The rules of a tree, by key.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    pub rules: Vec<BoundRule>,
    pub faults: Vec<SetFault>,
    /// Records, waivers and rule files: they name what they forbid.
    pub spared: BTreeSet<String>,
    paths: PathIndex,
    texts: TextIndex,
    /// Of each rule, what is asked for every file.
    marks: Vec<Mark>,
    /// Whether any says something of names.
    has_names: bool,
}

/// What a rule is like, in few bytes: of hundreds it is asked for each of many thousand files.
#[derive(Clone, Copy, Debug)]
struct Mark {
    /// It says something of names.
    names: bool,
    /// It reads every file that it governs.
    reads_all: bool,
    /// It looks for texts and says nothing where none of them is.
    seeks: bool,
    takes_apart: bool,
}

/// What several rules are like together.
#[derive(Clone, Copy, Debug)]
pub struct Traits {
    /// Each of them reads every file that it governs.
    pub read_all: bool,
    /// One of them takes texts apart, which is slow beside reading them.
    pub take_apart: bool,
}

impl Mark {
    fn of(kind: &Kind) -> Self {
        Self {
            names: matches!(kind, Kind::Files(_)),
            reads_all: matches!(kind, Kind::Text(_) | Kind::Count(_)),
            seeks: kind.sought().is_some() && !kind.misses_texts(),
            takes_apart: !matches!(kind, Kind::Text(_) | Kind::Count(_) | Kind::Files(_)),
        }
    }
}

/// What rules found in one file.
#[derive(Clone, Debug, Default)]
pub struct FileLook {
    pub path: String,
    /// Of rules whose findings stand by themselves.
    pub findings: Vec<Finding>,
    /// Of rules that count: every place.
    pub counted: Vec<Finding>,
    /// Rules that could not judge the file, and why.
    pub undecided: Vec<(usize, String)>,
    /// Rules that govern the file, in order; shared by the many files that the same ones govern.
    pub governed_by: Arc<[usize]>,
}

/// Reads the rules file beside a record: a list, or `rules:` with one.
///
/// # Errors
/// A fault where it is no YAML.
pub fn read_rules_file(text: &str) -> Result<Node, Fault> {
    let node = tree::read_yaml(text.strip_prefix('\u{feff}').unwrap_or(text))?;
    if let Some(other) = node.entries().iter().find(|entry| entry.key != "rules") {
        let message = format!("a rules file has no key `{}`; it holds a list below `rules:`", other.key);
        return Err(Fault { place: other.place, message });
    }
    Ok(node.find("rules").cloned().unwrap_or(node))
}

impl BoundRule {
    /// Whether the rule is about this path.
    #[must_use]
    pub fn governs(&self, path: &str) -> bool {
        if self.overruled.iter().any(|over| over.reaches(path)) {
            return false;
        }
        // Such a rule names its file itself.
        match &self.rule.kind {
            Kind::Data(rule) => return rule.reads(path),
            Kind::Evidence(rule) => return rule.report() == path,
            _ => {}
        }
        self.applies_to.as_ref().is_none_or(|globs| globs.has(path))
            && self.rule.paths.as_ref().is_none_or(|globs| globs.has(path))
    }

    /// What a path has to be in for it to be governed; `None` where the rule has to be asked itself.
    pub(crate) fn scopes(&self) -> Option<impl Iterator<Item = &PathSet>> {
        let is_own = !self.overruled.is_empty() || matches!(self.rule.kind, Kind::Data(_) | Kind::Evidence(_));
        (!is_own).then(|| self.applies_to.iter().chain(&self.rule.paths))
    }

    /// Whether its findings can make a check fail.
    #[must_use]
    pub fn binds(&self) -> bool {
        self.decision.standing != Standing::Proposed
    }
}

impl RuleSet {
    /// Validates rules. `severity` are the levels that the settings give by key; `spared` the files that are records.
    #[must_use]
    pub fn new(sources: Vec<RuleSource>, severity: &[(String, Severity)], spared: BTreeSet<String>) -> Self {
        let mut set = Self { spared, ..Self::default() };
        let mut homes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for source in &sources {
            homes.entry(source.decision.id.clone()).or_default().insert(source.decision.path.clone());
        }
        for source in sources {
            let is_shared = homes.get(&source.decision.id).is_some_and(|paths| paths.len() > 1);
            set.add(&source, is_shared);
        }
        for rule in &mut set.rules {
            if let Some((_, level)) = severity.iter().find(|(key, _)| *key == rule.key) {
                rule.severity = *level;
            }
        }
        set.rules.sort_by(|one, other| (&one.key, &one.file).cmp(&(&other.key, &other.file)));
        set.twice();
        set.overrule();
        set.paths = PathIndex::new(&set.rules);
        set.texts = TextIndex::new(&set.rules);
        set.marks = set.rules.iter().map(|bound| Mark::of(&bound.rule.kind)).collect();
        set.has_names = set.marks.iter().any(|mark| mark.names);
        set.faults.sort();
        set
    }

    fn add(&mut self, source: &RuleSource, is_shared: bool) {
        let decision = &source.decision;
        let binds = decision.standing != Standing::Proposed;
        let fault = |place: Place, rule: Option<String>, message: String| SetFault {
            file: source.file.clone(),
            place,
            rule: rule.map(|rule| format!("{}/{rule}", decision.id)),
            message,
            binds,
        };
        let list = match &source.rules {
            Ok(list) => list,
            Err(error) => {
                let message = format!("the rules cannot be read: {}", error.message);
                return self.faults.push(fault(error.place, None, message));
            }
        };
        let placed: Vec<(&str, Place)> = source.applies_to.iter().map(|glob| (glob.as_str(), list.place)).collect();
        let (applies_to, bad) = PathSet::new(&placed);
        self.faults.extend(bad.into_iter().map(|bad| fault(bad.place, None, format!("applies-to: {}", bad.message))));
        let applies_to = (!source.applies_to.is_empty()).then_some(applies_to);
        let (rules, faults) = read_rules(list);
        self.faults.extend(faults.into_iter().map(|bad| fault(bad.place, bad.rule, bad.message)));
        for rule in rules {
            let name = format!("{}/{}", decision.id, rule.id);
            let key = if is_shared { format!("{}:{name}", decision.log) } else { name };
            let digest = format!("{} {:?}", rule.digest, source.applies_to);
            let (severity, file) = (rule.severity, source.file.clone());
            let (decision, applies_to) = (decision.clone(), applies_to.clone());
            self.rules.push(BoundRule {
                key,
                severity,
                decision,
                file,
                applies_to,
                digest,
                rule,
                overruled: Vec::new(),
            });
        }
    }

    /// Two rules of one name cannot both be waived or baselined: neither is clear.
    fn twice(&mut self) {
        for pair in self.rules.windows(2) {
            if pair[0].key == pair[1].key {
                self.faults.push(SetFault {
                    file: pair[1].file.clone(),
                    place: pair[1].rule.place,
                    rule: Some(pair[1].key.clone()),
                    message: format!("{} has a rule of this name, too", pair[0].file),
                    binds: pair[1].binds(),
                });
            }
        }
    }

    /// Where two rules ask for opposites, one decision may say that it goes over the other.
    fn overrule(&mut self) {
        let is_over = |one: &BoundRule, other: &BoundRule| {
            one.decision.standing == Standing::InForce
                && one.decision.over.contains(&other.decision.path)
                && (opposes(one, other) || opposes(other, one))
        };
        let over = |one: &BoundRule| Overruling {
            key: one.key.clone(),
            scope: [one.applies_to.clone(), one.rule.paths.clone()],
        };
        let of = |other: &BoundRule| self.rules.iter().filter(|one| is_over(one, other)).map(over).collect();
        let overruled: Vec<Vec<Overruling>> = self.rules.iter().map(of).collect();
        self.rules.iter_mut().zip(overruled).for_each(|(rule, overruled)| rule.overruled = overruled);
    }

    /// The rules about a path, by their places.
    pub fn governing<'s>(&'s self, path: &str) -> impl Iterator<Item = (usize, &'s BoundRule)> + use<'s> {
        let governing = self.places_governing(path);
        (0..governing.len()).map(move |place| (governing[place], &self.rules[governing[place]]))
    }

    fn places_governing(&self, path: &str) -> Arc<[usize]> {
        let governing = self.paths.governing(&self.rules, path);
        if !self.spared.contains(path) {
            return governing;
        }
        governing.iter().copied().filter(|at| !self.rules[*at].rule.kind.spares_records()).collect()
    }

    /// Whether a rule of this set is about a path, records being spared by those that would find themselves.
    #[must_use]
    pub fn concerns(&self, bound: &BoundRule, path: &str) -> bool {
        bound.governs(path) && !(bound.rule.kind.spares_records() && self.spared.contains(path))
    }

    /// Whether a rule has to read the file at a path.
    #[must_use]
    pub fn reads(&self, path: &str, which: &dyn Fn(usize) -> bool) -> bool {
        self.governing(path).any(|(at, bound)| which(at) && bound.rule.kind.reads(path))
    }

    /// Whether rules have to know where imports lead.
    #[must_use]
    pub fn needs_project(&self) -> bool {
        !self.crossing().is_empty()
    }

    /// Rules that judge by where imports lead, by their places.
    #[must_use]
    pub fn crossing(&self) -> BTreeSet<usize> {
        let is_crossing = |at: &usize| matches!(self.rules[*at].rule.kind, Kind::Boundaries(_));
        (0..self.rules.len()).filter(is_crossing).collect()
    }

    /// Reports that other checkers write, by their paths.
    pub fn reports(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().filter_map(|bound| match &bound.rule.kind {
            Kind::Evidence(rule) => Some(rule.report()),
            _ => None,
        })
    }

    /// As [`Self::look_at_path`] for a file that cannot be read: rules that insist on it cannot be judged.
    #[must_use]
    pub fn look_at_unread(&self, path: &str, why: &str, which: &dyn Fn(usize) -> bool) -> FileLook {
        let mut look = self.look_at_path(path, which);
        let kind = |at: usize| &self.rules[at].rule.kind;
        let insisting = look.governed_by.iter().filter(|at| kind(**at).insists() && kind(**at).reads(path));
        look.undecided = insisting.map(|at| (*at, why.to_owned())).collect();
        look
    }

    /// Looks at the name of a file; of rules that govern it and that `which` takes.
    #[must_use]
    pub fn look_at_path(&self, path: &str, which: &dyn Fn(usize) -> bool) -> FileLook {
        let mut governed_by = self.places_governing(path);
        if !governed_by.iter().all(|at| which(*at)) {
            governed_by = governed_by.iter().copied().filter(|at| which(*at)).collect();
        }
        let mut findings = Vec::new();
        if self.has_names {
            for at in governed_by.iter().filter(|at| self.marks[**at].names) {
                findings.extend(from_path_hits(*at, self.rules[*at].rule.kind.look_at_path(path)));
            }
        }
        FileLook { path: path.to_owned(), findings, governed_by, ..FileLook::default() }
    }

    /// As [`Self::look_at_path`], and at the text.
    #[must_use]
    pub fn look(&self, file: &mut SourceFile<'_>, which: &dyn Fn(usize) -> bool) -> FileLook {
        let mut look = self.look_at_path(file.path, which);
        self.begin(file);
        let file = &*file;
        for &at in look.governed_by.clone().iter() {
            if self.rules[at].rule.kind.reads(file.path) {
                let (findings, undecided) = self.look_by(at, file);
                look.add(&self.rules[at], findings, undecided.map(|why| (at, why)));
            }
        }
        look
    }

    /// Finds out for all rules at once what spares each of them a look.
    pub fn begin(&self, file: &mut SourceFile<'_>) {
        file.lacking = Some(self.texts.lacking(file.text));
    }

    /// Those of `reading` that may find something in a text, as [`Self::begin`] found out.
    #[must_use]
    pub fn not_quiet(&self, reading: &[usize], file: &SourceFile<'_>) -> Vec<usize> {
        reading.iter().filter(|at| !self.is_quiet(**at, file)).copied().collect()
    }

    /// Whether one rule, by its place, is known to find nothing in a text, as [`Self::begin`] found out.
    #[must_use]
    pub fn is_quiet(&self, at: usize, file: &SourceFile<'_>) -> bool {
        self.marks[at].seeks && self.is_lacking(at, file)
    }

    /// What rules, by their places, are like together.
    #[must_use]
    pub fn traits(&self, rules: &[usize]) -> Traits {
        Traits {
            read_all: rules.iter().all(|at| self.marks[*at].reads_all),
            take_apart: rules.iter().any(|at| self.marks[*at].takes_apart),
        }
    }

    /// Whether a rule, by its place, has to read a file that it governs.
    #[must_use]
    pub fn has_to_read(&self, at: usize, path: &str) -> bool {
        self.marks[at].reads_all || self.rules[at].rule.kind.reads(path)
    }

    fn is_lacking(&self, at: usize, file: &SourceFile<'_>) -> bool {
        file.lacking.as_ref().is_some_and(|lacking| self.texts.is_lacking(at, lacking))
    }

    /// What one rule, by its place, finds in a text that it reads; and why it may be at a loss with it.
    #[must_use]
    pub fn look_by(&self, at: usize, file: &SourceFile<'_>) -> (Vec<Finding>, Option<String>) {
        let kind = &self.rules[at].rule.kind;
        let found = if self.is_lacking(at, file) { kind.look_in_vain() } else { kind.look(file) };
        (from_hits(at, file, found.hits), found.undecided.or_else(|| self.unseen(at, file)))
    }

    /// What a file takes in that the rule is not about: it would pass unseen.
    fn unseen(&self, at: usize, file: &SourceFile<'_>) -> Option<String> {
        let bound = &self.rules[at];
        let Kind::Dependency(rule) = &bound.rule.kind else { return None };
        let unseen = rule.takes_in(file).into_iter().find(|path| !self.concerns(bound, path))?;
        Some(format!("it takes in `{unseen}`, which this rule is not about; name that among its paths"))
    }
}

impl FileLook {
    /// Adds what a rule found in the text.
    pub fn add(&mut self, bound: &BoundRule, findings: Vec<Finding>, undecided: Option<(usize, String)>) {
        if matches!(bound.rule.kind, Kind::Count(_)) {
            self.counted.extend(findings);
        } else {
            self.findings.extend(findings);
        }
        self.undecided.extend(undecided);
    }

    /// Nothing was found, and nothing is undecided.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty() && self.counted.is_empty() && self.undecided.is_empty()
    }
}

#[cfg(test)]
mod tests;
