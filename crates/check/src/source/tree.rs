//! A text read by its grammar: the syntax tree as one array in reading order.
//!
//! tree-sitter looks up a parent or a sibling from the root each time, which makes a rule about siblings quadratic in
//! a long list. Here every neighbour is an index. The tree holds no text and owns everything.

use super::{Language, Limits, Undecided};
use std::cell::Cell;
use std::ops::{ControlFlow, Range};
use tree_sitter::{ParseOptions, ParseState, Parser, TreeCursor};

/// No node: the parent of the root, the sibling after the last.
const NONE: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
struct Entry {
    start: u32,
    end: u32,
    parent: u32,
    next: u32,
    previous: u32,
    children: u32,
    kind: u16,
    field: u16,
    flags: u8,
}

const NAMED: u8 = 1;
const MISSING: u8 = 2;
const EXTRA: u8 = 4;
const ERROR: u8 = 8;
const HAS_NAMED_CHILD: u8 = 16;

/// A text's syntax.
#[derive(Debug, Clone)]
pub struct SyntaxTree {
    language: Language,
    grammar: tree_sitter::Language,
    entries: Vec<Entry>,
}

/// A place in a [`SyntaxTree`].
#[derive(Clone, Copy)]
pub(super) struct Node<'tree> {
    pub(super) tree: &'tree SyntaxTree,
    index: u32,
}

impl SyntaxTree {
    /// Reads `text`. Text with faults is read as well: the grammar skips what it cannot place.
    pub fn parse(language: Language, text: &str, limits: &Limits) -> Result<Self, Undecided> {
        let grammar = language.grammar().ok_or(Undecided::NoGrammar(language))?;
        Self::parse_with(language, grammar, text, limits)
    }

    pub(super) fn parse_with(
        language: Language,
        grammar: tree_sitter::Language,
        text: &str,
        limits: &Limits,
    ) -> Result<Self, Undecided> {
        // Offsets are of 32 bits.
        if text.len() > limits.bytes.min(u32::MAX as usize) {
            return Err(Undecided::TooLong { limit: limits.bytes });
        }
        super::guard::bound(language, text).map_err(|limit| Undecided::TooNested { limit })?;
        let tree = read(&grammar, text, limits).ok_or(match language.grammar() {
            None => Undecided::NoGrammar(language),
            Some(_) => Undecided::TooHardToRead { limit: limits.parser_steps },
        })?;
        let entries = entries(tree.walk(), limits.depth)?;
        Ok(Self { language, grammar, entries })
    }

    /// The language it was read in.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether the grammar had to skip or invent something.
    #[must_use]
    pub fn has_faults(&self) -> bool {
        self.entries.iter().any(|entry| entry.flags & (ERROR | MISSING) != 0)
    }

    /// The node at an index that a node of this tree gave.
    pub(super) fn node(&self, index: u32) -> Node<'_> {
        Node { tree: self, index }
    }

    /// All nodes in reading order, each before what it contains.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        (0..self.entries.len() as u32).map(|index| Node { tree: self, index })
    }
}

