//! What a change does that no rule sees: files that leave a scope, that go, or that cannot be read any more.

use super::{Changed, LINK, MODULE, Step};
use crate::check::content::Skip;
use crate::check::looking::Looks;
use precedent_check::RuleSet;
use precedent_check::rule::ChangeKind;
use precedent_core::wire::GovernanceChange;

impl Changed {
    /// Files that rules lose sight of through the change.
    pub(in crate::check) fn evasions(&self, rules: &RuleSet, now: &Looks, then: &Looks) -> Vec<GovernanceChange> {
        let mut found = Vec::new();
        for step in &self.steps {
            found.extend(self.leaves(step, rules));
            let hidden = now.unread.get(&step.path).and_then(|why| hides(step, *why, rules, then));
            found.extend(hidden.or_else(|| self.replaces(step, rules)));
            found.extend(self.goes(step, rules));
        }
        found
    }

    /// A file that a rule read and that is gone, where the change adds some of its ending or its name that the rule does not
    /// read: renamed and rewritten, nobody can tell them from others.
    fn goes(&self, step: &Step, rules: &RuleSet) -> Option<GovernanceChange> {
        const MOST_NAMED: usize = 3;
        if step.kind != ChangeKind::Deleted {
            return None;
        }
        let added = self.steps.iter().filter(|other| other.kind == ChangeKind::Added);
        let alike: Vec<&str> =
            added.map(|other| other.path.as_str()).filter(|path| are_alike(path, &step.path)).collect();
        let reading = rules.governing(&step.path);
        let mut reading = reading.filter(|(_, bound)| bound.binds() && bound.rule.kind.reads(&step.path));
        reading.find_map(|(_, bound)| {
            let outside: Vec<&str> = alike.iter().copied().filter(|path| !rules.concerns(bound, path)).collect();
            let more = match outside.len().saturating_sub(MOST_NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            (!outside.is_empty()).then(|| GovernanceChange {
                path: step.path.clone(),
                line: 1,
                kind: "file-removed".to_owned(),
                rule: Some(bound.key.clone()),
                message: format!(
                    "the rule governed this file, and does not govern what the change adds: {}{more}",
                    outside[..outside.len().min(MOST_NAMED)].join(", ")
                ),
            })
        })
    }

    /// A link or submodule in the place of a folder of which a rule governed files.
    fn replaces(&self, step: &Step, rules: &RuleSet) -> Option<GovernanceChange> {
        let why = match self.head.0.get(&step.path)?.kind {
            LINK => Skip::Symlink,
            MODULE => Skip::Submodule,
            _ => return None,
        };
        let folder = format!("{}/", step.path);
        let below =
            self.base.0.range(folder.clone()..).map(|(path, _)| path).take_while(|path| path.starts_with(&folder));
        let governs = |path: &String| {
            rules
                .governing(path)
                .find(|(_, bound)| bound.binds() && bound.rule.kind.reads(path))
                .map(|(_, bound)| &bound.key)
        };
        let rule = below.filter_map(governs).next()?;
        Some(GovernanceChange {
            path: step.path.clone(),
            line: 1,
            kind: "hidden".to_owned(),
            rule: Some(rule.clone()),
            message: format!("what stood in this folder is not checked any more: {}", why.words()),
        })
    }

    /// A renaming that takes a file out of what a rule governs.
    fn leaves(&self, step: &Step, rules: &RuleSet) -> Vec<GovernanceChange> {
        let Some(old) = &step.old_path else { return Vec::new() };
        let lost = rules.governing(old).filter(|(_, bound)| bound.binds() && !rules.concerns(bound, &step.path));
        let change = |key: &str| GovernanceChange {
            path: step.path.clone(),
            line: 1,
            kind: "left-scope".to_owned(),
            rule: Some(key.to_owned()),
            message: format!("renamed from {old}, which the rule governs, to a place that it does not"),
        };
        lost.map(|(_, bound)| change(&bound.key)).collect()
    }
}

/// Whether two files have the same ending, or one name before it.
fn are_alike(one: &str, other: &str) -> bool {
    let ending = |path: &str| path.rsplit_once('.').map(|(_, ending)| ending.to_owned());
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).split('.').next().unwrap_or_default().to_owned();
    ending(one) == ending(other) || !name(one).is_empty() && name(one) == name(other)
}

/// A file that rules would read and can not, or not any more. A new binary file is nothing special unless its name is
/// that of a source file.
fn hides(step: &Step, why: Skip, rules: &RuleSet, then: &Looks) -> Option<GovernanceChange> {
    let old = step.old_path.as_deref().unwrap_or(&step.path);
    let was_read = then.files.iter().any(|look| look.path == old) && !then.unread.contains_key(old);
    let is_source = precedent_check::source::Language::from_path(&step.path).is_some();
    let is_same = then.unread.contains_key(old) && step.kind != ChangeKind::Added;
    if is_same || why == Skip::Binary && !was_read && !is_source {
        return None;
    }
    let binds = |bound: &precedent_check::BoundRule| bound.binds() && bound.rule.kind.reads(&step.path);
    let (_, bound) = rules.governing(&step.path).find(|(_, bound)| binds(bound))?;
    Some(GovernanceChange {
        path: step.path.clone(),
        line: 1,
        kind: "hidden".to_owned(),
        rule: Some(bound.key.clone()),
        message: format!("this file is not checked: {}", why.words()),
    })
}
