//! The repository as far as resolving an import needs it: its paths, and what manifests say about names.

use super::{below, folder, joined};
use crate::source::manifest::ManifestError;
use crate::source::manifest::tree::{self, Node};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Paths of a repository and what its manifests say.
#[derive(Debug, Clone, Default)]
pub struct Project {
    files: BTreeSet<String>,
    pub(super) crates: Vec<Crate>,
    pub(super) packages: Vec<Package>,
    pub(super) aliases: Vec<Aliases>,
    /// Path of a Go module and its folder.
    pub(super) modules: Vec<(String, String)>,
    /// Folders below which packages of Java and Kotlin begin.
    pub(super) java_roots: BTreeSet<String>,
    misread: Vec<Misread>,
}

/// A file that says where imports lead and that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    pub path: String,
    /// From 1.
    pub line: usize,
    pub why: String,
}

/// A package of cargo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Crate {
    pub(super) folder: String,
    /// As code names it.
    pub(super) name: String,
    package: String,
    pub(super) library: String,
    /// Files that the manifest makes roots of crates.
    pub(super) roots: Vec<String>,
    /// Names in code of packages that have another name.
    renamed: HashMap<String, String>,
    pub(super) dependencies: BTreeSet<String>,
}

/// A package of npm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) folder: String,
    /// Where an import of the bare name may begin, best first.
    pub(super) entries: Vec<String>,
}

/// `paths` and `baseUrl` of a TypeScript configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Aliases {
    pub(super) folder: String,
    /// Where names begin that are no relative path.
    pub(super) base: Option<String>,
    /// Pattern and what may stand for it, from the root of the repository.
    pub(super) paths: Vec<(String, Vec<String>)>,
    extends: Option<String>,
}

impl Project {
    /// Whether [`Project::new`] reads the text at this path.
    #[must_use]
    pub fn wants(path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_configuration = (name.starts_with("tsconfig") || name == "jsconfig.json") && name.ends_with(".json");
        matches!(name, "Cargo.toml" | "go.mod" | "package.json") || is_configuration
    }

    /// `paths` are all files of the repository with `/` between parts, `texts` those that [`Project::wants`]. What
    /// cannot be read is told by [`Project::misread`].
    #[must_use]
    pub fn new<'t>(
        paths: impl IntoIterator<Item = String>,
        texts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Self {
        let mut project = Self { files: paths.into_iter().collect(), ..Self::default() };
        let mut configurations = BTreeMap::new();
        for (path, text) in texts {
            let place = folder(path);
            match path.rsplit('/').next().unwrap_or(path) {
                "Cargo.toml" => {
                    let root = project.read(path, tree::toml(text));
                    project.crates.extend(root.and_then(|root| cargo(&root, place)));
                }
                "go.mod" => project.modules.extend(go_module(text).map(|module| (module, place.to_owned()))),
                "package.json" => {
                    let root = project.read(path, tree::json(text));
                    project.packages.extend(root.and_then(|root| npm(&root, place)));
                }
                _ => {
                    let root = project.read(path, tree::jsonc(text));
                    drop(root.map(|root| configurations.insert(path.to_owned(), aliases(&root, place))));
                }
            }
        }
        project.aliases = inherited(&configurations);
        project.java_roots = project.files.iter().filter_map(|path| java_root(path)).collect();
        // The innermost is found first.
        project.crates.sort_by_key(|one| std::cmp::Reverse(one.folder.len()));
        project.aliases.sort_by_key(|one| std::cmp::Reverse(one.folder.len()));
        project.modules.sort_by_key(|(module, _)| std::cmp::Reverse(module.len()));
        project.packages.sort_by_key(|one| std::cmp::Reverse(one.name.len()));
        project
    }

    fn read(&mut self, path: &str, read: Result<Node, ManifestError>) -> Option<Node> {
        let fault = |error: ManifestError| Misread { path: path.to_owned(), line: error.line, why: error.message };
        read.map_err(|error| self.misread.push(fault(error))).ok()
    }

    /// What could not be read although it says where imports lead, for files at or below its folder.
    #[must_use]
    pub fn misread(&self) -> &[Misread] {
        &self.misread
    }

    /// Adds a file that could not even be taken for text.
    pub fn add_unread(&mut self, path: &str, why: &str) {
        self.misread.push(Misread { path: path.to_owned(), line: 1, why: why.to_owned() });
    }

    /// Whether manifests and configurations say the same about names as those of another tree.
    #[must_use]
    pub fn names_alike(&self, other: &Project) -> bool {
        (&self.crates, &self.packages, &self.aliases, &self.modules, &self.java_roots)
            == (&other.crates, &other.packages, &other.aliases, &other.modules, &other.java_roots)
    }

    /// Whether a name that says nothing of the file at `path` may mean it: it is where a package begins, or what an alias
    /// stands for.
    #[must_use]
    pub fn is_entry(&self, path: &str) -> bool {
        const BEGINNINGS: &[&str] = &["index", "mod", "lib", "main", "__init__"];
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.split('.').next().unwrap_or(name);
        let packages = self.packages.iter().flat_map(|package| &package.entries);
        let crates = self.crates.iter().flat_map(|one| one.roots.iter().chain([&one.library]));
        let aliased =
            self.aliases.iter().flat_map(|aliases| &aliases.paths).filter(|(pattern, _)| !pattern.contains('*'));
        let mut named = packages.chain(crates).chain(aliased.flat_map(|(_, targets)| targets));
        BEGINNINGS.contains(&stem) || folder(path).is_empty() || named.any(|entry| path.starts_with(entry.as_str()))
    }

