//! A file that two branches changed, and what a person says to it.

use serde::{Deserialize, Serialize};

wire! {
    /// A conflict as far as it settles itself, and what is left to say.
    pub struct ConflictView {
        pub path: String,
        pub label: Option<String>,
        pub title: Option<String>,
        /// Merged place by place: `both-changed`, `both-added`. Taken as one: `whole` (not text, or too large), `link`, `mode`
        /// (only whether it may be executed), `submodule`. Kept or deleted: `deleted-here`, `deleted-there`; `only-here` and
        /// `only-there` where this name is one side's alone, as after two renames; `both-gone` where neither has it.
        pub kind: String,
        /// The branches, as people know them. In a rebase "mine" is what is being moved.
        pub mine_name: String,
        pub theirs_name: String,
        pub mine: ConflictFile,
        pub theirs: ConflictFile,
        /// Where their file goes when both are kept; `null` where that makes no sense.
        pub both_path: Option<String>,
        /// The name that the other side gave to the same file.
        pub other_path: Option<String>,
        /// What is left, in order of the text.
        pub parts: Vec<ConflictPart>,
        /// Fields that both sides changed and that were brought together.
        pub joined: Vec<JoinedField>,
        /// The file on disk still holds git's marks.
        pub marks: bool,
        pub digest: String,
    }

    /// What one side has at a name.
    #[derive(Eq)]
    pub struct ConflictFile {
        /// `none`, `file`, `executable`, `link`, `submodule`.
        pub kind: String,
        /// Where a link points, the short commit of a submodule; else empty.
        pub says: String,
    }

    /// Something that both sides changed. Texts are whole lines; HTML is safe and marks what each side changed.
    #[derive(Eq)]
    pub struct ConflictPart {
        /// Its key, for a field; `null` for prose.
        pub field: Option<String>,
        pub section: String,
        pub base: String,
        pub mine: String,
        pub theirs: String,
        /// Empty for a field.
        pub mine_html: String,
        pub theirs_html: String,
        pub takes_both: bool,
    }

    #[derive(Eq)]
    pub struct JoinedField { pub field: String, pub value: String }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    pub enum ConflictSide { Mine, Theirs, Both, Text }

    #[derive(Eq)]
    pub struct ConflictAnswer {
        pub side: ConflictSide,
        /// For `text`: the person's own words.
        pub text: Option<String>,
    }

    /// What to do with a file in conflict.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "kebab-case")]
    pub enum SettleHow {
        /// One answer for each part.
        Answers,
        /// The file is settled as it stands on disk.
        AsOnDisk,
        /// One side's file as a whole; where that side deleted it, it is deleted.
        Mine,
        Theirs,
        /// One's own file here, theirs beside it at `both_path`.
        Both,
    }

    #[derive(Eq)]
    pub struct SettleRequest {
        pub path: String,
        pub how: SettleHow,
        pub answers: Vec<ConflictAnswer>,
        /// Of the view that was answered.
        pub digest: String,
    }

    /// Whether git merges the records of this repository by field.
    #[derive(Eq)]
    pub struct MergeDriver {
        pub installed: bool,
        /// git's settings name it.
        pub settings: bool,
        /// Folders of records that `.gitattributes` does not name.
        pub left: Vec<String>,
    }
}
