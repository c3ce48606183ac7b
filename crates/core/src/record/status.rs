//! What a status text means: `✅ Accepted (2020-01-02)`, `Superseded by [12](…)`, `~~Accepted~~ *Deprecated*`.
//!
//! Works on masked text (comments and struck-out words are gone). Supersession stated anywhere wins, partial
//! supersession does not (CONTRACT §12).

use super::language::{self, fold, is_glue, is_nothing};
use super::statuses;
use crate::decision::Status;
use std::borrow::Cow;
use std::ops::Range;

/// A status text as understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StatusReading {
    pub(crate) status: Option<Status>,
    /// The words as written without surrounding Markdown.
    pub(crate) raw: String,
    /// The text is a template's prompt that lists the choices.
    pub(crate) is_prompt: bool,
    /// Bytes of the line (or wrapped lines) that state it, within the area.
    pub(crate) line: Range<usize>,
}

/// More status words of the repository, lower case.
pub(crate) type Extra = [(String, Status)];

/// Reads a status area.
pub(crate) fn read(area: &str, extra: &Extra) -> StatusReading {
    let all = paragraphs(area);
    let Some(opening) = all.first() else { return StatusReading::default() };
    let say = |status: Option<Status>, line: &Line<'_>, is_prompt: bool| StatusReading {
        status,
        raw: clean(line),
        is_prompt,
        line: line.span.clone(),
    };
    // Of boxes to tick, an empty one says nothing.
    let says = |line: &&Line<'_>| !line.starts_with("[ ]") && !is_prompt(line, extra);
    let lines: Vec<Line<'_>> = all.iter().filter(says).cloned().collect();
    let Some(first) = lines.first() else { return say(None, opening, true) };
    for line in &lines {
        if clauses(line).iter().any(|clause| is_superseded(clause, extra)) {
            return say(Some(Status::Superseded), line, false);
        }
    }
    if let Some((line, status)) = last_of_history(&lines, extra) {
        return say(Some(status), line, false);
    }
    if let Some(status) = last_of_steps(first, extra) {
        return say(Some(status), first, false);
    }
    for (index, line) in lines.iter().enumerate() {
        for clause in clauses(line) {
            let found = if index == 0 { leading_status(&clause, extra) } else { exact_status(&clause, extra) };
            if let Some(status) = found {
                return say(Some(status), line, false);
            }
        }
    }
    // `Supersedes [5. x](…)` alone states a link and no status.
    let opens = lines.iter().filter_map(|line| clauses(line).into_iter().next());
    let says_something = opens.into_iter().any(|clause| !is_relation(&clause) && !is_nothing(&clause));
    say(says_something.then_some(Status::Other), first, false)
}

/// A line of a status area, or several that belong together.
#[derive(Clone, Debug)]
struct Line<'t> {
    text: Cow<'t, str>,
    span: Range<usize>,
}

impl std::ops::Deref for Line<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

/// Lines that belong together: a line that begins in lower case goes on with the one before.
fn paragraphs(area: &str) -> Vec<Line<'_>> {
    let mut out: Vec<Line<'_>> = Vec::new();
    let mut open = false;
    let mut next = 0;
    for line in area.split_inclusive('\n').take(200) {
        let end = next + line.trim_end().len();
        next += line.len();
        let trimmed = line.trim();
        let content = trimmed.trim_start_matches(['*', '-', '+', '>', '#', ' ', '\t']).trim();
        let content = content.strip_prefix("[x]").or(content.strip_prefix("[X]")).unwrap_or(content).trim_start();
        if content.is_empty() || trimmed.starts_with("|--") {
            open = false;
            continue;
        }
        let is_item = trimmed.starts_with(['*', '-', '+', '#']) && !trimmed.starts_with("**");
        let goes_on = open
            && !is_item
            && content.starts_with(|c: char| {
                c.is_lowercase()
                    || c.is_ascii_digit() && !starts_with_date(content)
                    || matches!(c, '(' | '§' | '[' | '`')
            });
        let full = out.len() >= 60;
        match out.last_mut() {
            Some(last) if goes_on && last.len() < 4_000 => {
                last.span.end = end;
                let joined = last.text.to_mut();
                joined.push(' ');
                joined.push_str(content);
            }
            _ if full => break,
            _ => out.push(Line { text: Cow::Borrowed(content), span: end - content.len()..end }),
        }
        open = true;
    }
    out
}

fn starts_with_date(text: &str) -> bool {
    super::dates::find(text).is_some_and(|(_, at)| at == 0)
}

