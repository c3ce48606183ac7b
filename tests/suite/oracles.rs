//! Others' programs as oracles: ast-grep's own for patterns, import-linter for direct imports of Python, Microsoft's SARIF
//! multitool and ajv for what is written. `make oracles` installs them and sets `ORACLES` to their folder; without it the
//! tests say that they were skipped. Each is shown to be able to fail.

mod catalog;

use crate::checking::{RECORD, check, committed, record_with};
use crate::cli::Repo;
use crate::tree::{Tree, root};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

#[expect(clippy::print_stdout, reason = "what is compared is counted for a person who watches")]
fn say(line: &str) {
    println!("{line}");
}

/// The program of an oracle; `None` where none was installed.
fn oracle(path: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("ORACLES") else {
        say(&format!("SKIPPED: no ORACLES; `make oracles` installs {path}"));
        return None;
    };
    let program = Path::new(&folder).join(path);
    assert!(program.exists(), "{} is not there", program.display());
    Some(program)
}

/// What a program printed, and whether it ended well.
fn ran(command: &mut Command) -> (bool, String) {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), format!("{}{}", text(&output.stdout), text(&output.stderr)))
}

/// A rule for both: our kind's keys in YAML are ast-grep's.
const PATTERNS: &[(&str, &str)] = &[
    ("rust", "rule: {pattern: $A.unwrap_or_default()}"),
    ("rust", "rule: {pattern: 'let $A = $B;'}"),
    ("rust", "rule: {kind: closure_expression}"),
    ("rust", "rule: {pattern: $F($$$ARGS), inside: {kind: match_arm, stopBy: end}}"),
    ("rust", "rule: {kind: function_item, has: {kind: visibility_modifier}}"),
    ("rust", "rule: {kind: function_item, not: {has: {kind: visibility_modifier}}}"),
    (
        "rust",
        "rule: {any: [{pattern: format!($$$A)}, {pattern: vec!($$$A)}, {kind: macro_invocation, regex: '^assert'}]}",
    ),
    ("rust", "rule: {pattern: 'if let $P = $V { $$$B }'}"),
    ("rust", "rule: {pattern: '$A.$M($$$B)'}\nconstraints: {M: {regex: '^(map|filter)$'}}"),
    ("rust", "rule: {kind: line_comment, precedes: {kind: function_item}}"),
    ("rust", "rule: {kind: identifier, regex: '^[A-Z]', nthChild: 1}"),
    ("rust", "rule: {pattern: 'Ok($A)', follows: {kind: let_declaration, stopBy: end}}"),
    ("typescript", "rule: {pattern: 'await $A'}"),
    ("typescript", "rule: {kind: arrow_function, has: {kind: statement_block}}"),
    ("typescript", "rule: {pattern: 'const $A = $B'}"),
    ("typescript", "rule: {all: [{kind: call_expression}, {has: {field: function, regex: '^expect'}}]}"),
    ("python", "rule: {pattern: 'print($$$A)'}"),
    ("python", "rule: {kind: import_from_statement}"),
];

/// Sources of this repository, and a little Python.
fn sources() -> Vec<(String, String)> {
    let tree = Tree::read();
    let rust = tree.below("crates/check/src/", &[".rs"]);
    let script = tree.below("ui/src/lib/state/", &[".ts"]);
    let mut files: Vec<(String, String)> =
        rust.chain(script).map(|file| (format!("src/{}", file.path), file.text.clone())).collect();
    files.push((
        "src/a.py".to_owned(),
        "from a import b\nprint(b, 1)\n# print(2)\nclass C:\n    def d(self): print()\n".to_owned(),
    ));
    files
}

/// `path:line:column-line:column` of every match by ast-grep, from 1, in order; what it says of a rule that it does not
/// take.
fn theirs(program: &Path, repo: &Repo, language: &str, rule: &str) -> Result<Vec<String>, String> {
    let file = repo.root().join("../rule.yml");
    std::fs::write(&file, format!("id: r\nlanguage: {language}\nseverity: error\nmessage: M\n{rule}\n")).unwrap();
    let output = Command::new(program)
        .args(["scan", "--json=compact", "--no-ignore", "hidden", "--rule"])
        .arg(&file)
        .arg("src")
        .current_dir(repo.root())
        .output()
        .unwrap();
    let matches: Value =
        serde_json::from_slice(&output.stdout).map_err(|_| String::from_utf8_lossy(&output.stderr).into_owned())?;
    let place = |found: &Value| {
        let at = |end: &str, key: &str| found["range"][end][key].as_u64().unwrap() + 1;
        let (start, end) = ((at("start", "line"), at("start", "column")), (at("end", "line"), at("end", "column")));
        format!("{}:{}:{}-{}:{}", found["file"].as_str().unwrap(), start.0, start.1, end.0, end.1)
    };
    Ok(sorted(matches.as_array().unwrap().iter().map(place)))
}

