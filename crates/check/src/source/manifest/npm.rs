//! `package.json` and `package-lock.json`.

use super::List;
use super::tree::Node;
use std::collections::HashMap;

pub(super) const SECTIONS: &[(&str, &str)] = &[
    ("dependencies", "normal"),
    ("devDependencies", "dev"),
    ("optionalDependencies", "optional"),
    ("peerDependencies", "peer"),
];

pub(super) fn manifest(root: &Node, list: &mut List) {
    for (section, group) in SECTIONS {
        for (key, value) in root.get(section).map(Node::entries).unwrap_or_default() {
            let written = value.text();
            let (name, version) = match written.and_then(alias) {
                Some((name, version)) => (name, version),
                None => (key.text.as_str(), written),
            };
            list.add(name, version, group, true, key.range.clone());
        }
    }
}

/// `npm:name@version`: the real name and its version.
pub(super) fn alias(written: &str) -> Option<(&str, Option<&str>)> {
    Some(name_and_version(written.strip_prefix("npm:")?))
}

/// `name@version`, where the name may begin with `@` itself.
pub(super) fn name_and_version(text: &str) -> (&str, Option<&str>) {
    let start = usize::from(text.starts_with('@'));
    match text.get(start..).and_then(|rest| rest.find('@')) {
        Some(at) => (&text[..start + at], Some(&text[start + at + 1..])),
        None => (text, None),
    }
}

pub(super) fn lock(root: &Node, list: &mut List) {
    list.locked = true;
    match root.get("packages") {
        Some(packages) => packages_by_place(packages, list),
        None => nested(root, list),
    }
}

/// Versions 2 and 3: a package for each place under `node_modules`, the project's own packages beside them.
fn packages_by_place(packages: &Node, list: &mut List) {
    const INSTALLED: &str = "node_modules/";
    let mut direct: HashMap<String, &str> = HashMap::new();
    for (place, package) in packages.entries().iter().filter(|(place, _)| !place.text.contains(INSTALLED)) {
        let below = if place.text.is_empty() { String::new() } else { format!("{}/", place.text) };
        for (section, group) in SECTIONS {
            for (name, _) in package.get(section).map(Node::entries).unwrap_or_default() {
                // A member finds a package in its own folder first, then at the root.
                let own = format!("{below}{INSTALLED}{}", name.text);
                let found = if packages.get(&own).is_some() { own } else { format!("{INSTALLED}{}", name.text) };
                direct.entry(found).or_insert(group);
            }
        }
    }
    for (place, package) in packages.entries() {
        let Some((_, folder)) = place.text.rsplit_once(INSTALLED) else { continue };
        if package.is_true("link") {
            continue;
        }
        let name = package.text_at("name").unwrap_or(folder);
        let declared = direct.get(&place.text).copied();
        let group = declared.unwrap_or_else(|| flagged(package));
        list.add(name, package.text_at("version"), group, declared.is_some(), place.range.clone());
    }
}

fn flagged(package: &Node) -> &'static str {
    let flags = [("dev", "dev"), ("devOptional", "dev"), ("optional", "optional"), ("peer", "peer")];
    flags.iter().find(|(flag, _)| package.is_true(flag)).map_or("normal", |(_, group)| group)
}

/// Version 1: packages inside the packages that need their own copy. What is direct is not told.
fn nested(root: &Node, list: &mut List) {
    let mut waiting = vec![root];
    while let Some(owner) = waiting.pop() {
        for (key, package) in owner.get("dependencies").map(Node::entries).unwrap_or_default() {
            let version = package.text_at("version");
            let (name, version) = version.and_then(alias).unwrap_or((&key.text, version));
            list.add(name, version, flagged(package), false, key.range.clone());
            waiting.push(package);
        }
    }
}
