//! Whatever happens to a folder of records, and however fast: when it is quiet again, what an open workspace shows is what
//! a fresh open shows. Random acts on real files with the real git, watched by the real watcher.
//!
//! `make soak` runs many sequences; `SOAK_SEED` repeats those that failed.

mod acts;
mod world;

use acts::Act;
use world::{Ground, World};

/// Sequences of a plain test run; `SOAK_SEQUENCES` asks for more.
const SEQUENCES: u64 = 30;
/// A repository is used for this many sequences: states build on each other, and a failure stays short.
const PER_WORLD: u64 = 10;
const SEED: u64 = 20_261_127;

/// Numbers that depend on their seed alone (splitmix64).
pub(crate) struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.roll() % limit as u64).unwrap_or_default()
    }
}

fn asked(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn after_anything_that_happens_to_the_files_the_list_is_that_of_a_fresh_open() {
    let (seed, sequences) = (asked("SOAK_SEED", SEED), asked("SOAK_SEQUENCES", SEQUENCES));
    let mut next = Ground::new();
    for first in (0..sequences).step_by(usize::try_from(PER_WORLD).unwrap_or(1)) {
        // Each world has a seed of its own, so that it can be played alone.
        let own = seed.wrapping_add(first);
        let mut dice = Dice::new(own);
        let mut world = World::new(std::mem::replace(&mut next, Ground::new()));
        let mut played: Vec<Vec<Act>> = Vec::new();
        for _ in 0..PER_WORLD.min(sequences - first) {
            let acts: Vec<Act> = (0..=dice.below(8)).map(|_| Act::any(&mut dice)).collect();
            played.push(acts.clone());
            for act in &acts {
                world.play(act);
            }
            if let Err(difference) = world.settle() {
                let shown: String = played.iter().map(|acts| format!("  {acts:?}\n")).collect();
                panic!("SOAK_SEED={own} SOAK_SEQUENCES={}\n{shown}{difference}", played.len());
            }
        }
        if sequences > SEQUENCES && first % 100 == 0 {
            let _ = std::io::Write::write_fmt(
                &mut std::io::stderr(),
                format_args!("soak: {first} of {sequences} sequences, seed {seed}\n"),
            );
        }
    }
}

#[test]
fn the_process_that_is_killed_indexes_where_the_open_workspace_does() {
    assert!(World::new(Ground::new()).other_process_shares_the_cache());
}
