//! The only place that prints: one JSON value, or text with colour on a terminal; errors and progress go to stderr.

use precedent_core::wire::{
    DecisionSummary, DiffLine, ErrorCode, Hunk, PlanPreview, ProblemItem, SeverityWord, StatusWord,
};
use precedent_workspace::Error;
use serde::Serialize;
use std::io::{IsTerminal, Write};

/// Where answers go.
pub(crate) struct Output {
    json: bool,
    colour: bool,
}

/// Colours by role; every one is doubled by a word or sign.
#[derive(Clone, Copy)]
pub(crate) enum Ink {
    Quiet,
    Good,
    Open,
    Gone,
    Bad,
    Strong,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Self { json, colour }
    }

    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Prints one wire value.
    pub(crate) fn value<T: Serialize>(&self, value: &T) {
        match serde_json::to_string_pretty(value) {
            Ok(text) => self.line(&text),
            Err(error) => self.warn(&format!("cannot write the answer as JSON: {error}")),
        }
    }

    /// Prints a line; a closed pipe (`| head`) ends the program quietly.
    #[expect(clippy::unused_self, reason = "printing goes through an Output, so that nothing prints by the way")]
    pub(crate) fn line(&self, text: &str) {
        if writeln!(std::io::stdout().lock(), "{text}").is_err() {
            std::process::exit(0);
        }
    }

    /// A sentence for people on stderr.
    #[expect(clippy::unused_self, reason = "as line")]
    pub(crate) fn warn(&self, text: &str) {
        let _closed = writeln!(std::io::stderr().lock(), "{text}");
    }

    pub(crate) fn ink(&self, ink: Ink, text: &str) -> String {
        if !self.colour {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Quiet => "2",
            Ink::Good => "32",
            Ink::Open => "33",
            Ink::Gone => "35",
            Ink::Bad => "31",
            Ink::Strong => "1",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// An error with its place and what to do, on stderr; with `--json` as the wire's error.
    pub(crate) fn error(&self, error: &Error) {
        let reply = error.to_wire();
        if self.json
            && let Ok(text) = serde_json::to_string(&reply)
        {
            self.warn(&text);
            return;
        }
        self.warn(&format!("error: {}", reply.message));
        if let Some(details) = &reply.details
            && reply.code != ErrorCode::NotARepository
        {
            for line in details.lines() {
                self.warn(&format!("  {line}"));
            }
        }
        if let Some(hint) = &reply.hint {
            self.warn(&format!("hint: {hint}"));
        }
    }

    /// One row of a list: number, status, title.
    pub(crate) fn row(&self, decision: &DecisionSummary, width: usize) {
        let label = decision.label.as_deref().unwrap_or("-");
        let status = self.ink(status_ink(decision), &format!("{:<10}", status_word(decision)));
        let date = decision
            .date
            .as_deref()
            .or(decision.accepted.as_deref())
            .or(decision.proposed.as_deref())
            .unwrap_or("          ");
        self.line(&format!("{label:<width$}  {status}  {}  {}", self.ink(Ink::Quiet, date), decision.title));
    }

    /// Problems with place, code and hint.
    pub(crate) fn problems(&self, problems: &[ProblemItem]) {
        for problem in problems {
            let (ink, word) = match problem.severity {
                SeverityWord::Error => (Ink::Bad, "error"),
                SeverityWord::Warning => (Ink::Open, "warning"),
                SeverityWord::Note => (Ink::Quiet, "note"),
            };
            let place = format!("{}:{}:{}", problem.path, problem.line, problem.column);
            self.line(&format!("{place}: {} {}: {}", self.ink(ink, word), problem.code, problem.message));
            match (&problem.hint, &problem.command) {
                (Some(hint), Some(command)) => self.line(&format!("    {hint}: `{command}`")),
                (Some(hint), None) => self.line(&format!("    {hint}")),
                _ => {}
            }
        }
    }

    /// What an action would write, as a diff (`--dry-run`).
    pub(crate) fn plan(&self, plan: &PlanPreview) {
        if self.json {
            return self.value(plan);
        }
        if plan.files.is_empty() {
            self.line("Nothing would change.");
        }
        for file in &plan.files {
            let (old, new) = match file.action.as_str() {
                "create" => ("/dev/null".to_owned(), format!("b/{}", file.path)),
                "delete" => (format!("a/{}", file.path), "/dev/null".to_owned()),
                _ => (format!("a/{}", file.path), format!("b/{}", file.path)),
            };
            self.line(&self.ink(Ink::Strong, &format!("--- {old}\n+++ {new}")));
            if file.notice.is_some() {
                self.line(&self.ink(Ink::Quiet, "not a text file"));
            }
            for hunk in &file.diff {
                self.hunk(hunk);
            }
        }
        for note in &plan.notes {
            self.warn(note);
        }
    }

    fn hunk(&self, hunk: &Hunk) {
        let count = |kind: &str| hunk.lines.iter().filter(|line| line.kind == "same" || line.kind == kind).count();
        let head =
            format!("@@ -{},{} +{},{} @@ {}", hunk.old_start, count("del"), hunk.new_start, count("add"), hunk.section);
        self.line(&self.ink(Ink::Quiet, head.trim_end()));
        for line in &hunk.lines {
            let text = text_of(line);
            match line.kind.as_str() {
                "add" => self.line(&self.ink(Ink::Good, &format!("+{text}"))),
                "del" => self.line(&self.ink(Ink::Bad, &format!("-{text}"))),
                _ => self.line(&format!(" {text}")),
            }
        }
    }
}

fn text_of(line: &DiffLine) -> String {
    line.runs.iter().map(|run| run.text.as_str()).collect()
}

/// The status as people read it; a word nobody maps as written.
pub(crate) fn status_word(decision: &DecisionSummary) -> String {
    match decision.status {
        None => "no status".to_owned(),
        Some(StatusWord::Other) => decision.status_raw.clone().unwrap_or_else(|| "other".to_owned()),
        Some(status) => format!("{status:?}").to_lowercase(),
    }
}

pub(crate) fn status_ink(decision: &DecisionSummary) -> Ink {
    match decision.status {
        Some(StatusWord::Accepted) => Ink::Good,
        Some(StatusWord::Draft | StatusWord::Proposed) => Ink::Open,
        Some(StatusWord::Superseded | StatusWord::Deprecated) => Ink::Gone,
        Some(StatusWord::Rejected) => Ink::Bad,
        Some(StatusWord::Other) | None => Ink::Quiet,
    }
}
