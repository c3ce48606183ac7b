//! `evidence`: what another checker's report tells.

use super::*;

/// What a report tells, as `note | subject | place`.
#[track_caller]
fn told(keys: &str, path: &str, text: &str) -> Vec<String> {
    let look = look(&format!("kind: evidence\nreport: {path}\n{keys}"), path, text);
    assert_eq!(look.undecided, None, "{text}");
    let shown = |hit: crate::rule::Hit| {
        assert_eq!(hit.span, 0..0);
        let place = hit.spot.map_or_else(String::new, |spot| format!("{}:{}:{}", spot.path, spot.line, spot.column));
        format!("{} | {} | {place}", hit.note.unwrap_or_default(), hit.subject.unwrap_or_default())
    };
    look.hits.into_iter().map(shown).collect()
}

fn sarif(keys: &str, results: &str) -> Vec<String> {
    told(&format!("format: sarif\n{keys}"), "r.sarif", &format!("\u{feff}{{\"runs\": [{{\"results\": [{results}]}}]}}"))
}

fn junit(keys: &str, cases: &str) -> Vec<String> {
    told(
        &format!("format: junit\n{keys}"),
        "r.xml",
        &format!("<testsuites><testsuite>{cases}</testsuite></testsuites>"),
    )
}

#[test]
fn a_result_has_a_rule_a_message_and_a_place() {
    let place = |uri: &str, region: &str| {
        let location = format!("{{\"artifactLocation\": {{\"uri\": \"{uri}\"}}, \"region\": {{{region}}}}}");
        format!(
            "{{\"ruleId\": \"a\", \"message\": {{\"text\": \"m\"}}, \"locations\": [{{\"physicalLocation\": {location}}}]}}"
        )
    };
    let of = |uri: &str, region: &str| sarif("", &place(uri, region)).remove(0);
    assert_eq!(of("src/a%20b.ts", "\"startLine\": 7, \"startColumn\": 3"), "a: m | a m | src/a b.ts:7:3");
    assert_eq!(of("./a.ts", ""), "a: m | a m | a.ts:1:1");
    assert_eq!(of("a.ts", "\"startLine\": 0, \"startColumn\": 99999999999"), "a: m | a m | a.ts:1:1");
    for elsewhere in ["/a", "file:a", "../a", "a/../../b", "", "./"] {
        assert_eq!(of(elsewhere, ""), "a: m | a m | ", "{elsewhere}");
    }
    assert_eq!(of("a..b/c", ""), "a: m | a m | a..b/c:1:1");
}

#[test]
fn the_first_line_of_a_message_is_a_note() {
    let result = |text: &str| format!("{{\"ruleId\": \"a\", \"message\": {{\"text\": \"{text}\"}}}}");
    assert_eq!(sarif("", &result("one\\ntwo")), ["a: one | a one\ntwo | "]);
    assert_eq!(sarif("", &result("")), ["a | a  | "]);
    let long = "x".repeat(301);
    assert_eq!(sarif("", &result(&long)), [format!("a: {} | a {long} | ", &long[1..])]);
}

