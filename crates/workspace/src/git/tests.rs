//! Tests with real repositories and the real `git`, in sealed surroundings.

#![expect(clippy::disallowed_methods, reason = "the tests play the other programs that change files")]

mod branching;
mod commanding;
mod committing;
mod conflicting;
mod discarding;
mod fixture;
mod generated;
mod hostile;
mod journey;
mod killed;
mod large;
mod lasting;
mod listing;
mod modules;
mod parts;
mod past;
mod random;
mod remote;
mod shapes;
mod signing;
mod staging;
mod stopping;
mod switching;
