//! What leaves the app: addresses on the web, the index page, printed and exported records.

use serde::{Deserialize, Serialize};

wire! {
    /// A place of a record, for its address on the forge.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct PermalinkRequest {
        pub path: String,
        /// Element id of a heading, as `Heading.anchor` has it.
        pub anchor: Option<String>,
        /// Lines, counted from 1; used where there is no `anchor`.
        pub line: Option<u32>,
        pub end_line: Option<u32>,
    }

    /// The address of a file at a commit on the forge that a remote belongs to.
    #[derive(Eq)]
    pub struct Permalink {
        pub url: String,
        pub commit: String,
        /// `GitHub`, `GitLab`, ...
        pub forge: String,
        /// Name of the remote: `origin`.
        pub remote: String,
    }

    /// Which index is written.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct IndexRequest {
        /// Folder of the log; `null`: the only or largest one.
        pub log: Option<String>,
    }

    /// The page that holds the index of a log's decisions.
    #[derive(Eq)]
    pub struct IndexView {
        pub path: String,
        pub log: String,
        /// There is such a file.
        pub present: bool,
        /// It has marks that an index is written between.
        pub marked: bool,
        /// The index in it is that of today's records.
        pub current: bool,
        /// Safe HTML of the page.
        pub html: String,
    }

    /// Records to be exported as one document.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct ExportRequest {
        /// Paths of records, in the order they are to have.
        pub paths: Vec<String>,
        /// Title of a document of several records.
        pub title: Option<String>,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "lowercase")]
    pub enum Paper { A4, Letter }
}
