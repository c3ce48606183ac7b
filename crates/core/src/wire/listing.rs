//! The list of decisions as the window gets it. Nothing outside of the app sees these shapes: they may change with it.

use super::{LogInfo, ProblemItem, RuleItem, StatusWord};
use serde::{Deserialize, Serialize};

wire! {
    /// The first part of the list, with what belongs to all of it.
    pub struct Listing {
        pub generation: u32,
        /// Number of parts, this one included; `decisions_part` gives the others.
        pub parts: u32,
        pub logs: Vec<LogInfo>,
        /// Problems that belong to no listed record.
        pub problems: Vec<ProblemItem>,
        pub decisions: Vec<ListedDecision>,
    }

    /// A relation beside supersession and amendment.
    #[derive(Eq)]
    pub struct ListedRelation {
        /// Place of the other record in the list, 0-based.
        pub to: u32,
        #[serde(rename = "as")]
        pub relation: String,
    }

    /// A [`super::DecisionSummary`] without what is empty in it; other records by their place in the list, 0-based.
    pub struct ListedDecision {
        pub id: String,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional, type = "number"))]
        pub number: Option<u64>,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        pub label: Option<String>,
        pub log: String,
        pub path: String,
        pub title: String,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        pub status: Option<StatusWord>,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        pub status_raw: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        pub date: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        pub proposed: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        pub accepted: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        pub review_by: Option<String>,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<String>>"))]
        pub decision_makers: Vec<String>,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<String>>"))]
        pub consulted: Vec<String>,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<String>>"))]
        pub informed: Vec<String>,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<String>>"))]
        pub tags: Vec<String>,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        pub scope: Option<String>,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<String>>"))]
        pub applies_to: Vec<String>,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<u32>>"))]
        pub supersedes: Vec<u32>,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<u32>>"))]
        pub superseded_by: Vec<u32>,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<u32>>"))]
        pub amends: Vec<u32>,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<u32>>"))]
        pub amended_by: Vec<u32>,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<ListedRelation>>"))]
        pub relates_to: Vec<ListedRelation>,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<u32>>"))]
        pub cites: Vec<u32>,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<u32>>"))]
        pub stated_supersedes: Vec<u32>,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<u32>>"))]
        pub stated_superseded_by: Vec<u32>,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<u32>>"))]
        pub stated_amends: Vec<u32>,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<u32>>"))]
        pub stated_amended_by: Vec<u32>,
        pub in_force: bool,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        pub held_from: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        pub held_to: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        #[cfg_attr(test, ts(optional))]
        pub reason_superseded: Option<String>,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<ProblemItem>>"))]
        pub problems: Vec<ProblemItem>,
        pub dialect: String,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<RuleItem>>"))]
        pub rules: Vec<RuleItem>,
    }
}
