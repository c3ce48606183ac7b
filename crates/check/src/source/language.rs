//! The languages a rule can name, how a file shows which one it is, and the grammar that reads it.
//!
//! Each grammar is a cargo feature. A language whose grammar was left out keeps its name, so that a rule about it is
//! reported as undecided instead of unknown.

use ast_grep_language::{LanguageExt, SupportLang};

/// A programming, data or query language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    Bash,
    C,
    CSharp,
    Cpp,
    Go,
    Java,
    JavaScript,
    Json,
    Kotlin,
    Php,
    Python,
    Ruby,
    Rust,
    Sql,
    Toml,
    Tsx,
    TypeScript,
    Yaml,
}

use Language::{
    Bash, C, CSharp, Cpp, Go, Java, JavaScript, Json, Kotlin, Php, Python, Ruby, Rust, Sql, Toml, Tsx, TypeScript, Yaml,
};

/// Name in rules, other names that rules in the field use, endings of file names.
const TABLE: &[(Language, &str, &[&str], &[&str])] = &[
    (Bash, "bash", &["sh", "shell"], &["sh", "bash", "zsh", "ksh", "bats"]),
    (C, "c", &[], &["c", "h"]),
    (CSharp, "csharp", &["cs", "c#", "c-sharp"], &["cs"]),
    (Cpp, "cpp", &["cc", "c++", "cxx"], &["cc", "cpp", "cxx", "c++", "hh", "hpp", "hxx", "h++", "ipp", "cu", "ino"]),
    (Go, "go", &["golang"], &["go"]),
    (Java, "java", &[], &["java"]),
    (JavaScript, "javascript", &["js", "jsx"], &["js", "jsx", "mjs", "cjs"]),
    (Json, "json", &[], &["json", "jsonc", "json5", "webmanifest"]),
    (Kotlin, "kotlin", &["kt"], &["kt", "kts", "ktm"]),
    (Php, "php", &[], &["php", "phtml"]),
    (Python, "python", &["py"], &["py", "pyi", "py3", "bzl"]),
    (Ruby, "ruby", &["rb"], &["rb", "rake", "gemspec", "ru"]),
    (Rust, "rust", &["rs"], &["rs"]),
    (Sql, "sql", &[], &["sql", "ddl", "dml"]),
    (Toml, "toml", &[], &["toml"]),
    (Tsx, "tsx", &[], &["tsx"]),
    (TypeScript, "typescript", &["ts"], &["ts", "mts", "cts"]),
    (Yaml, "yaml", &["yml"], &["yaml", "yml"]),
];

/// File names that say the language without an ending.
const NAMES: &[(&str, Language)] = &[
    (".bash_profile", Bash),
    (".bashrc", Bash),
    (".eslintrc", Json),
    (".profile", Bash),
    (".zshrc", Bash),
    ("BUILD", Python),
    ("BUILD.bazel", Python),
    ("Brewfile", Ruby),
    ("Cargo.lock", Toml),
    ("Gemfile", Ruby),
    ("PKGBUILD", Bash),
    ("Pipfile", Toml),
    ("Podfile", Ruby),
    ("Rakefile", Ruby),
    ("SConstruct", Python),
    ("WORKSPACE", Python),
    ("composer.lock", Json),
    ("poetry.lock", Toml),
    ("uv.lock", Toml),
];

/// Programs a script's first line names, without version numbers.
const INTERPRETERS: &[(&str, Language)] = &[
    ("ash", Bash),
    ("bash", Bash),
    ("bun", TypeScript),
    ("dash", Bash),
    ("deno", TypeScript),
    ("ksh", Bash),
    ("node", JavaScript),
    ("nodejs", JavaScript),
    ("php", Php),
    ("python", Python),
    ("ruby", Ruby),
    ("sh", Bash),
    ("ts-node", TypeScript),
    ("tsx", TypeScript),
    ("zsh", Bash),
];

