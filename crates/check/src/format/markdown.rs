//! Markdown for a comment on a pull request: short, with the decision cited and the way out.

use super::{counted, is_change, open, whole_message};
use precedent_core::wire::{FindingItem, SeverityWord, Verdict, VerdictWord};
use std::fmt::Write as _;

/// Findings beyond this many are counted only: a comment has a limit.
const MOST: usize = 50;

/// The verdict as a comment.
#[must_use]
pub fn markdown(verdict: &Verdict) -> String {
    let mut out = String::new();
    let open: Vec<&FindingItem> = open(verdict).collect();
    let introduces = match (is_change(verdict), open.len()) {
        (true, _) => "this change introduces",
        (false, 1) => "there is",
        (false, _) => "there are",
    };
    let plural = if open.len() == 1 { "violation" } else { "violations" };
    let head = match verdict.verdict {
        VerdictWord::Pass => "decisions hold".to_owned(),
        VerdictWord::Violations => format!("{introduces} {} {plural}", open.len()),
        VerdictWord::Error => "the records have an error".to_owned(),
        VerdictWord::Indeterminate => "not everything could be decided".to_owned(),
    };
    let _ = writeln!(out, "### Precedent: {head}\n");
    for finding in open.iter().take(MOST) {
        write_finding(&mut out, finding);
    }
    if open.len() > MOST {
        let _ = writeln!(out, "… and {} more.\n", open.len() - MOST);
    }
    let undecided = verdict.undecided.iter().map(|item| (&item.path, item.line, item.rule.as_deref(), &item.message));
    section(&mut out, "Could not be decided", undecided);
    let faults = verdict.faults.iter().map(|item| (&item.path, item.line, item.rule.as_deref(), &item.message));
    section(&mut out, "In the records", faults);
    let changes =
        verdict.governance_changes.iter().map(|item| (&item.path, item.line, item.rule.as_deref(), &item.message));
    section(&mut out, "What this change does to rules (it takes effect once it has landed)", changes);
    for preview in &verdict.previews {
        let _ = writeln!(out, "- {} would find {}\n", code(&preview.rule), preview.would_find);
    }
    let skipped = verdict.skipped_files.iter().map(|item| (&item.path, 1, None, &item.why));
    section(&mut out, "Not read", skipped);
    for note in &verdict.notes {
        let _ = writeln!(out, "{}\n", plain(note));
    }
    let counts = &verdict.counts;
    let _ = writeln!(
        out,
        "<sub>{} · {} · {} existing · {} in the baseline · {} waived · as of {}</sub>",
        counted(counts.rules, "rule"),
        counted(counts.files, "file"),
        counts.existing,
        counts.baselined,
        counts.waived,
        verdict.as_of
    );
    out
}

fn write_finding(out: &mut String, finding: &FindingItem) {
    let word = match finding.severity {
        SeverityWord::Error => "error",
        SeverityWord::Warning => "warning",
        SeverityWord::Note => "note",
    };
    let place = format!("{}:{}:{}", finding.path, finding.line, finding.column);
    let _ = writeln!(out, "**{word}** {} · {}\n", code(&place), code(&finding.rule));
    if !finding.excerpt.is_empty() {
        let _ = writeln!(out, "{}\n", code(&finding.excerpt));
    }
    for line in whole_message(finding).lines() {
        let _ = writeln!(out, "> {}", plain(line));
    }
    let decision = &finding.decision;
    let _ = writeln!(
        out,
        "\nDecided: {} ({})",
        plain(&decision.title),
        code(&format!("{}:{}", decision.path, decision.line))
    );
    let _ = writeln!(out, "To change the decision: {}\n", code(&finding.propose));
}

fn section<'v>(
    out: &mut String,
    title: &str,
    items: impl Iterator<Item = (&'v String, u32, Option<&'v str>, &'v String)>,
) {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return;
    }
    let _ = writeln!(out, "**{title}**\n");
    for (path, line, rule, message) in items {
        let rule = rule.map_or_else(String::new, |rule| format!(" {}", code(rule)));
        let place = if path.is_empty() { String::new() } else { format!("{}:", code(&format!("{path}:{line}"))) };
        let _ = writeln!(out, "- {place}{rule} {}", plain(message));
    }
    out.push('\n');
}

/// A code span that the text cannot leave.
fn code(text: &str) -> String {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let blank = if longest > 0 { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// Text that is neither markup nor a mention of somebody.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '@' => out.push_str("@\u{200b}"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '!' | '~' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}
