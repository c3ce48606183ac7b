//! What other texts say when a record gets another name, folder or number: links, mentions and front matter are pointed
//! at the new place, byte for byte where they stand.
//!
//! A reference is changed only when it means the moved record and no other; one that may mean several is reported. Files
//! are read and written elsewhere.

use crate::id::{FileName, RECORD_EXTENSIONS, RecordPath, record_stem};
use crate::log::{DecisionLog, Resolution};
use crate::problem::line_column;
use crate::record::references::{Kind, Place, mentions, own_name, places};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use std::ops::Range;

/// A record's old and new place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    pub from: RecordPath,
    pub to: RecordPath,
}

/// A text after a move.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repointed {
    pub text: String,
    /// The line of each place that changed, as it was before.
    pub lines: Vec<u32>,
    /// Lines of mentions that may mean the moved record or another one: left as they are.
    pub unsure: Vec<u32>,
}

/// What is encoded in a link's target that was not written in angle brackets.
const IN_TARGET: &AsciiSet = &CONTROLS.add(b' ').add(b'(').add(b')').add(b'<').add(b'>');

/// Rewrites every reference to the moved record in the text of another file. `log` is the log before the move.
pub fn repoint(path: &RecordPath, text: &str, log: &DecisionLog, moved: &Move) -> Repointed {
    let mut work = Work { text, path, home: path.folder(), moved, splices: Vec::new(), unsure: Vec::new() };
    let (places, start) = body_places(path, text);
    for place in places {
        let target = (place.kind != Kind::Words).then_some(place.text.as_str());
        match log.resolve_in(path, &place.text, target) {
            Resolution::One(found) if found == moved.from => work.follow(&place, start),
            Resolution::Many(several) if several.contains(&moved.from) && moved.renumbers() => {
                work.unsure.push(place.span.start + start);
            }
            _ => {}
        }
    }
    work.finish()
}

/// Rewrites the moved record itself: its relative targets, and its own number where that changes. `exists` says whether
/// there is a file at a path; a target that leads nowhere is left as it is.
pub fn relocate(text: &str, moved: &Move, exists: &dyn Fn(&RecordPath) -> bool) -> Repointed {
    let path = &moved.from;
    let mut work = Work { text, path, home: moved.to.folder(), moved, splices: Vec::new(), unsure: Vec::new() };
    let (places, start) = body_places(path, text);
    for place in places {
        let is_path = place.kind == Kind::Target || place.text.contains('/') && place.kind == Kind::Words;
        if names_itself(&place, moved) {
            work.follow(&place, start);
        } else if is_path && moved.from.folder() != moved.to.folder() {
            work.shift(&place, start, exists);
        }
    }
    if let Some(new) = moved.new_digits() {
        let body = &text[start..];
        let own = own_name(path, body);
        for span in own.label.into_iter().chain(own.values) {
            if let Some(changed) = renumbered(&body[span.clone()], moved, &new) {
                work.splices.push((span.start + start..span.end + start, changed));
            }
        }
    }
    work.finish()
}

/// Rewrites mentions of the moved record in `ranges` of a text that is no record: comments of a program.
pub fn repoint_ranges(text: &str, ranges: &[Range<usize>], log: &DecisionLog, moved: &Move) -> Repointed {
    let nowhere = RecordPath::new("");
    let mut work = Work { text, path: &nowhere, home: "", moved, splices: Vec::new(), unsure: Vec::new() };
    for range in ranges {
        for place in mentions(&text[range.clone()]) {
            match log.resolve_in(&nowhere, &place.text, None) {
                Resolution::One(found) if found == moved.from => work.follow(&place, range.start),
                Resolution::Many(several) if several.contains(&moved.from) && moved.renumbers() => {
                    work.unsure.push(place.span.start + range.start);
                }
                _ => {}
            }
        }
    }
    work.finish()
}

