//! The index of what left, on disk: its fields, and how far the log has been walked.

use crate::git::gone::Gone;
use crate::search::disk;
use crate::search::language::{self, LanguageId};
use crate::search::tokenizer::{Kind, NAME, cut, fold, spoken};
use borsh::{BorshDeserialize, BorshSerialize};
use git2::Oid;
use precedent_core::{RecordPath, parse};
use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::{Index, IndexReader, IndexWriter, Searcher, TantivyDocument, TantivyError};

/// Part of the folder's name. Raise it with every change of fields, tokens or stored form: the index is then made anew.
pub(super) const VERSION: u32 = 4;

const WRITER_BYTES: usize = 16_000_000;
/// What [`super::Logs::digest`] begins with.
const LOGS: &str = "logs:";
/// Ends of earlier walks that are remembered: branches that are switched between.
const MOST_WALKED: usize = 32;

#[derive(Clone, Debug)]
pub(super) struct Fields {
    /// Words that the record does not have any more.
    pub(super) words: Field,
    /// The lines that left, for phrases.
    pub(super) lines: Field,
    /// The folder that the record lay in, by each run of its parts.
    pub(super) folders: Field,
    /// Day of the commit as a number, `20260302`.
    pub(super) day: Field,
    /// First bytes of the commit's id.
    commit: Field,
    /// What the record was written in.
    language: Field,
    stored: Field,
}

/// What is shown of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(super) struct Entry {
    pub(super) commit: String,
    pub(super) subject: String,
    pub(super) author: String,
    pub(super) date: String,
    pub(super) path: String,
    pub(super) title: String,
    pub(super) deleted: bool,
    pub(super) lines: String,
}

pub(super) const COMMIT: &str = "commit";
const LANGUAGE: &str = "language";
pub(super) const DAY: &str = "day";

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let text = |option| {
        TextOptions::default()
            .set_indexing_options(TextFieldIndexing::default().set_tokenizer(NAME).set_index_option(option))
    };
    let fields = Fields {
        words: builder.add_text_field("words", text(IndexRecordOption::WithFreqs)),
        lines: builder.add_text_field("lines", text(IndexRecordOption::WithFreqsAndPositions)),
        folders: builder.add_text_field("folders", STRING),
        day: builder.add_u64_field(DAY, FAST | INDEXED),
        commit: builder.add_u64_field(COMMIT, FAST),
        language: builder.add_u64_field(LANGUAGE, FAST),
        stored: builder.add_bytes_field("stored", STORED),
    };
    (builder.build(), fields)
}

pub(super) struct Store {
    index: Index,
    reader: IndexReader,
    fields: Fields,
    writer: Option<IndexWriter>,
    /// The log folders of what is being written, where they are others than before.
    logs: Option<String>,
}

impl Store {
    /// Opens the index in a folder, or makes an empty one.
    pub(super) fn open(folder: &Path) -> tantivy::Result<Self> {
        let (schema, fields) = schema();
        let (index, reader) = disk::open(folder, &schema)?;
        Ok(Self { index, reader, fields, writer: None, logs: None })
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    pub(super) fn searcher(&self) -> tantivy::Result<Searcher> {
        self.reader.reload()?;
        Ok(self.reader.searcher())
    }

    /// Commits from which everything behind them is in the index.
    pub(super) fn walked(&self) -> tantivy::Result<Vec<Oid>> {
        let payload = self.index.load_metas()?.payload.unwrap_or_default();
        Ok(payload.split(' ').filter_map(|id| Oid::from_str(id).ok()).collect())
    }

    /// The digest of the log folders that the walks knew of; empty before the first.
    pub(super) fn logs(&self) -> tantivy::Result<String> {
        let payload = self.index.load_metas()?.payload.unwrap_or_default();
        Ok(payload.split(' ').find(|part| part.starts_with(LOGS)).unwrap_or_default().to_owned())
    }

    /// Takes out all entries, to begin with these log folders; done with the next [`Store::keep`].
    pub(super) fn clear(&mut self, logs: &str) -> tantivy::Result<()> {
        if let Some(writer) = &self.writer {
            writer.delete_all_documents()?;
        }
        self.logs = Some(logs.to_owned());
        Ok(())
    }

    /// Commits with entries in the index.
    pub(super) fn commits(&self) -> tantivy::Result<HashSet<u64>> {
        let mut commits = HashSet::new();
        for segment in self.searcher()?.segment_readers() {
            let ids = segment.fast_fields().u64(COMMIT)?;
            commits.extend((0..segment.max_doc()).filter_map(|doc| ids.first(doc)));
        }
        Ok(commits)
    }

    /// Languages of the entries.
    pub(super) fn languages(&self) -> tantivy::Result<Vec<LanguageId>> {
        let mut languages = BTreeSet::new();
        for segment in self.searcher()?.segment_readers() {
            let ids = segment.fast_fields().u64(LANGUAGE)?;
            languages.extend((0..segment.max_doc()).filter_map(|doc| ids.first(doc)));
        }
        Ok(languages.into_iter().filter_map(|id| LanguageId::try_from(id).ok()).collect())
    }

    /// Whether the index in a folder is there and nothing in it is damaged.
    pub(super) fn is_whole(folder: &Path) -> bool {
        disk::is_whole(folder, &schema().0)
    }

    /// Makes ready to add; `false` when another process is adding. From now on until [`Store::end`] no other process adds.
    pub(super) fn begin(&mut self) -> tantivy::Result<bool> {
        match self.index.writer_with_num_threads(1, WRITER_BYTES) {
            Ok(writer) => self.writer = Some(writer),
            Err(TantivyError::LockFailure(..)) => return Ok(false),
            Err(error) => return Err(error),
        }
        Ok(true)
    }

    /// Writes what was added, and how far the walk came.
    pub(super) fn keep(&mut self, walked: &[Oid]) -> tantivy::Result<()> {
        let logs = self.logs.clone().map_or_else(|| self.logs(), Ok)?;
        let Some(writer) = &mut self.writer else { return Ok(()) };
        let ids = walked.iter().take(MOST_WALKED).map(Oid::to_string);
        let ids: Vec<String> = std::iter::once(logs).chain(ids).collect();
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&ids.join(" "));
        commit.commit().map(drop)
    }

