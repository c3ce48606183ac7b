//! The first stage: what somebody wrote, key by key, with the line of each. A key that nobody asked for, or a value of
//! the wrong kind, is a [`Fault`]; nothing is ever ignored.

use super::globs::PathSet;
use precedent_core::tree::{Fault, Node, Place, Value};
use regex::{Regex, RegexBuilder};

/// The longest regular expression, in bytes.
const MAX_REGEX: usize = 4 * 1024;
/// How large a compiled expression may grow, in bytes: what bounds its steps on a text.
const MAX_COMPILED: usize = 1024 * 1024;
/// How deep its groups may nest.
const MAX_NEST: u32 = 64;

/// The keys of one map while they are read.
pub(crate) struct Fields<'n> {
    node: &'n Node,
    /// For messages: `rule`, `match`.
    name: &'static str,
    asked: Vec<&'static str>,
    faults: Vec<Fault>,
}

impl<'n> Fields<'n> {
    pub(crate) fn new(node: &'n Node, name: &'static str) -> Self {
        let mut fields = Self { node, name, asked: Vec::new(), faults: Vec::new() };
        if !matches!(node.value, Value::Map(_)) {
            fields.fault(node.place, format!("a {name} is written as keys and values, and this is {}", node.kind()));
        }
        fields
    }

    pub(crate) fn place(&self) -> Place {
        self.node.place
    }

    pub(crate) fn fault(&mut self, place: Place, message: impl Into<String>) {
        self.faults.push(Fault { place, message: message.into() });
    }

    /// The value of a key; an empty one counts as absent.
    pub(crate) fn find(&mut self, key: &'static str) -> Option<&'n Node> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.node.find(key).filter(|node| node.value != Value::Null)
    }

    /// The faults; unknown keys are among them, with the known one that is nearest.
    pub(crate) fn finish(mut self) -> Vec<Fault> {
        for entry in self.node.entries().iter().filter(|entry| !self.asked.contains(&entry.key.as_str())) {
            let near = precedent_core::schema::faults::nearest(&entry.key, &self.asked);
            let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            let message = format!("a {} here has no key `{}`{hint}", self.name, entry.key);
            self.faults.push(Fault { place: entry.place, message });
        }
        self.faults.sort_by_key(|fault| fault.place);
        self.faults
    }

    /// As [`Self::finish`] where keys are not known: of kinds that are known by name only.
    pub(crate) fn finish_opaque(mut self) -> Vec<Fault> {
        self.faults.sort_by_key(|fault| fault.place);
        self.faults
    }

