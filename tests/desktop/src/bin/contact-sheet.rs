//! `contact-sheet`: writes `target/screens/index.html` of what the window tests photographed. `MOCKS=/folder` shows each
//! screen's mock beside it.

#[cfg(target_os = "linux")]
fn main() {
    use std::io::Write;
    let path = precedent_e2e::write_sheet();
    // A closed pipe is no reason to fail.
    let _ = writeln!(std::io::stdout(), "{}", path.display());
}

#[cfg(not(target_os = "linux"))]
fn main() {
    panic!("the window is photographed on Linux only");
}
