//! Rules of a record that cannot be understood, as problems of the record: told while it is written, before any check.

use precedent_check::rule::read_rules;
use precedent_core::record::{foreign_markup, misnamed_rules, rules_of};
use precedent_core::tree::{Place, Value};
use precedent_core::{Problem, ProblemCode, RecordPath, Severity};
use std::ops::Range;

/// What is wrong with the rules in a record's front matter. Offsets count from behind a byte order mark.
pub(crate) fn rule_problems(path: &RecordPath, text: &str) -> Vec<Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if foreign_markup(path).is_some() {
        return Vec::new();
    }
    let problem = |place: Place, message: String| {
        Problem::new(ProblemCode::BadRule, path, text, span(text, place), message)
            .hint("a check is undecided by it; `precedent schema record-v1` describes the keys")
    };
    let mut problems: Vec<Problem> =
        misnamed_rules(text).map(|(key, place)| misnamed(path, text, &key, place)).into_iter().collect();
    problems.extend(match rules_of(text) {
        None => Vec::new(),
        Some(Err(fault)) => vec![problem(fault.place, format!("the rules cannot be read: {}", fault.message))],
        // That it has to be a list is told by the schema.
        Some(Ok(list)) if !matches!(list.value, Value::List(_)) => Vec::new(),
        Some(Ok(list)) => read_rules(&list).1.into_iter().map(|fault| problem(fault.place, fault.message)).collect(),
    });
    problems
}

/// Keys that nobody knows are kept and say nothing, so this one is no error.
fn misnamed(path: &RecordPath, text: &str, key: &str, place: Place) -> Problem {
    let mut problem = Problem::new(ProblemCode::BadRule, path, text, span(text, place), misnamed_words(key));
    problem.severity = Severity::Warning;
    problem.hint("call it `rules`, or they bind nobody")
}

/// What is to be said of rules under another key.
pub(super) fn misnamed_words(key: &str) -> String {
    format!("`{key}` holds rules and says nothing; did you mean `rules`?")
}

/// From a place to the end of its line.
fn span(text: &str, place: Place) -> Range<usize> {
    let before = text.split_inclusive('\n').take(place.line.saturating_sub(1) as usize);
    let start: usize = before.map(str::len).sum();
    let line = text[start..].lines().next().unwrap_or_default();
    let column = line.char_indices().nth(place.column.saturating_sub(1) as usize).map_or(line.len(), |(at, _)| at);
    start + column..start + line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        for text in [text.to_owned(), format!("\u{feff}{}", text.replace('\n', "\r\n"))] {
            let found = rule_problems(&RecordPath::new("adr/0001-a.md"), &text);
            let own = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let shown = |problem: &Problem| {
                format!("{}:{} {} {}", problem.line, problem.column, &own[problem.span.clone()], problem.message)
            };
            assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), expected, "{text:?}");
        }
    }

    #[test]
    fn faults_of_rules_have_their_place() {
        let rule = "---\nrules:\n  - id: a\n    kind: protect\n    message: é\n    agaist: [added]\n---\n# T\n";
        check(rule, &["6:5 agaist: [added] a rule here has no key `agaist`; did you mean `against`?"]);
        check(&rule.replace("agaist", "against"), &[]);
        check(
            &rule.replace("protect", "protct"),
            &["4:11 protct no kind of rule is called `protct`; did you mean `protect`?"],
        );
        check("---\nrules: true\n---\n# T\n", &[]);
        let one = "- {id: a, kind: protect, message: M, against: [added]}";
        for key in ["rule", "ruels", "Rules"] {
            let told = format!("2:1 {key}: `{key}` holds rules and says nothing; did you mean `rules`?");
            check(&format!("---\n{key}:\n{one}\n---\n# T\n"), &[&told]);
        }
        check(
            "---\nrule: {kind: protect}\n---\n# T\n",
            &["2:1 rule: {kind: protect} `rule` holds rules and says nothing; did you mean `rules`?"],
        );
        for other in ["roles: [{name: x}]", "rule: 17", "rulez: [a]", "links: [{kind: b}]"] {
            check(&format!("---\n{other}\n---\n# T\n"), &[]);
        }
        check("# T\n", &[]);
    }
}
