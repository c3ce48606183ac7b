//! Counts beside the hits: of every match, whatever the lists of the request narrow.

use super::Folder;
use crate::workspace::Workspace;
use precedent_core::wire::{FacetCount, SearchReply, SearchRequest, StatusWord};
use std::sync::Arc;

/// Three records about queues and one that is not; the last has neither status nor anything else.
fn folder() -> Folder {
    let record = |head: &str, word: &str| format!("---\n{head}---\n# Use a {word}\n\n## Decision\n\nWe will.\n");
    Folder::new(&[
        ("0001-a.md", &record("status: accepted\ntags: [data, Speed]\nscope: Billing\n", "queue")),
        ("0002-b.md", &record("status: proposed\ntags: [data]\nscope: Billing\n", "queue")),
        ("0003-c.md", &record("status: accepted\ntags: [data, cost]\nscope: web\n", "lake")),
        ("0004-d.md", &record("decision-makers: [\"@dana\"]\n", "queue")),
    ])
}

fn ask(workspace: &Arc<Workspace>, request: &SearchRequest) -> SearchReply {
    workspace.search(request).expect("an answer")
}

fn counts(facets: &[FacetCount]) -> String {
    facets.iter().map(|facet| format!("{} {}", facet.value, facet.count)).collect::<Vec<_>>().join(", ")
}

#[test]
fn tags_and_scopes_are_counted_most_frequent_first() {
    let folder = folder();
    let workspace = folder.open(false);
    let reply = ask(&workspace, &SearchRequest { query: "queue ".into(), ..SearchRequest::default() });
    assert_eq!(counts(&reply.tag_facets), "data 2, Speed 1");
    assert_eq!(counts(&reply.scope_facets), "Billing 2");
    let all = ask(&workspace, &SearchRequest { query: "queue OR lake ".into(), ..SearchRequest::default() });
    assert_eq!(counts(&all.tag_facets), "data 3, Speed 1, cost 1");
}

#[test]
fn spellings_of_one_tag_are_one_facet() {
    let record = |tags: &str| format!("---\ntags: [{tags}]\n---\n# Use a queue\n\n## Decision\n\nWe will.\n");
    let folder = Folder::new(&[
        ("0001-a.md", &record("Storage, storage, STORAGE")),
        ("0002-b.md", &record("storage")),
        ("0003-c.md", &record("storage")),
        ("0004-d.md", &record("Élan")),
    ]);
    let workspace = folder.open(false);
    let query = || SearchRequest { query: "queue ".into(), ..SearchRequest::default() };
    let reply = ask(&workspace, &query());
    assert_eq!(counts(&reply.tag_facets), "storage 3, Élan 1");
    let narrowed = ask(&workspace, &SearchRequest { tags: vec!["storage".into()], ..query() });
    assert_eq!(narrowed.total, 3);
}

#[test]
fn a_value_that_is_chosen_narrows_the_hits_and_no_count() {
    let folder = folder();
    let workspace = folder.open(false);
    let query = || SearchRequest { query: "queue OR lake ".into(), ..SearchRequest::default() };
    let whole = ask(&workspace, &query());
    for (request, total) in [
        (SearchRequest { tags: vec!["speed".into()], ..query() }, 1),
        (SearchRequest { tags: vec!["speed".into(), "cost".into()], ..query() }, 2),
        (SearchRequest { scopes: vec!["Billing".into()], ..query() }, 2),
        (SearchRequest { scopes: vec!["Billing".into()], tags: vec!["Speed".into()], ..query() }, 1),
        (SearchRequest { status: vec![StatusWord::Accepted, StatusWord::Proposed], ..query() }, 3),
        (SearchRequest { tags: vec!["dat".into()], ..query() }, 0),
    ] {
        let reply = ask(&workspace, &request);
        assert_eq!((reply.total, reply.hits.len()), (total, total as usize));
        assert_eq!(
            (reply.status_facets, reply.tag_facets, reply.scope_facets),
            (whole.status_facets.clone(), whole.tag_facets.clone(), whole.scope_facets.clone())
        );
    }
}
