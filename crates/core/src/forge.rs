//! Addresses of a file on the web, made from the address of a git remote. Nothing is asked of the forge: each kind of
//! forge has a pattern, and a host that none is known for has no addresses.

use crate::id::RecordPath;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Kinds of forge whose addresses are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forge {
    GitHub,
    GitLab,
    /// bitbucket.org; a server of one's own has other addresses.
    Bitbucket,
    BitbucketServer,
    Azure,
    /// Gitea and what came of it: Forgejo, Codeberg.
    Gitea,
    Sourcehut,
}

impl Forge {
    /// The name people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Forge::GitHub => "GitHub",
            Forge::GitLab => "GitLab",
            Forge::Bitbucket | Forge::BitbucketServer => "Bitbucket",
            Forge::Azure => "Azure DevOps",
            Forge::Gitea => "Forgejo or Gitea",
            Forge::Sourcehut => "sourcehut",
        }
    }
}

/// A repository on a forge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    pub forge: Forge,
    /// Its page, without a slash at the end and without a person's name or password.
    pub base: String,
}

/// Why a remote has no addresses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSite {
    #[error("the remote {0} is a folder of this machine")]
    Local(String),
    #[error("{0} is no forge whose addresses Precedent knows")]
    UnknownHost(String),
}

/// A place inside of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spot<'a> {
    /// The file as a whole.
    #[default]
    Top,
    /// A heading, by the id that [`crate::render`] gives it.
    Heading(&'a str),
    /// Lines from and to, counted from 1.
    Lines(u32, u32),
}

/// What an address keeps as it is, beside letters and digits.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

/// The parts of a remote's address that matter.
struct Remote<'a> {
    scheme: &'a str,
    host: &'a str,
    /// `:8443` of a web address; the port of ssh says nothing about the web.
    port: &'a str,
    /// Without slashes around it and without `.git`.
    path: &'a str,
}

/// The repository that a remote's address (`git remote get-url origin`) means.
///
/// # Errors
/// For folders of this machine and hosts that no pattern is known for.
pub fn site(address: &str) -> Result<Site, NoSite> {
    let remote = parts(address.trim()).ok_or_else(|| NoSite::Local(address.trim().to_owned()))?;
    let host = web_host(&remote.host.to_ascii_lowercase());
    let known = forge_of(&host).ok_or_else(|| NoSite::UnknownHost(host.clone()))?;
    let web = |path: &str| {
        let scheme = if remote.scheme == "http" { "http" } else { "https" };
        format!("{scheme}://{host}{}/{}", remote.port, utf8_percent_encode(path, SEGMENT))
    };
    let (forge, base) = match known {
        Forge::Azure => (Forge::Azure, azure(&host, remote.path).ok_or_else(|| NoSite::UnknownHost(host.clone()))?),
        Forge::BitbucketServer => {
            let path = remote.path.strip_prefix("scm/").unwrap_or(remote.path);
            let (project, repository) = path.rsplit_once('/').unwrap_or(("", path));
            let page = match project.strip_prefix('~') {
                Some(person) => format!("users/{person}/repos/{repository}"),
                None => format!("projects/{project}/repos/{repository}"),
            };
            (Forge::BitbucketServer, web(&page))
        }
        forge => (forge, web(remote.path)),
    };
    Ok(Site { forge, base })
}

impl Site {
    /// The address of a file at a commit, which stays what it shows.
    pub fn permalink(&self, commit: &str, path: &RecordPath, spot: Spot<'_>) -> String {
        let base = &self.base;
        let file = utf8_percent_encode(path.as_str(), SEGMENT).to_string();
        let page = match self.forge {
            Forge::GitHub => format!("{base}/blob/{commit}/{file}"),
            Forge::GitLab => format!("{base}/-/blob/{commit}/{file}"),
            Forge::Bitbucket => format!("{base}/src/{commit}/{file}"),
            Forge::BitbucketServer => format!("{base}/browse/{file}?at={commit}"),
            Forge::Azure => format!("{base}?path=/{file}&version=GC{commit}"),
            Forge::Gitea => format!("{base}/src/commit/{commit}/{file}"),
            Forge::Sourcehut => format!("{base}/tree/{commit}/item/{file}"),
        };
        page + &self.tail(spot)
    }

    /// The page that opens a pull request from `branch` into `base`, filled in with a title and a text where the forge
    /// takes them from the address; `None` where there is no such page.
    pub fn pull_request(&self, branch: &str, into: &str, title: &str, text: &str) -> Option<String> {
        let page = &self.base;
        let word = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let path = |text: &str| utf8_percent_encode(text, SEGMENT).to_string();
        Some(match self.forge {
            Forge::GitHub => format!(
                "{page}/compare/{}...{}?expand=1&title={}&body={}",
                path(into),
                path(branch),
                word(title),
                word(text)
            ),
            Forge::GitLab => format!(
                "{page}/-/merge_requests/new?merge_request%5Bsource_branch%5D={}&merge_request%5Btarget_branch%5D={}&merge_request%5Btitle%5D={}&merge_request%5Bdescription%5D={}",
                word(branch),
                word(into),
                word(title),
                word(text)
            ),
            Forge::Bitbucket => format!("{page}/pull-requests/new?source={}&dest={}", word(branch), word(into)),
            Forge::BitbucketServer => {
                let full = |name: &str| word(&format!("refs/heads/{name}"));
                format!("{page}/pull-requests?create&sourceBranch={}&targetBranch={}", full(branch), full(into))
            }
            Forge::Azure => format!("{page}/pullrequestcreate?sourceRef={}&targetRef={}", word(branch), word(into)),
            Forge::Gitea => {
                let (into, branch) = (path(into), path(branch));
                format!("{page}/compare/{into}...{branch}?title={}&body={}", word(title), word(text))
            }
            Forge::Sourcehut => return None,
        })
    }

