//! What a project depends on, read from its manifests and lock files.
//!
//! [`Manifest::of`] knows a manifest by its path, [`Manifest::read`] lists its dependencies with their real names: a
//! package under another name (`package = "x"`, `npm:x@1`) counts as what it is. Nothing is resolved or fetched.

mod address;
mod cargo;
mod go;
mod maven;
mod npm;
mod pnpm;
mod python;
mod setup;
pub(super) mod tree;
mod version;
mod yarn;

use std::ops::Range;

/// Where packages come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ecosystem {
    Cargo,
    Go,
    Maven,
    Npm,
    Pypi,
}

impl Ecosystem {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Cargo, Self::Go, Self::Maven, Self::Npm, Self::Pypi];

    /// The name that rules use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cargo => "cargo",
            Self::Go => "go",
            Self::Maven => "maven",
            Self::Npm => "npm",
            Self::Pypi => "pypi",
        }
    }

    /// The ecosystem a rule names.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ecosystem| ecosystem.name() == name)
    }

    /// One spelling for all that mean the same package here; names and globs of rules pass through it as well.
    #[must_use]
    pub fn normalise(self, name: &str) -> String {
        match self {
            Self::Cargo => name.to_ascii_lowercase().replace('_', "-"),
            Self::Pypi => {
                let lower = name.to_ascii_lowercase();
                let words = lower.split(['-', '_', '.']).enumerate();
                // PEP 503: a run of these is one hyphen.
                let kept = words.filter(|(at, word)| *at == 0 || !word.is_empty()).map(|(_, word)| word);
                kept.collect::<Vec<_>>().join("-")
            }
            Self::Go | Self::Maven | Self::Npm => name.to_owned(),
        }
    }
}

/// A package that something depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    pub ecosystem: Ecosystem,
    /// The package's real name, [normalised](Ecosystem::normalise); `group:artifact` for Maven.
    pub name: String,
    /// As written: a requirement, a version, an address.
    pub version: Option<String>,
    /// `normal`, `dev`, `build`, `optional`, `peer`, `workspace` (declared for members to use), `parent`, `management`,
    /// `patch` and `override` (what stands in for a package somewhere), or the project's own name of a group or extra.
    pub group: String,
    /// Named by the project itself. A lock file that does not tell says `false`.
    pub direct: bool,
    /// From a lock file: the version is exact.
    pub locked: bool,
    /// The project names it in a way that does not tell its real name: by an address.
    pub hidden: bool,
    /// The bytes that name it.
    pub range: Range<usize>,
}

impl Dependency {
    /// Whether a version that this dependency admits is among those of `requirement`, in the ecosystem's own notation.
    /// `None` where that cannot be told: no version, an address, a notation nobody knows.
    #[must_use]
    pub fn matches_version(&self, requirement: &str) -> Option<bool> {
        version::matches(self.ecosystem, requirement, self.version.as_deref()?, self.locked)
    }
}

/// Why a manifest cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct ManifestError {
    /// From 1.
    pub line: usize,
    pub message: String,
}

impl ManifestError {
    fn new(text: &str, at: usize, message: impl Into<String>) -> Self {
        let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let message = message.into();
        Self { line, message: message.lines().next().unwrap_or_default().to_owned() }
    }
}

/// A kind of manifest or lock file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Manifest {
    CargoConfig,
    CargoLock,
    CargoToml,
    Constraints,
    GoMod,
    PackageJson,
    PackageLock,
    Pipfile,
    PipfileLock,
    PnpmLock,
    PnpmWorkspace,
    PoetryLock,
    PomXml,
    Pyproject,
    Requirements,
    SetupCfg,
    SetupPy,
    UvLock,
    YarnLock,
}

