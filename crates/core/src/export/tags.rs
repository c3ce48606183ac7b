//! Changes start tags of HTML that a serialiser wrote, as [`crate::render`] gives it: every `<` of the text is escaped and
//! every value stands in double quotes, so that tags are found without reading the text between them.

use std::borrow::Cow;

/// A start tag. Values are read and set unescaped.
pub(super) struct Tag<'h> {
    pub(super) name: &'h str,
    attributes: Vec<(&'h str, Cow<'h, str>)>,
    /// Text that stands in its place.
    instead: Option<String>,
    changed: bool,
}

impl Tag<'_> {
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.attributes.iter().find(|(own, _)| *own == name).map(|(_, value)| unescape(value))
    }

    pub(super) fn set(&mut self, name: &'static str, value: &str) {
        self.remove(name);
        self.changed = true;
        self.attributes.push((name, Cow::Owned(super::escape(value))));
    }

    pub(super) fn remove(&mut self, name: &str) {
        let before = self.attributes.len();
        self.attributes.retain(|(own, _)| *own != name);
        self.changed |= before != self.attributes.len();
    }

    /// Puts the text of an attribute in the place of an element that has no content.
    pub(super) fn drop_with(&mut self, name: &str, class: &str) {
        let text = super::escape(&self.get(name).unwrap_or_default());
        self.instead = Some(format!("<span class=\"{class}\">{text}</span>"));
    }

    fn write(&self, out: &mut String) {
        if let Some(text) = &self.instead {
            out.push_str(text);
            return;
        }
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(value);
            out.push('"');
        }
        out.push('>');
    }
}

/// Calls `change` for every start tag.
pub(super) fn rewrite_tags(html: &str, mut change: impl FnMut(&mut Tag<'_>)) -> String {
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|found| at + found) {
        out.push_str(&html[at..open]);
        let Some((mut tag, end)) = start_tag(&html[open..]) else {
            out.push('<');
            at = open + 1;
            continue;
        };
        change(&mut tag);
        if tag.changed || tag.instead.is_some() {
            tag.write(&mut out);
        } else {
            out.push_str(&html[open..open + end]);
        }
        at = open + end;
    }
    out.push_str(&html[at..]);
    out
}

/// The start tag that `html` begins with, and its length.
fn start_tag(html: &str) -> Option<(Tag<'_>, usize)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let rest = html.strip_prefix('<')?;
    let name = &rest[..rest.find(|c| !is_name(c))?];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut at = 1 + name.len();
    let mut attributes = Vec::new();
    loop {
        at += html[at..].len() - html[at..].trim_start().len();
        if html[at..].starts_with('>') {
            return Some((Tag { name, attributes, instead: None, changed: false }, at + 1));
        }
        let rest = &html[at..];
        let name = &rest[..rest.find(|c: char| c == '=' || c == '>' || c.is_whitespace())?];
        if name.is_empty() {
            return None;
        }
        at += name.len();
        let value = match html[at..].strip_prefix("=\"") {
            Some(rest) => {
                let value = &rest[..rest.find('"')?];
                at += value.len() + 3;
                value
            }
            None => "",
        };
        attributes.push((name, Cow::Borrowed(value)));
    }
}

fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}
