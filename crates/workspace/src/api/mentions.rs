//! Who cites a record: with the words around the mention, and whether it links there or only writes the number. A bare
//! number can be made a link.

use crate::api::planning::{Planned, label};
use crate::api::reading::gone;
use crate::error::{Error, Result};
use crate::workspace::{State, Workspace};
use precedent_core::decision::Dialect;
use precedent_core::log::{DecisionLog, Resolution};
use precedent_core::record::{decode, images};
use precedent_core::render::plain;
use precedent_core::wire::{CitedBy, ErrorCode, PlanPreview, WriteReply};
use precedent_core::{RecordPath, WritePlan};
use std::ops::Range;

/// Records that cite one are listed up to this many.
const MOST_CITING: usize = 200;
const WIKI: &str = "[[";
const BYTE_ORDER_MARK: char = '\u{feff}';

/// How the text of one record names another.
#[derive(Debug, Default)]
struct Mentions {
    /// The first of all.
    first: Option<usize>,
    /// Those without a link.
    bare: Vec<Range<usize>>,
    /// A link in the text or a stated one.
    linked: bool,
}

impl Workspace {
    /// Who cites a record, with up to two lines around the first mention in prose, read from the citing file. A record that
    /// only its links name has no such lines.
    pub(crate) fn cited_by(&self, state: &State, path: &RecordPath) -> Vec<CitedBy> {
        let citing = &state.log.graph().links(path).cited_by;
        citing.iter().take(MOST_CITING).map(|from| self.said_of(&state.log, from, path)).collect()
    }

    fn said_of(&self, log: &DecisionLog, from: &RecordPath, to: &RecordPath) -> CitedBy {
        let bytes = self.store.read(from).unwrap_or_default();
        let text = decode(&bytes).0;
        let mentions = mentions(log, from, to, &text);
        let context = mentions.first.and_then(|at| lines_around(&text, at)).unwrap_or_default();
        CitedBy { path: from.to_string(), context, linked: mentions.linked || mentions.bare.is_empty() }
    }

    /// What making links of the bare mentions of `to` in the text of `from` would write.
    ///
    /// # Errors
    /// `not-found` when every mention is a link; `cannot-edit` for a record that is not Markdown or not UTF-8.
    pub fn plan_mentions(&self, from: &str, to: &str) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.linking_mentions(from, to)?))
    }

    /// Writes links for bare mentions as it was shown.
    ///
    /// # Errors
    /// `conflict` when a file changed since it was shown.
    pub fn apply_mentions(&self, from: &str, to: &str, digest: &str) -> Result<WriteReply> {
        self.apply_planned(&self.linking_mentions(from, to)?, digest)
    }

    fn linking_mentions(&self, from: &str, to: &str) -> Result<Planned> {
        let (parsed, before) = self.editable(&self.resolve(from)?)?;
        let to = self.resolve(to)?;
        let log = self.log();
        let target = log.find(&to).ok_or_else(|| gone(&to))?;
        let path = &parsed.decision.path;
        if parsed.decision.dialect == Dialect::Foreign {
            return Err(Error::new(
                ErrorCode::CannotEdit,
                format!("{path} is not Markdown, so no link is written into it"),
            )
            .with_hint("edit it in another editor")
            .at(path.as_str()));
        }
        let (mark, body) = match before.strip_prefix(BYTE_ORDER_MARK) {
            Some(body) => (BYTE_ORDER_MARK.len_utf8(), body),
            None => (0, before.as_str()),
        };
        let way = images::link(path, &to);
        let mut after = before.clone();
        let mut bare = mentions(&log, path, &to, body).bare;
        bare.sort_by_key(|span| std::cmp::Reverse(span.start));
        for span in bare {
            let written = &body[span.clone()];
            after.replace_range(span.start + mark..span.end + mark, &format!("[{written}]({way})"));
        }
        let (name, other) = (label(&parsed.decision), label(&target.decision));
        let plan =
            WritePlan::new(format!("Link the mention of {other} in {name}")).replace(path.clone(), before, after);
        if plan.files.is_empty() {
            return Err(Error::new(ErrorCode::NotFound, format!("{name} mentions {other} nowhere without a link"))
                .with_hint("the record may have changed; look at it again")
                .at(path.as_str()));
        }
        let digits = parsed.decision.digits.clone();
        Ok(Planned { plan, record: Some(path.clone()), label: digits, notes: Vec::new(), stages: false })
    }
}

