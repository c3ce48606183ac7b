//! The app in its real window, on real git repositories. One binary; one module per story.

mod axe;
mod changes;
mod corpus;
mod editing;
mod fixture;
mod hostile;
mod keyboard;
mod story;
mod welcome;
mod writing;