    /// Reads a map inside this one; its faults become ours.
    pub(crate) fn inside<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Fields<'n>) -> Option<T>,
    ) -> Option<T> {
        let node = self.find(key)?;
        self.within(node, key, read)
    }

    /// Reads one map of a list that is inside this one.
    pub(crate) fn within<T>(
        &mut self,
        node: &'n Node,
        name: &'static str,
        read: impl FnOnce(&mut Fields<'n>) -> Option<T>,
    ) -> Option<T> {
        let mut inner = Fields::new(node, name);
        let value = read(&mut inner);
        self.faults.extend(inner.finish());
        value
    }

    pub(crate) fn text(&mut self, key: &'static str) -> Option<(&'n str, Place)> {
        let node = self.find(key)?;
        let text = node.scalar().filter(|text| !text.is_empty());
        if text.is_none() {
            self.fault(node.place, format!("`{key}` takes a text, and this is {}", node.kind()));
        }
        text.map(|text| (text, node.place))
    }

    /// A text that has to be there.
    pub(crate) fn needed(&mut self, key: &'static str) -> Option<(&'n str, Place)> {
        if self.find(key).is_none() {
            self.missing(key);
            return None;
        }
        self.text(key)
    }

    pub(crate) fn missing(&mut self, what: &str) {
        let message = format!("`{what}` is missing in this {}", self.name);
        self.fault(self.node.place, message);
    }

    /// A list of texts, or one text in its place.
    pub(crate) fn texts(&mut self, key: &'static str) -> Vec<(&'n str, Place)> {
        let Some(node) = self.find(key) else { return Vec::new() };
        let single = std::slice::from_ref(node);
        let items = if let Value::List(items) = &node.value { items.as_slice() } else { single };
        let mut texts = Vec::new();
        for item in items {
            match item.scalar().filter(|text| !text.is_empty()) {
                Some(text) => texts.push((text, item.place)),
                None => self.fault(item.place, format!("`{key}` takes texts, and this is {}", item.kind())),
            }
        }
        if items.is_empty() {
            self.fault(node.place, format!("`{key}` is empty"));
        }
        texts
    }

    /// The maps of a list.
    pub(crate) fn list(&mut self, key: &'static str) -> &'n [Node] {
        match self.find(key) {
            Some(Node { value: Value::List(items), .. }) => items,
            Some(node) => {
                self.fault(node.place, format!("`{key}` takes a list, and this is {}", node.kind()));
                &[]
            }
            None => &[],
        }
    }

    pub(crate) fn flag(&mut self, key: &'static str) -> Option<bool> {
        let node = self.find(key)?;
        if let Value::Bool(truth) = node.value {
            return Some(truth);
        }
        self.fault(node.place, format!("`{key}` takes true or false, and this is {}", node.kind()));
        None
    }

    /// A whole number from 0.
    pub(crate) fn number(&mut self, key: &'static str) -> Option<u64> {
        let node = self.find(key)?;
        let number = if let Value::Number(number, _) = &node.value { number.as_u64() } else { None };
        if number.is_none() {
            self.fault(node.place, format!("`{key}` takes a whole number from 0"));
        }
        number
    }

    /// One of the words of a closed list.
    pub(crate) fn word<T: Copy>(&mut self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        let (text, place) = self.text(key)?;
        self.one_of(key, text, place, words)
    }

    /// Words of a closed list.
    pub(crate) fn words<T: Copy>(&mut self, key: &'static str, words: &[(&'static str, T)]) -> Vec<T> {
        let texts = self.texts(key);
        texts.into_iter().filter_map(|(text, place)| self.one_of(key, text, place, words)).collect()
    }

    fn one_of<T: Copy>(&mut self, key: &str, text: &str, place: Place, words: &[(&'static str, T)]) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.fault(place, format!("`{key}` cannot be `{text}`; it is one of {}", known.join(", ")));
        }
        found
    }

    /// Path globs; `None` when there is no such key.
    pub(crate) fn globs(&mut self, key: &'static str) -> Option<PathSet> {
        self.find(key)?;
        let texts = self.texts(key);
        let (set, faults) = PathSet::new(&texts);
        self.faults.extend(faults);
        Some(set)
    }

    /// A regular expression that runs in linear time, within limits.
    pub(crate) fn regex(&mut self, key: &'static str, change: impl FnOnce(&mut RegexBuilder)) -> Option<Regex> {
        let (text, place) = self.text(key)?;
        match compile(text, change) {
            Ok(regex) => Some(regex),
            Err(message) => {
                self.fault(place, format!("`{key}` {message}"));
                None
            }
        }
    }
}

/// Compiles an expression within the limits; lines count as lines (`^` and `$` match at each).
pub(crate) fn compile(text: &str, change: impl FnOnce(&mut RegexBuilder)) -> Result<Regex, String> {
    if text.len() > MAX_REGEX {
        return Err(format!("is longer than {MAX_REGEX} bytes"));
    }
    let mut builder = RegexBuilder::new(text);
    builder.multi_line(true).size_limit(MAX_COMPILED).dfa_size_limit(MAX_COMPILED).nest_limit(MAX_NEST);
    change(&mut builder);
    builder.build().map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "is too large once compiled".to_owned(),
        error => {
            let said = error.to_string();
            let last = said.lines().last().unwrap_or_default().trim().trim_start_matches("error: ").to_owned();
            format!("is no regular expression: {last}")
        }
    })
}
