//! Debt over history, commit by commit.

use super::*;

/// Commits everything on a day of 2026.
fn on(repo: &Repo, month: i64, day: i64) -> String {
    const DAYS: [i64; 4] = [0, 31, 59, 90];
    let days = 20_454 + DAYS[usize::try_from(month).unwrap() - 1] + day - 1;
    commit(repo, &days.to_string());
    let opened = git2::Repository::open(repo.root()).unwrap();
    opened.head().unwrap().target().unwrap().to_string()
}

fn debt(repo: &Repo, since: &str) -> Value {
    let ran = repo.run(&["debt", "--since", since, "--as-of", "2026-06-01", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.json()
}

/// Each point as `then open/waived/baselined, today …, +introduced -repaid`.
fn points(debt: &Value) -> Vec<String> {
    let three = |count: &Value| format!("{}/{}/{}", count["open"], count["waived"], count["baselined"]);
    let point = |point: &Value| {
        format!(
            "{} {} {} +{} -{}",
            point["day"].as_str().unwrap(),
            three(&point["then"]),
            three(&point["today"]),
            point["introduced"],
            point["repaid"]
        )
    };
    debt["points"].as_array().unwrap().iter().map(point).collect()
}

/// Four commits: one finding before there is a rule, the rule, one more finding with a waiver, one repaid.
fn history() -> (Repo, Vec<String>) {
    let repo = Repo::with(&[("src/a.rs", "use mongodb;\n"), ("src/b.rs", "fn b() {}\n")]);
    let mut commits = vec![on(&repo, 1, 5)];
    repo.write(RECORD, &record(MONGO));
    commits.push(on(&repo, 1, 7));
    repo.write("src/b.rs", "use mongodb;\nuse mongodb;\n");
    repo.write("docs/decisions/waivers/w.md", &super::waivers::waiver("src/b.rs", "at-most: 1\n"));
    commits.push(on(&repo, 2, 2));
    repo.write("src/a.rs", "fn a() {}\n");
    commits.push(on(&repo, 3, 3));
    (repo, commits)
}

const WHOLE: [&str; 4] = [
    "2026-01-05 0/0/0 1/0/0 +0 -0",
    "2026-01-07 1/0/0 1/0/0 +0 -0",
    "2026-02-02 3/0/0 2/1/0 +2 -0",
    "2026-03-03 2/0/0 1/1/0 +0 -1",
];

#[test]
fn each_commit_is_counted_by_its_own_rules_and_by_todays() {
    let (repo, commits) = history();
    let whole = debt(&repo, "2020-01-01");
    // The waiver is granted in May: it did not hold on the days of the commits.
    assert_eq!(points(&whole), WHOLE, "{whole:#}");
    let told: Vec<&str> =
        whole["points"].as_array().unwrap().iter().map(|point| point["commit"].as_str().unwrap()).collect();
    assert_eq!(told, commits);
    assert_eq!(whole["schema"], "precedent/debt/v1");
    assert_eq!(whole["points"][3]["today"]["errors"], 1);
    // The rule came with the second commit and found what was there; what is kept of it is told as well.
    for whole in [&whole, &debt(&repo, "2020-01-01")] {
        let added: Vec<&Value> = whole["points"].as_array().unwrap().iter().map(|point| &point["added"]).collect();
        assert_eq!(added[1], &serde_json::json!([{ "rule": "no-mongo/text", "found": 1 }]));
        assert_eq!(added.iter().map(|added| added.as_array().unwrap().len()).collect::<Vec<_>>(), [0, 1, 0, 0]);
    }
    // The first point is what was there before.
    for since in ["2026-02-01", "HEAD~2"] {
        let part = points(&debt(&repo, since));
        assert_eq!((part.len(), part[1..] == WHOLE[2..]), (3, true), "{since}: {part:?}");
    }
    let ran = repo.run(&["debt", "--since", "nowhere"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
}

#[test]
fn the_last_commit_of_each_week_is_enough_where_it_is_asked_for() {
    let (repo, commits) = history();
    repo.write("src/c.rs", "use mongodb;\n");
    let more = on(&repo, 3, 6);
    let ran = repo.run(&["debt", "--since", "2020-01-01", "--weekly", "--as-of", "2026-06-01", "--json"]);
    let weekly = ran.json();
    let told: Vec<&str> =
        weekly["points"].as_array().unwrap().iter().map(|point| point["commit"].as_str().unwrap()).collect();
    // The first is what was there before, though the second is of its week; the third of March gives way to the sixth.
    assert_eq!(told, [&commits[0], &commits[1], &commits[2], &more]);
    assert_eq!(points(&weekly)[..3], WHOLE[..3]);
    // Between two points what went and came again counts for neither.
    assert_eq!(points(&weekly)[3], "2026-03-06 3/0/0 2/1/0 +0 -0");
    // What is counted by week and by commit is kept side by side.
    assert_eq!(points(&debt(&repo, "2020-01-01"))[3..], [WHOLE[3], "2026-03-06 3/0/0 2/1/0 +1 -0"]);
}

#[test]
fn what_was_counted_is_kept_and_never_in_the_repository() {
    let (repo, _) = history();
    let before = super::inputs::walk(&repo.root());
    let first = debt(&repo, "2020-01-01");
    assert_eq!(super::inputs::walk(&repo.root()), before);
    let kept: Vec<_> = super::inputs::walk(&repo.root().join("../home/cache"));
    let kept: Vec<_> = kept.iter().filter(|path| path.ends_with("debt.json")).collect();
    assert_eq!(kept.len(), 1);
    // What is kept is believed, which shows that it is used.
    let text = std::fs::read_to_string(kept[0]).unwrap();
    std::fs::write(kept[0], text.replace("\"open\":3", "\"open\":77")).unwrap();
    assert_eq!(points(&debt(&repo, "2020-01-01"))[2], "2026-02-02 77/0/0 2/1/0 +2 -0");
    // A fault in it, and everything is counted again.
    std::fs::write(kept[0], "{").unwrap();
    assert_eq!(debt(&repo, "2020-01-01"), first);
    // A commit more is counted from there.
    repo.write("src/c.rs", "use mongodb;\n");
    on(&repo, 3, 9);
    let more = points(&debt(&repo, "2020-01-01"));
    assert_eq!((&more[..4], more[4].as_str()), (&WHOLE.map(str::to_owned)[..], "2026-03-09 3/0/0 2/1/0 +1 -0"));
    // Another rule of today counts all of history again.
    repo.write(
        RECORD,
        &record(&MONGO.replace("literal: mongodb", "literal: \"fn \"").replace("use mongodb}", "\"fn \"}")),
    );
    on(&repo, 4, 1);
    // `src/b.rs` is waived, `src/a.rs` had no function yet.
    assert_eq!(points(&debt(&repo, "2020-01-01"))[0], "2026-01-05 0/0/0 0/1/0 +0 -0");
}

#[test]
fn a_file_that_moves_brings_nothing_and_imports_are_followed() {
    let layers = "  - id: text\n    kind: boundaries\n    message: M\n    modules: {ui: [\"src/ui/**\"], core: [\"src/core/**\"]}\n    layers: [ui, core]\n    tests: {invalid: [{path: src/core/a.ts, content: \"import '../ui/b';\", also: [src/ui/b.ts]}]}\n";
    let repo = Repo::with(&[(RECORD, &record(layers)), ("src/core/a.ts", "import '../ui/b';\n")]);
    on(&repo, 1, 1);
    repo.write("src/ui/b.ts", "export {};\n");
    on(&repo, 1, 2);
    std::fs::rename(repo.root().join("src/core/a.ts"), repo.root().join("src/core/z.ts")).unwrap();
    on(&repo, 1, 3);
    let expected = ["2026-01-01 0/0/0 0/0/0 +0 -0", "2026-01-02 1/0/0 1/0/0 +1 -0", "2026-01-03 1/0/0 1/0/0 +0 -0"];
    assert_eq!(points(&debt(&repo, "2020-01-01")), expected);
}

#[test]
fn replayed_from_change_to_change_it_is_what_each_tree_is_by_itself() {
    let (repo, commits) = history();
    let whole = debt(&repo, "2020-01-01");
    let opened = git2::Repository::open(repo.root()).unwrap();
    for (at, commit) in commits.iter().enumerate() {
        let object = opened.revparse_single(commit).unwrap();
        opened.reset(&object, git2::ResetType::Hard, None).unwrap();
        let day = whole["points"][at]["day"].as_str().unwrap();
        let verdict = repo.run(&["check", "--json", "--as-of", day]).json();
        let own = &whole["points"][at]["then"];
        assert_eq!(
            (&verdict["counts"]["existing"], &verdict["counts"]["waived"]),
            (&own["open"], &own["waived"]),
            "{commit}"
        );
    }
}

#[test]
fn people_see_a_line_for_each_week_and_what_is_not_known() {
    let (repo, _) = history();
    repo.write(RECORD, &record(&MONGO.replace("forbid-text", "forbid-txet")));
    on(&repo, 3, 4);
    let ran = repo.run(&["debt", "--since", "2020-01-01", "--as-of", "2026-06-01"]);
    let lines: Vec<String> =
        ran.out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        lines[1..],
        [
            "before 0 0 0 0 0 0 +0 -0",
            "2026-01-05 1 0 0 0 0 0 +0 -0",
            "2026-02-02 3 0 0 0 0 0 +0 -0",
            "2026-03-02 0 0 0 0 0 0 +0 -0",
            "undecided: at 5 of 5 commits something could not be decided, so the figures may be too low",
            "note: no rule binds in the last commit",
        ],
        "{}",
        ran.out
    );
}

/// Of clocks that are not the same: one that was behind must not end the history.
#[test]
fn a_commit_of_a_wrong_day_does_not_end_the_history() {
    let repo = Repo::with(&[("src/a.rs", "use mongodb;\n"), (RECORD, &record(MONGO))]);
    on(&repo, 1, 5);
    for (month, day) in [(2, 2), (2, 3)] {
        repo.write("src/a.rs", &format!("use mongodb;\n// {day}\n"));
        on(&repo, month, day);
    }
    repo.write("src/b.rs", "use mongodb;\n");
    commit(&repo, "0");
    repo.write("src/a.rs", "fn a() {}\n");
    on(&repo, 3, 3);
    let days: Vec<String> = points(&debt(&repo, "2026-02-01")).iter().map(|point| point[..10].to_owned()).collect();
    assert_eq!(days, ["2026-01-05", "2026-02-02", "2026-02-03", "1970-01-01", "2026-03-03"]);
    assert_eq!(points(&debt(&repo, "2026-03-01")).len(), 2);
}
