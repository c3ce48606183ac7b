//! A record gets another name, folder or number, or goes: with everything in the repository that refers to it, as one plan.
//!
//! What is rewritten is decided in [`precedent_core::moving`]; this module finds the files and says what was left.

use crate::api::planning::{Planned, edited, label};
use crate::api::reading::is_writable;
use crate::api::saving::writable_text;
use crate::error::{Error, Result};
use crate::git::repo;
use crate::workspace::{State, Workspace};
use precedent_core::comments::{comments, is_known};
use precedent_core::id::{FileName, RECORD_EXTENSIONS, log_folder, record_stem};
use precedent_core::log::Resolution;
use precedent_core::moving::{Move, relocate, repoint, repoint_ranges};
use precedent_core::numbering::{Scheme, slug};
use precedent_core::plan::FileWrite;
use precedent_core::record::edit::Edit;
use precedent_core::record::{Parsed, decode, exact_text, foreign_markup, may_be_record};
use precedent_core::wire::{ErrorCode, MoveRequest, PlanPreview, WriteReply};
use precedent_core::{LinkKind, RecordPath, WritePlan};
use std::collections::{BTreeMap, BTreeSet};

/// How far a move follows what refers to the record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach {
    pub(crate) keep_citations: bool,
    pub(crate) code: bool,
}

/// Texts of a plan in the making, before and after.
#[derive(Default)]
pub(crate) struct Texts {
    pub(crate) notes: Vec<String>,
    moved: Vec<FileWrite>,
    others: BTreeMap<RecordPath, (Vec<u8>, Vec<u8>)>,
}

