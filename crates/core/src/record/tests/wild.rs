//! Manners of writing that real repositories have, area by area; each row is a text and what it says.

use super::*;

/// Compares every row and tells all that differ.
fn rows<'a>(cases: &[(&'a str, &str)], read: impl Fn(&'a str) -> String) {
    let differing: Vec<String> = cases
        .iter()
        .filter_map(|(text, expected)| {
            let got = read(text);
            (got != *expected).then(|| format!("{text:?}\n  got      {got}\n  expected {expected}"))
        })
        .collect();
    assert!(differing.is_empty(), "{} of {}:\n{}", differing.len(), cases.len(), differing.join("\n"));
}

fn status_of(text: &str) -> String {
    read(text).decision.status.map_or("-", Status::word).to_owned()
}

fn links_of(text: &str) -> String {
    let links = read(text).decision.links;
    let word = |link: &crate::decision::StatedLink| {
        let name = link.relation.clone().unwrap_or_else(|| link.kind.key().to_owned());
        format!("{name} {}", link.target.as_deref().unwrap_or(&link.text))
    };
    links.iter().map(word).collect::<Vec<_>>().join("; ")
}

#[test]
fn status_words_in_many_languages() {
    let in_section = |word: &str| {
        let text = format!("# T\n\n## Status\n\n{word}\n\n## Context\n\nx\n");
        status_of(&text)
    };
    rows(
        &[
            ("Approved ✅", "accepted"),
            ("**ACTIVE**", "accepted"),
            ("`implemented`", "accepted"),
            ("Adopted.", "accepted"),
            ("🟢 Accepted", "accepted"),
            (":white_check_mark: Accepted", "accepted"),
            ("Status: Accepted", "accepted"),
            ("Accepted - 2021-03-04", "accepted"),
            ("Accepted on 4 March 2021 by the team", "accepted"),
            ("Accepted, with amendments", "accepted"),
            ("Accepted (amended by ADR-0012)", "accepted"),
            ("Accepted, extended by [ADR 12](0012-x.md)", "accepted"),
            ("In Review", "proposed"),
            ("RFC", "proposed"),
            ("Pending", "proposed"),
            ("Work in progress", "draft"),
            ("Draft 🚧", "draft"),
            ("\tAccepted", "accepted"),
            ("    Superseded by [ADR 12](0012-x.md)", "superseded"),
            ("Retired", "deprecated"),
            ("Obsolete", "deprecated"),
            ("No longer relevant", "deprecated"),
            ("Replaced by ADR-0012", "superseded"),
            ("Accepted (2020-01-01), superseded by [ADR 12](0012-x.md)", "superseded"),
            ("Partly superseded by [ADR 12](0012-x.md)", "accepted"),
            ("Won't do", "rejected"),
            ("Angenommen am 03.02.2021", "accepted"),
            ("Vorgeschlagen", "proposed"),
            ("In Prüfung", "proposed"),
            ("Veraltet", "deprecated"),
            ("Abgelehnt", "rejected"),
            ("Akzeptiert", "accepted"),
            ("Acceptée le 3 mars 2021", "accepted"),
            ("En discussion", "proposed"),
            ("En cours de validation", "proposed"),
            ("Remplacée par l'ADR 12", "superseded"),
            ("Rejeté", "rejected"),
            ("Aceptada", "accepted"),
            ("Propuesto", "proposed"),
            ("En revisión", "proposed"),
            ("Rechazada", "rejected"),
            ("Obsoleta", "deprecated"),
            ("Aceito", "accepted"),
            ("Em análise", "proposed"),
            ("Em discussão", "proposed"),
            ("Depreciado", "deprecated"),
            ("Substituído por ADR-12", "superseded"),
            ("Accettata", "accepted"),
            ("In revisione", "proposed"),
            ("Deprecata", "deprecated"),
            ("Sostituita da ADR-12", "superseded"),
            ("Geaccepteerd", "accepted"),
            ("In behandeling", "proposed"),
            ("Vervangen door ADR-12", "superseded"),
            ("Zaakceptowana", "accepted"),
            ("Zaakceptowano", "accepted"),
            ("Propozycja", "proposed"),
            ("W trakcie dyskusji", "proposed"),
            ("Odrzucona", "rejected"),
            ("Zastąpiona przez ADR-12", "superseded"),
            ("承認済み", "accepted"),
            ("承認", "accepted"),
            ("提案中", "proposed"),
            ("レビュー中", "proposed"),
            ("検討中", "proposed"),
            ("廃止", "deprecated"),
            ("却下", "rejected"),
            ("ADR-0012 に置き換え", "superseded"),
            ("已接受", "accepted"),
            ("已采纳", "accepted"),
            ("已批准", "accepted"),
            ("已採納", "accepted"),
            ("提议中", "proposed"),
            ("讨论中", "proposed"),
            ("评审中", "proposed"),
            ("草稿", "draft"),
            ("已废弃", "deprecated"),
            ("已被 ADR-0012 取代", "superseded"),
            ("승인됨", "accepted"),
            ("채택됨", "accepted"),
            ("수락됨", "accepted"),
            ("제안됨", "proposed"),
            ("검토 중", "proposed"),
            ("초안", "draft"),
            ("거부됨", "rejected"),
            ("폐기됨", "deprecated"),
            ("ADR-0012로 대체됨", "superseded"),
        ],
        in_section,
    );
}