/// The text without Markdown's marks: links become their words, badges their alternative text.
pub(crate) fn clean(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(open) = rest.find("](") {
        let (before, after) = rest.split_at(open);
        let close = after.find(')').map_or(after.len(), |at| at + 1);
        match before.rfind('[') {
            Some(start) => {
                out.push_str(before[..start].trim_end_matches('!'));
                out.push_str(&before[start + 1..]);
            }
            None => out.push_str(before),
        }
        rest = &after[close..];
    }
    out.push_str(rest);
    let text: String = out.chars().filter(|c| !matches!(c, '*' | '`')).collect();
    let text = text.trim().trim_start_matches('_').trim_end_matches('_').trim();
    match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
        Some(inner) => inner.trim().to_owned(),
        None => text.trim_matches('"').to_owned(),
    }
}

/// A line taken apart where a new thought begins. What stands in parentheses is a thought of its own; the one around it goes on
/// behind them.
fn clauses(line: &str) -> Vec<String> {
    let line = clean(line);
    // Each with the place where it begins, so that they come out in the order of the text.
    let mut done: Vec<(usize, String)> = Vec::new();
    let mut open: Vec<(usize, String)> = vec![(0, String::new())];
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let last = open.last().map_or("", |(_, clause)| clause.as_str());
        let ends = match c {
            '·' | ';' | '|' | ',' | '→' | '⇒' | '—' | '–' | '•' | '。' | '，' | '：' | ':' => true,
            '.' | '!' | '/' => next.is_none_or(char::is_whitespace),
            '-' => next == Some('>') || last.ends_with(' ') && next == Some(' '),
            ')' | '）' => open.len() == 1,
            _ => false,
        };
        if matches!(c, '(' | '（') {
            open.push((at, String::new()));
        } else if matches!(c, ')' | '）') && open.len() > 1 {
            done.extend(open.pop());
        } else if ends {
            if let Some(clause) = open.last_mut() {
                done.push(std::mem::replace(clause, (at, String::new())));
            }
        } else if let Some((_, clause)) = open.last_mut() {
            clause.push(c);
        }
    }
    done.extend(open);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, clause)| clause).filter(|clause| !fold(clause).is_empty()).collect()
}

/// More words that may stand before a status without changing it.
const FILLERS: &[&str] = &[
    "in",
    "initially",
    "current",
    "state",
    "wurde",
    "ist",
    "est",
    "a",
    "été",
    "fue",
    "ha",
    "sido",
    "foi",
    "è",
    "stata",
    "stato",
];

fn is_filler(word: &str) -> bool {
    is_glue(word) || FILLERS.contains(&word) || word.chars().all(|c| c.is_ascii_digit()) || is_month(word)
}

fn is_month(word: &str) -> bool {
    matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
    )
}

/// The folded clause from its first word that is no filler; the clause itself where it has nothing else.
fn core_words(clause: &str) -> Vec<String> {
    let folded = fold(clause);
    let words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
    let start = words.iter().position(|word| !is_filler(word)).unwrap_or(0);
    words[start..].to_vec()
}

fn is_superseded(clause: &str, extra: &Extra) -> bool {
    if clause.trim_start().starts_with('§') {
        return false;
    }
    let words = core_words(clause);
    let words = match words.first().map(String::as_str) {
        Some("accepted" | "deprecated" | "proposed" | "rejected" | "implemented") if words.len() > 1 => &words[1..],
        _ => &words[..],
    };
    let start = words.iter().position(|word| !is_filler(word)).unwrap_or(0);
    let words = &words[start..];
    if matches!(words.get(1).map(String::as_str), Some("partially" | "partly"))
        || words.get(1..3).is_some_and(|next| next == ["in", "part"])
    {
        return false;
    }
    match words.first().map(String::as_str) {
        Some("replaced" | "substituted") => {
            words.get(1).is_none_or(|next| matches!(next.as_str(), "by" | "with" | "in"))
        }
        Some("ersetzt") => words.get(1).is_none_or(|next| next == "durch"),
        Some("superseded" | "superceded" | "superseeded" | "supersceded") => true,
        Some("obsoleted" | "overruled" | "invalidated") => words.get(1).is_some_and(|next| next == "by"),
        Some("supersede" | "supercede") => words.get(1).is_some_and(|next| next == "by"),
        Some(_) => prefix_status(words, extra) == Some(Status::Superseded),
        None => false,
    }
}

fn is_relation(clause: &str) -> bool {
    let folded = core_words(clause).join(" ");
    language::relation_phrases()
        .any(|(phrase, _)| folded == phrase || folded.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' ')))
}

