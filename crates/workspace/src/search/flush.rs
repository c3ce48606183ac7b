//! Writes a handful of changed records into the index on disk, on a thread of its own: they are found from memory meanwhile,
//! and neither a save nor a search waits for the disk. See [`super::engine`].

use super::document::Document;
use super::schema::Fields;
use std::thread::JoinHandle;
use tantivy::{Index, IndexWriter, Term};

/// What is to be written.
pub(super) struct Job {
    pub(super) index: Index,
    pub(super) fields: Fields,
    /// Paths that the index holds and the log does not.
    pub(super) gone: Vec<String>,
    /// Path, hash and text of each record.
    pub(super) records: Vec<(String, u64, Document)>,
    /// Memory for documents that are not written yet, in bytes.
    pub(super) bytes: usize,
}

/// A job under way. Dropping it waits for its end, so that the index is written when the process ends.
pub(super) struct Flush(Option<JoinHandle<tantivy::Result<()>>>);

impl Flush {
    /// Starts the job; `None` when no thread can be had.
    pub(super) fn start(job: Job) -> Option<Flush> {
        let run = move || job.write();
        std::thread::Builder::new().name("search-flush".to_owned()).spawn(run).ok().map(|thread| Flush(Some(thread)))
    }

    pub(super) fn is_finished(&self) -> bool {
        self.0.as_ref().is_none_or(JoinHandle::is_finished)
    }

    /// How it ended. Waits for that.
    pub(super) fn end(mut self) -> tantivy::Result<()> {
        // A panic of that thread has been reported; what it would have written is still missing.
        self.0.take().map_or(Ok(()), |thread| thread.join().unwrap_or(Ok(())))
    }
}

impl Drop for Flush {
    fn drop(&mut self) {
        if let Some(thread) = self.0.take() {
            // The next process sees what is missing and adds it.
            drop(thread.join());
        }
    }
}

impl Job {
    fn write(self) -> tantivy::Result<()> {
        let mut writer: IndexWriter = self.index.writer_with_num_threads(1, self.bytes)?;
        for path in self.gone.iter().chain(self.records.iter().map(|(path, ..)| path)) {
            writer.delete_term(Term::from_field_text(self.fields.path, path));
        }
        for (path, hash, document) in &self.records {
            writer.add_document(self.fields.document(path, *hash, document))?;
        }
        writer.commit()?;
        writer.wait_merging_threads()
    }
}
