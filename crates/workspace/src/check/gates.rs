//! Git's hooks as gates: written beside what is there already, taken out again, and looked at ([`probe`] proves them).

mod probe;
mod script;

use super::merged;
use crate::error::{Error, Result};
use crate::git::repo::failed;
use crate::git::trust;
use crate::store;
use crate::workspace::Workspace;
use git2::Repository;
use precedent_core::wire::{ErrorCode, HookChange, HookItem, Hooks, Verdict, VerdictWord};
use script::{Keeper, NAMES, Script};
use std::path::{Path, PathBuf};

/// The ending of a hook that was there before ours and runs first.
const BEFORE: &str = ".before-precedent";

/// Where hooks lie and what is written there.
struct Place {
    keeper: Keeper,
    folder: PathBuf,
    root: PathBuf,
    /// Where git looks: husky keeps its scripts beside that.
    started: PathBuf,
}

/// What stands at a hook's path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Absent,
    Ours,
    /// Ours of another version or place, or not executable.
    Stale,
    /// Ours, and somebody has written into it.
    Edited,
    Other,
}

impl Found {
    fn word(self) -> &'static str {
        match self {
            Found::Absent => "absent",
            Found::Ours => "installed",
            Found::Stale | Found::Edited => "changed",
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
        place.may_apply(&changes)?;
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
            let main = main_branch(&repo, remote);
            let since = |from: String| {
                self.check(&super::CheckRequest::new(super::CheckInput::Range { from, to: local.to_owned() }))
            };
            let from = known.map(|id| id.to_string()).or_else(|| main.clone());
            let unrelated = main.clone().filter(|main| known.is_none() && has_own_history(&repo, main, local));
            let verdict = match unrelated {
                Some(main) => {
                    let input = super::CheckInput::Unrelated { main, to: local.to_owned() };
                    Some(self.check(&super::CheckRequest::new(input))?)
                }
                None => from.map(since).transpose()?,
            };
            // A branch that took in the main one, or was put upon it, brings what is there already.
            let verdict = match (verdict, known.and(main)) {
                (Some(verdict), Some(main)) if verdict.verdict != VerdictWord::Pass => {
                    Some(merged::in_common(verdict, since(main)?))
                }
                (verdict, _) => verdict,
            };
            verdicts.push((name.to_owned(), verdict));
        }
        Ok(verdicts)
    }
}

/// Whether a commit's history has nothing in common with another's, as far as all of both is here.
fn has_own_history(repo: &Repository, main: &str, local: &str) -> bool {
    let commit =
        |name: &str| repo.revparse_single(name).and_then(|found| found.peel_to_commit()).map(|found| found.id());
    let (Ok(main), Ok(local)) = (commit(main), commit(local)) else { return false };
    let none = repo.merge_base(main, local).err();
    !repo.is_shallow() && none.is_some_and(|error| error.code() == git2::ErrorCode::NotFound)
}

/// The other side's main branch as it was last seen; where none is called so, its first one. A remote may be named by its
/// address.
pub(super) fn main_branch(repo: &Repository, remote: &str) -> Option<String> {
    let names = repo.remotes().ok();
    let named = names.iter().flatten().flatten().flatten().find(|name| {
        let has_address = |found: git2::Remote<'_>| found.url().is_ok_and(|address| address == remote);
        *name == remote || repo.find_remote(name).is_ok_and(has_address)
    });
    let remote = named.unwrap_or(remote);
    let there = |name: &String| repo.find_reference(name).is_ok_and(|found| found.peel_to_commit().is_ok());
    let usual = ["HEAD", "main", "master", "trunk", "develop"].map(|branch| format!("refs/remotes/{remote}/{branch}"));
    usual.into_iter().find(there).or_else(|| {
        let all = repo.references_glob(&format!("refs/remotes/{remote}/*")).ok()?;
        all.flatten().filter_map(|found| found.name().ok().map(str::to_owned)).filter(there).min()
    })
}