    /// Markdown is shown rendered, so lines are asked for together with the source.
    fn tail(&self, spot: Spot<'_>) -> String {
        match (spot, self.forge) {
            (Spot::Top, _) => String::new(),
            (Spot::Heading(id), forge) => {
                let slug = utf8_percent_encode(id.strip_prefix("r-").unwrap_or(id), SEGMENT).to_string();
                match forge {
                    Forge::Azure => format!("&anchor={slug}"),
                    Forge::Bitbucket => format!("#markdown-header-{slug}"),
                    // Hyphens side by side become one there.
                    Forge::GitLab => {
                        format!("#{}", slug.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-"))
                    }
                    _ => format!("#{slug}"),
                }
            }
            (Spot::Lines(from, to), forge) => {
                let one = to <= from;
                match forge {
                    Forge::GitHub if one => format!("?plain=1#L{from}"),
                    Forge::GitHub => format!("?plain=1#L{from}-L{to}"),
                    Forge::GitLab if one => format!("?plain=1#L{from}"),
                    Forge::GitLab => format!("?plain=1#L{from}-{to}"),
                    Forge::Bitbucket if one => format!("#lines-{from}"),
                    Forge::Bitbucket => format!("#lines-{from}:{to}"),
                    Forge::BitbucketServer if one => format!("#{from}"),
                    Forge::BitbucketServer => format!("#{from}-{to}"),
                    Forge::Azure => {
                        let end = to.max(from) + 1;
                        format!("&line={from}&lineEnd={end}&lineStartColumn=1&lineEndColumn=1")
                    }
                    Forge::Gitea if one => format!("?display=source#L{from}"),
                    Forge::Gitea => format!("?display=source#L{from}-L{to}"),
                    Forge::Sourcehut if one => format!("#L{from}"),
                    Forge::Sourcehut => format!("#L{from}-{to}"),
                }
            }
        }
    }
}

/// Some take ssh on the port of the web, under a name of its own.
fn web_host(host: &str) -> String {
    match host {
        "ssh.github.com" => "github.com",
        "altssh.gitlab.com" => "gitlab.com",
        "altssh.bitbucket.org" => "bitbucket.org",
        host => host,
    }
    .to_owned()
}

/// By the host's name: the well-known ones, then servers of one's own that say what they are.
fn forge_of(host: &str) -> Option<Forge> {
    match host {
        "github.com" => return Some(Forge::GitHub),
        "gitlab.com" => return Some(Forge::GitLab),
        "bitbucket.org" => return Some(Forge::Bitbucket),
        "dev.azure.com" | "ssh.dev.azure.com" | "vs-ssh.visualstudio.com" => return Some(Forge::Azure),
        "codeberg.org" | "gitea.com" => return Some(Forge::Gitea),
        "git.sr.ht" => return Some(Forge::Sourcehut),
        _ if host.ends_with(".visualstudio.com") => return Some(Forge::Azure),
        _ => {}
    }
    let labels: Vec<&str> = host.split(['.', '-']).collect();
    let says = |word: &str| labels.contains(&word);
    let forges = [
        ("github", Forge::GitHub),
        ("ghe", Forge::GitHub),
        ("gitlab", Forge::GitLab),
        ("bitbucket", Forge::BitbucketServer),
        ("stash", Forge::BitbucketServer),
        ("gitea", Forge::Gitea),
        ("forgejo", Forge::Gitea),
    ];
    forges.into_iter().find(|(word, _)| says(word)).map(|(_, forge)| forge)
}

/// `https://dev.azure.com/org/project/_git/repo` for any of Azure's four ways to write a remote.
fn azure(host: &str, path: &str) -> Option<String> {
    let encoded = |part: &str| {
        let plain = percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned();
        utf8_percent_encode(&plain, SEGMENT).to_string()
    };
    let parts: Vec<String> = path.split('/').map(encoded).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Some(match (host, parts.as_slice()) {
        ("vs-ssh.visualstudio.com", ["v3", organisation, project, repository]) => {
            format!("https://{organisation}.visualstudio.com/{project}/_git/{repository}")
        }
        (_, ["v3", organisation, project, repository]) => {
            format!("https://dev.azure.com/{organisation}/{project}/_git/{repository}")
        }
        (_, [.., "_git", _]) => format!("https://{host}/{}", parts.join("/")),
        _ => return None,
    })
}

/// Takes an address apart: a URL, or `git@host:path` as ssh writes it. `None` for a folder.
fn parts(address: &str) -> Option<Remote<'_>> {
    let Some((scheme, rest)) = address.split_once("://") else {
        let (host, path) = address.split_once(':')?;
        // `C:\repo` and `./a:b` are folders.
        if host.contains('/') || host.len() < 2 {
            return None;
        }
        return Some(Remote { scheme: "ssh", host: bare_host(host), port: "", path: bare_path(path) });
    };
    if scheme == "file" {
        return None;
    }
    let (host, path) = rest.split_once('/')?;
    let host = bare_host(host);
    let (name, port) = host.find(':').map_or((host, ""), |at| host.split_at(at));
    let port = if scheme.starts_with("http") { port } else { "" };
    (!name.is_empty()).then(|| Remote { scheme, host: name, port, path: bare_path(path) })
}

fn bare_host(host: &str) -> &str {
    host.rsplit_once('@').map_or(host, |(_, host)| host)
}

fn bare_path(path: &str) -> &str {
    let path = path.trim_matches('/');
    path.strip_suffix(".git").unwrap_or(path)
}

#[cfg(test)]
mod tests;
