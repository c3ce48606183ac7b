//! Settings files that name folders of records: our `precedent.toml` and those of other tools.
//!
//! Only reads the few keys that say where records are. A file that cannot be understood is no reason to stop: discovery
//! goes on without it.

use std::str::FromStr;
use yaml_edit::{Document, YamlNode};

/// Names of settings files of other tools, in order of precedence.
pub(crate) const FOREIGN: &[&str] =
    &[".adr-dir", ".log4brains.yml", ".log4brains.yaml", "adrs.toml", "adr.config.json", ".adr.json"];

/// Folders that a settings file names, relative to the file's own folder, as written.
pub(crate) fn folders(name: &str, text: &str) -> Vec<String> {
    let found = match name {
        ".adr-dir" => text
            .lines()
            .map(str::trim)
            .find(|line| !line.is_empty())
            .map(|line| vec![line.to_owned()])
            .unwrap_or_default(),
        ".log4brains.yml" | ".log4brains.yaml" => log4brains(text),
        "adrs.toml" => toml::from_str::<toml::Table>(text).ok().map(|table| from_toml(&table)).unwrap_or_default(),
        _ => serde_json::from_str::<serde_json::Value>(text).ok().map(|value| from_json(&value)).unwrap_or_default(),
    };
    found.into_iter().filter_map(|folder| clean(&folder)).collect()
}

/// A folder as written (`./decisions/`, `doc\adr`) in the wire's form; `None` when it is absolute or climbs out.
pub(crate) fn clean(folder: &str) -> Option<String> {
    let folder = folder.trim().replace('\\', "/");
    if folder.starts_with('/') || folder.contains(':') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// `project.adrFolder` and, for each package, its `adrFolder` (its `path` says where the package is, not the records).
fn log4brains(text: &str) -> Vec<String> {
    let Ok(document) = Document::from_str(text) else { return Vec::new() };
    let Some(project) = document.get_mapping("project") else { return Vec::new() };
    let mut found: Vec<String> = project.get("adrFolder").and_then(|node| scalar(&node)).into_iter().collect();
    if let Some(packages) = project.get_sequence("packages") {
        for package in packages.values() {
            let folder = package.as_mapping().and_then(|package| package.get("adrFolder"));
            found.extend(folder.and_then(|node| scalar(&node)));
        }
    }
    found
}

fn scalar(node: &YamlNode) -> Option<String> {
    node.as_scalar().map(yaml_edit::Scalar::as_string)
}

const KEYS: &[&str] = &["adr_dir", "adrDir", "adrFolder", "adr_directory", "path", "directory", "dir", "folder"];

fn from_toml(table: &toml::Table) -> Vec<String> {
    KEYS.iter().filter_map(|key| table.get(*key)?.as_str()).map(str::to_owned).take(1).collect()
}

fn from_json(value: &serde_json::Value) -> Vec<String> {
    KEYS.iter().filter_map(|key| value.get(key)?.as_str()).map(str::to_owned).take(1).collect()
}

#[cfg(test)]
mod tests {
    use super::folders;

    fn check(name: &str, text: &str, expected: &[&str]) {
        assert_eq!(folders(name, text), expected, "{name}");
    }

    #[test]
    fn settings_of_other_tools_name_their_folders() {
        check(".adr-dir", "doc/architecture/decisions\n", &["doc/architecture/decisions"]);
        check(".adr-dir", "\r\n  ./docs/adr/ \r\n", &["docs/adr"]);
        check("adrs.toml", "adr_dir = \"doc/adr\"\nmode = \"ng\"\n", &["doc/adr"]);
        check(".adr.json", r#"{"path":"docs/adr/","language":"zh-cn"}"#, &["docs/adr"]);
        check("adr.config.json", r#"{"adrDir":"adr"}"#, &["adr"]);
        let log4brains = "project:\n  name: X\n  adrFolder: ./docs/adr\n  packages:\n    - name: ui\n      path: ./packages/ui\n      adrFolder: ./packages/ui/docs/adr\n";
        check(".log4brains.yml", log4brains, &["docs/adr", "packages/ui/docs/adr"]);
        check(".log4brains.yml", "project:\n  adrFolder: ./decisions\n  packages: []\n", &["decisions"]);
    }

    #[test]
    fn settings_that_lead_outside_or_make_no_sense_name_nothing() {
        check(".adr-dir", "../elsewhere", &[]);
        check(".adr-dir", "/etc", &[]);
        check(".adr-dir", "C:\\adr", &[]);
        check("adrs.toml", "adr_dir = [", &[]);
        check(".log4brains.yml", "project: [", &[]);
        check(".adr.json", "nonsense", &[]);
    }
}
