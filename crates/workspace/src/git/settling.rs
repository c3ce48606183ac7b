//! What a person says to a conflict, written and staged: each file with the bytes and the mode that git would check out.
//!
//! Files go through the one writer ([`crate::store`], so that it can be taken back); links, and files too large to be kept
//! for that, through the user's `git`. What is staged is set last: a step that failed leaves the conflict as it was.

use super::conflicts::{self, Version, Versions};
use super::contents::Means;
use super::repo::{self, FILE, KIND, LARGEST_KEPT, LINK, MODULE, failed};
use super::stage::index_entry;
use super::trash::{self, Thrown};
use crate::error::{Error, Result};
use crate::store;
use crate::workspace::Workspace;
use git2::{Oid, Repository};
use precedent_core::merging::{self, Choice};
use precedent_core::plan::FileWrite;
use precedent_core::record::decode;
use precedent_core::wire::{ConflictAnswer, ConflictSide, ErrorCode, GitStatus, SettleHow, SettleRequest};
use precedent_core::{RecordPath, WritePlan};
use std::path::Path;

/// A name and what it holds when the conflict is settled; `None`: nothing.
struct Laid {
    path: String,
    file: Option<(Oid, u32)>,
}

/// How a name comes to hold what it shall.
enum Way {
    AsItIs,
    Write(FileWrite),
    Unlink,
    ByGit,
}

impl Workspace {
    /// Settles a conflict: writes the file (a step that can be taken back) and stages it.
    ///
    /// # Errors
    /// `conflict` when the file or its versions changed since; `usage` while something is left to say, or for what cannot
    /// be settled here; `needs-trust` where only git can write it; `git`.
    pub fn settle_conflict(&self, request: &SettleRequest) -> Result<GitStatus> {
        self.in_repository()?;
        let repo = self.git_repository()?;
        let path = request.path.as_str();
        let versions = conflicts::versions(&repo, self.root(), path)?;
        if versions.digest != request.digest {
            return Err(Error::new(ErrorCode::Conflict, format!("{path} changed since it was looked at"))
                .with_hint("look at it again; nothing was written")
                .at(path));
        }
        match self.settled(&repo, &versions, request)? {
            Some(files) => self.lay(&repo, path, &versions, &files)?,
            None => self.stage_files(&[path.to_owned()])?,
        }
        self.git_status()
    }

    /// What stands where afterwards; `None` leaves the file as it is on disk.
    fn settled(&self, repo: &Repository, versions: &Versions, request: &SettleRequest) -> Result<Option<Vec<Laid>>> {
        let path = request.path.as_str();
        let side = |version: &Version| {
            let file = version.entry.as_ref().map(|entry| (entry.id, entry.mode));
            vec![Laid { path: path.to_owned(), file }]
        };
        match request.how {
            SettleHow::Mine | SettleHow::Theirs => {
                let version = if request.how == SettleHow::Mine { &versions.mine } else { &versions.theirs };
                // After two renames git puts its marks into the blob itself.
                let alone = matches!(conflicts::kind(versions, None), "only-here" | "only-there");
                if alone && version.has_marks() {
                    return Err(holds_marks(path));
                }
                Ok(Some(side(version)))
            }
            SettleHow::Both => {
                let index = conflicts::index(repo)?;
                let beside = conflicts::both_path(&index, self.root(), path, versions).ok_or_else(|| {
                    Error::new(ErrorCode::Usage, format!("of {path} only one can be kept")).with_hint("take one side")
                })?;
                let mut files = side(&versions.mine);
                files.extend(side(&versions.theirs).into_iter().map(|laid| Laid { path: beside.clone(), ..laid }));
                Ok(Some(files))
            }
            SettleHow::AsOnDisk => match repo::on_disk(self.root(), Path::new(path)).bytes() {
                Some(bytes) if merging::has_marks(&decode(bytes).0) => Err(holds_marks(path)),
                _ => Ok(None),
            },
            SettleHow::Answers => {
                let text = answered(versions, request)?;
                let error = |error: git2::Error| failed(&format!("settle {path}"), &error).at(path);
                let id = repo.blob(text.as_bytes()).map_err(error)?;
                Ok(Some(vec![Laid { path: path.to_owned(), file: Some((id, mode(versions))) }]))
            }
        }
    }

