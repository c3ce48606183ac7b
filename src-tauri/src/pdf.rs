//! HTML to a PDF file, without a dialog: the web view that draws the window prints it. What the file holds was made here
//! and runs no script; nothing of it is shown.

use precedent_core::wire::Paper;
use std::path::Path;
use tauri::AppHandle;

/// Whether [`print()`] can do anything here; what offers it asks first.
pub(crate) const AVAILABLE: bool = cfg!(target_os = "linux");

/// Prints a document to a file. Waits until it is there.
///
/// # Errors
/// In words, when the file cannot be written or this system cannot print to one.
#[cfg(not(target_os = "linux"))]
pub(crate) fn print(_handle: &AppHandle, _html: String, _paper: Paper, _to: &Path) -> Result<(), String> {
    Err("printing to a file is not there yet on this system".to_owned())
}

/// Prints a document to a file. Waits until it is there.
///
/// # Errors
/// In words, when the file cannot be written or this system cannot print to one.
#[cfg(target_os = "linux")]
pub(crate) fn print(handle: &AppHandle, html: String, paper: Paper, to: &Path) -> Result<(), String> {
    let to = std::path::absolute(to).map_err(|error| error.to_string())?;
    let (done, printed) = std::sync::mpsc::channel();
    let begin = move || linux::begin(&html, paper, &to, done);
    handle.run_on_main_thread(begin).map_err(|error| error.to_string())?;
    match printed.recv_timeout(linux::PATIENCE) {
        Ok(result) => result,
        Err(_) => Err("the printing system gave no answer".to_owned()),
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use super::Paper;
    use gtk::glib::{dgettext, filename_to_uri};
    use gtk::{PageSetup, PaperSize, PrintSettings, Unit};
    use std::cell::RefCell;
    use std::path::Path;
    use std::rc::Rc;
    use std::sync::mpsc::Sender;
    use std::time::Duration;
    use webkit2gtk::{
        LoadEvent, PrintOperation, PrintOperationExt, Settings, SettingsExt, WebContext, WebView, WebViewExt,
    };

    /// A document of thousands of pages takes a while.
    pub(super) const PATIENCE: Duration = Duration::from_secs(300);
    /// Margins in millimetres: top, right, bottom, left.
    const MARGINS: [f64; 4] = [18.0, 18.0, 20.0, 18.0];

    /// What has to live until the file is written.
    type Kept = Rc<RefCell<Option<(WebView, Option<PrintOperation>)>>>;

    pub(super) fn begin(html: &str, paper: Paper, to: &Path, done: Sender<Result<(), String>>) {
        let uri = match filename_to_uri(to, None) {
            Ok(uri) => uri.to_string(),
            Err(error) => {
                let _ = done.send(Err(error.to_string()));
                return;
            }
        };
        // A process and a cache of its own, thrown away afterwards; scripts stay off.
        let view = WebView::with_context(&WebContext::new_ephemeral());
        let settings = Settings::new();
        settings.set_enable_javascript(false);
        settings.set_print_backgrounds(true);
        view.set_settings(&settings);
        let kept: Kept = Rc::new(RefCell::new(Some((view.clone(), None))));
        view.connect_load_changed(move |view, event| {
            if event == LoadEvent::Finished {
                print(view, paper, &uri, &kept, &done);
            }
        });
        view.load_html(html, None);
    }

    fn print(view: &WebView, paper: Paper, uri: &str, kept: &Kept, done: &Sender<Result<(), String>>) {
        let operation = PrintOperation::new(view);
        operation.set_print_settings(&settings(uri));
        operation.set_page_setup(&page(paper));
        let answer = done.clone();
        operation.connect_failed(move |_, error| {
            let _ = answer.send(Err(error.to_string()));
        });
        let (answer, held) = (done.clone(), Rc::clone(kept));
        // Comes after `failed`, too; the first answer counts.
        operation.connect_finished(move |_| {
            let _ = answer.send(Ok(()));
            held.borrow_mut().take();
        });
        operation.print();
        if let Some((_, slot)) = kept.borrow_mut().as_mut() {
            *slot = Some(operation);
        }
    }

    fn settings(uri: &str) -> PrintSettings {
        let settings = PrintSettings::new();
        // GTK names its file printer in the language of the system and finds it by that name.
        settings.set_printer(&dgettext(Some("gtk30"), "Print to File"));
        settings.set(gtk::PRINT_SETTINGS_OUTPUT_FILE_FORMAT, Some("pdf"));
        settings.set(gtk::PRINT_SETTINGS_OUTPUT_URI, Some(uri));
        settings
    }

    fn page(paper: Paper) -> PageSetup {
        let name = match paper {
            Paper::A4 => "iso_a4",
            Paper::Letter => "na_letter",
        };
        let page = PageSetup::new();
        page.set_paper_size(&PaperSize::new(Some(name)));
        let [top, right, bottom, left] = MARGINS;
        page.set_top_margin(top, Unit::Mm);
        page.set_right_margin(right, Unit::Mm);
        page.set_bottom_margin(bottom, Unit::Mm);
        page.set_left_margin(left, Unit::Mm);
        page
    }
}
