//! Keeps the index in step with the files: opens or makes it on disk, adds what is missing, takes away what is gone.
//!
//! The index is derived and lives in the cache folder (invariant I4): a damaged one, or one of another version, is made
//! anew. One process writes at a time; a second one finds the lock taken and keeps what the index lacks in memory, so
//! that its answers are complete without a fight. So does one that finds the disk full: what is there stays. Either way
//! [`View`] decides by content hash what counts.

use super::catalog::{Ages, Catalog, RowId};
use super::disk;
use super::document::Document;
use super::flush::{Flush, Job};
use super::schema::{Fields, VERSION, schema, tokenizers};
use super::view::{Keys, View};
use crate::root;
use crate::scan;
use crate::workspace::State;
use precedent_core::log::LogDiff;
use precedent_core::record::decode;
use precedent_core::{Date, RecordPath};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tantivy::directory::RamDirectory;
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyError, Term};

/// A build that takes longer lets what is there be found meanwhile; again after twice as long, and so on.
const COMMIT_AFTER: Duration = Duration::from_secs(2);
/// From this many records on, two threads index; fewer are done before the second has started.
const MANY: usize = 1_000;
/// Up to this many records the index on disk may lack, or hold for nothing: the next process takes as little time for them.
const FEW: usize = 64;
/// Up to this many are found from memory while they are written to disk.
const SOME: usize = 256;
/// From this many segments in memory on, they are made one: each costs a search a little.
const SEGMENTS: usize = 16;
const FEW_BYTES: usize = 16_000_000;
/// For a segment in memory; more is taken where records need it.
const SEGMENT_BYTES: usize = 3_000_000;
pub(super) const MANY_BYTES: usize = 40_000_000;

/// The numbers above that decide what is written when; tests take small ones, so that a few records go every way.
#[derive(Clone, Copy)]
struct Steps {
    few: usize,
    some: usize,
    segments: usize,
    commit_after: Duration,
}

/// Asked before each record with the number still to do.
pub(crate) type GoOn<'a> = &'a dyn Fn(usize) -> Next;
/// Takes a view as soon as there is a better one.
pub(crate) type Publish<'a> = &'a dyn Fn(View);

/// What to do with the records that are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Go,
    /// Keep what was added and end: a change waits, or a person wants it.
    Pause,
    /// End at once; what was added since the last commit is lost.
    Stop,
}

/// What differs between the state that was indexed last and the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Changes {
    /// Not known, or records came or went.
    All,
    /// These records show differently.
    Of(BTreeSet<RecordPath>),
}

impl Changes {
    /// Both, one after the other.
    pub(crate) fn and(self, next: Changes) -> Changes {
        match (self, next) {
            (Changes::Of(mut these), Changes::Of(those)) => {
                these.extend(those);
                Changes::Of(these)
            }
            _ => Changes::All,
        }
    }

    /// Nothing.
    pub(crate) fn none() -> Changes {
        Changes::Of(BTreeSet::new())
    }
}

impl From<&LogDiff> for Changes {
    fn from(diff: &LogDiff) -> Self {
        match diff.removed.is_empty() {
            true => Changes::Of(diff.touched.iter().chain(&diff.changed).cloned().collect()),
            false => Changes::All,
        }
    }
}

/// The index of one repository.
pub(crate) struct Engine {
    root: PathBuf,
    /// `None`: in memory only.
    folder: Option<PathBuf>,
    fields: Fields,
    disk: Option<Disk>,
    /// Segments of what the disk lacks, a few records each.
    memory: Vec<Searcher>,
    /// The catalog of the last state.
    catalog: Option<(Arc<Catalog>, Ages)>,
    /// What is being written to disk beside the work here.
    flush: Option<Flush>,
    /// The disk was full, or may not be written: what it holds is read, and the rest is kept in memory.
    unwritable: bool,
    /// There is no index of an older version beside.
    alone: bool,
    keys: Keys,
    today: Date,
}

struct Disk {
    index: Index,
    reader: IndexReader,
}

/// Why the index on disk could not be brought up to date.
enum Fault {
    Read(TantivyError),
    Write(TantivyError),
}

impl From<TantivyError> for Fault {
    fn from(error: TantivyError) -> Self {
        Fault::Read(error)
    }
}

impl Engine {
    /// An index of the records under `root`, kept in a folder below `cache`.
    pub(crate) fn new(root: &Path, cache: Option<&Path>, today: Date) -> Self {
        let folder = cache.map(|cache| root::cache_folder(root, cache).join(format!("search-v{VERSION}")));
        let (_, fields) = schema();
        Self {
            root: root.to_path_buf(),
            folder,
            fields,
            disk: None,
            memory: Vec::new(),
            catalog: None,
            flush: None,
            unwritable: false,
            alone: false,
            keys: Keys::default(),
            today,
        }
    }

