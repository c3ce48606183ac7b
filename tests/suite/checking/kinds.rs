//! Every kind of rule through the real program.

use super::*;

/// A rule of a kind with these keys, in a record that applies everywhere.
fn rule(kind: &str, keys: &str) -> String {
    let keys: String = keys.lines().map(|line| format!("    {line}\n")).collect();
    record_with("accepted", "", &format!("  - id: r\n    kind: {kind}\n    message: M\n{keys}"))
}

/// Findings of the whole tree as `path:line note`.
#[track_caller]
fn whole(kind: &str, keys: &str, files: &[(&str, &str)], expected: &[&str]) {
    let text = rule(kind, keys);
    let mut all = vec![(RECORD, text.as_str())];
    all.extend(files);
    let verdict = check(&committed(&all), &[]);
    assert_eq!(noted(&verdict), expected, "{verdict:#}");
    assert_eq!(verdict["undecided"], Value::Array(Vec::new()), "{verdict:#}");
}

/// Findings of what is staged on top of a first commit.
#[track_caller]
fn changed(kind: &str, keys: &str, files: &[(&str, &str)], change: impl FnOnce(&Repo), expected: &[&str]) {
    let text = rule(kind, keys);
    let mut all = vec![(RECORD, text.as_str())];
    all.extend(files);
    let repo = committed(&all);
    change(&repo);
    stage(&repo);
    let verdict = check(&repo, &["--staged"]);
    assert_eq!(noted(&verdict), expected, "{verdict:#}");
}

fn noted(verdict: &Value) -> Vec<String> {
    let note = |found: &Value| {
        let text =
            format!("{}:{} {}", found["path"].as_str().unwrap(), found["line"], found["note"].as_str().unwrap_or(""));
        text.trim_end().to_owned()
    };
    verdict["findings"].as_array().unwrap().iter().map(note).collect()
}

#[test]
fn forbid_text() {
    whole("forbid-text", "match: {literal: Bad}", &[("a", "bad\nBad Bad\n")], &["a:2", "a:2"]);
    whole("forbid-text", "match: {literal: Bad, ignore-case: true}", &[("a", "bad\nx\n")], &["a:1"]);
    whole("forbid-text", "match: {any-literal: [one, \"t.o\"]}", &[("a", "two\nt.o\none\n")], &["a:2", "a:3"]);
    whole("forbid-text", "match: {regex: \"^b\\\\w+$\"}", &[("a", "a bad\nbad\r\nbad bad\n")], &["a:2"]);
    whole("forbid-text", "match: {literal: Bad}\npaths: [src]", &[("a", "Bad"), ("src/x/a", "Bad")], &["src/x/a:1"]);
}

#[test]
fn forbid_text_in_a_part() {
    let file = ("a.rs", "// mongo\nfn a() { b(\"mongo\"); mongo() }\n");
    let part = |part: &str| format!("match: {{literal: mongo, in: {part}}}");
    whole("forbid-text", &part("all"), &[file], &["a.rs:1", "a.rs:2", "a.rs:2"]);
    whole("forbid-text", &part("code"), &[file], &["a.rs:2", "a.rs:2"]);
    whole("forbid-text", &part("comments"), &[file], &["a.rs:1"]);
    whole("forbid-text", &part("strings"), &[file], &["a.rs:2"]);
    // Where nothing tells the parts apart all of the text counts.
    whole("forbid-text", &part("comments"), &[("a.unknown", "mongo\n")], &["a.unknown:1"]);
}

#[test]
fn require_text() {
    let keys = "match: {regex: \"^// SPDX\"}\npaths: [\"*.rs\"]";
    let note = "a.rs:1 the required text does not occur in this file";
    whole("require-text", keys, &[("a.rs", "x\n"), ("b.rs", "// SPDX\n")], &[note]);
    let keys = "match: {literal: SPDX, in: comments}\npaths: [\"*.rs\"]";
    whole("require-text", keys, &[("a.rs", "const A: &str = \"SPDX\";\n"), ("b.rs", "// SPDX\n")], &[note]);
}

