//! Any `precedent.toml` is read, and complaints point into it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use precedent_core::config::Config;

fuzz_target!(|text: &str| {
    let (_, problems) = Config::parse(text);
    let lines = text.lines().count() + 1;
    for problem in problems {
        assert!(problem.line as usize <= lines, "{}", problem.message);
    }
});
