//! Commit messages suggested from what is staged (DESIGN §13.4): a pure function of the old and new records and of the
//! style that the log's newest commits have.

use crate::decision::{Decision, LinkKind, Status};
use crate::diff::{change_sentence, changed_sections, field_changes, only_spacing, reference_label};
use crate::record::Parsed;

/// A staged record, before and after.
#[derive(Clone, Copy, Debug)]
pub struct StagedRecord<'a> {
    pub old: Option<(&'a Parsed, &'a str)>,
    pub new: Option<(&'a Parsed, &'a str)>,
}

/// Longer subjects are cut at a word and repeated whole in the body.
const SUBJECT: usize = 72;
/// A sweep over more records than this names none of them in trailers.
const MOST_TRAILERS: usize = 8;
/// The menu lists this many.
const MOST: usize = 3;

/// How the first line is written.
#[derive(Clone, Copy, Debug)]
pub enum Style<'a> {
    /// As the newest commits, whose subjects these are.
    Like(&'a [String]),
    /// `docs(adr): accept ADR-0126`
    Conventional,
    Plain,
}

/// Up to three messages, best first. `others` are staged files that are no records. Empty when nothing is staged.
pub fn suggestions(records: &[StagedRecord<'_>], others: &[&str], style: Style<'_>) -> Vec<String> {
    let conventional = match style {
        Style::Like(recent) => is_conventional(recent),
        Style::Conventional => true,
        Style::Plain => false,
    };
    let mut messages: Vec<String> = Vec::new();
    for message in candidates(records, others) {
        let message = message.written(conventional && !records.is_empty()) + &trailers(records);
        if !messages.contains(&message) {
            messages.push(message);
        }
    }
    messages.truncate(MOST);
    messages
}

/// `Decision: ADR-0126` for each record, so that the log of commits can be searched by decision.
fn trailers(records: &[StagedRecord<'_>]) -> String {
    if records.is_empty() || records.len() > MOST_TRAILERS {
        return String::new();
    }
    let lines: Vec<String> = records.iter().map(|record| format!("Decision: {}", name(record))).collect();
    format!("\n\n{}", lines.join("\n"))
}

/// A message before it is cut and styled.
struct Message {
    /// `Accept ADR-0126`
    action: String,
    /// The record's title; cut when the subject gets too long.
    title: String,
    body: String,
}

impl Message {
    fn new(action: String, title: String) -> Self {
        Self { action, title, body: String::new() }
    }

    fn written(&self, conventional: bool) -> String {
        let action =
            if conventional { format!("docs(adr): {}", lower_first(&self.action)) } else { self.action.clone() };
        let whole = if self.title.is_empty() { action.clone() } else { format!("{action}: {}", self.title) };
        let subject = cut(&whole);
        let repeated = (subject != whole).then(|| self.title.clone());
        let body = Some(self.body.clone()).filter(|body| !body.is_empty());
        let paragraphs: Vec<String> = [Some(subject), repeated, body].into_iter().flatten().collect();
        paragraphs.join("\n\n")
    }
}

fn candidates(records: &[StagedRecord<'_>], others: &[&str]) -> Vec<Message> {
    match records {
        [] => other_files(others).into_iter().collect(),
        [one] => {
            let first = action(one);
            // The sentence of the Changes row is a message too, where it says more than "reworded".
            let sentence = one.old.and(one.new).map(|_| change_sentence(one.old, one.new).0);
            let sentence = sentence.map(|lead| Message::new(name(one), lead.trim_end_matches(['.', ':']).to_owned()));
            let update = Message::new(format!("Update {}", name(one)), title(one));
            [Some(first), Some(update).filter(|_| one.old.is_some() && one.new.is_some()), sentence]
                .into_iter()
                .flatten()
                .collect()
        }
        several => {
            let supersession = supersession(several);
            let mut update = Message::new(format!("Update {} decisions", several.len()), String::new());
            let lines: Vec<String> = several.iter().map(|record| line(&action(record))).collect();
            update.body = lines.join("\n");
            supersession.into_iter().chain([update]).collect()
        }
    }
}

fn line(message: &Message) -> String {
    if message.title.is_empty() {
        format!("- {}", message.action)
    } else {
        format!("- {}: {}", message.action, message.title)
    }
}

/// A new record that supersedes, and the old one marked so, among what is staged.
fn supersession(records: &[StagedRecord<'_>]) -> Option<Message> {
    let fell = records.iter().find(|record| status_changed_to(record) == Some(Status::Superseded))?;
    let fallen = shown(fell)?;
    let successor = records.iter().find(|record| {
        let links = record.new.map(|(new, _)| new.decision.links.as_slice()).unwrap_or_default();
        let labels = links.iter().filter(|link| link.kind == LinkKind::Supersedes).map(reference_label);
        labels.into_iter().any(|label| names(&label, fallen))
    })?;
    let mut message = Message::new(format!("Supersede {} with {}", name(fell), name(successor)), title(successor));
    message.body = fallen.reason_superseded.clone().unwrap_or_default();
    Some(message)
}

/// Whether a reference's label means this record; numbers may be written with or without zeros.
fn names(label: &str, decision: &Decision) -> bool {
    let number = label.parse::<u64>().ok();
    (number.is_some() && number == decision.number) || label == decision.id.as_str() || label == decision.path.stem()
}

/// What happened to one record, first match of the table.
fn action(record: &StagedRecord<'_>) -> Message {
    let (name, title) = (name(record), title(record));
    let with = |verb: &str| Message::new(format!("{verb} {name}"), title.clone());
    let (old, new) = match (record.old, record.new) {
        (None, Some((new, _))) => {
            return match new.decision.status {
                Some(Status::Draft) => with("Draft"),
                Some(Status::Proposed) => with("Propose"),
                Some(Status::Rejected) => with("Reject"),
                _ => with("Record"),
            };
        }
        (_, None) => return with("Remove"),
        (Some(old), Some(new)) => (old, new),
    };
    match status_changed_to(record) {
        Some(Status::Accepted) => return with("Accept"),
        Some(Status::Proposed) => return with("Propose"),
        Some(Status::Rejected) => return with("Reject"),
        Some(Status::Deprecated) => return with("Deprecate"),
        Some(Status::Draft) => return with("Take back to draft"),
        Some(Status::Superseded) => {
            let by = new.0.decision.links.iter().find(|link| link.kind == LinkKind::SupersededBy).map(reference_label);
            return by.map_or_else(
                || with("Supersede"),
                |by| Message::new(format!("Supersede {name} with {}", numbered(&by)), title.clone()),
            );
        }
        _ => {}
    }
    if only_spacing(old.1, new.1) {
        return with("Tidy");
    }
    match changed_sections(old, new).as_slice() {
        [] => fields_only(record, &name).unwrap_or_else(|| with("Update")),
        [one] => Message::new(format!("Reword {name}"), one.clone()),
        _ => with("Reword"),
    }
}

/// `Link ADR-0121 and ADR-0126`, or the names of the fields.
fn fields_only(record: &StagedRecord<'_>, name: &str) -> Option<Message> {
    let (old, new) = (record.old?.0, record.new?.0);
    let had: Vec<String> = old.decision.links.iter().map(reference_label).collect();
    let gained = new.decision.links.iter().map(reference_label).find(|label| !had.contains(label));
    if let Some(label) = gained {
        return Some(Message::new(format!("Link {name} and {}", numbered(&label)), String::new()));
    }
    let fields: Vec<String> =
        field_changes(Some(old), Some(new)).iter().map(|change| change.field.to_lowercase()).collect();
    (!fields.is_empty()).then(|| Message::new(format!("Update {name}"), fields.join(", ")))
}

fn other_files(others: &[&str]) -> Option<Message> {
    match others {
        [] => None,
        [one] => Some(Message::new(format!("Update {}", one.rsplit('/').next().unwrap_or(one)), String::new())),
        several => Some(Message::new(format!("Update {} files", several.len()), String::new())),
    }
}

fn status_changed_to(record: &StagedRecord<'_>) -> Option<Status> {
    let (old, new) = (record.old?.0, record.new?.0);
    new.decision.status.filter(|status| old.decision.status != Some(*status))
}

fn shown<'a>(record: &StagedRecord<'a>) -> Option<&'a Decision> {
    record.new.or(record.old).map(|(parsed, _)| &parsed.decision)
}

/// `ADR-0126`, or the id of a record without a number.
fn name(record: &StagedRecord<'_>) -> String {
    let decision = shown(record);
    let digits = decision.and_then(|decision| decision.digits.as_deref());
    digits.map_or_else(
        || decision.map_or(String::new(), |decision| decision.id.to_string()),
        |digits| format!("ADR-{digits}"),
    )
}

fn numbered(label: &str) -> String {
    if label.bytes().all(|byte| byte.is_ascii_digit()) { format!("ADR-{label}") } else { label.to_owned() }
}

fn title(record: &StagedRecord<'_>) -> String {
    shown(record).and_then(|decision| decision.title.clone()).unwrap_or_default()
}

/// At least half of the newest commits are written as `type(scope): subject`; merges do not count.
fn is_conventional(recent: &[String]) -> bool {
    let written = recent.iter().filter(|subject| !subject.starts_with("Merge "));
    let (mut all, mut conventional) = (0, 0);
    for subject in written {
        all += 1;
        conventional += usize::from(has_type(subject));
    }
    all > 0 && conventional * 2 >= all
}

fn has_type(subject: &str) -> bool {
    let Some((head, rest)) = subject.split_once(": ") else { return false };
    let head = head.strip_suffix('!').unwrap_or(head);
    let kind = head.split_once('(').map_or(head, |(kind, _)| kind);
    let closed = kind.len() == head.len() || head.ends_with(')');
    const TYPES: [&str; 11] =
        ["feat", "fix", "docs", "chore", "refactor", "test", "build", "ci", "perf", "style", "revert"];
    closed && TYPES.contains(&kind) && !rest.is_empty()
}

/// The subject cut at a word, with `…` where something is missing.
fn cut(subject: &str) -> String {
    if subject.chars().count() <= SUBJECT {
        return subject.to_owned();
    }
    let head: String = subject.chars().take(SUBJECT - 1).collect();
    let head = head.rsplit_once(' ').map_or(head.as_str(), |(head, _)| head);
    format!("{}…", head.trim_end_matches([',', ':', ' ']))
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next();
    // Names written in capitals (`ADR-0126`) stay.
    let capitals = text.chars().take(2).filter(|c| c.is_uppercase()).count() == 2;
    if capitals {
        text.to_owned()
    } else {
        first.map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
    }
}

#[cfg(test)]
mod tests;
