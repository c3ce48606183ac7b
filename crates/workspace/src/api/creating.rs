//! New records: templates, the next free name, and the first record of a repository that has none.

use crate::api::planning::{Planned, is_as_shown};
use crate::api::reading::render_record;
use crate::error::{Error, Result};
use crate::git::branch;
use crate::workspace::{State, Workspace};
use precedent_core::id::FileName;
use precedent_core::numbering::{Scheme, file_name_for, next_number};
use precedent_core::record::may_be_record;
use precedent_core::record::template::{BUILT_IN, Draft, render_draft};
use precedent_core::wire::{ErrorCode, NewRequest, PlanPreview, TemplateInfo, WriteReply};
use precedent_core::{DecisionLog, RecordPath, Status, WritePlan};
use std::path::Path;

/// What `init` writes.
const FIRST_SETTINGS: &str = include_str!("../../../../decisions-template/precedent.toml");
const FIRST_RECORD: &str = include_str!("../../../../decisions-template/0001-record-architecture-decisions.md");
const FIRST_PATH: &str = "docs/decisions/0001-record-architecture-decisions.md";
/// Templates over this size are not offered.
const MOST_TEMPLATE: u64 = 256 * 1024;

/// A template that can be filled in.
pub(crate) struct Template {
    pub(crate) name: String,
    title: String,
    description: String,
    pub(crate) text: String,
}

/// The name of a new record.
pub(crate) struct NewName {
    pub(crate) path: RecordPath,
    /// The number as the name writes it; `None` in a log without numbers.
    pub(crate) digits: Option<String>,
    log: String,
    /// The last number that is taken, when it is not taken here but on another branch or by a draft.
    passed: Option<(String, u64)>,
}

impl Template {
    /// Of the repository, not of the app.
    fn is_own(&self) -> bool {
        self.name.ends_with(".md")
    }
}

impl Workspace {
    /// Templates that a new record of the log can start from, the one that is used by default first.
    ///
    /// # Errors
    /// `not-found` when there is no such log.
    pub fn templates(&self, log: Option<&str>) -> Result<Vec<TemplateInfo>> {
        let state = self.state();
        let log = chosen_log(&state, log)?;
        let default = default_template(&state, &log);
        let mut templates = self.all_templates(&log);
        templates.sort_by_key(|template| (template.name != default, !template.is_own()));
        let uses = shapes::uses(&state, &log, &templates);
        let empty = DecisionLog::default();
        Ok(templates
            .into_iter()
            .zip(uses)
            .map(|(template, uses)| TemplateInfo {
                uses,
                html: render_record(&empty, &RecordPath::new("template.md"), &template.text, false).html,
                name: template.name,
                title: template.title,
                description: template.description,
            })
            .collect())
    }

    /// What a new record would be called and hold.
    ///
    /// # Errors
    /// `usage` for an empty title or unknown template or status, `no-log` without a log.
    pub fn plan_new(&self, request: &NewRequest) -> Result<PlanPreview> {
        let planned = self.new_record(request)?;
        let branch = if request.on_branch { Some(self.branch_for(&planned)?) } else { None };
        Ok(PlanPreview { branch, ..self.preview_plan(&planned) })
    }

    /// Writes a new record as it was shown, and stages it; on a branch of its own when that was asked for. A record that
    /// cannot be written leaves no branch behind.
    ///
    /// # Errors
    /// `conflict` when it would be written differently now; `usage` and `git` when the branch cannot be started.
    pub fn apply_new(&self, request: &NewRequest, digest: &str) -> Result<WriteReply> {
        let planned = self.new_record(request)?;
        if !request.on_branch {
            return self.apply_planned(&planned, digest);
        }
        is_as_shown(&planned, digest)?;
        let started = branch::start(self.root(), &self.branch_for(&planned)?)?;
        self.apply_planned(&planned, digest).inspect_err(|_| started.take_back())
    }

