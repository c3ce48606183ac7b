//! Hunks and lines, staged and taken out again: the staging area holds what `git apply --cached` of the same lines as a
//! patch leaves. The patch is written here, from the lines that our diff names and the texts that git itself has.

use super::fixture::{Fixture, RECORD, record};
use super::random::Dice;
use precedent_core::wire::{DiffPart, ErrorCode, FileDiff, Hunk, PartRequest, Spaces};

const FILE: &str = "docs/a file.md";

/// How the generated file is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    /// No line end at the end.
    Open,
    /// CRLF in git, too.
    Crlf,
    /// CRLF on disk, LF in git, by attribute.
    Converted,
    New,
    Deleted,
    Executable,
}

const KINDS: [Kind; 7] =
    [Kind::Plain, Kind::Open, Kind::Crlf, Kind::Converted, Kind::New, Kind::Deleted, Kind::Executable];

fn words(dice: &mut Dice) -> String {
    const WORDS: [&str; 6] = ["the", "ledger", "writes", "once", "§ 4", "- [ ]"];
    (0..1 + dice.roll(5)).map(|_| WORDS[dice.roll(WORDS.len())]).collect::<Vec<_>>().join(" ")
}

/// Lines taken out, put in and reworded.
fn edited(dice: &mut Dice, lines: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    for line in lines {
        match dice.roll(7) {
            0 => {}
            1 => out.push(words(dice)),
            2 => {
                out.push(line.clone());
                out.push(words(dice));
            }
            _ => out.push(line.clone()),
        }
    }
    out.push(words(dice));
    out
}

fn text(lines: &[String], kind: Kind) -> String {
    let end = if matches!(kind, Kind::Crlf | Kind::Converted) { "\r\n" } else { "\n" };
    let mut text: String = lines.iter().flat_map(|line| [line.as_str(), end]).collect();
    if kind == Kind::Open {
        text.truncate(text.len() - end.len());
    }
    text
}

/// The same repository twice, from one seed.
fn made(seed: u64, kind: Kind) -> Fixture {
    let at = Fixture::new();
    let mut dice = Dice(seed);
    let lines: Vec<String> = (0..6 + dice.roll(20)).map(|_| words(&mut dice)).collect();
    if kind == Kind::Converted {
        at.write(".gitattributes", "*.md text eol=crlf\n");
    }
    if kind != Kind::New {
        at.write(FILE, &text(&lines, kind));
    }
    at.write("other", "x\n");
    at.commit_all("Start");
    match kind {
        Kind::Deleted => at.delete(FILE),
        Kind::Executable => {
            at.write(FILE, &text(&edited(&mut dice, &lines), kind));
            at.make_executable(FILE);
        }
        _ => at.write(FILE, &text(&edited(&mut dice, &lines), kind)),
    }
    at
}

fn some_lines(dice: &mut Dice, hunks: &[Hunk], whole_hunks: bool) -> DiffPart {
    let mut part = DiffPart::default();
    for hunk in hunks {
        let take = dice.roll(2) == 0;
        for line in &hunk.lines {
            if if whole_hunks { take } else { dice.roll(2) == 0 } {
                match line.kind.as_str() {
                    "del" => part.removed.extend(line.old_line),
                    "add" => part.added.extend(line.new_line),
                    _ => {}
                }
            }
        }
    }
    part
}

/// Which side the lines that were not chosen stand on: the old one when staging, the new one when taking back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    Old,
    New,
}

