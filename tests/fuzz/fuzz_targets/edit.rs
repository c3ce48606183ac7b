//! An edit of any kind on any text: bytes outside of its places are equal, and its inverse restores the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use precedent_core::record::edit::{Edit, LinkTarget, change};
use precedent_core::{LinkKind, RecordPath, Status};

fn edits() -> Vec<Edit> {
    let to = || LinkTarget {
        path: RecordPath::new("docs/adr/0012-y.md"),
        digits: Some("0012".to_owned()),
        id: "y".to_owned(),
        title: "Y".to_owned(),
    };
    let on = Some(jiff::civil::date(2026, 3, 2));
    let field = |key: &str, values: &[&str]| Edit::SetField {
        key: key.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    let mut edits: Vec<Edit> = Status::ALL.into_iter().map(|status| Edit::SetStatus { status, on }).collect();
    for kind in [LinkKind::Supersedes, LinkKind::SupersededBy, LinkKind::Amends, LinkKind::RelatesTo] {
        edits.push(Edit::AddLink { kind, to: to() });
        edits.push(Edit::RemoveLink { kind, to: to() });
    }
    for key in ["date", "review-by"] {
        edits.extend([field(key, &["2026-03-02"]), field(key, &[])]);
    }
    for key in ["tags", "decision-makers", "applies-to"] {
        edits.extend([field(key, &["a, b", "c: d"]), field(key, &["é"]), field(key, &[])]);
    }
    edits.push(Edit::SetTitle { title: "T".to_owned() });
    edits
}

fuzz_target!(|input: (u8, &str)| {
    let (choice, text) = input;
    let path = RecordPath::new("docs/adr/0007-x.md");
    let edits = edits();
    // One edit a run: the first byte chooses, so that the fuzzer can tell which of them a text is interesting for.
    let edit = &edits[usize::from(choice) % edits.len()];
    let Ok(change) = change(&path, text, edit) else { return };
    let after = change.apply(text);
    let (mut was, mut is) = (0, 0);
    for (range, new) in change.places() {
        let kept = &text[was..range.start];
        assert_eq!(&after[is..is + kept.len()], kept, "{edit:?}");
        assert_eq!(&after[is + kept.len()..is + kept.len() + new.len()], new, "{edit:?}");
        (was, is) = (range.end, is + kept.len() + new.len());
    }
    assert_eq!(&text[was..], &after[is..], "{edit:?}");
    assert_eq!(change.inverse(text).apply(&after), text, "{edit:?}");
});
