//! New records, templates and the first record of a repository.

use crate::api::tests::{NYGARD, Sandbox};
use crate::workspace::Workspace;
use precedent_core::wire::{Draft, ErrorCode, NewRequest, OpenMode, StatusWord};

fn request(title: &str) -> NewRequest {
    NewRequest { title: title.to_owned(), ..NewRequest::default() }
}

fn next_path(workspace: &Workspace) -> String {
    workspace.plan_new(&request("Use Rust")).expect("a plan").record.expect("a record")
}

#[test]
fn a_new_record_is_shown_then_written_and_staged() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0007-use-postgres.md", NYGARD);
    let workspace = sandbox.open();
    let new = NewRequest {
        tags: vec!["lang".to_owned()],
        applies_to: vec!["src/**".to_owned()],
        ..request("Use Rust: everywhere")
    };
    let preview = workspace.plan_new(&new).expect("a plan");
    assert_eq!(preview.record.as_deref(), Some("docs/adr/0008-use-rust-everywhere.md"));
    assert_eq!(preview.label.as_deref(), Some("0008"));
    assert_eq!(preview.files[0].action, "create");
    let reply = workspace.apply_new(&new, &preview.digest).expect("written");
    assert_eq!(reply.record, preview.record);
    let decisions = workspace.decisions().decisions;
    let made = decisions.iter().find(|decision| decision.number == Some(8)).expect("listed");
    assert_eq!((&*made.title, made.status), ("Use Rust: everywhere", Some(StatusWord::Proposed)));
    assert_eq!(made.tags, ["lang"]);
    assert!(sandbox.read(&made.path).contains("src/**"), "what it binds is in it");
    let repository = git2::Repository::open(sandbox.root()).expect("a repository");
    let path = std::path::Path::new("docs/adr/0008-use-rust-everywhere.md");
    assert!(repository.index().expect("an index").get_path(path, 0).is_some(), "staged");
    let stale = workspace.apply_new(&new, &preview.digest).expect_err("the name is taken now");
    assert_eq!(stale.code(), ErrorCode::Conflict);
}

#[test]
fn numbers_taken_on_other_branches_and_in_drafts_are_not_given_again() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", NYGARD);
    let repository = git2::Repository::open(sandbox.root()).expect("a repository");
    let commit = |path: &str, reference: &str| {
        let mut builder = git2::build::TreeUpdateBuilder::new();
        builder.upsert(path, repository.blob(NYGARD.as_bytes()).expect("a blob"), git2::FileMode::Blob);
        let empty = repository
            .treebuilder(None)
            .and_then(|tree| tree.write())
            .and_then(|id| repository.find_tree(id))
            .expect("a tree");
        let tree = builder.create_updated(&repository, &empty).and_then(|id| repository.find_tree(id)).expect("a tree");
        let author = git2::Signature::now("Dana", "dana@example.com").expect("a signature");
        repository.commit(Some(reference), &author, &author, "x", &tree, &[]).expect("a commit");
    };
    let workspace = sandbox.open();
    assert_eq!(next_path(&workspace), "docs/adr/0002-use-rust.md");
    commit("docs/adr/0004-on-a-branch.md", "refs/heads/topic");
    assert_eq!(next_path(&workspace), "docs/adr/0005-use-rust.md");
    commit("docs/adr/storage/0006-remote.md", "refs/remotes/origin/topic");
    assert_eq!(next_path(&workspace), "docs/adr/0007-use-rust.md");
    let told = workspace.plan_new(&request("Use Rust")).expect("planned").notes;
    assert_eq!(told, ["0006 is used on origin/topic. This will be 0007."]);
    commit("other/0050-no-log.md", "refs/heads/unrelated");
    assert_eq!(next_path(&workspace), "docs/adr/0007-use-rust.md");
    let draft = Draft {
        path: "docs/adr/0009-open.md".to_owned(),
        text: "x".to_owned(),
        base: String::new(),
        kept_at: String::new(),
    };
    workspace.keep_draft(&draft).expect("kept");
    assert_eq!(next_path(&workspace), "docs/adr/0010-use-rust.md");
    let told = workspace.plan_new(&request("Use Rust")).expect("planned").notes;
    assert_eq!(told, ["0009 is used by a draft that is not saved yet. This will be 0010."]);
}

#[test]
fn uses_are_counted_by_shape() {
    let sandbox = Sandbox::new();
    let own = "# 2. B\n\n## Status\n\nAccepted\n\n## Our section\n\nText\n\n## More\n";
    sandbox
        .write("docs/adr/0001-a.md", NYGARD)
        .write("docs/adr/0002-b.md", own)
        .write("docs/adr/templates/our-way.md", "# {title}\n\n## Status\n\n{status}\n\n## Our section\n");
    let templates = sandbox.open().templates(None).expect("templates");
    let uses = |name: &str| templates.iter().find(|template| template.name.ends_with(name)).map(|one| one.uses);
    assert_eq!((uses("our-way.md"), uses("nygard"), uses("madr")), (Some(1), Some(1), Some(0)));
    assert!(templates[1].name.ends_with("our-way.md"), "the team's own stand before the app's");
}

