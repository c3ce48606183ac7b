//! The one module that starts the user's `git`. Callers have asked [`super::trust`] first (invariant I11).
//!
//! The program inherits the person's environment (agents, credential helpers, home folder) but none of git's own
//! variables, which could point it at another repository, and it never waits at a terminal for an answer.

pub(crate) use super::live::Listener;
use super::live::{self, Ended, Stream};
use super::underway::Underway;
use crate::error::{Error, Result};
use precedent_core::wire::{CommitRequest, ErrorCode, GitTrouble};
use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

/// Variables that would make git work on something else than the folder it is started in, or start other programs.
const CLEARED: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_EXTERNAL_DIFF",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];

/// The user's `git`.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    path: PathBuf,
    env: Vec<(OsString, OsString)>,
}

/// A long run's end.
pub(crate) struct LongRun {
    pub(crate) success: bool,
    /// It was told to stop.
    pub(crate) stopped: bool,
    /// What was printed on both streams, progress and all.
    pub(crate) output: String,
}

/// What a commit's run left behind.
pub(crate) struct Run {
    pub(crate) status: ExitStatus,
    /// What git and the hooks printed, in order.
    pub(crate) output: String,
    /// The hook that ended with an error, by git's own trace.
    pub(crate) failed_hook: Option<String>,
    /// It was told to stop.
    pub(crate) stopped: bool,
}

impl Program {
    pub(crate) fn new(path: &Path) -> Self {
        Self { path: path.to_path_buf(), env: Vec::new() }
    }

    /// Sets a variable for every run (tests seal their surroundings with it).
    #[cfg(test)]
    pub(crate) fn with_env(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// Standard output of a reading run.
    ///
    /// # Errors
    /// `git-missing`; `git` with its words when it fails.
    pub(crate) fn read<S: AsRef<OsStr>>(&self, root: &Path, args: &[S]) -> Result<Vec<u8>> {
        let mut command = self.command(root);
        command.args(["--no-optional-locks", "--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false"]);
        command.args(args).env("GIT_OPTIONAL_LOCKS", "0");
        // Files and no pipes, as in [`live`]; a partial clone may fetch while it is read.
        let ((out, out_end), (err, err_end)) = (Stream::new()?, Stream::new()?);
        command.env("SSH_ASKPASS_REQUIRE", "force").stdout(out_end).stderr(err_end);
        if command.status().map_err(|error| self.start_error(&error))?.success() {
            return out.bytes();
        }
        Err(refused(&String::from_utf8_lossy(&err.bytes()?)))
    }

    /// `git add` or `git rm --cached` of exactly these paths, given on standard input.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn add(&self, root: &Path, paths: &[&str]) -> Result<()> {
        let mut command = self.command(root);
        command.args(["--literal-pathspecs", "-c", "core.fsmonitor=false", "add", "--all"]);
        command.args(["--pathspec-from-file=-", "--pathspec-file-nul"]);
        let run = self.run(command, paths.join("\0").as_bytes())?;
        if run.status.success() { Ok(()) } else { Err(refused(&run.output)) }
    }

