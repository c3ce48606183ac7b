//! Imports of Rust: `use`, `mod`, `extern crate`, and paths in code that begin at a crate or a module.
//!
//! A module is found where cargo's custom puts it; `#[path]` is followed for the module it stands at. Code that macros
//! make is not seen, code given to them is.

use super::project::Crate;
use super::{File, Import, Target, below, folder, joined};
use crate::source::tree::Node;
use std::collections::BTreeSet;
use std::ops::Range;

/// Where a file stands in its crate.
struct Place<'a> {
    own: Option<&'a Crate>,
    root: String,
    module: Vec<String>,
}

pub(super) fn imports(file: &File<'_>) -> Vec<Import> {
    let reader = Reader { file, place: place(file) };
    let mut found = Vec::new();
    for node in file.tree.nodes() {
        match node.kind() {
            "use_declaration" => node.field("argument").into_iter().for_each(|tree| reader.used(tree, &mut found)),
            "mod_item" if node.field("body").is_none() => found.extend(reader.module(node)),
            "extern_crate_declaration" => found.extend(node.field("name").and_then(|name| reader.outer(name))),
            "scoped_identifier" | "scoped_type_identifier" => found.extend(reader.in_code(node)),
            "token_tree" => reader.in_macro(node, &mut found),
            _ => {}
        }
    }
    let mut seen = BTreeSet::new();
    found.retain(|import: &Import| seen.insert((import.range.start, import.range.end)));
    found
}

fn place<'a>(file: &File<'a>) -> Place<'a> {
    let own = file.project.crate_of(file.path);
    let base = own.map_or("", |own| own.folder.as_str());
    let custom = ["src/lib.rs", "src/main.rs", "build.rs"].map(|path| below(base, path));
    let mut roots: Vec<String> =
        own.into_iter().flat_map(|own| own.roots.iter().chain([&own.library])).cloned().collect();
    roots.extend(custom);
    roots.retain(|root| file.project.has(root) || root == file.path);
    let is_root = roots.iter().any(|root| root == file.path) || is_customary_root(file.path, base);
    if is_root {
        return Place { own, root: file.path.to_owned(), module: Vec::new() };
    }
    // The root whose folder is nearest above; a folder in `tests` or `src/bin` with a `main.rs` is a crate of its own.
    let above = std::iter::successors(Some(folder(file.path)), |at| (!at.is_empty()).then(|| folder(at)));
    for at in above {
        let mut here: Vec<String> = roots.iter().filter(|root| folder(root) == at).cloned().collect();
        here.extend(Some(below(at, "main.rs")).filter(|path| is_customary_root(path, base) && file.project.has(path)));
        if let Some(root) = here.into_iter().next() {
            let inside = file.path[at.len()..].trim_start_matches('/').trim_end_matches(".rs");
            let inside = inside.strip_suffix("/mod").unwrap_or(inside);
            return Place { own, root, module: inside.split('/').map(str::to_owned).collect() };
        }
    }
    Place { own, root: file.path.to_owned(), module: Vec::new() }
}

/// `src/bin/a.rs`, `tests/a.rs`, `tests/a/main.rs` and their like.
fn is_customary_root(path: &str, base: &str) -> bool {
    let inside = path[base.len().min(path.len())..].trim_start_matches('/');
    ["src/bin/", "tests/", "examples/", "benches/"].iter().any(|start| {
        inside
            .strip_prefix(start)
            .is_some_and(|rest| !rest.contains('/') || (rest.ends_with("/main.rs") && rest.matches('/').count() == 1))
    })
}

struct Reader<'f, 'a> {
    file: &'f File<'a>,
    place: Place<'a>,
}

