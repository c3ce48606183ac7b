//! Invariants that text can check: which crate may use what, where doors are, how files look.
//!
//! A rule is a function from a tree to sentences. Each is run on the real tree, where it must stay silent, and on a
//! small bad tree beside it, where it must speak: a rule that cannot fail is no rule.

use crate::tree::{File, Tree};
use precedent_core::record::ParseOptions;
use precedent_core::{RecordPath, Severity, Status};
use std::collections::BTreeSet;

struct Rule {
    name: &'static str,
    find: fn(&Tree) -> Vec<String>,
    /// Path and text of a file that breaks it.
    broken_by: &'static [(&'static str, &'static str)],
}

const RULES: &[Rule] = &[
    Rule {
        name: "I2: arrows between crates point one way",
        find: dependency_arrows,
        broken_by: &[("crates/core/Cargo.toml", "[dependencies]\ngit2.workspace = true\n")],
    },
    Rule {
        name: "I2: the check stands on the core alone",
        find: dependency_arrows,
        broken_by: &[("crates/check/Cargo.toml", "[dependencies]\nprecedent-workspace.workspace = true\n")],
    },
    Rule {
        name: "I2: the core does not know the check",
        find: dependency_arrows,
        broken_by: &[("crates/core/Cargo.toml", "[dependencies]\nprecedent-check.workspace = true\n")],
    },
    Rule {
        name: "I2: tauri only in the desktop, clap only in the command line",
        find: front_end_crates,
        broken_by: &[("crates/workspace/Cargo.toml", "[target.'cfg(unix)'.dependencies]\nclap = \"4\"\n")],
    },
    Rule {
        name: "I1: core knows no file, clock, environment, process or thread",
        find: pure_core,
        broken_by: &[("crates/core/src/a.rs", "//! A.\nfn f() { let _ = std::fs::read(\"x\"); }\n")],
    },
    Rule {
        name: "I1: neither does check",
        find: pure_core,
        broken_by: &[("crates/check/src/a.rs", "//! A.\nfn f() { std::thread::scope(|_| ()); }\n")],
    },
    Rule {
        name: "I10: day and folders are arguments below the front ends",
        find: time_and_place,
        broken_by: &[("crates/workspace/src/a.rs", "//! A.\nfn f() { jiff::Zoned::now(); }\n")],
    },
    Rule {
        name: "I8: only wire types are serialised",
        find: one_wire,
        broken_by: &[("crates/core/src/a.rs", "//! A.\n#[derive(serde::Serialize)]\nstruct A;\n")],
    },
    Rule {
        name: "I9: one door to the host in the UI",
        find: one_door,
        broken_by: &[("ui/src/views/A.svelte", "import { invoke } from '@tauri-apps/api/core';\n")],
    },
    Rule { name: "files are short", find: short_files, broken_by: &[("ui/src/long.ts", LONG)] },
    Rule {
        name: "every Rust file says what it is for",
        find: module_docs,
        broken_by: &[("crates/core/src/a.rs", "struct A;\n")],
    },
    Rule {
        name: "a suppressed lint gives its reason",
        find: expect_not_allow,
        broken_by: &[("crates/core/src/a.rs", "//! A.\n#[allow(dead_code)]\nfn f() {}\n")],
    },
    Rule {
        name: "tests run, and wait for events",
        find: honest_tests,
        broken_by: &[("crates/core/src/a.rs", "//! A.\n#[test]\n#[ignore]\nfn f() {}\n")],
    },
    Rule {
        name: "command names agree in TypeScript, build script, handler and capability",
        find: command_names,
        broken_by: &[
            ("ui/src/lib/ipc/commands.ts", "export interface Commands {\n  a: { args: X; result: null };\n}\n"),
            ("src-tauri/build.rs", "commands(&[\"a\", \"b\"])"),
            ("src-tauri/src/lib.rs", "tauri::generate_handler![ipc::a]"),
            ("src-tauri/capabilities/main.json", "{\"permissions\": [\"allow-a\"]}"),
        ],
    },
    Rule {
        name: "nothing refers to one machine's folders",
        find: private_paths,
        broken_by: &[("docs/a.md", concat!("See `..", "/shared/ARCHITECTURE.md`.\n"))],
    },
    Rule {
        name: "our own records hold",
        find: own_records,
        broken_by: &[("docs/decisions/0001-a.md", "---\nstatus: [accepted\n---\n# A\n")],
    },
];

