//! For `make bench` alone: the same documents in a bare tantivy index, to measure what reading and joining records adds.

use super::document::Document;
use super::schema::{schema, tokenizers};
use crate::workspace::Workspace;
use precedent_core::record::decode;
use std::path::Path;
use tantivy::{Index, IndexWriter, TantivyDocument};

/// Documents of all records, taken apart already.
#[derive(Debug)]
pub struct Documents(Vec<TantivyDocument>);

impl Documents {
    /// Reads the records of a workspace.
    ///
    /// # Errors
    /// When a record cannot be read.
    pub fn of(workspace: &Workspace) -> std::io::Result<Self> {
        let (_, fields) = schema();
        let log = workspace.log();
        let read = |parsed: &std::sync::Arc<precedent_core::Parsed>| {
            let path = parsed.decision.path.as_str();
            let bytes = std::fs::read(workspace.root().join(path))?;
            Ok(fields.document(path, 0, &Document::new(parsed, &decode(&bytes).0)))
        };
        log.records().map(read).collect::<std::io::Result<_>>().map(Self)
    }

    /// Indexes them in a new folder with the writer's settings of the product.
    ///
    /// # Errors
    /// Tantivy's own.
    pub fn index(self, folder: &Path) -> tantivy::Result<()> {
        let index = Index::builder().schema(schema().0).tokenizers(tokenizers()).create_in_dir(folder)?;
        let mut writer: IndexWriter = index.writer_with_num_threads(2, super::engine::MANY_BYTES)?;
        for document in self.0 {
            writer.add_document(document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()
    }
}
