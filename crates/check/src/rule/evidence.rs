//! `evidence`: what another checker found, as its report says. The report is read; nothing is run.

use super::fields::Fields;
use super::kind::{Hit, Look, SourceFile, Spot};
use globset::{Glob, GlobSet, GlobSetBuilder};
use serde_json::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Sarif,
    Junit,
}

const FORMATS: &[(&str, Format)] = &[("sarif", Format::Sarif), ("junit", Format::Junit)];

/// A report whose findings are this rule's.
#[derive(Clone, Debug)]
pub struct EvidenceRule {
    report: String,
    format: Format,
    /// Which of the report's rules or tests count; `None`: all.
    rule_ids: Option<GlobSet>,
}

impl EvidenceRule {
    pub(crate) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let report = fields.needed("report");
        if let Some((path, place)) = report
            && (path.starts_with('/') || path.split('/').any(|part| part == "..") || path.contains(['*', '\\']))
        {
            fields.fault(place, format!("`{path}` is no path of a file from the repository's root"));
        }
        if fields.find("format").is_none() {
            fields.missing("format");
        }
        let format = fields.word("format", FORMATS);
        let globs = fields.texts("rule-ids");
        let mut set = GlobSetBuilder::new();
        for (text, place) in &globs {
            match Glob::new(text) {
                Ok(glob) => drop(set.add(glob)),
                Err(error) => fields.fault(*place, format!("`{text}` is no glob: {}", error.kind())),
            }
        }
        let rule_ids = if globs.is_empty() { None } else { set.build().ok() };
        Some(Self { report: report?.0.to_owned(), format: format?, rule_ids })
    }

    /// Path of the report.
    #[must_use]
    pub fn report(&self) -> &str {
        &self.report
    }

    pub(crate) fn look(&self, file: &SourceFile<'_>) -> Look {
        let text = file.text.trim_start_matches('\u{feff}');
        let hits = match self.format {
            Format::Sarif => self.sarif(text),
            Format::Junit => self.junit(text),
        };
        match hits {
            Ok(hits) => Look { hits, undecided: None },
            Err(why) => Look { hits: Vec::new(), undecided: Some(format!("the report cannot be read: {why}")) },
        }
    }

    fn counts(&self, id: &str) -> bool {
        self.rule_ids.as_ref().is_none_or(|ids| ids.is_match(id))
    }

    fn sarif(&self, text: &str) -> Result<Vec<Hit>, String> {
        let log: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let runs = log["runs"].as_array().ok_or("it has no `runs`, so it is no SARIF")?;
        if runs.is_empty() {
            return Err("it has no run in it, so no tool found anything out".to_owned());
        }
        let mut hits = Vec::new();
        for run in runs {
            if !run["externalPropertyFileReferences"]["results"].is_null() {
                return Err("its results lie in other files; have them written into it".to_owned());
            }
            let failed = |call: &Value| call["executionSuccessful"].as_bool() == Some(false);
            if run["invocations"].as_array().is_some_and(|calls| calls.iter().any(failed)) {
                return Err("it says that the tool did not come to its end".to_owned());
            }
            let results = run["results"].as_array().ok_or("a run has no `results`, so its tool found nothing out")?;
            hits.extend(results.iter().filter_map(|result| self.result(run, result)));
        }
        Ok(hits)
    }

    /// A result that is open: not a pass, not suppressed there, and not one that only an earlier report had.
    fn result(&self, run: &Value, result: &Value) -> Option<Hit> {
        let about = described(run, result);
        let id = [&result["ruleId"], &result["rule"]["id"], &about["id"]].into_iter().find_map(Value::as_str);
        let id = id.unwrap_or_default();
        let is_open = !matches!(result["kind"].as_str(), Some("pass" | "notApplicable" | "informational"))
            && !result["suppressions"].as_array().is_some_and(|all| all.iter().any(holds))
            && result["baselineState"].as_str() != Some("absent")
            && result["level"].as_str() != Some("none");
        if !is_open || !self.counts(id) {
            return None;
        }
        let place = &result["locations"][0]["physicalLocation"];
        let number = |value: &Value| value.as_u64().and_then(|number| u32::try_from(number).ok()).unwrap_or(1).max(1);
        let spot = uri(run, &place["artifactLocation"]).and_then(inside).map(|path| Spot {
            path,
            line: number(&place["region"]["startLine"]),
            column: number(&place["region"]["startColumn"]),
        });
        Some(hit(id, &message(about, &result["message"]), spot))
    }

    fn junit(&self, text: &str) -> Result<Vec<Hit>, String> {
        let options = roxmltree::ParsingOptions { nodes_limit: 1_000_000, ..Default::default() };
        let document = roxmltree::Document::parse_with_options(text, options).map_err(|error| error.to_string())?;
        let root = document.root_element().tag_name().name();
        if !matches!(root, "testsuites" | "testsuite") {
            return Err(format!("it begins with <{root}>, so it is no JUnit report"));
        }
        let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
        Ok(cases.filter_map(|case| self.case(case)).collect())
    }

    fn case(&self, case: roxmltree::Node<'_, '_>) -> Option<Hit> {
        let broken = case.children().find(|child| child.has_tag_name("failure") || child.has_tag_name("error"))?;
        let (class, name) =
            (case.attribute("classname").unwrap_or_default(), case.attribute("name").unwrap_or_default());
        let id = if class.is_empty() { name.to_owned() } else { format!("{class}.{name}") };
        if !self.counts(&id) {
            return None;
        }
        let said = broken.attribute("message").or_else(|| broken.text()).unwrap_or_default().trim();
        let line = case.attribute("line").and_then(|line| line.parse().ok()).unwrap_or(1);
        let spot = case.attribute("file").and_then(inside).map(|path| Spot { path, line, column: 1 });
        Some(hit(&id, said, spot))
    }
}

