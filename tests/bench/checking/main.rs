//! Measures `precedent check` beside the field's own tools in the same run: text rules beside ripgrep, pattern rules beside
//! ast-grep, a check that finds everything as it left it, a staged change, memory. Part of `make bench`; fails when a budget
//! is passed. A smaller tree: `cargo bench -p precedent --bench checking -- 10` (a tenth).
//!
//! ast-grep is the one that `make oracles` installs (`AST_GREP=/path` names another); without it, its row is left out and
//! said to be.

#[path = "../figures.rs"]
mod figures;
mod generate;

use figures::{Outcome, Table, middle, timed};
use precedent_core::wire::OpenMode;
use precedent_workspace::{OpenOptions, Place, Workspace};
use serde_json::Value;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

/// The tree of the budgets: a gigabyte.
const FILES: usize = 50_000;
const TEXT_RULES: usize = 200;
const PATTERN_RULES: usize = 50;
/// Files of a staged change.
const STAGED: usize = 20;
/// Runs of which the middle one counts.
const RUNS: usize = 3;
/// Text rules, times ripgrep's.
const TEXT: f64 = 2.0;
/// Pattern rules, times ast-grep's.
const PATTERNS: f64 = 1.0;
const AGAIN_MS: f64 = 1_000.0;
const STAGED_MS: f64 = 100.0;
/// From a save to the verdict that knows of it.
const SAVED_MS: f64 = 50.0;
/// Saves of which the middle one counts.
const SAVES: usize = 9;
const MEMORY_MB: f64 = 300.0;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --all-targets` starts benches with this argument to see that they start; nothing is measured then.
    if arguments.iter().any(|argument| argument == "--test") {
        return ExitCode::SUCCESS;
    }
    let part = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(1_usize).max(1);
    measure(FILES / part).unwrap_or_else(|error| {
        let _ = writeln!(std::io::stderr(), "bench checking: {error}");
        ExitCode::from(2)
    })
}

fn measure(files: usize) -> Outcome<ExitCode> {
    let mut table = Table::default();
    texts(files, &mut table)?;
    patterns(files / 10, &mut table)?;
    Ok(table.end())
}

/// Two hundred text rules over the whole tree, cold and again; then a staged change.
fn texts(files: usize, table: &mut Table) -> Outcome<()> {
    let home = Home::new()?;
    generate::tree(&home.repository(), files)?;
    home.write("docs/decisions/0001-words.md", &generate::text_record(TEXT_RULES))?;
    home.commit()?;
    let words = generate::words(TEXT_RULES).join("|");
    let (mut cold, mut again, mut rg, mut memory) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let (output, time) = timed(|| {
            let mut ripgrep = Command::new("rg");
            ripgrep.args(["--count-matches", "--no-filename", "--glob", "src/**", &words, "."]);
            Ok(ripgrep.current_dir(home.repository()).output()?)
        })?;
        rg.push(time);
        let expected: u64 =
            String::from_utf8_lossy(&output.stdout).lines().filter_map(|line| line.parse::<u64>().ok()).sum();
        home.forget()?;
        let (checked, time) = timed(|| home.check(&[]))?;
        cold.push(time);
        memory.push(checked.memory);
        agree(&checked, expected)?;
        let (checked, time) = timed(|| home.check(&[]))?;
        again.push(time);
        agree(&checked, expected)?;
    }
    let (cold, rg) = (middle(cold), middle(rg));
    table.tell(&format!("ripgrep, {TEXT_RULES} words in {files} files"), rg, "ms");
    table.judge(&format!("as text rules, nothing known ({:.2} times)", cold / rg), cold, "ms", TEXT * rg);
    table.judge("memory of that, at most", middle(memory), "MB", MEMORY_MB);
    table.judge("the same check again", middle(again), "ms", AGAIN_MS);
    table.judge("a file saved, until the followed verdict", saved(&home)?, "ms", SAVED_MS);

    for at in 0..STAGED {
        home.write(
            &generate::path(at * 11),
            &format!("{}// {}\n", generate::text(at * 11), generate::words(TEXT_RULES)[at]),
        )?;
    }
    home.git(&["add", "--all"])?;
    let mut staged = Vec::new();
    for _ in 0..RUNS {
        let (checked, time) = timed(|| home.check(&["--staged"]))?;
        staged.push(time);
        agree(&checked, STAGED as u64)?;
    }
    table.judge(&format!("a staged change of {STAGED} files"), middle(staged), "ms", STAGED_MS);
    Ok(())
}

/// The check that follows the worktree, as the window has it run.
fn saved(home: &Home) -> Outcome<f64> {
    let (cache, config) = (home.folder.path().join("cache"), home.folder.path().join("config"));
    let place = Place::new(cache.join("precedent"), config, "2026-11-28".parse()?);
    let options = OpenOptions { mode: OpenMode::Git, index: false };
    let workspace = Workspace::open(&home.repository(), &place, &options)?;
    workspace.watch(|_| {})?;
    let (sender, states) = channel();
    workspace.follow_check(move |state| drop(sender.send(state)))?;
    let settled = |open: Option<u32>| -> Outcome<u32> {
        loop {
            let state = states.recv_timeout(Duration::from_secs(120))?;
            if !state.running && open.is_none_or(|open| state.open == open) {
                return Ok(state.open);
            }
        }
    };
    let open = settled(None)?;
    // The watcher looks at everything once more when the window has begun, and covers the folders that rules are about.
    std::thread::sleep(Duration::from_secs(5));
    let mut times = Vec::new();
    for at in 0..SAVES {
        let (path, text) = (generate::path(at * 7 + 1), generate::text(at * 7 + 1));
        let (_, time) = timed(|| {
            home.write(&path, &format!("{text}// {}\n", generate::words(TEXT_RULES)[at]))?;
            settled(Some(open + 1))
        })?;
        times.push(time);
        home.write(&path, &text)?;
        settled(Some(open))?;
    }
    workspace.stop_checking();
    Ok(middle(times))
}

/// Fifty pattern rules over a tenth of the tree: parsing is what it takes.
fn patterns(files: usize, table: &mut Table) -> Outcome<()> {
    let Some(ast_grep) = ast_grep() else {
        table.say("left out: pattern rules beside ast-grep: it is not here (make oracles)");
        return Ok(());
    };
    let home = Home::new()?;
    generate::tree(&home.repository(), files)?;
    home.write("docs/decisions/0001-patterns.md", &generate::pattern_record(PATTERN_RULES))?;
    home.commit()?;
    let rules = home.folder.path().join("rules.yml");
    std::fs::write(&rules, generate::pattern_rules(PATTERN_RULES))?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let (output, time) = timed(|| {
            let mut scan = Command::new(&ast_grep);
            scan.args(["scan", "--json=stream", "--rule"]).arg(&rules).arg("src");
            Ok(scan.current_dir(home.repository()).stderr(Stdio::null()).output()?)
        })?;
        theirs.push(time);
        let expected = output.stdout.iter().filter(|byte| **byte == b'\n').count();
        home.forget()?;
        let (checked, time) = timed(|| home.check(&[]))?;
        ours.push(time);
        agree(&checked, expected as u64)?;
    }
    let (ours, theirs) = (middle(ours), middle(theirs));
    table.tell(&format!("ast-grep scan, {PATTERN_RULES} rules, {files} files"), theirs, "ms");
    table.judge(
        &format!("as pattern rules, nothing known ({:.2} times)", ours / theirs),
        ours,
        "ms",
        PATTERNS * theirs,
    );
    Ok(())
}

/// Both found as much, and something.
fn agree(checked: &Checked, expected: u64) -> Outcome<()> {
    if expected > 0 && checked.findings == expected {
        return Ok(());
    }
    Err(format!("{} findings, {expected} expected\n{}", checked.findings, checked.said).into())
}

fn ast_grep() -> Option<PathBuf> {
    let named = std::env::var_os("AST_GREP").map(PathBuf::from);
    let path = named.unwrap_or_else(|| {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("target/oracles/node/node_modules/.bin/ast-grep")
    });
    path.exists().then_some(path)
}

/// What a check found, and the most memory it held, megabytes.
struct Checked {
    findings: u64,
    memory: f64,
    said: String,
}

/// A repository and a person's folders beside it.
struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Outcome<Self> {
        let home = Self { folder: tempfile::tempdir()? };
        std::fs::create_dir(home.repository())?;
        home.git(&["init", "--quiet", "--initial-branch", "main"])?;
        home.write("precedent.toml", "logs = [\"docs/decisions\"]\n")?;
        Ok(home)
    }

    fn repository(&self) -> PathBuf {
        self.folder.path().join("repository")
    }

    fn write(&self, path: &str, text: &str) -> Outcome<()> {
        let file = self.repository().join(path);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(std::fs::write(file, text)?)
    }

    fn commit(&self) -> Outcome<()> {
        self.git(&["add", "--all"])?;
        self.git(&[
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.org",
            "commit",
            "--quiet",
            "--message",
            "Everything",
        ])?;
        // What is known of a file is believed when it had been at rest before.
        std::thread::sleep(Duration::from_millis(2_500));
        self.git(&["update-index", "--refresh"])?;
        Ok(())
    }

    fn git(&self, arguments: &[&str]) -> Outcome<Output> {
        let output = Command::new("git").current_dir(self.repository()).args(arguments).output()?;
        let why = || String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(output) } else { Err(format!("git {}: {}", arguments.join(" "), why()).into()) }
    }

    /// Takes away what earlier checks kept.
    fn forget(&self) -> Outcome<()> {
        let cache = self.folder.path().join("cache");
        if cache.exists() { Ok(std::fs::remove_dir_all(cache)?) } else { Ok(()) }
    }

    fn check(&self, arguments: &[&str]) -> Outcome<Checked> {
        let out = self.folder.path().join("verdict.json");
        let mut child = Command::new(env!("CARGO_BIN_EXE_precedent"))
            .current_dir(self.repository())
            .args(["check", "--format", "json"])
            .args(arguments)
            .env("XDG_CACHE_HOME", self.folder.path().join("cache"))
            .env("XDG_CONFIG_HOME", self.folder.path().join("config"))
            .stdout(std::fs::File::create(&out)?)
            .stderr(Stdio::piped())
            .spawn()?;
        let status = format!("/proc/{}/status", child.id());
        let mut memory = 0.0;
        while child.try_wait()?.is_none() {
            let text = std::fs::read_to_string(&status).unwrap_or_default();
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            memory = line
                .and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok())
                .map_or(memory, |peak| peak / 1e3);
            std::thread::sleep(Duration::from_millis(1));
        }
        let said = String::from_utf8(child.wait_with_output()?.stderr)?;
        let verdict: Value =
            serde_json::from_slice(&std::fs::read(&out)?).map_err(|error| format!("{error}: {said}"))?;
        // What was there before a change is told of its files as well.
        let existing = arguments.contains(&"--staged");
        let counts = |finding: &&Value| !existing || finding["state"] == "introduced";
        let findings = verdict["findings"].as_array().into_iter().flatten().filter(counts).count() as u64;
        Ok(Checked { findings, memory, said: format!("{} {said}", verdict["verdict"]) })
    }
}
