//! Which bytes of a text are comments and which are strings, and the text with the other parts blanked.
//!
//! Doc comments and first lines (`#!…`) are comments; heredocs, template strings, Python's docstrings, text in JSX,
//! keys of JSON and characters are strings, quotes included. Code inside a string (`${…}`) is code again. A blanked
//! text has the same length and the same lines, so that a place found in it is a place in the text.

use super::tree::Node;
use super::{Language, Limits, SyntaxTree, Undecided};
use Language::{
    Bash, C, CSharp, Cpp, Go, Java, JavaScript, Json, Kotlin, Php, Python, Ruby, Rust, Sql, Toml, Tsx, TypeScript, Yaml,
};
use std::ops::Range;

/// Which part of a text a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Everything but comments: what is in a string runs, in the end.
    Code,
    Comments,
    Strings,
}

/// Where comments and strings are; ranges of bytes, sorted, apart from each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parts {
    pub comments: Vec<Range<usize>>,
    pub strings: Vec<Range<usize>>,
    /// The grammar could not read all of it: the parts near the fault are a guess.
    pub has_faults: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Code,
    Comment,
    String,
}

impl Parts {
    /// Reads the parts of `text`.
    pub fn of(language: Language, text: &str, limits: &Limits) -> Result<Self, Undecided> {
        let tree = parse(language, text, limits)?;
        let mut classes = vec![Class::Code; text.len()];
        paint(&tree, text, 0, limits, &mut classes);
        Ok(Self {
            comments: ranges(&classes, Class::Comment),
            strings: ranges(&classes, Class::String),
            has_faults: tree.has_faults(),
        })
    }

    /// `text` with all but `part` blanked: every other character becomes as many blanks as it has bytes, ends of
    /// lines stay.
    #[must_use]
    pub fn only(&self, part: Part, text: &str) -> String {
        let (ranges, kept) = match part {
            Part::Code => (&self.comments, false),
            Part::Comments => (&self.comments, true),
            Part::Strings => (&self.strings, true),
        };
        let mut ranges = ranges.iter().peekable();
        let mut masked = String::with_capacity(text.len());
        for (at, letter) in text.char_indices() {
            while ranges.next_if(|range| range.end <= at).is_some() {}
            let inside = ranges.peek().is_some_and(|range| range.contains(&at));
            if inside == kept || matches!(letter, '\n' | '\r') {
                masked.push(letter);
            } else {
                masked.extend(std::iter::repeat_n(' ', letter.len_utf8()));
            }
        }
        masked
    }
}

fn parse(language: Language, text: &str, limits: &Limits) -> Result<SyntaxTree, Undecided> {
    // Nothing here calls itself along the tree: a table of thousands of `#define` may nest as it likes.
    let limits = &Limits { depth: u32::MAX, ..*limits };
    #[cfg(feature = "php")]
    if language == Php {
        // Patterns are matched by the grammar of PHP alone; a file begins as HTML.
        return SyntaxTree::parse_with(language, tree_sitter_php::LANGUAGE_PHP.into(), text, limits);
    }
    SyntaxTree::parse(language, text, limits)
}

/// Reading order lets what is inside paint over what is around it.
fn paint(tree: &SyntaxTree, text: &str, offset: usize, limits: &Limits, classes: &mut [Class]) {
    for node in tree.nodes() {
        let range = node.range();
        if let Some(class) = class(tree.language(), node, text) {
            if let Some(part) = classes.get_mut(range.start + offset..range.end + offset) {
                part.fill(class);
            }
        } else if node.kind() == "preproc_arg" && offset == 0 {
            // What a C macro stands for is one opaque token, with the comment that ends its line.
            let inner = node.text(text);
            if let Ok(tree) = SyntaxTree::parse(tree.language(), inner, limits) {
                paint(&tree, inner, range.start, limits, classes);
            }
        }
    }
}

fn ranges(classes: &[Class], wanted: Class) -> Vec<Range<usize>> {
    let mut start = 0;
    let runs = classes.chunk_by(|left, right| left == right).map(|run| {
        let range = start..start + run.len();
        start = range.end;
        (run[0], range)
    });
    runs.filter(|(class, _)| *class == wanted).map(|(_, range)| range).collect()
}

fn class(language: Language, node: Node<'_>, text: &str) -> Option<Class> {
    // TypeScript's keyword `string` has the name of a string.
    if !node.is_named() {
        return None;
    }
    let kind = node.kind();
    if COMMENTS.contains(&kind) {
        return Some(Class::Comment);
    }
    if strings(language).contains(&kind) {
        let quoted = language != Sql || is_sql_string(node.text(text));
        return quoted.then_some(Class::String);
    }
    code_in_strings(language).contains(&kind).then_some(Class::Code)
}

