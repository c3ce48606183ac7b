//! What a start of the app asks for: a folder, a file in a repository, or a link.

use crate::root::root_of;
use precedent_core::deep_link::{is_deep_link, read_deep_link};
use precedent_core::wire::OpenRequest;
use std::ffi::OsStr;
use std::path::Path;

/// Reads an argument of the command line. A relative path is one below `folder`, where the start was made.
pub fn asked(argument: &OsStr, folder: &Path) -> OpenRequest {
    match argument.to_str().filter(|text| is_deep_link(text)) {
        Some(link) => asked_by_link(link),
        None => asked_by_path(&folder.join(argument)),
    }
}

/// Reads a link.
pub fn asked_by_link(link: &str) -> OpenRequest {
    match read_deep_link(link) {
        Ok(link) => OpenRequest { path: link.repo, reference: link.reference, heading: link.heading, fault: None },
        Err(fault) => {
            let fault = format!("the link {link} can\u{2019}t be followed: {fault}");
            OpenRequest { path: String::new(), reference: None, heading: None, fault: Some(fault) }
        }
    }
}

/// A file is shown in the repository around it.
fn asked_by_path(path: &Path) -> OpenRequest {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let file = path.is_file().then(|| path.canonicalize().ok()).flatten();
    let folder = file.as_deref().and_then(Path::parent).unwrap_or(&path);
    let reference = file.as_deref().and_then(|file| {
        let inside = file.strip_prefix(root_of(folder)?).ok()?;
        let names: Vec<_> = inside.iter().map(|name| name.to_string_lossy()).collect();
        Some(names.join("/"))
    });
    OpenRequest { path: folder.display().to_string(), reference, heading: None, fault: None }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make files by hand")]
mod tests {
    use super::asked;
    use std::path::Path;

    fn check(argument: &str, folder: &Path, path: &str, reference: Option<&str>) {
        let request = asked(argument.as_ref(), folder);
        assert_eq!((request.path.as_str(), request.reference.as_deref(), request.fault), (path, reference, None));
    }

    #[test]
    fn folders_files_and_links_are_told_apart() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let root = dir.path().canonicalize().expect("its real path");
        git2::Repository::init(&root).expect("a repository");
        let logs = root.join("docs/adr");
        std::fs::create_dir_all(&logs).expect("a folder");
        std::fs::write(logs.join("0001-x.md"), "# X\n").expect("a file");
        let text = |path: &Path| path.display().to_string();
        check("docs", &root, &text(&root.join("docs")), None);
        check("0001-x.md", &logs, &text(&logs), Some("docs/adr/0001-x.md"));
        check("/nowhere/at/all", &root, "/nowhere/at/all", None);
        check("precedent://open?repo=/a&ref=7", &root, "/a", Some("7"));
        let refused = asked("precedent://open?ref=7".as_ref(), &root).fault.unwrap_or_default();
        assert!(refused.contains("precedent://open?ref=7") && refused.contains("names no repository"), "{refused}");
    }
}
