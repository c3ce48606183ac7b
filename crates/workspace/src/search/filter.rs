//! Which records pass the conditions of a query and the lists of a request.

use super::catalog::{Catalog, Names, Row, RowId};
use super::query::{Clause, Complaint, Query, Test, fields};
use super::schema::Traits;
use super::tokenizer::fold;
use globset::{GlobBuilder, GlobMatcher};
use precedent_core::Status;
use precedent_core::wire::{SearchRequest, StatusWord};
use rustc_hash::FxHashMap;
use std::sync::{Mutex, PoisonError};

/// Conditions made ready for one catalog: names are looked up once, not for every record.
pub(crate) struct Gate<'a> {
    catalog: &'a Catalog,
    /// Alternatives by clause; one of each clause must hold.
    clauses: Vec<(Clause, Vec<Part<'a>>)>,
}

/// Whether the condition is negated, and the condition.
type Part<'a> = (bool, Condition<'a>);

enum Condition<'a> {
    /// Ids of names of which the record has one.
    Tags(Vec<u32>),
    People(Vec<u32>),
    Scopes(Vec<u32>),
    Folders(Vec<u32>),
    Rows(Vec<RowId>),
    Test(&'a Test),
    Statuses(Vec<Status>),
    Years(&'a [i16]),
    /// Any of these.
    Has(Vec<Test>),
}

impl<'a> Gate<'a> {
    /// The conditions that the query states.
    pub(crate) fn of_query(query: &'a Query, catalog: &'a Catalog) -> Self {
        let bears = &catalog.columns.bears;
        let condition = |test: &'a Test, negated: bool| match test {
            Test::Tag(tag) => Condition::Tags(named(&catalog.tags, &bears.tags, tag, negated)),
            Test::Scope(scope) => Condition::Scopes(named(&catalog.scopes, &bears.scopes, scope, negated)),
            Test::By(person) => Condition::People(people(&catalog.people, &bears.people, person, negated)),
            Test::In(place) => Condition::Folders(ids(&catalog.folders, |folder| within(folder, place))),
            Test::Id(references) => {
                Condition::Rows(references.iter().flat_map(|reference| catalog.referred(reference)).collect())
            }
            Test::Mine => Condition::People(ids(&catalog.people, |name| is_me(&query.me, name))),
            test => Condition::Test(test),
        };
        let mut clauses: Vec<(Clause, Vec<Part<'a>>)> = Vec::new();
        for filter in &query.filters {
            let part = (filter.negated, condition(&filter.test, filter.negated));
            match clauses.iter_mut().find(|(clause, _)| *clause == filter.clause) {
                Some((_, parts)) => parts.push(part),
                None => clauses.push((filter.clause, vec![part])),
            }
        }
        Self { catalog, clauses }
    }

    /// The lists of a request: one value of each list that is not empty.
    pub(crate) fn of_lists(request: &'a SearchRequest, catalog: &'a Catalog) -> Self {
        let mut conditions = Vec::new();
        let any = |names: &Names, wanted: &[String]| {
            let wanted: Vec<String> = wanted.iter().map(|name| fold(name)).collect();
            ids(names, |name| wanted.iter().any(|wanted| wanted == name))
        };
        if !request.status.is_empty() {
            let statuses = request.status.iter().copied().map(|word: StatusWord| Status::from(word)).collect();
            conditions.push(Condition::Statuses(statuses));
        }
        if !request.tags.is_empty() {
            conditions.push(Condition::Tags(any(&catalog.tags, &request.tags)));
        }
        if !request.scopes.is_empty() {
            conditions.push(Condition::Scopes(any(&catalog.scopes, &request.scopes)));
        }
        if !request.years.is_empty() {
            conditions.push(Condition::Years(&request.years));
        }
        if !request.has.is_empty() {
            conditions
                .push(Condition::Has(request.has.iter().filter_map(|word| fields::possession(word).ok()).collect()));
        }
        let clauses = conditions.into_iter().enumerate();
        let clauses = clauses.map(|(at, condition)| (at as Clause, vec![(false, condition)])).collect();
        Self { catalog, clauses }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Whether every clause holds; those of `others` have alternatives that are no filters and are not looked at.
    pub(crate) fn passes(&self, row: RowId, traits: Traits, others: &[Clause]) -> bool {
        let own = self.clauses.iter().filter(|(clause, _)| !others.contains(clause));
        own.into_iter().all(|(_, parts)| self.any_holds(parts, row, traits))
    }

    /// Whether a filter of a clause holds.
    pub(crate) fn holds(&self, clause: Clause, row: RowId, traits: Traits) -> bool {
        let clause = self.clauses.iter().find(|(own, _)| *own == clause);
        clause.is_some_and(|(_, parts)| self.any_holds(parts, row, traits))
    }

    fn any_holds(&self, parts: &[Part<'_>], id: RowId, traits: Traits) -> bool {
        let row = &self.catalog.rows[id as usize];
        parts.iter().any(|(negated, condition)| condition.holds(id, row, traits, &self.catalog.globs) != *negated)
    }
}

impl Condition<'_> {
    fn holds(&self, id: RowId, row: &Row, traits: Traits, globs: &Globs) -> bool {
        match self {
            Condition::Rows(rows) => rows.contains(&id),
            Condition::Folders(ids) => ids.contains(&row.folder),
            Condition::Tags(ids) => row.tags.iter().any(|tag| ids.contains(tag)),
            Condition::People(ids) => row.people.iter().any(|person| ids.contains(person)),
            Condition::Scopes(ids) => row.scope.is_some_and(|scope| ids.contains(&scope)),
            Condition::Statuses(statuses) => row.status.is_some_and(|status| statuses.contains(&status)),
            Condition::Years(years) => row.date.is_some_and(|date| years.contains(&date.year())),
            Condition::Has(tests) => tests.iter().any(|test| holds(test, row, traits, globs)),
            Condition::Test(test) => holds(test, row, traits, globs),
        }
    }
}

fn holds(test: &Test, row: &Row, traits: Traits, globs: &Globs) -> bool {
    let decision = &row.parsed.decision;
    match test {
        Test::Status(statuses) => statuses.contains(&row.status),
        Test::Governs(path) => globs.govern(&decision.applies_to, path),
        Test::Before(date) => row.date.is_some_and(|own| own < *date),
        Test::From(date) => row.date.is_some_and(|own| own >= *date),
        Test::Years(first, last) => row.date.is_some_and(|own| (*first..=*last).contains(&own.year())),
        Test::InForce => row.in_force,
        Test::Stale => row.stale,
        Test::Due => row.due,
        Test::Superseded => row.is_superseded(),
        Test::HasRules => traits.rules,
        Test::HasCode => traits.code,
        Test::Open => row.status.is_some_and(Status::is_open),
        Test::HasProblems => row.problems,
        Test::HasLinks => row.links,
        Test::HasDate => row.date.is_some(),
        Test::HasTags => !row.tags.is_empty(),
        Test::HasPeople => !row.people.is_empty(),
        Test::HasPaths => !decision.applies_to.is_empty(),
        // Made ready in `Gate::of_query`.
        Test::Tag(_) | Test::By(_) | Test::Scope(_) | Test::In(_) | Test::Id(_) | Test::Mine => true,
    }
}

/// What is wrong with a value that no record has, of the first filter that asks for one.
pub(crate) fn nobody(query: &Query, catalog: &Catalog) -> Option<Complaint> {
    let bears = &catalog.columns.bears;
    let mut asked = query.filters.iter().filter(|filter| !filter.negated && !catalog.rows.is_empty());
    asked.find_map(|filter| {
        let (found, names, borne, value, fault) = match &filter.test {
            Test::Tag(tag) => {
                let (names, borne) = (&catalog.tags, &bears.tags[..]);
                (named(names, borne, tag, false), names, Some(borne), tag, "has the tag")
            }
            Test::Scope(scope) => {
                let (names, borne) = (&catalog.scopes, &bears.scopes[..]);
                (named(names, borne, scope, false), names, Some(borne), scope, "has the scope")
            }
            Test::By(person) => {
                let (names, borne) = (&catalog.people, &bears.people[..]);
                (people(names, borne, person, false), names, Some(borne), person, "names")
            }
            Test::In(place) => {
                let names = &catalog.folders;
                (ids(names, |folder| within(folder, place)), names, None, place, "lies in")
            }
            _ => return None,
        };
        found.is_empty().then(|| {
            let meant = meant(names, borne, value).map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
            let message = format!("no record {fault} `{value}`{meant}");
            Complaint { message, start: filter.span.start, end: filter.span.end }
        })
    })
}

/// The name that a mistyped one is closest to; of those that some record bears, where they come and go.
fn meant<'a>(names: &'a Names, borne: Option<&[bool]>, wanted: &str) -> Option<&'a str> {
    let is_borne = |id: usize| borne.is_none_or(|borne| borne.get(id).is_some_and(|borne| *borne));
    let all = names.folded.iter().enumerate().filter(|(id, _)| is_borne(*id));
    let close = all.filter_map(|(id, name)| {
        let bare = name.trim_start_matches('@');
        let distance = strsim::osa_distance(bare, wanted);
        (distance <= FARTHEST && distance * 2 < wanted.chars().count())
            .then_some((distance, names.written[id].as_str()))
    });
    close.min().map(|(_, name)| name)
}

