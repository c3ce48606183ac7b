//! `boundaries`: which module may import which.

use super::fields::Fields;
use super::globs::PathSet;
use super::kind::{Hit, Look, SourceFile};
use crate::source::imports::{Target, covers};
use precedent_core::tree::{Node, Place, Value};
use std::collections::BTreeSet;

/// Modules by their paths, and the imports between them that must not be.
#[derive(Clone, Debug)]
pub struct BoundariesRule {
    modules: Vec<(String, PathSet)>,
    /// Places of the importing and the imported module.
    forbidden: BTreeSet<(usize, usize)>,
}

impl BoundariesRule {
    pub(crate) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let modules = Self::modules(fields);
        let mut forbidden = BTreeSet::new();
        let find = |fields: &mut Fields<'_>, name: &str, place: Place| {
            let found = modules.iter().position(|(known, _)| known == name);
            if found.is_none() {
                fields.fault(place, format!("`{name}` is no module of this rule"));
            }
            found
        };
        let layers = fields.texts("layers");
        let layers: Vec<usize> = layers.into_iter().filter_map(|(name, place)| find(fields, name, place)).collect();
        for (at, upper) in layers.iter().enumerate() {
            forbidden.extend(layers[at + 1..].iter().map(|lower| (*lower, *upper)));
        }
        for item in fields.list("forbid") {
            let pair = fields.within(item, "pair", |pair| Some((pair.needed("from")?, pair.needed("to")?)));
            let Some(((from, from_place), (to, to_place))) = pair else { continue };
            if let (Some(from), Some(to)) = (find(fields, from, from_place), find(fields, to, to_place)) {
                forbidden.insert((from, to));
            }
        }
        if forbidden.is_empty() {
            fields.missing("layers or forbid");
        }
        Some(Self { modules, forbidden })
    }

    fn modules(fields: &mut Fields<'_>) -> Vec<(String, PathSet)> {
        let Some(node) = fields.find("modules") else {
            fields.missing("modules");
            return Vec::new();
        };
        if !matches!(node.value, Value::Map(_)) {
            fields.fault(node.place, format!("`modules` takes names with their paths, and this is {}", node.kind()));
        }
        let mut modules = Vec::new();
        for entry in node.entries() {
            let globs: Vec<(&str, Place)> = match &entry.value.value {
                Value::List(items) => items.iter().filter_map(|item| placed(item)).collect(),
                _ => placed(&entry.value).into_iter().collect(),
            };
            if globs.is_empty() {
                fields.fault(entry.place, format!("the module `{}` has no paths", entry.key));
            }
            let (paths, faults) = PathSet::new(&globs);
            faults.into_iter().for_each(|fault| fields.fault(fault.place, fault.message));
            modules.push((entry.key.clone(), paths));
        }
        modules
    }

    /// Whether a file is in a module that must not import something.
    pub(crate) fn reads(&self, path: &str) -> bool {
        covers(path) && self.homes(path).any(|at| self.forbidden.iter().any(|(from, _)| *from == at))
    }

    fn homes<'s>(&'s self, path: &'s str) -> impl Iterator<Item = usize> {
        self.modules.iter().enumerate().filter(move |(_, (_, paths))| paths.has(path)).map(|(at, _)| at)
    }

    pub(crate) fn look(&self, file: &SourceFile<'_>) -> Look {
        let imports = match file.imports() {
            None => return Look::default(),
            Some(Err(why)) => return Look { hits: Vec::new(), undecided: Some(why.to_string()) },
            Some(Ok(imports)) => imports,
        };
        let own: Vec<usize> = self.homes(file.path).collect();
        let mut hits = Vec::new();
        for import in imports {
            let Target::Files(targets) = &import.target else { continue };
            let crossing = targets.iter().find_map(|target| {
                let others: Vec<usize> = self.homes(target).filter(|at| !own.contains(at)).collect();
                let pairs = own.iter().flat_map(|from| others.iter().map(move |to| (*from, *to)));
                let pair = pairs.into_iter().find(|pair| self.forbidden.contains(pair))?;
                Some((target, pair))
            });
            if let Some((target, (from, to))) = crossing {
                let (from, to) = (&self.modules[from].0, &self.modules[to].0);
                let note = Some(format!("`{from}` imports `{to}` ({target})"));
                let subject = Some(format!("{from} {to} {}", import.written));
                hits.push(Hit { subject, note, ..Hit::at(import.range.clone()) });
            }
        }
        Look { hits, undecided: None }
    }
}

fn placed(node: &Node) -> Option<(&str, Place)> {
    node.scalar().map(|text| (text, node.place))
}
