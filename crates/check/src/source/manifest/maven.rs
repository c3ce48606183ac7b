//! `pom.xml`: what the file itself says. Parents are not fetched, so that a version they manage is not known; of
//! properties those of the file itself are filled in.

use super::{List, ManifestError};
use roxmltree::{Document, Node};

pub(super) fn project(text: &str, list: &mut List) -> Result<(), ManifestError> {
    let document = Document::parse(text).map_err(|error| {
        let line = usize::try_from(error.pos().row).unwrap_or(1);
        ManifestError { line, message: error.to_string() }
    })?;
    let root = document.root_element();
    if let Some(parent) = child(root, "parent") {
        add(root, parent, "parent", None, list);
    }
    let profiles = child(root, "profiles").into_iter().flat_map(|profiles| children(profiles, "profile"));
    for owner in std::iter::once(root).chain(profiles) {
        dependencies(root, owner, None, list);
        if let Some(management) = child(owner, "dependencyManagement") {
            dependencies(root, management, Some("management"), list);
        }
        let Some(build) = child(owner, "build") else { continue };
        let managed = child(build, "pluginManagement");
        for plugins in [Some(build), managed].into_iter().flatten().filter_map(|owner| child(owner, "plugins")) {
            for plugin in children(plugins, "plugin") {
                add(root, plugin, "build", Some("org.apache.maven.plugins"), list);
                dependencies(root, plugin, Some("build"), list);
            }
        }
    }
    Ok(())
}

fn dependencies(root: Node<'_, '_>, owner: Node<'_, '_>, group: Option<&str>, list: &mut List) {
    for dependency in child(owner, "dependencies").into_iter().flat_map(|node| children(node, "dependency")) {
        let optional = said(dependency, "optional") == Some("true");
        let scope = match said(dependency, "scope") {
            _ if optional => "optional",
            None | Some("compile" | "runtime") => "normal",
            Some("test") => "dev",
            Some(scope) => scope,
        };
        add(root, dependency, group.unwrap_or(scope), None, list);
    }
}

fn add(root: Node<'_, '_>, node: Node<'_, '_>, group: &str, default_owner: Option<&str>, list: &mut List) {
    let Some(artifact) = child(node, "artifactId") else { return };
    let Some(owner) = said(node, "groupId").or(default_owner) else { return };
    let name = format!("{}:{}", filled(root, owner), filled(root, text(artifact).unwrap_or_default()));
    let version = said(node, "version").map(|version| filled(root, version));
    list.add(&name, version.as_deref(), group, true, node.range());
}

/// `${name}` from the file's own properties, once.
fn filled(root: Node<'_, '_>, written: &str) -> String {
    let mut filled = String::new();
    let mut rest = written;
    while let Some((before, from)) = rest.split_once("${") {
        filled.push_str(before);
        let Some((name, after)) = from.split_once('}') else {
            filled.push_str("${");
            rest = from;
            continue;
        };
        match property(root, name) {
            Some(value) => filled.push_str(value),
            None => filled.extend(["${", name, "}"]),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

fn property<'a>(root: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let own = ["project.", "pom."].iter().find_map(|prefix| name.strip_prefix(prefix));
    match own {
        Some(field @ ("version" | "groupId" | "artifactId")) => {
            said(root, field).or_else(|| said(child(root, "parent")?, field))
        }
        Some("parent.version") => said(child(root, "parent")?, "version"),
        Some("parent.groupId") => said(child(root, "parent")?, "groupId"),
        _ => said(child(root, "properties")?, name),
    }
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.is_element() && child.tag_name().name() == name)
}

fn said<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    text(child(node, name)?)
}

fn text<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.text().map(str::trim)
}