impl Language {
    /// All of them, in the order of their names.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    /// The name that rules and reports use.
    #[must_use]
    pub fn name(self) -> &'static str {
        TABLE.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// The language a rule names; ast-grep's short names count, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let meant = |known: &&str| known.eq_ignore_ascii_case(name);
        TABLE.iter().find(|row| meant(&row.1) || row.2.iter().any(meant)).map(|row| row.0)
    }

    /// The language of the file at `path`, by its name alone.
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        if let Some((_, language)) = NAMES.iter().find(|(known, _)| *known == name) {
            return Some(*language);
        }
        let (stem, ending) = name.rsplit_once('.')?;
        let known = |endings: &[&str]| endings.iter().any(|known| known.eq_ignore_ascii_case(ending));
        let found = TABLE.iter().find(|row| known(row.3)).map(|row| row.0);
        // The one ending whose case matters: `.C` and `.H` are C++ by custom.
        let upper = ending.len() == 1 && ending.bytes().all(|byte| byte.is_ascii_uppercase());
        if stem.is_empty() { None } else { found.map(|language| if language == C && upper { Cpp } else { language }) }
    }

    /// The language of the file at `path`: by its name, else by the program its first line (`#!…`) names.
    #[must_use]
    pub fn of(path: &str, text: &str) -> Option<Self> {
        Self::from_path(path).or_else(|| from_first_line(text.lines().next()?))
    }

    /// Whether this build has the grammar.
    #[must_use]
    pub fn is_built_in(self) -> bool {
        match self {
            Bash => cfg!(feature = "bash"),
            C => cfg!(feature = "c"),
            CSharp => cfg!(feature = "c-sharp"),
            Cpp => cfg!(feature = "cpp"),
            Go => cfg!(feature = "go"),
            Java => cfg!(feature = "java"),
            JavaScript => cfg!(feature = "javascript"),
            Json => cfg!(feature = "json"),
            Kotlin => cfg!(feature = "kotlin"),
            Php => cfg!(feature = "php"),
            Python => cfg!(feature = "python"),
            Ruby => cfg!(feature = "ruby"),
            Rust => cfg!(feature = "rust"),
            Sql => cfg!(feature = "sql"),
            Toml => cfg!(feature = "toml"),
            Tsx | TypeScript => cfg!(feature = "typescript"),
            Yaml => cfg!(feature = "yaml"),
        }
    }

    /// The grammar, if this build has it.
    #[must_use]
    pub fn grammar(self) -> Option<tree_sitter::Language> {
        if !self.is_built_in() {
            return None;
        }
        match self {
            #[cfg(feature = "sql")]
            Sql => Some(tree_sitter_sequel::LANGUAGE.into()),
            #[cfg(feature = "toml")]
            Toml => Some(tree_sitter_toml_ng::LANGUAGE.into()),
            _ => self.structural().map(|language| language.get_ts_language()),
        }
    }

    /// What stands in for `$` in a pattern, so that the grammar reads it: ast-grep's own choice, for the two languages
    /// it lacks the one it makes where names are ASCII.
    pub(super) fn stand_ins(self) -> SupportLang {
        self.structural().unwrap_or(SupportLang::Css)
    }

    /// What ast-grep calls it, where ast-grep knows it.
    fn structural(self) -> Option<SupportLang> {
        Some(match self {
            Bash => SupportLang::Bash,
            C => SupportLang::C,
            CSharp => SupportLang::CSharp,
            Cpp => SupportLang::Cpp,
            Go => SupportLang::Go,
            Java => SupportLang::Java,
            JavaScript => SupportLang::JavaScript,
            Json => SupportLang::Json,
            Kotlin => SupportLang::Kotlin,
            Php => SupportLang::Php,
            Python => SupportLang::Python,
            Ruby => SupportLang::Ruby,
            Rust => SupportLang::Rust,
            Tsx => SupportLang::Tsx,
            TypeScript => SupportLang::TypeScript,
            Yaml => SupportLang::Yaml,
            Sql | Toml => return None,
        })
    }
}

