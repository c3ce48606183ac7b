//! Where the system does not watch, or the folder is gone: it is said, and what changes still arrives.

use super::super::Message;
use super::super::gather::{self, GitAtWork};
use super::{Again, Eyes, PATIENCE, Watched, record, watch};
use crate::WatchEvent;
use crate::api::tests::Sandbox;
use notify::{RecursiveMode, Watcher, WatcherKind};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

impl Watched {
    pub(super) fn until_mode(&self, expected: &str) {
        while self.workspace.watch_state().watcher != expected {
            self.events.recv_timeout(PATIENCE).expect("an event");
        }
    }
}

#[test]
fn a_repository_that_goes_is_said_and_followed_again_when_it_is_back() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    let watched = watch(&sandbox);
    let (root, away) = (sandbox.root(), sandbox.dir.path().join("away"));
    std::fs::rename(&root, &away).expect("moved");
    watched.until_mode("gone");
    assert!(watched.workspace.watch_state().detail.is_some_and(|why| why.contains("moved")));
    // Nothing of it was deleted, and nothing is begun anew in its place.
    assert!(watched.workspace.refresh::<&Path>(&[]).is_none());
    assert_eq!(watched.workspace.decisions().decisions.len(), 1);
    assert!(crate::store::make_folder(&root.join(".git/precedent/drafts")).is_err() && !root.exists());
    std::fs::write(away.join("docs/adr/0002-b.md"), record(2, "Meanwhile")).expect("written");
    std::fs::rename(&away, &root).expect("moved back");
    watched.until_mode("watching");
    watched.until(&["docs/adr/0001-a.md", "docs/adr/0002-b.md"]);
    sandbox.write("docs/adr/0003-c.md", record(3, "Third"));
    watched.until(&["docs/adr/0001-a.md", "docs/adr/0002-b.md", "docs/adr/0003-c.md"]);
}

#[test]
fn what_was_answered_while_it_was_gone_is_told_and_taken_back() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    let workspace = sandbox.open();
    let (sender, events) = channel();
    let gate = Arc::new(std::sync::Mutex::new(()));
    let passing = Arc::clone(&gate);
    let closed = gate.lock().expect("a gate");
    let told = move |event| {
        let is_log = matches!(event, WatchEvent::Log(_));
        drop(sender.send(event));
        if is_log {
            drop(passing.lock());
        }
    };
    workspace.watch(told).expect("watches");
    let watched = Watched { workspace, events };
    sandbox.write("docs/adr/0002-b.md", record(2, "Second"));
    watched.change();
    // The watcher is busy: all this happens before it looks.
    let (root, away) = (sandbox.root(), sandbox.dir.path().join("away"));
    std::fs::rename(&root, &away).expect("moved");
    let error = watched.workspace.git_status().expect_err("no repository");
    assert_eq!(error.code(), precedent_core::wire::ErrorCode::NotFound);
    std::fs::rename(&away, &root).expect("moved back");
    drop(closed);
    let mut modes = Vec::new();
    loop {
        match watched.events.recv_timeout(PATIENCE).expect("an event") {
            WatchEvent::State(state) => modes.push(state.watcher),
            // What asked of git asks again.
            WatchEvent::Git => break,
            _ => {}
        }
    }
    watched.until_mode("watching");
    assert!(modes.contains(&"gone".to_owned()), "{modes:?}");
}

#[test]
fn a_folder_above_that_moves_away_is_noticed() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    let watched = watch(&sandbox);
    // The first look of a session would notice by itself.
    sandbox.write("docs/adr/0002-b.md", record(2, "Second"));
    watched.until(&["docs/adr/0001-a.md", "docs/adr/0002-b.md"]);
    let here = sandbox.dir.path().to_path_buf();
    let away = here.with_extension("away");
    std::fs::rename(&here, &away).expect("moved");
    watched.until_mode("gone");
    std::fs::rename(&away, &here).expect("moved back");
    watched.until_mode("watching");
}

#[test]
fn polling_sees_a_branch_and_says_git_only_when_something_moved() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    let workspace = sandbox.open();
    let (sender, events) = channel();
    let callback = move |event| drop(sender.send(event));
    let blind = |_: &Path, _: &_| Eyes::Blind("a network".to_owned(), Again::Never);
    workspace.watch_with(blind, Box::new(callback)).expect("watches");
    assert!(matches!(events.recv_timeout(PATIENCE), Ok(WatchEvent::State(state)) if state.watcher == "polling"));
    let repository = git2::Repository::open(sandbox.root()).expect("a repository");
    super::commit(&repository, &[]);
    assert_eq!(events.recv_timeout(PATIENCE).expect("an event"), WatchEvent::Git);
    sandbox.write("docs/adr/0002-b.md", record(2, "Second"));
    // The commit said git once; a look that finds nothing new of git says nothing of it.
    assert!(matches!(events.recv_timeout(PATIENCE), Ok(WatchEvent::Log(change)) if change.changed.len() == 1));
}

