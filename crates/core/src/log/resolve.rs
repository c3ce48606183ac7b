//! From a written reference to a record: by explicit target, path, number, id, stem, slug or title.
//!
//! An explicit target wins over the text beside it, and nothing is ever guessed: several candidates are an ambiguity
//! (CONTRACT §12). Knows records only, not the other files of the repository.

use crate::decision::Decision;
use crate::id::RecordPath;
use crate::record::Parsed;
use crate::spread::Spread;
use percent_encoding::percent_decode_str;
use regex::Regex;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, OnceLock};

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
    /// Each record's log.
    logs: FxHashMap<RecordPath, Arc<str>>,
    /// The logs that there are.
    all_logs: BTreeSet<Arc<str>>,
    by_number: FxHashMap<u64, Paths>,
    by_name: FxHashMap<Box<str>, Paths>,
    by_title: FxHashMap<Box<str>, Paths>,
    alike: OnceLock<Words>,
}

/// Nearly every name and number names one record: a list for each would cost more than all else in a log.
#[derive(Clone, Debug)]
enum Paths {
    One(RecordPath),
    Several(Vec<RecordPath>),
}

impl Paths {
    fn as_slice(&self) -> &[RecordPath] {
        match self {
            Paths::One(path) => std::slice::from_ref(path),
            Paths::Several(paths) => paths,
        }
    }

    /// Adds a path; paths come in order, the same one possibly twice in a row.
    fn push(&mut self, path: &RecordPath) {
        match self {
            Paths::One(one) if one == path => {}
            Paths::One(one) => *self = Paths::Several(vec![one.clone(), path.clone()]),
            Paths::Several(paths) if paths.last() == Some(path) => {}
            Paths::Several(paths) => paths.push(path.clone()),
        }
    }
}

fn put<K: Eq + std::hash::Hash>(map: &mut FxHashMap<K, Paths>, key: K, path: &RecordPath) {
    map.entry(key).and_modify(|paths| paths.push(path)).or_insert_with(|| Paths::One(path.clone()));
}

/// Names by the words in them, for finding those that are like a text without comparing it with every one.
type Words = FxHashMap<Box<str>, Vec<Box<str>>>;

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:adr|ad|dr|rfc|decision|record|ladr|madr)s?[\s\-_#:.]*|#)?0*(\d{1,15})\.?$")
        .expect("the pattern is constant")
});

impl Lookup {
    pub(super) fn new(records: &BTreeMap<RecordPath, Arc<Parsed>>, spread: &impl Spread) -> Self {
        let by_name = || {
            let mut by_name = FxHashMap::with_capacity_and_hasher(records.len() * 2, FxBuildHasher);
            for (path, parsed) in records {
                names(&parsed.decision).into_iter().for_each(|name| put(&mut by_name, name.into(), path));
            }
            by_name
        };
        let by_title = || {
            let mut by_title = FxHashMap::with_capacity_and_hasher(records.len(), FxBuildHasher);
            for (path, parsed) in records {
                parsed.decision.title.iter().for_each(|title| put(&mut by_title, fold(title).into(), path));
            }
            by_title
        };
        let rest = || {
            let mut lookup = Lookup { by_title: by_title(), ..Lookup::default() };
            lookup.logs.reserve(records.len());
            for (path, parsed) in records {
                let log = lookup.log(&parsed.log);
                lookup.logs.insert(path.clone(), log);
                parsed.decision.number.iter().for_each(|number| put(&mut lookup.by_number, *number, path));
            }
            lookup
        };
        let (by_name, lookup) = spread.both(by_name, rest);
        Lookup { by_name, ..lookup }
    }

    /// The log of this name, once for all of its records.
    fn log(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.all_logs.get(name) {
            return Arc::clone(known);
        }
        let log: Arc<str> = name.into();
        self.all_logs.insert(Arc::clone(&log));
        log
    }