impl Reader<'_, '_> {
    /// Every leaf of a `use` tree. What is around a leaf is taken from the tree, so that depth costs nothing here.
    fn used(&self, tree: Node<'_>, found: &mut Vec<Import>) {
        for node in tree.with_descendants() {
            let Some(parent) = node.parent() else { continue };
            let is_leaf = match node.kind() {
                "identifier" | "scoped_identifier" | "crate" | "self" | "super" => {
                    matches!(parent.kind(), "use_declaration" | "use_list" | "use_wildcard")
                        || (parent.kind() == "use_as_clause"
                            && parent.field("path").is_some_and(|path| path.index() == node.index()))
                }
                _ => false,
            };
            if is_leaf {
                let mut segments = self.around(node, tree);
                // `self` in a list is the list's own path.
                if node.kind() != "self" || segments.is_empty() {
                    segments.extend(segments_of(node.text(self.file.text)));
                }
                found.extend(self.import(node.range(), &segments, &self.modules(node), true));
            }
        }
    }

    /// The paths of the lists that a leaf stands in.
    fn around(&self, leaf: Node<'_>, tree: Node<'_>) -> Vec<String> {
        let lists = leaf.ancestors().take_while(|above| above.index() >= tree.index());
        let mut paths: Vec<Vec<String>> = lists
            .filter(|above| above.kind() == "scoped_use_list")
            .filter_map(|list| list.field("path"))
            .map(|path| segments_of(path.text(self.file.text)))
            .collect();
        paths.reverse();
        paths.into_iter().flatten().collect()
    }

    fn module(&self, node: Node<'_>) -> Option<Import> {
        let name = node.field("name")?;
        let written = unraw(name.text(self.file.text)).to_owned();
        let target = match self.written_path(node) {
            Some(path) => path,
            None => {
                let mut modules = self.modules(node);
                modules.push(written.clone());
                self.exactly(&self.place.root, &modules).unwrap_or(Target::Nowhere)
            }
        };
        Some(Import { range: name.range(), written, target })
    }

    /// What `#[path = "…"]` before a module says.
    fn written_path(&self, module: Node<'_>) -> Option<Target> {
        let before = std::iter::successors(module.previous(), |node| node.previous());
        let mut attributes =
            before.take_while(|node| matches!(node.kind(), "attribute_item" | "line_comment" | "block_comment"));
        let path = attributes.find_map(|node| {
            let attribute = node.text(self.file.text).strip_prefix("#[")?.trim_start().strip_prefix("path")?;
            attribute.split('"').nth(1).map(str::to_owned)
        })?;
        Some(joined(self.file.folder(), &path).and_then(|path| self.file.file(&path)).unwrap_or(Target::Nowhere))
    }

    fn outer(&self, name: Node<'_>) -> Option<Import> {
        let segments = [unraw(name.text(self.file.text)).to_owned()];
        self.import(name.range(), &segments, &[], true)
    }

    /// A path in code. A crate from elsewhere is not reported again at every use.
    fn in_code(&self, node: Node<'_>) -> Option<Import> {
        let mut above = node.ancestors();
        let is_inner = above.next().is_some_and(|parent| {
            matches!(parent.kind(), "scoped_identifier" | "scoped_type_identifier" | "scoped_use_list")
        });
        let is_use = node
            .ancestors()
            .take(64)
            .any(|one| matches!(one.kind(), "use_declaration" | "visibility_modifier" | "use_list"));
        if is_inner || is_use {
            return None;
        }
        let text = node.text(self.file.text);
        let plain = text.split('<').next().unwrap_or(text).trim_end_matches("::");
        let segments = segments_of(plain);
        let range = node.range().start..node.range().start + plain.len();
        self.import(range, &segments, &self.modules(node), false)
    }

    /// Macros see tokens, not paths: names joined by `::` are taken for one.
    fn in_macro(&self, tree: Node<'_>, found: &mut Vec<Import>) {
        let is_name = |node: Node<'_>| matches!(node.kind(), "identifier" | "crate" | "self" | "super");
        let mut path: Option<(Range<usize>, Vec<String>)> = None;
        let mut joins = false;
        for token in tree.children() {
            let text = token.text(self.file.text);
            match &mut path {
                Some((range, segments)) if joins && is_name(token) => {
                    range.end = token.range().end;
                    segments.push(unraw(text).to_owned());
                }
                Some(_) if text == "::" => {}
                path => {
                    let done =
                        std::mem::replace(path, is_name(token).then(|| (token.range(), vec![unraw(text).to_owned()])));
                    found.extend(done.and_then(|done| self.of_macro(done, tree)));
                }
            }
            joins = text == "::";
        }
        found.extend(path.and_then(|done| self.of_macro(done, tree)));
    }