#[cfg(target_os = "linux")]
#[test]
fn file_systems_that_other_computers_write_to_are_known_by_number() {
    use super::super::eyes::platform::{kind_of, shared_with_others};
    for (magic, word) in [(0x6969, "NFS"), (0xff53_4d42, "SMB"), (0x0102_1997, "9p"), (0x6573_5546, "FUSE")] {
        assert!(kind_of(magic).is_some_and(|kind| kind.contains(word)), "{magic:x}");
    }
    // ext4, xfs, btrfs, tmpfs, overlay.
    for magic in [0xef53, 0x5846_5342, 0x9123_683e, 0x0102_1994, 0x794c_7630] {
        assert_eq!(kind_of(magic), None, "{magic:x}");
    }
    assert_eq!(
        shared_with_others(&std::env::temp_dir()),
        None,
        "the folder of this test is on a disk of this computer"
    );
}

/// The system's eyes, as long as they may watch one folder more.
struct Few {
    eyes: Box<dyn Watcher + Send>,
    left: Arc<AtomicUsize>,
}

impl Watcher for Few {
    fn new<F: notify::EventHandler>(_: F, _: notify::Config) -> notify::Result<Self> {
        Err(notify::Error::generic("made of other eyes only"))
    }

    fn watch(&mut self, folder: &Path, mode: RecursiveMode) -> notify::Result<()> {
        let left = self.left.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1));
        left.map_err(|_| notify::Error::new(notify::ErrorKind::MaxFilesWatch))?;
        self.eyes.watch(folder, mode)
    }

    fn unwatch(&mut self, folder: &Path) -> notify::Result<()> {
        self.left.fetch_add(1, Relaxed);
        self.eyes.unwatch(folder)
    }

    fn kind() -> WatcherKind {
        WatcherKind::NullWatcher
    }
}

impl Few {
    fn open(root: &Path, sender: &Sender<Message>, left: &Arc<AtomicUsize>) -> Eyes {
        match Eyes::open(root, sender) {
            Eyes::Native(eyes) => Eyes::Native(Box::new(Few { eyes, left: Arc::clone(left) })),
            blind => blind,
        }
    }
}

/// A repository of many folders, of which this many may be watched, and the number to be changed.
fn with_watches(sandbox: &Sandbox, few: usize) -> (Watched, Arc<AtomicUsize>) {
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    for number in 1..60 {
        sandbox.write(&format!("src/p{number}/a.rs"), "");
    }
    let left = Arc::new(AtomicUsize::new(few));
    let (workspace, own) = (sandbox.open(), Arc::clone(&left));
    let (sender, events) = channel();
    let open = move |root: &Path, sender: &Sender<Message>| Few::open(root, sender, &own);
    workspace.watch_with(open, Box::new(move |event| drop(sender.send(event)))).expect("watches");
    (Watched { workspace, events }, left)
}

#[test]
fn what_the_system_refuses_is_said_and_tried_again_when_a_person_comes_back() {
    let sandbox = Sandbox::new();
    let (watched, left) = with_watches(&sandbox, 20);
    watched.until_mode("partly");
    let state = watched.workspace.watch_state();
    assert!(state.watched == 20 && state.folders > 60, "{state:?}");
    left.store(1_000, Relaxed);
    sandbox.write("src/p59/docs/adr/0001-x.md", record(1, "Meanwhile"));
    watched.workspace.look();
    watched.until_mode("watching");
    watched.until(&["docs/adr/0001-a.md", "src/p59/docs/adr/0001-x.md"]);
    sandbox.write("src/p58/docs/adr/0001-x.md", record(1, "Seen"));
    watched.until(&["docs/adr/0001-a.md", "src/p58/docs/adr/0001-x.md", "src/p59/docs/adr/0001-x.md"]);
}

#[test]
fn where_not_even_records_can_be_watched_it_is_polled_until_they_can() {
    let sandbox = Sandbox::new();
    let (watched, left) = with_watches(&sandbox, 3);
    watched.until_mode("polling");
    assert!(watched.workspace.watch_state().detail.is_some_and(|why| why.contains("watches no more folders")));
    sandbox.write("docs/adr/0002-b.md", record(2, "Polled"));
    watched.until(&["docs/adr/0001-a.md", "docs/adr/0002-b.md"]);
    left.store(1_000, Relaxed);
    watched.workspace.look();
    watched.until_mode("watching");
}

#[test]
fn notifications_that_were_lost_are_made_good_by_a_look_at_everything() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    let (workspace, (told, lost)) = (sandbox.open(), channel());
    let (sender, events) = channel();
    // Eyes that see nothing stand for a queue that runs over.
    let open = move |_: &Path, sender: &Sender<Message>| {
        drop(told.send(sender.clone()));
        Eyes::Native(Box::new(notify::NullWatcher))
    };
    workspace.watch_with(open, Box::new(move |event| drop(sender.send(event)))).expect("watches");
    let (watched, lost) = (Watched { workspace, events }, lost.recv().expect("opened"));
    // The first look of a session is at everything anyway.
    sandbox.write("docs/adr/0002-b.md", record(2, "Second"));
    watched.until(&["docs/adr/0001-a.md", "docs/adr/0002-b.md"]);
    sandbox.write("docs/adr/0003-c.md", record(3, "Lost"));
    lost.send(Message::LookAtAll).expect("it listens");
    watched.until(&["docs/adr/0001-a.md", "docs/adr/0002-b.md", "docs/adr/0003-c.md"]);
}

