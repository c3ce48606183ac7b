//! From bytes to text. Only UTF-8 is ever written back; the rest is shown as well as a guess allows, and converted on request.

use super::Encoding;
use std::borrow::Cow;
use thiserror::Error;

/// Why bytes cannot become UTF-8 without losing something.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum NotText {
    #[error("it is UTF-16 with an odd number of bytes: the last character is cut off")]
    HalfUnit,
    #[error("line {line} holds half of a UTF-16 surrogate pair, which is no character")]
    HalfPair { line: usize },
    #[error("line {line} holds a NUL character, so it is not text in an encoding that is known here")]
    Nul { line: usize },
}

/// What Windows-1252, which most files called Latin-1 are written in, has at 0x80 to 0x9F; its five gaps stay controls.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

type Unit = fn([u8; 2]) -> u16;

/// Turns a file's bytes into text; says how it read them.
///
/// A byte order mark is not part of the text. Bytes that are neither UTF-8 nor UTF-16 are read as Latin-1, but for the
/// characters among them that are whole in UTF-8: one stray byte does not spoil a file.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf")
        && let Ok(text) = std::str::from_utf8(rest)
    {
        return (Cow::Borrowed(text), Encoding::Utf8Bom);
    }
    if let Some((rest, unit)) = utf16_units(bytes) {
        let text = char::decode_utf16(units(rest, unit)).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
        return (Cow::Owned(text.collect()), Encoding::Utf16);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), Encoding::Utf8),
        Err(_) => (Cow::Owned(latin1(bytes)), Encoding::Latin1),
    }
}

/// Text whose UTF-8 bytes are the file's when it is UTF-8 (a byte order mark stays in), else the best reading of it.
pub fn exact_text(bytes: &[u8]) -> Cow<'_, str> {
    match decode(bytes) {
        (_, Encoding::Utf8Bom) => String::from_utf8_lossy(bytes),
        (text, _) => text,
    }
}

/// The text of a file in UTF-8 without a byte order mark, every character kept.
///
/// # Errors
/// [`NotText`] when a character would be lost.
pub fn to_utf8(bytes: &[u8]) -> Result<String, NotText> {
    let (text, encoding) = decode(bytes);
    let line = |before: usize| before + 1;
    if let Some((rest, unit)) = utf16_units(bytes).filter(|_| encoding == Encoding::Utf16) {
        let mut lines = 0;
        for c in char::decode_utf16(units(rest, unit)) {
            let c = c.map_err(|_| NotText::HalfPair { line: line(lines) })?;
            lines += usize::from(c == '\n');
        }
        if rest.len() % 2 == 1 {
            return Err(NotText::HalfUnit);
        }
    }
    match text.find('\0') {
        Some(at) => Err(NotText::Nul { line: line(text[..at].matches('\n').count()) }),
        None => Ok(text.into_owned()),
    }
}

/// The bytes behind a UTF-16 mark and how two of them make a unit; without a mark, where every second byte of most is NUL.
fn utf16_units(bytes: &[u8]) -> Option<(&[u8], Unit)> {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Some((rest, u16::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Some((rest, u16::from_be_bytes));
    }
    if bytes.len() < 4 || !bytes.contains(&0) {
        return None;
    }
    let pairs = bytes.as_chunks::<2>().0;
    let nuls = |at: usize| pairs.iter().filter(|pair| pair[at] == 0).count();
    match (nuls(0), nuls(1)) {
        (0, low) if low * 2 > pairs.len() => Some((bytes, u16::from_le_bytes)),
        (high, 0) if high * 2 > pairs.len() => Some((bytes, u16::from_be_bytes)),
        _ => None,
    }
}

fn units(bytes: &[u8], unit: Unit) -> impl Iterator<Item = u16> {
    bytes.as_chunks::<2>().0.iter().map(move |pair| unit(*pair))
}

fn latin1(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| match byte {
            0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
            byte => char::from(*byte),
        }));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, encoding: Encoding) {
        assert_eq!(decode(bytes), (Cow::Borrowed(text), encoding));
    }

    #[test]
    fn encodings() {
        check("# é".as_bytes(), "# é", Encoding::Utf8);
        check(b"\xef\xbb\xbf# a", "# a", Encoding::Utf8Bom);
        check(b"# \xe9t\xe9", "# été", Encoding::Latin1);
        check(b"\xff\xfe#\0 \0a\0", "# a", Encoding::Utf16);
        check(b"\xfe\xff\0#\0 \0a", "# a", Encoding::Utf16);
        check(b"#\0 \0\xe9\0", "# é", Encoding::Utf16);
        check(b"\0#\0 \0a", "# a", Encoding::Utf16);
        check(b"", "", Encoding::Utf8);
        check(b"a\0b", "a\0b", Encoding::Utf8);
    }

    #[test]
    fn windows_quotes_are_read_and_whole_characters_beside_a_stray_byte_stay() {
        check(b"\x93a\x94 \x80", "“a” €", Encoding::Latin1);
        check(b"caf\xc3\xa9 na\xefve", "café naïve", Encoding::Latin1);
    }

    #[test]
    fn a_conversion_keeps_every_character_or_says_why_not() {
        assert_eq!(to_utf8(b"\xff\xfe\x3d\xd8\x00\xdeb\0"), Ok("\u{1f600}b".to_owned()));
        assert_eq!(to_utf8(b"\xe9\r\n"), Ok("é\r\n".to_owned()));
        assert_eq!(to_utf8(b"\xff\xfea\0\n\0\x3d\xd8b\0"), Err(NotText::HalfPair { line: 2 }));
        assert_eq!(to_utf8(b"\xff\xfea\0b"), Err(NotText::HalfUnit));
        // UTF-32 begins as UTF-16 does.
        assert_eq!(to_utf8(b"\xff\xfe\0\0a\0\0\0"), Err(NotText::Nul { line: 1 }));
        assert_eq!(to_utf8(b"\xe9\n\0"), Err(NotText::Nul { line: 2 }));
    }
}
