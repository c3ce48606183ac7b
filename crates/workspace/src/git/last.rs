//! The last commit: its message to be amended, and taking it back while nobody else has it. What it held is staged then,
//! and its message is given back. Also who commits, and who else has.

use super::program::Program;
use super::pushed::is_pushed;
use super::repo::{failed, open};
use super::{status, underway};
use crate::error::{Error, Result};
use crate::workspace::Workspace;
use git2::{Commit, ConfigLevel, Repository, RepositoryState, ResetType};
use precedent_core::wire::{ErrorCode, GitStatus, LastCommit, MessageStart};
use std::collections::HashMap;

/// Commits in which co-authors are looked for.
const PEOPLE_FROM: usize = 2_000;
/// Co-authors that are offered.
const MOST_PEOPLE: usize = 40;

impl Workspace {
    /// What the message field starts with: what was being written, or the template.
    ///
    /// # Errors
    /// `not-a-repository`, `git`.
    pub fn message_start(&self) -> Result<MessageStart> {
        self.in_repository()?;
        let own = self.store.own();
        let repo = open(self.root())?;
        let interrupted = underway::settle(self.root(), &own).or_else(|| self.cut_off());
        let (template, help) = template(&repo);
        Ok(MessageStart { kept: underway::message(&own), template, help, interrupted })
    }

    /// Keeps a message that is being written; it survives whatever happens to the app.
    ///
    /// # Errors
    /// `not-a-repository`, `io`, `read-only`.
    pub fn keep_message(&self, message: &str) -> Result<()> {
        self.in_repository()?;
        underway::keep_message(&self.store.own(), message)
    }

    /// The last commit; `None` before the first one.
    ///
    /// # Errors
    /// `not-a-repository`, `git`.
    pub fn last_commit(&self) -> Result<Option<LastCommit>> {
        self.in_repository()?;
        let repo = open(self.root())?;
        let head = repo.head().ok().and_then(|head| head.peel_to_commit().ok());
        head.map(|head| last(&repo, &head)).transpose()
    }

    /// Takes the last commit back: what it held is staged again, files stay as they are. Its message is the answer.
    ///
    /// # Errors
    /// `conflict` when `commit` is not the last one any more; `usage` when it is pushed or a merge; `git`.
    pub fn undo_commit(&self, commit: &str) -> Result<LastCommit> {
        self.in_repository()?;
        let repo = open(self.root())?;
        let head = repo.head().ok().and_then(|head| head.peel_to_commit().ok());
        let head = head.filter(|head| head.id().to_string() == commit).ok_or_else(|| {
            Error::new(ErrorCode::Conflict, "that is not the last commit any more; nothing was undone")
                .with_hint("look at the log: another program committed or switched the branch meanwhile")
        })?;
        let undone = last(&repo, &head)?;
        if let Some(why) = &undone.stays {
            return Err(Error::new(ErrorCode::Usage, format!("the last commit cannot be undone: {why}"))
                .with_hint("make a commit that reverts it instead: `git revert HEAD`"));
        }
        let error = |error: git2::Error| failed("undo the commit", &error);
        if let Ok(parent) = head.parent(0) {
            repo.reset(parent.as_object(), ResetType::Soft, None).map_err(error)?;
        } else {
            // The first commit: its branch begins again.
            repo.head().and_then(|mut branch| branch.delete()).map_err(error)?;
        }
        // What is being written goes before; the answer has what the commit said.
        let own = self.store.own();
        if underway::message(&own).is_none() {
            underway::keep_message(&own, &undone.message)?;
        }
        Ok(undone)
    }