#[test]
fn places_of_a_status() {
    rows(
        &[
            ("# T\n\nStatus: **Accepted**\n", "accepted"),
            ("# T\n\n_Status_: accepted\n", "accepted"),
            ("# T\n\n**Status**: ~~Proposed~~ Accepted\n", "accepted"),
            ("# T\n\n> **Status:** Accepted\n", "accepted"),
            ("# T\n\n> [!NOTE]\n> Status: Accepted\n", "accepted"),
            ("# T\n\n- [x] Status: Accepted\n", "accepted"),
            (
                "# T\n\n![Status](https://img.shields.io/badge/status-accepted-green)\n\n## Status\n\nAccepted\n",
                "accepted",
            ),
            ("# T\n\nStatus | Accepted\n---|---\nDate | 2020-01-01\n", "accepted"),
            ("# T\n\n| | |\n|---|---|\n| **Status** | Accepted |\n", "accepted"),
            ("# T\n\n<table><tr><td>Status</td><td>Accepted</td></tr></table>\n\n## Context\n", "-"),
            ("# T\n\n## 1. Status\n\nAccepted\n", "accepted"),
            ("# T\n\n### Status\n\nAccepted\n", "accepted"),
            ("# T\n\n## Status {#status}\n\nAccepted\n", "accepted"),
            ("# T\n\n## **Status**\n\nAccepted\n", "accepted"),
            ("# T\n\n## Statut\n\nAccepté\n", "accepted"),
            ("# T\n\n## Estado\n\nAceptado\n", "accepted"),
            ("# T\n\n## Stato\n\nAccettato\n", "accepted"),
            ("# T\n\n## 状态\n\n已接受\n", "accepted"),
            ("# T\n\n## ステータス\n\n承認\n", "accepted"),
            ("# T\n\n## 상태\n\n승인\n", "accepted"),
            ("---\nstatus: Accepted\n---\n# T\n", "accepted"),
            ("---\nstatus: [accepted]\n---\n# T\n", "accepted"),
            ("---\nstatus:\n  - accepted\n---\n# T\n", "accepted"),
            ("---\nStatus: accepted\n---\n# T\n", "accepted"),
            ("---\nadr:\n  status: accepted\n---\n# T\n", "-"),
            ("---\nstatus: true\n---\n# T\n", "other"),
            ("---\nstatus: null\n---\n# T\n\n## Status\n\nAccepted\n", "accepted"),
            ("---\nstatus: \"{proposed | rejected | accepted}\"\n---\n# T\n", "-"),
            ("---\nstatus: !custom accepted\n---\n# T\n", "accepted"),
            ("---\nstatus: >\n  accepted\n---\n# T\n", "accepted"),
            ("+++\nstatus = \"accepted\"\n+++\n# T\n", "accepted"),
            ("+++\n[params]\nstatus = \"accepted\"\n+++\n# T\n", "-"),
            ("\u{feff}---\r\nstatus: accepted\r\n---\r\n# T\r\n", "accepted"),
            ("", "-"),
            ("\n\n\n", "-"),
            ("---\n---\n", "-"),
        ],
        status_of,
    );
}

