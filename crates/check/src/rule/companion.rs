//! `companion`: a change here needs a change there.

use super::fields::Fields;
use super::globs::PathSet;
use super::kind::{CHANGES, Change, ChangeKind, PathHit};

/// Which record has to be part of the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RecordAsked {
    Any,
    /// One whose `applies-to` has the path that was touched.
    Covering,
}

/// Touching `when` needs one of `any_of`, or a record, in the same change.
#[derive(Clone, Debug)]
pub struct CompanionRule {
    paths: Option<PathSet>,
    change: Vec<ChangeKind>,
    any_of: Option<PathSet>,
    record: Option<RecordAsked>,
}

impl CompanionRule {
    pub(crate) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let when = fields.inside("when", |when| {
            Some((when.globs("paths"), when.find("change").is_some(), when.words("change", CHANGES)))
        });
        let require = fields.inside("require", |require| {
            let words = [("any", RecordAsked::Any), ("covering", RecordAsked::Covering)];
            let (any_of, record) = (require.globs("any-of"), require.word("record", &words));
            if any_of.is_none() && record.is_none() {
                require.missing("any-of or record");
            }
            Some((any_of, record))
        });
        let Some((any_of, record)) = require else {
            fields.missing("require");
            return None;
        };
        let all = || vec![ChangeKind::Added, ChangeKind::Modified, ChangeKind::Deleted, ChangeKind::Renamed];
        let (paths, change) =
            when.map_or((None, all()), |(paths, is_given, change)| (paths, if is_given { change } else { all() }));
        Some(Self { paths, change, any_of, record })
    }

    /// One hit for a change that lacks its companion, at the first path that asks for one.
    pub(crate) fn look_at_change(&self, changes: &[Change], governs: &dyn Fn(&str) -> bool) -> Vec<PathHit> {
        let asking: Vec<&Change> = changes.iter().filter(|change| self.is_asked_by(change, governs)).collect();
        let lacking: Vec<&&Change> = asking.iter().filter(|asking| !self.is_met(asking, changes)).collect();
        let Some(first) = lacking.first() else { return Vec::new() };
        let others = match lacking.len() - 1 {
            0 => String::new(),
            1 => " (and one more file)".to_owned(),
            more => format!(" (and {more} more files)"),
        };
        let note = format!("it is {}{others}, and {} is not part of this change", first.kind.word(), self.asked());
        vec![PathHit { path: first.path.clone(), subject: "companion".to_owned(), note }]
    }

    fn is_asked_by(&self, change: &Change, governs: &dyn Fn(&str) -> bool) -> bool {
        let here = |path: &str| governs(path) && self.paths.as_ref().is_none_or(|paths| paths.has(path));
        match &change.old_path {
            // A renaming is also a file that leaves and one that comes.
            Some(old) if change.kind == ChangeKind::Renamed => {
                let on = |kind| self.change.contains(&kind);
                here(old) && (on(ChangeKind::Renamed) || on(ChangeKind::Deleted))
                    || here(&change.path) && (on(ChangeKind::Renamed) || on(ChangeKind::Added))
            }
            _ => here(&change.path) && self.change.contains(&change.kind),
        }
    }

    /// A companion that is deleted accompanies nothing, nor does one that only turns executable.
    fn is_met(&self, asking: &Change, changes: &[Change]) -> bool {
        let accompanies = |other: &&Change| other.kind != ChangeKind::Deleted && !other.mode_only;
        let mut others = changes.iter().filter(|other| accompanies(other) && other.path != asking.path);
        others.any(|other| {
            let is_file = self.any_of.as_ref().is_some_and(|any_of| any_of.has(&other.path));
            let is_record = match (self.record, &other.record) {
                (Some(RecordAsked::Any), Some(_)) => true,
                (Some(RecordAsked::Covering), Some(globs)) => !globs.is_empty() && PathSet::of(globs).has(&asking.path),
                _ => false,
            };
            is_file || is_record
        })
    }

    fn asked(&self) -> String {
        let files = self.any_of.as_ref().map(|any_of| any_of.written().join(" or "));
        let record = self.record.map(|record| match record {
            RecordAsked::Any => "a decision record".to_owned(),
            RecordAsked::Covering => "a decision record that applies to it".to_owned(),
        });
        files.into_iter().chain(record).collect::<Vec<_>>().join(" or ")
    }
}