const LONG: &str = "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n";

#[test]
fn the_tree_is_tidy() {
    let tree = Tree::read();
    let broken: Vec<String> = RULES
        .iter()
        .flat_map(|rule| (rule.find)(&tree).into_iter().map(|sentence| format!("{}\n    {sentence}", rule.name)))
        .collect();
    assert!(broken.is_empty(), "{} faults:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn every_rule_can_fail() {
    for rule in RULES {
        let files = rule.broken_by.iter().map(|(path, text)| {
            // A constant of 801 lines would be longer than the rule.
            let text = if *text == LONG { LONG.repeat(41) } else { (*text).to_owned() };
            File::new(path, &text)
        });
        assert!(!(rule.find)(&Tree(files.collect())).is_empty(), "`{}` does not see its own bad example", rule.name);
    }
}

// ---- crates -------------------------------------------------------------------------------------------------------------

/// Names in every dependency table of a manifest, with whether the table is for tests only.
fn dependencies(manifest: &File) -> Vec<(String, bool)> {
    let Ok(table) = manifest.text.parse::<toml::Table>() else { return Vec::new() };
    let mut found = Vec::new();
    let mut take = |table: &toml::Table| {
        for key in ["dependencies", "build-dependencies", "dev-dependencies"] {
            let names = table.get(key).and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::keys);
            found.extend(names.map(|name| (name.clone(), key == "dev-dependencies")));
        }
    };
    take(&table);
    for target in table.get("target").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::values) {
        target.as_table().into_iter().for_each(&mut take);
    }
    found
}

fn dependency_arrows(tree: &Tree) -> Vec<String> {
    const EFFECTS: &[&str] = &[
        "precedent-workspace",
        "precedent",
        "git2",
        "tantivy",
        "notify",
        "notify-debouncer-full",
        "ignore",
        "directories",
        "tokio",
        "tempfile",
    ];
    const CHECK: &[&str] = &["precedent-check", "ast-grep-core", "ast-grep-language", "tree-sitter"];
    const UPWARDS: &[&str] = &["precedent", "precedent-desktop", "precedent-e2e", "directories", "tokio"];
    let banned = [
        ("crates/core/Cargo.toml", EFFECTS),
        ("crates/core/Cargo.toml", CHECK),
        ("crates/check/Cargo.toml", EFFECTS),
        ("crates/workspace/Cargo.toml", UPWARDS),
    ];
    let mut faults = Vec::new();
    for (path, banned) in banned {
        for (name, test_only) in tree.find(path).map(dependencies).unwrap_or_default() {
            if banned.contains(&name.as_str()) && !test_only {
                faults.push(format!("{path} depends on {name}"));
            }
        }
    }
    faults
}

fn front_end_crates(tree: &Tree) -> Vec<String> {
    let homes = [("tauri", "src-tauri/Cargo.toml"), ("clap", "Cargo.toml"), ("rmcp", "Cargo.toml")];
    let mut faults = Vec::new();
    for manifest in tree.below("", &["Cargo.toml"]) {
        for (name, _) in dependencies(manifest) {
            for (family, home) in homes {
                if (name == family || name.starts_with(&format!("{family}-"))) && manifest.path != home {
                    faults.push(format!("{} depends on {name}, which belongs to {home}", manifest.path));
                }
            }
        }
    }
    faults
}

