//! `forbid-dependency` and `only-dependencies`: what manifests and lock files may name.

use super::fields::Fields;
use super::kind::{Hit, Look, SourceFile};
use crate::source::manifest::{Dependency, Ecosystem, Manifest};
use globset::{GlobBuilder, GlobMatcher};
use precedent_core::RecordPath;

/// Packages that must not be depended on, or the only ones that may.
#[derive(Clone, Debug)]
pub struct DependencyRule {
    /// `names` are the only ones allowed.
    is_closed: bool,
    ecosystems: Vec<Ecosystem>,
    /// Globs by ecosystem, because each spells names in its own way.
    names: Vec<(Ecosystem, GlobMatcher)>,
    /// Kinds of dependencies that the rule is about; empty: all.
    groups: Vec<String>,
    /// Only versions that this admits.
    version: Option<String>,
    /// Also what is depended on by what is depended on, as lock files tell.
    transitive: bool,
    use_instead: Option<String>,
}

impl DependencyRule {
    pub(crate) fn read(fields: &mut Fields<'_>, is_closed: bool) -> Option<Self> {
        let words: Vec<(&'static str, Ecosystem)> =
            Ecosystem::ALL.into_iter().map(|ecosystem| (ecosystem.name(), ecosystem)).collect();
        let is_given = fields.find("ecosystem").is_some();
        let given = fields.words("ecosystem", &words);
        let ecosystems = if is_given { given } else { Ecosystem::ALL.to_vec() };
        if fields.find("names").is_none() {
            fields.missing("names");
        }
        let mut names = Vec::new();
        for (text, place) in fields.texts("names") {
            for ecosystem in &ecosystems {
                let glob = GlobBuilder::new(&ecosystem.normalise(text)).literal_separator(true).build();
                match glob {
                    Ok(glob) => names.push((*ecosystem, glob.compile_matcher())),
                    Err(error) => {
                        fields.fault(place, format!("`{text}` is no name or glob: {}", error.kind()));
                        break;
                    }
                }
            }
        }
        let groups = fields.texts("groups").into_iter().map(|(text, _)| text.to_owned()).collect();
        let version = fields.text("version").map(|(text, _)| text.to_owned());
        if let (true, Some(place)) = (is_closed, version.as_ref().map(|_| fields.place())) {
            fields.fault(place, "`version` is for forbid-dependency");
        }
        let transitive = fields.flag("transitive").unwrap_or(false);
        let use_instead = fields.text("use-instead").map(|(text, _)| text.to_owned());
        Some(Self { is_closed, ecosystems, names, groups, version, transitive, use_instead })
    }

    pub(crate) fn word(&self) -> &'static str {
        if self.is_closed { "only-dependencies" } else { "forbid-dependency" }
    }

    pub(crate) fn reads(&self, path: &str) -> bool {
        Manifest::of(path).is_some_and(|manifest| self.ecosystems.contains(&manifest.ecosystem()))
    }

    pub(crate) fn look(&self, file: &SourceFile<'_>) -> Look {
        let Some(manifest) = Manifest::of(file.path) else { return Look::default() };
        match manifest.read(file.text) {
            Ok(found) => {
                let hits = found.iter().filter_map(|dependency| self.broken_by(dependency)).collect();
                Look { hits, undecided: None }
            }
            Err(error) => Look { hits: Vec::new(), undecided: Some(format!("it cannot be read: {error}")) },
        }
    }

    /// Files that count as part of this one, by their paths in the tree; what leads out of it is no path.
    pub(crate) fn takes_in(&self, file: &SourceFile<'_>) -> Vec<String> {
        let files = Manifest::of(file.path).map(|manifest| manifest.takes_in(file.text)).unwrap_or_default();
        let here = RecordPath::new(file.path);
        let path = |other: &String| here.join_link(other).map_or_else(|| other.clone(), |path| path.to_string());
        files.iter().map(path).collect()
    }

    fn broken_by(&self, dependency: &Dependency) -> Option<Hit> {
        // What a project names itself stands in its manifest; a lock file would only say it again, unless an address hid
        // what it is.
        let is_told = !dependency.locked || dependency.hidden || self.transitive || self.version.is_some();
        // What stands in for a package of a package is no dependency that somebody has to allow.
        let is_told = is_told && !(self.is_closed && matches!(dependency.group.as_str(), "patch" | "override"));
        let is_meant = is_told
            && self.ecosystems.contains(&dependency.ecosystem)
            && (dependency.direct || self.transitive)
            && (self.groups.is_empty() || self.groups.contains(&dependency.group));
        if !is_meant || self.names(dependency) == self.is_closed {
            return None;
        }
        let version = dependency.version.as_deref();
        let mut note = format!("{} {}", dependency.name, version.unwrap_or("(no version)"));
        match self.version.as_deref().map(|wanted| (wanted, dependency.matches_version(wanted))) {
            Some((_, Some(false))) => return None,
            Some((wanted, None)) => note = format!("{note}: it cannot be told whether this is {wanted}"),
            _ => {}
        }
        if let Some(instead) = &self.use_instead {
            note = format!("{note}; use {instead}");
        }
        let subject = format!("{} {}", dependency.ecosystem.name(), dependency.name);
        Some(Hit::about(dependency.range.clone(), subject, note))
    }

    fn names(&self, dependency: &Dependency) -> bool {
        let mut own = self.names.iter().filter(|(ecosystem, _)| *ecosystem == dependency.ecosystem);
        own.any(|(_, glob)| glob.is_match(&dependency.name))
    }

    /// Names that it forbids, or allows and nothing else, for comparison: `cargo mongodb`.
    pub(crate) fn names_asked(&self) -> impl Iterator<Item = String> {
        self.names.iter().map(|(ecosystem, glob)| format!("{} {}", ecosystem.name(), glob.glob().glob()))
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.is_closed
    }
}