/// The status that the words begin with, the longest phrase first.
fn prefix_status(words: &[String], extra: &Extra) -> Option<Status> {
    for length in (1..=words.len().min(4)).rev() {
        let phrase = words[..length].join(" ");
        let own = extra.iter().find(|(word, _)| fold(word) == phrase).map(|(_, status)| *status);
        if let Some(status) = own.or_else(|| statuses::status(&phrase)) {
            return Some(status);
        }
    }
    let first = words.first()?;
    let unspaced = statuses::unspaced_statuses().filter(|(word, _)| first.contains(word));
    unspaced.max_by_key(|(word, _)| word.len()).map(|(_, status)| status)
}

fn leading_status(clause: &str, extra: &Extra) -> Option<Status> {
    let whole = fold(clause);
    if let Some((_, status)) = extra.iter().find(|(word, _)| fold(word) == whole) {
        return Some(*status);
    }
    let words = core_words(clause);
    if is_partly(&words) {
        return Some(Status::Accepted);
    }
    if is_relation(clause) && words.first().is_none_or(|word| word != "deprecated") {
        return None;
    }
    let all: Vec<String> = whole.split(' ').map(str::to_owned).collect();
    prefix_status(&words, extra).or_else(|| prefix_status(&all, extra)).filter(|status| *status != Status::Superseded)
}

fn is_partly(words: &[String]) -> bool {
    let partly = |word: &String| matches!(word.as_str(), "partly" | "partially" | "partial" | "teilweise");
    words.first().is_some_and(partly)
        && words.get(1).is_some_and(|word| {
            word.starts_with("supers") || word.starts_with("superc") || word == "replaced" || word == "ersetzt"
        })
}

fn exact_status(clause: &str, extra: &Extra) -> Option<Status> {
    let words = core_words(clause);
    let phrase = words.join(" ");
    let own = extra.iter().find(|(word, _)| fold(word) == phrase).map(|(_, status)| *status);
    own.or_else(|| statuses::status(&phrase)).filter(|status| *status != Status::Superseded)
}

/// A history of dated lines: the latest one counts.
fn last_of_history<'l, 't>(lines: &'l [Line<'t>], extra: &Extra) -> Option<(&'l Line<'t>, Status)> {
    let mut dated = Vec::new();
    for line in lines {
        let status = clauses(line).iter().find_map(|clause| leading_status(clause, extra));
        if let (Some((day, _)), Some(status)) = (super::dates::find(line), status) {
            dated.push((day, line, status));
        }
    }
    if dated.len() < 2 {
        return None;
    }
    dated.into_iter().max_by_key(|(day, ..)| *day).map(|(_, line, status)| (line, status))
}

/// `Proposed → Accepted`: the last of the steps counts.
fn last_of_steps(line: &str, extra: &Extra) -> Option<Status> {
    let steps: Vec<&str> =
        line.split("->").flat_map(|part| part.split("=>")).flat_map(|part| part.split(['→', '⇒'])).collect();
    let read: Vec<Status> = steps.iter().filter_map(|step| leading_status(&clean(step), extra)).collect();
    (steps.len() > 1 && read.len() == steps.len()).then(|| read.last().copied()).flatten()
}

/// A list of three and more statuses to choose from, or a sentence that asks for one.
fn is_prompt(line: &str, extra: &Extra) -> bool {
    let folded = fold(line);
    if ["state the", "what is the status", "choose", "insert", "one of"].iter().any(|start| folded.starts_with(start)) {
        return true;
    }
    let choices = line.split(['|', '/', ',']).map(|part| prefix_status(&core_words(part), extra));
    let separators = line.matches(['|', '/']).count();
    let different = choices.flatten().collect::<std::collections::BTreeSet<_>>().len();
    different >= 4 || separators >= 2 && different >= 3
}

/// The words of a line that name its status, and the pictures before them (`✅ `): what an edit replaces so that marks, dates,
/// links and remarks around them stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) picture: Range<usize>,
    pub(crate) words: Range<usize>,
}

