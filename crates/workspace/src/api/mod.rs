//! The calls of the facade, by what they are for.

mod reading;
mod saving;

#[cfg(test)]
mod tests;
