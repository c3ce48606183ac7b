//! What a kind of rule is asked: about one file's text, about a path, about the paths of a tree, about a change.

use super::text::Sought;
use super::{
    BoundariesRule, CompanionRule, CountRule, DataRule, DependencyRule, EvidenceRule, FilesRule, PatternRule,
    ProtectRule, TextRule,
};
use crate::index::Lacking;
use crate::source::imports::{self, Import, Project};
use crate::source::mask::{Part, Parts};
use crate::source::pattern::Subject;
use crate::source::{Language, Limits, Undecided};
use std::cell::OnceCell;
use std::ops::Range;

/// A file of a tree with its text, line ends as `\n`. What several rules need of it is worked out once.
pub struct SourceFile<'t> {
    pub path: &'t str,
    pub text: &'t str,
    /// Which rules' texts are not in it, as was found out for all of them at once.
    pub(crate) lacking: Option<Lacking>,
    project: Option<&'t Project>,
    subject: OnceCell<Result<Subject, Undecided>>,
    parts: OnceCell<Result<Option<Parts>, Undecided>>,
}

impl<'t> SourceFile<'t> {
    /// A file with its text.
    #[must_use]
    pub fn new(path: &'t str, text: &'t str) -> Self {
        Self { path, text, lacking: None, project: None, subject: OnceCell::new(), parts: OnceCell::new() }
    }

    /// The same file in a repository, for imports to lead somewhere.
    #[must_use]
    pub fn of_project(mut self, project: Option<&'t Project>) -> Self {
        self.project = project;
        self
    }

    /// What it imports; `None` for languages whose imports are not known.
    pub(crate) fn imports(&self) -> Option<Result<Vec<Import>, Undecided>> {
        let none = Project::default();
        imports::find(self.path, self.text, self.project.unwrap_or(&none), &Limits::default())
    }

    pub(crate) fn language(&self) -> Option<Language> {
        Language::of(self.path, self.text)
    }

    /// The text as patterns see it; only for files whose language is known.
    pub(crate) fn subject(&self) -> Result<&Subject, Undecided> {
        let parse = || match self.language() {
            Some(language) => Subject::parse(language, self.text, &Limits::default()),
            None => Err(Undecided::MatcherFailed),
        };
        self.subject.get_or_init(parse).as_ref().map_err(|why| *why)
    }

    /// The text with all but a part blanked; `None` where the language is not known, so that nothing tells parts apart.
    pub(crate) fn only(&self, part: Part) -> Result<Option<String>, Undecided> {
        let read = || self.language().map(|language| Parts::of(language, self.text, &Limits::default())).transpose();
        match self.parts.get_or_init(read) {
            Ok(parts) => Ok(parts.as_ref().map(|parts| parts.only(part, self.text))),
            Err(why) => Err(*why),
        }
    }
}

/// A place in a file's text where a rule is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Bytes of the place.
    pub span: Range<usize>,
    /// What the fingerprint is made of, when it is not the text at the place.
    pub subject: Option<String>,
    /// What was found, when the rule's message cannot say it.
    pub note: Option<String>,
    /// The place in another file, where that is what the text speaks of.
    pub spot: Option<Spot>,
}

/// A place that a report names; line and column from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub path: String,
    pub line: u32,
    pub column: u32,
}

/// A path that breaks a rule, whatever stands in the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PathHit {
    pub path: String,
    /// What the fingerprint is made of.
    pub subject: String,
    pub note: String,
}

/// What a rule found in one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    pub hits: Vec<Hit>,
    /// Why this text could not be judged.
    pub undecided: Option<String>,
}

/// How a path changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    Added,
    Modified,
    Deleted,
    Renamed,
}

/// The words of rules for the ways of a change.
pub(crate) const CHANGES: &[(&str, ChangeKind)] = &[
    ("added", ChangeKind::Added),
    ("modified", ChangeKind::Modified),
    ("deleted", ChangeKind::Deleted),
    ("renamed", ChangeKind::Renamed),
];

impl ChangeKind {
    /// The word that rules use.
    #[must_use]
    pub fn word(self) -> &'static str {
        CHANGES.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

/// A path that differs between two trees.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The path now; of a deleted file, the one it had.
    pub path: String,
    pub kind: ChangeKind,
    /// The path it had before a renaming.
    pub old_path: Option<String>,
    /// Its bytes are the same: only its mode changed.
    pub mode_only: bool,
    /// It is a record of decisions, and these are the paths it applies to.
    pub record: Option<Vec<String>>,
}

