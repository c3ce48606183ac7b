//! Records from strangers: shown safely, or refused with a reason. Nothing of theirs runs, nothing remote is loaded.

use crate::fixture::{read, row, search, small_log, title};
use precedent_e2e::{App, Repo, css, role};
use serde_json::json;

const SCRIPTS: &str = "---\nstatus: accepted\n---\n# Scripts everywhere <script>window.__pwned = 1</script>\n\n<script>window.__pwned = 2</script>\n<img src=x onerror=\"window.__pwned = 3\">\n<svg onload=\"window.__pwned = 4\"><a href=\"javascript:window.__pwned=5\">svg</a></svg>\n<iframe srcdoc=\"<script>parent.__pwned = 6</script>\"></iframe>\n<a href=\"javascript:window.__pwned=7\">click me</a> [and me](javascript:window.__pwned=8) <form action=\"https://example.org\"><button>send</button></form>\n\n![remote](https://example.org/tracker.png)\n\n<style>body { display: none }</style>\n\n```mermaid\ngraph TD\n  A[\"<img src=x onerror='window.__pwned=9'>\"] --> B\n  click A \"javascript:window.__pwned=10\"\n```\n\nThe end of the scripts.\n";

fn hostile() -> Repo {
    let repo = small_log();
    repo.write("docs/decisions/0010-scripts.md", SCRIPTS);
    let line = "word ".repeat(40_000);
    repo.write(
        "docs/decisions/0011-long-line.md",
        format!("---\nstatus: accepted\n---\n# A long line\n\n{line}\n\nThe end.\n"),
    );
    let quotes = "> ".repeat(3_000);
    let lists: String = (0..400).map(|depth| format!("{}- item\n", "  ".repeat(depth))).collect();
    repo.write(
        "docs/decisions/0012-deep.md",
        format!("---\nstatus: accepted\n---\n# Deep nesting\n\n{quotes}deep\n\n{lists}\n{}\n", "[".repeat(20_000)),
    );
    let huge = "All work and no play makes a dull record.\n".repeat(500_000);
    repo.write("docs/decisions/0013-huge.md", format!("---\nstatus: accepted\n---\n# Twenty megabytes\n\n{huge}"));
    std::fs::write(
        repo.root().with_file_name("secret.md"),
        "---\nstatus: accepted\n---\n# Outside secret\n\nhunter2\n",
    )
    .expect("a file outside");
    std::os::unix::fs::symlink("../../../secret.md", repo.path("docs/decisions/0014-outside.md"))
        .expect("a link out of the repository");
    repo.write("docs/decisions/0015-bytes.md", [b"# \xff\xfe bytes\n\n".as_slice(), &[0, 1, 2, 3, 255]].concat());
    repo
}

fn unharmed(app: &App) {
    assert_eq!(app.script("return window.__pwned ?? null", &[]), json!(null), "a script of a record ran");
}

#[test]
fn hostile_records_are_shown_safely_or_refused() {
    let repo = hostile();
    let app = App::open(&repo);
    read(&app, "0010", "Scripts everywhere");
    app.see(&css("article").text("The end of the scripts."));
    let bad = "script, iframe, form, object, embed, article style:not(svg style), [onerror], [onload], a[href^='javascript:' i], img[src^='http']";
    let found = app.script("return [...document.querySelectorAll('article :is(' + arguments[0] + ')')].map((e) => e.outerHTML.slice(0, 120))", &[json!(bad)]);
    assert_eq!(found, json!([]), "nothing dangerous is in the page");
    app.see(&role("button").named("Open in browser"));
    app.click(&css("article").text("click me"));
    app.screenshot("hostile");
    unharmed(&app);

    read(&app, "0011", "A long line");
    app.see(&role("status").text("Not everything is shown."));
    read(&app, "0012", "Deep nesting");
    app.see(&css("article .prose"));
    app.click(&row("0013"));
    app.see(&role("status").text("records of more than"));
    app.screenshot("huge");
    read(&app, "0001", "Cache quotes");
    unharmed(&app);

    assert!(!app.visible_text().contains("Outside secret"), "a link out of the repository is not followed");
    search(&app, "hunter2");
    app.see(&css("body").text("No decision mentions"));
}

#[test]
fn the_policy_forbids_what_records_would_need() {
    let repo = small_log();
    repo.write("docs/decisions/pixel.png", PIXEL);
    let app = App::open(&repo);
    read(&app, "0001", "Cache quotes");
    let inline = "const [done] = arguments; const s = document.createElement('script'); s.textContent = 'window.__pwned = 1'; document.body.append(s); setTimeout(() => done(window.__pwned ?? null), 50);";
    assert_eq!(app.script_async(inline, &[]), json!(null), "an inline script ran");
    let fetch = "const [url, done] = arguments; fetch(url).then((answer) => done('loaded ' + answer.status), () => done('refused'));";
    for url in [
        "https://example.org/",
        "http://127.0.0.1:9/",
        "repo://localhost/docs/decisions/0001-cache-quotes-in-memory.md",
    ] {
        assert_eq!(app.script_async(fetch, &[json!(url)]), json!("refused"), "{url}");
    }
    let image = "const [url, done] = arguments; const i = new Image(); i.onload = () => done('loaded'); i.onerror = () => done('refused'); i.src = url;";
    assert_eq!(app.script_async(image, &[json!("repo://localhost/docs/decisions/pixel.png")]), json!("loaded"));
    std::fs::write(repo.root().with_file_name("outside.png"), PIXEL).expect("a picture outside");
    std::os::unix::fs::symlink("../outside.png", repo.path("link.png")).expect("a link out of the repository");
    for path in [
        "../outside.png",
        "%2e%2e/outside.png",
        "..%2foutside.png",
        "link.png",
        ".git/config",
        "docs/decisions/0001-cache-quotes-in-memory.md",
    ] {
        let url = format!("repo://localhost/{path}");
        assert_eq!(app.script_async(image, &[json!(url)]), json!("refused"), "{url}");
    }
    assert_eq!(app.script("return typeof window.__TAURI__", &[]), json!("undefined"));
    app.see(&title("Cache quotes"));
}

/// A PNG of one pixel.
const PIXEL: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 31, 21, 196,
    137, 0, 0, 0, 13, 73, 68, 65, 84, 120, 156, 99, 16, 80, 48, 248, 15, 0, 2, 4, 1, 96, 141, 188, 187, 113, 0, 0, 0,
    0, 73, 69, 78, 68, 174, 66, 96, 130,
];
