//! Rules that bind: read from records, validated, run on the texts of a tree.
//!
//! Pure like the core (invariant I1): texts and values in, findings out; whoever calls reads the files. Everything a
//! rule must know about source text — languages, comments, patterns, manifests, imports — is under [`source`].

mod baseline;
mod finding;
pub mod format;
mod governance;
mod index;
mod json;
mod judge;
mod lines;
pub mod rule;
mod ruleset;
pub mod source;
mod waiver;

pub use baseline::{BASELINE_FILE, Baseline};
pub use finding::{Finding, hash_of};
pub use governance::{Governance, Settings, governance_changes};
pub use judge::{Before, Held, Subject, beyond, debt, judge, test_rules};
pub use ruleset::{BoundRule, DecisionRef, FileLook, RuleSet, RuleSource, SetFault, Standing, read_rules_file};
pub use waiver::{Waiver, WaiverDraft};