/// The same by us. Columns are told in characters by both.
fn ours(repo: &Repo, language: &str, rule: &str) -> Result<Vec<String>, String> {
    let keys: String = rule.lines().map(|line| format!("    {line}\n")).collect();
    let text = format!("  - id: r\n    kind: forbid-pattern\n    message: M\n    language: {language}\n{keys}");
    repo.write(RECORD, &record_with("accepted", "", &text));
    let verdict = check(repo, &[]);
    let undecided = verdict["undecided"].as_array().unwrap();
    if !undecided.is_empty() {
        return Err(undecided.iter().map(|fault| format!("{}\n", fault["message"].as_str().unwrap())).collect());
    }
    let place = |found: &Value| {
        let (path, end) = (found["path"].as_str().unwrap(), &found["end_line"]);
        format!("{path}:{}:{}-{end}:{}", found["line"], found["column"], found["end_column"])
    };
    Ok(sorted(verdict["findings"].as_array().unwrap().iter().map(place)))
}

fn sorted(places: impl Iterator<Item = String>) -> Vec<String> {
    let mut places: Vec<String> = places.collect();
    places.sort();
    places
}

#[test]
fn patterns_match_what_ast_grep_matches() {
    let Some(program) = oracle("node/node_modules/.bin/ast-grep") else { return };
    let sources = sources();
    let files: Vec<(&str, &str)> = sources.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let repo = committed(&files);
    let mut all = 0;
    for (language, rule) in PATTERNS {
        let own = ours(&repo, language, rule).unwrap_or_else(|error| panic!("{rule}: {error}"));
        let their = theirs(&program, &repo, language, rule).unwrap_or_else(|error| panic!("{rule}: {error}"));
        let sets = (own.iter().collect::<BTreeSet<_>>(), their.iter().collect::<BTreeSet<_>>());
        let differing: Vec<_> = sets.0.symmetric_difference(&sets.1).take(5).collect();
        assert!(own == their, "{rule}: {} of ours, {} of theirs: {differing:?}", own.len(), their.len());
        assert!(!their.is_empty(), "{rule} matches nothing, which compares nothing");
        all += their.len();
    }
    say(&format!("{all} matches of {} rules in {} files are ast-grep's", PATTERNS.len(), files.len()));
    // A comparison of two different rules does not hold.
    assert_ne!(ours(&repo, "rust", PATTERNS[0].1), theirs(&program, &repo, "rust", PATTERNS[2].1));
}

/// A project with imports of every form, each name on the first line of its statement: that is the line that import-linter
/// tells, and ours is the name's between its three packages.
const PYTHON: &[(&str, &str)] = &[
    ("app/__init__.py", ""),
    ("app/ui/__init__.py", "from app.ui.view import draw\n"),
    ("app/ui/view.py", "import app.core.model\n\ndef draw(): pass\n"),
    ("app/ui/deep/__init__.py", ""),
    ("app/ui/deep/leaf.py", "LEAF = 1\n"),
    ("app/core/__init__.py", "import app.ui.view\n"),
    ("app/core/model.py", "import os, app.ui.deep.leaf as leaf\nfrom app.ui import view\n"),
    ("app/core/near.py", "from ..ui.deep import leaf\nfrom . import model\nfrom .model import leaf as other\n"),
    ("app/core/late.py", "def f():\n    from app.ui.view import draw\n    return draw\n"),
    (
        "app/core/fine.py",
        "from app.core import model\nimport json\nTEXT = 'import app.ui.view'\n# import app.ui.view\n",
    ),
    ("app/store/__init__.py", ""),
    ("app/store/all.py", "from app.ui.deep.leaf import (LEAF,\n)\nimport app.core.model\n"),
];

