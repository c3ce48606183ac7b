//! The language that a record is written in, for stemming: what its front matter says, else what its small words say.
//!
//! A guess needs only to be good enough that `Entscheidungen` finds `Entscheidung`: words are always found as written.

use precedent_core::record::Parsed;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use tantivy::tokenizer::Language;

/// A place in [`ALL`].
pub(crate) type LanguageId = u8;

pub(crate) const ENGLISH: LanguageId = 0;

/// Words looked at for a guess; the rest of a record is in the same language.
const SAMPLE: usize = 200;
/// Small words of a language that make it more than a name or a quotation.
const FEWEST: u32 = 3;

/// A language that can be stemmed, its code and name in `lang:`, and small words that say nothing else, without accents.
pub(crate) struct Known {
    pub(crate) language: Language,
    names: &'static [&'static str],
    small_words: &'static str,
}

pub(crate) const ALL: &[Known] = &[
    Known {
        language: Language::English,
        names: &["en", "english"],
        small_words: "the of and to is that for it with as be this are on by we not or from have which will our an has can was but should",
    },
    Known {
        language: Language::German,
        names: &["de", "german", "deutsch"],
        small_words: "der die das und ist nicht wir eine ein den dem mit fur auf von zu werden wird sich auch einen einer oder als bei sind aus wie durch nach",
    },
    Known {
        language: Language::French,
        names: &["fr", "french", "francais"],
        small_words: "le la les des une est nous pour dans que qui pas sur avec sont du au ne ce cette par plus ou et nos aux",
    },
    Known {
        language: Language::Spanish,
        names: &["es", "spanish", "espanol"],
        small_words: "el la los las una es que para con por del se no en como su al lo son esta este mas y o nuestro",
    },
    Known {
        language: Language::Portuguese,
        names: &["pt", "portuguese", "portugues"],
        small_words: "o os as um uma que para com nao por do da dos das em se no na ao como mais e ou nos pelo pela sao",
    },
    Known {
        language: Language::Italian,
        names: &["it", "italian", "italiano"],
        small_words: "il lo gli le una che per con non del della dei delle di sono come nel nella si al piu e da questo questa",
    },
    Known {
        language: Language::Dutch,
        names: &["nl", "dutch", "nederlands"],
        small_words: "de het een en van is niet dat voor met op zijn wij we te worden wordt ook aan bij om als naar door deze dit",
    },
    Known {
        language: Language::Swedish,
        names: &["sv", "swedish", "svenska"],
        small_words: "och att det som en ar inte vi for pa med av den till ett om eller kan har ska fran vara",
    },
    Known {
        language: Language::Danish,
        names: &["da", "danish", "dansk"],
        small_words: "og at det som en er ikke vi for pa med af den til et om eller kan har skal fra vaere blive",
    },
    Known {
        language: Language::Norwegian,
        names: &["no", "nb", "nn", "norwegian", "norsk"],
        small_words: "og at det som en er ikke vi for pa med av den til et om eller kan har skal fra vaere bli",
    },
    Known {
        language: Language::Finnish,
        names: &["fi", "finnish", "suomi"],
        small_words: "ja on ei se etta joka mutta tai kun ovat voi niin sen myos jos kuin tama",
    },
    Known {
        language: Language::Russian,
        names: &["ru", "russian"],
        small_words: "и в не на что мы для с по это как из к но или от при будет быть мы",
    },
];

/// Languages by small word, as bits.
static SMALL_WORDS: LazyLock<FxHashMap<&str, u32>> = LazyLock::new(|| {
    let mut languages = FxHashMap::default();
    for (id, known) in ALL.iter().enumerate() {
        for word in known.small_words.split(' ') {
            *languages.entry(word).or_insert(0) |= 1 << id;
        }
    }
    languages
});

/// The language that `lang: de-CH` names.
pub(crate) fn named(value: &str) -> Option<LanguageId> {
    let folded = super::tokenizer::fold(value.trim().trim_matches(['"', '\'']));
    let code = folded.split(['-', '_']).next().unwrap_or_default();
    ALL.iter().position(|known| known.names.contains(&code)).map(|id| id as LanguageId)
}

/// The language whose small words are clearly the most frequent; English when none is.
pub(crate) fn guessed<'a>(texts: impl Iterator<Item = &'a str>) -> LanguageId {
    clearest(texts).unwrap_or(ENGLISH)
}

