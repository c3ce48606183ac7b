//! Fixes for problems: what a person would change, as byte edits of the texts that they concern.
//!
//! A fix is offered where there is one right answer, in the dialect of the record it changes. Where several would do, a
//! person chooses. Texts come in through a closure, because a log does not keep them.

use super::{DecisionLog, Resolution};
use crate::decision::{LinkKind, StatedLink, Status};
use crate::id::RecordPath;
use crate::problem::{Fix, Problem, ProblemCode, TextEdit};
use crate::record::Parsed;
use crate::record::edit::{Edit, LinkTarget, apply_edit, relative};
use crate::record::{day_meant, placeholder_lines};
use crate::schema::faults::nearest as nearest_word;
use std::ops::Range;

/// Gives the text of a record that can be written.
pub type Texts<'a> = dyn Fn(&RecordPath) -> Option<String> + 'a;

/// The problems of a record, each with its fix where there is one.
pub fn with_fixes(log: &DecisionLog, path: &RecordPath, texts: &Texts<'_>) -> Vec<Problem> {
    let fixed = |problem: &Problem| {
        let mut problem = problem.clone();
        problem.fix = problem.fix.take().or_else(|| fix(log, &problem, texts));
        problem.choices = choices(log, &problem, texts);
        problem
    };
    log.problems(path).iter().map(fixed).collect()
}

/// Whether a fix rests on likeness: it is shown, and carried out only when it is asked for by its code.
pub fn is_guess(code: ProblemCode) -> bool {
    matches!(code, ProblemCode::DanglingLink | ProblemCode::BrokenRelativeLink | ProblemCode::UnknownStatus)
}

fn fix(log: &DecisionLog, problem: &Problem, texts: &Texts<'_>) -> Option<Fix> {
    let path = &problem.path;
    match problem.code {
        ProblemCode::OneSidedLink => other_side(log, problem, texts),
        ProblemCode::DanglingLink => nearest(log, problem, &texts(path)?),
        ProblemCode::MissingTitle => {
            let title = title_from_name(path)?;
            let edit = Edit::SetTitle { title: title.clone() };
            edited(path, &texts(path)?, &edit, format!("Add the title “{title}”"))
        }
        ProblemCode::BadDate => {
            let text = texts(path)?;
            let body = without_mark(&text);
            let day = day_meant(body.get(problem.span.clone())?)?;
            Some(Fix {
                title: format!("Change to {day}"),
                edits: vec![TextEdit { path: path.clone(), range: problem.span.clone(), text: day.to_string() }],
            })
        }
        ProblemCode::UnknownStatus => {
            let text = texts(path)?;
            let word = without_mark(&text).get(problem.span.clone())?.trim_matches(['"', '\'']);
            let known = nearest_word(word, &STATUS_WORDS)?;
            let cased = if word.starts_with(char::is_uppercase) { capital(known) } else { known.to_owned() };
            let start = problem.span.start + without_mark(&text).get(problem.span.clone())?.find(word)?;
            let edits = vec![TextEdit { path: path.clone(), range: start..start + word.len(), text: cased.clone() }];
            Some(Fix { title: format!("Change to {cased}"), edits })
        }
        ProblemCode::Placeholder => {
            let text = texts(path)?;
            let lines = placeholder_lines(path, without_mark(&text));
            let edits: Vec<TextEdit> =
                lines.into_iter().map(|range| TextEdit { path: path.clone(), range, text: String::new() }).collect();
            let is_meant = edits.iter().any(|edit| edit.range.contains(&problem.span.start));
            is_meant.then(|| Fix { title: "Remove the template's prompts".to_owned(), edits })
        }
        _ => None,
    }
}

/// The link that the other record lacks, written there. In a ring one of the links is wrong, and none is written twice.
fn other_side(log: &DecisionLog, problem: &Problem, texts: &Texts<'_>) -> Option<Fix> {
    let (parsed, link) = stated_at(log, problem)?;
    let Resolution::One(to) = log.resolve_in(&problem.path, &link.text, link.target.as_deref()) else { return None };
    if is_of_ring(log, &problem.path, link) {
        return None;
    }
    let edit = Edit::AddLink { kind: link.kind.inverse()?, to: target(parsed) };
    let other = super::check::label(log, &to);
    let title =
        if link.kind == LinkKind::Supersedes { format!("Mark {other}") } else { format!("Add the link to {other}") };
    edited(&to, &texts(&to)?, &edit, title)
}

