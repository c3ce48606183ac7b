//! What words mean, in the languages that records are written in: keys of fields, relations, headings.
//!
//! Words of statuses are in [`super::statuses`].
//!
//! Tables only. How a word is found in a text is the work of [`super::status`], [`super::head`] and [`super::sections`].

use super::SectionKind;
use crate::decision::LinkKind;

/// A field of a record, whatever the record calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Schema,
    Id,
    Title,
    Status,
    Date,
    Proposed,
    Accepted,
    ReviewBy,
    DecisionMakers,
    Consulted,
    Informed,
    Tags,
    Scope,
    AppliesTo,
    ReasonSuperseded,
    ReasonSupersedes,
    Link(LinkKind),
    /// A relation with a word of its own (`refines`).
    Relation(String),
}

/// Lower case, punctuation and marks of Markdown gone, words joined by one space.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split(|c: char| !c.is_alphanumeric() && c != '\'') {
        if part.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(part.chars().flat_map(char::to_lowercase));
    }
    out
}

/// The words of a key, `decisionMakers`, `decision_makers` and `Decision-makers` alike.
pub(crate) fn fold_key(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 4);
    let mut previous_lower = false;
    for c in text.chars() {
        if c.is_uppercase() && previous_lower {
            spaced.push(' ');
        }
        previous_lower = c.is_lowercase();
        spaced.push(c);
    }
    fold(&spaced)
}

/// The field a key names; `None` for a key that means nothing to us.
pub(crate) fn key(text: &str) -> Option<Key> {
    if text.len() > 60 {
        return None;
    }
    let folded = fold_key(text);
    let word = folded.strip_prefix("adr ").unwrap_or(&folded);
    Some(match word {
        "schema" => Key::Schema,
        "id" => Key::Id,
        "title" | "titel" | "titre" | "titulo" | "título" | "titolo" => Key::Title,
        "status" | "state" | "decision status" | "current status" | "lifecycle" | "stand" | "zustand" | "statut"
        | "estado" | "stato" | "stan" | "état" | "状态" | "狀態" | "状態" | "ステータス" | "상태" | "статус" => {
            Key::Status
        }
        "date" | "datum" | "fecha" | "data" | "日期" | "日付" | "날짜" | "дата" | "decision date" | "date decided"
        | "date of decision" | "decided on" | "decided" | "last updated" | "updated" | "created" | "date created"
        | "creation date" | "introduced" | "dated" | "last modified" => Key::Date,
        "proposed" | "proposed on" | "date proposed" | "proposed date" => Key::Proposed,
        "accepted" | "accepted on" | "date accepted" | "accepted date" | "approved on" | "approval date" => {
            Key::Accepted
        }
        "review by" | "review date" | "review on" | "next review" | "revisit by" => Key::ReviewBy,
        "decision makers"
        | "decision maker"
        | "deciders"
        | "decider"
        | "decided by"
        | "entscheider"
        | "entscheidungsträger"
        | "décideurs"
        | "decisores"
        | "decisori"
        | "beslissers"
        | "decydenci"
        | "决策者"
        | "決定者"
        | "결정자" => Key::DecisionMakers,
        "consulted" | "konsultiert" | "consultés" => Key::Consulted,
        "informed" | "informiert" | "informés" => Key::Informed,
        "tags" | "tag" | "labels" | "keywords" | "schlagworte" | "étiquettes" | "etiquetas" | "标签" | "タグ" => {
            Key::Tags
        }
        "scope" | "area" | "component" => Key::Scope,
        "applies to" | "governs" => Key::AppliesTo,
        "reason superseded" | "superseded reason" => Key::ReasonSuperseded,
        "reason supersedes" => Key::ReasonSupersedes,
        _ => return relation(word).map(Relation::key),
    })
}