fn from_first_line(line: &str) -> Option<Language> {
    let words = line.strip_prefix("#!")?.split_whitespace();
    let mut programs = words.map(|word| word.rsplit('/').next().unwrap_or(word));
    let program = programs.find(|word| *word != "env" && !word.starts_with('-') && !word.contains('='))?;
    let program = program.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    INTERPRETERS.iter().find(|(known, _)| *known == program).map(|(_, language)| *language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_a_row_and_is_found_by_its_names() {
        for language in Language::all() {
            assert_eq!(Language::from_name(language.name()), Some(language));
            for (_, _, others, _) in TABLE.iter().filter(|row| row.0 == language) {
                others.iter().for_each(|name| assert_eq!(Language::from_name(name), Some(language), "{name}"));
            }
        }
        assert_eq!(Language::all().count(), 18);
        assert_eq!(Language::from_name("TypeScript"), Some(TypeScript));
        assert_eq!(Language::from_name("cobol"), None);
    }

    #[test]
    fn a_path_shows_its_language() {
        let cases = [
            ("src/main.rs", Some(Rust)),
            ("a/b.TS", Some(TypeScript)),
            ("a/b.d.mts", Some(TypeScript)),
            ("a/b.tsx", Some(Tsx)),
            ("x.h", Some(C)),
            ("x.H", Some(Cpp)),
            ("deploy/Gemfile", Some(Ruby)),
            ("uv.lock", Some(Toml)),
            (".rs", None),
            ("README", None),
            ("a.unknown", None),
            ("", None),
        ];
        cases.iter().for_each(|(path, expected)| assert_eq!(Language::from_path(path), *expected, "{path}"));
    }

    #[test]
    fn every_grammar_reads_its_language() {
        let samples = [
            (Bash, "if [ -f a ]; then echo \"$b\"; fi\n"),
            (C, "#include <a.h>\nint main(void) { return 0; }\n"),
            (CSharp, "using System;\nclass A { string b = \"c\"; }\n"),
            (Cpp, "template <class T> T f(T a) { return a; }\n"),
            (Go, "package a\nfunc f() string { return `b` }\n"),
            (Java, "package a; class B { int c = 1; }\n"),
            (JavaScript, "const a = () => <b/>;\n"),
            (Json, "{\"a\": [1, null]}\n"),
            (Kotlin, "fun f(a: Int): String = \"$a\"\n"),
            (Php, "<?php\nfunction f() { return 'a'; }\n"),
            (Python, "def f(a: int) -> str:\n    return f\"{a}\"\n"),
            (Ruby, "def f(a) = \"#{a}\"\n"),
            (Rust, "fn f() -> &'static str { \"a\" }\n"),
            (Sql, "SELECT a FROM b WHERE c = 'd';\n"),
            (Toml, "[a]\nb = \"c\"\n"),
            (Tsx, "const a: B = <c/>;\n"),
            (TypeScript, "const a = <B>c;\n"),
            (Yaml, "a:\n  - b: c\n"),
        ];
        assert!(Language::all().eq(samples.iter().map(|(language, _)| *language)));
        for (language, text) in samples {
            let mut parser = tree_sitter::Parser::new();
            parser.set_language(&language.grammar().expect("all grammars are built for tests")).expect("same version");
            let tree = parser.parse(text, None).expect("no limit is set");
            assert!(!tree.root_node().has_error(), "{language:?}: {}", tree.root_node().to_sexp());
        }
    }

    #[test]
    fn a_script_names_its_program() {
        let cases = [
            ("#!/bin/sh\n", Some(Bash)),
            ("#!/usr/bin/env -S python3.12 -u\n", Some(Python)),
            ("#!/usr/bin/env LANG=C ruby\n", Some(Ruby)),
            ("#!/usr/bin/perl\n", None),
            ("plain", None),
            ("", None),
        ];
        cases.iter().for_each(|(text, expected)| assert_eq!(Language::of("bin/tool", text), *expected, "{text}"));
        assert_eq!(Language::of("a.py", "#!/bin/sh\n"), Some(Python), "the name wins");
    }
}
