//! A text as ast-grep's matchers see it: our [`SyntaxTree`], with every step counted.
//!
//! When the steps are spent every list is empty and every neighbour missing, so that any matcher, however nested,
//! comes to an end at once; its answer is thrown away by who started it.

use crate::source::tree::Node as TreeNode;
use crate::source::{Language, Limits, SyntaxTree, Undecided};
use ast_grep_core::matcher::{Pattern, PatternBuilder, PatternError};
use ast_grep_core::source::{Doc, Edit, SgNode};
use ast_grep_core::{AstGrep, Language as Structural, Position};
use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

/// A language whose grammar this build has.
#[derive(Clone)]
pub(super) struct Grammar {
    pub(super) language: Language,
    grammar: tree_sitter::Language,
}

impl Grammar {
    pub(super) fn of(language: Language) -> Result<Self, Undecided> {
        let grammar = language.grammar().ok_or(Undecided::NoGrammar(language))?;
        Ok(Self { language, grammar })
    }
}

impl Structural for Grammar {
    fn pre_process_pattern<'q>(&self, query: &'q str) -> Cow<'q, str> {
        self.language.stand_ins().pre_process_pattern(query)
    }

    fn expando_char(&self) -> char {
        self.language.stand_ins().expando_char()
    }

    fn kind_to_id(&self, kind: &str) -> u16 {
        self.grammar.id_for_node_kind(kind, true)
    }

    fn field_to_id(&self, field: &str) -> Option<u16> {
        self.grammar.field_id_for_name(field).map(std::num::NonZero::get)
    }

    fn build_pattern(&self, builder: &PatternBuilder<'_>) -> Result<Pattern, PatternError> {
        builder.build(|text| {
            let limits =
                Limits { bytes: super::written::MOST_BYTES, depth: super::written::MOST_DEPTH, ..Limits::default() };
            let tree = SyntaxTree::parse(self.language, text, &limits).map_err(|reason| reason.to_string())?;
            Ok(Document::new(self.clone(), tree, text.to_owned()))
        })
    }
}

/// A text, its tree and what may still be spent on it.
#[derive(Clone)]
pub(super) struct Document {
    grammar: Grammar,
    tree: SyntaxTree,
    text: String,
    line_starts: Vec<usize>,
    left: Cell<u64>,
    text_weight: Cell<u64>,
    /// Where matching begins: what ast-grep takes for the root.
    first: Cell<u32>,
}

impl Document {
    pub(super) fn new(grammar: Grammar, tree: SyntaxTree, text: String) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self {
            grammar,
            tree,
            text,
            line_starts,
            left: Cell::new(u64::MAX),
            text_weight: Cell::new(1),
            first: Cell::new(0),
        }
    }

    pub(super) fn language(&self) -> Language {
        self.grammar.language
    }

    pub(super) fn tree(&self) -> &SyntaxTree {
        &self.tree
    }

    /// The node at an index of the tree, as ast-grep's. Its `adopt` would do, but walks to the root in debug builds,
    /// so that the same rule would take other steps there.
    pub(super) fn begin_at<'r>(&self, index: u32, root: &'r AstGrep<Self>) -> ast_grep_core::Node<'r, Self> {
        self.first.set(index);
        root.root()
    }

    /// Begins to count: `steps` may be spent, a byte of text that a regex reads costs `text_weight` of 64 parts.
    pub(super) fn begin(&self, steps: u64, text_weight: u64) {
        self.left.set(steps);
        self.text_weight.set(text_weight);
    }

    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    fn spend(&self, steps: u64) -> bool {
        let left = self.left.get().saturating_sub(steps);
        self.left.set(left);
        left > 0
    }

    fn position(&self, byte: usize) -> Position {
        let line = self.line_starts.partition_point(|start| *start <= byte).saturating_sub(1);
        Position::new(line, byte - self.line_starts[line], byte)
    }
}

impl Doc for Document {
    type Source = String;
    type Lang = Grammar;
    type Node<'r> = Place<'r>;

    fn get_lang(&self) -> &Grammar {
        &self.grammar
    }

