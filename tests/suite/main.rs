//! The one integration binary of the command line's package: what holds across crates. Cases live in the modules.

mod cli;
mod contract;
mod sample;
mod tidy;
mod tree;
