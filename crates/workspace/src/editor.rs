//! The editor that a person has set for git, in their own settings: never the repository's, which came from others.

/// `core.editor` of the person's and the machine's git settings.
pub fn own_editor() -> Option<String> {
    let config = git2::Config::open_default().ok()?;
    config.get_string("core.editor").ok().filter(|editor| !editor.trim().is_empty())
}
