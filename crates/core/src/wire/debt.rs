//! Debt over history: `precedent/debt/v1`, the value that `debt --json` prints.

use serde::{Deserialize, Serialize};

wire! {
    /// Findings of one tree by where they stand.
    #[derive(Eq, Default)]
    pub struct DebtCount {
        /// Rules that bind.
        pub rules: u32,
        /// Neither waived nor in the baseline.
        pub open: u32,
        /// Those of `open` whose rule is an error.
        pub errors: u32,
        pub waived: u32,
        pub baselined: u32,
        /// What could not be decided: where there is any, the other figures may be too low.
        pub undecided: u32,
    }

    /// One commit of the branch itself: what it merged counts with the merge. All of them, or the last one of each week.
    #[derive(Eq)]
    pub struct DebtPoint {
        pub commit: String,
        /// The day on which it was made, where it was made.
        pub day: String,
        /// By its own rules, waivers and baseline, on its day.
        pub then: DebtCount,
        /// By those of the last commit.
        pub today: DebtCount,
        /// Findings by the rules of the last commit that the point before had not, waived or not; a text that moves is not new.
        pub introduced: u32,
        /// Those that the point before had and that are gone.
        pub repaid: u32,
        /// Rules that bind by its own decisions and did not at the point before, by their keys.
        pub added: Vec<DebtRule>,
    }

    /// A rule that came to bind.
    #[derive(Eq)]
    pub struct DebtRule {
        /// `<record id>/<rule id>`.
        pub rule: String,
        /// What it found at once, waived or not.
        pub found: u32,
    }

    /// `precedent/debt/v1`.
    #[derive(Eq)]
    pub struct Debt {
        pub schema: String,
        /// Version of the program.
        pub engine: String,
        /// The day that the last commit's waivers were judged by.
        pub as_of: String,
        /// As it was asked for.
        pub since: String,
        /// The oldest first. The first one is what was there before; it introduces and repays nothing.
        pub points: Vec<DebtPoint>,
    }
}
