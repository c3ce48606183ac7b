//! A verdict in the forms that other programs read. Each is a function of the verdict and nothing else.

mod github;
mod markdown;
mod sarif;

#[cfg(test)]
mod tests;

pub use github::github;
pub use markdown::markdown;
pub use sarif::sarif;

use precedent_core::wire::{FindingItem, FindingState, Verdict};

/// Whether findings that were there before are told apart from new ones.
fn is_change(verdict: &Verdict) -> bool {
    verdict.input.kind != "worktree"
}

/// Findings that somebody has to look at: of a change those it brings, else all that are not let pass.
fn open(verdict: &Verdict) -> impl Iterator<Item = &FindingItem> {
    let is_change = is_change(verdict);
    verdict.findings.iter().filter(move |finding| match finding.state {
        FindingState::Introduced | FindingState::WaiverProposed => true,
        FindingState::Existing => !is_change,
        FindingState::Baselined | FindingState::Waived => false,
    })
}

/// `1 rule`, `2 rules`.
#[must_use]
pub fn counted(count: u32, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// Message and note in one text.
fn whole_message(finding: &FindingItem) -> String {
    let mut text = finding.message.clone();
    if let Some(note) = &finding.note {
        text = format!("{text}\n{note}");
    }
    if let Some(remedy) = &finding.remedy {
        text = format!("{text}\nInstead: {remedy}");
    }
    text
}
