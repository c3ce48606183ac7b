//! What a search runs over: segments of the index (on disk and in memory) seen through one catalog of the log.
//!
//! A document counts only when the log has its path with its content hash. So an index that is older than the files, or
//! was written by another process, never gives a stale answer; what it lacks is found in `missing`.

use super::catalog::{Catalog, RowId};
use super::document::Document;
use super::schema::{Area, Fields};
use std::collections::HashMap;
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::{InvertedIndexReader, SegmentId, SegmentReader};
use tantivy::postings::TermInfo;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, DocId, DocSet, Searcher, TERMINATED, TantivyDocument};

/// Row of a document that does not count.
pub(crate) const NO_ROW: RowId = RowId::MAX;

/// Paths and hashes of a segment's documents; they never change, so they are read once.
#[derive(Debug, Default)]
pub(crate) struct Keys(HashMap<SegmentId, Arc<Vec<(String, u64)>>>);

/// One segment.
pub(crate) struct Segment {
    searcher: usize,
    ordinal: u32,
    pub(crate) inverted: Vec<Arc<InvertedIndexReader>>,
    pub(crate) norms: Vec<Option<FieldNormReader>>,
    /// Row of each document, [`NO_ROW`] for deleted, stale and doubled ones.
    pub(crate) rows: Vec<RowId>,
    /// Some documents do not count, so what the dictionary says of a term may be too much.
    has_dead: bool,
}

impl Segment {
    /// How many documents that count hold a term of an area.
    pub(crate) fn living(&self, area: usize, info: &TermInfo) -> tantivy::Result<u32> {
        if !self.has_dead {
            return Ok(info.doc_freq);
        }
        let mut postings = self.inverted[area].read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        let mut count = 0;
        while postings.doc() != TERMINATED {
            count += u32::from(self.rows[postings.doc() as usize] != NO_ROW);
            postings.advance();
        }
        Ok(count)
    }
}

/// Everything one search needs; immutable.
pub(crate) struct View {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) fields: Fields,
    pub(crate) segments: Vec<Segment>,
    /// Mean number of tokens of each area.
    pub(crate) lengths: [f32; Area::ALL.len()],
    /// Rows that no segment holds yet.
    pub(crate) missing: Vec<RowId>,
    /// Paths in the first searcher's segments that are not in the log any more.
    pub(crate) gone: Vec<String>,
    searchers: Vec<Searcher>,
}

impl View {
    /// Joins searchers and a catalog. The first searcher that holds a record wins.
    pub(crate) fn new(
        searchers: Vec<Searcher>,
        fields: &Fields,
        catalog: Arc<Catalog>,
        keys: &mut Keys,
    ) -> tantivy::Result<Self> {
        let mut segments = Vec::new();
        let mut held = vec![false; catalog.rows.len()];
        let mut gone = Vec::new();
        for (searcher, source) in searchers.iter().enumerate() {
            for (ordinal, reader) in source.segment_readers().iter().enumerate() {
                let documents = keys.of(reader)?;
                let mut rows = vec![NO_ROW; reader.max_doc() as usize];
                for doc in reader.doc_ids_alive() {
                    let (path, hash) = &documents[doc as usize];
                    match catalog.row(path) {
                        Some(row) if catalog.rows[row as usize].hash == *hash && !held[row as usize] => {
                            held[row as usize] = true;
                            rows[doc as usize] = row;
                        }
                        None if searcher == 0 => gone.push(path.clone()),
                        _ => {}
                    }
                }
                let inverted = fields.areas.iter().map(|field| reader.inverted_index(*field));
                let norms = fields.areas.iter().map(|field| reader.fieldnorms_readers().get_field(*field));
                let has_dead = rows.contains(&NO_ROW);
                segments.push(Segment {
                    has_dead,
                    searcher,
                    ordinal: ordinal as u32,
                    inverted: inverted.collect::<tantivy::Result<_>>()?,
                    norms: norms.collect::<tantivy::Result<_>>()?,
                    rows,
                });
            }
        }
        let missing = (0..catalog.rows.len() as RowId).filter(|row| !held[*row as usize]).collect();
        let lengths = mean_lengths(&segments);
        Ok(Self { catalog, fields: fields.clone(), segments, lengths, missing, gone, searchers })
    }

    /// The reader of a segment, for queries that tantivy runs itself.
    pub(crate) fn reader(&self, segment: &Segment) -> &SegmentReader {
        self.searchers[segment.searcher].segment_reader(segment.ordinal)
    }

    /// Title and sections of a document.
    pub(crate) fn document(&self, segment: &Segment, doc: DocId) -> tantivy::Result<Document> {
        let searcher = &self.searchers[segment.searcher];
        let stored: TantivyDocument = searcher.doc(DocAddress::new(segment.ordinal, doc))?;
        let bytes = stored.get_first(self.fields.sections).and_then(|value| value.as_bytes());
        Ok(Document::from_stored(bytes.unwrap_or_default()))
    }

    /// Number of records that can be found.
    pub(crate) fn indexed(&self) -> usize {
        self.catalog.rows.len() - self.missing.len()
    }
}

impl Keys {
    fn of(&mut self, reader: &SegmentReader) -> tantivy::Result<Arc<Vec<(String, u64)>>> {
        if let Some(known) = self.0.get(&reader.segment_id()) {
            return Ok(Arc::clone(known));
        }
        let hashes = reader.fast_fields().u64("hash")?;
        let paths = reader.fast_fields().str("path")?;
        let mut documents = Vec::with_capacity(reader.max_doc() as usize);
        for doc in 0..reader.max_doc() {
            let mut path = String::new();
            if let Some(paths) = &paths
                && let Some(ordinal) = paths.ords().first(doc)
            {
                paths.ord_to_str(ordinal, &mut path)?;
            }
            documents.push((path, hashes.first(doc).unwrap_or(0)));
        }
        let documents = Arc::new(documents);
        self.0.insert(reader.segment_id(), Arc::clone(&documents));
        Ok(documents)
    }

    /// Forgets segments that are merged away.
    pub(crate) fn keep(&mut self, searchers: &[Searcher]) {
        self.0.retain(|id, _| searchers.iter().any(|searcher| searcher.generation().segments().contains_key(id)));
    }
}

fn mean_lengths(segments: &[Segment]) -> [f32; Area::ALL.len()] {
    // Sections that most records lack would have a mean near zero, and every record that has one would look long.
    const LEAST: [f32; Area::ALL.len()] = [10.0, 120.0, 150.0, 120.0, 100.0, 150.0, 40.0];
    let documents: usize = segments.iter().map(|segment| segment.rows.len()).sum();
    let mut lengths = LEAST;
    for (area, length) in lengths.iter_mut().enumerate() {
        let tokens: u64 = segments.iter().map(|segment| segment.inverted[area].total_num_tokens()).sum();
        *length = length.max(tokens as f32 / documents.max(1) as f32);
    }
    lengths
}
