//! Texts that the grammars' parsers do not survive, told from the text alone before it is parsed.
//!
//! tree-sitter counts its steps but not what a step costs, and some scanners of grammars keep their state in a buffer
//! of fixed size and end the program when it is full. Both happen with nesting far beyond what people write; each
//! bound here was met by a text of some thousand bytes.
//!
//! This is a list of what was found, no proof: pieces in twos and threes still make a parser square (`+case ` in
//! Go) or take memory (`?>a` in Java). Only a process of its own, with limits on memory and work, can promise more.

use super::Language;
use Language::{Bash, CSharp, Cpp, Java, JavaScript, Kotlin, Python, Tsx, TypeScript, Yaml};

/// Brackets of one kind that are open at once, strings and comments counted in.
const MOST_OPEN: usize = 1_000;
/// Operators and separators with no word, bracket or quote between them.
const MOST_SIGNS: usize = 2_000;
/// `<` in one statement: generic or less-than, every one doubles the readings of those before.
const MOST_ANGLES: usize = 250;
/// Labels before one statement, members of an interface without a separator counted in.
const MOST_LABELS: usize = 1_500;
/// Commands in one pipeline.
const MOST_PIPES: usize = 250;
/// Levels of indentation that Python's scanner can keep.
const MOST_INDENTED: usize = 300;
/// Levels of collections that YAML's scanner can keep.
const MOST_COLLECTIONS: usize = 200;
/// Strings in strings that Kotlin's scanner can keep; every one needs a `${`.
const MOST_TEMPLATES: usize = 500;

/// Whether `text` may be given to the grammar of `language`. If not: the bound that it passes.
pub(super) fn bound(language: Language, text: &str) -> Result<(), usize> {
    within(deepest_open(text), MOST_OPEN)?;
    match language {
        Java | CSharp | Cpp => within(most_between(text, &[';', '{', '}'], b'<'), MOST_ANGLES),
        JavaScript | TypeScript | Tsx => within(most_between(text, &[';', '{', '}', ','], b':'), MOST_LABELS),
        Bash => within(pipes(text), MOST_PIPES),
        Python => within(text.lines().map(indentation).max().unwrap_or(0), MOST_INDENTED),
        Yaml => within(text.lines().map(collections).max().unwrap_or(0), MOST_COLLECTIONS),
        Kotlin => within(text.matches("${").count(), MOST_TEMPLATES),
        _ => Ok(()),
    }?;
    within(signs(text), MOST_SIGNS)
}

fn within(found: usize, most: usize) -> Result<(), usize> {
    if found > most { Err(most) } else { Ok(()) }
}

fn deepest_open(text: &str) -> usize {
    let (mut open, mut deepest) = ([0_usize; 3], 0);
    for byte in text.bytes() {
        let (kind, opens) = match byte {
            b'(' => (0, true),
            b')' => (0, false),
            b'[' => (1, true),
            b']' => (1, false),
            b'{' => (2, true),
            b'}' => (2, false),
            _ => continue,
        };
        open[kind] = if opens { open[kind] + 1 } else { open[kind].saturating_sub(1) };
        deepest = deepest.max(open[kind]);
    }
    deepest
}

/// The longest run of signs that need an operand; blanks neither count nor end it.
fn signs(text: &str) -> usize {
    let (mut run, mut longest) = (0, 0);
    for byte in text.bytes() {
        match byte {
            b'+' | b'-' | b'*' | b'/' | b'!' | b'~' | b',' | b';' | b'|' | b'&' | b'=' | b'<' | b'>' | b'?' | b':'
            | b'.' | b'%' | b'^' => run += 1,
            byte if byte.is_ascii_whitespace() => {}
            _ => run = 0,
        }
        longest = longest.max(run);
    }
    longest
}

/// The most of a sign between two that end a statement or a part of one.
fn most_between(text: &str, ends: &[char], sign: u8) -> usize {
    let parts = text.split(ends).map(|part| part.bytes().filter(|byte| *byte == sign).count());
    parts.max().unwrap_or(0)
}

