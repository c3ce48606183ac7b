//! One window for each repository.

use crate::acting::command;
use crate::fixture::{CACHE, QUEUE, read, row, small_log, title};
use precedent_e2e::{App, Launch, Repo, css, role};

/// A second log, with a picture in its first record.
fn other_log() -> Repo {
    let picture = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='30'/>";
    let text = "---\nstatus: accepted\ndate: 2026-01-10\n---\n# Draw on paper\n\n![Sketch](sketch.svg)\n";
    Repo::with("paper", &[("docs/decisions/0001-draw-on-paper.md", text), ("docs/decisions/sketch.svg", picture)])
}

/// Opens the second repository from the recent list in a window of its own.
fn open_beside(app: &App, name: &str) {
    app.focus(&role("button").like(name));
    app.press("Mod+Enter");
    app.await_windows(2);
    app.look_at_title(&format!("{name} – Precedent"));
}

#[test]
fn each_repository_has_its_window_and_its_news() {
    let (shop, paper) = (small_log(), other_log());
    let first = App::open(&shop);
    first.see(&row("0001"));
    let home = std::rc::Rc::clone(first.home());
    drop(first);
    let second = Launch::new().home(&home).open(paper.root()).start();
    second.see(&row("0001"));
    drop(second);
    home.forget_windows();

    let app = Launch::new().home(&home).start();
    app.click(&role("button").like("shop"));
    read(&app, "0001", "Cache quotes");
    // Back to Welcome, and from its list the other one beside.
    command(&app, "Close repository");
    open_beside(&app, "paper");
    read(&app, "0001", "Draw on paper");
    // The picture is one of this window's repository.
    app.on(&css("article img"), "return element.naturalWidth;", &40.into());
    app.look_at_title("Precedent");
    app.click(&role("button").like("shop"));
    read(&app, "0001", "Cache quotes");

    // News of one repository change its window alone.
    shop.write(CACHE, shop.read(CACHE).replace("# Cache quotes", "# Keep quotes"));
    app.see(&title("Keep quotes"));
    app.look_at_title("paper – Precedent");
    assert!(app.sees(&title("Draw on paper")));
    assert!(!app.sees(&row("0002")));

    // Opening what has a window leads there and leaves this one as it is.
    app.press("Mod+R");
    app.click(&role("menuitem").like("shop"));
    app.wait("the other window's focus", || {
        app.look_at_title("shop – Precedent");
        (app.script("return document.hasFocus();", &[]) == true).then_some(())
    });
    app.look_at_title("paper – Precedent");
    assert!(app.sees(&title("Draw on paper")));
    assert!(!app.sees(&role("alert").text("could not")));

    // A closed window lets its repository go; the other one works on.
    // The driver must not stand in a window that goes.
    app.look_at_title("shop – Precedent");
    app.close_window("paper — Precedent");
    app.await_windows(1);
    shop.write(QUEUE, shop.read(QUEUE).replace("# Send mail", "# Post mail"));
    app.see(&row("0003").text("Post mail"));
    app.press("Mod+R");
    app.click(&role("menuitem").like("paper"));
    read(&app, "0001", "Draw on paper");
    assert_eq!(app.windows().len(), 1);
}

