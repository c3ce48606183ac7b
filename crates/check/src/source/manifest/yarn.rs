//! `yarn.lock`, the first version's own format and the YAML of the later ones.
//!
//! Both are blocks of two levels: what was asked for at the margin, what was found below it. Neither needs more of a
//! parser than that, and the first is no YAML.

use super::npm::{alias, name_and_version};
use super::{List, ManifestError, address};
use std::collections::HashSet;
use std::ops::Range;

#[derive(Default)]
struct Block<'t> {
    head: &'t str,
    range: Range<usize>,
    version: Option<&'t str>,
    resolution: Option<&'t str>,
    /// Where the first version took it from.
    resolved: Option<&'t str>,
    needs: Vec<(&'t str, &'t str)>,
}

pub(super) fn lock(text: &str, list: &mut List) -> Result<(), ManifestError> {
    list.locked = true;
    let blocks = blocks(text)?;
    let own = blocks.iter().filter(|block| is_own(block));
    let direct: HashSet<String> =
        own.flat_map(|block| &block.needs).map(|(name, range)| format!("{name}@{range}")).collect();
    for block in blocks.iter().filter(|block| !is_own(block) && block.head != "__metadata") {
        let asked = || block.head.split(',').map(|one| unquoted(one.trim()));
        let (name, _) = block.resolution.map_or_else(|| real(asked().next().unwrap_or(block.head)), name_and_version);
        let is_direct = asked().any(|one| direct.contains(one));
        list.add(name, block.version, "normal", is_direct, block.range.clone());
        let addresses = asked().filter_map(|one| name_and_version(one).1).chain(block.resolved);
        let found = block.resolution.and_then(|resolution| name_and_version(resolution).1);
        if let Some(other) = addresses.chain(found).find_map(|address| address::other(address, name)) {
            list.add(other, block.version, "normal", is_direct, block.range.clone());
        }
    }
    Ok(())
}

/// Later versions list the project's own packages too, with what they ask for.
fn is_own(block: &Block<'_>) -> bool {
    block.resolution.is_some_and(|resolution| resolution.contains("@workspace:"))
}

fn real(asked: &str) -> (&str, Option<&str>) {
    let (name, range) = name_and_version(asked);
    range.and_then(alias).filter(|(name, version)| version.is_some() && !name.is_empty()).unwrap_or((name, range))
}

fn blocks(text: &str) -> Result<Vec<Block<'_>>, ManifestError> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut in_dependencies = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_end();
        if content.is_empty() || content.trim_start().starts_with('#') {
            continue;
        }
        let indent = content.len() - content.trim_start().len();
        if indent == 0 {
            let Some(head) = content.strip_suffix(':') else {
                return Err(ManifestError::new(text, start, "does not end with a colon, as what was asked for does"));
            };
            let plain = if head.contains(',') { head } else { unquoted(head) };
            // Later versions quote all that was asked for together, the first version each of them.
            let plain = if head.matches('"').count() == 2 { unquoted(head) } else { plain };
            blocks.push(Block { head: plain, range: start..start + head.len(), ..Block::default() });
            in_dependencies = false;
            continue;
        }
        let Some(block) = blocks.last_mut() else {
            return Err(ManifestError::new(text, start, "belongs to nothing"));
        };
        let (key, value) = key_and_value(content.trim_start());
        if indent > 2 {
            if in_dependencies {
                block.needs.push((key, value));
            }
            continue;
        }
        in_dependencies = matches!(key, "dependencies" | "devDependencies" | "optionalDependencies");
        match key {
            "version" => block.version = Some(value),
            "resolution" => block.resolution = Some(value),
            "resolved" => block.resolved = Some(value),
            _ => {}
        }
    }
    Ok(blocks)
}

/// `key value` in the first version, `key: value` later; either may be quoted.
fn key_and_value(line: &str) -> (&str, &str) {
    let end = match line.strip_prefix('"').and_then(|rest| rest.find('"')) {
        Some(closing) => closing + 2,
        None => line.find([' ', ':']).unwrap_or(line.len()),
    };
    let (key, value) = line.split_at(end.min(line.len()));
    (unquoted(key), unquoted(value.trim_start_matches(':').trim()))
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}
