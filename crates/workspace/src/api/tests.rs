//! The facade on real folders and repositories.
#![expect(clippy::disallowed_methods, reason = "tests make files by hand")]

use crate::{OpenOptions, Place, Workspace};
use precedent_core::RecordPath;
use precedent_core::wire::{Draft, ErrorCode, FieldEdit, OpenMode, SearchRequest};
use std::path::Path;
use std::sync::Arc;

/// A repository in a temporary folder with our own folders beside it.
pub(crate) struct Sandbox {
    pub(crate) dir: tempfile::TempDir,
}

pub(crate) const NYGARD: &str = "# 1. Use Postgres\n\nDate: 2024-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nWe need rows.\n\n## Decision\n\nPostgres.\n";

impl Sandbox {
    pub(crate) fn new() -> Self {
        let sandbox = Self::plain();
        git2::Repository::init(sandbox.root()).expect("git init");
        sandbox
    }

    pub(crate) fn plain() -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir_all(dir.path().join("repo")).expect("a folder");
        Self { dir }
    }

    pub(crate) fn root(&self) -> std::path::PathBuf {
        self.dir.path().join("repo").canonicalize().expect("the folder is there")
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let file = self.root().join(path);
        std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        std::fs::write(file, text).expect("a file");
        self
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root().join(path)).expect("a file")
    }

    pub(crate) fn read_bytes(&self, path: &str) -> Vec<u8> {
        std::fs::read(self.root().join(path)).expect("a file")
    }

    pub(crate) fn place(&self) -> Place {
        Place::new(self.dir.path().join("cache"), self.dir.path().join("config"), jiff::civil::date(2026, 11, 20))
    }

    pub(crate) fn open_at(&self, path: &Path, mode: OpenMode) -> crate::Result<Arc<Workspace>> {
        Workspace::open(path, &self.place(), &OpenOptions { mode, index: false })
    }

    pub(crate) fn open(&self) -> Arc<Workspace> {
        self.open_at(&self.root(), OpenMode::Git).expect("the repository opens")
    }
}

fn paths(workspace: &Workspace) -> Vec<String> {
    workspace.decisions().decisions.into_iter().map(|decision| decision.path).collect()
}

#[test]
fn a_repository_opens_from_any_folder_inside_and_lists_its_records() {
    let sandbox = Sandbox::new();
    sandbox
        .write("docs/adr/0001-use-postgres.md", NYGARD)
        .write("docs/adr/README.md", "# Index\n")
        .write("src/a.rs", "");
    let workspace = sandbox.open_at(&sandbox.root().join("src"), OpenMode::Git).expect("opens");
    assert_eq!(workspace.root().canonicalize().expect("there"), sandbox.root());
    assert_eq!(paths(&workspace), ["docs/adr/0001-use-postgres.md"]);
    assert_eq!(workspace.info().logs[0].path, "docs/adr");
    assert!(workspace.info().git);
}

#[test]
fn a_save_changes_the_file_and_the_snapshot_and_its_echo_says_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-use-postgres.md", NYGARD);
    let workspace = sandbox.open();
    let source = workspace.read_source("docs/adr/0001-use-postgres.md").expect("source");
    assert_eq!(source.text, NYGARD);
    let text = NYGARD.replace("Use Postgres", "Use SQLite");
    let reply = workspace.save_record(&source.path, &text, &source.hash).expect("saves");
    assert_eq!(reply.changed, ["docs/adr/0001-use-postgres.md"]);
    assert_eq!(reply.generation, 2);
    assert_eq!(sandbox.read(&source.path), text);
    assert_eq!(workspace.decisions().decisions[0].title, "Use SQLite");
    assert!(workspace.refresh(&[&source.path]).is_none());
    assert!(workspace.refresh::<&str>(&[]).is_none());
    // The hash of the reply is the base of the next save; the old one is stale.
    let stale = workspace.save_record(&source.path, "x", &source.hash).expect_err("stale");
    assert_eq!(stale.code(), ErrorCode::Conflict);
    assert_eq!(sandbox.read(&source.path), text);
    workspace.save_record(&source.path, NYGARD, &reply.hash.expect("a hash")).expect("saves again");
}