/// The most `|` in lines of which each but the last ends in one.
fn pipes(text: &str) -> usize {
    let (mut count, mut most) = (0, 0);
    for line in text.lines() {
        count += line.bytes().filter(|byte| *byte == b'|').count();
        most = most.max(count);
        if !line.trim_end().ends_with(['|', '\\', '&']) {
            count = 0;
        }
    }
    most
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Each level of block collections needs a column before it or an indicator in front of it.
fn collections(line: &str) -> usize {
    line.find(|letter: char| !matches!(letter, ' ' | '\t' | '-' | '?' | ':')).unwrap_or(line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_met_where_the_parsers_fail() {
        let cases = [
            (Yaml, "- ", MOST_COLLECTIONS),
            (Yaml, "? ", MOST_COLLECTIONS),
            (Kotlin, "\"${a}", MOST_TEMPLATES),
            (Java, "abcdefgh<bcdefghij<", MOST_ANGLES),
            (CSharp, "<a ", MOST_ANGLES),
            (JavaScript, "lambda a: ", MOST_LABELS),
            (Bash, "a|b|", MOST_PIPES),
            (Bash, "a|\n", MOST_PIPES),
            (Language::Go, ";!", MOST_SIGNS),
            (Language::Rust, "=> - ", MOST_SIGNS),
            (Language::C, "%w(", MOST_OPEN),
            (Language::Json, "[", MOST_OPEN),
        ];
        for (language, piece, most) in cases {
            assert_eq!(bound(language, &piece.repeat(5_000)), Err(most), "{language:?} {piece}");
            assert_eq!(bound(language, &piece.repeat(20)), Ok(()), "{language:?} {piece}");
        }
        let steps: String = (0..400).map(|level| format!("{}if a:\n", " ".repeat(level))).collect();
        assert_eq!(bound(Python, &steps), Err(MOST_INDENTED));
    }

    #[test]
    fn bounds_are_met_to_the_last_one() {
        // A text of so many pieces; behind those that begin a line stands a word.
        let cases = [
            (Language::Rust, MOST_OPEN, "(", ""),
            (Language::Rust, MOST_OPEN, "[", ""),
            (Language::Rust, MOST_OPEN, "{", ""),
            (Language::Rust, MOST_SIGNS, "+ ", ""),
            (Java, MOST_ANGLES, "<a", ""),
            (CSharp, MOST_ANGLES, "<a", ""),
            (Cpp, MOST_ANGLES, "<a", ""),
            (TypeScript, MOST_LABELS, "a:", ""),
            (Bash, MOST_PIPES, "a|", ""),
            (Bash, MOST_PIPES, "a |\n", ""),
            (Python, MOST_INDENTED, " ", "a"),
            (Yaml, MOST_COLLECTIONS, "-", "a"),
            (Kotlin, MOST_TEMPLATES, "a${", ""),
        ];
        for (language, most, piece, last) in cases {
            let text = |count: usize| format!("{}{last}", piece.repeat(count));
            assert_eq!(bound(language, &text(most)), Ok(()), "{language:?} {piece}");
            assert_eq!(bound(language, &text(most + 1)), Err(most), "{language:?} {piece}");
        }
        for sign in "+-*/!~,;|&=<>?:.%^".chars() {
            assert_eq!(bound(Language::Rust, &sign.to_string().repeat(2_001)), Err(MOST_SIGNS), "{sign}");
        }
        assert_eq!(bound(Language::Rust, &"a".repeat(5_000)), Ok(()));
    }

    #[test]
    fn what_is_closed_or_ended_counts_no_more() {
        let half = |open: &str, close: &str| open.repeat(900) + &close.repeat(900);
        for (open, close) in [("(", ")"), ("[", "]"), ("{", "}")] {
            assert_eq!(bound(Language::Rust, &half(open, close).repeat(3)), Ok(()), "{open}");
        }
        assert_eq!(bound(Language::Rust, &"([{a".repeat(900)), Ok(()));
        assert_eq!(bound(Language::Rust, &format!("){}", "(a".repeat(1_001))), Err(MOST_OPEN));
        for end in [";", "{", "}"] {
            assert_eq!(bound(Java, &format!("{}{end}", "<a".repeat(200)).repeat(3)), Ok(()), "{end}");
            assert_eq!(bound(JavaScript, &format!("{}{end}", "a:".repeat(900)).repeat(3)), Ok(()), "{end}");
        }
        assert_eq!(bound(JavaScript, &format!("{},", "a:".repeat(900)).repeat(3)), Ok(()));
        for (end, expected) in [("a\n", Ok(())), ("a \\\n", Err(MOST_PIPES)), ("a &&\n", Err(MOST_PIPES))] {
            assert_eq!(bound(Bash, &format!("{}{end}", "a|".repeat(200)).repeat(3)), expected, "{end}");
        }
        assert_eq!(bound(Yaml, &format!("{}a{}", "-".repeat(150), ":".repeat(150))), Ok(()));
        assert_eq!(bound(Yaml, &" \t-?:".repeat(50)), Err(MOST_COLLECTIONS));
    }

    #[test]
    fn what_people_write_is_let_through() {
        let listing = "a < b;\n".repeat(10_000) + &"x | y\n".repeat(10_000) + &"- a: b\n".repeat(1_000);
        for language in Language::all() {
            assert_eq!(bound(language, &listing), Ok(()), "{language:?}");
        }
    }
}
