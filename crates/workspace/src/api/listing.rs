//! The list of decisions written out for the window.

use crate::threads::each;
use crate::workspace::{State, Workspace, log_infos};
use precedent_core::listing::Places;
use precedent_core::record::Parsed;
use precedent_core::wire::{ListedDecision, Listing, ProblemItem};
use serde_json::to_string;
use std::sync::Arc;

/// Records in a part: some 400 kB. A block that is larger by far would be kept by glibc after it was freed, since each one
/// that is given back raises what its `mallopt` (M_TRIM_THRESHOLD) keeps.
const PART: usize = 1_000;

/// The list as JSON.
#[derive(Debug)]
pub struct WrittenListing {
    pub generation: u32,
    /// A [`Listing`] first, lists of [`ListedDecision`] after it; what was taken is `None`.
    parts: Vec<Option<String>>,
}

impl WrittenListing {
    /// A part, once; `None` when it was taken already or there is none.
    pub fn take(&mut self, part: usize) -> Option<String> {
        self.parts.get_mut(part)?.take()
    }

    /// Whether every part was taken.
    pub fn is_taken(&self) -> bool {
        self.parts.iter().all(Option::is_none)
    }
}

impl Workspace {
    /// [`Workspace::decisions`] as the window gets them, written on all processors, record by record: a list of all of them
    /// beside it would take as much memory again as the log.
    ///
    /// # Errors
    /// As serde_json; no value of the list can fail.
    pub fn listing(&self) -> serde_json::Result<WrittenListing> {
        let state = self.state();
        let records: Vec<&Arc<Parsed>> = state.log.records().collect();
        let places: Places<'_> = (0..).zip(&records).map(|(at, parsed)| (parsed.decision.path.as_str(), at)).collect();
        let count = records.len().div_ceil(PART).max(1);
        let write = |_: &mut (), part: usize| {
            let range = part * PART..records.len().min((part + 1) * PART);
            let decisions = listed(&state, &records[range], &places);
            if part == 0 { to_string(&head(&state, count, decisions)) } else { to_string(&decisions) }
        };
        let parts = each(count, None, || (), write).into_iter().map(|json| json.map(Some)).collect::<Result<_, _>>()?;
        self.index.listed();
        Ok(WrittenListing { generation: state.generation, parts })
    }
}

fn head(state: &State, parts: usize, decisions: Vec<ListedDecision>) -> Listing {
    Listing {
        generation: state.generation,
        parts: u32::try_from(parts).unwrap_or(u32::MAX),
        logs: log_infos(state),
        problems: state.problems.iter().map(ProblemItem::from).collect(),
        decisions,
    }
}

fn listed(state: &State, records: &[&Arc<Parsed>], places: &Places<'_>) -> Vec<ListedDecision> {
    let summaries = records.iter().filter_map(|parsed| state.log.summary(&parsed.decision.path));
    summaries.map(|summary| ListedDecision::of(summary, places)).collect()
}

#[cfg(test)]
mod tests {
    use crate::api::tests::Sandbox;
    use serde_json::{Map, Value, json};
    use std::collections::HashMap;

    /// What a row says, with nothing left out.
    fn filled(row: &Value, places: &HashMap<usize, String>, whole: &Map<String, Value>) -> Value {
        let path = |at: &Value| json!(at.as_u64().and_then(|at| places.get(&usize::try_from(at).ok()?)));
        let stands_for = |key: &str, empty: &Value| match (&row[key], key) {
            (Value::Null, _) if empty.is_array() => json!([]),
            (Value::Array(relations), "relates_to") => {
                relations.iter().map(|one| json!({"path": path(&one["to"]), "as": one["as"]})).collect()
            }
            (Value::Array(own), _) if own.iter().all(Value::is_u64) => own.iter().map(path).collect(),
            (own, _) => own.clone(),
        };
        whole.iter().map(|(key, empty)| (key.clone(), stands_for(key, empty))).collect()
    }

    #[test]
    fn the_parts_hold_what_the_list_holds() {
        let sandbox = Sandbox::new();
        sandbox.write("precedent.toml", "logs = 3");
        for number in 1..=1_001 {
            let more = match number {
                2 => {
                    "- Status: superseded by [1001](1001-record.md)\n- Deciders: Ann, Bob\n- Tags: store\n\nSee [one](0001-record.md)."
                }
                1_001 => "- Status: accepted\n- Date: 2026-01-02\n\nSupersedes [2](0002-record.md).",
                _ => "",
            };
            sandbox.write(&format!("docs/adr/{number:04}-record.md"), format!("# Record {number}\n\n{more}\n"));
        }
        let (workspace, whole) = (sandbox.open(), sandbox.open().decisions());
        let mut listing = workspace.listing().expect("JSON");
        let head: Value = serde_json::from_str(&listing.take(0).expect("a part")).expect("JSON");
        assert_eq!((&head["generation"], &head["parts"]), (&json!(listing.generation), &json!(2)));
        assert_eq!((&head["logs"], &head["problems"]), (&json!(whole.logs), &json!(whole.problems)));
        let further: Vec<Value> = serde_json::from_str(&listing.take(1).expect("a part")).expect("JSON");
        assert_eq!((further.len(), listing.take(1), listing.take(2), listing.is_taken()), (1, None, None, true));
        let rows: Vec<Value> = head["decisions"].as_array().cloned().into_iter().flatten().chain(further).collect();
        let places = (0..).zip(whole.decisions.iter().map(|one| one.path.clone())).collect();
        assert_eq!(rows.len(), whole.decisions.len());
        for (row, decision) in rows.iter().zip(&whole.decisions) {
            let decision = serde_json::to_value(decision).expect("JSON");
            let Value::Object(keys) = &decision else { panic!("no object") };
            assert_eq!(filled(row, &places, keys), decision);
        }
        assert_eq!(whole.decisions[1].superseded_by, ["docs/adr/1001-record.md"]);
        assert_eq!(whole.decisions[1].cites.len(), 2, "{:?}", whole.decisions[1]);
    }
}
