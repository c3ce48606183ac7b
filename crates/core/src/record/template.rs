//! Templates: the text of a new record from a [`Draft`].
//!
//! Known placeholders are replaced first; what a template has no placeholder for is then set by [`super::edit`], so that any
//! Markdown file serves as a template. Prompts (`{Describe the context …}`) stay for the author to fill in.

use super::edit::{Edit, apply_edit};
use super::{ParseOptions, SectionKind, parse};
use crate::decision::{Date, Decision, Status};
use crate::id::RecordPath;

/// What is known of a new record before it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub title: String,
    pub status: Option<Status>,
    pub scope: Option<String>,
    pub tags: Vec<String>,
    pub applies_to: Vec<String>,
    pub decision_makers: Vec<String>,
    /// Text for the context section, carried over from a predecessor.
    pub context: Option<String>,
}

/// A template that ships with the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    pub name: &'static str,
    pub title: &'static str,
    pub description: &'static str,
    pub text: &'static str,
}

/// The templates that ship with the app, default first.
pub const BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        name: "madr",
        title: "MADR",
        description: "Context, drivers, options with their pros and cons, outcome. For decisions worth weighing.",
        text: include_str!("../../../../decisions-template/templates/madr.md"),
    },
    BuiltIn {
        name: "madr-minimal",
        title: "MADR, minimal",
        description: "Context, options and outcome. For small decisions.",
        text: include_str!("../../../../decisions-template/templates/madr-minimal.md"),
    },
    BuiltIn {
        name: "nygard",
        title: "Nygard",
        description: "Status, context, decision, consequences, as adr-tools writes them.",
        text: include_str!("../../../../decisions-template/templates/nygard.md"),
    },
    BuiltIn {
        name: "y-statement",
        title: "Y-statement",
        description: "The whole decision in one sentence.",
        text: include_str!("../../../../decisions-template/templates/y-statement.md"),
    },
    BuiltIn {
        name: "blank",
        title: "Blank",
        description: "Front matter and a title.",
        text: include_str!("../../../../decisions-template/templates/blank.md"),
    },
];

/// The text of a new record. Placeholders of the template that the draft fills are replaced; the other prompts stay.
/// `digits` is the number as the log writes it (`None` in a log without numbers).
pub fn render_draft(template: &str, draft: &Draft, digits: Option<&str>, today: Date) -> String {
    let status = draft.status.unwrap_or(Status::Proposed);
    let mut text = numbered(template, digits);
    for (placeholder, value) in placeholders(draft, status, today) {
        text = text.replace(&placeholder, &value);
    }
    let mut writer = Writer { path: RecordPath::new("0000-draft.md"), text };
    let before = writer.read();
    if before.title.as_deref() != Some(draft.title.trim()) && !draft.title.trim().is_empty() {
        writer.edit(&Edit::SetTitle { title: draft.title.trim().to_owned() });
    }
    if before.status != Some(status) {
        writer.edit(&Edit::SetStatus { status, on: None });
    }
    if before.dates.date.is_some_and(|date| date != today) || has_date_prompt(&writer.text) {
        writer.field("date", &[today.to_string()]);
    }
    writer.field("decision-makers", &draft.decision_makers);
    writer.field("tags", &draft.tags);
    writer.field("scope", draft.scope.as_slice());
    writer.field("applies-to", &draft.applies_to);
    match &draft.context {
        Some(context) => with_context(&writer.text, &writer.path, context),
        None => writer.text,
    }
}

/// Fills in the number, or takes it out with its dot where the log has none.
fn numbered(template: &str, digits: Option<&str>) -> String {
    let Some(digits) = digits else {
        let without = ["# {number}. ", "# NUMBER. ", "# ADR-{number}: ", "# ADR-{digits}: "];
        return without
            .iter()
            .fold(template.to_owned(), |text, lead| text.replace(lead, "# "))
            .replace("{number}", "")
            .replace("{digits}", "");
    };
    let number = digits.trim_start_matches('0');
    let number = if number.is_empty() { "0" } else { number };
    template
        .replace("{number}", number)
        .replace("{digits}", digits)
        .replace("# NUMBER. ", &format!("# {number}. "))
        .replace(": NUMBER\n", &format!(": {number}\n"))
}

/// Our placeholders, then those of MADR, adr-tools and log4brains.
fn placeholders(draft: &Draft, status: Status, today: Date) -> Vec<(String, String)> {
    let title = draft.title.trim().to_owned();
    let word = status.word().to_owned();
    let capital: String = word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
    let today = today.to_string();
    let titles = [
        "{title}",
        "{TITLE}",
        "[short title of solved problem and solution]",
        "{short title of solved problem and solution}",
        "{short title, representative of solved problem and found solution}",
        "[short title, representative of solved problem and found solution]",
    ];
    let mut all: Vec<(String, String)> = Vec::new();
    if !title.is_empty() {
        all.extend(titles.iter().map(|placeholder| ((*placeholder).to_owned(), title.clone())));
        all.push((". TITLE\n".to_owned(), format!(". {title}\n")));
    }
    all.push(("{status}".to_owned(), word));
    all.push(("{Status}".to_owned(), capital.clone()));
    all.push(("\nSTATUS\n".to_owned(), format!("\n{capital}\n")));
    all.push(("{date}".to_owned(), today.clone()));
    all.push(("{DATE}".to_owned(), today.clone()));
    all.push(("Date: DATE\n".to_owned(), format!("Date: {today}\n")));
    all.push(("{YYYY-MM-DD when the decision was last updated}".to_owned(), today.clone()));
    all.push(("[YYYY-MM-DD when the decision was last updated]".to_owned(), today));
    all
}

