//! Problems that only the whole log shows: numbers used twice, dangling and one-sided links, rings, missing successors.

use super::{DecisionLog, Resolution};
use crate::decision::{Citation, LinkKind, StatedLink, Status};
use crate::id::{FileName, RecordPath};
use crate::problem::{Fix, Problem, ProblemCode, TextEdit};
use crate::record::Parsed;
use crate::spread::Spread;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Numbers and ids that several records share; the links between them are not asked.
pub(super) fn doubles(log: &DecisionLog) -> Vec<Problem> {
    let mut doubles = twice(log, ProblemCode::DuplicateNumber);
    doubles.extend(twice(log, ProblemCode::DuplicateId));
    doubles
}

/// All problems by record: those of its own text first, then by place, then [`doubles`].
pub(super) fn problems(
    log: &DecisionLog,
    doubles: Vec<Problem>,
    spread: &impl Spread,
) -> BTreeMap<RecordPath, Arc<Vec<Problem>>> {
    let records: Vec<&Parsed> = log.records().map(|parsed| &**parsed).collect();
    let own = |parsed: &&Parsed| (parsed.decision.path.clone(), of_record(log, parsed));
    let judged = |part: Range<usize>| records[part].iter().map(own).filter(|(_, own)| !own.is_empty()).collect();
    let found: Vec<Vec<_>> = spread.parts(records.len(), judged);
    let mut found: BTreeMap<RecordPath, Vec<Problem>> = found.into_iter().flatten().collect();
    for problem in doubles {
        found.entry(problem.path.clone()).or_default().push(problem);
    }
    for path in log.graph().on_a_cycle() {
        let problem = cycle(log, &path);
        found.entry(path).or_default().push(problem);
    }
    found.into_iter().map(|(path, problems)| (path, Arc::new(problems))).collect()
}

/// Problems of one record's text and links.
pub(super) fn of_record(log: &DecisionLog, parsed: &Parsed) -> Vec<Problem> {
    let mut own = parsed.problems.clone();
    links(log, parsed, &mut own);
    standing(log, parsed, &mut own);
    own.sort_by_key(|problem| (problem.span.start, problem.code));
    own
}

pub(super) fn cycle(log: &DecisionLog, path: &RecordPath) -> Problem {
    let ring = log.graph().ring(path);
    let labels: Vec<String> = ring.iter().map(|path| label(log, path)).collect();
    let message = match &labels[..] {
        [first, second] => format!("{first} and {second} supersede each other"),
        [others @ .., last] if !others.is_empty() => {
            format!("{} and {last} supersede one another in a ring", others.join(", "))
        }
        _ => format!("{} supersedes itself", label(log, path)),
    };
    let problem = at_head(ProblemCode::Cycle, path, message).hint("take one of these links out");
    match ring.iter().find(|other| *other != path) {
        Some(other) => problem.command(format!("precedent unlink {path} {other}")),
        None => problem,
    }
}

fn at_head(code: ProblemCode, path: &RecordPath, message: String) -> Problem {
    Problem { line: 1, column: 1, ..Problem::new(code, path, "", 0..0, message) }
}

fn at_link(code: ProblemCode, parsed: &Parsed, link: &StatedLink, message: String) -> Problem {
    let mut problem = at_head(code, &parsed.decision.path, message);
    problem.span = link.span.clone();
    (problem.line, problem.column) = parsed.line_column(link.span.start);
    problem
}

fn links(log: &DecisionLog, parsed: &Parsed, problems: &mut Vec<Problem>) {
    let path = &parsed.decision.path;
    for link in &parsed.decision.links {
        match log.resolve_in(path, &link.text, link.target.as_deref()) {
            Resolution::Missing => problems.push(dangling(log, parsed, link)),
            Resolution::Many(candidates) => {
                let names: Vec<&str> = candidates.iter().map(RecordPath::as_str).collect();
                problems.push(
                    at_link(
                        ProblemCode::AmbiguousReference,
                        parsed,
                        link,
                        format!("`{}` fits {} records: {}", link.text, names.len(), names.join(", ")),
                    )
                    .hint("name the file instead"),
                );
            }
            Resolution::One(to) => problems.extend(one_sided(log, parsed, link, &to)),
            Resolution::Elsewhere => {}
        }
    }
    for link in parsed.decision.citations.iter().filter_map(wiki_number) {
        if log.resolve_in(path, &link.text, None) == Resolution::Missing {
            problems.push(dangling(log, parsed, &link));
        }
    }
}

/// `[[ADR-0219]]` in prose as a reference. A bare mention may be of another repository's record; brackets ask for a link.
fn wiki_number(citation: &Citation) -> Option<StatedLink> {
    let inside = citation.span.start + 2..citation.span.end.checked_sub(2)?;
    let is_wiki = citation.target.is_none() && inside.len() == citation.text.len();
    (is_wiki && super::resolve::number_of(&citation.text).is_some()).then(|| StatedLink {
        kind: LinkKind::RelatesTo,
        text: citation.text.clone(),
        target: None,
        relation: None,
        span: inside,
    })
}

