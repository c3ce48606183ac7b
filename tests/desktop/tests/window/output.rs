//! What leaves the window: copies, permalinks, the index page, documents as HTML and PDF through the system's own dialog.

use crate::acting::{choose, picture, planned};
use crate::fixture::{CACHE, CACHE_TEXT, read, row, small_log, title};
use precedent_e2e::{App, Repo, css, role};
use serde_json::json;
use std::path::Path;

/// A command of the palette.
fn command(app: &App, words: &str) {
    app.press("Mod+Shift+P");
    app.see(&role("combobox"));
    app.type_text(words);
    app.see(&role("option").text(words).nth(0));
    app.press("Enter");
}

/// What was copied, as another field gets it.
fn pasted(app: &App) -> String {
    app.press("Mod+Shift+F");
    let field = role("textbox").named("Search all text");
    app.on(&field, "return element === document.activeElement;", &json!(true));
    app.press("Mod+A Mod+V");
    let text = app.wait("something to be pasted", || Some(app.value(&field)).filter(|text| !text.is_empty()));
    app.press("Esc Esc");
    text
}

/// A remote that was pushed to.
fn published(repo: &Repo, address: &str) -> String {
    repo.git(["remote", "add", "origin", address]);
    let head = repo.git(["rev-parse", "HEAD"]).trim().to_owned();
    repo.git(["update-ref", "refs/remotes/origin/main", &head]);
    head
}

#[test]
fn a_record_is_copied_and_its_page_is_kept() {
    let repo = small_log();
    let app = App::open(&repo);
    read(&app, "0001", "Cache quotes");
    // Without a remote the command says why it cannot run.
    app.press("Mod+Shift+P");
    app.type_text("permalink");
    app.see(&role("option").text("Copy permalink").text("this repository has no remote"));
    app.press("Esc");
    let head = published(&repo, "git@github.com:quayside/shop.git");
    read(&app, "0002", "Use Postgres");
    read(&app, "0001", "Cache quotes");
    choose(&app, "Copy permalink on GitHub");
    app.see(&role("status").text("Permalink to ADR-0001"));
    assert_eq!(pasted(&app), format!("https://github.com/quayside/shop/blob/{head}/{CACHE}"));
    read(&app, "0001", "Cache quotes");
    choose(&app, "Copy as Markdown");
    app.see(&role("status").text("ADR-0001 copied as Markdown"));
    let copied = pasted(&app);
    assert!(copied.starts_with("# ADR-0001: Cache quotes in memory"), "{copied}");

    // The page with the index: shown, written as shown, taken back.
    command(&app, "Open the index page");
    let dialog = role("dialog").named("docs/decisions/README.md");
    app.see(&dialog.clone().text("There is no index page yet"));
    picture(&app, "index-none");
    app.press("Enter");
    let plan = role("dialog").named("Write the index of decisions");
    app.see(&planned("docs/decisions/README.md").within(&plan));
    picture(&app, "index-write");
    app.press("Mod+Enter");
    app.see_no(&plan);
    let page = repo.read("docs/decisions/README.md");
    assert!(
        page.contains("| [0001](0001-cache-quotes-in-memory.md) | Cache quotes in memory | Accepted | 2026-01-10 |"),
        "{page}"
    );
    app.see(&role("status").text("Index written to docs/decisions/README.md"));
    app.click(&role("button").named("Dismiss"));
    command(&app, "Open the index page");
    app.see(&dialog.clone().text("The index is up to date."));
    picture(&app, "index-page");
    app.click(&css("a.citation").text("0002").within(&dialog));
    app.see_no(&dialog);
    app.see(&title("Use Postgres"));
    repo.write(CACHE, CACHE_TEXT.replace("quotes in memory", "quotes in Redis"));
    app.see(&row("0001").text("Cache quotes in Redis"));
    command(&app, "Open the index page");
    app.see(&dialog.text("not that of today"));
    app.press("Esc");
    app.focus(&css("article"));
    app.press("Mod+Z");
    app.see(&planned("docs/decisions/README.md"));
    app.press("Mod+Enter");
    app.wait("the page to go", || (!repo.path("docs/decisions/README.md").exists()).then_some(()));
}