/// The people a record without deciders names instead, as a last resort.
pub(crate) fn is_author_key(text: &str) -> bool {
    matches!(
        fold_key(text).as_str(),
        "author" | "authors" | "owner" | "owners" | "autor" | "autoren" | "auteur" | "auteurs"
    )
}

/// A relation as words: a kind of the contract, or a word of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    Kind(LinkKind),
    Word(String),
}

impl Relation {
    pub(crate) fn key(self) -> Key {
        match self {
            Relation::Kind(kind) => Key::Link(kind),
            Relation::Word(word) => Key::Relation(word),
        }
    }
}

/// Phrases of relations, the longest first where one begins another. Misspellings are as met in real records.
const RELATIONS: &[(&str, LinkKind)] = &[
    ("superseded by", LinkKind::SupersededBy),
    ("superceded by", LinkKind::SupersededBy),
    ("supersede by", LinkKind::SupersededBy),
    ("supercede by", LinkKind::SupersededBy),
    ("superseeded by", LinkKind::SupersededBy),
    ("replaced by", LinkKind::SupersededBy),
    ("replaced with", LinkKind::SupersededBy),
    ("replaced in", LinkKind::SupersededBy),
    ("superseded with", LinkKind::SupersededBy),
    ("superseded in", LinkKind::SupersededBy),
    ("superseded", LinkKind::SupersededBy),
    ("superceded", LinkKind::SupersededBy),
    ("obsoleted by", LinkKind::SupersededBy),
    ("deprecated by", LinkKind::SupersededBy),
    ("deprecated in favor of", LinkKind::SupersededBy),
    ("deprecated in favour of", LinkKind::SupersededBy),
    ("invalidated by", LinkKind::SupersededBy),
    ("overruled by", LinkKind::SupersededBy),
    ("reversed by", LinkKind::SupersededBy),
    ("successor", LinkKind::SupersededBy),
    ("ersetzt durch", LinkKind::SupersededBy),
    ("abgelöst durch", LinkKind::SupersededBy),
    ("remplacé par", LinkKind::SupersededBy),
    ("remplacée par", LinkKind::SupersededBy),
    ("reemplazado por", LinkKind::SupersededBy),
    ("reemplazada por", LinkKind::SupersededBy),
    ("sustituido por", LinkKind::SupersededBy),
    ("sustituida por", LinkKind::SupersededBy),
    ("sostituito da", LinkKind::SupersededBy),
    ("sostituita da", LinkKind::SupersededBy),
    ("substituído por", LinkKind::SupersededBy),
    ("substituída por", LinkKind::SupersededBy),
    ("substituido por", LinkKind::SupersededBy),
    ("vervangen door", LinkKind::SupersededBy),
    ("zastąpione przez", LinkKind::SupersededBy),
    ("zastąpiony przez", LinkKind::SupersededBy),
    ("zastąpiona przez", LinkKind::SupersededBy),
    ("被取代", LinkKind::SupersededBy),
    ("supersedes", LinkKind::Supersedes),
    ("supercedes", LinkKind::Supersedes),
    ("superseedes", LinkKind::Supersedes),
    ("superseding", LinkKind::Supersedes),
    ("supersede", LinkKind::Supersedes),
    ("supercede", LinkKind::Supersedes),
    ("replaces", LinkKind::Supersedes),
    ("obsoletes", LinkKind::Supersedes),
    ("predecessor", LinkKind::Supersedes),
    ("ersetzt", LinkKind::Supersedes),
    ("löst ab", LinkKind::Supersedes),
    ("remplace", LinkKind::Supersedes),
    ("reemplaza a", LinkKind::Supersedes),
    ("reemplaza", LinkKind::Supersedes),
    ("sustituye a", LinkKind::Supersedes),
    ("sustituye", LinkKind::Supersedes),
    ("sostituisce", LinkKind::Supersedes),
    ("substitui", LinkKind::Supersedes),
    ("vervangt", LinkKind::Supersedes),
    ("zastępuje", LinkKind::Supersedes),
    ("取代", LinkKind::Supersedes),
    ("amended by", LinkKind::AmendedBy),
    ("amended in", LinkKind::AmendedBy),
    ("updated by", LinkKind::AmendedBy),
    ("modified by", LinkKind::AmendedBy),
    ("ergänzt durch", LinkKind::AmendedBy),
    ("modifié par", LinkKind::AmendedBy),
    ("extended by", LinkKind::AmendedBy),
    ("extended in", LinkKind::AmendedBy),
    ("expanded by", LinkKind::AmendedBy),
    ("extends", LinkKind::Amends),
    ("expands on", LinkKind::Amends),
    ("amends", LinkKind::Amends),
    ("amendment to", LinkKind::Amends),
    ("amendment of", LinkKind::Amends),
    ("updates", LinkKind::Amends),
    ("modifies", LinkKind::Amends),
    ("modifie", LinkKind::Amends),
    ("ergänzt", LinkKind::Amends),
    ("depends on", LinkKind::DependsOn),
    ("dependencies", LinkKind::DependsOn),
    ("relates to", LinkKind::RelatesTo),
    ("related to", LinkKind::RelatesTo),
    ("related decisions", LinkKind::RelatesTo),
    ("related decision", LinkKind::RelatesTo),
    ("related adrs", LinkKind::RelatesTo),
    ("related adr", LinkKind::RelatesTo),
    ("related records", LinkKind::RelatesTo),
    ("related", LinkKind::RelatesTo),
    ("see also", LinkKind::RelatesTo),
];

