//! Git's hooks as gates: written beside what is there already, taken out again, and looked at ([`probe`] proves them).

mod probe;
mod script;

use crate::error::{Error, Result};
use crate::git::repo::failed;
use crate::git::trust;
use crate::store;
use crate::workspace::Workspace;
use git2::Repository;
use precedent_core::wire::{ErrorCode, HookChange, HookItem, Hooks, Verdict};
use script::{Keeper, NAMES, Script};
use std::path::{Path, PathBuf};

/// The ending of a hook that was there before ours and runs first.
const BEFORE: &str = ".before-precedent";

/// Where hooks lie and what is written there.
struct Place {
    keeper: Keeper,
    folder: PathBuf,
    root: PathBuf,
}

/// What stands at a hook's path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Absent,
    Ours,
    /// Ours, edited or of another version.
    Changed,
    Other,
}

impl Found {
    fn word(self) -> &'static str {
        match self {
            Found::Absent => "absent",
            Found::Ours => "installed",
            Found::Changed => "changed",
            Found::Other => "other",
        }
    }
}

impl Workspace {
    /// The hooks that check changes here. `program` is the one that they start.
    ///
    /// # Errors
    /// `not-a-repository`; `usage` where git looks for hooks outside of this repository; `io`.
    pub fn hooks(&self, program: &Path) -> Result<Hooks> {
        let place = self.hooks_place()?;
        place.told(program, Vec::new())
    }

    /// Writes the hooks, or with `remove` takes them out; with `dry_run` it only tells what would be done. A hook that is
    /// there is kept beside ours and runs first.
    ///
    /// # Errors
    /// As [`Self::hooks`].
    pub fn install_hooks(&self, program: &Path, remove: bool, dry_run: bool) -> Result<Hooks> {
        let place = self.hooks_place()?;
        let mut changes = Vec::new();
        for name in NAMES {
            changes.extend(if remove { place.removal(name)? } else { place.installation(name, program)? });
        }
        if !dry_run {
            let repo = self.git_repository()?;
            // Hooks are programs. Whoever trusted this repository goes on to: they asked for these.
            let trusted = trust::trust(&repo, &self.place.config)?.trusted;
            for change in &changes {
                place.apply(change)?;
            }
            if trusted && !remove {
                trust::remember(&repo, &self.place.config)?;
            }
        }
        place.told(program, changes)
    }

    fn hooks_place(&self) -> Result<Place> {
        self.in_repository()?;
        Place::of(&self.git_repository()?, self.root())
    }

    /// Checks what is pushed: lines as git gives them to `pre-push`, each against what the other side has, or where that is
    /// new, against its main branch. No verdict for a line with nothing to compare it with.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn check_push(&self, remote: &str, lines: &str) -> Result<Vec<(String, Option<Verdict>)>> {
        self.in_repository()?;
        let repo = self.git_repository()?;
        let mut verdicts = Vec::new();
        for line in lines.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [_, local, name, theirs] = words[..] else { continue };
            let is_nothing = |id: &str| id.chars().all(|digit| digit == '0');
            if is_nothing(local) {
                continue;
            }
            let known =
                git2::Oid::from_str(theirs).ok().filter(|id| !is_nothing(theirs) && repo.find_commit(*id).is_ok());
            let from = known.map(|id| id.to_string()).or_else(|| main_branch(&repo, remote));
            let input = from.map(|from| super::CheckInput::Range { from, to: local.to_owned() });
            let verdict = input.map(|input| self.check(&super::CheckRequest::new(input))).transpose()?;
            verdicts.push((name.to_owned(), verdict));
        }
        Ok(verdicts)
    }
}

fn main_branch(repo: &Repository, remote: &str) -> Option<String> {
    let names = ["HEAD", "main", "master", "trunk"].map(|branch| format!("refs/remotes/{remote}/{branch}"));
    names.into_iter().find(|name| repo.find_reference(name).is_ok_and(|found| found.peel_to_commit().is_ok()))
}

