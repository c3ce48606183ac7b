//! Words inside one block: which were inserted, which deleted, and marks around them.

use crate::diff::words;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// Longer inserted blocks get a bar and a background instead of underlined words.
const LONG: usize = 12;
/// Fewer equal words than this between two changes are drawn as changed too: single common words tear a sentence apart.
const ISLAND: usize = 2;

/// Blocks with more words than this (of both texts) are not compared word by word: it would take long.
const COMPARED: usize = 6_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Inserted,
    Deleted,
}

impl Mark {
    fn open(self) -> &'static str {
        match self {
            Mark::Inserted => "<ins>",
            Mark::Deleted => "<del>",
        }
    }

    fn close(self) -> &'static str {
        match self {
            Mark::Inserted => "</ins>",
            Mark::Deleted => "</del>",
        }
    }
}

/// A piece of inline text.
enum Piece<'a> {
    /// Compared: a word, a mark, a code span. `key` carries the style it stands in, so that a word made bold differs.
    Word { key: String, event: Event<'a>, space_after: bool },
    /// A tag, drawn as it stands.
    Structure(Event<'a>),
}

/// Draws inline events without marks; images stand as their description.
pub(super) fn plain<'a>(inline: &[Event<'a>], out: &mut Vec<Event<'a>>) {
    out.extend(safe(inline));
}

/// Draws inline events of a block that only one text has.
pub(super) fn whole<'a>(inline: &[Event<'a>], mark: Mark, out: &mut Vec<Event<'a>>) {
    let events = safe(inline);
    let count: usize =
        events.iter().map(|event| if let Event::Text(text) = event { words::split(text).0.len() } else { 0 }).sum();
    if events.is_empty() {
        return;
    }
    let open = match mark {
        Mark::Inserted if count > LONG => "<ins class=\"block\">",
        Mark::Deleted if count > LONG => "<del class=\"block\">",
        mark => mark.open(),
    };
    out.push(html(open));
    out.extend(events);
    out.push(html(mark.close()));
}

/// Draws the new inline events with deleted words of the old ones between them.
pub(super) fn merge<'a>(old: &[Event<'a>], new: &[Event<'a>], code: bool, out: &mut Vec<Event<'a>>) {
    let (old_pieces, new_pieces) = (pieces(&safe(old), code), pieces(&safe(new), code));
    let (old_keys, new_keys) = (keys(&old_pieces), keys(&new_pieces));
    if old_keys.len() + new_keys.len() > COMPARED {
        whole(old, Mark::Deleted, out);
        whole(new, Mark::Inserted, out);
        return;
    }
    let changes = changes(&old_keys, &new_keys);
    let (old, new) = (old_pieces, new_pieces);
    let old_words: Vec<&Piece<'a>> = old.iter().filter(|piece| matches!(piece, Piece::Word { .. })).collect();
    let mut pen = Pen { out, mark: None, space: false, code, written: false };
    let mut at = 0;
    let mut changes = changes.into_iter().peekable();
    for piece in &new {
        match piece {
            Piece::Structure(event) => pen.structure(event.clone()),
            Piece::Word { event, space_after, .. } => {
                if let Some((olds, _)) = changes.next_if(|(_, news)| news.start == at && news.is_empty()) {
                    pen.deleted(&old_words, olds);
                }
                let mut mark = None;
                if let Some((olds, news)) = changes.peek().filter(|(_, news)| news.contains(&at)).cloned() {
                    if news.start == at {
                        pen.deleted(&old_words, olds);
                    }
                    mark = Some(Mark::Inserted);
                    if news.end == at + 1 {
                        changes.next();
                    }
                }
                pen.word(event.clone(), *space_after, mark);
                at += 1;
            }
        }
    }
    for (olds, _) in changes {
        pen.deleted(&old_words, olds);
    }
    pen.lift();
}

/// Writes events and keeps marks closed around tags.
struct Pen<'a, 'o> {
    out: &'o mut Vec<Event<'a>>,
    mark: Option<Mark>,
    /// Whitespace that the last word asked for, written when it is known on which side of a mark it belongs.
    space: bool,
    code: bool,
    /// Something was drawn already: no space at the start.
    written: bool,
}

impl<'a> Pen<'a, '_> {
    fn word(&mut self, event: Event<'a>, space_after: bool, mark: Option<Mark>) {
        if self.mark == mark {
            self.flush_space();
        } else {
            // A removed and an added word never touch, except in code, where spacing is text.
            self.space |= !self.code && self.mark == Some(Mark::Deleted) && mark == Some(Mark::Inserted);
            self.close_mark();
            self.flush_space();
            self.out.extend(mark.map(|mark| html(mark.open())));
            self.mark = mark;
        }
        self.out.push(event);
        self.space = space_after;
        self.written = true;
    }

    /// Draws deleted words with the spacing that they had; the spacing of the new text is kept beside it.
    fn deleted(&mut self, words: &[&Piece<'a>], range: Range<usize>) {
        let new_space = self.space;
        let before = range.start.checked_sub(1).and_then(|at| words.get(at));
        self.space |= matches!(before, Some(Piece::Word { space_after: true, .. })) && self.written;
        for piece in &words[range] {
            if let Piece::Word { event, space_after, .. } = piece {
                self.word(event.clone(), *space_after, Some(Mark::Deleted));
            }
        }
        self.space |= new_space;
    }

    fn structure(&mut self, event: Event<'a>) {
        self.close_mark();
        self.flush_space();
        self.out.push(event);
    }

    fn lift(&mut self) {
        self.close_mark();
        self.flush_space();
    }

    fn close_mark(&mut self) {
        self.out.extend(self.mark.take().map(|mark| html(mark.close())));
    }

    fn flush_space(&mut self) {
        if std::mem::take(&mut self.space) {
            self.out.push(Event::Text(CowStr::Borrowed(" ")));
        }
    }
}

