//! Any settings block is read; a value that an edit writes is read as that value or as none.

#![no_main]

use libfuzzer_sys::fuzz_target;
use precedent_core::record::ParseOptions;
use precedent_core::record::edit::{Edit, apply_edit};
use precedent_core::{ProblemCode, RecordPath, parse};

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
            let parsed = parse(&path, after.as_bytes(), &ParseOptions::default());
            let tags = &parsed.decision.tags;
            assert!(*tags == [wanted] || tags.is_empty() && is_nothing(wanted), "{tags:?} from {after:?}");
            assert!(parsed.problems.iter().all(|problem| problem.code != ProblemCode::FrontMatter), "{after:?}");
        }
    }
});

/// Words for nothing are read as no tag.
fn is_nothing(value: &str) -> bool {
    let words: Vec<&str> = value.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    matches!(&*words.join(" ").to_lowercase(), "none" | "n a" | "not applicable")
}

/// Words with what means something to YAML; marks of Markdown around a word are not part of a tag.
fn is_plain(value: &str) -> bool {
    value.starts_with(char::is_alphanumeric)
        && value.ends_with(char::is_alphanumeric)
        && value.chars().all(|c| c.is_alphanumeric() || " :,#[]{}'\"&!|>%@?\\".contains(c))
}
