//! What queries are understood as.

use super::*;
use proptest::prelude::*;

/// In a log whose folders are called `meta` and `docs`.
fn parse(text: &str) -> Query {
    super::parse(text, &is_folder)
}

fn parse_of(text: &str, me: Option<&str>) -> Query {
    super::parse_of(text, me, &is_folder)
}

fn is_folder(name: &str) -> bool {
    ["meta", "docs"].contains(&name)
}

/// The understood query in short: `word*` for prefixes, `"phrase"`, `~"phrase"` that may be missed, filters, `!` for not; in order of clauses, with `|`
/// between alternatives.
fn show(query: &Query) -> String {
    let mut parts: Vec<(Clause, String)> = Vec::new();
    let not = |negated: bool| if negated { "!" } else { "" };
    for word in &query.words {
        let role = match word.role {
            Role::Plain => String::new(),
            Role::Whole { parts, tight } => format!("[{parts}{}]", if tight { " tight" } else { "" }),
        };
        let star = if word.prefix { "*" } else { "" };
        parts.push((word.clause, format!("{}{}{star}{role}", not(word.negated), word.text)));
    }
    for phrase in &query.phrases {
        let words: Vec<&str> = phrase.words.iter().map(|(_, word)| word.as_str()).collect();
        let wish = if phrase.wish { "~" } else { "" };
        let star = if phrase.prefix { "*" } else { "" };
        parts.push((phrase.clause, format!("{}{wish}\"{}{star}\"", not(phrase.negated), words.join(" "))));
    }
    for filter in &query.filters {
        parts.push((filter.clause, format!("{}{:?}", not(filter.negated), filter.test)));
    }
    parts.sort_by_key(|(clause, _)| *clause);
    let mut shown = String::new();
    for (at, (clause, part)) in parts.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| parts[before].0);
        shown.push_str(before.map_or("", |before| if before == *clause { "|" } else { " " }));
        shown.push_str(part);
    }
    for area in query.areas.iter().flatten() {
        shown.push_str(&format!(" section {}", area.name()));
    }
    shown.trim().to_owned()
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(show(&parse(text)), expected);
}

#[test]
fn the_last_word_is_a_prefix_until_a_space_ends_it() {
    check("kafka migr", "kafka migr*");
    check("kafka migr ", "kafka migr");
}

#[test]
fn phrases_and_not() {
    check("\"event log\" -kafka", "\"event log\" !kafka");
    check("-io_uring -a/b -状态", "!\"io uring\" !\"a b\" !状态");
    check("-C++17 -foo::bar(x) -\"C#\"", "!\"c++ 17\" !\"foo bar x\" !\"c#\"");
    check("\"use C++ or io_uring\"", "\"use c++ or io uring\"");
    check("-修改状态", "!\"修改 改状 状态\"");
    check("-\"event log\" x ", "!\"event log\" x");
    check("a - b ", "a b");
}

#[test]
fn a_phrase_that_is_being_typed_is_no_mistake() {
    check("x \"open ent", "x \"open ent*\"");
    check("x \"open en", "x \"open\"");
    check("x \"open ent ", "x \"open ent\"");
    check("\"op", "\"op*\"");
    check("x \"open ent\"", "x \"open ent\"");
    check("-\"open ent", "!\"open ent\"");
    check("\"修改", "\"修改\"");
    for text in ["x \"open en", "“open", "-„open", "tag:”open"] {
        assert_eq!(parse(text).complaint, None, "{text}");
    }
}

