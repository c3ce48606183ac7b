//! `pnpm-lock.yaml`, versions 5, 6 and 9.

use super::npm::{SECTIONS, alias, name_and_version, overrides};
use super::tree::Node;
use super::{List, address};
use std::collections::HashMap;

/// `pnpm-workspace.yaml`: catalogs that members take versions from, and overrides.
pub(super) fn workspace(root: &Node, list: &mut List) {
    let named = root.get("catalogs").map(Node::entries).unwrap_or_default();
    for catalog in root.get("catalog").into_iter().chain(named.iter().map(|(_, catalog)| catalog)) {
        for (key, value) in catalog.entries() {
            let (name, version) = value.text().and_then(alias).unwrap_or((&key.text, value.text()));
            list.add(name, version, "workspace", true, key.range.clone());
        }
    }
    overrides(root.get("overrides"), list);
}

pub(super) fn lock(root: &Node, list: &mut List) {
    list.locked = true;
    let major =
        root.text_at("lockfileVersion").and_then(|version| version.split('.').next()?.parse().ok()).unwrap_or(9);
    let mut direct: HashMap<(String, String), &str> = HashMap::new();
    let members = root.get("importers").map(Node::entries).unwrap_or_default();
    for owner in std::iter::once(root).chain(members.iter().map(|(_, member)| member)) {
        for (section, group) in SECTIONS {
            for (name, value) in owner.get(section).map(Node::entries).unwrap_or_default() {
                let Some(version) = value.text().or_else(|| value.text_at("version")) else { continue };
                direct.entry(resolved(&name.text, version, major)).or_insert(group);
            }
        }
    }
    for (key, package) in root.get("packages").map(Node::entries).unwrap_or_default() {
        let (name, version) = parts(&key.text, major);
        let name = package.text_at("name").unwrap_or(name);
        let version = package.text_at("version").or(version);
        let declared = direct.get(&(name.to_owned(), version.unwrap_or_default().to_owned())).copied();
        let group = declared.unwrap_or(if package.is_true("dev") { "dev" } else { "normal" });
        list.add(name, version, group, declared.is_some(), key.range.clone());
        // Where the archive told its own name, that is it.
        let archive =
            package.path(&["resolution", "tarball"]).and_then(Node::text).filter(|_| package.get("name").is_none());
        if let Some(other) = archive.and_then(|archive| address::other(archive, name)) {
            list.add(other, version, group, declared.is_some(), key.range.clone());
        }
    }
}

/// The package that a member's entry stands for: under another name its version tells the real one.
fn resolved(name: &str, version: &str, major: u32) -> (String, String) {
    let renamed = version.starts_with('/') || (major >= 9 && version.split('(').next().unwrap_or("").contains('@'));
    let (name, version) = if renamed { parts(version, major) } else { (name, Some(exact(version, major))) };
    (name.to_owned(), version.unwrap_or_default().to_owned())
}

/// `/name/version_peers` in version 5, `/name@version(peers)` in 6, without the slash in 9.
fn parts(key: &str, major: u32) -> (&str, Option<&str>) {
    let key = key.strip_prefix('/').unwrap_or(key);
    if major >= 6 {
        return name_and_version(exact(key, major));
    }
    match key.rsplit_once('/') {
        Some((name, version)) => (name, Some(exact(version, major))),
        None => (key, None),
    }
}

/// Without the peers it was resolved with.
fn exact(version: &str, major: u32) -> &str {
    version.split(if major >= 6 { '(' } else { '_' }).next().unwrap_or(version)
}
