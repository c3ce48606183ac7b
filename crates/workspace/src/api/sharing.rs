//! Settings that a repository shares with everyone who uses it: read from `precedent.toml`, written there as a plan.

use crate::api::planning::Planned;
use crate::api::saving::writable_text;
use crate::discovery::relative;
use crate::error::{Error, Result};
use crate::settings::clean;
use crate::workspace::Workspace;
use precedent_core::config::{Config, ConfigEditError, edit};
use precedent_core::wire::{ErrorCode, PlanPreview, SharedSettings, SharedStatus, StatusWord, WriteReply};
use precedent_core::{RecordPath, Status, WritePlan};
use std::path::Path;

const FILE: &str = "precedent.toml";

impl Workspace {
    /// What `precedent.toml` says now, with defaults where it says nothing.
    ///
    /// # Errors
    /// `io` when the file cannot be read, `cannot-edit` when it is not UTF-8.
    pub fn shared_settings(&self) -> Result<SharedSettings> {
        let config = Config::parse(&self.shared_text()?.unwrap_or_default()).0;
        Ok(SharedSettings {
            logs: config.logs,
            default_template: config.default_template,
            numbering: config.numbering,
            stale_after: config.stale_after,
            waiver_max_days: config.waiver_max_days,
            statuses: config
                .statuses
                .into_iter()
                .map(|(word, status)| SharedStatus { word, status: status.into() })
                .collect(),
        })
    }

    /// What changing them would write; everything else in the file stays.
    ///
    /// # Errors
    /// `usage` for a value the file cannot take, `cannot-edit` when the file is faulty: it is mended by hand first.
    pub fn plan_shared(&self, wanted: &SharedSettings) -> Result<PlanPreview> {
        Ok(self.preview_plan(&self.sharing(wanted)?))
    }

    /// Writes them as they were shown.
    ///
    /// # Errors
    /// `conflict` when the file changed since it was shown.
    pub fn apply_shared(&self, wanted: &SharedSettings, digest: &str) -> Result<WriteReply> {
        self.apply_planned(&self.sharing(wanted)?, digest)
    }

    fn shared_text(&self) -> Result<Option<String>> {
        let path = RecordPath::new(FILE);
        match self.store.read(&path) {
            Ok(bytes) => writable_text(&path, bytes).map(Some),
            Err(error) if error.to_wire().code == ErrorCode::NotFound || !self.is_there(FILE) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn is_there(&self, path: &str) -> bool {
        self.root().join(path).symlink_metadata().is_ok()
    }

    /// Folders as the settings name them: from the root, each once, and all of this repository. One that is named already
    /// stays as it is written.
    fn folders(&self, named: &[String], wanted: &[String]) -> Result<Vec<String>> {
        let mut folders: Vec<String> = Vec::new();
        for folder in wanted.iter().map(|folder| folder.trim()).filter(|folder| !folder.is_empty()) {
            let path = Path::new(folder);
            let inside = if named.iter().any(|known| known == folder) {
                Some(folder.to_owned())
            } else if path.is_absolute() {
                let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
                relative(self.root(), &real).map(|path| path.to_string())
            } else {
                clean(folder)
            };
            let Some(inside) = inside else {
                let message = format!("{folder} is not a folder inside {}", self.root().display());
                return Err(Error::new(ErrorCode::Usage, message)
                    .with_hint("choose a folder of this repository")
                    .at(FILE));
            };
            let inside = if inside.is_empty() { ".".to_owned() } else { inside };
            if !folders.contains(&inside) {
                folders.push(inside);
            }
        }
        Ok(folders)
    }

    fn sharing(&self, wanted: &SharedSettings) -> Result<Planned> {
        let path = RecordPath::new(FILE);
        let before = self.shared_text()?;
        let text = before.clone().unwrap_or_default();
        let now = Config::parse(&text).0;
        let wanted = Config { logs: self.folders(&now.logs, &wanted.logs)?, ..changed(now, wanted)? };
        let after = edit(&text, &wanted).map_err(|error| refused(&error))?;
        let plan = WritePlan::new("Change shared settings");
        let plan = match before {
            Some(before) if before == after => plan,
            Some(before) => plan.replace(path, before, after),
            None if after.is_empty() => plan,
            None => plan.create(path, after),
        };
        Ok(Planned { plan, record: None, label: None, notes: Vec::new(), stages: false })
    }
}

fn changed(now: Config, wanted: &SharedSettings) -> Result<Config> {
    let usage = |message: String, hint: &str| Err(Error::new(ErrorCode::Usage, message).with_hint(hint).at(FILE));
    if wanted.stale_after == 0 || wanted.waiver_max_days == 0 {
        return usage("0 is no number of days".to_owned(), "give a number of days above 0");
    }
    let mut statuses: Vec<(String, Status)> = Vec::new();
    for SharedStatus { word, status } in &wanted.statuses {
        let word = word.trim().to_lowercase();
        if word.is_empty() || *status == StatusWord::Other {
            return usage("a status word needs a meaning".to_owned(), "choose what the word means");
        }
        if statuses.iter().any(|(known, _)| *known == word) {
            return usage(format!("`{word}` stands there twice"), "give each word one meaning");
        }
        statuses.push((word, (*status).into()));
    }
    let text =
        |value: &Option<String>| value.as_deref().map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned);
    Ok(Config {
        default_template: text(&wanted.default_template),
        numbering: text(&wanted.numbering),
        stale_after: wanted.stale_after,
        waiver_max_days: wanted.waiver_max_days,
        statuses,
        ..now
    })
}

fn refused(error: &ConfigEditError) -> Error {
    Error::new(ErrorCode::CannotEdit, format!("{FILE}: {error}"))
        .with_hint("mend the file in an editor first; nothing was written")
        .at(FILE)
}

#[cfg(test)]
mod tests {
    use crate::api::tests::Sandbox;
    use precedent_core::wire::{ErrorCode, SharedStatus, StatusWord};

