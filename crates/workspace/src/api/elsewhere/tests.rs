//! Addresses, Markdown and documents of records in a real repository with a real remote.

use crate::api::tests::Sandbox;
use crate::workspace::Workspace;
use git2::{Oid, Repository, Signature};
use precedent_core::wire::{ExportRequest, PermalinkRequest};

const A: &str = "docs/adr/0001-a.md";
const B: &str = "docs/adr/0002-b.md";

struct Remote(Sandbox, Repository);

impl Remote {
    fn new() -> Self {
        let sandbox = Sandbox::new();
        sandbox.write(A, "# 1. A\n\n## Status\n\nAccepted\n\n![p](img/p.png) See [B](0002-b.md).\n");
        sandbox.write("docs/adr/img/p.png", b"\x89PNG");
        let repository = Repository::open(sandbox.root()).expect("a repository");
        Self(sandbox, repository)
    }

    fn commit(&self) -> Oid {
        let mut index = self.1.index().expect("an index");
        index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).expect("staged");
        index.write().expect("written");
        let tree = self.1.find_tree(index.write_tree().expect("a tree")).expect("a tree");
        let who = Signature::new("A", "a@example.com", &git2::Time::new(1_700_000_000, 0)).expect("a person");
        let parent = self.1.head().ok().and_then(|head| head.peel_to_commit().ok());
        let parents: Vec<_> = parent.iter().collect();
        self.1.commit(Some("HEAD"), &who, &who, "x", &tree, &parents).expect("a commit")
    }

    /// As a push would leave it.
    fn pushed(&self, commit: Oid) {
        self.1.reference("refs/remotes/origin/main", commit, true, "push").expect("a reference");
    }

    fn open(&self) -> std::sync::Arc<Workspace> {
        self.0.open()
    }
}

fn link(workspace: &Workspace, path: &str) -> Result<String, String> {
    let request = PermalinkRequest { path: path.to_owned(), ..PermalinkRequest::default() };
    workspace.permalink(&request).map(|found| found.url).map_err(|error| error.to_string())
}

#[test]
fn an_address_names_a_commit_that_the_forge_has_or_says_why_not() {
    let remote = Remote::new();
    let workspace = remote.open();
    assert_eq!(link(&workspace, A), Err("this repository has no remote".to_owned()));
    remote.1.remote("origin", "git@github.com:quayside/payments.git").expect("a remote");
    assert_eq!(link(&workspace, A), Err("nothing is committed yet".to_owned()));
    let first = remote.commit();
    assert_eq!(link(&workspace, A), Err(format!("{A} as it is here is not on origin yet")));
    remote.pushed(first);
    let address = |commit: Oid, path: &str| format!("https://github.com/quayside/payments/blob/{commit}/{path}");
    assert_eq!(link(&workspace, A), Ok(address(first, A)));

    // A commit that was not pushed leaves what it did not touch where it was.
    remote.0.write(B, "# 2. B\n\n## Status\n\nProposed\n");
    let workspace = remote.open();
    assert_eq!(link(&workspace, B), Err(format!("{B} is not committed yet")));
    remote.commit();
    assert_eq!(link(&workspace, A), Ok(address(first, A)));
    assert_eq!(link(&workspace, B), Err(format!("{B} as it is here is not on origin yet")));

    let lines =
        PermalinkRequest { path: A.to_owned(), line: Some(3), end_line: Some(5), ..PermalinkRequest::default() };
    assert!(workspace.permalink(&lines).expect("an address").url.ends_with("?plain=1#L3-L5"));
}

#[test]
fn markdown_leads_to_the_forge_where_that_has_the_files() {
    let remote = Remote::new();
    remote.0.write(B, "# 2. B\n\n## Status\n\nProposed\n");
    let first = remote.commit();
    let without = remote.open().markdown(A).expect("a text");
    assert_eq!(without, "# ADR-0001: A\n\n## Status\n\nAccepted\n\n![p](img/p.png) See [B](0002-b.md).\n");
    remote.1.remote("origin", "https://codeberg.org/a/b").expect("a remote");
    remote.pushed(first);
    let text = remote.open().markdown(A).expect("a text");
    assert!(text.contains(&format!("[B](https://codeberg.org/a/b/src/commit/{first}/docs/adr/0002-b.md)")), "{text}");
}

#[test]
fn a_document_has_its_images_and_fonts_inside() {
    let remote = Remote::new();
    remote.0.write(B, "# 2. B\n\n## Status\n\nProposed\n");
    let workspace = remote.open();
    let request = ExportRequest { paths: vec![A.to_owned(), B.to_owned()], title: None };
    let html = workspace.export(&request).expect("a document");
    assert!(html.contains("src=\"data:image/png;base64,iVBORw==\""));
    assert!(html.contains("url(\"data:font/woff2;base64,d09GMg"), "fonts are WOFF2");
    assert!(
        html.contains("<a class=\"citation\" title=\"B\" rel=\"noopener noreferrer\" href=\"#d2\">B</a>")
            || html.contains("href=\"#d2\"")
    );
    assert!(html.contains("<title>Decisions of "));
    assert!(workspace.export(&ExportRequest::default()).is_err());
}
