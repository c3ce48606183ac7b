//! Decision records as values: text and values in, values out.
//!
//! This crate knows no file, clock, environment, process, thread or window (invariant I1). It reads a record
//! ([`record::parse`]), changes its text without touching other bytes ([`record::edit`]), joins records into a
//! [`log::DecisionLog`] with its [`graph::LinkGraph`], renders Markdown to safe HTML ([`render`]) and defines every
//! type that crosses a process border ([`wire`]). Effects live in `precedent-workspace`.

pub mod comments;
pub mod config;
pub mod decision;
pub mod deep_link;
pub mod diff;
pub mod export;
pub mod forge;
pub mod graph;
pub mod graph_text;
pub mod id;
pub mod index_page;
pub mod listing;
pub mod log;
pub mod merging;
pub mod moving;
pub mod numbering;
pub mod plan;
pub mod portable;
pub mod problem;
pub mod record;
pub mod render;
pub mod schema;
pub mod spread;
pub mod suggest;
pub mod summary;
pub mod sync;
pub mod tree;
pub mod wire;

pub use decision::{Date, Decision, LinkKind, Status};
pub use id::{DecisionId, RecordPath};
pub use log::DecisionLog;
pub use plan::WritePlan;
pub use problem::{Problem, ProblemCode, Severity};
pub use record::{Parsed, parse};
