//! Relations that a record states to others: `Supersedes [5](0005-x.md)`.
//!
//! Nothing is resolved here; that needs the whole log.

use super::language::{self, Relation, fold, is_glue, is_nothing, relation_phrases};
use super::sections::{Layout, MarkdownLink};
use crate::decision::{LinkKind, StatedLink};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// How far back a thought may begin, in characters; keeps the search linear on one endless line.
const MAX_CLAUSE: usize = 600;

static PHRASES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let mut phrases: Vec<&str> = relation_phrases().map(|(phrase, _)| phrase).collect();
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    let phrases: Vec<String> = phrases.iter().map(|phrase| regex::escape(phrase).replace(' ', r"[\s-]+")).collect();
    Regex::new(&format!(r"(?i)(?:{})", phrases.join("|"))).ok()
});
/// A reference without brackets, anchored: `ADR-0007`, `ADR 7`, `#12`, `0007-x.md`, `FIX-CHAIN-002`, `7`.
static BARE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?:[\w./-]*[\w-]\.(?:html\.md|md|markdown|mdx|adoc|asciidoc|rst)\b|(?i:adrs?|ad|rfc|decision|record|pdr|ddr)[\s_#№-]*\d{1,6}\b|[A-Z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*[-_]\d{1,6}\b|[A-Z]{2,}(?:-[A-Z0-9]{3,})+|\d{8}-[a-z0-9][\w-]+|#?\d{1,6}(?:-[a-z0-9][\w-]+)?\b|[a-z0-9]+(?:-[a-z0-9]+){2,}\b)",
    )
    .ok()
});
static BRACKETED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\[([^\[\]\n]{1,200})\](?:\(([^()\n]{1,500})\)|\[[^\]\n]*\])?").ok());
pub(super) static WIKI: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\[\[([^\[\]\n|]{1,200})(?:\|[^\[\]\n]*)?\]\]").ok());

/// A reference with the byte behind it.
struct Reference {
    text: String,
    target: Option<String>,
    span: Range<usize>,
}

/// Relations in running text (a status area, the head of a record): each phrase that opens a clause, with what follows it.
pub(crate) fn in_text(layout: &Layout, area: Range<usize>) -> Vec<StatedLink> {
    let mut out = Vec::new();
    let Some(phrases) = PHRASES.as_ref() else { return out };
    let mut covered = area.start;
    for found in phrases.find_iter(&layout.mask[area.clone()]) {
        let span = area.start + found.start()..area.start + found.end();
        if span.start < covered || !at_word_border(&layout.mask, &span) || layout.link_over(span.start).is_some() {
            continue;
        }
        let Some(relation) = language::relation(&fold(found.as_str())) else { continue };
        let before = clause_before(&layout.mask[area.start..span.start]);
        let Some(scope) = Scope::of(before) else { continue };
        // `Superseded` alone speaks of what follows it on its own line only, a phrase within a sentence of its own item.
        let bare = matches!(fold(found.as_str()).as_str(), "superseded" | "superceded");
        let limit = match scope {
            _ if bare => layout.mask[span.end..area.end].find('\n').map_or(area.end, |at| span.end + at),
            Scope::Part => item_end(&layout.mask, span.end, area.end),
            Scope::Whole => area.end,
        };
        let (links, end) = references(layout, span.end..limit, &relation, scope);
        covered = covered.max(end);
        out.extend(links);
    }
    out.extend(before_the_verb(layout, area));
    out
}

/// Where the list item or paragraph ends that a byte stands in.
fn item_end(mask: &str, from: usize, end: usize) -> usize {
    let begins = |line: &str| {
        let line = line.trim_start();
        line.is_empty() || line.starts_with(['-', '*', '+']) && line[1..].starts_with([' ', '\t'])
    };
    let breaks = mask[from..end].match_indices('\n').map(|(at, _)| from + at + 1);
    breaks.into_iter().find(|at| begins(mask[*at..end].split('\n').next().unwrap_or(""))).unwrap_or(end)
}