/// In every grammar: a kind of comment is never a kind of anything else.
const COMMENTS: &[&str] = &[
    "block_comment",
    "comment",
    "hash_bang_line",
    "html_comment",
    "line_comment",
    "marginalia",
    "multiline_comment",
    "shebang",
    "shebang_directive",
    "shebang_line",
];

fn strings(language: Language) -> &'static [&'static str] {
    match language {
        Bash => &["ansi_c_string", "heredoc_body", "raw_string", "string", "translated_string"],
        C | Cpp => &["char_literal", "raw_string_literal", "string_literal"],
        CSharp => &[
            "character_literal",
            "interpolated_string_expression",
            "raw_string_literal",
            "string_literal",
            "verbatim_string_literal",
        ],
        Go => &["interpreted_string_literal", "raw_string_literal", "rune_literal"],
        Java | Kotlin => &["character_literal", "string_literal"],
        JavaScript | TypeScript | Tsx => &["jsx_text", "string", "template_literal_type", "template_string"],
        Json => &["string"],
        Php => &["encapsed_string", "heredoc", "nowdoc", "string"],
        Python => &["string"],
        Ruby => &["bare_string", "character", "heredoc_body", "string", "string_array"],
        Rust => &["char_literal", "raw_string_literal", "string_literal"],
        Sql => &["literal"],
        Toml => &["quoted_key", "string"],
        Yaml => &["block_scalar", "double_quote_scalar", "single_quote_scalar"],
    }
}

fn code_in_strings(language: Language) -> &'static [&'static str] {
    match language {
        Bash => &["arithmetic_expansion", "command_substitution", "process_substitution"],
        CSharp | Python | Ruby => &["interpolation"],
        Java => &["string_interpolation"],
        JavaScript | TypeScript | Tsx => &["template_substitution", "template_type"],
        Kotlin => &["interpolated_expression"],
        _ => &[],
    }
}

