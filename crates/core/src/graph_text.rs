//! Decisions and their relations as other programs draw them: Graphviz, Mermaid, and the wire's own form.

use crate::decision::{LinkKind, Status};
use crate::id::RecordPath;
use crate::log::DecisionLog;
use crate::summary::title;
use crate::wire::{GraphEdge, GraphNode, GraphReply, StatusWord};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Every decision, and every relation once: from the newer to the older where it has a direction.
pub fn graph(log: &DecisionLog) -> GraphReply {
    let nodes = log.records().map(|parsed| GraphNode {
        path: parsed.decision.path.to_string(),
        label: parsed.decision.digits.clone(),
        title: title(parsed),
        status: parsed.decision.status.map(StatusWord::from),
        in_force: log.in_force(&parsed.decision.path),
    });
    let mut edges: BTreeSet<(String, String, String)> = BTreeSet::new();
    for parsed in log.records() {
        let path = &parsed.decision.path;
        let links = log.graph().links(path);
        for kind in [LinkKind::Supersedes, LinkKind::Amends, LinkKind::DependsOn] {
            let to = links.of(kind).iter();
            edges.extend(to.map(|to| (path.to_string(), to.to_string(), kind.key().to_owned())));
        }
    }
    edges.extend(relations(log));
    let edges = edges.into_iter().map(|(from, to, kind)| GraphEdge { from, to, kind });
    GraphReply { nodes: nodes.collect(), edges: edges.collect() }
}

/// Other relations, each pair of records once; a word of a record's own (`refines`) tells more than `relates-to`.
fn relations(log: &DecisionLog) -> impl Iterator<Item = (String, String, String)> {
    let mut found: BTreeMap<(String, String), (String, String, String)> = BTreeMap::new();
    for parsed in log.records() {
        let from = parsed.decision.path.as_str();
        let links = log.graph().links(&parsed.decision.path);
        for to in links.stated_of(LinkKind::RelatesTo).iter().map(RecordPath::as_str) {
            let mut words =
                links.relations.iter().filter(|(other, _)| other.as_str() == to).map(|(_, word)| word.as_str());
            // What the other end says of it comes as `refined-by`.
            let own = words.find(|word| !word.ends_with("-by") && *word != "relates-to");
            let edge = (from.to_owned(), to.to_owned(), own.unwrap_or("relates-to").to_owned());
            let pair = if from < to { (edge.0.clone(), edge.1.clone()) } else { (edge.1.clone(), edge.0.clone()) };
            match found.get(&pair) {
                Some(_) if own.is_none() => {}
                _ => {
                    found.insert(pair, edge);
                }
            }
        }
    }
    found.into_values()
}

/// A Graphviz digraph: `precedent graph --format dot | dot -Tsvg`.
pub fn dot(graph: &GraphReply) -> String {
    let mut out = String::from("digraph decisions {\n  rankdir=RL;\n  node [shape=box, fontname=\"sans-serif\"];\n");
    for node in &graph.nodes {
        let style = if node.in_force { "filled" } else { "solid" };
        let line = format!("  {} [label={}, style={style}];\n", quoted(&node.path), quoted(&label(node)));
        out.push_str(&line);
    }
    for edge in &graph.edges {
        let line = format!("  {} -> {} [label={}];\n", quoted(&edge.from), quoted(&edge.to), quoted(&edge.kind));
        out.push_str(&line);
    }
    out.push_str("}\n");
    out
}

/// A Mermaid flowchart, for a Markdown page.
pub fn mermaid(graph: &GraphReply) -> String {
    let mut out = String::from("flowchart RL\n");
    let ids: BTreeMap<&str, usize> =
        graph.nodes.iter().enumerate().map(|(id, node)| (node.path.as_str(), id)).collect();
    for (id, node) in graph.nodes.iter().enumerate() {
        let class = if node.in_force { ":::inForce" } else { "" };
        // A write to a string cannot fail.
        let _ = writeln!(out, "  r{id}[\"{}\"]{class}", escaped(&label(node)));
    }
    for edge in &graph.edges {
        if let (Some(from), Some(to)) = (ids.get(edge.from.as_str()), ids.get(edge.to.as_str())) {
            let _ = writeln!(out, "  r{from} -- \"{}\" --> r{to}", escaped(&edge.kind));
        }
    }
    out.push_str("  classDef inForce stroke-width:3px\n");
    out
}

fn label(node: &GraphNode) -> String {
    let status = node.status.map_or("no status", |status| Status::from(status).word());
    match &node.label {
        Some(number) => format!("{number} {} ({status})", node.title),
        None => format!("{} ({status})", node.title),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Mermaid reads entities within quotes, and Markdown and HTML too.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '"' | '<' | '>' | '&' | '#' | '`' | '\\' => {
                let _ = write!(out, "#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{ParseOptions, parse};

    fn log() -> DecisionLog {
        let record = |path: &str, text: &str| {
            parse(
                &RecordPath::new(path),
                text.as_bytes(),
                &ParseOptions { log: "adr".to_owned(), ..ParseOptions::default() },
            )
        };
        DecisionLog::build(vec![
            record("adr/0001-a.md", "# Say \"a\" & 1 < 2\n\n## Status\n\nSuperseded by [2](0002-b.md)\n"),
            record("adr/0002-b.md", "---\nstatus: accepted\nrelates-to: [3]\n---\n# B\n"),
            record(
                "adr/0003-c.md",
                "---\nstatus: proposed\nrelates-to: [{ref: 2, as: refines}, 1]\namends: [2]\n---\n# C\n",
            ),
        ])
    }

    #[test]
    fn each_relation_once_with_its_direction() {
        let graph = graph(&log());
        let edges: Vec<(&str, &str, &str)> =
            graph.edges.iter().map(|edge| (&edge.from[4..8], &edge.to[4..8], &*edge.kind)).collect();
        assert!(edges.contains(&("0002", "0001", "supersedes")), "{edges:?}");
        assert!(edges.contains(&("0003", "0002", "amends")), "{edges:?}");
        assert!(edges.contains(&("0003", "0001", "relates-to")), "{edges:?}");
        assert!(edges.contains(&("0003", "0002", "refines")), "{edges:?}");
        assert_eq!(edges.len(), 4, "{edges:?}");
        assert_eq!(graph.nodes.iter().map(|node| node.in_force).collect::<Vec<_>>(), [false, true, false]);
    }

    #[test]
    fn titles_cannot_break_out_of_the_drawing() {
        let graph = graph(&log());
        let dot = dot(&graph);
        assert!(dot.contains(r#"label="0001 Say \"a\" & 1 < 2 (superseded)""#), "{dot}");
        let mermaid = mermaid(&graph);
        assert!(mermaid.contains("r0[\"0001 Say #34;a#34; #38; 1 #60; 2 (superseded)\"]\n"), "{mermaid}");
        assert!(mermaid.contains("r1 -- \"supersedes\" --> r0\n"), "{mermaid}");
    }
}