#[test]
fn the_first_sentence_of_a_decision_is_told_beforehand() {
    let check = |decision: &str, expected: &str| {
        let sandbox = Sandbox::new();
        sandbox.write("docs/adr/0001-a.md", NYGARD.replace("Postgres.\n", decision));
        let view = sandbox.open().read_decision("docs/adr/0001-a.md").expect("a view");
        assert_eq!(view.decided, expected);
    };
    check("Postgres.\n", "Postgres.");
    check(
        "We use **Postgres** v16.2, e.g. for rows.\nIt is known here. More.\n",
        "We use Postgres v16.2, e.g. for rows.",
    );
    check("\n* one item\n\nThen more.\n", "one item");
    check("", "");
}

#[test]
fn what_another_program_does_arrives_by_refresh() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-use-postgres.md", NYGARD);
    let workspace = sandbox.open();
    sandbox.write("docs/adr/0002-use-rust.md", NYGARD.replace("1. Use Postgres", "2. Use Rust"));
    let change = workspace.refresh(&["docs/adr/0002-use-rust.md"]).expect("a change");
    assert_eq!(change.changed[0].title, "Use Rust");
    assert_eq!(change.logs[0].records, 2);
    std::fs::remove_file(sandbox.root().join("docs/adr/0001-use-postgres.md")).expect("removed");
    let change = workspace.refresh(&[sandbox.root().join("docs/adr/0001-use-postgres.md")]).expect("a change");
    assert_eq!(change.removed, ["docs/adr/0001-use-postgres.md"]);
    assert_eq!(paths(&workspace), ["docs/adr/0002-use-rust.md"]);
}

#[test]
fn an_open_tells_how_far_it_is_and_can_be_stopped() {
    let sandbox = Sandbox::new();
    for number in 1..=9 {
        sandbox.write(&format!("docs/adr/000{number}-a.md"), NYGARD);
    }
    let options = OpenOptions { mode: OpenMode::Git, index: false };
    let progress = crate::Progress::default();
    Workspace::open_telling(&sandbox.root(), &sandbox.place(), &options, &progress).expect("opens");
    assert_eq!((progress.so_far().done, progress.so_far().all), (9, 9));
    progress.cancel();
    let stopped = Workspace::open_telling(&sandbox.root(), &sandbox.place(), &options, &progress).expect_err("stopped");
    assert_eq!(stopped.code(), ErrorCode::Cancelled);
}

#[test]
fn a_status_word_that_the_settings_learn_shows_at_once() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-use-postgres.md", NYGARD.replace("Accepted", "Concluded"));
    let workspace = sandbox.open();
    assert!(!workspace.decisions().decisions[0].in_force);
    sandbox.write("precedent.toml", "[statuses]\nconcluded = \"accepted\"\n");
    let change = workspace.refresh(&["precedent.toml"]).expect("a change");
    assert!(change.changed[0].in_force);
    assert!(workspace.decisions().decisions[0].in_force);
}

#[test]
fn a_folder_without_git_is_refused_with_what_it_holds_and_opens_when_asked() {
    let sandbox = Sandbox::plain();
    sandbox.write("docs/adr/0001-a.md", NYGARD).write("docs/adr/0002-b.md", NYGARD);
    let error = sandbox.open_at(&sandbox.root(), OpenMode::Git).expect_err("no git");
    assert_eq!((error.code(), error.details()), (ErrorCode::NotARepository, Some("2")));
    assert!(error.hint().is_some_and(|hint| hint.contains("2 records")), "{error:?}");
    let plain = sandbox.open_at(&sandbox.root(), OpenMode::Plain).expect("opens");
    assert!(!plain.info().git);
    assert_eq!(paths(&plain).len(), 2);
    // Saving works without git too; nothing of ours is left in the folder.
    let source = plain.read_source("docs/adr/0001-a.md").expect("source");
    plain.save_record(&source.path, "# 1. Other\n\n## Status\n\nAccepted\n", &source.hash).expect("saved");
    assert_eq!(std::fs::read_dir(sandbox.root()).expect("a folder").count(), 1);
    let made = sandbox.open_at(&sandbox.root(), OpenMode::InitGit).expect("a repository is made");
    assert!(made.info().git && sandbox.root().join(".git").is_dir());
}

