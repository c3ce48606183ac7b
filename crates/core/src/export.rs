//! Records as one HTML document that needs nothing beside itself: styles, fonts and images inside, no script, nothing
//! loaded. For reading, for printing, for people without the repository.

mod tags;

use crate::id::RecordPath;
use crate::wire::{DecisionSummary, StatusWord};
use std::collections::HashMap;
use std::fmt::Write;
use tags::{Tag, rewrite_tags};

const STYLE: &str = include_str!("export/export.css");

/// A record with its body as [`crate::render`] gives it.
#[derive(Clone, Debug)]
pub struct Page {
    pub summary: DecisionSummary,
    pub html: String,
    /// Why the body is not whole.
    pub notice: Option<String>,
}

/// What a document is made with. All of it is text that ends up in the document.
pub struct Surroundings<'a> {
    pub title: &'a str,
    /// The day, ISO.
    pub today: &'a str,
    /// Where images begin in the bodies: `repo://localhost/`.
    pub image_base: &'a str,
    /// An image of the repository as a `data:` address, by what follows the base; `None` when there is none.
    pub image: &'a dyn Fn(&str) -> Option<String>,
    /// Address of a file on the web, for links that leave the document.
    pub address: &'a dyn Fn(&RecordPath, &str) -> Option<String>,
    /// A font by its file name, as a `data:` address.
    pub font: &'a dyn Fn(&str) -> Option<String>,
}

/// Fonts: family, file, style, and what of a body asks for it.
const FONTS: [(&str, &str, &str, &[&str]); 4] = [
    ("Source Serif Precedent", "source-serif-var.woff2", "normal", &[]),
    ("Inter Precedent", "inter-var.woff2", "normal", &[]),
    ("Source Serif Precedent", "source-serif-var-italic.woff2", "italic", &["<em", "<i>", "<cite"]),
    ("JetBrains Mono Precedent", "jetbrains-mono-var.woff2", "normal", &["<code", "<pre", "<kbd"]),
];

/// One document of all pages, in their order; several begin with a list of them.
pub fn document(pages: &[Page], around: &Surroundings<'_>) -> String {
    let ids: HashMap<&str, String> =
        pages.iter().enumerate().map(|(at, page)| (page.summary.path.as_str(), format!("d{}", at + 1))).collect();
    let mut body = String::new();
    if pages.len() != 1 {
        body.push_str(&contents(pages, around));
    }
    for (at, page) in pages.iter().enumerate() {
        article(&mut body, page, &format!("d{}", at + 1), &ids, around);
    }
    let mut fonts = String::new();
    for (family, file, style, wanted) in FONTS {
        let is_used = wanted.is_empty() || wanted.iter().any(|tag| body.contains(tag));
        if let Some(data) = is_used.then(|| (around.font)(file)).flatten() {
            let _ = writeln!(
                fonts,
                "@font-face{{font-family:\"{family}\";src:url(\"{data}\") format(\"woff2\");font-weight:100 900;font-style:{style}}}"
            );
        }
    }
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"Precedent\">\n\
         <title>{}</title>\n<style>\n{fonts}{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        escape(around.title),
    )
}

/// The first page of a set.
fn contents(pages: &[Page], around: &Surroundings<'_>) -> String {
    let count = match pages.len() {
        1 => "1 decision".to_owned(),
        count => format!("{count} decisions"),
    };
    let mut out = format!(
        "<header class=\"cover\">\n<h1>{}</h1>\n<p class=\"quiet\">{count}, as of <time>{}</time></p>\n<nav aria-label=\"Contents\">\n<ol>\n",
        escape(around.title),
        escape(around.today),
    );
    for (at, Page { summary, .. }) in pages.iter().enumerate() {
        let _ = writeln!(
            out,
            "<li><a href=\"#d{}\"><span class=\"no\">{}</span> <span>{}</span></a> {}</li>",
            at + 1,
            escape(summary.label.as_deref().unwrap_or_default()),
            escape(&summary.title),
            status(summary),
        );
    }
    out.push_str("</ol>\n</nav>\n</header>\n");
    out
}

fn article(out: &mut String, page: &Page, id: &str, ids: &HashMap<&str, String>, around: &Surroundings<'_>) {
    let summary = &page.summary;
    let label = summary.label.as_deref().unwrap_or(&summary.id);
    let _ = write!(
        out,
        "<article id=\"{id}\">\n<header>\n<p class=\"head\"><span class=\"no\">{}</span> {}</p>\n<h1>{}</h1>\n{}</header>\n",
        escape(label),
        status(summary),
        escape(&summary.title),
        facts(summary, ids),
    );
    if let Some(notice) = &page.notice {
        let _ = writeln!(out, "<p class=\"notice\">{}</p>", escape(notice));
    }
    let body = rewrite_tags(&page.html, |tag| rewrite(tag, id, ids, around));
    let _ = write!(out, "<div class=\"prose\">\n{body}</div>\n</article>\n");
}

