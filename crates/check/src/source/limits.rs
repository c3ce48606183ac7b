//! What may be spent on one text, so that a stranger's text or rule can neither hang nor overflow the stack.
//!
//! Sizes and steps only, never time: the same text gives the same answer on every machine.

use super::Language;

/// What may be spent on one text. A limit that is reached gives [`Undecided`], never part of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the text.
    pub bytes: usize,
    /// Nesting of the syntax tree; functions that compare trees call themselves this deep.
    pub depth: u32,
    /// Steps of the parser for each byte it has come past, beside a fixed ten thousand.
    pub parser_steps: u64,
    /// How often the parser may ask for each piece of 1,024 bytes.
    pub parser_pieces: u64,
    /// Steps through the tree that one pattern may take: a node looked at is one.
    pub pattern_steps: u64,
    /// Matches of one pattern.
    pub matches: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 2 << 20,
            depth: 1_000,
            parser_steps: 12,
            parser_pieces: 32,
            pattern_steps: 100_000_000,
            matches: 10_000,
        }
    }
}

/// Why a question about a text has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Undecided {
    #[error("this build has no grammar for {}", .0.name())]
    NoGrammar(Language),
    #[error("the text is longer than {limit} bytes")]
    TooLong { limit: usize },
    #[error("the text nests deeper than {limit} levels")]
    TooDeep { limit: u32 },
    #[error("the text nests or repeats something more than {limit} times")]
    TooNested { limit: usize },
    #[error("reading the text takes more than {limit} steps for each byte")]
    TooHardToRead { limit: u64 },
    #[error("the pattern takes more than {limit} steps")]
    TooManySteps { limit: u64 },
    #[error("the pattern could not be run to its end: a fault in the matcher")]
    MatcherFailed,
    #[error("the pattern matches more than {limit} times")]
    TooManyMatches { limit: usize },
}
