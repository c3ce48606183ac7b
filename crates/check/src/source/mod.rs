//! What rules need to know about source text, as functions from a text to values.
//!
//! [`Language`] is found from a path; [`SyntaxTree`] is a text read by its grammar, within limits on sizes and steps.
//! On it stand comments and strings ([`mask`]) and structural patterns ([`pattern`]). [`manifest`] reads what a project
//! depends on, [`imports`] what a file does.

mod guard;
pub mod imports;
mod language;
mod limits;
pub mod manifest;
pub mod mask;
pub mod pattern;
mod tree;

pub use language::Language;
pub use limits::{Limits, Undecided};
pub use tree::SyntaxTree;
