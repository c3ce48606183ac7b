//! The figures by size, with their budgets.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::ExitCode;

/// Rows in the order in which they were first put.
pub(crate) struct Table {
    sizes: Vec<usize>,
    names: Vec<String>,
    cells: BTreeMap<(String, usize), Cell>,
    notes: Vec<String>,
}

struct Cell {
    value: f64,
    unit: &'static str,
    at_most: Option<f64>,
}

impl Table {
    pub(crate) fn new(sizes: &[usize]) -> Self {
        Self { sizes: sizes.to_vec(), names: Vec::new(), cells: BTreeMap::new(), notes: Vec::new() }
    }

    /// Milliseconds and their budget.
    pub(crate) fn put(&mut self, name: &str, size: usize, value: f64, at_most: Option<f64>) {
        self.cell(name, size, Cell { value, unit: "ms", at_most });
    }

    pub(crate) fn put_memory(&mut self, name: &str, size: usize, value: f64, at_most: Option<f64>) {
        self.cell(name, size, Cell { value, unit: "MB", at_most });
    }

    pub(crate) fn put_count(&mut self, name: &str, size: usize, value: usize) {
        self.cell(name, size, Cell { value: value as f64, unit: "", at_most: None });
    }

    pub(crate) fn note(&mut self, text: &str) {
        self.notes.push(text.to_owned());
    }

    fn cell(&mut self, name: &str, size: usize, cell: Cell) {
        // A long run shows how far it is.
        let _ = writeln!(std::io::stderr(), "{size:>7}  {name}: {:.1} {}", cell.value, cell.unit);
        if !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
        }
        self.cells.insert((name.to_owned(), size), cell);
    }

    /// Prints all rows; fails when a budget is passed.
    pub(crate) fn print(&self) -> ExitCode {
        let mut out = std::io::stdout().lock();
        let mut over = 0;
        let _ = write!(out, "{:44}", "records");
        self.sizes.iter().for_each(|size| drop(write!(out, "{size:>24}")));
        let _ = writeln!(out);
        for name in &self.names {
            let _ = write!(out, "{name:44}");
            for size in &self.sizes {
                let text = self.cells.get(&(name.clone(), *size)).map_or_else(String::new, |cell| {
                    let late = cell.at_most.is_some_and(|limit| cell.value > limit);
                    over += usize::from(late);
                    let budget = cell.at_most.map_or_else(String::new, |limit| format!(" (≤ {limit:.0})"));
                    format!("{:.1} {}{budget}{}", cell.value, cell.unit, if late { " OVER" } else { "" })
                });
                let _ = write!(out, "{text:>24}");
            }
            let _ = writeln!(out);
        }
        self.notes.iter().for_each(|note| drop(writeln!(out, "{note}")));
        if over == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