#[test]
fn a_further_start_ends_in_the_window_that_answers() {
    let (shop, paper) = (small_log(), other_log());
    let app = App::open(&shop);
    app.see(&row("0001"));
    let link = |query: &str| format!("precedent://open?repo={}{query}", shop.root().display());
    let again = |argument: &str| assert!(app.start_again(shop.root(), argument), "{argument} was not taken over");

    // The repository, a file of it, a record by link down to its heading.
    again(".");
    again(&format!("./{QUEUE}"));
    app.see(&title("Send mail"));
    again(&link("&ref=ADR-0002#decision"));
    app.see(&title("Use Postgres"));
    app.on(&css("article .prose h2").text("Decision"), "return element === document.activeElement;", &true.into());
    assert_eq!(app.windows().len(), 1);

    // What leads nowhere says so.
    again(&link("&ref=ADR-0099"));
    app.see(&role("alert").text("shop has no record ADR-0099."));
    again("precedent://open?ref=ADR-0001");
    app.see(&role("alert").text("can’t be followed: it names no repository"));
    app.see(&title("Use Postgres"));

    // Another repository gets a window of its own, and so does one that is not there: it says why.
    again(&paper.root().display().to_string());
    app.await_windows(2);
    app.look_at_title("paper – Precedent");
    app.see(&row("0001"));
    again("precedent://open?repo=/nowhere/at/all&ref=1");
    app.await_windows(3);
    app.look_at_title("Precedent");
    app.see(&css("main").text("/nowhere/at/all"));
    // It shows nothing, so the next start may use it.
    app.close_window("paper — Precedent");
    app.await_windows(2);
    app.look_at_title("Precedent");
    again(&paper.root().display().to_string());
    app.see(&row("0001"));
    assert_eq!(app.windows().len(), 2);

    // A pasted link leads to the window of its repository.
    app.press("Mod+K");
    app.insert(&link("&ref=0001"));
    app.click(&role("option").text("Follow this link"));
    app.look_at_title("shop – Precedent");
    app.see(&title("Cache quotes"));
}

#[test]
fn what_was_open_comes_back_where_it_was() {
    let (shop, paper) = (small_log(), other_log());
    let app = App::open(&shop);
    app.see(&row("0001"));
    assert!(app.start_again(shop.root(), &paper.root().display().to_string()));
    app.await_windows(2);
    app.look_at_title("paper – Precedent");
    app.see(&row("0001"));
    app.resize(900, 700);
    let home = std::rc::Rc::clone(app.home());
    app.quit();

    let app = Launch::new().home(&home).start();
    app.await_windows(2);
    app.look_at_title("paper – Precedent");
    app.see(&row("0001"));
    app.wait("its size", || (app.script("return window.innerWidth;", &[]) == 900).then_some(()));
    app.look_at_title("shop – Precedent");
    app.see(&row("0003"));
    app.quit();

    // One that is gone is left out.
    std::fs::rename(paper.root(), paper.root().with_file_name("elsewhere")).expect("a folder can be moved");
    let app = Launch::new().home(&home).start();
    app.see(&row("0003"));
    assert_eq!(app.windows().len(), 1);
}

/// A program of this name that writes down what it is called with.
fn program(folder: &std::path::Path, name: &str) {
    use std::os::unix::fs::PermissionsExt;
    let file = folder.join(name);
    std::fs::write(&file, "#!/bin/sh\necho \"$(basename \"$0\") $*\" >> \"$(dirname \"$0\")/calls\"\n")
        .expect("a program");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).expect("it may run");
}

#[test]
fn a_record_opens_in_other_programs() {
    let shop = small_log();
    let home = std::rc::Rc::new(precedent_e2e::Home::new());
    let bin = home.path().join("bin");
    std::fs::create_dir(&bin).expect("a folder for programs");
    for name in ["code", "xdg-open"] {
        program(&bin, name);
    }
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let app = Launch::new().home(&home).environment("PATH", &path).open(shop.root()).start();
    let called = |what: &str| {
        app.wait(what, || std::fs::read_to_string(bin.join("calls")).ok().filter(|calls| calls.contains(what)));
    };
    read(&app, "0003", "Send mail");
    app.focus(&role("tree"));
    app.press("O");
    called(&format!("code {}", shop.path(QUEUE).display()));
    app.press("Mod+Shift+P");
    app.type_text("Reveal file");
    app.press("Enter");
    called(&format!("xdg-open {}", shop.path("docs/decisions").display()));

    // From the editor it opens at the caret.
    crate::fixture::edit_at_end(&app, "0001", "Cache quotes");
    app.press("Mod+Shift+P");
    app.type_text("Open in editor");
    app.press("Enter");
    called(&format!("code --goto {}:14", shop.path(CACHE).display()));
}
