//! A number that two records share, or that should be another: the record moves, and with it every reference to it.
//!
//! The next number looks at every branch and open draft. Of two records the one committed first keeps its number; where
//! that is not known, the person is asked.

use crate::api::moving::{Reach, Texts};
use crate::api::planning::{Planned, label};
use crate::error::{Error, Result};
use crate::git::added;
use crate::workspace::{State, Workspace};
use precedent_core::id::{FileName, record_stem};
use precedent_core::moving::Move;
use precedent_core::numbering::next_number;
use precedent_core::wire::{ErrorCode, PlanPreview, RenumberRequest, WriteReply};
use precedent_core::{RecordPath, WritePlan};
use std::collections::{BTreeMap, BTreeSet};

impl Workspace {
    /// What giving a record another number would write, or, without one, what gives every shared number to one record.
    ///
    /// # Errors
    /// `ambiguous` with the candidates when it is not known which of two records came first; `usage` for a number that is
    /// taken or a record without one; `cannot-edit`, `conflict`.
    pub fn plan_renumber(&self, request: &RenumberRequest) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.renumbering(request)?))
    }

    /// Renumbers as it was shown.
    ///
    /// # Errors
    /// `conflict` when a file changed since it was shown.
    pub fn apply_renumber(&self, request: &RenumberRequest, digest: &str) -> Result<WriteReply> {
        let reply = self.apply_moved(&self.renumbering(request)?, digest)?;
        self.refresh_clashes();
        Ok(reply)
    }

    pub(crate) fn renumbering(&self, request: &RenumberRequest) -> Result<Planned> {
        let state = self.state();
        let later = match &request.path {
            Some(path) => vec![self.own_file(path)?],
            None if request.number.is_some() => {
                return Err(Error::new(ErrorCode::Usage, "a number needs the record that gets it")
                    .with_hint("precedent renumber R NUMBER"));
            }
            None => self.later_ones(&state)?,
        };
        let mut given: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
        let mut moves = Vec::new();
        for path in &later {
            let log = state.files.get(path).map(|file| file.parsed.log.clone()).unwrap_or_default();
            let given = given.entry(log.clone()).or_default();
            let number = self.free_number(&state, path, &log, request.number, given)?;
            given.insert(number);
            moves.push(Move { from: path.clone(), to: with_number(path, number)? });
        }
        let Some(first) = moves.first().cloned() else {
            let plan = WritePlan::new("Renumber");
            let notes = vec!["No number is used twice.".to_owned()];
            return Ok(Planned { plan, record: None, label: None, notes, stages: false });
        };
        let reach = Reach { keep_citations: request.keep_citations, code: request.code };
        let mut texts = Texts::default();
        for moved in &moves {
            let content = self.store.read(&moved.from)?;
            self.move_one(&mut texts, moved, content.clone(), content)?;
        }
        for moved in &moves {
            self.follow(&mut texts, moved, reach);
        }
        let names: Vec<String> =
            later.iter().filter_map(|path| state.log.find(path)).map(|parsed| label(&parsed.decision)).collect();
        let digits = FileName::of(&first.to).digits.map(str::to_owned);
        Ok(texts.planned(format!("Renumber {}", names.join(", ")), first.to, digits))
    }

    /// Of the records that share a number, those that came later.
    fn later_ones(&self, state: &State) -> Result<Vec<RecordPath>> {
        let mut groups: BTreeMap<(&str, String, u64), Vec<RecordPath>> = BTreeMap::new();
        for (path, file) in &state.files {
            if let Some(number) = file.parsed.decision.number {
                groups.entry((&file.parsed.log, FileName::of(path).series(), number)).or_default().push(path.clone());
            }
        }
        groups.retain(|_, paths| paths.len() > 1);
        let all: Vec<RecordPath> = groups.values().flatten().cloned().collect();
        let first = match self.git_dir().filter(|_| !all.is_empty()) {
            Some(_) => added::first_commits(&self.git_repository()?, &all)?,
            None => BTreeMap::new(),
        };
        let mut later = Vec::new();
        for ((_, _, number), mut paths) in groups {
            let key = |path: &RecordPath| (!first.contains_key(path), first.get(path).copied());
            paths.sort_by_key(|path| (key(path), path.clone()));
            if key(&paths[0]) == key(&paths[1]) {
                let list: Vec<&str> = paths.iter().map(RecordPath::as_str).collect();
                return Err(Error::new(
                    ErrorCode::Ambiguous,
                    format!("which of the records with number {number} came first is not known"),
                )
                .with_hint(format!("name the one to move: precedent renumber {}", list[1]))
                .with_details(list.join("\n")));
            }
            later.extend(paths.drain(1..));
        }
        Ok(later)
    }

    fn free_number(
        &self,
        state: &State,
        path: &RecordPath,
        log: &str,
        wanted: Option<u64>,
        given: &BTreeSet<u64>,
    ) -> Result<u64> {
        let series = FileName::of(path).series();
        let mut taken = self.taken_paths(state, log);
        taken.retain(|other| FileName::of(other).series() == series);
        let Some(wanted) = wanted else {
            return Ok(next_number(
                taken.iter().filter_map(|path| FileName::of(path).number()).chain(given.iter().copied()),
            ));
        };
        if FileName::of(path).number() == Some(wanted) {
            return Err(Error::new(ErrorCode::Usage, format!("{path} has the number {wanted} already"))
                .with_hint("nothing was written"));
        }
        match taken.iter().find(|other| FileName::of(other).number() == Some(wanted)) {
            Some(other) => Err(Error::new(ErrorCode::Usage, format!("the number {wanted} is taken by {other}"))
                .with_hint("leave the number off to get the next free one; branches and drafts count")
                .at(other.as_str())),
            None => Ok(wanted),
        }
    }
}

/// The path with another number, written as wide as the old one.
fn with_number(path: &RecordPath, number: u64) -> Result<RecordPath> {
    let stem = record_stem(path);
    let name = FileName::parse(stem);
    let Some(digits) = name.digits else {
        return Err(Error::new(ErrorCode::Usage, format!("{path} has no number in its name"))
            .with_hint("`precedent rename` gives it another name"));
    };
    let width = if digits.starts_with('0') || digits.len() >= 3 { digits.len() } else { 1 };
    let at = name.date_len + name.prefix.len();
    let new = format!("{}{number:0width$}{}", &stem[..at], &stem[at + digits.len()..]);
    // The stem is the file's or its folder's name: its last occurrence is the one that names the record.
    let text = path.as_str();
    let at = text.rfind(stem).unwrap_or(0);
    Ok(RecordPath::new(format!("{}{new}{}", &text[..at], &text[at + stem.len()..])))
}

#[cfg(test)]
mod tests;
