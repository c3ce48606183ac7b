//! A window of the same size with nothing in it: what `make bench-ui` measures the app against. Says `painted` when its
//! first frame has been shown.

use std::io::Write;
use tauri::http::{Response, header::CONTENT_TYPE};
use tauri::{Url, WebviewUrl, WebviewWindowBuilder};

/// A message sent from a frame arrives when that frame has been painted.
const PAGE: &str = "<!doctype html><title>Empty</title><p>Nothing.</p><script>
requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => (document.title = 'painted');
  channel.port2.postMessage(null);
});
</script>";

fn main() -> tauri::Result<()> {
    let mut context = tauri::generate_context!();
    let size = context.config().app.windows.first().map(|window| (window.width, window.height));
    context.config_mut().app.windows.clear();
    tauri::Builder::default()
        .register_uri_scheme_protocol("empty", |_, _| {
            let mut page = Response::new(PAGE.as_bytes().to_vec());
            page.headers_mut().insert(CONTENT_TYPE, tauri::http::HeaderValue::from_static("text/html"));
            page
        })
        .setup(move |app| {
            let (width, height) = size.unwrap_or((1200.0, 800.0));
            let page = WebviewUrl::CustomProtocol(Url::parse("empty://localhost/")?);
            WebviewWindowBuilder::new(app, "empty", page)
                .inner_size(width, height)
                .on_document_title_changed(|_, title| {
                    if title == "painted" {
                        // Whoever started this has gone; there is nobody to tell.
                        let _ = writeln!(std::io::stdout(), "painted");
                    }
                })
                .build()?;
            Ok(())
        })
        .run(context)
}