/// `已被 [ADR 12](…) 取代`, `ADR-0012 に置き換え`, `ADR-0012로 대체됨`: languages that say what happened behind the record.
fn before_the_verb(layout: &Layout, area: Range<usize>) -> Vec<StatedLink> {
    const VERBS: &[&str] = &[
        "取代",
        "替代",
        "替换",
        "代替",
        "に置き換え",
        "によって置き換え",
        "により置き換え",
        "に置換",
        "로 대체",
        "으로 대체",
        "에 의해 대체",
    ];
    let mut out = Vec::new();
    let mask = &layout.mask[area.clone()];
    if !VERBS.iter().any(|verb| mask.contains(verb)) {
        return out;
    }
    let mut at = area.start;
    while at < area.end && out.len() < 50 {
        let border = !layout.mask[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        match border.then(|| reference_at(layout, at, area.end)).flatten() {
            Some(reference) => {
                let behind = layout.mask[reference.span.end..area.end].trim_start_matches([' ', ')', '*', '_', '`']);
                at = reference.span.end;
                if VERBS.iter().any(|verb| behind.starts_with(verb)) {
                    out.push(StatedLink {
                        kind: LinkKind::SupersededBy,
                        text: reference.text,
                        target: reference.target,
                        relation: None,
                        span: reference.span,
                    });
                }
            }
            None => at += layout.mask[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    out
}

/// Relations in a title, `Use Postgres (supersedes ADR-0003)`; a bare number there is a number of something else.
pub(crate) fn in_title(layout: &Layout, area: Range<usize>) -> Vec<StatedLink> {
    let is_clear = |link: &StatedLink| {
        link.target.is_some() || link.text.starts_with('#') || !link.text.chars().all(|c| c.is_ascii_digit())
    };
    in_text(layout, area)
        .into_iter()
        .filter(|link| is_clear(link) && link.text.contains(|c: char| c.is_ascii_digit()))
        .collect()
}

/// References of a field that is itself a relation (`- Supersedes: ADR-3, ADR-4`). A title alone is a reference too.
pub(crate) fn in_field(layout: &Layout, area: Range<usize>, relation: &Relation) -> Vec<StatedLink> {
    let mut out = Vec::new();
    let mut at = area.start;
    while at < area.end {
        let end = layout.mask[at..area.end].find('\n').map_or(area.end, |offset| at + offset + 1);
        let content = layout.mask[at..end].trim();
        let marks = content.trim_start_matches(['*', '-', '+', ' ', '_', '(', '[']);
        if !content.is_empty() && !marks.is_empty() && !starts_with_nothing(content) {
            let skipped = at + layout.mask[at..end].find(content).unwrap_or(0);
            let (links, _) = references(layout, skipped..area.end, relation, Scope::Whole);
            if links.is_empty() && out.is_empty() && at == area.start && area.end - at <= 120 && end == area.end {
                let text = super::status::clean(content.trim_start_matches(['*', '-', '+', ' ']));
                if !is_nothing(&text) && text.split_whitespace().count() > 1 {
                    out.push(StatedLink {
                        kind: kind(relation),
                        text,
                        target: None,
                        relation: word(relation),
                        span: skipped..skipped + content.len(),
                    });
                }
            }
            for link in links {
                if !out.iter().any(|known| known.span == link.span) {
                    out.push(link);
                }
            }
        }
        at = end;
    }
    out
}

fn starts_with_nothing(content: &str) -> bool {
    let first: String = content
        .trim_start_matches(['*', '-', '+', ' ', '_', '('])
        .chars()
        .take_while(|c| c.is_alphabetic() || matches!(c, '/' | ' '))
        .collect();
    let folded = fold(&first);
    is_nothing(&first) && !folded.is_empty()
        || folded.starts_with("nothing")
        || folded.starts_with("none ")
        || folded == "no one"
}

/// A reference as front matter holds it: the item's whole text.
pub(crate) fn from_item(text: &str, span: Range<usize>, relation: &Relation) -> Vec<StatedLink> {
    let text = text.trim();
    if is_nothing(text) || is_prompt(text) {
        return Vec::new();
    }
    let wiki = text.strip_prefix("[[").and_then(|text| text.strip_suffix("]]"));
    let text = wiki.map_or(text, |inner| inner.split('|').next().unwrap_or(inner).trim());
    let layout = super::sections::markdown(text, 0);
    let partial = is_partial_after(text) || text.contains("partial");
    let (mut links, _) = references(&layout, 0..text.len(), relation, Scope::Whole);
    let covers = links.first().is_some_and(|link| link.target.is_some()) || links.len() > 1;
    if !covers || links.is_empty() {
        let relation = if partial { partly(relation) } else { relation.clone() };
        links = vec![StatedLink {
            kind: kind(&relation),
            text: text.trim_start_matches('#').to_owned(),
            target: None,
            relation: word(&relation),
            span: 0..0,
        }];
    }
    for link in &mut links {
        link.span = span.clone();
    }
    links
}

/// A reference's words without the marks of Markdown around them.
pub(crate) fn without_marks(text: &str) -> String {
    super::status::clean(text).trim_matches(['[', ']', '*', '_', '`']).to_owned()
}

pub(crate) fn is_prompt(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with('{') && text.ends_with('}') && text.contains(' '))
        || (text.starts_with('<') && text.ends_with('>'))
        || text.contains("NNNN")
        || text.contains("XXXX")
}

/// How much of the other record a phrase speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Whole,
    Part,
}

impl Scope {
    /// Judges the words before a phrase in its clause: none or fillers, a part, or a sentence about something else.
    fn of(before: &str) -> Option<Scope> {
        let folded = fold(&without_parentheses(&super::status::clean(before)));
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        if words.iter().any(|word| {
            matches!(*word, "not" | "never" | "no" | "would" | "could" | "should" | "might" | "will" | "if" | "when")
        }) {
            return None;
        }
        if before.contains('§') {
            return Some(Scope::Part);
        }
        if words.iter().all(|word| is_lead(word)) {
            return Some(Scope::Whole);
        }
        (words.len() <= 12).then_some(Scope::Part)
    }
}

fn without_parentheses(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn is_lead(word: &str) -> bool {
    const LEADS: &[&str] = &[
        "which",
        "we",
        "also",
        "accepted",
        "deprecated",
        "proposed",
        "rejected",
        "implemented",
        "supersedes",
        "amends",
        "note",
    ];
    is_glue(word) || LEADS.contains(&word) || word.chars().all(|c| c.is_ascii_digit())
}

/// The text since the last end of a thought.
fn clause_before(text: &str) -> &str {
    let mut start = 0;
    let mut chars = text.char_indices().rev().take(MAX_CLAUSE).peekable();
    let mut follows: Option<char> = None;
    let mut depth = 0_u32;
    while let Some((at, c)) = chars.next() {
        let previous = chars.peek().map(|(_, c)| *c);
        // What stands in parentheses is passed over; an open one begins the thought.
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' if depth > 0 => {
                depth -= 1;
                continue;
            }
            _ => {}
        }
        let ends = depth == 0
            && match c {
                '·' | ';' | '(' | '|' | ',' | '→' | '⇒' | '—' | '–' | '•' | '。' | '，' | '（' | ':' | '：' => {
                    true
                }
                '.' | '!' => follows.is_none_or(char::is_whitespace),
                '-' => follows == Some(' ') && previous.is_none_or(char::is_whitespace),
                '\n' => line_begins_anew(text, at + 1),
                _ => false,
            };
        if ends {
            start = at + c.len_utf8();
            break;
        }
        follows = Some(c);
    }
    &text[start..]
}

/// A line that begins in lower case goes on with the sentence before.
fn line_begins_anew(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(['\n', '\r']);
    let blank = text[before.len()..at].matches('\n').count() > 1 || before.ends_with('\n');
    let last_line = before.rsplit('\n').next().unwrap_or(before);
    let first = text[at..].trim_start().chars().next();
    blank
        || last_line.trim().is_empty()
        || first.is_none() && !text[at..].is_empty()
        || first.is_none_or(|c| !c.is_lowercase())
}

fn at_word_border(mask: &str, span: &Range<usize>) -> bool {
    let before = mask[..span.start].chars().next_back();
    let after = mask[span.end..].chars().next();
    let wide = mask[span.clone()].chars().next().is_some_and(|c| c >= '\u{2e80}');
    wide || !(before.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '/')
        || after.is_some_and(|c| c.is_alphanumeric() || c == '-'))
}