#[test]
fn patterns() {
    let keys = "language: rust\nrule: {pattern: $A.unwrap()}";
    let files = [("a.rs", "fn a() {\n    // b.unwrap()\n    b.unwrap();\n}\n"), ("a.py", "b.unwrap()\n")];
    whole("forbid-pattern", keys, &files, &["a.rs:3"]);
    let keys = "language: rust\nrule: {kind: attribute_item}";
    let note = "a.rs:1 the required pattern does not occur in this file";
    whole("require-pattern", keys, &[("a.rs", "fn a() {}\n"), ("b.rs", "#[x]\nfn b() {}\n")], &[note]);
}

#[test]
fn dependencies() {
    let keys = "ecosystem: [cargo]\nnames: [mongodb, \"tokio-*\"]\nuse-instead: sqlx";
    let manifest = "[dependencies]\nsqlx = \"0.8\"\nmongo = { package = \"mongodb\", version = \"3\" }\n[dev-dependencies]\ntokio_util = \"1\"\n";
    whole(
        "forbid-dependency",
        keys,
        &[("Cargo.toml", manifest), ("package.json", "{\"dependencies\": {\"mongodb\": \"1\"}}\n")],
        &["Cargo.toml:3 mongodb 3; use sqlx", "Cargo.toml:5 tokio-util 1; use sqlx"],
    );
    whole(
        "forbid-dependency",
        &format!("{keys}\ngroups: [dev]"),
        &[("Cargo.toml", manifest)],
        &["Cargo.toml:5 tokio-util 1; use sqlx"],
    );
    let versions = "ecosystem: cargo\nnames: [a]\nversion: \"<2\"";
    whole("forbid-dependency", versions, &[("Cargo.toml", "[dependencies]\na = \"1.5\"\n")], &["Cargo.toml:2 a 1.5"]);
    whole("forbid-dependency", versions, &[("Cargo.toml", "[dependencies]\na = \"2\"\n")], &[]);
    let only = "ecosystem: npm\nnames: [react, \"@ours/*\"]";
    let package = "{\n\"dependencies\": {\"react\": \"1\",\n\"@ours/a\": \"1\",\n\"left-pad\": \"1\"}\n}\n";
    whole("only-dependencies", only, &[("package.json", package)], &["package.json:4 left-pad 1"]);
    let lock = "version = 4\n[[package]]\nname = \"mongodb\"\nversion = \"3.0.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
    whole("forbid-dependency", "names: [mongodb]\necosystem: cargo", &[("Cargo.lock", lock)], &[]);
    whole(
        "forbid-dependency",
        "names: [mongodb]\necosystem: cargo\ntransitive: true",
        &[("Cargo.lock", lock)],
        &["Cargo.lock:3 mongodb 3.0.0"],
    );
}

#[test]
fn files() {
    let long = "x\n".repeat(4);
    whole(
        "files",
        "max-lines: 3\npaths: [\"*.rs\"]",
        &[("a.rs", &long), ("b.rs", "x\nx\nx\n")],
        &["a.rs:4 4 lines; 3 at most"],
    );
    whole(
        "files",
        "name: \"[a-z]+\\\\.rs\"\npaths: [src]",
        &[("src/a.rs", ""), ("src/A.rs", "")],
        &["src/A.rs:1 the name `A.rs` is not of the form `[a-z]+\\.rs`"],
    );
    whole("files", "forbid: [\"**/*.orig\"]", &[("a/b.orig", "\0")], &["a/b.orig:1 there must be no such file"]);
    whole("files", "require: [LICENSE, \"*.md\"]", &[("README.md", "")], &["LICENSE:1 no file matches `LICENSE`"]);
    changed(
        "files",
        "require: [LICENSE]",
        &[("LICENSE", "x")],
        |repo| std::fs::remove_file(repo.root().join("LICENSE")).unwrap(),
        &["LICENSE:1 no file matches `LICENSE`"],
    );
}

