//! A verdict for people: what is broken, by which decision, and what to do.

use crate::output::{Ink, Output};
use precedent_check::format::counted;
use precedent_core::wire::{FindingItem, FindingState, SeverityWord, StatusWord, Verdict, VerdictWord};

/// Prints findings that are open first, everything else after them, the verdict last.
pub(in crate::commands) fn print(output: &Output, verdict: &Verdict) {
    let is_change = verdict.input.kind != "worktree";
    for finding in verdict.findings.iter().filter(|finding| is_shown(finding, is_change)) {
        print_finding(output, finding);
    }
    for fault in &verdict.faults {
        let place = format!("{}:{}:{}", fault.path, fault.line, fault.column);
        let (ink, word) = level(fault.severity);
        let rule = fault.rule.as_ref().map_or_else(String::new, |rule| format!(" {rule}:"));
        output.line(&format!("{place}: {} {}:{rule} {}", output.ink(ink, word), fault.code, plain(&fault.message)));
    }
    for undecided in &verdict.undecided {
        let place = if undecided.path.is_empty() {
            String::new()
        } else {
            format!("{}:{}:{}: ", plain(&undecided.path), undecided.line, undecided.column)
        };
        let rule = undecided.rule.as_ref().map_or_else(String::new, |rule| format!(" {rule}:"));
        output.line(&format!("{place}{}{rule} {}", output.ink(Ink::Bad, "undecided:"), plain(&undecided.message)));
    }
    for change in &verdict.governance_changes {
        let rule = change.rule.as_ref().map_or_else(String::new, |rule| format!(" {rule}:"));
        let place = format!("{}:{}", plain(&change.path), change.line);
        output.line(&format!(
            "{place}: {} {}:{rule} {}",
            output.ink(Ink::Open, "governance"),
            change.kind,
            plain(&change.message)
        ));
    }
    for preview in &verdict.previews {
        let why = if preview.why == "proposed" { "not decided yet" } else { "new with this change" };
        output
            .line(&format!("{}: preview: {} ({why}) would find {}", preview.record, preview.rule, preview.would_find));
    }
    for rule in &verdict.vacuous {
        output.line(&format!("{} {rule} governs no file", output.ink(Ink::Open, "vacuous:")));
    }
    for file in &verdict.skipped_files {
        output.line(&format!("{}: {} {}", plain(&file.path), output.ink(Ink::Open, "not read:"), file.why));
    }
    for note in &verdict.notes {
        output.line(&format!("{} {}", output.ink(Ink::Open, "note:"), plain(note)));
    }
    summary(output, verdict);
}

/// Of a change, what was there before is not listed; of the whole tree, what is let pass is not.
fn is_shown(finding: &FindingItem, is_change: bool) -> bool {
    match finding.state {
        FindingState::Introduced | FindingState::WaiverProposed => true,
        FindingState::Existing => !is_change,
        FindingState::Baselined | FindingState::Waived => false,
    }
}

fn print_finding(output: &Output, finding: &FindingItem) {
    let (ink, word) = level(finding.severity);
    let place = format!("{}:{}:{}", plain(&finding.path), finding.line, finding.column);
    output.line(&format!("{}: {} {}", output.ink(Ink::Strong, &place), output.ink(ink, word), finding.rule));
    if !finding.excerpt.is_empty() {
        output.line(&format!("    {}", output.ink(Ink::Quiet, &plain(&finding.excerpt))));
    }
    for line in finding.message.lines().chain(finding.note.as_deref()) {
        output.line(&format!("  {}", plain(line)));
    }
    if let Some(remedy) = &finding.remedy {
        output.line(&format!("  instead: {}", plain(remedy)));
    }
    let decision = &finding.decision;
    let status = decision.status.map_or("no status", status_word);
    output.line(&format!("  decided: {} ({status}), {}:{}", plain(&decision.title), decision.path, decision.line));
    match &finding.waiver {
        Some(waiver) if waiver.expired => output.line(&format!(
            "  the waiver {} ended on {}; its owner is {}",
            waiver.path,
            waiver.expires,
            plain(&waiver.owner)
        )),
        _ if finding.state == FindingState::WaiverProposed => {
            output.line("  the waiver for it is part of this change: it has to land first");
        }
        _ => {}
    }
    output.line(&output.ink(Ink::Quiet, &format!("  to change the decision: {}", finding.propose)));
}

fn summary(output: &Output, verdict: &Verdict) {
    let counts = &verdict.counts;
    let (ink, word) = match verdict.verdict {
        VerdictWord::Pass => (Ink::Good, "pass"),
        VerdictWord::Violations => (Ink::Bad, "violations"),
        VerdictWord::Error => (Ink::Bad, "error in the records"),
        VerdictWord::Indeterminate => (Ink::Bad, "undecided"),
    };
    let mut parts = vec![format!("{}, {}", counted(counts.rules, "rule"), counted(counts.files, "file"))];
    let states = [
        (counts.introduced, "introduced"),
        (counts.waiver_proposed, "waiver proposed"),
        (counts.existing, "existing"),
        (counts.baselined, "in the baseline"),
        (counts.waived, "waived"),
    ];
    parts.extend(states.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")));
    let skipped = &verdict.skipped;
    let skips = [
        (skipped.binary, "binary"),
        (skipped.too_large, "too large"),
        (skipped.generated, "generated"),
        (skipped.symlink, "links"),
        (skipped.submodule, "submodules"),
    ];
    let skips: Vec<String> =
        skips.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    if !skips.is_empty() {
        parts.push(format!("not read: {}", skips.join(", ")));
    }
    output.line(&format!("{} as of {}: {}", output.ink(ink, word), verdict.as_of, parts.join(" · ")));
}

fn level(severity: SeverityWord) -> (Ink, &'static str) {
    match severity {
        SeverityWord::Error => (Ink::Bad, "error"),
        SeverityWord::Warning => (Ink::Open, "warning"),
        SeverityWord::Note => (Ink::Quiet, "note"),
    }
}

fn status_word(status: StatusWord) -> &'static str {
    match status {
        StatusWord::Draft => "draft",
        StatusWord::Proposed => "proposed",
        StatusWord::Accepted => "accepted",
        StatusWord::Rejected => "rejected",
        StatusWord::Deprecated => "deprecated",
        StatusWord::Superseded => "superseded",
        StatusWord::Other => "other",
    }
}

/// Text of a repository on somebody's terminal: what would steer it is shown instead of obeyed.
fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() && letter != '\t' { '\u{fffd}' } else { letter }).collect()
}
