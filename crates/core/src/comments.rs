//! Where the comments of a source file stand, by its name: as much of each language as tells words from code.
//!
//! Used to follow mentions of a record into a repository's code. A file of an unknown kind has no comments.

use std::ops::Range;

/// How a language marks comments.
struct Marks {
    line: &'static [&'static str],
    block: &'static [(&'static str, &'static str)],
    quotes: &'static [char],
}

const C: Marks = Marks { line: &["//"], block: &[("/*", "*/")], quotes: &['"', '`'] };
const HASH: Marks = Marks { line: &["#"], block: &[("\"\"\"", "\"\"\""), ("'''", "'''")], quotes: &['"', '\''] };
const DASHES: Marks =
    Marks { line: &["--"], block: &[("/*", "*/"), ("--[[", "]]"), ("{-", "-}")], quotes: &['"', '\''] };
const MARKUP: Marks = Marks { line: &[], block: &[("<!--", "-->"), ("/*", "*/")], quotes: &[] };
const SEMICOLON: Marks = Marks { line: &[";"], block: &[], quotes: &['"'] };
const PERCENT: Marks = Marks { line: &["%"], block: &[], quotes: &['"'] };
const PHP: Marks = Marks { line: &["//", "#"], block: &[("/*", "*/")], quotes: &['"', '\''] };
const HCL: Marks = Marks { line: &["#", "//"], block: &[("/*", "*/")], quotes: &['"'] };

/// Bytes of every comment, in order, marks included; of a plain text file, all of it.
pub fn comments(file_name: &str, text: &str) -> Vec<Range<usize>> {
    let lower = file_name.to_ascii_lowercase();
    let extension = extension(&lower);
    if is_text(&lower, extension) {
        return std::iter::once(0..text.len()).collect();
    }
    marks_of(&lower, extension).map_or_else(Vec::new, |marks| scan(text, marks))
}

/// Whether comments of a file of this name are known.
pub fn is_known(file_name: &str) -> bool {
    let lower = file_name.to_ascii_lowercase();
    is_text(&lower, extension(&lower)) || marks_of(&lower, extension(&lower)).is_some()
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

fn is_text(name: &str, extension: &str) -> bool {
    matches!(extension, "md" | "markdown" | "mdx" | "txt" | "adoc" | "asciidoc" | "rst")
        || matches!(name, "readme" | "changelog" | "contributing" | "notes" | "codeowners")
}

fn marks_of(name: &str, extension: &str) -> Option<&'static Marks> {
    Some(match extension {
        "rs" | "c" | "h" | "cc" | "cpp" | "cxx" | "hpp" | "cs" | "java" | "kt" | "kts" | "scala" | "swift" | "go"
        | "js" | "jsx" | "mjs" | "cjs" | "ts" | "tsx" | "mts" | "dart" | "groovy" | "gradle" | "proto" | "css"
        | "scss" | "less" | "zig" | "m" | "mm" | "sol" | "jsonc" | "json5" => &C,
        "py" | "pyi" | "rb" | "sh" | "bash" | "zsh" | "fish" | "pl" | "pm" | "r" | "jl" | "yaml" | "yml" | "toml"
        | "nix" | "ex" | "exs" | "cmake" | "mk" | "conf" | "properties" | "ps1" | "bzl" | "bazel" | "graphql"
        | "dockerfile" => &HASH,
        "sql" | "lua" | "hs" | "elm" | "adb" | "ads" => &DASHES,
        "html" | "htm" | "xml" | "vue" | "svelte" | "svg" | "csproj" | "props" => &MARKUP,
        "clj" | "cljs" | "lisp" | "el" | "ini" | "asm" => &SEMICOLON,
        "erl" | "hrl" | "tex" => &PERCENT,
        "php" => &PHP,
        "tf" | "hcl" => &HCL,
        _ if matches!(name, "makefile" | "dockerfile" | "justfile" | "gemfile" | "rakefile" | "cmakelists.txt") => {
            &HASH
        }
        _ => return None,
    })
}

fn scan(text: &str, marks: &Marks) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if let Some((open, close)) = marks.block.iter().find(|(open, _)| rest.starts_with(open)) {
            let end = rest[open.len()..].find(close).map_or(text.len(), |end| at + open.len() + end + close.len());
            out.push(at..end);
            at = end;
        } else if marks.line.iter().any(|mark| rest.starts_with(mark)) && !is_in_word(text, at) {
            let end = rest.find('\n').map_or(text.len(), |end| at + end);
            out.push(at..end);
            at = end;
        } else if let Some(quote) = rest.chars().next().filter(|c| marks.quotes.contains(c)) {
            at += string(rest, quote);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    out
}

/// `https://…` outside of a string, `$#`: the mark is part of a word.
fn is_in_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(|c| matches!(c, ':' | '$' | '\\'))
}

/// Bytes of the string that begins here; one that does not end on its line is taken for a lone quote.
fn string(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' if quote != '`' => return 1,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, expected: &[&str]) {
        let found: Vec<&str> = comments(name, text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{name}: {text:?}");
    }

    #[test]
    fn comments_are_told_from_code_and_strings() {
        check("a.rs", "let a = \"// ADR-1\"; // ADR-2\n/* ADR-3\n */ fn b() {}\n", &["// ADR-2", "/* ADR-3\n */"]);
        check("a.rs", "fn a<'a>() {} // x\n", &["// x"]);
        check("a.py", "x = '#'  # ADR-2\ndef f():\n    \"\"\"ADR-3\"\"\"\n", &["# ADR-2", "\"\"\"ADR-3\"\"\""]);
        check("a.ts", "const u = `http://x`; // é\n", &["// é"]);
        check("q.sql", "select 1 -- ADR-2\n", &["-- ADR-2"]);
        check("a.vue", "<b>ADR-1</b><!-- ADR-2 -->", &["<!-- ADR-2 -->"]);
        check("Makefile", "a: # ADR-2\n", &["# ADR-2"]);
        check("a.txt", "ADR-1", &["ADR-1"]);
        check("a.bin", "// ADR-1", &[]);
        check("a.rs", "\"open\n// ADR-2", &["// ADR-2"]);
    }
}
