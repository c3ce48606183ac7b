//! The user's own settings: one `settings.json` in the settings folder, shared by every window and every process.
//!
//! A change is made to the file as it is at that moment, under a lock, one key at a time: what another window wrote
//! meanwhile stays, and so do keys that only a newer version knows. A file that is no JSON is put aside, never overwritten.

use crate::error::{Error, Result};
use crate::store;
use precedent_core::wire::{ErrorCode, Settings};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// Written as `version`; a file with a larger number is read as far as it is understood and keeps its number.
const VERSION: u64 = 1;

/// The settings file of a settings folder.
#[derive(Clone, Debug)]
pub struct Preferences {
    file: PathBuf,
}

/// What the file holds.
enum Held {
    Values(Map<String, Value>),
    /// It is no JSON object.
    Damaged(String),
}

impl Preferences {
    /// The settings of the folder `config` ([`crate::Place::config`]).
    pub fn new(config: &Path) -> Self {
        Self { file: config.join("settings.json") }
    }

    /// Every value. A damaged file is put aside and named in the answer; one that cannot be read counts as empty, and why
    /// is in the answer.
    pub fn read(&self) -> Settings {
        match self.held() {
            Ok(Held::Values(values)) => self.answer(values, None, None),
            Ok(Held::Damaged(why)) => self.mended(&why),
            Err(error) => self.answer(Map::new(), None, Some(error.to_wire().message)),
        }
    }

    /// Sets one key; `None` takes it out, so that its default holds.
    ///
    /// # Errors
    /// `io` when the file cannot be written.
    pub fn set(&self, key: &str, value: Option<Value>) -> Result<Settings> {
        let _held = store::lock(&self.file.with_extension("lock"))?;
        let (mut values, damaged) = match self.held()? {
            Held::Values(values) => (values, None),
            Held::Damaged(_) => (Map::new(), Some(store::put_aside(&self.file)?)),
        };
        match value {
            Some(value) => values.insert(key.to_owned(), value),
            None => values.remove(key),
        };
        values.entry("version").or_insert_with(|| VERSION.into());
        let mut text = serde_json::to_vec_pretty(&values)
            .map_err(|error| Error::new(ErrorCode::Internal, format!("cannot keep the settings: {error}")))?;
        text.push(b'\n');
        store::write_atomic(&self.file, &text)?;
        Ok(self.answer(values, damaged, None))
    }

    fn held(&self) -> Result<Held> {
        let bytes = match std::fs::read(&self.file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Held::Values(Map::new())),
            Err(error) => return Err(Error::io(&self.file, "read", &error)),
        };
        Ok(match serde_json::from_slice(&bytes) {
            Ok(Value::Object(values)) => Held::Values(values),
            Ok(_) => Held::Damaged("it is no JSON object".to_owned()),
            Err(error) => Held::Damaged(error.to_string()),
        })
    }

    /// Puts a damaged file aside, unless another process has done so in the meantime.
    fn mended(&self, why: &str) -> Settings {
        let aside = || -> Result<(Map<String, Value>, Option<PathBuf>)> {
            let _held = store::lock(&self.file.with_extension("lock"))?;
            Ok(match self.held()? {
                Held::Values(values) => (values, None),
                Held::Damaged(_) => (Map::new(), Some(store::put_aside(&self.file)?)),
            })
        };
        match aside() {
            Ok((values, damaged)) => self.answer(values, damaged, None),
            Err(error) => {
                let message = format!("{} is damaged: {why}; {}", self.file.display(), error.to_wire().message);
                self.answer(Map::new(), None, Some(message))
            }
        }
    }

    fn answer(&self, values: Map<String, Value>, damaged: Option<PathBuf>, trouble: Option<String>) -> Settings {
        Settings {
            values: Value::Object(values),
            file: self.file.display().to_string(),
            damaged: damaged.map(|path| path.display().to_string()),
            trouble,
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make files by hand")]
mod tests {
    use super::Preferences;
    use serde_json::{Value, json};
    use std::path::Path;

    fn on_disk(config: &Path) -> Value {
        serde_json::from_slice(&std::fs::read(config.join("settings.json")).expect("a file")).expect("JSON")
    }

    #[test]
    fn one_key_changes_and_unknown_ones_stay() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let config = dir.path().join("config");
        let settings = Preferences::new(&config);
        assert_eq!(settings.read().values, json!({}));
        settings.set("theme", Some(json!("dark"))).expect("kept");
        assert_eq!(on_disk(&config), json!({ "theme": "dark", "version": 1 }));
        std::fs::write(config.join("settings.json"), r#"{"version":7,"of-tomorrow":[1],"theme":"dark"}"#)
            .expect("a file");
        let read = settings.set("zoom", Some(json!(1.5))).expect("kept");
        assert_eq!(read.values, json!({ "version": 7, "of-tomorrow": [1], "theme": "dark", "zoom": 1.5 }));
        settings.set("theme", None).expect("kept");
        assert_eq!(on_disk(&config), json!({ "version": 7, "of-tomorrow": [1], "zoom": 1.5 }));
    }

    #[test]
    fn a_damaged_file_is_put_aside_and_named() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let settings = Preferences::new(dir.path());
        for (at, text) in ["{ \"theme\": ", "[1, 2]"].into_iter().enumerate() {
            std::fs::write(dir.path().join("settings.json"), text).expect("a file");
            let read = settings.read();
            assert_eq!((read.values, read.trouble), (json!({}), None));
            let aside = read.damaged.expect("it says where the file went");
            assert_eq!(std::fs::read_to_string(&aside).expect("it is there"), text, "{at}");
            assert!(settings.read().damaged.is_none(), "said once");
        }
        std::fs::write(dir.path().join("settings.json"), "nonsense").expect("a file");
        let read = settings.set("theme", Some(json!("light"))).expect("kept");
        assert_eq!(read.values["theme"], json!("light"));
        assert_eq!(std::fs::read_to_string(read.damaged.expect("named")).expect("there"), "nonsense");
    }

    #[test]
    fn changes_made_at_the_same_time_are_all_kept() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let settings = Preferences::new(dir.path());
                scope.spawn(move || {
                    for turn in 0..5 {
                        settings.set(&format!("{writer}-{turn}"), Some(json!(turn))).expect("kept");
                    }
                });
            }
        });
        // Forty keys and the version.
        assert_eq!(on_disk(dir.path()).as_object().map(serde_json::Map::len), Some(41));
    }

    #[test]
    fn what_cannot_be_read_is_said_and_not_replaced() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(dir.path().join("settings.json")).expect("a folder in its place");
        let settings = Preferences::new(dir.path());
        let read = settings.read();
        assert_eq!(read.values, json!({}));
        assert!(read.trouble.is_some_and(|trouble| trouble.contains("settings.json")));
        assert!(settings.set("theme", Some(json!("dark"))).is_err());
    }
}
