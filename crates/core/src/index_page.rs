//! The index page of a log: a table of its decisions between two marks of a README, every other byte kept.
//!
//! `<!-- adrlog -->` … `<!-- adrlogstop -->`, which adr-log writes, are honoured: between them stands a list in its form.

use crate::id::RecordPath;
use crate::moving::relative;
use crate::wire::{DecisionSummary, StatusWord};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use regex::Regex;
use std::fmt::Write;
use std::ops::Range;
use std::sync::LazyLock;

/// What stands around the table.
pub const BEGIN: &str = "<!-- precedent:index -->";
pub const END: &str = "<!-- /precedent:index -->";

static OURS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?s)(<!--\s*precedent:index\b[^>]*-->)(.*?)(<!--\s*/precedent:index\s*-->)").ok());
static ADR_LOG: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?s)(<!--\s*adrlog\b.*?-->)(.*?)(<!--\s*adrlogstop\s*-->)").ok());
/// What a link's target does not hold as it is.
const IN_TARGET: &AsciiSet = &CONTROLS.add(b' ').add(b'(').add(b')').add(b'<').add(b'>');

/// How the decisions are written between the marks of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Table,
    /// `* [ADR-0001](0001-x.md) - Title`, with the bullet that was there.
    List(char),
}

/// Marks found in a page.
struct Marks {
    /// The bytes between them.
    inside: Range<usize>,
    form: Form,
}

/// Whether a page has marks that an index is written between.
pub fn has_marks(page: &str) -> bool {
    marks(page).is_some()
}

/// Whether a page has the marks that Precedent itself writes: that index is kept up to date, others only on demand.
pub fn has_own_marks(page: &str) -> bool {
    marks(page).is_some_and(|marks| marks.form == Form::Table)
}

/// The page with its index as of `decisions` (those of one log), which stays as it is outside of the marks. Without marks
/// they are added at its end; without a page one is made.
pub fn with_index(page: Option<&str>, path: &RecordPath, decisions: &[DecisionSummary]) -> String {
    let Some(text) = page.filter(|text| !text.trim().is_empty()) else {
        let table = write(path, decisions, Form::Table, "\n");
        return format!("# Decisions\n\n{BEGIN}\n{table}{END}\n");
    };
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    if let Some(Marks { inside, form }) = marks(text) {
        // adr-log leaves an empty line on both sides.
        let around = if form == Form::Table { newline.to_owned() } else { newline.repeat(2) };
        let list = write(path, decisions, form, newline);
        let end = if form == Form::Table { "" } else { newline };
        return format!("{}{around}{list}{end}{}", &text[..inside.start], &text[inside.end..]);
    }
    let gap = if text.ends_with("\n\n") || text.ends_with("\r\n\r\n") {
        String::new()
    } else if text.ends_with('\n') {
        newline.to_owned()
    } else {
        newline.repeat(2)
    };
    let table = write(path, decisions, Form::Table, newline);
    format!("{text}{gap}{BEGIN}{newline}{table}{END}{newline}")
}

/// Marks that stand in code are not looked for: a page that explains them puts its example first, then its index.
fn marks(page: &str) -> Option<Marks> {
    let code = code_spans(page);
    let find = |regex: &LazyLock<Option<Regex>>| {
        let found = regex.as_ref()?.captures_iter(page).find(|found| {
            let at = found.get(0).map_or(0, |whole| whole.start());
            !code.iter().any(|span| span.contains(&at))
        })?;
        found.get(2).map(|inside| inside.range())
    };
    if let Some(inside) = find(&OURS) {
        return Some(Marks { inside, form: Form::Table });
    }
    let inside = find(&ADR_LOG)?;
    let bullet = page[inside.clone()].trim_start().chars().next().filter(|first| matches!(first, '*' | '-' | '+'));
    Some(Marks { inside, form: Form::List(bullet.unwrap_or('*')) })
}

