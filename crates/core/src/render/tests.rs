//! What a record's Markdown becomes, and what never gets through.

use super::*;

fn html(text: &str) -> String {
    let path = RecordPath::new("docs/adr/0001-a.md");
    let resolve = |text: &str, target: Option<&str>| {
        let hit = target.unwrap_or(text).contains("0007") || text == "ADR-7";
        hit.then(|| Citation {
            path: RecordPath::new("docs/adr/0007-x.md"),
            label: "0007".to_owned(),
            status: "accepted".to_owned(),
            title: "Use \"x\"".to_owned(),
        })
    };
    let context = RenderContext {
        path: &path,
        image_base: "repo://localhost/",
        resolve: &resolve,
        lines: false,
        skip_title: true,
    };
    render(text, &context).html
}

fn check(text: &str, expected: &str) {
    assert_eq!(html(text).trim(), expected);
}

#[test]
fn front_matter_and_title_are_left_out() {
    check(
        "---\nstatus: accepted\n---\n# Title\n\nBody.\n\n# Second\n",
        "<p>Body.</p>\n<h1 id=\"r-second\">Second</h1>",
    );
}

#[test]
fn records_become_citations_however_they_are_named() {
    let chip = |inner: &str| {
        format!(
            "<p><a class=\"citation\" data-path=\"docs/adr/0007-x.md\" data-status=\"accepted\" data-label=\"0007\" title=\"Use &quot;x&quot;\" rel=\"noopener noreferrer\">{inner}</a></p>"
        )
    };
    check("[the **plan**](0007-x.md)", &chip("the <strong>plan</strong>"));
    check("[[ADR-7]]", &chip("0007"));
    check("ADR-7", &chip("ADR-7"));
    check("`ADR-7`", "<p><code>ADR-7</code></p>");
    check("[[ADR-0219]]", "<p><span class=\"citation-missing\">ADR-0219</span></p>");
    check("[[toc]]", "<p>[[toc]]</p>");
}

#[test]
fn images_come_from_the_repository_or_wait() {
    check("![Map](../img/a%20b.png)", "<p><img src=\"repo://localhost/docs/img/a%20b.png\" alt=\"Map\"></p>");
    check(
        "![Map](https://example.org/a.png)",
        "<p><span class=\"remote-image\" data-src=\"https://example.org/a.png\">Map</span></p>",
    );
    check("![Out](../../../etc/passwd)", "<p><span class=\"missing-image\">Out</span></p>");
    check("<img src=\"https://example.org/a.png\" alt=\"x\">", "<img alt=\"x\">");
    check("<img src=\"pic.png\" onerror=\"alert(1)\">", "<img src=\"repo://localhost/docs/adr/pic.png\">");
}

#[test]
fn tables_tasks_footnotes_and_code_keep_their_form() {
    assert!(html("| a | b |\n|:--|--:|\n| 1 | 2 |").contains("<td style=\"text-align:right\">2</td>"));
    assert!(html("- [x] done").contains("<input disabled=\"\" type=\"checkbox\" checked=\"\">"));
    assert!(html("a[^1]\n\n[^1]: note").contains("<a href=\"#r-1\" rel=\"noopener noreferrer\">"));
    assert!(html("```rust\nfn main() {}\n```").contains("<code class=\"language-rust\">"));
}

#[test]
fn nothing_of_a_record_runs() {
    for text in [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)></svg>",
        "<iframe src=\"https://example.org\"></iframe>",
        "<style>body{display:none}</style>",
        "<p style=\"position:fixed\">x</p>",
        "<form action=\"https://example.org\"><input type=\"text\" autofocus></form>",
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
        "[x](data:text/html,<script>alert(1)</script>)",
        "<a class=\"citation\" data-path=\"x\" onclick=\"alert(1)\">x</a>",
        "```\"><script>alert(1)</script>\nx\n```",
    ] {
        let out = html(text).to_lowercase();
        for bad in [
            "<script",
            "javascript:",
            "onerror",
            "onload",
            "onclick",
            "<iframe",
            "<style",
            "position",
            "<form",
            "type=\"text\"",
            "svg+xml",
            "text/html",
        ] {
            let escaped = out.contains("&lt;script") && bad == "<script";
            assert!(!out.contains(bad) || escaped, "{text} gave {out}");
        }
    }
}

#[test]
fn deep_nesting_and_long_lines_are_survived() {
    let deep = format!("{}x", "> ".repeat(5_000));
    assert!(html(&deep).matches("<blockquote>").count() <= 48);
    let html_deep = format!("{}x", "<div>\n".repeat(20_000));
    assert!(html(&html_deep).contains('x'));
    let path = RecordPath::new("a.md");
    let context = RenderContext {
        path: &path,
        image_base: "repo://localhost/",
        resolve: &|_, _| None,
        lines: false,
        skip_title: true,
    };
    let rendered = render(&"y".repeat(300_000), &context);
    assert!(rendered.notice.is_some() && rendered.html.len() < 25_000);
}

#[test]
fn lines_are_marked_for_the_preview() {
    let path = RecordPath::new("a.md");
    let context = RenderContext {
        path: &path,
        image_base: "repo://localhost/",
        resolve: &|_, _| None,
        lines: true,
        skip_title: true,
    };
    let rendered = render("---\na: b\n---\n# T\n\nOne\n\n- a\n- b\n\n## H\n", &context);
    assert_eq!(
        rendered.html.replace('\n', ""),
        "<div data-line=\"6\"><p>One</p></div><div data-line=\"8\"><ul><li>a</li><li>b</li></ul></div><div data-line=\"11\"><h2 id=\"r-h\">H</h2></div>"
    );
}

#[test]
fn plain_text_has_no_marks() {
    assert_eq!(plain("as **[ADR-0021](0021-x.md)** says `x`,\nand <b>more</b>"), "as ADR-0021 says x, and more");
}