#[test]
fn fields() {
    check("status:accepted,none", "Status([Some(Accepted), None])");
    check("by:@Dana tag:\"data flow\"", "Tag(\"data flow\")".replace("Tag", "By(\"dana\") Tag").as_str());
    check("-is:in-force section:opt", "!InForce section options section rejected");
    check(
        "-section:options ",
        "section title section decision section context section consequences section other section meta section code",
    );
    check("section:opt in:rejected", "section options section rejected");
    check("section:context section:options -section:rejected", "section context section options");
    check("in:docs/adr in:decision ", "In(\"docs/adr\") section decision");
    check("in:meta in:./decision in:code/ in:/a\\B/ ", "In(\"meta\") In(\"decision\") In(\"code\") In(\"a/b\")");
    check("in:. path:./ ", "In(\"\") Governs(\"\")");
    check("id:#7 ", "Id([Number(7), Name(\"7\")])");
    check("id:ab-7 ", "Id([Labelled { label: \"ab\", number: 7, apart: true }, Name(\"ab-7\"), Name(\"ab-7\")])");
    check("before:2025-03 after:2024", "Before(2025-03-01) From(2024-01-01)");
    check("year:2025 year:2023..2021", "Years(2025, 2025) Years(2021, 2023)");
    check("is:stale is:due has:rules", "Stale Due HasRules");
    check("path:./services/billing/", "Governs(\"services/billing\")");
}

#[test]
fn or_joins_alternatives() {
    check("kafka OR queue store", "kafka|queue store*");
    check("a OR b OR \"c d\" -e OR status:accepted", "a|b|\"c d\" !e|Status([Some(Accepted)])");
    check("or a ", "or a");
    check("a AND b ", "a b");
    check("a OR", "a");
}

#[test]
fn identifiers_are_one_word_with_parts() {
    check("io_uring ", "io_uring[2 tight] io uring");
    check("foo::bar", "foo::bar*[2 tight] foo bar*");
    check("C++", "c++[1 tight] c");
    check("https://x.org ", "https x.org[2] x org");
    check("C++17 ", "c++[1 tight] c 17");
    check("io_uring/epo", "io_uring[2 tight] io uring epo*");
    check("epoll/foo_bar(a::b)", "epoll foo_bar[2 tight] foo bar a::b[2 tight] a b");
    check("how-to x ", "how-to[0]|~\"how to\" x");
    check("end-to-end is_in ", "end-to-end[3] end to end is_in[2 tight] is in");
}

#[test]
fn scripts_without_spaces_are_pairs() {
    check("修改状态", "修改 改状 状态");
    check("改 x ", "改 x");
    check("x改", "x 改");
}

#[test]
fn references() {
    let labelled = |label: &str, number, apart| Reference::Labelled { label: label.to_owned(), number, apart };
    let references = |text: &str| -> Vec<Reference> {
        parse(text).references.into_iter().map(|referred| referred.reference).collect()
    };
    assert_eq!(references("see (ADR-12)."), [labelled("adr", 12, true)]);
    assert_eq!(references("ARC_Web-0012 adr7"), [labelled("arc_web", 12, true), labelled("adr", 7, false)]);
    assert_eq!(references("C-4 x-1-2 -7 2026-03-02 v1.2 x"), []);
    assert_eq!(references("#7 kafka"), [Reference::Number(7)]);
    assert_eq!(references("0012"), [Reference::Number(12)]);
    assert_eq!(references("use-postgres"), [Reference::Name("use-postgres".into())]);
    assert_eq!(references("top 10 lists"), []);
    let both = [labelled("adr", 12, true), labelled("rfc", 7, true), Reference::Number(7)];
    assert_eq!(references("see (ADR 12), rfc #7 x"), both);
    assert_eq!(references("0012 queue 007 00 0"), [Reference::Number(12), Reference::Number(7)]);
    assert_eq!(references("adr -12 \"adr\" 12 adr 12x tag:adr 12 "), []);
}

/// The complaint, with the part of the query that it is about.
#[track_caller]
fn complains(text: &str, part: &str, message: &str) {
    let complaint = parse(text).complaint.expect("a complaint");
    assert_eq!((&text[complaint.start..complaint.end], complaint.message.as_str()), (part, message), "{text}");
}

