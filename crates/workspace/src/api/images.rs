//! Pictures put beside a record: by bytes from the clipboard, or by a file that was dropped.

use crate::error::{Error, Result};
use crate::scan;
use crate::workspace::{State, Workspace};
use precedent_core::record::decode;
use precedent_core::record::images::{self, USUAL_FOLDERS};
use precedent_core::wire::{ErrorCode, ImageAdded};
use precedent_core::{RecordPath, WritePlan};
use std::path::Path;

/// Larger pictures are not put into a repository.
const MOST_IMAGE: usize = 10 * 1024 * 1024;
/// Records that are asked where they keep pictures, the newest names first.
const MOST_ASKED: usize = 400;

impl Workspace {
    /// Writes a picture where the log keeps its others, named after the record and its own bytes, as a step that can be
    /// taken back. A file that is there is never replaced; the same picture is not written twice.
    ///
    /// # Errors
    /// `usage` for bytes that are no picture or too many; `not-found` without the record; as the store.
    pub fn add_image(&self, record: &str, bytes: &[u8]) -> Result<ImageAdded> {
        let record = RecordPath::new(record);
        let Some(ending) = images::ending(bytes) else {
            return Err(Error::new(ErrorCode::Usage, "that is not a picture that records can show")
                .with_hint("png, jpg, gif, webp and svg can be put into a record"));
        };
        if bytes.len() > MOST_IMAGE {
            let size = bytes.len() / 1_000_000;
            return Err(Error::new(ErrorCode::Usage, format!("the picture has {size} MB; the most is 10 MB"))
                .with_hint("make it smaller: everybody who clones the repository gets it"));
        }
        self.still_there()?;
        let folder = self.image_folder(&record);
        let hash = scan::hash(bytes);
        let name = format!("{}-{}", images::own_name(&record), &hash[..8]);
        for count in 1u32..=99 {
            let file = if count == 1 { format!("{name}.{ending}") } else { format!("{name}-{count}.{ending}") };
            let path = RecordPath::new(if folder.is_empty() { file } else { format!("{folder}/{file}") });
            if self.store.resolve(&path)?.exists() {
                if self.store.read(&path)? != bytes {
                    continue;
                }
                return Ok(ImageAdded { link: images::link(&record, &path), path: path.to_string(), known: true });
            }
            let plan = WritePlan::new(format!("Add {}", path.file_name())).create(path.clone(), bytes);
            self.write(&plan, None)?;
            return Ok(ImageAdded { link: images::link(&record, &path), path: path.to_string(), known: false });
        }
        Err(Error::new(ErrorCode::Conflict, format!("every name for the picture is taken in {folder}"))
            .with_hint("move some of the pictures there"))
    }

    /// [`Self::add_image`] for a file of this machine.
    ///
    /// # Errors
    /// As there, and `io` or `not-found` when the file cannot be read.
    pub fn add_image_file(&self, record: &str, file: &Path) -> Result<ImageAdded> {
        let failed = |error: std::io::Error| Error::io(file, "read", &error);
        let size = file.metadata().map_err(failed)?.len();
        if size > MOST_IMAGE as u64 {
            return Err(Error::new(
                ErrorCode::Usage,
                format!("{} has {} MB; the most is 10 MB", file.display(), size / 1_000_000),
            )
            .with_hint("make it smaller: everybody who clones the repository gets it"));
        }
        self.add_image(record, &std::fs::read(file).map_err(failed)?)
    }

    /// Where pictures of a record go: where the log's records keep theirs, else a folder that is named for them, else
    /// `images/` in the log. A record with a folder of its own keeps them there.
    fn image_folder(&self, record: &RecordPath) -> String {
        let state = self.state();
        let log = state.files.get(record).map_or_else(|| self.log_of(&state, record), |file| file.parsed.log.clone());
        let shown = self.shown_images(&state, &log);
        let shown = shown.iter().map(|(path, images)| (path, images.as_slice()));
        let inside = |folder: &String| {
            self.store.resolve(&RecordPath::new(format!("{folder}/x").trim_start_matches('/'))).is_ok()
        };
        if let Some(folder) = images::habit(record, shown).filter(inside) {
            return folder;
        }
        if images::has_folder(record) {
            return record.folder().to_owned();
        }
        let below = |name: &str| if log.is_empty() { name.to_owned() } else { format!("{log}/{name}") };
        let there = USUAL_FOLDERS.iter().map(|name| below(name)).find(|folder| self.root().join(folder).is_dir());
        there.unwrap_or_else(|| below("images"))
    }

    /// What the newest records of a log show.
    fn shown_images(&self, state: &State, log: &str) -> Vec<(RecordPath, Vec<RecordPath>)> {
        let records = state.files.iter().rev().filter(|(_, file)| file.parsed.log == log).take(MOST_ASKED);
        let shown = records.filter_map(|(path, _)| {
            let bytes = self.store.read(path).ok()?;
            let images = images::shown(path, &decode(&bytes).0);
            (!images.is_empty()).then(|| (path.clone(), images))
        });
        shown.collect()
    }
}

#[cfg(test)]
mod tests;
