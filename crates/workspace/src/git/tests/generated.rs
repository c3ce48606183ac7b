//! Generated repositories of every shape, twice each: one is worked on by us, one by the real git. What is listed, staged
//! (whole and in parts) and committed must be the same, and both stay sound. `GIT_CASES` asks for more cases
//! (`make soak`); `GIT_SEED` repeats one that failed.

use super::fixture::Fixture;
use super::parts;
use super::random::Dice;
use crate::Workspace;
use precedent_core::wire::{CommitRequest, Spaces};
use std::collections::BTreeSet;
use std::path::Path;

/// Cases of a plain test run.
const CASES: u64 = 50;

/// What a repository is besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Plain,
    /// Line ends by attribute, an encoding, a file that is left binary.
    Attributes,
    /// A merge with a conflict under way.
    Merge,
    Submodule,
    Sparse,
    /// A second worktree.
    Worktree,
    /// Nothing was committed yet.
    Unborn,
    /// Names that need quoting, links, files that become folders.
    Odd,
}

const SHAPES: [Shape; 8] = [
    Shape::Plain,
    Shape::Attributes,
    Shape::Merge,
    Shape::Submodule,
    Shape::Sparse,
    Shape::Worktree,
    Shape::Unborn,
    Shape::Odd,
];

fn text(dice: &mut Dice, name: &str, end: &str) -> String {
    let mark = dice.roll(1_000_000);
    (0..8 + dice.roll(12)).map(|line| format!("{name} {mark} line {line}{end}")).collect()
}

/// One of the two repositories; the same seed makes the same one.
fn made(seed: u64, shape: Shape) -> Fixture {
    let at = Fixture::new();
    let mut dice = Dice(seed);
    let end = if shape == Shape::Attributes { "\r\n" } else { "\n" };
    if shape == Shape::Attributes {
        at.write(
            ".gitattributes",
            "*.md text=auto\ndocs/*.md text eol=crlf\n*.utf16 working-tree-encoding=UTF-16LE eol=lf\n*.bin -text\n",
        );
        at.write("raw.bin", "a\r\nb\n");
    }
    for name in ["a.md", "b.md", "docs/c.md", "docs/d e.md", "src/deep/f.rs", "src/g.rs"] {
        at.write(name, &text(&mut dice, name, end));
    }
    if shape == Shape::Odd {
        for name in ["ünï\"q.md", "glob[1]*.md", "-dash.md", "tab\tbed.md"] {
            at.write(name, &text(&mut dice, name, end));
        }
        link("a.md", &at.root().join("link.md"));
    }
    if shape == Shape::Unborn {
        at.git(&["add", "a.md", "docs"]);
    } else {
        at.commit_all("Start");
    }
    match shape {
        Shape::Merge => merging(&at, &mut dice),
        Shape::Submodule => with_submodule(&at),
        Shape::Sparse => {
            at.git(&["sparse-checkout", "set", "--no-cone", "/*", "!/src/deep/"]);
        }
        Shape::Worktree => {
            at.git(&["worktree", "add", "-q", "-b", "side", "../side"]);
        }
        _ => {}
    }
    for step in 0..4 + dice.roll(8) {
        change(&at, &mut dice, step, shape, end);
    }
    at
}

#[cfg(unix)]
fn link(to: &str, at: &Path) {
    std::os::unix::fs::symlink(to, at).expect("a link");
}

#[cfg(not(unix))]
fn link(_to: &str, _at: &Path) {}

/// Both sides change one file at one place and others elsewhere.
fn merging(at: &Fixture, dice: &mut Dice) {
    at.git(&["switch", "-qc", "theirs"]);
    at.write("a.md", &text(dice, "theirs", "\n"));
    at.write("b.md", &text(dice, "theirs too", "\n"));
    at.commit_all("Theirs");
    at.git(&["switch", "-q", "main"]);
    at.write("a.md", &text(dice, "ours", "\n"));
    at.commit_all("Ours");
    let (merged, _) = at.try_git(&["merge", "-q", "theirs"]);
    assert!(!merged, "there is a conflict");
}

