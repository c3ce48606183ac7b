//! `pyproject.toml`, requirements files, `poetry.lock` and `uv.lock`.

use super::tree::{Key, Node};
use super::{List, Manifest, ManifestError, address};
use std::collections::HashMap;
use std::ops::Range;

pub(super) fn project(root: &Node, list: &mut List) {
    let at = |keys: &[&str]| root.path(keys);
    for (keys, group) in [
        (["project", "dependencies"].as_slice(), "normal"),
        (["build-system", "requires"].as_slice(), "build"),
        (["tool", "uv", "dev-dependencies"].as_slice(), "dev"),
    ] {
        at(keys).into_iter().for_each(|node| specifiers(node, group, list));
    }
    for keys in [
        ["project", "optional-dependencies"].as_slice(),
        ["dependency-groups"].as_slice(),
        ["tool", "pdm", "dev-dependencies"].as_slice(),
    ] {
        for (group, node) in at(keys).map(Node::entries).unwrap_or_default() {
            specifiers(node, &group.text, list);
        }
    }
    for item in at(&["tool", "uv", "override-dependencies"]).map(Node::items).unwrap_or_default() {
        if let Some((name, version)) = item.text().and_then(specifier) {
            list.add(name, version, "override", false, item.range.clone());
        }
    }
    let Some(poetry) = at(&["tool", "poetry"]) else { return };
    for (key, group) in [("dependencies", "normal"), ("dev-dependencies", "dev")] {
        poetry.get(key).into_iter().for_each(|table| poetry_table(table, group, list));
    }
    for (group, node) in poetry.get("group").map(Node::entries).unwrap_or_default() {
        node.get("dependencies").into_iter().for_each(|table| poetry_table(table, &group.text, list));
    }
}

fn specifiers(node: &Node, group: &str, list: &mut List) {
    for item in node.items() {
        if let Some((name, version)) = item.text().and_then(specifier) {
            list.add(name, version, group, true, item.range.clone());
        }
    }
}

fn poetry_table(table: &Node, group: &str, list: &mut List) {
    for (key, value) in table.entries().iter().filter(|(key, _)| key.text != "python") {
        // One package may have several entries, for different platforms.
        let several = value.items();
        for one in if several.is_empty() { std::slice::from_ref(value) } else { several } {
            poetry_entry(key, one, group, list);
        }
    }
}

fn poetry_entry(key: &Key, value: &Node, group: &str, list: &mut List) {
    let version = value.text().or_else(|| value.text_at("version"));
    let group = if group == "normal" && value.is_true("optional") { "optional" } else { group };
    list.add(&key.text, version, group, true, key.range.clone());
}

