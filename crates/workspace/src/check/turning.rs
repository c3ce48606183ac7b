//! Whose imports may lead elsewhere when other files come, go or change: reading them all for each new file would take long.

use precedent_check::source::imports::{self, Project};
use std::collections::BTreeSet;

/// More names than this are not looked for one by one.
const MOST_NAMES: usize = 40;

/// The files whose imports have to be looked at anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Turning {
    Nothing,
    /// Those that say one of these: an import names the file that it means, or the folder that it is in.
    Saying(Vec<String>),
    Everything,
}

impl Turning {
    /// Follows from the files that are in one of two trees only, and what both trees say about names.
    pub(super) fn of<'p>(came_or_went: impl Iterator<Item = &'p str>, before: &Project, after: &Project) -> Self {
        if !before.names_alike(after) {
            return Turning::Everything;
        }
        let mut names = BTreeSet::new();
        for path in came_or_went.filter(|path| imports::covers(path)) {
            if before.is_entry(path) || after.is_entry(path) {
                return Turning::Everything;
            }
            let mut parts = path.rsplit('/');
            let name = parts.next().unwrap_or(path);
            names.insert(name.split('.').next().unwrap_or(name).to_owned());
            names.extend(parts.next().map(str::to_owned));
        }
        match names.len() {
            0 => Turning::Nothing,
            1..=MOST_NAMES => Turning::Saying(names.into_iter().collect()),
            _ => Turning::Everything,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: [&str; 2], came: &[&str], expected: &Turning) {
        let project = |text: &str| Project::new(Vec::new(), [("tsconfig.json", text)]);
        assert_eq!(Turning::of(came.iter().copied(), &project(texts[0]), &project(texts[1])), *expected, "{came:?}");
    }

    #[test]
    fn a_file_is_meant_by_its_name_or_its_folders() {
        let plain = "{\"compilerOptions\": {\"paths\": {\"@x\": [\"src/x/real\"], \"@y/*\": [\"src/y/*\"]}}}";
        let names = |names: &[&str]| Turning::Saying(names.iter().map(|name| (*name).to_owned()).collect());
        check([plain, plain], &["src/ui/b.svelte.ts"], &names(&["b", "ui"]));
        check([plain, plain], &["notes.md", "src/a.png"], &Turning::Nothing);
        for entry in ["src/ui/index.ts", "src/x/real.ts", "lib/mod.rs", "top.ts", "a/__init__.py"] {
            check([plain, plain], &[entry], &Turning::Everything);
        }
        check([plain, "{}"], &[], &Turning::Everything);
        // Other settings say nothing about names.
        check(
            [plain, &plain.replace("{\"compilerOptions", "{\"files\": [], \"compilerOptions")],
            &[],
            &Turning::Nothing,
        );
    }
}