impl Place {
    fn of(repo: &Repository, root: &Path) -> Result<Self> {
        let folder = trust::hooks_folder(repo);
        let (own, root) = (repo.commondir().to_path_buf(), root.to_path_buf());
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let is_in = |above: &Path| real(&folder).starts_with(real(above));
        let is_husky = |path: &Path| path.file_name().is_some_and(|name| name == ".husky");
        let husky = folder.ancestors().take(2).find(|path| is_husky(path) && is_in(&root)).map(Path::to_path_buf);
        if let Some(folder) = husky {
            return Ok(Self { keeper: Keeper::Husky, folder, root });
        }
        if is_in(&own) {
            return Ok(Self { keeper: Keeper::Git, folder, root });
        }
        if is_in(&root) {
            return Ok(Self { keeper: Keeper::Folder, folder, root });
        }
        Err(Error::new(ErrorCode::Usage, format!("git looks for hooks in {}, outside of this repository", folder.display()))
            .with_hint("core.hooksPath says so, perhaps for all of your repositories: add `precedent hooks run pre-commit \"$@\"` there by hand"))
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }

    fn read(&self, name: &str) -> Result<Option<String>> {
        let file = self.file(name);
        match std::fs::read(&file) {
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::io(&file, "read", &error)),
        }
    }

    fn found(&self, name: &str, program: &Path) -> Result<Found> {
        let Some(text) = self.read(name)? else { return Ok(Found::Absent) };
        let script = Script { keeper: self.keeper, name, program };
        Ok(match script.own_part(&text) {
            None => Found::Other,
            Some(own) if own == script.text() => Found::Ours,
            Some(_) => Found::Changed,
        })
    }

    fn told(&self, program: &Path, changes: Vec<HookChange>) -> Result<Hooks> {
        let item = |name: &&str| {
            let before = self.file(&format!("{name}{BEFORE}"));
            Ok(HookItem {
                name: (*name).to_owned(),
                path: self.shown(&self.file(name)),
                state: self.found(name, program)?.word().to_owned(),
                before: before.exists().then(|| self.shown(&before)),
            })
        };
        let hooks = NAMES.iter().map(item).collect::<Result<Vec<_>>>()?;
        Ok(Hooks { keeper: self.keeper.word().to_owned(), folder: self.shown(&self.folder), hooks, changes })
    }

    fn installation(&self, name: &str, program: &Path) -> Result<Vec<HookChange>> {
        let found = self.found(name, program)?;
        if found == Found::Ours {
            return Ok(Vec::new());
        }
        let script = Script { keeper: self.keeper, name, program };
        let text = match self.read(name)? {
            Some(before) if self.keeper == Keeper::Husky => script.put_into(&before),
            _ => script.whole(),
        };
        let write =
            HookChange { path: self.shown(&self.file(name)), action: "write".to_owned(), to: None, text: Some(text) };
        let is_kept = found == Found::Other && self.keeper != Keeper::Husky;
        let kept = is_kept.then(|| self.renaming(name, &format!("{name}{BEFORE}")));
        Ok(kept.into_iter().chain([write]).collect())
    }

    fn renaming(&self, from: &str, to: &str) -> HookChange {
        let (path, to) = (self.shown(&self.file(from)), Some(self.shown(&self.file(to))));
        HookChange { path, action: "rename".to_owned(), to, text: None }
    }

    fn removal(&self, name: &str) -> Result<Vec<HookChange>> {
        let Some(text) = self.read(name)? else { return Ok(Vec::new()) };
        let script = Script { keeper: self.keeper, name, program: Path::new("") };
        if script.own_part(&text).is_none() {
            return Ok(Vec::new());
        }
        let path = self.shown(&self.file(name));
        let rest = script.without(&text);
        if !rest.trim().is_empty() {
            return Ok(vec![HookChange { path, action: "write".to_owned(), to: None, text: Some(rest) }]);
        }
        let before = format!("{name}{BEFORE}");
        let delete = HookChange { path, action: "delete".to_owned(), to: None, text: None };
        let back = self.file(&before).exists().then(|| self.renaming(&before, name));
        Ok(std::iter::once(delete).chain(back).collect())
    }

    fn apply(&self, change: &HookChange) -> Result<()> {
        let file = self.root.join(&change.path);
        match (&change.text, &change.to) {
            (Some(text), _) => {
                store::write_atomic(&file, text.as_bytes())?;
                store::set_executable(&file, true)
            }
            (None, Some(to)) => {
                let to = self.root.join(to);
                if to.exists() {
                    return Err(Error::new(ErrorCode::Conflict, format!("{} is there already", to.display()))
                        .with_hint("look at both files and take one of them out"));
                }
                store::rename(&file, &to)
            }
            (None, None) => store::remove(&file),
        }
    }
}

/// Reads what is at the head of a repository for its gates to be judged.
fn opened(root: &Path) -> Result<Repository> {
    Repository::open(root).map_err(|error| failed("open the repository", &error))
}
