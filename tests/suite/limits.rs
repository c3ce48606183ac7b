//! Hostile texts: nested, aliased, endless, repeated. Each is read, edited, shown and compared, or refused with a problem;
//! never with a crash on a small stack, never in a time that is out of proportion or grows with the square of the size.
//!
//! Times are ratios only: of a hostile text to an ordinary one of its size, and to half of itself.

use precedent_core::diff::{hunks, rendered};
use precedent_core::record::ParseOptions;
use precedent_core::record::edit::{Edit, LinkTarget, apply_edit};
use precedent_core::render::{RenderContext, render};
use precedent_core::{LinkKind, ProblemCode, RecordPath, Status, parse};
use std::time::{Duration, Instant};

const PATH: &str = "docs/adr/0007-x.md";

/// A hostile text of about so many bytes.
struct Bomb {
    name: &'static str,
    make: fn(usize) -> String,
}

fn many(head: &str, part: &str, bytes: usize) -> String {
    format!("{head}{}", part.repeat(bytes / part.len().max(1)))
}

fn numbered(head: &str, bytes: usize, part: fn(usize) -> String) -> String {
    let mut text = head.to_owned();
    let mut at = 0;
    while text.len() < bytes {
        text.push_str(&part(at));
        at += 1;
    }
    text
}

fn front(inner: &str) -> String {
    format!("---\n{inner}\n---\n# X\n")
}

/// Lines indented one step more each: the deepest that fit.
fn stairs(bytes: usize, step: &str, item: &str) -> String {
    let depth = ((2 * bytes / step.len()) as f64).sqrt() as usize;
    (0..depth).map(|at| format!("{}{item}\n", step.repeat(at))).collect()
}

