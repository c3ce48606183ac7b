//! The main job through the facade: edit, supersede, look at the changes, commit with the suggestion.

use super::fixture::{Fixture, RECORD, record};
use precedent_core::wire::{CommitRequest, CommitStyle, Spaces, StatusWord, SupersedeRequest};

#[test]
fn a_supersession_is_staged_described_and_committed() {
    let at = Fixture::with_record();
    at.write(RECORD, &record("accepted", "We take the red one, because it is the cheapest of all."));
    at.commit_all("Accept");
    let workspace = at.workspace();
    let request = SupersedeRequest {
        old: RECORD.into(),
        title: Some("Use the blue one".into()),
        why: Some("Red fades.".into()),
        status: Some("accepted".into()),
        ..SupersedeRequest::default()
    };
    let plan = workspace.plan_supersede(&request).expect("a plan");
    workspace.apply_supersede(&request, &plan.digest).expect("written");

    let status = workspace.git_status().expect("a status");
    let files: Vec<_> =
        status.files.iter().map(|file| (file.label.as_deref(), file.staged, file.status, file.lead.as_str())).collect();
    assert_eq!(
        files,
        [
            (Some("0001"), true, Some(StatusWord::Superseded), "Superseded by 0002."),
            (Some("0002"), true, Some(StatusWord::Accepted), "New record, accepted,"),
        ]
    );
    let diff = workspace.file_diff(RECORD, true, Spaces::Shown).expect("a diff");
    let fields: Vec<&str> = diff.fields.iter().map(|field| field.field.as_str()).collect();
    assert!(fields.contains(&"Status") && fields.contains(&"Superseded by"), "{fields:?}");

    let message = workspace.commit_suggestions(CommitStyle::Auto).expect("suggestions").remove(0);
    assert_eq!(message.lines().next(), Some("Supersede ADR-0001 with ADR-0002: Use the blue one"));
    let reply = workspace.commit(&CommitRequest { message, ..CommitRequest::default() }).expect("a commit");
    assert!(at.git(&["log", "-1", "--format=%B"]).contains("Decision: ADR-0002"));
    assert_eq!(at.git(&["show", "--name-only", "--format=", &reply.commit]).lines().count(), 2);
    assert_eq!(workspace.git_status().expect("a status").files, []);
    assert_eq!(workspace.history(RECORD).expect("a history").len(), 3);
    at.fsck();
}

#[test]
fn an_edited_record_is_offered_with_a_message_before_anything_is_staged() {
    let at = Fixture::with_record();
    at.write("other.txt", "not a record\n");
    let workspace = at.workspace();
    let source = workspace.read_source(RECORD).expect("a source");
    workspace.save_record(RECORD, &source.text.replace("cheapest", "loudest"), &source.hash).expect("saved");
    let message = workspace.commit_suggestions(CommitStyle::Auto).expect("suggestions").remove(0);
    assert_eq!(message, "Reword ADR-0001: Decision Outcome\n\nDecision: ADR-0001");
    let request = CommitRequest { message, stage: vec![RECORD.into()], ..CommitRequest::default() };
    workspace.commit(&request).expect("a commit");
    assert_eq!(at.git(&["status", "--porcelain"]), "?? other.txt\n");
}