fn status(summary: &DecisionSummary) -> String {
    let (word, class) = match summary.status {
        None => return "<span class=\"status none\">No status</span>".to_owned(),
        Some(StatusWord::Other) => (summary.status_raw.clone().unwrap_or_default(), "other"),
        Some(StatusWord::Accepted) if summary.in_force => ("Accepted".to_owned(), "in-force"),
        Some(status) => (format!("{status:?}"), "other"),
    };
    format!("<span class=\"status {class}\">{}</span>", escape(&word))
}

fn facts(summary: &DecisionSummary, ids: &HashMap<&str, String>) -> String {
    let mut out = String::from("<dl>\n");
    let mut fact = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(out, "<dt>{name}</dt><dd>{value}</dd>");
        }
    };
    let list = |values: &[String]| escape(&values.join(", "));
    let code = |values: &[String]| {
        values.iter().map(|value| format!("<code>{}</code>", escape(value))).collect::<Vec<_>>().join(", ")
    };
    let records = |paths: &[String]| {
        let name = |path: &String| {
            let name = escape(RecordPath::new(path.clone()).stem());
            ids.get(path.as_str()).map_or_else(|| name.clone(), |id| format!("<a href=\"#{id}\">{name}</a>"))
        };
        paths.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    fact("Date", escape(summary.date.as_deref().unwrap_or_default()));
    if summary.in_force {
        fact("In force since", escape(summary.held_from.as_deref().unwrap_or_default()));
    }
    fact("Decided by", list(&summary.decision_makers));
    fact("Scope", escape(summary.scope.as_deref().unwrap_or_default()));
    fact("Tags", list(&summary.tags));
    fact("Binds", code(&summary.applies_to));
    fact("Supersedes", records(&summary.supersedes));
    fact("Superseded by", records(&summary.superseded_by));
    fact("Amends", records(&summary.amends));
    fact("Amended by", records(&summary.amended_by));
    fact("Why it fell", escape(summary.reason_superseded.as_deref().unwrap_or_default()));
    fact("File", format!("<code>{}</code>", escape(&summary.path)));
    out.push_str("</dl>\n");
    out
}

/// A tag of a body as it stands in the document: ids are the record's own, links lead to records of the document or to
/// the web, images are inside.
fn rewrite(tag: &mut Tag<'_>, id: &str, ids: &HashMap<&str, String>, around: &Surroundings<'_>) {
    if let Some(own) = tag.get("id") {
        tag.set("id", &format!("{id}-{}", own.strip_prefix("r-").unwrap_or(&own)));
    }
    match tag.name {
        "a" => {
            let within = tag.get("href").and_then(|href| href.strip_prefix("#r-").map(str::to_owned));
            let target = tag.get("data-path").or_else(|| tag.get("data-file")).map(RecordPath::new);
            let anchor = tag.get("data-anchor").map(|anchor| anchor.strip_prefix("r-").unwrap_or(&anchor).to_owned());
            let href = match (within, target) {
                (Some(anchor), _) => Some(format!("#{id}-{anchor}")),
                (None, Some(path)) => match (ids.get(path.as_str()), anchor) {
                    (Some(there), Some(anchor)) => Some(format!("#{there}-{anchor}")),
                    (Some(there), None) => Some(format!("#{there}")),
                    (None, anchor) => (around.address)(&path, anchor.as_deref().unwrap_or_default()),
                },
                (None, None) => tag.get("href"),
            };
            for data in ["data-path", "data-file", "data-status", "data-label", "data-anchor", "href"] {
                tag.remove(data);
            }
            if let Some(href) = href {
                tag.set("href", &href);
            }
        }
        "img" => {
            let source = tag.get("src").unwrap_or_default();
            let data = match source.strip_prefix(around.image_base) {
                Some(path) => (around.image)(path),
                None => source.starts_with("data:").then_some(source),
            };
            match data {
                Some(data) => tag.set("src", &data),
                None => tag.drop_with("alt", "missing"),
            }
        }
        "span" => {
            if let Some(remote) = tag.get("data-src") {
                tag.remove("data-src");
                tag.set("title", &remote);
            }
        }
        _ => {}
    }
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests;
