//! Rules that bind: read from records, validated, run on the texts of a tree.
//!
//! Pure like the core (invariant I1): texts and values in, findings out; whoever calls reads the files. Everything a
//! rule must know about source text — languages, comments, patterns, manifests, imports — is under [`source`].

pub mod source;
