//! What rules found in texts, kept by what the texts hold: a text that was looked at is not looked at again.
//!
//! The key is the file's path, the blob id of its bytes or what the file system says of the file at rest, and of each rule
//! what it says and which engine reads it, so that nothing has to be forgotten when a record changes. A file's bytes are
//! hashed only where looking at them again would cost more. In memory for a session, in the cache folder between sessions
//! ([`super::kept`]); derived data, which may be deleted any time (invariant I4), and never in the repository.

use crate::scan::Hash;
use crate::stat::Stat;
use borsh::{BorshDeserialize, BorshSerialize};
use precedent_check::{BoundRule, Finding};
use rustc_hash::FxHashMap;
use sha1::{Digest, Sha1};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Digest of the sources that decide what a rule finds (`build.rs`).
pub(super) const ENGINE: &str = env!("PRECEDENT_ENGINE");

/// Of one path, so many contents are remembered: of the worktree, the staging, the last commit, and one more.
const MOST_ROWS: usize = 4;

/// A rule by what it says.
pub(super) type RuleId = u128;

/// A place that a rule found; its rule and mostly its path are known from around it.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(super) struct Place {
    /// Where it is another file than the one that was looked at: what a report speaks of.
    path: Option<String>,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    excerpt: String,
    hash: String,
    occurrence: u32,
    note: Option<String>,
}

/// What one rule found in one text; nothing at all is not written down.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(super) struct Found {
    pub(super) rule: RuleId,
    pub(super) places: Vec<Place>,
    pub(super) undecided: Option<String>,
}

/// What is known of one text at one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Else it is binary.
    pub(super) is_text: bool,
    /// Rules that have looked at it, in order; shared by all files that the same rules govern.
    pub(super) rules: Arc<[RuleId]>,
    pub(super) found: Vec<Found>,
}

/// All that is known of a path.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// Of the file on the disk, by what the file system says of it at rest.
    pub(super) at_rest: Option<(Stat, Arc<Row>)>,
    /// By the blob ids of contents.
    pub(super) rows: Vec<(Hash, Arc<Row>)>,
}

/// Something to be remembered.
#[derive(Debug)]
pub(super) struct News {
    pub(super) path: String,
    /// On the disk, at rest.
    pub(super) stat: Option<Stat>,
    /// The blob id, where it is known.
    pub(super) hash: Option<Hash>,
    pub(super) row: Arc<Row>,
}

impl News {
    /// Whether the text can be told when it is met again.
    pub(super) fn is_known_by_anything(&self) -> bool {
        self.stat.is_some() || self.hash.is_some()
    }
}

/// Everything that is known, at one moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub(super) entries: FxHashMap<Arc<str>, Entry>,
}

/// What is known, shared by all checks of a workspace.
#[derive(Debug, Default)]
pub(crate) struct FindingCache {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    known: Arc<Known>,
    is_loaded: bool,
    /// Rows that the file in the cache folder does not have.
    news: usize,
}

impl FindingCache {
    /// What is known now. Checks that begin later know more.
    pub(super) fn known(&self) -> Arc<Known> {
        self.lock().known.clone()
    }

    /// Takes in what an earlier session kept, once.
    pub(super) fn load(&self, file: &Path) {
        if std::mem::replace(&mut self.lock().is_loaded, true) {
            return;
        }
        let kept = super::kept::load(file);
        let mut inner = self.lock();
        let now = std::mem::replace(&mut inner.known, Arc::new(kept));
        // What was found meanwhile is newer.
        if !now.entries.is_empty() {
            let known = Arc::make_mut(&mut inner.known);
            known.entries.extend(now.entries.iter().map(|(path, entry)| (path.clone(), entry.clone())));
        }
    }

    /// Remembers.
    pub(super) fn learn(&self, news: impl Iterator<Item = News>) {
        let mut news = news.peekable();
        if news.peek().is_none() {
            return;
        }
        let inner = &mut *self.lock();
        let known = Arc::make_mut(&mut inner.known);
        for news in news {
            inner.news += 1;
            known.learn(news);
        }
    }