    /// The day by which records are stale or due from now on.
    pub(crate) fn set_today(&mut self, today: Date) {
        self.today = today;
    }

    /// Brings the index to a state of the files, given what changed since the last one. Fails only when not even memory
    /// can be used.
    pub(crate) fn catch_up(
        &mut self,
        state: &State,
        changes: &Changes,
        go_on: GoOn<'_>,
        publish: Publish<'_>,
    ) -> tantivy::Result<()> {
        self.panic_for_a_test();
        let catalog = self.catalog(state, changes);
        if self.folder.is_none() {
            return self.catch_up_in_memory(&catalog, go_on, publish);
        }
        // What is open may have been taken away or made anew, so it is opened again; what cannot be opened then is damaged
        // or from another version, and is made anew.
        let remedies: [fn(&mut Self) -> bool; 3] = [Self::leave_disk, Self::forget_disk, Self::give_disk_up];
        for remedy in remedies {
            match self.catch_up_on_disk(&catalog, changes, go_on, publish) {
                Ok(()) => return Ok(()),
                Err(fault) if self.is_damage(&fault) && remedy(self) => {}
                Err(_) => break,
            }
        }
        self.catch_up_in_memory(&catalog, go_on, publish)
    }

    /// Whether the index must be opened or made again. What cannot be written, for want of space or of leave, is not worse
    /// for that: it is read on, and not written to again in this session.
    fn is_damage(&mut self, fault: &Fault) -> bool {
        match (fault, &self.folder) {
            (Fault::Read(error), _) => !disk::is_busy(error),
            (Fault::Write(error), Some(folder)) if !disk::is_busy(error) => {
                self.unwritable = disk::is_whole(folder, &schema().0);
                !self.unwritable
            }
            _ => false,
        }
    }

    fn catalog(&mut self, state: &State, changes: &Changes) -> Arc<Catalog> {
        let ages = Ages { stale_after: state.config.stale_after, today: self.today };
        let hash_of = |path: &RecordPath| state.files.get(path).map(|read| short_hash(read.hash));
        let last = self.catalog.take().filter(|(_, of)| *of == ages).map(|(catalog, _)| catalog);
        let updated = match (last, changes) {
            (Some(last), Changes::Of(changed)) => last.updated(&state.log, ages, changed, &hash_of),
            _ => None,
        };
        let catalog = Arc::new(updated.unwrap_or_else(|| Catalog::new(&state.log, ages, &hash_of)));
        self.catalog = Some((Arc::clone(&catalog), ages));
        catalog
    }

    fn catch_up_on_disk(
        &mut self,
        catalog: &Arc<Catalog>,
        changes: &Changes,
        go_on: GoOn<'_>,
        publish: Publish<'_>,
    ) -> Result<(), Fault> {
        self.open_disk()?;
        self.end_flush(false)?;
        let mut view = self.view(catalog)?;
        let Steps { few, some, .. } = self.steps();
        if view.lacks_on_disk() > some && self.flush.is_some() {
            self.end_flush(true)?;
            view = self.view(catalog)?;
        }
        let lacks = view.lacks_on_disk();
        // One save is found in milliseconds from memory; on disk it would wait for a flush, now and then for a merge.
        if self.unwritable || lacks <= some && (lacks == 0 || !view.segments.is_empty()) {
            let (gone, missing) = (view.gone.clone(), view.missing.clone());
            let view = self.add_in_memory(catalog, view, &missing, go_on)?;
            if lacks > few && !self.unwritable && self.flush.is_none() {
                self.start_flush(catalog, gone, &view.in_memory);
            } else if lacks <= few {
                self.remove_older();
            }
            publish(view);
            return Ok(());
        }
        if !self.memory.is_empty() {
            self.memory.clear();
            view = self.view(catalog)?;
        }
        let (missing, gone) = (view.missing.clone(), view.gone.clone());
        // Who saves a record while all are indexed does not wait for the others.
        if let Changes::Of(changed) = changes
            && (1..=few).contains(&changed.len())
        {
            let is_changed = |row: &RowId| changed.contains(catalog.rows[*row as usize].path());
            let first: Vec<RowId> = missing.iter().copied().filter(is_changed).collect();
            view = self.add_in_memory(catalog, view, &first, &|_| Next::Go)?;
        }
        publish(view);
        if go_on(missing.len()) != Next::Go {
            return Ok(());
        }
        self.write(catalog, &missing, &gone, go_on, publish)
    }