/// The language of a record as a tag (`de`, `pt-BR`), for whoever reads it aloud: as its front matter says, else by its
/// small words; `None` where they do not tell.
pub(crate) fn tag(parsed: &Parsed, text: &str) -> Option<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let front = parsed.front_matter.clone().and_then(|range| text.get(range));
    let behind = parsed.front_matter.as_ref().map_or(0, |range| range.end);
    let code = |id: LanguageId| ALL[usize::from(id)].names[0].to_owned();
    stated(front.unwrap_or_default()).or_else(|| clearest(std::iter::once(text.get(behind..)?)).map(code))
}

/// What a front matter says, in YAML or TOML: a tag as it is written, or a name that is known.
fn stated(front: &str) -> Option<String> {
    let value = front.lines().find_map(|line| {
        let (key, value) = line.split_once([':', '='])?;
        matches!(key.trim(), "lang" | "language").then(|| value.trim().trim_matches(['"', '\'']))
    })?;
    let mut parts = value.split(['-', '_']);
    let first =
        parts.next().is_some_and(|part| matches!(part.len(), 2 | 3) && part.bytes().all(|b| b.is_ascii_alphabetic()));
    let rest = parts.all(|part| matches!(part.len(), 2..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    if first && rest {
        return Some(value.replace('_', "-"));
    }
    named(value).map(|id| ALL[usize::from(id)].names[0].to_owned())
}

/// The language whose small words are clearly the most frequent, if one is.
fn clearest<'a>(texts: impl Iterator<Item = &'a str>) -> Option<LanguageId> {
    let mut counts = [0u32; ALL.len()];
    let mut word = String::new();
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphabetic())).filter(|raw| !raw.is_empty());
    for raw in words.take(SAMPLE) {
        if raw.len() > 12 {
            continue;
        }
        super::tokenizer::fold_into(raw, &mut word);
        if let Some(languages) = SMALL_WORDS.get(word.as_str()) {
            (0..ALL.len()).filter(|id| languages & (1 << id) != 0).for_each(|id| counts[id] += 1);
        }
    }
    let best = (0..ALL.len()).rev().max_by_key(|id| counts[*id]).unwrap_or_default();
    let english = counts[usize::from(ENGLISH)];
    if counts[best] >= FEWEST && counts[best] * 2 > english * 3 {
        return Some(best as LanguageId);
    }
    (english >= FEWEST).then_some(ENGLISH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use precedent_core::record::ParseOptions;

    #[track_caller]
    fn check(text: &str, expected: Language) {
        assert_eq!(ALL[usize::from(guessed(std::iter::once(text)))].language, expected, "{text}");
    }

    #[test]
    fn languages_are_told_by_their_small_words() {
        check("We keep the queue because the team knows it.", Language::English);
        check("Wir behalten die Warteschlange, weil das Team sie kennt und sie nicht teuer ist.", Language::German);
        check("Nous gardons la file parce que les équipes la connaissent et qui est fiable.", Language::French);
        check("Mantenemos la cola porque el equipo la conoce y no es cara para los clientes.", Language::Spanish);
        check("Мы оставляем очередь, потому что она не дорогая и это для нас важно.", Language::Russian);
    }

    #[test]
    fn signs_are_no_words_of_the_sample() {
        let text = "Die Warteschlange wird nicht von uns und nicht mit der Hand geleert.";
        check(&format!("{}{text}", "| -- | -- |\n".repeat(50)), Language::German);
    }

    #[test]
    fn a_few_foreign_words_in_an_english_text_do_not_count() {
        check("The service of El Paso and Las Vegas is in the region that we own, as it was.", Language::English);
        check("kafka blorp zunk", Language::English);
    }

    #[test]
    fn a_tag_is_what_is_stated_or_clear() {
        let tag = |text: &str| {
            let path = precedent_core::id::RecordPath::new("docs/adr/0001-x.md");
            super::tag(&precedent_core::record::parse(&path, text.as_bytes(), &ParseOptions::default()), text)
        };
        let german =
            "# Warteschlange\n\nWir behalten die Warteschlange, weil sie nicht teuer ist und das Team sie kennt.\n";
        assert_eq!(tag(german).as_deref(), Some("de"));
        assert_eq!(
            tag("# Queue\n\nWe keep the queue because the team knows it and it is cheap.\n").as_deref(),
            Some("en")
        );
        assert_eq!(tag(&format!("---\nstatus: accepted\nlang: pt_BR\n---\n{german}")).as_deref(), Some("pt-BR"));
        assert_eq!(tag(&format!("+++\nlanguage = \"français\"\n+++\n{german}")).as_deref(), Some("fr"));
        assert_eq!(tag("# Kafka\n\nKafka.\n"), None);
    }

    #[test]
    fn front_matter_names_it() {
        assert_eq!(named("de-CH").map(usize::from), Some(1));
        assert_eq!(named("\"Français\"").map(usize::from), Some(2));
        assert_eq!(named("tlh"), None);
    }
}