#[test]
fn a_folder_that_is_gone_is_not_made_again() {
    let sandbox = Sandbox::new();
    let path = "docs/adr/0001-use-postgres.md";
    sandbox.write(path, NYGARD);
    let workspace = sandbox.open();
    let base = workspace.read_source(path).expect("a text").hash;
    let root = workspace.root().to_path_buf();
    std::fs::remove_dir_all(&root).expect("a folder to remove");
    let draft = Draft { path: path.to_owned(), text: "mine".to_owned(), base: base.clone(), kept_at: String::new() };
    let kept = workspace.keep_draft(&draft).expect_err("no draft");
    let saved = workspace.save_record(path, "mine", &base).expect_err("no save");
    let again = workspace.save_record(path, "mine", "").expect_err("no new file");
    assert_eq!([kept.code(), saved.code(), again.code()], [ErrorCode::NotFound; 3]);
    assert!(!root.exists());
}

#[test]
fn what_cannot_be_opened_says_why_and_what_to_do() {
    let sandbox = Sandbox::plain();
    sandbox.write("file.txt", "x");
    let check = |path: &Path, code: ErrorCode, words: &str| {
        let error = sandbox.open_at(path, OpenMode::Git).expect_err(words);
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains(words), "{error}");
        assert!(error.hint().is_some(), "{error}");
    };
    check(&sandbox.root().join("nowhere"), ErrorCode::NotFound, "there is no folder");
    check(&sandbox.root().join("file.txt"), ErrorCode::Usage, "is a file");
    let bare = sandbox.dir.path().join("bare.git");
    git2::Repository::init_bare(&bare).expect("a bare repository");
    check(&bare, ErrorCode::Usage, "bare repository");
    // Its worktrees are named: those can be opened.
    let hub = git2::Repository::open_bare(&bare).expect("a bare repository");
    let who = git2::Signature::now("A", "a@b").expect("a name");
    let empty = hub.treebuilder(None).and_then(|tree| tree.write()).and_then(|id| hub.find_tree(id)).expect("a tree");
    hub.commit(Some("HEAD"), &who, &who, "x", &empty, &[]).expect("a commit");
    let tree = sandbox.dir.path().join("tree");
    hub.worktree("tree", &tree, None).expect("a worktree");
    let error = sandbox.open_at(&bare, OpenMode::Git).expect_err("bare");
    assert!(error.hint().is_some_and(|hint| hint.contains("open its worktree") && hint.contains("tree")), "{error}");
    sandbox.open_at(&tree, OpenMode::Git).expect("the worktree can be");
}

