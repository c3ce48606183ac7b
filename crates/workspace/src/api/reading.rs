//! Reading: the list, one record with its surroundings, its source, the editor's preview. Nothing here writes.

use crate::error::{Error, Result};
use crate::scan::{self, MOST_BYTES};
use crate::search::language;
use crate::threads::Threads;
use crate::workspace::{IMAGE_BASE, State, Workspace, log_infos};
use precedent_core::decision::Decision;
use precedent_core::log::{DecisionLog, RecordChange, Resolution};
use precedent_core::record::{Encoding, Parsed, SectionKind, decode, exact_text, parse};
use precedent_core::render::{Citation, RenderContext, Rendered, plain, render};
use precedent_core::summary::title;
use precedent_core::wire::{
    CompletionItem, ErrorCode, FieldHelp, GraphReply, Preview, ProblemItem, RecordView, Snapshot, Source,
};
use precedent_core::{ProblemCode, RecordPath};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

impl Workspace {
    /// The path of the record that a person means by a path, number, id or file stem.
    ///
    /// # Errors
    /// `not-found` with the nearest names, `ambiguous` with the candidates (one a line in the details).
    pub fn find(&self, reference: &str) -> Result<String> {
        Ok(self.log().resolve(reference)?.path.to_string())
    }

    /// Where a file of the repository lies, for other programs.
    ///
    /// # Errors
    /// `usage` when the path leads out of the repository, `not-found` when nothing is there.
    pub fn file(&self, path: &str) -> Result<PathBuf> {
        let record = RecordPath::new(path);
        let file = self.store.resolve(&record)?;
        if file.exists() { Ok(file) } else { Err(gone(&record)) }
    }

    /// Everything the library needs, at one generation.
    pub fn decisions(&self) -> Snapshot {
        let state = self.state();
        Snapshot {
            generation: state.generation,
            logs: log_infos(&state),
            decisions: state.log.summaries_by(&Threads),
            problems: state.problems.iter().map(ProblemItem::from).collect(),
        }
    }

    /// [`Self::decisions`], each with every problem that [`Self::lint`] tells of it. Reads all files and branches.
    pub fn decisions_with_problems(&self) -> Snapshot {
        let mut snapshot = self.decisions();
        let mut by_path: BTreeMap<String, Vec<ProblemItem>> = BTreeMap::new();
        for problem in self.lint() {
            by_path.entry(problem.path.clone()).or_default().push(problem);
        }
        for decision in &mut snapshot.decisions {
            decision.problems = by_path.remove(&decision.path).unwrap_or_default();
        }
        snapshot
    }

    /// Decisions and their relations, as `precedent graph` draws them.
    pub fn graph(&self) -> GraphReply {
        precedent_core::graph_text::graph(&self.log())
    }

    /// A record to read, with its links resolved, its chain, and who cites it.
    ///
    /// # Errors
    /// `not-found` when no record has this path.
    pub fn read_decision(&self, path: &str) -> Result<RecordView> {
        let path = self.record(path)?;
        let state = self.state();
        let parsed = state.log.find(&path).cloned().ok_or_else(|| gone(&path))?;
        let mut summary = state.log.summary(&path).ok_or_else(|| gone(&path))?;
        summary.problems = self.problems_on_disk(&state.log, &parsed);
        let of_session = state.problems.iter().filter(|problem| problem.path == path);
        summary.problems.extend(of_session.map(ProblemItem::from));
        let body = self.body(&path, &parsed);
        let rendered = match &body {
            Ok(text) => render_record(&state.log, &path, text, false),
            Err(why) => Rendered { notice: Some(why.clone()), ..Rendered::default() },
        };
        Ok(RecordView {
            generation: state.generation,
            summary,
            html: rendered.html,
            headings: rendered.headings,
            chain: state.log.chain(&path),
            cited_by: self.cited_by(&state, &path),
            decided: body.as_deref().map(|text| first_of_decision(&parsed, text)).unwrap_or_default(),
            words: parsed.words,
            lang: body.as_deref().ok().and_then(|text| language::tag(&parsed, text)),
            notice: rendered.notice.or_else(|| encoding_notice(parsed.encoding)),
            read_only: body.is_err()
                || !is_writable(parsed.encoding)
                || parsed.decision.dialect == precedent_core::decision::Dialect::Foreign,
        })
    }

    /// The first sentence of a record's decision as plain text; empty where it has none or cannot be read.
    pub(crate) fn decided(&self, path: &RecordPath) -> String {
        let found = self.log().find(path).cloned();
        found
            .and_then(|parsed| self.body(path, &parsed).ok().map(|text| first_of_decision(&parsed, &text)))
            .unwrap_or_default()
    }

