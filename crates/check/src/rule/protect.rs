//! `protect`: paths that do not change.

use super::fields::Fields;
use super::kind::{CHANGES, Change, ChangeKind, PathHit};

/// Paths that must not change in these ways.
#[derive(Clone, Debug)]
pub struct ProtectRule {
    against: Vec<ChangeKind>,
}

impl ProtectRule {
    pub(crate) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let is_given = fields.find("against").is_some();
        let against = fields.words("against", CHANGES);
        let all = || CHANGES.iter().map(|(_, kind)| *kind).collect();
        Some(Self { against: if is_given { against } else { all() } })
    }

    pub(crate) fn look_at_change(&self, changes: &[Change], governs: &dyn Fn(&str) -> bool) -> Vec<PathHit> {
        changes.iter().filter_map(|change| self.broken_by(change, governs)).collect()
    }

    /// A renaming takes a file away from one place and puts one at another, so it breaks what either would.
    fn broken_by(&self, change: &Change, governs: &dyn Fn(&str) -> bool) -> Option<PathHit> {
        let against = |kind: ChangeKind| self.against.contains(&kind);
        let (path, kind) = match (&change.old_path, change.kind) {
            (Some(old), ChangeKind::Renamed) => {
                let leaves = against(ChangeKind::Renamed) || against(ChangeKind::Deleted);
                let comes = against(ChangeKind::Renamed) || against(ChangeKind::Added);
                if governs(old) && leaves {
                    (old, ChangeKind::Renamed)
                } else if governs(&change.path) && comes {
                    (&change.path, ChangeKind::Renamed)
                } else {
                    return None;
                }
            }
            (_, kind) if governs(&change.path) && against(kind) => (&change.path, kind),
            _ => return None,
        };
        let note = match (&change.old_path, kind) {
            (Some(old), ChangeKind::Renamed) => format!("it is renamed from {old} to {}", change.path),
            _ => format!("it is {}", kind.word()),
        };
        Some(PathHit { path: path.clone(), subject: kind.word().to_owned(), note })
    }
}
