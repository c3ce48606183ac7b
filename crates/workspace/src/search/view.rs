//! What a search runs over: segments of the index (on disk and in memory) seen through one catalog of the log.
//!
//! A document counts only when the log has its path with its content hash. So an index that is older than the files, or
//! was written by another process, never gives a stale answer; what it lacks is found in `missing`.

use super::catalog::{Catalog, Row, RowId};
use super::document::Document;
use super::language::LanguageId;
use super::schema::{Area, Fields, Traits};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::{InvertedIndexReader, SegmentId, SegmentReader};
use tantivy::postings::TermInfo;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, DocId, Searcher, TantivyDocument};

/// Row of a document that does not count.
pub(crate) const NO_ROW: RowId = RowId::MAX;

/// Paths, hashes and traits of a segment's documents; they never change, so they are read once.
#[derive(Debug, Default)]
pub(crate) struct Keys(HashMap<SegmentId, Arc<Documents>>);

/// Of a segment, by document.
#[derive(Debug, Default)]
struct Documents {
    /// Paths one after the other, and where each ends: a hundred thousand texts of their own take twice as much.
    paths: String,
    ends: Vec<u32>,
    others: Vec<(u64, Traits)>,
}

impl Documents {
    fn path(&self, doc: DocId) -> &str {
        let doc = doc as usize;
        let start = if doc == 0 { 0 } else { self.ends[doc - 1] };
        &self.paths[start as usize..self.ends[doc] as usize]
    }
}

/// One segment.
pub(crate) struct Segment {
    searcher: usize,
    ordinal: u32,
    pub(crate) inverted: Vec<Arc<InvertedIndexReader>>,
    pub(crate) norms: Vec<Option<FieldNormReader>>,
    /// Row of each document, [`NO_ROW`] for deleted, stale and doubled ones.
    pub(crate) rows: Vec<RowId>,
    /// Some documents do not count, so what the dictionary says of a term may be too much.
    pub(crate) has_dead: bool,
}

impl Segment {
    /// Tokens in an area of the documents that count, as exactly as the index keeps lengths. The library's own sum holds what
    /// was changed or removed since, too: an index that has lived would rank otherwise than one made anew.
    fn tokens(&self, area: usize) -> u64 {
        let Some(norms) = &self.norms[area] else { return 0 };
        let docs = self.rows.iter().zip(0..).filter(|(row, _)| **row != NO_ROW);
        docs.map(|(_, doc)| u64::from(norms.fieldnorm(doc))).sum()
    }

    /// Whether a document that counts holds a term of an area; usually the first one that holds it counts.
    pub(crate) fn lives(&self, area: usize, info: &TermInfo) -> tantivy::Result<bool> {
        if !self.has_dead {
            return Ok(true);
        }
        let mut block = self.inverted[area].read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        while !block.docs().is_empty() {
            if block.docs().iter().any(|doc| self.rows[*doc as usize] != NO_ROW) {
                return Ok(true);
            }
            block.advance();
        }
        Ok(false)
    }

    /// How many documents that count hold a term of an area.
    pub(crate) fn living(&self, area: usize, info: &TermInfo) -> tantivy::Result<u32> {
        if !self.has_dead {
            return Ok(info.doc_freq);
        }
        let mut block = self.inverted[area].read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        let mut count = 0;
        while !block.docs().is_empty() {
            count += block.docs().iter().filter(|doc| self.rows[**doc as usize] != NO_ROW).count() as u32;
            block.advance();
        }
        Ok(count)
    }
}

