//! `Cargo.toml`, `Cargo.lock` and `.cargo/config.toml`.

use super::tree::Node;
use super::{List, ManifestError};
use std::collections::HashSet;

const TABLES: &[(&str, &str)] = &[
    ("dependencies", "normal"),
    ("dev-dependencies", "dev"),
    ("dev_dependencies", "dev"),
    ("build-dependencies", "build"),
    ("build_dependencies", "build"),
];

pub(super) fn manifest(root: &Node, list: &mut List) {
    let targets = root.get("target").map(Node::entries).unwrap_or_default();
    for owner in std::iter::once(root).chain(targets.iter().map(|(_, target)| target)) {
        for (key, group) in TABLES {
            owner.get(key).into_iter().for_each(|table| dependencies(table, group, list));
        }
    }
    if let Some(table) = root.path(&["workspace", "dependencies"]) {
        dependencies(table, "workspace", list);
    }
    patches(root, list);
    for (key, value) in root.get("replace").map(Node::entries).unwrap_or_default() {
        let name = key.text.split([':', '@']).next().unwrap_or(&key.text);
        let name = value.text_at("package").unwrap_or(name);
        list.add(name, None, "patch", true, key.range.clone());
    }
}

fn patches(root: &Node, list: &mut List) {
    for (_, registry) in root.get("patch").map(Node::entries).unwrap_or_default() {
        dependencies(registry, "patch", list);
    }
}

/// What stands in for packages without the manifest saying so.
///
/// Fails where folders do: cargo looks into them for the names.
pub(super) fn configuration(root: &Node, text: &str, list: &mut List) -> Result<(), ManifestError> {
    patches(root, list);
    let told = |node: &Node, what: &str| Err(ManifestError::new(text, node.range.start, what));
    match (root.get("paths"), root.get("include")) {
        (Some(node), _) if !node.items().is_empty() => {
            told(node, "`paths` puts folders in the place of packages, and which they are is not said here")
        }
        (_, Some(node)) => told(node, "`include` takes in files that are not read"),
        _ => Ok(()),
    }
}

fn dependencies(table: &Node, group: &str, list: &mut List) {
    for (key, value) in table.entries() {
        let name = value.text_at("package").unwrap_or(&key.text);
        let version = value.text().or_else(|| value.text_at("version"));
        let group = if group == "normal" && value.is_true("optional") { "optional" } else { group };
        list.add(name, version, group, true, key.range.clone());
    }
}

/// What has no source is the project's own; what that names is direct.
pub(super) fn lock(root: &Node, list: &mut List) {
    list.locked = true;
    let packages = root.get("package").map(Node::items).unwrap_or_default();
    let own = packages.iter().filter(|package| package.get("source").is_none());
    let named = own.filter_map(|package| package.get("dependencies")).flat_map(Node::items).filter_map(Node::text);
    let named: HashSet<(&str, Option<&str>)> = named
        .map(|entry| {
            let mut words = entry.split(' ');
            (words.next().unwrap_or(entry), words.next())
        })
        .collect();
    for package in packages.iter().filter(|package| package.get("source").is_some()) {
        let Some(name) = package.get("name") else { continue };
        let (Some(text), version) = (name.text(), package.text_at("version")) else { continue };
        let direct = named.contains(&(text, None)) || named.contains(&(text, version));
        list.add(text, version, "normal", direct, name.range.clone());
    }
}
