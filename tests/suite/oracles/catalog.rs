//! The rules that ast-grep's own site publishes, run by us and by ast-grep on all the code that the site publishes.
//!
//! The site stays where it is: `AST_GREP_CATALOG` names a clone of <https://github.com/ast-grep/ast-grep.github.io>.
//! A page has rules and code in fenced blocks, and once more in the links to its playground. What a rule of ours has no
//! words for is counted by its reason; a reason that is not known here fails the test.

use super::{oracle, ours, say, theirs};
use crate::checking::committed;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use precedent_check::source::Language;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What a comment in the code says so that ast-grep passes over the next line. A decision is not waived that way.
const SUPPRESSION: &str = "ast-grep-ignore";

/// Our answer to a rule that we do not take, and why. ast-grep reads over keys that it does not know.
const INEXPRESSIBLE: &[(&str, &str)] = &[
    ("is no language that is known here", "another language"),
    ("utility rules are not supported", "utility rules"),
    ("` unknown key", "a key that means nothing"),
];

/// A rule as it was published: its language, and the keys that decide what matches.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Published {
    language: String,
    keys: String,
    page: String,
}

/// Everything that pages publish.
#[derive(Default)]
struct Catalog {
    rules: Vec<Published>,
    /// Code by its language.
    code: BTreeSet<(String, String)>,
}

impl Catalog {
    fn read(site: &Path) -> Self {
        let mut pages = Vec::new();
        pages_below(&site.join("website"), &mut pages);
        pages.sort();
        let mut catalog = Self::default();
        for path in &pages {
            let page = path.strip_prefix(site).unwrap().display().to_string();
            catalog.page(&page, &std::fs::read_to_string(path).unwrap());
        }
        catalog.rules.sort();
        catalog.rules.dedup_by(|one, other| one.language == other.language && one.keys == other.keys);
        catalog
    }

    fn page(&mut self, page: &str, text: &str) {
        // `website/catalog/rust/name.md`
        let folder = page.strip_prefix("website/catalog/").and_then(|rest| rest.split_once('/')).map(|split| split.0);
        for (language, block) in blocks(text) {
            if !self.rules_of(page, &block, folder) {
                let languages = [Some(language), folder];
                self.code.extend(languages.into_iter().flatten().map(|name| (named(name), block.clone())));
            }
        }
        for shown in playgrounds(text) {
            let text = |key: &str| shown[key].as_str().unwrap_or_default();
            let language = text("lang");
            self.code.insert((named(language), text("source").to_owned()));
            if text("mode") == "Config" {
                self.rules_of(page, text("config"), Some(language));
            } else if !text("query").is_empty() {
                self.rule(page, &query(&shown), Some(language));
            }
        }
    }

    /// Whether the text is YAML with rules.
    fn rules_of(&mut self, page: &str, text: &str, language: Option<&str>) -> bool {
        let count = self.rules.len();
        for document in text.split("\n---") {
            self.rule(page, &dedented(document), language);
        }
        self.rules.len() > count
    }

    fn rule(&mut self, page: &str, text: &str, language: Option<&str>) {
        let said =
            text.lines().find_map(|line| line.strip_prefix("language:")).map(|name| name.trim().trim_matches('"'));
        let (rule, Some(language)) = (key(text, "rule"), said.or(language)) else { return };
        if !rule.is_empty() {
            let keys = format!("{rule}{}{}", key(text, "constraints"), key(text, "utils"));
            self.rules.push(Published { language: named(language), keys, page: page.to_owned() });
        }
    }

    /// The code as files, each in its language, without what only ast-grep passes over.
    fn files(&self) -> Vec<(String, String)> {
        let own = self.code.iter().filter(|(_, text)| !text.contains(SUPPRESSION));
        let file = |(at, (language, text)): (usize, &(String, String))| {
            Some((format!("src/{language}{at}.{}", ending(language)?), text.clone()))
        };
        own.enumerate().filter_map(file).collect()
    }
}

fn pages_below(folder: &Path, pages: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            pages_below(&path, pages);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            pages.push(path);
        }
    }
}

