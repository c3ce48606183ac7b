//! What people, editors and git do to a folder of records.

use super::Dice;

/// One thing that another program does; numbers choose among the files and texts there are.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// A file is written: at once, as editors do, or torn off in the middle.
    Write {
        file: usize,
        text: usize,
        how: How,
    },
    Remove(usize),
    Rename(usize, usize),
    /// A link to another file of the repository, or a file behind one.
    Link(usize),
    Target(usize),
    /// A folder of records goes and comes back, for good or for a moment.
    MoveLog(bool),
    RemoveLog,
    /// A log appears where there was none.
    NewLog(usize, usize),
    /// Settings that say where records are, which words are statuses, what is ignored.
    Settings(usize),
    /// The times of a file are set to another day.
    Times(usize, bool),
    Git(Git),
    /// The window writes too.
    OwnSave(usize, usize),
    ForgetIndex,
    ForgetParsed,
    /// The index goes, another process makes it and is killed after so many milliseconds.
    KilledIndexer(u64),
    /// The whole repository goes and comes back.
    MoveRoot,
    /// Another day begins.
    Midnight,
    /// What git ignores besides.
    Exclude(usize),
    /// Git's folder goes, or is made anew.
    NoGit,
    Init,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum How {
    Plain,
    /// Beside it, then renamed over it.
    Atomic,
    /// vim: the old file is renamed to a backup, a new one is written, the backup goes.
    Backup,
    /// emacs: a lock link stands beside it meanwhile.
    Locked,
    /// Emptied, then written.
    Emptied,
    /// In two goes.
    InParts,
    /// Only the first half.
    Torn,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Git {
    Commit,
    Branch(usize),
    Switch(usize),
    Stash,
    Unstash,
    Merge(usize),
    Rebase(usize),
    Reset,
    Clean,
    Gc,
}

impl Act {
    pub(crate) fn any(dice: &mut Dice) -> Act {
        use How::*;
        let file = dice.below(12);
        let text = dice.below(TEXTS.len());
        match dice.below(70) {
            0..18 => {
                let hows = [Plain, Plain, Atomic, Backup, Locked, Emptied, InParts, Torn];
                Act::Write { file, text, how: hows[dice.below(hows.len())] }
            }
            18..22 => Act::Remove(file),
            22..25 => Act::Rename(file, dice.below(12)),
            25 => Act::Link(file),
            26 => Act::Target(text),
            27..29 => Act::MoveLog(dice.below(2) == 0),
            29 => Act::RemoveLog,
            30..32 => Act::NewLog(dice.below(4), text),
            32..36 => Act::Settings(dice.below(8)),
            36 => Act::Times(file, dice.below(2) == 0),
            37..39 => Act::OwnSave(file, text),
            39..41 => Act::ForgetIndex,
            41..43 => Act::ForgetParsed,
            43..46 => Act::KilledIndexer(dice.below(LONGEST_LIFE) as u64),
            46 => Act::MoveRoot,
            47..49 => Act::Midnight,
            49 => Act::Exclude(dice.below(3)),
            50 => Act::NoGit,
            51..53 => Act::Init,
            _ => Act::Git(match dice.below(18) {
                0..5 => Git::Commit,
                5..7 => Git::Branch(dice.below(3)),
                7..11 => Git::Switch(dice.below(3)),
                11 => Git::Stash,
                12 => Git::Unstash,
                13 => Git::Merge(dice.below(3)),
                14 => Git::Rebase(dice.below(3)),
                15 => Git::Reset,
                16 => Git::Clean,
                _ => Git::Gc,
            }),
        }
    }
}

/// About as long, in milliseconds, as the command line takes for the whole index of such a repository.
const LONGEST_LIFE: usize = 150;

/// Names of files in and around logs; some are no records.
pub(crate) const FILES: &[&str] = &[
    "docs/adr/0001-first.md",
    "docs/adr/0002-second.md",
    "docs/adr/0003-third.md",
    "docs/adr/0004-fourth.md",
    "docs/adr/0004-also-fourth.md",
    "docs/adr/deep/0005-fifth.md",
    "docs/adr/README.md",
    "docs/adr/notes.md",
    "docs/adr/templates/template.md",
    "docs/adr/0006-sixth.adoc",
    "docs/guide.md",
    "decisions/0001-elsewhere.md",
];

/// Where logs appear that nobody expected.
pub(crate) const NEW_LOGS: &[&str] =
    &["packages/ledger/docs/adr", "services/a/b/c/decisions", "docs/architecture", "target/adr"];

pub(crate) const BRANCHES: &[&str] = &["one", "two", "topic/three"];

/// Texts of records and of files that are none; `{n}` is a number.
pub(crate) const TEXTS: &[&str] = &[
    "# {n}. Use Postgres\n\nDate: 2024-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nWe need rows.\n\n## Decision\n\nPostgres.\n",
    "# {n}. Use SQLite\n\n## Status\n\nSupersedes [2](0002-second.md)\n\n## Context\n\nSee ADR-0003.\n",
    "---\nstatus: accepted\ndate: 2026-03-02\nreview-by: 2026-11-22\ntags: [storage]\nsupersedes: [ADR-0001]\n---\n# Keep events\n\n## Context and Problem Statement\n\nEvents are kept.\n",
    "---\nstatus: superseded by ADR-0003\n---\n# Old queue\n\n## Decision Outcome\n\nThe queue goes.\n",
    "---\nstatus: [accepted\n---\n# Broken head\n\nText.\n",
    "* Status: concluded\n* Date: 2024-05-06\n\n# Bullets\n\n## Decision Outcome\n\nSee [other](0001-first.md).\n",
    "# Just a page\n\nNothing was decided here.\n",
    "",
    "# {n}. Amend\r\n\r\nDate: 2026-08-25\r\n\r\n## Status\r\n\r\nProposed\r\n\r\nAmends ADR-0001\r\n\r\n## Context\r\n\r\nwolpertinger\r\n",
    "---\nstatus: proposed\ntags: [sto, Data]\nscope: ledger\ndecision-makers: [\"@dan\"]\napplies-to: [\"src/**\"]\n---\n# Call run_stream\n\n## Decision\n\nWe call `run_stream` of `std::fs`.\n\n```\npostgres\n```\n",
    "---\nstatus: rejected\ntags: [storage, data]\nscope: led\ndecision-makers: [\"@dana\"]\nconsulted: [Lee]\napplies-to: [\"**/*.sql\", \"!src/b/**\"]\n---\n# Call agents\n\n## Considered options\n\n* Postgres\n* Pigeons\n\n## Decision\n\nChosen option: pigeons, by agent.run_stream(x). Postponed.\n",
    "---\nstatus: accepted\nid: stable\ndepends-on: [ADR-0002]\n---\n# Depends\n\nOn the second.\n",
];
