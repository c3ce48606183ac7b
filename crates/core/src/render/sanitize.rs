//! The last word on a record's HTML: an allow list of tags, attributes, classes and addresses (ammonia).

use super::RenderContext;
use super::rewrite::{image_address, is_remote};
use ammonia::{Builder, UrlRelative};
use regex::Regex;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static CODE_CLASS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^language-[\w+#.\-]{1,40}$").expect("the pattern is constant"));

/// Cleans HTML of a record. Ids get the prefix `r-`; links within the page follow them.
pub(super) fn clean(html: &str, context: &RenderContext<'_>) -> String {
    let mut builder = Builder::default();
    builder
        .add_tags(["input", "section"])
        .add_tag_attributes(
            "a",
            ["data-path", "data-status", "data-label", "data-anchor", "data-file", "title", "class"],
        )
        .add_tag_attributes("span", ["data-src", "class"])
        .add_tag_attributes("div", ["data-line", "class"])
        .add_tag_attributes("code", ["class"])
        .add_tag_attributes("sup", ["class"])
        .add_tag_attributes("blockquote", ["class"])
        .add_tag_attributes("input", ["type", "checked", "disabled"])
        .add_tag_attributes("li", ["value"])
        .add_tag_attributes("td", ["style"])
        .add_tag_attributes("th", ["style"])
        .filter_style_properties(HashSet::from(["text-align"]))
        .add_generic_attributes(["id"])
        .id_prefix(Some("r-"))
        .url_schemes(HashSet::from(["http", "https", "mailto", "repo", "data"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer"))
        .set_tag_attribute_values(HashMap::from([("input", HashMap::from([("type", "checkbox"), ("disabled", "")]))]));
    // ammonia wants a filter that may be shared between threads, so it takes what it needs by value.
    let path = context.path.clone();
    let base = context.image_base.to_owned();
    builder.attribute_filter(move |tag, attribute, value| {
        let context =
            RenderContext { path: &path, image_base: &base, resolve: &|_, _| None, lines: false, skip_title: false };
        filter(tag, attribute, value, &context)
    });
    builder.clean(html).to_string()
}

fn filter<'v>(tag: &str, attribute: &str, value: &'v str, context: &RenderContext<'_>) -> Option<Cow<'v, str>> {
    match (tag, attribute) {
        ("img", "src") if value.starts_with(context.image_base) => Some(value.into()),
        // A remote image of raw HTML: the address stays readable for the window, which offers to open it; nothing loads.
        ("img", "src") if is_remote(value) => None,
        ("img", "src") if value.starts_with("data:") => picture(value).then(|| value.into()),
        ("img", "src") => image_address(value, context).map(Cow::Owned),
        ("a", "href") if value.starts_with('#') => Some(format!("#r-{}", &value[1..]).into()),
        ("a", "href") if is_remote(value) || value.starts_with("mailto:") => Some(value.into()),
        ("a", "href") => None,
        (_, "class") => class(tag, value).then(|| value.into()),
        (_, "cite") => None,
        _ => Some(value.into()),
    }
}

fn class(tag: &str, value: &str) -> bool {
    match tag {
        "code" => CODE_CLASS.is_match(value),
        "a" => matches!(value, "citation" | "file-link"),
        "span" => matches!(value, "remote-image" | "missing-image" | "citation-missing"),
        "div" => matches!(value, "footnote-definition"),
        "sup" => matches!(value, "footnote-reference" | "footnote-definition-label"),
        "blockquote" => value.starts_with("markdown-alert-"),
        _ => false,
    }
}

/// Bitmaps only: an SVG in a data address could carry script.
fn picture(address: &str) -> bool {
    ["data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;"]
        .iter()
        .any(|kind| address.starts_with(kind))
}