/// The chosen lines as a patch, as `git add --patch` would edit it: lines of a replaced stretch in turn.
fn patch(hunks: &[Hunk], part: &DiffPart, old: &str, new: &str, rest: Rest, header: &str) -> String {
    let line_of = |text: &str, at: u32| text.split_inclusive('\n').nth(at as usize - 1).unwrap_or_default().to_owned();
    let mut out = header.to_owned();
    for hunk in hunks {
        let mut body = String::new();
        let (mut from, mut to) = (0, 0);
        let mut put = |sign: char, line: &str| {
            from += u32::from(sign != '+');
            to += u32::from(sign != '-');
            body.push(sign);
            body.push_str(line);
            if !line.ends_with('\n') {
                body.push_str("\n\\ No newline at end of file\n");
            }
        };
        let mut lines = hunk.lines.iter().peekable();
        while let Some(line) = lines.next() {
            if line.kind == "same" {
                put(
                    ' ',
                    &line_of(
                        if rest == Rest::Old { old } else { new },
                        match rest {
                            Rest::Old => line.old_line,
                            Rest::New => line.new_line,
                        }
                        .unwrap_or_default(),
                    ),
                );
                continue;
            }
            let mut block = vec![line];
            while let Some(next) = lines.next_if(|next| next.kind != "same") {
                block.push(next);
            }
            let dels: Vec<u32> =
                block.iter().filter(|line| line.kind == "del").filter_map(|line| line.old_line).collect();
            let adds: Vec<u32> =
                block.iter().filter(|line| line.kind == "add").filter_map(|line| line.new_line).collect();
            for step in 0..dels.len().max(adds.len()) {
                if let Some(at) = dels.get(step) {
                    let chosen = part.removed.contains(at);
                    if chosen || rest == Rest::Old {
                        put(if chosen { '-' } else { ' ' }, &line_of(old, *at));
                    }
                }
                if let Some(at) = adds.get(step) {
                    let chosen = part.added.contains(at);
                    if chosen || rest == Rest::New {
                        put(if chosen { '+' } else { ' ' }, &line_of(new, *at));
                    }
                }
            }
        }
        let start = |at: u32, count: u32| if count == 0 { at.saturating_sub(1) } else { at };
        out += &format!("@@ -{},{from} +{},{to} @@\n{body}", start(hunk.old_start, from), start(hunk.new_start, to));
    }
    out
}

fn header(kind: Kind, whole: bool) -> String {
    let name = FILE;
    match kind {
        Kind::New => format!("diff --git a/{name} b/{name}\nnew file mode 100644\n--- /dev/null\n+++ b/{name}\n"),
        Kind::Deleted if whole => {
            format!("diff --git a/{name} b/{name}\ndeleted file mode 100644\n--- a/{name}\n+++ /dev/null\n")
        }
        _ => format!("diff --git a/{name} b/{name}\n--- a/{name}\n+++ b/{name}\n"),
    }
}

fn index(at: &Fixture) -> String {
    at.git(&["ls-files", "--stage", "-z"])
}

fn request(diff: &FileDiff, lines: DiffPart) -> PartRequest {
    PartRequest { path: FILE.into(), staged: diff.staged, base: diff.base.clone(), spaces: Spaces::Shown, lines }
}

/// What git has staged, and what it would stage of the file on disk.
fn texts(at: &Fixture) -> (String, String) {
    let show = || at.try_git(&["show", &format!(":{FILE}")]);
    let old = show();
    let before = index(at);
    at.git(&["add", "-A"]);
    let new = show();
    at.git(&["reset", "-q"]);
    assert_eq!(index(at), before);
    let text = |(ok, text): (bool, String)| if ok { text } else { String::new() };
    (text(old), text(new))
}

fn apply(at: &Fixture, patch: &str, args: &[&str]) {
    at.write("../patch", patch);
    let mut all = vec!["apply", "--recount", "--whitespace=nowarn"];
    all.extend(args);
    all.push("../patch");
    let (ok, said) = at.try_git(&all);
    assert!(ok, "{said}\n{patch}");
}

