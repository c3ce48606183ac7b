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
        output.line(&format!("rules that bind in the last commit: {}", doctor.rules));
        doctor.notes.iter().for_each(|note| output.line(&format!("{} {note}", output.ink(Ink::Open, "note:"))));
    }
    let stops = |name: &str| doctor.gates.iter().any(|gate| gate.name == name && gate.state == "blocks");
    Ok(if stops("pre-commit") && stops("pre-push") { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