#[test]
fn protect() {
    let files = &[("db/1.sql", "a\n"), ("x", "")];
    let edit = |repo: &Repo| {
        repo.write("db/1.sql", "b\n");
        repo.write("db/2.sql", "c\n");
        repo.write("x", "changed");
    };
    changed("protect", "paths: [db]", files, edit, &["db/1.sql:1 it is modified", "db/2.sql:1 it is added"]);
    changed(
        "protect",
        "paths: [db]\nagainst: [modified, deleted, renamed]",
        files,
        edit,
        &["db/1.sql:1 it is modified"],
    );
    let delete = |repo: &Repo| std::fs::remove_file(repo.root().join("db/1.sql")).unwrap();
    changed("protect", "paths: [db]\nagainst: deleted", files, delete, &["db/1.sql:1 it is deleted"]);
    let away = |repo: &Repo| std::fs::rename(repo.root().join("db/1.sql"), repo.root().join("y")).unwrap();
    changed("protect", "paths: [db]\nagainst: deleted", files, away, &["db/1.sql:1 it is renamed from db/1.sql to y"]);
    whole("protect", "paths: [db]", files, &[]);
}

#[test]
fn companion() {
    let keys = "paths: [db]\nwhen: {change: [added]}\nrequire: {any-of: [docs/schema.md]}";
    let files = &[("docs/schema.md", "a\n"), ("db/1.sql", "")];
    let alone = |repo: &Repo| repo.write("db/2.sql", "x\n");
    let note = "db/2.sql:1 it is added, and docs/schema.md is not part of this change";
    changed("companion", keys, files, alone, &[note]);
    let both = |repo: &Repo| {
        repo.write("db/2.sql", "x\n");
        repo.write("docs/schema.md", "b\n");
    };
    changed("companion", keys, files, both, &[]);
    changed("companion", keys, files, |repo| repo.write("db/1.sql", "y\n"), &[]);
    let gone = |repo: &Repo| {
        repo.write("db/2.sql", "x\n");
        std::fs::remove_file(repo.root().join("docs/schema.md")).unwrap();
    };
    changed("companion", keys, files, gone, &[note]);
}

#[test]
fn a_record_as_companion() {
    let added = |applies: &'static str| {
        move |repo: &Repo| {
            repo.write("core/a.rs", "x\n");
            let text = format!("---\nstatus: proposed\napplies-to: [\"{applies}\"]\n---\n# Why\n");
            repo.write("docs/decisions/0002-why.md", &text);
        }
    };
    let any = "paths: [core]\nrequire: {record: any}";
    changed("companion", any, &[], added("elsewhere"), &[]);
    let lacks = "core/a.rs:1 it is added, and a decision record is not part of this change";
    changed("companion", any, &[], |repo| repo.write("core/a.rs", "x\n"), &[lacks]);
    let covering = "paths: [core]\nrequire: {record: covering}";
    changed("companion", covering, &[], added("core/**"), &[]);
    let lacks = "core/a.rs:1 it is added, and a decision record that applies to it is not part of this change";
    changed("companion", covering, &[], added("elsewhere"), &[lacks]);
}

#[test]
fn count() {
    let keys = "match: {literal: TODO}\nat-most: 2";
    whole("count", keys, &[("a", "TODO\nTODO\n")], &[]);
    whole("count", keys, &[("a", "TODO\nTODO\n"), ("b", "\nTODO\n")], &["b:2 3 places; 2 at most"]);
    // Over the limit before and not worse: the change is not to blame.
    let over = &[("a", "TODO\nTODO\nTODO\n"), ("b", "x\n")];
    changed("count", keys, over, |repo| repo.write("b", "y\n"), &["a:3 3 places; 2 at most"]);
    let falls = "match: {literal: TODO}\nmay-only-fall: true";
    changed("count", falls, over, |repo| repo.write("a", "TODO\n"), &[]);
    changed("count", falls, over, |repo| repo.write("b", "x\nTODO\n"), &["b:2 1 places; 0 at most"]);
}