    #[test]
    fn shared_settings_are_shown_as_a_diff_and_written_as_shown() {
        let fixture = Sandbox::new();
        let text = "# Ours.\nlogs = [\"docs/decisions\"] # here\nstale-after = 14\n";
        fixture.write("precedent.toml", text);
        let workspace = fixture.open();
        let mut wanted = workspace.shared_settings().expect("read");
        assert_eq!((wanted.stale_after, wanted.waiver_max_days, wanted.numbering.as_deref()), (14, 180, None));
        assert!(workspace.plan_shared(&wanted).expect("a plan").files.is_empty(), "nothing differs");
        wanted.stale_after = 21;
        wanted.numbering = Some("padded3".to_owned());
        wanted.statuses.push(SharedStatus { word: " Ratified".to_owned(), status: StatusWord::Accepted });
        let preview = workspace.plan_shared(&wanted).expect("a plan");
        assert_eq!(preview.files.len(), 1);
        assert_eq!(fixture.read("precedent.toml"), text, "nothing is written before it is agreed to");
        workspace.apply_shared(&wanted, &preview.digest).expect("written");
        assert_eq!(
            fixture.read("precedent.toml"),
            text.replace("14", "21") + "numbering = \"padded3\"\n\n[statuses]\nratified = \"accepted\"\n"
        );
        let now = workspace.shared_settings().expect("read");
        assert_eq!((now.stale_after, now.statuses.len()), (21, 1));
        let stale = workspace.apply_shared(&wanted, &preview.digest).expect_err("it is no longer what was shown");
        assert_eq!(stale.to_wire().code, ErrorCode::Conflict);
        wanted.stale_after = 0;
        assert_eq!(workspace.plan_shared(&wanted).expect_err("no days").to_wire().code, ErrorCode::Usage);
        fixture.write("precedent.toml", "logs = [\n");
        wanted.stale_after = 3;
        assert_eq!(workspace.plan_shared(&wanted).expect_err("faulty").to_wire().code, ErrorCode::CannotEdit);
    }

    #[test]
    fn a_folder_of_records_is_named_and_its_records_are_there() {
        let fixture = Sandbox::new();
        fixture.write("notes/why/why-one.md", "# One\n\n## Status\n\nAccepted\n\n## Context\n\nx\n");
        let workspace = fixture.open();
        let before = workspace.decisions().decisions.len();
        let mut wanted = workspace.shared_settings().expect("defaults");
        wanted.logs = vec![fixture.root().join("notes/why").display().to_string(), "./notes/why/".to_owned()];
        let preview = workspace.plan_shared(&wanted).expect("a plan");
        workspace.apply_shared(&wanted, &preview.digest).expect("written");
        assert_eq!(fixture.read("precedent.toml"), "logs = [\"notes/why\"]\n");
        assert_eq!(workspace.decisions().decisions.len(), before + 1);
        for outside in ["/", "../elsewhere"] {
            wanted.logs = vec![outside.to_owned()];
            assert_eq!(workspace.plan_shared(&wanted).expect_err(outside).to_wire().code, ErrorCode::Usage);
        }
        // Another way to write it is no change.
        fixture.write("precedent.toml", "logs = [\"./notes/why/\"]\n");
        let same = workspace.shared_settings().expect("read");
        assert!(workspace.plan_shared(&same).expect("a plan").files.is_empty());
    }

    #[test]
    fn a_repository_without_the_file_gets_one() {
        let fixture = Sandbox::new();
        let workspace = fixture.open();
        let mut wanted = workspace.shared_settings().expect("defaults");
        assert_eq!(wanted.stale_after, 30);
        wanted.stale_after = 10;
        let preview = workspace.plan_shared(&wanted).expect("a plan");
        assert_eq!(preview.files[0].action, "create");
        workspace.apply_shared(&wanted, &preview.digest).expect("written");
        assert_eq!(fixture.read("precedent.toml"), "stale-after = 10\n");
    }
}