    fn get_source(&self) -> &String {
        &self.text
    }

    fn do_edit(&mut self, _edit: &Edit<String>) -> Result<(), String> {
        Err("a document of rules is not edited".to_owned())
    }

    fn root_node(&self) -> Place<'_> {
        Place { document: self, node: self.tree.node(self.first.get()) }
    }

    fn get_node_text<'a>(&'a self, place: &Place<'a>) -> Cow<'a, str> {
        let text = place.node.text(&self.text);
        let cost = 1 + text.len() as u64 * self.text_weight.get() / 64;
        Cow::Borrowed(if self.spend(cost) { text } else { "" })
    }
}

/// A node of a [`Document`].
#[derive(Clone, Copy)]
pub(super) struct Place<'r> {
    document: &'r Document,
    node: TreeNode<'r>,
}

impl<'r> Place<'r> {
    fn at(self, node: Option<TreeNode<'r>>) -> Option<Self> {
        node.filter(|_| self.document.spend(1)).map(|node| Self { node, ..self })
    }
}

/// Children, as many as it says.
struct Children<'r> {
    next: Option<Place<'r>>,
    left: usize,
}

impl<'r> Iterator for Children<'r> {
    type Item = Place<'r>;

    fn next(&mut self) -> Option<Place<'r>> {
        let child = self.next?;
        child.document.spend(1);
        self.next = child.node.next().map(|node| Place { node, ..child });
        self.left = self.left.saturating_sub(1);
        Some(child)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Children<'_> {}

impl<'r> SgNode<'r> for Place<'r> {
    fn parent(&self) -> Option<Self> {
        self.at(self.node.parent())
    }

    fn children(&self) -> impl ExactSizeIterator<Item = Self> {
        let first = self.at(self.node.first_child());
        Children { left: first.map_or(0, |_| self.node.child_count()), next: first }
    }

    fn kind(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.node.kind())
    }

    fn kind_id(&self) -> u16 {
        self.node.kind_id()
    }

    fn node_id(&self) -> usize {
        self.node.index()
    }

    fn range(&self) -> Range<usize> {
        self.node.range()
    }

    fn start_pos(&self) -> Position {
        self.document.position(self.node.range().start)
    }

    fn end_pos(&self) -> Position {
        self.document.position(self.node.range().end)
    }

    fn ancestors(&self, _root: Self) -> impl Iterator<Item = Self> {
        // From the nearest outwards, which is the order of ast-grep's own documents.
        std::iter::successors(self.at(self.node.parent()), |place| place.at(place.node.parent()))
    }

    fn dfs(&self) -> impl Iterator<Item = Self> {
        let place = *self;
        self.node.with_descendants().map_while(move |node| place.at(Some(node)))
    }

    fn next(&self) -> Option<Self> {
        self.at(self.node.next())
    }

    fn prev(&self) -> Option<Self> {
        self.at(self.node.previous())
    }

    fn next_all(&self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.at(self.node.next()), |place| place.at(place.node.next()))
    }

    fn prev_all(&self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.at(self.node.previous()), |place| place.at(place.node.previous()))
    }

    fn is_named(&self) -> bool {
        self.node.is_named()
    }

    fn is_named_leaf(&self) -> bool {
        !self.node.has_named_child()
    }

    fn is_leaf(&self) -> bool {
        self.node.child_count() == 0
    }

    fn is_missing(&self) -> bool {
        self.node.is_missing()
    }

    fn is_error(&self) -> bool {
        self.node.is_error()
    }

    fn is_extra(&self) -> bool {
        self.node.is_extra()
    }

    fn field(&self, name: &str) -> Option<Self> {
        self.at(self.node.field(name))
    }

    fn field_children(&self, field_id: Option<u16>) -> impl Iterator<Item = Self> {
        let wanted = field_id.unwrap_or(0);
        SgNode::children(self).filter(move |place| wanted != 0 && place.node.field_id() == wanted)
    }

    fn child_by_field_id(&self, field_id: u16) -> Option<Self> {
        SgNode::children(self).find(|place| place.node.field_id() == field_id)
    }
}