    /// A record's text for the editor, with the hash that [`Workspace::save_record`] wants back.
    ///
    /// # Errors
    /// `not-found`, `io`, and `cannot-edit` for text that is over the limit.
    pub fn read_source(&self, path: &str) -> Result<Source> {
        let path = self.record(path)?;
        let bytes = self.store.read(&path)?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(Error::new(ErrorCode::CannotEdit, format!("{path} is too large to be edited here"))
                .with_hint("open it in another editor, or split it")
                .at(path.as_str()));
        }
        let hash = scan::hash(&bytes);
        let text = exact_text(&bytes).into_owned();
        let draft = self.drafts()?.into_iter().find(|draft| draft.path == path.as_str() && draft.text != text);
        Ok(Source { path: path.to_string(), text, hash, draft })
    }

    /// Renders the editor's buffer as the record would read when saved; nothing is written.
    ///
    /// # Errors
    /// None at present; the signature leaves room for limits.
    pub fn preview(&self, path: &str, text: &str) -> Result<Preview> {
        let path = RecordPath::new(path);
        let state = self.state();
        let folder = state.files.get(&path).map_or_else(|| self.log_of(&state, &path), |file| file.parsed.log.clone());
        let parsed = Arc::new(parse(&path, text.as_bytes(), &scan::parse_options(&state.config, &folder)));
        let (log, _) = state.log.updated(vec![RecordChange::Put(parsed.clone())]);
        let mut summary = log.summary(&path).ok_or_else(|| gone(&path))?;
        summary.problems = self.problems_of_text(&log, &parsed, text, true);
        let rendered = render_record(&log, &path, text, true);
        let lang = language::tag(&parsed, text);
        Ok(Preview { problems: summary.problems.clone(), summary, html: rendered.html, words: parsed.words, lang })
    }

    /// Help at a byte of the editor's buffer: what may stand in the front matter there, and what the key means. Where a
    /// key takes references, people or tags, those of the log are offered.
    pub fn schema_help(&self, path: &str, text: &str, offset: u32) -> FieldHelp {
        let mut help = precedent_core::schema::help::at(text, offset as usize);
        let typed = text.get(help.start as usize..offset as usize).unwrap_or_default().to_lowercase();
        let known = match help.format.as_deref() {
            Some("references" | "relations") => self.references(&RecordPath::new(path)),
            Some("people") => self.words(|decision| {
                let people = &decision.people;
                [&people.decision_makers, &people.consulted, &people.informed].into_iter().flatten().collect()
            }),
            Some("tags") => self.words(|decision| decision.tags.iter().collect()),
            _ => Vec::new(),
        };
        let fits = |item: &CompletionItem| {
            item.label.to_lowercase().starts_with(&typed) || item.detail.to_lowercase().contains(&typed)
        };
        help.completions.extend(known.into_iter().filter(fits).take(MOST_OFFERED));
        help
    }

    /// Every other record as front matter refers to it.
    fn references(&self, from: &RecordPath) -> Vec<CompletionItem> {
        let log = self.log();
        let others = log.records().filter(|parsed| parsed.decision.path != *from);
        let offered = others.map(|parsed| {
            let decision = &parsed.decision;
            let label = match &decision.digits {
                Some(digits) => format!("ADR-{digits}"),
                None => decision.id.to_string(),
            };
            CompletionItem { insert: label.clone(), label, detail: title(parsed) }
        });
        offered.collect()
    }

    /// Words that the log's records use, the most used first.
    fn words(&self, of: impl Fn(&Decision) -> Vec<&String>) -> Vec<CompletionItem> {
        let log = self.log();
        let mut uses: BTreeMap<&String, usize> = BTreeMap::new();
        for word in log.records().flat_map(|parsed| of(&parsed.decision)) {
            *uses.entry(word).or_default() += 1;
        }
        let mut uses: Vec<_> = uses.into_iter().collect();
        uses.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let offered = uses.into_iter().map(|(word, count)| {
            let needs_quotes = word.starts_with(['@', '`', '&', '*', '!', '%']) || word.contains([':', '#', ',']);
            CompletionItem {
                label: word.clone(),
                insert: if needs_quotes { format!("\"{}\"", word.replace('"', "")) } else { word.clone() },
                detail: if count == 1 { "1 record".to_owned() } else { format!("{count} records") },
            }
        });
        offered.collect()
    }

    /// An image or other file of the repository, for the window: its bytes and media type.
    ///
    /// # Errors
    /// `usage` for a path that leaves the repository, `not-found`, and `io` for files over 20 MB.
    pub fn image(&self, path: &str) -> Result<(Vec<u8>, &'static str)> {
        let path = RecordPath::new(path);
        let mime = media_type(path.file_name()).ok_or_else(|| {
            Error::new(ErrorCode::Usage, format!("{path} is not an image"))
                .with_hint("records may show png, jpeg, gif, webp, avif and svg")
        })?;
        let file = self.store.resolve(&path)?;
        let size = file.metadata().map_err(|error| Error::io(&file, "read", &error))?.len();
        if size > MOST_IMAGE {
            return Err(Error::new(
                ErrorCode::Io,
                format!("{path} is too large to be shown ({} MB)", size / 1_000_000),
            )
            .at(path.as_str()));
        }
        Ok((self.store.read(&path)?, mime))
    }

    /// The text of a record, or why there is none to show.
    fn body(&self, path: &RecordPath, parsed: &Parsed) -> std::result::Result<String, String> {
        let blocking =
            |code: ProblemCode| parsed.problems.iter().find(|problem| problem.code == code && problem.span.is_empty());
        if let Some(problem) = blocking(ProblemCode::Unreadable).or_else(|| blocking(ProblemCode::TooLarge))
            && self.state().files.get(path).is_some_and(|file| file.hash.is_zero())
        {
            return Err(problem.message.clone());
        }
        let bytes = self.store.read(path).map_err(|error| error.to_string())?;
        Ok(decode(&bytes).0.into_owned())
    }

    /// The log that a new file at this path would belong to.
    pub(crate) fn log_of(&self, state: &State, path: &RecordPath) -> String {
        let holds = |folder: &str| {
            folder.is_empty() || path.as_str().strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        let folders = state.logs.iter().map(|log| log.folder.as_str()).filter(|folder| holds(folder));
        folders.max_by_key(|folder| folder.len()).unwrap_or_else(|| path.folder()).to_owned()
    }
}

