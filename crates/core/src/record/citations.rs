//! Mentions of other records in prose. Nothing is resolved here; that needs the whole log.

use super::links::{WIKI, plain_target};
use super::sections::Layout;
use crate::decision::{Citation, StatedLink};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

const MAX_CITATIONS: usize = 5_000;

static MENTION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(?:ADR|adr|Adr)[-_ #]{0,2}\d{1,6}\b").ok());
static LOOKS_LIKE_RECORD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:(?i:adr)[-_ ]?\d+|\d{3,6}(?:[-_].*)?|\d{4}-?\d{2}-?\d{2}-.+|[a-z0-9]+(?:-[a-z0-9]+)+)(?:\.md)?$")
        .ok()
});

/// Mentions of other records in the body: links to record files, `[[…]]` that look like records, bare `ADR-0007`.
pub(crate) fn citations(layout: &Layout, stated: &[StatedLink]) -> Vec<Citation> {
    let mut out: Vec<Citation> = Vec::new();
    for link in &layout.links {
        if is_record_target(&link.target) {
            out.push(Citation {
                text: link.text.clone(),
                target: Some(plain_target(&link.target)),
                span: link.span.clone(),
            });
        }
    }
    for found in WIKI.iter().flat_map(|regex| regex.captures_iter(&layout.mask)) {
        let (Some(whole), Some(text)) = (found.get(0), found.get(1)) else { continue };
        if LOOKS_LIKE_RECORD.as_ref().is_some_and(|regex| regex.is_match(text.as_str().trim())) {
            out.push(Citation { text: text.as_str().trim().to_owned(), target: None, span: whole.range() });
        }
    }
    for found in MENTION.iter().flat_map(|regex| regex.find_iter(&layout.mask)) {
        out.push(Citation { text: found.as_str().to_owned(), target: None, span: found.range() });
    }
    out.sort_by_key(|citation| (citation.span.start, std::cmp::Reverse(citation.span.end)));
    let mut covered: Vec<Range<usize>> = stated
        .iter()
        .map(|link| link.span.clone())
        .chain(layout.headings.first().map(|title| title.span.clone()))
        .collect();
    covered.sort_by_key(|span| span.start);
    let mut kept: Vec<Citation> = Vec::new();
    let mut end = 0;
    for citation in out {
        let stated = covered.iter().any(|span| span.start <= citation.span.start && citation.span.end <= span.end);
        let in_link = layout.link_over(citation.span.start).is_some_and(|link| link.span != citation.span);
        if citation.span.start >= end && !stated && !in_link && kept.len() < MAX_CITATIONS {
            end = citation.span.end;
            kept.push(citation);
        }
    }
    kept
}

fn is_record_target(target: &str) -> bool {
    let path = target.split(['#', '?']).next().unwrap_or("");
    let lower = path.to_lowercase();
    let record = crate::id::RECORD_EXTENSIONS.iter().any(|ext| lower.ends_with(ext));
    if lower.contains("://") {
        return record && (lower.contains("/blob/") || lower.contains("/tree/"));
    }
    if lower.starts_with("mailto:") || lower.starts_with("javascript:") || path.is_empty() {
        return false;
    }
    let stem = path.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    record || !stem.contains('.') && LOOKS_LIKE_RECORD.as_ref().is_some_and(|regex| regex.is_match(stem))
}
