//! The package that an address speaks of, as far as its last part tells: of a repository, an archive, a wheel.

/// A name by the address of a package: `git+https://host/team/name.git#v1`, `https://host/name-1.2.tgz`, `team/name`.
/// `None` for what is no address, and for folders.
pub(super) fn name(written: &str) -> Option<&str> {
    let is_archive = |path: &str| ARCHIVES.iter().any(|ending| path.ends_with(ending));
    let plain = written.split(['#', '?']).next().unwrap_or(written);
    let is_short = || {
        let parts: Vec<&str> = plain.split('/').collect();
        parts.len() == 2 && !plain.starts_with(['@', '.', '~', '/']) && !parts[0].contains(':') && !plain.contains(' ')
    };
    let hosted = ["github:", "gitlab:", "bitbucket:", "gist:"].iter().any(|host| plain.starts_with(host));
    let remote = plain.contains("://") || plain.starts_with("git@") || hosted;
    if !remote && !is_archive(plain) && !is_short() {
        return None;
    }
    if let Some(repository) = of_snapshot(plain) {
        return Some(repository);
    }
    let last = plain.trim_end_matches('/').rsplit(['/', ':']).next()?;
    // pip pins a revision behind an at sign.
    let last = if remote { last.split('@').next().unwrap_or(last) } else { last };
    let last = last.strip_suffix(".git").unwrap_or(last);
    let last = ARCHIVES.iter().find_map(|ending| last.strip_suffix(ending)).map_or(last, without_version);
    (!last.is_empty()).then_some(last)
}

/// What the address of an archive says of a package that is called `known`, where that is another name. Registries keep
/// `name/-/name-1.2.tgz`, whatever it is called where it is used.
pub(super) fn other<'w>(written: &'w str, known: &str) -> Option<&'w str> {
    let plain = written.split(['#', '?']).next().unwrap_or(written);
    let is_archive = ARCHIVES.iter().any(|ending| plain.ends_with(ending)) || of_snapshot(plain).is_some();
    let is_own =
        plain.contains(&format!("/{known}/-/")) || plain.contains(&format!("/{}/-/", known.replace('/', "%2f")));
    let short = known.rsplit('/').next().unwrap_or(known);
    name(written).filter(|found| is_archive && !is_own && *found != short)
}

/// The repository whose files at a commit or tag an address names: `/team/name/archive/v1.tar.gz`, `/team/name/tar.gz/v1`.
fn of_snapshot(plain: &str) -> Option<&str> {
    let parts: Vec<&str> = plain.split('/').collect();
    let at = parts.iter().position(|part| SNAPSHOTS.contains(part)).filter(|at| at + 1 < parts.len())?;
    let before = parts[..at].iter().rev().find(|part| **part != "-");
    before.copied().filter(|_| plain.contains("://") && at > 3)
}

const SNAPSHOTS: &[&str] = &["archive", "tar.gz", "tarball", "zip", "zipball"];

const ARCHIVES: &[&str] = &[".tgz", ".tar.gz", ".tar.bz2", ".zip", ".whl"];

/// `name` of `name-1.2.3-py3-none-any`.
fn without_version(stem: &str) -> &str {
    let version =
        stem.match_indices('-').find(|(at, _)| stem[at + 1..].starts_with(|next: char| next.is_ascii_digit()));
    version.map_or(stem, |(at, _)| &stem[..at])
}

#[cfg(test)]
mod tests {
    use super::{name, other};

    #[test]
    fn an_archive_of_another_name_is_told() {
        for (written, known, expected) in [
            ("https://registry.npmjs.org/a/-/a-1.0.0.tgz#0a", "a", None),
            ("https://registry.npmjs.org/@s/a/-/a-1.0.0.tgz", "@s/a", None),
            ("https://registry.npmjs.org/@s%2fa/-/a-1.0.0.tgz", "@s/a", None),
            ("https://host/kept/a-1.0.0.tgz", "@s/a", None),
            ("https://registry.npmjs.org/mongodb/-/mongodb-3.0.0.tgz", "a", Some("mongodb")),
            ("https://codeload.github.com/team/mongodb/tar.gz/0a1b", "a", Some("mongodb")),
            ("https://npm.pkg.github.com/download/@s/a/1.0.0/0a1b", "@s/a", None),
            ("git+https://host/team/mongodb.git#v3", "a", None),
        ] {
            assert_eq!(other(written, known), expected, "{written} as {known}");
        }
    }

    #[test]
    fn names_by_address() {
        for (written, expected) in [
            ("https://host/x/mongodb-3.1.0.tgz", Some("mongodb")),
            ("https://registry.npmjs.org/@scope/name/-/name-1.0.0.tgz", Some("name")),
            ("git+https://host/team/mongodb.git#v3", Some("mongodb")),
            ("git+ssh://git@host:22/team/mongodb.git", Some("mongodb")),
            ("git@host:team/mongodb.git", Some("mongodb")),
            ("git+https://host/team/mongo.git@v1", Some("mongo")),
            ("github:team/mongodb#semver:^3", Some("mongodb")),
            ("team/mongodb", Some("mongodb")),
            ("file:vendor/mongodb-3.tgz", Some("mongodb")),
            ("https://host/py_mongo-3.0-py3-none-any.whl", Some("py_mongo")),
            ("https://codeload.github.com/team/mongodb/tar.gz/0a1b", Some("mongodb")),
            ("https://github.com/team/mongodb/archive/refs/tags/v3.1.tar.gz", Some("mongodb")),
            ("https://gitlab.com/team/mongodb/-/archive/v3/mongodb-v3.tar.gz", Some("mongodb")),
            ("https://host/archive/mongodb-3.tgz", Some("mongodb")),
            ("file:../mine", None),
            ("^1.0", None),
            ("workspace:*", None),
            ("1.x || >=2.5 / 3", None),
        ] {
            assert_eq!(name(written), expected, "{written}");
        }
    }
}