#[test]
fn titles() {
    rows(
        &[
            ("# ADR-007: Use Mongo\n", "Use Mongo"),
            ("# ADR 7 — Use Mongo\n", "Use Mongo"),
            ("# 7 - Use Mongo\n", "Use Mongo"),
            ("# 0007. Use Mongo #\n", "Use Mongo"),
            ("# [ADR-0007] Use Mongo\n", "Use Mongo"),
            ("# Use `Mongo` for *all*\n", "Use Mongo for all"),
            ("Use Mongo\n=========\n\nText\n", "Use Mongo"),
            ("Use Mongo\n---------\n\nText\n", "Use Mongo"),
            ("# Use Mongo {#use-mongo}\n", "Use Mongo"),
            ("# Use Mongo\n\n# Status\n\nAccepted\n\n# Context\n", "Use Mongo"),
            (
                "# Architecture Decision Record\n\n## Use Mongo\n\n## Status\n\nAccepted\n",
                "Architecture Decision Record",
            ),
            ("## Use Mongo\n\n### Status\n\nAccepted\n", "Use Mongo"),
            ("---\ntitle: \"ADR 7: Use Mongo\"\n---\n\n## Status\n\nAccepted\n", "Use Mongo"),
            ("---\ntitle: Use Mongo\n---\n\nText\n", "Use Mongo"),
            ("<!-- markdownlint-disable -->\n# Use Mongo\n", "Use Mongo"),
            ("```\n# not this\n```\n\n# Use Mongo\n", "Use Mongo"),
            ("# [Use Mongo](https://example.org)\n", "Use Mongo"),
            ("", "-"),
            ("Text without a heading.\n", "-"),
        ],
        |text| read(text).decision.title.unwrap_or_else(|| "-".to_owned()),
    );
}

#[test]
fn links_in_every_place() {
    rows(
        &[
            ("# T\n\n## Status\n\nAccepted\n\nClarifies [3. Y](0003-y.md)\n", "clarifies 0003-y.md"),
            ("# T\n\n## Status\n\nAccepted\n\nRefines [3. Y](0003-y.md)\n", "refines 0003-y.md"),
            ("# T\n\n## Status\n\nAccepted\n\nExtends [3. Y](0003-y.md)\n", "amends 0003-y.md"),
            ("# T\n\n## Status\n\nAccepted\n\nDepends on [3. Y](0003-y.md)\n", "depends-on 0003-y.md"),
            ("# T\n\n## Status\n\nAccepted\n\nRelated: [3. Y](0003-y.md)\n", "relates-to 0003-y.md"),
            ("# T\n\n## Status\n\nAccepted\n\nSupersedes [[0003-y]]\n", "supersedes 0003-y"),
            ("# T\n\n## Status\n\nAccepted\n\nSupersedes [[ADR-0003|the old one]]\n", "supersedes ADR-0003"),
            (
                "# T\n\n## Status\n\nAccepted, supersedes ADR-0003 and ADR-0004\n",
                "supersedes ADR-0003; supersedes ADR-0004",
            ),
            (
                "# T\n\n## Status\n\nSuperseded by <https://github.com/acme/shop/blob/main/docs/adr/0012-x.md>\n",
                "superseded-by https://github.com/acme/shop/blob/main/docs/adr/0012-x.md",
            ),
            ("# T\n\n## Status\n\nSuperseded by [ADR-12]\n\n[ADR-12]: 0012-x.md\n", "superseded-by 0012-x.md"),
            ("# T\n\n* Status: accepted\n* Supersedes: ADR-3, ADR-4\n", "supersedes ADR-3; supersedes ADR-4"),
            ("# T\n\n* Status: accepted\n* Related ADRs: ADR-3\n", "relates-to ADR-3"),
            ("# T\n\n**Status:** Accepted\n**Depends on:** ADR-3\n", "depends-on ADR-3"),
            ("# T\n\n**Status:** Accepted\n**Replaces:** none\n", ""),
            ("# T\n\n| Status | Accepted |\n|---|---|\n| Superseded by | ADR-0012 |\n", "superseded-by ADR-0012"),
            ("# T\n\n## Status\n\nAccepted\n\n## Links\n\n* Amended by [ADR 12](0012-x.md)\n", "amended-by 0012-x.md"),
            (
                "# T\n\n## Status\n\nAccepted\n\n## More Information\n\nThis decision depends on [ADR 3](0003-y.md).\n",
                "depends-on 0003-y.md",
            ),
            (
                "# T\n\n## Status\n\nAccepted\n\n## Related decisions\n\n- [ADR 3](0003-y.md)\n- ADR-0004\n",
                "relates-to 0003-y.md; relates-to ADR-0004",
            ),
            ("# T\n\n## Status\n\nAccepted\n\n## Supersedes\n\n- [ADR 3](0003-y.md)\n", "supersedes 0003-y.md"),
            ("# T\n\n## Status\n\nAccepted\n\n## Context\n\nThis does not supersede ADR-3.\n", ""),
            ("---\nstatus: accepted\nsupersedes: 3\n---\n# T\n", "supersedes 3"),
            ("---\nstatus: accepted\nsupersedes: \"[ADR-3](0003-y.md)\"\n---\n# T\n", "supersedes 0003-y.md"),
            ("---\nstatus: accepted\nsupersedes: [\"[[0003-y]]\"]\n---\n# T\n", "supersedes 0003-y"),
            ("---\nstatus: accepted\nsuperseded_by: ADR-0012\n---\n# T\n", "superseded-by ADR-0012"),
            ("---\nstatus: accepted\nsupersededBy: ADR-0012\n---\n# T\n", "superseded-by ADR-0012"),
            ("---\nstatus: superseded by ADR-0012\n---\n# T\n", "superseded-by ADR-0012"),
            ("---\nstatus: accepted\nlinks:\n  - type: supersedes\n    target: 3\n---\n# T\n", "supersedes 3"),
            ("---\nstatus: accepted\nrelated: [3, 4]\n---\n# T\n", "relates-to 3; relates-to 4"),
            ("---\nstatus: accepted\nrelates-to:\n  - ref: 3\n    as: extends\n---\n# T\n", "amends 3"),
            ("---\nstatus: accepted\nsupersedes: {ref: 3}\n---\n# T\n", "supersedes 3"),
            ("---\nstatus: accepted\nsupersedes: []\namends:\n---\n# T\n", ""),
            ("# Use Postgres (supersedes ADR-0003)\n\n## Status\n\nAccepted\n", "supersedes ADR-0003"),
            ("# T\n\n## Status\n\nErsetzt [ADR 3](0003-y.md)\n", "supersedes 0003-y.md"),
            ("# T\n\n## Statut\n\nAcceptée, remplace l'ADR 3\n", "supersedes ADR 3"),
            ("# T\n\n## Estado\n\nReemplaza a [ADR 3](0003-y.md)\n", "supersedes 0003-y.md"),
            ("# T\n\n## 状态\n\n已被 [ADR 12](0012-x.md) 取代\n", "superseded-by 0012-x.md"),
        ],
        links_of,
    );
}

