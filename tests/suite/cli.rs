//! The command line as its users meet it: real files, real git, exit codes, JSON of the contract, errors that help.

use crate::acting::commit;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A repository in a temporary folder, with its own home so that nothing of the machine shines through.
pub(crate) struct Repo {
    dir: tempfile::TempDir,
}

/// What one call gave.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("{error}\nstdout: {}\nstderr: {}", self.out, self.err))
    }
}

impl Repo {
    pub(crate) fn new() -> Self {
        let repo = Self { dir: tempfile::tempdir().expect("a temporary folder") };
        std::fs::create_dir_all(repo.root()).expect("the worktree");
        git2::Repository::init(repo.root()).expect("git init");
        repo
    }

    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let repo = Self::new();
        for (path, text) in files {
            repo.write(path, text);
        }
        repo
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.dir.path().join("repo")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.run_in(&self.root(), args)
    }

    pub(crate) fn run_in(&self, dir: &Path, args: &[&str]) -> Ran {
        self.run_as(dir, args, &[])
    }

    /// As `run`, with more variables set.
    pub(crate) fn run_with(&self, args: &[&str], variables: &[(&str, &str)]) -> Ran {
        self.run_as(&self.root(), args, variables)
    }

    fn run_as(&self, dir: &Path, args: &[&str], variables: &[(&str, &str)]) -> Ran {
        let home = self.dir.path().join("home");
        let output = Command::new(env!("CARGO_BIN_EXE_precedent"))
            .arg("-C")
            .arg(dir)
            .args(args)
            .env("HOME", &home)
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .envs(variables.iter().copied())
            .output()
            .expect("the binary runs");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Ran { code: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

const MONGO: &str = "---\nstatus: accepted\ndate: 2025-01-10\ndecision-makers: [\"@dana\"]\ntags: [storage]\n---\n# Use MongoDB for billing\n\n## Context and Problem Statement\n\nPostings need a store.\n\n## Decision Outcome\n\nWe use MongoDB.\n";
const NYGARD: &str = "# 2. Keep logs for a year\n\nDate: 2025-02-03\n\n## Status\n\nAccepted\n\n## Context\n\nAuditors ask.\n\n## Decision\n\nWe keep logs for a year.\n\n## Consequences\n\nDisks fill.\n";

fn two() -> Repo {
    Repo::with(&[("docs/decisions/0001-use-mongodb.md", MONGO), ("docs/decisions/0002-keep-logs.md", NYGARD)])
}

#[test]
fn a_bare_repository_is_named_with_what_can_be_opened_instead() {
    let repo = Repo::new();
    let bare = repo.root().join("../hub.git");
    git2::Repository::init_bare(&bare).expect("a bare repository");
    let ran = repo.run_in(&bare, &["list"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("is a bare repository: it holds no files to read"), "{}", ran.err);
    assert!(ran.err.contains("open a clone of it"), "{}", ran.err);
}

#[test]
fn list_prints_the_contract_json() {
    let ran = two().run(&["list", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let list = ran.json();
    let first = &list[0];
    assert_eq!(first["path"], "docs/decisions/0001-use-mongodb.md");
    assert_eq!(first["id"], "use-mongodb");
    assert_eq!(first["number"], 1);
    assert_eq!(first["log"], "docs/decisions");
    assert_eq!(first["title"], "Use MongoDB for billing");
    assert_eq!(first["status"], "accepted");
    assert_eq!(first["date"], "2025-01-10");
    assert_eq!(first["decision_makers"], json!(["@dana"]));
    assert_eq!(first["in_force"], true);
    assert_eq!(first["dialect"], "madr4");
    for key in [
        "consulted",
        "informed",
        "tags",
        "applies_to",
        "supersedes",
        "superseded_by",
        "amends",
        "amended_by",
        "relates_to",
        "cites",
        "problems",
        "rules",
        "stated_supersedes",
        "stated_superseded_by",
        "stated_amends",
        "stated_amended_by",
    ] {
        assert!(first[key].is_array(), "{key} is a list");
    }
    assert_eq!(list[1]["title"], "Keep logs for a year");
    assert_eq!(list[1]["dialect"], "nygard");
}

#[test]
fn an_empty_log_lists_nothing_and_is_no_error() {
    let ran = Repo::new().run(&["list", "--json"]);
    assert_eq!((ran.code, ran.json()), (0, json!([])));
}

#[test]
fn a_folder_without_git_is_refused_with_the_way_out() {
    let repo = Repo::new();
    let plain = repo.dir.path().join("plain");
    std::fs::create_dir(&plain).expect("a folder");
    let ran = repo.run_in(&plain, &["list"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("not in a git repository") && ran.err.contains("git init"), "{}", ran.err);
}

#[test]
fn references_may_be_numbers_ids_stems_or_paths() {
    let repo = two();
    for reference in ["1", "0001", "ADR-0001", "use-mongodb", "0001-use-mongodb", "docs/decisions/0001-use-mongodb.md"]
    {
        assert_eq!(repo.run(&["show", "--json", reference]).json()["number"], 1, "{reference}");
    }
    let ran = repo.run(&["show", "ADR-0009"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no record matches `ADR-0009`"), "{}", ran.err);
}

#[test]
fn an_ambiguous_number_names_its_candidates() {
    let repo = Repo::with(&[("docs/adr/0001-a.md", NYGARD), ("docs/adr/0001-b.md", NYGARD)]);
    let ran = repo.run(&["show", "1"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("docs/adr/0001-a.md") && ran.err.contains("docs/adr/0001-b.md"), "{}", ran.err);
}

#[test]
fn set_status_touches_one_line() {
    let repo = two();
    let ran = repo.run(&["set", "2", "status=deprecated", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.json()["changed"], json!(["docs/decisions/0002-keep-logs.md"]));
    assert_eq!(repo.read("docs/decisions/0002-keep-logs.md"), NYGARD.replace("\nAccepted\n", "\nDeprecated\n"));
}

#[test]
fn set_of_an_unknown_key_changes_nothing() {
    let repo = two();
    let ran = repo.run(&["set", "1", "colour=blue"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("colour"), "{}", ran.err);
    assert_eq!(repo.read("docs/decisions/0001-use-mongodb.md"), MONGO);
}

#[test]
fn dry_run_prints_the_diff_and_writes_nothing() {
    let repo = two();
    let ran = repo.run(&["set", "1", "status=deprecated", "--dry-run"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("-status: accepted") && ran.out.contains("+status: deprecated"), "{}", ran.out);
    assert_eq!(repo.read("docs/decisions/0001-use-mongodb.md"), MONGO);
}

#[test]
fn new_takes_the_next_number_and_starts_as_proposed() {
    let repo = two();
    let ran = repo.run(&["new", "Use Postgres for billing", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let path = "docs/decisions/0003-use-postgres-for-billing.md";
    assert_eq!(ran.json()["changed"], json!([path]));
    let shown = repo.run(&["show", "3", "--json"]).json();
    assert_eq!((&shown["status"], &shown["title"]), (&json!("proposed"), &json!("Use Postgres for billing")));
}

#[test]
fn supersede_is_deferred_until_the_successor_is_accepted() {
    let repo = two();
    let ran = repo.run(&[
        "supersede",
        "1",
        "--title",
        "Use Postgres for billing",
        "--why",
        "Postings need transactions",
        "--json",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        repo.read("docs/decisions/0001-use-mongodb.md"),
        MONGO,
        "the old record keeps its status while the successor is proposed"
    );
    let successor = "docs/decisions/0003-use-postgres-for-billing.md";
    assert_eq!(repo.run(&["show", "3", "--json"]).json()["tags"], json!(["storage"]), "tags are carried over");
    assert_eq!(
        repo.run(&["show", "3", "--json"]).json()["stated_supersedes"],
        json!(["docs/decisions/0001-use-mongodb.md"])
    );

    let ran = repo.run(&["accept", "3", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut changed = ran.json()["changed"].as_array().cloned().unwrap_or_default();
    changed.sort_by_key(ToString::to_string);
    assert_eq!(changed, [json!("docs/decisions/0001-use-mongodb.md"), json!(successor)]);
    let old = repo.run(&["show", "1", "--json"]).json();
    assert_eq!(
        (&old["status"], &old["stated_superseded_by"], &old["in_force"]),
        (&json!("superseded"), &json!([successor]), &json!(false))
    );
}

#[test]
fn accepting_keeps_the_day_where_the_record_keeps_days() {
    let path = "docs/decisions/0001-a.md";
    let repo = Repo::with(&[(path, "---\nstatus: proposed\nproposed: 2026-01-02\n---\n# A\n")]);
    let ran = repo.run(&["accept", "1"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = repo.read(path);
    assert!(text.starts_with("---\nstatus: accepted\nproposed: 2026-01-02\naccepted: 2"), "{text}");
}

#[test]
fn supersede_by_an_existing_record_writes_both_sides_in_their_dialects() {
    let repo = two();
    let ran = repo.run(&["supersede", "1", "--by", "2", "--status", "accepted"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let old = repo.run(&["show", "1", "--json"]).json();
    assert_eq!(
        (&old["status"], &old["stated_superseded_by"]),
        (&json!("superseded"), &json!(["docs/decisions/0002-keep-logs.md"]))
    );
    let new = repo.read("docs/decisions/0002-keep-logs.md");
    assert!(new.contains("Supersedes [") && !new.starts_with("---"), "{new}");
}

#[test]
fn search_finds_words_of_the_body_and_says_when_nothing_matches() {
    let repo = two();
    let ran = repo.run(&["search", "auditors", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let reply = ran.json();
    assert_eq!((&reply["query"], &reply["total"]), (&json!("auditors"), &json!(1)));
    assert_eq!(reply["hits"][0]["path"], "docs/decisions/0002-keep-logs.md");
    assert!(reply["hits"][0]["snippet"].as_str().is_some_and(|snippet| snippet.contains("**Auditors**")), "{reply}");
    assert!(reply["took_us"].is_u64());
    assert_eq!(repo.run(&["search", "zzzunheardofzzz"]).code, 1);
}

#[test]
fn search_points_at_what_it_does_not_understand_and_searches_the_rest() {
    let repo = two();
    let ran = repo.run(&["search", "auditors status:acepted"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("0002-keep-logs.md"), "{}", ran.out);
    assert!(ran.err.contains("  auditors status:acepted\n           ^^^^^^^^^^^^^^\n"), "{}", ran.err);
}

#[test]
fn search_takes_excluded_words_and_fields_as_they_are_typed() {
    let repo = two();
    for (query, code) in [
        (&["search", "logs", "-auditors"][..], 1),
        (&["search", "logs", "-status:accepted"], 1),
        (&["search", "logs", "-zebra"], 0),
        (&["search", "logs", "-C++", "--limit", "1"], 0),
        (&["search", "-zebra", "logs", "--json"], 0),
    ] {
        let ran = repo.run(query);
        assert_eq!(ran.code, code, "{query:?}: {}", ran.err);
    }
    assert_eq!(repo.run(&["search", "logs", "--limt", "1"]).code, 2);
}

#[test]
fn search_tells_programs_where_it_did_not_understand_and_what_it_exchanged() {
    let repo = two();
    let reply = repo.run(&["search", "--json", "auditrs status:acepted"]).json();
    assert_eq!((&reply["complaint_at"], &reply["corrected"]), (&json!([8, 22]), &json!("auditors status:acepted")));
    assert_eq!(reply["exchanged"], json!([{ "written": "auditrs", "meant": "auditors" }]));
    let reply = repo.run(&["search", "--json", "auditors"]).json();
    assert_eq!((reply.get("complaint_at"), reply.get("exchanged")), (None, None));
}

#[test]
fn search_of_the_past_names_the_commit_that_took_the_words_out() {
    let repo = two();
    commit(&repo, "100");
    let text = repo.read("docs/decisions/0002-keep-logs.md");
    repo.write("docs/decisions/0002-keep-logs.md", &text.replace("Auditors", "Inspectors"));
    // 1970-07-20.
    commit(&repo, "200");
    let ran = repo.run(&["search", "--history", "auditors"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("changed 1970-07-20 by Ann") && ran.out.contains("**Auditors**"), "{}", ran.out);
    let reply = repo.run(&["search", "--history", "--json", "auditors"]).json();
    assert_eq!((&reply["total"], &reply["hits"][0]["date"]), (&json!(1), &json!("1970-07-20")));
    assert_eq!(repo.run(&["search", "auditors"]).code, 1);
    assert_eq!(repo.run(&["search", "--history", "inspectors"]).code, 1);
}

/// Unix only: elsewhere nothing tells the lock that a library takes from one that we take.
#[cfg(unix)]
#[test]
fn search_says_when_it_answers_from_a_part_of_the_past() {
    let repo = two();
    commit(&repo, "100");
    let log = |text: &str| repo.write("docs/decisions/0002-keep-logs.md", &NYGARD.replace("Auditors", text));
    log("Inspectors");
    commit(&repo, "200");
    assert!(repo.run(&["search", "--history", "auditors"]).err.is_empty());
    log("Bosses");
    commit(&repo, "300");
    // Another process adds to the index of the past.
    let lock = find(&repo.dir.path().join("home/cache"), &|file| {
        file.ends_with(".tantivy-writer.lock") && file.to_string_lossy().contains("past-v")
    });
    let lock = std::fs::File::open(lock.expect("an index")).expect("its lock");
    lock.lock().expect("locked");
    let ran = repo.run(&["search", "--history", "auditors"]);
    assert_eq!(ran.code, 0, "what is there is found: {}", ran.err);
    assert!(ran.err.contains("Not all of git's log"), "{}", ran.err);
    let reply = repo.run(&["search", "--history", "--json", "inspectors"]).json();
    assert_eq!((&reply["total"], &reply["building"]), (&json!(0), &json!(true)));
    drop(lock);
    let reply = repo.run(&["search", "--history", "--json", "inspectors"]).json();
    assert_eq!((&reply["total"], reply.get("building")), (&json!(1), None));
}

#[cfg(unix)]
fn find(folder: &Path, is: &dyn Fn(&Path) -> bool) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    entries.into_iter().find_map(|path| if path.is_dir() { find(&path, is) } else { is(&path).then_some(path) })
}

#[test]
fn lint_fails_on_errors_only() {
    let repo = two();
    assert_eq!(repo.run(&["lint"]).code, 0);
    repo.write("docs/decisions/0003-x.md", "---\nstatus: [broken\n---\n# X\n");
    let ran = repo.run(&["lint", "--json"]);
    assert_eq!(ran.code, 1);
    let reply = ran.json();
    let problems = reply["problems"].as_array().expect("a list");
    let problem = problems.iter().find(|problem| problem["code"] == "P001").unwrap_or_else(|| panic!("{reply}"));
    assert_eq!((&problem["severity"], &problem["path"]), (&json!("error"), &json!("docs/decisions/0003-x.md")));
    assert!(problem["line"].is_u64() && problem["column"].is_u64() && problem["message"].is_string());
}

#[test]
fn init_writes_a_first_record_once() {
    let repo = Repo::new();
    let ran = repo.run(&["init", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(repo.run(&["list", "--json"]).json().as_array().map(Vec::len), Some(1));
    let again = repo.run(&["init"]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("docs/decisions"), "{}", again.err);
}

#[test]
fn the_sample_has_history_branches_and_chains() {
    let repo = Repo::new();
    let sample = repo.dir.path().join("sample");
    let ran = repo.run(&["init", "--sample", sample.to_str().expect("UTF-8")]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let list = repo.run_in(&sample, &["list", "--json"]).json();
    assert!(list.as_array().map_or(0, Vec::len) >= 25);
    let git = git2::Repository::open(&sample).expect("a repository");
    assert!(git.branches(Some(git2::BranchType::Local)).expect("branches").count() >= 3);
}

#[test]
fn help_names_every_verb() {
    let ran = two().run(&["--help"]);
    for verb in ["init", "new", "list", "show", "search", "set", "accept", "reject", "deprecate", "supersede", "lint"] {
        assert!(ran.out.contains(&format!("\n  {verb}")), "{verb} is missing in\n{}", ran.out);
    }
}

#[test]
fn links_are_stated_and_taken_out_in_both_records() {
    let repo = two();
    let shown = repo.run(&["amend", "1", "--by", "2", "--dry-run"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(shown.out.contains("+amended-by: [ADR-0002]"), "{}", shown.out);
    assert_eq!(repo.read("docs/decisions/0001-use-mongodb.md"), MONGO);
    let ran = repo.run(&["--json", "amend", "1", "--by", "2"]);
    assert_eq!((ran.code, ran.json()["changed"].as_array().map(Vec::len)), (0, Some(2)), "{}", ran.err);
    assert!(repo.read("docs/decisions/0002-keep-logs.md").contains("Amends [1. Use MongoDB for billing]"));
    assert_eq!(repo.run(&["link", "1", "depends-on", "2"]).code, 0);
    assert_eq!(repo.run(&["link", "1", "depends-on", "2"]).code, 2, "it says so already");
    let ran = repo.run(&["unlink", "1", "2"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(repo.read("docs/decisions/0001-use-mongodb.md"), MONGO);
    assert_eq!(repo.read("docs/decisions/0002-keep-logs.md"), NYGARD);
    let ran = repo.run(&["unlink", "1", "2"]);
    assert!(ran.code == 1 && ran.err.contains("neither 0001 nor 0002"), "{}", ran.err);
}

#[test]
fn a_record_is_converted_when_asked() {
    let repo = two();
    assert!(repo.run(&["convert", "2", "--dry-run"]).out.contains("+### Consequences"));
    assert_eq!(repo.read("docs/decisions/0002-keep-logs.md"), NYGARD);
    let ran = repo.run(&["convert", "2", "--to", "madr4"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = repo.read("docs/decisions/0002-keep-logs.md");
    assert!(text.starts_with("---\nstatus: accepted\ndate: 2025-02-03\n---\n\n# 2. Keep logs for a year\n\n## Context and Problem Statement\n"), "{text}");
    assert_eq!(repo.run(&["show", "2", "--json"]).json()["dialect"], "madr4");
    assert_eq!(repo.run(&["convert", "2"]).code, 2, "it is so already");
    assert_eq!(repo.run(&["convert", "2", "--to", "nygard"]).code, 2);
}

#[test]
fn lint_carries_fixes_out_when_asked() {
    let old = "docs/decisions/0001-use-mongodb.md";
    let new = "---\nstatus: accepted\nsupersedes: [ADR-0001]\n---\n# Use Postgres\n";
    let repo = Repo::with(&[(old, MONGO), ("docs/decisions/0003-use-postgres.md", new)]);
    let ran = repo.run(&["lint", "--json", "--code", "one-sided-link"]);
    let fix = &ran.json()["problems"][0]["fix"];
    assert_eq!((fix["title"].as_str(), fix["edits"][0]["path"].as_str()), (Some("Mark 0001"), Some(old)));
    assert!(
        repo.run(&["lint", "--fix", "--dry-run"])
            .out
            .contains("+status: superseded by [ADR-0003](0003-use-postgres.md)")
    );
    assert_eq!(repo.read(old), MONGO);
    assert_eq!(repo.run(&["lint", "--fix", "--code", "P004", "3"]).code, 0);
    assert!(repo.read(old).contains("superseded by [ADR-0003]"));
    let ran = repo.run(&["lint", "--fix"]);
    assert!(ran.code == 2 && ran.err.contains("no problem here with a fix"), "{}", ran.err);
}

#[test]
fn schemas_are_printed_without_a_repository() {
    let repo = Repo::new();
    let nowhere = repo.dir.path().join("nowhere");
    std::fs::create_dir(&nowhere).expect("a folder");
    assert_eq!(
        repo.run_in(&nowhere, &["schema"]).out,
        "record-v1\nprecedent-toml\nwaiver-v1\nbaseline-v1\nverdict-v1\ndebt-v1\n"
    );
    assert_eq!(repo.run_in(&nowhere, &["schema", "precedent/record/v1"]).json()["title"], "Record");
    let ran = repo.run_in(&nowhere, &["schema", "x"]);
    assert!(ran.code == 2 && ran.err.contains("record-v1, precedent-toml"), "{}", ran.err);
}

#[test]
fn the_readme_names_every_verb() {
    let help = two().run(&["--help"]).out;
    let commands = help.split_once("Commands:").and_then(|(_, rest)| rest.split_once("Options:")).expect("a list").0;
    let is_verb = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
    let verbs: Vec<&str> = commands.lines().filter(is_verb).filter_map(|line| line.split_whitespace().next()).collect();
    assert!(verbs.len() > 20, "{verbs:?}");
    let readme = include_str!("../../README.md");
    let named = |verb: &&&str| !readme.contains(&format!("`{verb}`"));
    let missing: Vec<&&str> = verbs.iter().filter(|verb| **verb != "help").filter(named).collect();
    assert!(missing.is_empty(), "README.md lacks {missing:?}");
}
