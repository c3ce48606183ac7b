//! How far the globs of `applies-to` reach in the repository as it is now.

use crate::error::Result;
use crate::workspace::Workspace;
use git2::Repository;
use globset::{GlobBuilder, GlobMatcher};
use ignore::WalkBuilder;
use precedent_core::wire::GlobReach;
use std::collections::BTreeSet;

/// So many files below a folder that git does not know yet are looked at.
const MOST_LOOKED_AT: usize = 100_000;

impl Workspace {
    /// Counts the files that each glob matches. Where one matches none, the nearest folder that is there is offered.
    ///
    /// # Errors
    /// None at present; the signature leaves room for limits.
    pub fn reach(&self, globs: &[String]) -> Result<Vec<GlobReach>> {
        let tracked = self.known_to_git();
        Ok(globs.iter().map(|glob| self.reach_of(glob, tracked.as_deref())).collect())
    }

    fn reach_of(&self, glob: &str, tracked: Option<&[String]>) -> GlobReach {
        let reach = |files: usize, meant| GlobReach {
            glob: glob.to_owned(),
            files: u32::try_from(files).unwrap_or(u32::MAX),
            meant,
        };
        let Some(matcher) = matcher(glob) else { return reach(0, None) };
        let of_git = tracked.map_or(0, |files| files.iter().filter(|file| covers(&matcher, glob, file)).count());
        if of_git > 0 {
            return reach(of_git, None);
        }
        // What is new and not in git yet counts, too.
        match self.below(literal(glob)).filter(|file| covers(&matcher, glob, file)).count() {
            0 => reach(0, self.meant(glob)),
            found => reach(found, None),
        }
    }

    /// Files that git knows; `None` without git.
    fn known_to_git(&self) -> Option<Vec<String>> {
        self.git_dir()?;
        let index = Repository::open(self.root()).and_then(|repository| repository.index()).ok()?;
        Some(index.iter().filter_map(|entry| String::from_utf8(entry.path).ok()).collect())
    }

    /// Files below a folder, without those that are ignored.
    fn below(&self, folder: &str) -> impl Iterator<Item = String> {
        let root = self.root().to_path_buf();
        let wanted = root.join(folder);
        // From the root on, so that what the repository ignores is seen to be ignored.
        let walk = WalkBuilder::new(&root)
            .hidden(false)
            .require_git(false)
            .filter_entry(move |entry| {
                let on_the_way = wanted.starts_with(entry.path()) || entry.path().starts_with(&wanted);
                on_the_way && entry.file_name().to_str() != Some(".git")
            })
            .build();
        let files = walk.flatten().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
        files.take(MOST_LOOKED_AT).filter_map(move |entry| {
            let path = entry.path().strip_prefix(&root).ok()?.to_str()?.replace('\\', "/");
            (!path.starts_with(".git/")).then_some(path)
        })
    }

    /// The glob with the first folder that is not there exchanged for the one beside it with the nearest name.
    fn meant(&self, glob: &str) -> Option<String> {
        let sign = &glob[..glob.len() - glob.trim_start_matches('!').len()];
        let parts: Vec<&str> = glob.trim_start_matches('!').split('/').collect();
        let mut folder = self.root().to_path_buf();
        for (at, part) in parts.iter().enumerate() {
            if part.contains(['*', '?', '[', '{']) {
                return None;
            }
            let next = folder.join(part);
            if next.exists() {
                folder = next;
                continue;
            }
            let names: BTreeSet<String> = std::fs::read_dir(&folder)
                .ok()?
                .flatten()
                .filter_map(|entry| entry.file_name().into_string().ok())
                .filter(|name| name != ".git")
                .collect();
            let near = |name: &String| strsim::damerau_levenshtein(&name.to_lowercase(), &part.to_lowercase());
            let nearest = names.into_iter().min_by_key(near).filter(|name| near(name) <= part.len().max(3) / 3)?;
            let mut parts: Vec<&str> = parts.clone();
            parts[at] = &nearest;
            let meant = format!("{sign}{}", parts.join("/"));
            let matcher = matcher(&meant)?;
            let reaches = self.below(literal(&meant)).any(|file| covers(&matcher, &meant, &file));
            return reaches.then_some(meant);
        }
        None
    }
}

fn matcher(glob: &str) -> Option<GlobMatcher> {
    let pattern = glob.trim_start_matches('!');
    GlobBuilder::new(pattern).literal_separator(true).build().ok().map(|glob| glob.compile_matcher())
}

/// A folder's name stands for everything in it.
fn covers(matcher: &GlobMatcher, glob: &str, file: &str) -> bool {
    let folder = glob.trim_start_matches('!').trim_end_matches('/');
    matcher.is_match(file) || file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The folder in which every match lies.
fn literal(glob: &str) -> &str {
    let pattern = glob.trim_start_matches('!');
    let end = pattern.find(['*', '?', '[', '{']).unwrap_or(pattern.len());
    let folder = &pattern[..pattern[..end].rfind('/').unwrap_or(0)];
    // Never above the repository, whatever is being typed.
    if folder.split('/').any(|part| part == "..") { "" } else { folder.trim_start_matches('/') }
}

#[cfg(test)]
mod tests {
    use crate::api::tests::{NYGARD, Sandbox};

    fn check(glob: &str, files: u32, meant: Option<&str>) {
        let sandbox = Sandbox::new();
        sandbox.write("docs/adr/0001-a.md", NYGARD).write(".gitignore", "target/\n");
        for path in ["services/posting/a.rs", "services/posting/deep/b.rs", "services/ledger/c.rs", "target/d.rs"] {
            sandbox.write(path, "");
        }
        let reach = sandbox.open().reach(&[glob.to_owned()]).expect("counted").remove(0);
        assert_eq!((reach.files, reach.meant.as_deref()), (files, meant), "{glob}");
    }

    #[test]
    fn files_are_counted_and_a_near_folder_is_offered() {
        check("services/**", 3, None);
        check("services/posting/*.rs", 1, None);
        check("services/posting", 2, None);
        check("!services/ledger/**", 1, None);
        check("services/postings/**", 0, Some("services/posting/**"));
        check("servcies/**", 0, Some("services/**"));
        check("!services/postings/**", 0, Some("!services/posting/**"));
        check("nothing/like/it/**", 0, None);
        check("target/**", 0, None);
        check("../**", 0, None);
        check("services/[", 0, None);
        check("*.gitignore", 1, None);
    }
}
