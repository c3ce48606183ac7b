//! Which commits wrote lines of a file as it is on the disk: by the user's git in trusted repositories, which follows a file
//! that was moved and is quick in a long history, by libgit2 otherwise.

use super::program::Program;
use crate::error::Result;
use git2::{BlameOptions, Oid, Repository};
use std::collections::BTreeMap;
use std::path::Path;

/// A file with more lines to ask for is read whole: a command line has an end.
const MOST_RANGES: usize = 100;

/// The commit that wrote each of `lines`; `None` for one that is not committed. Lines that the file does not have are left
/// out. `program` is `None` where it may not be started.
pub(crate) fn writers(
    repo: &Repository,
    root: &Path,
    program: Option<&Program>,
    path: &str,
    lines: &[u32],
) -> BTreeMap<u32, Option<Oid>> {
    // A file that was never committed is none of git's, and neither is a line behind the end: libgit2 tells them apart.
    let by_program = program.and_then(|program| by_program(program, root, path, lines).ok());
    by_program.unwrap_or_else(|| by_libgit2(repo, root, path, lines))
}

fn by_program(program: &Program, root: &Path, path: &str, lines: &[u32]) -> Result<BTreeMap<u32, Option<Oid>>> {
    let mut args: Vec<String> = ["blame", "--porcelain", "--no-textconv"].map(str::to_owned).to_vec();
    if lines.len() <= MOST_RANGES {
        args.extend(lines.iter().map(|line| format!("-L{line},{line}")));
    }
    args.extend(["--".to_owned(), path.to_owned()]);
    let out = program.read(root, &args)?;
    let found = told(&String::from_utf8_lossy(&out));
    Ok(found.into_iter().filter(|(line, _)| lines.contains(line)).collect())
}

/// Lines of the porcelain that name a commit: `<id> <line then> <line now> …`. The others begin with a word or a tab.
fn told(text: &str) -> BTreeMap<u32, Option<Oid>> {
    let entry = |line: &str| {
        let mut words = line.split(' ');
        let id = words.next().filter(|word| word.len() >= 40).and_then(|word| Oid::from_str(word).ok())?;
        let now = words.nth(1)?.parse().ok()?;
        Some((now, (!id.is_zero()).then_some(id)))
    };
    text.lines().filter(|line| !line.starts_with('\t')).filter_map(entry).collect()
}

fn by_libgit2(repo: &Repository, root: &Path, path: &str, lines: &[u32]) -> BTreeMap<u32, Option<Oid>> {
    let Ok(bytes) = std::fs::read(root.join(path)) else { return BTreeMap::new() };
    let mut options = BlameOptions::new();
    let Ok(committed) = repo.blame_file(Path::new(path), Some(&mut options)) else {
        // A file that was never committed has no lines of a commit.
        return lines.iter().map(|line| (*line, None)).collect();
    };
    let Ok(blame) = committed.blame_buffer(&bytes) else { return BTreeMap::new() };
    let writer = |line: &u32| {
        let id = blame.get_line(*line as usize)?.final_commit_id();
        Some((*line, (!id.is_zero()).then_some(id)))
    };
    lines.iter().filter_map(writer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_porcelain_of_blame_is_read_by_its_heads() {
        let (one, none) = ("1".repeat(40), "0".repeat(40));
        let text = format!(
            "{one} 7 4 1\nauthor A\nsummary {one} 1 1\nfilename a.rs\n\t{one} 9 9\n{none} 5 5 1\nauthor Not Committed Yet\n\tx\n"
        );
        let id = Oid::from_str(&one).expect("an id");
        assert_eq!(told(&text), BTreeMap::from([(4, Some(id)), (5, None)]));
    }
}