fn has_date_prompt(text: &str) -> bool {
    let head: String = text.lines().take(30).map(|line| format!("{}\n", line.to_lowercase())).collect();
    head.lines().any(|line| line.contains("date") && line.contains("yyyy"))
}

/// A new record on its way: what cannot be set stays as the template has it.
struct Writer {
    path: RecordPath,
    text: String,
}

impl Writer {
    fn read(&self) -> Decision {
        parse(&self.path, self.text.as_bytes(), &ParseOptions::default()).decision
    }

    fn edit(&mut self, edit: &Edit) {
        if let Ok(text) = apply_edit(&self.path, &self.text, edit) {
            self.text = text;
        }
    }

    fn field(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            self.edit(&Edit::SetField { key: key.to_owned(), values: values.to_vec() });
        }
    }
}

/// Puts a predecessor's context in place of the prompt below the context heading.
fn with_context(text: &str, path: &RecordPath, context: &str) -> String {
    let parsed = parse(path, text.as_bytes(), &ParseOptions::default());
    let Some(section) = parsed.sections.iter().find(|section| section.kind == SectionKind::Context) else {
        return text.to_owned();
    };
    let body = super::sections::trim_span(text, section.body.clone());
    if body.is_empty() {
        return text.to_owned();
    }
    format!("{}{}{}", &text[..body.start], context.trim(), &text[body.end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft {
            title: "Use Postgres: really".to_owned(),
            status: Some(Status::Proposed),
            scope: Some("billing".to_owned()),
            tags: vec!["storage".to_owned()],
            applies_to: vec!["services/**".to_owned()],
            decision_makers: vec!["@dana".to_owned(), "Ann Lee".to_owned()],
            context: None,
        }
    }

    fn check(template: &str) -> Decision {
        let today = Date::constant(2026, 3, 2);
        let text = render_draft(template, &draft(), Some("0012"), today);
        let decision =
            parse(&RecordPath::new("docs/0012-use-postgres.md"), text.as_bytes(), &ParseOptions::default()).decision;
        assert_eq!(decision.title.as_deref(), Some("Use Postgres: really"), "{text}");
        assert_eq!(decision.status, Some(Status::Proposed), "{text}");
        assert_eq!(decision.people.decision_makers, ["@dana", "Ann Lee"], "{text}");
        assert_eq!(decision.tags, ["storage"], "{text}");
        assert_eq!(decision.scope.as_deref(), Some("billing"), "{text}");
        assert_eq!(decision.applies_to, ["services/**"], "{text}");
        decision
    }

    #[test]
    fn built_in_templates_take_a_draft() {
        for template in BUILT_IN {
            let decision = check(template.text);
            assert_eq!(decision.dates.date, Some(Date::constant(2026, 3, 2)), "{}", template.name);
        }
    }

    #[test]
    fn any_file_serves_as_template() {
        check("");
        check("# Template\n\n## Context\n\nWhy?\n\n## Decision\n");
        check("# NUMBER. TITLE\n\nDate: DATE\n\n## Status\n\nSTATUS\n\n## Context\n");
        check(
            "---\nstatus: \"{proposed | rejected | accepted | deprecated | … | superseded by ADR-0123}\"\ndate: {YYYY-MM-DD when the decision was last updated}\ndecision-makers: {list everyone involved in the decision}\n---\n\n# {short title, representative of solved problem and found solution}\n",
        );
        check(
            "# [short title of solved problem and solution]\n\n* Status: [proposed | rejected | accepted | deprecated | … | superseded by [ADR-0005](0005-example.md)] <!-- optional -->\n* Deciders: [list everyone involved in the decision] <!-- optional -->\n* Date: [YYYY-MM-DD when the decision was last updated] <!-- optional -->\n",
        );
    }

    #[test]
    fn a_log_without_numbers_and_a_carried_context() {
        let nygard = BUILT_IN.iter().find(|template| template.name == "nygard").map_or("", |template| template.text);
        let draft = Draft {
            context: Some("We kept running out of disk.".to_owned()),
            ..Draft { title: "Archive logs".to_owned(), ..Draft::default() }
        };
        let text = render_draft(nygard, &draft, None, Date::constant(2026, 3, 2));
        assert!(text.starts_with("# Archive logs\n\nDate: 2026-03-02\n\n## Status\n\nProposed\n\n## Context\n\nWe kept running out of disk.\n\n## Decision\n"), "{text}");
    }
}