fn stated_at<'l>(log: &'l DecisionLog, problem: &Problem) -> Option<(&'l Parsed, &'l StatedLink)> {
    let parsed = log.find(&problem.path)?;
    let link = parsed.decision.links.iter().find(|link| link.span == problem.span)?;
    Some((parsed, link))
}

/// The reference exchanged for the one record that is nearest to it.
fn nearest(log: &DecisionLog, problem: &Problem, text: &str) -> Option<Fix> {
    let (_, link) = stated_at(log, problem)?;
    let named = link.target.as_deref().unwrap_or(&link.text);
    let name = named.trim_end_matches('/').rsplit('/').next().unwrap_or(named);
    let near = log.nearest(&problem.path, name)?;
    let new = match &link.target {
        Some(old) => relative_like(old, &problem.path, &near),
        None => crate::id::record_stem(&near).to_owned(),
    };
    exchanged(problem, link, text, new)
}

/// What a person may choose from where no fix is the one right answer.
fn choices(log: &DecisionLog, problem: &Problem, texts: &Texts<'_>) -> Vec<Fix> {
    let path = &problem.path;
    let status = |status: Status| {
        let edit = Edit::SetStatus { status, on: None };
        edited(path, &texts(path)?, &edit, format!("Set the status to {}", status.word()))
    };
    match problem.code {
        ProblemCode::AmbiguousReference => match stated_at(log, problem) {
            Some((_, link)) => match log.resolve_in(path, &link.text, link.target.as_deref()) {
                Resolution::Many(several) => meanings(log, problem, link, &several, texts),
                _ => Vec::new(),
            },
            None => Vec::new(),
        },
        ProblemCode::DanglingLink => match stated_at(log, problem) {
            Some((_, link)) => {
                let near = log.suggestions(path, link.target.as_deref().unwrap_or(&link.text));
                let known = if problem.fix.is_none() { meanings(log, problem, link, &near, texts) } else { Vec::new() };
                let take_out = Edit::TakeOut { link: link.clone() };
                let without = texts(path).and_then(|text| edited(path, &text, &take_out, "Remove the link".to_owned()));
                known.into_iter().chain(without).collect()
            }
            None => Vec::new(),
        },
        ProblemCode::Cycle => out_of_the_ring(log, path, texts),
        ProblemCode::NoSuccessor => status(Status::Deprecated).into_iter().collect(),
        ProblemCode::RestsOnProposed => status(Status::Proposed).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// For each link of a record that makes it supersede itself, the fix that takes it out.
fn out_of_the_ring(log: &DecisionLog, path: &RecordPath, texts: &Texts<'_>) -> Vec<Fix> {
    let (Some(parsed), Some(text)) = (log.find(path), texts(path)) else { return Vec::new() };
    let links = parsed.decision.links.iter().filter(|link| is_of_ring(log, path, link));
    let taken_out = |link: &StatedLink| {
        let title = format!("Take out the link to {}", link.target.as_deref().unwrap_or(&link.text));
        edited(path, &text, &Edit::TakeOut { link: link.clone() }, title)
    };
    links.filter_map(taken_out).collect()
}

/// A supersession between two records of a ring.
fn is_of_ring(log: &DecisionLog, path: &RecordPath, link: &StatedLink) -> bool {
    let Resolution::One(to) = log.resolve_in(path, &link.text, link.target.as_deref()) else { return false };
    let is_supersession = matches!(link.kind, LinkKind::Supersedes | LinkKind::SupersededBy);
    is_supersession && [path, &to].into_iter().all(|one| log.graph().reaches_itself(one))
}

/// For each of the records that a reference may mean, the fix that names this one.
fn meanings(
    log: &DecisionLog,
    problem: &Problem,
    link: &StatedLink,
    several: &[RecordPath],
    texts: &Texts<'_>,
) -> Vec<Fix> {
    let Some(text) = texts(&problem.path) else { return Vec::new() };
    let named = |meant: &RecordPath| {
        let new = match &link.target {
            Some(old) => relative_like(old, &problem.path, meant),
            None => {
                let stem = crate::id::record_stem(meant);
                let is_plain = log.resolve_in(&problem.path, stem, None) == Resolution::One(meant.clone());
                if is_plain { stem } else { meant.as_str() }.to_owned()
            }
        };
        exchanged(problem, link, &text, new)
    };
    several.iter().filter_map(named).collect()
}

/// A reference as it is written, exchanged for another.
fn exchanged(problem: &Problem, link: &StatedLink, text: &str, new: String) -> Option<Fix> {
    let written = without_mark(text).get(link.span.clone())?;
    let old = link.target.as_deref().unwrap_or(&link.text);
    let at = link.span.start + written.rfind(old)?;
    Some(Fix {
        title: format!("Change to {new}"),
        edits: vec![TextEdit { path: problem.path.clone(), range: at..at + old.len(), text: new }],
    })
}

const STATUS_WORDS: [&str; 6] = ["draft", "proposed", "accepted", "rejected", "deprecated", "superseded"];

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The way to a file, led by `./` where the old one was.
fn relative_like(old: &str, from: &RecordPath, to: &RecordPath) -> String {
    let way = relative(from, to).replace(' ', "%20");
    if old.starts_with("./") && !way.starts_with("..") { format!("./{way}") } else { way }
}

/// A problem for a relative link in prose that leads nowhere, with the record that was probably meant.
pub fn broken_link(log: &DecisionLog, path: &RecordPath, text: &str, target: &str, span: Range<usize>) -> Problem {
    let problem = Problem::new(
        ProblemCode::BrokenRelativeLink,
        path,
        without_mark(text),
        span.clone(),
        format!("there is no file at `{target}`"),
    );
    let name = target.trim_end_matches('/').rsplit('/').next().unwrap_or(target);
    let same_name = log.records().map(|parsed| &parsed.decision.path).find(|path| path.file_name() == name).cloned();
    let near = same_name.or_else(|| log.suggestions(path, name).into_iter().next());
    let place = without_mark(text).get(span.clone()).and_then(|written| written.rfind(target));
    match (near, place) {
        (Some(near), Some(at)) => {
            let new = relative_like(target, path, &near);
            let range = span.start + at..span.start + at + target.len();
            let edits = vec![TextEdit { path: path.clone(), range, text: new.clone() }];
            problem.hint(format!("did you mean {near}?")).fix(Fix { title: format!("Change to {new}"), edits })
        }
        _ => problem.hint("correct the link, or remove it"),
    }
}

/// `0007-use-mongo.md` names a decision: "Use mongo".
fn title_from_name(path: &RecordPath) -> Option<String> {
    let slug = crate::id::FileName::of(path).slug.replace(['-', '_'], " ");
    let mut chars = slug.trim().chars();
    let first = chars.next().filter(|c| c.is_alphabetic())?;
    Some(first.to_uppercase().chain(chars).collect())
}

fn target(parsed: &Parsed) -> LinkTarget {
    let decision = &parsed.decision;
    LinkTarget {
        path: decision.path.clone(),
        digits: decision.digits.clone(),
        id: decision.id.to_string(),
        title: crate::summary::title(parsed),
    }
}

fn edited(path: &RecordPath, text: &str, edit: &Edit, title: String) -> Option<Fix> {
    let after = apply_edit(path, text, edit).ok().filter(|after| after != text)?;
    Some(Fix { title, edits: vec![difference(path, without_mark(text), without_mark(&after))] })
}

/// The one replacement that turns a text into another.
fn difference(path: &RecordPath, before: &str, after: &str) -> TextEdit {
    let start: usize = before.chars().zip(after.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    let (old, new) = (&before[start..], &after[start..]);
    let end: usize =
        old.chars().rev().zip(new.chars().rev()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    let range = start..before.len() - end;
    TextEdit { path: path.clone(), range, text: new[..new.len() - end].to_owned() }
}

/// Offsets count from behind the byte order mark.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A text with a fix's edits of it made; a byte order mark stays.
pub fn apply(path: &RecordPath, text: &str, fix: &Fix) -> String {
    let body = without_mark(text);
    let mut edits: Vec<&TextEdit> = fix.edits.iter().filter(|edit| edit.path == *path).collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.range.start));
    let mut out = body.to_owned();
    for edit in edits {
        if out.get(edit.range.clone()).is_some() {
            out.replace_range(edit.range.clone(), &edit.text);
        }
    }
    format!("{}{out}", &text[..text.len() - body.len()])
}

/// Whether a kind of link is one that both records state.
pub(super) fn is_two_sided(kind: LinkKind) -> bool {
    !matches!(kind, LinkKind::RelatesTo | LinkKind::DependsOn)
}

#[cfg(test)]
mod tests;
