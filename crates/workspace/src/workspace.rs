//! The facade that the front ends call.

use crate::error::Result;
use precedent_core::wire::*;
use precedent_core::{Date, DecisionLog};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folders and the day, given by the front end.
#[derive(Clone, Debug)]
pub struct Place {
    /// Search indexes, one folder a repository. May be deleted any time.
    pub cache: PathBuf,
    /// Recent list, trust, settings.
    pub config: PathBuf,
    pub today: Date,
}

/// How to open.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    pub mode: OpenMode,
    /// Build or update the search index on a thread; `false` for commands that do not search.
    pub index: bool,
}

/// An opened repository. Cheap to share; every method may be called from any thread.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    pub fn open(path: &Path, place: &Place, options: &OpenOptions) -> Result<Arc<Workspace>> {
        let _ = (place, options);
        Ok(Arc::new(Workspace { root: path.to_path_buf() }))
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn log(&self) -> Arc<DecisionLog> {
        Arc::default()
    }
}
