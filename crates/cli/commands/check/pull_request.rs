//! Which commits a pull request brings, as the service that runs it says. The one place that knows their variables.

use crate::commands::Result;
use precedent_core::wire::ErrorCode;
use precedent_workspace::{CheckInput, Error};

/// Variables that hold a commit to compare with.
const COMMITS: &[&str] = &["PRECEDENT_BASE", "CI_MERGE_REQUEST_DIFF_BASE_SHA"];
/// Variables that hold the branch that a change is to go into: GitHub, GitLab, Bitbucket, Azure, Jenkins, Buildkite, Travis.
const BRANCHES: &[&str] = &[
    "GITHUB_BASE_REF",
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
    "BITBUCKET_PR_DESTINATION_BRANCH",
    "SYSTEM_PULLREQUEST_TARGETBRANCH",
    "CHANGE_TARGET",
    "BUILDKITE_PULL_REQUEST_BASE_BRANCH",
    "TRAVIS_BRANCH",
];

/// From the branch that the change goes into to what is checked out.
///
/// # Errors
/// `usage` where no variable says what the change is compared with.
pub(super) fn range() -> Result<CheckInput> {
    let value = |name: &&str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let branch = |name: String| format!("origin/{}", name.trim_start_matches("refs/heads/"));
    let from = COMMITS.iter().find_map(value).or_else(|| BRANCHES.iter().find_map(value).map(branch));
    let Some(from) = from else {
        let names = COMMITS.iter().chain(BRANCHES).copied().collect::<Vec<_>>().join(", ");
        return Err(Error::new(ErrorCode::Usage, "nothing says what this pull request is compared with")
            .with_hint(format!("give a range (main..HEAD), or set one of {names}")));
    };
    Ok(CheckInput::Range { from, to: "HEAD".to_owned() })
}