impl Place {
    fn of(repo: &Repository, root: &Path) -> Result<Self> {
        let folder = trust::hooks_folder(repo);
        let named = repo.config().and_then(|config| config.get_string("core.hooksPath"));
        if named.is_ok_and(|named| named.is_empty()) {
            return Err(Error::new(ErrorCode::Usage, "core.hooksPath is empty, so git runs no hooks")
                .with_hint("take the setting out: `git config --unset core.hooksPath`"));
        }
        let (own, root, started) = (repo.commondir().to_path_buf(), root.to_path_buf(), folder.clone());
        let is_in = |above: &Path| real(&folder).starts_with(real(above));
        let is_husky = |path: &Path| path.file_name().is_some_and(|name| name == ".husky");
        let husky = folder.ancestors().take(2).find(|path| is_husky(path) && is_in(&root)).map(Path::to_path_buf);
        if let Some(folder) = husky {
            return Ok(Self { keeper: Keeper::Husky, folder, root, started });
        }
        if is_in(&own) {
            return Ok(Self { keeper: Keeper::Git, folder, root, started });
        }
        if is_in(&root) {
            return Ok(Self { keeper: Keeper::Folder, folder, root, started });
        }
        Err(Error::new(ErrorCode::Usage, format!("git looks for hooks in {}, outside of this repository", folder.display()))
            .with_hint("core.hooksPath says so, perhaps for all of your repositories: add `precedent hooks run pre-commit \"$@\"` there by hand"))
    }

    /// The hook's file; where a tool has taken its name and runs ours as the one before, that one.
    fn file(&self, name: &str) -> PathBuf {
        let file = self.folder.join(name);
        let handed = self.folder.join(format!("{name}.legacy"));
        let is_ours = |file: &Path| std::fs::read_to_string(file).is_ok_and(|text| script::is_marked(&text));
        if self.keeper != Keeper::Husky && !is_ours(&file) && is_ours(&handed) { handed } else { file }
    }

    /// What git starts: husky's own script there, which looks for the one that it keeps.
    fn started_file(&self, name: &str) -> PathBuf {
        if self.keeper == Keeper::Husky { self.started.join(name) } else { self.file(name) }
    }

