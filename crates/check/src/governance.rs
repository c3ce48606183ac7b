//! What judges a change: rules, waivers, baseline and settings of one tree; and how two trees differ in them.

use crate::baseline::{BASELINE_FILE, Baseline};
use crate::finding::hash_of;
use crate::ruleset::{BoundRule, RuleSet};
use crate::waiver::Waiver;
use precedent_core::Date;
use precedent_core::tree::Node;
use precedent_core::wire::{CheckFault, GovernanceChange};
use std::collections::{BTreeMap, BTreeSet};

/// A settings file, by what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Top-level keys of `precedent.toml`, each with its value in one form for one meaning.
    pub keys: BTreeMap<String, String>,
    /// Lines of `.gitattributes` files that say what is generated, as `path: line`.
    pub generated: BTreeSet<String>,
}

impl Settings {
    /// Takes the keys of a settings file.
    pub fn add_toml(&mut self, tree: &Node) {
        let keys =
            tree.entries().iter().map(|entry| (entry.key.clone(), crate::rule::canonical(&entry.value.to_json())));
        self.keys.extend(keys);
    }
}

/// Everything in a tree that judges.
#[derive(Clone, Debug, Default)]
pub struct Governance {
    pub rules: RuleSet,
    /// By path.
    pub waivers: Vec<Waiver>,
    pub baseline: Baseline,
    /// Waivers and a baseline that cannot be read.
    pub faults: Vec<CheckFault>,
    pub settings: Settings,
    /// How many days a waiver may last.
    pub waiver_max_days: u32,
    /// Standing of every record by its path, with the status word.
    pub records: BTreeMap<String, String>,
    /// Records that an accepted one supersedes, with that one's path.
    pub superseded: BTreeMap<String, String>,
}

impl Governance {
    /// Names what judges on a day: the same for trees that are judged alike.
    #[must_use]
    pub fn digest(&self, day: Date) -> String {
        let rules = self.rules.rules.iter().map(|rule| {
            let over: Vec<&String> = rule.overruled.iter().map(|over| &over.key).collect();
            format!("{:?}", (&rule.key, &rule.digest, rule.severity, rule.decision.standing, over))
        });
        let waivers = self.waivers.iter().map(|waiver| (&waiver.digest, waiver.holds_on(day, self.waiver_max_days)));
        let parts = (rules.collect::<Vec<_>>(), waivers.collect::<Vec<_>>(), self.baseline.to_text());
        hash_of(&format!("{parts:?} {:?} {:?} {:?}", self.settings, self.rules.faults, self.rules.spared))
    }

    /// Rules of a change for which all files have to be looked at: those that count, and those of which only so many
    /// findings are waived.
    #[must_use]
    pub fn whole_tree_rules(&self) -> BTreeSet<usize> {
        let limited: BTreeSet<&String> =
            self.waivers.iter().filter(|waiver| waiver.at_most.is_some()).flat_map(|waiver| &waiver.waives).collect();
        let is_whole = |rule: &BoundRule| match &rule.rule.kind {
            crate::rule::Kind::Count(count) => count.needs_whole_tree(),
            _ => limited.contains(&rule.key),
        };
        (0..self.rules.rules.len()).filter(|at| is_whole(&self.rules.rules[*at])).collect()
    }
}

/// What a change does to what judges it.
#[must_use]
pub fn governance_changes(base: &Governance, head: &Governance) -> Vec<GovernanceChange> {
    let mut found = rule_changes(base, head);
    found.extend(waiver_changes(base, head));
    let (more, fewer) = (base.baseline.lacks(&head.baseline), head.baseline.lacks(&base.baseline));
    if more > 0 {
        found.push(change(
            BASELINE_FILE,
            1,
            "baseline-grew",
            None,
            format!("{more} findings are added to the baseline"),
        ));
    }
    if fewer > 0 {
        found.push(change(BASELINE_FILE, 1, "baseline-shrank", None, format!("{fewer} findings leave the baseline")));
    }
    found.extend(setting_changes(&base.settings, &head.settings));
    found.sort();
    found
}

pub(crate) fn change(path: &str, line: u32, kind: &str, rule: Option<&str>, message: String) -> GovernanceChange {
    GovernanceChange { path: path.to_owned(), line, kind: kind.to_owned(), rule: rule.map(str::to_owned), message }
}

fn rule_changes(base: &Governance, head: &Governance) -> Vec<GovernanceChange> {
    let by_key = |governance: &Governance| -> BTreeMap<String, BoundRule> {
        governance.rules.rules.iter().map(|rule| (rule.key.clone(), rule.clone())).collect()
    };
    let (before, after) = (by_key(base), by_key(head));
    let mut found = Vec::new();
    for (key, old) in &before {
        match after.get(key) {
            None => found.push(gone(old, head)),
            Some(new) => found.extend(altered(old, new)),
        }
    }
    for (key, new) in after.iter().filter(|(key, _)| !before.contains_key(*key)) {
        let message = if new.binds() { "a rule is added" } else { "a rule is proposed" };
        found.push(change(&new.file, new.rule.place.line, "rule-added", Some(key), message.to_owned()));
    }
    found
}

