//! `package.json` and `package-lock.json`.

use super::tree::{Key, Node};
use super::{List, address};
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
            entry(key, &key.text, value.text(), group, list);
        }
    }
    overrides(root.get("overrides"), list);
    overrides(root.path(&["pnpm", "overrides"]), list);
    for (key, value) in root.get("resolutions").map(Node::entries).unwrap_or_default() {
        stands_in(key, value, list);
    }
}

/// A name with what is wanted of it: a version, another package under this name, an address that tells a name of its own.
fn entry(key: &Key, name: &str, written: Option<&str>, group: &str, list: &mut List) {
    let (name, version) = written.and_then(alias).unwrap_or((name, written));
    list.add(name, version, group, true, key.range.clone());
    if let Some(other) = written.and_then(address::name).filter(|other| *other != name) {
        list.add(other, written, group, true, key.range.clone());
    }
}

/// npm nests what stands in by where it does; `.` is the package itself.
pub(super) fn overrides(table: Option<&Node>, list: &mut List) {
    for (key, value) in table.map(Node::entries).unwrap_or_default() {
        if value.entries().is_empty() {
            stands_in(key, value, list);
        } else {
            overrides(Some(value), list);
        }
    }
}

/// What stands in for a package somewhere below: under its own name it is no dependency of the project itself.
fn stands_in(key: &Key, value: &Node, list: &mut List) {
    let Some(written) = value.text().filter(|written| !written.starts_with('$')) else { return };
    let last = key.text.rsplit('>').next().unwrap_or(&key.text).trim();
    let asked = last
        .match_indices('/')
        .rev()
        .map(|(at, _)| at)
        .find(|at| !last[..*at].rsplit('/').next().unwrap_or("").starts_with('@'));
    let (own, _) = name_and_version(asked.map_or(last, |at| &last[at + 1..]));
    let real = alias(written).map(|(name, _)| name).or_else(|| address::name(written));
    match real.filter(|real| *real != own) {
        Some(real) => list.add(real, Some(written), "override", true, key.range.clone()),
        None => list.add(own, Some(written), "override", false, key.range.clone()),
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
    let mut direct: HashMap<String, (&str, bool)> = HashMap::new();
    for (place, package) in packages.entries().iter().filter(|(place, _)| !place.text.contains(INSTALLED)) {
        let below = if place.text.is_empty() { String::new() } else { format!("{}/", place.text) };
        for (section, group) in SECTIONS {
            for (name, wanted) in package.get(section).map(Node::entries).unwrap_or_default() {
                // A member finds a package in its own folder first, then at the root.
                let own = format!("{below}{INSTALLED}{}", name.text);
                let found = if packages.get(&own).is_some() { own } else { format!("{INSTALLED}{}", name.text) };
                let is_plain = wanted.text().is_none_or(|wanted| alias(wanted).is_some());
                direct.entry(found).or_insert((group, is_plain));
            }
        }
    }
    for (place, package) in packages.entries() {
        let Some((_, folder)) = place.text.rsplit_once(INSTALLED) else { continue };
        if package.is_true("link") {
            continue;
        }
        let name = package.text_at("name").unwrap_or(folder);
        let (version, declared) = (package.text_at("version"), direct.get(&place.text).copied());
        match declared {
            // An alias tells its name in the manifest.
            Some((group, false)) if name != folder => list.add_hidden(name, version, group, place.range.clone()),
            Some((group, _)) => list.add(name, version, group, true, place.range.clone()),
            None => list.add(name, version, flagged(package), false, place.range.clone()),
        }
        let archive = package.text_at("resolved").filter(|_| package.get("name").is_none());
        if let Some(other) = archive.and_then(|archive| address::other(archive, name)) {
            let group = declared.map_or_else(|| flagged(package), |(group, _)| group);
            list.add(other, version, group, declared.is_some(), place.range.clone());
        }
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
