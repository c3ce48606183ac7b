//! Our trees through ast-grep's eyes: node for node what its own documents say.

use super::*;
use ast_grep_core::source::Doc;
use ast_grep_core::{Language as Structural, Node};
use ast_grep_language::LanguageExt;

/// Everything that a matcher may ask of a node.
fn described<D: Doc>(node: &Node<'_, D>, fields: &[&str]) -> String {
    let place = |node: Node<'_, D>| format!("{}@{:?}", node.kind(), node.range());
    let all = |nodes: &mut dyn Iterator<Item = Node<'_, D>>| nodes.map(place).collect::<Vec<_>>().join(" ");
    let own = |node: Option<Node<'_, D>>| node.map(place).unwrap_or_default();
    let flags =
        [node.is_named(), node.is_leaf(), node.is_named_leaf(), node.is_missing(), node.is_error(), node.is_extra()];
    let mut out = format!("{} {} {:?} {flags:?} {:?}", node.kind(), node.kind_id(), node.range(), node.text());
    let points = (node.start_pos().byte_point(), node.end_pos().byte_point());
    out.push_str(&format!(" {points:?} {} {}", node.start_pos().column(node), node.end_pos().line()));
    out.push_str(&format!(" up {} | {}", own(node.parent()), all(&mut node.ancestors())));
    // tree-sitter finds siblings by their bytes: the root has some, and one that is empty, because it is missing, has none.
    if node.parent().is_some_and(|parent| parent.dfs().all(|node| !node.is_missing())) {
        out.push_str(&format!(" next {} | {}", own(node.next()), all(&mut node.next_all())));
        out.push_str(&format!(" before {} | {}", own(node.prev()), all(&mut node.prev_all())));
    }
    out.push_str(&format!(" below {} {} | {}", node.children().len(), all(&mut node.children()), all(&mut node.dfs())));
    for field in fields {
        let id = node.lang().field_to_id(field);
        let by_id = id.and_then(|id| node.child_by_field_id(id));
        out.push_str(&format!(" {field} {} {}", own(node.field(field)), own(by_id)));
        out.push_str(&format!(" {}", all(&mut node.field_children(field))));
    }
    out
}

#[track_caller]
fn same(language: Language, text: &str, fields: &[&str]) {
    let theirs = language.stand_ins().ast_grep(text);
    let ours = Subject::parse(language, text, &Limits::default()).expect("small");
    let their_nodes: Vec<String> = theirs.root().dfs().map(|node| described(&node, fields)).collect();
    let our_nodes: Vec<String> = ours.root.root().dfs().map(|node| described(&node, fields)).collect();
    assert!(our_nodes.len() > 5 && our_nodes.len() == their_nodes.len(), "{language:?}: {text}");
    for (own, their) in our_nodes.iter().zip(&their_nodes) {
        assert_eq!(own, their, "{language:?}: {text}");
    }
    let ids: BTreeSet<usize> = ours.root.root().dfs().map(|node| node.node_id()).collect();
    assert_eq!(ids.len(), ours.root.root().dfs().count());
}

#[test]
fn trees_are_those_of_ast_grep() {
    let of_functions = ["name", "parameters", "body", "return_type", "nothing"];
    same(Rust, "// é\nfn f(a: u8, b: u8) -> u8 {\n    let ä = \"é\"; /* x */\n    ä + b\n}\n", &of_functions);
    same(TypeScript, "function f(a, b) { return [a, , b]; }\n\n\tf(1)\n", &of_functions);
    same(
        Python,
        "@d\ndef f(a, *b):\n    if a: return {1: 'ü'}\n    else:\n        pass\n",
        &["name", "consequence", "alternative"],
    );
    same(Yaml, "a:\n  - b: c\n  - é\n", &["key", "value"]);
    same(Go, "package a\nvar x, y = 1, 2\n", &["name", "value"]);
}

#[test]
fn trees_with_faults_are_those_of_ast_grep() {
    same(Rust, "fn f( { let = 1 } }\n", &["name", "body", "pattern", "value"]);
    same(JavaScript, "if (a { b(;\n", &["condition", "consequence", "arguments"]);
    same(Java, "class A { int b = ; }\n", &["name", "body", "declarator"]);
}

#[test]
fn what_is_matched_is_not_edited() {
    let mut subject = Subject::parse(Rust, "fn f() {}", &Limits::default()).expect("small");
    assert!(subject.root.replace("f", "g").is_err());
    assert_eq!(subject.document().get_source(), "fn f() {}");
}

#[test]
fn a_step_is_one_node_and_a_part_of_its_text() {
    let text = "f(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)";
    let subject = Subject::parse(JavaScript, text, &Limits::default()).expect("small");
    let (document, node) = (subject.document(), subject.root.root());
    let spent = |steps: u64, weight: u64, act: &dyn Fn()| {
        document.begin(steps, weight);
        act();
        document.is_spent()
    };
    let up_to = |weight: u64, act: &dyn Fn()| (1..1_000).find(|steps| !spent(*steps, weight, act)).unwrap_or(0) - 1;
    // The text of the program has 131 bytes.
    assert_eq!((text.len(), up_to(1, &|| drop(node.text()))), (131, 3));
    assert_eq!(up_to(64, &|| drop(node.text())), 132);
    assert_eq!(up_to(1, &|| drop(node.children().collect::<Vec<_>>())), 2);
    document.begin(2, 1);
    assert_eq!(node.text(), "");
    assert!(document.is_spent() && node.children().len() == 0 && node.dfs().count() <= 1);
}
