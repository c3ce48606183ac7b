//! Imports of Java and Kotlin: a package is a folder below one of the roots. Names used in full without an import are
//! not seen.

use super::{File, Import, Target, below, folder};
use crate::source::tree::Node;
use std::collections::BTreeSet;

pub(super) fn imports(file: &File<'_>) -> Vec<Import> {
    let roots = roots(file);
    let nodes = file.tree.nodes().filter(|node| matches!(node.kind(), "import_declaration" | "import_header"));
    let found = nodes.filter_map(|node| {
        let name = node.children().find(|child| is_name(*child))?;
        let whole = node.children().any(|child| matches!(child.kind(), "asterisk" | "wildcard_import" | "*"));
        let written = plain(name.text(file.text));
        let target = resolved(&written, whole, &roots, file);
        let written = if whole { format!("{written}.*") } else { written };
        Some(Import { range: name.range(), written, target })
    });
    found.collect()
}

fn is_name(node: Node<'_>) -> bool {
    matches!(node.kind(), "identifier" | "scoped_identifier")
}

fn plain(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// Those of the project, and the one that this file's own package shows.
fn roots<'f>(file: &'f File<'_>) -> BTreeSet<&'f str> {
    let mut roots: BTreeSet<&str> = file.project.java_roots.iter().map(String::as_str).collect();
    let mut nodes = file.tree.nodes().filter(|node| matches!(node.kind(), "package_declaration" | "package_header"));
    let name = nodes.next().and_then(|node| node.children().find(|child| is_name(*child)));
    if let Some(name) = name {
        let package = plain(name.text(file.text)).replace('.', "/");
        let root = file.folder().strip_suffix(&package).map(|root| root.trim_end_matches('/'));
        roots.extend(root);
    }
    roots
}

fn resolved(name: &str, whole: bool, roots: &BTreeSet<&str>, file: &File<'_>) -> Target {
    let parts: Vec<&str> = name.split('.').collect();
    // What follows a class is a class in it or something static of it.
    for length in (1..=parts.len()).rev() {
        let path = parts[..length].join("/");
        for root in roots {
            let path = below(root, &path);
            for ending in ["java", "kt"] {
                if let Some(target) = file.file(&format!("{path}.{ending}")) {
                    return target;
                }
            }
        }
    }
    // `a.b.*`, or a name that a file of another name declares, as Kotlin's functions are.
    let package = if whole { name.replace('.', "/") } else { folder(&name.replace('.', "/")).to_owned() };
    let mut sources: BTreeSet<&String> = BTreeSet::new();
    for root in roots.iter().filter(|_| !package.is_empty()) {
        let in_package = file.project.in_folder(&below(root, &package));
        sources.extend(in_package.filter(|path| path.ends_with(".java") || path.ends_with(".kt")));
    }
    if !sources.is_empty() {
        return Target::Files(sources.into_iter().cloned().collect());
    }
    Target::Package(if whole {
        name.to_owned()
    } else {
        name.rsplit_once('.').map_or(name, |(package, _)| package).to_owned()
    })
}
