//! The `repo:` scheme: images of the opened repository, and nothing else of it.

use percent_encoding::percent_decode_str;
use precedent_workspace::Workspace;
use tauri::http::{Response, StatusCode, header};

/// Answers a request for `repo://localhost/<path>`. The workspace decides what may be read; scripts in an SVG stay inert.
pub(crate) fn answer(workspace: Option<&Workspace>, raw: &str) -> Response<Vec<u8>> {
    let Some(workspace) = workspace else { return refuse(StatusCode::NOT_FOUND) };
    let Ok(path) = percent_decode_str(raw.trim_start_matches('/')).decode_utf8() else {
        return refuse(StatusCode::BAD_REQUEST);
    };
    match workspace.image(&path) {
        Ok((bytes, mime)) => Response::builder()
            .header(header::CONTENT_TYPE, mime)
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
            .header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox")
            .body(bytes)
            .unwrap_or_else(|_| refuse(StatusCode::INTERNAL_SERVER_ERROR)),
        Err(_) => refuse(StatusCode::NOT_FOUND),
    }
}

fn refuse(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}