#[test]
fn data() {
    let keys = "file: app.toml\nat: $.server.tls\nequals: true";
    whole("data", keys, &[("app.toml", "[server]\ntls = true\n")], &[]);
    whole(
        "data",
        keys,
        &[("app.toml", "[server]\ntls = false\n")],
        &["app.toml:2 $['server']['tls'] is false; it has to be true"],
    );
    whole("data", keys, &[("app.toml", "x = 1\n")], &["app.toml:1 there is no value at $.server.tls"]);
    whole("data", keys, &[], &["app.toml:1 there is no such file, so nothing is at $.server.tls"]);
    let images = "file: \"k8s/*.yaml\"\nat: \"$..image\"\nmatches: \"^registry\\\\.ours/\"";
    whole(
        "data",
        images,
        &[("k8s/a.yaml", "c:\n  - image: registry.ours/a\n  - image: evil/b\n")],
        &["k8s/a.yaml:3 $['c'][1]['image'] is \"evil/b\"; it has to match `^registry\\.ours/`"],
    );
    let strict = "file: tsconfig.json\nat: $.compilerOptions.strict\none-of: [true]";
    whole("data", strict, &[("tsconfig.json", "{ // x\n  \"compilerOptions\": {\"strict\": true,}}\n")], &[]);
    whole(
        "data",
        "file: a.json\nat: $.x\nexists: false",
        &[("a.json", "{\"x\": 1}\n")],
        &["a.json:1 $['x'] is 1; it must not be there"],
    );
}

#[test]
fn what_cannot_be_judged_is_undecided() {
    let undecided = |kind: &str, keys: &str, files: &[(&str, &str)], expected: &str| {
        let text = rule(kind, keys);
        let mut all = vec![(RECORD, text.as_str())];
        all.extend(files);
        let verdict = check(&committed(&all), &[]);
        assert_eq!(verdict["verdict"], "indeterminate", "{verdict:#}");
        let messages = said(&verdict, "undecided", "message");
        assert!(messages.iter().any(|message| message.contains(expected)), "{expected}: {messages:?}");
    };
    undecided("data", "file: a.json\nat: $.x\nexists: true", &[("a.json", "{")], "cannot be read");
    undecided("forbid-dependency", "names: [x]", &[("Cargo.toml", "= =")], "cannot be read");
    undecided("command", "effect: deny", &[], "does not check rules of the kind `command`");
    undecided("forbid-txt", "match: {literal: x}", &[], "did you mean `forbid-text`");
    undecided("forbid-text", "match: {literal: x, inn: code}", &[], "did you mean `in`");
    undecided("forbid-text", "match: {literal: x}\npath: [a]", &[], "did you mean `paths`");
    undecided("forbid-text", "match: {literal: x, regex: y}", &[], "one is meant");
    undecided("forbid-text", "match: {literal: x}\npaths: [/abs]", &[], "is absolute");
    undecided("forbid-pattern", "language: cobol\nrule: {pattern: x}", &[], "no language");
    undecided("data", "file: a.json\nat: x\nexists: true", &[], "is no JSONPath");
    undecided("count", "match: {literal: x}", &[], "either `at-most`");
    undecided("protect", "against: [moved]", &[], "cannot be `moved`");
}

#[test]
fn boundaries() {
    let keys = "modules: {ui: [src/ui], core: [src/core]}\nlayers: [ui, core]";
    let files = &[
        ("package.json", "{\"name\": \"x\"}\n"),
        ("src/ui/a.ts", "import { b } from \"../core/b\";\n"),
        ("src/core/b.ts", "import x from \"x\";\nimport { a } from \"../ui/a\";\n"),
        ("src/core/c.ts", "import { b } from \"./b\";\n"),
    ];
    let crossing = "src/core/b.ts:2 `core` imports `ui` (src/ui/a.ts)";
    whole("boundaries", keys, files, &[crossing]);
    let pairs = "modules: {ui: src/ui, core: src/core}\nforbid: [{from: ui, to: core}]";
    whole("boundaries", pairs, files, &["src/ui/a.ts:1 `ui` imports `core` (src/core/b.ts)"]);
    changed("boundaries", keys, &files[..2], |repo| repo.write("src/core/b.ts", files[2].1), &[crossing]);
}

