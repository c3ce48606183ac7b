//! Where a byte of a text lies, as people count.

/// The lines of a text. [`precedent_core::problem::line_column`] counts from the top for each place; this finds many.
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        Self { text, starts: std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect() }
    }

    /// Line and column of a byte, from 1; columns in characters.
    pub(crate) fn place(&self, at: usize) -> (u32, u32) {
        let line = self.line(at);
        let column = self.text.get(self.starts[line]..at).map_or(0, |before| before.chars().count());
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        (number(line + 1), number(column + 1))
    }

    /// The line that a byte lies in, without its end.
    pub(crate) fn text_at(&self, at: usize) -> &'t str {
        self.text[self.starts[self.line(at)]..].lines().next().unwrap_or_default()
    }

    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).max(1) - 1
    }
}