/// So many words and records are offered at once.
const MOST_OFFERED: usize = 50;
/// Larger images are not shown.
const MOST_IMAGE: u64 = 20 * 1024 * 1024;

/// Renders text with citations resolved against a log.
pub(crate) fn render_record(log: &DecisionLog, path: &RecordPath, text: &str, lines: bool) -> Rendered {
    let resolve = |text: &str, target: Option<&str>| match log.resolve_in(path, text, target) {
        Resolution::One(to) => log.find(&to).map(|parsed| citation(parsed)),
        _ => None,
    };
    render(text, &RenderContext { path, image_base: IMAGE_BASE, resolve: &resolve, lines, skip_title: true })
}

fn citation(parsed: &Parsed) -> Citation {
    let decision = &parsed.decision;
    Citation {
        path: decision.path.clone(),
        label: decision.digits.clone().unwrap_or_else(|| decision.id.to_string()),
        status: decision.status.map_or_else(String::new, |status| status.word().to_owned()),
        title: title(parsed),
    }
}

/// The first sentence of a record's decision, as plain text. `text` is without a byte order mark.
pub(crate) fn first_of_decision(parsed: &Parsed, text: &str) -> String {
    let decisions = parsed.sections.iter().filter(|section| section.kind == SectionKind::Decision);
    let bodies = decisions.filter_map(|section| text.get(section.body.clone()));
    let paragraph = bodies.flat_map(|body| body.split("\n\n")).map(plain).find(|words| !words.trim().is_empty());
    let paragraph = paragraph.unwrap_or_default();
    let words = paragraph.trim();
    let ends = words.char_indices().filter(|(at, sign)| {
        let rest = &words[at + sign.len_utf8()..];
        // A stop inside `e.g. this` or `v1.2` is none: a sentence ends before a space and a capital.
        matches!(sign, '.' | '!' | '?' | '。')
            && (rest.is_empty() || rest.starts_with(' ') && rest.trim_start().starts_with(char::is_uppercase))
    });
    let end = ends.map(|(at, sign)| at + sign.len_utf8()).next().unwrap_or(words.len());
    let sentence = &words[..end];
    match sentence.char_indices().nth(LONGEST_SENTENCE) {
        Some((cut, _)) => format!("{}…", sentence[..cut].trim_end()),
        None => sentence.to_owned(),
    }
}

/// More of a sentence is not told beforehand.
const LONGEST_SENTENCE: usize = 280;

pub(crate) fn is_writable(encoding: Encoding) -> bool {
    matches!(encoding, Encoding::Utf8 | Encoding::Utf8Bom)
}

pub(crate) fn encoding_notice(encoding: Encoding) -> Option<String> {
    let name = (!is_writable(encoding)).then(|| encoding.name())?;
    Some(format!("This file is not UTF-8; it is shown as {name}. Convert it to UTF-8 to edit it."))
}

pub(crate) fn gone(path: &RecordPath) -> Error {
    Error::new(ErrorCode::NotFound, format!("there is no record {path}"))
        .with_hint("it was moved, renamed or deleted; choose it again from the list")
        .at(path.as_str())
}

fn media_type(name: &str) -> Option<&'static str> {
    let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
    Some(match extension.as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}
