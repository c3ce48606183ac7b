//! What judges, read from one tree: rules of records, waivers, baseline, settings, what is generated.

use super::generated::Generated;
use precedent_check::{
    BASELINE_FILE, Baseline, DecisionRef, Governance, RuleSet, RuleSource, SetFault, Settings, Standing, Waiver,
    read_rules_file,
};
use precedent_core::config::Config;
use precedent_core::record::{Parsed, decode, rules_of};
use precedent_core::summary::title;
use precedent_core::tree::{Fault, Place as Spot, read_toml};
use precedent_core::wire::{CheckFault, SeverityWord};
use precedent_core::{DecisionLog, LinkKind, Problem, Status};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The ending of the file beside a record that holds its rules.
pub(super) const RULES_FILE: &str = ".rules.yaml";

const START: Spot = Spot { line: 1, column: 1 };

/// A tree to be governed by.
pub(super) struct Place<'a> {
    pub(super) log: &'a DecisionLog,
    pub(super) config: &'a Config,
    /// Folders of logs.
    pub(super) folders: &'a [String],
    /// All paths, in order.
    pub(super) paths: &'a [&'a str],
    pub(super) read: &'a dyn Fn(&str) -> Option<Vec<u8>>,
    /// Whether a path is a symbolic link.
    pub(super) is_link: &'a dyn Fn(&str) -> bool,
    /// Symbolic links among the paths.
    pub(super) links: &'a [&'a str],
    /// Other repositories among the paths.
    pub(super) others: &'a [&'a str],
    /// Whether a link may lead to a folder.
    pub(super) leads_to_folder: &'a dyn Fn(&str) -> bool,
    /// What was met while logs were looked for.
    pub(super) problems: &'a [Problem],
}

/// What a tree says about how it is to be judged.
#[derive(Debug, Default)]
pub(crate) struct Governed {
    pub(crate) governance: Governance,
    pub(super) generated: Generated,
    /// What each record applies to, by its path.
    pub(super) applies_to: BTreeMap<String, Vec<String>>,
}

impl Governed {
    /// Files that were not read, and why: what they decide is not known. A partial clone lacks some.
    pub(super) fn lacks(&mut self, files: &[(String, &str)]) {
        let faults =
            files.iter().map(|(path, why)| unknown(path, &format!("{why}, so it is not known what it decides")));
        self.governance.rules.faults.extend(faults);
        self.governance.rules.faults.sort();
    }
}

/// A file that may hold rules, and nobody knows.
pub(super) fn unknown(path: &str, why: &str) -> SetFault {
    SetFault { file: path.to_owned(), place: START, rule: None, message: why.to_owned(), binds: true }
}

