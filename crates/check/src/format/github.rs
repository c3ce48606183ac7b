//! Workflow commands of GitHub Actions: each finding becomes an annotation on its line.

use super::{counted, open, whole_message};
use precedent_core::wire::{SeverityWord, Verdict, VerdictWord};

/// One command a line; the verdict last.
#[must_use]
pub fn github(verdict: &Verdict) -> String {
    let mut out = String::new();
    for finding in open(verdict) {
        let mut place = vec![
            ("file", finding.path.clone()),
            ("line", finding.line.to_string()),
            ("endLine", finding.end_line.to_string()),
        ];
        // Columns are only understood within one line.
        if finding.line == finding.end_line {
            place.push(("col", finding.column.to_string()));
            place.push(("endColumn", finding.end_column.to_string()));
        }
        place.push(("title", format!("{} ({})", finding.rule, finding.decision.title)));
        let text =
            format!("{}\nDecided in {}:{}", whole_message(finding), finding.decision.path, finding.decision.line);
        command(&mut out, word(finding.severity), &place, &text);
    }
    for fault in &verdict.faults {
        let place = [("file", fault.path.clone()), ("line", fault.line.to_string()), ("title", fault.code.clone())];
        command(&mut out, word(fault.severity), &place, &fault.message);
    }
    for item in &verdict.undecided {
        let file = (!item.path.is_empty()).then(|| [("file", item.path.clone()), ("line", item.line.to_string())]);
        let title = ("title", format!("undecided {}", item.rule.as_deref().unwrap_or_default()).trim_end().to_owned());
        let place: Vec<_> = file.into_iter().flatten().chain([title]).collect();
        command(&mut out, "error", &place, &item.message);
    }
    for change in &verdict.governance_changes {
        let title = format!("{} {}", change.kind, change.rule.as_deref().unwrap_or_default()).trim_end().to_owned();
        let place = [("file", change.path.clone()), ("line", change.line.to_string()), ("title", title)];
        command(&mut out, "warning", &place, &change.message);
    }
    for file in &verdict.skipped_files {
        let place = [("file", file.path.clone()), ("title", "not read".to_owned())];
        command(&mut out, "notice", &place, &file.why);
    }
    for note in &verdict.notes {
        command(&mut out, "notice", &[("title", "Precedent".to_owned())], note);
    }
    let counts = &verdict.counts;
    let outcome = match verdict.verdict {
        VerdictWord::Pass => "pass",
        VerdictWord::Violations => "violations",
        VerdictWord::Error => "error in the records",
        VerdictWord::Indeterminate => "undecided",
    };
    out.push_str(&format!(
        "Precedent: {outcome}, {}, {}, {} failing\n",
        counted(counts.rules, "rule"),
        counted(counts.files, "file"),
        counts.failing
    ));
    out
}

fn word(severity: SeverityWord) -> &'static str {
    match severity {
        SeverityWord::Error => "error",
        SeverityWord::Warning => "warning",
        SeverityWord::Note => "notice",
    }
}

/// Text of a repository must not become a command of its own.
fn command(out: &mut String, name: &str, properties: &[(&str, String)], message: &str) {
    let properties: Vec<String> = properties.iter().map(|(key, value)| format!("{key}={}", property(value))).collect();
    out.push_str(&format!("::{name} {}::{}\n", properties.join(","), data(message)));
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
