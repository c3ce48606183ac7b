//! Two processes and one index: neither takes anything from the other.

use super::robust::{files_under, index_folder};
use super::{names, search, three};
use crate::search::disk;
use crate::search::schema::{schema, tokenizers};
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use tantivy::{Index, IndexWriter, TantivyDocument, Term};

/// How often the other process merges while this one opens.
const MERGES: usize = 40;

/// Writes as another process would: adds, merges, and takes away what the merge has replaced.
fn write_and_merge(index: &Index) -> tantivy::Result<()> {
    let path = index.schema().get_field("path")?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 16_000_000)?;
    for name in ["docs/adr/8000-x.md", "docs/adr/8001-x.md"] {
        writer.delete_term(Term::from_field_text(path, name));
        let mut document = TantivyDocument::new();
        document.add_text(path, name);
        writer.add_document(document)?;
        writer.commit()?;
    }
    writer.merge(&index.searchable_segment_ids()?).wait()?;
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()
}

#[test]
fn opening_beside_a_process_that_merges_takes_nothing_from_it() {
    let folder = three();
    search(&folder.open(false), "locks");
    let mut index = Index::open_in_dir(index_folder(&folder.cache())).expect("an index");
    index.set_tokenizers(tokenizers());
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let merging = scope.spawn(|| {
            let merged = (0..MERGES).try_for_each(|_| write_and_merge(&index));
            done.store(true, Relaxed);
            merged
        });
        let mut opens = 0;
        while !done.load(Relaxed) {
            disk::open(&index_folder(&folder.cache()), &schema().0).expect("whole at every moment");
            opens += 1;
            if opens % 10 == 0 {
                assert_eq!(names(&search(&folder.open(false), "locks")), "0001-queue");
            }
        }
        merging.join().expect("no panic").expect("nobody takes its files away");
    });
    let open = Index::open_in_dir(index_folder(&folder.cache())).expect("an index");
    assert_eq!(open.reader().expect("a reader").searcher().num_docs(), 5, "three of ours, two of the other process");
}

#[test]
fn a_damaged_index_that_another_process_writes_is_left_to_it() {
    let folder = three();
    search(&folder.open(false), "locks");
    let index = Index::open_in_dir(index_folder(&folder.cache())).expect("an index");
    let writer: IndexWriter = index.writer_with_num_threads(1, 16_000_000).expect("the lock");
    let files = files_under(&folder.cache());
    let store = files.iter().find(|file| file.extension().is_some_and(|end| end == "store")).expect("a segment");
    fs::write(store, "damaged").expect("it is damaged");
    assert_eq!(names(&search(&folder.open(false), "locks")), "0001-queue", "from memory");
    assert_eq!(files_under(&folder.cache()), files, "and nothing was taken away");
    drop(writer);
    assert_eq!(names(&search(&folder.open(false), "locks")), "0001-queue");
    assert!(!store.exists(), "without a writer it is made anew");
}
