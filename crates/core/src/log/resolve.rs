//! From a written reference to a record: by explicit target, path, number, id, stem, slug or title.
//!
//! An explicit target wins over the text beside it, and nothing is ever guessed: several candidates are an ambiguity
//! (CONTRACT §12). Knows records only, not the other files of the repository.

use crate::decision::Decision;
use crate::id::RecordPath;
use crate::record::Parsed;
use percent_encoding::percent_decode_str;
use regex::Regex;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

/// What a reference came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    One(RecordPath),
    Many(Vec<RecordPath>),
    /// Looks like a reference to a record, but there is none.
    Missing,
    /// Points at something that is no record (another file, another site) or at nothing at all ("none", "N/A").
    Elsewhere,
}

/// Ways to find a record, made once a snapshot.
#[derive(Clone, Debug, Default)]
pub(super) struct Lookup {
    by_path: HashMap<String, RecordPath>,
    by_number: HashMap<u64, Vec<RecordPath>>,
    by_name: HashMap<String, Vec<RecordPath>>,
    by_title: HashMap<String, Vec<RecordPath>>,
    logs: HashMap<RecordPath, String>,
}

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:adr|ad|dr|rfc|decision|record|ladr|madr)s?[\s\-_#:.]*|#)?0*(\d{1,15})\.?$")
        .expect("the pattern is constant")
});

impl Lookup {
    pub(super) fn new(records: &BTreeMap<RecordPath, Arc<Parsed>>, log_of: impl Fn(&Parsed) -> String) -> Self {
        let mut lookup = Lookup::default();
        for (path, parsed) in records {
            let decision = &parsed.decision;
            lookup.by_path.insert(path.as_str().to_owned(), path.clone());
            lookup.logs.insert(path.clone(), log_of(parsed));
            if let Some(number) = decision.number {
                lookup.by_number.entry(number).or_default().push(path.clone());
            }
            for name in names(decision) {
                let paths = lookup.by_name.entry(name).or_default();
                if !paths.contains(path) {
                    paths.push(path.clone());
                }
            }
            if let Some(title) = &decision.title {
                lookup.by_title.entry(fold(title)).or_default().push(path.clone());
            }
        }
        lookup
    }

    /// Resolves a reference written in the record at `from`.
    pub(super) fn resolve(&self, from: Option<&RecordPath>, text: &str, target: Option<&str>) -> Resolution {
        match target.map(str::trim).filter(|target| !target.is_empty() && !target.starts_with('#')) {
            Some(target) => self.by_target(from, target),
            None => self.by_text(from, text),
        }
    }

    fn by_target(&self, from: Option<&RecordPath>, target: &str) -> Resolution {
        let target = target.split(['#', '?']).next().unwrap_or(target);
        let target = percent_decode_str(target).decode_utf8_lossy();
        if let Some((scheme, rest)) = target.split_once("://") {
            return if scheme.starts_with("http") { self.by_url(rest) } else { Resolution::Elsewhere };
        }
        if target.starts_with("mailto:") || target.starts_with("javascript:") {
            return Resolution::Elsewhere;
        }
        let joined = from.and_then(|from| from.join_link(&target));
        let from_root = RecordPath::new("x").join_link(&target);
        if let Some(path) = [joined, from_root].into_iter().flatten().find_map(|path| self.variants(path.as_str())) {
            return Resolution::One(path);
        }
        // A site path or a wrong depth: the same file name elsewhere in the same log is the same record.
        let name = target.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let named = self.near(from, self.by_name.get(&strip_extension(name).to_lowercase()));
        // A site serves records by number (`/adr/7`): no file is named, so the number is all there is.
        let by_site_number = || match number_of(name).filter(|_| target.starts_with('/')) {
            Some(number) => self.near(from, self.by_number.get(&number)),
            None => Resolution::Missing,
        };
        let found = if named == Resolution::Missing { by_site_number() } else { named };
        match found {
            Resolution::Missing if is_record_like(name) => Resolution::Missing,
            Resolution::Missing => Resolution::Elsewhere,
            found => found,
        }
    }