/// Everything one search needs; immutable.
pub(crate) struct View {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) fields: Fields,
    pub(crate) segments: Vec<Segment>,
    /// Traits of each row; the default where no segment holds it.
    pub(crate) traits: Vec<Traits>,
    /// Languages of the records.
    pub(crate) languages: BTreeSet<LanguageId>,
    /// Discount by length for each area, by the byte that the index keeps for a length.
    pub(crate) factors: Vec<[f32; 256]>,
    /// Rows that no segment holds yet.
    pub(crate) missing: Vec<RowId>,
    /// Rows that only segments of other searchers than the first hold.
    pub(crate) in_memory: Vec<RowId>,
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
        let mut traits = vec![Traits::default(); catalog.rows.len()];
        let (mut gone, mut in_memory) = (Vec::new(), Vec::new());
        for (searcher, source) in searchers.iter().enumerate() {
            for (ordinal, reader) in source.segment_readers().iter().enumerate() {
                let documents = keys.of(reader)?;
                let mut rows = vec![NO_ROW; reader.max_doc() as usize];
                for doc in reader.doc_ids_alive() {
                    let (path, (hash, own)) = (documents.path(doc), &documents.others[doc as usize]);
                    match catalog.row(path) {
                        Some(row) if catalog.rows[row as usize].hash == *hash && !held[row as usize] => {
                            held[row as usize] = true;
                            rows[doc as usize] = row;
                            traits[row as usize] = *own;
                            if searcher > 0 {
                                in_memory.push(row);
                            }
                        }
                        None if searcher == 0 => gone.push(path.to_owned()),
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
        let factors = factors(&segments);
        let languages = traits.iter().map(|traits| traits.language).collect();
        let fields = fields.clone();
        Ok(Self { catalog, fields, segments, traits, languages, factors, missing, in_memory, gone, searchers })
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

    /// What the first searcher's segments would have to be given and to lose, when they are those on disk.
    pub(crate) fn lacks_on_disk(&self) -> usize {
        self.missing.len() + self.in_memory.len() + self.gone.len()
    }

    /// Finds fewer records than one before, although all that can be found there are still in the log.
    pub(crate) fn is_worse_than(&self, before: &View) -> bool {
        let stayed = |row: &Arc<Row>| self.catalog.row(row.path().as_str()).is_some();
        self.indexed() < before.indexed() && before.catalog.rows.iter().all(stayed)
    }

    /// Number of records that can be found.
    pub(crate) fn indexed(&self) -> usize {
        self.catalog.rows.len() - self.missing.len()
    }
}

impl Keys {
    fn of(&mut self, reader: &SegmentReader) -> tantivy::Result<Arc<Documents>> {
        if let Some(known) = self.0.get(&reader.segment_id()) {
            return Ok(Arc::clone(known));
        }
        let hashes = reader.fast_fields().u64("hash")?;
        let traits = reader.fast_fields().u64("traits")?;
        let paths = reader.fast_fields().str("path")?;
        let mut documents = Documents::default();
        let mut path = String::new();
        for doc in 0..reader.max_doc() {
            if let Some(paths) = &paths
                && let Some(ordinal) = paths.ords().first(doc)
            {
                path.clear();
                paths.ord_to_str(ordinal, &mut path)?;
                documents.paths.push_str(&path);
            }
            documents.ends.push(u32::try_from(documents.paths.len()).unwrap_or(u32::MAX));
            documents.others.push((hashes.first(doc).unwrap_or(0), Traits::of_number(traits.first(doc).unwrap_or(0))));
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

/// How much longer texts are discounted in each area.
const LENGTH_DISCOUNT: [f32; Area::ALL.len()] = [0.4, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6];

fn factors(segments: &[Segment]) -> Vec<[f32; 256]> {
    let means = mean_lengths(segments);
    let of_area = |(mean, discount): (&f32, &f32)| {
        std::array::from_fn(|id| {
            let length = FieldNormReader::id_to_fieldnorm(id as u8) as f32;
            1.0 / (1.0 - discount + discount * length / mean)
        })
    };
    means.iter().zip(&LENGTH_DISCOUNT).map(of_area).collect()
}

fn mean_lengths(segments: &[Segment]) -> [f32; Area::ALL.len()] {
    // Sections that most records lack would have a mean near zero, and every record that has one would look long.
    const LEAST: [f32; Area::ALL.len()] = [10.0, 120.0, 150.0, 120.0, 100.0, 150.0, 40.0, 60.0, 120.0];
    let counting = |segment: &Segment| segment.rows.iter().filter(|row| **row != NO_ROW).count();
    let documents: usize = segments.iter().map(counting).sum();
    let mut lengths = LEAST;
    for (area, length) in lengths.iter_mut().enumerate() {
        let tokens: u64 = segments.iter().map(|segment| segment.tokens(area)).sum();
        *length = length.max(tokens as f32 / documents.max(1) as f32);
    }
    lengths
}