/// A Rust file's code without its tests and comments.
fn shipped_code(file: &File) -> impl Iterator<Item = (usize, &str)> {
    let end = file.text.find("\nmod tests").unwrap_or(file.text.len());
    let text = &file.text[..end];
    text.lines().enumerate().map(|(at, line)| (at + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn lines_with(tree: &Tree, folder: &str, needles: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in tree.below(folder, &[".rs"]).filter(|file| !is_test_file(&file.path)) {
        for (line, text) in shipped_code(file) {
            for needle in needles.iter().filter(|needle| text.contains(*needle)) {
                faults.push(format!("{}:{line} has `{needle}`", file.path));
            }
        }
    }
    faults
}

fn is_test_file(path: &str) -> bool {
    path.contains("/tests/")
        || path.ends_with("/tests.rs")
        || path.ends_with("_tests.rs")
        || path.contains("tests/bench/")
}

fn pure_core(tree: &Tree) -> Vec<String> {
    const EFFECTS: &[&str] = &[
        "std::fs",
        "std::env::",
        "std::process",
        "std::thread",
        "std::net",
        "SystemTime",
        "Instant::now",
        "Zoned::now",
        "Timestamp::now",
        "println!",
        "async fn",
    ];
    let mut faults = lines_with(tree, "crates/core/src/", EFFECTS);
    faults.extend(lines_with(tree, "crates/check/src/", EFFECTS));
    faults
}

fn time_and_place(tree: &Tree) -> Vec<String> {
    const ASKED: &[&str] =
        &["Zoned::now", "Timestamp::now", "env::var(", "env::var_os(", "current_dir()", "home_dir()", "async fn"];
    lines_with(tree, "crates/workspace/src/", ASKED)
}

fn one_wire(tree: &Tree) -> Vec<String> {
    // Not `BorshSerialize`: the form of the cache of parsed records, which no other program reads.
    let faults = lines_with(tree, "crates/core/src/", &["serde::", "(Serialize", " Serialize"]);
    faults.into_iter().filter(|fault| !fault.starts_with("crates/core/src/wire")).collect()
}

// ---- the window's side --------------------------------------------------------------------------------------------------

fn one_door(tree: &Tree) -> Vec<String> {
    let needle = "@tauri-apps/";
    let through: Vec<&str> = tree
        .below("ui/src/", &[".ts", ".svelte", ".js"])
        // The stand-in for the host that tests use is no door: nothing shipped imports it.
        .filter(|file| file.text.contains(needle) && !file.path.starts_with("ui/src/test/"))
        .map(|file| file.path.as_str())
        .collect();
    match through.as_slice() {
        [] => Vec::new(),
        [door] if door.starts_with("ui/src/lib/ipc/") => Vec::new(),
        _ => vec![format!("imports of {needle} stand in {}; one file under ui/src/lib/ipc may", through.join(", "))],
    }
}

fn command_names(tree: &Tree) -> Vec<String> {
    let typed = tree.find("ui/src/lib/ipc/commands.ts").map(|file| typed_commands(&file.text)).unwrap_or_default();
    let listed = tree.find("src-tauri/build.rs").map(|file| quoted_names(&file.text)).unwrap_or_default();
    let handled: BTreeSet<String> =
        tree.below("src-tauri/src/", &[".rs"]).flat_map(|file| handler_names(&file.text)).collect();
    let mut faults = Vec::new();
    let granted =
        tree.find("src-tauri/capabilities/main.json").map(|file| granted_names(&file.text)).unwrap_or_default();
    let places = [
        ("src-tauri/build.rs", &listed),
        ("generate_handler!", &handled),
        ("src-tauri/capabilities/main.json", &granted),
    ];
    for (place, names) in places {
        let missing: Vec<&String> = typed.difference(names).collect();
        let extra: Vec<&String> = names.difference(&typed).collect();
        if !missing.is_empty() || !extra.is_empty() {
            faults.push(format!("{place} against commands.ts: missing {missing:?}, extra {extra:?}"));
        }
    }
    faults
}

/// Keys of `interface Commands`: lines of two blanks, a name, a colon and an opening brace.
fn typed_commands(text: &str) -> BTreeSet<String> {
    let body = text.split_once("interface Commands {").map_or("", |(_, rest)| rest);
    let body = body.split_once("\n}").map_or(body, |(body, _)| body);
    let keys = body.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(": {").map(|(key, _)| key));
    keys.filter(|key| is_name(key)).map(str::to_owned).collect()
}

fn quoted_names(text: &str) -> BTreeSet<String> {
    text.split('"').skip(1).step_by(2).filter(|word| is_name(word)).map(str::to_owned).collect()
}

/// Commands of a capability: `"allow-read-source"`; what the framework itself allows has a colon.
fn granted_names(text: &str) -> BTreeSet<String> {
    let words = text.split('"').skip(1).step_by(2);
    words.filter_map(|word| word.strip_prefix("allow-")).map(|name| name.replace('-', "_")).collect()
}

fn handler_names(text: &str) -> BTreeSet<String> {
    let body =
        text.split_once("generate_handler![").and_then(|(_, rest)| rest.split_once(']')).map_or("", |(body, _)| body);
    let code = body.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n");
    code.split(',')
        .map(|path| path.trim().rsplit("::").next().unwrap_or("").to_owned())
        .filter(|name| is_name(name))
        .collect()
}

fn is_name(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

// ---- files --------------------------------------------------------------------------------------------------------------

fn short_files(tree: &Tree) -> Vec<String> {
    const MOST: usize = 800;
    tree.below("", &[".rs", ".ts", ".svelte", ".css", ".js"])
        .filter(|file| file.path != "ui/src/lib/ipc/bindings.ts" && file.text.lines().count() > MOST)
        .map(|file| format!("{} has {} lines; {MOST} at most", file.path, file.text.lines().count()))
        .collect()
}

fn module_docs(tree: &Tree) -> Vec<String> {
    tree.below("", &[".rs"])
        .filter(|file| !file.path.contains("/fixtures/") && !file.path.starts_with("decisions-template/"))
        .filter(|file| !file.text.starts_with("//!"))
        .map(|file| format!("{} does not begin with a `//!` comment", file.path))
        .collect()
}

fn expect_not_allow(tree: &Tree) -> Vec<String> {
    let needles = [concat!("#[al", "low("), concat!("#![al", "low(")];
    own_rust(tree).flat_map(|file| hits(file, &needles)).collect()
}

fn honest_tests(tree: &Tree) -> Vec<String> {
    let needles =
        [concat!("#[ign", "ore"), concat!("#[should", "_panic"), concat!("to", "do!("), concat!("unimple", "mented!(")];
    own_rust(tree).flat_map(|file| hits(file, &needles)).collect()
}

fn own_rust(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.below("", &[".rs"])
        .filter(|file| !file.path.starts_with("decisions-template/") && file.path != "tests/suite/tidy.rs")
}

fn hits<'a>(file: &'a File, needles: &'a [&'a str]) -> Vec<String> {
    let numbered = file.text.lines().enumerate();
    numbered
        .filter(|(_, line)| needles.iter().any(|needle| line.trim_start().starts_with(needle)))
        .map(|(at, line)| format!("{}:{} {}", file.path, at + 1, line.trim()))
        .collect()
}

fn private_paths(tree: &Tree) -> Vec<String> {
    let shared = concat!("..", "/shared");
    let machine = concat!("/wo", "rk/");
    let mut faults = Vec::new();
    for file in tree.0.iter().filter(|file| file.path != "Makefile") {
        for (at, line) in file.text.lines().enumerate() {
            // A relative import inside the UI names our own folder of shared components.
            let ours = file.path.starts_with("ui/src/") && line.contains(&format!("{shared}/"));
            let absolute = line.match_indices(machine).any(|(at, _)| {
                line[..at]
                    .chars()
                    .next_back()
                    .is_none_or(|before| !before.is_alphanumeric() && !"._-/".contains(before))
            });
            if (line.contains(shared) && !ours) || absolute {
                faults.push(format!("{}:{} {}", file.path, at + 1, line.trim()));
            }
        }
    }
    faults
}

fn own_records(tree: &Tree) -> Vec<String> {
    let options = ParseOptions { log: "docs/decisions".to_owned(), ..ParseOptions::default() };
    let mut faults = Vec::new();
    for file in tree.below("docs/decisions/", &[".md"]) {
        let parsed = precedent_core::parse(&RecordPath::new(file.path.as_str()), file.text.as_bytes(), &options);
        let errors = parsed.problems.iter().filter(|problem| problem.severity != Severity::Note);
        faults.extend(errors.map(|problem| format!("{}:{} {}", file.path, problem.line, problem.message)));
        if parsed.decision.status != Some(Status::Accepted) || parsed.decision.title.is_none() {
            faults.push(format!("{} has no title or is not accepted", file.path));
        }
        if parsed.decision.dates.date.is_none() || parsed.decision.people.decision_makers.is_empty() {
            faults.push(format!("{} has no date or names nobody who decided", file.path));
        }
    }
    faults
}