    fn path(&self, path: &str) -> Option<RecordPath> {
        self.logs.get_key_value(path).map(|(path, _)| path.clone())
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
        let named =
            self.near(from, self.by_name.get(strip_extension(name).to_lowercase().as_str()).map(Paths::as_slice));
        // A site serves records by number (`/adr/7`): no file is named, so the number is all there is.
        let by_site_number = || match number_of(name).filter(|_| target.starts_with('/')) {
            Some(number) => self.near(from, self.numbered(number)),
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
            if shorter.contains('/') || !self.logs.contains_key(shorter) {
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
            .find_map(|candidate| self.path(candidate))
    }

    fn by_text(&self, from: Option<&RecordPath>, text: &str) -> Resolution {
        let text = text.trim().trim_matches(|c: char| "[]()`*_<>\"'“”.,;: ".contains(c));
        if text.is_empty() {
            return Resolution::Elsewhere;
        }
        if let Some(path) = self.path(text) {
            return Resolution::One(path);
        }
        if text.contains('/') {
            return self.by_target(from, text);
        }
        if let Some((log, id)) = text.split_once(':')
            && !log.contains(' ')
            && !id.is_empty()
        {
            let is_meant = |own: &str| own.strip_suffix(log).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
            let in_log = |path: &RecordPath| self.logs.get(path).is_some_and(|own| is_meant(own));
            if self.all_logs.iter().any(|own| is_meant(own)) {
                return self.pick(self.named(id).into_iter().filter(in_log).collect());
            }
        }
        if let Some(number) = number_of(text) {
            let found = self.near(from, self.numbered(number));
            if found != Resolution::Missing {
                return found;
            }
        }
        match self.near(from, Some(&self.named(text)[..]).filter(|found| !found.is_empty())) {
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
            Some(number) => self.near(from, self.numbered(number)),
            None => Resolution::Elsewhere,
        }
    }

    fn numbered(&self, number: u64) -> Option<&[RecordPath]> {
        self.by_number.get(&number).map(Paths::as_slice)
    }

    fn named(&self, text: &str) -> Vec<RecordPath> {
        let key = text.to_lowercase();
        let found = self.by_name.get(key.as_str()).or_else(|| self.by_name.get(strip_extension(&key)));
        let found = found.or_else(|| self.by_title.get(fold(text).as_str()));
        found.map_or_else(Vec::new, |paths| paths.as_slice().to_vec())
    }

    /// Candidates of the same log win over those of other logs; a record never means itself.
    fn near(&self, from: Option<&RecordPath>, candidates: Option<&[RecordPath]>) -> Resolution {
        let Some(candidates) = candidates else { return Resolution::Missing };
        if let [one] = candidates {
            return if Some(one) == from { Resolution::Missing } else { Resolution::One(one.clone()) };
        }
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

    /// Records whose number or name is close to a reference of the record at `from` that names none, nearest first, at most
    /// three.
    pub(super) fn suggestions(&self, from: Option<&RecordPath>, text: &str) -> Vec<RecordPath> {
        self.alike(from, text).into_iter().take(3).map(|(_, path)| path.clone()).collect()
    }

    pub(super) fn nearest(&self, from: &RecordPath, text: &str) -> Option<RecordPath> {
        match &self.alike(Some(from), text)[..] {
            [(far, first), rest @ ..] if rest.first().is_none_or(|(next, _)| next > far) => Some((*first).clone()),
            _ => None,
        }
    }

    /// Other records by likeness to a text, nearest first, each once.
    fn alike(&self, from: Option<&RecordPath>, text: &str) -> Vec<(usize, &RecordPath)> {
        let mut scored = match number_of(text) {
            Some(number) => self.near_number(number),
            None => self.near_name(&strip_extension(text).to_lowercase()),
        };
        scored.sort();
        let mut seen = BTreeSet::new();
        scored.retain(|(_, path)| from != Some(*path) && seen.insert(*path));
        scored
    }

    /// Records whose number is one slip of the keyboard away: made one by one, not looked for among all.
    fn near_number(&self, number: u64) -> Vec<(usize, &RecordPath)> {
        let slips: BTreeSet<u64> = slips(&number.to_string()).iter().filter_map(|slip| slip.parse().ok()).collect();
        let wanted = number.to_string();
        let near = slips.into_iter().filter(|slip| strsim::damerau_levenshtein(&slip.to_string(), &wanted) == 1);
        near.filter_map(|slip| self.numbered(slip)).flatten().map(|path| (1, path)).collect()
    }

    fn near_name(&self, wanted: &str) -> Vec<(usize, &RecordPath)> {
        let mut found = Vec::new();
        let mut compare = |name: &str| {
            // The difference in length is the least that the names can differ by.
            if name.len().abs_diff(wanted.len()) * 3 > wanted.len() {
                return;
            }
            let distance = strsim::damerau_levenshtein(name, wanted);
            if distance * 3 <= wanted.len()
                && let Some(paths) = self.by_name.get(name)
            {
                found.extend(paths.as_slice().iter().map(|path| (distance, path)));
            }
        };
        if self.by_name.len() <= FEW_NAMES {
            self.by_name.keys().for_each(|name| compare(name));
            return found;
        }
        // In a large log only names that share an uncommon word are compared: each comparison takes microseconds, and a
        // log may hold thousands of references that lead nowhere.
        let words = self.alike.get_or_init(|| by_words(self.by_name.keys()));
        let mut shared: Vec<&Vec<Box<str>>> = words_of(wanted).filter_map(|word| words.get(word)).collect();
        shared.sort_by_key(|names| names.len());
        let candidates: BTreeSet<&str> = shared.into_iter().take(2).flatten().map(|name| &**name).collect();
        candidates.into_iter().for_each(compare);
        found
    }
}

/// Up to this many names, a text is compared with every one.
const FEW_NAMES: usize = 1_000;
/// A word of more names than this tells nothing about them.
const COMMON: usize = 300;

fn words_of(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2)
}

fn by_words<'a>(names: impl Iterator<Item = &'a Box<str>>) -> Words {
    let mut words = Words::default();
    for name in names {
        for word in words_of(name) {
            words.entry(word.into()).or_default().push(name.clone());
        }
    }
    words.retain(|_, names| names.len() <= COMMON);
    words
}

/// Texts of digits that one slip makes of another: a digit too many, too few, another one, or two exchanged.
fn slips(digits: &str) -> Vec<String> {
    let mut made = Vec::new();
    for at in 0..=digits.len() {
        let (before, after) = digits.split_at(at);
        for digit in '0'..='9' {
            made.push(format!("{before}{digit}{after}"));
            if !after.is_empty() {
                made.push(format!("{before}{digit}{}", &after[1..]));
            }
        }
        if !after.is_empty() {
            made.push(format!("{before}{}", &after[1..]));
        }
        if after.len() > 1 {
            made.push(format!("{before}{}{}{}", &after[1..2], &after[..1], &after[2..]));
        }
    }
    made
}

/// The number that a bare reference names: `ADR-0012`, `#12`, `12`, `0012`.
pub(crate) fn number_of(text: &str) -> Option<u64> {
    let text = text.trim();
    // Most texts that are asked about end in no digit; the pattern is slower than a look.
    if !text.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    NUMBERED.captures(text).and_then(|found| found[1].parse().ok())
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
