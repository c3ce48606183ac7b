//! Rules in two stages: [`fields`] reads what was written, a file for each kind makes it valid; only whole rules run.

mod boundaries;
mod companion;
mod count;
mod data;
mod dependency;
mod evidence;
mod examples;
pub(crate) mod fields;
mod files;
pub(crate) mod globs;
mod kind;
mod pattern;
mod protect;
mod read;
mod text;

pub use boundaries::BoundariesRule;
pub use companion::CompanionRule;
pub use count::CountRule;
pub use data::DataRule;
pub use dependency::DependencyRule;
pub use evidence::EvidenceRule;
pub use examples::{Example, ExampleFault, Examples};
pub use files::FilesRule;
pub use globs::PathSet;
pub use kind::{Change, ChangeKind, Hit, Kind, Look, PathHit, SourceFile, Spot};
pub use pattern::PatternRule;
pub use protect::ProtectRule;
pub(crate) use read::canonical;
pub use read::{Rule, RuleFault, read_rules};
pub(crate) use text::Sought;
pub use text::TextRule;

#[cfg(test)]
mod tests;
