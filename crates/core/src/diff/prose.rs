//! The new text as safe HTML with `<ins>` and `<del>` around changed words (DESIGN §10.22).
//!
//! Both texts are read as Markdown and compared block by block, then word by word inside blocks that belong together.
//! Marks are put into the *event stream*, never into HTML text, and closed before any tag opens or closes: the result
//! is well formed whatever the record holds. ammonia has the last word. Links to other records and images are not
//! resolved here: a relative address is dropped, an image stands as its description.

mod inline;
mod tree;

use super::words;
use pulldown_cmark::{CowStr, Event, Options, Parser, html};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use tree::Node;

/// Blocks less alike than this are shown as removed and added.
const LIKENESS: f32 = 0.25;
/// More unchanged blocks than this in a row are folded.
const FOLD: usize = 3;
/// Words that a block must have (with its kind) to count as moved rather than written twice.
const SHORTEST_MOVE: usize = 4;
/// Above this many comparisons, blocks are paired by order alone.
const PAIRINGS: usize = 20_000;

/// Safe HTML of the new text with `<ins>`/`<del>` around changed words. Empty when a text is nested too deeply to be
/// drawn; hunks still show it.
pub fn rendered(old: &str, new: &str) -> String {
    let (Some(old), Some(new)) = (tree::parse(events(old)), tree::parse(events(new))) else {
        return String::new();
    };
    let blocks = fold(top_level(&old, &new));
    let mut out = String::new();
    html::push_html(&mut out, blocks.into_iter());
    sanitise(&out)
}

fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    Parser::new_ext(text, options)
}

fn sanitise(html: &str) -> String {
    let mut builder = ammonia::Builder::default();
    builder
        .rm_tags(["img"])
        .add_allowed_classes("ins", &["block"])
        .add_allowed_classes("del", &["block"])
        .add_allowed_classes("details", &["unchanged"])
        .add_allowed_classes("span", &["moved"])
        .url_relative(ammonia::UrlRelative::Deny);
    builder.clean(html).to_string()
}

/// One block of the whole text, as it will be drawn.
struct Drawn<'a> {
    events: Vec<Event<'a>>,
    changed: bool,
    heading: bool,
}

