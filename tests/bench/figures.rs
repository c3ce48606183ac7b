//! What the benches beside other tools share: times, their middle, and figures printed as they come.

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Instant;

pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// What `act` answers, and its milliseconds.
pub(crate) fn timed<T>(act: impl FnOnce() -> Outcome<T>) -> Outcome<(T, f64)> {
    let begun = Instant::now();
    let answer = act()?;
    Ok((answer, begun.elapsed().as_secs_f64() * 1e3))
}

pub(crate) fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Prints figures as they come, and counts those over their budget.
#[derive(Default)]
pub(crate) struct Table {
    over: usize,
}

impl Table {
    pub(crate) fn say(&self, text: &str) {
        let _ = writeln!(std::io::stdout(), "{text}");
    }

    pub(crate) fn tell(&self, name: &str, value: f64, unit: &str) {
        self.say(&format!("{name:52} {value:9.1} {unit}"));
    }

    pub(crate) fn judge(&mut self, name: &str, value: f64, unit: &str, most: f64) {
        let over = value > most;
        self.over += usize::from(over);
        let verdict = if over { "OVER" } else { "ok" };
        self.say(&format!("{name:52} {value:9.1} {unit}  at most {most:7.1}  {verdict}"));
    }

    pub(crate) fn end(&self) -> ExitCode {
        if self.over == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
