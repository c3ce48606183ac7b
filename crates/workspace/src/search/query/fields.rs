//! The fields of the query language: their names, their values, and what is said of a value that is none.

use super::{IsFolder, Reference, Test, reference};
use crate::search::schema::Area;
use crate::search::tokenizer::fold;
use precedent_core::{Date, Status};

/// Names of fields as typed; `owner`, `binds` and `year` are other words for things that have one already.
pub(super) const NAMES: &[&str] = &[
    "status", "tag", "by", "owner", "scope", "in", "section", "path", "binds", "before", "after", "year", "is", "has",
    "id",
];

/// What a field asks of a record, or what is wrong with its value.
pub(super) enum Meaning {
    Test(Test),
    /// Only these parts of a record are searched.
    Areas(Vec<Area>),
}

/// Reads `name:value`; the value is not empty.
pub(super) fn read(name: &str, value: &str, is_folder: IsFolder<'_>) -> Result<Meaning, String> {
    let folded = fold(value);
    let said = |rest: &str| if rest.is_empty() { Err(format!("`{name}:` needs a value")) } else { Ok(rest.to_owned()) };
    let test = match name {
        "status" => Test::Status(statuses(&said(folded.trim_matches(','))?)?),
        "tag" => Test::Tag(folded),
        "by" | "owner" => Test::By(said(folded.trim_start_matches('@'))?),
        "scope" => Test::Scope(folded),
        "in" => return Ok(place(&folded, is_folder)),
        "section" => return section(&folded).map(Meaning::Areas),
        "path" | "binds" => Test::Governs(path(value)),
        "before" => Test::Before(date(value)?),
        "after" => Test::From(date(value)?),
        "year" => years(value)?,
        "is" => standing(&folded)?,
        "has" => possession(&folded)?,
        _ => {
            let id = said(value.trim_start_matches('#'))?;
            Test::Id(reference::marked(&id).into_iter().chain([reference::whole(&id), Reference::Name(id)]).collect())
        }
    };
    Ok(Meaning::Test(test))
}

/// Whether a field, as typed, asks for the decisions of the person.
pub(super) fn asks_mine(field: &str, value: &str) -> bool {
    matches!(read(&field.to_ascii_lowercase(), value.trim(), &|_| true), Ok(Meaning::Test(Test::Mine)))
}

/// The field that a word before a colon was meant to be: `statuss:accepted`.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    let letters = (3..=12).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let close = |name: &&&str| name.len() >= 3 && strsim::osa_distance(name, &word) == 1;
    if letters { NAMES.iter().find(close).copied() } else { None }
}

/// A path from the root of the repository, however its ends are written.
fn path(value: &str) -> String {
    let path = value.replace('\\', "/");
    let mut path = path.trim_matches('/');
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    if path == "." { String::new() } else { path.to_owned() }
}

/// A log or folder; a section where its own name stands alone and no folder is called so.
fn place(value: &str, is_folder: IsFolder<'_>) -> Meaning {
    match Area::ALL.into_iter().find(|area| area.name() == value) {
        Some(area) if !is_folder(value) => Meaning::Areas(with_rejected(vec![area])),
        _ => Meaning::Test(Test::In(path(value))),
    }
}

fn section(name: &str) -> Result<Vec<Area>, String> {
    let fits = |area: &Area| {
        let known = area.name();
        known == name || (name.len() > 2 && known.starts_with(name)) || (name == "drivers" && known == "context")
    };
    let named: Vec<Area> = Area::ALL.into_iter().filter(fits).collect();
    if named.is_empty() {
        let known = Area::ALL.map(Area::name).join(", ");
        return Err(format!("`section:{name}` is not known; there are {known}"));
    }
    Ok(with_rejected(named))
}

/// A rejected option is an option.
fn with_rejected(mut areas: Vec<Area>) -> Vec<Area> {
    if areas.contains(&Area::Options) {
        areas.push(Area::Rejected);
    }
    areas
}

fn statuses(value: &str) -> Result<Vec<Option<Status>>, String> {
    let mut found = Vec::new();
    for word in value.split(',').filter(|word| !word.is_empty()) {
        let status = match word {
            "none" | "missing" => None,
            "other" => Some(Status::Other),
            word => Some(Status::from_word(word).ok_or_else(|| {
                let known = Status::ALL.map(Status::word).join(", ");
                format!("`status:{word}` is not known; there are {known}, other and none")
            })?),
        };
        found.push(status);
    }
    Ok(found)
}

fn standing(value: &str) -> Result<Test, String> {
    match value {
        "in-force" | "current" => Ok(Test::InForce),
        "open" => Ok(Test::Open),
        "stale" => Ok(Test::Stale),
        "due" => Ok(Test::Due),
        "superseded" => Ok(Test::Superseded),
        "mine" => Ok(Test::Mine),
        word => Status::from_word(word).map(|status| Test::Status(vec![Some(status)])).ok_or_else(|| {
            format!("`is:{word}` is not known; there are in-force, open, stale, due, mine and the status words")
        }),
    }
}

pub(crate) fn possession(value: &str) -> Result<Test, String> {
    match value {
        "problems" | "problem" | "broken" => Ok(Test::HasProblems),
        "links" | "link" => Ok(Test::HasLinks),
        "date" => Ok(Test::HasDate),
        "tags" | "tag" => Ok(Test::HasTags),
        "people" => Ok(Test::HasPeople),
        "paths" => Ok(Test::HasPaths),
        "rules" | "rule" => Ok(Test::HasRules),
        "code" => Ok(Test::HasCode),
        word => Err(format!(
            "`has:{word}` is not known; there are problems, links, date, tags, people, paths, rules and code"
        )),
    }
}

/// `2025`, or `2023..2025` with both years.
fn years(value: &str) -> Result<Test, String> {
    let year = |text: &str| text.parse::<i16>().ok().filter(|year| (1000..=9999).contains(year));
    let (first, last) = value.split_once("..").unwrap_or((value, value));
    match (year(first), year(last)) {
        (Some(first), Some(last)) => Ok(Test::Years(first.min(last), first.max(last))),
        _ => Err(format!("`{value}` is no year; write 2025 or 2023..2025")),
    }
}

/// First day of `2025`, `2025-03` or `2025-03-02`.
fn date(value: &str) -> Result<Date, String> {
    let mut parts = value.splitn(3, ['-', '/', '.']).map(str::parse::<i16>);
    let mut next = |absent: i16| parts.next().map_or(Some(absent), Result::ok);
    let (year, month, day) = (next(0), next(1), next(1));
    let date =
        (|| Date::new(year.filter(|year| *year >= 1000)?, month?.try_into().ok()?, day?.try_into().ok()?).ok())();
    date.ok_or_else(|| format!("`{value}` is no date; write 2025, 2025-03 or 2025-03-02"))
}
