//! Generated repositories: whatever sequence of ordinary changes, both readings of the status agree, staging and
//! unstaging leave what git would have left, and the repository stays sound.

use super::fixture::Fixture;
use crate::git::stage::{stage, unstage};
use crate::git::status::by_program;
use precedent_core::wire::Trust;

/// A small fixed generator: the same cases on every machine and in every run.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides
    }
}

/// Text of its own for every file and edit, so that a rename has one possible origin.
fn text(dice: &mut Dice, name: &str) -> String {
    let mark = dice.roll(1_000_000);
    (0..12).map(|line| format!("{name} {mark} line {line}\n")).collect()
}

fn change(at: &Fixture, dice: &mut Dice, step: usize) {
    let files: Vec<String> = at.git(&["ls-files"]).lines().map(str::to_owned).collect();
    let on_disk: Vec<&String> = files.iter().filter(|file| at.root().join(file).exists()).collect();
    let Some(file) = on_disk.get(dice.roll(on_disk.len().max(1))).map(|file| (*file).clone()) else { return };
    match dice.roll(9) {
        0 | 1 => {
            let old = std::fs::read_to_string(at.root().join(&file)).expect("a file");
            at.write(&file, &format!("{old}one more {step}\n"));
        }
        2 => at.delete(&file),
        3 => at.write(&format!("dir{}/new {step}.md", dice.roll(3)), &text(dice, &file)),
        4 => {
            at.git(&["mv", &file, &format!("moved-{step}.md")]);
        }
        5 => {
            at.git(&["rm", "-q", "--cached", "-f", &file]);
        }
        6 => {
            at.git(&["add", "-A"]);
        }
        7 => {
            at.git(&["add", &file]);
        }
        _ => at.commit_all(&format!("step {step}")),
    }
}

#[test]
fn both_readings_agree_whatever_happens() {
    for seed in 1..=16 {
        let at = Fixture::new();
        let mut dice = Dice(seed);
        for name in ["a.md", "b.md", "docs/c.md", "docs/d e.md"] {
            at.write(name, &text(&mut dice, name));
        }
        at.commit_all("Start");
        for step in 0..8 {
            change(&at, &mut dice, step);
        }
        assert_eq!(at.entries(), by_program(&at.program(), &at.root(), &[]).expect("a status"), "seed {seed}");

        let all: Vec<String> = at.entries().into_iter().filter(|entry| !entry.staged).map(|entry| entry.path).collect();
        stage(&at.root(), &at.program(), &Trust { trusted: true, reasons: Vec::new() }, &all).expect("staged");
        let ours = at.git(&["write-tree"]);
        at.git(&["add", "-A"]);
        assert_eq!(ours, at.git(&["write-tree"]), "seed {seed}");
        let staged: Vec<String> = at.entries().into_iter().map(|entry| entry.path).collect();
        unstage(&at.root(), &staged).expect("unstaged");
        assert_eq!(at.git(&["diff", "--cached", "--name-only"]), "", "seed {seed}");
        at.fsck();
    }
}
