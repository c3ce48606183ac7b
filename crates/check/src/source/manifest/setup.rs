//! `setup.cfg` and `setup.py` of setuptools. The second is a program and is never run: what it says in plain lists is read,
//! anything else it says about dependencies cannot be told.

use super::python::specifier;
use super::{List, ManifestError};
use crate::source::tree::{Node, SyntaxTree};
use crate::source::{Language, Limits};

/// Keys that name packages, with their group.
const KEYS: &[(&str, &str)] = &[("install_requires", "normal"), ("setup_requires", "build"), ("tests_require", "dev")];
const EXTRAS: &str = "extras_require";

/// Sections with keys whose values go on in indented lines.
pub(super) fn configuration(text: &str, list: &mut List) {
    let (mut section, mut group) = (String::new(), None);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim();
        if content.is_empty() || content.starts_with(['#', ';']) {
            continue;
        }
        let is_continued = line.starts_with([' ', '\t']);
        let mut value = content;
        if !is_continued {
            if let Some(name) = content.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                (section, group) = (name.trim().to_owned(), None);
                continue;
            }
            let Some((key, rest)) = content.split_once(['=', ':']) else { continue };
            group = group_of(&section, key.trim());
            value = rest.trim();
        }
        let Some(group) = &group else { continue };
        for one in value.split('\n').filter(|one| !one.is_empty()) {
            let offset = line.find(one).unwrap_or(0);
            if let Some((name, version)) = specifier(one) {
                list.add(name, version, group, true, start + offset..start + offset + one.len());
            }
        }
    }
}

fn group_of(section: &str, key: &str) -> Option<String> {
    match section {
        "options" => KEYS.iter().find(|(known, _)| *known == key).map(|(_, group)| (*group).to_owned()),
        "options.extras_require" => Some(key.to_owned()),
        _ => None,
    }
}

pub(super) fn program(text: &str, list: &mut List) -> Result<(), ManifestError> {
    let tree = SyntaxTree::parse(Language::Python, text, &Limits::default())
        .map_err(|why| ManifestError::new(text, 0, why.to_string()))?;
    for call in tree.nodes().filter(|node| node.kind() == "call") {
        let function = call.field("function").map_or("", |function| function.text(text));
        if function != "setup" && !function.ends_with(".setup") {
            continue;
        }
        let arguments = call.field("arguments").into_iter().flat_map(Node::children).filter(|child| child.is_named());
        for argument in arguments {
            self::argument(argument, text, list)?;
        }
    }
    Ok(())
}

fn argument(argument: Node<'_>, text: &str, list: &mut List) -> Result<(), ManifestError> {
    if argument.kind() == "dictionary_splat" {
        return Err(untold(argument, text));
    }
    let (Some(name), Some(value)) = (argument.field("name"), argument.field("value")) else { return Ok(()) };
    let name = name.text(text);
    if let Some((_, group)) = KEYS.iter().find(|(key, _)| *key == name) {
        return names(value, group, text, list);
    }
    if name != EXTRAS {
        return Ok(());
    }
    if value.kind() != "dictionary" {
        return Err(untold(value, text));
    }
    for pair in value.children().filter(|child| child.is_named() && child.kind() != "comment") {
        let (Some(key), Some(value)) = (pair.field("key"), pair.field("value")) else { return Err(untold(pair, text)) };
        names(value, plain(key, text).unwrap_or("extra"), text, list)?;
    }
    Ok(())
}

/// A list or tuple of plain texts, or one text with a line for each.
fn names(value: Node<'_>, group: &str, text: &str, list: &mut List) -> Result<(), ManifestError> {
    let items: Vec<Node<'_>> = match value.kind() {
        "list" | "tuple" => value.children().filter(|child| child.is_named() && child.kind() != "comment").collect(),
        _ => vec![value],
    };
    for item in items {
        let written = plain(item, text).ok_or_else(|| untold(item, text))?;
        for (name, version) in written.lines().filter_map(specifier) {
            list.add(name, version, group, true, item.range());
        }
    }
    Ok(())
}

/// The text of a string that nothing is filled into.
fn plain<'t>(node: Node<'_>, text: &'t str) -> Option<&'t str> {
    if node.kind() != "string" || node.children().any(|child| child.kind() == "interpolation") {
        return None;
    }
    let written = text.get(node.range())?.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let quotes = ["\"\"\"", "'''", "\"", "'"];
    quotes.iter().find_map(|quote| written.strip_prefix(quote)?.strip_suffix(quote))
}

fn untold(node: Node<'_>, text: &str) -> ManifestError {
    let message = "this program works out what it depends on, and it is not run to find out; write plain lists, or use pyproject.toml";
    ManifestError::new(text, node.range().start, message)
}