impl Manifest {
    /// The kind of manifest at `path`, by its name.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let mut names = path.rsplit('/');
        let name = names.next()?;
        let folder = names.next();
        Some(match name {
            // Cargo reads the first of them where there are both.
            "config.toml" | "config" if folder == Some(".cargo") => Self::CargoConfig,
            "Cargo.lock" => Self::CargoLock,
            "Cargo.toml" => Self::CargoToml,
            "go.mod" => Self::GoMod,
            "package.json" => Self::PackageJson,
            "package-lock.json" | "npm-shrinkwrap.json" => Self::PackageLock,
            "Pipfile" => Self::Pipfile,
            "Pipfile.lock" => Self::PipfileLock,
            "pnpm-lock.yaml" => Self::PnpmLock,
            "pnpm-workspace.yaml" => Self::PnpmWorkspace,
            "poetry.lock" => Self::PoetryLock,
            "pom.xml" => Self::PomXml,
            "pyproject.toml" => Self::Pyproject,
            "setup.cfg" => Self::SetupCfg,
            "setup.py" => Self::SetupPy,
            "uv.lock" => Self::UvLock,
            "yarn.lock" => Self::YarnLock,
            _ => {
                let stem = name.strip_suffix(".txt").or_else(|| name.strip_suffix(".in"))?;
                let is_named = |word: &str| stem.starts_with(word) || stem.ends_with(word);
                if is_named("constraints") || folder == Some("constraints") {
                    return Some(Self::Constraints);
                }
                return (is_named("requirements") || folder == Some("requirements")).then_some(Self::Requirements);
            }
        })
    }

    /// Whose packages it lists.
    #[must_use]
    pub fn ecosystem(self) -> Ecosystem {
        match self {
            Self::CargoConfig | Self::CargoLock | Self::CargoToml => Ecosystem::Cargo,
            Self::GoMod => Ecosystem::Go,
            Self::PackageJson | Self::PackageLock | Self::PnpmLock | Self::PnpmWorkspace | Self::YarnLock => {
                Ecosystem::Npm
            }
            Self::PomXml => Ecosystem::Maven,
            Self::Constraints
            | Self::Pipfile
            | Self::PipfileLock
            | Self::PoetryLock
            | Self::Pyproject
            | Self::Requirements
            | Self::SetupCfg
            | Self::SetupPy
            | Self::UvLock => Ecosystem::Pypi,
        }
    }

    /// Whether it lists what the project's dependencies need in their turn. `go.mod` does since Go 1.17.
    #[must_use]
    pub fn is_transitive(self) -> bool {
        matches!(
            self,
            Self::CargoLock
                | Self::GoMod
                | Self::PackageLock
                | Self::PipfileLock
                | Self::PnpmLock
                | Self::PoetryLock
                | Self::UvLock
                | Self::YarnLock
        )
    }

    /// Other files whose packages count as listed here, as `text` writes their paths.
    #[must_use]
    pub fn takes_in(self, text: &str) -> Vec<String> {
        match self {
            Self::Constraints | Self::Requirements => python::all_taken_in(text),
            _ => Vec::new(),
        }
    }

    /// The dependencies that `text` lists, in the order of their places.
    pub fn read(self, text: &str) -> Result<Vec<Dependency>, ManifestError> {
        let mut list = List { ecosystem: self.ecosystem(), locked: false, found: Vec::new() };
        match self {
            Self::CargoConfig => cargo::configuration(&tree::toml(text)?, text, &mut list)?,
            Self::CargoToml => cargo::manifest(&tree::toml(text)?, &mut list),
            Self::CargoLock => cargo::lock(&tree::toml(text)?, &mut list),
            Self::GoMod => go::module(text, &mut list),
            Self::PackageJson => npm::manifest(&tree::json(text)?, &mut list),
            Self::PackageLock => npm::lock(&tree::json(text)?, &mut list),
            Self::Pipfile => python::pipfile(&tree::toml(text)?, &mut list),
            Self::PipfileLock => python::pipfile_lock(&tree::json(text)?, &mut list),
            Self::PnpmWorkspace => pnpm::workspace(&tree::yaml(text)?, &mut list),
            Self::PnpmLock => pnpm::lock(&tree::yaml(text)?, &mut list),
            Self::YarnLock => yarn::lock(text, &mut list)?,
            Self::Pyproject => python::project(&tree::toml(text)?, &mut list),
            Self::PoetryLock => python::poetry_lock(&tree::toml(text)?, &mut list),
            Self::UvLock => python::uv_lock(&tree::toml(text)?, &mut list),
            Self::Constraints => python::constraints(text, &mut list)?,
            Self::Requirements => python::requirements(text, &mut list)?,
            Self::SetupCfg => setup::configuration(text, &mut list),
            Self::SetupPy => setup::program(text, &mut list)?,
            Self::PomXml => maven::project(text, &mut list)?,
        }
        let mut found = list.found;
        found.sort_by_key(|dependency| (dependency.range.start, dependency.range.end));
        Ok(found)
    }
}

/// What a reader adds to.
struct List {
    ecosystem: Ecosystem,
    locked: bool,
    found: Vec<Dependency>,
}

impl List {
    fn add(&mut self, name: &str, version: Option<&str>, group: &str, direct: bool, range: Range<usize>) {
        self.found.push(Dependency {
            ecosystem: self.ecosystem,
            name: self.ecosystem.normalise(name),
            version: version.map(str::to_owned),
            group: group.to_owned(),
            direct,
            locked: self.locked,
            hidden: false,
            range,
        });
    }

    /// As [`Self::add`] for a lock file's entry whose real name the project's manifest does not say.
    fn add_hidden(&mut self, name: &str, version: Option<&str>, group: &str, range: Range<usize>) {
        self.add(name, version, group, true, range);
        self.found.iter_mut().next_back().into_iter().for_each(|added| added.hidden = true);
    }
}

#[cfg(test)]
mod tests;
