//! `go.mod`. Since Go 1.17 it names every module of the build; `go.sum` also names modules that were only looked at,
//! so it is not read.

use super::List;
use std::ops::Range;

pub(super) fn module(text: &str, list: &mut List) {
    let mut block: Option<&str> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let (code, comment) = line.split_once("//").unwrap_or((line, ""));
        let mut words = code.split_whitespace();
        let Some(first) = words.next() else { continue };
        let directive = match block {
            Some(_) if first == ")" => {
                block = None;
                continue;
            }
            Some(directive) => directive,
            None => {
                let rest = code.trim_start().get(first.len()..).unwrap_or("").trim();
                if rest == "(" || first.ends_with('(') {
                    block = Some(first.trim_end_matches('('));
                    continue;
                }
                first
            }
        };
        let words: Vec<&str> = if block.is_some() { code.split_whitespace().collect() } else { words.collect() };
        let place = |word: &str| -> Range<usize> {
            let offset = line.find(word).unwrap_or(0);
            start + offset..start + offset + word.len()
        };
        match (directive, words.as_slice()) {
            ("require", [path, version, ..]) => {
                // As go itself reads the comment: the word alone, or before a semicolon.
                let indirect = comment.trim().split(';').next().is_some_and(|word| word.trim() == "indirect");
                list.add(unquoted(path), Some(version), "normal", !indirect, place(path));
            }
            ("replace", words) => {
                // What stands in for a module is what is built; a folder is the project's own.
                let arrow = words.iter().position(|word| *word == "=>");
                if let Some([path, version]) = arrow.and_then(|arrow| words.get(arrow + 1..)) {
                    let offset = line.rfind(path).unwrap_or(0);
                    list.add(
                        unquoted(path),
                        Some(version),
                        "normal",
                        true,
                        start + offset..start + offset + path.len(),
                    );
                }
            }
            _ => {}
        }
    }
}

fn unquoted(path: &str) -> &str {
    path.trim_matches(['"', '`'])
}
