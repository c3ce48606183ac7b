//! What a test looks for: a role with a name, or a CSS selector, perhaps inside another element.

use serde_json::{Map, Value, json};
use std::fmt;

/// A description of elements; only visible ones count.
#[derive(Clone, Debug)]
pub struct Find {
    query: Map<String, Value>,
}

/// Elements with an ARIA role, given or implied by the tag.
#[must_use]
pub fn role(role: &str) -> Find {
    Find { query: Map::new() }.with("role", role)
}

/// Elements by selector, for parts that have no role (the editor's text, a line of a diff).
#[must_use]
pub fn css(selector: &str) -> Find {
    Find { query: Map::new() }.with("css", selector)
}

impl Find {
    /// With exactly this accessible name.
    #[must_use]
    pub fn named(self, name: &str) -> Find {
        self.with("name", name)
    }

    /// With this in its accessible name.
    #[must_use]
    pub fn like(self, part: &str) -> Find {
        self.with("like", part)
    }

    /// With this in its text, besides what an earlier call named.
    #[must_use]
    pub fn text(mut self, part: &str) -> Find {
        let texts = self.query.entry("texts").or_insert_with(|| json!([]));
        if let Value::Array(texts) = texts {
            texts.push(part.into());
        }
        self
    }

    /// Inside another element.
    #[must_use]
    pub fn within(self, outer: &Find) -> Find {
        self.with("within", outer.json())
    }

    /// The match with this index, from 0.
    #[must_use]
    pub fn nth(self, index: usize) -> Find {
        self.with("nth", index)
    }

    /// Counts invisible elements too (live regions, inert parts).
    #[must_use]
    pub fn or_hidden(self) -> Find {
        self.with("hidden", true)
    }

    pub(crate) fn json(&self) -> Value {
        json!(self.query)
    }

    fn with(mut self, key: &str, value: impl Into<Value>) -> Find {
        self.query.insert(key.to_owned(), value.into());
        self
    }
}

impl fmt::Display for Find {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.json())
    }
}
