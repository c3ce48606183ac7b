//! axe-core in the real window.

use crate::app::App;
use serde_json::{Value, json};
use std::fmt;

/// One rule broken, with the places.
#[derive(Clone, Debug)]
pub struct Violation {
    /// axe's name of the rule.
    pub rule: String,
    /// `minor`, `moderate`, `serious`, `critical`.
    pub impact: String,
    /// Selector and summary of each element.
    pub places: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.rule, self.impact)?;
        self.places.iter().try_for_each(|place| write!(f, "\n    {place}"))
    }
}

const RUN: &str = r#"
    const done = arguments[arguments.length - 1];
    axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] })
      .then((found) => done(found.violations.map((v) => ({
        rule: v.id,
        impact: v.impact,
        places: v.nodes.slice(0, 6).map((n) => `${n.target.join(" ")}  ${n.html.slice(0, 160)}  ${n.failureSummary.replace(/\s+/g, " ")}`),
      }))))
      .catch((error) => done(`axe failed: ${error}`));
"#;

impl App {
    /// What axe-core finds wrong with the screen as it stands (WCAG 2.2 A and AA).
    #[must_use]
    pub fn accessibility(&self) -> Vec<Violation> {
        if self.script("return typeof axe === 'undefined'", &[]) == json!(true) {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/node_modules/axe-core/axe.min.js");
            let source = std::fs::read_to_string(path).expect("axe-core is installed with the UI's packages");
            self.script(&source, &[]);
        }
        let found = self.script_async(RUN, &[]);
        let Some(list) = found.as_array() else { panic!("{found}") };
        list.iter().map(violation).collect()
    }
}

fn violation(value: &Value) -> Violation {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let places = value["places"].as_array().into_iter().flatten();
    Violation {
        rule: text("rule"),
        impact: text("impact"),
        places: places.filter_map(|place| Some(place.as_str()?.to_owned())).collect(),
    }
}
