//! What is said of a pass that says little, so that nobody takes silence for a check.

use crate::governance::Governance;

const HOW: &str =
    "add `rules:` to a record (`precedent schema record-v1` describes them) and try them with `precedent test`";

/// Why nothing was judged, if nothing was.
pub(super) fn of(governance: &Governance) -> Vec<String> {
    let rules = &governance.rules.rules;
    let note = if governance.records.is_empty() {
        "no record of a decision was found, so nothing was checked; `precedent init` begins a log, `logs` in \
         precedent.toml names one"
            .to_owned()
    } else if rules.is_empty() {
        format!("no decision carries a rule yet, so nothing was checked; {HOW}")
    } else if !rules.iter().any(crate::ruleset::BoundRule::binds) {
        "no rule binds yet: those there are belong to decisions that are still proposed".to_owned()
    } else {
        return Vec::new();
    };
    vec![note]
}