#[test]
fn people_of_any_value_type() {
    let people = |text: &str| read(text).decision.people.decision_makers.join(" + ");
    rows(
        &[
            ("---\ndecision-makers: Alice, Bob\n---\n# T\n", "Alice + Bob"),
            ("---\ndecision-makers: Alice\n---\n# T\n", "Alice"),
            ("---\ndecision-makers: [Alice, \"Bob B.\"]\n---\n# T\n", "Alice + Bob B."),
            ("---\ndecision-makers:\n  - Alice\n  - name: Bob\n---\n# T\n", "Alice + Bob"),
            ("---\ndecision-makers: {list everyone involved in the decision}\n---\n# T\n", ""),
            ("---\ndeciders: @alice, @bob\n---\n# T\n", "@alice + @bob"),
            ("---\ndecision-makers: 42\n---\n# T\n", "42"),
            ("---\ndecision-makers:\n---\n# T\n", ""),
            ("---\nauthors: [Alice]\nstatus: accepted\n---\n# T\n", "Alice"),
            ("+++\ndeciders = [\"Alice\", \"Bob\"]\n+++\n# T\n", "Alice + Bob"),
            ("# T\n\n* Deciders: [Alice](https://x.org), Bob\n", "Alice + Bob"),
            ("# T\n\n* Deciders:\n  * Alice\n  * Bob\n", "Alice + Bob"),
            ("# T\n\n## Deciders\n\n- Alice\n- Bob\n", "Alice + Bob"),
        ],
        people,
    );
}

/// MADR 4's own template as it ships: its placeholders are YAML mappings.
const UNFILLED: &str = "---\n# These are optional metadata elements. Feel free to remove any of them.\nstatus: \"{proposed | rejected | accepted | deprecated | … | superseded by ADR-0123}\"\ndate: {YYYY-MM-DD when the decision was last updated}\ndecision-makers: {list everyone involved in the decision}\nconsulted: {list everyone whose opinions are sought (typically subject-matter experts); and with whom there is a two-way communication}\ninformed: {list everyone who is kept up-to-date on progress; and with whom there is a one-way communication}\n---\n\n# {short title, representative of solved problem and found solution}\n\n## Context and Problem Statement\n\n{Describe the context and problem statement, e.g., in free form using two to three sentences or in the form of an illustrative story.}\n\n<!-- This is an optional element. Feel free to remove. -->\n## Decision Drivers\n\n* {decision driver 1, e.g., a force, facing concern, …}\n\n## Considered Options\n\n* {title of option 1}\n\n## Decision Outcome\n\nChosen option: \"{title of option 1}\", because {justification. e.g., only option, which meets k.o. criterion decision driver | which resolves force {force} | … | comes out best (see below)}.\n";