#[test]
fn a_linked_worktree_and_a_submodule_are_their_own_repositories() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", NYGARD);
    let repository = git2::Repository::open(sandbox.root()).expect("a repository");
    let mut index = repository.index().expect("an index");
    index.add_path(Path::new("docs/adr/0001-a.md")).expect("added");
    let tree = repository.find_tree(index.write_tree().expect("a tree")).expect("a tree");
    let author = git2::Signature::now("Dana", "dana@example.com").expect("a signature");
    repository.commit(Some("HEAD"), &author, &author, "x", &tree, &[]).expect("a commit");
    let linked = sandbox.dir.path().join("linked");
    repository.worktree("linked", &linked, None).expect("a worktree");
    let workspace = sandbox.open_at(&linked.join("docs"), OpenMode::Git).expect("opens");
    assert_eq!(workspace.root().canonicalize().expect("there"), linked.canonicalize().expect("there"));
    assert!(
        workspace.git_dir().is_some_and(|dir| dir.ends_with("worktrees/linked") || dir.ends_with("worktrees/linked/"))
    );
    assert_eq!(paths(&workspace), ["docs/adr/0001-a.md"]);
    // A repository inside the worktree is not part of it.
    git2::Repository::init(sandbox.root().join("sub")).expect("a repository");
    sandbox.write("sub/docs/adr/0001-b.md", NYGARD);
    assert_eq!(paths(&sandbox.open()), ["docs/adr/0001-a.md"]);
    let inner = sandbox.open_at(&sandbox.root().join("sub/docs"), OpenMode::Git).expect("opens");
    assert_eq!(paths(&inner), ["docs/adr/0001-b.md"]);
}

#[test]
fn hostile_files_are_listed_with_a_problem_and_harm_nothing() {
    let sandbox = Sandbox::new();
    let huge = format!("{NYGARD}{}", "x".repeat(20 * 1024 * 1024));
    sandbox
        .write("docs/adr/0001-huge.md", huge)
        .write("docs/adr/0002-binary.md", [0u8, 159, 146, 150, 255, 254, 0, 1])
        .write("docs/adr/0003-latin.md", b"# 3. Caf\xe9\n\n## Status\n\nAccepted\n")
        .write("docs/adr/0004-empty.md", "")
        .write("docs/adr/0005-deep.md", format!("# 5. Deep\n\n{}x\n", "> ".repeat(20_000)))
        .write("docs/adr/0006-line.md", format!("# 6. Line\n\n{}\n", "[a](b) ".repeat(30_000)))
        .write("docs/adr/0007-script.md", "# 7. <script>alert(1)</script>\n\n## Status\n\nAccepted\n\n<script>alert(1)</script><img src=x onerror=alert(1)>[x](javascript:alert(1))\n")
        .write("docs/adr/0008-yaml.md", format!("---\nstatus: accepted\na: {}\n---\n# 8. Deep\n", "[".repeat(5_000)));
    let workspace = sandbox.open();
    assert_eq!(paths(&workspace).len(), 8);
    let decisions = workspace.decisions().decisions;
    let codes = |path: &str| -> Vec<String> {
        let decision = decisions.iter().find(|decision| decision.path.ends_with(path)).expect(path);
        decision.problems.iter().map(|problem| problem.code.clone()).collect()
    };
    assert!(codes("0001-huge.md").contains(&"P015".to_owned()), "{:?}", codes("0001-huge.md"));
    assert!(codes("0003-latin.md").contains(&"P014".to_owned()), "{:?}", codes("0003-latin.md"));
    for decision in &decisions {
        let html = workspace.read_decision(&decision.path).expect("readable").html;
        for bad in ["<script", " onerror=", "href=\"javascript:"] {
            assert!(!html.contains(bad), "{}: {html:.400}", decision.path);
        }
    }
    let huge = workspace.read_decision("docs/adr/0001-huge.md").expect("shown");
    assert!(huge.read_only && huge.notice.is_some_and(|notice| notice.contains("MB")));
    assert_eq!(workspace.read_source("docs/adr/0001-huge.md").expect_err("too large").code(), ErrorCode::CannotEdit);
    let latin = workspace.read_source("docs/adr/0003-latin.md").expect("source");
    assert!(latin.text.contains("Café"));
    let error = workspace.save_record(&latin.path, "x", &latin.hash).expect_err("not written");
    assert_eq!(error.code(), ErrorCode::CannotEdit);
    assert_eq!(
        std::fs::read(sandbox.root().join(&latin.path)).expect("bytes"),
        b"# 3. Caf\xe9\n\n## Status\n\nAccepted\n"
    );
}