    /// `git add` of one file into a copy of the staging area.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn add_to(&self, root: &Path, path: &str, index: &Path) -> Result<()> {
        let mut command = self.command(root);
        command.args(["--literal-pathspecs", "-c", "core.fsmonitor=false", "-c", "core.splitIndex=false"]);
        command.args(["add", "--force", "--", path]).env("GIT_INDEX_FILE", index);
        let run = self.run(command, b"")?;
        if run.status.success() { Ok(()) } else { Err(refused(&run.output)) }
    }

    /// `git checkout-index` of one file as another staging area has it: filters, links and line ends as git makes them.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn check_out(&self, root: &Path, path: &str, index: &Path) -> Result<()> {
        let mut command = self.command(root);
        command.args(["--literal-pathspecs", "-c", "core.fsmonitor=false", "checkout-index", "--force", "--", path]);
        command.env("GIT_INDEX_FILE", index);
        let run = self.run(command, b"")?;
        if run.status.success() { Ok(()) } else { Err(refused(&run.output)) }
    }

    /// `git commit` with the kept message; hooks and signing happen as git would do them, and what they print is told
    /// at once.
    ///
    /// # Errors
    /// `git-missing`, `io`. A commit that git refused is an `Ok` with a failed status.
    pub(crate) fn commit(
        &self,
        root: &Path,
        underway: &Underway,
        request: &CommitRequest,
        to: &mut Listener<'_>,
    ) -> Result<Run> {
        let io = |error: std::io::Error| live::no_file(&error);
        let trace = tempfile::NamedTempFile::new().map_err(io)?;
        let mut command = self.command(root);
        command.args(commit_args(request.amend.is_some(), request.no_verify)).env("GIT_TRACE2_EVENT", trace.path());
        command.arg("--file").arg(underway.message_file());
        let lock = underway.lock().map_err(io)?;
        live::own_group_without_terminal(&mut command);
        let run = live::run(command, lock.into(), &|error| self.start_error(error), to)?;
        let Ended { status, output, stopped } = run;
        let events = std::fs::read(trace.path()).unwrap_or_default();
        Ok(Run { status, output, failed_hook: failed_hook(&String::from_utf8_lossy(&events)), stopped })
    }

    /// Sets one of the user's own settings, for all repositories. `folder` lies in none.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn configure(&self, folder: &Path, name: &str, value: &str) -> Result<()> {
        let mut command = self.command(folder);
        command.args(["config", "--global", name, value]).env("GIT_DIR", folder.join("no-repository"));
        let run = self.run(command, b"")?;
        if run.status.success() { Ok(()) } else { Err(refused(&run.output)) }
    }

    /// A run that may take long, talk to other machines and be stopped: `fetch`, `pull`, `push`, `clone`, `rebase`.
    ///
    /// Nothing of it can hang on a question. git and ssh have no terminal: they ask the person's own askpass program if
    /// there is one, else they fail and say so. No editor opens for a message that git has already.
    ///
    /// # Errors
    /// `git-missing`, `io`. A run that failed is an `Ok`.
    pub(crate) fn long<S: AsRef<OsStr>>(&self, root: &Path, args: &[S], to: &mut Listener<'_>) -> Result<LongRun> {
        let mut command = self.command(root);
        command.args(["--no-pager", "-c", "core.fsmonitor=false", "-c", "advice.detachedHead=false"]).args(args);
        command.env("SSH_ASKPASS_REQUIRE", "force").env("GIT_PROGRESS_DELAY", "0");
        command.env("GIT_EDITOR", ":").env("GIT_SEQUENCE_EDITOR", ":");
        // Untranslated words, which core::sync reads; letters stay those of the person's language.
        command.env("LANGUAGE", "en");
        live::own_group(&mut command);
        let run = live::run(command, Stdio::null(), &|error| self.start_error(error), to)?;
        Ok(LongRun { success: run.status.success(), stopped: run.stopped, output: run.output })
    }

    /// A short run that changes something: `switch`, `stash`, `worktree`.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn write<S: AsRef<OsStr>>(&self, root: &Path, args: &[S]) -> Result<String> {
        let run = self.long(root, args, &mut Listener { hear: &mut |_| {}, stop: &|| false })?;
        if run.success { Ok(run.output) } else { Err(refused(&run.output)) }
    }

    fn command(&self, root: &Path) -> Command {
        let mut command = Command::new(&self.path);
        command.current_dir(root).stdin(Stdio::null()).env("GIT_TERMINAL_PROMPT", "0");
        for name in CLEARED {
            command.env_remove(name);
        }
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        without_console(&mut command);
        command
    }

    /// Runs with `input`. Output goes through a file, not a pipe: a program that a hook leaves in the background would
    /// keep a pipe open and us waiting.
    fn run(&self, mut command: Command, input: &[u8]) -> Result<Run> {
        let (output, end) = Stream::new()?;
        command.stdin(Stdio::piped()).stderr(end.try_clone().map_err(|error| live::no_file(&error))?).stdout(end);
        let mut child = command.spawn().map_err(|error| self.start_error(&error))?;
        if let Some(mut stdin) = child.stdin.take() {
            // A program that ends before it read everything says why in its status and output.
            let _ = stdin.write_all(input);
        }
        let status = child.wait().map_err(|error| self.start_error(&error))?;
        let output = String::from_utf8_lossy(&output.bytes()?).into_owned();
        Ok(Run { status, output, failed_hook: None, stopped: false })
    }

    fn start_error(&self, error: &std::io::Error) -> Error {
        let named = self.path.display();
        match error.kind() {
            std::io::ErrorKind::NotFound => Error::new(ErrorCode::GitMissing, format!("git was not found ({named})"))
                .with_hint("install git 2.34 or later and start Precedent again; reading, searching and editing work without it"),
            _ => Error::new(ErrorCode::GitMissing, format!("git could not be started ({named}): {error}"))
                .with_hint("check that the program may be run"),
        }
    }
}

