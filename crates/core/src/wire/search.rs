//! Searches, of records and of what left them, and their answers.

use super::*;
use serde::{Deserialize, Serialize};

wire! {
    /// A search. `query` may carry fields (`status:accepted tag:x`); the lists narrow further.
    #[derive(Eq, Default)]
    #[serde(default)]
    pub struct SearchRequest {
        pub query: String,
        pub limit: u32,
        pub status: Vec<StatusWord>,
        pub tags: Vec<String>,
        pub scopes: Vec<String>,
        /// Years of the decision.
        pub years: Vec<i16>,
        /// What a record has, one of them: `problems`, `rules`, `code`, `paths`.
        pub has: Vec<String>,
        /// Who asks, as git knows the person (`Name <address>`): what `is:mine` means.
        pub me: Option<String>,
        pub order: SearchOrder,
    }

    /// In which order hits come.
    #[derive(Copy, Eq, Default)]
    #[serde(rename_all = "kebab-case")]
    pub enum SearchOrder {
        /// Best first.
        #[default]
        Relevance,
        /// By the day of the decision, the last one first.
        Newest,
        /// By number, the highest first; records without one come last.
        Number,
    }

    /// A search that is kept under a name, for one repository.
    #[derive(Eq)]
    pub struct SavedView { pub name: String, pub query: String }

    /// Text with its highlighted parts (half-open ranges of UTF-16 code units, as JavaScript counts).
    #[derive(Eq)]
    pub struct Marked { pub text: String, pub marks: Vec<(u32, u32)> }

    /// A place that matched.
    #[derive(Eq)]
    pub struct Snippet {
        /// Heading of the section that matched, empty for the head of the record.
        pub section: String,
        pub text: Marked,
    }

    /// A record that matched.
    pub struct Hit {
        pub path: String,
        pub title: String,
        pub score: f32,
        /// The best snippet as plain text with `**` around matches (command line).
        pub snippet: String,
        pub title_marks: Vec<(u32, u32)>,
        pub snippets: Vec<Snippet>,
        /// What to read instead of a superseded record.
        pub successor: Option<Successor>,
    }

    /// The last of a line of records that supersede one another.
    #[derive(Eq)]
    pub struct Successor {
        pub path: String,
        /// The number as its file name writes it: `0121`.
        pub label: Option<String>,
        pub title: String,
    }

    /// How many matching records carry a value.
    #[derive(Eq)]
    pub struct FacetCount { pub value: String, pub count: u32 }

    /// A search's answer; `hits` in the order that was asked for.
    pub struct SearchReply {
        pub query: String,
        pub took_us: u32,
        pub total: u32,
        pub hits: Vec<Hit>,
        /// Counts over all matches before the lists of the request narrow them.
        pub status_facets: Vec<FacetCount>,
        pub tag_facets: Vec<FacetCount>,
        pub scope_facets: Vec<FacetCount>,
        /// Years of the decision, oldest first.
        pub year_facets: Vec<FacetCount>,
        /// `problems`, `rules`, `code`, `paths`, in this order, with those that no match has.
        pub has_facets: Vec<FacetCount>,
        /// A part of the query that was not understood; results are given all the same.
        pub complaint: Option<String>,
        /// Where that part stands in the query (UTF-16 code units).
        pub complaint_at: Option<(u32, u32)>,
        /// The query with close words in place of those that are nowhere, which is what was searched: `status:open fencing`.
        pub corrected: Option<String>,
        /// The words that were exchanged in it.
        pub exchanged: Vec<Exchange>,
        /// Records that are not indexed yet as they are now; a later answer may hold more.
        pub pending: u32,
    }

    /// A word of the query that is nowhere, and the close one that was searched instead.
    #[derive(Eq)]
    pub struct Exchange { pub written: String, pub meant: String }

    /// What one commit took out of one record.
    #[derive(Eq)]
    pub struct PastHit {
        pub commit: String,
        pub subject: String,
        pub author: String,
        /// The author's day.
        pub date: String,
        /// Path of the record at the time.
        pub path: String,
        /// Title of the record at the time.
        pub title: String,
        /// The record itself was deleted.
        pub deleted: bool,
        /// The best place of the lines that left.
        pub text: Marked,
        /// The same as plain text with `**` around matches (command line).
        pub snippet: String,
    }

    /// An answer about what is not in the records any more; `hits` best first.
    #[derive(Eq)]
    pub struct PastReply {
        pub query: String,
        pub took_us: u32,
        pub total: u32,
        pub hits: Vec<PastHit>,
        /// The log is still being read; a later answer may hold more.
        pub building: bool,
        /// A person stopped the reading; it goes on when told to.
        pub paused: bool,
        /// How many commits the reading has looked at, of how many new ones; both 0 until they are counted.
        pub read: u32,
        pub all: u32,
        /// Words that are nowhere, and the close ones that were searched instead.
        pub exchanged: Vec<Exchange>,
        pub complaint: Option<String>,
        /// Where the part stands that was not understood (UTF-16 code units).
        pub complaint_at: Option<(u32, u32)>,
    }
}