    fn of_macro(&self, (range, segments): (Range<usize>, Vec<String>), tree: Node<'_>) -> Option<Import> {
        if segments.len() < 2 { None } else { self.import(range, &segments, &self.modules(tree), false) }
    }

    /// The module a node stands in: that of the file and those written around it.
    fn modules(&self, node: Node<'_>) -> Vec<String> {
        let mut inner: Vec<String> = node
            .ancestors()
            .filter(|above| above.kind() == "mod_item")
            .filter_map(|module| Some(unraw(module.field("name")?.text(self.file.text)).to_owned()))
            .collect();
        inner.reverse();
        self.place.module.iter().cloned().chain(inner).collect()
    }

    fn import(&self, range: Range<usize>, segments: &[String], module: &[String], is_use: bool) -> Option<Import> {
        let target = self.resolved(segments, module, is_use)?;
        let is_self = matches!(&target, Target::Files(files) if files.iter().all(|path| path == self.file.path));
        (!is_self).then(|| Import { range, written: segments.join("::"), target })
    }

    fn resolved(&self, segments: &[String], module: &[String], is_use: bool) -> Option<Target> {
        let (head, rest) = segments.split_first()?;
        let own_root = self.place.root.as_str();
        match head.as_str() {
            "crate" | "$crate" => return Some(self.longest(own_root, rest)),
            "self" | "super" => {
                let ups = segments.iter().take_while(|segment| *segment == "super" || *segment == "self");
                let ups = ups.filter(|segment| *segment == "super").count();
                let from = module.len().checked_sub(ups)?;
                let rest = segments.iter().skip_while(|segment| *segment == "super" || *segment == "self");
                let path: Vec<String> = module[..from].iter().chain(rest).cloned().collect();
                return Some(self.longest(own_root, &path));
            }
            _ => {}
        }
        let child: Vec<String> = module.iter().chain([head]).cloned().collect();
        if !head.is_empty() && self.exactly(own_root, &child).is_some() {
            let path: Vec<String> = child.into_iter().chain(rest.iter().cloned()).collect();
            return Some(self.longest(own_root, &path));
        }
        let (head, rest) = if head.is_empty() { rest.split_first()? } else { (head, rest) };
        if let Some(other) = self.file.project.crate_named(head, self.place.own) {
            return Some(self.longest(&other.library, rest));
        }
        let declared = self.place.own.is_some_and(|own| own.dependencies.contains(head));
        let is_crate = declared || matches!(head.as_str(), "std" | "core" | "alloc");
        let may_be = is_use && segments.len() > 1 && head.starts_with(|letter: char| letter.is_ascii_lowercase());
        (is_use && (is_crate || may_be)).then(|| Target::Package(head.clone()))
    }

    /// The file of the innermost module on a path; what follows are its items.
    fn longest(&self, root: &str, path: &[String]) -> Target {
        let mut inner = (0..=path.len()).rev();
        inner.find_map(|length| self.exactly(root, &path[..length])).unwrap_or(Target::Nowhere)
    }

    fn exactly(&self, root: &str, module: &[String]) -> Option<Target> {
        if module.is_empty() {
            return self.file.file(root);
        }
        let path = below(folder(root), &module.join("/"));
        let places = [format!("{path}.rs"), format!("{path}/mod.rs")];
        places.iter().find_map(|place| self.file.file(place))
    }
}

/// `a::b` as `a`, `b`; a leading `::` is an empty first.
fn segments_of(path: &str) -> Vec<String> {
    path.split("::").map(|segment| unraw(segment.trim()).to_owned()).collect()
}

fn unraw(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}
