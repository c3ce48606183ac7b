//! The programs around the app: a screen of its own (Xvfb) and a WebDriver of its own (WebKitWebDriver) for each window,
//! so that windows of parallel tests never share focus. Each runs in its own process group and is killed on drop.

use crate::repo::Home;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A child with everything it started.
#[derive(Debug)]
struct Group(Child);

impl Group {
    fn start(command: &mut Command) -> Group {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.process_group(0).spawn();
        Group(child.unwrap_or_else(|error| panic!("cannot start {name}: {error}; `make testsys` installs it")))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        signal("KILL", &format!("-{}", self.0.id()));
        // The child is gone or was never there; either way nothing is left to reap.
        let _ = self.0.wait();
    }
}

fn signal(name: &str, target: &str) {
    let killed = Command::new("kill").args(["-s", name, "--", target]).stderr(Stdio::null()).status();
    killed.unwrap_or_else(|error| panic!("cannot run kill: {error}"));
}

/// A screen nobody looks at.
#[derive(Debug)]
pub(crate) struct Screen {
    pub(crate) display: String,
    /// Holds the frame buffer while somebody looks at it.
    buffer: Option<TempDir>,
    _server: Group,
}

impl Screen {
    /// `seen` keeps the pixels in a file.
    pub(crate) fn start(seen: bool) -> Screen {
        let buffer = seen.then(|| tempfile::tempdir().expect("a folder for the frame buffer"));
        let mut command = Command::new("Xvfb");
        if let Some(folder) = &buffer {
            command.arg("-fbdir").arg(folder.path());
        }
        command.args(["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = Group::start(&mut command);
        let mut number = String::new();
        let stdout = server.0.stdout.take().expect("Xvfb was started with a pipe");
        BufReader::new(stdout).read_line(&mut number).expect("Xvfb names its display");
        assert!(!number.trim().is_empty(), "Xvfb ended before it had a display");
        Screen { display: format!(":{}", number.trim()), buffer, _server: server }
    }

    /// The frame buffer of a screen that is seen.
    pub(crate) fn buffer(&self) -> Option<PathBuf> {
        Some(self.buffer.as_ref()?.path().join("Xvfb_screen0"))
    }
}

/// WebKitWebDriver: it serves one session and starts the app itself, which inherits its environment.
#[derive(Debug)]
pub(crate) struct Driver {
    pub(crate) url: String,
    group: Group,
}

impl Driver {
    pub(crate) fn start(screen: &Screen, home: &Home, environment: &[(String, String)]) -> Driver {
        let port = free_port();
        let log =
            File::options().create(true).append(true).open(home.output()).expect("the log of the app can be written");
        let mut command = Command::new("WebKitWebDriver");
        command.arg(format!("--port={port}")).stdin(Stdio::null());
        command.stdout(log.try_clone().expect("a second handle of the log")).stderr(log);
        surround(&mut command, screen, home);
        command.env("TAURI_WEBVIEW_AUTOMATION", "true").env("PRECEDENT_TEST", "1");
        command.envs(environment.iter().map(|(key, value)| (key, value)));
        let driver = Driver { url: format!("http://127.0.0.1:{port}"), group: Group::start(&mut command) };
        let deadline = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < deadline, "WebKitWebDriver did not open its port within 20 s");
            std::thread::sleep(Duration::from_millis(10));
        }
        driver
    }

