//! Signed commits: by ssh, gpg and x509, with keys of their own, and what is said when the program that signs fails.

#![cfg(unix)]

use super::committing::{ask, head, request, staged, trusting};
use super::fixture::Fixture;
use precedent_core::wire::{CommitRequest, ErrorCode};
use std::os::unix::fs::PermissionsExt;

#[test]
fn a_signed_commit_is_signed_by_git() {
    let at = staged();
    let key = at.below("key");
    let made =
        std::process::Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
    if !made.is_ok_and(|status| status.success()) {
        // Without OpenSSH there is nothing to sign with.
        return;
    }
    let public = std::fs::read_to_string(key.with_extension("pub")).expect("a key");
    at.write(".git/signers", &format!("ann@example.org {public}"));
    at.git(&["config", "gpg.format", "ssh"]);
    at.git(&["config", "user.signingkey", &key.to_string_lossy()]);
    at.git(&["config", "gpg.ssh.allowedSignersFile", ".git/signers"]);
    at.git(&["config", "commit.gpgsign", "true"]);
    let error = ask(&at, &request("x")).expect_err("refused");
    assert_eq!((error.code(), error.details()), (ErrorCode::NeedsTrust, Some("commit.gpgsign")));
    let reply = ask(&at, &trusting("Accept it")).expect("a commit");
    let (good, out) = at.try_git(&["verify-commit", &reply.commit]);
    assert!(good, "{out}");
    at.fsck();

    // A key that is gone: git's own words, nothing committed, everything still staged.
    std::fs::remove_file(&key).expect("a key");
    at.write("more.txt", "x\n");
    let before = head(&at);
    let error = ask(&at, &CommitRequest { stage: vec!["more.txt".into()], ..request("More") }).expect_err("refused");
    assert_eq!(error.code(), ErrorCode::Git);
    assert!(error.details().is_some_and(|details| !details.is_empty()));
    assert_eq!(head(&at), before);
}

/// A gpg with a key of its own, which it takes no passphrase for; `None` without gpg.
struct Gpg {
    home: std::path::PathBuf,
    key: String,
}

