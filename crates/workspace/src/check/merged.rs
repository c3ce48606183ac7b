//! A merge, and a push of a branch that took in another, judged from each side: what one of them had already is brought by
//! nobody, and what one of them decided meanwhile holds for what came with it.

use super::gates;
use super::request::{CheckInput, CheckRequest};
use crate::error::Result;
use crate::workspace::Workspace;
use git2::{Oid, Repository};
use precedent_core::wire::{FindingItem, FindingState, SeverityWord, Verdict, VerdictWord};
use std::path::{Path, PathBuf};

impl Workspace {
    /// Checks what is staged for a merge that is under way, in `index` when git keeps it elsewhere: against the last commit,
    /// and where that finds something, against each merged commit of the main branch, by its rules: a branch that takes in
    /// the main one brings nothing of it. What another branch has is brought by whoever merges it.
    ///
    /// # Errors
    /// As [`Workspace::check`].
    pub fn check_merge(&self, index: Option<&Path>) -> Result<Verdict> {
        let staged = index.map_or(CheckInput::Staged, |file| CheckInput::StagedIn(file.to_path_buf()));
        let mut verdict = self.check(&CheckRequest::new(staged))?;
        if verdict.verdict == VerdictWord::Pass {
            return Ok(verdict);
        }
        let repo = self.git_repository()?;
        for base in self.merged_commits().into_iter().filter(|commit| is_of_main(&repo, commit)) {
            if verdict.verdict == VerdictWord::Pass {
                break;
            }
            let index = index.map(PathBuf::from);
            let other = self.check(&CheckRequest::new(CheckInput::StagedSince { index, base }))?;
            verdict = in_common(verdict, other);
        }
        Ok(verdict)
    }

    fn merged_commits(&self) -> Vec<String> {
        let file = self.git_dir().map(|folder| folder.join("MERGE_HEAD"));
        let text = file.and_then(|file| std::fs::read_to_string(file).ok()).unwrap_or_default();
        text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    }
}

/// Whether the main branch has this commit: that of a remote as it was last seen, or the local one when another branch is
/// checked out.
fn is_of_main(repo: &Repository, commit: &str) -> bool {
    let Ok(commit) = Oid::from_str(commit) else { return false };
    let current = repo.head().ok().and_then(|head| head.name().ok().map(str::to_owned));
    let remotes = repo.remotes().ok();
    let far = remotes.iter().flatten().flatten().flatten().filter_map(|remote| gates::main_branch(repo, remote));
    let near = ["main", "master", "trunk", "develop"].map(|name| format!("refs/heads/{name}"));
    far.chain(near.into_iter().filter(|name| Some(name) != current.as_ref())).any(|name| {
        let tip = repo.find_reference(&name).and_then(|found| found.peel_to_commit()).map(|found| found.id());
        tip.is_ok_and(|tip| tip == commit || repo.graph_descendant_of(tip, commit).unwrap_or(false))
    })
}

/// A verdict without what does not stop the change from the other side. A side that is undecided or at fault decides nothing.
pub(super) fn in_common(mut verdict: Verdict, other: Verdict) -> Verdict {
    if other.verdict == VerdictWord::Pass {
        return other;
    }
    if [verdict.verdict, other.verdict] != [VerdictWord::Violations; 2] {
        return verdict;
    }
    let theirs: Vec<&FindingItem> = other.findings.iter().filter(|finding| fails(finding)).collect();
    let is_common = |finding: &FindingItem| {
        let same = |their: &&FindingItem| their.path == finding.path && their.fingerprint == finding.fingerprint;
        let mut of_rule = theirs.iter().filter(|their| their.rule == finding.rule).peekable();
        // One that speaks of a whole tree may stand at another place of it.
        of_rule.peek().is_some() && (finding.note.is_some() || of_rule.any(same))
    };
    verdict.findings.retain(|finding| !fails(finding) || is_common(finding));
    let count = |of: &dyn Fn(&FindingItem) -> bool| {
        u32::try_from(verdict.findings.iter().filter(|finding| of(finding)).count()).unwrap_or(u32::MAX)
    };
    let failing = count(&|finding| fails(finding));
    let introduced = count(&|finding| finding.state == FindingState::Introduced);
    let proposed = count(&|finding| finding.state == FindingState::WaiverProposed);
    (verdict.counts.failing, verdict.counts.introduced, verdict.counts.waiver_proposed) =
        (failing, introduced, proposed);
    if failing == 0 {
        // In the order in which a check judges.
        verdict.verdict = if verdict.faults.iter().any(|fault| fault.severity == SeverityWord::Error) {
            VerdictWord::Error
        } else if verdict.undecided.is_empty() {
            VerdictWord::Pass
        } else {
            VerdictWord::Indeterminate
        };
    }
    verdict
}

fn fails(finding: &FindingItem) -> bool {
    finding.severity == SeverityWord::Error
        && matches!(finding.state, FindingState::Introduced | FindingState::WaiverProposed)
}