    /// Waits until the app has ended by itself.
    pub(crate) fn await_end(&self, binary: &Path) {
        let binary = binary.canonicalize().expect("the app's binary is there");
        let deadline = Instant::now() + Duration::from_secs(20);
        while self.apps(&binary).next().is_some() {
            assert!(Instant::now() < deadline, "the app did not end within 20 s");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The processes of this session that run the binary.
    fn apps<'a>(&'a self, binary: &'a Path) -> impl Iterator<Item = String> + 'a {
        let driver = self.group.0.id();
        let all = std::fs::read_dir("/proc").expect("/proc can be listed").flatten();
        let runs_it = move |process: &Path| std::fs::read_link(process.join("exe")).is_ok_and(|exe| exe == binary);
        let ours = all.filter(move |entry| runs_it(&entry.path()) && parent(&entry.path()) == Some(driver));
        ours.map(|entry| entry.file_name().to_string_lossy().into_owned())
    }

    /// Kills the app alone, at once, as a crash would.
    pub(crate) fn kill_app(&self, binary: &Path) {
        let binary = binary.canonicalize().expect("the app's binary is there");
        let mut killed = 0;
        for app in self.apps(&binary) {
            signal("KILL", &app);
            killed += 1;
        }
        assert_eq!(killed, 1, "exactly one app of this session runs");
    }
}

/// Kills the one process that draws the page of a group, as a crash of the web view would.
fn kill_page(group: u32) {
    let processes = std::fs::read_dir("/proc").expect("/proc can be listed").flatten();
    let pages: Vec<_> = processes.filter(|entry| in_group(&entry.path(), group) && draws(&entry.path())).collect();
    assert_eq!(pages.len(), 1, "exactly one page of this app is drawn");
    signal("KILL", &pages[0].file_name().to_string_lossy());
}

/// A program with a window alone, without a driver. Killed when it is dropped.
#[derive(Debug)]
pub(crate) struct Alone(Group);

impl Alone {
    pub(crate) fn start(binary: &Path, argument: Option<&Path>, screen: &Screen, home: &Home) -> Alone {
        Self::with(binary, argument, screen, home, Stdio::null())
    }

    /// As [`Alone::start`]; back when it has printed a line.
    pub(crate) fn until_line(binary: &Path, screen: &Screen, home: &Home, wanted: &str) -> Alone {
        let mut alone = Self::with(binary, None, screen, home, Stdio::piped());
        let stdout = alone.0.0.stdout.take().expect("started with a pipe");
        let found = BufReader::new(stdout).lines().map_while(Result::ok).any(|line| line.trim() == wanted);
        assert!(found, "{} ended without saying {wanted}", binary.display());
        alone
    }

    fn with(binary: &Path, argument: Option<&Path>, screen: &Screen, home: &Home, stdout: Stdio) -> Alone {
        let mut command = Command::new(binary);
        command.args(argument).stdin(Stdio::null()).stdout(stdout).stderr(Stdio::null());
        surround(&mut command, screen, home);
        Alone(Group::start(&mut command))
    }

    /// Kills the process that draws its page.
    pub(crate) fn kill_page(&self) {
        kill_page(self.0.0.id());
    }

    /// Megabytes that it and all it started hold, shared pages in proportion (`Pss`).
    pub(crate) fn memory(&self) -> f64 {
        let group = self.0.0.id().to_string();
        let of_group = |process: &Path| {
            let stat = std::fs::read_to_string(process.join("stat")).unwrap_or_default();
            // pid (name) state ppid pgrp
            stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(2)) == Some(&group)
        };
        let kilobytes = |process: &Path| -> Option<f64> {
            let rollup = std::fs::read_to_string(process.join("smaps_rollup")).ok()?;
            rollup.lines().find_map(|line| line.strip_prefix("Pss:")?.split_whitespace().next()?.parse().ok())
        };
        let processes = std::fs::read_dir("/proc").expect("/proc can be listed").flatten().map(|entry| entry.path());
        processes.filter(|process| of_group(process)).filter_map(|process| kilobytes(&process)).sum::<f64>() / 1024.0
    }
}

/// Runs a program to its end; whether it was content.
pub(crate) fn run_once(binary: &Path, folder: &Path, argument: &str, screen: &Screen, home: &Home) -> bool {
    let mut command = Command::new(binary);
    command.arg(argument).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    surround(&mut command, screen, home);
    let mut group = Group::start(&mut command);
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        if let Some(status) = group.0.try_wait().expect("a child can be asked") {
            return status.success();
        }
        assert!(Instant::now() < deadline, "a further start with {argument:?} did not end within 20 s");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A screen and a home for a program, and nothing of the real ones.
fn surround(command: &mut Command, screen: &Screen, home: &Home) {
    home.seal(command);
    command.env("DISPLAY", &screen.display).env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
    command.env("GSETTINGS_BACKEND", "memory").env("NO_AT_BRIDGE", "1");
    // On a screen without a graphics card the card is computed, and what it paints costs half of a test's time.
    let painting = std::env::var(PAINT_WITHOUT_CARD).unwrap_or_else(|_| "1".to_owned());
    command.env(PAINT_WITHOUT_CARD, painting);
}

/// WebKit's switch for painting on the processor (`Source/WebCore/platform/graphics/skia`); `0` leaves the card.
const PAINT_WITHOUT_CARD: &str = "WEBKIT_SKIA_ENABLE_CPU_RENDERING";

/// Whether the process is one that draws pages, not the driver.
fn draws(process: &Path) -> bool {
    std::fs::read_link(process.join("exe")).is_ok_and(|exe| exe.ends_with("WebKitWebProcess"))
}

fn in_group(process: &Path, group: u32) -> bool {
    let stat = std::fs::read_to_string(process.join("stat")).unwrap_or_default();
    // After the name in brackets: state, parent, group.
    let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    rest.split_whitespace().nth(2).and_then(|text| text.parse().ok()) == Some(group)
}

fn parent(process: &Path) -> Option<u32> {
    let status = std::fs::read_to_string(process.join("status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("PPid:")?.trim().parse().ok())
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("the port of a listener").port()
}
