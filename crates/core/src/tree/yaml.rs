//! YAML to a tree. Scalars mean what YAML 1.2 says (core schema); of several documents the first is read.

use super::{Entry, Fault, MAX_DEPTH, MAX_NODES, Node, Place, Value, key_twice};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span, StrInput};
use std::collections::HashMap;

/// Reads a text. An empty one is [`Value::Null`].
///
/// # Errors
/// A [`Fault`] at the place where it stops to be YAML, or passes a limit.
pub fn read(text: &str) -> Result<Node, Fault> {
    read_from(text, 1)
}

/// As [`read`] for a text that begins at a line of a larger one.
///
/// # Errors
/// As [`read`].
pub fn read_from(text: &str, first_line: u32) -> Result<Node, Fault> {
    let mut reader =
        Reader { parser: Parser::new_from_str(text), first_line, left: MAX_NODES, anchors: HashMap::new() };
    loop {
        let (event, span) = reader.next()?;
        match event {
            Event::StreamEnd => {
                return Ok(Node { place: Place { line: first_line, column: 1 }, value: Value::Null });
            }
            Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
            event => return reader.node(event, span, 0),
        }
    }
}

struct Reader<'t> {
    parser: Parser<'t, StrInput<'t>>,
    first_line: u32,
    /// How many values may still be made.
    left: usize,
    /// Values that have a name, with how many each counts for.
    anchors: HashMap<usize, (Node, usize)>,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<(Event<'t>, Span), Fault> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(Fault::new(self.place(*error.marker()), error.info().to_owned())),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn place(&self, marker: Marker) -> Place {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Place {
            line: number(marker.line()).max(1).saturating_add(self.first_line - 1),
            column: number(marker.col()).saturating_add(1),
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Node, Fault> {
        let place = self.place(span.start);
        if depth > MAX_DEPTH {
            return Err(Fault::new(place, format!("this is nested deeper than {MAX_DEPTH} levels")));
        }
        self.count(1, place)?;
        let before = self.left;
        let (value, anchor) = match event {
            Event::Alias(name) => {
                let Some((node, size)) = self.anchors.get(&name).cloned() else {
                    return Err(Fault::new(place, "this names a value that holds itself"));
                };
                self.count(size, place)?;
                return Ok(Node { place, value: node.value });
            }
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = style != ScalarStyle::Plain
                    || tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                (if is_text { Value::Text(text.into_owned()) } else { plain(&text) }, anchor)
            }
            Event::SequenceStart(anchor, _) => (self.list(depth)?, anchor),
            Event::MappingStart(anchor, _) => (self.map(depth)?, anchor),
            _ => return Err(Fault::new(place, "a value is missing here")),
        };
        let node = Node { place, value };
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), before - self.left + 1));
        }
        Ok(node)
    }

    fn count(&mut self, values: usize, place: Place) -> Result<(), Fault> {
        self.left = self
            .left
            .checked_sub(values)
            .ok_or_else(|| Fault::new(place, format!("there are more than {MAX_NODES} values")))?;
        Ok(())
    }

    fn list(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(Value::List(items)),
                (event, span) => items.push(self.node(event, span, depth + 1)?),
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Value, Fault> {
        let mut entries = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                return key_twice(&entries).map_or(Ok(Value::Map(entries)), Err);
            }
            let key = self.node(event, span, depth + 1)?;
            let place = key.place;
            let name = match &key.value {
                Value::Null => "null".to_owned(),
                _ => key.scalar().map(str::to_owned).ok_or_else(|| Fault::new(place, "a key must be a single word"))?,
            };
            let (event, span) = self.next()?;
            let value = self.node(event, span, depth + 1)?;
            entries.push(Entry { key: name, place, value });
        }
    }
}

/// What a scalar without quotes means in YAML 1.2's core schema.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    match number(text) {
        Some(number) => Value::Number(number, text.to_owned()),
        None => Value::Text(text.to_owned()),
    }
}

fn number(text: &str) -> Option<serde_json::Number> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    let radix = |prefix: &str, radix: u32| {
        text.strip_prefix(prefix).and_then(|digits| i64::from_str_radix(digits, radix).ok()).map(Into::into)
    };
    let whole = || text.strip_prefix('+').unwrap_or(text).parse::<i64>().ok().map(Into::into);
    let is_decimal = digits.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    let broken = || text.parse::<f64>().ok().filter(|_| is_decimal).and_then(serde_json::Number::from_f64);
    radix("0x", 16).or_else(|| radix("0o", 8)).or_else(whole).or_else(broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as JSON with `line:column` of every scalar, or `! line:column message`.
    fn check(text: &str, expected: &str) {
        let shown = match read(text) {
            Ok(node) => format!("{} {}", node.to_json(), places(&node).join(" ")),
            Err(fault) => format!("! {}:{} {}", fault.place.line, fault.place.column, fault.message),
        };
        assert_eq!(shown.trim_end(), expected, "{text:?}");
    }

    fn places(node: &Node) -> Vec<String> {
        match &node.value {
            Value::List(items) => items.iter().flat_map(places).collect(),
            Value::Map(entries) => entries.iter().flat_map(|entry| places(&entry.value)).collect(),
            _ => vec![format!("{}:{}", node.place.line, node.place.column)],
        }
    }

    #[test]
    fn values_mean_what_yaml_says_and_know_their_place() {
        check("a: 1\nb:\n  - x\n  - 'no'\n", r#"{"a":1,"b":["x","no"]} 1:4 3:5 4:5"#);
        check("t: |\n  one\n  two\nf: >-\n  a\n  b\n", "{\"f\":\"a b\",\"t\":\"one\\ntwo\\n\"} 2:3 5:3");
        check(
            "{a: [true, ~, 0x1f, 1.5, 1.2.3, -7, \"x\\n\"]}",
            r#"{"a":[true,null,31,1.5,"1.2.3",-7,"x\n"]} 1:6 1:12 1:15 1:21 1:26 1:33 1:37"#,
        );
        check("", "null 1:1");
        check("v: yes\nw: !!str 12\n", r#"{"v":"yes","w":"12"} 1:4 2:4"#);
        check("a:\r\n  - b\r\n", r#"{"a":["b"]} 2:5"#);
    }

    #[test]
    fn what_is_no_yaml_says_where() {
        check("a: [1\nb: 2\n", "! 2:2 illegal placement of ':' indicator");
        check("a: 1\na: 2\n", "! 2:1 `a` is said twice");
        check("? [a]\n: 1\n", "! 1:3 a key must be a single word");
    }

    #[test]
    fn aliases_are_followed_up_to_a_limit() {
        check("a: &x [1, 2]\nb: *x\n", r#"{"a":[1,2],"b":[1,2]} 1:8 1:11 1:8 1:11"#);
        let bomb: String = (1..30).map(|at| format!("k{at}: &k{at} [*k{0}, *k{0}]\n", at - 1)).collect();
        let fault = read(&format!("k0: &k0 [a]\n{bomb}")).expect_err("too large");
        assert!(fault.message.starts_with("there are more than 200000 values"), "{fault:?}");
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "[".repeat(100_000);
        assert!(read(&deep).is_err());
        assert!(read(&format!("a: {}", "[".repeat(60) + &"]".repeat(60))).is_ok());
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "([a-z:&*!|>'\"{}\\[\\],~#-]|\n|  |\t|é){0,60}") {
            let _tree = read(&text);
        }
    }
}
