//! Arguments of `search` as people type them, put so that clap understands them: `search queue -kafka --limit 3`.
//!
//! To clap, `-kafka` is a heap of options and `-C++` asks for a folder; told to let hyphens pass, it takes `--limit` for a
//! word as well. So the options go first, then `--`, then the query.

use std::ffi::{OsStr, OsString};

/// The arguments of a process; those of other commands stay as they are.
pub(crate) fn for_clap(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut spelled: Vec<OsString> = Vec::new();
    let mut rest = arguments.fuse();
    spelled.extend(rest.next());
    while let Some(argument) = rest.next() {
        let is_search = argument == "search";
        let takes_value = argument == "-C";
        let goes_on = takes_value || argument.as_encoded_bytes().starts_with(b"-") && argument != "--";
        spelled.push(argument);
        if takes_value {
            spelled.extend(rest.next());
        }
        if is_search {
            spelled.extend(of_search(&mut rest));
        }
        if !goes_on {
            break;
        }
    }
    spelled.extend(rest);
    spelled
}

/// Options, `--`, and what is left: the query.
fn of_search(arguments: &mut impl Iterator<Item = OsString>) -> Vec<OsString> {
    let (mut options, mut query) = (Vec::new(), Vec::new());
    while let Some(argument) = arguments.next() {
        if argument == "--" {
            query.extend(arguments);
            break;
        }
        if argument == "-C" || argument == "--limit" {
            options.push(argument);
            options.extend(arguments.next());
        } else if is_option(&argument) {
            options.push(argument);
        } else {
            query.push(argument);
        }
    }
    if query.len() > 1 {
        query.iter_mut().for_each(quote);
    }
    if !query.is_empty() {
        options.push("--".into());
    }
    options.extend(query);
    options
}

/// Excluded words have one hyphen: what has two is an option, or a mistake that clap tells.
fn is_option(argument: &OsStr) -> bool {
    let bytes = argument.as_encoded_bytes();
    bytes.starts_with(b"--") || bytes == b"-h" || bytes == b"-V"
}

/// What the shell's quotation marks held together beside other words is a phrase: `search "event log" -kafka`.
fn quote(argument: &mut OsString) {
    let Some(text) = argument.to_str() else { return };
    let (sign, words) = text.strip_prefix('-').map_or(("", text), |words| ("-", words));
    let is_syntax = |word: &str| word.starts_with('-') || matches!(word, "OR" | "AND");
    let is_phrase = words.contains(char::is_whitespace)
        && !words.contains(['"', '“', '”', '„', ':'])
        && !words.split_whitespace().any(is_syntax);
    if is_phrase {
        *argument = format!("{sign}\"{words}\"").into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &[&str], expected: &[&str]) {
        let spelled = for_clap(typed.iter().map(OsString::from));
        assert_eq!(spelled, expected.iter().map(OsString::from).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_excluded_is_no_option() {
        check(&["p", "search", "queue", "-kafka"], &["p", "search", "--", "queue", "-kafka"]);
        check(
            &["p", "-C", "x", "--json", "search", "-C++", "--limit", "3", "q", "-tag:a", "--history"],
            &["p", "-C", "x", "--json", "search", "--limit", "3", "--history", "--", "-C++", "q", "-tag:a"],
        );
        check(&["p", "search", "q", "-C", "x"], &["p", "search", "-C", "x", "--", "q"]);
        check(&["p", "search", "--", "--limit"], &["p", "search", "--", "--limit"]);
        check(&["p", "search", "--limt=3", "q"], &["p", "search", "--limt=3", "--", "q"]);
        check(&["p", "search"], &["p", "search"]);
    }

    #[test]
    fn other_commands_stay_as_they_are() {
        check(&["p", "list", "search", "-x", "y"], &["p", "list", "search", "-x", "y"]);
        check(&["p", "--", "search", "-x"], &["p", "--", "search", "-x"]);
        check(&["p"], &["p"]);
    }

    #[test]
    fn the_quotation_marks_of_the_shell_make_phrases_beside_other_words() {
        check(&["p", "search", "event log", "-a b"], &["p", "search", "--", "\"event log\"", "-\"a b\""]);
        check(&["p", "search", "queue -kafka"], &["p", "search", "--", "queue -kafka"]);
        check(
            &["p", "search", "a OR b", "c -d", "tag:data flow", "e"],
            &["p", "search", "--", "a OR b", "c -d", "tag:data flow", "e"],
        );
    }
}
