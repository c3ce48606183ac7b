//! The calls of the facade, by what they are for.

mod converting;
mod creating;
mod deciding;
mod indexing;
mod linking;
mod mending;
mod moving;
pub(crate) mod past;
mod planning;
mod reading;
mod renumbering;
mod saving;
mod sharing;
mod undoing;

#[cfg(test)]
pub(crate) mod tests;
