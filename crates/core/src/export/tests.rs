//! One document of several records: what leads where, and that it needs nothing beside itself.

use super::*;
use crate::log::{DecisionLog, Resolution};
use crate::record::{ParseOptions, parse};
use crate::render::{Citation, RenderContext, render};

const A: (&str, &str) = (
    "docs/adr/0001-a.md",
    "---\nstatus: accepted\ndate: 2026-01-02\napplies-to: [\"src/**\"]\n---\n# Use A & \"B\" < C\n\n## Context\n\nSee [the second](0002-b.md#why), ADR-3, [here](#context), [code](../src/x.rs), [out](https://a.b/?x=1&y=2).\n\n![plan](img/p.png) ![gone](img/no.png) ![far](https://a.b/p.png)\n\n*yes*\n",
);
const B: (&str, &str) = (
    "docs/adr/0002-b.md",
    "# 2. B\n\n## Status\n\nProposed\n\n## Why\n\n<script>alert(1)</script> <b onclick=\"x()\">b</b>\n",
);
const C: (&str, &str) = ("docs/adr/0003-c.md", "# 3. C\n\n## Status\n\nAccepted\n");

fn document_of(shown: &[&str]) -> String {
    let records =
        [A, B, C].map(|(path, text)| parse(&RecordPath::new(path), text.as_bytes(), &ParseOptions::default()));
    let log = DecisionLog::build(records.to_vec());
    let pages = shown.iter().map(|shown| {
        let (path, text) = [A, B, C].into_iter().find(|(path, _)| path == shown).expect("a record");
        let path = RecordPath::new(path);
        let resolve = |text: &str, target: Option<&str>| match log.resolve_in(&path, text, target) {
            Resolution::One(path) => {
                Some(Citation { path, label: "x".into(), status: "accepted".into(), title: "x".into() })
            }
            _ => None,
        };
        let context = RenderContext {
            path: &path,
            image_base: "repo://localhost/",
            resolve: &resolve,
            lines: false,
            skip_title: true,
        };
        Page { summary: log.summary(&path).expect("a record"), html: render(text, &context).html, notice: None }
    });
    let around = Surroundings {
        title: "Decisions & more",
        today: "2026-11-20",
        image_base: "repo://localhost/",
        image: &|path| (path == "docs/adr/img/p.png").then(|| "data:image/png;base64,AAAA".to_owned()),
        address: &|path, anchor| Some(format!("https://forge/{path}#{anchor}")),
        font: &|file| Some(format!("data:font/woff2;base64,{}", file.len())),
    };
    document(&pages.collect::<Vec<_>>(), &around)
}

#[test]
fn one_record_stands_alone() {
    let html = document_of(&[A.0]);
    assert!(html.contains("<title>Decisions &amp; more</title>"), "{html}");
    assert!(!html.contains("<nav"), "one record needs no list");
    for part in [
        "<h1>Use A &amp; \"B\" &lt; C</h1>".replace('"', "&quot;").as_str(),
        "<h2 id=\"d1-context\">",
        "href=\"#d1-context\"",
        "href=\"https://forge/docs/adr/0002-b.md#why\"",
        "href=\"https://forge/docs/adr/0003-c.md#\"",
        "href=\"https://forge/docs/src/x.rs#\"",
        "href=\"https://a.b/?x=1&amp;y=2\"",
        "src=\"data:image/png;base64,AAAA\"",
        "<span class=\"missing\">gone</span>",
        "<dt>Binds</dt><dd><code>src/**</code></dd>",
        "<span class=\"status in-force\">Accepted</span>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
}

#[test]
fn links_between_exported_records_stay_inside() {
    let html = document_of(&[A.0, B.0]);
    assert!(html.contains("<nav aria-label=\"Contents\">"), "{html}");
    assert!(html.contains("href=\"#d2-why\"") && html.contains("<h2 id=\"d2-why\">"), "{html}");
    assert!(html.contains("2 decisions, as of <time>2026-11-20</time>"));
    let ids: Vec<&str> =
        html.match_indices(" id=\"").map(|(at, _)| html[at + 5..].split('"').next().unwrap_or_default()).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    for href in html.match_indices("href=\"#").map(|(at, _)| html[at + 7..].split('"').next().unwrap_or_default()) {
        assert!(ids.contains(&href), "#{href} leads nowhere");
    }
}

#[test]
fn nothing_runs_and_nothing_is_loaded() {
    let html = document_of(&[A.0, B.0, C.0]);
    for sign in ["<script", "onclick", "repo://", "src=\"http", "url(\"http", "<link", "@import", "<iframe"] {
        assert!(!html.contains(sign), "{sign}\n{html}");
    }
}

#[test]
fn only_fonts_that_are_used_are_inside() {
    let count = |html: &str| html.matches("@font-face").count();
    assert_eq!(count(&document_of(&[A.0])), 4, "emphasis and code");
    assert_eq!(count(&document_of(&[C.0])), 3, "the path is set as code");
}

#[test]
fn tags_are_changed_where_they_stand() {
    let html = "<p>a &lt;a href=\"x\"&gt; <a title=\"<a href=&quot;1&quot;>\" href=\"#r-x\">b</a> <br> <input checked=\"\" disabled=\"\"></p>";
    assert_eq!(rewrite_tags(html, |_| {}), html);
    let mut names = Vec::new();
    let changed = rewrite_tags(html, |tag| {
        names.push(tag.name.to_owned());
        if tag.name == "a" {
            assert_eq!(tag.get("title").as_deref(), Some("<a href=\"1\">"));
            tag.set("href", "#\"y\"");
        }
    });
    assert_eq!(names, ["p", "a", "br", "input"]);
    assert!(changed.contains("<a title=\"<a href=&quot;1&quot;>\" href=\"#&quot;y&quot;\">b</a>"), "{changed}");
}