/// Changed stretches as word ranges of both sides, in order.
fn changes(old: &[String], new: &[String]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut changes: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (olds, news) = (op.old_range(), op.new_range());
        match changes.last_mut() {
            Some((last_old, last_new)) if joins(last_old, last_new, &olds, &news) => {
                last_old.end = olds.end;
                last_new.end = news.end;
            }
            _ => changes.push((olds, news)),
        }
    }
    changes
}

/// Whether the equal words between two changes are too few to stand alone.
fn joins(last_old: &Range<usize>, last_new: &Range<usize>, olds: &Range<usize>, news: &Range<usize>) -> bool {
    let between = olds.start - last_old.end;
    let replaced = |olds: &Range<usize>, news: &Range<usize>| !olds.is_empty() && !news.is_empty();
    between == 0 || (between <= ISLAND && replaced(last_old, last_new) && replaced(olds, news))
}

fn keys(pieces: &[Piece<'_>]) -> Vec<String> {
    let keys = pieces.iter().filter_map(|piece| match piece {
        Piece::Word { key, .. } => Some(key.clone()),
        Piece::Structure(_) => None,
    });
    keys.collect()
}

fn pieces<'a>(events: &[Event<'a>], code: bool) -> Vec<Piece<'a>> {
    let mut styles: Vec<String> = Vec::new();
    let mut pieces = Vec::new();
    for event in events {
        match event {
            Event::Text(text) if code => {
                pieces.extend(
                    text.split_inclusive('\n').map(|line| atom(line, &styles, Event::Text(line.to_owned().into()))),
                );
            }
            Event::Text(text) => text_pieces(text, &styles, &mut pieces),
            Event::Code(text) => pieces.push(atom(&format!("`{text}`"), &styles, event.clone())),
            Event::FootnoteReference(name) => pieces.push(atom(&format!("[^{name}]"), &styles, event.clone())),
            Event::HardBreak => pieces.push(atom("\n", &styles, Event::HardBreak)),
            Event::SoftBreak => space(&mut pieces),
            Event::Start(tag) => {
                styles.push(style(tag));
                pieces.push(Piece::Structure(event.clone()));
            }
            Event::End(_) => {
                styles.pop();
                pieces.push(Piece::Structure(event.clone()));
            }
            event => pieces.push(Piece::Structure(event.clone())),
        }
    }
    pieces
}

fn text_pieces<'a>(text: &str, styles: &[String], pieces: &mut Vec<Piece<'a>>) {
    let (words, leading) = words::split(text);
    if leading {
        space(pieces);
    }
    for word in words {
        let key = format!("{}{}", word.text, styles.concat());
        let event = Event::Text(word.text.to_owned().into());
        pieces.push(Piece::Word { key, event, space_after: word.space_after });
    }
}

fn atom<'a>(key: &str, styles: &[String], event: Event<'a>) -> Piece<'a> {
    Piece::Word { key: format!("{key}{}", styles.concat()), event, space_after: false }
}

/// Whitespace belongs to the word before it, or stands for itself after a tag.
fn space(pieces: &mut Vec<Piece<'_>>) {
    match pieces.last_mut() {
        Some(Piece::Word { space_after, .. }) => *space_after = true,
        _ => pieces.push(Piece::Structure(Event::Text(CowStr::Borrowed(" ")))),
    }
}

/// An inline tag as part of a word's identity.
pub(super) fn style(tag: &Tag<'_>) -> String {
    match tag {
        Tag::Emphasis => "\u{1}em".to_owned(),
        Tag::Strong => "\u{1}strong".to_owned(),
        Tag::Strikethrough => "\u{1}s".to_owned(),
        Tag::Link { dest_url, .. } => format!("\u{1}a {dest_url} "),
        Tag::Image { dest_url, .. } => format!("\u{1}img {dest_url} "),
        _ => "\u{1}".to_owned(),
    }
}

/// Inline events with images as text, struck text as `<s>` (a `<del>` here means deleted) and task boxes as signs.
fn safe<'a>(inline: &[Event<'a>]) -> Vec<Event<'a>> {
    let mut images = 0_usize;
    let mut out = Vec::with_capacity(inline.len());
    for event in inline {
        match event {
            Event::Start(Tag::Image { .. }) => {
                if images == 0 {
                    out.push(Event::Text(CowStr::Borrowed("[image: ")));
                }
                images += 1;
            }
            Event::End(TagEnd::Image) => {
                images = images.saturating_sub(1);
                if images == 0 {
                    out.push(Event::Text(CowStr::Borrowed("]")));
                }
            }
            Event::Start(_) | Event::End(_) if images > 0 => {}
            Event::Start(Tag::Strikethrough) => out.push(html("<s>")),
            Event::End(TagEnd::Strikethrough) => out.push(html("</s>")),
            Event::TaskListMarker(done) => out.push(Event::Text(CowStr::Borrowed(if *done { "☑ " } else { "☐ " }))),
            event => out.push(event.clone()),
        }
    }
    out
}

fn html(text: &'static str) -> Event<'static> {
    Event::InlineHtml(CowStr::Borrowed(text))
}