const BOMBS: &[Bomb] = &[
    Bomb {
        name: "ordinary text",
        make: |n| {
            many(
                "---\nstatus: accepted\n---\n# X\n\n",
                "## Context\n\nWe need *one* store, see [2](0002-y.md).\n\n- a\n- b\n\n",
                n,
            )
        },
    },
    Bomb { name: "one long line", make: |n| many("# X\n\n", "word ", n) },
    Bomb { name: "one long word", make: |n| many("# X\n\n", "a", n) },
    Bomb { name: "a long status", make: |n| many("# X\n\n## Status\n\n", "accepted, not superseded by ", n) },
    Bomb { name: "a long inline status", make: |n| many("# X\n\n**Status:** ", "Accepted (2020-01-01) ", n) },
    Bomb { name: "a long title", make: |n| many("# ", "7. x ", n) },
    Bomb { name: "headings", make: |n| many("# X\n\n", "## H\n", n) },
    Bomb { name: "status headings", make: |n| many("# X\n\n", "## Status\n\nAccepted\n\n", n) },
    Bomb { name: "setext headings", make: |n| many("", "H\n=\n\n", n) },
    Bomb { name: "links", make: |n| many("# X\n\n", "[a](b.md) ", n) },
    Bomb {
        name: "link lines in the status",
        make: |n| {
            numbered("# X\n\n## Status\n\nAccepted\n\n", n, |at| format!("Supersedes [{at}. Y]({at:04}-y.md)\n\n"))
        },
    },
    Bomb { name: "wiki links", make: |n| many("# X\n\n", "[[ADR-0001]] ", n) },
    Bomb { name: "references", make: |n| many("# X\n\n", "ADR-0001 ", n) },
    Bomb { name: "link definitions", make: |n| numbered("# X\n\n", n, |at| format!("[r{at}]: x{at}.md\n")) },
    Bomb { name: "status bullets", make: |n| many("# X\n\n", "* Status: x\n", n) },
    Bomb { name: "date lines", make: |n| many("# X\n\n", "Date: 2020-01-01\n", n) },
    Bomb {
        name: "a table of statuses",
        make: |n| many("# X\n\n| Status | Date |\n|---|---|\n", "| Accepted | 2020-01-01 |\n", n),
    },
    Bomb {
        name: "a wide table",
        make: |n| format!("# X\n\n{}\n{}\n", many("|", "Status|", n / 2), many("|", "---|", n / 2)),
    },
    Bomb { name: "quotes", make: |n| many("# X\n\n", ">", n) },
    Bomb { name: "quotes line by line", make: |n| many("# X\n\n", "> > > > > > > > q\n", n) },
    Bomb { name: "nested lists", make: |n| format!("# X\n\n{}", stairs(n, "  ", "- a")) },
    Bomb { name: "lists in one line", make: |n| many("# X\n\n", "- ", n) },
    Bomb { name: "emphasis", make: |n| many("# X\n\n", "*a **b ", n) },
    Bomb { name: "closing emphasis", make: |n| many("# X\n\n", "a* b_ ", n) },
    Bomb { name: "brackets", make: |n| many("# X\n\n", "[", n) },
    Bomb { name: "images", make: |n| many("# X\n\n", "![a](", n) },
    Bomb { name: "nested links", make: |n| format!("# X\n\n{}a{}", "[".repeat(n / 6), "](b)".repeat(n / 6)) },
    Bomb { name: "backticks", make: |n| numbered("# X\n\n", n, |at| format!("{} ", "`".repeat(at % 300 + 1))) },
    Bomb { name: "html", make: |n| many("# X\n\n", "<a href='x'><div>", n) },
    Bomb { name: "open html", make: |n| many("# X\n\n", "<a <b <!x ", n) },
    Bomb { name: "comments", make: |n| many("# X\n\n## Status\n\n", "<!-- accepted ", n) },
    Bomb { name: "closed comments", make: |n| many("# X\n\n## Status\n\n", "<!-- accepted -->\n", n) },
    Bomb { name: "fences", make: |n| many("# X\n\n", "```\n", n) },
    Bomb { name: "rules", make: |n| many("", "---\n", n) },
    Bomb { name: "footnotes", make: |n| numbered("# X\n\n", n, |at| format!("[^{at}] \n\n[^{at}]: a\n\n")) },
    Bomb { name: "entities", make: |n| many("# X\n\n", "&amp;&#x41;&", n) },
    Bomb { name: "struck out", make: |n| many("# X\n\n## Status\n\n", "~~accepted~~ ", n) },
    Bomb { name: "carriage returns", make: |n| many("# X\r\n\r\n", "\r\n", n) },
    Bomb { name: "spaces", make: |n| many("# X\n\n## Status\n\n", " ", n) },
    Bomb { name: "brackets around a status", make: |n| many("# X\n\n## Status\n\nAccepted ", "(", n) },
    Bomb { name: "front matter: keys", make: |n| front(&numbered("", n, |at| format!("k{at}: v\n"))) },
    Bomb { name: "front matter: one key again", make: |n| front(&many("", "status: accepted\n", n)) },
    Bomb { name: "front matter: tags", make: |n| front(&many("tags:\n", "- a\n", n)) },
    Bomb { name: "front matter: a list in brackets", make: |n| front(&format!("tags: [{}]", many("a", ", a", n))) },
    Bomb {
        name: "front matter: nested lists",
        make: |n| front(&format!("tags: {}{}", "[".repeat(n / 2), "]".repeat(n / 2))),
    },
    Bomb { name: "front matter: open brackets", make: |n| front(&many("tags: ", "[", n)) },
    Bomb { name: "front matter: nested braces", make: |n| front(&many("tags: ", "{a: ", n)) },
    Bomb { name: "front matter: stairs", make: |n| front(&stairs(n, " ", "a:")) },
    Bomb { name: "front matter: dashes", make: |n| front(&many("tags: \n", "- ", n)) },
    Bomb {
        name: "front matter: aliases",
        make: |n| {
            front(&numbered("a0: &a0 [x]\n", n, |at| {
                let next = at + 1;
                format!("a{next}: &a{next} [*a{at}, *a{at}]\n")
            }))
        },
    },
    Bomb {
        name: "front matter: merge keys",
        make: |n| {
            front(&numbered("a0: &a0 {x: y}\n", n, |at| {
                let next = at + 1;
                format!("a{next}: &a{next}\n  <<: *a{at}\n")
            }))
        },
    },
    Bomb { name: "front matter: quotes", make: |n| front(&many("status: ", "\"a\" 'b' ", n)) },
    Bomb { name: "front matter: never closed", make: |n| many("---\n", "a: b\n", n) },
    Bomb { name: "front matter: block text", make: |n| front(&many("status: >-\n", "  a\n", n)) },
    Bomb {
        name: "toml: nested lists",
        make: |n| format!("+++\ntags = {}{}\n+++\n# X\n", "[".repeat(n / 2), "]".repeat(n / 2)),
    },
    Bomb { name: "toml: dotted keys", make: |n| format!("+++\n{} = 1\n+++\n# X\n", many("a", ".a", n)) },
];

/// What fills five megabytes: one line, a hundred thousand and more headings and links, nesting, front matter.
const AT_THE_LIMIT: &[&str] =
    &["one long word", "headings", "links", "quotes", "nested lists", "front matter: aliases"];

type Work = fn(&str);

