//! `precedent test [R]`: rules on the examples inside them. Exit code 2 when one does not hold, 3 when a rule cannot be read.

use super::{Context, Result};
use crate::args::TestArgs;
use crate::output::Ink;
use precedent_core::wire::SeverityWord;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>, args: &TestArgs) -> Result<ExitCode> {
    let workspace = context.open()?;
    let tests = workspace.test_rules(args.reference.as_deref())?;
    let output = context.output;
    if output.is_json() {
        output.value(&tests);
    } else {
        for test in &tests.rules {
            let (ink, word) = match (test.failed, test.invalid) {
                (0, 0) => (Ink::Open, "untested"),
                (0, _) => (Ink::Good, "ok"),
                _ => (Ink::Bad, "failed"),
            };
            let examples = format!("{} valid, {} invalid", test.valid, test.invalid);
            output.line(&format!("{:<8}  {}  {}", output.ink(ink, word), test.rule, output.ink(Ink::Quiet, &examples)));
        }
        for fault in &tests.faults {
            output.line(&format!("{}:{}:{}: {}: {}", fault.path, fault.line, fault.column, fault.code, fault.message));
        }
        for item in &tests.undecided {
            output.line(&format!("{}:{}:{}: undecided: {}", item.path, item.line, item.column, item.message));
        }
        let failed = tests.rules.iter().filter(|test| test.failed > 0).count();
        output.warn(&format!("{} rules, {failed} with an example that does not hold", tests.rules.len()));
    }
    let is_error = tests.faults.iter().any(|fault| fault.severity == SeverityWord::Error);
    Ok(match (is_error, tests.undecided.is_empty()) {
        (true, _) => ExitCode::from(2),
        (false, false) => ExitCode::from(3),
        (false, true) => ExitCode::SUCCESS,
    })
}
