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
        let hits = match self.format {
            Format::Sarif => self.sarif(file.text),
            Format::Junit => self.junit(file.text),
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
        let results = runs.iter().flat_map(|run| run["results"].as_array().into_iter().flatten());
        Ok(results.filter_map(|result| self.result(result)).collect())
    }

    /// A result that is open: not a pass, not suppressed there.
    fn result(&self, result: &Value) -> Option<Hit> {
        let id = result["ruleId"].as_str().or_else(|| result["rule"]["id"].as_str()).unwrap_or_default();
        let is_open = !matches!(result["kind"].as_str(), Some("pass" | "notApplicable" | "informational"))
            && result["suppressions"].as_array().is_none_or(Vec::is_empty)
            && result["level"].as_str() != Some("none");
        if !is_open || !self.counts(id) {
            return None;
        }
        let message = result["message"]["text"].as_str().unwrap_or_default();
        let place = &result["locations"][0]["physicalLocation"];
        let number = |value: &Value| value.as_u64().and_then(|number| u32::try_from(number).ok()).unwrap_or(1).max(1);
        let spot = place["artifactLocation"]["uri"].as_str().and_then(inside).map(|path| Spot {
            path,
            line: number(&place["region"]["startLine"]),
            column: number(&place["region"]["startColumn"]),
        });
        Some(hit(id, message, spot))
    }

    fn junit(&self, text: &str) -> Result<Vec<Hit>, String> {
        let options = roxmltree::ParsingOptions { allow_dtd: false, nodes_limit: 1_000_000, ..Default::default() };
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

fn hit(id: &str, message: &str, spot: Option<Spot>) -> Hit {
    let first: String = message.lines().next().unwrap_or_default().chars().take(300).collect();
    let note = if first.is_empty() { id.to_owned() } else { format!("{id}: {first}") };
    Hit { subject: Some(format!("{id} {message}")), note: Some(note), spot, ..Hit::at(0..0) }
}

/// A path of the repository; an address elsewhere is none.
fn inside(uri: &str) -> Option<String> {
    let path = uri.trim_start_matches("./");
    let leaves = path.starts_with('/') || path.contains(':') || path.split('/').any(|part| part == "..");
    (!leaves && !path.is_empty()).then(|| path.to_owned())
}
