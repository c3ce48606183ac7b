//! The system's notifications, or the reason why there are none.

use super::Message;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecursiveMode, Watcher};
use std::path::Path;
use std::sync::mpsc::Sender;

/// Sees changes when they happen, or not at all.
pub(super) enum Eyes {
    Native(Box<dyn Watcher + Send>),
    /// With the reason, and whether another try may see.
    Blind(String, Again),
}

/// Whether what could not be watched may be watched later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// The system's limit may rise, or other programs let go.
    Perhaps,
    /// It lies in the nature of the folder.
    Never,
}

impl Eyes {
    /// The system's notifications for the repository at `root`, where they tell of everything.
    pub(super) fn open(root: &Path, sender: &Sender<Message>) -> Eyes {
        match platform::shared_with_others(root) {
            Some(kind) => Eyes::Blind(format!("{kind} does not tell of what other computers change"), Again::Never),
            None => Self::native(sender),
        }
    }

    fn native(sender: &Sender<Message>) -> Eyes {
        let sender = sender.clone();
        let handle = move |event: notify::Result<Event>| {
            let message = match event {
                Ok(event) if event.need_rescan() => Message::LookAtAll,
                Ok(event) if is_telling(event.kind) => Message::At(event.paths),
                Ok(_) => return,
                Err(_) => Message::LookAtAll,
            };
            // The receiver ends with the workspace; what comes later is of no interest.
            drop(sender.send(message));
        };
        match notify::recommended_watcher(handle) {
            Ok(watcher) => Eyes::Native(Box::new(watcher)),
            Err(error) => Eyes::Blind(error.to_string(), Again::Perhaps),
        }
    }

    /// Watches a folder, with all below it when `deep`.
    pub(super) fn watch(&mut self, folder: &Path, deep: bool) -> notify::Result<()> {
        let mode = if deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        match self {
            Eyes::Native(watcher) => watcher.watch(folder, mode),
            Eyes::Blind(..) => Ok(()),
        }
    }

    pub(super) fn unwatch(&mut self, folder: &Path) {
        if let Eyes::Native(watcher) = self {
            // A folder that is gone has lost its watch already.
            drop(watcher.unwatch(folder));
        }
    }
}

/// Reading a file changes nothing; closing one that was written does: what was written through a map is told only then.
fn is_telling(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

#[cfg(target_os = "linux")]
pub(super) mod platform {
    use std::path::Path;

    /// Watches are for one folder each here, so all below a folder are named one by one.
    pub(in crate::watch) const BY_FOLDER: bool = true;

    /// The kind of file system, when other computers may write to it and the kernel hears nothing of that.
    pub(in crate::watch) fn shared_with_others(folder: &Path) -> Option<&'static str> {
        let about = rustix::fs::statfs(folder).ok()?;
        // Some systems have the number signed, some of 32 bits: the low 32 bits are the same.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "magic numbers have 32 bits")]
        kind_of(about.f_type as u32)
    }

    /// Names of file systems by their magic numbers (statfs(2), linux/magic.h).
    pub(in crate::watch) fn kind_of(magic: u32) -> Option<&'static str> {
        Some(match magic {
            0x0000_6969 => "A network file system (NFS)",
            0x0000_517b | 0xff53_4d42 | 0xfe53_4d42 => "A network file system (SMB)",
            0x0102_1997 => "A shared folder (9p)",
            0x786f_4256 | 0xbacb_acbc | 0x7c7c_6673 => "A folder shared with a virtual machine",
            0x6573_5546 => "A file system in user space (FUSE)",
            0x00c3_6400 => "A network file system (Ceph)",
            0x5346_414f | 0x6b41_4653 => "A network file system (AFS)",
            0x7375_7245 => "A network file system (Coda)",
            0x0bd0_0bd0 => "A network file system (Lustre)",
            0x4750_4653 => "A network file system (GPFS)",
            0x1983_0326 => "A network file system (BeeGFS)",
            0x0116_1970 => "A cluster file system (GFS2)",
            0x7461_636f => "A cluster file system (OCFS2)",
            _ => return None,
        })
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) mod platform {
    use std::path::Path;

    /// One watch covers all below a folder here.
    pub(in crate::watch) const BY_FOLDER: bool = false;

    /// Not known here: the system tells of what it sees.
    pub(in crate::watch) fn shared_with_others(_folder: &Path) -> Option<&'static str> {
        None
    }
}