/// The path `to` as a link in a file of `folder` writes it.
pub fn relative(folder: &str, to: &RecordPath) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let goal: Vec<&str> = to.as_str().split('/').collect();
    let last = goal.len().saturating_sub(1);
    let common = from.iter().zip(&goal[..last]).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - common);
    up.chain(goal[common..].iter().copied()).collect::<Vec<_>>().join("/")
}

impl Move {
    fn numbers(&self) -> (Option<u64>, Option<u64>) {
        (FileName::of(&self.from).number(), FileName::of(&self.to).number())
    }

    /// The record gets another number.
    pub fn renumbers(&self) -> bool {
        let (old, new) = self.numbers();
        old.is_some() && new.is_some() && old != new
    }

    fn new_digits(&self) -> Option<String> {
        self.renumbers().then(|| FileName::of(&self.to).digits.map(str::to_owned)).flatten()
    }

    /// Old and new words for the record, longest first: path, file name, stem.
    fn names(&self) -> Vec<(String, String)> {
        let mut names = vec![(self.from.to_string(), self.to.to_string())];
        if record_stem(&self.from) == self.from.stem() {
            names.push((self.from.file_name().to_owned(), self.to.file_name().to_owned()));
        }
        names.push((record_stem(&self.from).to_owned(), record_stem(&self.to).to_owned()));
        names
    }
}

/// A text without its byte order mark gives places; they count from behind the mark.
fn body_places(path: &RecordPath, text: &str) -> (Vec<Place>, usize) {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    (places(path, body), text.len() - body.len())
}

/// A mention in the moved record that can only mean itself.
fn names_itself(place: &Place, moved: &Move) -> bool {
    match place.kind {
        Kind::Target | Kind::Label => {
            let (path, _) = split_tail(&place.text);
            !path.is_empty()
                && !path.contains("://")
                && moved.from.join_link(&decoded(path)).as_ref() == Some(&moved.from)
        }
        Kind::Words => {
            let text = place.text.trim_matches(['[', ']']);
            moved.names().iter().any(|(old, _)| text == old)
                || crate::log::number_of(text).is_some_and(|number| Some(number) == moved.numbers().0)
        }
    }
}

/// One text being rewritten.
struct Work<'a> {
    text: &'a str,
    path: &'a RecordPath,
    /// The folder of the file as it will be.
    home: &'a str,
    moved: &'a Move,
    splices: Vec<(Range<usize>, String)>,
    unsure: Vec<usize>,
}

impl Work<'_> {
    /// Points a place that means the moved record at its new name.
    fn follow(&mut self, place: &Place, base: usize) {
        let span = place.span.start + base..place.span.end + base;
        let written = &self.text[span.clone()];
        let new = match place.kind {
            Kind::Target => retarget(written, self.path, self.home, self.moved),
            Kind::Words if written.contains('/') => retarget(written, self.path, self.home, self.moved),
            Kind::Words | Kind::Label => renamed(written, self.moved, place.kind == Kind::Words),
        };
        if let Some(new) = new.filter(|new| new != written) {
            self.splices.push((span, new));
        }
    }

    /// Keeps a relative target of the moved record pointing at the same file.
    fn shift(&mut self, place: &Place, base: usize, exists: &dyn Fn(&RecordPath) -> bool) {
        let (path, tail) = split_tail(&place.text);
        let is_relative = !path.is_empty() && !path.starts_with('/') && !path.contains(':');
        let Some(goal) = is_relative.then(|| self.moved.from.join_link(&decoded(path))).flatten() else { return };
        let there =
            exists(&goal) || RECORD_EXTENSIONS.iter().any(|ext| exists(&RecordPath::new(format!("{goal}{ext}"))));
        if !there || goal.as_str().is_empty() {
            return;
        }
        let slash = if path.ends_with('/') { "/" } else { "" };
        let new = relative(self.moved.to.folder(), &goal);
        let dot = if path.starts_with("./") && !new.starts_with("..") { "./" } else { "" };
        let span = place.span.start + base..place.span.end + base;
        self.splices.push((span, format!("{dot}{}{slash}{tail}", encoded(&new, path))));
    }

    fn finish(mut self) -> Repointed {
        self.splices.sort_by_key(|(span, _)| (span.start, span.end));
        let mut text = String::with_capacity(self.text.len() + 64);
        let mut at = 0;
        let mut lines = Vec::new();
        for (span, new) in self.splices {
            if span.start < at {
                continue;
            }
            text.push_str(&self.text[at..span.start]);
            text.push_str(&new);
            at = span.end;
            lines.push(line_column(self.text, span.start).0);
        }
        text.push_str(&self.text[at..]);
        let mut unsure: Vec<u32> = self.unsure.iter().map(|at| line_column(self.text, *at).0).collect();
        unsure.dedup();
        Repointed { text, lines, unsure }
    }
}

