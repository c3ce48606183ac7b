//! Pictures of records: which bytes are one, where a log keeps them, and what a new one is called.

use super::RecordPath;
use crate::moving::relative;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::collections::BTreeMap;

/// Folders that a log keeps pictures in when none of its records shows one yet.
pub const USUAL_FOLDERS: [&str; 6] = ["images", "assets", "img", "diagrams", "figures", "media"];

/// The file ending for bytes that are a picture, told by their beginning and never by a name; `None` for anything else.
pub fn ending(bytes: &[u8]) -> Option<&'static str> {
    let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    match bytes {
        _ if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => Some("png"),
        _ if bytes.starts_with(b"\xff\xd8\xff") => Some("jpg"),
        _ if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") => Some("gif"),
        _ if is_webp => Some("webp"),
        _ if is_svg(bytes) => Some("svg"),
        _ => None,
    }
}

/// XML whose first element is `svg`.
fn is_svg(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<!") => ">",
            _ => break,
        };
        let Some(at) = rest.find(end) else { return false };
        rest = rest[at + end.len()..].trim_start();
    }
    rest.strip_prefix("<svg").is_some_and(|after| after.starts_with(|c: char| c.is_whitespace() || c == '>'))
}

/// Files of the repository that a record shows as pictures.
pub fn shown(path: &RecordPath, text: &str) -> Vec<RecordPath> {
    if !text.contains("![") {
        return Vec::new();
    }
    let images = Parser::new_ext(text, Options::empty()).filter_map(|event| match event {
        Event::Start(Tag::Image { dest_url, .. }) => Some(dest_url),
        _ => None,
    });
    let is_own = |target: &str| !target.contains(':') && !target.starts_with('/') && ending_of(target).is_some();
    images.filter(|target| is_own(target)).filter_map(|target| path.join_link(&target)).collect()
}

fn ending_of(target: &str) -> Option<&str> {
    let (_, ending) = target.rsplit_once('.')?;
    ["png", "jpg", "jpeg", "gif", "webp", "svg"].into_iter().find(|known| ending.eq_ignore_ascii_case(known))
}

/// A place as records use it: beside the record, in a folder of its own, or in one that they share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Habit {
    Beside,
    /// `images/` below, or `../assets` above the record.
    Way(String),
    /// As `Way`, and then a folder named after the record.
    OwnFolder(String),
}

/// The folder in which a log's records keep pictures, for one of them: the habit of the most. `None` when none shows one.
pub fn habit<'a>(
    record: &RecordPath,
    shown: impl IntoIterator<Item = (&'a RecordPath, &'a [RecordPath])>,
) -> Option<String> {
    let mut uses: BTreeMap<Habit, usize> = BTreeMap::new();
    for (by, images) in shown {
        for image in images {
            *uses.entry(habit_of(by, image)).or_default() += 1;
        }
    }
    let (most, _) = uses.into_iter().rev().max_by_key(|(_, count)| *count)?;
    let below = |way: &str| record.join_link(&format!("{way}/x")).map(|path| path.folder().to_owned());
    match most {
        Habit::Beside => Some(record.folder().to_owned()),
        Habit::Way(way) => below(&way),
        Habit::OwnFolder(way) if way.is_empty() => below(own_name(record)),
        Habit::OwnFolder(way) => below(&format!("{way}/{}", own_name(record))),
    }
}

fn habit_of(by: &RecordPath, image: &RecordPath) -> Habit {
    let way = relative(by.folder(), image);
    match way.rsplit_once('/').map(|(folder, _)| folder) {
        None => Habit::Beside,
        Some(folder) => match folder.rsplit_once('/').unwrap_or(("", folder)) {
            (above, last) if last == own_name(by) => Habit::OwnFolder(above.to_owned()),
            _ => Habit::Way(folder.to_owned()),
        },
    }
}

