//! `bench-log DIR [COUNT] [SEED]`: writes a git repository with COUNT records (10,000) for measurements by hand and for the
//! window's own bench. An existing folder is left as it is.

#[expect(unreachable_pub, reason = "shared with the bench, where it is a module as well")]
mod records;

use std::path::Path;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, default: usize| arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(default);
    let outcome = match arguments.first() {
        Some(folder) => generate(Path::new(folder), number(1, 10_000), number(2, 1)),
        None => Err("usage: bench-log DIR [COUNT] [SEED]".to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("{message}\n"));
            ExitCode::from(2)
        }
    }
}

fn generate(folder: &Path, count: usize, seed: usize) -> Result<(), String> {
    if folder.join(".git").exists() {
        return Ok(());
    }
    let log = folder.join("docs/decisions");
    std::fs::create_dir_all(&log).map_err(|error| format!("cannot make {}: {error}", log.display()))?;
    for record in records::records(seed as u64, count) {
        let path = log.join(record.name);
        std::fs::write(&path, record.text).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    }
    git(folder, &["init", "--quiet", "--initial-branch", "main"])?;
    git(folder, &["add", "--all"])?;
    let person = ["-c", "user.name=Bench", "-c", "user.email=bench@example.invalid", "-c", "commit.gpgsign=false"];
    git(folder, &[&person[..], &["commit", "--quiet", "--no-verify", "-m", "Ten thousand records"]].concat())
}

fn git(folder: &Path, arguments: &[&str]) -> Result<(), String> {
    let status = Command::new("git").arg("-C").arg(folder).args(arguments).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("git {} ended with {status}", arguments.join(" "))),
        Err(error) => Err(format!("git cannot be started ({error}); install it")),
    }
}