/// A suppression that was asked for and turned down suppresses nothing (SARIF 2.1.0, 3.35.3).
fn holds(suppression: &Value) -> bool {
    !matches!(suppression["status"].as_str(), Some("rejected" | "underReview"))
}

/// What the tool says of a result's rule, which a result may name by its place in the tool's list (3.27.6, 3.52).
fn described<'a>(run: &'a Value, result: &Value) -> &'a Value {
    let index = result["ruleIndex"].as_u64().or_else(|| result["rule"]["index"].as_u64());
    let component = &result["rule"]["toolComponent"]["index"];
    let component = match component.as_u64().and_then(|at| usize::try_from(at).ok()) {
        Some(at) => &run["tool"]["extensions"][at],
        None => &run["tool"]["driver"],
    };
    let rules = &component["rules"];
    match index.and_then(|at| usize::try_from(at).ok()) {
        Some(at) => &rules[at],
        None => {
            let named = |rule: &&Value| rule["id"].is_string() && rule["id"] == result["ruleId"];
            rules.as_array().and_then(|rules| rules.iter().find(named)).unwrap_or(&Value::Null)
        }
    }
}

/// A message that is written out, or one of its rule's with what belongs into its places (3.11).
fn message(rule: &Value, message: &Value) -> String {
    let of_rule = || rule["messageStrings"][message["id"].as_str()?]["text"].as_str();
    let text = message["text"].as_str().or_else(of_rule).unwrap_or_default();
    let arguments = message["arguments"].as_array().into_iter().flatten().filter_map(Value::as_str);
    arguments.enumerate().fold(text.to_owned(), |text, (at, argument)| text.replace(&format!("{{{at}}}"), argument))
}

/// Where a result lies, perhaps by its place in the run's list of files (3.4, 3.24).
fn uri<'a>(run: &'a Value, location: &'a Value) -> Option<&'a str> {
    let listed = || {
        let at = usize::try_from(location["index"].as_u64()?).ok()?;
        run["artifacts"][at]["location"]["uri"].as_str()
    };
    location["uri"].as_str().or_else(listed)
}

