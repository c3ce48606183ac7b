//! The table that is printed: a row for each figure, a column for each size, budgets beside what misses them.

use std::time::Duration;

/// What a figure may be.
#[derive(Clone, Copy)]
pub enum Budget {
    None,
    /// Milliseconds, or a ratio.
    Most(f64),
    /// A ratio.
    Least(f64),
}

impl Budget {
    /// A budget that holds at one size.
    pub fn most_at(size: usize, at: usize, milliseconds: f64) -> Self {
        if size == at { Budget::Most(milliseconds) } else { Budget::None }
    }
}

pub struct Table {
    rows: Vec<(String, Vec<String>)>,
    /// Records of the column that is being filled, and its next row.
    size: usize,
    at: usize,
    within: bool,
}

impl Table {
    pub fn new(sizes: &[usize]) -> Self {
        let header = sizes.iter().map(usize::to_string).collect();
        Self { rows: vec![("records".to_owned(), header)], size: 0, at: 0, within: true }
    }

    pub fn is_within(&self) -> bool {
        self.within
    }

    /// Begins a column.
    pub fn begin(&mut self, size: usize, mean: usize) {
        self.size = size;
        self.at = 0;
        self.put("bytes of a record, mean", mean.to_string());
    }

    pub fn size(&self) -> usize {
        self.size
    }

    pub fn time(&mut self, name: &str, time: Duration, budget: Budget) {
        let milliseconds = time.as_secs_f64() * 1e3;
        let over = matches!(budget, Budget::Most(most) if milliseconds > most);
        let note = match budget {
            Budget::Most(most) => format!(" (<= {most})"),
            _ => String::new(),
        };
        self.judged(name, format!("{milliseconds:.2} ms{note}"), over);
    }

    pub fn ratio(&mut self, name: &str, ratio: f64, budget: Budget) {
        let (missed, note) = match budget {
            Budget::None => (false, String::new()),
            Budget::Most(most) => (ratio > most, format!(" (<= {most})")),
            Budget::Least(least) => (ratio < least, format!(" (>= {least})")),
        };
        self.judged(name, format!("{ratio:.2} x{note}"), missed);
    }

    fn judged(&mut self, name: &str, cell: String, missed: bool) {
        self.within &= !missed;
        self.put(name, if missed { format!("{cell} MISSED") } else { cell });
    }

    /// Rows come in the same order for every size.
    pub fn put(&mut self, name: &str, cell: String) {
        self.at += 1;
        if self.rows.len() <= self.at {
            self.rows.push((name.to_owned(), Vec::new()));
        }
        self.rows[self.at].1.push(cell);
    }

    pub fn text(&self) -> String {
        let mut text = String::new();
        for (name, cells) in &self.rows {
            text.push_str(&format!("{name:40}"));
            cells.iter().for_each(|cell| text.push_str(&format!("{cell:>28}")));
            text.push('\n');
        }
        text
    }
}