fn top_level<'a>(old: &[Node<'a>], new: &[Node<'a>]) -> Vec<Drawn<'a>> {
    let pairs = align(old, new);
    let moves = Moves::new(old, new, &pairs);
    let mut drawn = Vec::new();
    for pair in pairs {
        let mut events = Vec::new();
        let (node, changed) = match pair {
            Pair::Same(j) => {
                new[j].emit(&mut events);
                (&new[j], false)
            }
            Pair::Both(i, j) => {
                both(&old[i], &new[j], &mut events);
                (&new[j], true)
            }
            Pair::New(j) => {
                if let Some(from) = moves.arrived.get(&j).copied() {
                    events
                        .push(tag(format!("<p><span class=\"moved\">{}</span></p>", escape(&moved_label(old, from)))));
                    new[j].emit(&mut events);
                } else {
                    one_sided(&new[j], inline::Mark::Inserted, &mut events);
                }
                (&new[j], true)
            }
            // Drawn where it went to.
            Pair::Old(i) if moves.left.contains(&i) => continue,
            Pair::Old(i) => {
                one_sided(&old[i], inline::Mark::Deleted, &mut events);
                (&old[i], true)
            }
        };
        drawn.push(Drawn { events, changed, heading: node.heading().is_some() });
    }
    drawn
}

/// Blocks that stand elsewhere now.
struct Moves {
    /// New place to old place.
    arrived: HashMap<usize, usize>,
    left: HashSet<usize>,
}

impl Moves {
    fn new(old: &[Node<'_>], new: &[Node<'_>], pairs: &[Pair]) -> Self {
        let removed =
            pairs.iter().filter_map(|pair| if let Pair::Old(at) = pair { Some((old[*at].key(), *at)) } else { None });
        // Short blocks (`Yes.`) occur anywhere and were not moved.
        let removed = removed.filter(|(key, _)| key.split_whitespace().count() >= SHORTEST_MOVE);
        let mut removed: HashMap<String, usize> = removed.collect();
        let mut moves = Moves { arrived: HashMap::new(), left: HashSet::new() };
        for pair in pairs {
            if let Pair::New(at) = pair
                && let Some(from) = removed.remove(&new[*at].key())
            {
                moves.arrived.insert(*at, from);
                moves.left.insert(from);
            }
        }
        moves
    }
}

/// `moved from Options`, by the heading that the block stood under.
fn moved_label(old: &[Node<'_>], at: usize) -> String {
    let heading = old[..at].iter().rev().find_map(Node::heading);
    heading.map_or_else(|| "moved from the start".to_owned(), |heading| format!("moved from {heading}"))
}

/// Which blocks belong together, in drawing order.
enum Pair {
    Same(usize),
    Both(usize, usize),
    Old(usize),
    New(usize),
}

fn align(old: &[Node<'_>], new: &[Node<'_>]) -> Vec<Pair> {
    let keys = |nodes: &[Node<'_>]| nodes.iter().map(Node::key).collect::<Vec<String>>();
    let (old_keys, new_keys) = (keys(old), keys(new));
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    for op in capture_diff_slices(Algorithm::Myers, &old_keys, &new_keys) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            pair_up(old, new, i..old_index, j..new_index, &mut pairs);
            pairs.extend((0..len).map(|at| Pair::Same(new_index + at)));
            (i, j) = (old_index + len, new_index + len);
        }
    }
    pair_up(old, new, i..old.len(), j..new.len(), &mut pairs);
    pairs
}

/// Pairs blocks of a replaced stretch, in order, where they are of one kind and alike enough.
fn pair_up(old: &[Node<'_>], new: &[Node<'_>], olds: Range<usize>, news: Range<usize>, pairs: &mut Vec<Pair>) {
    let careful = olds.len() * news.len() <= PAIRINGS;
    let bag = |node: &Node<'_>| words::bag(&node.text());
    let bags: Vec<Vec<String>> = old[olds.clone()].iter().map(bag).collect();
    let mut next_old = olds.start;
    let mut waiting = Vec::new();
    for j in news {
        let candidates = if careful { next_old..olds.end } else { next_old..olds.end.min(next_old + 1) };
        let words = bag(&new[j]);
        let best = candidates
            .filter(|i| old[*i].same_kind(&new[j]))
            .map(|i| (i, words::bag_likeness(&bags[i - olds.start], &words)))
            .filter(|(_, likeness)| *likeness >= LIKENESS)
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        match best {
            Some((i, _)) => {
                pairs.extend((next_old..i).map(Pair::Old));
                pairs.extend(std::mem::take(&mut waiting).into_iter().map(Pair::New));
                pairs.push(Pair::Both(i, j));
                next_old = i + 1;
            }
            None => waiting.push(j),
        }
    }
    pairs.extend((next_old..olds.end).map(Pair::Old));
    pairs.extend(waiting.into_iter().map(Pair::New));
}

/// Draws two blocks of one kind as one.
fn both<'a>(old: &Node<'a>, new: &Node<'a>, out: &mut Vec<Event<'a>>) {
    match (old, new) {
        (Node::Group { children: old, .. }, Node::Group { tag, children: new }) => {
            out.push(Event::Start(tag.clone()));
            for pair in align(old, new) {
                match pair {
                    Pair::Same(j) => new[j].emit(out),
                    Pair::Both(i, j) => both(&old[i], &new[j], out),
                    Pair::Old(i) => one_sided(&old[i], inline::Mark::Deleted, out),
                    Pair::New(j) => one_sided(&new[j], inline::Mark::Inserted, out),
                }
            }
            out.push(Event::End(tag.to_end()));
        }
        (Node::Leaf { inline: old_inline, .. }, Node::Leaf { inline: new_inline, .. }) if !new.is_raw() => {
            new.around(out, |out| inline::merge(old_inline, new_inline, new.is_code(), out));
        }
        _ => {
            one_sided(old, inline::Mark::Deleted, out);
            one_sided(new, inline::Mark::Inserted, out);
        }
    }
}

/// Draws a block that only one text has.
fn one_sided<'a>(node: &Node<'a>, mark: inline::Mark, out: &mut Vec<Event<'a>>) {
    match node {
        Node::Group { tag, children } => {
            out.push(Event::Start(tag.clone()));
            for child in children {
                one_sided(child, mark, out);
            }
            out.push(Event::End(tag.to_end()));
        }
        Node::Leaf { inline, .. } => node.around(out, |out| inline::whole(inline, mark, out)),
    }
}

/// Folds long runs of unchanged blocks; a heading right before a change stays visible.
fn fold(blocks: Vec<Drawn<'_>>) -> Vec<Event<'_>> {
    let mut out = Vec::new();
    let mut run: Vec<Drawn<'_>> = Vec::new();
    for block in blocks {
        if block.changed {
            flush(&mut run, true, &mut out);
            out.extend(block.events);
        } else {
            run.push(block);
        }
    }
    flush(&mut run, false, &mut out);
    out
}

fn flush<'a>(run: &mut Vec<Drawn<'a>>, before_change: bool, out: &mut Vec<Event<'a>>) {
    let mut shown = Vec::new();
    while before_change && run.last().is_some_and(|block| block.heading) {
        shown.extend(run.pop());
    }
    let folded = run.len() > FOLD;
    if folded {
        let paragraphs = run.iter().filter(|block| !block.heading).count();
        let summary = match paragraphs {
            1 => "1 unchanged paragraph".to_owned(),
            count => format!("{count} unchanged paragraphs"),
        };
        out.push(tag(format!("<details class=\"unchanged\"><summary>{summary}</summary>\n")));
    }
    out.extend(run.drain(..).flat_map(|block| block.events));
    if folded {
        out.push(tag("</details>\n".to_owned()));
    }
    out.extend(shown.into_iter().rev().flat_map(|block| block.events));
}

fn tag<'a>(html: impl Into<CowStr<'a>>) -> Event<'a> {
    Event::InlineHtml(html.into())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests;
