//! Two versions of a record with one origin, brought together: settings field by field, everything else by lines.
//!
//! Values in, values out. What both sides say alike, and what only one of them changed, needs nobody; lists take what
//! either side added and leave out what either took away; of two steps of a life the later one stands. The rest is a
//! [`Conflict`] that a person settles. The line merge is that of [`crate::diff::merged`] (the `similar` crate, which
//! the differences of this crate use already): libgit2 has one too, but it reads files and this crate does not.

mod fields;

#[cfg(test)]
mod tests;

use crate::diff;
use crate::record::front_matter;
use crate::wire::MergeSide;

/// A record merged as far as that goes by itself: stretches in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merge {
    pub parts: Vec<Part>,
    /// Fields that both sides had changed and that were brought together, as `(key, value)`.
    pub joined: Vec<(String, String)>,
}

/// A stretch of the merged text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Settled(String),
    Conflict(Conflict),
}

/// Something that both sides changed, each in another way. The texts are whole lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The key of a field; `None` for prose.
    pub field: Option<String>,
    /// The heading it stands under; empty at the top and for fields.
    pub section: String,
    pub base: String,
    pub ours: String,
    pub theirs: String,
}

/// What a person says to one conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Ours,
    Theirs,
    /// Ours, then theirs. Of a field that has one value that is no choice: ours stands.
    Both,
    /// Words of their own.
    Text(String),
}

/// Merges `ours` and `theirs`, which both come from `base` (empty where each side added the file).
pub fn merge(base: &str, ours: &str, theirs: &str) -> Merge {
    if ours == theirs || theirs == base {
        return Merge::settled(ours);
    }
    if ours == base {
        return Merge::settled(theirs);
    }
    let (head, rest) = match (front(base), front(ours), front(theirs)) {
        (base_head, Some(ours_head), Some(theirs_head)) if base_head.is_some() || base.trim().is_empty() => {
            let base_head = base_head.unwrap_or_default();
            let heads = fields::merge(&base[..base_head], &ours[..ours_head], &theirs[..theirs_head]);
            (heads, [&base[base_head..], &ours[ours_head..], &theirs[theirs_head..]])
        }
        _ => (None, [base, ours, theirs]),
    };
    match head {
        Some(mut merged) => {
            merged.append(prose(rest));
            merged
        }
        None => prose([base, ours, theirs]),
    }
}

/// Where the front matter ends, if there is one that can be taken apart.
fn front(text: &str) -> Option<usize> {
    front_matter::read(text).filter(|front| front.fault.is_none()).map(|front| front.end)
}

fn prose([base, ours, theirs]: [&str; 3]) -> Merge {
    let mut merged = Merge::default();
    let mut section = String::new();
    let mut fenced = false;
    for block in diff::merged(base, ours, theirs) {
        match block.side {
            MergeSide::Both | MergeSide::Mine => merged.settle(&block.mine),
            MergeSide::Theirs => merged.settle(&block.theirs),
            MergeSide::Conflict => merged.parts.push(Part::Conflict(Conflict {
                field: None,
                section: section.clone(),
                base: block.base.clone(),
                ours: block.mine.clone(),
                theirs: block.theirs.clone(),
            })),
        }
        // A heading that only one side has does not name what follows for both.
        for line in block.mine.lines().filter(|_| block.side != MergeSide::Conflict) {
            fenced ^= line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
            let title = line.trim_start_matches('#');
            if !fenced && title.len() < line.len() && title.starts_with(' ') {
                title.trim().trim_end_matches('#').trim_end().clone_into(&mut section);
            }
        }
    }
    merged
}

impl Merge {
    fn settled(text: &str) -> Merge {
        Merge { parts: vec![Part::Settled(text.to_owned())], joined: Vec::new() }
    }

    fn settle(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.parts.last_mut() {
            Some(Part::Settled(last)) => last.push_str(text),
            _ => self.parts.push(Part::Settled(text.to_owned())),
        }
    }

    fn append(&mut self, other: Merge) {
        self.joined.extend(other.joined);
        for part in other.parts {
            match part {
                Part::Settled(text) => self.settle(&text),
                conflict @ Part::Conflict(_) => self.parts.push(conflict),
            }
        }
    }

    /// What is left to settle, in order.
    pub fn conflicts(&self) -> impl Iterator<Item = &Conflict> {
        self.parts.iter().filter_map(|part| match part {
            Part::Conflict(conflict) => Some(conflict),
            Part::Settled(_) => None,
        })
    }

    /// The text with one choice for each conflict, in order; `None` while some have none.
    pub fn resolved(&self, choices: &[Choice]) -> Option<String> {
        let mut choices = choices.iter();
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Settled(settled) => text.push_str(settled),
                Part::Conflict(conflict) => text.push_str(&conflict.chosen(choices.next()?)),
            }
        }
        Some(text)
    }

    /// The text as git writes it, with marks around what is left; `names` are those of ours and theirs.
    pub fn marked(&self, names: (&str, &str)) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Settled(settled) => text.push_str(settled),
                Part::Conflict(Conflict { ours, theirs, .. }) => {
                    for (mark, name, lines) in [("<<<<<<<", names.0, ours), ("=======", "", theirs)] {
                        line_end(&mut text);
                        text.push_str(format!("{mark} {name}").trim_end());
                        text.push('\n');
                        text.push_str(lines);
                    }
                    line_end(&mut text);
                    text.push_str(format!(">>>>>>> {}", names.1).trim_end());
                    text.push('\n');
                }
            }
        }
        text
    }
}

fn line_end(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

impl Conflict {
    /// Whether both can stand: of a field with one value only one can.
    pub fn takes_both(&self) -> bool {
        self.field.is_none() && !self.ours.is_empty() && !self.theirs.is_empty()
    }

    fn chosen(&self, choice: &Choice) -> String {
        match choice {
            Choice::Ours => self.ours.clone(),
            Choice::Theirs => self.theirs.clone(),
            Choice::Both if !self.takes_both() => self.ours.clone(),
            Choice::Both => {
                let mut both = self.ours.clone();
                line_end(&mut both);
                // Two paragraphs stay two.
                let is_list = |text: &str| text.trim_start().starts_with(['-', '*', '+', '|']);
                if !is_list(&self.ours) && !is_list(&self.theirs) && !both.ends_with("\n\n") {
                    both.push('\n');
                }
                both + &self.theirs
            }
            Choice::Text(text) => {
                let mut own = text.clone();
                if !own.is_empty() && self.ours.ends_with('\n') {
                    line_end(&mut own);
                }
                own
            }
        }
    }
}

/// Whether a text still holds marks of a conflict. git makes them longer where both sides renamed the file, and where
/// its attributes say so.
pub fn has_marks(text: &str) -> bool {
    let is_mark = |line: &str, sign: char| {
        let rest = line.trim_start_matches(sign);
        line.len() - rest.len() >= 7 && (rest.is_empty() || rest.starts_with(' '))
    };
    text.lines().any(|line| is_mark(line, '<')) && text.lines().any(|line| is_mark(line, '>'))
}