    /// Sets who commits: here, or everywhere on this machine.
    ///
    /// # Errors
    /// `usage` for an empty name or address, `git-missing`, `git`.
    pub fn set_author(&self, name: &str, email: &str, everywhere: bool) -> Result<GitStatus> {
        self.in_repository()?;
        let (name, email) = (name.trim(), email.trim());
        let plain = |text: &str| !text.is_empty() && !text.contains(['<', '>', '\n', '\0']);
        if !plain(name) || !plain(email) || !email.contains('@') {
            return Err(Error::new(ErrorCode::Usage, "a commit needs a name and an address")
                .with_hint("for example Ann Lee and ann@example.org; they are written into each commit"));
        }
        if everywhere {
            set_everywhere(&self.program(), self, name, email)?;
        } else {
            let error = |error: git2::Error| failed("set who commits", &error);
            let repo = open(self.root())?;
            let mut own = repo.config().and_then(|config| config.open_level(ConfigLevel::Local)).map_err(error)?;
            own.set_str("user.name", name).and_then(|()| own.set_str("user.email", email)).map_err(error)?;
        }
        self.git_status()
    }

    /// Who committed here, most often first, without the one who commits now: `Name <address>`.
    ///
    /// # Errors
    /// `not-a-repository`, `git`.
    pub fn people(&self) -> Result<Vec<String>> {
        self.in_repository()?;
        let repo = open(self.root())?;
        let me = status::author(&repo);
        let mut walk = repo.revwalk().map_err(|error| failed("read the log", &error))?;
        if walk.push_head().is_err() {
            return Ok(Vec::new());
        }
        let mut counts: HashMap<String, usize> = HashMap::new();
        for commit in walk.flatten().take(PEOPLE_FROM).filter_map(|id| repo.find_commit(id).ok()) {
            let author = commit.author();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            *counts.entry(format!("{} <{}>", text(author.name_bytes()), text(author.email_bytes()))).or_default() += 1;
        }
        let mut people: Vec<(String, usize)> =
            counts.into_iter().filter(|(name, _)| Some(name) != me.as_ref()).collect();
        people.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(people.into_iter().take(MOST_PEOPLE).map(|(name, _)| name).collect())
    }

    /// What the open said of a commit that had been cut off.
    fn cut_off(&self) -> Option<String> {
        let state = self.state();
        let said = state.problems.iter().map(|problem| problem.message.clone());
        said.into_iter().find(|message| message.starts_with("The commit “"))
    }
}

/// Outside of any repository, so that none of its settings is read or changed.
fn set_everywhere(program: &Program, workspace: &Workspace, name: &str, email: &str) -> Result<()> {
    let folder = &workspace.place.config;
    crate::store::make_folder(folder)?;
    program.configure(folder, "user.name", name)?;
    program.configure(folder, "user.email", email)
}

fn last(repo: &Repository, head: &Commit<'_>) -> Result<LastCommit> {
    let pushed = is_pushed(repo, head.id())?;
    let stays = if pushed {
        Some("a remote has it".to_owned())
    } else if head.parent_count() > 1 {
        Some("it is a merge".to_owned())
    } else if repo.state() != RepositoryState::Clean {
        Some("something else is under way".to_owned())
    } else if repo.head_detached().unwrap_or(false) {
        Some("no branch is checked out".to_owned())
    } else {
        None
    };
    let message = String::from_utf8_lossy(head.message_bytes()).trim_end().to_owned();
    Ok(LastCommit { commit: head.id().to_string(), message, pushed, stays })
}

/// Text and comments of `commit.template`.
fn template(repo: &Repository) -> (Option<String>, Option<String>) {
    let file = repo.config().and_then(|config| config.get_path("commit.template")).ok();
    let file = file.map(|file| repo.workdir().unwrap_or_else(|| repo.path()).join(file));
    let Some(text) = file.and_then(|file| std::fs::read_to_string(file).ok()) else { return (None, None) };
    let (comments, lines): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with('#'));
    let whole = |lines: Vec<&str>| Some(lines.join("\n").trim_end().to_owned()).filter(|text| !text.trim().is_empty());
    let help = comments.iter().map(|line| line.trim_start_matches('#').trim_start()).collect();
    (whole(lines), whole(help))
}
