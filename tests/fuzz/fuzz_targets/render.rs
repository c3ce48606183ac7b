//! No text becomes HTML that runs, frames, styles or loads from elsewhere.

#![no_main]

use libfuzzer_sys::fuzz_target;
use precedent_core::RecordPath;
use precedent_core::render::{RenderContext, render};

fuzz_target!(|text: &str| {
    let path = RecordPath::new("docs/adr/0007-x.md");
    let context = RenderContext {
        path: &path,
        image_base: "repo://localhost/",
        resolve: &|_, _| None,
        lines: text.len() % 2 == 0,
        skip_title: text.len() % 3 == 0,
    };
    let html = render(text, &context).html;
    for tag in tags(&html) {
        let lower = tag.to_ascii_lowercase();
        let name = lower.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        assert!(
            !matches!(
                name,
                "script" | "style" | "iframe" | "object" | "embed" | "form" | "base" | "meta" | "link" | "svg" | "math"
            ),
            "<{tag}>"
        );
        for (attribute, value) in attributes(&lower) {
            assert!(!attribute.starts_with("on"), "<{tag}>");
            let value = value.trim_start();
            let is_address = matches!(attribute.as_str(), "href" | "src" | "cite" | "action");
            assert!(!(is_address && (value.starts_with("javascript:") || value.starts_with("vbscript:"))), "<{tag}>");
            assert!(!(attribute == "src" && value.starts_with("http")), "<{tag}>");
        }
    }
});

/// What stands between `<` and `>` in serialised HTML, where a quoted `>` does not end a tag.
fn tags(html: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let mut quoted = false;
        let end = rest.char_indices().find(|(_, c)| {
            quoted ^= *c == '"';
            *c == '>' && !quoted
        });
        let Some((end, _)) = end else { break };
        found.push(&rest[..end]);
        rest = &rest[end..];
    }
    found
}

/// `name="value"` pairs; the serialiser always quotes.
fn attributes(tag: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = tag;
    while let Some(at) = rest.find("=\"") {
        let name = rest[..at].rsplit(|c: char| c.is_whitespace()).next().unwrap_or("").to_owned();
        let value = &rest[at + 2..];
        let Some(end) = value.find('"') else { break };
        found.push((name, value[..end].to_owned()));
        rest = &value[end + 1..];
    }
    found
}