impl Gpg {
    #[expect(clippy::print_stderr, reason = "a test that cannot run says so")]
    fn new(at: &Fixture) -> Option<Self> {
        let home = at.below("gpg");
        std::fs::create_dir(&home).expect("a folder");
        std::fs::set_permissions(&home, std::fs::Permissions::from_mode(0o700)).expect("rights");
        let run = |args: &[&str]| {
            let args = ["--batch", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", ""].iter().chain(args);
            std::process::Command::new("gpg").env("GNUPGHOME", &home).args(args).output()
        };
        let who = "Ann Lee <ann@example.org>";
        let Ok(made) = run(&["--quick-generate-key", who, "ed25519", "sign", "never"]) else {
            eprintln!("SKIPPED: gpg is not installed, signing with it was not tested");
            return None;
        };
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let listed = run(&["--list-secret-keys", "--with-colons"]).expect("gpg").stdout;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        let key = listed.lines().find_map(|line| line.strip_prefix("fpr:::::::::")?.strip_suffix(':')).expect("a key");
        Some(Self { home, key: key.to_owned() })
    }

    /// A program that is gpg with this home: git has it from a setting.
    fn program(&self, at: &Fixture) -> String {
        let script = format!("#!/bin/sh\nexec gpg --homedir '{}' --batch --no-tty \"$@\"\n", self.home.display());
        at.write("../gpg.sh", &script);
        at.make_executable("../gpg.sh");
        at.below("gpg.sh").display().to_string()
    }
}

impl Drop for Gpg {
    fn drop(&mut self) {
        // Its agent would outlive the folder.
        let _ = std::process::Command::new("gpgconf").arg("--homedir").arg(&self.home).args(["--kill", "all"]).status();
    }
}

#[test]
fn a_commit_is_signed_with_gpg_and_what_gpg_says_is_shown() {
    let at = staged();
    let Some(gpg) = Gpg::new(&at) else { return };
    at.git(&["config", "gpg.program", &gpg.program(&at)]);
    at.git(&["config", "user.signingkey", &gpg.key]);
    at.git(&["config", "commit.gpgsign", "true"]);
    let error = ask(&at, &request("x")).expect_err("refused");
    assert_eq!((error.code(), error.details()), (ErrorCode::NeedsTrust, Some("commit.gpgsign\ngpg.program")));
    let reply = ask(&at, &trusting("Accept it")).expect("a commit");
    let (good, out) = at.try_git(&["verify-commit", "--raw", &reply.commit]);
    assert!(good && out.contains("GOODSIG"), "{out}");
    at.fsck();

    // No such key: gpg's own words, nothing committed, the message kept.
    at.write("more.txt", "x\n");
    at.git(&["config", "user.signingkey", "nobody@nowhere.invalid"]);
    let before = head(&at);
    let workspace = at.workspace();
    let more = CommitRequest { stage: vec!["more.txt".into()], ..request("More") };
    let error = workspace.commit(&more).expect_err("refused");
    assert_eq!(error.to_string(), "the commit could not be signed; nothing was committed");
    assert!(error.hint().is_some_and(|hint| hint.contains("message is kept")));
    let said = error.details().unwrap_or_default();
    assert!(said.contains("gpg") && said.contains("nobody@nowhere.invalid"), "{said}");
    assert_eq!(head(&at), before);
    assert_eq!(workspace.message_start().expect("a start").kept.as_deref().map(str::trim_end), Some("More"));
    at.git(&["config", "user.signingkey", &gpg.key]);
    workspace.commit(&CommitRequest { stage: Vec::new(), ..more }).expect("with the key it is made");
}

#[test]
fn a_program_that_cannot_sign_says_so_for_gpg_and_x509() {
    for (format, name) in [("openpgp", "gpg.program"), ("x509", "gpg.x509.program")] {
        let at = staged();
        at.write("../sign.sh", "#!/bin/sh\necho 'the card is not in its reader' >&2\nexit 2\n");
        at.make_executable("../sign.sh");
        at.git(&["config", "gpg.format", format]);
        at.git(&["config", name, &at.below("sign.sh").display().to_string()]);
        at.git(&["config", "commit.gpgsign", "true"]);
        let workspace = at.workspace();
        assert!(workspace.trust().expect("judged").reasons.iter().any(|reason| reason == name));
        let before = head(&at);
        let error = workspace.commit(&trusting("Accept it\n\nWhy.")).expect_err("refused");
        assert_eq!(error.to_string(), "the commit could not be signed; nothing was committed", "{format}");
        assert!(error.details().is_some_and(|said| said.contains("the card is not in its reader")), "{error:?}");
        assert_eq!(head(&at), before);
        let kept = workspace.message_start().expect("a start").kept;
        assert_eq!(kept.as_deref().map(str::trim_end), Some("Accept it\n\nWhy."), "{format}");
        // A program that is not there at all.
        at.git(&["config", name, "/nowhere/sign"]);
        let error = workspace.commit(&request("Accept it")).expect_err("refused");
        assert_eq!(error.to_string(), "the commit could not be signed; nothing was committed", "{format}");
        assert!(error.details().is_some_and(|said| said.contains("/nowhere/sign")), "{error:?}");
        at.fsck();
    }
}

/// A certificate of our own making in a temporary folder.
#[test]
#[expect(clippy::print_stderr, reason = "a test that cannot run says so")]
fn a_commit_is_signed_with_x509() {
    let at = staged();
    let home = at.below("x509");
    std::fs::create_dir(&home).expect("a folder");
    std::fs::set_permissions(&home, std::fs::Permissions::from_mode(0o700)).expect("rights");
    let parameters = "Key-Type: RSA\nKey-Length: 2048\nKey-Usage: sign, cert\nSerial: random\nName-DN: CN=Ann Lee\nName-Email: ann@example.org\n%no-protection\n";
    let file = at.below("x509.txt");
    std::fs::write(&file, parameters).expect("a file");
    let run = |args: &[&str]| {
        let mut command = std::process::Command::new("gpgsm");
        command.arg("--homedir").arg(&home).args(["--batch", "--no-tty"]).args(args).output()
    };
    let certificate = at.below("ann.pem").display().to_string();
    let arguments = ["--pinentry-mode", "loopback", "--passphrase-fd", "0", "--generate-key", "--armor", "--output"];
    let made = run(&[&arguments[..], &[&certificate, &file.display().to_string()]].concat());
    let gone = |at: &Fixture| {
        let home = at.below("x509");
        let _ = std::process::Command::new("gpgconf").arg("--homedir").arg(home).args(["--kill", "all"]).status();
    };
    let Some(_) = made.ok().filter(|made| made.status.success()) else {
        eprintln!("SKIPPED: gpgsm made no certificate, signing with x509 was not tested");
        return gone(&at);
    };
    let script =
        format!("#!/bin/sh\nexec gpgsm --homedir '{}' --batch --no-tty --disable-crl-checks \"$@\"\n", home.display());
    at.write("../gpgsm.sh", &script);
    at.make_executable("../gpgsm.sh");
    let imported = run(&["--import", &certificate]);
    let listed = run(&["--list-keys", "--with-colons"]).expect("gpgsm").stdout;
    let listed = String::from_utf8_lossy(&listed).into_owned();
    let key = listed.lines().find_map(|line| line.strip_prefix("fpr:::::::::")?.split(':').next()).map(str::to_owned);
    let Some(key) = key.filter(|_| imported.is_ok_and(|imported| imported.status.success())) else {
        eprintln!("SKIPPED: gpgsm took no certificate, signing with x509 was not tested");
        return gone(&at);
    };
    std::fs::write(home.join("trustlist.txt"), format!("{key} S relax\n")).expect("a file");
    at.git(&["config", "gpg.format", "x509"]);
    at.git(&["config", "gpg.x509.program", &at.below("gpgsm.sh").display().to_string()]);
    at.git(&["config", "user.signingkey", &key]);
    at.git(&["config", "commit.gpgsign", "true"]);
    let reply = ask(&at, &trusting("Accept it")).expect("a commit");
    assert!(at.git(&["cat-file", "commit", &reply.commit]).contains("gpgsig -----BEGIN SIGNED MESSAGE-----"));
    gone(&at);
    at.fsck();
}
