//! Whether the user's `git` may be started in a repository (CONTRACT §12).
//!
//! libgit2 refuses to open a repository that another user owns, so what is opened is the user's own (or declared safe
//! by them). It is trusted silently when its own configuration and hooks start no program; else the answer the user
//! once gave counts. What the user's *global* configuration starts is their wish and no reason to ask.

use super::repo::failed;
use super::submodules;
use crate::error::{Error, Result};
use git2::{ConfigLevel, Repository};
use precedent_core::wire::{ErrorCode, Trust};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Last parts of configuration names whose value git runs, or finds a program by.
const STARTS: &[&str] = &[
    "askpass",
    "clean",
    "cmd",
    "command",
    "defaultkeycommand",
    "difffilter",
    "driver",
    "editor",
    "external",
    "fsmonitor",
    "gitproxy",
    "gpgsign",
    "helper",
    "hookspath",
    "packobjectshook",
    "pager",
    "process",
    "program",
    "receivepack",
    "smudge",
    "sshcommand",
    "textconv",
    "uploadpack",
    "vcs",
    "alternaterefscommand",
];

/// Sections in which any name may hold a command, or bring in settings that git reads and libgit2 does not (conditions
/// and prefixes of includes differ between the two).
const SECTIONS: &[&str] = &[
    "alias.",
    "pager.",
    "hook.",
    "protocol.",
    "browser.",
    "man.",
    "sendemail.",
    "trailer.",
    "include.",
    "includeif.",
    "lfs.customtransfer.",
];

/// The file in the settings folder that remembers the answers.
const FILE: &str = "trust.json";

#[derive(Debug, Default, Serialize, Deserialize)]
struct Answers {
    version: u32,
    /// Git folders, absolute.
    trusted: Vec<String>,
}

/// What this repository would start, and whether it may.
pub(crate) fn trust(repo: &Repository, config_dir: &Path) -> Result<Trust> {
    let reasons = reasons(repo)?;
    let trusted = reasons.is_empty() || answered(repo, config_dir);
    Ok(Trust { trusted, reasons })
}

/// Remembers that the user trusts this repository.
pub(crate) fn remember(repo: &Repository, config_dir: &Path) -> Result<()> {
    let mut answers = read(config_dir);
    let key = key(repo);
    if !answers.trusted.contains(&key) {
        answers.version = 1;
        answers.trusted.push(key);
        let file = config_dir.join(FILE);
        let text = serde_json::to_string_pretty(&answers).map_err(|error| Error::io(&file, "write", &error.into()))?;
        crate::store::write_atomic(&file, text.as_bytes())?;
    }
    Ok(())
}

/// The error that asks for trust.
pub(crate) fn needed(trust: &Trust, for_what: &str) -> Error {
    Error::new(ErrorCode::NeedsTrust, format!("{for_what} would run programs that this repository names"))
        .with_hint("look at what would run; trust the repository if it is yours or you know its authors")
        .with_details(trust.reasons.join("\n"))
}

/// `hook pre-commit`, `commit.gpgsign`, ...: everything of the repository's own that starts a program.
fn reasons(repo: &Repository) -> Result<Vec<String>> {
    let mut reasons = Vec::new();
    collect(repo, "", &mut BTreeSet::new(), &mut reasons)?;
    Ok(reasons)
}

/// The reasons of one repository and of its submodules, which git enters with their own settings. A repository that was
/// `seen` is not looked at twice: a submodule may point back at what holds it.
fn collect(repo: &Repository, within: &str, seen: &mut BTreeSet<PathBuf>, reasons: &mut Vec<String>) -> Result<()> {
    if !seen.insert(folder(repo)) {
        return Ok(());
    }
    let place = if within.is_empty() { String::new() } else { format!(" in {within}") };
    let mut names = settings(repo)?;
    names.sort();
    names.dedup();
    reasons.extend(names.into_iter().map(|name| format!("{name}{place}")));
    let hooks = hooks_in(&repo.commondir().join("hooks"));
    reasons.extend(hooks.into_iter().map(|hook| format!("hook {hook}{place}")));
    for inner in submodules::inside(repo, within) {
        match inner.opened {
            Ok(repo) => collect(&repo, &inner.name, seen, reasons)?,
            // What cannot be read cannot be judged.
            Err(_) => reasons.push(inner.name),
        }
    }
    Ok(())
}