#[test]
fn a_save_keeps_the_bytes_it_was_given() {
    let sandbox = Sandbox::new();
    let text = "\u{feff}# 1. A\r\n\r\n## Status\r\n\r\nAccepted\r\n\r\n\tno final newline";
    sandbox.write("docs/adr/0001-a.md", text);
    let workspace = sandbox.open();
    let source = workspace.read_source("docs/adr/0001-a.md").expect("source");
    assert_eq!(source.text, text);
    let changed = text.replace("Accepted", "Rejected");
    workspace.save_record(&source.path, &changed, &source.hash).expect("saved");
    assert_eq!(sandbox.read("docs/adr/0001-a.md"), changed);
}

#[test]
fn a_save_of_a_deleted_or_an_existing_file_is_a_conflict() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", NYGARD);
    let workspace = sandbox.open();
    let source = workspace.read_source("docs/adr/0001-a.md").expect("source");
    assert_eq!(workspace.save_record(&source.path, "x", "").expect_err("exists").code(), ErrorCode::Conflict);
    std::fs::remove_file(sandbox.root().join(&source.path)).expect("removed");
    let error = workspace.save_record(&source.path, "x", &source.hash).expect_err("gone");
    assert_eq!(error.code(), ErrorCode::Conflict);
    // An empty base makes it again.
    workspace.save_record(&source.path, NYGARD, "").expect("made again");
    assert_eq!(sandbox.read("docs/adr/0001-a.md"), NYGARD);
}

#[test]
fn a_draft_survives_and_is_offered_until_it_is_saved() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", NYGARD);
    let workspace = sandbox.open();
    let source = workspace.read_source("docs/adr/0001-a.md").expect("source");
    let draft = Draft {
        path: source.path.clone(),
        text: "half a thought".to_owned(),
        base: source.hash.clone(),
        kept_at: "2026-11-20T10:00".to_owned(),
    };
    workspace.keep_draft(&draft).expect("kept");
    drop(workspace);
    let workspace = sandbox.open();
    assert_eq!(workspace.drafts().expect("drafts"), std::slice::from_ref(&draft));
    assert_eq!(workspace.read_source(&source.path).expect("source").draft, Some(draft));
    workspace.save_record(&source.path, "# 1. Whole\n\n## Status\n\nAccepted\n", &source.hash).expect("saved");
    assert!(workspace.drafts().expect("drafts").is_empty());
    // Drafts never show in the worktree.
    let repository = git2::Repository::open(sandbox.root()).expect("a repository");
    let untracked = repository
        .statuses(Some(git2::StatusOptions::new().include_untracked(true).recurse_untracked_dirs(true)))
        .expect("a status");
    assert_eq!(
        untracked.iter().filter_map(|entry| entry.path().map(str::to_owned).ok()).collect::<Vec<_>>(),
        ["docs/adr/0001-a.md"]
    );
}

#[test]
fn a_record_is_read_with_its_links_chain_and_who_cites_it() {
    let sandbox = Sandbox::new();
    sandbox
        .write("docs/adr/0001-mongo.md", "# 1. Use Mongo\n\nDate: 2024-01-01\n\n## Status\n\nSuperseded by [2. Use Postgres](0002-postgres.md)\n")
        .write("docs/adr/0002-postgres.md", "# 2. Use Postgres\n\nDate: 2024-02-02\n\n## Status\n\nAccepted\n\nSupersedes [1. Use Mongo](0001-mongo.md)\n")
        .write("docs/adr/0003-orm.md", "# 3. Use an ORM\n\n## Status\n\nAccepted\n\n## Context\n\nBecause of [Postgres](0002-postgres.md) we need one.\nIt is small.\n");
    let workspace = sandbox.open();
    let view = workspace.read_decision("docs/adr/0002-postgres.md").expect("read");
    assert_eq!(view.chain.iter().map(|node| &*node.label).collect::<Vec<_>>(), ["0001", "0002"]);
    let orm = view.cited_by.iter().find(|cited| cited.path.ends_with("orm.md")).expect("cited");
    assert!(orm.context.contains("we need one") && orm.context.contains("It is small"), "{}", orm.context);
    assert!(view.html.contains("0001-mongo.md"), "{}", view.html);
    assert!(!view.read_only && view.notice.is_none());
    assert_eq!(workspace.read_decision("docs/adr/0009.md").expect_err("none").code(), ErrorCode::NotFound);
}

