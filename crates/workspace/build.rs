//! Gives this crate a digest of everything that decides how a record is read, so that parsed records kept by another
//! version of the reader are never believed (`src/parsed.rs`).

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let core = here.join("../core/src");
    let lock = here.join("../../Cargo.lock");
    println!("cargo::rerun-if-changed={}", core.display());
    println!("cargo::rerun-if-changed={}", lock.display());
    let mut files = vec![lock];
    sources(&core, &mut files);
    files.sort();
    let mut hasher = DefaultHasher::new();
    env!("CARGO_PKG_VERSION").hash(&mut hasher);
    for file in files {
        // A published crate has no lock file beside it; its version says enough.
        if let Ok(text) = std::fs::read(&file) {
            text.hash(&mut hasher);
        }
    }
    println!("cargo::rustc-env=PRECEDENT_READER={:016x}", hasher.finish());
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, files);
        } else {
            files.push(path);
        }
    }
}
