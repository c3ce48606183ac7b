//! How high relevant records stand among the hits: mean reciprocal rank and nDCG of the first ten.

use super::key::Key;
use super::repos::Repository;
use super::say;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Default)]
pub(super) struct Ranking {
    queries: usize,
    reciprocal: f64,
    gain: f64,
    pub(super) misses: Vec<String>,
}

impl Ranking {
    pub(super) fn ask(&mut self, key: &Key, repository: &Repository) {
        for question in key.queries.iter().filter(|question| question["repo"] == *repository.name) {
            let query = question["query"].as_str().expect("a question has words");
            let prefix = format!("{}/", repository.name);
            let relevant: BTreeMap<&str, f64> = question["relevant"]
                .as_object()
                .into_iter()
                .flatten()
                .filter_map(|(path, grade)| Some((path.strip_prefix(&prefix)?, grade.as_f64()?)))
                .collect();
            let reply = repository.json(&["search", "--json", "--limit", "10", query]).unwrap_or(Value::Null);
            let hits: Vec<&str> =
                reply["hits"].as_array().into_iter().flatten().filter_map(|hit| hit["path"].as_str()).collect();
            let first = hits.iter().position(|hit| relevant.contains_key(hit));
            self.queries += 1;
            self.reciprocal += first.map_or(0.0, |at| 1.0 / (at + 1) as f64);
            self.gain += ndcg(&hits, &relevant);
            if first != Some(0) {
                let place = first.map_or("nowhere".to_owned(), |at| format!("at {}", at + 1));
                self.misses.push(format!("{}: {query:?} first relevant {place}", repository.name));
            }
        }
    }

    pub(super) fn add(&mut self, other: Ranking) {
        self.queries += other.queries;
        self.reciprocal += other.reciprocal;
        self.gain += other.gain;
        self.misses.extend(other.misses);
    }

    pub(super) fn print(&self) {
        if self.queries > 0 {
            let of = self.queries as f64;
            let (mrr, ndcg) = (self.reciprocal / of, self.gain / of);
            say(&format!("  search: MRR {mrr:.3}, nDCG@10 {ndcg:.3} over {} queries", self.queries));
        }
    }
}

fn ndcg(hits: &[&str], relevant: &BTreeMap<&str, f64>) -> f64 {
    let worth = |grades: &[f64]| -> f64 {
        let discounted = grades.iter().take(10).enumerate();
        discounted.map(|(at, grade)| (grade.exp2() - 1.0) / ((at + 2) as f64).log2()).sum()
    };
    let got: Vec<f64> = hits.iter().map(|hit| relevant.get(hit).copied().unwrap_or(0.0)).collect();
    let mut best: Vec<f64> = relevant.values().copied().collect();
    best.sort_by(|a, b| b.total_cmp(a));
    let best = worth(&best);
    if best > 0.0 { worth(&got) / best } else { 0.0 }
}