fn check(seed: u64, kind: Kind, whole_hunks: bool) {
    let (ours, theirs) = (made(seed, kind), made(seed, kind));
    let name = format!("seed {seed}, {kind:?}, whole hunks: {whole_hunks}");
    let workspace = ours.workspace();
    let diff = workspace.file_diff(FILE, false, Spaces::Shown).expect("a diff");
    assert!(diff.parts, "{name}");
    let mut dice = Dice(seed ^ 0x9e37);
    let part = some_lines(&mut dice, &diff.hunks, whole_hunks);
    if part == DiffPart::default() {
        return;
    }
    let (old, new) = texts(&theirs);
    let count = |kind: &'static str| move |hunk: &Hunk| hunk.lines.iter().filter(|line| line.kind == kind).count();
    let dels: usize = diff.hunks.iter().map(count("del")).sum();
    let adds: usize = diff.hunks.iter().map(count("add")).sum();
    let whole = dels == part.removed.len() && adds == part.added.len();
    workspace.stage_part(&request(&diff, part.clone())).expect("staged");
    if whole {
        theirs.git(&["add", "-A"]);
    } else {
        apply(&theirs, &patch(&diff.hunks, &part, &old, &new, Rest::Old, &header(kind, whole)), &["--cached"]);
    }
    assert_eq!(index(&ours), index(&theirs), "staged, {name}");

    // What was shown is not there any more.
    let stale = workspace.stage_part(&request(&diff, part)).expect_err("stale");
    assert!(matches!(stale.code(), ErrorCode::Conflict | ErrorCode::NotFound), "{stale}, {name}");

    // All of it, and some taken out again.
    for at in [&ours, &theirs] {
        at.git(&["add", "-A"]);
    }
    let now = theirs.try_git(&["show", &format!(":{FILE}")]);
    let now = if now.0 { now.1 } else { String::new() };
    let diff = workspace.file_diff(FILE, true, Spaces::Shown).expect("a diff");
    let part = some_lines(&mut dice, &diff.hunks, whole_hunks);
    let whole = diff.hunks.iter().map(count("del")).sum::<usize>() == part.removed.len()
        && diff.hunks.iter().map(count("add")).sum::<usize>() == part.added.len();
    let committed = theirs.try_git(&["show", &format!("HEAD:{FILE}")]);
    let committed = if committed.0 { committed.1 } else { String::new() };
    workspace.stage_part(&request(&diff, part.clone())).expect("unstaged");
    if whole {
        theirs.git(&["reset", "-q"]);
    } else if part != DiffPart::default() && kind != Kind::Deleted {
        apply(
            &theirs,
            &patch(&diff.hunks, &part, &committed, &now, Rest::New, &header(Kind::Plain, false)),
            &["--cached", "-R"],
        );
    }
    if kind != Kind::Deleted || whole {
        assert_eq!(index(&ours), index(&theirs), "unstaged, {name}");
    }
    ours.fsck();
}

/// Some lines of one file of two equal repositories: by us in the one, by `git apply --cached` in the other.
pub(super) fn one(
    workspace: &crate::Workspace,
    ours: &Fixture,
    theirs: &Fixture,
    path: &str,
    diff: &FileDiff,
    dice: &mut Dice,
    name: &str,
) {
    let part = some_lines(dice, &diff.hunks, true);
    if part == DiffPart::default() {
        return;
    }
    let request =
        PartRequest { path: path.into(), base: diff.base.clone(), lines: part.clone(), ..PartRequest::default() };
    workspace.stage_part(&request).expect(name);
    let show = || theirs.git(&["cat-file", "blob", &format!(":0:{path}")]);
    let entry = theirs.git(&["ls-files", "--stage", "--", &literal(path)]);
    let (mode, id) = (&entry[..6], &entry[7..47]);
    let old = show();
    theirs.git(&["--literal-pathspecs", "add", "--", path]);
    let new = show();
    let patch = patch_of(&diff.hunks, &part, &old, &new);
    theirs.git(&["update-index", "--cacheinfo", mode, id, path]);
    let count =
        |kind: &'static str| diff.hunks.iter().flat_map(|hunk| &hunk.lines).filter(|line| line.kind == kind).count();
    if count("del") == part.removed.len() && count("add") == part.added.len() {
        theirs.git(&["--literal-pathspecs", "add", "--", path]);
    } else {
        apply_to(theirs, path, &old, &patch, mode);
    }
    assert_eq!(index(ours), index(theirs), "lines of {path}, {name}");
}

fn literal(path: &str) -> String {
    format!(":(literal){path}")
}

fn patch_of(hunks: &[Hunk], part: &DiffPart, old: &str, new: &str) -> String {
    patch(hunks, part, old, new, Rest::Old, "diff --git a/plain b/plain\n--- a/plain\n+++ b/plain\n")
}

