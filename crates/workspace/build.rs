//! Gives this crate a digest of everything that decides how a record is read, so that parsed records kept by another
//! version of the reader are never believed (`src/parsed.rs`); and one of what decides what a rule finds, for findings
//! (`src/check/kept.rs`).

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
    println!("cargo::rustc-env=PRECEDENT_READER={:016x}", digest(&mut files));
    let check = here.join("../check/src");
    println!("cargo::rerun-if-changed={}", check.display());
    sources(&check, &mut files);
    // How a text is read before rules see it.
    let own = here.join("src/check");
    println!("cargo::rerun-if-changed={}", own.display());
    sources(&own, &mut files);
    println!("cargo::rustc-env=PRECEDENT_ENGINE={:016x}", digest(&mut files));
}

fn digest(files: &mut [PathBuf]) -> u64 {
    files.sort();
    let mut hasher = DefaultHasher::new();
    env!("CARGO_PKG_VERSION").hash(&mut hasher);
    for file in files {
        // A published crate has no lock file beside it; its version says enough.
        if let Ok(text) = std::fs::read(&file) {
            text.hash(&mut hasher);
        }
    }
    hasher.finish()
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