    /// The branch of a new record.
    fn branch_for(&self, planned: &Planned) -> Result<String> {
        self.in_repository()?;
        let stem = planned.record.as_ref().map(precedent_core::id::record_stem).unwrap_or_default();
        branch::name_for(self.root(), stem)
    }

    /// What starting a decision log here would write: the settings file and the first record.
    ///
    /// # Errors
    /// `log-exists` when there are records or settings already.
    pub fn plan_init(&self) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.first_files()?))
    }

    /// Starts a decision log.
    ///
    /// # Errors
    /// `conflict` when files appeared since it was shown.
    pub fn apply_init(&self, digest: &str) -> Result<WriteReply> {
        self.apply_planned(&self.first_files()?, digest)
    }

    fn first_files(&self) -> Result<Planned> {
        let state = self.state();
        if let Some(log) = state.logs.iter().find(|log| log.records > 0) {
            let folder = if log.folder.is_empty() { "the root folder" } else { &log.folder };
            return Err(Error::new(ErrorCode::LogExists, format!("there is a decision log in {folder} already"))
                .with_hint("open it, and add a record to it")
                .at(&log.folder));
        }
        let record = RecordPath::new(FIRST_PATH);
        let settings = RecordPath::new("precedent.toml");
        let mut plan = WritePlan::new("Start a decision log");
        for (path, text) in [
            (&record, FIRST_RECORD.replace("{date}", &self.today().to_string())),
            (&settings, FIRST_SETTINGS.to_owned()),
        ] {
            // Settings that are there are the user's; a record that is there would have been found unless they say so.
            if !self.store.resolve(path)?.exists() {
                plan = plan.create(path.clone(), text);
            } else if *path == record {
                return Err(Error::new(ErrorCode::LogExists, format!("{path} exists already"))
                    .with_hint("correct `logs` in precedent.toml")
                    .at(FIRST_PATH));
            }
        }
        Ok(Planned { plan, record: Some(record), label: Some("0001".to_owned()), notes: Vec::new(), stages: true })
    }

    fn new_record(&self, request: &NewRequest) -> Result<Planned> {
        if let Some(old) = &request.supersedes {
            return self.new_successor(request, old);
        }
        let (name, text) = self.fill(request, draft(request)?)?;
        let number = name.digits.as_deref().unwrap_or("new record");
        let plan = WritePlan::new(format!("New {number}: {}", request.title.trim())).create(name.path.clone(), text);
        let notes = self.clash_note(&name).into_iter().collect();
        Ok(Planned { plan, record: Some(name.path), label: name.digits, notes, stages: true })
    }

    /// Why the number is not the one after the last that can be seen here.
    fn clash_note(&self, name: &NewName) -> Option<String> {
        let (given, passed) = (name.digits.as_deref()?, name.passed.as_ref()?);
        let place = match self.branch_with_number(&name.log, passed.1) {
            Some(branch) => format!("on {branch}"),
            None => "by a draft that is not saved yet".to_owned(),
        };
        Some(format!("{} is used {place}. This will be {given}.", passed.0))
    }

    /// Path and text of a new record.
    pub(crate) fn fill(&self, request: &NewRequest, draft: Draft) -> Result<(NewName, String)> {
        let title = draft.title.trim().to_owned();
        if title.is_empty() {
            return Err(Error::new(ErrorCode::Usage, "a record needs a title")
                .with_hint("write what is decided, as a short phrase"));
        }
        if title.contains(['\n', '\r']) {
            return Err(Error::new(ErrorCode::Usage, "a title is one line").with_hint("put the rest into the text"));
        }
        let state = self.state();
        let log = chosen_log(&state, request.log.as_deref())?;
        let template = self.template(&state, &log, request.template.as_deref())?;
        let name = self.next_name(&state, &log, &title, request.number)?;
        let draft = Draft { title, status: draft.status.or(Some(Status::Proposed)), ..draft };
        let text = render_draft(&template.text, &draft, name.digits.as_deref(), self.today());
        Ok((name, text))
    }

    /// Files of a log here, on every branch and in open drafts: their numbers are not given out again.
    pub(crate) fn taken_paths(&self, state: &State, log: &str) -> Vec<RecordPath> {
        let here = state.files.iter().filter(|(_, file)| file.parsed.log == log).map(|(path, _)| path.clone());
        let mut taken: Vec<RecordPath> = here.collect();
        taken.extend(self.paths_on_branches(log).into_iter().filter(may_be_record));
        let drafts = self.drafts().unwrap_or_default().into_iter().map(|draft| RecordPath::new(draft.path));
        taken.extend(drafts.filter(|path| self.log_of(state, path) == log));
        taken
    }

    /// The next free name, or the one with a number of one's own: numbers count on every branch and in open drafts.
    fn next_name(&self, state: &State, log: &str, title: &str, own: Option<u64>) -> Result<NewName> {
        let here: Vec<&RecordPath> =
            state.files.iter().filter(|(_, file)| file.parsed.log == log).map(|(path, _)| path).collect();
        let taken = self.taken_paths(state, log);
        let scheme = if here.is_empty() { Scheme::infer(&taken) } else { Scheme::infer(here.iter().copied()) };
        let scheme = scheme.configured(state.config.numbering.as_deref());
        let next = next_number(taken.iter().filter_map(|path| FileName::of(path).number()));
        let number = own.filter(|_| scheme.digits(next).is_some()).unwrap_or(next);
        let has_number = |path: &&RecordPath| FileName::of(path).number() == Some(number);
        if let Some(other) = taken.iter().find(has_number) {
            return Err(self.number_taken(log, other, &scheme, (number, next)));
        }
        let name = file_name_for(title, &scheme, number, self.today());
        let in_log = |name: String| RecordPath::new(if log.is_empty() { name } else { format!("{log}/{name}") });
        let is_free = |path: &RecordPath| !taken.contains(path) && !self.root().join(path.as_str()).exists();
        // Names without a number may be taken.
        let path = (1u32..=99).map(|count| in_log(counted(&name, count))).find(is_free);
        let seen = next_number(here.iter().filter_map(|path| FileName::of(path).number()));
        let last = next.saturating_sub(1);
        let passed =
            (seen < next && number == next).then(|| scheme.digits(last).map(|digits| (digits, last))).flatten();
        Ok(NewName {
            path: path.unwrap_or_else(|| in_log(name.clone())),
            digits: scheme.digits(number),
            log: log.to_owned(),
            passed,
        })
    }

    /// A number of one's own that another record has.
    fn number_taken(&self, log: &str, other: &RecordPath, scheme: &Scheme, (number, next): (u64, u64)) -> Error {
        let digits = |number| scheme.digits(number).unwrap_or_default();
        let here = self.state().files.contains_key(other);
        let branch = if here { None } else { self.branch_with_number(log, number) };
        let place = branch.map_or_else(String::new, |branch| format!(" on {branch}"));
        Error::new(ErrorCode::Usage, format!("{} is taken by {}{place}", digits(number), other.file_name()))
            .with_hint(format!("{} is the next free number", digits(next)))
            .at(other.as_str())
    }

    fn template(&self, state: &State, log: &str, name: Option<&str>) -> Result<Template> {
        let wanted = name.map_or_else(|| default_template(state, log), str::to_owned);
        let mut templates = self.all_templates(log);
        if let Some(at) = templates.iter().position(|template| is_called(template, &wanted)) {
            return Ok(templates.swap_remove(at));
        }
        let names: Vec<&str> = templates.iter().map(|template| template.name.as_str()).collect();
        Err(Error::new(ErrorCode::Usage, format!("there is no template `{wanted}`"))
            .with_hint(format!("choose one of: {}", names.join(", "))))
    }

    /// Templates that ship with the app and those in `<log>/templates/`.
    fn all_templates(&self, log: &str) -> Vec<Template> {
        let built_in = BUILT_IN.iter().map(|template| Template {
            name: template.name.to_owned(),
            title: template.title.to_owned(),
            description: template.description.to_owned(),
            text: template.text.to_owned(),
        });
        built_in.chain(self.own_templates(log)).collect()
    }

    fn own_templates(&self, log: &str) -> Vec<Template> {
        let folder = own::folder(log);
        let Ok(entries) = std::fs::read_dir(self.root().join(&folder)) else { return Vec::new() };
        let mut names: Vec<String> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| name.ends_with(".md"))
            .collect();
        names.sort();
        names.into_iter().filter_map(|name| self.own_template(&folder, &name)).collect()
    }

    /// A template of the repository; what cannot be read or leads out of the repository is not offered.
    fn own_template(&self, folder: &str, name: &str) -> Option<Template> {
        let path = RecordPath::new(format!("{folder}/{name}"));
        let file = self.store.resolve(&path).ok()?;
        if file.metadata().ok()?.len() > MOST_TEMPLATE {
            return None;
        }
        let text = String::from_utf8(self.store.read(&path).ok()?).ok()?;
        let title = path.stem().replace(['-', '_'], " ");
        Some(Template { description: format!("From {folder}"), name: path.to_string(), title, text })
    }
}