impl Workspace {
    /// What moving or renaming a record would write: the record and every text that refers to it.
    ///
    /// # Errors
    /// `usage` when nothing would change or the name is none, `conflict` when a file of that name exists, `cannot-edit`.
    pub fn plan_move(&self, request: &MoveRequest) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.moving(request)?))
    }

    /// Moves or renames a record as it was shown, all files or none.
    ///
    /// # Errors
    /// `conflict` when a file changed since it was shown.
    pub fn apply_move(&self, request: &MoveRequest, digest: &str) -> Result<WriteReply> {
        let planned = self.moving(request)?;
        self.apply_moved(&planned, digest)
    }

    /// What deleting a record would leave behind: the problems are the links that would lead nowhere.
    ///
    /// # Errors
    /// `not-found`, `cannot-edit` when its text cannot be kept for an undo.
    pub fn plan_delete(&self, path: &str) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.deletion(path)?.0))
    }

    /// Deletes a record. Like `git branch -d` it refuses while others rest on it: their supersession, amendment or
    /// dependency would have no other end. A mention in prose is only reported.
    ///
    /// # Errors
    /// `usage` naming who rests on it, unless `force`; `conflict` when a file changed since it was shown.
    pub fn apply_delete(&self, path: &str, force: bool, digest: &str) -> Result<WriteReply> {
        let (planned, resting) = self.deletion(path)?;
        if !force && !resting.is_empty() {
            let list: Vec<String> = resting.iter().map(ToString::to_string).collect();
            let who = if resting.len() == 1 {
                "1 record rests".to_owned()
            } else {
                format!("{} records rest", resting.len())
            };
            return Err(Error::new(ErrorCode::Usage, format!("{who} on {path}; nothing was deleted"))
                .with_hint("take their links out first, or force the deletion")
                .with_details(list.join("\n"))
                .at(path));
        }
        let mut reply = self.apply_moved(&planned, digest)?;
        // The record is gone; what is wrong now is wrong with those that named it.
        let state = self.state();
        let citing = resting.iter().chain(self.citing(&planned)).collect::<BTreeSet<_>>();
        reply.problems = citing.into_iter().flat_map(|path| state.log.problems(path)).map(Into::into).collect();
        Ok(reply)
    }

    /// Applies a plan that moves files and stages exactly those, as `git mv` would.
    pub(crate) fn apply_moved(&self, planned: &Planned, digest: &str) -> Result<WriteReply> {
        let reply = self.apply_planned(planned, digest)?;
        let files = &planned.plan.files;
        let moved = files.iter().filter(|file| file.before.is_none() || file.after.is_none());
        let paths: Vec<String> = moved.map(|file| file.path.to_string()).collect();
        for file in files.iter().filter(|file| file.after.is_none()) {
            self.store.prune(&file.path);
        }
        self.stage_written(&paths);
        Ok(reply)
    }

    pub(crate) fn moving(&self, request: &MoveRequest) -> Result<Planned> {
        let path = self.own_file(&request.path)?;
        let parsed = self.parsed(&path)?;
        let before = self.store.read(&path)?;
        let name = label(&parsed.decision);
        let to = self.destination(&parsed, request)?;
        let title = request.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        let after = match title.filter(|_| !request.keep_title) {
            Some(title) => {
                let edit = Edit::SetTitle { title: title.to_owned() };
                edited(&path, &writable_text(&path, before.clone())?, &[edit])?.into_bytes()
            }
            None => before.clone(),
        };
        let mut texts = Texts::default();
        if to == path {
            if after == before {
                return Err(Error::new(ErrorCode::Usage, format!("{path} has that name already"))
                    .with_hint("nothing was written"));
            }
            let plan = WritePlan::new(format!("Rename {name}")).replace(path.clone(), before, after);
            return Ok(Planned {
                plan,
                record: Some(path),
                label: parsed.decision.digits.clone(),
                notes: Vec::new(),
                stages: false,
            });
        }
        let moved = Move { from: path.clone(), to: to.clone() };
        self.move_one(&mut texts, &moved, before, after)?;
        let reach = Reach { keep_citations: request.keep_citations, code: request.code };
        self.follow(&mut texts, &moved, reach);
        let state = self.state();
        if !state.logs.iter().any(|log| is_in(&to, &log.folder)) {
            texts.notes.push(format!("{} is in no decision log; the record will not be listed there.", to.folder()));
        }
        let verb = if path.folder() == to.folder() { "Rename" } else { "Move" };
        let label = FileName::of(&to).digits.map(str::to_owned);
        Ok(texts.planned(format!("{verb} {name}"), to, label))
    }

    /// Adds the record itself, and the rules file beside it.
    pub(crate) fn move_one(&self, texts: &mut Texts, moved: &Move, before: Vec<u8>, after: Vec<u8>) -> Result<()> {
        if self.store.resolve(&moved.to)?.symlink_metadata().is_ok() {
            return Err(Error::new(ErrorCode::Conflict, format!("{} exists already; nothing was written", moved.to))
                .with_hint("choose another name")
                .at(moved.to.as_str()));
        }
        if self.drafts()?.iter().any(|draft| draft.path == moved.from.as_str()) {
            return Err(Error::new(ErrorCode::Conflict, format!("{} has text that is not saved", moved.from))
                .with_hint("save or discard the draft in the editor first")
                .at(moved.from.as_str()));
        }
        let there = |path: &RecordPath| self.store.resolve(path).is_ok_and(|file| file.exists());
        let done = relocate(&exact_text(&after), moved, &there);
        let after = match frozen(foreign_markup(&moved.from), &after) {
            Some(why) => {
                texts.left(&moved.to, &done.lines, &why);
                after
            }
            None => done.text.into_bytes(),
        };
        texts.moved.push(FileWrite { path: moved.from.clone(), before: Some(before), after: None });
        texts.moved.push(FileWrite { path: moved.to.clone(), before: None, after: Some(after) });
        let beside =
            |path: &RecordPath| RecordPath::new(in_folder(path.folder(), &format!("{}.rules.yaml", path.stem())));
        let rules = beside(&moved.from);
        if there(&rules) && beside(&moved.to) != rules {
            let content = self.store.read(&rules)?;
            texts.moved.push(FileWrite { path: rules, before: Some(content.clone()), after: None });
            texts.moved.push(FileWrite { path: beside(&moved.to), before: None, after: Some(content) });
        }
        let own_folder = record_stem(&moved.from) != moved.from.stem();
        if own_folder && moved.from.folder() != moved.to.folder() && self.has_company(&moved.from) {
            let folder = moved.from.folder();
            texts.notes.push(format!("Other files of {folder} stay there; the record's links to them are repaired."));
        }
        Ok(())
    }

    /// Adds every text that refers to the record, rewritten; with `keep_citations` only says how many there are.
    pub(crate) fn follow(&self, texts: &mut Texts, moved: &Move, reach: Reach) {
        let state = self.state();
        let mut cited = 0;
        let mut files = 0;
        for path in self.may_refer(&state, moved, reach.code) {
            let Some(before) = texts.now(&path).or_else(|| self.store.read(&path).ok()) else { continue };
            // Other markup is changed on request only, and then as a program's comments are; its records never.
            let is_record = state.files.contains_key(&path);
            let is_read = is_record || is_prose(&path) && !(reach.code && foreign_markup(&path).is_some());
            let text = exact_text(&before);
            let done = if is_read {
                repoint(&path, &text, &state.log, moved)
            } else {
                repoint_ranges(&text, &comments(path.file_name(), &text), &state.log, moved)
            };
            for line in &done.unsure {
                texts
                    .notes
                    .push(format!("{path}:{line} names a number that several records share; it is left as it is."));
            }
            if done.lines.is_empty() {
                continue;
            }
            let markup = foreign_markup(&path).filter(|_| is_read);
            if let Some(why) = frozen(markup, &before).filter(|_| !reach.keep_citations) {
                texts.left(&path, &done.lines, &why);
                continue;
            }
            cited += done.lines.len();
            files += 1;
            if !reach.keep_citations {
                texts.change(path, before, done.text.into_bytes());
            }
        }
        if cited > 0 {
            let places = count(cited, "reference", "references");
            let files = count(files, "file", "files");
            let (names, is) = if cited == 1 { ("names", "is") } else { ("name", "are") };
            texts.notes.push(if reach.keep_citations {
                format!("{places} in {files} still {names} the old place.")
            } else {
                format!("{places} in {files} {is} repaired.")
            });
        }
    }

    /// Files that may refer to the record: records that cite it or name its file, prose that git follows, and with
    /// `code` every other text.
    fn may_refer(&self, state: &State, moved: &Move, code: bool) -> BTreeSet<RecordPath> {
        let stem = record_stem(&moved.from);
        let names_it =
            |path: &RecordPath| self.store.read(path).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(stem));
        let mut found: BTreeSet<RecordPath> = state.log.graph().links(&moved.from).cited_by.iter().cloned().collect();
        for parsed in state.log.records() {
            let path = &parsed.decision.path;
            if *path != moved.from && (names_it(path) || may_mean(state, parsed, moved)) {
                found.insert(path.clone());
            }
        }
        found.extend(
            self.tracked(code).into_iter().filter(|path| *path != moved.from && !state.files.contains_key(path)),
        );
        found
    }

    /// Files that git follows, without those too large or outside; only prose unless `code`.
    fn tracked(&self, code: bool) -> Vec<RecordPath> {
        let index = self.git_dir().and_then(|_| self.git_repository().ok()?.index().ok());
        let Some(index) = index else { return Vec::new() };
        let regular = |entry: &git2::IndexEntry| {
            entry.mode & repo::KIND == repo::FILE && u64::from(entry.file_size) <= repo::LARGEST
        };
        let paths =
            index.iter().filter(regular).filter_map(|entry| String::from_utf8(entry.path).ok()).map(RecordPath::new);
        paths.filter(|path| is_prose(path) || code && is_known(path.file_name())).collect()
    }

    pub(crate) fn deletion(&self, path: &str) -> Result<(Planned, BTreeSet<RecordPath>)> {
        let path = self.own_file(path)?;
        let parsed = self.parsed(&path)?;
        let content = self.store.read(&path)?;
        let name = label(&parsed.decision);
        let log = self.log();
        let links = log.graph().links(&path);
        let kinds =
            [LinkKind::Supersedes, LinkKind::SupersededBy, LinkKind::Amends, LinkKind::AmendedBy, LinkKind::DependsOn];
        let states =
            |other: &&RecordPath| kinds.iter().any(|kind| log.graph().links(other).stated_of(*kind).contains(&path));
        let resting: BTreeSet<RecordPath> = links.cited_by.iter().filter(states).cloned().collect();
        let mut notes: Vec<String> =
            resting.iter().map(|other| format!("{other} rests on {name}: its link will lead nowhere.")).collect();
        let mentions = links.cited_by.iter().filter(|other| !resting.contains(*other));
        notes.extend(mentions.map(|other| format!("{other} mentions {name}.")));
        let mut plan = WritePlan::new(format!("Delete {name}")).delete(path.clone(), content);
        let rules = RecordPath::new(in_folder(path.folder(), &format!("{}.rules.yaml", path.stem())));
        if self.store.resolve(&rules).is_ok_and(|file| file.exists()) {
            let content = self.store.read(&rules)?;
            plan = plan.delete(rules, content);
        }
        let planned = Planned { plan, record: None, label: parsed.decision.digits.clone(), notes, stages: false };
        Ok((planned, resting))
    }

    /// The record's path, when it is a file of its own and no link to another.
    pub(crate) fn own_file(&self, reference: &str) -> Result<RecordPath> {
        let path = self.resolve(reference)?;
        let is_link = self.root().join(path.as_str()).symlink_metadata().is_ok_and(|about| about.is_symlink());
        if is_link {
            return Err(Error::new(ErrorCode::CannotEdit, format!("{path} is a link to another file"))
                .with_hint("move or delete the file that it leads to")
                .at(path.as_str()));
        }
        Ok(path)
    }

    /// Where a request puts a record.
    fn destination(&self, parsed: &Parsed, request: &MoveRequest) -> Result<RecordPath> {
        let path = &parsed.decision.path;
        let own_folder = record_stem(path) != path.stem();
        let title = request.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        let old_name = if own_folder { record_stem(path) } else { path.file_name() };
        let name = match (request.name.as_deref().map(str::trim), title) {
            (Some(name), _) => checked_name(name, path, own_folder)?,
            (None, Some(title)) => self.named_after(parsed, title),
            (None, None) => old_name.to_owned(),
        };
        let folder = match &request.folder {
            Some(folder) => checked_folder(folder)?,
            None => log_folder(path).to_owned(),
        };
        let name = if own_folder { format!("{name}/{}", path.file_name()) } else { name };
        Ok(RecordPath::new(in_folder(&folder, &name)))
    }

    /// The file name with the words of a title; number, date and extension stay.
    fn named_after(&self, parsed: &Parsed, title: &str) -> String {
        let path = &parsed.decision.path;
        let stem = record_stem(path);
        let old = FileName::of(path).slug;
        let state = self.state();
        let scheme = Scheme::infer(state.files.keys().filter(|other| log_folder(other) == log_folder(path)));
        let extension = if stem == path.stem() { &path.file_name()[stem.len()..] } else { "" };
        // A log that numbers its files and nothing else goes on so.
        if old.is_empty() {
            return format!("{stem}{extension}");
        }
        format!("{}{}{extension}", &stem[..stem.len() - old.len()], slug(title, scheme.word_separator))
    }

    fn has_company(&self, path: &RecordPath) -> bool {
        let folder = self.root().join(path.folder());
        std::fs::read_dir(folder).is_ok_and(|entries| entries.flatten().count() > 1)
    }

    /// Records whose problems a plan may have made.
    fn citing<'a>(&self, planned: &'a Planned) -> impl Iterator<Item = &'a RecordPath> {
        planned.plan.files.iter().filter(|file| file.after.is_some()).map(|file| &file.path)
    }
}

