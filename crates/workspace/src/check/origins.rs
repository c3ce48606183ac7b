//! Since when violations stand: the commit that wrote the line, or the one that wrote the rule when that came later. Asked
//! for a few at a time, while somebody looks at them; what git said of a file is kept until it or the last commit is another.

use super::live::Shown;
use super::request::inside;
use crate::error::Result;
use crate::git::history;
use crate::git::origin::writers;
use crate::stat::Stat;
use crate::workspace::Workspace;
use git2::{Commit, Oid, Repository};
use precedent_check::BoundRule;
use precedent_core::Date;
use precedent_core::record::front_block;
use precedent_core::wire::{FindingOrigin, FindingPlace};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What git said of files while one commit was the last.
#[derive(Debug, Default)]
pub(super) struct Origins {
    head: Option<Oid>,
    files: HashMap<String, Written>,
}

/// The writers of some lines of one file.
#[derive(Clone, Debug, Default)]
struct Written {
    stat: Option<Stat>,
    lines: BTreeMap<u32, Option<Oid>>,
}

/// Kinds of rules whose findings begin with no line: with a number that grew, or with another program's report.
const WITHOUT_LINE: &[&str] = &["count", "evidence", "companion", "protect", "files"];

impl Workspace {
    /// Since when each of these findings stands, in their order; `None` where no line of a file can tell.
    ///
    /// # Errors
    /// `not-a-repository`, `usage` for a path outside of the repository, `git`.
    pub fn finding_origins(&self, places: &[FindingPlace]) -> Result<Vec<Option<FindingOrigin>>> {
        self.in_repository()?;
        let repo = self.git_repository()?;
        let shown = self.shown()?;
        let mut wanted: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
        let mut asked = Vec::new();
        for place in places {
            let path = inside(&place.path)?;
            let rule = rule_of(&shown, place).filter(|rule| !WITHOUT_LINE.contains(&rule.rule.kind.word()));
            if let Some(rule) = rule.filter(|_| place.line > 0) {
                wanted.entry(path.clone()).or_default().insert(place.line);
                let lines = self.lines_of_rule(rule);
                wanted.entry(rule.file.clone()).or_default().extend(lines.iter().copied());
                asked.push(Some((path, place.line, rule.file.clone(), lines)));
            } else {
                asked.push(None);
            }
        }
        let written = self.written(&repo, &wanted);
        let at = |path: &str, line: u32| written.get(path).and_then(|lines| lines.get(&line).copied());
        let origin = |(path, line, file, lines): (String, u32, String, Vec<u32>)| {
            let code = at(&path, line)?;
            let rule = lines.iter().filter_map(|line| at(&file, *line)).reduce(|one, other| later(&repo, one, other));
            let by_rule = rule.is_some_and(|rule| rule != code && later(&repo, code, rule) == rule);
            let commit = match if by_rule { rule? } else { code } {
                Some(id) => Some(history::item(&repo.find_commit(id).ok()?)),
                None => None,
            };
            let made = commit.as_ref().and_then(|commit| commit.date.parse::<Date>().ok());
            let days = made.and_then(|made| made.until(self.today()).ok()).map(|span| span.get_days().unsigned_abs());
            Some(FindingOrigin { commit, days: days.unwrap_or(0), by_rule })
        };
        Ok(asked.into_iter().map(|asked| asked.and_then(origin)).collect())
    }

    /// The line that names the rule, and the one that says how its record stands.
    fn lines_of_rule(&self, rule: &BoundRule) -> Vec<u32> {
        let mut lines = vec![rule.rule.place.line];
        if rule.file == rule.decision.path
            && let Ok(text) = std::fs::read_to_string(self.root().join(&rule.file))
            && let Some(block) = front_block(&text)
        {
            let before = text[..block.start].matches('\n').count();
            let is_status = |line: &str| line.trim_start_matches('\u{feff}').starts_with("status:");
            let status = text[block].lines().position(is_status);
            lines.extend(status.and_then(|at| u32::try_from(before + at + 1).ok()));
        }
        lines
    }

    /// The writers of lines of files, from what is known and from git.
    fn written(
        &self,
        repo: &Repository,
        wanted: &BTreeMap<String, BTreeSet<u32>>,
    ) -> HashMap<String, BTreeMap<u32, Option<Oid>>> {
        let head = repo.head().ok().and_then(|head| head.target());
        let program = self.trust().is_ok_and(|trust| trust.trusted).then(|| self.program());
        let mut answers = HashMap::new();
        for (path, lines) in wanted {
            let stat = self.root().join(path).symlink_metadata().ok().and_then(|about| Stat::of(&about));
            let mut known = self.live.origins(|origins| {
                if origins.head != head {
                    *origins = Origins { head, files: HashMap::new() };
                }
                origins.files.get(path).filter(|known| known.stat == stat).cloned().unwrap_or_default()
            });
            let missing: Vec<u32> = lines.iter().copied().filter(|line| !known.lines.contains_key(line)).collect();
            if !missing.is_empty() {
                known.lines.extend(writers(repo, self.root(), program.as_ref(), path, &missing));
                known.stat = stat;
                let kept = known.clone();
                self.live.origins(|origins| {
                    if origins.head == head {
                        origins.files.insert(path.clone(), kept);
                    }
                });
            }
            answers.insert(path.clone(), known.lines);
        }
        answers
    }
}

