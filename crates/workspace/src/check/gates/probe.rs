//! Whether a gate stops anything: the hook as it is installed, run by git on a change that is known to be bad, and on a good
//! one, in a repository of its own that is thrown away. Nothing of the repository itself is touched or run.

use super::script::{Keeper, NAMES, Script};
use super::{Found, Place, opened};
use crate::error::{Error, Result};
use crate::git::program::Program;
use crate::git::repo::failed;
use crate::store;
use crate::workspace::Workspace;
use git2::{IndexAddOption, Repository, Signature, Time};
use precedent_core::wire::{Doctor, ErrorCode, GateItem};
use std::path::Path;

/// The rule that the bad change breaks.
const KEY: &str = "known-bad/probe";
const RECORD: &str = "---\nstatus: accepted\nrules:\n  - id: probe\n    kind: forbid-text\n    message: Known to be bad.\n    paths: [\"*.txt\"]\n    match: {literal: known-bad}\n    tests: {invalid: [{path: a.txt, content: known-bad}]}\n---\n# Nothing that is known to be bad\n\n## Decision Outcome\n\nNothing.\n";

/// Files that continuous integration reads, with folders of them.
const RECIPES: &[&str] = &[
    ".github/workflows",
    ".gitlab-ci.yml",
    ".ci",
    "azure-pipelines.yml",
    "bitbucket-pipelines.yml",
    ".circleci",
    "Jenkinsfile",
];

impl Workspace {
    /// Tries each gate with a change that breaks a rule. `program` is the one that hooks are expected to start.
    ///
    /// # Errors
    /// `not-a-repository`, `git-missing`, `io`; those of [`Self::hooks`].
    pub fn doctor(&self, program: &Path) -> Result<Doctor> {
        let mut notes = Vec::new();
        let gates = match self.hooks_place() {
            Ok(place) => NAMES.iter().map(|name| self.gate(&place, name, program)).collect::<Result<Vec<_>>>()?,
            Err(error) if error.code() == ErrorCode::Usage => {
                notes.push(format!("{error}; {}", error.hint().unwrap_or_default()));
                Vec::new()
            }
            Err(error) => return Err(error),
        };
        let rules = self.rules_of_last_commit()?;
        if rules == 0 {
            notes.push(
                "nothing is enforced: no rule binds in the last commit, so no gate has anything to stop a change by"
                    .to_owned(),
            );
        }
        notes.push(
            "git commit --no-verify and git push --no-verify pass by hooks; only a check of the forge's own does not"
                .to_owned(),
        );
        let gates = gates.into_iter().chain([self.recipes()]).collect();
        Ok(Doctor { gates, rules, notes })
    }

    fn rules_of_last_commit(&self) -> Result<u32> {
        let repo = opened(self.root())?;
        let Some(tree) = crate::git::repo::head_tree(&repo)? else { return Ok(0) };
        let listing =
            crate::check::change::Listing::of_tree(&tree).map_err(|error| failed("read the last commit", &error))?;
        let governed = crate::check::change::govern(&repo, &listing, &self.state(), self.pointed());
        let binding = governed.governance.rules.rules.iter().filter(|rule| rule.binds()).count();
        Ok(u32::try_from(binding).unwrap_or(u32::MAX))
    }

    fn gate(&self, place: &Place, name: &str, program: &Path) -> Result<GateItem> {
        let item = |state: &str, detail: String| GateItem { name: name.to_owned(), state: state.to_owned(), detail };
        let path = place.shown(&place.file(name));
        Ok(match place.found(name, program)? {
            Found::Absent => item("absent", format!("{path} is not there; `precedent hooks install` writes it")),
            Found::Other => {
                item("absent", format!("{path} is not ours; `precedent hooks install` keeps it and runs it first"))
            }
            Found::Stale if !runs(&place.file(name)) => item(
                "open",
                format!("{path} is not executable, so git does not run it; `precedent hooks install` mends that"),
            ),
            Found::Stale => item(
                "changed",
                format!(
                    "{path} is not as this program writes it, so it was not run; `precedent hooks install` renews it"
                ),
            ),
            Found::Edited => item(
                "changed",
                format!("{path} was edited since it was installed, so it was not run; take your lines out of it"),
            ),
            Found::Ours if !runs(&place.started_file(name)) => item(
                "open",
                format!("git starts {}, which is not there or not executable", place.shown(&place.started_file(name))),
            ),
            Found::Ours => match self.probe(place, name, program) {
                Ok(()) => {
                    item("blocks", "a change that breaks a rule was stopped, one that breaks none passed".to_owned())
                }
                Err(Failure::Gate(why)) => item("open", why),
                Err(Failure::Broken(error)) => return Err(error),
            },
        })
    }