/// `text` is without a byte order mark, as places in a record are counted.
fn mentions(log: &DecisionLog, from: &RecordPath, to: &RecordPath, text: &str) -> Mentions {
    let Some(parsed) = log.find(from) else { return Mentions::default() };
    let means = |text: &str, target: Option<&str>| matches!(log.resolve_in(from, text, target), Resolution::One(found) if found == *to);
    let mut found = Mentions {
        linked: parsed.decision.links.iter().any(|link| means(&link.text, link.target.as_deref())),
        ..Mentions::default()
    };
    for citation in
        parsed.decision.citations.iter().filter(|citation| means(&citation.text, citation.target.as_deref()))
    {
        found.first = Some(found.first.map_or(citation.span.start, |first| first.min(citation.span.start)));
        // The file may have changed since it was read.
        let Some(written) = text.get(citation.span.clone()) else { continue };
        let is_bare = citation.target.is_none() && written == citation.text;
        if !is_bare {
            found.linked |= citation.target.is_some() || written.starts_with(WIKI);
        } else if !in_code(text, citation.span.start) {
            found.bare.push(citation.span.clone());
        }
    }
    found
}

/// Whether a place stands in code within its line: a link would be shown as it is written there.
fn in_code(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
    line.matches('`').count() % 2 == 1
}

/// The line at a byte offset and, when it is short, the next one, as plain text.
fn lines_around(text: &str, at: usize) -> Option<String> {
    let before = text.get(..at)?;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let bare = |line: &'_ str| -> String {
        let line = line.trim().trim_start_matches(['>', '*', '-', '+', ' ']);
        ["[ ] ", "[x] ", "[X] "].iter().find_map(|task| line.strip_prefix(task)).unwrap_or(line).to_owned()
    };
    let mut lines = text[start..].lines().map(bare);
    let first = lines.next()?;
    let more = lines.next().filter(|next| !next.is_empty() && !next.starts_with('#') && first.len() < 80);
    Some(shorten(&plain(&more.map_or(first.clone(), |next| format!("{first} {next}")))))
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(240) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::api::tests::Sandbox;
    use precedent_core::wire::ErrorCode;

    const A: &str = "docs/adr/0001-use-mongo.md";
    const B: &str = "docs/adr/0002-use-postgres.md";
    const C: &str = "docs/adr/more/0003-use-a-queue.md";

    fn record(title: &str, text: &str) -> String {
        format!("---\nstatus: accepted\n---\n\n# {title}\n\n## Context\n\n{text}\n")
    }

    #[test]
    fn a_bare_number_becomes_a_link_and_can_be_taken_back() {
        let sandbox = Sandbox::new();
        let text = record("Use a queue", "As ADR-0001 says, and ADR 1 again. `ADR-0001` is code.");
        sandbox
            .write(A, record("Use Mongo", "Why."))
            .write(B, record("Use Postgres", "See [ADR-0001](0001-use-mongo.md) and ADR-0001."))
            .write(C, format!("\u{feff}{text}"));
        let workspace = sandbox.open();
        let cited = workspace.read_decision(A).expect("a view").cited_by;
        let said: Vec<_> = cited.iter().map(|by| (by.path.as_str(), by.linked)).collect();
        assert_eq!(said, [(B, true), (C, false)]);
        assert!(cited[1].context.starts_with("As ADR-0001 says"), "{}", cited[1].context);
        let preview = workspace.plan_mentions(C, A).expect("a plan");
        workspace.apply_mentions(C, A, &preview.digest).expect("written");
        let expected = text
            .replace("As ADR-0001", "As [ADR-0001](../0001-use-mongo.md)")
            .replace("ADR 1 again", "[ADR 1](../0001-use-mongo.md) again");
        assert_eq!(sandbox.read(C), format!("\u{feff}{expected}"));
        assert!(workspace.read_decision(A).expect("a view").cited_by.iter().all(|by| by.linked));
        let error = workspace.plan_mentions(C, A).expect_err("nothing is left");
        assert_eq!(error.code(), ErrorCode::NotFound);
        let back = workspace.plan_undo(None).expect("a plan");
        workspace.apply_undo(None, &back.digest).expect("taken back");
        assert_eq!(sandbox.read(C), format!("\u{feff}{text}"));
    }

    #[test]
    fn a_path_with_spaces_and_parentheses_is_linked_whole() {
        let sandbox = Sandbox::new();
        let odd = "docs/adr/0001-use mongo (for now) 100%.md";
        let text = record("Use Postgres", "As ADR-0001 says.");
        sandbox.write(odd, record("Use Mongo", "Why.")).write(B, &text);
        let workspace = sandbox.open();
        let preview = workspace.plan_mentions(B, odd).expect("a plan");
        workspace.apply_mentions(B, odd, &preview.digest).expect("written");
        let link = "As [ADR-0001](0001-use%20mongo%20%28for%20now%29%20100%25.md)";
        assert_eq!(sandbox.read(B), text.replace("As ADR-0001", link));
        let html = workspace.read_decision(B).expect("a view").html;
        assert!(html.contains(&format!("data-path=\"{odd}\"")), "{html}");
    }
}
