//! Pictures before and after, as addresses that the window can draw without another question.

use super::repo::Content;
use base64::Engine;
use precedent_core::wire::Pictures;

/// Both versions of a picture; `None` for other files. A version that is missing or too large has no address.
pub(super) fn of(path: &str, old: &Content, new: &Content) -> Option<Pictures> {
    let kind = kind(path)?;
    let address = |content: &Content| {
        let encoded = base64::engine::general_purpose::STANDARD.encode(content.bytes()?);
        Some(format!("data:{kind};base64,{encoded}"))
    };
    let pictures = Pictures { old: address(old), new: address(new) };
    (pictures.old.is_some() || pictures.new.is_some()).then_some(pictures)
}

fn kind(path: &str) -> Option<&'static str> {
    let ending = path.rsplit_once('.')?.1.to_ascii_lowercase();
    Some(match ending.as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "bmp" => "image/bmp",
        "ico" => "image/x-icon",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}