/// Letters by which a name may differ from the one that is meant.
const FARTHEST: usize = 2;

/// Ids of the people whom a record calls so: the whole name, the address, or the handle before its `@`. Where no record
/// has exactly that, of all whose name, or a word of it, begins so; not of those to be left out, who are meant as written.
fn people(names: &Names, borne: &[bool], wanted: &str, exactly: bool) -> Vec<u32> {
    let bare = |name: &str| name.trim_start_matches('@').to_owned();
    let exact = ids(names, |name| {
        let name = bare(name);
        let (own, address) = name.split_once('<').unwrap_or((&name, ""));
        let address = address.trim_end_matches('>').trim();
        let handle = address.split_once('@').map_or("", |(handle, _)| handle);
        [&name, own.trim(), address, handle].contains(&wanted)
    });
    let begins = |name: &str| {
        let mut words = name.split(|c: char| !c.is_alphanumeric());
        bare(name).starts_with(wanted) || words.any(|word| word.starts_with(wanted))
    };
    let exact = borne_of(exact, borne);
    if exact.is_empty() && !exactly { borne_of(ids(names, begins), borne) } else { exact }
}

/// Whether a person's name in a record (`@dana`, `Dana Lee <dana@example.org>`) is one of those that someone goes by.
fn is_me(me: &[String], name: &str) -> bool {
    let bare = name.trim_start_matches('@');
    let (own, address) = bare.split_once('<').unwrap_or((bare, ""));
    let parts = [own.trim(), address.trim_end_matches('>').trim()];
    me.iter().any(|mine| parts.contains(&mine.as_str()))
}