#[test]
fn direct_imports_are_those_of_import_linter() {
    let Some(program) = oracle("python/bin/lint-imports") else { return };
    let rules = "  - id: r\n    kind: boundaries\n    message: M\n    modules: {ui: [\"app/ui/**\"], core: [\"app/core/**\"], store: [\"app/store/**\"]}\n    forbid: [{from: core, to: ui}, {from: store, to: ui}]\n";
    let record = record_with("accepted", "", rules);
    let repo = committed(&[&[(RECORD, record.as_str())], PYTHON].concat());
    let settings = "[importlinter]\nroot_package = app\n\n[importlinter:contract:one]\nname = One\ntype = forbidden\nsource_modules =\n    app.core\n    app.store\nforbidden_modules =\n    app.ui\nallow_indirect_imports = True\n";
    repo.write(".importlinter", settings);
    let own: BTreeSet<String> = check(&repo, &[])["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| {
            let path =
                found["path"].as_str().unwrap().trim_end_matches(".py").trim_end_matches("/__init__").replace('/', ".");
            format!("{path}:{}", found["line"])
        })
        .collect();
    let run = |repo: &Repo| {
        ran(Command::new(&program)
            .args(["--no-cache"])
            .current_dir(repo.root())
            .env("PYTHONPATH", repo.root())
            .env("COLUMNS", "400"))
    };
    let (kept, said) = run(&repo);
    assert!(!kept, "{said}");
    // `-   app.core.model -> app.ui.view (l.2)`
    let told = said.lines().filter_map(|line| {
        let (importer, rest) = line.trim().trim_start_matches(['-', '&', ' ']).split_once(" -> ")?;
        let lines = rest.split_once("(l.")?.1.split(')').next()?;
        Some(lines.split(", l.").map(|line| format!("{importer}:{line}")).collect::<Vec<_>>())
    });
    let their: BTreeSet<String> = told.flatten().collect();
    assert_eq!(own, their, "{said}");
    assert!(their.len() >= 6, "{said}");
    say(&format!("{} direct imports are import-linter's", their.len()));
    // Where the imports are taken out neither finds anything.
    for (path, _) in PYTHON.iter().filter(|(path, _)| path.starts_with("app/core") || path.starts_with("app/store")) {
        repo.write(path, "");
    }
    assert_eq!(check(&repo, &[])["verdict"], "pass");
    assert!(run(&repo).0);
}

/// A repository whose verdict has something in every list.
fn telling() -> Repo {
    let repo = crate::checking::telling();
    assert_eq!(repo.run(&["check", "--staged"]).code, 1);
    repo
}

#[test]
fn sarif_is_what_its_own_validator_takes() {
    let Some(program) = oracle("node/node_modules/.bin/sarif-multitool") else { return };
    let repo = telling();
    let file = repo.root().join("../a.sarif");
    let validate = |text: &str| {
        std::fs::write(&file, text).unwrap();
        let (_, said) = ran(Command::new(&program).arg("validate").arg(&file));
        assert!(said.contains("1 files scanned"), "{said}");
        said.lines().filter(|line| line.contains(": error ")).map(str::to_owned).collect::<Vec<_>>()
    };
    for args in [&["check", "--format", "sarif"][..], &["check", "--staged", "--format", "sarif"]] {
        let out = repo.run(args).out;
        assert_eq!(validate(&out), [""; 0]);
        assert!(!validate(&out.replace("\"startLine\": ", "\"startLine\": -")).is_empty());
    }
}

#[test]
fn ajv_reads_our_schemas_and_takes_what_we_write() {
    let Some(program) = oracle("node/node_modules/.bin/ajv") else { return };
    let repo = telling();
    let data = repo.root().join("../data.json");
    let validate = |schema: &str, text: &str| {
        std::fs::write(&data, text).unwrap();
        let schema = root().join(format!("decisions-template/schema/{schema}.json"));
        let options = ["validate", "--spec=draft2020", "--strict=false", "--validate-formats=false", "-s"];
        ran(Command::new(&program).args(options).arg(schema).arg("-d").arg(&data))
    };
    for args in [&["check", "--json"][..], &["check", "--staged", "--json"]] {
        let out = repo.run(args).out;
        let (valid, said) = validate("verdict-v1", &out);
        assert!(valid, "{said}");
        assert!(!validate("verdict-v1", &out.replace("\"line\": 1,", "\"line\": 0,")).0);
    }
    let out = repo.run(&["debt", "--since", "1970-01-01", "--json"]).out;
    let (valid, said) = validate("debt-v1", &out);
    assert!(valid, "{said}");
    assert!(!validate("debt-v1", &out.replace("\"repaid\"", "\"lost\"")).0);
    assert_eq!(repo.run(&["baseline", "--accept-new", "--reason", "R"]).code, 2, "what is undecided has no baseline");
}
