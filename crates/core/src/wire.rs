//! Every type that crosses a process border: IPC of the app, `--json` of the command line, later MCP (invariant I8).
//!
//! Domain types never derive `Serialize`; they are turned into these. Names are snake_case, absence is `null`, dates are
//! ISO 8601, paths are repository-relative with `/`. The TypeScript in `ui/src/lib/ipc/bindings.ts` is generated from
//! these files by its test (`UPDATE_BINDINGS=1 cargo test -p precedent-core bindings`) and compared there.

macro_rules! wire {
    ($($(#[$meta:meta])* pub $kind:ident $name:ident $body:tt)*) => {
        $(
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            #[cfg_attr(test, derive(ts_rs::TS))]
            $(#[$meta])*
            pub $kind $name $body
        )*

        /// The TypeScript declarations of all types above, in order.
        #[cfg(test)]
        pub(super) fn declarations() -> Vec<String> {
            let config = ts_rs::Config::default();
            vec![$(<$name as ts_rs::TS>::decl(&config),)*]
        }
    };
}

mod app;
mod check;
mod conflict;
mod debt;
mod decisions;
mod editing;
mod gates;
mod git;
mod governance;
mod listing;
mod output;
mod reading;
mod remote;
mod search;
mod writing;

pub use app::*;
pub use check::*;
pub use conflict::*;
pub use debt::*;
pub use decisions::*;
pub use editing::*;
pub use gates::*;
pub use git::*;
pub use governance::*;
pub use listing::*;
pub use output::*;
pub use reading::*;
pub use remote::*;
pub use search::*;
pub use writing::*;

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the test compares with the generated file")]
mod tests {
    use super::*;

    #[test]
    fn bindings_are_up_to_date() {
        let mut text = String::from(
            "// Generated from crates/core/src/wire.rs by its test; do not edit.\n// Renew: UPDATE_BINDINGS=1 cargo test -p precedent-core bindings\n",
        );
        let all = [
            decisions::declarations,
            listing::declarations,
            check::declarations,
            debt::declarations,
            gates::declarations,
            governance::declarations,
            reading::declarations,
            writing::declarations,
            editing::declarations,
            search::declarations,
            git::declarations,
            remote::declarations,
            conflict::declarations,
            output::declarations,
            app::declarations,
        ];
        for declaration in all.iter().flat_map(|of| of()) {
            text.push_str("\nexport ");
            text.push_str(&declaration);
            text.push('\n');
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/lib/ipc/bindings.ts");
        if std::env::var_os("UPDATE_BINDINGS").is_some() {
            std::fs::write(path, &text).expect("bindings.ts can be written");
        }
        let on_disk = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
        assert!(
            on_disk == text,
            "ui/src/lib/ipc/bindings.ts is stale; run UPDATE_BINDINGS=1 cargo test -p precedent-core bindings"
        );
    }
}
