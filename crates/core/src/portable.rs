//! A record as Markdown for elsewhere: a chat, an issue, a page. It carries its number, its standing and links that work
//! outside of its repository; front matter, which only means something there, is left out.

use crate::id::RecordPath;
use crate::record::references::{Kind, places};
use crate::record::{Format, Reading};
use crate::wire::DecisionSummary;
use percent_encoding::percent_decode_str;
use std::ops::Range;

/// The text of a record to be pasted elsewhere. `address` gives a file's address on the web, with what stands behind `#`;
/// where it gives none a link stays as it is written. Texts that are no Markdown are left alone.
pub fn portable(
    text: &str,
    summary: &DecisionSummary,
    address: &dyn Fn(&RecordPath, &str) -> Option<String>,
) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let path = RecordPath::new(summary.path.clone());
    let reading = Reading::new(&path, text);
    if reading.format != Format::Markdown {
        return text.to_owned();
    }
    let mut out = heading(summary);
    if reading.front.is_some()
        && let Some(facts) = facts(summary)
    {
        out.push_str(&facts);
    }
    let title = reading.title.as_ref().and_then(|title| title.heading.clone());
    let places = places(&path, text);
    let carried = |part: Range<usize>| {
        let mut out = String::new();
        let mut at = part.start;
        for place in places.iter().filter(|place| place.kind == Kind::Target && place.span.end <= part.end) {
            let Some(link) = (place.span.start >= at).then(|| elsewhere(&place.text, &path, address)).flatten() else {
                continue;
            };
            out.push_str(&text[at..place.span.start]);
            out.push_str(&link);
            at = place.span.end;
        }
        out + &text[at..part.end]
    };
    let mut start = reading.body;
    if let Some(span) = title {
        if let Some(before) = before_heading(text, span.start, reading.body) {
            out.push_str(&carried(before));
            out.push_str("\n\n");
        }
        start = after_heading(text, span.end, reading.body);
    }
    out.push_str(&carried(start..text.len()));
    let body = out.trim_end().len();
    out.truncate(body);
    out.push('\n');
    out
}

/// `# ADR-0007: Use Postgres`
fn heading(summary: &DecisionSummary) -> String {
    match &summary.label {
        Some(label) if label.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("# ADR-{label}: {}\n\n", summary.title)
        }
        Some(label) => format!("# {label}: {}\n\n", summary.title),
        None => format!("# {}\n\n", summary.title),
    }
}

/// What the front matter says and a reader elsewhere wants to know.
fn facts(summary: &DecisionSummary) -> Option<String> {
    let mut facts = Vec::new();
    if let Some(status) = summary.status_raw.as_deref().filter(|status| !status.is_empty()) {
        facts.push(format!("**Status:** {status}"));
    }
    if let Some(date) = &summary.date {
        facts.push(format!("**Date:** {date}"));
    }
    if !summary.decision_makers.is_empty() {
        facts.push(format!("**Decided by:** {}", summary.decision_makers.join(", ")));
    }
    (!facts.is_empty()).then(|| format!("{}\n\n", facts.join(" · ")))
}

/// What stands between front matter and the title's line, unless it is blank.
fn before_heading(text: &str, heading: usize, body: usize) -> Option<Range<usize>> {
    let before = text.get(body..heading)?;
    let before = before[..before.rfind('\n')?].trim_end();
    let start = before.len() - before.trim_start_matches(['\n', '\r']).len();
    (!before.is_empty()).then(|| body + start..body + before.len())
}

/// Where the text goes on behind the title: its line, the line of `=` under it, and empty lines.
fn after_heading(text: &str, end: usize, body: usize) -> usize {
    let mut at = end.max(body);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    if at > 0 && !text[..at].ends_with('\n') {
        at += text[at..].find('\n').map_or(text.len() - at, |newline| newline + 1);
    }
    let line = text[at..].lines().next().unwrap_or_default().trim();
    if !line.is_empty() && line.bytes().all(|byte| byte == b'=') {
        at += text[at..].find('\n').map_or(text.len() - at, |newline| newline + 1);
    }
    text.len() - text[at..].trim_start_matches(['\n', '\r', ' ', '\t']).len()
}

/// A relative target as an address on the web.
fn elsewhere(target: &str, path: &RecordPath, address: &dyn Fn(&RecordPath, &str) -> Option<String>) -> Option<String> {
    let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
    if file.is_empty() || file.contains(':') || file.starts_with("//") {
        return None;
    }
    let plain = percent_decode_str(file).decode_utf8_lossy().into_owned();
    address(&path.join_link(&plain)?, anchor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::DecisionLog;
    use crate::record::{ParseOptions, parse};

    fn copied(text: &str) -> String {
        let path = RecordPath::new("docs/adr/0007-use-postgres.md");
        let log = DecisionLog::build(vec![parse(&path, text.as_bytes(), &ParseOptions::default())]);
        let summary = log.summary(&path).expect("a record");
        let address = |path: &RecordPath, anchor: &str| {
            let hash = if anchor.is_empty() { "" } else { "#" };
            Some(format!("https://forge/{path}{hash}{anchor}"))
        };
        portable(text, &summary, &address)
    }

    #[test]
    fn front_matter_becomes_a_line_and_links_lead_to_the_web() {
        let text = "---\nstatus: accepted\ndate: 2026-03-02\ndecision-makers: [\"@dana\"]\ntags: [x]\n---\n# Use Postgres\n\nSee [it](0003-b.md#why), ![plan](img/p.png), [out](https://a.b/c.md) and `[no](x.md)`.\n";
        assert_eq!(
            copied(text),
            "# ADR-0007: Use Postgres\n\n**Status:** accepted · **Date:** 2026-03-02 · **Decided by:** @dana\n\nSee [it](https://forge/docs/adr/0003-b.md#why), ![plan](https://forge/docs/adr/img/p.png), [out](https://a.b/c.md) and `[no](x.md)`.\n"
        );
    }

    #[test]
    fn a_record_without_front_matter_keeps_its_own_status() {
        let body = "## Status\n\nAccepted\n\n## Context\n\nx\n";
        for title in ["# 7. Use Postgres\n\n", "7. Use Postgres\n===============\n\n"] {
            assert_eq!(copied(&format!("{title}{body}")), format!("# ADR-0007: Use Postgres\n\n{body}"));
        }
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_do_no_harm() {
        let text = "\u{feff}# 7. Use Postgres\r\n\r\n## Status\r\n\r\nAccepted";
        assert_eq!(copied(text), "# ADR-0007: Use Postgres\n\n## Status\r\n\r\nAccepted\n");
    }

    #[test]
    fn what_stands_before_the_heading_is_kept_behind_it() {
        let text =
            "---\nstatus: accepted\n---\n\n> Moved from [there](old.md).\n\n# Use Postgres\n\nWhy: [it](b.md).\n";
        assert_eq!(
            copied(text),
            "# ADR-0007: Use Postgres\n\n**Status:** accepted\n\n> Moved from [there](https://forge/docs/adr/old.md).\n\nWhy: [it](https://forge/docs/adr/b.md).\n"
        );
        let text = "Status: accepted\n\nUse Postgres\n============\n\nWhy.\n";
        assert_eq!(copied(text), "# ADR-0007: Use Postgres\n\nStatus: accepted\n\nWhy.\n");
        assert_eq!(copied("\n  \n# Use Postgres\n\nWhy.\n"), "# ADR-0007: Use Postgres\n\nWhy.\n");
    }
}
