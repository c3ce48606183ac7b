//! What the words of `git fetch`, `git pull`, `git push` and `git clone` mean: how far they are, and why they did not do
//! it. Text in, values out; who starts the program is the workspace's matter.
//!
//! The words are git's untranslated ones (the workspace asks for them) and those of the forges people use.

use crate::wire::{GitProgress, SyncOutcome};

/// A step of a run, from one line of what git prints with `--progress`; `None` for any other line.
pub fn progress(line: &str) -> Option<GitProgress> {
    let line = line.trim().trim_start_matches("remote: ").trim();
    if let Some(rest) = line.strip_prefix("Rebasing (") {
        let (done, all) = rest.split_once(')')?.0.split_once('/')?;
        let (done, all): (u32, u32) = (done.parse().ok()?, all.parse().ok()?);
        return Some(GitProgress {
            step: "Rebasing".to_owned(),
            percent: done.checked_mul(100).and_then(|done| done.checked_div(all)),
        });
    }
    let (name, rest) = line.split_once(':')?;
    let word = name.split_whitespace().next()?;
    let known =
        ["Enumerating", "Counting", "Compressing", "Receiving", "Resolving", "Writing", "Updating", "Unpacking"];
    let known = known.into_iter().find(|step| *step == word)?;
    let percent = rest.split_once('%').and_then(|(number, _)| number.trim().parse().ok());
    // `Writing objects: done.` and `Counting objects: 5` belong to a step, too; `Updating 1a2b..3c4d` does not.
    let counts = percent.is_some() || rest.trim().starts_with(|letter: char| letter.is_ascii_digit());
    (counts || rest.trim() == "done.").then(|| GitProgress { step: known.to_owned(), percent })
}

/// What git printed, without the lines that only told how far it was.
pub fn said(output: &str) -> String {
    let mut kept = String::new();
    for line in output.lines() {
        let shown = line.rsplit('\r').find(|part| !part.trim().is_empty()).unwrap_or_default();
        // Terminal codes with which servers clear the rest of their line.
        let shown = shown.replace("\u{1b}[K", "");
        if !shown.trim().is_empty() && progress(&shown).is_none() {
            kept.push_str(shown.trim_end());
            kept.push('\n');
        }
    }
    kept.truncate(kept.trim_end().len());
    kept
}

/// Why a run failed, by what git and the other side said.
pub fn outcome(said: &str) -> SyncOutcome {
    let said = said.to_ascii_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| said.contains(word));
    let refused_there = any(&["[remote rejected]", "hook declined"]);
    if refused_there && any(PROTECTED) {
        SyncOutcome::Protected
    } else if any(&["(fetch first)", "(non-fast-forward)", "(stale info)", "(remote ref updated since checkout)"]) {
        SyncOutcome::Rejected
    } else if any(SIGN_IN) {
        SyncOutcome::SignIn
    } else if any(OFFLINE) {
        SyncOutcome::Offline
    } else {
        SyncOutcome::Refused
    }
}

/// GitHub, GitLab, Bitbucket, Azure and Gitea on a branch that nobody may push to.
const PROTECTED: &[&str] = &["protected", "pull request", "merge request", "tf402455", "not allowed to push"];

const SIGN_IN: &[&str] = &[
    "terminal prompts disabled",
    "could not read username",
    "could not read password",
    "authentication failed",
    "permission denied (",
    "host key verification failed",
    "the requested url returned error: 401",
    "the requested url returned error: 403",
    "invalid credentials",
    "access denied",
    // What GitHub and GitLab say of private repositories to those they do not know.
    "repository not found",
];

const OFFLINE: &[&str] = &[
    "could not resolve host",
    "couldn't resolve host",
    "could not resolve proxy",
    "name or service not known",
    "temporary failure in name resolution",
    "failed to connect to",
    "couldn't connect to server",
    "could not connect to server",
    "connection refused",
    "connection timed out",
    "operation timed out",
    "network is unreachable",
    "no route to host",
    "connection reset by peer",
    "ssl connection timeout",
];

