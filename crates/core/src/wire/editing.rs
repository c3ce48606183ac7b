//! What the editor asks beside reading and saving: pictures, the reach of paths, and two texts brought together.

use serde::{Deserialize, Serialize};

wire! {
    /// A picture that was put beside a record.
    #[derive(Eq)]
    pub struct ImageAdded {
        /// The file, from the repository's root.
        pub path: String,
        /// The link to it as the record writes it.
        pub link: String,
        /// The repository had it already: nothing was written.
        pub known: bool,
    }

    /// How far one glob of `applies-to` reaches.
    #[derive(Eq)]
    pub struct GlobReach {
        pub glob: String,
        /// Files of the repository that it matches.
        pub files: u32,
        /// Where it matches none: the glob with the nearest folder that is there.
        pub meant: Option<String>,
    }

    /// Whose words stand in a stretch of two texts with one origin.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "lowercase")]
    pub enum MergeSide { Both, Mine, Theirs, Conflict }

    /// A stretch of two texts with one origin. Where only one side changed, its words stand; a conflict waits for a person.
    #[derive(Eq)]
    pub struct MergeBlock {
        pub side: MergeSide,
        pub base: String,
        pub mine: String,
        pub theirs: String,
    }
}
