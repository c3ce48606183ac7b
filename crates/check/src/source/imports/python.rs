//! Imports of Python. `from a import b` is the module `a.b` where there is one, else `a`.

use super::{File, Import, Target, below, folder};
use crate::source::tree::Node;
use std::collections::BTreeSet;

pub(super) fn imports(file: &File<'_>) -> Vec<Import> {
    let roots = roots(file);
    let mut found = Vec::new();
    for node in file.tree.nodes() {
        match node.kind() {
            "import_statement" => {
                for name in node.field_all("name").filter_map(dotted) {
                    let written = plain(name.text(file.text));
                    let target = absolute(&written, &roots, file);
                    found.push(Import { range: name.range(), written, target });
                }
            }
            "import_from_statement" => from(node, &roots, file, &mut found),
            _ => {}
        }
    }
    found
}

/// `a.b` of `a.b as c`.
fn dotted(name: Node<'_>) -> Option<Node<'_>> {
    if name.kind() == "aliased_import" { name.field("name") } else { Some(name) }
}

fn plain(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_whitespace() && *letter != '\\').collect()
}

/// Folders where an absolute name may begin: that of the package the file is in, sources kept apart, the file's own. A
/// package's folder is none, so that `import json` beside a `json.py` of the package is Python's.
fn roots(file: &File<'_>) -> Vec<String> {
    let mut top = file.folder();
    while !top.is_empty() && has_init(top, file) {
        top = folder(top);
    }
    let mut roots = vec![top.to_owned(), String::new(), "src".to_owned()];
    let ancestors = std::iter::successors(Some(file.folder()), |at| (!at.is_empty()).then(|| folder(at)));
    for ancestor in ancestors.filter(|ancestor| !has_init(ancestor, file)) {
        roots.extend([ancestor.to_owned(), below(ancestor, "src")]);
    }
    let mut seen = BTreeSet::new();
    roots.retain(|root| seen.insert(root.clone()));
    roots
}

fn has_init(folder: &str, file: &File<'_>) -> bool {
    ["__init__.py", "__init__.pyi"].iter().any(|name| file.project.has(&below(folder, name)))
}

fn from(node: Node<'_>, roots: &[String], file: &File<'_>, found: &mut Vec<Import>) {
    let Some(module) = node.field("module_name") else { return };
    let written = plain(module.text(file.text));
    let names: Vec<Node<'_>> = node.field_all("name").filter_map(dotted).collect();
    if names.is_empty() {
        let target = target(&written, None, roots, file);
        found.push(Import { range: module.range(), written, target });
        return;
    }
    for name in names {
        let member = plain(name.text(file.text));
        let target = target(&written, Some(&member), roots, file);
        let joint = if written.ends_with('.') { "" } else { "." };
        found.push(Import { range: name.range(), written: format!("{written}{joint}{member}"), target });
    }
}

fn target(module: &str, member: Option<&str>, roots: &[String], file: &File<'_>) -> Target {
    let name = module.trim_start_matches('.');
    let dots = module.len() - name.len();
    if dots == 0 {
        let whole = member.map_or_else(|| name.to_owned(), |member| format!("{name}.{member}"));
        return absolute(&whole, roots, file);
    }
    let mut start = file.folder();
    for _ in 1..dots {
        if start.is_empty() {
            return Target::Nowhere;
        }
        start = folder(start);
    }
    let path = below(start, &name.replace('.', "/"));
    let inner = member.and_then(|member| module_at(&below(&path, member), file));
    inner.or_else(|| module_at(&path, file)).unwrap_or(Target::Nowhere)
}

/// The longest part of a dotted name that is a module of the repository; what follows is an attribute.
fn absolute(name: &str, roots: &[String], file: &File<'_>) -> Target {
    let parts: Vec<&str> = name.split('.').collect();
    for length in (1..=parts.len()).rev() {
        let path = parts[..length].join("/");
        let mut places = roots.iter().map(|root| below(root, &path));
        if let Some(target) = places.find_map(|place| module_at(&place, file)) {
            return target;
        }
    }
    Target::Package(parts.first().copied().unwrap_or_default().to_owned())
}

fn module_at(path: &str, file: &File<'_>) -> Option<Target> {
    let endings = [".py", "/__init__.py", ".pyi", "/__init__.pyi"];
    endings.iter().find_map(|ending| {
        file.file(path.strip_suffix('/').map_or_else(|| format!("{path}{ending}"), str::to_owned).as_str())
    })
}