/// What a commit is made with, without its message.
pub(super) fn commit_args(amend: bool, no_verify: bool) -> Vec<&'static str> {
    let mut args = vec!["commit", "--cleanup=whitespace"];
    if amend {
        args.extend(["--amend", "--allow-empty"]);
    }
    if no_verify {
        args.push("--no-verify");
    }
    args
}

/// Words as a person would type them in a terminal.
pub(super) fn shown<S: AsRef<str>>(args: &[S]) -> String {
    let words = args.iter().map(AsRef::as_ref).filter(|arg| *arg != "--progress");
    let plain = |arg: &str| {
        let safe = |letter: char| letter.is_ascii_alphanumeric() || "_@%+=:,./~-".contains(letter);
        !arg.is_empty() && !arg.starts_with(['~', '=']) && arg.chars().all(safe)
    };
    let quoted = words.map(|arg| match shlex::try_quote(arg) {
        Ok(quoted) if !plain(arg) => quoted.into_owned(),
        _ => arg.to_owned(),
    });
    std::iter::once("git".to_owned()).chain(quoted).collect::<Vec<_>>().join(" ")
}

/// An error with git's own words under "What git said".
pub(crate) fn refused(words: &str) -> Error {
    let first = words.lines().find(|line| !line.trim().is_empty()).unwrap_or("it gave no reason");
    let first = first.trim_start_matches("fatal: ").trim_start_matches("error: ");
    Error::new(ErrorCode::Git, format!("git refused: {first}"))
        .with_hint("read what git said below")
        .with_details(words.trim_end())
}

/// The hook that git itself (not a git started by a hook) reports as failed.
fn failed_hook(events: &str) -> Option<String> {
    let mut hooks: Vec<(u64, String)> = Vec::new();
    let mut failed = None;
    for line in events.lines() {
        let Ok(event) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        let text = |key: &str| event.get(key).and_then(serde_json::Value::as_str).unwrap_or_default();
        let child = event.get("child_id").and_then(serde_json::Value::as_u64);
        // Sessions of programs below ours are named `parent/child`.
        if text("sid").contains('/') {
            continue;
        }
        match (text("event"), child) {
            ("child_start", Some(id)) if text("child_class") == "hook" => {
                hooks.push((id, text("hook_name").to_owned()));
            }
            ("child_exit", Some(id)) if event.get("code").and_then(serde_json::Value::as_i64) != Some(0) => {
                let hook = hooks.iter().find(|(known, _)| *known == id);
                failed = hook.map(|(_, name)| name.clone()).or(failed);
            }
            _ => {}
        }
    }
    failed
}

/// The oldest git that is used: CONTRACT, and what `git status --porcelain=v2` and hooks need.
const OLDEST_GIT: (u32, u32) = (2, 34);

/// What keeps the user's git program from being used; `None` when nothing does.
pub fn git_trouble(program: &Path) -> Option<GitTrouble> {
    let needed = format!("{}.{}", OLDEST_GIT.0, OLDEST_GIT.1);
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stderr(Stdio::null());
    without_console(&mut command);
    let said = command.output().ok().filter(|output| output.status.success());
    let said = said.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let Some(version) = said.as_deref().and_then(version) else { return Some(GitTrouble { needed, found: None }) };
    let parts: Vec<u32> = version.split('.').map_while(|part| part.parse().ok()).collect();
    let recent = (parts.first().copied().unwrap_or(0), parts.get(1).copied().unwrap_or(0)) >= OLDEST_GIT;
    (!recent).then(|| GitTrouble { needed, found: Some(version.to_owned()) })
}

/// The number in `git version 2.39.5 (Apple Git-154)`.
fn version(said: &str) -> Option<&str> {
    let number = said.trim().strip_prefix("git version ")?.split_whitespace().next()?;
    number.starts_with(|letter: char| letter.is_ascii_digit()).then_some(number)
}

/// On Windows a program started from a window would flash a console.
#[cfg(windows)]
fn without_console(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn without_console(_command: &mut Command) {}
