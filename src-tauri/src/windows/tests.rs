//! Who has which repository, and when the app closes.

use super::{Place, Room, Windows};
use precedent_core::wire::OpenRequest;
use std::path::Path;

fn request(path: &Path) -> OpenRequest {
    OpenRequest { path: path.display().to_string(), reference: None, heading: None, fault: None }
}

fn place(folder: &Path) -> Place {
    Place::new(folder.join("cache"), folder.join("config"), jiff::civil::date(2026, 11, 20))
}

#[test]
fn who_is_turned_away_gives_up_its_claim() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (windows, place) = (Windows::default(), place(folder.path()));
    let first = windows.add(Some(request(folder.path())), &place);
    let second = windows.add(Some(request(folder.path())), &place);
    let by = |path| windows.claim(&first, path).map(|window| window.label().to_owned());
    assert_eq!(by(folder.path()).as_deref(), Some(second.label()));
    assert!(windows.claim(&second, folder.path()).is_none());
    assert_eq!(by(folder.path()).as_deref(), Some(second.label()));
    second.release();
    assert_eq!(by(folder.path()), None);
}

#[test]
fn many_requests_for_one_repository_make_one_window() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (windows, place) = (Windows::default(), place(folder.path()));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| windows.take_on(request(folder.path()), Room::Any, &place));
        }
    });
    assert_eq!(windows.all().len(), 1);
    // It is still being opened, and remembered nevertheless.
    assert_eq!(windows.roots(), [folder.path().canonicalize().expect("it is there")]);
}

#[test]
fn the_app_closes_with_its_last_window() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (windows, place) = (Windows::default(), place(folder.path()));
    let (first, second) = (windows.add(None, &place), windows.add(None, &place));
    windows.remove(first.label());
    assert!(!windows.is_closing() && windows.find(first.label()).is_none());
    windows.remove(second.label());
    assert!(windows.is_closing());
    windows.end();
}

#[test]
fn a_window_with_unsaved_text_is_asked_and_a_stuck_page_is_not_asked_twice() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let window = Windows::default().add(None, &place(folder.path()));
    assert!(!window.ask_to_close(), "nothing is unsaved");
    window.hold(true);
    assert!(window.ask_to_close());
    // It says that it heard: the next click asks again.
    window.hold(true);
    assert!(window.ask_to_close());
    assert!(!window.ask_to_close(), "it did not hear the question before");
    window.hold(false);
    assert!(!window.ask_to_close());
}

#[test]
fn the_app_ends_when_every_window_that_may_hold_text_has_agreed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (windows, place) = (Windows::default(), place(folder.path()));
    let [first, second, third] = [(); 3].map(|()| windows.add(None, &place));
    let next = |label: &str, anew| windows.agree_to_end(label, anew).map(|window| window.label().to_owned());
    second.hold(true);
    third.hold(true);
    assert_eq!(next(first.label(), true).as_deref(), Some(second.label()));
    assert_eq!(next(second.label(), false).as_deref(), Some(third.label()));
    // The third stayed. Asked for anew, the second is asked again: more may have been typed in it.
    assert_eq!(next(first.label(), true).as_deref(), Some(second.label()));
    assert_eq!(next(second.label(), false).as_deref(), Some(third.label()));
    assert_eq!(next(third.label(), false), None);
}