fn hit(id: &str, message: &str, spot: Option<Spot>) -> Hit {
    let first: String = message.lines().next().unwrap_or_default().chars().take(300).collect();
    let note = if first.is_empty() { id.to_owned() } else { format!("{id}: {first}") };
    Hit { subject: Some(format!("{id} {message}")), note: Some(note), spot, ..Hit::at(0..0) }
}

/// A path of the repository; an address elsewhere is none.
fn inside(uri: &str) -> Option<String> {
    let path = percent_encoding::percent_decode_str(uri).decode_utf8().ok()?;
    let path = path.trim_start_matches("./");
    let leaves = path.starts_with('/') || path.contains(':') || path.split('/').any(|part| part == "..");
    (!leaves && !path.is_empty()).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Rule, message and place of what a SARIF log with this run tells.
    fn check(run: &Value, expected: Result<&[&str], &str>) {
        let rule = EvidenceRule { report: "r.sarif".to_owned(), format: Format::Sarif, rule_ids: None };
        let told = rule.sarif(&json!({ "version": "2.1.0", "runs": [run] }).to_string()).map(|hits| {
            let told = hits.into_iter().map(|hit| {
                let place = hit.spot.map_or_else(|| "-".to_owned(), |spot| format!("{}:{}", spot.path, spot.line));
                format!("{} at {place}", hit.note.unwrap_or_default())
            });
            told.collect::<Vec<_>>()
        });
        match expected {
            Ok(expected) => assert_eq!(told.expect("a report"), expected),
            Err(part) => assert!(told.as_ref().is_err_and(|why| why.contains(part)), "{told:?}"),
        }
    }

    #[test]
    fn a_log_without_runs_or_with_results_elsewhere_says_nothing() {
        let rule = EvidenceRule { report: "r.sarif".to_owned(), format: Format::Sarif, rule_ids: None };
        assert!(rule.sarif("{\"runs\": []}").is_err_and(|why| why.contains("no run in it")));
        let elsewhere = json!({ "results": [], "externalPropertyFileReferences": { "results": [{ "location": {} }] } });
        check(&elsewhere, Err("results lie in other files"));
    }

    #[test]
    fn a_rule_a_message_and_a_file_may_be_named_by_their_places_in_lists() {
        let run = json!({
            "tool": { "driver": { "name": "arch", "rules": [
                { "id": "layers", "messageStrings": { "uses": { "text": "{0} uses {1}" } } },
            ] } },
            "artifacts": [{ "location": { "uri": "src/a%20b.ts" } }],
            "results": [{
                "ruleIndex": 0,
                "message": { "id": "uses", "arguments": ["core", "ui"] },
                "locations": [{ "physicalLocation": { "artifactLocation": { "index": 0 }, "region": { "startLine": 7 } } }],
            }, {
                "ruleId": "layers",
                "message": { "id": "uses", "arguments": ["ui", "core"] },
                "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "file:///elsewhere/x.ts" } } }],
            }],
        });
        check(&run, Ok(&["layers: core uses ui at src/a b.ts:7", "layers: ui uses core at -"]));
    }

    #[test]
    fn what_is_gone_or_accepted_there_is_not_open() {
        let result = |key: &str, value: Value| {
            let mut result = json!({ "ruleId": key, "message": { "text": "x" } });
            result[key] = value;
            result
        };
        let run = json!({ "results": [
            result("baselineState", json!("absent")),
            result("kind", json!("pass")),
            result("level", json!("none")),
            result("suppressions", json!([{ "kind": "external" }])),
            result("suppressions", json!([{ "kind": "external", "status": "rejected" }])),
            result("baselineState", json!("unchanged")),
        ] });
        check(&run, Ok(&["suppressions: x at -", "baselineState: x at -"]));
    }

    #[test]
    fn a_tool_that_did_not_come_to_its_end_found_nothing_out() {
        check(&json!({ "results": [], "invocations": [{ "executionSuccessful": false }] }), Err("its end"));
        check(&json!({ "invocations": [{ "executionSuccessful": true }] }), Err("no `results`"));
        check(&json!({ "results": [], "invocations": [{ "executionSuccessful": true }] }), Ok(&[]));
    }
}
