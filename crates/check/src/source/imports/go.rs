//! Imports of Go: a package is a folder, its path begins with that of the module in `go.mod`.

use super::{File, Import, Target, below};

pub(super) fn imports(file: &File<'_>) -> Vec<Import> {
    let specs = file.tree.nodes().filter(|node| node.kind() == "import_spec");
    let found = specs.filter_map(|spec| {
        let path = spec.field("path")?;
        let written = path.text(file.text).trim_matches(['"', '`']).to_owned();
        let target = resolved(&written, file);
        Some(Import { range: path.range(), written, target })
    });
    found.collect()
}

fn resolved(path: &str, file: &File<'_>) -> Target {
    let own = file.project.modules.iter().find_map(|(module, folder)| {
        let rest = path.strip_prefix(module.as_str())?;
        (rest.is_empty() || rest.starts_with('/')).then(|| below(folder, rest.trim_start_matches('/')))
    });
    let Some(folder) = own else { return Target::Package(path.to_owned()) };
    let sources = file.project.in_folder(&folder).filter(|path| path.ends_with(".go") && !path.ends_with("_test.go"));
    let sources: Vec<String> = sources.cloned().collect();
    if sources.is_empty() { Target::Nowhere } else { Target::Files(sources) }
}
