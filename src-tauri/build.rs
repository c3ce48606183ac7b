//! Makes the window's own commands subject to the access list, so that each is allowed by name in `capabilities/main.json`.

/// Every command, as `ui/src/lib/ipc/commands.ts` lists them (compared by `tests/suite/tidy.rs`).
const COMMANDS: &[&str] = &[
    "app_info",
    "open_workspace",
    "close_workspace",
    "pick_folder",
    "forget_recent",
    "open_sample",
    "plan_init",
    "apply_init",
    "decisions",
    "read_decision",
    "decisions_as_of",
    "read_decision_as_of",
    "history",
    "watch_state",
    "search",
    "read_source",
    "preview",
    "edit_text",
    "save_record",
    "keep_draft",
    "drop_draft",
    "drafts",
    "diff_texts",
    "templates",
    "similar",
    "plan_new",
    "apply_new",
    "plan_supersede",
    "apply_supersede",
    "plan_status",
    "apply_status",
    "plan_move",
    "apply_move",
    "plan_delete",
    "apply_delete",
    "plan_renumber",
    "apply_renumber",
    "undo_list",
    "plan_undo",
    "apply_undo",
    "git_status",
    "file_diff",
    "stage",
    "unstage",
    "commit_suggestions",
    "commit",
    "open_external",
    "reveal",
    "log_error",
    "mark",
];

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)) {
        println!("cargo::error={error:#}");
    }
}