#[test]
fn a_preview_reads_the_buffer_and_writes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", NYGARD);
    let workspace = sandbox.open();
    let preview =
        workspace.preview("docs/adr/0001-a.md", &NYGARD.replace("Use Postgres", "Use *all* of it")).expect("a preview");
    assert_eq!(preview.summary.title, "Use all of it");
    assert!(preview.html.contains("data-line"), "{}", preview.html);
    assert_eq!(sandbox.read("docs/adr/0001-a.md"), NYGARD);
    assert_eq!(workspace.generation(), 1);
    let edit = FieldEdit { key: "status".to_owned(), values: vec!["rejected".to_owned()] };
    let edited = workspace.edit_text("docs/adr/0001-a.md", NYGARD, &edit).expect("edited");
    assert_eq!(edited.replace("Rejected", "Accepted").replace("2026-11-20", "2024-01-02"), NYGARD);
}

#[test]
fn images_come_from_the_repository_only() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", NYGARD).write("docs/img/a.png", b"png").write("secret.txt", "x");
    let workspace = sandbox.open();
    assert_eq!(workspace.image("docs/img/a.png").expect("an image"), (b"png".to_vec(), "image/png"));
    for path in ["../../etc/passwd.png", "/etc/a.png", ".git/a.png", "secret.txt", "docs/../../x.png"] {
        assert_eq!(workspace.image(path).expect_err(path).code(), ErrorCode::Usage, "{path}");
    }
    assert_eq!(workspace.image("docs/img/none.png").expect_err("none").code(), ErrorCode::NotFound);
}

#[test]
fn a_changed_settings_file_changes_the_logs() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", NYGARD).write("notes/first.md", NYGARD);
    let workspace = sandbox.open();
    assert_eq!(paths(&workspace), ["docs/adr/0001-a.md"]);
    sandbox.write("precedent.toml", "logs = [\"notes\"]\n[statuses]\naccepted = \"rejected\"\n");
    let change = workspace.refresh(&["precedent.toml"]).expect("a change");
    assert_eq!(change.removed, ["docs/adr/0001-a.md"]);
    assert_eq!(paths(&workspace), ["notes/first.md"]);
}

#[test]
fn an_interrupted_write_is_finished_at_the_next_open_and_said() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", NYGARD);
    let after = NYGARD.replace("Accepted", "Rejected");
    let workspace = sandbox.open();
    let plan = precedent_core::WritePlan::new("Reject 0001").replace(
        RecordPath::new("docs/adr/0001-a.md"),
        NYGARD.to_owned(),
        after.clone(),
    );
    let mut steps = 0;
    workspace
        .store
        .apply_until(&plan, &mut |_| {
            steps += 1;
            steps < 3
        })
        .expect_err("crashes once it is decided");
    drop(workspace);
    assert_eq!(sandbox.read("docs/adr/0001-a.md"), NYGARD);
    let workspace = sandbox.open();
    assert_eq!(sandbox.read("docs/adr/0001-a.md"), after);
    let problems = workspace.decisions().problems;
    assert!(
        problems.iter().any(|problem| problem.code == "P021" && problem.message.contains("Reject 0001")),
        "{problems:?}"
    );
}

