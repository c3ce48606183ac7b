//! `docs/contract.md` is written from the schema files, and the schema files agree with the types.

use crate::tree::root;
use precedent_core::decision::LinkKind;
use precedent_core::{Status, schema};
use serde_json::Value;

const RECORD: &str = include_str!("../../decisions-template/schema/record-v1.json");
const SETTINGS: &str = include_str!("../../decisions-template/schema/precedent-toml.json");

#[test]
fn contract_document_is_up_to_date() {
    let names: Vec<String> = schema::SCHEMAS.iter().map(|(name, _)| format!("{name}.json")).collect();
    let schemas: Vec<(&str, &str)> =
        names.iter().zip(schema::SCHEMAS).map(|(name, (_, text))| (name.as_str(), text)).collect();
    let text = schema::contract(&schemas).unwrap();
    let path = root().join("docs/contract.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let on_disk = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        on_disk == text,
        "docs/contract.md is stale; run UPDATE_DOCS=1 cargo test -p precedent --test suite contract"
    );
}

#[test]
fn record_schema_has_the_words_of_the_types() {
    let schema: Value = serde_json::from_str(RECORD).unwrap();
    let statuses: Vec<&str> = schema["properties"]["status"]["anyOf"][0]["enum"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(statuses, Status::ALL.map(Status::word));
    for kind in
        [LinkKind::Supersedes, LinkKind::SupersededBy, LinkKind::Amends, LinkKind::AmendedBy, LinkKind::RelatesTo]
    {
        assert!(schema["properties"][kind.key()].is_object(), "{} is a key of the contract", kind.key());
    }
    assert_eq!(schema["$id"], schema["properties"]["schema"]["const"]);
}

#[test]
fn settings_template_names_every_key_and_parses() {
    let schema: Value = serde_json::from_str(SETTINGS).unwrap();
    let template = include_str!("../../decisions-template/precedent.toml");
    for key in schema["properties"].as_object().unwrap().keys() {
        let shown = template.lines().any(|line| {
            let line = line.trim_start_matches("# ");
            line.starts_with(&format!("{key} =")) || line == format!("[{key}]")
        });
        assert!(shown, "decisions-template/precedent.toml does not show `{key}`");
    }
    let commented: String = template
        .lines()
        .map(|line| {
            line.strip_prefix("# ").filter(|rest| rest.contains(" = ") || rest.starts_with('[')).unwrap_or(line)
        })
        .map(|line| format!("{line}\n"))
        .collect();
    for text in [template, &commented] {
        let parsed = text.parse::<toml::Table>();
        assert!(parsed.is_ok(), "{text}\n{parsed:?}");
    }
}