#[test]
fn templates_are_built_in_or_the_repositorys_own() {
    let sandbox = Sandbox::new();
    sandbox
        .write("docs/adr/0001-a.md", NYGARD)
        .write("docs/adr/templates/our-way.md", "# {title}\n\n## Status\n\n{status}\n\n## Our section\n");
    let workspace = sandbox.open();
    let templates = workspace.templates(None).expect("templates");
    assert_eq!(templates[0].name, "nygard", "the log's own way is the default");
    assert_eq!(templates[0].uses, 1);
    assert!(templates.iter().any(|template| template.name == "madr"));
    assert!(templates.iter().all(|template| template.name == "blank" || !template.html.is_empty()));
    for name in ["docs/adr/templates/our-way.md", "our-way.md", "our-way"] {
        let new = NewRequest { template: Some(name.to_owned()), ..request("Use Rust") };
        let preview = workspace.plan_new(&new).expect(name);
        assert!(
            preview.files[0]
                .diff
                .iter()
                .flat_map(|hunk| &hunk.lines)
                .any(|line| line.runs.iter().any(|run| run.text.contains("Our section")))
        );
    }
    let unknown = NewRequest { template: Some("nope".to_owned()), ..request("Use Rust") };
    let error = workspace.plan_new(&unknown).expect_err("unknown");
    assert!(error.hint().is_some_and(|hint| hint.contains("madr")), "{error}");
}

#[test]
fn requests_that_make_no_sense_are_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", NYGARD);
    let workspace = sandbox.open();
    let check = |new: NewRequest, code: ErrorCode| {
        let error = workspace.plan_new(&new).expect_err("refused");
        assert_eq!(error.code(), code, "{error}");
        assert!(error.hint().is_some(), "{error}");
    };
    check(request("  "), ErrorCode::Usage);
    check(request("a\nb"), ErrorCode::Usage);
    check(NewRequest { status: Some("superseded".to_owned()), ..request("x") }, ErrorCode::Usage);
    check(NewRequest { status: Some("done".to_owned()), ..request("x") }, ErrorCode::Usage);
    check(NewRequest { log: Some("docs/other".to_owned()), ..request("x") }, ErrorCode::NotFound);
    let empty = Sandbox::new();
    assert_eq!(empty.open().plan_new(&request("x")).expect_err("no log").code(), ErrorCode::NoLog);
}

#[test]
fn init_writes_settings_and_the_first_record_once() {
    let sandbox = Sandbox::new();
    let workspace = sandbox.open();
    let preview = workspace.plan_init().expect("a plan");
    let paths: Vec<_> = preview.files.iter().map(|file| &*file.path).collect();
    assert_eq!(paths, ["docs/decisions/0001-record-architecture-decisions.md", "precedent.toml"]);
    workspace.apply_init(&preview.digest).expect("written");
    let decisions = workspace.decisions().decisions;
    assert_eq!(decisions.len(), 1);
    assert_eq!((decisions[0].status, decisions[0].date.as_deref()), (Some(StatusWord::Accepted), Some("2026-11-20")));
    assert!(decisions[0].problems.is_empty(), "{:?}", decisions[0].problems);
    assert!(workspace.decisions().problems.is_empty());
    assert_eq!(workspace.plan_init().expect_err("once").code(), ErrorCode::LogExists);
}

#[test]
fn init_keeps_settings_that_are_there_and_works_without_git() {
    let sandbox = Sandbox::plain();
    sandbox.write("precedent.toml", "stale-after = 10\n");
    let workspace = sandbox.open_at(&sandbox.root(), OpenMode::Plain).expect("opens");
    let preview = workspace.plan_init().expect("a plan");
    workspace.apply_init(&preview.digest).expect("written");
    assert_eq!(sandbox.read("precedent.toml"), "stale-after = 10\n");
    assert_eq!(workspace.decisions().decisions.len(), 1);
}

#[test]
fn a_name_without_a_number_that_is_taken_gets_a_count() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/use-rust.md", NYGARD).write("docs/adr/other.md", NYGARD);
    assert_eq!(next_path(&sandbox.open()), "docs/adr/use-rust-2.md");
    let folders = Sandbox::new();
    folders.write("docs/adr/2026-11-20-use-rust/README.md", NYGARD);
    assert_eq!(next_path(&folders.open()), "docs/adr/2026-11-20-use-rust-2/README.md");
}

#[test]
fn a_number_of_ones_own_is_used_or_said_to_be_taken() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0007-use-postgres.md", NYGARD);
    let workspace = sandbox.open();
    let numbered = |number| NewRequest { number: Some(number), ..request("Use Rust") };
    let preview = workspace.plan_new(&numbered(40)).expect("a plan");
    assert_eq!(preview.record.as_deref(), Some("docs/adr/0040-use-rust.md"));
    assert_eq!(preview.label.as_deref(), Some("0040"));
    assert!(preview.notes.is_empty(), "{:?}", preview.notes);
    let taken = workspace.plan_new(&numbered(7)).expect_err("taken").to_wire();
    assert_eq!(taken.message, "0007 is taken by 0007-use-postgres.md");
    assert_eq!(taken.hint.as_deref(), Some("0008 is the next free number"));
    assert_eq!(taken.path.as_deref(), Some("docs/adr/0007-use-postgres.md"));
}

#[test]
fn a_template_of_ones_own_begins_as_a_copy_and_is_offered_first() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0007-use-postgres.md", NYGARD);
    let workspace = sandbox.open();
    let preview = workspace.plan_template(None, "blank").expect("a plan");
    assert_eq!(preview.files[0].path, "docs/adr/templates/blank.md");
    workspace.apply_template(None, "blank", &preview.digest).expect("written");
    assert!(sandbox.read("docs/adr/templates/blank.md").ends_with("# {title}\n"));
    let own: Vec<String> = workspace.templates(None).expect("templates").into_iter().map(|one| one.name).collect();
    assert!(own.contains(&"docs/adr/templates/blank.md".to_owned()), "{own:?}");
    assert_eq!(workspace.plan_template(None, "docs/adr/templates/blank.md").expect_err("own").code(), ErrorCode::Usage);
    assert_eq!(workspace.decisions().decisions.len(), 1, "a template is no record");
}