fn dangling(log: &DecisionLog, parsed: &Parsed, link: &StatedLink) -> Problem {
    let named = link.target.as_deref().unwrap_or(&link.text);
    let message = match super::resolve::number_of(named) {
        Some(_) => format!("no record has the number {}", digits_of(named)),
        None => format!("no record is at `{named}`"),
    };
    let problem = at_link(ProblemCode::DanglingLink, parsed, link, message);
    let path = &parsed.decision.path;
    let Some(near) = log.nearest(path, named) else {
        let several: Vec<String> =
            log.suggestions(path, named).iter().map(|path| path.file_name().to_owned()).collect();
        return problem.hint(match &several[..] {
            [] => "correct the reference, or remove the link".to_owned(),
            several => format!("did you mean one of {}?", several.join(", ")),
        });
    };
    let Some(digits) = log.find(&near).and_then(|near| near.decision.digits.clone()) else {
        return problem.hint(format!("did you mean {near}?"));
    };
    let problem = problem.hint(format!("did you mean {digits}?"));
    if link.target.is_some() || super::resolve::number_of(&link.text).is_none() || link.span.is_empty() {
        return problem;
    }
    let text = link.text.replace(digits_of(&link.text), &digits);
    problem.fix(Fix {
        title: format!("Change to {digits}"),
        edits: vec![TextEdit { path: parsed.decision.path.clone(), range: link.span.clone(), text }],
    })
}

fn digits_of(text: &str) -> &str {
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let end = text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |at| start + at);
    &text[start..end]
}

/// A supersession that only one end states. A deferred one (the successor is still open) is no problem.
fn one_sided(log: &DecisionLog, parsed: &Parsed, link: &StatedLink, to: &RecordPath) -> Option<Problem> {
    let inverse = match link.kind {
        LinkKind::Supersedes if parsed.decision.status.is_some_and(Status::is_open) => return None,
        kind if super::fix::is_two_sided(kind) => kind.inverse()?,
        _ => return None,
    };
    let path = &parsed.decision.path;
    if log.graph().links(to).stated_of(inverse).contains(path) {
        return None;
    }
    let own = label(log, path);
    let other = label(log, to);
    let verb = match link.kind {
        LinkKind::Supersedes => "supersedes",
        LinkKind::SupersededBy => "is superseded by",
        LinkKind::Amends => "amends",
        _ => "is amended by",
    };
    Some(
        at_link(
            ProblemCode::OneSidedLink,
            parsed,
            link,
            format!("{own} says it {verb} {other}, but {other} doesn't say so"),
        )
        .hint(format!("mark {other} too; until then it is derived")),
    )
}

pub(super) fn label(log: &DecisionLog, path: &RecordPath) -> String {
    log.find(path).and_then(|parsed| parsed.decision.digits.clone()).unwrap_or_else(|| path.stem().to_owned())
}

fn standing(log: &DecisionLog, parsed: &Parsed, problems: &mut Vec<Problem>) {
    let decision = &parsed.decision;
    let links = log.graph().links(&decision.path);
    let names_successor = decision.links.iter().any(|link| link.kind == LinkKind::SupersededBy);
    if decision.status == Some(Status::Superseded) && !names_successor && links.of(LinkKind::SupersededBy).is_empty() {
        problems.push(
            at_head(
                ProblemCode::NoSuccessor,
                &decision.path,
                "superseded, but no record is named as its successor".to_owned(),
            )
            .hint("name the successor, or set the status to deprecated"),
        );
    }
    if decision.status == Some(Status::Accepted) {
        for link in decision.links.iter().filter(|link| link.kind == LinkKind::DependsOn) {
            let Resolution::One(to) = log.resolve_in(&decision.path, &link.text, link.target.as_deref()) else {
                continue;
            };
            if log.status(&to).is_some_and(Status::is_open) {
                let other = label(log, &to);
                problems.push(
                    at_link(
                        ProblemCode::RestsOnProposed,
                        parsed,
                        link,
                        format!("accepted, but it depends on {other}, which is still open"),
                    )
                    .hint(format!("settle {other} first, or propose this one again"))
                    .command(format!("precedent accept {other}")),
                );
            }
        }
    }
}

/// What records of a log must not share.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    /// Of a series: `GEN-1` and `ARCH-1` are two.
    Number(String, u64),
    Id(&'a str),
}

impl std::fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Key::Number(_, number) => number.fmt(f),
            Key::Id(id) => id.fmt(f),
        }
    }
}

/// Numbers or ids that several records of one log share; one problem for each of them.
fn twice(log: &DecisionLog, code: ProblemCode) -> Vec<Problem> {
    let mut groups: FxHashMap<(&str, Key<'_>), Vec<&RecordPath>> = FxHashMap::default();
    for parsed in log.records() {
        let decision = &parsed.decision;
        let key = match code {
            ProblemCode::DuplicateNumber => {
                decision.number.map(|number| Key::Number(FileName::of(&decision.path).series(), number))
            }
            _ => parsed.stated_id.then(|| Key::Id(decision.id.as_str())),
        };
        if let Some(key) = key {
            groups.entry((&parsed.log, key)).or_default().push(&decision.path);
        }
    }
    let mut groups: Vec<_> = groups.into_iter().filter(|(_, paths)| paths.len() > 1).collect();
    groups.sort_by(|(_, a), (_, b)| a.cmp(b));
    groups
        .into_iter()
        .flat_map(|((_, key), paths)| {
            paths.clone().into_iter().map(move |path| {
                let others: Vec<&str> =
                    paths.iter().filter(|other| **other != path).map(|other| other.as_str()).collect();
                let (what, how) = match code {
                    ProblemCode::DuplicateNumber => ("number", format!("precedent renumber {path}")),
                    _ => ("id", format!("precedent set {path} id=…")),
                };
                at_head(code, path, format!("the {what} {key} is also used by {}", others.join(", ")))
                    .hint(format!("references to {key} are ambiguous; give one of them another {what}"))
                    .command(how)
            })
        })
        .collect()
}
