//! The one integration binary of the command line's package: what holds across crates. Cases live in the modules.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

mod acting;
mod adr_tools;
mod checking;
mod cli;
mod contract;
mod corpus;
mod dependencies;
#[cfg(unix)]
mod gates;
mod limits;
mod merging;
mod oracles;
mod output;
mod sample;
mod soak;
mod tidy;
mod tree;
