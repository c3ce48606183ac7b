//! Conflicts of a real merge and rebase, settled and staged.

use super::fixture::{Fixture, RECORD, record};
use precedent_core::wire::{ConflictAnswer, ConflictSide, ErrorCode, OperationStep, SettleHow, SettleRequest};

/// `main` and `topic` both changed the record: settings and prose.
fn parted() -> Fixture {
    let fixture = Fixture::with_record();
    let text =
        |status: &str, extra: &str, outcome: &str| record(status, outcome).replace("date:", &format!("{extra}date:"));
    fixture.git(&["switch", "-q", "-c", "topic"]);
    fixture.write(RECORD, &text("superseded", "supersedes: [ADR-0009]\n", "We take the blue one."));
    fixture.commit_all("Blue");
    fixture.git(&["switch", "-q", "main"]);
    fixture.write(RECORD, &text("accepted", "supersedes: [ADR-0007]\n", "We take the green one."));
    fixture.commit_all("Green");
    fixture
}

fn answer(side: ConflictSide) -> ConflictAnswer {
    ConflictAnswer { side, text: None }
}

#[test]
fn a_record_is_settled_by_field_then_by_block() {
    for rebase in [false, true] {
        let fixture = parted();
        if rebase {
            fixture.git(&["switch", "-q", "topic"]);
        }
        let (ok, said) = fixture.try_git(if rebase { &["rebase", "main"] } else { &["merge", "topic"] });
        assert!(!ok, "{said}");
        let workspace = fixture.workspace();
        let view = workspace.conflict(RECORD).expect("a conflict");
        assert_eq!((view.kind.as_str(), view.marks, view.parts.len()), ("both-changed", true, 1), "{view:?}");
        let joined: Vec<_> = view.joined.iter().map(|joined| (joined.field.as_str(), joined.value.as_str())).collect();
        let links = if rebase { "[ADR-0009, ADR-0007]" } else { "[ADR-0007, ADR-0009]" };
        assert_eq!(joined, [("status", "superseded"), ("supersedes", links)]);
        let part = &view.parts[0];
        assert_eq!(part.section, "Decision Outcome");
        // Whoever rebases finds their own words under "mine".
        let (mine, names) = if rebase { ("blue", ("topic", "main")) } else { ("green", ("main", "topic")) };
        assert!(part.mine.contains(mine), "{part:?}");
        assert_eq!((view.mine_name.as_str(), view.theirs_name.as_str()), names);

        let mut request =
            SettleRequest { path: RECORD.to_owned(), how: SettleHow::Answers, answers: vec![], digest: view.digest };
        assert_eq!(workspace.settle_conflict(&request).expect_err("unsaid").code(), ErrorCode::Usage);
        request.answers = vec![answer(ConflictSide::Theirs)];
        let status = workspace.settle_conflict(&request).expect("settled");
        assert!(status.files.iter().all(|file| file.change != "conflicted"));
        let text = std::fs::read_to_string(fixture.root().join(RECORD)).expect("a record");
        assert!(text.contains(if rebase { "green" } else { "blue" }), "{text}");
        assert!(
            text.contains("status: superseded\n") && text.contains("ADR-0007") && text.contains("ADR-0009"),
            "{text}"
        );
        workspace.step_operation(OperationStep::Continue, false).expect("done");
        assert_eq!(fixture.git(&["status", "--porcelain"]), "");
        fixture.fsck();
        // The step of the file can be looked at and taken back like any other.
        assert!(workspace.undo_list().iter().any(|item| item.title.starts_with("Settle")));
    }
}

#[test]
fn what_changed_meanwhile_is_not_written_over() {
    let fixture = parted();
    fixture.try_git(&["merge", "topic"]);
    let workspace = fixture.workspace();
    let view = workspace.conflict(RECORD).expect("a conflict");
    let by_hand = record("accepted", "Red after all.");
    fixture.write(RECORD, &by_hand);
    let mut request = SettleRequest {
        path: RECORD.to_owned(),
        how: SettleHow::Answers,
        answers: vec![answer(ConflictSide::Mine)],
        digest: view.digest,
    };
    assert_eq!(workspace.settle_conflict(&request).expect_err("stale").code(), ErrorCode::Conflict);
    let view = workspace.conflict(RECORD).expect("a conflict");
    assert!(!view.marks);
    request.digest = view.digest;
    request.how = SettleHow::AsOnDisk;
    workspace.settle_conflict(&request).expect("settled by hand");
    assert_eq!(std::fs::read_to_string(fixture.root().join(RECORD)).expect("a record"), by_hand);
    assert_eq!(workspace.conflict(RECORD).expect_err("no conflict").code(), ErrorCode::NotFound);
}

#[test]
fn a_file_that_one_side_deleted_is_kept_or_goes() {
    for how in [SettleHow::Mine, SettleHow::Theirs] {
        let fixture = Fixture::with_record();
        fixture.git(&["switch", "-q", "-c", "topic"]);
        fixture.delete(RECORD);
        fixture.commit_all("Gone");
        fixture.git(&["switch", "-q", "main"]);
        fixture.write(RECORD, &record("accepted", "Yes."));
        fixture.commit_all("Accept");
        fixture.try_git(&["merge", "topic"]);
        let workspace = fixture.workspace();
        let view = workspace.conflict(RECORD).expect("a conflict");
        assert_eq!(view.kind, "deleted-there");
        let request = SettleRequest { path: RECORD.to_owned(), how, answers: vec![], digest: view.digest };
        workspace.settle_conflict(&request).expect("settled");
        assert_eq!(fixture.root().join(RECORD).exists(), how == SettleHow::Mine);
        workspace.step_operation(OperationStep::Continue, false).expect("merged");
        assert_eq!(fixture.git(&["status", "--porcelain"]), "");
    }
}
