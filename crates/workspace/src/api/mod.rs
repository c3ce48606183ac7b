//! The calls of the facade, by what they are for.

mod bulk;
mod converting;
mod creating;
mod deciding;
mod elsewhere;
mod images;
mod indexing;
mod linking;
pub(crate) mod listing;
mod mending;
mod mentions;
mod moving;
pub(crate) mod past;
pub(crate) mod planning;
mod reach;
mod reading;
mod renumbering;
mod saving;
mod sharing;
mod undoing;

#[cfg(test)]
pub(crate) mod tests;