/// What is done with a text, each part timed by itself.
const WORK: &[(&str, Work)] =
    &[("parse", read), ("edit", edit), ("show", show), ("compare", compare), ("compare prose", compare_prose)];

fn read(text: &str) {
    parse(&RecordPath::new(PATH), text.as_bytes(), &ParseOptions::default());
}

fn edit(text: &str) {
    let to = LinkTarget {
        path: RecordPath::new("docs/adr/0012-y.md"),
        digits: Some("0012".to_owned()),
        id: "y".to_owned(),
        title: "Y".to_owned(),
    };
    let tags = Edit::SetField { key: "tags".to_owned(), values: vec!["a".to_owned(), "b".to_owned()] };
    for edit in [
        Edit::SetStatus { status: Status::Deprecated, on: None },
        Edit::AddLink { kind: LinkKind::SupersededBy, to },
        Edit::SetTitle { title: "T".to_owned() },
        tags,
    ] {
        // A text without a writable place is refused, which is an answer, too.
        drop(apply_edit(&RecordPath::new(PATH), text, &edit));
    }
}

fn show(text: &str) {
    let path = RecordPath::new(PATH);
    let context = RenderContext {
        path: &path,
        image_base: "repo://localhost/",
        resolve: &|_, _| None,
        lines: true,
        skip_title: true,
    };
    render(text, &context);
}

/// The text and one that differs in many places.
fn compare(text: &str) {
    hunks(text, &text.replace('a', "b"), 3);
}

fn compare_prose(text: &str) {
    rendered(text, &text.replace('a', "b"));
}

/// Runs on a thread with the smallest stack that any of our threads has.
fn on_small_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(work).expect("a thread");
    thread.join().expect("no panic")
}

