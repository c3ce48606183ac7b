//! `count`: a ratchet. A text may occur so often in all, or ever less.

use super::fields::Fields;
use super::kind::{Look, SourceFile};
use super::text::Matcher;

/// How often a text may occur in all files together.
#[derive(Clone, Debug)]
pub struct CountRule {
    matcher: Matcher,
    at_most: Option<u64>,
}

impl CountRule {
    pub(crate) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let at_most = fields.number("at-most");
        let may_only_fall = fields.flag("may-only-fall");
        if at_most.is_some() == (may_only_fall == Some(true)) {
            let place = fields.place();
            fields.fault(place, "a count has either `at-most` or `may-only-fall: true`");
        }
        Some(Self { matcher: Matcher::read(fields)?, at_most })
    }

    pub(crate) fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    pub(crate) fn look(&self, file: &SourceFile<'_>) -> Look {
        self.matcher.look(file)
    }

    /// The limit for a tree whose predecessor had `before`; `None` when there is nothing to compare with.
    #[must_use]
    pub fn limit(&self, before: Option<u64>) -> Option<u64> {
        self.at_most.or(before)
    }

    /// Whether the whole tree has to be counted, not only what changed.
    #[must_use]
    pub fn needs_whole_tree(&self) -> bool {
        self.at_most.is_some()
    }
}