/// What a request says of a new record.
pub(crate) fn draft(request: &NewRequest) -> Result<Draft> {
    Ok(Draft {
        title: request.title.clone(),
        status: status(request.status.as_deref())?,
        scope: request.scope.clone(),
        tags: request.tags.clone(),
        applies_to: request.applies_to.clone(),
        ..Draft::default()
    })
}

/// A status word of a request.
pub(crate) fn status(word: Option<&str>) -> Result<Option<Status>> {
    let Some(word) = word.filter(|word| !word.trim().is_empty()) else { return Ok(None) };
    match Status::from_word(word) {
        Some(Status::Superseded) | None => {
            Err(Error::new(ErrorCode::Usage, format!("`{word}` is not a status for a new record"))
                .with_hint("draft, proposed, accepted, rejected or deprecated"))
        }
        status => Ok(status),
    }
}

/// The log that a request names, else the only or largest one.
pub(crate) fn chosen_log(state: &State, log: Option<&str>) -> Result<String> {
    if let Some(log) = log {
        let wanted = log.trim_end_matches('/');
        return match state.logs.iter().find(|known| known.folder == wanted) {
            Some(known) => Ok(known.folder.clone()),
            None => Err(Error::new(ErrorCode::NotFound, format!("there is no decision log in {log}"))
                .with_hint("choose one of the folders that hold records, or name it in precedent.toml")),
        };
    }
    let largest = state.logs.iter().rev().max_by_key(|log| log.records);
    largest.map(|log| log.folder.clone()).ok_or_else(|| {
        Error::new(ErrorCode::NoLog, "there is no folder of records here")
            .with_hint("start a decision log first, or name its folder in precedent.toml")
    })
}

/// The configured template, else the one that most records of the log look like.
fn default_template(state: &State, log: &str) -> String {
    if let Some(name) = &state.config.default_template {
        return name.clone();
    }
    let nygard = shapes::written_as(state, log, "nygard");
    let madr = shapes::written_as(state, log, "madr");
    let name = if nygard > madr { "nygard" } else { "madr" };
    BUILT_IN
        .iter()
        .find(|template| template.name == name)
        .or(BUILT_IN.first())
        .map_or_else(String::new, |template| template.name.to_owned())
}

/// `madr`, or for the repository's own: its path, file name or stem.
fn is_called(template: &Template, name: &str) -> bool {
    template.name == name
        || Path::new(&template.name).file_name().is_some_and(|file| file == name)
        || RecordPath::new(&*template.name).stem() == name
}

/// `use-rust.md`, then `use-rust-2.md`; of a record with a folder of its own the folder counts.
fn counted(name: &str, count: u32) -> String {
    if count == 1 {
        return name.to_owned();
    }
    let end = name.find(['/', '.']).unwrap_or(name.len());
    format!("{}-{count}{}", &name[..end], &name[end..])
}

mod own;
mod shapes;
#[cfg(test)]
mod tests;