    /// What is to be kept for the next session when more than `few` texts are new; it counts as kept from now on.
    pub(super) fn to_keep(&self, few: usize) -> Option<Arc<Known>> {
        let mut inner = self.lock();
        if inner.news <= few {
            return None;
        }
        inner.news = 0;
        Some(inner.known.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    pub(super) fn entry(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }

    fn learn(&mut self, news: News) {
        let entry = match self.entries.get_mut(news.path.as_str()) {
            Some(entry) => entry,
            None => self.entries.entry(Arc::from(news.path)).or_default(),
        };
        let mut row = news.row;
        if let Some(hash) = news.hash {
            let before = entry.rows.iter().position(|(known, _)| *known == hash);
            let before = before.map(|at| entry.rows.remove(at).1);
            if entry.rows.len() == MOST_ROWS {
                entry.rows.remove(0);
            }
            row = joined(row, before.as_ref());
            entry.rows.push((hash, row.clone()));
        }
        if let Some(stat) = news.stat {
            let before = entry.known_at_rest(Some(&stat)).cloned();
            entry.at_rest = Some((stat, joined(row, before.as_ref())));
        }
    }
}

/// What is found now, with what other rules found before in the same text.
fn joined(row: Arc<Row>, before: Option<&Arc<Row>>) -> Arc<Row> {
    match before.filter(|before| !row.knows(&before.rules)) {
        Some(before) => Arc::new(Row::clone(&row).with(before)),
        None => row,
    }
}

impl Entry {
    /// What is known of the file on the disk, when it is as it was.
    pub(super) fn known_at_rest(&self, stat: Option<&Stat>) -> Option<&Arc<Row>> {
        let (known, row) = self.at_rest.as_ref()?;
        (Some(known) == stat).then_some(row)
    }

    pub(super) fn row(&self, hash: Hash) -> Option<&Arc<Row>> {
        self.rows.iter().find(|(known, _)| *known == hash).map(|(_, row)| row)
    }
}

impl Row {
    /// Whether all of these rules have looked at it. Mostly they are the very ones that did.
    pub(super) fn knows(&self, rules: &[RuleId]) -> bool {
        *self.rules == *rules || rules.iter().all(|rule| self.has(*rule))
    }

    pub(super) fn has(&self, rule: RuleId) -> bool {
        self.rules.contains(&rule)
    }

    pub(super) fn found(&self, rule: RuleId) -> Option<&Found> {
        self.found.iter().find(|found| found.rule == rule)
    }

    /// With what other rules found before: those of the last commit, while the worktree has others.
    fn with(mut self, before: &Row) -> Self {
        let others: Vec<RuleId> = before.rules.iter().copied().filter(|rule| !self.has(*rule)).collect();
        // A rule that is being written has been another one with every key.
        if others.is_empty() || others.len() > self.rules.len() + 8 {
            return self;
        }
        let of_others = before.found.iter().filter(|found| others.contains(&found.rule)).cloned();
        self.found.extend(of_others);
        self.rules = self.rules.iter().copied().chain(others.iter().copied()).collect();
        self
    }
}

impl Place {
    pub(super) fn of(finding: Finding, path: &str) -> Self {
        Self {
            path: (finding.path != path).then_some(finding.path),
            line: finding.line,
            column: finding.column,
            end_line: finding.end_line,
            end_column: finding.end_column,
            excerpt: finding.excerpt,
            hash: finding.hash,
            occurrence: finding.occurrence,
            note: finding.note,
        }
    }

    pub(super) fn finding(&self, rule: usize, path: &str) -> Finding {
        Finding {
            rule,
            path: self.path.clone().unwrap_or_else(|| path.to_owned()),
            line: self.line,
            column: self.column,
            end_line: self.end_line,
            end_column: self.end_column,
            excerpt: self.excerpt.clone(),
            hash: self.hash.clone(),
            occurrence: self.occurrence,
            note: self.note.clone(),
        }
    }
}

/// What a rule is known by: what it says, who reads it, and for those that follow imports the `project` they lead through.
pub(super) fn rule_id(bound: &BoundRule, project: Option<&str>) -> RuleId {
    let mut sum = Sha1::new();
    for part in [ENGINE, bound.rule.kind.word(), &bound.rule.digest, project.unwrap_or_default()] {
        sum.update(part.len().to_le_bytes());
        sum.update(part.as_bytes());
    }
    let sum = sum.finalize();
    sum.iter().take(16).fold(0, |id, byte| id << 8 | u128::from(*byte))
}
