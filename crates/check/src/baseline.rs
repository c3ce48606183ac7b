//! The baseline: findings that were there when a rule began. It shrinks by itself and grows only on request.

use crate::json;
use crate::rule::fields::Fields;
use precedent_core::Date;
use precedent_core::tree::Fault;
use precedent_core::wire::{FindingItem, FindingState};
use std::collections::BTreeMap;

/// The file's name, at the repository's root.
pub const BASELINE_FILE: &str = "precedent.baseline.json";
const SCHEMA: &str = "precedent/baseline/v1";

/// How many findings of a rule, path and text were there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<(String, String, String), u64>,
    /// Each time that it grew: the day, why, and by how many findings.
    accepted: Vec<(String, String, u64)>,
}

impl Baseline {
    /// Reads the file.
    ///
    /// # Errors
    /// The faults; one of them is enough for nothing to be in it.
    pub fn read(text: &str) -> Result<Self, Vec<Fault>> {
        let node = json::read(text).map_err(|fault| vec![fault])?;
        let mut fields = Fields::new(&node, "baseline");
        if let Some((schema, place)) = fields.needed("schema")
            && schema != SCHEMA
        {
            fields.fault(place, format!("`{schema}` is no baseline that this version knows; it is {SCHEMA}"));
        }
        let mut entries = BTreeMap::new();
        for item in fields.list("entries") {
            let entry = fields.within(item, "entry", |entry| {
                let (rule, path) = (entry.needed("rule"), entry.needed("path"));
                let (hash, count) = (entry.needed("fingerprint"), entry.number("count"));
                Some(((rule?.0.to_owned(), path?.0.to_owned(), hash?.0.to_owned()), count?))
            });
            match entry {
                Some((key, count)) => *entries.entry(key).or_default() += count,
                None => fields.fault(item.place, "an entry has rule, path, fingerprint and count"),
            }
        }
        let mut accepted = Vec::new();
        for item in fields.list("accepted") {
            accepted.extend(fields.within(item, "acceptance", |entry| {
                let (on, reason, added) = (entry.needed("on"), entry.needed("reason"), entry.number("added"));
                Some((on?.0.to_owned(), reason?.0.to_owned(), added?))
            }));
        }
        let faults = fields.finish();
        if faults.is_empty() { Ok(Self { entries, accepted }) } else { Err(faults) }
    }

    /// The baseline of findings that are neither waived nor new.
    #[must_use]
    pub fn of(findings: &[FindingItem]) -> Self {
        let mut baseline = Self::default();
        let held = |finding: &&FindingItem| matches!(finding.state, FindingState::Existing | FindingState::Baselined);
        for finding in findings.iter().filter(held) {
            let hash = finding.fingerprint.split(':').next().unwrap_or_default().to_owned();
            *baseline.entries.entry((finding.rule.clone(), finding.path.clone(), hash)).or_default() += 1;
        }
        baseline
    }

    /// This baseline with everything that `now` holds, for a reason.
    #[must_use]
    pub fn grown(&self, now: &Self, on: Date, reason: &str) -> Self {
        let mut accepted = self.accepted.clone();
        accepted.push((on.to_string(), reason.to_owned(), self.lacks(now)));
        Self { entries: now.entries.clone(), accepted }
    }

    /// What both hold: the least of each count. A baseline that shrinks by itself.
    #[must_use]
    pub fn within(&self, other: &Self) -> Self {
        let least = self.entries.iter().filter_map(|(key, count)| {
            let least = *count.min(other.entries.get(key)?);
            (least > 0).then(|| (key.clone(), least))
        });
        Self { entries: least.collect(), accepted: self.accepted.clone() }
    }

    /// How many findings of a rule, path and text it holds.
    #[must_use]
    pub fn count(&self, rule: &str, path: &str, hash: &str) -> u64 {
        self.entries.get(&(rule.to_owned(), path.to_owned(), hash.to_owned())).copied().unwrap_or(0)
    }

    /// All findings in it.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.entries.values().sum()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many findings `other` holds that this one does not.
    #[must_use]
    pub fn lacks(&self, other: &Self) -> u64 {
        let more = |(key, count): (&(String, String, String), &u64)| {
            count.saturating_sub(self.entries.get(key).copied().unwrap_or(0))
        };
        other.entries.iter().map(more).sum()
    }