/// SQL's grammar calls numbers literals too.
fn is_sql_string(literal: &str) -> bool {
    let literal = literal.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    literal.starts_with(['\'', '$'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Comments are marked by `c`, strings by `s`, everything else by `.` in the expected lines.
    fn check(language: Language, text: &str, expected: &str) {
        let parts = Parts::of(language, text, &Limits::default()).expect("small");
        let mut marks: Vec<u8> =
            text.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { byte } else { b'.' }).collect();
        for (ranges, mark) in [(&parts.comments, b'c'), (&parts.strings, b's')] {
            for at in ranges.iter().cloned().flatten().filter(|at| !matches!(text.as_bytes()[*at], b'\n' | b'\r')) {
                marks[at] = mark;
            }
        }
        let marks = String::from_utf8(marks).expect("ASCII");
        assert_eq!(marks, expected, "{language:?}:\n{text}\n{marks}");
        assert!(!parts.has_faults, "{language:?}: {text}");
    }

    #[test]
    fn bash() {
        check(Bash, "#!/bin/sh\n", "ccccccccc\n");
        check(Bash, "a 'b' # c\n", "..sss.ccc\n");
        check(Bash, "a \"x $(b 'c') y\"\n", "..sss....sss.sss\n");
        check(Bash, "cat <<END\nb # c\nEND\n", ".........\nsssss\n...\n");
    }

    #[test]
    fn c_and_cpp() {
        check(C, "#include <a.h> /* b */\n", "...............ccccccc\n");
        check(C, "#define A \"b\" // c\n", "..........sss.cccc\n");
        check(C, "char a = 'b'; /* c\n d */ f(\"g\");\n", ".........sss..cccc\nccccc...sss..\n");
        check(Cpp, "auto a = R\"(b)\"; // c\n", ".........ssssss..cccc\n");
    }

    #[test]
    fn csharp() {
        check(CSharp, "/// <a/>\nclass A { string b = $\"c{d}e\"; }\n", "cccccccc\n.....................sss...ss...\n");
        check(CSharp, "class A { string b = @\"c\"; /* d */ }\n", ".....................ssss..ccccccc..\n");
    }

    #[test]
    fn go() {
        check(Go, "package a // b\nvar c = `d\ne` + \"f\"\n", "..........cccc\n........ss\nss...sss\n");
        check(Go, "package a\n/* b */ var c = 'd'\n", ".........\nccccccc.........sss\n");
    }

    #[test]
    fn java_and_kotlin() {
        check(
            Java,
            "/** a */ class B { char c = 'd'; String e = \"\"\"\n f\"\"\"; }\n",
            "cccccccc....................sss.............sss\nsssss...\n",
        );
        check(Kotlin, "val a = \"b${c(\"d\")}\" // e\n", "........ssss..sss.ss.cccc\n");
        check(Kotlin, "/* a */ val b = \"\"\"c\"\"\"\n", "ccccccc.........sssssss\n");
    }

    #[test]
    fn javascript_and_typescript() {
        check(JavaScript, "a('b', `c${d('e')}f`); // g\n", "..sss..ss....sss..ss...cccc\n");
        check(JavaScript, "const a = <b c=\"d\">e {/* f */}</b>;\n", "...............sss.ss.ccccccc......\n");
        check(
            TypeScript,
            "/** a */ type B = 'c' | `d${B}`; const e = /f/;\n",
            "cccccccc..........sss...ss....s................\n",
        );
        check(TypeScript, "let a: string; // b\n", "...............cccc\n");
        check(Tsx, "#!/a\nconst a = <b>c</b>; // d\n", "cccc\n.............s......cccc\n");
    }

    #[test]
    fn data_languages() {
        check(Json, "{\"a\": [\"b\", 1]} // c\n", ".sss...sss......cccc\n");
        check(Toml, "a = 'b' # c\n\"d\" = \"\"\"\ne\"\"\"\n", "....sss.ccc\nsss...sss\nssss\n");
        check(Yaml, "a: b # c\nd: 'e'\nf: \"g\"\nh: |\n  i # j\n", ".....ccc\n...sss\n...sss\n...s\nsssssss\n");
    }

    #[test]
    fn php() {
        check(Php, "<p>'a'</p><?php // b\n$c = 'd' . \"e\"; # f\n", "................cccc\n.....sss...sss..ccc\n");
        check(Php, "<?php\n$a = <<<B\nc\nB;\n", ".....\n.....ssss\ns\ns.\n");
    }

    #[test]
    fn python() {
        check(Python, "def f():\n    \"\"\"a\n    b\"\"\"  # c\n", "........\n....ssss\nssssssss..ccc\n");
        check(Python, "a = f\"b{c('d')}e\" + r'f'\n", "....sss...sss..ss...ssss\n");
    }

    #[test]
    fn ruby() {
        check(Ruby, "a = \"b#{c('d')}\" # e\n", "....ss....sss..s.ccc\n");
        check(Ruby, "=begin\na\n=end\nb(<<~C, %w[d])\n  e\nC\n", "cccccc\nc\ncccc\n........sssss.\nsss\ns\n");
    }

    #[test]
    fn rust() {
        check(
            Rust,
            "/// a\nfn b() { c!(\"d\", r#\"e\"#, 'f', b\"g\") } // h\n",
            "ccccc\n............sss..ssssss..sss..ssss....cccc\n",
        );
        check(Rust, "/* a /* b */ c */ fn d<'e>(f: &'e str) {}\n", "ccccccccccccccccc........................\n");
    }

    #[test]
    fn sql() {
        check(Sql, "SELECT 'a', 1 FROM b; -- c\n", ".......sss............cccc\n");
        check(Sql, "/* a */ SELECT 1;\n", "ccccccc..........\n");
    }

    #[test]
    fn a_mask_keeps_one_part_in_its_place() {
        let text = "a('ä'); // ö\r\nb();\n";
        let parts = Parts::of(JavaScript, text, &Limits::default()).expect("small");
        assert_eq!(parts.only(Part::Code, text), "a('ä');      \r\nb();\n");
        assert_eq!(parts.only(Part::Comments, text), "         // ö\r\n    \n");
        assert_eq!(parts.only(Part::Strings, text), "  'ä'        \r\n    \n");
    }

    proptest! {
        #[test]
        fn a_mask_keeps_length_and_lines(
            text in "\\PC{0,60}|[\\[\\](){}<>\"'`/*#$=;:\\r\\n\\\\a-cäß0 -]{0,80}",
            at in 0usize..18,
        ) {
            let language = Language::all().nth(at).expect("eighteen");
            let parts = Parts::of(language, &text, &Limits::default()).expect("small");
            let ends = |text: &str| -> Vec<usize> { text.match_indices('\n').map(|(at, _)| at).collect() };
            for part in [Part::Code, Part::Comments, Part::Strings] {
                let masked = parts.only(part, &text);
                prop_assert_eq!(masked.len(), text.len());
                prop_assert_eq!(ends(&masked), ends(&text));
                prop_assert!(masked.bytes().zip(text.bytes()).all(|(ours, theirs)| ours == theirs || ours == b' '));
            }
            let mut all: Vec<_> = parts.comments.iter().chain(&parts.strings).collect();
            all.sort_by_key(|range| range.start);
            prop_assert!(all.windows(2).all(|pair| pair[0].end <= pair[1].start), "a byte is of one part");
        }
    }
}
