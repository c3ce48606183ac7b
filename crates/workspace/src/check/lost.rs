//! What of a tree's governance is lost without anybody saying so: a log that is not there, rules that belong to no record,
//! a status that nobody knows, files behind links. Each is told, so that a pass means that something was looked at.

use super::govern::{Place, RULES_FILE, beside, unknown};
use super::problems::misnamed_words;
use crate::discovery;
use precedent_check::{BASELINE_FILE, RuleSet, SetFault, read_rules_file};
use precedent_core::config::Config;
use precedent_core::record::{Parsed, misnamed_rules, rules_of};
use precedent_core::tree::{Node, Place as Spot, Value, read_toml};
use precedent_core::wire::{CheckFault, SeverityWord};
use precedent_core::{ProblemCode, Status};
use std::collections::BTreeSet;
use std::sync::Arc;

const SETTINGS: &str = "precedent.toml";

/// Settings that a verdict follows from; others may be wrong and change nothing here.
const JUDGING: &[&str] = &["", "logs", "ignore", "statuses", "waiver-max-days"];

/// Endings that people take for the one of a rules file.
const NEARLY: &[&str] = &[".rules.yml", ".rule.yaml", ".rule.yml", ".rules.json", ".rules.toml"];

fn orphan(path: &str, what: &str) -> CheckFault {
    CheckFault {
        path: path.to_owned(),
        line: 1,
        column: 1,
        code: "orphan-rules".to_owned(),
        severity: SeverityWord::Error,
        rule: None,
        message: format!("these rules bind nobody: {what}"),
    }
}