impl Place<'_> {
    pub(super) fn govern(&self) -> Governed {
        let generated = self.generated();
        let (waivers, mut faults) = self.waivers();
        let (baseline, fault) = self.baseline();
        faults.extend(fault);
        let mut rules = RuleSet::new(self.sources(), &self.config.severity, self.spared());
        rules.faults.extend(self.lost());
        rules.faults.sort();
        faults.extend(self.bad_severities(&rules));
        faults.extend(self.orphans());
        faults.extend(self.without_status());
        faults.extend(self.misnamed());
        faults.extend(self.empty(&rules));
        let governance = Governance {
            rules,
            waivers,
            baseline,
            faults,
            settings: self.settings(&generated),
            waiver_max_days: self.config.waiver_max_days,
            records: self.log.records().map(|parsed| (parsed.decision.path.to_string(), status_word(parsed))).collect(),
            superseded: self.superseded(),
        };
        let applies = |parsed: &Arc<Parsed>| (parsed.decision.path.to_string(), parsed.decision.applies_to.clone());
        Governed { governance, generated, applies_to: self.log.records().map(applies).collect() }
    }

    /// Accepted records that a successor ends, with that one.
    fn superseded(&self) -> BTreeMap<String, String> {
        let ended = self.log.records().filter(|parsed| {
            parsed.decision.status == Some(Status::Accepted) && !self.log.in_force(&parsed.decision.path)
        });
        let by = |path: &precedent_core::RecordPath| {
            let successors = self.log.graph().links(path).of(LinkKind::SupersededBy);
            successors.iter().find(|successor| self.log.in_force(successor)).or(successors.first()).cloned()
        };
        ended
            .filter_map(|parsed| Some((parsed.decision.path.to_string(), by(&parsed.decision.path)?.to_string())))
            .collect()
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.paths.binary_search(&path).is_ok()
    }

    pub(super) fn text(&self, path: &str) -> Option<String> {
        (self.read)(path).map(|bytes| decode(&bytes).0.into_owned())
    }

    /// Rules of all records that bind, or would.
    fn sources(&self) -> Vec<RuleSource> {
        let mut sources = Vec::new();
        for parsed in self.log.records() {
            let Some(standing) = self.standing(parsed) else { continue };
            let path = parsed.decision.path.as_str();
            let beside = beside(parsed);
            let is_beside = self.has(&beside);
            if !parsed.decision.states_rules && !is_beside {
                continue;
            }
            let decision = Arc::new(self.reference(parsed, standing));
            let source = |file: &str, rules| RuleSource {
                decision: decision.clone(),
                applies_to: parsed.decision.applies_to.clone(),
                file: file.to_owned(),
                rules,
            };
            if parsed.decision.states_rules {
                let rules = self.text(path).as_deref().map_or_else(|| Some(Err(unreadable())), rules_of);
                sources.extend(rules.map(|rules| source(path, rules)));
            }
            if is_beside {
                let rules = self.text(&beside).map_or_else(|| Err(unreadable()), |text| read_rules_file(&text));
                sources.push(source(&beside, rules));
            }
        }
        sources
    }

    pub(super) fn standing(&self, parsed: &Parsed) -> Option<Standing> {
        match parsed.decision.status {
            Some(Status::Accepted) => self.log.in_force(&parsed.decision.path).then_some(Standing::InForce),
            Some(Status::Rejected) => Some(Standing::Rejected),
            Some(Status::Proposed) => Some(Standing::Proposed),
            _ => None,
        }
    }

    fn reference(&self, parsed: &Parsed, standing: Standing) -> DecisionRef {
        let decision = &parsed.decision;
        let links = self.log.graph().links(&decision.path);
        let over = links.of(LinkKind::Supersedes).iter().chain(links.of(LinkKind::Amends));
        DecisionRef {
            id: decision.id.to_string(),
            log: parsed.log.clone(),
            title: title(parsed),
            status: decision.status.map(Into::into),
            path: decision.path.to_string(),
            standing,
            over: over.map(ToString::to_string).collect(),
        }
    }

    /// Files that name what rules forbid because that is what they are for.
    fn spared(&self) -> BTreeSet<String> {
        let own = [BASELINE_FILE.to_owned(), "precedent.toml".to_owned()];
        let records = self.log.records().flat_map(|parsed| [parsed.decision.path.to_string(), beside(parsed)]);
        records.chain(self.waiver_paths().map(str::to_owned)).chain(own).collect()
    }

    pub(super) fn waiver_paths(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().copied().filter(|path| self.is_waiver(path))
    }

    /// Whether a path is that of a waiver.
    pub(super) fn is_waiver(&self, path: &str) -> bool {
        let named = if path.ends_with(".md") { path.rsplit_once('/') } else { None };
        let Some((folder, name)) = named else { return false };
        let log = folder.strip_suffix("waivers").map(|log| log.trim_end_matches('/'));
        !name.eq_ignore_ascii_case("readme.md") && log.is_some_and(|log| self.folders.iter().any(|known| known == log))
    }

    fn waivers(&self) -> (Vec<Waiver>, Vec<CheckFault>) {
        let (mut waivers, mut faults) = (Vec::new(), Vec::new());
        for path in self.waiver_paths() {
            let read = match self.text(path) {
                Some(text) => Waiver::read(path, &text, self.config.waiver_max_days),
                None => Err(vec![unreadable()]),
            };
            match read {
                Ok(waiver) => waivers.push(waiver),
                Err(found) => faults.extend(found.into_iter().map(|bad| {
                    let fault = fault(path, "bad-waiver", &bad);
                    CheckFault {
                        severity: SeverityWord::Warning,
                        message: format!("it covers nothing: {}", bad.message),
                        ..fault
                    }
                })),
            }
        }
        (waivers, faults)
    }

    fn baseline(&self) -> (Baseline, Vec<CheckFault>) {
        if !self.has(BASELINE_FILE) {
            return (Baseline::default(), Vec::new());
        }
        let read = self.text(BASELINE_FILE).map_or_else(|| Err(vec![unreadable()]), |text| Baseline::read(&text));
        match read {
            Ok(baseline) => (baseline, Vec::new()),
            Err(faults) => {
                let faults = faults.iter().map(|bad| fault(BASELINE_FILE, "bad-baseline", bad)).collect();
                (Baseline::default(), faults)
            }
        }
    }

    fn generated(&self) -> Generated {
        let mut generated = Generated::default();
        let is_named = |path: &&&str| **path == ".gitattributes" || path.ends_with("/.gitattributes");
        for path in self.paths.iter().filter(is_named) {
            generated.add(path, &self.text(path).unwrap_or_default());
        }
        generated
    }

    fn settings(&self, generated: &Generated) -> Settings {
        let mut settings = Settings { generated: generated.lines.clone(), ..Settings::default() };
        if let Some(text) = self.has("precedent.toml").then(|| self.text("precedent.toml")).flatten() {
            match read_toml(text.strip_prefix('\u{feff}').unwrap_or(&text)) {
                Ok(tree) => settings.add_toml(&tree),
                Err(_) => drop(settings.keys.insert("(unreadable)".to_owned(), text)),
            }
        }
        settings
    }
}

/// `0012-use-postgres.rules.yaml` beside `0012-use-postgres.md`.
pub(super) fn beside(parsed: &Parsed) -> String {
    let path = &parsed.decision.path;
    let folder = path.folder();
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}{}{RULES_FILE}", path.stem())
}

fn status_word(parsed: &Parsed) -> String {
    parsed.decision.status.map_or("none", Status::word).to_owned()
}

fn unreadable() -> Fault {
    Fault { place: precedent_core::tree::Place { line: 1, column: 1 }, message: "the file cannot be read".to_owned() }
}

fn fault(path: &str, code: &str, bad: &Fault) -> CheckFault {
    CheckFault {
        path: path.to_owned(),
        line: bad.place.line,
        column: bad.place.column,
        code: code.to_owned(),
        severity: SeverityWord::Error,
        rule: None,
        message: bad.message.clone(),
    }
}