/// The record's name without its ending; of one with a folder of its own, that folder's name.
pub fn own_name(record: &RecordPath) -> &str {
    if has_folder(record) { record.folder().rsplit('/').next().unwrap_or_default() } else { record.stem() }
}

/// A record with a folder of its own: `2022-01-01-use-postgres/README.md`.
pub fn has_folder(record: &RecordPath) -> bool {
    !record.folder().is_empty() && ["readme", "index"].iter().any(|name| record.stem().eq_ignore_ascii_case(name))
}

/// The link to a picture as a record's Markdown writes it, with characters that would end it encoded.
pub fn link(record: &RecordPath, image: &RecordPath) -> String {
    const ENDS: &percent_encoding::AsciiSet =
        &percent_encoding::CONTROLS.add(b' ').add(b'(').add(b')').add(b'<').add(b'>').add(b'%').add(b'#').add(b'?');
    percent_encoding::utf8_percent_encode(&relative(record.folder(), image), ENDS).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_told_by_their_bytes() {
        let check = |bytes: &[u8], expected: Option<&str>| assert_eq!(ending(bytes), expected, "{bytes:?}");
        check(b"\x89PNG\r\n\x1a\n....", Some("png"));
        check(b"\xff\xd8\xff\xe0", Some("jpg"));
        check(b"GIF89a", Some("gif"));
        check(b"RIFF\0\0\0\0WEBPVP8 ", Some("webp"));
        check(b"<?xml version=\"1.0\"?>\n<!-- made by hand -->\n<svg xmlns=\"x\"/>", Some("svg"));
        check(b"<svg>", Some("svg"));
        check(b"RIFF\0\0\0\0WAVE", None);
        check(b"<html><svg/></html>", None);
        check(b"<svgx>", None);
        check(b"%PDF-1.7", None);
        check(b"", None);
    }

    /// `log`: record and what it shows.
    fn check(record: &str, log: &[(&str, &str)], expected: Option<&str>) {
        let shown: Vec<(RecordPath, Vec<RecordPath>)> =
            log.iter().map(|(path, text)| (RecordPath::new(*path), shown(&RecordPath::new(*path), text))).collect();
        let shown = shown.iter().map(|(path, images)| (path, images.as_slice()));
        assert_eq!(habit(&RecordPath::new(record), shown).as_deref(), expected, "{record}");
    }

    #[test]
    fn a_new_picture_goes_where_the_log_keeps_its_others() {
        let new = "docs/adr/0009-x.md";
        check(new, &[("docs/adr/0001-a.md", "no picture, ![but text](")], None);
        check(new, &[("docs/adr/0001-a.md", "![a](https://example.org/a.png) ![b](b.pdf)")], None);
        check(new, &[("docs/adr/0001-a.md", "![a](0001-table.png)")], Some("docs/adr"));
        check(new, &[("docs/adr/0001-a.md", "![a](./images/a.png \"t\")")], Some("docs/adr/images"));
        check(new, &[("docs/adr/0001-a.md", "![a](../assets/a.svg)")], Some("docs/assets"));
        check(new, &[("docs/adr/0001-a.md", "![a](assets/0001-a/one.png)")], Some("docs/adr/assets/0009-x"));
        check("adr/0002-b/README.md", &[("adr/0001-a/README.md", "![a](one.png)")], Some("adr/0002-b"));
        let most = [("a/0001-a.md", "![](i/1.png)![](i/2.png)"), ("a/0002-b.md", "![](x.png)")];
        check("a/0003-c.md", &most, Some("a/i"));
    }

    #[test]
    fn a_link_survives_markdown() {
        let link = |record: &str, image: &str| link(&RecordPath::new(record), &RecordPath::new(image));
        assert_eq!(link("docs/adr/0001-a.md", "docs/adr/images/0001-a-12ab.png"), "images/0001-a-12ab.png");
        assert_eq!(link("docs/adr/0001-a.md", "my pics/a (1).png"), "../../my%20pics/a%20%281%29.png");
    }
}