    fn shown(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy();
        // Elsewhere it is a letter of a name.
        if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }
    }

    /// `None` where nothing is, not even a link that leads nowhere.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let file = self.file(name);
        match std::fs::read(&file) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Ok(file.symlink_metadata().is_ok().then(Vec::new))
            }
            Err(error) => Err(Error::io(&file, "read", &error)),
        }
    }

    /// The text of a file in which our lines stand beside others'.
    fn shared(&self, name: &str, bytes: Vec<u8>) -> Result<String> {
        let file = self.file(name);
        let by_hand = |why: &str| {
            Err(Error::new(ErrorCode::Usage, format!("{} {why}, so it is left as it is", self.shown(&file)))
                .with_hint(format!("add `precedent hooks run {name} \"$@\" || exit $?` there by hand"))
                .at(&file))
        };
        if file.symlink_metadata().is_ok_and(|about| about.is_symlink()) {
            return by_hand("is a link");
        }
        let Ok(text) = String::from_utf8(bytes) else { return by_hand("is no UTF-8 text") };
        let first = text.lines().next().unwrap_or_default();
        if first.starts_with("#!") && !first.ends_with("sh") && !first.contains("sh ") {
            return by_hand("is no shell script");
        }
        Ok(text)
    }

    fn found(&self, name: &str, program: &Path) -> Result<Found> {
        let Some(bytes) = self.read(name)? else { return Ok(Found::Absent) };
        let text = String::from_utf8_lossy(&bytes);
        let script = Script { keeper: self.keeper, name, program };
        let runs = self.keeper == Keeper::Husky || probe::runs(&self.file(name));
        Ok(match script.own_part(&text) {
            None => Found::Other,
            Some(_) if !script.is_whole(&text) => Found::Edited,
            Some(own) if own == script.text() && runs => Found::Ours,
            Some(_) => Found::Stale,
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
        match found {
            Found::Ours => return Ok(Vec::new()),
            Found::Edited => return Err(self.edited(name)),
            Found::Absent | Found::Stale | Found::Other => {}
        }
        let script = Script { keeper: self.keeper, name, program };
        let text = match self.read(name)? {
            Some(before) if self.keeper == Keeper::Husky => script.put_into(&self.shared(name, before)?),
            _ => script.whole(),
        };
        let write =
            HookChange { path: self.shown(&self.file(name)), action: "write".to_owned(), to: None, text: Some(text) };
        let is_kept = found == Found::Other && self.keeper != Keeper::Husky;
        let kept = is_kept.then(|| self.renaming(name, &format!("{name}{BEFORE}")));
        Ok(kept.into_iter().chain([write]).collect())
    }

    /// What somebody wrote into ours is neither replaced nor taken out.
    fn edited(&self, name: &str) -> Error {
        let file = self.file(name);
        Error::new(ErrorCode::Conflict, format!("{} was edited since it was installed", self.shown(&file)))
            .with_hint("move your lines into a hook of your own or take them out; nothing was written")
            .at(&file)
    }

    fn renaming(&self, from: &str, to: &str) -> HookChange {
        let (path, to) = (self.shown(&self.file(from)), Some(self.shown(&self.file(to))));
        HookChange { path, action: "rename".to_owned(), to, text: None }
    }

    fn removal(&self, name: &str) -> Result<Vec<HookChange>> {
        let before = format!("{name}{BEFORE}");
        let back = || self.file(&before).symlink_metadata().is_ok().then(|| self.renaming(&before, name));
        let Some(bytes) = self.read(name)? else { return Ok(back().into_iter().collect()) };
        let script = Script { keeper: self.keeper, name, program: Path::new("") };
        let text = String::from_utf8_lossy(&bytes);
        if script.own_part(&text).is_none() {
            return Ok(Vec::new());
        }
        if !script.is_whole(&text) {
            return Err(self.edited(name));
        }
        let file = self.file(name);
        let path = self.shown(&file);
        if self.keeper == Keeper::Husky {
            let rest = script.without(&self.shared(name, bytes)?);
            if !rest.trim().is_empty() {
                return Ok(vec![HookChange { path, action: "write".to_owned(), to: None, text: Some(rest) }]);
            }
        }
        let delete = HookChange { path, action: "delete".to_owned(), to: None, text: None };
        // Where a tool runs ours as the one before, its own stands at the name.
        let is_handed = file != self.folder.join(name);
        Ok(std::iter::once(delete).chain(back().filter(|_| !is_handed)).collect())
    }

    /// All that is to be done can be: half of it would be worse than nothing.
    fn may_apply(&self, changes: &[HookChange]) -> Result<()> {
        for to in changes.iter().filter_map(|change| change.to.as_ref()) {
            let to = self.root.join(to);
            let is_freed = changes.iter().any(|change| change.action == "delete" && self.root.join(&change.path) == to);
            if to.symlink_metadata().is_ok() && !is_freed {
                return Err(Error::new(ErrorCode::Conflict, format!("{} is there already", to.display()))
                    .with_hint("look at both files and take one of them out; nothing was written"));
            }
        }
        Ok(())
    }

    fn apply(&self, change: &HookChange) -> Result<()> {
        let file = self.root.join(&change.path);
        match (&change.text, &change.to) {
            (Some(text), _) => {
                // Husky starts its scripts itself; what others can do with a file of theirs stays.
                let is_new = !file.exists();
                store::write_atomic(&file, text.as_bytes())?;
                if is_new || self.keeper != Keeper::Husky { store::set_executable(&file, true) } else { Ok(()) }
            }
            (None, Some(to)) => store::rename(&file, &self.root.join(to)),
            (None, None) => store::remove(&file),
        }
    }
}

/// A path as it is on the disk, also of what is not there yet: links and `..` above it are followed.
fn real(path: &Path) -> PathBuf {
    let there = path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    let Some((above, real)) = there else { return path.to_path_buf() };
    let mut real = real;
    for part in path.strip_prefix(above).unwrap_or(Path::new("")).components() {
        match part {
            std::path::Component::ParentDir => drop(real.pop()),
            part => real.push(part),
        }
    }
    real
}

/// Reads what is at the head of a repository for its gates to be judged.
fn opened(root: &Path) -> Result<Repository> {
    Repository::open(root).map_err(|error| failed("open the repository", &error))
}
