//! `bench-window DIR`: see [`precedent_e2e::bench_window`].

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    let folder = std::env::args_os().nth(1).expect("usage: bench-window DIR");
    precedent_e2e::bench_window(folder.as_ref())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    panic!("the window is driven through WebKitGTK, which runs on Linux only");
}