fn gone(old: &BoundRule, head: &Governance) -> GovernanceChange {
    let record = &old.decision.path;
    let at = |kind: &str, message: String| change(&old.file, old.rule.place.line, kind, Some(&old.key), message);
    let faulty = head.rules.faults.iter().any(|fault| fault.file == old.file);
    match head.records.get(record) {
        None => at("record-removed", format!("the record {record} is gone, and this rule with it")),
        Some(status) if base_status(old) != *status => {
            at("status-changed", format!("{record} turns from {} to {status}: this rule ends", base_status(old)))
        }
        Some(_) if head.superseded.contains_key(record) => {
            let successor = &head.superseded[record];
            let message = format!("it supersedes {record}: this rule ends");
            change(successor, 1, "superseded", Some(&old.key), message)
        }
        Some(_) if faulty => at("rule-changed", "the rule can no longer be read".to_owned()),
        Some(_) => at("rule-removed", "the rule is taken out".to_owned()),
    }
}

fn base_status(rule: &BoundRule) -> String {
    rule.decision.status.map_or_else(|| "none".to_owned(), |status| format!("{status:?}").to_lowercase())
}

fn altered(old: &BoundRule, new: &BoundRule) -> Option<GovernanceChange> {
    let at = |kind: &str, message: String| Some(change(&new.file, new.rule.place.line, kind, Some(&new.key), message));
    if old.decision.standing != new.decision.standing {
        let message = format!("its record turns from {} to {}", base_status(old), base_status(new));
        return at("status-changed", message);
    }
    if old.severity != new.severity {
        let (from, to) = (old.severity.word(), new.severity.word());
        let how = if new.severity > old.severity { "lowered" } else { "raised" };
        return at("rule-changed", format!("its level is {how} from {from} to {to}"));
    }
    let over = |rule: &BoundRule| -> BTreeSet<String> { rule.overruled.iter().map(|over| over.key.clone()).collect() };
    let (before, after) = (over(old), over(new));
    if let Some(key) = after.difference(&before).next() {
        return at(
            "rule-changed",
            format!("{key} goes over it where that governs: its decision supersedes or amends this one"),
        );
    }
    if let Some(key) = before.difference(&after).next() {
        return at("rule-changed", format!("{key} does not go over it any more"));
    }
    (old.digest != new.digest)
        .then(|| at("rule-changed", "the rule or what it applies to is changed".to_owned()))
        .flatten()
}

fn waiver_changes(base: &Governance, head: &Governance) -> Vec<GovernanceChange> {
    let by_path = |governance: &Governance| -> BTreeMap<String, Waiver> {
        governance.waivers.iter().map(|waiver| (waiver.path.clone(), waiver.clone())).collect()
    };
    let (before, after) = (by_path(base), by_path(head));
    let of = |waiver: &Waiver| format!("{} until {}, owner {}", waiver.waives.join(", "), waiver.expires, waiver.owner);
    let mut found = Vec::new();
    for (path, new) in &after {
        match before.get(path) {
            None => found.push(change(path, 1, "waiver-added", None, format!("a waiver is added: {}", of(new)))),
            Some(old) if old.digest != new.digest => {
                found.push(change(path, 1, "waiver-changed", None, format!("a waiver is changed: {}", of(new))));
            }
            Some(_) => {}
        }
    }
    for (path, old) in before.iter().filter(|(path, _)| !after.contains_key(*path)) {
        found.push(change(path, 1, "waiver-removed", None, format!("a waiver is taken out: {}", of(old))));
    }
    found
}

fn setting_changes(base: &Settings, head: &Settings) -> Vec<GovernanceChange> {
    let keys: BTreeSet<&String> = base.keys.keys().chain(head.keys.keys()).collect();
    let differ = keys.into_iter().filter(|key| base.keys.get(*key) != head.keys.get(*key));
    let mut found: Vec<_> = differ
        .map(|key| change("precedent.toml", 1, "settings-changed", None, format!("the setting `{key}` is changed")))
        .collect();
    let lines = head.generated.symmetric_difference(&base.generated);
    found.extend(lines.map(|line| {
        let path = line.split_once(": ").map_or(".gitattributes", |(path, _)| path);
        let how = if head.generated.contains(line) { "is added" } else { "is taken out" };
        change(path, 1, "attributes-changed", None, format!("`{line}` {how}: it says which files are not checked"))
    }));
    found
}

#[cfg(test)]
mod tests;