/// Ids of a value by its full name, or of several values between commas; where no record has exactly that, of all that begin
/// so, unless they are to be left out.
fn named(names: &Names, borne: &[bool], wanted: &str, exactly: bool) -> Vec<u32> {
    let exact = |wanted: &str| borne_of(ids(names, |name| name == wanted), borne);
    let begun = |wanted: &str| borne_of(ids(names, |name| name.starts_with(wanted)), borne);
    let one = |wanted: &str| {
        let exact = exact(wanted);
        if exact.is_empty() && !exactly { begun(wanted) } else { exact }
    };
    let whole = exact(wanted);
    if whole.is_empty() {
        let values = wanted.split(',').map(str::trim).filter(|value| !value.is_empty());
        return values.flat_map(one).collect();
    }
    whole
}

/// Without the names that no record has any more.
fn borne_of(mut ids: Vec<u32>, borne: &[bool]) -> Vec<u32> {
    ids.retain(|id| borne.get(*id as usize).is_some_and(|borne| *borne));
    ids
}

fn ids(names: &Names, wanted: impl Fn(&str) -> bool) -> Vec<u32> {
    let all = names.folded.iter().enumerate();
    all.filter(|(_, name)| wanted(name)).map(|(id, _)| id as u32).collect()
}

/// Whether a folder is called so, by its parts in a row anywhere in it: a log, a folder of it, or one of several logs.
fn within(folder: &str, place: &str) -> bool {
    place.is_empty() || format!("/{folder}/").contains(&format!("/{place}/"))
}

/// Matchers of globs, made when a path first may fit: many records share one, and most fit nothing that is asked for.
#[derive(Debug, Default)]
pub(crate) struct Globs(Mutex<FxHashMap<String, Option<GlobMatcher>>>);

/// More matchers are not kept: each takes some kilobytes.
const MOST_MATCHERS: usize = 512;

impl Globs {
    /// The matcher of a glob; `None` for one that is written wrongly.
    fn matcher(&self, glob: &str) -> Option<GlobMatcher> {
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = made.get(glob) {
            return known.clone();
        }
        if made.len() >= MOST_MATCHERS {
            made.clear();
        }
        let matcher = GlobBuilder::new(glob).literal_separator(true).build().ok().map(|glob| glob.compile_matcher());
        made.insert(glob.to_owned(), matcher.clone());
        matcher
    }

    /// Whether `applies-to` globs cover a path, or something in the folder that it names; `!` takes away.
    fn govern(&self, globs: &[String], path: &str) -> bool {
        let taken = |glob: &str| self.matches(glob, path, &|matcher| matcher.is_match(path) || whole(matcher, path));
        let covers = |glob: &str| {
            let literal = literal(glob);
            let below = path.is_empty()
                || literal.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            let fits = |matcher: &GlobMatcher| matcher.is_match(path) || matcher.is_match(format!("{path}/{ANY}"));
            below || self.matches(glob, path, &fits)
        };
        globs.iter().any(|glob| !glob.starts_with('!') && covers(glob))
            && !globs.iter().filter_map(|glob| glob.strip_prefix('!')).any(taken)
    }