/// Relations with a word of their own; they never end or change a decision.
const OTHER_RELATIONS: &[&str] = &[
    "refined by",
    "refines",
    "clarified by",
    "clarifies",
    "builds on",
    "complements",
    "complemented by",
    "supplements",
    "supplemented by",
    "overrides",
    "overridden by",
    "implements",
    "implemented by",
    "constrained by",
    "constrains",
    "enables",
    "enabled by",
    "requires",
    "required by",
    "follows",
    "narrows",
    "narrowed by",
    "reverses",
];

/// The relation that a whole phrase names (`Superseded by`, `amends`).
pub(crate) fn relation(folded: &str) -> Option<Relation> {
    let known = RELATIONS.iter().find(|(phrase, _)| *phrase == folded).map(|(_, kind)| Relation::Kind(*kind));
    known.or_else(|| OTHER_RELATIONS.contains(&folded).then(|| Relation::Word(folded.to_owned())))
}

/// Every relation phrase with what it means, for scanning running text.
pub(crate) fn relation_phrases() -> impl Iterator<Item = (&'static str, Relation)> {
    let kinds = RELATIONS.iter().map(|(phrase, kind)| (*phrase, Relation::Kind(*kind)));
    kinds.chain(OTHER_RELATIONS.iter().map(|phrase| (*phrase, Relation::Word((*phrase).to_owned()))))
}

/// What a section is about, by its heading.
pub(crate) fn section(heading: &str) -> SectionKind {
    let folded = fold(heading);
    let words = folded.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let words = words.strip_suffix(" adr").unwrap_or(words);
    if super::language::key(words) == Some(Key::Status) && !words.starts_with("decision ") {
        return SectionKind::Status;
    }
    SECTIONS.iter().find(|(phrases, _)| phrases.contains(&words)).map_or(SectionKind::Other, |(_, kind)| *kind)
}