/// PEP 508 as far as a name and what is asked of its version: `name[extras] (>=1) ; marker`, `name @ address`.
pub(super) fn specifier(text: &str) -> Option<(&str, Option<&str>)> {
    let text = text.trim();
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let end = text.find(|letter| !is_name(letter)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if !name.starts_with(|letter: char| letter.is_ascii_alphanumeric())
        || rest.trim_start().starts_with([':', '/', '\\'])
    {
        return None;
    }
    let rest = rest.trim_start();
    let rest = match rest.strip_prefix('[') {
        Some(extras) => extras.split_once(']').map_or("", |(_, rest)| rest),
        None => rest,
    };
    let version = if rest.trim_start().starts_with('@') { rest } else { rest.split(';').next().unwrap_or(rest) };
    let version = version.trim().trim_start_matches('(').trim_end_matches(')').trim();
    Some((name, (!version.is_empty()).then_some(version)))
}

// ---- requirements files -------------------------------------------------------------------------------------------------

/// Fails at a file that is taken in and that nobody would read as one of its kind: what it names would be unseen.
pub(super) fn requirements(text: &str, list: &mut List) -> Result<(), ManifestError> {
    packages(text, ("normal", true), list)
}

/// What pip may install and in which version, if something else asks for it.
pub(super) fn constraints(text: &str, list: &mut List) -> Result<(), ManifestError> {
    packages(text, ("override", false), list)
}

fn packages(text: &str, (group, direct): (&str, bool), list: &mut List) -> Result<(), ManifestError> {
    for (line, range) in logical_lines(text) {
        let line = line.trim();
        if let Some((_, other)) = taken_in(line).into_iter().find(|(kind, other)| !is_read_as(*kind, other)) {
            let message = format!("it takes in `{other}`, which is not called like a file of its kind and is not read");
            return Err(ManifestError::new(text, range.start, message));
        }
        let wanted = ["-e ", "--editable ", "--editable="].iter().find_map(|option| line.strip_prefix(option));
        let line = wanted.unwrap_or(line);
        // Other options name files, indexes and hashes.
        if line.starts_with('-') || line.is_empty() {
            continue;
        }
        let line = line.split(" --").next().unwrap_or(line);
        let named = line
            .split_once("#egg=")
            .map(|(address, name)| (name.split(['&', '[']).next().unwrap_or(name), Some(address)));
        let by_address = || address::name(line).filter(|_| !line.contains(" @ ")).map(|name| (name, Some(line)));
        let found = named
            .or_else(by_address)
            .or_else(|| specifier(line).filter(|_| !line.contains("://") || line.contains(" @ ")));
        if let Some((name, version)) = found {
            list.add(name, version, group, direct, range);
        }
    }
    Ok(())
}

/// Options that take in a file, the least of the second that pip takes for it, and what the file is read as.
const TAKING_IN: [(&str, &str, &str, Manifest); 2] = [
    ("-r", "--requirement", "--requirem", Manifest::Requirements),
    ("-c", "--constraint", "--cons", Manifest::Constraints),
];

/// Files of `-r other.txt` and `-c other.txt`, which may stand behind other options.
fn taken_in(line: &str) -> Vec<(Manifest, &str)> {
    let options = if line.starts_with('-') { Some(0) } else { line.find(" -") };
    let mut words = options.map_or("", |at| &line[at..]).split_whitespace();
    let mut found = Vec::new();
    while let Some(word) = words.next() {
        let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
        for (short, long, least, kind) in TAKING_IN {
            let value = if long.starts_with(name) && name.len() >= least.len() {
                value
            } else if let Some(rest) = word.strip_prefix(short) {
                Some(rest.trim_start_matches('='))
            } else {
                continue;
            };
            let file = value.filter(|value| !value.is_empty()).or_else(|| words.next());
            found.extend(file.map(|file| (kind, file.trim_matches(['"', '\'']))));
            break;
        }
    }
    found
}

/// Whether a file that is taken in is looked at by itself.
fn is_read_as(kind: Manifest, file: &str) -> bool {
    let is_elsewhere = file.contains("://") || file.starts_with('/') || file.contains("${");
    let found = Manifest::of(file).filter(|_| !is_elsewhere);
    // What is only called so names no less.
    found == Some(kind) || (kind == Manifest::Constraints && found == Some(Manifest::Requirements))
}

/// Files that a requirements file takes in, as it writes them.
pub(super) fn all_taken_in(text: &str) -> Vec<String> {
    let files = |(line, _): &(String, _)| {
        taken_in(line.trim()).into_iter().map(|(_, file)| file.to_owned()).collect::<Vec<_>>()
    };
    logical_lines(text).iter().flat_map(files).collect()
}

/// `Pipfile`: tables of names with versions or more.
pub(super) fn pipfile(root: &Node, list: &mut List) {
    let is_settings = |name: &str| matches!(name, "source" | "requires" | "scripts" | "pipenv");
    for (table, names) in root.entries().iter().filter(|(table, _)| !is_settings(&table.text)) {
        let group = match table.text.as_str() {
            "packages" => "normal",
            "dev-packages" => "dev",
            other => other,
        };
        for (key, value) in names.entries() {
            poetry_entry(key, value, group, list);
        }
    }
}

pub(super) fn pipfile_lock(root: &Node, list: &mut List) {
    list.locked = true;
    for (table, group) in [("default", "normal"), ("develop", "dev")] {
        for (key, package) in root.get(table).map(Node::entries).unwrap_or_default() {
            list.add(&key.text, package.text_at("version"), group, false, key.range.clone());
        }
    }
}

/// Lines without comments, joined where a `\` ends them, with their bytes.
fn logical_lines(text: &str) -> Vec<(String, Range<usize>)> {
    let mut lines: Vec<(String, Range<usize>)> = Vec::new();
    let mut continued = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        let comment = if line.starts_with('#') { Some(0) } else { line.find(" #").or_else(|| line.find("\t#")) };
        let content = &line[..comment.unwrap_or(line.len())];
        let joined = content.strip_suffix('\\');
        let content = joined.unwrap_or(content);
        match lines.last_mut() {
            Some((before, _)) if continued => before.push_str(content),
            _ => {
                let indent = content.len() - content.trim_start().len();
                lines.push((content.to_owned(), start + indent..start + content.trim_end().len().max(indent)));
            }
        }
        continued = joined.is_some();
    }
    lines
}

// ---- lock files ---------------------------------------------------------------------------------------------------------

pub(super) fn poetry_lock(root: &Node, list: &mut List) {
    list.locked = true;
    for package in root.get("package").map(Node::items).unwrap_or_default() {
        let Some(name) = package.get("name") else { continue };
        let groups = package.get("groups").map(Node::items).unwrap_or_default();
        let stated = groups.first().and_then(Node::text).or_else(|| package.text_at("category"));
        let group = match stated {
            None | Some("main") => "normal",
            Some(group) => group,
        };
        list.add(name.text().unwrap_or_default(), package.text_at("version"), group, false, name.range.clone());
    }
}

/// What is not from a registry or an address is the project's own; what that names is direct.
pub(super) fn uv_lock(root: &Node, list: &mut List) {
    list.locked = true;
    let packages = root.get("package").map(Node::items).unwrap_or_default();
    let is_own = |package: &&Node| {
        ["editable", "virtual", "directory"].iter().any(|key| package.path(&["source", key]).is_some())
    };
    let mut direct: HashMap<&str, &str> = HashMap::new();
    for package in packages.iter().filter(is_own) {
        for item in package.get("dependencies").map(Node::items).unwrap_or_default() {
            direct.entry(item.text_at("name").unwrap_or_default()).or_insert("normal");
        }
        for key in ["optional-dependencies", "dev-dependencies"] {
            for (group, items) in package.get(key).map(Node::entries).unwrap_or_default() {
                for item in items.items() {
                    direct.entry(item.text_at("name").unwrap_or_default()).or_insert(&group.text);
                }
            }
        }
    }
    for package in packages.iter().filter(|package| !is_own(package)) {
        let Some(name) = package.get("name") else { continue };
        let text = name.text().unwrap_or_default();
        let declared = direct.get(text).copied();
        list.add(
            text,
            package.text_at("version"),
            declared.unwrap_or("normal"),
            declared.is_some(),
            name.range.clone(),
        );
    }
}