    /// `host/owner/repo/blob/main/docs/adr/0001-x.md`: the longest tail that is a record of this repository.
    fn by_url(&self, rest: &str) -> Resolution {
        let forge = ["/blob/", "/tree/", "/src/", "/raw/", "/-/"].iter().any(|part| rest.contains(part));
        if !forge {
            return Resolution::Elsewhere;
        }
        let mut tail = rest;
        while let Some((_, shorter)) = tail.split_once('/') {
            if shorter.contains('/') || !self.by_path.contains_key(shorter) {
                if let Some(path) = self.variants(shorter) {
                    return Resolution::One(path);
                }
            } else {
                return Resolution::Elsewhere;
            }
            tail = shorter;
        }
        Resolution::Elsewhere
    }

    /// The path itself, or as a site generator would write it: without extension, `.html`, or a folder.
    fn variants(&self, path: &str) -> Option<RecordPath> {
        let path = path.trim_end_matches('/');
        let stem = path.strip_suffix(".html").unwrap_or(path);
        [path.to_owned(), format!("{stem}.md"), format!("{stem}/README.md"), format!("{stem}/index.md")]
            .iter()
            .find_map(|candidate| self.by_path.get(candidate).cloned())
    }

    fn by_text(&self, from: Option<&RecordPath>, text: &str) -> Resolution {
        let text = text.trim().trim_matches(|c: char| "[]()`*_<>\"'“”.,;: ".contains(c));
        if text.is_empty() {
            return Resolution::Elsewhere;
        }
        if let Some(path) = self.by_path.get(text) {
            return Resolution::One(path.clone());
        }
        if text.contains('/') {
            return self.by_target(from, text);
        }
        if let Some((log, id)) = text.split_once(':')
            && !log.contains(' ')
            && !id.is_empty()
        {
            let in_log = |path: &RecordPath| {
                self.logs.get(path).is_some_and(|own| own == log || own.ends_with(&format!("/{log}")))
            };
            if self.logs.values().any(|own| own == log || own.ends_with(&format!("/{log}"))) {
                return self.pick(self.named(id).into_iter().filter(in_log).collect());
            }
        }
        if let Some(number) = number_of(text) {
            let found = self.near(from, self.by_number.get(&number));
            if found != Resolution::Missing {
                return found;
            }
        }
        match self.near(from, Some(&self.named(text)).filter(|found| !found.is_empty())) {
            Resolution::Missing if number_of(text).is_some() || is_record_like(text) => Resolution::Missing,
            Resolution::Missing => self.by_leading_number(from, text),
            found => found,
        }
    }

