//! Changing `precedent.toml`: the values that differ are exchanged where they stand, all other bytes stay (I5).
//!
//! Not with toml_edit: it writes every carriage return away (0.25, `RawString::encode`), so one changed value would change
//! every line of a file from Windows.

mod list;

use super::Config;
use crate::decision::Status;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Why a settings file cannot be changed here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigEditError {
    #[error("line {line}: {message}")]
    Faulty { line: u32, message: String },
    #[error("`{0}` is written in a way that is not changed here")]
    Shape(String),
}

/// `text` with the shared settings of `wanted`: folders of records, template, numbering, days and status words. Ignored paths
/// stay.
///
/// # Errors
/// `Faulty` when the text is no TOML or has a wrong value, `Shape` when a value stands where it cannot be exchanged.
pub fn edit(text: &str, wanted: &Config) -> Result<String, ConfigEditError> {
    let (now, problems) = Config::parse(text);
    if let Some(problem) = problems.into_iter().next() {
        return Err(ConfigEditError::Faulty { line: problem.line, message: problem.message });
    }
    let mut text = text.to_owned();
    if now.logs != wanted.logs {
        text = list::set(&text, "logs", &wanted.logs)?;
    }
    if now.default_template != wanted.default_template {
        text = set(&text, "default-template", wanted.default_template.as_deref().map(quoted))?;
    }
    if now.numbering != wanted.numbering {
        text = set(&text, "numbering", wanted.numbering.as_deref().map(quoted))?;
    }
    if now.stale_after != wanted.stale_after {
        text = set(&text, "stale-after", Some(wanted.stale_after.to_string()))?;
    }
    if now.waiver_max_days != wanted.waiver_max_days {
        text = set(&text, "waiver-max-days", Some(wanted.waiver_max_days.to_string()))?;
    }
    for (word, _) in now.statuses.iter().filter(|(word, _)| !wanted.statuses.iter().any(|(other, _)| other == word)) {
        text = set_status(&text, word, None)?;
    }
    for (word, status) in wanted.statuses.iter().filter(|pair| !now.statuses.contains(pair)) {
        text = set_status(&text, word, Some(*status))?;
    }
    // What was not understood above is found out here instead of in somebody's file.
    let (after, problems) = Config::parse(&text);
    let same =
        Config { statuses: sorted(&after), ..after.clone() } == Config { statuses: sorted(wanted), ..wanted.clone() };
    if same && problems.is_empty() { Ok(text) } else { Err(ConfigEditError::Shape("precedent.toml".to_owned())) }
}

fn sorted(config: &Config) -> Vec<(String, Status)> {
    let mut statuses = config.statuses.clone();
    statuses.sort_by(|a, b| a.0.cmp(&b.0));
    statuses
}

/// A key with its value, as places in the text.
struct Entry {
    key: Range<usize>,
    value: Range<usize>,
}

/// Exchanges, takes out or adds a key of the top level.
fn set(text: &str, key: &str, value: Option<String>) -> Result<String, ConfigEditError> {
    let found = top(text)?.into_iter().find(|(name, ..)| name == key).map(|(_, entry, _)| entry);
    Ok(match (found, value) {
        (Some(entry), Some(value)) => replaced(text, entry.value, &value),
        (Some(entry), None) => replaced(text, lines_of(text, &entry), ""),
        (None, Some(value)) => {
            let at = end_of_top(text)?;
            inserted(text, at, &format!("{key} = {value}"))
        }
        (None, None) => text.to_owned(),
    })
}

fn set_status(text: &str, word: &str, status: Option<Status>) -> Result<String, ConfigEditError> {
    let table = top(text)?.into_iter().find(|(name, ..)| name == "statuses");
    let Some((_, table, words)) = table else {
        let Some(status) = status else { return Ok(text.to_owned()) };
        let gap = if text.trim().is_empty() { "" } else { line_break(text) };
        let header = format!("{gap}[statuses]{}{} = {}", line_break(text), bare(word), quoted(status.word()));
        return Ok(inserted(text, text.len(), &header));
    };
    if text[table.value.clone()].starts_with('{') {
        let mut all: Vec<(String, String)> =
            words.iter().map(|(name, entry)| (name.clone(), text[entry.value.clone()].to_owned())).collect();
        all.retain(|(name, _)| name.trim().to_lowercase() != word);
        all.extend(status.map(|status| (word.to_owned(), quoted(status.word()))));
        let pairs: Vec<String> = all.iter().map(|(name, value)| format!("{} = {value}", bare(name))).collect();
        let written = if pairs.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", pairs.join(", ")) };
        return Ok(replaced(text, table.value, &written));
    }
    let found = words.iter().find(|(name, _)| name.trim().to_lowercase() == word).map(|(_, entry)| entry);
    match (found, status) {
        (Some(entry), Some(status)) => Ok(replaced(text, entry.value.clone(), &quoted(status.word()))),
        (Some(entry), None) => Ok(replaced(text, lines_of(text, entry), "")),
        (None, Some(status)) => {
            let last = words.iter().map(|(_, entry)| entry).max_by_key(|entry| entry.value.end);
            let dotted =
                last.is_some_and(|entry| !text[line_start(text, entry.key.start)..entry.key.start].trim().is_empty());
            let line = format!("{}{} = {}", if dotted { "statuses." } else { "" }, bare(word), quoted(status.word()));
            let at = match last {
                Some(entry) => line_end(text, entry.value.end),
                None => header_end(text).ok_or_else(|| ConfigEditError::Shape("statuses".to_owned()))?,
            };
            Ok(inserted(text, at, &line))
        }
        (None, None) => Ok(text.to_owned()),
    }
}