    /// The file's text: sorted, one entry a line, so that merges touch only what they must.
    #[must_use]
    pub fn to_text(&self) -> String {
        let entry = |((rule, path, hash), count): (&(String, String, String), &u64)| {
            let text = |text: &str| serde_json::Value::String(text.to_owned()).to_string();
            format!(
                "    {{\"rule\": {}, \"path\": {}, \"fingerprint\": {}, \"count\": {count}}}",
                text(rule),
                text(path),
                text(hash)
            )
        };
        let entries: Vec<String> = self.entries.iter().map(entry).collect();
        let body = if entries.is_empty() { String::new() } else { format!("\n{}\n  ", entries.join(",\n")) };
        let acceptance = |(on, reason, added): &(String, String, u64)| {
            let value = serde_json::Value::String(reason.clone());
            format!("    {{\"on\": \"{on}\", \"reason\": {value}, \"added\": {added}}}")
        };
        let accepted: Vec<String> = self.accepted.iter().map(acceptance).collect();
        let accepted = if accepted.is_empty() {
            String::new()
        } else {
            format!("  \"accepted\": [\n{}\n  ],\n", accepted.join(",\n"))
        };
        format!("{{\n  \"schema\": \"{SCHEMA}\",\n{accepted}  \"entries\": [{body}]\n}}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn baseline(entries: &[(&str, u64)]) -> Baseline {
        let entry =
            |(hash, count): &(&str, u64)| (("a/b".to_owned(), "src/\"x".to_owned(), (*hash).to_owned()), *count);
        Baseline { entries: entries.iter().map(entry).collect(), accepted: Vec::new() }
    }

    #[test]
    fn what_is_written_is_read() {
        for entries in [&[][..], &[("h1", 2), ("h2", 1)]] {
            let written = baseline(entries);
            assert_eq!(Baseline::read(&written.to_text()), Ok(written));
        }
    }

    #[test]
    fn it_shrinks_and_says_how_much_it_lacks() {
        let (old, new) = (baseline(&[("h1", 2), ("h2", 1)]), baseline(&[("h1", 1), ("h3", 4)]));
        assert_eq!(old.within(&new), baseline(&[("h1", 1)]));
        assert_eq!((old.lacks(&new), new.lacks(&old), old.total()), (4, 2, 3));
        assert_eq!((old.count("a/b", "src/\"x", "h1"), old.count("a/b", "y", "h1")), (2, 0));
    }

    #[test]
    fn what_is_neither_waived_nor_new_is_held() {
        use crate::judge::tests::{BAD, Log, subject, waiver};
        let governance = Log::with(BAD).governance();
        let files = [("a", "bad\nbad\n"), ("b", "bad\n")];
        let of = |governance: &crate::Governance| Baseline::of(&crate::judge(subject(governance, &files)).findings);
        let all = of(&governance);
        let hash = crate::hash_of("bad");
        assert_eq!((all.total(), all.count("d/r", "a", &hash), all.count("d/r", "b", &hash)), (3, 2, 1));
        let held =
            crate::Governance { baseline: baseline(&[]).grown(&all, Date::constant(2026, 1, 1), "R"), ..governance };
        assert_eq!(of(&held).entries, all.entries);
        let waivers = vec![waiver("w.md", "d/r", "at-most: 2\n")];
        assert_eq!(of(&crate::Governance { waivers, ..Log::with(BAD).governance() }).total(), 1);
        assert!(baseline(&[]).is_empty() && !all.is_empty());
        assert_eq!(baseline(&[("h", 1)]).within(&baseline(&[("h", 0)])), baseline(&[]));
    }

    #[test]
    fn growing_is_written_down() {
        let (old, new) = (baseline(&[("h1", 1)]), baseline(&[("h1", 2), ("h2", 1)]));
        let grown = old.grown(&new, Date::constant(2026, 3, 2), "legacy \"code\"");
        assert!(
            grown.to_text().contains("{\"on\": \"2026-03-02\", \"reason\": \"legacy \\\"code\\\"\", \"added\": 2}")
        );
        assert_eq!(Baseline::read(&grown.to_text()), Ok(grown));
    }

    #[test]
    fn faults_are_told() {
        for text in ["", "{}", "{\"schema\": \"x\"}", "{\"schema\": \"precedent/baseline/v1\", \"entries\": [{}]}"] {
            assert!(Baseline::read(text).is_err(), "{text}");
        }
        let unknown = baseline(&[]).to_text().replace("entries", "entrys");
        assert!(Baseline::read(&unknown).is_err());
    }
}