/// A target that means the moved record, written in the file at `path`, as it reads from now on in a file of `home`.
fn retarget(written: &str, path: &RecordPath, home: &str, moved: &Move) -> Option<String> {
    let (target, tail) = split_tail(written);
    let plain = decoded(target);
    let new = if plain.contains("://") {
        let at = plain.rfind(moved.from.as_str())?;
        format!("{}{}{}", &plain[..at], moved.to, &plain[at + moved.from.as_str().len()..])
    } else if let Some((old, new)) = spellings(moved).into_iter().find(|(old, _)| ends_at(&plain, path, old)) {
        if plain.starts_with('/') {
            format!("{}{new}", plain.strip_suffix(old.as_str())?)
        } else if path.as_str().is_empty() || path.join_link(&plain).is_none_or(|joined| joined.as_str() != old) {
            // Written from the repository's root.
            new
        } else {
            let new = relative(home, &RecordPath::new(new));
            if plain.starts_with("./") && !new.starts_with("..") { format!("./{new}") } else { new }
        }
    } else if let Some(at) = site_number(&plain, moved) {
        format!("{}{}", &plain[..at], renumbered(&plain[at..], moved, &moved.new_digits()?)?)
    } else if moved.from.folder() == moved.to.folder() {
        // A wrong depth that is understood all the same: only the name changes.
        let (old, new) = moved.names().into_iter().skip(1).find(|(old, _)| token(&plain, old).is_some())?;
        replace_token(&plain, &old, &new)?
    } else {
        relative(home, &moved.to)
    };
    Some(format!("{}{tail}", encoded(&new, target)))
}

/// Where the number of an address such as `/adr/7` stands: a site serves the record by it, wherever its file lies.
fn site_number(plain: &str, moved: &Move) -> Option<usize> {
    let at = plain.rfind('/').filter(|_| plain.starts_with('/'))? + 1;
    (crate::log::number_of(&plain[at..])? == moved.numbers().0?).then_some(at)
}

/// The moved record's path as sites write it: whole, without extension, as `.html`, as the folder of a `README.md`.
fn spellings(moved: &Move) -> Vec<(String, String)> {
    let bare = |path: &RecordPath| {
        let folder = path.folder();
        if folder.is_empty() { path.stem().to_owned() } else { format!("{folder}/{}", path.stem()) }
    };
    let (old, new) = (bare(&moved.from), bare(&moved.to));
    let mut all = vec![
        (moved.from.to_string(), moved.to.to_string()),
        (format!("{old}.html"), format!("{new}.html")),
        (old, new),
    ];
    if record_stem(&moved.from) != moved.from.stem() {
        all.push((moved.from.folder().to_owned(), moved.to.folder().to_owned()));
    }
    all
}