type Top = Vec<(String, Entry, Vec<(String, Entry)>)>;

/// Every key of the top level, with the keys of its table when it is one.
fn top(text: &str) -> Result<Top, ConfigEditError> {
    let from = text.len() - text.trim_start_matches('\u{feff}').len();
    let moved = |span: Range<usize>| span.start + from..span.end + from;
    let table = DeTable::parse(&text[from..]).map_err(|error| ConfigEditError::Shape(error.message().to_owned()))?;
    let entry = |key: Range<usize>, value: Range<usize>| Entry { key: moved(key), value: moved(value) };
    let found = table.get_ref().iter().map(|(key, value)| {
        let inner = match value.get_ref() {
            DeValue::Table(words) => words
                .iter()
                .map(|(word, meaning)| (word.get_ref().to_string(), entry(word.span(), meaning.span())))
                .collect(),
            _ => Vec::new(),
        };
        (key.get_ref().to_string(), entry(key.span(), value.span()), inner)
    });
    Ok(found.collect())
}

/// Where another key of the top level can stand: after the last one, before the first table.
fn end_of_top(text: &str) -> Result<usize, ConfigEditError> {
    let keys = top(text)?;
    let plain = keys.iter().filter(|(_, entry, _)| !starts_table(text, entry.key.start));
    let after = plain
        .map(|(_, entry, inner)| inner.iter().map(|(_, word)| word.value.end).fold(entry.value.end, usize::max))
        .max();
    if let Some(after) = after {
        return Ok(line_end(text, after));
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start_matches('\u{feff}').trim_start().starts_with('[') {
            return Ok(at);
        }
        at += line.len();
    }
    Ok(text.len())
}

fn starts_table(text: &str, key: usize) -> bool {
    text[line_start(text, key)..key].trim_start_matches('\u{feff}').trim_start().starts_with('[')
}

/// The end of the line `[statuses]`.
fn header_end(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        let head = line.trim_start_matches('\u{feff}').split('#').next().unwrap_or_default();
        if head.split_whitespace().collect::<String>() == "[statuses]" {
            return Some(at);
        }
    }
    None
}

fn lines_of(text: &str, entry: &Entry) -> Range<usize> {
    line_start(text, entry.key.start)..line_end(text, entry.value.end)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |found| found + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |found| at + found + 1)
}

fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn replaced(text: &str, place: Range<usize>, with: &str) -> String {
    format!("{}{with}{}", &text[..place.start], &text[place.end..])
}

/// A line of its own at the beginning of a line or at the end of the text.
fn inserted(text: &str, at: usize, line: &str) -> String {
    let at = if at == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { at };
    let before = &text[..at];
    let end = line_break(text);
    let joint = if before.is_empty() || before.ends_with(['\n', '\u{feff}']) { "" } else { end };
    format!("{before}{joint}{line}{end}{}", &text[at..])
}

fn quoted(value: &str) -> String {
    toml::Value::from(value).to_string()
}

