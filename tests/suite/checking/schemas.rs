//! What the program writes is what the contract's schema files say, with every key described.

use super::*;
use precedent_core::schema;
use precedent_core::tree::read_yaml;

/// What is wrong with a value by a schema, at its place. As much of JSON Schema as our files use; what they use beyond that
/// is a fault as well, so that nothing is passed over.
fn faults(value: &Value, schema: &Value, root: &Value, at: &str, found: &mut Vec<String>) {
    const KNOWN: &[&str] = &[
        "$schema",
        "$id",
        "$ref",
        "$defs",
        "title",
        "description",
        "format",
        "examples",
        "x-groups",
        "default",
        "type",
        "enum",
        "const",
        "minimum",
        "anyOf",
        "properties",
        "required",
        "items",
    ];
    let keys = schema.as_object().unwrap();
    found.extend(
        keys.keys().filter(|key| !KNOWN.contains(&key.as_str())).map(|key| format!("{at}: the schema says {key}")),
    );
    if let Some(target) = keys.get("$ref").and_then(Value::as_str) {
        faults(value, root.pointer(target.trim_start_matches('#')).unwrap(), root, at, found);
    }
    if let Some(all) = keys.get("anyOf").and_then(Value::as_array) {
        let fits = |one: &&Value| {
            let mut own = Vec::new();
            faults(value, one, root, at, &mut own);
            own.is_empty()
        };
        if !all.iter().any(|one| fits(&one)) {
            found.push(format!("{at}: fits none of the forms"));
        }
    }
    if !types(&schema["type"]).iter().any(|kind| is_of(value, kind)) {
        found.push(format!("{at}: {value} is no {}", schema["type"]));
    }
    if keys.get("const").is_some_and(|only| only != value) {
        found.push(format!("{at}: {value} is not {}", schema["const"]));
    }
    if keys.get("enum").and_then(Value::as_array).is_some_and(|words| !words.contains(value)) {
        found.push(format!("{at}: {value} is no word of {}", schema["enum"]));
    }
    if let (Some(least), Some(number)) = (schema["minimum"].as_i64(), value.as_i64())
        && number < least
    {
        found.push(format!("{at}: {number} is less than {least}"));
    }
    let properties = schema["properties"].as_object();
    for (key, inner) in value.as_object().into_iter().flatten() {
        match properties.and_then(|properties| properties.get(key)) {
            Some(schema) => faults(inner, schema, root, &format!("{at}/{key}"), found),
            None if properties.is_some() => found.push(format!("{at}/{key}: not described")),
            None => {}
        }
    }
    for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.is_object() && value.get(key).is_none() {
            found.push(format!("{at}: lacks {key}"));
        }
    }
    if let Some(items) = keys.get("items") {
        for (place, item) in value.as_array().into_iter().flatten().enumerate() {
            faults(item, items, root, &format!("{at}/{place}"), found);
        }
    }
}

fn types(kind: &Value) -> Vec<String> {
    match kind {
        Value::String(one) => vec![one.clone()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => vec!["any".to_owned()],
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => kind == "any",
    }
}

fn told(name: &str, value: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(schema::find(name).unwrap()).unwrap();
    let mut found = Vec::new();
    faults(value, &schema, &schema, "", &mut found);
    found
}

#[track_caller]
fn fits(name: &str, value: &Value) {
    assert_eq!(told(name, value), [""; 0], "{name}: {value:#}");
}

/// A repository in which a check has something to say in every list of its verdict.
pub(crate) fn telling() -> Repo {
    let repo = governed();
    repo.write("docs/decisions/0002-later.md", &record_with("proposed", "applies-to: [\"src/**\"]\n", MONGO));
    repo.write("docs/decisions/waivers/w.md", &super::waivers::waiver("src/clean.rs", "at-most: 2\n"));
    repo.write("src/clean.rs", "use mongodb;\n");
    commit(&repo, "200");
    let rules = format!(
        "{MONGO}  - id: nowhere\n    kind: forbid-text\n    severity: note\n    message: M\n    match: {{literal: x}}\n    paths: [\"nowhere/**\"]\n  - id: what\n    kind: protct\n    message: M\n"
    );
    repo.write(RECORD, &record(&rules));
    repo.write("src/new.rs", "use mongodb;\n");
    repo.write("src/new.bin", "\0");
    stage(&repo);
    repo
}

#[test]
fn verdicts_are_as_described() {
    let repo = telling();
    let staged = check(&repo, &["--staged"]);
    let whole = check(&repo, &[]);
    for list in ["findings", "undecided", "faults", "governance_changes", "previews", "skipped_files"] {
        assert!(!staged[list].as_array().unwrap().is_empty(), "{list}: {staged:#}");
    }
    assert!(
        !whole["vacuous"].as_array().unwrap().is_empty() && whole["findings"][0]["waiver"].is_object(),
        "{whole:#}"
    );
    fits("verdict-v1", &staged);
    fits("verdict-v1", &whole);
    fits("verdict-v1", &check(&repo, &["HEAD~1..HEAD"]));
    fits("verdict-v1", &check(&Repo::new(), &[]));
}

#[test]
fn waivers_and_the_baseline_are_as_described() {
    let repo = governed();
    let today = repo.run(&["check", "--json"]).json()["as_of"].as_str().unwrap().to_owned();
    let about = ["waive", "no-mongo/text", "--paths", "src/**", "--until", &today, "--at-most", "2"];
    let who = ["--owner", "@dana", "--reason", "R", "--approved-by", "@lee", "--json"];
    let granted = repo.run(&[&about[..], &who].concat());
    assert_eq!(granted.code, 0, "{}", granted.err);
    let text = repo.read(granted.json()["changed"][0].as_str().unwrap());
    let front = text.split("---\n").nth(1).unwrap();
    fits("waiver-v1", &read_yaml(front).unwrap().to_json());
    std::fs::remove_dir_all(repo.root().join("docs/decisions/waivers")).unwrap();
    assert_eq!(repo.run(&["baseline", "--accept-new", "--reason", "It begins."]).code, 0);
    let baseline: Value = serde_json::from_str(&repo.read("precedent.baseline.json")).unwrap();
    assert_eq!(baseline["accepted"].as_array().map(Vec::len), Some(1), "{baseline:#}");
    fits("baseline-v1", &baseline);
}

#[test]
fn debt_is_as_described() {
    let ran = governed().run(&["debt", "--since", "1970-01-01", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    fits("debt-v1", &ran.json());
}

#[test]
fn what_is_not_described_is_told() {
    let mut verdict = check(&governed(), &[]);
    verdict["more"] = 1.into();
    verdict["verdict"] = "fine".into();
    verdict["findings"][0]["line"] = 0.into();
    verdict["findings"][0].as_object_mut().unwrap().remove("rule");
    verdict["findings"][0]["decision"]["status"] = 7.into();
    let found = told("verdict-v1", &verdict);
    for part in [
        "/more: not described",
        "/verdict: \"fine\" is no word",
        "/findings/0/line: 0 is less",
        "/findings/0: lacks rule",
        "status: 7 is no",
    ] {
        assert!(found.iter().any(|fault| fault.contains(part)), "{part}: {found:#?}");
    }
}