#[test]
fn decisions_are_exported_as_one_document() {
    let repo = Repo::sample();
    let folder = repo.root().parent().expect("a folder").to_path_buf();
    let app = App::open(&repo);
    read(&app, "0021", "Postings are the only source");
    let dialog = role("dialog").named("Print or export");
    let export = |format: &str, set: &str, file: &str| {
        app.press("Mod+Alt+P");
        app.click(&css("label.choice").text(set).within(&dialog));
        app.click(&role("button").named(format).within(&dialog));
        app.press("Mod+Enter");
        app.save_dialog("Export decisions", &folder.join(file));
        app.see_no(&dialog);
        app.see(&role("status").text(&format!("Exported to {file}")));
        std::fs::read(folder.join(file)).expect("the file is written")
    };
    app.press("Mod+Alt+P");
    app.see(&dialog);
    picture(&app, "export");
    app.press("Esc");

    let html = String::from_utf8(export("HTML", "ADR-0021 alone", "one.html")).expect("UTF-8");
    assert!(html.contains("<title>0021 Postings are the only source of balance truth</title>"), "{}", &html[..2_000]);
    let all = String::from_utf8(export("HTML", "Everything in force", "all.html")).expect("UTF-8");
    stands_alone(&app, &all);

    let one = export("PDF", "ADR-0021 alone", "one.pdf");
    let many = export("PDF", "Everything in force", "all.pdf");
    let (one, many) = (pages(&one, &folder.join("one.pdf")), pages(&many, &folder.join("all.pdf")));
    assert!((1..=4).contains(&one), "{one} pages");
    assert!(many > 10, "{many} pages: each record begins one");
    if let Ok(said) = std::process::Command::new("pdftotext").arg(folder.join("one.pdf")).arg("-").output() {
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        for words in ["0021", "Postings are the only source of balance truth", "2026-03-14"] {
            assert!(said.contains(words), "{words} is not in the PDF:\n{said}");
        }
    }
    for file in ["one.pdf", "all.pdf", "all.html"] {
        std::fs::copy(folder.join(file), precedent_e2e::screens().join(format!("export-{file}"))).expect("a copy");
    }

    // A folder that is not there: the reason is said, and nothing is lost.
    app.press("Mod+Alt+P");
    app.click(&css("label.choice").text("alone").within(&dialog));
    app.press("Mod+Enter");
    app.save_dialog("Export decisions", Path::new("/proc/nothing.pdf"));
    app.see(&css("[role=alert]").text("could not be exported"));
    picture(&app, "export-failed");
    repo.assert_sound();
}

/// The document as a browser reads it: nothing outside of it is named, every link inside leads somewhere.
fn stands_alone(app: &App, html: &str) {
    let found = app.script(
        r##"
        const page = new DOMParser().parseFromString(arguments[0], "text/html");
        const all = [...page.querySelectorAll("*")];
        const loads = all.filter((one) => ["src", "srcset", "data", "poster"].some((name) => one.hasAttribute(name) && !one.getAttribute(name).startsWith("data:")));
        const lost = [...page.querySelectorAll("a[href^='#']")].filter((one) => !page.getElementById(one.getAttribute("href").slice(1)));
        const ids = all.map((one) => one.id).filter(Boolean);
        return {
          loads: loads.map((one) => one.outerHTML.slice(0, 200)), lost: lost.map((one) => one.outerHTML.slice(0, 200)),
          scripts: page.querySelectorAll("script, iframe, object, embed, link").length, handlers: all.filter((one) => [...one.attributes].some((own) => own.name.startsWith("on"))).length,
          twice: ids.length - new Set(ids).size, articles: page.querySelectorAll("article").length, inner: page.querySelectorAll("article a[href^='#d']").length, mode: page.compatMode,
        };"##,
        &[json!(html)],
    );
    for none in ["loads", "lost"] {
        assert_eq!(found[none], json!([]), "{found}");
    }
    for zero in ["scripts", "handlers", "twice"] {
        assert_eq!(found[zero], json!(0), "{found}");
    }
    assert_eq!(found["mode"], json!("CSS1Compat"));
    assert!(found["articles"].as_u64() > Some(10) && found["inner"].as_u64() > Some(5), "{found}");
}

/// Pages of a PDF. `pdfinfo` counts them where it is installed; otherwise the objects of pages are counted.
fn pages(bytes: &[u8], path: &Path) -> usize {
    assert!(bytes.starts_with(b"%PDF-1."), "a PDF");
    assert!(bytes.len() > 8_000, "{} bytes", bytes.len());
    let text = String::from_utf8_lossy(bytes);
    assert!(text.trim_end().ends_with("%%EOF"), "it is whole");
    if let Ok(said) = std::process::Command::new("pdfinfo").arg(path).output() {
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        let count = said.lines().find_map(|line| line.strip_prefix("Pages:")?.trim().parse().ok());
        return count.unwrap_or_else(|| panic!("pdfinfo: {said}"));
    }
    text.matches("/Type /Page\n").count() + text.matches("/Type /Page ").count()
}