/// Reads references one after another; stops at the first words that are none.
fn references(layout: &Layout, area: Range<usize>, relation: &Relation, scope: Scope) -> (Vec<StatedLink>, usize) {
    let mut out: Vec<StatedLink> = Vec::new();
    let mut at = area.start;
    let mut scope = scope;
    while out.len() < 200 {
        let (next, part) = skip(&layout.mask, at, area.end, out.is_empty());
        if part {
            scope = Scope::Part;
        }
        let another = || behind_remark(&layout.mask, at, area.end).filter(|_| !out.is_empty());
        let found = reference_at(layout, next, area.end);
        let Some(reference) = found.or_else(|| reference_at(layout, another()?, area.end)) else { break };
        at = reference.span.end;
        let partial = scope == Scope::Part || is_partial_after(&layout.mask[at..area.end]);
        let relation = if partial { partly(relation) } else { relation.clone() };
        out.push(StatedLink {
            kind: kind(&relation),
            text: reference.text,
            target: reference.target,
            relation: word(&relation),
            span: reference.span,
        });
    }
    (out, at)
}

/// Behind a remark in parentheses and the dot or comma that ends it: `[7](…) (the same for Lore) · [8](…)`.
fn behind_remark(mask: &str, at: usize, end: usize) -> Option<usize> {
    let close = remark(&mask[at..end]).map(|length| at + length)?;
    let rest = mask[close..end].trim_start();
    let next = rest.strip_prefix(['·', '•', ',', ';'])?.trim_start();
    Some(end - next.len())
}

