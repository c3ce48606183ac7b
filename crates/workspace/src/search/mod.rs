//! Search: a tantivy index outside the worktree, derived from the records and rebuilt by itself.
//!
//! A record's way in: [`document`] takes it apart (with [`options`] and [`language`]), [`tokenizer`] cuts it into words, [`schema`] names the fields,
//! [`engine`] writes to [`disk`], [`index`] runs the writer on a thread. A query's way: [`query`] reads it, [`terms`] finds the terms
//! that its words stand for, [`rank`] finds and orders records with [`filter`] over the [`catalog`], [`snippet`] shows
//! why they matched, [`reply`] answers. Both meet in [`view`]. [`past`] is a second, smaller index: what left the records.
//!
//! Nothing here writes into the worktree, and a query never fails for what it says.

#[cfg(feature = "bench")]
pub mod bare;
mod catalog;
mod disk;
mod document;
mod engine;
mod filter;
mod flush;
mod index;
pub(crate) mod language;
mod options;
mod past;
mod query;
mod rank;
mod reply;
mod schema;
mod snippet;
mod terms;
mod tokenizer;
mod view;

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests play other programs that write and damage files")]
mod tests;

pub(crate) use engine::Changes;
pub(crate) use index::SearchIndex;
pub(crate) use past::PastIndex;
