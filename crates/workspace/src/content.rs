//! A file's bytes in the JSON of the redo journal and of the undo list.
//!
//! Version 1 of both formats holds text alone. Version 2 adds `{"bytes": "…"}`, one character from U+0000 to U+00FF a
//! byte, for files that are not UTF-8. It is written only where a plan has such a file: an older program goes on reading
//! every other one, and leaves what it does not know alone. Both versions are read.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored {
    Text(String),
    Bytes { bytes: String },
}

/// The version in which these contents are written.
pub(crate) fn version<'a>(contents: impl IntoIterator<Item = &'a Option<Vec<u8>>>) -> u32 {
    let is_text = |content: &Option<Vec<u8>>| content.as_deref().is_none_or(|bytes| std::str::from_utf8(bytes).is_ok());
    if contents.into_iter().all(is_text) { 1 } else { 2 }
}

pub(crate) fn is_known(version: u32) -> bool {
    matches!(version, 1 | 2)
}

pub(crate) fn serialize<S: Serializer>(content: &Option<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
    let stored = content.as_deref().map(|bytes| match std::str::from_utf8(bytes) {
        Ok(text) => Stored::Text(text.to_owned()),
        Err(_) => Stored::Bytes { bytes: bytes.iter().map(|byte| char::from(*byte)).collect() },
    });
    stored.serialize(serializer)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<u8>>, D::Error> {
    let byte = |c: char| u8::try_from(c).map_err(|_| D::Error::custom("a byte is a character up to U+00FF"));
    match Option::<Stored>::deserialize(deserializer)? {
        None => Ok(None),
        Some(Stored::Text(text)) => Ok(Some(text.into_bytes())),
        Some(Stored::Bytes { bytes }) => bytes.chars().map(byte).collect::<Result<_, _>>().map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Holder(#[serde(with = "super")] Option<Vec<u8>>);

    #[test]
    fn every_byte_comes_back_and_text_is_written_as_version_1_wrote_it() {
        let all: Vec<u8> = (0..=255).collect();
        for (content, expected) in [(None, 1), (Some("é\r\n".into()), 1), (Some(vec![0xe9]), 2), (Some(all), 2)] {
            let holder = Holder(content);
            assert_eq!(version([&holder.0]), expected);
            let json = serde_json::to_string(&holder).expect("JSON");
            assert_eq!(serde_json::from_str::<Holder>(&json).expect("read"), holder, "{json}");
        }
        assert_eq!(serde_json::to_string(&Holder(Some(b"a".to_vec()))).expect("JSON"), "\"a\"");
        assert!(serde_json::from_str::<Holder>(r#"{"bytes":"Ā"}"#).is_err());
    }
}