/// Bytes of a remark in parentheses, and of the space before it.
pub(super) fn remark(text: &str) -> Option<usize> {
    let inner = text.trim_start().strip_prefix('(')?;
    let mut depth = 1_u32;
    let close = inner.char_indices().take(MAX_CLAUSE).find(|(_, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    close.map(|(at, _)| text.len() - inner.len() + at + 1).filter(|end| !text[..*end].contains("\n\n"))
}

/// Passes over what may stand between a phrase and its references; says whether it speaks of a part.
fn skip(mask: &str, from: usize, end: usize, first: bool) -> (usize, bool) {
    const WORDS: &[&str] = &[
        "by",
        "the",
        "decision",
        "decisions",
        "adr",
        "adrs",
        "record",
        "records",
        "and",
        "also",
        "both",
        "in",
        "of",
        "to",
        "with",
        "rfc",
        "und",
        "et",
        "y",
        "e",
        "durch",
        "number",
        "no",
    ];
    let mut at = from;
    let mut part = false;
    let mut newlines = 0;
    loop {
        let rest = &mask[at..end];
        let Some(c) = rest.chars().next() else { break };
        if c == '\n' {
            newlines += 1;
            // A blank line ends the list of references, unless the phrase has none yet.
            if newlines > 1 && !first || newlines > 2 {
                break;
            }
        }
        if c.is_whitespace()
            || matches!(
                c,
                ':' | '：' | '*' | '_' | ',' | ';' | '&' | '+' | '(' | '"' | '\'' | '`' | '-' | '–' | '—' | '\u{fe0f}'
            )
        {
            if (matches!(c, '-' | '–' | '—' | ';') && !first)
                && !rest[c.len_utf8()..].trim_start().starts_with('[')
                && newlines == 0
            {
                break;
            }
            at += c.len_utf8();
            continue;
        }
        if c == ')' && first {
            at += 1;
            continue;
        }
        if let Some(article) = ["l'", "L'", "l’"].iter().find(|article| rest.starts_with(**article)).filter(|_| first)
        {
            at += article.len();
            continue;
        }
        if let Some((_, 0)) = super::dates::find(&rest[..floor(rest, 40)])
            && !is_dated_reference(rest)
        {
            let length =
                rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/' | '.'))).unwrap_or(rest.len());
            if length == 0 {
                break;
            }
            at += length;
            continue;
        }
        let word: String =
            rest.chars().take_while(|c| c.is_alphabetic()).take(20).flat_map(char::to_lowercase).collect();
        if matches!(word.as_str(), "part" | "parts" | "partially" | "partly") {
            part = true;
            at += word.len();
        } else if WORDS.contains(&word.as_str()) && !starts_bare(rest) {
            at += word.len();
        } else {
            break;
        }
    }
    (at, part)
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn is_dated_reference(rest: &str) -> bool {
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    rest[..end].chars().any(char::is_alphabetic)
}

fn starts_bare(rest: &str) -> bool {
    BARE.as_ref().is_some_and(|regex| regex.is_match(&rest[..floor(rest, 300)]))
}

fn reference_at(layout: &Layout, at: usize, end: usize) -> Option<Reference> {
    if at >= end {
        return None;
    }
    if let Some(link) = layout.link_over(at).filter(|link| link.span.start == at) {
        return Some(Reference { text: link.text.clone(), target: target_of(link), span: link.span.clone() });
    }
    let rest = &layout.mask[at..end];
    let head = &rest[..floor(rest, 700)];
    if head.starts_with("[[") {
        let found =
            WIKI.as_ref()?.captures(head).filter(|found| found.get(0).is_some_and(|whole| whole.start() == 0))?;
        return Some(Reference {
            text: found.get(1)?.as_str().trim().to_owned(),
            target: None,
            span: at..at + found.get(0)?.end(),
        });
    }
    if head.starts_with('[') {
        let found = BRACKETED.as_ref()?.captures(head)?;
        let span = at..at + found.get(0)?.end();
        let text = found.get(1)?.as_str().trim();
        let target = found.get(2).map(|target| plain_target(target.as_str()));
        let inner = BARE.as_ref()?.find(text);
        return (target.is_some() || inner.is_some()).then(|| Reference { text: text.to_owned(), target, span });
    }
    let found = BARE.as_ref()?.find(head)?;
    let text = found.as_str();
    let is_file = is_file_name(text);
    // `ADR-XXX` is a prompt, `some-long-word` a guess.
    if !is_file && !text.contains(|c: char| c.is_ascii_digit()) && !text.contains('-')
        || text.starts_with("ADR-") && !text.contains(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    // "3 years" is no record.
    if text.len() < 4
        && text.chars().all(|c| c.is_ascii_digit())
        && head[found.end()..].trim_start().starts_with(|c: char| c.is_lowercase())
    {
        return None;
    }
    Some(Reference { text: text.to_owned(), target: is_file.then(|| text.to_owned()), span: at..at + found.end() })
}

fn is_file_name(text: &str) -> bool {
    crate::id::RECORD_EXTENSIONS.iter().any(|ext| text.ends_with(ext))
}

/// The target of a link as the resolver wants it: no fragment, no template tags.
fn target_of(link: &MarkdownLink) -> Option<String> {
    (!link.target.is_empty()).then(|| plain_target(&link.target))
}

pub(super) fn plain_target(target: &str) -> String {
    let target = target.trim().trim_start_matches('<').trim_end_matches('>');
    let target = target.split_once(" \"").map_or(target, |(target, _)| target).trim();
    let inner = target.strip_prefix("{%").and_then(|rest| rest.split("%}").next());
    let target = match inner {
        Some(tag) => tag.split_whitespace().last().unwrap_or(tag),
        None => target.split("}}").last().unwrap_or(target).trim(),
    };
    target.split('#').next().unwrap_or(target).to_owned()
}

/// Whether the words after a reference speak of a part of it: `ADR-0004's inheritance rule`, `ADR 53 §7`.
fn is_partial_after(after: &str) -> bool {
    let line = after[..floor(after, 60)].lines().next().unwrap_or("");
    let rest = line.trim_start_matches([')', '*', '_', '`']);
    let words = rest.trim_start_matches([' ', '(', ',', '—', '-']);
    rest.starts_with("'s")
        || rest.starts_with('’')
        || words.starts_with('§')
        || ["in part", "partly", "partially", "section ", "clause "]
            .iter()
            .any(|start| words.to_lowercase().starts_with(start))
}

fn partly(relation: &Relation) -> Relation {
    match relation {
        Relation::Kind(kind @ (LinkKind::Supersedes | LinkKind::SupersededBy)) => {
            Relation::Word(format!("partly {}", kind.key().replace('-', " ")))
        }
        other => other.clone(),
    }
}

fn kind(relation: &Relation) -> LinkKind {
    match relation {
        Relation::Kind(kind) => *kind,
        Relation::Word(_) => LinkKind::RelatesTo,
    }
}

fn word(relation: &Relation) -> Option<String> {
    match relation {
        Relation::Kind(_) => None,
        Relation::Word(word) => Some(word.clone()),
    }
}
