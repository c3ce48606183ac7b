//! `precedent doctor`: which gates really stop a change.

use super::{Context, Result};
use crate::output::Ink;
use std::process::ExitCode;

pub(super) fn run(context: &Context<'_>) -> Result<ExitCode> {
    let doctor = context.open()?.doctor(&super::hooks::program()?)?;
    let output = context.output;
    if output.is_json() {
        output.value(&doctor);
    } else {
        for gate in &doctor.gates {
            let ink = match gate.state.as_str() {
                "blocks" => Ink::Good,
                "named" => Ink::Open,
                _ => Ink::Bad,
            };
            output.line(&format!("{}: {}: {}", gate.name, output.ink(ink, &gate.state), gate.detail));
        }
        let ink = if doctor.rules == 0 { Ink::Bad } else { Ink::Good };
        let rules = output.ink(ink, &doctor.rules.to_string());
        output.line(&format!("rules that bind in the last commit: {rules}"));
        doctor.notes.iter().for_each(|note| output.line(&format!("{} {note}", output.ink(Ink::Open, "note:"))));
    }
    let stops = |name: &str| doctor.gates.iter().any(|gate| gate.name == name && gate.state == "blocks");
    // A gate without a rule lets everything through.
    let is_enforced = doctor.rules > 0 && stops("pre-commit") && stops("pre-push");
    Ok(if is_enforced { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