const SECTIONS: &[(&[&str], SectionKind)] = &[
    (
        &[
            "context",
            "context and problem statement",
            "problem statement",
            "problem",
            "background",
            "issue",
            "motivation",
            "summary",
            "introduction",
            "context and problem",
            "kontext",
            "kontext und problemstellung",
            "hintergrund",
            "problemstellung",
            "contexte",
            "contexte et problème",
            "contexto",
            "contexto y planteamiento del problema",
            "contesto",
            "kontekst",
            "背景",
            "上下文",
            "コンテキスト",
            "背景と課題",
            "맥락",
            "배경",
            "контекст",
            "context problem statement",
            "context and background",
            "overview",
        ],
        SectionKind::Context,
    ),
    (
        &[
            "decision drivers",
            "drivers",
            "forces",
            "constraints",
            "assumptions",
            "requirements",
            "entscheidungstreiber",
            "treiber",
            "facteurs de décision",
            "决策驱动因素",
            "決定要因",
            "goals",
        ],
        SectionKind::Drivers,
    ),
    (
        &[
            "considered options",
            "options considered",
            "options",
            "alternatives",
            "alternatives considered",
            "considered alternatives",
            "pros and cons of the options",
            "proposal",
            "proposals",
            "optionen",
            "betrachtete optionen",
            "betrachtete alternativen",
            "alternativen",
            "options envisagées",
            "opciones consideradas",
            "alternativas",
            "opzioni considerate",
            "alternative",
            "考虑的选项",
            "备选方案",
            "検討した選択肢",
            "選択肢",
            "고려한 대안",
        ],
        SectionKind::Options,
    ),
    (
        &[
            "decision",
            "decision outcome",
            "decisions",
            "outcome",
            "the decision",
            "resolution",
            "solution",
            "entscheidung",
            "entscheid",
            "ergebnis der entscheidung",
            "décision",
            "resultado de la decisión",
            "decisión",
            "decisão",
            "decisione",
            "beslissing",
            "besluit",
            "decyzja",
            "决策",
            "决定",
            "決定",
            "決策",
            "결정",
            "решение",
            "proposed solution",
            "rationale",
        ],
        SectionKind::Decision,
    ),
    (
        &[
            "consequences",
            "consequence",
            "impact",
            "implications",
            "konsequenzen",
            "folgen",
            "auswirkungen",
            "conséquences",
            "consecuencias",
            "consequências",
            "conseguenze",
            "gevolgen",
            "konsekwencje",
            "后果",
            "影响",
            "結果",
            "影響",
            "결과",
            "последствия",
            "positive consequences",
            "negative consequences",
            "results",
            "trade offs",
            "tradeoffs",
        ],
        SectionKind::Consequences,
    ),
    (
        &[
            "links",
            "more information",
            "references",
            "related",
            "related decisions",
            "related adrs",
            "related documents",
            "related records",
            "see also",
            "verweise",
            "weitere informationen",
            "références",
            "liens",
            "enlaces",
            "referencias",
            "collegamenti",
            "riferimenti",
            "verwijzingen",
            "参考",
            "相关链接",
            "リンク",
            "参照",
            "further reading",
            "relationships",
            "relations",
            "notes",
        ],
        SectionKind::Links,
    ),
];

/// Values that say "nothing" where a reference or a name could stand.
pub(crate) fn is_nothing(text: &str) -> bool {
    let folded = fold(text);
    matches!(
        folded.as_str(),
        "" | "none"
            | "nothing"
            | "n a"
            | "na"
            | "no"
            | "null"
            | "nil"
            | "tbd"
            | "not applicable"
            | "keine"
            | "aucun"
            | "ninguno"
            | "nessuno"
            | "nessuna"
            | "geen"
            | "无"
            | "なし"
            | "없음"
    )
}

/// Whether an English word joins a status or a relation to its sentence without meaning anything by itself.
pub(crate) fn is_glue(word: &str) -> bool {
    const GLUE: &[&str] = &[
        "this",
        "adr",
        "record",
        "decision",
        "document",
        "the",
        "it",
        "has",
        "have",
        "been",
        "is",
        "was",
        "now",
        "fully",
        "completely",
        "entirely",
        "status",
        "later",
        "currently",
        "since",
        "but",
        "and",
        "subsequently",
        "rfc",
        "proposal",
        "as",
        "of",
        "on",
    ];
    GLUE.contains(&word)
}