fn with_submodule(at: &Fixture) {
    at.write("../inner/x.txt", "x\n");
    let inner = at.below("inner").display().to_string();
    at.git(&["init", "-q", "-b", "main", &inner]);
    for args in [&["add", "-A"][..], &["-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "Inner"]] {
        at.git(&[&["-C", &inner], args].concat());
    }
    at.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../inner", "inner"]);
    at.commit_all("Inner");
    at.write("inner/x.txt", "y\n");
    at.git(&["-C", "inner", "-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qam", "Moved on"]);
}

fn change(at: &Fixture, dice: &mut Dice, step: usize, shape: Shape, end: &str) {
    let files: Vec<String> = at.git(&["ls-files", "-z"]).split('\0').map(str::to_owned).collect();
    let regular = |file: &&String| at.root().join(file).symlink_metadata().is_ok_and(|about| about.is_file());
    let own = |file: &&String| !file.is_empty() && !file.starts_with(".git");
    let on_disk: Vec<&String> = files.iter().filter(own).filter(regular).collect();
    let Some(file) = on_disk.get(dice.roll(on_disk.len().max(1))).map(|file| (*file).clone()) else { return };
    // What is in conflict is settled by a person.
    let settled = !(shape == Shape::Merge && file == "a.md");
    match dice.roll(11) {
        0..=2 => {
            let old = std::fs::read_to_string(at.root().join(&file)).expect("a file");
            let lines: Vec<&str> = old.split_inclusive('\n').collect();
            let cut = dice.roll(lines.len().max(1));
            let changed =
                format!("{}changed {step}{end}{}", lines[..cut].concat(), lines[(cut + 1).min(lines.len())..].concat());
            at.write(&file, &changed);
        }
        3 if settled => at.delete(&file),
        4 => at.write(&format!("dir{}/new {step}.md", dice.roll(3)), &text(dice, &file, end)),
        5 if settled => {
            let _ = at.try_git(&["mv", "--", &file, &format!("moved-{step}.md")]);
        }
        6 if settled => {
            at.git(&["rm", "-q", "--cached", "-f", "--", &file]);
        }
        7 if settled => {
            at.git(&["--literal-pathspecs", "add", "--", &file]);
        }
        8 => at.make_executable(&file),
        9 => {
            at.write(&format!("intent-{step}.md"), &text(dice, "intent", end));
            at.git(&["add", "-N", &format!("intent-{step}.md")]);
        }
        _ if shape != Shape::Merge && settled => {
            at.delete(&file);
            link("b.md", &at.root().join(&file));
        }
        _ => {}
    }
}

/// `XY path` of every line, as git's older format says it.
fn by_git(at: &Fixture) -> BTreeSet<(String, bool, String)> {
    let text = at.git(&["status", "--porcelain=v1", "-z", "--untracked-files=all", "--find-renames=50%"]);
    let mut fields = text.split('\0');
    let mut found = BTreeSet::new();
    while let Some(line) = fields.next().filter(|line| !line.is_empty()) {
        let (codes, path) = (&line[..2], line[3..].to_owned());
        if codes.contains('R') {
            fields.next();
        }
        let conflict = codes.contains('U') || codes == "AA" || codes == "DD";
        if conflict || codes == "??" {
            found.insert((path, false, if conflict { "conflicted" } else { "added" }.to_owned()));
            continue;
        }
        for (at, staged) in [(0, true), (1, false)] {
            let word = match &codes[at..=at] {
                "M" => "modified",
                "A" => "added",
                "D" => "deleted",
                "R" => "renamed",
                "T" => "typechange",
                _ => continue,
            };
            found.insert((path.clone(), staged, word.to_owned()));
        }
    }
    found
}

fn by_us(workspace: &Workspace) -> BTreeSet<(String, bool, String)> {
    let files = workspace.git_status().expect("a status").files;
    // A file that was moved on disk is one row with us, two with git.
    let moved = |change: &str, staged: bool| change == "renamed" && !staged;
    let mut found = BTreeSet::new();
    for file in files {
        if moved(&file.change, file.staged) {
            found.insert((file.path, false, "added".to_owned()));
            found.extend(file.old_path.map(|old| (old, false, "deleted".to_owned())));
        } else {
            found.insert((file.path, file.staged, file.change));
        }
    }
    found
}

fn index(at: &Fixture) -> String {
    at.git(&["ls-files", "--stage", "-t", "-z"])
}

fn check(seed: u64, shape: Shape) {
    let name = format!("GIT_SEED={seed} {shape:?}");
    let (ours, theirs) = (made(seed, shape), made(seed, shape));
    assert_eq!(index(&ours), index(&theirs), "the same twice, {name}");
    let workspace = ours.workspace();
    assert_eq!(by_us(&workspace), by_git(&theirs), "status, {name}");

    // Some files whole.
    let mut dice = Dice(seed ^ 0x5eed);
    let mut unstaged: Vec<String> =
        by_git(&theirs).into_iter().filter(|(_, staged, _)| !staged).map(|(path, _, _)| path).collect();
    unstaged.dedup();
    let some: Vec<String> = unstaged.into_iter().filter(|_| dice.roll(3) == 0).collect();
    if !some.is_empty() {
        workspace.stage(&some).expect(&name);
        let mut args = vec!["--literal-pathspecs", "add", "-A", "--"];
        args.extend(some.iter().map(String::as_str));
        theirs.git(&args);
        assert_eq!(index(&ours), index(&theirs), "staged {some:?}, {name}");
    }
    assert_eq!(by_us(&workspace), by_git(&theirs), "status then, {name}");

    // Some lines of one that can be taken apart.
    let rest: Vec<String> = by_git(&theirs)
        .into_iter()
        .filter(|(_, staged, change)| !staged && change == "modified")
        .map(|(path, _, _)| path)
        .collect();
    for path in rest {
        let diff = workspace.file_diff(&path, false, Spaces::Shown).expect(&name);
        if diff.parts && !diff.hunks.is_empty() {
            parts::one(&workspace, &ours, &theirs, &path, &diff, &mut dice, &name);
            break;
        }
    }

    // And a commit of it.
    let staged = by_git(&theirs).into_iter().any(|(_, staged, _)| staged);
    let conflict = by_git(&theirs).into_iter().any(|(_, _, change)| change == "conflicted");
    if staged && !conflict {
        let request = CommitRequest { message: "Made".into(), trust: true, ..CommitRequest::default() };
        workspace.commit(&request).expect(&name);
        theirs.git(&["commit", "-qm", "Made"]);
        let tree = |at: &Fixture| at.git(&["rev-parse", "HEAD^{tree}"]);
        assert_eq!(tree(&ours), tree(&theirs), "committed, {name}");
        assert_eq!(by_us(&workspace), by_git(&theirs), "status afterwards, {name}");
    }
    ours.fsck();
}

fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

#[test]
fn whatever_is_done_is_what_git_does() {
    if let Some(seed) = asked("GIT_SEED") {
        SHAPES.into_iter().for_each(|shape| check(seed, shape));
        return;
    }
    let cases = asked("GIT_CASES").unwrap_or(CASES);
    for case in 0..cases {
        check(case + 1, SHAPES[usize::try_from(case).unwrap_or(0) % SHAPES.len()]);
    }
    parts::cases(cases.saturating_sub(CASES));
}