    /// Whether a glob names a folder around the path, or its matcher says so.
    fn matches(&self, glob: &str, path: &str, says: &dyn Fn(&GlobMatcher) -> bool) -> bool {
        let folder = glob.trim_end_matches('/');
        let is_in =
            |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let literal = literal(glob);
        let may = path.starts_with(literal) || literal.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        is_in(folder) || (may && may_hold(glob, path) && self.matcher(glob).is_some_and(|matcher| says(&matcher)))
    }
}

/// A name that no glob spells.
const ANY: &str = "\u{1}";

/// Whether everything in a folder matches.
fn whole(matcher: &GlobMatcher, folder: &str) -> bool {
    matcher.is_match(format!("{folder}/{ANY}")) && matcher.is_match(format!("{folder}/{ANY}/{ANY}"))
}

/// Whether what a glob spells out between its signs stands in a path; what is asked of a matcher adds only names to the path
/// that no glob spells. Slashes at the ends are left out: beside `**` they may be missing.
fn may_hold(glob: &str, path: &str) -> bool {
    let mut rest = glob;
    loop {
        let end = rest.find(['*', '?', '[', '{', '\\']).unwrap_or(rest.len());
        if !path.contains(rest[..end].trim_matches('/')) {
            return false;
        }
        match rest.as_bytes().get(end) {
            Some(b'*' | b'?') => rest = &rest[end + 1..],
            // What follows may be an alternative or escaped.
            _ => return true,
        }
    }
}

/// What a glob begins with, up to its first sign.
fn literal(glob: &str) -> &str {
    glob.split(['*', '?', '[', '{', '\\']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn governed_paths() {
        let globs = [
            "services/billing/**",
            "!services/billing/fixtures/**",
            "Cargo.toml",
            "!services/billing/*.json",
            "lib/",
            "!lib/old",
            "**/*.sql",
        ]
        .map(str::to_owned);
        let made = Globs::default();
        for path in [
            "services/billing",
            "services/billing/src/x.rs",
            "services",
            "Cargo.toml",
            "",
            "services/billing/a/b.json",
            "lib",
            "lib/a.rs",
            "db/a.sql",
        ] {
            assert!(made.govern(&globs, path), "{path}");
        }
        for path in [
            "services/bill",
            "services/billing/fixtures",
            "services/billing/fixtures/a.json",
            "services/billing/a.json",
            "docs",
            "lib/old",
            "lib/old/a.rs",
            "library",
        ] {
            assert!(!made.govern(&globs, path), "{path}");
        }
        assert!(!made.govern(&[], ""));
    }

    #[test]
    fn a_glob_is_made_once_and_only_where_it_may_fit() {
        let made = Globs::default();
        let count = || made.0.lock().expect("nobody panics").len();
        for number in 0..5_000 {
            assert!(!made.govern(&[format!("**/p{number}/*.sql")], "services/a.sql"));
        }
        assert_eq!(count(), 0);
        assert!(made.govern(&["**/p7/*.sql".to_owned()], "services/p7/a.sql"));
        assert!(made.govern(&["**/p7/*.sql".to_owned()], "p7/a.sql"));
        assert_eq!(count(), 1);
        for number in 0..2_000 {
            made.govern(&[format!("**/{{a,b{number}}}")], "x/a");
        }
        assert!((1..=MOST_MATCHERS).contains(&count()));
        for (glob, path) in [
            ("a/**/b", "a/b"),
            ("a/**", "a"),
            ("a*/", "ab"),
            ("*.{sql,rs}", "x.rs"),
            ("\\*a", "*a"),
            ("[ab]c", "bc"),
            ("src/*/x", "src/m"),
            ("**", "x"),
            ("**/x/**", "x"),
            ("/*", "x"),
        ] {
            let matcher = GlobBuilder::new(glob).literal_separator(true).build().expect("a glob").compile_matcher();
            let says = matcher.is_match(path) || matcher.is_match(format!("{path}/{ANY}"));
            assert!(!says || may_hold(glob, path), "{glob} {path}");
        }
    }

    #[test]
    fn places() {
        assert!(within("docs/decisions", "docs/decisions"));
        assert!(within("docs/decisions/web", "web"));
        assert!(within("a/docs/decisions", "decisions"));
        assert!(within("a/docs/decisions/web", "docs/decisions"));
        assert!(within("docs", ""));
        assert!(!within("docs/decisions", "doc"));
        assert!(!within("docs/decisions", "docs/dec"));
    }
}
