//! All rules of a tree on their examples: `precedent test`.

use super::{examples_of, number, set_faults};
use crate::ruleset::RuleSet;
use precedent_core::wire::{CheckFault, RuleTest, RuleTests};

/// Tries the rules that `which` takes, by the path of their record.
#[must_use]
pub fn test_rules(set: &RuleSet, which: &dyn Fn(&str) -> bool) -> RuleTests {
    let (mut rules, mut faults) = (Vec::new(), Vec::new());
    for bound in set.rules.iter().filter(|bound| which(&bound.decision.path)) {
        let found = examples_of(bound);
        let failed = |fault: &&CheckFault| fault.code == "example-failed";
        rules.push(RuleTest {
            rule: bound.key.clone(),
            kind: bound.rule.kind.word().to_owned(),
            path: bound.file.clone(),
            line: bound.rule.place.line,
            valid: number(bound.rule.examples.valid.len()),
            invalid: number(bound.rule.examples.invalid.len()),
            failed: number(found.iter().filter(failed).count()),
        });
        faults.extend(found);
    }
    faults.sort();
    RuleTests { rules, faults, undecided: set_faults(set) }
}