fn bare(word: &str) -> String {
    let plain =
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if plain { word.to_owned() } else { quoted(word) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, change: impl Fn(&mut Config), expected: &str) {
        let mut wanted = Config::parse(text).0;
        change(&mut wanted);
        assert_eq!(edit(text, &wanted).as_deref(), Ok(expected));
    }

    fn word(word: &str, status: Status) -> (String, Status) {
        (word.to_owned(), status)
    }

    #[test]
    fn a_value_is_exchanged_where_it_stands() {
        let text = "# Ours.\r\nlogs = [\r\n  \"a\", # first\r\n]\r\nstale-after   =  14  # two weeks\r\n\r\n[statuses]\r\nok = \"accepted\"";
        check(text, |_| {}, text);
        check(text, |config| config.stale_after = 21, &text.replace(" 14 ", " 21 "));
        check(
            text,
            |config| config.numbering = Some("date".to_owned()),
            &text.replace("# two weeks\r\n", "# two weeks\r\nnumbering = \"date\"\r\n"),
        );
        check(text, |config| config.statuses[0].1 = Status::Rejected, &text.replace("accepted", "rejected"));
        check(
            text,
            |config| config.statuses.push(word("in kraft", Status::Accepted)),
            &format!("{text}\r\n\"in kraft\" = \"accepted\"\r\n"),
        );
        check(text, |config| config.statuses.clear(), &text.replace("ok = \"accepted\"", ""));
    }

    #[test]
    fn a_key_comes_before_the_first_table_and_goes_with_its_line_alone() {
        check("", |config| config.stale_after = 5, "stale-after = 5\n");
        check("\u{feff}", |config| config.stale_after = 5, "\u{feff}stale-after = 5\n");
        check("# Only words.", |config| config.stale_after = 5, "# Only words.\nstale-after = 5\n");
        check(
            "[statuses]\nok = \"accepted\"\n",
            |config| config.default_template = Some("a \"b\"".to_owned()),
            "default-template = 'a \"b\"'\n[statuses]\nok = \"accepted\"\n",
        );
        check(
            "# Why.\nnumbering = \"date\" # since\nstale-after = 3\n",
            |config| config.numbering = None,
            "# Why.\nstale-after = 3\n",
        );
        check("", |config| config.statuses.push(word("ok", Status::Accepted)), "[statuses]\nok = \"accepted\"\n");
        check(
            "x = 1\n",
            |config| config.statuses.push(word("ok", Status::Accepted)),
            "x = 1\n\n[statuses]\nok = \"accepted\"\n",
        );
    }

    #[test]
    fn other_ways_to_write_a_table() {
        let add = |config: &mut Config| config.statuses.push(word("no", Status::Rejected));
        check(
            "statuses = { ok = \"accepted\" } # ours\n",
            add,
            "statuses = { ok = \"accepted\", no = \"rejected\" } # ours\n",
        );
        check(
            "statuses.ok = \"accepted\"\nx = 1\n",
            add,
            "statuses.ok = \"accepted\"\nstatuses.no = \"rejected\"\nx = 1\n",
        );
        check("[ statuses ] # none yet\n[other]\n", add, "[ statuses ] # none yet\nno = \"rejected\"\n[other]\n");
        check("statuses = { ok = \"accepted\" }\n", |config| config.statuses.clear(), "statuses = {}\n");
    }

    fn logs(logs: &[&str]) -> impl Fn(&mut Config) + use<> {
        let logs: Vec<String> = logs.iter().map(|&log| log.to_owned()).collect();
        move |config| config.logs.clone_from(&logs)
    }

    #[test]
    fn a_folder_comes_and_goes_and_the_others_stay() {
        check("", logs(&["a/b"]), "logs = [\"a/b\"]\n");
        check("# Ours.\nstale-after = 3\n\n[x]\n", logs(&["a"]), "# Ours.\nstale-after = 3\nlogs = [\"a\"]\n\n[x]\n");
        check("logs = [ 'a' ] # here\n", logs(&["a", "b"]), "logs = [ 'a', \"b\" ] # here\n");
        check("logs = ['a', \"b\"]\n", logs(&["b"]), "logs = [\"b\"]\n");
        check("logs = ['a', \"b\"]\n", logs(&["a"]), "logs = ['a']\n");
        check("logs = [\"a\",]\nx = 1\n", logs(&["c"]), "logs = [\"c\"]\nx = 1\n");
        check("x = 1\nlogs = [\"a\"] # gone\n", logs(&[]), "x = 1\n");
        let long = "logs = [\r\n  # Of old.\r\n  \"a\", # first\r\n  \"b\"\r\n]\r\n";
        check(long, logs(&["a", "b", "c"]), &long.replace("\"b\"\r\n", "\"b\",\r\n  \"c\"\r\n"));
        check(long, logs(&["b"]), &long.replace("  \"a\", # first\r\n", ""));
        check(long, logs(&["a"]), &long.replace("  \"b\"\r\n", ""));
        check(long, logs(&["b", "a"]), "logs = [\"b\", \"a\"]\r\n");
    }

    #[test]
    fn a_faulty_file_is_not_touched() {
        let wanted = Config { stale_after: 9, ..Config::default() };
        assert!(matches!(edit("logs = [\n", &wanted), Err(ConfigEditError::Faulty { .. })));
        let faulty = edit("\nnumbering = \"roman\"\n", &wanted);
        assert!(matches!(faulty, Err(ConfigEditError::Faulty { line: 2, .. })), "{faulty:?}");
    }
}
