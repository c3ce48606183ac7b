//! From summaries to the window's list.

use crate::wire::{DecisionSummary, ListedDecision, ListedRelation, Relation};
use std::collections::HashMap;

/// Where each record stands in the list, 0-based, by path.
pub type Places<'a> = HashMap<&'a str, u32>;

impl ListedDecision {
    /// A summary as the list has it. Links lead to records of the list, all of which `places` knows.
    pub fn of(summary: DecisionSummary, places: &Places<'_>) -> Self {
        let at = |paths: &[String]| paths.iter().filter_map(|path| places.get(path.as_str()).copied()).collect();
        let relation =
            |Relation { path, relation }: Relation| Some(ListedRelation { to: *places.get(path.as_str())?, relation });
        let relates_to = summary.relates_to.into_iter().filter_map(relation).collect();
        Self {
            id: summary.id,
            number: summary.number,
            label: summary.label,
            log: summary.log,
            path: summary.path,
            title: summary.title,
            status: summary.status,
            status_raw: summary.status_raw,
            date: summary.date,
            proposed: summary.proposed,
            accepted: summary.accepted,
            review_by: summary.review_by,
            decision_makers: summary.decision_makers,
            consulted: summary.consulted,
            informed: summary.informed,
            tags: summary.tags,
            scope: summary.scope,
            applies_to: summary.applies_to,
            supersedes: at(&summary.supersedes),
            superseded_by: at(&summary.superseded_by),
            amends: at(&summary.amends),
            amended_by: at(&summary.amended_by),
            relates_to,
            cites: at(&summary.cites),
            stated_supersedes: at(&summary.stated_supersedes),
            stated_superseded_by: at(&summary.stated_superseded_by),
            stated_amends: at(&summary.stated_amends),
            stated_amended_by: at(&summary.stated_amended_by),
            in_force: summary.in_force,
            held_from: summary.held_from,
            held_to: summary.held_to,
            reason_superseded: summary.reason_superseded,
            problems: summary.problems,
            dialect: summary.dialect,
            rules: summary.rules,
        }
    }
}
