//! Imports of JavaScript and TypeScript, and of components that carry scripts.

use super::project::is_below;
use super::{File, Import, Target, below, joined};
use crate::source::tree::Node;

/// Endings that an import may leave out, in the order in which TypeScript looks.
const ENDINGS: &[&str] = &[
    ".ts",
    ".tsx",
    ".d.ts",
    ".mts",
    ".cts",
    ".js",
    ".jsx",
    ".mjs",
    ".cjs",
    ".json",
    ".svelte",
    ".vue",
    ".svelte.ts",
    ".svelte.js",
];

/// Endings that an import names for what is written in TypeScript.
const COMPILED: &[(&str, &[&str])] = &[
    (".js", &[".ts", ".tsx", ".d.ts"]),
    (".jsx", &[".tsx"]),
    (".mjs", &[".mts", ".d.mts"]),
    (".cjs", &[".cts", ".d.cts"]),
];

/// A component's scripts in their places, everything else blanked. `None` for a file that is a script itself.
pub(super) fn of_component(path: &str, text: &str) -> Option<String> {
    if path.ends_with(".astro") {
        let start = text.strip_prefix("---").map(|_| 3)?;
        let end = text[start..].find("\n---").map_or(text.len(), |at| start + at);
        return Some(keep(text, std::slice::from_ref(&(start..end))));
    }
    if !path.ends_with(".svelte") && !path.ends_with(".vue") {
        return None;
    }
    let mut scripts = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("<script").map(|found| at + found) {
        let Some(open) = text[start..].find('>').map(|found| start + found + 1) else { break };
        let end = text[open..].find("</script").map_or(text.len(), |found| open + found);
        scripts.push(open..end);
        at = end;
    }
    Some(keep(text, &scripts))
}

fn keep(text: &str, parts: &[std::ops::Range<usize>]) -> String {
    let kept = |at: usize| parts.iter().any(|part| part.contains(&at));
    let mut script = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        if letter == '\n' || kept(at) {
            script.push(letter);
        } else {
            script.extend(std::iter::repeat_n(' ', letter.len_utf8()));
        }
    }
    script
}

pub(super) fn imports(file: &File<'_>) -> Vec<Import> {
    let found = file.tree.nodes().filter_map(|node| {
        let source = match node.kind() {
            "import_statement" | "export_statement" | "import_require_clause" => node.field("source")?,
            "call_expression" => called(node, file.text)?,
            _ => return None,
        };
        let written = unquoted(source.text(file.text))?;
        Some(Import { range: source.range(), written: written.to_owned(), target: resolved(written, file) })
    });
    found.collect()
}

/// The text given to `import()` or `require()`.
fn called<'t>(call: Node<'t>, text: &str) -> Option<Node<'t>> {
    let function = call.field("function")?;
    let imports = function.kind() == "import" || matches!(function.text(text), "require" | "require.resolve");
    let argument = call.field("arguments")?.children().find(|child| child.is_named())?;
    // A template with something filled in is not known.
    let plain = matches!(argument.kind(), "string" | "template_string");
    let filled = argument.children().any(|child| child.kind() == "template_substitution");
    (imports && plain && !filled).then_some(argument)
}

fn unquoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|letter| matches!(letter, '"' | '\'' | '`'))?;
    text.strip_prefix(quote)?.strip_suffix(quote)
}

fn resolved(written: &str, file: &File<'_>) -> Target {
    let path = written.split(['?', '#']).next().filter(|path| !path.is_empty()).unwrap_or(written);
    if path.starts_with("./") || path.starts_with("../") || path == "." || path == ".." {
        return joined(file.folder(), path).and_then(|path| at(&path, file)).unwrap_or(Target::Nowhere);
    }
    if let Some(target) = aliased(path, file).or_else(|| own_package(path, file)) {
        return target;
    }
    if path.starts_with('/') {
        return at(path.trim_start_matches('/'), file).unwrap_or(Target::Nowhere);
    }
    Target::Package(package(path).to_owned())
}

/// The package's part of `@scope/name/inner/path`.
fn package(path: &str) -> &str {
    let parts = if path.starts_with('@') { 2 } else { 1 };
    path.match_indices('/').nth(parts - 1).map_or(path, |(at, _)| &path[..at])
}

/// A file, a file without its ending, or the index of a folder.
fn at(path: &str, file: &File<'_>) -> Option<Target> {
    if let Some(target) = file.file(path) {
        return Some(target);
    }
    for (compiled, written) in COMPILED {
        if let Some(stem) = path.strip_suffix(compiled) {
            let found = written.iter().find_map(|ending| file.file(&format!("{stem}{ending}")));
            if found.is_some() {
                return found;
            }
        }
    }
    let index = below(path, "index");
    [path, index.as_str()]
        .iter()
        .find_map(|stem| ENDINGS.iter().find_map(|ending| file.file(&format!("{stem}{ending}"))))
}

/// By `paths` and `baseUrl` of the nearest TypeScript configuration.
fn aliased(path: &str, file: &File<'_>) -> Option<Target> {
    let aliases = file.project.aliases.iter().find(|one| is_below(file.path, &one.folder))?;
    let mut matching: Vec<(usize, String)> = Vec::new();
    for (pattern, targets) in &aliases.paths {
        let (start, end) = pattern.split_once('*').unwrap_or((pattern, ""));
        let exact = !pattern.contains('*');
        let middle = path.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
        let Some(middle) = middle.filter(|middle| !exact || middle.is_empty()) else { continue };
        let weight = if exact { usize::MAX } else { start.len() };
        matching.extend(targets.iter().map(|target| (weight, target.replacen('*', middle, 1))));
    }
    // The longest beginning wins; targets of one pattern keep their order.
    matching.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let by_pattern = matching.iter().find_map(|(_, target)| at(target, file));
    let found = by_pattern.or_else(|| at(&below(aliases.base.as_deref()?, path), file));
    // A pattern such as `@us/*` may speak of published packages as well.
    let may_be_package = path.trim_start_matches('@').starts_with(|letter: char| letter.is_ascii_alphanumeric());
    found.or_else(|| (!matching.is_empty() && !may_be_package).then_some(Target::Nowhere))
}

/// By the name of a package of this repository.
fn own_package(path: &str, file: &File<'_>) -> Option<Target> {
    let name = package(path);
    let own = file.project.packages.iter().find(|own| own.name == name)?;
    let inner = path[name.len()..].trim_start_matches('/');
    let found = if inner.is_empty() {
        own.entries.iter().find_map(|entry| at(entry, file))
    } else {
        at(&below(&own.folder, inner), file).or_else(|| at(&below(&own.folder, &below("src", inner)), file))
    };
    // Its manifest stands for what a build puts in its place.
    Some(found.unwrap_or_else(|| Target::Files(vec![below(&own.folder, "package.json")])))
}
