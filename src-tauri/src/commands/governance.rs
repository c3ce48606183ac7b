//! Commands of Governance: the check that follows the worktree, waivers, what binds a path.

use super::{Reply, wire};
use crate::events::send;
use crate::here::Here;
use precedent_core::wire::*;
use precedent_workspace::{DebtRequest, DebtSteps};
use tauri::{Manager, Webview};

/// So many paths are offered to somebody who looks for one.
const MOST_PATHS: usize = 50;

/// Each new state comes as the event `check-state`.
#[tauri::command]
pub(crate) fn follow_check(here: Here, webview: Webview) -> Reply<CheckState> {
    let workspace = here.workspace()?;
    let (handle, label) = (webview.app_handle().clone(), here.label().to_owned());
    workspace.follow_check(move |state| send(&handle, &label, "check-state", state)).map_err(wire)?;
    Ok(workspace.check_state())
}

#[tauri::command]
pub(crate) fn check_state(here: Here) -> Reply<CheckState> {
    Ok(here.workspace()?.check_state())
}

#[tauri::command]
pub(crate) fn check_again(here: Here) -> Reply<()> {
    here.workspace()?.check_again();
    Ok(())
}

#[tauri::command]
pub(crate) fn governance(here: Here) -> Reply<GovernanceView> {
    here.workspace()?.governance().map_err(wire)
}

/// Debt week by week, on one thread: somebody works beside it. Counting that is under way in this window stops.
#[tauri::command]
pub(crate) fn debt(since: String, here: Here) -> Reply<Debt> {
    let request = DebtRequest { since, steps: DebtSteps::Weeks, as_of: None, threads: Some(1) };
    here.workspace()?.debt(&request, &here.begin_counting()).map_err(wire)
}

#[tauri::command]
pub(crate) fn debt_progress(here: Here) -> Reply<Opening> {
    Ok(here.counting().so_far())
}

#[tauri::command]
pub(crate) fn cancel_debt(here: Here) -> Reply<()> {
    here.counting().cancel();
    Ok(())
}

#[tauri::command]
pub(crate) fn code_excerpt(path: String, line: u32, end_line: u32, here: Here) -> Reply<CodeExcerpt> {
    here.workspace()?.code_excerpt(&path, line, end_line).map_err(wire)
}

#[tauri::command]
pub(crate) fn finding_origins(places: Vec<FindingPlace>, here: Here) -> Reply<Vec<Option<FindingOrigin>>> {
    here.workspace()?.finding_origins(&places).map_err(wire)
}

#[tauri::command]
pub(crate) fn try_rules(path: String, text: String, here: Here) -> Reply<Option<RuleTrial>> {
    here.workspace()?.try_rules(&path, &text).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_waiver(request: WaiverRequest, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_waiver_request(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_waiver(request: WaiverRequest, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_waiver_request(&request, &digest).map_err(wire)
}

#[tauri::command]
pub(crate) fn plan_extension(request: ExtensionRequest, here: Here) -> Reply<PlanPreview> {
    here.workspace()?.plan_extension(&request).map_err(wire)
}

#[tauri::command]
pub(crate) fn apply_extension(request: ExtensionRequest, digest: String, here: Here) -> Reply<WriteReply> {
    here.workspace()?.apply_extension(&request, &digest).map_err(wire)
}

#[tauri::command]
pub(crate) fn count_lines(here: Here) -> Reply<()> {
    here.workspace()?.count_lines().map_err(wire)
}

#[tauri::command]
pub(crate) fn changed_paths(here: Here) -> Reply<ChangedPaths> {
    here.workspace()?.changed_paths().map_err(wire)
}

#[tauri::command]
pub(crate) fn folder_bindings(folder: String, here: Here) -> Reply<Vec<PathItem>> {
    here.workspace()?.folder_bindings(&folder).map_err(wire)
}

#[tauri::command]
pub(crate) fn find_paths(words: String, here: Here) -> Reply<Vec<String>> {
    here.workspace()?.find_paths(&words, MOST_PATHS).map_err(wire)
}

#[tauri::command]
pub(crate) fn path_bindings(path: String, here: Here) -> Reply<PathBindings> {
    here.workspace()?.path_bindings(&path).map_err(wire)
}
