//! Whether a file is a decision record at all, and faults that concern the file as a whole.

use super::language::Key;
use super::quotes::{self, Mend};
use super::{Encoding, Reading, SectionKind, Signs};
use crate::decision::Decision;
use crate::id::{FileName, RecordPath};
use crate::problem::{Fix, Problem, ProblemCode, Severity, TextEdit};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Stems of files that stand beside records.
const NOT_RECORDS: &[&str] = &[
    "readme",
    "index",
    "_index",
    "template",
    "toc",
    "summary",
    "contributing",
    "changelog",
    "license",
    "glossary",
    "overview",
    "about",
    "home",
    "_sidebar",
    "list",
    "log",
    "decision-log",
    "adr-template",
    "adr_template",
    "template-adr",
    "adr-index",
    "adr",
    "adrs",
    "code_of_conduct",
    "codeowners",
    "agents",
    "claude",
    "security",
    "copilot-instructions",
    "skill",
];

/// Whether a file with this name may be a record at all: a known extension, and no README, index or template
/// (a `README.md` whose folder carries the number or date may). Waivers are no records (CONTRACT §12).
pub fn may_be_record(path: &RecordPath) -> bool {
    if path.stem() == path.file_name() || path.folder().split('/').any(is_other_folder) {
        return false;
    }
    let stem = path.stem().to_ascii_lowercase();
    if matches!(stem.as_str(), "readme" | "index") {
        let folder = path.folder().rsplit('/').next().unwrap_or("");
        return FileName::parse(folder).is_marked();
    }
    let name = FileName::parse(path.stem());
    let slug = name.slug.to_ascii_lowercase();
    let is_template = is_template(&stem) && !name.is_marked()
        || only_template_words(&slug)
        || name.number().is_none_or(|number| number == 0) && is_template(&slug);
    !NOT_RECORDS.contains(&stem.as_str()) && !is_template && !stem.starts_with('.')
}

fn is_other_folder(folder: &str) -> bool {
    matches!(
        folder.to_ascii_lowercase().as_str(),
        "waivers" | "templates" | "template" | "_templates" | "node_modules" | ".git"
    )
}

fn is_template(name: &str) -> bool {
    let words = || name.split(['-', '_', '.', ' ']);
    let is_word = |word: &str| matches!(word, "template" | "vorlage" | "plantilla" | "modèle" | "sjabloon");
    words().next_back().is_some_and(is_word) || words().next().is_some_and(is_word) && words().count() <= 4
}

/// `adr-template`, `madr_template_minimal`: nothing but words about templates, even behind a number.
fn only_template_words(slug: &str) -> bool {
    let mut words = slug.split(['-', '_', '.', ' ']);
    let known = |word: &str| {
        matches!(
            word,
            "template"
                | "adr"
                | "madr"
                | "nygard"
                | "decision"
                | "record"
                | "minimal"
                | "bare"
                | "long"
                | "short"
                | "simple"
                | "full"
                | "your"
        )
    };
    slug.contains("template") && words.clone().any(|word| word == "template") && words.all(known)
}

/// What speaks for a file being a record.
pub(crate) fn signs(path: &RecordPath, reading: &Reading<'_>, decision: &Decision) -> Signs {
    use SectionKind::{Consequences, Context, Decision as Made, Options};
    let has = |kind: SectionKind| reading.sections.iter().any(|section| section.kind == kind);
    let headings = [Context, Made, Consequences, Options].into_iter().filter(|kind| has(*kind)).count();
    let front = |key: &Key| reading.front_entry(key).is_some();
    Signs {
        number_or_date_in_name: FileName::of(path).is_marked(),
        status: decision.status.is_some() || reading.fields.iter().any(|field| field.key == Key::Status),
        decision_headings: headings >= 2 && has(Made),
        front_matter: front(&Key::Status) || front(&Key::DecisionMakers) || front(&Key::Schema),
    }
}

/// A value written right, as a fix.
fn as_fix(path: &RecordPath, mend: Mend) -> Fix {
    let edit = TextEdit { path: path.clone(), range: mend.range, text: mend.text };
    Fix { title: mend.title.to_owned(), edits: vec![edit] }
}

/// Values that are read here as meant; stricter readers refuse the whole block.
fn missing_quotes<'a>(path: &'a RecordPath, reading: &'a Reading<'_>) -> impl Iterator<Item = Problem> + 'a {
    let found = reading.front.iter().flat_map(|front| quotes::missing(reading.text, front));
    found.map(|mend| {
        let mut problem =
            Problem::new(ProblemCode::FrontMatter, path, reading.text, mend.range.clone(), mend.message.clone())
                .hint("Other readers of YAML refuse the whole block.")
                .fix(as_fix(path, mend));
        problem.severity = Severity::Warning;
        problem
    })
}

