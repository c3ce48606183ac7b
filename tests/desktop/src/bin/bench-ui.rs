//! `bench-ui DIR DIR`: see [`precedent_e2e::bench_ui`]. Without folders: only what writing a record costs.

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    let mut folders = std::env::args_os().skip(1);
    if std::env::args_os().len() == 1 {
        return precedent_e2e::bench_writing();
    }
    let mut folder = || folders.next().expect("usage: bench-ui THOUSAND TEN-THOUSAND");
    let (thousand, ten) = (folder(), folder());
    precedent_e2e::bench_ui(thousand.as_ref(), ten.as_ref())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    panic!("the window is driven through WebKitGTK, which runs on Linux only");
}
