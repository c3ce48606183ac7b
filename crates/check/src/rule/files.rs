//! `files`: how files are named, how long they are, which ones there must and must not be.

use super::fields::{Fields, compile};
use super::globs::PathSet;
use super::kind::{Hit, Look, PathHit, SourceFile};
use regex::Regex;

/// Names, sizes and presence of files.
#[derive(Clone, Debug)]
pub struct FilesRule {
    /// What the whole name of a file has to be, its folder left out.
    name: Option<(Regex, String)>,
    max_lines: Option<u64>,
    /// At least one file has to match each.
    require: Vec<(PathSet, String)>,
    forbid: Option<PathSet>,
}

impl FilesRule {
    pub(crate) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.text("name").and_then(|(text, place)| {
            let whole = compile(&format!("^(?:{text})$"), |builder| {
                builder.multi_line(false);
            });
            whole.map(|regex| (regex, text.to_owned())).map_err(|why| fields.fault(place, format!("`name` {why}"))).ok()
        });
        let max_lines = fields.number("max-lines");
        let globs = fields.texts("require");
        let mut require = Vec::new();
        for (glob, place) in globs {
            let (set, faults) = PathSet::new(&[(glob, place)]);
            faults.into_iter().for_each(|fault| fields.fault(fault.place, fault.message));
            if glob.starts_with('!') {
                fields.fault(place, "`require` names files that must be there; use `forbid` for those that must not");
            }
            require.push((set, glob.to_owned()));
        }
        let forbid = fields.globs("forbid");
        if name.is_none() && max_lines.is_none() && require.is_empty() && forbid.is_none() {
            fields.missing("name, max-lines, require or forbid");
        }
        Some(Self { name, max_lines, require, forbid })
    }

    pub(crate) fn reads(&self) -> bool {
        self.max_lines.is_some()
    }

    /// What it asks of the tree: the globs it requires and those it forbids.
    pub(crate) fn asks(&self) -> (impl Iterator<Item = &str>, &[String]) {
        let required = self.require.iter().map(|(_, glob)| glob.as_str());
        (required, self.forbid.as_ref().map_or(&[], PathSet::written))
    }

    pub(crate) fn look(&self, file: &SourceFile<'_>) -> Look {
        let Some(most) = self.max_lines else { return Look::default() };
        let lines = file.text.lines().count() as u64;
        if lines <= most {
            return Look::default();
        }
        let start = file.text.split_inclusive('\n').take(usize::try_from(most).unwrap_or(usize::MAX)).map(str::len);
        let start: usize = start.sum();
        let first = file.text[start..].lines().next().map_or(0, str::len);
        let (subject, note) = (format!("max-lines {most}"), format!("{lines} lines; {most} at most"));
        let hit = Hit::about(start..start + first, subject, note);
        Look { hits: vec![hit], undecided: None }
    }

    pub(crate) fn look_at_path(&self, path: &str) -> Vec<PathHit> {
        let mut hits = Vec::new();
        let base = path.rsplit('/').next().unwrap_or(path);
        if let Some((regex, written)) = &self.name
            && !regex.is_match(base)
        {
            hits.push(hit(
                path,
                format!("name {written}"),
                format!("the name `{base}` is not of the form `{written}`"),
            ));
        }
        if self.forbid.as_ref().is_some_and(|forbid| forbid.has(path)) {
            hits.push(hit(path, "forbid".to_owned(), "there must be no such file".to_owned()));
        }
        hits
    }

    pub(crate) fn look_at_tree(&self, paths: &[&str]) -> Vec<PathHit> {
        let missing = self.require.iter().filter(|(set, _)| !paths.iter().any(|path| set.has(path)));
        missing.map(|(_, glob)| hit(glob, format!("require {glob}"), format!("no file matches `{glob}`"))).collect()
    }
}

fn hit(path: &str, subject: String, note: String) -> PathHit {
    PathHit { path: path.to_owned(), subject, note }
}
