//! The app in its real window, on real git repositories. One binary; one module per story.

#![cfg(target_os = "linux")]

mod acting;
mod alone;
mod axe;
mod changes;
mod checking;
mod committing;
mod composing;
mod corpus;
mod dropping;
mod editing;
mod errors;
mod fixture;
mod governance;
mod governing;
mod hostile;
mod keyboard;
mod library;
mod lineage;
mod mending;
mod menus;
mod output;
mod panes;
mod pushing;
mod searching;
mod settings;
mod settling;
mod staging;
mod states;
mod story;
mod troubles;
mod versions;
mod welcome;
mod windows;
mod writing;