#[test]
fn the_official_template_unfilled() {
    let parsed = read(UNFILLED);
    let decision = &parsed.decision;
    assert_eq!((decision.status, decision.dates.date), (None, None));
    assert!(decision.people.decision_makers.is_empty() && decision.people.consulted.is_empty());
    assert!(decision.links.is_empty(), "{:?}", decision.links);
    let codes: Vec<&str> = parsed.problems.iter().map(|problem| problem.code.slug()).collect();
    assert!(codes.contains(&"unfilled-placeholder"), "{codes:?}");
    assert!(!codes.contains(&"unparsable-front-matter") && !codes.contains(&"bad-date"), "{:?}", parsed.problems);
    assert!(parsed.signs.any());
}

#[test]
fn a_status_in_a_badge_in_a_heading_or_in_the_link_to_a_successor() {
    rows(
        &[
            ("# T\n\n![status](https://img.shields.io/badge/status-accepted-green)\n\n## Context\n\nx\n", "accepted"),
            ("# T\n\n![s](https://img.shields.io/badge/ADR_status-in%20review-yellow.svg)\n", "proposed"),
            ("# T\n\n## Superceded\n\nby ADR-28\n", "superseded"),
            ("---\nsuperseded-by: 0012\n---\n# T\n", "superseded"),
            ("# T\n\n## Context\n\n![b](https://img.shields.io/badge/status-accepted-green)\n", "-"),
        ],
        status_of,
    );
}

#[test]
fn people_in_braces_are_a_list() {
    let people = |text: &str| read(text).decision.people.decision_makers.join("|");
    rows(
        &[
            ("---\ndeciders: {ann-lee, Bob Ray, cy}\n---\n# T\n", "ann-lee|Bob Ray|cy"),
            ("---\ndeciders: { Ann Lee, Bob }\n---\n# T\n", "Ann Lee|Bob"),
            ("---\ndeciders: {}\n---\n# T\n", ""),
            ("---\ndeciders: \"{list everyone involved in the decision}\"\n---\n# T\n", ""),
        ],
        people,
    );
}

#[test]
fn a_tag_is_any_word_and_none_only_where_nothing_else_can_be_meant() {
    let tags = |text: &str| read(text).decision.tags.join("|");
    rows(
        &[
            ("---\ntags: [na]\n---\n# T\n", "na"),
            ("---\ntags: [NNNN, no, nil]\n---\n# T\n", "NNNN|no|nil"),
            ("---\ntags: [none, data]\n---\n# T\n", "none|data"),
            ("---\ntags: na\n---\n# T\n", "na"),
            ("# T\n\n* Tags: na, tbd\n* Status: accepted\n", "na|tbd"),
            ("---\ntags: none\n---\n# T\n", ""),
            ("---\ntags: [N/A]\n---\n# T\n", ""),
            ("---\ntags: []\n---\n# T\n", ""),
            ("---\ntags: \"{space and/or comma separated list of tags}\"\n---\n# T\n", ""),
            ("# T\n\n* Tags: {space and/or comma separated list}\n* Status: accepted\n", ""),
            ("# T\n\n* Tags: [space and/or comma separated list of tags] <!-- optional -->\n* Status: accepted\n", ""),
        ],
        tags,
    );
}

#[test]
fn a_word_within_one_item_says_nothing_of_the_next_and_remarks_do_not_end_a_row() {
    rows(
        &[
            (
                "# T\n\n## Links\n\n- [A](0001-a.md) — schema that `--output x` implements\n- [B](https://example.org/b)\n",
                "",
            ),
            ("# T\n\n## Links\n\n- [A](0001-a.md) — we extend this to CI dependencies\n- [B](0002-b.md) — how\n", ""),
            (
                "# T\n\n## Links\n\nAmends:\n\n- [B](0002-b.md)\n- [C](0003-c.md)\n",
                "amends 0002-b.md; amends 0003-c.md",
            ),
            (
                "# T\n\nStatus: Accepted\n\n- Related: [A](0001-a.md)\n  (the same for Lore) · [B](0002-b.md)\n  (this)\n",
                "relates-to 0001-a.md; relates-to 0002-b.md",
            ),
            ("# T\n\n- Supersedes: [A](0001-a.md) (but see [B](0002-b.md))\n", "supersedes 0001-a.md"),
        ],
        links_of,
    );
}
