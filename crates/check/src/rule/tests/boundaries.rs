//! `boundaries`: imports between modules.

use super::*;

const FILES: &[(&str, &str)] =
    &[("package.json", "{\"name\": \"x\"}\n"), ("src/ui/a.ts", ""), ("src/core/b.ts", ""), ("src/store/c.ts", "")];

/// What a file imports that it must not, one import on each line.
#[track_caller]
fn said(keys: &str, path: &str, imports: &[&str]) -> Vec<String> {
    let text: String = imports.iter().map(|import| format!("import \"{import}\";\n")).collect();
    let modules = "modules: {ui: [src/ui], core: src/core, store: ['src/store/**', '!src/store/x.ts']}";
    found_in(&format!("kind: boundaries\n{modules}\n{keys}"), FILES, path, &text)
}

#[test]
fn a_lower_layer_does_not_import_an_upper_one() {
    let all = ["../ui/a", "../core/b", "../store/c", "./near", "package"];
    let note =
        |from: &str, to: &str, file: &str| format!("\"../{to}/{file}\" | `{from}` imports `{to}` (src/{to}/{file}.ts)");
    let layers = "layers: [ui, core, store]";
    assert_eq!(said(layers, "src/ui/x.ts", &all), [""; 0]);
    assert_eq!(said(layers, "src/core/x.ts", &all), [note("core", "ui", "a")]);
    assert_eq!(said(layers, "src/store/y.ts", &all), [note("store", "ui", "a"), note("store", "core", "b")]);
    assert_eq!(said(layers, "src/store/x.ts", &all), [""; 0]);
    assert_eq!(said(layers, "src/other/x.ts", &all), [""; 0]);
}

#[test]
fn a_pair_is_forbidden_one_way() {
    let all = ["../ui/a", "../core/b", "../store/c"];
    let pair = "forbid: [{from: ui, to: core}]";
    assert_eq!(said(pair, "src/ui/x.ts", &all), ["\"../core/b\" | `ui` imports `core` (src/core/b.ts)"]);
    assert_eq!(said(pair, "src/core/x.ts", &all), [""; 0]);
    let both = "layers: [ui, core]\nforbid: [{from: ui, to: core}]";
    assert_eq!((said(both, "src/ui/x.ts", &all).len(), said(both, "src/core/x.ts", &all).len()), (1, 1));
}

#[test]
fn a_file_of_both_modules_crosses_nothing() {
    let keys = "kind: boundaries\nmodules: {all: [src], core: [src/core]}\nforbid: [{from: core, to: all}]";
    let import = "import \"../ui/a\";\nimport \"./b\";\n";
    assert_eq!(found_in(keys, FILES, "src/core/x.ts", import), [""; 0]);
    let keys = keys.replace("from: core, to: all", "from: all, to: core");
    assert_eq!(found_in(&keys, FILES, "src/core/x.ts", import), [""; 0]);
    let import = "import \"../core/b\";\n";
    let crossing = ["\"../core/b\" | `all` imports `core` (src/core/b.ts)"];
    assert_eq!(found_in(&keys, FILES, "src/ui/x.ts", import), crossing);
}

#[test]
fn only_files_with_imports_of_modules_that_import_are_read() {
    let kind = rule("kind: boundaries\nmodules: {ui: [ui], core: [core]}\nlayers: [ui, core]").kind;
    assert!(kind.reads("core/a.ts") && !kind.reads("ui/a.ts") && !kind.reads("core/a.txt") && !kind.reads("x/a.ts"));
    assert_eq!(kind.look(&SourceFile::new("core/a.txt", "import \"../ui/a\";\n")), Look::default());
    undecided("kind: boundaries\nmodules: {a: [a], b: [b]}\nlayers: [a, b]", "b/a.ts", &too_deep(), TOO_DEEP);
}

#[test]
fn what_an_import_is_named_by_is_its_modules_and_words() {
    let project = Project::new(FILES.iter().map(|(path, _)| (*path).to_owned()), [("package.json", FILES[0].1)]);
    let rule = rule("kind: boundaries\nmodules: {ui: [src/ui], core: [src/core]}\nlayers: [ui, core]");
    let file = SourceFile::new("src/core/x.ts", "import \"../ui/a\";\n").of_project(Some(&project));
    assert_eq!(rule.kind.look(&file).hits[0].subject.as_deref(), Some("core ui ../ui/a"));
}

#[test]
fn modules_have_names_and_paths() {
    let with = |keys: &str| faults(&format!("kind: boundaries\n{keys}"));
    assert_eq!(
        with("layers: [a, b]"),
        [
            "1: `modules` is missing in this rule",
            "1: `layers or forbid` is missing in this rule",
            "4: `a` is no module of this rule",
            "4: `b` is no module of this rule",
        ]
    );
    let no_map = "4: `modules` takes names with their paths, and this is a list";
    assert!(with("modules: [a]\nlayers: [b]").contains(&no_map.to_owned()));
    let two = "modules: {a: [a], b: [b]}";
    assert_eq!(with(two), ["1: `layers or forbid` is missing in this rule"]);
    assert_eq!(with(&format!("{two}\nlayers: [a]")), ["1: `layers or forbid` is missing in this rule"]);
    assert_eq!(with(&format!("{two}\nlayers: [a, c, b]")), ["5: `c` is no module of this rule"]);
    assert_eq!(with(&format!("{two}\nlayers: [a, b]\nforbid: [{{from: a}}]")), ["6: `to` is missing in this pair"]);
    let unknown = format!("{two}\nlayers: [a, b]\nforbid: [{{from: a, to: c}}, {{from: d, to: a}}]");
    assert_eq!(with(&unknown), ["6: `c` is no module of this rule", "6: `d` is no module of this rule"]);
    assert_eq!(with("modules: {a: [], b: [b]}\nlayers: [a, b]"), ["4: the module `a` has no paths"]);
    let absolute = "4: `/a` is absolute; paths count from the repository's root";
    assert_eq!(with("modules: {a: [/a], b: [b]}\nlayers: [a, b]"), [absolute]);
}
