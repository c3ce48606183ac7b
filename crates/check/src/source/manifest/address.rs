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
    let last = plain.trim_end_matches('/').rsplit(['/', ':']).next()?;
    // pip pins a revision behind an at sign.
    let last = if remote { last.split('@').next().unwrap_or(last) } else { last };
    let last = last.strip_suffix(".git").unwrap_or(last);
    let last = ARCHIVES.iter().find_map(|ending| last.strip_suffix(ending)).map_or(last, without_version);
    (!last.is_empty()).then_some(last)
}

const ARCHIVES: &[&str] = &[".tgz", ".tar.gz", ".tar.bz2", ".zip", ".whl"];

/// `name` of `name-1.2.3-py3-none-any`.
fn without_version(stem: &str) -> &str {
    let version =
        stem.match_indices('-').find(|(at, _)| stem[at + 1..].starts_with(|next: char| next.is_ascii_digit()));
    version.map_or(stem, |(at, _)| &stem[..at])
}

#[cfg(test)]
mod tests {
    use super::name;

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
            ("file:../mine", None),
            ("^1.0", None),
            ("workspace:*", None),
            ("1.x || >=2.5 / 3", None),
        ] {
            assert_eq!(name(written), expected, "{written}");
        }
    }
}