#[test]
fn a_look_at_everything_waits_for_gits_lock() {
    let sandbox = Sandbox::new();
    sandbox.write(".git/index.lock", "");
    let (sender, receiver) = channel();
    sender.send(Message::LookAtAll).expect("it listens");
    let mut git = GitAtWork::of(&sandbox.open());
    let released = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let (done, looked) = channel();
        let released = &released;
        scope.spawn(move || {
            let burst = gather::next(&receiver, PATIENCE, &mut git, &|_| {}).expect("a burst");
            done.send((burst.look_at_all, released.load(Relaxed))).expect("heard");
        });
        assert!(looked.recv_timeout(Duration::from_millis(300)).is_err(), "git is at work");
        released.store(true, Relaxed);
        std::fs::remove_file(sandbox.root().join(".git/index.lock")).expect("released");
        assert_eq!(looked.recv_timeout(PATIENCE), Ok((true, true)));
    });
}

/// Name of the variable that tells the test below that it runs where few folders may be watched.
#[cfg(target_os = "linux")]
const FEW: &str = "PRECEDENT_TEST_FEW_WATCHES";

/// The kernel's own limit, set low for a user namespace; where none can be made, there is nothing to see.
#[cfg(target_os = "linux")]
#[test]
fn the_systems_limit_is_said_and_what_is_not_watched_is_looked_at_on_return() {
    if let Some(few) = option_env_at_run(FEW) {
        return if few == "10" { with_very_few() } else { with_few() };
    }
    for few in ["10", "30"] {
        let test = std::env::current_exe().expect("this test");
        let name = "watch::tests::limits::the_systems_limit_is_said_and_what_is_not_watched_is_looked_at_on_return";
        let script = format!("echo {few} > /proc/sys/user/max_inotify_watches || exit 77; exec \"$0\" --exact {name}");
        let output = Command::new("unshare")
            .args(["--user", "--map-root-user", "sh", "-c", &script])
            .arg(test)
            .env(FEW, few)
            .output();
        match output {
            Ok(output) if output.status.success() => {}
            Ok(output) if output.status.code() == Some(77) || output.stdout.is_empty() => return skipped(),
            Ok(output) => panic!("{few}: {}", String::from_utf8_lossy(&output.stdout)),
            Err(_) => return skipped(),
        }
    }
}

#[cfg(target_os = "linux")]
#[expect(clippy::print_stdout, reason = "a test that is left out says so")]
fn skipped() {
    println!("SKIPPED: no user namespace may be made here, so the kernel's limit cannot be set");
}

/// The environment of a test that started itself.
#[cfg(target_os = "linux")]
fn option_env_at_run(name: &str) -> Option<String> {
    let environment = std::fs::read("/proc/self/environ").ok()?;
    let mut pairs = environment.split(|byte| *byte == 0).filter_map(|pair| std::str::from_utf8(pair).ok());
    pairs.find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
}

/// Not even the folders of records: everything is looked at.
#[cfg(target_os = "linux")]
fn with_very_few() {
    let sandbox = Sandbox::new();
    for number in 1..20 {
        sandbox.write(&format!("packages/p{number}/docs/adr/0001-a.md"), record(1, "First"));
    }
    let workspace = sandbox.open();
    let (sender, events) = channel();
    workspace.watch(move |event| drop(sender.send(event))).expect("watches");
    let watched = Watched { workspace, events };
    watched.until_mode("polling");
    assert!(watched.workspace.watch_state().detail.is_some_and(|why| why.contains("watches no more folders")));
    sandbox.write("packages/p1/docs/adr/0002-b.md", record(2, "Second"));
    while watched.paths().len() != 20 {
        watched.change();
    }
}

/// The records' folders but not all others.
#[cfg(target_os = "linux")]
fn with_few() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/adr/0001-a.md", record(1, "First"));
    for number in 1..60 {
        sandbox.write(&format!("src/p{number}/a.rs"), "");
    }
    let workspace = sandbox.open();
    let (sender, events) = channel();
    workspace.watch(move |event| drop(sender.send(event))).expect("watches");
    let watched = Watched { workspace, events };
    watched.until_mode("partly");
    let state = watched.workspace.watch_state();
    assert!(state.watched > 3 && state.watched < 30 && state.folders > 60, "{state:?}");
    sandbox.write("docs/adr/0002-b.md", record(2, "Second"));
    watched.until(&["docs/adr/0001-a.md", "docs/adr/0002-b.md"]);
    // Nobody watches there; it shows when a person comes back to the window.
    sandbox.write("src/p59/docs/adr/0001-x.md", record(1, "Third"));
    watched.workspace.look();
    watched.until(&["docs/adr/0001-a.md", "docs/adr/0002-b.md", "src/p59/docs/adr/0001-x.md"]);
}