/// Finds the phrase that names `status`.
pub(crate) fn phrase(line: &str, status: Status, extra: &Extra) -> Option<Phrase> {
    let start = line.find(char::is_alphanumeric)?;
    let lead = &line[..start];
    let first = lead.find(|c: char| !c.is_ascii()).unwrap_or(start);
    let last = lead.char_indices().rfind(|(_, c)| !c.is_ascii()).map_or(start, |(at, c)| at + c.len_utf8());
    let picture = first..last + (lead[last..].len() - lead[last..].trim_start().len());
    let start = start + dated_lead(&line[start..]);
    let mut ends: Vec<usize> =
        line.char_indices().filter(|(_, c)| !c.is_alphanumeric() && *c != '\'').map(|(at, _)| at).collect();
    ends.push(line.len());
    let fits = |end: &usize| {
        *end > start
            && *end <= start + 80
            && exact_status(&line[start..*end], extra).or_else(|| superseded_word(&line[start..*end])) == Some(status)
    };
    let longest = ends.into_iter().rfind(fits)?;
    let text = &line[start..longest];
    let trimmed = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    Some(Phrase { picture, words: start..start + trimmed.len() })
}

/// Bytes of a date that a line begins with (`2017-12-01 通过`); it stays when the word behind it changes.
fn dated_lead(line: &str) -> usize {
    match super::dates::find(line) {
        Some((_, 0)) => {
            line.len()
                - line
                    .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | ' ' | ':'))
                    .len()
        }
        _ => 0,
    }
}

fn superseded_word(text: &str) -> Option<Status> {
    statuses::status(&core_words(text).join(" ")).filter(|status| *status == Status::Superseded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let reading = read(text, &[("refinement completed".to_owned(), Status::Accepted)]);
        assert_eq!(reading.status.map_or("none", Status::word), expected, "{text:?}");
    }

    #[test]
    fn plain_words() {
        check("Accepted", "accepted");
        check("✅ Accepted", "accepted");
        check("**Accepted**.", "accepted");
        check("{ accepted }", "accepted");
        check("APPRROVED", "accepted");
        check("Pending review", "proposed");
        check("2017-12-01 通过", "accepted");
        check("Proposed → Accepted", "accepted");
        check("Draft -> **Proposed** (2020-01-02)", "proposed");
        check("- [ ] Proposed\n- [x] Accepted\n- [ ] Rejected", "accepted");
        check("- [ ] Proposed\n- [ ] Accepted", "none");
        check("approuvée", "accepted");
        check("[Accepted](https://example.org)", "accepted");
        check("Approved by the architecture board on 2024-05-18.", "accepted");
        check("A bloogy woogy woo.", "other");
        check("Refinement completed. TP in 3.4", "accepted");
        check("Decision accepted on 3 May 2020", "accepted");
        check("", "none");
    }

    #[test]
    fn supersession_wins_unless_partial() {
        check("Accepted\n\n* Superseded by [ADR 8](0008-x.md)", "superseded");
        check("⌛️ Superseded [0019](0019-x.md)", "superseded");
        check("Deprecated (Replaced by ADR #0012)", "superseded");
        check("**Superseded (2026-07-31) by [ADR-0026](x.md).**", "superseded");
        check("This decision has been superseded by decision: [0022](x.md)", "superseded");
        check("Accepted, superseded by ADR-12", "superseded");
        check("Superseded by\n[007](007.md).", "superseded");
        check("Ersetzt durch ADR-7", "superseded");
        check("Partially superseded by [ADR\n17](./0017.md)", "accepted");
        check("Partly superseded", "accepted");
        check("Accepted · Runtime floor superseded by ADR-0034", "accepted");
        check("Accepted (2026-07-26) · §1 Superseded by ADR-0009", "accepted");
        check("Accepted\n\nThe runtime clause\nsuperseded by ADR-3", "accepted");
        check("Accepted · Supersedes nothing", "accepted");
        check("Accepted. §1 (name) was superseded by [ADR-9](9.md)", "accepted");
        check("Accepted (2020-01-01) superseded by ADR-9", "superseded");
        check("Accepted (proposed 2020-01-01)", "accepted");
        check("Deprecated (no superseding ADR)", "deprecated");
        check("Accepted\n\nAmended by [9. x](9.md)", "accepted");
        check("Supersedes [5](5.md)", "none");
        check("Supercedes [20. use-skylight](0020-x.md)", "none");
    }

    #[test]
    fn prompts_and_histories() {
        check("[Proposed | Accepted | Deprecated | Superseded]", "none");
        check("<proposed, accepted, rejected, deprecated, superseded, etc.>", "none");
        check("{proposed | rejected | accepted | deprecated | … | superseded by [ADR-0001](0001.md)}", "none");
        check("2017-11-26 提议\n\n2017-12-01 通过", "accepted");
        check("2020-01-01 proposed\n2020-02-01 accepted\n2021-01-01 deprecated", "deprecated");
    }
}