    /// Writes as [`Store::keep`] does, and lets others add.
    pub(super) fn end(&mut self, walked: &[Oid]) -> tantivy::Result<()> {
        self.keep(walked)?;
        self.writer.take().map_or(Ok(()), IndexWriter::wait_merging_threads)
    }

    pub(super) fn add(&mut self, gone: &Gone, commit: Oid) -> tantivy::Result<()> {
        let Some(writer) = &self.writer else { return Ok(()) };
        let words = lost(&gone.lines, &gone.kept);
        if words.is_empty() {
            return Ok(());
        }
        let mut document = TantivyDocument::new();
        // The record tells it better than the few lines of it.
        let language = language::guessed(std::iter::once(gone.before.as_str()));
        document.add_text(self.fields.words, spoken(language, &words));
        document.add_text(self.fields.lines, spoken(language, &gone.lines));
        document.add_u64(self.fields.language, u64::from(language));
        let path = RecordPath::new(gone.path.as_str());
        let folder = fold(path.folder());
        let parts: Vec<&str> = folder.split('/').collect();
        for start in 0..parts.len() {
            for end in start + 1..=parts.len() {
                document.add_text(self.fields.folders, parts[start..end].join("/"));
            }
        }
        document.add_u64(self.fields.day, day(&gone.commit.date));
        document.add_u64(self.fields.commit, short(commit));
        document.add_bytes(self.fields.stored, &borsh::to_vec(&entry(gone, &path))?);
        writer.add_document(document)?;
        Ok(())
    }
}

fn entry(gone: &Gone, path: &RecordPath) -> Entry {
    let title = parse(path, gone.before.as_bytes(), &Default::default()).decision.title;
    let item = gone.commit.clone();
    Entry {
        commit: item.commit,
        subject: item.subject,
        author: item.author,
        date: item.date,
        path: gone.path.clone(),
        title: title.unwrap_or_else(|| path.stem().to_owned()),
        deleted: gone.deleted,
        lines: gone.lines.clone(),
    }
}

impl Entry {
    pub(super) fn of(document: &TantivyDocument, fields: &Fields) -> Self {
        let bytes = document.get_first(fields.stored).and_then(|value| value.as_bytes());
        bytes.and_then(|mut bytes| Entry::deserialize(&mut bytes).ok()).unwrap_or_default()
    }
}

/// Words of the lines that left which stand nowhere in what is kept, as they are written.
fn lost(lines: &str, kept: &str) -> String {
    let mut stays = HashSet::new();
    cut(kept, &mut |token| {
        stays.insert(token.text.to_owned());
    });
    // Tokens overlap: an identifier brings its words with it, and pairs of characters share one.
    let mut spans: Vec<(usize, usize)> = Vec::new();
    cut(lines, &mut |token| {
        if token.kind != Kind::Part && !stays.contains(token.text) {
            match spans.last_mut() {
                Some((_, end)) if token.start < *end => *end = token.end.max(*end),
                _ => spans.push((token.start, token.end)),
            }
        }
    });
    spans.into_iter().flat_map(|(start, end)| [&lines[start..end], " "]).collect()
}

/// `2026-03-02` as 20260302.
pub(super) fn day(date: &str) -> u64 {
    date.bytes().filter(u8::is_ascii_digit).fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
}

/// First bytes of a commit's id, by which commits are told apart.
pub(super) fn short(commit: Oid) -> u64 {
    commit.as_bytes().first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}
