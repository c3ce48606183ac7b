//! What each way of asking finds, in records of a line each.

use super::{Folder, search, sorted};
use precedent_core::wire::SearchReply;

/// A log of which record n decides the nth line.
fn log(decisions: &[&str]) -> Folder {
    let folder = Folder::new(&[]);
    for (at, decision) in decisions.iter().enumerate() {
        folder.write(&format!("{:04}-r.md", at + 1), &format!("# Talk\n\n## Decision\n\n{decision}\n"));
    }
    folder
}

/// Numbers of the records that are found, in their own order.
fn numbers(reply: &SearchReply) -> String {
    let number =
        |path: &str| -> Option<u32> { path.rsplit('/').next()?.split(['-', '.']).find_map(|part| part.parse().ok()) };
    let mut numbers: Vec<u32> = sorted(reply).iter().filter_map(|path| number(path)).collect();
    numbers.sort_unstable();
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(decisions: &[&str], questions: &[(&str, &str)]) {
    check_in(&log(decisions), questions);
}

#[track_caller]
fn check_in(folder: &Folder, questions: &[(&str, &str)]) {
    let workspace = folder.open(false);
    for (query, expected) in questions {
        let reply = search(&workspace, query);
        assert_eq!(numbers(&reply), *expected, "{query}");
        assert_eq!(reply.complaint, None, "{query}");
    }
}

/// As [`check_in`], with a complaint that names a part of the query.
#[track_caller]
fn complains_in(folder: &Folder, query: &str, part: &str, expected: &str) {
    let reply = search(&folder.open(false), query);
    let (start, end) = reply.complaint_at.unwrap_or_else(|| panic!("{query}: no complaint"));
    let units: Vec<u16> = query.encode_utf16().collect();
    let named = String::from_utf16_lossy(&units[start as usize..end as usize]);
    assert_eq!((named.as_str(), numbers(&reply).as_str()), (part, expected), "{query}: {:?}", reply.complaint);
}

#[test]
fn what_only_looks_like_a_number_of_a_record_names_none() {
    let folder = log(&["one", "UTF-16 it is", "three"]);
    for name in ["0008-x.md", "0256-y.md", "8601-z.md", "0017-c.md"] {
        folder.write(name, "# Other\n\n## Decision\n\nElse.\n");
    }
    check_in(
        &folder,
        &[("UTF-8 ", "2"), ("SHA-256 ", ""), ("HTTP-2 ", ""), ("covid-17", ""), ("see (HTTP-2) ", ""), ("UTF8", "")],
    );
    check_in(
        &folder,
        &[
            ("#8", "8"),
            ("ADR-8", "8"),
            ("adr0008", "8"),
            ("(RFC-3)", "3"),
            ("lep-3 zzz ", "3"),
            ("8 ", "8"),
            ("0256", "256"),
        ],
    );
}

#[test]
fn a_series_of_the_log_names_its_records() {
    let folder = log(&["one", "two", "three"]);
    folder.write("ARC-0002-x.md", "# Other\n\n## Status\n\nAccepted\n");
    folder.write("rfc/RFC-0001-y.md", "# Other\n\n## Status\n\nAccepted\n");
    let found = |query: &str| sorted(&search(&folder.open(false), query)).join(" ");
    assert_eq!(found("ARC-2"), "docs/adr/ARC-0002-x.md");
    assert_eq!(found("arc2"), "docs/adr/ARC-0002-x.md");
    assert_eq!(found("RFC-1 zzz"), "docs/adr/rfc/RFC-0001-y.md");
    // No series of its own: any record of the number.
    assert_eq!(found("ADR-3 zzz"), "docs/adr/0003-r.md");
    assert_eq!(found("XYZ-3"), "");
}

#[test]
fn words_beside_an_identifier_are_looked_for_too() {
    check(&["We use C++.", "We have 17 flags.", "C alone"], &[("C++17 ", "1 2"), ("C++ ", "1"), ("c++/flags ", "1 2")]);
    check(
        &["We use io_uring.", "We use epoll.", "io, not uring"],
        &[
            ("io_uring/epoll ", "1 2"),
            ("io_uring/epo", "1 2"),
            ("epoll/io_uring", "1 2"),
            ("io_uring", "1"),
            ("io_ur", "1"),
        ],
    );
    check(
        &["call foo::bar(x)", "a baz", "foo alone", "qux_quux"],
        &[
            ("foo::bar(baz) ", "1 2"),
            ("baz(foo::bar) ", "1 2"),
            ("foo::bar/qux_quux ", "1 4"),
            ("foo::nowhere ", "1 3"),
        ],
    );
    check(&["call foo::bar(x)", "a baz"], &[("-foo::bar ", "2"), ("-foo::bar(x) ", "2"), ("-baz(x) ", "1 2")]);
}

#[test]
fn an_identifier_is_found_in_a_longer_one() {
    let texts =
        ["call run_stream()", "call agent.run_stream(x)", "see foo::bar", "use std::foo::bar;", "run, a stream"];
    check(
        &texts,
        &[
            ("run_stream ", "1 2"),
            ("run_str", "1 2"),
            ("agent.run_stream ", "2"),
            ("foo::bar ", "3 4"),
            ("-run_stream ", "3 4 5"),
            ("-std::foo ", "1 2 3 5"),
            ("run_stream OR std::foo ", "1 2 3 4"),
        ],
    );
    let folder = log(&texts);
    let workspace = folder.open(false);
    let snippet = |query: &str, at: usize| search(&workspace, query).hits[at].snippet.clone();
    assert_eq!(snippet("run_stream ", 1), "call agent.**run_stream**(x)");
    assert_eq!(snippet("foo::ba", 1), "use std::**foo::bar**;");
    // Small words in a row are prose: only the whole is meant.
    check(&["call is_in(x)", "it is in"], &[("-is_in ", "2")]);
}

#[test]
fn a_phrase_keeps_the_signs_of_a_language() {
    check(
        &["We use C++ here.", "We use C here.", "We use C# here.", "We use .NET here.", "A net, use C++17"],
        &[
            ("\"C++\"", "1 5"),
            ("\"c#\"", "3"),
            ("\"use C++ here\"", "1"),
            ("\"use C# here\"", "3"),
            ("\"use C++ 17\"", "5"),
            ("\".NET\"", "4"),
            ("\"use .net here\"", "4"),
            ("-\"C++\"", "2 3 4"),
            ("\"we use\"", "1 2 3 4"),
        ],
    );
    // An identifier in a phrase is also found as part of a longer one, and with other connectors.
    check(&["foo::bar::baz", "foo bar", "bar foo"], &[("\"foo::bar\"", "1 2")]);
}

#[test]
fn a_beginning_finds_all_that_begin_so() {
    let word = |at: u8| format!("zz{}{}word", char::from(b'a' + at / 26), char::from(b'a' + at % 26));
    let texts: Vec<String> = (0..60).map(|at| format!("One {}.", word(at))).collect();
    let folder = log(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let workspace = folder.open(false);
    assert_eq!(search(&workspace, "zz").total, 60);
    assert_eq!(search(&workspace, "one zz").hits.iter().filter(|hit| hit.score > 0.0).count(), 60);
    assert_eq!(search(&workspace, "zzc").total, 8);
    assert_eq!(search(&workspace, "zz ").total, 0);
}

#[test]
fn one_character_of_a_script_without_spaces_is_a_word() {
    check(
        &["我们修改状态", "kafka", "改 x", "改修", "kafka と 修改"],
        &[
            ("改 ", "1 3 4 5"),
            ("改", "1 3 4 5"),
            ("改 zzz ", "1 3 4 5"),
            ("\"改\"", "1 3 4 5"),
            ("kafka -改 ", "2"),
            ("-改", "2"),
            ("态 ", "1"),
            ("修改 ", "1 5"),
            ("改修 ", "4"),
            ("\"修改状态\" ", "1"),
            ("\"改状态\"", "1"),
            ("\"修改态\"", ""),
            ("修改状态 ", "1 5"),
        ],
    );
    check(&["한글 문서", "글"], &[("글 ", "1 2"), ("한글 ", "1")]);
}

#[test]
fn scripts_that_write_sentences_without_spaces_are_found_by_their_words() {
    check(
        &[
            "การตัดสินใจเลือกสถาปัตยกรรมของระบบฐานข้อมูลและการจัดเก็บข้อมูลทั้งหมด",
            "เราใช้คิว",
            "ພວກເຮົາຕັດສິນໃຈໃຊ້ຖານຂໍ້ມູນດຽວສຳລັບລະບົບທັງໝົດຂອງພວກເຮົາ",
            "យើងសម្រេចចិត្តប្រើមូលដ្ឋានទិន្នន័យតែមួយសម្រាប់ប្រព័ន្ធទាំងអស់",
            "ကျွန်ုပ်တို့သည်ဒေတာဘေ့စ်တစ်ခုတည်းကိုအသုံးပြုရန်ဆုံးဖြတ်ခဲ့သည်",
        ],
        &[
            ("\"ฐานข้อมูล\"", "1"),
            ("ฐานข้อมูล ", "1"),
            ("\"คิว\"", "2"),
            ("\"ຖານຂໍ້ມູນ\"", "3"),
            ("\"ទិន្នន័យ\"", "4"),
            ("\"ဒေတာဘေ့စ်\"", "5"),
        ],
    );
}

#[test]
fn compounds_of_small_words_are_found_in_every_spelling() {
    let log = [
        "A how-to of it.",
        "It says how to do it.",
        "How are you? I go to bed.",
        "As is, it stays.",
        "A to-do, as-is.",
        "We have to do it.",
    ];
    check(
        &log,
        &[
            ("how-to ", "1 2"),
            ("how-to", "1 2"),
            ("as-is ", "4 5"),
            ("to-do ", "2 5 6"),
            ("-how-to ", "2 3 4 5 6"),
            ("bed how-to ", "1 2 3"),
            ("\"how-to\"", "1 2"),
            ("how to do ", "1 2 3 5 6"),
        ],
    );
    check(&["An end to end test.", "An end-to-end test.", "To be"], &[("end-to-end ", "1 2")]);
}

#[test]
fn accents_and_case_are_the_same_however_they_are_written() {
    let written = ["İstanbul", "Αθήνα ΟΔΟΣ", "мой ёж", "Ångström ßẞ", "がぎ", "한글", "Việt", "ﬁn"];
    check(
        &written,
        &[
            ("istanbul ", "1"),
            ("İSTANBUL ", "1"),
            ("istanbul", "1"),
            ("I\u{307}stanbul ", "1"),
            ("αθηνα ", "2"),
            ("ΑΘΉΝΑ ", "2"),
            ("αθη\u{301}να ", "2"),
            ("οδος ", "2"),
            ("οδοσ ", "2"),
            ("мой ", "3"),
            ("МОИ\u{306} ", "3"),
            ("еж ", "3"),
            ("angstrom ", "4"),
            ("SSSS ", "4"),
            ("か\u{3099}き\u{3099} ", "5"),
            ("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af} ", "6"),
            ("viet ", "7"),
            ("fin ", "8"),
        ],
    );
    check(
        &[
            "I\u{307}stanbul",
            "Αθη\u{301}να",
            "мои\u{306}",
            "か\u{3099}き\u{3099}",
            "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}",
        ],
        &[("İstanbul ", "1"), ("Αθήνα ", "2"), ("мой ", "3"), ("がぎ ", "4"), ("한글 ", "5")],
    );
}

const PLACES: &str = "---\nstatus: accepted\ntags: [Data, data flow]\ndecision-makers: [\"@al\", \"Dana Lee <dana@example.org>\"]\napplies-to: [\"services/**\", \"x/**\", \"!x/fixtures/**\", \"!x/notes\", \"!x/*.json\"]\n---\n# Places\n\n## Context\n\nA queue.\n\n## Considered options\n\n* kafka\n* pigeons\n\n## Decision\n\nChosen option: pigeons.\n";

fn places() -> Folder {
    Folder::new(&[
        ("0001-Places.md", PLACES),
        (
            "context/0002-c.md",
            "---\ndecision-makers: [\"@dallas\", \"team:data\"]\n---\n# Queue\n\n## Decision\n\nkafka\n",
        ),
        ("code/0003-d.md", "# Code\n\n## Status\n\nAccepted\n\n## Decision\n\nA kafka queue.\n\n```\nqueue\n```\n"),
        ("meta/deep/0004-e.md", "# Meta\n\n## Status\n\nProposed\n"),
    ])
}

#[test]
fn sections_are_subtracted_and_stand_outside_of_or() {
    check_in(
        &places(),
        &[
            ("section:context -section:options kafka ", ""),
            ("section:context -section:options queue ", "1"),
            ("section:options -section:rejected kafka ", ""),
            ("section:options kafka ", "1"),
            ("-section:decision kafka ", "1"),
            ("section:title section:decision queue ", "2 3"),
        ],
    );
    complains_in(&places(), "section:title -section:title kafka", "-section:title", "");
    complains_in(&places(), "kafka OR section:title ", "section:title", "1 2 3");
    complains_in(&places(), "section:title OR kafka ", "section:title", "1 2 3");
}

#[test]
fn an_id_is_understood_as_a_reference_is() {
    check_in(
        &places(),
        &[
            ("id:1", "1"),
            ("id:0001", "1"),
            ("id:#1", "1"),
            ("id:ADR-1", "1"),
            ("id:adr-0001", "1"),
            ("id:ADR-7", ""),
            ("id:UTF-1", ""),
            ("-id:ADR-1", "2 3 4"),
        ],
    );
    check_in(
        &places(),
        &[("id:0001-places.md", "1"), ("id:docs/adr/0001-Places.md", "1"), ("id:./docs/adr/0001-places.md", "1")],
    );
}

#[test]
fn a_number_behind_its_label_names_its_record() {
    check_in(
        &places(),
        &[("ADR 1 ", "1"), ("adr 0001 zzz ", "1"), ("ADR #1", "1"), ("0001 kafka ", "1 2 3"), ("top 1 ", "")],
    );
    let folder = places();
    let workspace = folder.open(false);
    for query in ["adr 4 queue ", "0004 queue ", "queue ADR 4"] {
        let hit = search(&workspace, query).hits.remove(0);
        assert_eq!(hit.path, "docs/adr/meta/deep/0004-e.md", "{query}");
        assert!(hit.score == 0.0 || hit.score > 1e-3, "{query}: {}", hit.score);
    }
    assert!(!search(&super::three().open(false), "#1").hits[0].snippet.is_empty());
}

#[test]
fn people_are_named_in_full_or_by_the_beginning_of_a_name() {
    check_in(
        &places(),
        &[
            ("by:@al", "1"),
            ("by:al ", "1"),
            ("by:dana", "1"),
            ("by:lee", "1"),
            ("by:\"Dana Lee\"", "1"),
            ("by:dana@example.org", "1"),
            ("by:@dall", "2"),
            ("by:team:data", "2"),
            ("by:data", "2"),
            ("by:da", "1 2"),
            ("owner:@AL", "1"),
        ],
    );
    complains_in(&places(), "by:las", "by:las", "");
}

#[test]
fn a_value_that_no_record_has_is_told() {
    let told = |query: &str| search(&places().open(false), query).complaint.unwrap_or_default();
    complains_in(&places(), "tag:dta queue", "tag:dta", "");
    assert_eq!(told("tag:dta queue"), "no record has the tag `dta`; did you mean `Data`?");
    assert_eq!(told("by:@dalas"), "no record names `dalas`; did you mean `@dallas`?");
    assert_eq!(told("in:docs/adrs"), "no record lies in `docs/adrs`; did you mean `docs/adr`?");
    assert_eq!(told("scope:zebra"), "no record has the scope `zebra`");
    complains_in(&places(), "queue OR in:docs/adrs ", "in:docs/adrs", "1 2 3");
    check_in(&places(), &[("tag:dat", "1"), ("-tag:nowhere", "1 2 3 4")]);
    // Several values, as of a status.
    check_in(&places(), &[("tag:data,zzz", "1"), ("tag:\"data flow\"", "1"), ("tag:zzz,da", "1")]);
}

#[test]
fn a_value_that_is_left_out_is_meant_as_written() {
    let record = "---\ntags: [database]\ndecision-makers: [\"@dana\"]\n---\n# Talk\n\n## Decision\n\nWe talk.\n";
    let folder = Folder::new(&[("0001-a.md", record)]);
    check_in(
        &folder,
        &[("-tag:data", "1"), ("tag:data", "1"), ("-tag:database", ""), ("-by:da", "1"), ("-by:dana", "")],
    );
}

#[test]
fn a_place_is_a_folder_wherever_one_is_called_so() {
    check_in(
        &places(),
        &[
            ("in:code", "3"),
            ("in:meta", "4"),
            ("in:context", "2"),
            ("in:context/", "2"),
            ("in:meta/deep", "4"),
            ("in:adr/meta", "4"),
            ("in:./docs/adr/code", "3"),
            ("in:/docs/adr/code/", "3"),
            ("in:docs\\adr\\code", "3"),
            ("in:.", "1 2 3 4"),
            // No folder is called so: the sections of the design.
            ("in:options kafka ", "1"),
            ("in:decision queue ", "3"),
        ],
    );
    complains_in(&places(), "in:od", "in:od", "");
}

#[test]
fn a_folder_that_tells_is_a_word() {
    let folder = places();
    folder.write("billing/eu-taxes/0005-f.md", "# Keep\n\n## Status\n\nAccepted\n");
    check_in(
        &folder,
        &[
            ("billing ", "5"),
            ("taxes ", "5"),
            ("bill", "5"),
            ("docs ", ""),
            ("adr ", ""),
            ("section:title billing ", ""),
        ],
    );
}

#[test]
fn a_path_is_governed_as_its_globs_say() {
    check_in(
        &places(),
        &[
            ("path:services", "1"),
            ("path:/services", "1"),
            ("path:./services/a.rs", "1"),
            ("path:services\\a.rs", "1"),
            ("path:.", "1"),
            ("path:x", "1"),
            ("path:x/fixtures", ""),
            ("path:x/fixtures/", ""),
            ("path:x/fixtures/a/b", ""),
            ("path:x/fixtures2", "1"),
            ("path:x/notes/a.md", ""),
            ("path:x/a.json", ""),
            ("path:x/a/b.json", "1"),
            ("binds:y", ""),
        ],
    );
}

#[test]
fn values_that_say_nothing_are_told() {
    for query in ["status:,", "by:@", "id:#", "tag:\"\"", "before:", "year:x", "in:\" \""] {
        complains_in(&places(), query, query, "");
    }
    complains_in(&places(), "zzz status:,, ", "status:,,", "");
    check_in(&places(), &[("status:accepted,", "1 3")]);
}

#[test]
fn a_pasted_path_names_its_record_in_any_case() {
    let folder = places();
    // Says more of it than the record does.
    folder.write(
        "0005-f.md",
        "# docs/adr/0001-Places.md: home x repository 0001-places\n\n## Status\n\nAccepted\n\n0001-places.md\n",
    );
    let workspace = folder.open(false);
    let first = |query: &str| search(&workspace, query).hits.first().map(|hit| hit.path.clone()).unwrap_or_default();
    for query in [
        "docs/adr/0001-Places.md",
        "docs/adr/0001-places.md",
        "./docs/adr/0001-Places.md",
        "adr/0001-PLACES.md",
        "/home/x/repository/docs/adr/0001-Places.md",
        "docs\\adr\\0001-Places.md",
        "docs/adr/0001-places",
        "0001-places",
    ] {
        assert_eq!(first(query), "docs/adr/0001-Places.md", "{query}");
    }
    assert_eq!(first("src/0001-places.md"), "docs/adr/0005-f.md");
}

#[test]
fn a_value_that_no_record_has_any_more_is_as_if_it_had_never_been() {
    let record = |name: &str| {
        format!(
            "---\ntags: [{name}]\nscope: {name}\ndecision-makers: [{name}]\n---\n# Talk\n\n## Decision\n\nWe talk.\n"
        )
    };
    let folder = Folder::new(&[("0001-a.md", &record("sto")), ("0002-b.md", &record("storage"))]);
    let workspace = folder.open(false);
    let ask = |expected: &str| {
        for field in ["tag", "scope", "by"] {
            assert_eq!(numbers(&search(&workspace, &format!("{field}:sto"))), expected, "{field}");
        }
    };
    ask("1");
    folder.write("0001-a.md", &record("x"));
    workspace.refresh::<&std::path::Path>(&[]);
    ask("2");
    for name in ["0001-a.md", "0002-b.md"] {
        folder.write(name, "# Talk\n\n## Decision\n\nWe talk.\n");
    }
    workspace.refresh::<&std::path::Path>(&[]);
    for field in ["tag", "scope", "by"] {
        let told = search(&workspace, &format!("{field}:storag")).complaint.unwrap_or_default();
        assert!(told.starts_with("no record") && !told.contains("mean"), "{told}");
    }
}
