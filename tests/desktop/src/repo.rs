//! Real git repositories in temporary folders, made by the real `git` in a sealed environment with fixed people and
//! dates; and a person's home of their own for the app.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A home folder for one person: settings, caches and git configuration start empty and end with the test.
#[derive(Debug)]
pub struct Home {
    folder: TempDir,
}

impl Default for Home {
    fn default() -> Home {
        Home::new()
    }
}

impl Home {
    /// A person called Test Person whom git knows.
    #[must_use]
    pub fn new() -> Home {
        let folder = tempfile::Builder::new().prefix("precedent-home-").tempdir().expect("a temporary folder");
        let home = Home { folder };
        for name in ["config", "cache", "data", "state", "runtime", "tmp"] {
            std::fs::create_dir(home.path().join(name)).expect("a folder in the temporary home");
        }
        let gitconfig = "[user]\n\tname = Test Person\n\temail = test@example.org\n[init]\n\tdefaultBranch = main\n";
        std::fs::write(home.path().join(".gitconfig"), gitconfig).expect("a git configuration");
        home
    }

    /// The folder itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What the app and its driver printed.
    #[must_use]
    pub fn output(&self) -> PathBuf {
        self.path().join("output.log")
    }

    /// The app's own log; empty before its first start.
    #[must_use]
    pub fn log(&self) -> String {
        let bytes = std::fs::read(self.path().join("data/precedent/logs/precedent.log")).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Lets the next start begin with Welcome: what was open is not opened again.
    pub fn forget_windows(&self) {
        // Before the first start there is nothing to forget.
        let _ = std::fs::remove_file(self.path().join("data/precedent/windows.json"));
    }

    /// How many crash reports the app left.
    #[must_use]
    pub fn crash_reports(&self) -> usize {
        std::fs::read_dir(self.path().join("data/precedent/crash-reports")).map_or(0, Iterator::count)
    }

    /// Makes a program live in this home and hear nothing of the real one.
    pub(crate) fn seal(&self, command: &mut Command) {
        for (key, _) in std::env::vars_os() {
            let key = key.to_string_lossy().into_owned();
            if key.starts_with("GIT_") || key.starts_with("XDG_") || key.starts_with("PRECEDENT_") {
                command.env_remove(key);
            }
        }
        command.env("HOME", self.path()).env("GIT_CONFIG_NOSYSTEM", "1").env("LC_ALL", "C.UTF-8").env("TZ", "UTC");
        for (key, name) in [
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_RUNTIME_DIR", "runtime"),
            ("TMPDIR", "tmp"),
        ] {
            command.env(key, self.path().join(name));
        }
    }
}

/// A git repository in a temporary folder.
#[derive(Debug)]
pub struct Repo {
    // The outer folder; the repository is one below, with a name a person would give it.
    _folder: TempDir,
    root: PathBuf,
    home: Home,
}

impl Repo {
    /// An empty folder called `name`, not yet a repository.
    #[must_use]
    pub fn folder(name: &str) -> Repo {
        let folder = tempfile::Builder::new().prefix("precedent-repo-").tempdir().expect("a temporary folder");
        let root = folder.path().join(name);
        std::fs::create_dir(&root).expect("a folder for the repository");
        Repo { _folder: folder, root, home: Home::new() }
    }

    /// A repository with these files in its first commit, on `main`.
    #[must_use]
    pub fn with(name: &str, files: &[(&str, &str)]) -> Repo {
        let repo = Repo::folder(name);
        repo.git(["init", "-q"]);
        for (path, text) in files {
            repo.write(path, text);
        }
        repo.commit_all("Begin");
        repo
    }

    /// The sample decision log with its history, made by the command line.
    #[must_use]
    pub fn sample() -> Repo {
        let repo = Repo::folder("sample");
        let mut command = Command::new(cli());
        repo.home.seal(&mut command);
        run(command.args(["init", "--sample"]).arg(repo.root()));
        repo
    }

    /// The worktree.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A file's absolute path.
    #[must_use]
    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// A file's bytes.
    #[must_use]
    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("cannot read {path}: {error}"))
    }

    /// Whether a file is there and holds this; for waits, because git takes a file away before it writes it anew.
    #[must_use]
    pub fn holds(&self, path: &str, part: &str) -> bool {
        std::fs::read_to_string(self.path(path)).is_ok_and(|text| text.contains(part))
    }

    /// Whether a file is there and is this; for waits, as [`Self::holds`].
    #[must_use]
    pub fn is(&self, path: &str, text: &str) -> bool {
        std::fs::read_to_string(self.path(path)).is_ok_and(|own| own == text)
    }

    /// Writes a file as another program would, with the folders above it.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder can be made");
        std::fs::write(&path, text).unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
    }

    /// Runs git in the repository; what it printed. Fails the test when git fails.
    pub fn git<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> String {
        let mut command = Command::new("git");
        self.home.seal(&mut command);
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_DATE"), "2026-01-15T10:00:00+00:00");
        }
        run(command.arg("-C").arg(&self.root).args(args))
    }

    /// Commits everything in the worktree.
    pub fn commit_all(&self, message: &str) {
        self.git(["add", "-A"]);
        self.git(["commit", "-q", "--allow-empty", "-m", message]);
    }

    /// As [`Self::commit_all`], so many days before now.
    pub fn commit_ago(&self, message: &str, days: i64) {
        self.git(["add", "-A"]);
        let mut command = Command::new("git");
        self.home.seal(&mut command);
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_DATE"), format!("{}T10:00:00+00:00", day_ago(days)));
        }
        run(command.arg("-C").arg(&self.root).args(["commit", "-q", "--allow-empty", "-m", message]));
    }

    /// Every object is sound and reachable ones are all there.
    pub fn assert_sound(&self) {
        self.git(["fsck", "--strict", "--no-dangling"]);
    }

    /// Runs `precedent` in the repository; what it printed, whatever its exit code.
    pub fn precedent(&self, args: &[&str]) -> (i32, String) {
        let mut command = Command::new(cli());
        self.home.seal(&mut command);
        let output = command.arg("-C").arg(&self.root).args(args).output().expect("precedent runs");
        (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// The day so many days before today, or after it, as records write it.
#[must_use]
pub fn day_ago(days: i64) -> String {
    let ago = format!("{days} days ago");
    run(Command::new("date").args(["--utc", "--date", &ago, "+%F"])).trim().to_owned()
}

/// The command line that was built with these tests.
#[must_use]
pub fn cli() -> PathBuf {
    crate::screens::built("PRECEDENT_CLI", "precedent")
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed:\n{stderr}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