#[test]
fn a_hostile_text_takes_no_more_than_many_ordinary_ones() {
    const SIZE: usize = 100_000;
    let faults = on_small_stack(|| {
        let text = (BOMBS[0].make)(SIZE);
        let mut faults = Vec::new();
        for (name, work) in WORK {
            let ordinary = usual(*work, &text, 3);
            for bomb in BOMBS {
                let took = usual(*work, &(bomb.make)(SIZE), 1);
                let ratio = took.as_secs_f64() / ordinary.as_secs_f64();
                if ratio > 20.0 && took > Duration::from_millis(50) {
                    faults.push(format!("{}: {name}: {ratio:.0} times as long as ordinary text", bomb.name));
                }
            }
        }
        faults
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What this thread has used of a processor, whatever else the machine does. Only Linux says so in a file.
fn used() -> Option<Duration> {
    // The count is brought up to date when a thread steps back.
    std::thread::yield_now();
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// The median of some tries.
fn usual(work: Work, text: &str, tries: usize) -> Duration {
    let mut times: Vec<Duration> = (0..tries)
        .map(|_| {
            let start = (used(), Instant::now());
            work(text);
            start.0.zip(used()).map_or_else(|| start.1.elapsed(), |(start, end)| end - start)
        })
        .collect();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Whether twice the text takes three times as long or more; the square would be four times.
fn grows_too_fast(work: Work, make: fn(usize) -> String) -> Option<String> {
    const LEAST: Duration = Duration::from_millis(1);
    const LARGEST: usize = 64_000;
    let mut size = 2_000;
    while size < LARGEST && usual(work, &make(size), 1) < LEAST {
        size *= 2;
    }
    let mut ratio = f64::INFINITY;
    // What grows with the square does so at the next size as well; a busy machine does not.
    for _ in 0..2 {
        // One odd time is looked at again, with more tries.
        for tries in [1, 3, 7] {
            let half = usual(work, &make(size), tries).max(LEAST / 8);
            ratio = usual(work, &make(2 * size), tries).as_secs_f64() / half.as_secs_f64();
            if ratio < 3.0 {
                return None;
            }
        }
        size *= 2;
    }
    Some(format!("twice {} bytes take {ratio:.1} times as long", size / 2))
}

#[test]
fn no_text_takes_a_time_that_grows_with_its_square() {
    if used().is_none() {
        say("SKIPPED: this system does not say what a thread uses of a processor");
        return;
    }
    let faults = on_small_stack(|| {
        let each = |bomb: &Bomb| {
            let of = |(name, work): &(&str, Work)| {
                grows_too_fast(*work, bomb.make).map(|fault| format!("{}: {name}: {fault}", bomb.name))
            };
            WORK.iter().filter_map(of).collect::<Vec<_>>()
        };
        BOMBS.iter().flat_map(each).collect::<Vec<_>>()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[expect(clippy::print_stdout, reason = "a test that is left out says so")]
fn say(line: &str) {
    println!("{line}");
}

#[test]
fn nested_settings_are_refused_with_a_problem() {
    let check = |name: &str, text: String| {
        let owned = name.to_owned();
        on_small_stack(move || {
            let parsed = parse(&RecordPath::new(PATH), text.as_bytes(), &ParseOptions::default());
            let refused = |code| matches!(code, ProblemCode::FrontMatter | ProblemCode::TooLarge);
            let found = parsed.problems.iter().find(|problem| refused(problem.code));
            let found = found.unwrap_or_else(|| panic!("{owned}: no problem among {:?}", parsed.problems));
            assert!(found.line > 0 && !found.message.is_empty(), "{owned}: {found:?}");
            assert_eq!(parsed.decision.number, Some(7), "{owned}: it is still listed");
            assert_eq!(parsed.decision.title.as_deref(), Some("X"), "{owned}: the rest is read all the same");
        });
    };
    check("lists", front(&format!("tags: {}{}", "[".repeat(5_000), "]".repeat(5_000))));
    check("open lists", front(&many("tags: ", "[", 5_000)));
    check("maps", front(&format!("tags: {}b{}", "{a: ".repeat(5_000), "}".repeat(5_000))));
    check("open maps", front(&many("tags: ", "{a: ", 20_000)));
    check("dashes", front(&format!("tags:\n{}a", "- ".repeat(5_000))));
    check("stairs", front(&stairs(200_000, " ", "a:")));
    check("toml lists", format!("+++\ntags = {}{}\n+++\n# X\n", "[".repeat(5_000), "]".repeat(5_000)));
    check("toml maps", format!("+++\ntags = {}1{}\n+++\n# X\n", "{a = ".repeat(5_000), "}".repeat(5_000)));
    check("toml keys", format!("+++\n{} = 1\n+++\n# X\n", many("a", ".a", 10_000)));
}

#[test]
fn aliases_are_never_followed() {
    // Nine times nine lists of ten: a reader that follows them holds 3 billion values.
    let bomb: String =
        (1..10).map(|at| format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 9].join(", "))).collect();
    let text = front(&format!("status: accepted\na0: &a0 [lol]\n{bomb}tags: *a9"));
    on_small_stack(move || {
        let parsed = parse(&RecordPath::new(PATH), text.as_bytes(), &ParseOptions::default());
        assert!(parsed.decision.tags.len() <= 1, "{:?}", parsed.decision.tags);
        assert_eq!(parsed.decision.status, Some(Status::Accepted));
        let codes: Vec<ProblemCode> = parsed.problems.iter().map(|problem| problem.code).collect();
        assert!(codes.contains(&ProblemCode::FrontMatter) || codes.contains(&ProblemCode::TooLarge), "{codes:?}");
    });
}

#[test]
fn texts_nested_deep_are_listed_with_what_stands_above() {
    let check = |name: &str, body: String| {
        let owned = name.to_owned();
        on_small_stack(move || {
            let text = format!("# X\n\n## Status\n\nAccepted\n\n## Context\n\n{body}\n");
            let parsed = parse(&RecordPath::new(PATH), text.as_bytes(), &ParseOptions::default());
            assert_eq!(parsed.decision.title.as_deref(), Some("X"), "{owned}");
            assert_eq!(parsed.decision.status, Some(Status::Accepted), "{owned}");
            for (_, work) in WORK {
                work(&text);
            }
        });
    };
    check("quotes", ">".repeat(5_000));
    check("lists", "- ".repeat(5_000));
    check("numbers", "1. ".repeat(5_000));
    check("both", "> - ".repeat(5_000));
    check("emphasis", format!("{}a{}", "*".repeat(5_000), "*".repeat(5_000)));
    check("links", format!("{}a{}", "[".repeat(5_000), "](b)".repeat(5_000)));
    check("html", format!("{}a{}", "<div>".repeat(5_000), "</div>".repeat(5_000)));
}

#[test]
fn texts_at_the_limit_are_read_and_those_above_are_refused() {
    on_small_stack(|| {
        let limit = precedent_core::record::MAX_BYTES;
        for bomb in BOMBS.iter().filter(|bomb| AT_THE_LIMIT.contains(&bomb.name)) {
            read(&(bomb.make)(limit - 100));
        }
        let large = parse(&RecordPath::new(PATH), &vec![b'#'; limit + 1], &ParseOptions::default());
        let codes: Vec<ProblemCode> = large.problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [ProblemCode::TooLarge]);
        assert_eq!(large.decision.number, Some(7), "it is still listed");
    });
}