/// Whether a written target leads to `goal`: relative to its file, from the root, or as the tail of a site's path.
fn ends_at(plain: &str, path: &RecordPath, goal: &str) -> bool {
    let trimmed = plain.trim_end_matches('/');
    let from_root = RecordPath::new("x").join_link(trimmed);
    path.join_link(trimmed).is_some_and(|joined| joined.as_str() == goal)
        || from_root.is_some_and(|joined| joined.as_str() == goal)
        || plain.starts_with('/') && plain.strip_suffix(goal).is_some_and(|before| before.ends_with('/'))
}

/// Words that mean the moved record, with its new name or number. `sure`: the words are a reference and nothing else.
fn renamed(written: &str, moved: &Move, sure: bool) -> Option<String> {
    for (old, new) in moved.names() {
        if let Some(changed) = replace_token(written, &old, &new) {
            return Some(changed);
        }
    }
    if let Some(changed) = moved.new_digits().and_then(|new| renumbered(written, moved, &new)) {
        return Some(changed);
    }
    let (old, new) = (FileName::of(&moved.from).slug, FileName::of(&moved.to).slug);
    let inner = written.trim_matches(['[', ']']);
    (sure && !old.is_empty() && inner == old && !new.is_empty()).then(|| written.replacen(old, new, 1))
}

/// Exchanges the old number where the words speak of a number: labelled (`ADR 7`), padded (`0007`), alone or in front (`7. x`).
fn renumbered(written: &str, moved: &Move, new: &str) -> Option<String> {
    let old = moved.numbers().0?;
    let bytes = written.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let digits = &written[at..end];
        let after = written[end..].chars().next();
        let before = written[..at].trim_end_matches(['-', '_', ' ', '#', '\u{a0}']);
        let word = before.len() - before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        let lead = before.trim_matches(|c: char| c.is_whitespace() || "[(\"'`".contains(c)).is_empty();
        let ends = after.is_none_or(|c| !c.is_alphanumeric());
        let speaks = word > 0 && is_label(&before[before.len() - word..])
            || digits.len() >= 3 && digits.starts_with('0') && lead
            || lead && (after.is_none_or(|c| ".:)]\"'`".contains(c)) || is_dash(&written[end..]));
        if ends && speaks && digits.parse() == Ok(old) {
            let value = new.trim_start_matches('0');
            let padded = digits.len() > 1 && digits.starts_with('0') || digits.len() == new.len();
            let new = if padded { format!("{value:0>width$}", width = digits.len()) } else { value.to_owned() };
            return Some(format!("{}{new}{}", &written[..at], &written[end..]));
        }
        at = end;
    }
    None
}

/// ` - `, ` – `: a number with its title behind a dash.
fn is_dash(after: &str) -> bool {
    after.strip_prefix(' ').is_some_and(|rest| ["- ", "– ", "— "].iter().any(|dash| rest.starts_with(dash)))
}

fn is_label(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    matches!(lower.as_str(), "adr" | "ad" | "rfc" | "dr" | "decision" | "record" | "id" | "number" | "no" | "nr")
        || word.len() >= 2 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Where `name` stands in `text` as a whole.
fn token(text: &str, name: &str) -> Option<usize> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.match_indices(name).map(|(at, _)| at).find(|at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(inside) && !after.is_some_and(inside)
    })
}

fn replace_token(text: &str, old: &str, new: &str) -> Option<String> {
    let at = token(text, old).filter(|_| !old.is_empty() && old != new)?;
    Some(format!("{}{new}{}", &text[..at], &text[at + old.len()..]))
}

/// A target's path and its fragment or query.
fn split_tail(target: &str) -> (&str, &str) {
    target.split_at(target.find(['#', '?']).unwrap_or(target.len()))
}

fn decoded(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// The new path in the manner of the old one: encoded where that was, or where a bare target could not hold it.
fn encoded(new: &str, old: &str) -> String {
    let in_brackets = old.contains(' ');
    if in_brackets { new.to_owned() } else { utf8_percent_encode(new, IN_TARGET).to_string() }
}

#[cfg(test)]
mod tests;