#[test]
fn mistakes_are_told_with_their_place_and_the_rest_is_searched() {
    check("status:acepted kafka", "kafka*");
    complains(
        "kafka status:acepted",
        "status:acepted",
        "`status:acepted` is not known; there are draft, proposed, accepted, rejected, deprecated, superseded, other and none",
    );
    complains("x -before:tomorrow", "-before:tomorrow", "`tomorrow` is no date; write 2025, 2025-03 or 2025-03-02");
    complains("é tag: x", "tag:", "`tag:` needs a value");
    complains("x statuss:open", "statuss:", "`statuss:` is no field; did you mean `status:`?");
    complains("a OR OR b", "OR", "`OR` stands between two words, phrases or fields");
    complains("OR b", "OR", "`OR` stands between two words, phrases or fields");
    for (text, mark) in [("x \"a is:open", "\""), ("“a OR b", "“"), ("-„status:x", "„"), ("tag:”a tag:b", "”")]
    {
        complains(text, mark, "the quotation mark has no end; everything after it is the phrase");
    }
    complains("x status:,, y", "status:,,", "`status:` needs a value");
    complains("by:@", "by:@", "`by:` needs a value");
    complains("id:#", "id:#", "`id:` needs a value");
    let or = "`section:title` says where the whole query looks, so it is no side of `OR`";
    complains("kafka OR section:title x", "section:title", or);
    check("kafka OR section:title x ", "kafka x");
    complains("in:title -in:title x", "-in:title", "`in:title` leaves no section to look into");
    assert_eq!(parse("section:title -section:title").areas, Some(Vec::new()));
    assert_eq!(parse("std::fs https://x.org a:b").complaint, None);
}

#[test]
fn parentheses_around_alternatives_change_nothing() {
    check("(status:accepted OR tag:x) kafka ", "Status([Some(Accepted)])|Tag(\"x\") kafka");
    check("((tag:a OR tag:b(c)) -(is:open) ", "Tag(\"a\")|Tag(\"b(c)\") !Open");
    check("(kafka OR redis) x ", "kafka|redis x");
    check("(\"a b\" OR \"c d\") x ", "\"a b\"|\"c d\" x");
    for text in [
        "(status:accepted OR tag:x) kafka",
        "(a OR b)",
        "x (a b) c",
        "see (HTTP-2) OR a",
        "a OR (b OR c)",
        "(a",
        "(\"a b\" OR \"c d\")",
    ] {
        assert_eq!(parse(text).complaint, None, "{text}");
    }
    let message = "parentheses are not read; `OR` joins the two beside it, `-` excludes one";
    for text in ["a OR (b c)", "(a b) OR c", "(a OR b c) d", "x -(a OR b)", "-(a b)"] {
        complains(text, "(", message);
    }
}

#[test]
fn not_is_told() {
    complains("kafka NOT redis", "NOT", "`NOT` is a word like others; write `-redis`");
    complains("a NOT \"b c\"", "NOT", "`NOT` is a word like others; write `-\"b c\"`");
    for text in ["kafka NOT", "not redis", "DO NOT PANIC", "\"NOT\" a"] {
        assert_eq!(parse(text).complaint, None, "{text}");
    }
}

#[test]
fn nobody_is_told_where_the_question_stands() {
    for (text, part) in [
        ("x is:mine", "is:mine"),
        ("ääää is:\"mine\"", "is:\"mine\""),
        ("\"is:mine\" ä -IS:Mine y", "-IS:Mine"),
        ("é is:„mine“", "is:„mine“"),
    ] {
        let complaint = parse_of(text, None).complaint.expect("a complaint");
        assert_eq!(&text[complaint.start..complaint.end], part, "{text}");
        complaint.place(text);
        assert_eq!(parse_of(text, Some("Dana <dana@x.org>")).complaint, None);
    }
}

proptest! {
    #[test]
    fn any_text_is_a_query(text in "\\PC{0,40}") {
        parse(&text);
    }

    #[test]
    fn any_mix_of_syntax_is_a_query(parts in prop::collection::vec(
        prop::sample::select(vec!["status:", "\"", "-", " ", "tag:", "é", "状", "x", "::", "#", "1", "before:", "”", "OR", "section:"]), 0..12)) {
        parse(&parts.concat());
    }
}
