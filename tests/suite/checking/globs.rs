//! Path globs against git's own: `git ls-files ':(glob)…'` is the oracle for the part without braces and exclusions.

use super::*;
use std::process::Command;

const PATHS: &[&str] = &[
    "a",
    "b/a",
    "b/c/a",
    "b/c/d/a.rs",
    "src/main.rs",
    "src/a/b.rs",
    "src/ab.rs",
    "srcs/x",
    "x/src/y",
    "b/.h",
    ".h/a",
    "b/a b",
    "é/ü.rs",
    "b/[x]",
    "b/-",
    "b/c.rs/d",
];

const GLOBS: &[&str] = &[
    "a",
    "b",
    "b/",
    "src",
    "src/",
    "*",
    "**",
    "*.rs",
    "**/*.rs",
    "src/**",
    "src/*",
    "**/a",
    "a/**",
    "b/**/a",
    "b/*/a",
    "?",
    "b/?",
    "?/?",
    "b/[a-c]",
    "b/[!a]",
    "b/[^a-c]",
    "b/[]x]",
    "b/[!]x]",
    "b/[!-x]",
    "b/[!x-]",
    "?[!]-a]*",
    "**/src/**",
    "src**",
    "s*",
    "*/a*",
    "b/c/**",
    "b/**/d/*",
    "é/*",
    "**/ü.rs",
    ".*",
    "**/.h",
    "b/.?",
    "[a-c]",
    "[!b]/*",
    "b/[*",
    "nothing",
    "src/a/**/*.rs",
    "**/**",
    "b/**/**/a",
];

/// What git finds; `None` where it refuses the pattern.
fn by_git(repo: &Repo, glob: &str) -> Vec<String> {
    let spec = format!(":(glob){glob}");
    let output = Command::new("git")
        .args(["-c", "core.quotepath=false", "ls-files", "-z", "--", &spec])
        .current_dir(repo.root())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut found: Vec<String> = text.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
    found.sort();
    found
}

#[test]
fn globs_mean_what_git_means_by_them() {
    let files: Vec<(&str, &str)> = PATHS.iter().filter(|path| **path != "b/c.rs/d").map(|path| (*path, "x")).collect();
    let repo = committed(&files);
    for glob in GLOBS {
        let set = precedent_check::rule::PathSet::of(&[(*glob).to_owned()]);
        // What other programs read in several ways is refused.
        if set.written().is_empty() {
            assert!(glob.contains("**") || glob.contains("[*"), "{glob:?} is refused");
            continue;
        }
        let mut ours: Vec<String> =
            files.iter().map(|(path, _)| *path).filter(|path| set.has(path)).map(str::to_owned).collect();
        ours.sort();
        assert_eq!(ours, by_git(&repo, glob), "{glob:?}");
    }
}

#[test]
fn random_globs_mean_what_git_means_by_them() {
    let files: Vec<(&str, &str)> = PATHS.iter().filter(|path| **path != "b/c.rs/d").map(|path| (*path, "x")).collect();
    let repo = committed(&files);
    // A small generator with a fixed seed: pieces that patterns are made of, put together at random.
    let pieces = ["a", "b", "src", "*", "**", "?", "/", "/", "/", "[a-c]", "[!a]", ".rs", "c", "x"];
    let mut seed: u64 = 42;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or(0)
    };
    let mut tried = 0;
    for _ in 0..400 {
        let glob: String = (0..1 + next() % 6).map(|_| pieces[next() % pieces.len()]).collect();
        let set = precedent_check::rule::PathSet::of(std::slice::from_ref(&glob));
        if glob.contains("//") || set.written().is_empty() {
            continue;
        }
        tried += 1;
        let ours: Vec<String> = {
            let mut found: Vec<String> =
                files.iter().map(|(path, _)| *path).filter(|path| set.has(path)).map(str::to_owned).collect();
            found.sort();
            found
        };
        assert_eq!(ours, by_git(&repo, &glob), "{glob:?}");
    }
    assert!(tried > 200, "{tried}");
}