    /// Adds to the index on disk, as another process may read it after each commit, and takes from it.
    fn write(
        &mut self,
        catalog: &Arc<Catalog>,
        missing: &[RowId],
        gone: &[String],
        go_on: GoOn<'_>,
        publish: Publish<'_>,
    ) -> Result<(), Fault> {
        let Some(disk) = &self.disk else { return Ok(()) };
        let (threads, bytes) = if missing.len() >= MANY { (2, MANY_BYTES) } else { (1, FEW_BYTES) };
        let writer = disk.index.writer_with_num_threads(threads, bytes);
        let mut writer: IndexWriter = writer.map_err(Fault::Write)?;
        // Each deletion is looked for in every segment. The lock is held, so nobody adds to an index that has nothing.
        disk.reader.reload()?;
        let may_hold_another = disk.reader.searcher().num_docs() > 0;
        for path in gone {
            writer.delete_term(Term::from_field_text(self.fields.path, path));
        }
        let (mut committed, mut commit_after) = (Instant::now(), self.steps().commit_after);
        for (done, row) in missing.iter().enumerate() {
            if done > 0 {
                self.wait_for_a_test(&|| go_on(missing.len() - done) == Next::Go);
            }
            match go_on(missing.len() - done) {
                Next::Go => {}
                Next::Stop => return Ok(()),
                Next::Pause => {
                    writer.commit().map_err(Fault::Write)?;
                    publish(self.reloaded(catalog)?);
                    return Ok(());
                }
            }
            let row = &catalog.rows[*row as usize];
            let Some(document) = self.read(row) else { continue };
            let path = row.path().as_str();
            if may_hold_another {
                writer.delete_term(Term::from_field_text(self.fields.path, path));
            }
            writer.add_document(self.fields.document(path, row.hash, &document)).map_err(Fault::Write)?;
            if done > 0 && committed.elapsed() >= commit_after {
                writer.commit().map_err(Fault::Write)?;
                publish(self.reloaded(catalog)?);
                // Each makes small segments that have to be merged.
                (committed, commit_after) = (Instant::now(), commit_after * 2);
            }
        }
        writer.commit().map_err(Fault::Write)?;
        publish(self.reloaded(catalog)?);
        // Merging makes the next searches quicker; nothing waits for it.
        writer.wait_merging_threads().map_err(Fault::Write)?;
        self.memory.clear();
        publish(self.reloaded(catalog)?);
        self.remove_older();
        Ok(())
    }

    /// Keeps in memory what the index on disk lacks.
    fn catch_up_in_memory(
        &mut self,
        catalog: &Arc<Catalog>,
        go_on: GoOn<'_>,
        publish: Publish<'_>,
    ) -> tantivy::Result<()> {
        let view = self.view(catalog)?;
        let missing = view.missing.clone();
        publish(self.add_in_memory(catalog, view, &missing, go_on)?);
        Ok(())
    }

    /// Adds records to memory that a view lacks; the view with them.
    fn add_in_memory(
        &mut self,
        catalog: &Arc<Catalog>,
        view: View,
        rows: &[RowId],
        go_on: GoOn<'_>,
    ) -> tantivy::Result<View> {
        if rows.is_empty() {
            return Ok(view);
        }
        // What made room here is added again with the rest.
        let mut rows = rows.to_vec();
        if self.memory.len() >= self.steps().segments {
            let dropped = view.in_memory.clone();
            self.memory.clear();
            rows.extend(dropped);
        }
        let builder = Index::builder().schema(schema().0).tokenizers(tokenizers());
        let mut writer = builder.single_segment_index_writer(RamDirectory::create(), SEGMENT_BYTES)?;
        for (done, row) in rows.iter().enumerate() {
            match go_on(rows.len() - done) {
                Next::Go => {}
                Next::Stop => return Ok(view),
                Next::Pause => break,
            }
            let row = &catalog.rows[*row as usize];
            if let Some(document) = self.read(row) {
                writer.add_document(self.fields.document(row.path().as_str(), row.hash, &document))?;
            }
        }
        let reader = writer.finalize()?.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader: IndexReader = reader.try_into()?;
        self.memory.push(reader.searcher());
        self.view(catalog)
    }

    /// Writes to disk what memory holds, beside the work here.
    fn start_flush(&mut self, catalog: &Catalog, gone: Vec<String>, rows: &[RowId]) {
        let Some(disk) = &self.disk else { return };
        let rows = rows.iter().map(|row| &catalog.rows[*row as usize]);
        let records = rows.filter_map(|row| Some((row.path().to_string(), row.hash, self.read(row)?))).collect();
        let (index, fields) = (disk.index.clone(), self.fields.clone());
        self.flush = Flush::start(Job { index, fields, gone, records, bytes: FEW_BYTES });
    }