#[test]
fn evidence() {
    let sarif = "{\"version\": \"2.1.0\", \"runs\": [{\"results\": [\n{\"ruleId\": \"layers.core\", \"message\": {\"text\": \"core uses ui\"}, \"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": \"src/a.ts\"}, \"region\": {\"startLine\": 7}}}]},\n{\"ruleId\": \"other\", \"message\": {\"text\": \"x\"}},\n{\"ruleId\": \"layers.x\", \"suppressions\": [{\"kind\": \"external\"}], \"message\": {\"text\": \"x\"}}]}]}\n";
    let keys = "report: out/arch.sarif\nformat: sarif\nrule-ids: [\"layers.*\"]";
    // A report is a build's: git does not follow it.
    let files = &[("out/arch.sarif", sarif), (".gitignore", "out\n")];
    whole("evidence", keys, files, &["src/a.ts:7 layers.core: core uses ui"]);
    let junit = "<testsuites><testsuite><testcase classname=\"Arch\" name=\"layers\"><failure message=\"core uses ui\"/></testcase><testcase classname=\"Arch\" name=\"ok\"/></testsuite></testsuites>\n";
    let keys = "report: out/junit.xml\nformat: junit";
    whole("evidence", keys, &[("out/junit.xml", junit)], &["out/junit.xml:1 Arch.layers: core uses ui"]);
    let undecided = |files: &[(&str, &str)], expected: &str| {
        let text = rule("evidence", keys);
        let mut all = vec![(RECORD, text.as_str())];
        all.extend(files);
        let verdict = check(&committed(&all), &[]);
        assert_eq!(verdict["verdict"], "indeterminate", "{verdict:#}");
        assert!(said(&verdict, "undecided", "message")[0].contains(expected), "{verdict:#}");
    };
    undecided(&[], "the report is not there");
    undecided(&[("out/junit.xml", "<html/>")], "no JUnit report");
    undecided(&[("out/junit.xml", "\0")], "it is binary");
}

/// A change is judged by its trees, and a build writes the report outside of them.
#[test]
fn a_report_of_a_build_judges_files_and_no_change_and_that_is_said() {
    let text = rule("evidence", "report: build/arch.sarif\nformat: sarif");
    let repo = committed(&[(RECORD, &text), (".gitignore", "build/\n"), ("src/a.rs", "fn a() {}\n")]);
    repo.write("build/arch.sarif", "{\"version\": \"2.1.0\", \"runs\": [{\"results\": []}]}");
    let verdict = check(&repo, &[]);
    assert_eq!((&verdict["verdict"], &verdict["notes"]), (&"pass".into(), &Value::Array(Vec::new())));
    repo.write("src/a.rs", "fn b() {}\n");
    stage(&repo);
    let verdict = check(&repo, &["--staged"]);
    assert_eq!(verdict["verdict"], "pass", "{verdict:#}");
    let note = verdict["notes"][0].as_str().unwrap();
    assert!(note.starts_with("no-mongo/r did not judge this change: its report build/arch.sarif"), "{verdict:#}");
    assert_eq!(verdict["vacuous"], Value::Array(Vec::new()));
    for format in ["human", "github", "markdown", "sarif"] {
        let out = repo.run(&["check", "--staged", "--format", format]).out;
        assert!(out.contains("did not judge this change"), "{format}: {out}");
    }
}

