//! The table of figures, each beside what it may be.

/// Measured figures; the table is printed while it grows.
#[derive(Debug, Default)]
pub(super) struct Table {
    missed: usize,
}

impl Table {
    /// A figure that is only told.
    pub(super) fn tell(&self, name: &str, value: f64, unit: &str) {
        line(&format!("{name:<56} {value:>8.1} {unit:<6}"));
    }

    /// A figure that may be at most `budget`.
    pub(super) fn judge(&mut self, name: &str, value: f64, unit: &str, budget: f64) {
        let kept = value <= budget;
        self.missed += usize::from(!kept);
        let verdict = if kept { "ok" } else { "MISSED" };
        line(&format!("{name:<56} {value:>8.1} {unit:<6} at most {budget:>6.1}  {verdict}"));
    }

    /// Figures over their budget.
    pub(super) fn missed(&self) -> usize {
        self.missed
    }
}

/// Prints one line.
#[expect(clippy::print_stdout, reason = "the table is the point")]
pub(super) fn line(text: &str) {
    println!("{text}");
}

/// The middle and the largest of some figures.
pub(super) fn middle_and_worst(mut figures: Vec<f64>) -> (f64, f64) {
    figures.sort_by(f64::total_cmp);
    let middle = figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN);
    (middle, figures.last().copied().unwrap_or(f64::NAN))
}

/// The figure that `percent` of them do not pass.
pub(super) fn at(figures: &mut [f64], percent: usize) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get((figures.len() * percent / 100).min(figures.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}
