//! Any bytes are read, and every span lies in the decoded text, on its boundaries.

#![no_main]

use libfuzzer_sys::fuzz_target;
use precedent_core::record::{ParseOptions, decode};
use precedent_core::{RecordPath, parse};

fuzz_target!(|bytes: &[u8]| {
    let text = decode(bytes).0;
    for name in ["docs/adr/0001-x.md", "docs/adr/0001-x.adoc", "docs/adr/0001-x.rst"] {
        let parsed = parse(&RecordPath::new(name), bytes, &ParseOptions::default());
        for section in &parsed.sections {
            assert!(text.get(section.span.clone()).is_some() && text.get(section.body.clone()).is_some());
        }
        for link in &parsed.decision.links {
            assert!(text.get(link.span.clone()).is_some());
        }
        for problem in &parsed.problems {
            assert!(text.get(problem.span.clone()).is_some(), "{problem:?}");
        }
    }
});