#[test]
fn rules_of_the_report_may_be_chosen() {
    let results = "{\"ruleId\": \"layers.core\"}, {\"ruleId\": \"other\"}, {\"rule\": {\"id\": \"layers.ui\"}}, {}";
    let ids = |keys: &str| -> Vec<String> {
        sarif(keys, results).iter().map(|told| told.split(" | ").next().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(ids(""), ["layers.core", "other", "layers.ui", ""]);
    assert_eq!(ids("rule-ids: ['layers.*']"), ["layers.core", "layers.ui"]);
    let cases = "<testcase classname='A' name='b'><error>x</error></testcase><testcase name='b'><failure/></testcase>";
    assert_eq!(junit("rule-ids: A.b", cases), ["A.b: x | A.b x | "]);
    assert_eq!(junit("", cases).len(), 2);
}

#[test]
fn a_rule_is_found_in_the_tool_that_has_it() {
    let text = "{\"runs\": [{\"tool\": {\"driver\": {\"rules\": [{\"id\": \"d0\"}, {\"id\": \"d1\", \"messageStrings\": {\"m\": {\"text\": \"{0}, {1}, {0}\"}}}]}, \"extensions\": [{\"rules\": [{\"id\": \"e0\"}]}]}, \"results\": [
        {\"rule\": {\"index\": 1}, \"message\": {\"id\": \"m\", \"arguments\": [\"x\", \"y\"]}},
        {\"rule\": {\"index\": 0, \"toolComponent\": {\"index\": 0}}},
        {\"ruleId\": \"d1\", \"message\": {\"id\": \"m\"}},
        {\"ruleId\": \"d1\", \"message\": {\"id\": \"m\", \"text\": \"own\"}},
        {\"ruleId\": \"d9\", \"message\": {\"id\": \"m\"}}]}]}";
    let notes: Vec<String> = told("format: sarif", "r.sarif", text);
    let notes: Vec<&str> = notes.iter().map(|told| told.split(" | ").next().unwrap_or_default()).collect();
    assert_eq!(notes, ["d1: x, y, x", "e0", "d1: {0}, {1}, {0}", "d1: own", "d9"]);
}

#[test]
fn what_is_not_open_is_not_told() {
    let result = |keys: &str| sarif("", &format!("{{\"ruleId\": \"a\", {keys}}}")).len();
    for closed in ["pass", "notApplicable", "informational"] {
        assert_eq!(result(&format!("\"kind\": \"{closed}\"")), 0, "{closed}");
    }
    assert_eq!((result("\"kind\": \"fail\""), result("\"level\": \"none\""), result("\"level\": \"note\"")), (1, 0, 1));
    assert_eq!((result("\"baselineState\": \"absent\""), result("\"baselineState\": \"new\"")), (0, 1));
    for (status, open) in [("accepted", 0), ("rejected", 1), ("underReview", 1)] {
        assert_eq!(result(&format!("\"suppressions\": [{{\"status\": \"{status}\"}}]")), open, "{status}");
    }
    assert_eq!((result("\"suppressions\": [{}]"), result("\"suppressions\": []")), (0, 1));
}

#[test]
fn a_test_that_fails_is_told() {
    let cases = "<testcase classname='Arch' name='layers' file='src/A.java' line='7'><failure message='core uses ui'>long</failure></testcase>
        <testcase classname='Arch' name='ok'/><testcase name='plain'><error> said
        more </error></testcase><testcase classname='A' name='skipped'><skipped/></testcase>
        <testcase name='none' file='/abs'><failure/></testcase>";
    let expected = [
        "Arch.layers: core uses ui | Arch.layers core uses ui | src/A.java:7:1",
        "plain: said | plain said\n        more | ",
        "none | none  | ",
    ];
    assert_eq!(junit("", cases), expected);
    let single = told("format: junit", "r.xml", "<testsuite><testcase name='a'><failure/></testcase></testsuite>");
    assert_eq!(single, ["a | a  | "]);
    let line =
        told("format: junit", "r.xml", "<testsuite><testcase name='a' file='f'><failure/></testcase></testsuite>");
    assert_eq!(line, ["a | a  | f:1:1"]);
}

#[test]
fn a_report_that_is_none_leaves_it_undecided() {
    for (format, text, part) in [
        ("sarif", "{", "EOF"),
        ("sarif", "{}", "it has no `runs`, so it is no SARIF"),
        ("sarif", "{\"runs\": [{}]}", "a run has no `results`, so its tool found nothing out"),
        ("junit", "<html/>", "it begins with <html>, so it is no JUnit report"),
        ("junit", "<testsuite>", "root"),
        ("junit", "<!DOCTYPE a><testsuite/>", "DTD"),
    ] {
        let look = look(&format!("kind: evidence\nreport: r\nformat: {format}"), "r", text);
        let why = look.undecided.unwrap_or_default();
        assert!(why.starts_with("the report cannot be read: ") && why.contains(part), "{text}: {why}");
        assert_eq!(look.hits, []);
    }
}

#[test]
fn a_report_has_a_million_nodes_at_most() {
    let text = format!("<testsuites>{}</testsuites>", "<a/>".repeat(1_000_000));
    let look = look("kind: evidence\nreport: r\nformat: junit", "r", &text);
    assert_eq!(look.undecided.as_deref(), Some("the report cannot be read: nodes limit reached"));
}

#[test]
fn a_report_is_a_file_of_the_repository() {
    let kind = rule("kind: evidence\nreport: out/r.sarif\nformat: sarif").kind;
    assert!(kind.reads("out/r.sarif") && !kind.reads("r.sarif"));
    for path in ["/r", "../r", "a/../r", "*.sarif", "a\\r"] {
        let fault = format!("4: `{path}` is no path of a file from the repository's root");
        refused(&format!("kind: evidence\nreport: '{path}'\nformat: sarif"), &fault);
    }
    refused("kind: evidence\nformat: sarif", "1: `report` is missing in this rule");
    refused("kind: evidence\nreport: r", "1: `format` is missing in this rule");
    refused("kind: evidence\nreport: r\nformat: xml", "5: `format` cannot be `xml`; it is one of sarif, junit");
    let faults = faults("kind: evidence\nreport: r\nformat: sarif\nrule-ids: ['[a']");
    assert!(faults.len() == 1 && faults[0].starts_with("6: `[a` is no glob: "), "{faults:?}");
    assert_eq!(rule("kind: evidence\nreport: a..b\nformat: junit").kind.word(), "evidence");
}