    /// Makes the names hold what they shall, then stages that.
    fn lay(&self, repo: &Repository, path: &str, versions: &Versions, files: &[Laid]) -> Result<()> {
        let ways: Vec<(&Laid, Way)> =
            files.iter().map(|laid| Ok((laid, self.way(repo, versions, laid)?))).collect::<Result<_>>()?;
        let by_git = ways.iter().any(|(_, way)| matches!(way, Way::ByGit));
        if by_git {
            self.trusted(false, &format!("settling {path}"))?;
        }
        let plan =
            ways.iter().filter_map(|(_, way)| if let Way::Write(write) = way { Some(write.clone()) } else { None });
        let title = format!("Settle {}", RecordPath::new(path).file_name());
        let plan = WritePlan { title, files: plan.filter(|file| file.before != file.after).collect() };
        if !plan.files.is_empty() {
            self.write(&plan, None)?;
        }
        for (laid, way) in &ways {
            match way {
                Way::AsItIs => {}
                Way::Write(_) => self.finish(repo, laid)?,
                Way::Unlink => store::remove(&self.root().join(&laid.path))?,
                Way::ByGit => self.check_out(repo, laid)?,
            }
            if laid.file.is_none() {
                self.store.prune(&RecordPath::new(laid.path.as_str()));
            }
        }
        staged(repo, path, files)
    }

    fn way(&self, repo: &Repository, versions: &Versions, laid: &Laid) -> Result<Way> {
        let path = Path::new(&laid.path);
        let refused = |why: &str, hint: &str| {
            Err(Error::new(ErrorCode::Usage, format!("{} {why}", laid.path)).with_hint(hint).at(&laid.path))
        };
        if repo::is_beyond_link(self.root(), path) {
            return refused("lies behind a link now", "move the link away, then settle it");
        }
        let disk = self.root().join(path).symlink_metadata().ok();
        let is_file = disk.as_ref().is_some_and(std::fs::Metadata::is_file);
        let is_link = disk.as_ref().is_some_and(std::fs::Metadata::is_symlink);
        let is_folder = disk.is_some() && !is_file && !is_link;
        if disk.as_ref().is_some_and(|about| is_file && about.len() > LARGEST_KEPT) {
            return refused(
                "is too large to be kept for undoing",
                "move it out of the way yourself, or settle it in a terminal with `git checkout --ours` or `--theirs` and `git add`",
            );
        }
        match laid.file {
            Some((_, mode)) if mode & KIND == MODULE => {
                if is_file || is_link {
                    return refused("is a file where a submodule would be", "move it away, then settle it");
                }
                // What is checked out of a submodule stays: `git submodule update` is a person's own step.
                Ok(Way::AsItIs)
            }
            Some(_) if is_folder => {
                refused("is a folder now", "move the folder away, or take the side that has it; then settle it")
            }
            None if is_folder || disk.is_none() => Ok(Way::AsItIs),
            None if is_link => {
                let target = repo::on_disk(self.root(), path);
                let known = [&versions.base, &versions.mine, &versions.theirs];
                let known = known.iter().any(|version| {
                    let blob = version.entry.as_ref().filter(|_| version.is(LINK));
                    blob.is_some_and(|entry| repo::in_blob(repo, entry.id) == target)
                });
                if known { Ok(Way::Unlink) } else { refused("is a link that neither side has", "delete it yourself") }
            }
            Some((_, mode)) if mode & KIND != FILE || is_link => Ok(Way::ByGit),
            Some((id, _)) if size(repo, id) > repo::LARGEST => Ok(Way::ByGit),
            file => {
                let path = RecordPath::new(laid.path.as_str());
                let before = if is_file { Some(self.store.read(&path)?) } else { None };
                let after = file.map(|(id, _)| self.smudged(repo, &laid.path, id)).transpose()?;
                Ok(Way::Write(FileWrite { path, before, after }))
            }
        }
    }

    fn smudged(&self, repo: &Repository, path: &str, id: Oid) -> Result<Vec<u8>> {
        let (trust, program) = (self.trust()?, self.program());
        Means { root: self.root(), program: &program, trust: &trust }.smudged(repo, path, id)
    }

