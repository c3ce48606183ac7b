//! The index page of a log: which file it is, whether it is up to date, and the plan that writes it.

use crate::api::creating::chosen_log;
use crate::api::planning::Planned;
use crate::api::reading::render_record;
use crate::api::saving::writable_text;
use crate::error::Result;
use crate::workspace::{Log, State, Workspace};
use precedent_core::index_page::{has_marks, has_own_marks, with_index};
use precedent_core::record::decode;
use precedent_core::wire::{DecisionSummary, IndexRequest, IndexView, PlanPreview, WriteReply};
use precedent_core::{Problem, ProblemCode, RecordPath, WritePlan};

/// Names of pages that list records, the usual one first.
const NAMES: [&str; 5] = ["README.md", "index.md", "Readme.md", "readme.md", "INDEX.md"];
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The page of a log, with its text where there is one.
struct IndexFile {
    log: String,
    path: RecordPath,
    text: Option<String>,
}

impl Workspace {
    /// The page that holds a log's index, or would.
    ///
    /// # Errors
    /// `no-log`, `not-found` for a folder that is no log.
    pub fn index_page(&self, request: &IndexRequest) -> Result<IndexView> {
        let state = self.state();
        let file = self.index_file(&state, request)?;
        let text = file.text.as_deref().unwrap_or_default();
        Ok(IndexView {
            html: render_record(&state.log, &file.path, text, false).html,
            present: file.text.is_some(),
            marked: has_marks(text),
            current: file.text.is_some()
                && with_index(file.text.as_deref(), &file.path, &of_log(&state, &file.log)) == text,
            path: file.path.to_string(),
            log: file.log,
        })
    }

    /// What writing a log's index would change; no files when it is up to date.
    ///
    /// # Errors
    /// As [`Self::index_page`]; `cannot-edit` when the page is not UTF-8.
    pub fn plan_index(&self, request: &IndexRequest) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.indexing(request)?))
    }

    /// Writes a log's index as it was shown.
    ///
    /// # Errors
    /// `conflict` when a file changed since it was shown.
    pub fn apply_index(&self, request: &IndexRequest, digest: &str) -> Result<WriteReply> {
        self.apply_planned(&self.indexing(request)?, digest)
    }

    fn indexing(&self, request: &IndexRequest) -> Result<Planned> {
        let state = self.state();
        let file = self.index_file(&state, request)?;
        let indexed = |text: Option<&str>| with_index(text, &file.path, &of_log(&state, &file.log));
        let plan = WritePlan::new(format!("Write the index in {}", file.path));
        let plan = if file.text.is_some() {
            let before = writable_text(&file.path, self.store.read(&file.path)?)?;
            let after = match before.strip_prefix(BYTE_ORDER_MARK) {
                Some(text) => format!("{BYTE_ORDER_MARK}{}", indexed(Some(text))),
                None => indexed(Some(&before)),
            };
            plan.replace(file.path.clone(), before, after)
        } else {
            plan.create(file.path.clone(), indexed(None))
        };
        let stages = plan.files.iter().any(|file| file.before.is_none());
        Ok(Planned { plan, record: None, label: None, notes: Vec::new(), stages })
    }

    /// Indexes that Precedent wrote and that are not those of today's records.
    pub(crate) fn stale_indexes(&self, state: &State) -> Vec<Problem> {
        let stale = |log: &Log| {
            let request = IndexRequest { log: Some(log.folder.clone()) };
            let file = self.index_file(state, &request).ok()?;
            let text = file.text.as_deref().filter(|text| has_own_marks(text))?;
            if with_index(Some(text), &file.path, &of_log(state, &file.log)) == text {
                return None;
            }
            let message = "the index of decisions is not that of today's records".to_owned();
            let mut problem = Problem::new(ProblemCode::StaleIndex, &file.path, text, 0..0, message);
            problem.hint = Some(format!("`precedent index --log {}` writes it again", log.folder));
            Some(problem)
        };
        state.logs.iter().filter_map(stale).collect()
    }

    /// The first page on the way from the log to the repository's root that has marks, else a page of the log itself.
    /// Above its folder a page is looked for only where there is one log: several would overwrite each other's index.
    fn index_file(&self, state: &State, request: &IndexRequest) -> Result<IndexFile> {
        let log = chosen_log(state, request.log.as_deref())?;
        let mut folder = log.as_str();
        let mut own: Option<(RecordPath, String)> = None;
        loop {
            for (path, text) in NAMES.iter().filter_map(|name| self.page(state, folder, name)) {
                if has_marks(&text) {
                    return Ok(IndexFile { log, path, text: Some(text) });
                }
                if folder == log && own.is_none() {
                    own = Some((path, text));
                }
            }
            if folder.is_empty() || state.logs.len() > 1 {
                break;
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
        let (path, text) = own.map_or_else(|| (within(&log, NAMES[0]), None), |(path, text)| (path, Some(text)));
        Ok(IndexFile { log, path, text })
    }

    /// A page that is no record.
    fn page(&self, state: &State, folder: &str, name: &str) -> Option<(RecordPath, String)> {
        let path = within(folder, name);
        if state.log.find(&path).is_some() {
            return None;
        }
        let bytes = self.store.read(&path).ok()?;
        Some((path, decode(&bytes).0.into_owned()))
    }
}

fn within(folder: &str, name: &str) -> RecordPath {
    RecordPath::new(if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") })
}

fn of_log(state: &State, log: &str) -> Vec<DecisionSummary> {
    state.log.summaries().into_iter().filter(|decision| decision.log == log).collect()
}

#[cfg(test)]
mod tests;
