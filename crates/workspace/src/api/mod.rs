//! The calls of the facade, by what they are for.

mod converting;
mod creating;
mod deciding;
mod linking;
mod planning;
mod reading;
mod saving;

#[cfg(test)]
pub(crate) mod tests;