/// Reads a text as long as the parser keeps to a number of steps for each byte it has come past. Where it does not, it
/// follows several readings at once and compares them again and again: what takes a second for ten thousand bytes
/// takes hours for a million. Code that people write needs 2.4 steps at most, `1,1,1` needs 5. A scanner that looks ahead to the end of
/// the text at every word takes no more steps, but asks for the text again and again: that is counted as well.
fn read(grammar: &tree_sitter::Language, text: &str, limits: &Limits) -> Option<tree_sitter::Tree> {
    /// How many of its steps the parser takes between two questions.
    const STEPS_PER_CALL: u64 = 100;
    const BESIDE: u64 = 10_000;
    const PIECE: usize = 1 << 10;
    let mut parser = Parser::new();
    parser.set_language(grammar).ok()?;
    let bytes = text.as_bytes();
    let pieces = Cell::new(BESIDE + limits.parser_pieces * (bytes.len() / PIECE) as u64);
    let (mut steps, mut farthest) = (0, 0);
    let mut count = |state: &ParseState| {
        steps += STEPS_PER_CALL;
        farthest = state.current_byte_offset().max(farthest);
        let is_fair = pieces.get() > 0 && steps <= BESIDE + limits.parser_steps * farthest as u64;
        if is_fair { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let options = ParseOptions::new().progress_callback(&mut count);
    let mut piece = |at: usize, _| {
        // Never less than there is: an end that comes within a character is read past.
        pieces.set(pieces.get().saturating_sub(1));
        bytes.get(at..at.saturating_add(PIECE).min(bytes.len())).unwrap_or_default()
    };
    let tree = parser.parse_with_options(&mut piece, None, Some(options));
    tree.filter(|_| pieces.get() > 0)
}

fn entries(mut cursor: TreeCursor<'_>, most: u32) -> Result<Vec<Entry>, Undecided> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut parents: Vec<u32> = Vec::new();
    let mut previous = NONE;
    loop {
        let index = entries.len() as u32;
        let parent = parents.last().copied().unwrap_or(NONE);
        entries.push(entry(&cursor, parent, previous));
        if let Some(before) = entries.get_mut(previous as usize) {
            before.next = index;
        }
        let named = entries[index as usize].flags & NAMED != 0;
        if let Some(above) = entries.get_mut(parent as usize) {
            above.children += 1;
            above.flags |= if named { HAS_NAMED_CHILD } else { 0 };
        }
        previous = index;
        if cursor.goto_first_child() {
            if parents.len() as u32 >= most {
                return Err(Undecided::TooDeep { limit: most });
            }
            parents.push(index);
            previous = NONE;
            continue;
        }
        while !cursor.goto_next_sibling() {
            let Some(above) = parents.pop() else { return Ok(entries) };
            cursor.goto_parent();
            previous = above;
        }
    }
}

fn entry(cursor: &TreeCursor<'_>, parent: u32, previous: u32) -> Entry {
    let node = cursor.node();
    let flag = |set: bool, flag: u8| if set { flag } else { 0 };
    let flags = flag(node.is_named(), NAMED)
        | flag(node.is_missing(), MISSING)
        | flag(node.is_extra(), EXTRA)
        | flag(node.is_error(), ERROR);
    let field = cursor.field_id().map_or(0, std::num::NonZero::get);
    let range = node.byte_range();
    let (start, end) = (range.start as u32, range.end as u32);
    Entry { start, end, parent, next: NONE, previous, children: 0, kind: node.kind_id(), field, flags }
}

impl<'tree> Node<'tree> {
    fn entry(self) -> &'tree Entry {
        // An index is only ever taken from the array itself, which does not change.
        &self.tree.entries[self.index as usize]
    }

    fn at(self, index: u32) -> Option<Self> {
        (index != NONE).then_some(Self { index, ..self })
    }

    fn has(self, flag: u8) -> bool {
        self.entry().flags & flag != 0
    }

    pub(super) fn index(self) -> usize {
        self.index as usize
    }

    pub(super) fn kind(self) -> &'tree str {
        self.tree.grammar.node_kind_for_id(self.entry().kind).unwrap_or("")
    }

    pub(super) fn kind_id(self) -> u16 {
        self.entry().kind
    }

    /// Its bytes in the text.
    pub(super) fn range(self) -> Range<usize> {
        self.entry().start as usize..self.entry().end as usize
    }

    /// Its part of the text that the tree was read from.
    pub(super) fn text(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    pub(super) fn is_named(self) -> bool {
        self.has(NAMED)
    }

    pub(super) fn is_missing(self) -> bool {
        self.has(MISSING)
    }

    pub(super) fn is_extra(self) -> bool {
        self.has(EXTRA)
    }

    pub(super) fn is_error(self) -> bool {
        self.has(ERROR)
    }

    pub(super) fn has_named_child(self) -> bool {
        self.has(HAS_NAMED_CHILD)
    }

    pub(super) fn child_count(self) -> usize {
        self.entry().children as usize
    }

    pub(super) fn parent(self) -> Option<Self> {
        self.at(self.entry().parent)
    }

    pub(super) fn next(self) -> Option<Self> {
        self.at(self.entry().next)
    }

    pub(super) fn previous(self) -> Option<Self> {
        self.at(self.entry().previous)
    }

    pub(super) fn first_child(self) -> Option<Self> {
        if self.child_count() == 0 { None } else { self.at(self.index + 1) }
    }

    pub(super) fn children(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.first_child(), |node| node.next())
    }

    pub(super) fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.parent(), |node| node.parent())
    }

    /// Itself and everything in it, in reading order.
    pub(super) fn with_descendants(self) -> impl Iterator<Item = Self> {
        (self.index..self.end_index()).map(move |index| Self { index, ..self })
    }

    /// The index behind its last descendant.
    fn end_index(self) -> u32 {
        let after = std::iter::once(self).chain(self.ancestors()).find_map(Self::next);
        after.map_or(self.tree.entries.len() as u32, |node| node.index)
    }

    /// The number of the field of its parent that it is; 0 for none.
    pub(super) fn field_id(self) -> u16 {
        self.entry().field
    }

    pub(super) fn field(self, name: &str) -> Option<Self> {
        let id = self.tree.grammar.field_id_for_name(name)?.get();
        self.children().find(|child| child.field_id() == id)
    }

    pub(super) fn field_all(self, name: &str) -> impl Iterator<Item = Self> {
        let id = self.tree.grammar.field_id_for_name(name).map_or(0, std::num::NonZero::get);
        self.children().filter(move |child| id != 0 && child.field_id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(language: Language, text: &str) -> SyntaxTree {
        SyntaxTree::parse(language, text, &Limits::default()).expect("small")
    }

    /// What tree-sitter's own walk gives, for comparison.
    fn theirs(language: Language, text: &str) -> Vec<(u16, Range<usize>, usize, bool)> {
        let tree = read(&language.grammar().expect("built"), text, &Limits::default()).expect("small");
        let mut stack = vec![tree.root_node()];
        let mut found = Vec::new();
        while let Some(node) = stack.pop() {
            found.push((node.kind_id(), node.byte_range(), node.child_count() as usize, node.named_child_count() > 0));
            stack.extend((0..node.child_count()).rev().filter_map(|at| node.child(at as _)));
        }
        found
    }

    fn ours(tree: &SyntaxTree) -> Vec<(u16, Range<usize>, usize, bool)> {
        tree.nodes().map(|node| (node.kind_id(), node.range(), node.child_count(), node.has_named_child())).collect()
    }

    fn check_links(tree: &SyntaxTree) {
        for node in tree.nodes() {
            assert_eq!(node.children().count(), node.child_count());
            assert!(node.children().all(|child| child.parent().is_some_and(|parent| parent.index == node.index)));
            assert!(node.next().is_none_or(|next| next.previous().is_some_and(|back| back.index == node.index)));
            let nested: usize = node.children().map(|child| child.with_descendants().count()).sum();
            assert_eq!(node.with_descendants().count(), nested + 1);
        }
    }

    #[test]
    fn the_array_is_tree_sitters_tree() {
        let text = "fn f(a: u8) -> u8 { match a { 0 => 1, _ => { f(a - 1) } } } // end\n";
        let tree = parse(Language::Rust, text);
        assert_eq!(ours(&tree), theirs(Language::Rust, text));
        check_links(&tree);
        let function = tree.node(0).first_child().expect("a function");
        assert_eq!(function.field("name").map(|name| name.text(text)), Some("f"));
        assert!(function.field("nothing").is_none());
        assert!(!tree.has_faults() && parse(Language::Rust, "fn fn {").has_faults());
    }

    #[test]
    fn limits_are_reported() {
        let limits = Limits::default();
        let deep = format!("{}1{}", "[".repeat(900), "]".repeat(900));
        let shallow = Limits { depth: 100, ..limits };
        assert_eq!(SyntaxTree::parse(Language::Json, &deep, &shallow).err(), Some(Undecided::TooDeep { limit: 100 }));
        let deeper = "[".repeat(3_000);
        assert_eq!(
            SyntaxTree::parse(Language::Json, &deeper, &limits).err(),
            Some(Undecided::TooNested { limit: 1_000 })
        );
        let small = Limits { bytes: 3, ..limits };
        assert_eq!(SyntaxTree::parse(Language::Json, "[1, 2]", &small).err(), Some(Undecided::TooLong { limit: 3 }));
        let looks_ahead = SyntaxTree::parse(Language::Bash, &"f(x)->\n".repeat(8_000), &limits);
        assert_eq!(looks_ahead.err(), Some(Undecided::TooHardToRead { limit: limits.parser_steps }));
        let wide = SyntaxTree::parse(Language::Go, &"|/*äyield ".repeat(2_000), &limits);
        assert_eq!(wide.err(), Some(Undecided::TooHardToRead { limit: limits.parser_steps }));
        let few = Limits { parser_steps: 1, ..limits };
        assert_eq!(
            SyntaxTree::parse(Language::Go, &"a;".repeat(50_000), &few).err(),
            Some(Undecided::TooHardToRead { limit: 1 })
        );
        assert!(SyntaxTree::parse(Language::Python, &"a = [1, 2, 3]\n".repeat(5_000), &limits).is_ok());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_text_gives_a_sound_tree(text in "\\PC{0,60}|[\\[\\](){}<>\"'`/*#$=;:\\n\\\\a-c0 ]{0,80}", at in 0usize..18) {
            let language = Language::all().nth(at).expect("eighteen");
            let tree = parse(language, &text);
            prop_assert_eq!(ours(&tree), theirs(language, &text));
            check_links(&tree);
        }
    }
}
