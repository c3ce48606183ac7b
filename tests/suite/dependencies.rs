//! Dependencies of our own manifests as `precedent-check` reads them, against what their own tools say.

use crate::tree::{Tree, root};
use precedent_check::source::manifest::{Dependency, Ecosystem, Manifest};
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

/// Name, requirement, group.
type Line = (String, String, String);

fn read(manifest: Manifest, text: &str) -> Vec<Dependency> {
    manifest.read(text).unwrap()
}

#[test]
fn cargo_reads_our_manifests_the_same() {
    let cargo = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--locked", "--no-deps", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(cargo.status.success(), "{}", String::from_utf8_lossy(&cargo.stderr));
    let told: Value = serde_json::from_slice(&cargo.stdout).unwrap();
    let packages = told["packages"].as_array().unwrap();
    assert!(packages.len() > 4);
    for package in packages {
        let path = package["manifest_path"].as_str().unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        let theirs: BTreeSet<Line> = package["dependencies"].as_array().unwrap().iter().map(as_cargo_tells).collect();
        let ours: BTreeSet<Line> = read(Manifest::CargoToml, &text)
            .into_iter()
            .filter(|one| one.group != "workspace")
            .map(|one| (one.name.clone(), one.version.clone().unwrap_or_else(|| workspace_version(&one)), one.group))
            .collect();
        assert_eq!(ours, theirs, "{path}");
    }
}

fn as_cargo_tells(dependency: &Value) -> Line {
    let name = Ecosystem::Cargo.normalise(dependency["name"].as_str().unwrap());
    let group = match (dependency["kind"].as_str(), dependency["optional"].as_bool()) {
        (Some(kind), _) => kind.to_owned(),
        (None, Some(true)) => "optional".to_owned(),
        _ => "normal".to_owned(),
    };
    (name, plain(dependency["req"].as_str().unwrap()), group)
}

/// Cargo writes the sign that a bare requirement means.
fn plain(requirement: &str) -> String {
    requirement.trim_start_matches('^').to_owned()
}

/// What `workspace = true` stands for.
fn workspace_version(dependency: &Dependency) -> String {
    let text = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let declared = read(Manifest::CargoToml, &text);
    let mut workspace = declared.into_iter().filter(|one| one.group == "workspace");
    workspace.find(|one| one.name == dependency.name).and_then(|one| one.version).unwrap_or_else(|| "*".to_owned())
}

#[test]
fn our_lock_files_name_what_our_manifests_ask_for() {
    let tree = Tree::read();
    let asked: BTreeSet<String> = tree
        .below("", &["Cargo.toml"])
        // What is a workspace of its own has a lock file of its own.
        .filter(|file| file.path == "Cargo.toml" || !file.text.contains("[workspace]"))
        .flat_map(|file| read(Manifest::CargoToml, &file.text))
        .filter(|one| one.version.is_some())
        .map(|one| one.name)
        .collect();
    let lock = read(Manifest::CargoLock, &std::fs::read_to_string(root().join("Cargo.lock")).unwrap());
    let direct: BTreeSet<String> = lock.iter().filter(|one| one.direct).map(|one| one.name.clone()).collect();
    assert_eq!(direct, asked);
    assert!(lock.len() > 2 * direct.len(), "and what those need");

    let asked = read(Manifest::PackageJson, &std::fs::read_to_string(root().join("ui/package.json")).unwrap());
    let lock = read(Manifest::PackageLock, &std::fs::read_to_string(root().join("ui/package-lock.json")).unwrap());
    let names = |list: &[Dependency], group: &str| -> BTreeSet<String> {
        list.iter().filter(|one| one.direct && one.group == group).map(|one| one.name.clone()).collect()
    };
    for group in ["normal", "dev"] {
        assert_eq!(names(&lock, group), names(&asked, group), "{group}");
    }
    let met = asked.iter().all(|wanted| {
        let mut found = lock.iter().filter(|one| one.name == wanted.name && one.direct);
        found.any(|one| one.matches_version(wanted.version.as_deref().unwrap()) == Some(true))
    });
    assert!(met, "each locked version is one that was asked for");
}