/// The folder `owner/name` that a clone of this address goes to, below where a person keeps sources; `None` when the
/// address has no name to go by.
pub fn clone_folder(address: &str) -> Option<String> {
    let address = address.trim().trim_end_matches('/');
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => address.split_once(':').filter(|(host, _)| host.len() > 1).map_or(address, |(_, path)| path),
    };
    let mut parts = path.split(['/', '\\']).filter(|part| !part.is_empty() && *part != "_git").rev();
    let name = parts.next()?.trim_end_matches(".git");
    let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && part != "~";
    if !plain(name) {
        return None;
    }
    Some(match parts.next().filter(|owner| plain(owner)) {
        Some(owner) => format!("{owner}/{name}"),
        None => name.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_progress(line: &str, expected: Option<(&str, Option<u32>)>) {
        let found = progress(line);
        assert_eq!(found.as_ref().map(|found| (found.step.as_str(), found.percent)), expected, "{line}");
    }

    #[test]
    fn a_step_is_told_from_other_lines() {
        check_progress("Receiving objects:  41% (123/300), 1.20 MiB | 3.00 MiB/s", Some(("Receiving", Some(41))));
        check_progress("remote: Counting objects: 100% (5/5), done.", Some(("Counting", Some(100))));
        check_progress("remote: Enumerating objects: 5, done.", Some(("Enumerating", None)));
        check_progress("Updating files:  7% (7/100)", Some(("Updating", Some(7))));
        check_progress("Rebasing (2/5)", Some(("Rebasing", Some(40))));
        check_progress("Updating 1a2b3c4..5d6e7f8", None);
        check_progress("fatal: Authentication failed for 'https://example.org/'", None);
        check_progress("remote: Resolving: see https://example.org", None);
        check_progress("Rebasing (x/0)", None);
    }

    #[test]
    fn what_git_said_is_kept_without_the_counting() {
        let output = "Counting objects:  50% (1/2)\rCounting objects: 100% (2/2), done.\nTo ../far\n ! [rejected]  main -> main (fetch first)\nremote: \u{1b}[K\nremote: hello \u{1b}[K\n";
        assert_eq!(said(output), "To ../far\n ! [rejected]  main -> main (fetch first)\nremote:\nremote: hello");
    }

    fn check(said: &str, expected: SyncOutcome) {
        assert_eq!(outcome(said), expected, "{said}");
    }

    #[test]
    fn what_the_other_side_says_has_a_name() {
        check("! [rejected] main -> main (fetch first)", SyncOutcome::Rejected);
        check("! [rejected] main -> main (non-fast-forward)", SyncOutcome::Rejected);
        check("! [rejected] main -> main (stale info)", SyncOutcome::Rejected);
        check(
            "remote: error: GH006: Protected branch update failed for refs/heads/main.\n! [remote rejected] main -> main (protected branch hook declined)",
            SyncOutcome::Protected,
        );
        check(
            "remote: GitLab: You are not allowed to push code to protected branches on this project.\n! [remote rejected] main -> main (pre-receive hook declined)",
            SyncOutcome::Protected,
        );
        check(
            "remote: Branch refs/heads/main can only be modified through pull requests.\n! [remote rejected] main -> main (pre-receive hook declined)",
            SyncOutcome::Protected,
        );
        check(
            "! [remote rejected] main -> main (TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.)",
            SyncOutcome::Protected,
        );
        check(
            "remote: Gitea: Not allowed to push to protected branch main\n! [remote rejected] main -> main (pre-receive hook declined)",
            SyncOutcome::Protected,
        );
        check(
            "remote: the spelling is wrong\n! [remote rejected] main -> main (pre-receive hook declined)",
            SyncOutcome::Refused,
        );
        check(
            "fatal: could not read Username for 'https://example.org': terminal prompts disabled",
            SyncOutcome::SignIn,
        );
        check("git@github.com: Permission denied (publickey).", SyncOutcome::SignIn);
        check("fatal: unable to access 'https://x.invalid/': Could not resolve host: x.invalid", SyncOutcome::Offline);
        check("ssh: connect to host example.org port 22: Connection timed out", SyncOutcome::Offline);
        check("fatal: bad object HEAD", SyncOutcome::Refused);
    }

    fn check_folder(address: &str, expected: Option<&str>) {
        assert_eq!(clone_folder(address).as_deref(), expected, "{address}");
    }

    #[test]
    fn a_clone_goes_to_owner_and_name() {
        check_folder("https://github.com/quayside/payments-platform.git", Some("quayside/payments-platform"));
        check_folder("git@github.com:quayside/payments-platform.git", Some("quayside/payments-platform"));
        check_folder("ssh://git@example.org:2222/a/b/c/", Some("b/c"));
        check_folder("https://dev.azure.com/org/project/_git/repo", Some("project/repo"));
        check_folder("/srv/git/decisions.git", Some("git/decisions"));
        check_folder("https://example.org/solo", Some("solo"));
        check_folder("git@example.org:solo.git", Some("solo"));
        check_folder("https://example.org/a/..", None);
        check_folder("", None);
    }
}