    /// A file that was written gets its mode.
    fn finish(&self, repo: &Repository, laid: &Laid) -> Result<()> {
        let looks = repo.config().and_then(|config| config.get_bool("core.fileMode")).unwrap_or(true);
        match laid.file {
            Some((_, mode)) if looks => self.execute(&RecordPath::new(laid.path.as_str()), mode & 0o100 != 0),
            _ => Ok(()),
        }
    }

    /// Has git write a file; what is there now is kept among what was discarded.
    fn check_out(&self, repo: &Repository, laid: &Laid) -> Result<()> {
        let Some((id, mode)) = laid.file else { return Ok(()) };
        let path = RecordPath::new(laid.path.as_str());
        let full = self.root().join(&laid.path);
        if full.symlink_metadata().is_ok_and(|about| about.is_file()) {
            let now = self.store.read(&path)?;
            let mut thrown = Thrown::new(&laid.path, path.file_name().to_owned(), "modified", self.today());
            // Not known before git has written it: restoring asks before it writes over that.
            thrown.after = None;
            trash::keep(&self.store.own(), thrown, Some(&now), self.today())?;
        }
        let io = |error: std::io::Error| Error::io(repo.path(), "write to", &error);
        let copy = tempfile::Builder::new().prefix("precedent-index-").tempfile_in(repo.path()).map_err(io)?;
        let copy = copy.into_temp_path();
        store::copy(&repo.path().join("index"), &copy)?;
        let error = |error: git2::Error| failed(&format!("settle {path}"), &error).at(path.as_str());
        let mut index = git2::Index::open(&copy).map_err(error)?;
        conflicts::forget(&mut index, &laid.path).map_err(error)?;
        index.add(&entry(&laid.path, id, mode)).and_then(|()| index.write()).map_err(error)?;
        self.program().check_out(self.root(), &laid.path, &copy)
    }
}

fn entry(path: &str, id: Oid, mode: u32) -> git2::IndexEntry {
    git2::IndexEntry { mode, ..index_entry(path, id, 0) }
}

/// The names as they are now, and no conflict any more.
fn staged(repo: &Repository, path: &str, files: &[Laid]) -> Result<()> {
    let error = |error: git2::Error| failed(&format!("settle {path}"), &error).at(path);
    let mut index = conflicts::index(repo)?;
    conflicts::forget(&mut index, path).map_err(error)?;
    for laid in files {
        if let Some((id, mode)) = laid.file {
            index.add(&entry(&laid.path, id, mode)).map_err(error)?;
        }
    }
    index.write().map_err(error)
}

/// The mode that only one side changed, else one's own.
fn mode(versions: &Versions) -> u32 {
    let [base, mine, theirs] = [&versions.base, &versions.mine, &versions.theirs].map(Version::mode);
    let chosen = if mine == base { theirs } else { mine };
    chosen.or(mine).unwrap_or(0o100_644)
}

fn answered(versions: &Versions, request: &SettleRequest) -> Result<String> {
    let merged = conflicts::merge(versions).ok_or_else(|| {
        Error::new(ErrorCode::Usage, format!("{} is taken as a whole only", request.path))
            .with_hint("take one side, or settle it in an editor")
    })?;
    let choices: Vec<Choice> = request.answers.iter().map(choice).collect();
    let text = merged.resolved(&choices).filter(|_| choices.len() == merged.conflicts().count());
    text.ok_or_else(|| {
        Error::new(ErrorCode::Usage, "something is left to settle")
            .with_hint("choose for each place, then mark it resolved")
    })
}

fn choice(answer: &ConflictAnswer) -> Choice {
    match answer.side {
        ConflictSide::Mine => Choice::Ours,
        ConflictSide::Theirs => Choice::Theirs,
        ConflictSide::Both => Choice::Both,
        ConflictSide::Text => Choice::Text(answer.text.clone().unwrap_or_default()),
    }
}

fn holds_marks(path: &str) -> Error {
    Error::new(ErrorCode::Usage, format!("{path} still holds marks of the conflict"))
        .with_hint(
            "settle each place between `<<<<<<<` and `>>>>>>>`, take the marks out, then take it as it stands on disk",
        )
        .at(path)
}

fn size(repo: &Repository, id: Oid) -> u64 {
    repo.odb().and_then(|odb| odb.read_header(id)).map_or(0, |(size, _)| size as u64)
}
