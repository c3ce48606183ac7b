//! The contact sheet of `target/screens`: every picture, light and dark, beside the mock it is to live up to.

use crate::screens::screens;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Pictures of the window and the mock of the same screen; what is not named here has none.
const MOCKS: &[(&str, &str)] = &[
    ("library", "01-library"),
    ("library-compact", "01-library-compact"),
    ("search", "02-search"),
    ("palette", "03-palette"),
    ("editor", "04-editor"),
    ("lineage", "05-lineage"),
    ("changes", "06-changes"),
    ("governance", "07-governance"),
    ("governance-waive", "07-governance"),
    ("governance-paths", "12-paths"),
    ("welcome", "09-welcome"),
    ("supersede", "10-supersede"),
    ("new", "11-new-decision"),
    ("help", "14-shortcuts"),
    ("shortcuts", "14-shortcuts"),
];

/// The mock of all states of DESIGN §8, and pictures that show one of them; so do those that begin with `state-`.
const STATES: &str = "13-states";
const STATE_PICTURES: &[&str] = &[
    "conflict",
    "crashed",
    "disk-full",
    "drop",
    "gone",
    "hook",
    "identity",
    "no-records",
    "not-a-repository",
    "recovered",
];

/// Writes `target/screens/index.html` of the pictures that are there. Mocks come from the folder that `MOCKS` names, where
/// there is one; otherwise the sheet shows our pictures alone.
pub fn write_sheet() -> PathBuf {
    let folder = screens();
    let mocks = std::env::var_os("MOCKS").map(PathBuf::from).filter(|mocks| mocks.is_dir());
    let page = sheet(&pictures(&folder), mocks.as_deref());
    let path = folder.join("index.html");
    std::fs::write(&path, page).expect("the sheet can be written");
    path
}

/// Names of pictures with whether there is a light and a dark one.
fn pictures(folder: &Path) -> BTreeMap<String, (bool, bool)> {
    let mut found: BTreeMap<String, (bool, bool)> = BTreeMap::new();
    let names = std::fs::read_dir(folder).expect("the folder can be read").filter_map(|entry| {
        let name = entry.ok()?.file_name().into_string().ok()?;
        Some(name.strip_suffix(".png")?.to_owned())
    });
    for name in names.filter(|name| !name.starts_with("failed-")) {
        match name.strip_suffix("-dark") {
            Some(light) => found.entry(light.to_owned()).or_default().1 = true,
            None => found.entry(name).or_default().0 = true,
        }
    }
    found
}

fn mock_of(name: &str) -> Option<&'static str> {
    let screen = MOCKS.iter().find(|(picture, _)| *picture == name).map(|(_, mock)| *mock);
    screen.or_else(|| is_state(name).then_some(STATES))
}

fn is_state(name: &str) -> bool {
    name.starts_with("state-") || STATE_PICTURES.contains(&name)
}

fn sheet(pictures: &BTreeMap<String, (bool, bool)>, mocks: Option<&Path>) -> String {
    let mut out = String::from(HEAD);
    let count = pictures.len();
    let beside =
        if mocks.is_some() { "beside their mocks" } else { "alone: no folder of mocks was named (MOCKS=/folder)" };
    let _ = writeln!(out, "<p>{count} pictures, {beside}. Light at the left, dark at the right.</p>");
    let (mut first, rest): (Vec<_>, Vec<_>) = pictures.iter().partition(|(name, _)| mock_of(name).is_some());
    first.sort_by_key(|(name, _)| mock_of(name));
    let mut states = false;
    for (name, (light, dark)) in first.into_iter().chain(rest) {
        // One mock shows all states: it stands once, before the first of them.
        let begins = is_state(name) && !states;
        states |= begins;
        let _ = writeln!(out, "<section id=\"{name}\"><h2>{name}</h2>");
        let mock = mock_of(name).filter(|_| begins || !is_state(name));
        if begins {
            mock_row(&mut out, mocks, mock);
        }
        row(&mut out, "ours", &[(*light, format!("{name}.png")), (*dark, format!("{name}-dark.png"))]);
        if !begins {
            mock_row(&mut out, mocks, mock);
        }
        out.push_str("</section>\n");
    }
    out
}

fn row(out: &mut String, whose: &str, files: &[(bool, String)]) {
    let _ = write!(out, "<div class=\"{whose}\">");
    for (there, file) in files {
        if *there {
            let _ = write!(out, "<a href=\"{file}\"><img loading=\"lazy\" src=\"{file}\" alt=\"{whose}: {file}\"></a>");
        } else {
            out.push_str("<span>not taken</span>");
        }
    }
    out.push_str("</div>\n");
}

fn mock_row(out: &mut String, mocks: Option<&Path>, mock: Option<&str>) {
    let (Some(mocks), Some(mock)) = (mocks, mock) else { return };
    let files = [mocks.join(format!("{mock}.png")), mocks.join(format!("{mock}-dark.png"))];
    row(out, "mock", &files.map(|file| (file.exists(), format!("file://{}", file.display()))));
}

const HEAD: &str = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Screens</title><style>\n\
body { margin: 24px; font: 14px/1.5 system-ui, sans-serif; background: #e9ecea; color: #17201d; }\n\
h2 { font-size: 15px; margin: 28px 0 6px; }\n\
div { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; margin-bottom: 10px; }\n\
img { width: 100%; display: block; border: 1px solid #b9c2be; }\n\
.mock img { border-color: #1c4f82; opacity: .97; }\n\
.mock::before { content: \"mock\"; grid-column: 1 / -1; color: #1c4f82; }\n\
span { color: #6a7571; padding: 12px; }\n\
</style></head><body><h1>Screens</h1>\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_has_its_place_and_its_mock() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["library.png", "library-dark.png", "rename.png", "failed-x.png", "notes.txt"] {
            std::fs::write(folder.path().join(name), "").expect("a file");
        }
        let mocks = tempfile::tempdir().expect("a folder");
        std::fs::write(mocks.path().join("01-library.png"), "").expect("a file");
        let found = pictures(folder.path());
        assert_eq!(found.len(), 2);
        let page = sheet(&found, Some(mocks.path()));
        assert!(page.find("id=\"library\"") < page.find("id=\"rename\""), "those with a mock come first");
        assert!(page.contains("01-library.png\">") && !page.contains("01-library-dark.png\">"), "{page}");
        assert_eq!(page.matches("not taken").count(), 2, "the dark one of rename, the dark mock");
        assert!(!sheet(&found, None).contains("class=\"mock\""));
        for name in ["state-cycle.png", "state-moved.png", "hook.png"] {
            std::fs::write(folder.path().join(name), "").expect("a file");
        }
        std::fs::write(mocks.path().join("13-states.png"), "").expect("a file");
        let page = sheet(&pictures(folder.path()), Some(mocks.path()));
        assert_eq!(page.matches("13-states.png\" alt").count(), 1, "the sheet of states once: {page}");
        assert!(page.find("13-states.png") < page.find("id=\"state-cycle\"").max(page.find("id=\"hook\"")), "{page}");
    }
}
