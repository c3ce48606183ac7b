//! Addresses as each forge has them.

use super::*;

/// Remote, page, and addresses of a file: whole, at a heading, at one line, at several.
const TABLE: &[(&str, &str, [&str; 4])] = &[
    (
        "git@github.com:quayside/payments.git",
        "https://github.com/quayside/payments",
        [
            "/blob/4f2c/docs/adr/0007-a.md",
            "/blob/4f2c/docs/adr/0007-a.md#context-1",
            "/blob/4f2c/docs/adr/0007-a.md?plain=1#L3",
            "/blob/4f2c/docs/adr/0007-a.md?plain=1#L3-L9",
        ],
    ),
    (
        "https://lee:secret@gitlab.example.com:8443/group/sub/payments.git",
        "https://gitlab.example.com:8443/group/sub/payments",
        [
            "/-/blob/4f2c/docs/adr/0007-a.md",
            "/-/blob/4f2c/docs/adr/0007-a.md#context-1",
            "/-/blob/4f2c/docs/adr/0007-a.md?plain=1#L3",
            "/-/blob/4f2c/docs/adr/0007-a.md?plain=1#L3-9",
        ],
    ),
    (
        "https://lee@bitbucket.org/quayside/payments.git",
        "https://bitbucket.org/quayside/payments",
        [
            "/src/4f2c/docs/adr/0007-a.md",
            "/src/4f2c/docs/adr/0007-a.md#markdown-header-context-1",
            "/src/4f2c/docs/adr/0007-a.md#lines-3",
            "/src/4f2c/docs/adr/0007-a.md#lines-3:9",
        ],
    ),
    (
        "ssh://git@bitbucket.example.com:7999/PAY/payments.git",
        "https://bitbucket.example.com/projects/PAY/repos/payments",
        [
            "/browse/docs/adr/0007-a.md?at=4f2c",
            "/browse/docs/adr/0007-a.md?at=4f2c#context-1",
            "/browse/docs/adr/0007-a.md?at=4f2c#3",
            "/browse/docs/adr/0007-a.md?at=4f2c#3-9",
        ],
    ),
    (
        "git@ssh.dev.azure.com:v3/quayside/Core%20Banking/payments",
        "https://dev.azure.com/quayside/Core%20Banking/_git/payments",
        [
            "?path=/docs/adr/0007-a.md&version=GC4f2c",
            "?path=/docs/adr/0007-a.md&version=GC4f2c&anchor=context-1",
            "?path=/docs/adr/0007-a.md&version=GC4f2c&line=3&lineEnd=4&lineStartColumn=1&lineEndColumn=1",
            "?path=/docs/adr/0007-a.md&version=GC4f2c&line=3&lineEnd=10&lineStartColumn=1&lineEndColumn=1",
        ],
    ),
    (
        "https://codeberg.org/quayside/payments",
        "https://codeberg.org/quayside/payments",
        [
            "/src/commit/4f2c/docs/adr/0007-a.md",
            "/src/commit/4f2c/docs/adr/0007-a.md#context-1",
            "/src/commit/4f2c/docs/adr/0007-a.md?display=source#L3",
            "/src/commit/4f2c/docs/adr/0007-a.md?display=source#L3-L9",
        ],
    ),
    (
        "git@git.sr.ht:~quayside/payments",
        "https://git.sr.ht/~quayside/payments",
        [
            "/tree/4f2c/item/docs/adr/0007-a.md",
            "/tree/4f2c/item/docs/adr/0007-a.md#context-1",
            "/tree/4f2c/item/docs/adr/0007-a.md#L3",
            "/tree/4f2c/item/docs/adr/0007-a.md#L3-9",
        ],
    ),
];

#[test]
fn every_forge_has_its_addresses() {
    let path = RecordPath::new("docs/adr/0007-a.md");
    for (address, base, expected) in TABLE {
        let site = site(address).unwrap_or_else(|error| panic!("{address}: {error}"));
        assert_eq!(site.base, *base);
        let spots = [Spot::Top, Spot::Heading("r-context-1"), Spot::Lines(3, 3), Spot::Lines(3, 9)];
        for (spot, tail) in spots.into_iter().zip(expected) {
            assert_eq!(site.permalink("4f2c", &path, spot), format!("{base}{tail}"), "{spot:?}");
        }
    }
}

