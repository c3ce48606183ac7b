//! Any settings block is read; a value that an edit writes is the value that is read.

#![no_main]

use libfuzzer_sys::fuzz_target;
use precedent_core::record::ParseOptions;
use precedent_core::record::edit::{Edit, apply_edit};
use precedent_core::{RecordPath, parse};

fuzz_target!(|parts: (&str, &str)| {
    let (inner, value) = parts;
    let path = RecordPath::new("docs/adr/0007-x.md");
    let wanted = value.trim();
    for fence in ["---", "+++"] {
        let text = format!("{fence}\n{inner}\n{fence}\n# X\n");
        parse(&path, text.as_bytes(), &ParseOptions::default());
        let edit = Edit::SetField { key: "x-own".to_owned(), values: vec![value.to_owned()] };
        let Ok(after) = apply_edit(&path, &text, &edit) else { continue };
        parse(&path, after.as_bytes(), &ParseOptions::default());
        let tags = Edit::SetField { key: "tags".to_owned(), values: vec![value.to_owned()] };
        let plain = "---\nstatus: accepted\n---\n# X\n";
        if let Some(after) = apply_edit(&path, plain, &tags).ok().filter(|_| is_plain(wanted)) {
            let read = parse(&path, after.as_bytes(), &ParseOptions::default()).decision.tags;
            assert_eq!(read, [wanted], "{after:?}");
        }
    }
});

/// Words with what means something to YAML; marks of Markdown around a word are not part of a tag.
fn is_plain(value: &str) -> bool {
    value.starts_with(char::is_alphanumeric)
        && value.ends_with(char::is_alphanumeric)
        && value.chars().all(|c| c.is_alphanumeric() || " :,#[]{}'\"&!|>%@?\\".contains(c))
}