/// Names that a patch would have to quote are put aside for the while.
fn apply_to(at: &Fixture, path: &str, old: &str, patch: &str, mode: &str) {
    let aside = at.below("aside");
    let _ = std::fs::remove_dir_all(&aside);
    std::fs::create_dir(&aside).expect("a folder");
    std::fs::write(aside.join("plain"), old).expect("a file");
    std::fs::write(aside.join("patch"), patch).expect("a patch");
    let folder = aside.display().to_string();
    let (ok, said) = at.try_git(&["-C", &folder, "apply", "--recount", "--whitespace=nowarn", "patch"]);
    assert!(ok, "{said}\n{patch}");
    let id = at.git(&["hash-object", "-w", "--no-filters", &aside.join("plain").display().to_string()]);
    at.git(&["update-index", "--cacheinfo", mode, id.trim(), path]);
}

/// As many cases as asked for: every kind in turn, hunks and lines.
pub(super) fn cases(count: u64) {
    for case in 0..count {
        let kind = KINDS[usize::try_from(case).unwrap_or(0) % KINDS.len()];
        // A patch cannot say that a line comes after one that has no end.
        let whole_hunks = kind == Kind::Open || case / 7 % 2 == 0;
        check(case + 1, kind, whole_hunks);
    }
}

#[test]
fn parts_are_staged_as_git_applies_them() {
    cases(42);
}

#[test]
fn what_is_one_piece_says_so() {
    let at = Fixture::with_record();
    at.write("crlf.txt", "a\nb\n");
    at.write("loud.txt", "a\nb\n");
    at.write(".gitattributes", "loud.txt filter=shout\n");
    at.git(&["config", "filter.shout.clean", "tr a-z A-Z"]);
    std::fs::write(at.root().join("pic.png"), b"\x89PNG\0one").expect("a file");
    at.commit_all("More");
    at.write("crlf.txt", "a\r\nc\r\n");
    at.write("loud.txt", "a\nc\n");
    std::fs::write(at.root().join("pic.png"), b"\x89PNG\0two").expect("a file");
    at.write(RECORD, &record("accepted", "Yes."));
    let workspace = at.workspace();
    workspace
        .commit(&precedent_core::wire::CommitRequest { trust: true, ..Default::default() })
        .expect_err("no message");
    let parts = |path: &str| workspace.file_diff(path, false, Spaces::Shown).expect("a diff").parts;
    assert_eq!(["crlf.txt", "loud.txt", "pic.png", RECORD].map(parts), [false, false, false, true]);
    let diff = workspace.file_diff("pic.png", false, Spaces::Shown).expect("a diff");
    let pictures = diff.pictures.expect("pictures");
    assert!(pictures.old.is_some_and(|old| old.starts_with("data:image/png;base64,")), "before");
    assert_ne!(pictures.new, None);
    let diff = workspace.file_diff("crlf.txt", false, Spaces::Shown).expect("a diff");
    let request = PartRequest {
        path: "crlf.txt".into(),
        base: diff.base,
        lines: DiffPart { removed: vec![2], added: vec![2] },
        ..PartRequest::default()
    };
    assert_eq!(workspace.stage_part(&request).expect_err("one piece").code(), ErrorCode::Usage);
    assert_eq!(at.git(&["diff", "--cached", "--name-only"]), "");
}

#[test]
fn a_part_of_a_rename_is_taken_out() {
    let at = Fixture::with_record();
    let new = "docs/decisions/0001-crimson.md";
    at.git(&["mv", RECORD, new]);
    at.write(new, &record("accepted", "We take the red one, because it is the cheapest of all, twice."));
    at.git(&["add", "-A"]);
    let workspace = at.workspace();
    let diff = workspace.file_diff(new, true, Spaces::Shown).expect("a diff");
    let request = PartRequest {
        path: new.into(),
        staged: true,
        base: diff.base,
        lines: DiffPart { removed: vec![2], added: vec![2] },
        ..PartRequest::default()
    };
    workspace.stage_part(&request).expect("unstaged");
    assert!(at.git(&["show", &format!(":{new}")]).contains("status: proposed"));
    assert!(at.git(&["show", &format!(":{new}")]).contains("twice"));
    assert!(std::fs::read_to_string(at.root().join(new)).expect("a file").contains("status: accepted"));
}
