//! The fields of the index on disk, and what is taken of a record into them.
//!
//! The index holds only what a record's own bytes say, keyed by path and content hash. Whatever other records or the
//! settings add (in force, scope, problems) is read from the log when a query runs, so it is never stale here.

use super::document::Document;
use super::tokenizer::{NAME, RecordTokenizer};
use precedent_core::record::SectionKind;
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};

/// Part of the folder's name. Raise it with every change of fields, tokens or stored form: the index is then made anew.
pub(crate) const VERSION: u32 = 1;

/// The searchable parts of a record; each is a field of its own, so that it can weigh differently and be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Area {
    Title,
    Decision,
    Context,
    Options,
    Consequences,
    Other,
    /// Tags, people, scope, id, file name and the rest of the front matter.
    Meta,
}

impl Area {
    pub(crate) const ALL: [Area; 7] =
        [Area::Title, Area::Decision, Area::Context, Area::Options, Area::Consequences, Area::Other, Area::Meta];

    pub(crate) fn index(self) -> usize {
        self as usize
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Area::Title => "title",
            Area::Decision => "decision",
            Area::Context => "context",
            Area::Options => "options",
            Area::Consequences => "consequences",
            Area::Other => "other",
            Area::Meta => "meta",
        }
    }

    /// Where the text of a section goes.
    pub(crate) fn of(kind: SectionKind) -> Area {
        match kind {
            SectionKind::Decision => Area::Decision,
            SectionKind::Context | SectionKind::Drivers => Area::Context,
            SectionKind::Options => Area::Options,
            SectionKind::Consequences => Area::Consequences,
            SectionKind::Status | SectionKind::Links | SectionKind::Other => Area::Other,
        }
    }
}

/// Handles of the index's fields.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    pub(crate) path: Field,
    pub(crate) hash: Field,
    pub(crate) areas: [Field; Area::ALL.len()],
    /// Title and sections as plain text, for snippets.
    pub(crate) sections: Field,
}

/// The schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = SchemaBuilder::new();
    let indexing =
        TextFieldIndexing::default().set_tokenizer(NAME).set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        path: builder.add_text_field("path", STRING | FAST),
        hash: builder.add_u64_field("hash", FAST),
        areas: Area::ALL.map(|area| builder.add_text_field(area.name(), text.clone())),
        sections: builder.add_bytes_field("sections", STORED),
    };
    (builder.build(), fields)
}

/// Our tokenizer under the name that the schema uses.
pub(crate) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(NAME, TextAnalyzer::from(RecordTokenizer::default()));
    manager
}

impl Fields {
    /// A record as the index takes it.
    pub(crate) fn document(&self, path: &str, hash: u64, record: &Document) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.path, path);
        document.add_u64(self.hash, hash);
        document.add_text(self.areas[Area::Title.index()], &record.title);
        for section in &record.sections {
            let field = self.areas[section.area.index()];
            if !section.heading.is_empty() {
                document.add_text(field, &section.heading);
            }
            document.add_text(field, &section.text);
        }
        for text in &record.meta {
            document.add_text(self.areas[Area::Meta.index()], text);
        }
        document.add_bytes(self.sections, &record.stored());
        document
    }
}
