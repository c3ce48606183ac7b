//! From bytes to text. Only UTF-8 is ever written back; the rest is shown as well as a guess allows.

use super::Encoding;
use std::borrow::Cow;

/// Turns a file's bytes into text without losing any; says how it read them.
///
/// A byte order mark is not part of the text. Bytes that are neither UTF-8 nor marked UTF-16 are read as Latin-1.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf")
        && let Ok(text) = std::str::from_utf8(rest)
    {
        return (Cow::Borrowed(text), Encoding::Utf8Bom);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return (Cow::Owned(utf16(rest, u16::from_le_bytes)), Encoding::Utf16);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return (Cow::Owned(utf16(rest, u16::from_be_bytes)), Encoding::Utf16);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), Encoding::Utf8),
        Err(_) => (Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect()), Encoding::Latin1),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
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
        check(b"", "", Encoding::Utf8);
    }
}