    /// Takes note of a flush that has ended; waits for its end when told to. Another process that writes is no failure.
    fn end_flush(&mut self, wait: bool) -> Result<(), Fault> {
        let Some(flush) = self.flush.take_if(|flush| wait || flush.is_finished()) else { return Ok(()) };
        match flush.end() {
            Err(error) if !disk::is_busy(&error) => return Err(Fault::Write(error)),
            _ => {}
        }
        self.memory.clear();
        if let Some(disk) = &self.disk {
            disk.reader.reload()?;
        }
        Ok(())
    }

    /// A record's text, when it is still the one that was parsed.
    fn read(&self, row: &super::catalog::Row) -> Option<Document> {
        if row.hash == UNREAD {
            return Some(Document::new(&row.parsed, ""));
        }
        let bytes = std::fs::read(self.root.join(row.path().as_str())).ok()?;
        let (text, _) = decode(&bytes);
        (short_hash(scan::blob_hash(&bytes)) == row.hash).then(|| Document::new(&row.parsed, &text))
    }

    fn open_disk(&mut self) -> tantivy::Result<()> {
        let (Some(folder), None) = (&self.folder, &self.disk) else { return Ok(()) };
        let (index, reader) = disk::open(folder, &schema().0)?;
        self.disk = Some(Disk { index, reader });
        Ok(())
    }

    /// Throws away all that was built, as far as no other process writes to it; the next [`Engine::catch_up`] makes it anew.
    pub(crate) fn forget(&mut self) {
        self.forget_disk();
        self.memory.clear();
        self.catalog = None;
    }

    /// Tests of the window make the indexer stop by a file in the cache; a build for people has no such thing.
    fn panic_for_a_test(&self) {
        assert!(!self.is_asked(PANIC), "asked to panic in the indexer");
    }

    /// And wait in the middle of its work, so that it can be looked at.
    fn wait_for_a_test(&self, go_on: &dyn Fn() -> bool) {
        while self.is_asked(WAIT) && go_on() {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn steps(&self) -> Steps {
        if self.is_asked(SMALL_STEPS) {
            return Steps { few: 3, some: 12, segments: 3, commit_after: Duration::from_millis(2) };
        }
        Steps { few: FEW, some: SOME, segments: SEGMENTS, commit_after: COMMIT_AFTER }
    }

    fn is_asked(&self, name: &str) -> bool {
        let cache = self.folder.as_deref().and_then(|folder| folder.parent()?.parent());
        cfg!(debug_assertions) && cache.is_some_and(|cache| cache.join(name).exists())
    }

    /// Closes the index on disk; the next [`Engine::catch_up`] opens it again.
    fn leave_disk(&mut self) -> bool {
        // A thread that writes into a folder that is being removed would make it again.
        self.flush = None;
        self.disk = None;
        self.keys = Keys::default();
        true
    }

    /// Throws the index on disk away, unless another process writes to it; the next [`Engine::catch_up`] makes it anew.
    fn forget_disk(&mut self) -> bool {
        self.leave_disk();
        self.folder.as_ref().is_some_and(|folder| disk::forget(folder).is_ok())
    }

    fn give_disk_up(&mut self) -> bool {
        self.leave_disk();
        false
    }

    /// As after a failure that left nothing to be trusted: makes the index on disk anew, or does without one.
    pub(crate) fn begin_anew(&mut self) {
        self.memory.clear();
        if !self.forget_disk() {
            self.folder = None;
        }
    }

    /// Removes indexes of older versions, once there is a whole one of this.
    fn remove_older(&mut self) {
        if let Some(folder) = self.folder.as_ref().filter(|_| !self.alone) {
            disk::remove_older(folder);
            self.alone = true;
        }
    }

    fn reloaded(&mut self, catalog: &Arc<Catalog>) -> tantivy::Result<View> {
        if let Some(disk) = &self.disk {
            disk.reader.reload()?;
        }
        self.view(catalog)
    }

    fn view(&mut self, catalog: &Arc<Catalog>) -> tantivy::Result<View> {
        let disk = self.disk.as_ref().map(|disk| disk.reader.searcher());
        let searchers: Vec<Searcher> = disk.into_iter().chain(self.memory.iter().cloned()).collect();
        self.keys.keep(&searchers);
        View::new(searchers, &self.fields, Arc::clone(catalog), &mut self.keys)
    }
}

/// Names of files that [`Engine::is_asked`] looks for.
pub(super) const PANIC: &str = "panic-in-the-indexer";
const SMALL_STEPS: &str = "small-steps-in-the-indexer";
pub(super) const WAIT: &str = "wait-in-the-indexer";

/// Hash of a record that was listed but not read.
const UNREAD: u64 = 0;

/// The first 64 bits of a content hash.
fn short_hash(hash: scan::Hash) -> u64 {
    hash.as_bytes().first_chunk().map_or(UNREAD, |first| u64::from_be_bytes(*first))
}
