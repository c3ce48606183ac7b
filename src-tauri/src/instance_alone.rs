//! Where no Unix socket is: every start stands alone. The same names as `instance.rs`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) argument: Option<OsString>,
    pub(crate) folder: PathBuf,
}

impl Call {
    pub(crate) fn of_this_start() -> Call {
        Call { argument: std::env::args_os().nth(1), folder: std::env::current_dir().unwrap_or_default() }
    }
}

#[derive(Debug)]
pub(crate) enum Start {
    First(Option<Instance>),
    #[expect(dead_code, reason = "nobody takes over here")]
    HandedOver,
}

#[derive(Debug)]
pub(crate) struct Instance;

pub(crate) fn start(_state: &Path, _call: &Call) -> Start {
    Start::First(None)
}

impl Instance {
    pub(crate) fn hear(self, _open: impl Fn() -> bool + Send + 'static, _answer: impl Fn(Call) + Send + 'static) {}
}