impl Texts {
    /// What the plan makes of a file so far; a moved one is known by its old name and its new one.
    fn now(&self, path: &RecordPath) -> Option<Vec<u8>> {
        match self.moved_to(path) {
            Some(at) => self.moved[at].after.clone(),
            None => self.others.get(path).map(|(_, after)| after.clone()),
        }
    }

    fn change(&mut self, path: RecordPath, before: Vec<u8>, after: Vec<u8>) {
        match self.moved_to(&path) {
            Some(at) => self.moved[at].after = Some(after),
            None => self.others.entry(path).or_insert_with(|| (before, Vec::new())).1 = after,
        }
    }

    /// Where the new file of a moved one stands: behind the one that goes.
    fn moved_to(&self, path: &RecordPath) -> Option<usize> {
        self.moved.iter().position(|file| file.path == *path && file.after.is_none()).map(|at| at + 1)
    }

    /// Says what goes on naming the old place, because such a file is not written.
    fn left(&mut self, path: &RecordPath, lines: &[u32], why: &str) {
        self.notes.extend(lines.iter().map(|line| format!("{path}:{line} names the old place and is left so: {why}.")));
    }

    /// The plan: the moved files first, then what refers to them.
    pub(crate) fn planned(self, title: String, record: RecordPath, label: Option<String>) -> Planned {
        let mut plan = WritePlan::new(title);
        plan.files = self.moved;
        for (path, (before, after)) in self.others {
            plan = plan.replace(path, before, after);
        }
        Planned { plan, record: Some(record), label, notes: self.notes, stages: false }
    }
}