impl Place<'_> {
    /// Where rules may be that nobody found, or whose standing is not known: the verdict cannot be a pass.
    pub(super) fn lost(&self) -> Vec<SetFault> {
        let mut lost = self.lost_logs();
        lost.extend(self.links());
        lost.extend(self.other_repositories());
        for parsed in self.log.records() {
            let path = parsed.decision.path.as_str();
            if self.hides_rules(parsed) {
                lost.push(unknown(path, "its front matter cannot be read, so it is not known whether its rules bind"));
            }
            if parsed.decision.status == Some(Status::Other) && self.carries_rules(parsed) {
                let word = parsed.decision.status_raw.as_deref().unwrap_or_default();
                let why = format!(
                    "nobody knows the status `{word}`, so it is not known whether its rules bind; \
                    correct it, or say what it means below [statuses] in {SETTINGS}"
                );
                lost.push(unknown(path, &why));
            }
        }
        lost
    }

    fn carries_rules(&self, parsed: &Parsed) -> bool {
        parsed.decision.states_rules || self.has(&beside(parsed))
    }

    /// A record whose front matter, or all of it, was not read, where that may hold rules.
    fn hides_rules(&self, parsed: &Parsed) -> bool {
        parsed.problems.iter().any(|problem| match problem.code {
            ProblemCode::TooLarge | ProblemCode::Unreadable => true,
            ProblemCode::FrontMatter => {
                let text = self.text(parsed.decision.path.as_str());
                text.is_some_and(|text| text.lines().any(|line| line.starts_with("rules:")))
            }
            _ => false,
        })
    }

    /// Logs that settings name and that are not there, settings that cannot be read, a search that was cut short.
    fn lost_logs(&self) -> Vec<SetFault> {
        let mut lost = Vec::new();
        if let Some(text) = self.settings_text() {
            let at = |line: u32, message: String| SetFault {
                place: Spot { line, column: 1 },
                ..unknown(SETTINGS, &message)
            };
            let faults = Config::parse(&text).1.into_iter().filter(|fault| JUDGING.contains(&fault.key.as_str()));
            lost.extend(
                faults.map(|fault| at(fault.line, format!("{}; so it is not known what judges", fault.message))),
            );
            let tree = read_toml(text.strip_prefix('\u{feff}').unwrap_or(&text));
            let line = tree.ok().and_then(|tree| tree.find("logs").map(|node| node.place.line)).unwrap_or(1);
            let empty = self.config.logs.iter().filter(|folder| !self.has_files(folder));
            lost.extend(empty.map(|folder| {
                at(line, format!("`logs` names `{folder}`, and no file is there: it is not known what is decided"))
            }));
        }
        let met = self.problems.iter();
        let met = met.filter(|problem| matches!(problem.code, ProblemCode::Unreadable | ProblemCode::TooLarge));
        lost.extend(met.map(|problem| {
            let said = problem.message.trim_end_matches('.');
            unknown(problem.path.as_str(), &format!("{said}; so it is not known what is decided there"))
        }));
        lost
    }

    fn settings_text(&self) -> Option<String> {
        self.has(SETTINGS).then(|| self.text(SETTINGS)).flatten()
    }

    fn has_files(&self, folder: &str) -> bool {
        let Some(folder) = crate::settings::clean(folder) else { return false };
        let start = if folder.is_empty() { folder } else { format!("{folder}/") };
        let first = self.paths.partition_point(|path| *path < start.as_str());
        self.paths.get(first).is_some_and(|path| path.starts_with(&start))
    }

    /// What judges and is a link: its target changes without the link, and a tree does not hold what lies outside of it.
    fn links(&self) -> Vec<SetFault> {
        let told = |path: &str, what: &str| {
            unknown(path, &format!("this is a link, and {what} behind it may change unseen; put it here itself"))
        };
        let mut lost = Vec::new();
        let folders = self.folders.iter().filter_map(|folder| self.link_above(folder));
        lost.extend(folders.map(|link| told(link, "the records")));
        for path in self.links.iter().copied().filter(|path| self.judges(path)) {
            lost.push(told(path, "what judges"));
        }
        for parsed in self.log.records().filter(|parsed| self.carries_rules(parsed)) {
            let path = parsed.decision.path.as_str();
            lost.extend((self.is_link)(path).then(|| told(path, "its rules")));
        }
        lost
    }

    /// Repositories inside of this one that are called like a log, where nobody says which the logs are.
    fn other_repositories(&self) -> Vec<SetFault> {
        if !self.config.logs.is_empty() {
            return Vec::new();
        }
        let is_named = |path: &&&str| discovery::is_log_name(path.rsplit('/').next().unwrap_or(path));
        let told = self.others.iter().filter(is_named);
        let why = "this is another repository, and what is decided in it does not judge here; \
            name the logs that do below `logs` in precedent.toml";
        told.map(|path| unknown(path, why)).collect()
    }

    /// Whether a file or link at a path decides what is found, whatever is in it.
    fn judges(&self, path: &str) -> bool {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let is_of_log = || self.folders.iter().any(|log| discovery::is_below(folder, log));
        matches!(path, SETTINGS | BASELINE_FILE)
            || name == ".gitattributes"
            || name.ends_with(RULES_FILE) && is_of_log()
            || name == "waivers" && self.folders.iter().any(|log| log == folder)
            || self.is_waiver(path)
            || discovery::is_log_name(name) && (self.leads_to_folder)(path)
    }

    /// The link that a folder is, or that is on the way to it.
    fn link_above<'f>(&self, folder: &'f str) -> Option<&'f str> {
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        ends.map(|end| &folder[..end]).find(|above| !above.is_empty() && (self.is_link)(above))
    }

    /// Levels below `[severity]` that are none, and those of rules that do not exist: what was meant does not happen.
    pub(super) fn bad_severities(&self, rules: &RuleSet) -> Vec<CheckFault> {
        let Some(text) = self.settings_text() else { return Vec::new() };
        let bad = |line: u32, column: u32, rule: Option<String>, message: String| CheckFault {
            path: SETTINGS.to_owned(),
            line,
            column,
            code: "bad-severity".to_owned(),
            severity: SeverityWord::Error,
            rule,
            message,
        };
        let levels = Config::parse(&text).1.into_iter().filter(|fault| fault.key == "severity");
        let mut found: Vec<CheckFault> = levels.map(|fault| bad(fault.line, 1, None, fault.message)).collect();
        let Ok(tree) = read_toml(text.strip_prefix('\u{feff}').unwrap_or(&text)) else { return found };
        let entries = tree.find("severity").map(Node::entries).unwrap_or_default();
        for entry in entries.iter().filter(|entry| !rules.rules.iter().any(|rule| rule.key == entry.key)) {
            let message =
                format!("no rule is called {}; a rule's key is RECORD/RULE, as `precedent test` prints it", entry.key);
            found.push(bad(entry.place.line, entry.place.column, Some(entry.key.clone()), message));
        }
        found
    }

    /// Rules files beside no record, those that are called nearly so, and rules where no record is read.
    pub(super) fn orphans(&self) -> Vec<CheckFault> {
        let own: BTreeSet<String> = self.log.records().map(|parsed| beside(parsed)).collect();
        let named = self.paths.iter().copied().filter(|path| path.ends_with(RULES_FILE) && !own.contains(*path));
        let record = |path: &str| path.strip_suffix(RULES_FILE).unwrap_or(path).to_owned();
        let mut orphans: Vec<CheckFault> = named
            .filter(|path| self.holds_rules(path))
            .map(|path| {
                let what = format!(
                    "{}.md is no record of a log; put them beside their record, or take them out",
                    record(path)
                );
                orphan(path, &what)
            })
            .collect();
        for path in self.in_logs() {
            let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
            if NEARLY.iter().any(|ending| name.ends_with(ending)) {
                orphans.push(orphan(path, &format!("a file of rules is called <record>{RULES_FILE}")));
            } else if name == "readme.md" && !self.log.records().any(|parsed| parsed.decision.path.as_str() == path) {
                let states = self.text(path).as_deref().and_then(rules_of).is_some();
                orphans.extend(states.then(|| orphan(path, "an index is no record; move them to one")));
            }
        }
        orphans
    }

    /// Paths below folders of logs; of one in another, twice.
    fn in_logs(&self) -> impl Iterator<Item = &str> {
        let below = |folder: &'_ String| {
            let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
            let first = self.paths.partition_point(|path| *path < start.as_str());
            self.paths[first..].iter().copied().take_while(move |path| path.starts_with(&start))
        };
        self.folders.iter().flat_map(below)
    }

    fn is_in_log(&self, path: &str) -> bool {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.folders.iter().any(|log| discovery::is_below(folder, log))
    }

    /// Files of this ending exist for other purposes, too; in a log it is ours.
    fn holds_rules(&self, path: &str) -> bool {
        if self.is_in_log(path) {
            return true;
        }
        let Some(Ok(list)) = self.text(path).map(|text| read_rules_file(&text)) else { return false };
        let is_rule = |node: &Node| node.find("kind").is_some() && node.find("id").is_some();
        matches!(&list.value, Value::List(items) if items.iter().any(is_rule))
    }

    /// Records that bind and whose file of rules holds none.
    pub(super) fn empty(&self, rules: &RuleSet) -> Vec<CheckFault> {
        let binding = self.log.records().filter(|parsed| self.carries_rules(parsed) && self.standing(parsed).is_some());
        let has = |path: &str| {
            rules.rules.iter().any(|rule| rule.decision.path == path)
                || rules.faults.iter().any(|fault| fault.file == path)
        };
        let none = binding.filter(|parsed| {
            let path = parsed.decision.path.as_str();
            !has(path) && !rules.faults.iter().any(|fault| fault.file == beside(parsed))
        });
        let fault = |parsed: &Arc<Parsed>| {
            let path = if parsed.decision.states_rules { parsed.decision.path.to_string() } else { beside(parsed) };
            CheckFault {
                code: "no-rules".to_owned(),
                severity: SeverityWord::Warning,
                message: "there are no rules in it".to_owned(),
                ..orphan(&path, "")
            }
        };
        none.map(fault).collect()
    }

    /// Records that hold rules under a key that says nothing.
    pub(super) fn misnamed(&self) -> Vec<CheckFault> {
        let fault = |parsed: &Arc<Parsed>| {
            let path = parsed.decision.path.as_str();
            let (key, place) = misnamed_rules(self.text(path)?.trim_start_matches('\u{feff}'))?;
            Some(CheckFault {
                line: place.line,
                column: place.column,
                code: "misnamed-rules".to_owned(),
                severity: SeverityWord::Warning,
                message: misnamed_words(&key),
                ..orphan(path, "")
            })
        };
        self.log.records().filter(|parsed| parsed.decision.misnames_rules).filter_map(fault).collect()
    }

    /// Records with rules and no status: not in force, which is easily forgotten.
    pub(super) fn without_status(&self) -> Vec<CheckFault> {
        let none = self.log.records().filter(|parsed| parsed.decision.status.is_none() && self.carries_rules(parsed));
        let fault = |parsed: &Arc<Parsed>| CheckFault {
            path: parsed.decision.path.to_string(),
            line: 1,
            column: 1,
            code: "no-status".to_owned(),
            severity: SeverityWord::Warning,
            rule: None,
            message: "it has rules and no status, so they do not bind".to_owned(),
        };
        none.map(fault).collect()
    }
}