#[test]
fn an_index_that_is_deleted_is_made_again() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", NYGARD);
    let search = |workspace: &Workspace| {
        let request = SearchRequest { query: "rows".to_owned(), limit: 5, ..SearchRequest::default() };
        workspace.search(&request).expect("an answer").total
    };
    assert_eq!(search(&sandbox.open()), 1);
    std::fs::remove_dir_all(sandbox.dir.path().join("cache")).expect("removed");
    assert_eq!(search(&sandbox.open()), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_name_that_is_no_text_is_said() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", NYGARD);
    let name = std::ffi::OsStr::from_bytes(b"0002-\xff.md");
    std::fs::write(sandbox.root().join("docs/adr").join(name), NYGARD).expect("a file");
    let workspace = sandbox.open();
    assert_eq!(paths(&workspace), ["docs/adr/0001-a.md"]);
    assert!(workspace.lint().iter().any(|problem| problem.message.contains("not UTF-8")));
}

#[cfg(unix)]
#[test]
fn a_repository_of_another_user_is_read_without_git() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", NYGARD);
    let somebody = Some(54_321);
    let given_away = [sandbox.root(), sandbox.root().join(".git")]
        .iter()
        .all(|path| std::os::unix::fs::chown(path, somebody, None).is_ok());
    let workspace = sandbox.open();
    assert_eq!(paths(&workspace), ["docs/adr/0001-a.md"]);
    // Only root may give folders away; and a user's own settings may trust every folder.
    let refused = workspace.lint().iter().any(|problem| problem.message.contains("belongs to another user"));
    assert!(!given_away || refused != workspace.info().git, "either git is used or it is said why not");
}

#[test]
fn a_folder_that_is_pointed_at_counts_when_its_files_read_as_records() {
    let sandbox = Sandbox::new();
    sandbox
        .write("docs/adr/0001-a.md", NYGARD)
        .write("handbook/choices/0001-b.md", NYGARD)
        .write("handbook/guide/start.md", "# Start\n\nHere.\n");
    let opened = |folder: &str| paths(&sandbox.open_at(&sandbox.root().join(folder), OpenMode::Git).expect("opens"));
    assert_eq!(opened(""), ["docs/adr/0001-a.md"]);
    assert_eq!(opened("handbook/choices"), ["docs/adr/0001-a.md", "handbook/choices/0001-b.md"]);
    assert_eq!(opened("handbook/guide"), ["docs/adr/0001-a.md"]);
    assert_eq!(opened("docs"), ["docs/adr/0001-a.md"]);
}

#[test]
fn the_form_links_records_in_the_buffer() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", NYGARD).write("docs/adr/0002-b.md", NYGARD);
    let workspace = sandbox.open();
    let text = "---\nstatus: proposed\n---\n# C\n";
    let edit = |key: &str, text: &str| {
        let values = vec!["depends-on".to_owned(), "docs/adr/0001-a.md".to_owned()];
        workspace.edit_text("docs/adr/0003-c.md", text, &FieldEdit { key: key.to_owned(), values }).expect("edited")
    };
    let linked = edit("link", text);
    assert!(linked.contains("depends-on: [ADR-0001]") || linked.contains("as: depends-on"), "{linked}");
    assert!(!edit("unlink", &linked).contains("0001"));
    let one = FieldEdit { key: "link".to_owned(), values: vec!["depends-on".to_owned()] };
    assert_eq!(workspace.edit_text("docs/adr/0003-c.md", text, &one).expect_err("refused").code(), ErrorCode::Usage);
}

#[test]
fn an_earlier_text_is_found_by_its_hash() {
    let sandbox = Sandbox::new();
    let path = "docs/adr/0001-a.md";
    sandbox.write(path, NYGARD);
    let workspace = sandbox.open();
    let hash = workspace.read_source(path).expect("read").hash;
    assert_eq!(workspace.earlier_text(path, &hash).expect("asked"), None, "nobody has kept it yet");
    workspace.save_record(path, "# Other\n", &hash).expect("saved");
    assert_eq!(workspace.earlier_text(path, &hash).expect("asked").as_deref(), Some(NYGARD));
}