#[test]
fn a_report_that_a_change_takes_out_leaves_it_undecided() {
    let text = rule("evidence", "report: arch.sarif\nformat: sarif");
    let repo = committed(&[(RECORD, &text), ("arch.sarif", "{\"version\": \"2.1.0\", \"runs\": [{\"results\": []}]}")]);
    std::fs::remove_file(repo.root().join("arch.sarif")).unwrap();
    stage(&repo);
    let verdict = check(&repo, &["--staged"]);
    assert_eq!(verdict["verdict"], "indeterminate", "{verdict:#}");
    assert!(said(&verdict, "undecided", "message")[0].contains("is not any more"), "{verdict:#}");
}

#[cfg(unix)]
#[test]
fn a_companion_whose_mode_alone_changes_accompanies_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let keys = "when: {paths: [\"src/**\"]}\nrequire: {any-of: [\"docs/*.md\"]}";
    let files = [("src/a.rs", "fn a() {}\n"), ("docs/a.md", "A.\n")];
    let executable = |repo: &Repo| {
        repo.write("src/a.rs", "fn b() {}\n");
        let mode = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(repo.root().join("docs/a.md"), mode).unwrap();
    };
    changed(
        "companion",
        keys,
        &files,
        executable,
        &["src/a.rs:1 it is modified, and docs/*.md is not part of this change"],
    );
    let rewritten = |repo: &Repo| {
        executable(repo);
        repo.write("docs/a.md", "B.\n");
    };
    changed("companion", keys, &files, rewritten, &[]);
}

const LAYERS: &str = "modules: {ui: [\"src/ui/**\"], core: [\"src/core/**\"]}\nlayers: [ui, core]";

#[test]
fn imports_that_lead_elsewhere_through_a_change_are_looked_at() {
    let files = [
        ("tsconfig.json", "{\"compilerOptions\": {\"paths\": {\"@x/*\": [\"src/core/*\"]}}}\n"),
        ("src/core/a.ts", "import { b } from '@x/b';\nimport { c } from '../ui/c';\n"),
        ("src/core/b.ts", "export const b = 1;\n"),
        ("src/ui/b.ts", "export const b = 1;\n"),
    ];
    let aliased = |repo: &Repo| {
        repo.write("tsconfig.json", "{\"compilerOptions\": {\"paths\": {\"@x/*\": [\"src/ui/*\"]}}}\n");
    };
    changed("boundaries", LAYERS, &files, aliased, &["src/core/a.ts:1 `core` imports `ui` (src/ui/b.ts)"]);
    // What an import names comes to be.
    let comes = |repo: &Repo| repo.write("src/ui/c.ts", "export const c = 1;\n");
    changed("boundaries", LAYERS, &files, comes, &["src/core/a.ts:2 `core` imports `ui` (src/ui/c.ts)"]);
    // What was there before stays old.
    let text = rule("boundaries", LAYERS);
    let mut all = vec![(RECORD, text.as_str()), ("src/ui/c.ts", "export const c = 1;\n")];
    all.extend(files);
    let repo = committed(&all);
    repo.write("src/ui/new.ts", "export const d = 1;\n");
    stage(&repo);
    let verdict = check(&repo, &["--staged"]);
    expect(&verdict, "pass", &["no-mongo/r src/core/a.ts:2 existing"]);
}

#[test]
fn a_module_of_go_that_changes_its_name_is_looked_at() {
    let files = [
        ("go.mod", "module example.com/old\n"),
        ("src/core/a.go", "package core\n\nimport \"example.com/new/src/ui\"\n"),
        ("src/ui/b.go", "package ui\n"),
    ];
    let renamed = |repo: &Repo| repo.write("go.mod", "module example.com/new\n");
    changed("boundaries", LAYERS, &files, renamed, &["src/core/a.go:3 `core` imports `ui` (src/ui/b.go)"]);
}