    fn probe(&self, place: &Place, name: &str, program: &Path) -> std::result::Result<(), Failure> {
        let scratch = tempfile::tempdir().map_err(|error| {
            let folder = std::env::temp_dir();
            let why = crate::error::reason(&error);
            Error::new(ErrorCode::Io, format!("cannot make a folder in {}: {why}", folder.display()))
                .with_hint("gates are tried in a repository of their own; let TMPDIR name a folder that can be written")
                .at(&folder)
        })?;
        let probe = Probe { folder: scratch.path(), git: &self.program() };
        let hook = probe.folder.join("hooks").join(name);
        let text = String::from_utf8_lossy(&place.read(name)?.unwrap_or_default()).into_owned();
        let script = Script { keeper: place.keeper, name, program };
        // Of a file that others share only our lines are run.
        let text = if place.keeper == Keeper::Husky { format!("#!/bin/sh\n{}", script.text()) } else { text };
        store::write_atomic(&hook, text.as_bytes())?;
        store::set_executable(&hook, true)?;
        let repo = probe.begin()?;
        for (word, is_bad) in [("known-bad", true), ("fine", false)] {
            let (passed, said) = match name {
                "pre-commit" => probe.commit(&repo, word)?,
                "commit-msg" => probe.merge(&repo, word)?,
                _ => probe.push(&repo, word)?,
            };
            match (is_bad, passed) {
                (true, true) => return Err(Failure::Gate("a change that breaks a rule passed".to_owned())),
                (true, false) if !said.contains(KEY) => {
                    return Err(Failure::Gate(format!("it stops everything, not for the rule: {}", first_line(&said))));
                }
                (false, false) => {
                    return Err(Failure::Gate(format!(
                        "a change that breaks nothing was stopped: {}",
                        first_line(&said)
                    )));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether the check is asked for where continuous integration reads.
    fn recipes(&self) -> GateItem {
        let mut named = Vec::new();
        for recipe in RECIPES {
            let path = self.root().join(recipe);
            let below = std::fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path());
            let mut files: Vec<_> = below.chain([path.clone()]).filter(|file| file.is_file()).collect();
            files.sort();
            let calls = |file: &&std::path::PathBuf| {
                let text = std::fs::read_to_string(file).unwrap_or_default();
                text.lines().any(|line| line.contains("precedent check") && !line.trim_start().starts_with('#'))
            };
            named.extend(
                files
                    .iter()
                    .filter(calls)
                    .map(|file| file.strip_prefix(self.root()).unwrap_or(file).to_string_lossy().replace('\\', "/")),
            );
        }
        let (state, detail) = if named.is_empty() {
            ("absent", "no recipe calls `precedent check`; decisions-template/ci has some".to_owned())
        } else {
            (
                "named",
                format!("{} call it; whether a failure stops a merge is a setting of the forge", named.join(", ")),
            )
        };
        GateItem { name: "continuous-integration".to_owned(), state: state.to_owned(), detail }
    }
}

fn first_line(said: &str) -> String {
    said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing").to_owned()
}

#[cfg(unix)]
pub(super) fn runs(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|about| about.permissions().mode() & 0o100 != 0)
}

#[cfg(not(unix))]
pub(super) fn runs(_file: &Path) -> bool {
    true
}

enum Failure {
    /// The gate does not do what it is for.
    Gate(String),
    /// The probe could not be made.
    Broken(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Broken(error)
    }
}

impl From<git2::Error> for Failure {
    fn from(error: git2::Error) -> Self {
        Failure::Broken(failed("make the probe", &error))
    }
}

/// A repository that is thrown away.
struct Probe<'a> {
    folder: &'a Path,
    git: &'a Program,
}

type Passed = std::result::Result<(bool, String), Failure>;

impl Probe<'_> {
    fn begin(&self) -> std::result::Result<Repository, Failure> {
        let mut options = git2::RepositoryInitOptions::new();
        let repo =
            Repository::init_opts(self.folder.join("work"), options.initial_head("main").external_template(false))?;
        self.write("docs/decisions/0001-known-bad.md", RECORD)?;
        self.write("a.txt", "begun\n")?;
        stage(&repo)?;
        commit(&repo, "HEAD")?;
        Ok(repo)
    }