    /// `12. Use Postgres`, `ADR-0012 Use Postgres`: a number with the title after it.
    fn by_leading_number(&self, from: Option<&RecordPath>, text: &str) -> Resolution {
        static LEADING: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?i)^(?:(?:l?adr|rfc|decision)[\s\-_#]*0*(\d{1,9})\b|0*(\d{1,9})[.:)])\s*\S")
                .expect("the pattern is constant")
        });
        let number = LEADING
            .captures(text)
            .and_then(|found| found.get(1).or_else(|| found.get(2)))
            .and_then(|digits| digits.as_str().parse().ok());
        match number {
            Some(number) => self.near(from, self.by_number.get(&number)),
            None => Resolution::Elsewhere,
        }
    }

    fn named(&self, text: &str) -> Vec<RecordPath> {
        let key = text.to_lowercase();
        self.by_name
            .get(&key)
            .or_else(|| self.by_name.get(strip_extension(&key)))
            .or_else(|| self.by_title.get(&fold(text)))
            .cloned()
            .unwrap_or_default()
    }

    /// Candidates of the same log win over those of other logs; a record never means itself.
    fn near(&self, from: Option<&RecordPath>, candidates: Option<&Vec<RecordPath>>) -> Resolution {
        let Some(candidates) = candidates else { return Resolution::Missing };
        let others: Vec<RecordPath> = candidates.iter().filter(|path| Some(*path) != from).cloned().collect();
        let Some(log) = from.and_then(|from| self.logs.get(from)) else { return self.pick(others) };
        let (own, foreign): (Vec<_>, Vec<_>) = others.into_iter().partition(|path| self.logs.get(path) == Some(log));
        self.pick(if own.is_empty() { foreign } else { own })
    }

    #[expect(clippy::unused_self, reason = "reads as one of the steps")]
    fn pick(&self, mut candidates: Vec<RecordPath>) -> Resolution {
        match candidates.len() {
            0 => Resolution::Missing,
            1 => Resolution::One(candidates.remove(0)),
            _ => {
                candidates.sort();
                Resolution::Many(candidates)
            }
        }
    }

    /// Records whose number or name is close to a reference that names none, nearest first, at most three.
    pub(super) fn suggestions(&self, text: &str) -> Vec<RecordPath> {
        self.alike(text).into_iter().take(3).map(|(_, path)| path.clone()).collect()
    }

    pub(super) fn nearest(&self, text: &str) -> Option<RecordPath> {
        match &self.alike(text)[..] {
            [(far, first), rest @ ..] if rest.first().is_none_or(|(next, _)| next > far) => Some((*first).clone()),
            _ => None,
        }
    }

    /// Records by likeness to a text, nearest first.
    fn alike(&self, text: &str) -> Vec<(usize, &RecordPath)> {
        let wanted = number_of(text).map_or_else(|| strip_extension(text).to_lowercase(), |number| number.to_string());
        let numbered = number_of(text).is_some();
        let mut scored: Vec<(usize, &RecordPath)> = if numbered {
            self.by_number
                .iter()
                .map(|(number, paths)| (strsim::damerau_levenshtein(&number.to_string(), &wanted), paths))
                .filter(|(distance, _)| *distance == 1)
                .flat_map(|(distance, paths)| paths.iter().map(move |path| (distance, path)))
                .collect()
        } else {
            self.by_name
                .iter()
                .map(|(name, paths)| (strsim::damerau_levenshtein(name, &wanted), paths))
                .filter(|(distance, _)| *distance * 3 <= wanted.len())
                .flat_map(|(distance, paths)| paths.iter().map(move |path| (distance, path)))
                .collect()
        };
        scored.sort();
        scored.dedup_by_key(|(_, path)| *path);
        scored
    }
}

/// The number that a bare reference names: `ADR-0012`, `#12`, `12`, `0012`.
pub(crate) fn number_of(text: &str) -> Option<u64> {
    NUMBERED.captures(text.trim()).and_then(|found| found[1].parse().ok())
}

fn is_record_like(text: &str) -> bool {
    number_of(text).is_some()
        || (strip_extension(text).len() < text.len() && text.bytes().any(|byte| byte.is_ascii_digit()))
}

fn strip_extension(name: &str) -> &str {
    let lower = name.to_ascii_lowercase();
    crate::id::RECORD_EXTENSIONS
        .iter()
        .chain(&[".html"])
        .find(|extension| lower.len() > extension.len() && lower.ends_with(*extension))
        .map_or(name, |extension| &name[..name.len() - extension.len()])
}

/// Names that a record answers to, lower case: id, stem, slug; the folder's name for a record that is a `README`.
fn names(decision: &Decision) -> Vec<String> {
    let path = &decision.path;
    let name = crate::id::FileName::of(path);
    let mut names = vec![decision.id.as_str().to_lowercase(), path.stem().to_lowercase(), name.slug.to_lowercase()];
    if let Some(digits) = name.digits.filter(|_| !name.series().is_empty()) {
        names.push(format!("{}{digits}", name.prefix).to_lowercase());
    }
    if matches!(path.stem().to_ascii_lowercase().as_str(), "readme" | "index")
        && let Some(folder) = path.folder().rsplit('/').next()
    {
        names.push(folder.to_lowercase());
    }
    names.retain(|name| !name.is_empty() && name != "readme" && name != "index");
    names.sort();
    names.dedup();
    names
}

fn fold(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