#[test]
fn remotes_are_read_however_they_are_written() {
    let table = [
        ("https://github.com/a/b", "https://github.com/a/b"),
        ("https://github.com/a/b.git/", "https://github.com/a/b"),
        ("ssh://git@github.com/a/b.git", "https://github.com/a/b"),
        ("ssh://git@ssh.github.com:443/a/b.git", "https://github.com/a/b"),
        ("git://github.com/a/b.git", "https://github.com/a/b"),
        ("GITHUB.com:a/b.git", "https://github.com/a/b"),
        ("http://gitea.lan:3000/a/b.git", "http://gitea.lan:3000/a/b"),
        ("https://bitbucket.example.com/scm/~lee/b.git", "https://bitbucket.example.com/users/lee/repos/b"),
        ("https://quayside@dev.azure.com/quayside/pay/_git/b", "https://dev.azure.com/quayside/pay/_git/b"),
        ("https://quayside.visualstudio.com/pay/_git/b", "https://quayside.visualstudio.com/pay/_git/b"),
        ("quayside@vs-ssh.visualstudio.com:v3/quayside/pay/b", "https://quayside.visualstudio.com/pay/_git/b"),
        ("git@github.example.com:a/b.git", "https://github.example.com/a/b"),
    ];
    for (address, base) in table {
        assert_eq!(site(address).map(|site| site.base), Ok(base.to_owned()), "{address}");
    }
}

#[test]
fn what_is_no_forge_says_so() {
    for folder in ["/srv/git/b.git", "../b", "file:///srv/b.git", r"C:\work\b", "./a:b"] {
        assert!(matches!(site(folder), Err(NoSite::Local(_))), "{folder}");
    }
    for (address, host) in
        [("git@git.example.com:a/b.git", "git.example.com"), ("https://notgithub.com/a/b", "notgithub.com")]
    {
        assert_eq!(site(address), Err(NoSite::UnknownHost(host.to_owned())));
    }
}

#[test]
fn an_address_holds_nothing_that_ends_it() {
    let site = site("git@github.com:a/b.git").expect("a forge");
    let path = RecordPath::new("docs/Grün & \"alt\" #1?.md");
    let link = site.permalink("4f2c", &path, Spot::Heading("r-über-uns"));
    assert_eq!(link, "https://github.com/a/b/blob/4f2c/docs/Gr%C3%BCn%20%26%20%22alt%22%20%231%3F.md#%C3%BCber-uns");
}

fn check_request(remote: &str, expected: &str) {
    let found =
        site(remote).expect("a forge").pull_request("adr/0126-fencing token", "main", "Accept ADR-0126", "a & b");
    assert_eq!(found.as_deref(), Some(expected), "{remote}");
}

#[test]
fn a_pull_request_opens_on_its_forge() {
    check_request(
        "git@github.com:quayside/pay.git",
        "https://github.com/quayside/pay/compare/main...adr/0126-fencing%20token?expand=1&title=Accept%20ADR%2D0126&body=a%20%26%20b",
    );
    check_request(
        "https://gitlab.com/quayside/pay.git",
        "https://gitlab.com/quayside/pay/-/merge_requests/new?merge_request%5Bsource_branch%5D=adr%2F0126%2Dfencing%20token&merge_request%5Btarget_branch%5D=main&merge_request%5Btitle%5D=Accept%20ADR%2D0126&merge_request%5Bdescription%5D=a%20%26%20b",
    );
    check_request(
        "git@bitbucket.org:quayside/pay.git",
        "https://bitbucket.org/quayside/pay/pull-requests/new?source=adr%2F0126%2Dfencing%20token&dest=main",
    );
    check_request(
        "https://dev.azure.com/org/project/_git/pay",
        "https://dev.azure.com/org/project/_git/pay/pullrequestcreate?sourceRef=adr%2F0126%2Dfencing%20token&targetRef=main",
    );
    check_request(
        "https://codeberg.org/quayside/pay.git",
        "https://codeberg.org/quayside/pay/compare/main...adr/0126-fencing%20token?title=Accept%20ADR%2D0126&body=a%20%26%20b",
    );
    assert_eq!(site("https://git.sr.ht/~ann/pay").expect("a forge").pull_request("a", "main", "", ""), None);
}