    /// Paths of all files.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    /// Files right in `folder`, not below it.
    pub(super) fn in_folder<'p>(&'p self, folder: &str) -> impl Iterator<Item = &'p String> + use<'p> {
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let length = start.len();
        let from = self.files.range(start.clone()..);
        from.take_while(move |path| path.starts_with(&start)).filter(move |path| !path[length..].contains('/'))
    }

    pub(super) fn crate_of(&self, path: &str) -> Option<&Crate> {
        self.crates.iter().find(|one| is_below(path, &one.folder))
    }

    /// The crate of this repository that `name` means in code of `from`.
    pub(super) fn crate_named(&self, name: &str, from: Option<&Crate>) -> Option<&Crate> {
        let renamed = from.and_then(|from| from.renamed.get(name));
        self.crates.iter().find(|one| match renamed {
            Some(package) => one.package == *package,
            None => one.name == name,
        })
    }
}

pub(super) fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn cargo(root: &Node, folder: &str) -> Option<Crate> {
    let package = root.path(&["package", "name"])?.text()?;
    let code = |name: &str| name.replace('-', "_");
    let name = root.path(&["lib", "name"]).and_then(Node::text).map_or_else(|| code(package), str::to_owned);
    let library = root.path(&["lib", "path"]).and_then(Node::text).unwrap_or("src/lib.rs");
    let listed = ["bin", "test", "bench", "example"].iter().filter_map(|key| root.get(key)).flat_map(Node::items);
    let roots = listed.filter_map(|target| joined(folder, target.text_at("path")?)).collect();
    let targets = root.get("target").map(Node::entries).unwrap_or_default().iter().map(|(_, target)| target);
    let tables = std::iter::once(root).chain(targets).flat_map(|owner| {
        ["dependencies", "dev-dependencies", "build-dependencies"].map(|key| owner.get(key).map(Node::entries))
    });
    let entries: Vec<_> = tables.flatten().flatten().collect();
    let renamed =
        entries.iter().filter_map(|(key, value)| Some((code(&key.text), value.text_at("package")?.to_owned())));
    Some(Crate {
        folder: folder.to_owned(),
        name,
        package: package.to_owned(),
        library: joined(folder, library)?,
        roots,
        renamed: renamed.collect(),
        dependencies: entries.iter().map(|(key, _)| code(&key.text)).collect(),
    })
}

fn npm(root: &Node, folder: &str) -> Option<Package> {
    let name = root.text_at("name")?.to_owned();
    let mut written: Vec<&str> =
        ["source", "svelte", "types", "module", "main"].iter().filter_map(|key| root.text_at(key)).collect();
    if let Some(exports) = root.get("exports") {
        let own = exports.get(".").unwrap_or(exports);
        written.extend(own.text());
        written.extend(own.entries().iter().filter_map(|(_, value)| value.text()));
    }
    let mut entries: Vec<String> = written.into_iter().filter_map(|path| joined(folder, path)).collect();
    entries.extend(["src/index", "index"].map(|path| below(folder, path)));
    Some(Package { name, folder: folder.to_owned(), entries })
}

fn go_module(text: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.trim().strip_prefix("module "))?;
    let module = line.split("//").next().unwrap_or(line).trim();
    Some(module.trim_matches('"').to_owned())
}

fn aliases(root: &Node, folder: &str) -> Aliases {
    let options = root.get("compilerOptions");
    let base = options.and_then(|options| joined(folder, options.text_at("baseUrl")?));
    let from = base.as_deref().unwrap_or(folder);
    let paths = options.and_then(|options| options.get("paths")).map(Node::entries).unwrap_or_default();
    let paths = paths.iter().map(|(pattern, targets)| {
        let targets = targets.items().iter().filter_map(|target| joined(from, target.text()?));
        (pattern.text.clone(), targets.collect())
    });
    let extends = root.text_at("extends").filter(|path| path.starts_with('.'));
    let extends = extends.and_then(|path| joined(folder, path));
    let extends = extends.map(|path| if path.ends_with(".json") { path } else { format!("{path}.json") });
    Aliases { folder: folder.to_owned(), paths: paths.collect(), base, extends }
}

/// Those that govern files of their folder, with what they take from others.
fn inherited(configurations: &BTreeMap<String, Aliases>) -> Vec<Aliases> {
    const LONGEST_CHAIN: usize = 8;
    let governing = configurations
        .iter()
        .filter(|(path, _)| matches!(path.rsplit('/').next(), Some("tsconfig.json" | "jsconfig.json")));
    governing
        .map(|(_, own)| {
            let above = std::iter::successors(Some(own), |one| configurations.get(one.extends.as_deref()?));
            let chain: Vec<&Aliases> = above.take(LONGEST_CHAIN).collect();
            let paths = chain.iter().find(|one| !one.paths.is_empty()).map(|one| one.paths.clone()).unwrap_or_default();
            let base = chain.iter().find_map(|one| one.base.clone());
            Aliases { folder: own.folder.clone(), base, paths, extends: None }
        })
        .collect()
}

/// By the custom of Maven and Gradle (`src/main/java`), else of plain projects (`src`).
fn java_root(path: &str) -> Option<String> {
    if !path.ends_with(".java") && !path.ends_with(".kt") {
        return None;
    }
    let folder = folder(path);
    let parts: Vec<&str> = folder.split('/').collect();
    let language = parts.windows(3).position(|part| part[0] == "src" && matches!(part[2], "java" | "kotlin"));
    let end = match language {
        Some(at) => at + 3,
        None => parts.iter().position(|part| *part == "src").map_or(0, |at| at + 1),
    };
    Some(parts[..end].join("/"))
}