/// What a rule asks, validated.
#[derive(Clone, Debug)]
pub enum Kind {
    Text(TextRule),
    Pattern(PatternRule),
    Dependency(DependencyRule),
    Boundaries(BoundariesRule),
    Files(FilesRule),
    Protect(ProtectRule),
    Companion(CompanionRule),
    Count(CountRule),
    Data(DataRule),
    Evidence(EvidenceRule),
    /// Known by name; this version cannot judge it.
    NotBuilt(&'static str),
}

/// The most places of one rule in one file that are told apart.
pub(crate) const MAX_HITS: usize = 1000;

impl Kind {
    /// The word of the contract.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Kind::Text(rule) => rule.word(),
            Kind::Pattern(rule) => rule.word(),
            Kind::Dependency(rule) => rule.word(),
            Kind::Files(_) => "files",
            Kind::Protect(_) => "protect",
            Kind::Companion(_) => "companion",
            Kind::Count(_) => "count",
            Kind::Data(_) => "data",
            Kind::Boundaries(_) => "boundaries",
            Kind::Evidence(_) => "evidence",
            Kind::NotBuilt(word) => word,
        }
    }

    /// Whether it has to read this file.
    #[must_use]
    pub fn reads(&self, path: &str) -> bool {
        match self {
            Kind::Text(_) | Kind::Count(_) => true,
            Kind::Files(rule) => rule.reads(),
            Kind::Pattern(rule) => rule.reads(path),
            Kind::Dependency(rule) => rule.reads(path),
            Kind::Data(rule) => rule.reads(path),
            Kind::Boundaries(rule) => rule.reads(path),
            Kind::Evidence(rule) => rule.report() == path,
            Kind::Protect(_) | Kind::Companion(_) | Kind::NotBuilt(_) => false,
        }
    }

    /// Whether records are spared: they name what they forbid.
    #[must_use]
    pub fn spares_records(&self) -> bool {
        matches!(self, Kind::Text(_) | Kind::Count(_) | Kind::Pattern(_) | Kind::NotBuilt(_))
    }

    /// Whether it is judged by the change, so that there is nothing to say of a tree by itself.
    #[must_use]
    pub fn is_of_changes(&self) -> bool {
        matches!(self, Kind::Protect(_) | Kind::Companion(_))
    }

    /// Whether it asks of the tree as a whole, so that it may govern no file and still say something.
    #[must_use]
    pub fn asks_of_tree(&self) -> bool {
        match self {
            Kind::Files(rule) => rule.asks().0.next().is_some(),
            Kind::Data(_) => true,
            _ => false,
        }
    }

    /// Whether a file that it has to read and cannot leaves it undecided: it names the file, or nearly so.
    #[must_use]
    pub fn insists(&self) -> bool {
        matches!(self, Kind::Data(_) | Kind::Evidence(_) | Kind::Dependency(_))
    }

    /// Looks at one text. Hits come in the order of their places.
    #[must_use]
    pub fn look(&self, file: &SourceFile<'_>) -> Look {
        let mut look = match self {
            Kind::Text(rule) => rule.look(file),
            Kind::Pattern(rule) => rule.look(file),
            Kind::Dependency(rule) => rule.look(file),
            Kind::Count(rule) => rule.look(file),
            Kind::Files(rule) => rule.look(file),
            Kind::Data(rule) => rule.look(file),
            Kind::Boundaries(rule) => rule.look(file),
            Kind::Evidence(rule) => rule.look(file),
            Kind::Protect(_) | Kind::Companion(_) | Kind::NotBuilt(_) => Look::default(),
        };
        if look.hits.len() > MAX_HITS {
            look.hits.truncate(MAX_HITS);
            look.undecided = Some(format!("more than {MAX_HITS} places in one file"));
        }
        look
    }

    /// As [`Self::look`] at a text that is known not to have what the rule looks for.
    #[must_use]
    pub(crate) fn look_in_vain(&self) -> Look {
        match self {
            Kind::Text(rule) => rule.look_in_vain(),
            _ => Look::default(),
        }
    }

    /// Whether it finds something where what it looks for is not.
    pub(crate) fn misses_texts(&self) -> bool {
        matches!(self, Kind::Text(rule) if rule.is_required())
    }

    /// What it looks for in texts, if that is all it does there.
    pub(crate) fn sought(&self) -> Option<&Sought> {
        match self {
            Kind::Text(rule) => Some(rule.matcher().sought()),
            Kind::Count(rule) => Some(rule.matcher().sought()),
            _ => None,
        }
    }

    /// Looks at the name of one file.
    #[must_use]
    pub fn look_at_path(&self, path: &str) -> Vec<PathHit> {
        match self {
            Kind::Files(rule) => rule.look_at_path(path),
            _ => Vec::new(),
        }
    }

    /// Looks for what must be there. `paths` are all of the tree, in order.
    #[must_use]
    pub fn look_at_tree(&self, paths: &[&str]) -> Vec<PathHit> {
        match self {
            Kind::Files(rule) => rule.look_at_tree(paths),
            Kind::Data(rule) => rule.look_at_tree(paths),
            _ => Vec::new(),
        }
    }

    /// Looks at a whole change. `governs` says which paths the rule is about.
    #[must_use]
    pub fn look_at_change(&self, changes: &[Change], governs: &dyn Fn(&str) -> bool) -> Vec<PathHit> {
        match self {
            Kind::Protect(rule) => rule.look_at_change(changes, governs),
            Kind::Companion(rule) => rule.look_at_change(changes, governs),
            _ => Vec::new(),
        }
    }
}

impl Hit {
    /// A hit whose fingerprint is not that of the text at its place.
    pub(crate) fn about(span: Range<usize>, subject: String, note: String) -> Self {
        Self { span, subject: Some(subject), note: Some(note), spot: None }
    }

    /// A hit whose text speaks for itself.
    pub(crate) fn at(span: Range<usize>) -> Self {
        Self { span, subject: None, note: None, spot: None }
    }
}
