//! Addresses that open the app: `precedent://open?repo=<path>&ref=ADR-0121#<heading>`. Anyone can write one, so it can do no
//! more than show a record.

use percent_encoding::percent_decode_str;

/// What an address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeepLink {
    /// Absolute path of the repository.
    pub repo: String,
    /// A record: number, identity or path.
    pub reference: Option<String>,
    pub heading: Option<String>,
}

/// Why an address cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkFault {
    #[error("it does not begin with precedent://open")]
    NotOurs,
    #[error("it names no repository (`repo=`)")]
    NoRepository,
    #[error("its repository is no absolute path on this machine")]
    NotHere,
    #[error("it is not written in UTF-8")]
    NotUtf8,
}

/// Whether a text means to be such an address.
pub fn is_deep_link(text: &str) -> bool {
    text.get(..SCHEME.len()).is_some_and(|start| start.eq_ignore_ascii_case(SCHEME))
}

/// Reads an address.
///
/// # Errors
/// [`LinkFault`].
pub fn read_deep_link(text: &str) -> Result<DeepLink, LinkFault> {
    let text = text.trim();
    let rest = text.get(SCHEME.len()..).filter(|_| is_deep_link(text)).ok_or(LinkFault::NotOurs)?;
    let (rest, heading) = rest.split_once('#').map_or((rest, None), |(rest, heading)| (rest, Some(heading)));
    let (action, query) = rest.split_once('?').unwrap_or((rest, ""));
    if action.trim_start_matches("//").trim_end_matches('/') != "open" {
        return Err(LinkFault::NotOurs);
    }
    let (mut repo, mut reference) = (None, None);
    for pair in query.split('&') {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        match key {
            "repo" => repo = Some(decoded(&value.replace('+', " "))?),
            "ref" => reference = Some(decoded(&value.replace('+', " "))?),
            // A later version may say more.
            _ => {}
        }
    }
    let repo = repo.filter(|repo| !repo.is_empty()).ok_or(LinkFault::NoRepository)?;
    if !is_local(&repo) {
        return Err(LinkFault::NotHere);
    }
    let filled = |text: String| (!text.is_empty()).then_some(text);
    Ok(DeepLink {
        repo,
        reference: reference.and_then(filled),
        heading: heading.map(decoded).transpose()?.and_then(filled),
    })
}

const SCHEME: &str = "precedent:";

fn decoded(text: &str) -> Result<String, LinkFault> {
    percent_decode_str(text).decode_utf8().map(Into::into).map_err(|_| LinkFault::NotUtf8)
}

/// An absolute path that asks no other machine, as `\\\\server\\share` and `//server/share` would on Windows.
fn is_local(path: &str) -> bool {
    let bytes = path.as_bytes();
    let drive =
        bytes.len() > 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':' && matches!(bytes[2], b'/' | b'\\');
    drive || bytes[0] == b'/' && !matches!(bytes.get(1), Some(b'/' | b'\\'))
}

#[cfg(test)]
mod tests {
    use super::{DeepLink, LinkFault, read_deep_link};

    fn check(text: &str, expected: Result<(&str, Option<&str>, Option<&str>), LinkFault>) {
        let expected = expected.map(|(repo, reference, heading)| DeepLink {
            repo: repo.to_owned(),
            reference: reference.map(str::to_owned),
            heading: heading.map(str::to_owned),
        });
        assert_eq!(read_deep_link(text), expected, "{text}");
    }

    #[test]
    fn an_address_is_taken_apart() {
        check("precedent://open?repo=%2Fhome%2Fme%2Fshop&ref=ADR-0121", Ok(("/home/me/shop", Some("ADR-0121"), None)));
        let written = "precedent://open?repo=%2Fa+b&ref=docs%2F1+%26+2.md#caf%C3%A9";
        check(written, Ok(("/a b", Some("docs/1 & 2.md"), Some("caf\u{e9}"))));
        check(
            "precedent://open/?repo=/a+b&ref=0003&x=1#the-decision",
            Ok(("/a b", Some("0003"), Some("the-decision"))),
        );
        check("PRECEDENT:open?repo=C%3A%5Cshop#", Ok(("C:\\shop", None, None)));
        check("precedent://open?repo=/s&ref=#caf%C3%A9", Ok(("/s", None, Some("caf\u{e9}"))));
    }

    #[test]
    fn others_are_refused_with_their_reason() {
        check("https://open?repo=/a", Err(LinkFault::NotOurs));
        check("precedent://delete?repo=/a", Err(LinkFault::NotOurs));
        check("precedent:", Err(LinkFault::NotOurs));
        check("pre\u{e9}cedent://open", Err(LinkFault::NotOurs));
        check("precedent://open", Err(LinkFault::NoRepository));
        check("precedent://open?repo=&ref=1", Err(LinkFault::NoRepository));
        check("precedent://open?repo=shop", Err(LinkFault::NotHere));
        check("precedent://open?repo=%5C%5Cserver%5Cshare", Err(LinkFault::NotHere));
        check("precedent://open?repo=//server/share", Err(LinkFault::NotHere));
        check("precedent://open?repo=/a%FF", Err(LinkFault::NotUtf8));
    }
}
