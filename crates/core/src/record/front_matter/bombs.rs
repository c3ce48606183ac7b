//! Blocks that would cost a reader more than they say: nested without end, or aliases of aliases.
//!
//! They are found by a look at the characters, before a parser that calls itself sees them.

use super::Fault;

/// Real blocks nest three deep.
const MAX_DEPTH: usize = 64;
/// Aliases are not followed; a block full of them is meant for a reader that does.
const MAX_ALIASES: usize = 64;

/// Why a YAML block is not parsed at all.
pub(super) fn find(content: &str, base: usize) -> Option<Fault> {
    let fault = |at, message: String| Some(Fault { at: base + at, message, too_large: true });
    let mut look = Look::default();
    let mut at = 0;
    for line in content.split_inclusive('\n') {
        look.line(line);
        if look.deepest > MAX_DEPTH {
            return fault(at, format!("it is nested deeper than {MAX_DEPTH} levels"));
        }
        if look.aliases > MAX_ALIASES {
            return fault(at, format!("it has more than {MAX_ALIASES} aliases"));
        }
        at += line.len();
    }
    None
}

#[derive(Default)]
struct Look {
    /// Indentation of each block that is open.
    open: Vec<usize>,
    /// Brackets and braces that are open.
    flow: usize,
    deepest: usize,
    aliases: usize,
}

impl Look {
    fn line(&mut self, line: &str) {
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            return;
        }
        let indent = line.len() - line.trim_start().len();
        while self.open.last().is_some_and(|last| *last >= indent) {
            self.open.pop();
        }
        self.open.push(indent);
        let dashes =
            content.split(' ').take_while(|word| matches!(*word, "-" | "?" | "")).filter(|word| !word.is_empty());
        self.deepest = self.deepest.max(self.open.len() + dashes.count() + self.flow);
        self.inside(content);
    }

    fn inside(&mut self, content: &str) {
        let mut quote = None;
        let mut before = ' ';
        let mut rest = content.chars().peekable();
        while let Some(c) = rest.next() {
            let opens = matches!(before, ' ' | '\t' | '[' | '{' | ',');
            match (quote, c) {
                (Some(mark), c) if mark == c && before != '\\' => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') if opens => quote = Some(c),
                (None, '#') if before == ' ' => return,
                (None, '[' | '{') => self.flow += 1,
                (None, ']' | '}') => self.flow = self.flow.saturating_sub(1),
                (None, '*') if opens && rest.peek().is_some_and(|next| next.is_alphanumeric()) => self.aliases += 1,
                (None, _) => {}
            }
            self.deepest = self.deepest.max(self.open.len() + self.flow);
            before = c;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(content: &str, expected: Option<&str>) {
        let found = find(content, 0).map(|fault| fault.message);
        assert_eq!(found.as_deref(), expected, "{}", &content[..content.len().min(60)]);
    }

    #[test]
    fn what_people_write_is_no_bomb() {
        check("tags: [a, [b, {c: d}]]\nlinks:\n  - ref: 1\n    as: x\n", None);
        check(&"tags:\n  - a\n  - b\n".repeat(500), None);
        check(&format!("title: \"{}\"\nnote: '{}'\n", "[".repeat(100), "{".repeat(100)), None);
        check(&format!("note: a # {}\n# {}\n", "[".repeat(100), "*a ".repeat(100)), None);
        check(&"a: [b]\n".repeat(200), None);
        check(&format!("note: {}", "**bold** * ".repeat(200)), None);
    }

    #[test]
    fn depth_and_aliases_are() {
        let deep = Some("it is nested deeper than 64 levels");
        check(&"a: [".repeat(65), deep);
        check(&"[\n".repeat(65), deep);
        check(&format!("a:\n{}b", "- ".repeat(65)), deep);
        check(&(0..65).map(|at| format!("{}a:\n", " ".repeat(at))).collect::<String>(), deep);
        check(&format!("a: [{}]", "*b, ".repeat(65)), Some("it has more than 64 aliases"));
    }
}
