//! Which template the records of a log were written from, told by their headings and the way they state their fields.

use super::Template;
use crate::workspace::State;
use precedent_core::RecordPath;
use precedent_core::decision::Dialect;
use precedent_core::record::{ParseOptions, Parsed, parse};
use std::collections::BTreeSet;

/// For each template the records that look like it; a record counts once, for the repository's own template first.
pub(super) fn uses(state: &State, log: &str, templates: &[Template]) -> Vec<u32> {
    let wanted: Vec<BTreeSet<String>> = templates.iter().map(|template| headings_of(&template.text)).collect();
    let mut counts = vec![0u32; templates.len()];
    for parsed in state.log.records().filter(|parsed| parsed.log == log) {
        let has = headings(parsed);
        let own = (0..templates.len())
            .filter(|at| templates[*at].is_own() && wanted[*at].len() > 1 && wanted[*at].is_subset(&has))
            .max_by_key(|at| wanted[*at].len());
        let at = own.or_else(|| templates.iter().position(|template| is_like(parsed, &template.name)));
        if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    counts
}

/// Records that state their fields as a built-in template does.
pub(super) fn written_as(state: &State, log: &str, template: &str) -> usize {
    let is_like = |dialect: Dialect| match template {
        "madr" => is_madr(dialect),
        "nygard" => dialect == Dialect::Nygard,
        _ => false,
    };
    state.log.records().filter(|parsed| parsed.log == log && is_like(parsed.decision.dialect)).count()
}

fn is_like(parsed: &Parsed, template: &str) -> bool {
    let dialect = parsed.decision.dialect;
    let short = || headings(parsed).len() <= 3;
    match template {
        "madr" => is_madr(dialect) && !short(),
        "madr-minimal" => is_madr(dialect) && short(),
        "nygard" => dialect == Dialect::Nygard,
        _ => false,
    }
}

fn is_madr(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::Precedent1 | Dialect::Madr4 | Dialect::Madr3 | Dialect::Madr2 | Dialect::Log4brains)
}

fn headings_of(text: &str) -> BTreeSet<String> {
    headings(&parse(&RecordPath::new("template.md"), text.as_bytes(), &ParseOptions::default()))
}

fn headings(parsed: &Parsed) -> BTreeSet<String> {
    parsed.sections.iter().filter(|section| section.level == 2).map(|section| section.heading.to_lowercase()).collect()
}
