//! A record for elsewhere: its address on the web, its text as Markdown, one document of many.

use crate::api::reading::gone;
use crate::error::{Error, Result};
use crate::git::published::{Published, published};
use crate::workspace::{IMAGE_BASE, Workspace};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use precedent_core::RecordPath;
use precedent_core::export::{Page, Surroundings, document};
use precedent_core::forge::Spot;
use precedent_core::portable::portable;
use precedent_core::record::decode;
use precedent_core::wire::{ErrorCode, ExportRequest, Permalink, PermalinkRequest};
use std::path::Path;

/// The fonts of a document, as the window has them.
const FONTS: [(&str, &[u8]); 4] = [
    ("source-serif-var.woff2", include_bytes!("../../../../ui/src/styles/fonts/source-serif-var.woff2")),
    ("source-serif-var-italic.woff2", include_bytes!("../../../../ui/src/styles/fonts/source-serif-var-italic.woff2")),
    ("inter-var.woff2", include_bytes!("../../../../ui/src/styles/fonts/inter-var.woff2")),
    ("jetbrains-mono-var.woff2", include_bytes!("../../../../ui/src/styles/fonts/jetbrains-mono-var.woff2")),
];

impl Workspace {
    /// The address of a record on the forge of its remote, at a commit that the forge has.
    ///
    /// # Errors
    /// `not-found` with the reason: no remote, a host that is no known forge, not committed, not pushed.
    pub fn permalink(&self, request: &PermalinkRequest) -> Result<Permalink> {
        let path = self.record(&request.path)?;
        self.in_repository()?;
        let found = published(&self.git_repository()?, Some(Path::new(path.as_str())))?;
        let spot = match (&request.anchor, request.line) {
            (Some(anchor), _) => Spot::Heading(anchor),
            (None, Some(line)) => Spot::Lines(line, request.end_line.unwrap_or(line)),
            (None, None) => Spot::Top,
        };
        Ok(Permalink {
            url: found.site.permalink(&found.commit, &path, spot),
            commit: found.commit,
            forge: found.site.forge.name().to_owned(),
            remote: found.remote,
        })
    }

    /// A record as Markdown for a chat, an issue or a page; its links lead to the forge where that has them.
    ///
    /// # Errors
    /// `not-found`, `io`.
    pub fn markdown(&self, path: &str) -> Result<String> {
        let path = self.record(path)?;
        let summary = self.log().summary(&path).ok_or_else(|| gone(&path))?;
        let text = decode(&self.store.read(&path)?).0.into_owned();
        let found = self.seen_by_others();
        Ok(portable(&text, &summary, &|path, anchor| address(found.as_ref(), path, anchor)))
    }

    /// Records as one HTML document: styles, fonts and images inside, nothing loaded, no script.
    ///
    /// # Errors
    /// `usage` without a record, `not-found` for one that is not there.
    pub fn export(&self, request: &ExportRequest) -> Result<String> {
        if request.paths.is_empty() {
            return Err(Error::new(ErrorCode::Usage, "there is no record to export").with_hint("choose at least one"));
        }
        let mut pages = Vec::new();
        for path in &request.paths {
            let view = self.read_decision(path)?;
            pages.push(Page { summary: view.summary, html: view.html, notice: view.notice });
        }
        let title = match (&request.title, pages.as_slice()) {
            (Some(title), _) => title.clone(),
            (None, [page]) => match &page.summary.label {
                Some(label) => format!("{label} {}", page.summary.title),
                None => page.summary.title.clone(),
            },
            (None, _) => format!("Decisions of {}", self.info().name),
        };
        let found = self.seen_by_others();
        let today = self.today().to_string();
        Ok(document(
            &pages,
            &Surroundings {
                title: &title,
                today: &today,
                image_base: IMAGE_BASE,
                image: &|path| self.image_inside(path),
                address: &|path, anchor| address(found.as_ref(), path, anchor),
                font: &|file| {
                    let (_, bytes) = FONTS.iter().find(|(name, _)| *name == file)?;
                    Some(format!("data:font/woff2;base64,{}", STANDARD.encode(bytes)))
                },
            },
        ))
    }

    /// The commit that links of other files may name; `None` where there is none.
    fn seen_by_others(&self) -> Option<Published> {
        self.git_dir()?;
        published(&self.git_repository().ok()?, None).ok()
    }

    fn image_inside(&self, path: &str) -> Option<String> {
        let path = percent_decode_str(path).decode_utf8().ok()?;
        let (bytes, mime) = self.image(&path).ok()?;
        Some(format!("data:{mime};base64,{}", STANDARD.encode(bytes)))
    }
}

fn address(found: Option<&Published>, path: &RecordPath, anchor: &str) -> Option<String> {
    let found = found?;
    let spot = if anchor.is_empty() { Spot::Top } else { Spot::Heading(anchor) };
    Some(found.site.permalink(&found.commit, path, spot))
}

#[cfg(test)]
mod tests;