fn code_spans(page: &str) -> Vec<Range<usize>> {
    use pulldown_cmark::{Event, Parser, Tag};
    let events = Parser::new_ext(page, crate::render::options()).into_offset_iter();
    let code = |event: &Event<'_>| matches!(event, Event::Start(Tag::CodeBlock(_)) | Event::Code(_));
    events.filter(|(event, _)| code(event)).map(|(_, span)| span).collect()
}

fn write(page: &RecordPath, decisions: &[DecisionSummary], form: Form, newline: &str) -> String {
    let mut sorted: Vec<&DecisionSummary> = decisions.iter().collect();
    sorted.sort_by(|a, b| (a.number.is_none(), a.number, &a.path).cmp(&(b.number.is_none(), b.number, &b.path)));
    let link = |decision: &DecisionSummary| target(page, &decision.path);
    let mut out = String::new();
    match form {
        Form::List(bullet) => {
            for decision in sorted {
                let name = decision.label.as_ref().map_or_else(|| decision.id.clone(), |label| format!("ADR-{label}"));
                let (name, title) = (inline(&name), inline(&decision.title));
                let _ = write!(out, "{bullet} [{name}]({}) - {title}{newline}", link(decision));
            }
        }
        Form::Table => {
            let numbered = sorted.iter().any(|decision| decision.label.is_some());
            let (head, rule) = if numbered {
                ("| Number | Decision | Status | Date |", "| --- | --- | --- | --- |")
            } else {
                ("| Decision | Status | Date |", "| --- | --- | --- |")
            };
            let _ = write!(out, "{head}{newline}{rule}{newline}");
            for decision in &sorted {
                if numbered {
                    let number = decision.label.as_ref();
                    let number = number.map(|label| format!("[{}]({})", cell(label), link(decision)));
                    let _ = write!(out, "| {} ", number.unwrap_or_default());
                }
                let title = match decision.label {
                    Some(_) if numbered => cell(&decision.title),
                    _ => format!("[{}]({})", cell(&decision.title), link(decision)),
                };
                let status = standing(decision, &sorted, page);
                let date = decision.held_from.as_ref().or(decision.date.as_ref()).map_or("", String::as_str);
                let _ = write!(out, "| {title} | {status} | {} |{newline}", cell(date));
            }
        }
    }
    out
}

/// `Accepted`, or what came after: `Superseded by [0121](0121-x.md)`.
fn standing(decision: &DecisionSummary, all: &[&DecisionSummary], page: &RecordPath) -> String {
    if matches!(decision.status, Some(StatusWord::Superseded))
        || !decision.superseded_by.is_empty() && !decision.in_force
    {
        let name = |path: &String| {
            let known = all.iter().find(|other| other.path == *path);
            let label = known
                .and_then(|other| other.label.clone())
                .unwrap_or_else(|| RecordPath::new(path.clone()).stem().to_owned());
            format!("[{}]({})", cell(&label), target(page, path))
        };
        let by: Vec<String> = decision.superseded_by.iter().map(name).collect();
        return if by.is_empty() { "Superseded".to_owned() } else { format!("Superseded by {}", by.join(", ")) };
    }
    match decision.status {
        None => String::new(),
        Some(StatusWord::Other) => cell(decision.status_raw.as_deref().unwrap_or_default()),
        Some(status) => format!("{status:?}"),
    }
}

fn target(page: &RecordPath, path: &str) -> String {
    let path = relative(page.folder(), &RecordPath::new(path));
    utf8_percent_encode(&path, IN_TARGET).to_string()
}

/// Words in a line of Markdown that show as they are. Code and emphasis of a title stay what they are. A mark is looked for
/// as text, so a backslash before it would not do.
fn inline(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace('[', "\\[").replace(']', "\\]").replace("<!--", "&lt;!--")
}

fn cell(text: &str) -> String {
    inline(text).replace('|', "\\|")
}

#[cfg(test)]
mod tests;