    fn write(&self, path: &str, text: &str) -> std::result::Result<(), Failure> {
        Ok(store::write_atomic(&self.folder.join("work").join(path), text.as_bytes())?)
    }

    /// Runs git with the hook and nothing else of this machine; whether it ended well, and what was said.
    fn run(&self, args: &[&str]) -> Passed {
        let hooks = format!("core.hooksPath={}", self.folder.join("hooks").display());
        let own =
            ["-c", &hooks, "-c", "user.name=Probe", "-c", "user.email=probe@example.org", "-c", "commit.gpgsign=false"];
        match self.git.write(&self.folder.join("work"), &[&own[..], args].concat()) {
            Ok(said) => Ok((true, said)),
            Err(error) if error.code() == ErrorCode::Git => Ok((false, error.details().unwrap_or_default().to_owned())),
            Err(error) => Err(Failure::Broken(error)),
        }
    }

    fn commit(&self, repo: &Repository, word: &str) -> Passed {
        self.write("a.txt", &format!("{word}\n"))?;
        stage(repo)?;
        self.run(&["commit", "-m", "A probe"])
    }

    fn merge(&self, repo: &Repository, word: &str) -> Passed {
        let base = repo.head()?.peel_to_commit()?;
        self.write(&format!("{word}.txt"), &format!("{word}\n"))?;
        stage(repo)?;
        let branch = repo.branch(word, &base, true)?;
        let name = branch.get().name().unwrap_or_default().to_owned();
        commit(repo, &name)?;
        repo.reset(base.as_object(), git2::ResetType::Hard, None)?;
        let merged = self.run(&["merge", "--no-ff", "-m", "A probe", word])?;
        repo.reset(base.as_object(), git2::ResetType::Hard, None)?;
        repo.cleanup_state()?;
        Ok(merged)
    }

    fn push(&self, repo: &Repository, word: &str) -> Passed {
        let there = self.folder.join("there");
        if !there.exists() {
            Repository::init_bare(&there)?;
            repo.remote("origin", &there.to_string_lossy())?;
            let (passed, said) = self.run(&["push", "--no-verify", "origin", "main"])?;
            if !passed {
                return Err(Failure::Gate(format!("the probe could not be made: {}", first_line(&said))));
            }
        }
        let begun = repo.head()?.peel_to_commit()?;
        self.write("a.txt", &format!("{word}\n"))?;
        stage(repo)?;
        commit(repo, "HEAD")?;
        let pushed = self.run(&["push", "origin", "main"])?;
        repo.reset(begun.as_object(), git2::ResetType::Hard, None)?;
        Ok(pushed)
    }
}

fn stage(repo: &Repository) -> std::result::Result<(), Failure> {
    let mut index = repo.index()?;
    index.add_all(["."], IndexAddOption::FORCE, None)?;
    Ok(index.write()?)
}

/// Commits what is staged to a branch, without any hook.
fn commit(repo: &Repository, branch: &str) -> std::result::Result<(), Failure> {
    let who = Signature::new("Probe", "probe@example.org", &Time::new(0, 0))?;
    let tree = repo.find_tree(repo.index()?.write_tree()?)?;
    let parent = repo.head().ok().and_then(|head| head.peel_to_commit().ok());
    repo.commit(Some(branch), &who, &who, "A probe", &tree, &parent.iter().collect::<Vec<_>>())?;
    Ok(())
}