/// Fenced blocks of a page: the word behind the fence, the text.
fn blocks(page: &str) -> Vec<(&str, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, String)> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), open.as_mut()) {
            (Some(about), None) => {
                let word = about.trim().split(|letter: char| !letter.is_alphanumeric()).next();
                open = Some((word.unwrap_or_default(), String::new()));
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

/// What the links to the playground show: an object with `mode`, `lang`, `query`, `config` and `source`.
fn playgrounds(page: &str) -> Vec<Value> {
    let link = |rest: &str| {
        let code: String =
            rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || "+/".contains(*letter)).collect();
        serde_json::from_slice(&STANDARD_NO_PAD.decode(code).ok()?).ok()
    };
    let links = page.split("playground").skip(1);
    links.filter_map(|rest| rest.strip_prefix(".html").unwrap_or(rest).strip_prefix('#')).filter_map(link).collect()
}

/// A pattern that the playground holds outside of a rule.
fn query(shown: &Value) -> String {
    let parts = [("context", "query"), ("selector", "selector"), ("strictness", "strictness")];
    let part = |(name, key): (&str, &str)| {
        let said = shown[key].as_str().filter(|word| !word.is_empty())?;
        Some(format!("    {name}: {}\n", Value::from(said)))
    };
    format!("rule:\n  pattern:\n{}", parts.into_iter().filter_map(part).collect::<String>())
}

/// A top key of a YAML document with all that is below it; empty where there is none.
fn key(text: &str, name: &str) -> String {
    let mut inside = false;
    let mut found = String::new();
    for line in text.lines() {
        if line.starts_with(|letter: char| !letter.is_whitespace() && letter != '#') {
            inside = line.strip_prefix(name).is_some_and(|rest| rest.starts_with(':'));
        }
        if inside {
            found.push_str(line);
            found.push('\n');
        }
    }
    found
}

/// Text without the blanks that its first line begins with.
fn dedented(text: &str) -> String {
    let text = text.trim_start_matches('\n');
    let blanks = text.len() - text.trim_start_matches(' ').len();
    text.lines().map(|line| format!("{}\n", line.get(blanks..).unwrap_or_default())).collect()
}

/// The name that is ours, or the one that was given.
fn named(language: &str) -> String {
    Language::from_name(language).map_or_else(|| language.to_lowercase(), |known| known.name().to_owned())
}

/// How the name of a file of a language ends.
fn ending(language: &str) -> Option<&'static str> {
    let endings = [
        "sh", "c", "cs", "cpp", "go", "java", "js", "json", "kt", "php", "py", "rb", "rs", "sql", "toml", "tsx", "ts",
        "yaml",
    ];
    endings.into_iter().find(|ending| Language::from_path(&format!("a.{ending}")) == Language::from_name(language))
}

#[test]
fn the_published_rules_match_what_ast_grep_matches() {
    let Some(program) = oracle("node/node_modules/.bin/ast-grep") else { return };
    let Some(site) = std::env::var_os("AST_GREP_CATALOG").filter(|site| !site.is_empty()) else {
        say("SKIPPED: no AST_GREP_CATALOG: a clone of https://github.com/ast-grep/ast-grep.github.io");
        return;
    };
    let catalog = Catalog::read(Path::new(&site));
    let files = catalog.files();
    let repo = committed(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>());
    let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut same, mut of_catalog, mut empty, mut matches) = (0, 0, 0, 0);
    for Published { language, keys, page } in &catalog.rules {
        match (ours(&repo, language, keys), theirs(&program, &repo, language, keys)) {
            (Ok(own), Ok(their)) => {
                let only = |one: &[String], other: &[String]| -> Vec<String> {
                    one.iter().filter(|place| !other.contains(place)).take(5).cloned().collect()
                };
                let (mine, others) = (only(&own, &their), only(&their, &own));
                assert!(own == their, "{page}: {language}\n{keys}only ours: {mine:?}\nonly theirs: {others:?}");
                same += 1;
                of_catalog += usize::from(page.starts_with("website/catalog/"));
                empty += usize::from(their.is_empty());
                matches += their.len();
            }
            (Err(why), Ok(_)) => {
                let reason = INEXPRESSIBLE.iter().find(|(answer, _)| why.contains(answer));
                let (_, reason) = reason.unwrap_or_else(|| panic!("{page}: ast-grep takes it, we say {why}\n{keys}"));
                *left_out.entry(reason).or_default() += 1;
            }
            (Ok(_), Err(why)) => panic!("{page}: we take what ast-grep does not: {why}\n{keys}"),
            (Err(_), Err(_)) => *left_out.entry("no rule to ast-grep either").or_default() += 1,
        }
    }
    say(&format!(
        "{matches} matches of {same} published rules ({of_catalog} of the catalog, {empty} match nothing) in {} files are ast-grep's",
        files.len()
    ));
    say(&format!("not compared: {left_out:?}"));
    assert!(same >= 60 && matches >= 500, "these are not the pages that were meant");
}

#[test]
fn a_page_is_read_as_it_is_meant() {
    let link =
        STANDARD_NO_PAD.encode(r#"{"mode":"Patch","lang":"rust","query":"a($B)","selector":"","source":"a(1);"}"#);
    let page = format!(
        "# T\n[x](/playground#{link})\n```yaml\nid: r\nlanguage: Rust\nrule:\n  # c\n  kind: k\n\n  regex: '^a'\nfix: ''\n---\n  rule: {{kind: l}}\n```\n\n```rs {{1,2}}\nb();\n```\n"
    );
    let mut catalog = Catalog::default();
    catalog.page("website/catalog/rust/a.md", &page);
    let rules: Vec<(&str, &str)> =
        catalog.rules.iter().map(|rule| (rule.language.as_str(), rule.keys.as_str())).collect();
    let expected = [
        ("rust", "rule:\n  # c\n  kind: k\n\n  regex: '^a'\n"),
        ("rust", "rule: {kind: l}\n"),
        ("rust", "rule:\n  pattern:\n    context: \"a($B)\"\n"),
    ];
    assert_eq!(rules, expected);
    assert_eq!(
        catalog.files(),
        [("src/rust0.rs".to_owned(), "a(1);".to_owned()), ("src/rust1.rs".to_owned(), "b();\n".to_owned())]
    );
}
