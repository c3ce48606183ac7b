//! Days in the forms that people write them. A text is read, never a clock.

use crate::decision::Date;
use regex::Regex;
use std::sync::LazyLock;

/// What a date field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateText {
    Day(Date),
    /// A prompt like `YYYY-MM-DD`, or nothing at all.
    Placeholder,
    /// Text that is no day of the calendar.
    Bad,
}

static NUMERIC: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(\d{4})\s?[-/.‐–]\s?(\d{1,2})\s?[-/.‐–]\s?(\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})|(\d{4})(\d{2})(\d{2})|(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日|(\d{1,2})[/.](\d{1,2})[/.](\d{2})").ok()
});
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s*(?:de\s+|of\s+|-)?\s*(\p{L}{3,12})\.?,?\s*(?:de\s+|-)?\s*(\d{4})|(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})").ok()
});

/// Reads a date field. The first day in the text counts; `2023-06-07 (updated 2023-06-13)` is the former.
pub(crate) fn read(text: &str) -> DateText {
    let text = text
        .trim()
        .trim_matches(|c| matches!(c, '"' | '\'' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>'))
        .trim();
    if is_placeholder(text) {
        return DateText::Placeholder;
    }
    find(text).map_or(DateText::Bad, |(day, _)| DateText::Day(day))
}

/// The day that a text which is none can only mean: `2024--05-16`, `2024-5-16th`, `2024 05 16`.
pub fn meant(text: &str) -> Option<Date> {
    static LOOSE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^\D*(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})(?:st|nd|rd|th)?\D*$").ok());
    let found = LOOSE.as_ref()?.captures(text)?;
    let number = |group: usize| found.get(group).and_then(|part| part.as_str().parse::<i16>().ok());
    make(number(1)?, number(2)?, number(3)?)
}

/// The first day in a text and the byte where it starts.
pub(crate) fn find(text: &str) -> Option<(Date, usize)> {
    let numeric = NUMERIC.as_ref().and_then(|regex| first_day(regex, text, numeric_day));
    let named = NAMED.as_ref().and_then(|regex| first_day(regex, text, named_day));
    [numeric, named].into_iter().flatten().min_by_key(|(_, at)| *at)
}

fn first_day(regex: &Regex, text: &str, day: fn(&regex::Captures<'_>) -> Option<Date>) -> Option<(Date, usize)> {
    regex.captures_iter(text).find_map(|found| {
        let whole = found.get(0)?;
        let digit_before = text[..whole.start()].chars().next_back().is_some_and(|c| c.is_ascii_digit());
        let digit_after = text[whole.end()..].chars().next().is_some_and(|c| c.is_ascii_digit());
        if digit_before || digit_after { None } else { Some((day(&found)?, whole.start())) }
    })
}

fn numeric_day(found: &regex::Captures<'_>) -> Option<Date> {
    let number = |group: usize| found.get(group).and_then(|part| part.as_str().parse::<i16>().ok());
    for first in [1, 7, 10] {
        if let (Some(year), Some(month), Some(day)) = (number(first), number(first + 1), number(first + 2)) {
            return make(year, month, day);
        }
    }
    let (first, second, year) = match (number(4), number(13)) {
        (Some(first), _) => (first, number(5)?, number(6)?),
        (None, Some(first)) => (first, number(14)?, 2000 + number(15)?),
        (None, None) => return None,
    };
    // Day first, as most of the world writes it, unless that day cannot be.
    if second > 12 { make(year, first, second) } else { make(year, second, first) }
}

fn named_day(found: &regex::Captures<'_>) -> Option<Date> {
    let text = |group: usize| found.get(group).map(|part| part.as_str());
    let (day, month, year) = match text(2) {
        Some(month) => (text(1)?, month, text(3)?),
        None => (text(5)?, text(4)?, text(6)?),
    };
    make(year.parse().ok()?, month_number(month)?, day.parse().ok()?)
}

fn make(year: i16, month: i16, day: i16) -> Option<Date> {
    if !(1970..=2200).contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Beginnings of month names; the first that fits counts.
const MONTHS: &[(&[&str], i16)] = &[
    (&["jan", "ene", "gen", "jän", "sty"], 1),
    (&["feb", "fév", "fev", "lut"], 2),
    (&["mar", "mär", "maa", "mrt"], 3),
    (&["apr", "avr", "abr", "kwi"], 4),
    (&["may", "mai", "mag", "mei", "maj"], 5),
    (&["jun", "juin", "giu", "cze"], 6),
    (&["jul", "juil", "lug", "lip"], 7),
    (&["aug", "aoû", "aou", "ago", "sie"], 8),
    (&["sep", "set", "wrz"], 9),
    (&["oct", "okt", "ott", "out", "paź"], 10),
    (&["nov", "lis"], 11),
    (&["dec", "déc", "dez", "dic", "gru"], 12),
];

fn month_number(word: &str) -> Option<i16> {
    let lower = word.to_lowercase();
    MONTHS.iter().find(|(starts, _)| starts.iter().any(|start| lower.starts_with(start))).map(|(_, number)| *number)
}

fn is_placeholder(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.is_empty()
        || super::language::is_nothing(text)
        || lower.contains("yyyy")
        || lower.contains("jjjj")
        || lower.contains("dd-mm")
        || (!text.chars().any(|c| c.is_ascii_digit())
            && (lower.contains("when ") || lower.contains("date") || lower.contains("placeholder")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let got = match read(text) {
            DateText::Day(day) => day.to_string(),
            DateText::Placeholder => "placeholder".to_owned(),
            DateText::Bad => "bad".to_owned(),
        };
        assert_eq!(got, expected, "{text:?}");
    }

    #[test]
    fn the_forms_that_occur() {
        check("2026-03-02", "2026-03-02");
        check("'2023-11-8'", "2023-11-08");
        check("{2023-11-10}", "2023-11-10");
        check("2016/02/13", "2016-02-13");
        check("19.08.2020", "2020-08-19");
        check("04/05/2022", "2022-05-04");
        check("5/23/2022", "2022-05-23");
        check("March 2, 2026", "2026-03-02");
        check("2nd of March 2026", "2026-03-02");
        check("2 mars 2026", "2026-03-02");
        check("14. März 2026", "2026-03-14");
        check("1er août 2021", "2021-08-01");
        check("2026年3月2日", "2026-03-02");
        check("2023-06-07 (_Updated 2023-06-13_)", "2023-06-07");
        check("2024-05-16T12:00:00Z", "2024-05-16");
        check("20260302", "2026-03-02");
    }

    #[test]
    fn what_is_no_day() {
        check("YYYY-MM-DD", "placeholder");
        check("{YYYY-MM-DD when the decision was last updated}", "placeholder");
        check("", "placeholder");
        check("31/06/2016", "bad");
        check("2024--05-16", "bad");
        check("20201-02-13", "bad");
        check("2022-10", "bad");
        check("soon", "bad");
    }
}
