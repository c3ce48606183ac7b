//! Which records pass the conditions of a query and the lists of a request.

use super::catalog::{Catalog, Names, Row};
use super::query::{Clause, Query, Test, fields};
use super::schema::Traits;
use super::tokenizer::fold;
use globset::GlobBuilder;
use precedent_core::Status;
use precedent_core::wire::{SearchRequest, StatusWord};

/// Conditions made ready for one catalog: names are looked up once, not for every record.
pub(crate) struct Gate<'a> {
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
    Test(&'a Test),
    Statuses(Vec<Status>),
    Years(&'a [i16]),
    /// Any of these.
    Has(Vec<Test>),
}

impl<'a> Gate<'a> {
    /// The conditions that the query states.
    pub(crate) fn of_query(query: &'a Query, catalog: &Catalog) -> Self {
        let condition = |test: &'a Test| match test {
            Test::Tag(tag) => Condition::Tags(named(&catalog.tags, tag)),
            Test::Scope(scope) => Condition::Scopes(named(&catalog.scopes, scope)),
            Test::By(person) => Condition::People(ids(&catalog.people, |name| name.contains(person.as_str()))),
            Test::Mine => Condition::People(ids(&catalog.people, |name| is_me(&query.me, name))),
            test => Condition::Test(test),
        };
        let mut clauses: Vec<(Clause, Vec<Part<'a>>)> = Vec::new();
        for filter in &query.filters {
            let part = (filter.negated, condition(&filter.test));
            match clauses.iter_mut().find(|(clause, _)| *clause == filter.clause) {
                Some((_, parts)) => parts.push(part),
                None => clauses.push((filter.clause, vec![part])),
            }
        }
        Self { clauses }
    }

    /// The lists of a request: one value of each list that is not empty.
    pub(crate) fn of_lists(request: &'a SearchRequest, catalog: &Catalog) -> Self {
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
        Self { clauses: clauses.map(|(at, condition)| (at as Clause, vec![(false, condition)])).collect() }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Whether every clause holds; those of `others` have alternatives that are no filters and are not looked at.
    pub(crate) fn passes(&self, row: &Row, traits: Traits, others: &[Clause]) -> bool {
        let own = self.clauses.iter().filter(|(clause, _)| !others.contains(clause));
        own.into_iter().all(|(_, parts)| any_holds(parts, row, traits))
    }

    /// Whether a filter of a clause holds.
    pub(crate) fn holds(&self, clause: Clause, row: &Row, traits: Traits) -> bool {
        let clause = self.clauses.iter().find(|(own, _)| *own == clause);
        clause.is_some_and(|(_, parts)| any_holds(parts, row, traits))
    }
}

fn any_holds(parts: &[Part<'_>], row: &Row, traits: Traits) -> bool {
    parts.iter().any(|(negated, condition)| condition.holds(row, traits) != *negated)
}

impl Condition<'_> {
    fn holds(&self, row: &Row, traits: Traits) -> bool {
        match self {
            Condition::Tags(ids) => row.tags.iter().any(|tag| ids.contains(tag)),
            Condition::People(ids) => row.people.iter().any(|person| ids.contains(person)),
            Condition::Scopes(ids) => row.scope.is_some_and(|scope| ids.contains(&scope)),
            Condition::Statuses(statuses) => row.status.is_some_and(|status| statuses.contains(&status)),
            Condition::Years(years) => row.date.is_some_and(|date| years.contains(&date.year())),
            Condition::Has(tests) => tests.iter().any(|test| holds(test, row, traits)),
            Condition::Test(test) => holds(test, row, traits),
        }
    }
}

fn holds(test: &Test, row: &Row, traits: Traits) -> bool {
    let decision = &row.parsed.decision;
    match test {
        Test::Status(statuses) => statuses.contains(&row.status),
        Test::In(place) => within(&row.parsed.log, decision.path.as_str(), place),
        Test::Governs(path) => governs(&decision.applies_to, path),
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
        Test::Id(id) => named_by(row, id),
        // Made ready in `Gate::of_query`.
        Test::Tag(_) | Test::By(_) | Test::Scope(_) | Test::Mine => true,
    }
}

/// Whether a record answers to a folded id, number, file name, stem or path.
fn named_by(row: &Row, name: &str) -> bool {
    let decision = &row.parsed.decision;
    let same = |text: &str| fold(text) == name;
    same(decision.id.as_str())
        || decision.digits.as_deref().is_some_and(same)
        || decision.number.is_some_and(|number| name.parse() == Ok(number))
        || same(decision.path.stem())
        || same(decision.path.file_name())
        || same(decision.path.as_str())
}

/// Whether a person's name in a record (`@dana`, `Dana Lee <dana@example.org>`) is one of those that someone goes by.
fn is_me(me: &[String], name: &str) -> bool {
    let bare = name.trim_start_matches('@');
    let (own, address) = bare.split_once('<').unwrap_or((bare, ""));
    let parts = [own.trim(), address.trim_end_matches('>').trim()];
    me.iter().any(|mine| parts.contains(&mine.as_str()))
}

/// Ids of a value by its full name; where no record has exactly that, of all that begin so.
fn named(names: &Names, wanted: &str) -> Vec<u32> {
    let exact = ids(names, |name| name == wanted);
    if exact.is_empty() { ids(names, |name| name.starts_with(wanted)) } else { exact }
}

fn ids(names: &Names, wanted: impl Fn(&str) -> bool) -> Vec<u32> {
    let all = names.folded.iter().enumerate();
    all.filter(|(_, name)| wanted(name)).map(|(id, _)| id as u32).collect()
}

/// The log or a folder, whole or by its last parts.
fn within(log: &str, path: &str, place: &str) -> bool {
    let inside = |folder: &str| {
        folder == place
            || folder.strip_prefix(place).is_some_and(|rest| rest.starts_with('/'))
            || folder.strip_suffix(place).is_some_and(|rest| rest.ends_with('/'))
    };
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    inside(&fold(log)) || inside(&fold(folder)) || fold(folder).split('/').any(|part| part == place)
}

/// Whether `applies-to` globs cover a path or something in the folder it names; `!` takes away.
fn governs(globs: &[String], path: &str) -> bool {
    let covers = |glob: &str| {
        let literal = glob.split(['*', '?', '[', '{']).next().unwrap_or_default();
        let below = literal.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let matched = GlobBuilder::new(glob).literal_separator(true).build().is_ok_and(|glob| {
            let matcher = glob.compile_matcher();
            matcher.is_match(path) || matcher.is_match(format!("{path}/x"))
        });
        below || matched || path.strip_prefix(glob.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'))
    };
    let taken = |glob: &str| {
        GlobBuilder::new(glob).literal_separator(true).build().is_ok_and(|glob| glob.compile_matcher().is_match(path))
    };
    globs.iter().any(|glob| !glob.starts_with('!') && covers(glob))
        && !globs.iter().filter_map(|glob| glob.strip_prefix('!')).any(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn governed_paths() {
        let globs =
            ["services/billing/**".to_owned(), "!services/billing/fixtures/**".to_owned(), "Cargo.toml".to_owned()];
        for path in ["services/billing", "services/billing/src/x.rs", "services", "Cargo.toml"] {
            assert!(governs(&globs, path), "{path}");
        }
        for path in ["services/bill", "services/billing/fixtures/a.json", "docs"] {
            assert!(!governs(&globs, path), "{path}");
        }
    }

    #[test]
    fn places() {
        assert!(within("docs/decisions", "docs/decisions/0001-x.md", "docs/decisions"));
        assert!(within("docs/decisions", "docs/decisions/web/0001-x.md", "web"));
        assert!(within("docs/decisions", "docs/decisions/0001-x.md", "decisions"));
        assert!(!within("docs/decisions", "docs/decisions/0001-x.md", "doc"));
    }
}