fn rule_of<'s>(shown: &'s Shown, place: &FindingPlace) -> Option<&'s BoundRule> {
    shown.ground.governed.governance.rules.rules.iter().find(|rule| rule.key == place.rule)
}

/// Which of two came later; what is not committed comes last.
fn later(repo: &Repository, one: Option<Oid>, other: Option<Oid>) -> Option<Oid> {
    let when = |id: Oid| repo.find_commit(id).map_or(i64::MIN, |commit: Commit<'_>| commit.time().seconds());
    match (one, other) {
        (Some(first), Some(second)) => Some(if when(second) > when(first) { second } else { first }),
        _ => None,
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests play other programs that change files")]
pub(super) mod tests {
    use crate::api::tests::Sandbox;
    use precedent_core::Date;
    use precedent_core::wire::{FindingOrigin, FindingPlace};

    const RECORD: &str = "docs/adr/0001-a.md";
    const RULE: &str = "---\nstatus: accepted\nrules:\n  - {id: text, kind: forbid-text, message: M, match: {literal: bad}}\n  - {id: few, kind: count, message: M, at-most: 0, match: {literal: bad}}\n---\n# A\n\n## Decision\n\nNo.\n";

    /// Commits everything, on a day.
    pub(in crate::check) fn commit(sandbox: &Sandbox, message: &str, day: &str) {
        let repo = git2::Repository::open(sandbox.root()).expect("a repository");
        let mut index = repo.index().expect("an index");
        index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).expect("staged");
        index.update_all(["*"], None).expect("staged");
        index.write().expect("written");
        let tree = repo.find_tree(index.write_tree().expect("a tree")).expect("a tree");
        let at = day
            .parse::<Date>()
            .expect("a day")
            .at(12, 0, 0, 0)
            .to_zoned(jiff::tz::TimeZone::UTC)
            .expect("a moment")
            .timestamp();
        let ann = git2::Signature::new("Ann", "ann@example.org", &git2::Time::new(at.as_second(), 0)).expect("a name");
        let before = repo.head().ok().and_then(|head| head.peel_to_commit().ok());
        let parents: Vec<&git2::Commit<'_>> = before.iter().collect();
        repo.commit(Some("HEAD"), &ann, &ann, message, &tree, &parents).expect("a commit");
    }

    /// Subject of the commit, days, and whether the rule brought it.
    fn told(origin: Option<FindingOrigin>) -> Option<(Option<String>, u32, bool)> {
        origin.map(|origin| (origin.commit.map(|commit| commit.subject), origin.days, origin.by_rule))
    }

    #[test]
    fn a_finding_is_as_old_as_its_line_or_its_rule() {
        let sandbox = Sandbox::new();
        sandbox.write("old.rs", "bad\n");
        commit(&sandbox, "Old code", "2026-11-01");
        sandbox.write(RECORD, RULE.replace("accepted", "proposed"));
        commit(&sandbox, "Propose", "2026-11-05");
        sandbox.write(RECORD, RULE);
        commit(&sandbox, "Accept", "2026-11-10");
        sandbox.write("new.rs", "fine\nbad\n");
        commit(&sandbox, "New code", "2026-11-18");
        std::fs::rename(sandbox.root().join("new.rs"), sandbox.root().join("moved.rs")).expect("it moves");
        commit(&sandbox, "Move it", "2026-11-19");
        sandbox.write("moved.rs", "fine\nbad\nbad too\n");
        let workspace = sandbox.open();
        let place = |path: &str, line, rule: &str| FindingPlace { rule: rule.to_owned(), path: path.to_owned(), line };
        let places = [
            place("old.rs", 1, "a/text"),
            place("moved.rs", 2, "a/text"),
            place("moved.rs", 3, "a/text"),
            place("moved.rs", 2, "a/few"),
            place("moved.rs", 2, "a/none"),
        ];
        for _ in 0..2 {
            let origins = workspace.finding_origins(&places).expect("origins");
            let told: Vec<_> = origins.into_iter().map(told).collect();
            let expected = [
                Some((Some("Accept".to_owned()), 10, true)),
                Some((Some("New code".to_owned()), 2, false)),
                Some((None, 0, false)),
                None,
                None,
            ];
            assert_eq!(told, expected);
        }
        // A commit makes the last line one of its own.
        commit(&sandbox, "One more", "2026-11-20");
        let origins = workspace.finding_origins(&places[2..3]).expect("origins");
        assert_eq!(told(origins.into_iter().next().flatten()), Some((Some("One more".to_owned()), 0, false)));
    }
}
