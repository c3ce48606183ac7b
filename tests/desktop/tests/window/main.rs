//! The app in its real window, on real git repositories. One binary; one module per story.

mod corpus;