/// The parser's own words without what it found and suggests: `unclosed flow sequence, expected ']' to close sequence`.
fn in_short(message: &str) -> String {
    let end = [". Found:", ". Context:", ". Suggestion:"].iter().filter_map(|part| message.find(part)).min();
    let short = message[..end.unwrap_or(message.len())].replace(". Expected: ", ", expected ");
    let mut chars = short.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

static CONFLICT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?m)^<{7} [^\n]*\n(?s:.*?)^={7}\r?$(?s:.*?)^>{7} ").ok());
static PROMPT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\{(?:[A-Za-z][A-Za-z,'’-]*(?: [^\s{}|%$=]+){2,40}|[^{}\n]{1,80} \| [^{}\n]{1,200})\}|\[(?:short title of solved problem|option \d|describe|example|e\.g\.)[^\]\n]*\](?:[^(]|$)|<[a-z][a-z ]{6,60} here>").ok()
});

/// Problems of the file as a whole: front matter, encoding, conflict markers, prompts nobody filled in.
pub(crate) fn file_problems(path: &RecordPath, reading: &Reading<'_>, encoding: Encoding, problems: &mut Vec<Problem>) {
    let text = reading.text;
    if let Some(fault) = reading.front.as_ref().and_then(|front| front.fault.as_ref()) {
        let code = if fault.too_large { ProblemCode::TooLarge } else { ProblemCode::FrontMatter };
        let message = format!("the front matter cannot be read: {}", in_short(&fault.message));
        let mut problem = Problem::new(code, path, text, fault.at..fault.at, message).hint(
            "Mend the block between the two fence lines; until then only plain `key: value` lines of it are read.",
        );
        problem.fix =
            reading.front.as_ref().and_then(|front| quotes::of_fault(text, front)).map(|mend| as_fix(path, mend));
        problems.push(problem);
    }
    problems.extend(missing_quotes(path, reading));
    if matches!(encoding, Encoding::Latin1 | Encoding::Utf16) {
        let message = format!(
            "this file is not UTF-8; it is shown as {} and not changed before it is converted",
            encoding.name()
        );
        problems.push(
            Problem::new(ProblemCode::Encoding, path, text, 0..0, message)
                .hint(format!("Convert it: `precedent convert {path} --to utf-8`.")),
        );
    }
    if let Some(found) = CONFLICT.as_ref().and_then(|regex| regex.find(text)) {
        let span = found.start()..found.start() + 7;
        problems.push(
            Problem::new(ProblemCode::ConflictMarkers, path, text, span, "a merge conflict was left in this file")
                .hint("Choose one side and remove the marker lines."),
        );
    }
    let known = problems.iter().any(|problem| problem.code == ProblemCode::Placeholder);
    let scan = reading.layout.mask.get(..60_000).unwrap_or(&reading.layout.mask);
    if let Some(found) = PROMPT.as_ref().filter(|_| !known).and_then(|regex| regex.find(scan)) {
        let prompt: String = found.as_str().chars().take(60).collect();
        let message = format!("`{prompt}` looks like a prompt of the template");
        problems.push(
            Problem::new(ProblemCode::Placeholder, path, text, found.range(), message).hint("Fill it in or delete it."),
        );
    }
}

/// Lines that hold nothing but a prompt of the template, with the key or bullet that leads them. Offsets count from behind a
/// byte order mark.
pub fn placeholder_lines(path: &RecordPath, text: &str) -> Vec<Range<usize>> {
    let reading = Reading::new(path, text);
    let Some(prompt) = PROMPT.as_ref() else { return Vec::new() };
    let mut out: Vec<Range<usize>> = Vec::new();
    for found in prompt.find_iter(&reading.layout.mask) {
        let start = text[..found.start()].rfind('\n').map_or(0, |at| at + 1);
        let line = start..super::front_matter::line_at(text, found.end().saturating_sub(1).max(start)).end;
        let rest = prompt.replace_all(&text[line.clone()], "");
        let nothing_else = !rest.chars().any(char::is_alphanumeric);
        let heading = reading.layout.in_heading(line.start);
        if nothing_else && !heading && out.last().is_none_or(|last| last.end <= line.start) {
            out.push(line);
        }
    }
    out
}
