//! One file a verb, or a few verbs that are the same thing. Each opens the workspace, calls it once and prints.

mod baseline;
mod check;
mod convert;
mod debt;
mod doctor;
mod edit;
mod export;
mod graph;
mod hooks;
mod index;
mod init;
mod link;
mod lint;
mod list;
mod merge_file;
mod moving;
mod new;
mod schema;
mod search;
mod set;
mod show;
mod status;
mod supersede;
mod test;
mod undo;
mod waive;
mod why;

use crate::args::{Cli, Command};
use crate::output::Output;
use crate::progress::{counted, telling};
use directories::ProjectDirs;
use jiff::Zoned;
use precedent_core::wire::{ErrorCode, OpenMode, Opening, PlanPreview, WriteReply};
use precedent_workspace::{Error, OpenOptions, Place, Progress, Workspace};
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

type Result<T> = std::result::Result<T, Error>;

/// What every verb may ask for.
pub(crate) struct Context<'a> {
    dir: PathBuf,
    output: &'a Output,
}

/// Runs the verb.
pub(crate) fn run(cli: Cli, output: &Output) -> Result<ExitCode> {
    let dir = match cli.dir {
        Some(dir) => dir,
        None => std::env::current_dir().map_err(|error| {
            Error::new(ErrorCode::Io, format!("the current folder cannot be read: {error}"))
                .with_hint("name one with -C DIR")
        })?,
    };
    let context = Context { dir, output };
    match cli.command {
        Command::Init(args) => init::run(&context, &args),
        Command::New(args) => new::run(&context, args),
        Command::List(args) => list::run(&context, &args),
        Command::Show(args) => show::run(&context, &args),
        Command::Search(args) => search::run(&context, &args),
        Command::Set(args) => set::run(&context, &args),
        Command::Accept(args) => status::run(&context, &args, precedent_core::wire::StatusWord::Accepted),
        Command::Reject(args) => status::run(&context, &args, precedent_core::wire::StatusWord::Rejected),
        Command::Deprecate(args) => status::run(&context, &args, precedent_core::wire::StatusWord::Deprecated),
        Command::Supersede(args) => supersede::run(&context, args),
        Command::Amend(args) => link::amend(&context, args),
        Command::Link(args) => link::link(&context, &args),
        Command::Unlink(args) => link::unlink(&context, &args),
        Command::Schema(args) => schema::run(&context, &args),
        Command::Convert(args) => convert::run(&context, &args),
        Command::Rename(args) => moving::rename(&context, args),
        Command::Move(args) => moving::move_to(&context, args),
        Command::Delete(args) => moving::delete(&context, &args),
        Command::Renumber(args) => moving::renumber(&context, args),
        Command::Edit(args) => edit::run(&context, &args),
        Command::Graph(args) => graph::run(&context, &args),
        Command::Index(args) => index::run(&context, args),
        Command::Export(args) => export::run(&context, args),
        Command::Undo(args) => undo::run(&context, &args),
        Command::Lint(args) => lint::run(&context, &args),
        Command::Check(args) => check::run(&context, &args),
        Command::Debt(args) => debt::run(&context, &args),
        Command::Waive(args) => waive::run(&context, args),
        Command::Baseline(args) => baseline::run(&context, &args),
        Command::Hooks(args) => hooks::run(&context, &args),
        Command::Doctor => doctor::run(&context),
        Command::Test(args) => test::run(&context, &args),
        Command::Why(args) => why::run(&context, &args),
        Command::MergeFile(args) => merge_file::run(&context, &args),
    }
}

/// The variable by which git would look for the repository elsewhere.
fn repository_elsewhere() -> Option<&'static str> {
    ["GIT_DIR", "GIT_WORK_TREE"].into_iter().find(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// The part of [`WriteReply`] that `--json` prints (CONTRACT §12).
#[derive(Serialize)]
struct Written<'a> {
    changed: &'a [String],
    problems: &'a [precedent_core::wire::ProblemItem],
}

impl Context<'_> {
    /// Folders and the day: the front end is where environment and clock are read (I10).
    fn place(&self) -> Result<Place> {
        let dirs = ProjectDirs::from("dev", "precedent", "Precedent").ok_or_else(|| {
            Error::new(ErrorCode::Usage, "no home folder is set").with_hint("set HOME to a folder that can be written")
        })?;
        Ok(Place::new(dirs.cache_dir().to_path_buf(), dirs.config_dir().to_path_buf(), Zoned::now().date()))
    }

    fn open(&self) -> Result<Arc<Workspace>> {
        let (place, options) = (self.place()?, OpenOptions { mode: OpenMode::Git, index: false });
        let progress = Progress::default();
        let how_far = || match progress.so_far() {
            Opening { all: 0, .. } => "Looking for records".to_owned(),
            Opening { done, all } => counted("Reading records", done, all),
        };
        let opened = telling(how_far, || Workspace::open_telling(&self.dir, &place, &options, &progress));
        opened.map_err(|error| match repository_elsewhere() {
            Some(name) if error.code() == ErrorCode::NotARepository => error.with_hint(format!(
                "{name} is set and not followed: the repository is the one whose `.git` is in this folder or above"
            )),
            _ => error,
        })
    }

    /// The path of the record that R means.
    fn find(workspace: &Workspace, reference: &str) -> Result<String> {
        workspace.find(reference)
    }

    /// Shows a plan, or has it written as it is.
    fn carry_out(
        &self,
        plan: &PlanPreview,
        dry_run: bool,
        apply: impl FnOnce(&str) -> Result<WriteReply>,
    ) -> Result<ExitCode> {
        if dry_run {
            self.output.plan(plan);
            return Ok(ExitCode::SUCCESS);
        }
        let reply = apply(&plan.digest)?;
        for note in &plan.notes {
            self.output.warn(note);
        }
        Ok(self.written(&reply))
    }

    fn written(&self, reply: &WriteReply) -> ExitCode {
        if self.output.is_json() {
            self.output.value(&Written { changed: &reply.changed, problems: &reply.problems });
        } else {
            for path in &reply.changed {
                self.output.line(path);
            }
            self.output.problems(&reply.problems);
        }
        ExitCode::SUCCESS
    }
}