/// Why a file is not written, though it refers to a record that moves.
fn frozen(markup: Option<&str>, content: &[u8]) -> Option<String> {
    let encoding = decode(content).1;
    let is_frozen = |what: &str| format!("{what} is not written here");
    markup.map(is_frozen).or_else(|| (!is_writable(encoding)).then(|| is_frozen(encoding.name())))
}

/// A record that mentions a number which the moved record shares.
fn may_mean(state: &State, parsed: &Parsed, moved: &Move) -> bool {
    let path = &parsed.decision.path;
    let fits = |text: &str, target: Option<&str>| match state.log.resolve_in(path, text, target) {
        Resolution::Many(several) => several.contains(&moved.from),
        _ => false,
    };
    moved.renumbers()
        && (parsed.decision.citations.iter().any(|cited| fits(&cited.text, cited.target.as_deref()))
            || parsed.decision.links.iter().any(|link| fits(&link.text, link.target.as_deref())))
}

fn is_prose(path: &RecordPath) -> bool {
    let name = path.file_name().to_ascii_lowercase();
    RECORD_EXTENSIONS.iter().any(|extension| name.ends_with(extension))
}

fn checked_name(name: &str, path: &RecordPath, own_folder: bool) -> Result<String> {
    let refused = |why: &str| {
        Err(Error::new(ErrorCode::Usage, format!("`{name}` {why}"))
            .with_hint("give a file name such as 0012-use-postgres.md; `move` changes the folder"))
    };
    if name.is_empty() || name.contains(['/', '\\', '\0']) || name.starts_with('.') {
        return refused("is not a file name");
    }
    if own_folder {
        return Ok(name.to_owned());
    }
    if RecordPath::new(name).stem() != name {
        return if may_be_record(&RecordPath::new(name)) {
            Ok(name.to_owned())
        } else {
            refused("is not a record's name")
        };
    }
    Ok(format!("{name}{}", &path.file_name()[path.stem().len()..]))
}

fn checked_folder(folder: &str) -> Result<String> {
    let clean = folder.trim().trim_start_matches("./").trim_end_matches('/');
    let clean = if clean == "." { "" } else { clean };
    if clean.starts_with('/') || clean.split('/').any(|part| matches!(part, ".." | ".")) {
        return Err(Error::new(ErrorCode::Usage, format!("`{folder}` is not a folder of this repository"))
            .with_hint("write it from the repository's root, for example docs/decisions"));
    }
    Ok(clean.replace('\\', "/"))
}

fn in_folder(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

fn is_in(path: &RecordPath, folder: &str) -> bool {
    folder.is_empty() || path.as_str().strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

#[cfg(test)]
mod tests;