/// Names of the repository's own settings (not the user's) that start a program.
fn settings(repo: &Repository) -> Result<Vec<String>> {
    let error = |error: git2::Error| failed("read the repository's settings", &error);
    let config = repo.config().map_err(error)?;
    let mut names = Vec::new();
    let entries = config.entries(None).map_err(error)?;
    let add = |entry: &git2::ConfigEntry<'_>| {
        let own = matches!(entry.level(), ConfigLevel::Local | ConfigLevel::Worktree | ConfigLevel::App);
        let name = String::from_utf8_lossy(entry.name_bytes()).into_owned();
        let value =
            if entry.has_value() { String::from_utf8_lossy(entry.value_bytes()).into_owned() } else { "true".into() };
        if own && starts_program(&name, &value) {
            names.push(name);
        }
    };
    entries.for_each(add).map_err(error)?;
    Ok(names)
}

fn starts_program(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let last = name.rsplit('.').next().unwrap_or_default();
    // A switch may be off; of anything else these are names, as of a folder of hooks called `off`.
    let is_off = matches!(value.to_ascii_lowercase().as_str(), "" | "false" | "no" | "off" | "0");
    if is_off && matches!(last, "fsmonitor" | "gpgsign" | "recurse" | "recursesubmodules") || value.is_empty() {
        return false;
    }
    // Submodules that are not checked out bring settings and hooks of their own, which nobody has looked at.
    let enters_submodules = matches!(&*name, "submodule.recurse" | "fetch.recursesubmodules");
    // Newer gits take a submodule's git folder from here: it may lie anywhere.
    let places_submodule = name.starts_with("submodule.") && last == "gitdir";
    let runs_address = name.ends_with(".url") && (value.starts_with("ext::") || value.starts_with('!'));
    let rewrites_address = last == "insteadof" || last == "pushinsteadof";
    let runs_update = name.starts_with("submodule.") && value.starts_with('!');
    STARTS.contains(&last)
        || SECTIONS.iter().any(|section| name.starts_with(section))
        || runs_address
        || rewrites_address
        || runs_update
        || enters_submodules
        || places_submodule
}

/// Names of the hooks in a folder. Whether the file may be executed is not asked: it can become so any time.
fn hooks_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let files = entries.flatten().filter(|entry| entry.path().metadata().is_ok_and(|about| about.is_file()));
    let mut names: Vec<String> = files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| {
        !name.ends_with(".sample") && !name.starts_with('.') && (!name.contains('.') || name.ends_with(".exe"))
    });
    names.sort();
    names
}

/// The hooks that git would run here, wherever they are configured.
pub(crate) fn effective_hooks(repo: &Repository) -> Vec<String> {
    hooks_in(&hooks_folder(repo))
}

/// Where git looks for hooks.
pub(crate) fn hooks_folder(repo: &Repository) -> PathBuf {
    let configured = repo.config().and_then(|config| config.get_path("core.hooksPath"));
    configured.map_or_else(
        |_| repo.commondir().join("hooks"),
        |path| repo.workdir().unwrap_or_else(|| repo.path()).join(path),
    )
}

fn answered(repo: &Repository, config_dir: &Path) -> bool {
    read(config_dir).trusted.contains(&key(repo))
}

/// Worktrees of one repository share its settings and hooks, so they share the answer.
fn key(repo: &Repository) -> String {
    folder(repo).to_string_lossy().into_owned()
}

fn folder(repo: &Repository) -> PathBuf {
    repo.commondir().canonicalize().unwrap_or_else(|_| repo.commondir().to_path_buf())
}

/// Answers that cannot be read count as not given: the user is asked again.
fn read(config_dir: &Path) -> Answers {
    let text = std::fs::read_to_string(config_dir.join(FILE)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}
