//! What rules need to know about source text, as functions from a text to values: its [`Language`].

mod language;

pub use language::Language;
