//! One thin function a command: takes the arguments, calls the workspace, turns its error into the wire's.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands a command its arguments by value")]

mod acting;
mod app;
mod changes;
mod editing;
mod governance;
mod mending;
mod output;
mod outside;
mod reading;
mod remote;
mod settings;
mod views;
mod writing;

use precedent_core::wire::ErrorCode;
use precedent_workspace::Error;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use tauri::ipc::Invoke;

/// An error in the form that the UI gets.
type Reply<T> = Result<T, precedent_core::wire::ErrorReply>;

/// Turns a workspace error into the wire's and keeps it in the local log.
fn wire(error: precedent_workspace::Error) -> precedent_core::wire::ErrorReply {
    let reply = error.to_wire();
    log::warn!("{:?}: {}", reply.code, reply.message);
    reply
}

/// Runs each command on a thread of its own, so that none holds up the window, and answers for one that panics: the page
/// would wait for ever.
pub(crate) fn handler() -> impl Fn(Invoke<tauri::Wry>) -> bool + Send + Sync + 'static {
    let commands = Arc::new(commands());
    move |invoke| {
        let commands = Arc::clone(&commands);
        let (name, resolver) = (invoke.message.command().to_owned(), invoke.resolver.clone());
        tauri::async_runtime::spawn_blocking(move || {
            let run = || {
                panic_for_a_test(&name);
                commands(invoke)
            };
            match std::panic::catch_unwind(AssertUnwindSafe(run)) {
                Ok(true) => {}
                Ok(false) => resolver.reject(failed(format!("there is no command {name}"))),
                Err(_) => resolver.reject(failed(format!("{name} failed where it must not"))),
            }
        });
        true
    }
}

/// What the page is told of a fault of ours; the hook of [`crate::session::report_panics`] has written the report.
fn failed(message: String) -> precedent_core::wire::ErrorReply {
    let hint = "nothing was lost; try again. A report lies in the folder of crash reports that Help shows";
    Error::new(ErrorCode::Internal, message).with_hint(hint).to_wire()
}

/// Tests of the window name a command that panics; a build for people has no such thing.
fn panic_for_a_test(name: &str) {
    if cfg!(debug_assertions) {
        assert!(std::env::var("PRECEDENT_PANIC").as_deref() != Ok(name), "asked to panic in {name}");
    }
}

/// Every command by name.
fn commands() -> impl Fn(Invoke<tauri::Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        app::app_info,
        app::open_workspace,
        app::open_window,
        app::follow_link,
        app::next_request,
        app::opening,
        app::cancel_opening,
        app::quit,
        app::hold_window,
        app::close_window,
        app::close_workspace,
        app::pick_folder,
        app::forget_recent,
        views::views,
        views::keep_views,
        views::view_matches,
        app::git_trouble,
        app::open_sample,
        app::plan_init,
        app::apply_init,
        app::export_file,
        app::open_external,
        app::reveal,
        outside::installed_editors,
        outside::open_in_editor,
        outside::reveal_record,
        outside::open_terminal,
        app::log_error,
        app::mark,
        app::set_menu,
        settings::settings,
        settings::set_setting,
        settings::shared_settings,
        settings::plan_shared,
        settings::apply_shared,
        reading::decisions,
        reading::decisions_part,
        reading::find_record,
        reading::read_decision,
        reading::decisions_as_of,
        reading::read_decision_as_of,
        reading::history,
        reading::watch_state,
        reading::rebuild_index,
        reading::pause_index,
        reading::pause_past,
        reading::search,
        reading::search_past,
        reading::similar,
        reading::read_source,
        reading::preview,
        reading::schema_help,
        reading::lint,
        reading::drafts,
        reading::diff_texts,
        reading::templates,
        writing::edit_text,
        writing::save_record,
        writing::keep_draft,
        writing::drop_draft,
        editing::add_image,
        editing::add_dropped_image,
        editing::paste_image,
        editing::reach,
        editing::earlier_text,
        editing::merge_texts,
        editing::spell_check,
        writing::plan_template,
        writing::apply_template,
        writing::plan_new,
        writing::apply_new,
        writing::plan_supersede,
        writing::apply_supersede,
        writing::plan_status,
        writing::apply_status,
        acting::plan_move,
        acting::apply_move,
        acting::plan_delete,
        acting::apply_delete,
        acting::plan_renumber,
        acting::apply_renumber,
        mending::plan_fix,
        mending::apply_fix,
        mending::plan_fixes,
        mending::apply_fixes,
        mending::plan_link,
        mending::apply_link,
        mending::plan_unlink,
        mending::apply_unlink,
        mending::plan_amend,
        mending::apply_amend,
        mending::plan_convert,
        mending::apply_convert,
        acting::plan_bulk,
        acting::apply_bulk,
        mending::plan_mentions,
        mending::apply_mentions,
        output::permalink,
        output::record_markdown,
        output::index_page,
        output::plan_index,
        output::apply_index,
        output::export_records,
        acting::undo_list,
        acting::plan_undo,
        acting::apply_undo,
        remote::git_place,
        remote::sync,
        remote::cancel_git,
        remote::clone_repository,
        remote::clone_folder,
        remote::create_branch,
        remote::plan_switch,
        remote::switch_branch,
        remote::rename_branch,
        remote::delete_branch,
        remote::restore_branch,
        remote::add_remote,
        remote::compare_branch,
        remote::repository_log,
        remote::log_diff,
        remote::step_operation,
        remote::save_stash,
        remote::apply_stash,
        remote::merge_driver,
        remote::plan_merge_driver,
        remote::apply_merge_driver,
        remote::drop_stash,
        remote::restore_stash,
        remote::conflict,
        remote::settle_conflict,
        remote::blame,
        remote::plan_restore,
        remote::apply_restore,
        governance::follow_check,
        governance::check_state,
        governance::check_again,
        governance::governance,
        governance::debt,
        governance::debt_progress,
        governance::cancel_debt,
        governance::code_excerpt,
        governance::finding_origins,
        governance::try_rules,
        governance::plan_waiver,
        governance::apply_waiver,
        governance::plan_extension,
        governance::apply_extension,
        governance::count_lines,
        governance::changed_paths,
        governance::folder_bindings,
        governance::find_paths,
        governance::path_bindings,
        changes::git_status,
        changes::record_status,
        changes::file_diff,
        changes::check_commit,
        changes::commit_diff,
        changes::stage,
        changes::stage_part,
        changes::discard,
        changes::trash,
        changes::restore_discarded,
        changes::unstage,
        changes::commit_suggestions,
        changes::commit,
        changes::stop_commit,
        changes::message_start,
        changes::keep_message,
        changes::last_commit,
        changes::undo_commit,
        changes::git_commands,
        changes::set_author,
        changes::people,
        changes::ignore,
        changes::compare_versions,
        changes::accepted_in,
    ]
}
