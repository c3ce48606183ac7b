//! The fields of the index on disk, and what is taken of a record into them.
//!
//! The index holds only what a record's own bytes say, keyed by path and content hash. Whatever other records or the
//! settings add (in force, scope, problems) is read from the log when a query runs, so it is never stale here.

use super::document::Document;
use super::language::LanguageId;
use super::tokenizer::{NAME, RecordTokenizer, spoken};
use precedent_core::record::SectionKind;
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};

/// Part of the folder's name. Raise it with every change of fields, tokens or stored form: the index is then made anew.
pub(crate) const VERSION: u32 = 4;

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
    /// Code blocks.
    Code,
    /// Options that were weighed and not taken.
    Rejected,
}

impl Area {
    pub(crate) const ALL: [Area; 9] = [
        Area::Title,
        Area::Decision,
        Area::Context,
        Area::Options,
        Area::Consequences,
        Area::Other,
        Area::Meta,
        Area::Code,
        Area::Rejected,
    ];

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
            Area::Code => "code",
            Area::Rejected => "rejected",
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

/// What is known of a document beside its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traits {
    pub(crate) language: LanguageId,
    pub(crate) rules: bool,
    pub(crate) code: bool,
}

impl Traits {
    fn number(self) -> u64 {
        u64::from(self.language) | u64::from(self.rules) << 8 | u64::from(self.code) << 9
    }

    pub(crate) fn of_number(number: u64) -> Self {
        Self { language: number as u8, rules: number >> 8 & 1 == 1, code: number >> 9 & 1 == 1 }
    }
}

/// Handles of the index's fields.
#[derive(Clone, Debug)]
pub(crate) struct Fields {
    pub(crate) path: Field,
    pub(crate) hash: Field,
    /// [`Traits`] as a number.
    pub(crate) traits: Field,
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
        traits: builder.add_u64_field("traits", FAST),
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
        let code = record.sections.iter().any(|section| section.area == Area::Code);
        let traits = Traits { language: record.language, rules: record.rules, code };
        document.add_u64(self.traits, traits.number());
        let mut add =
            |area: Area, text: &str| document.add_text(self.areas[area.index()], spoken(record.language, text));
        add(Area::Title, &record.title);
        for section in &record.sections {
            if !section.heading.is_empty() && !section.continued {
                add(section.area, &section.heading);
            }
            add(section.area, &section.text);
        }
        record.meta.iter().for_each(|text| add(Area::Meta, text));
        document.add_bytes(self.sections, &record.stored());
        document
    }
}