#[test]
fn what_says_where_imports_lead_and_cannot_be_read_is_undecided() {
    let text = rule("boundaries", LAYERS);
    let broken = "{\n  \"compilerOptions\": {\n    \"paths\": [[\n";
    let files = [(RECORD, text.as_str()), ("src/core/a.ts", "x;\n"), ("fixtures/tsconfig.json", broken)];
    let repo = committed(&files);
    // Nothing that a rule reads lies there.
    assert_eq!(check(&repo, &[])["verdict"], "pass");
    repo.write("src/tsconfig.json", broken);
    stage(&repo);
    for args in [&[][..], &["--staged"]] {
        let verdict = check(&repo, args);
        assert_eq!(verdict["verdict"], "indeterminate", "{verdict:#}");
        let item = &verdict["undecided"][0];
        assert_eq!(item["path"], "src/tsconfig.json");
        assert!(item["line"].as_u64().unwrap() >= 3, "{verdict:#}");
    }
}

#[test]
fn requirements_outside_of_a_rules_paths_are_not_passed_over() {
    let keys = "ecosystem: [pypi]\nnames: [pymongo]\npaths: [\"app/**\"]";
    let files = &[("app/requirements.txt", "a\n-r ../requirements.txt\n"), ("requirements.txt", "pymongo\n")];
    let text = rule("forbid-dependency", keys);
    let verdict = check(&committed(&[&[(RECORD, text.as_str())], &files[..]].concat()), &[]);
    expect(&verdict, "indeterminate", &[]);
    assert!(said(&verdict, "undecided", "message")[0].contains("it takes in `requirements.txt`"), "{verdict:#}");
    let wide = keys.replace("\"app/**\"", "\"app/**\", \"requirements.txt\"");
    whole("forbid-dependency", &wide, files, &["requirements.txt:1 pymongo (no version)"]);
}

#[test]
fn a_dependency_that_hides_is_found() {
    let keys = "ecosystem: [cargo, npm, pypi]\nnames: [mongodb, pymongo]";
    let found = |path: &str, text: &str| {
        let text = (path, text);
        let all = [(RECORD, rule("forbid-dependency", keys))];
        check(&committed(&[(RECORD, all[0].1.as_str()), text]), &[])
    };
    for (path, text) in [
        ("Cargo.toml", "[patch.crates-io]\nx = { git = \"https://h/x\", package = \"mongodb\" }\n"),
        ("Cargo.toml", "[workspace.dependencies]\nx = { version = \"3\", package = \"mongodb\" }\n"),
        ("package.json", "{\"overrides\": {\"x\": \"npm:mongodb@3\"}}"),
        ("package.json", "{\"resolutions\": {\"a/x\": \"npm:mongodb@3\"}}"),
        ("package.json", "{\"dependencies\": {\"x\": \"git+https://h/t/mongodb.git\"}}"),
        (
            "package-lock.json",
            "{\"packages\": {\"\": {\"dependencies\": {\"x\": \"https://h/x.tgz\"}}, \"node_modules/x\": {\"name\": \"mongodb\", \"version\": \"3.0.0\"}}}",
        ),
        ("Pipfile", "[packages]\nPyMongo = \"*\"\n"),
        ("setup.cfg", "[options]\ninstall_requires =\n  pymongo\n"),
        ("setup.py", "setup(install_requires=['pymongo'])\n"),
        ("requirements.txt", "git+https://h/t/pymongo.git@v4\n"),
        (".cargo/config.toml", "[patch.crates-io]\nx = { git = \"https://h/x\", package = \"mongodb\" }\n"),
    ] {
        assert_eq!(found(path, text)["verdict"], "violations", "{path}: {text}");
    }
    for (path, text) in [
        ("setup.py", "setup(install_requires=read())\n"),
        ("requirements.txt", "-r more.lst\n"),
        ("requirements.txt", "-c more.lst\n"),
        (".cargo/config.toml", "paths = [\"../x\"]\n"),
    ] {
        let verdict = found(path, text);
        assert_eq!(verdict["verdict"], "indeterminate", "{path}: {verdict:#}");
    }
    // What npm is told to take for a package of a package is not the project's own dependency.
    assert_eq!(found("package.json", "{\"overrides\": {\"mongodb\": \"^6\"}}")["verdict"], "pass");
}
