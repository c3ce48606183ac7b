//! Saving one record's text, changes of single fields, and drafts of what is not saved yet.

use crate::api::planning::link_target;
use crate::api::reading::is_writable;
use crate::error::{Error, Result};
use crate::scan;
use crate::store::conflict;
use crate::undo;
use crate::workspace::Workspace;
use precedent_core::plan::FileWrite;
use precedent_core::record::decode;
use precedent_core::record::edit::{Edit, apply_edit, link_kind};
use precedent_core::wire::{ErrorCode, FieldEdit, WriteReply};
use precedent_core::{LinkKind, RecordPath, Status, WritePlan};

impl Workspace {
    /// Applies a form edit to the buffer's text; nothing is written.
    ///
    /// # Errors
    /// `cannot-edit` when the record has no place for the field, `usage` for a value that is none.
    pub fn edit_text(&self, path: &str, text: &str, edit: &FieldEdit) -> Result<String> {
        let path = RecordPath::new(path);
        Ok(apply_edit(&path, text, &self.edit_of(edit)?)?)
    }

    /// Replaces a record's text when the file still has the hash `base`; an empty base makes a new file.
    ///
    /// # Errors
    /// `conflict` when the file changed meanwhile: nothing is written. `cannot-edit` when it is not UTF-8. `not-found`
    /// when the workspace's folder is gone.
    pub fn save_record(&self, path: &str, text: &str, base: &str) -> Result<WriteReply> {
        self.still_there()?;
        let path = RecordPath::new(path);
        if path.stem() == path.file_name() {
            return Err(Error::new(ErrorCode::Usage, format!("{path} is not a record"))
                .with_hint("records are Markdown files: end the name with .md")
                .at(path.as_str()));
        }
        let before = if base.is_empty() { None } else { Some(self.text_with_hash(&path, base)?.into_bytes()) };
        let plan = WritePlan {
            title: format!("Save {}", path.file_name()),
            files: vec![FileWrite { path: path.clone(), before, after: Some(text.into()) }],
        };
        let mut reply = self.write(&plan, Some(&path))?;
        reply.hash = Some(scan::hash(text.as_bytes()));
        self.drop_draft(path.as_str())?;
        Ok(reply)
    }

    /// What a file of this hash said, from git or from the steps that were taken here; `None` where neither has it.
    ///
    /// # Errors
    /// None at present; the signature leaves room for limits.
    pub fn earlier_text(&self, path: &str, hash: &str) -> Result<Option<String>> {
        let of_git = || {
            self.git_dir()?;
            let repository = git2::Repository::open(self.root()).ok()?;
            let blob = repository.find_blob(git2::Oid::from_str(hash).ok()?).ok()?;
            String::from_utf8(blob.content().to_vec()).ok()
        };
        let of_steps = || {
            let files = undo::list(&self.store.own()).into_iter().flat_map(|kept| kept.plan.files);
            let texts = files.filter(|file| file.path.as_str() == path).flat_map(|file| [file.before, file.after]);
            texts.flatten().find(|bytes| scan::hash(bytes) == hash).and_then(|bytes| String::from_utf8(bytes).ok())
        };
        Ok(of_git().or_else(of_steps))
    }

    /// Drafts and the undo list lie below the workspace's folder: keeping one would make it again.
    pub(crate) fn still_there(&self) -> Result<()> {
        if !self.root().exists() {
            self.watching.announce_gone();
            return Err(crate::root::gone(self.root()));
        }
        // Nor may git's folder be made again, by half.
        self.look_for_git();
        Ok(())
    }

    /// Writes a plan, keeps it in the undo list, and makes the next snapshot from what is now on disk.
    pub(crate) fn write(&self, plan: &WritePlan, record: Option<&RecordPath>) -> Result<WriteReply> {
        if plan.files.is_empty() {
            return self.write_unkept(plan, record);
        }
        self.still_there()?;
        let kept = undo::keep(&self.store.own(), plan, self.today())?;
        let reply = self.write_unkept(plan, record);
        if reply.is_err() {
            undo::forget(&self.store.own(), kept);
        }
        reply
    }

    /// [`Self::write`] for a step of the undo list itself.
    pub(crate) fn write_unkept(&self, plan: &WritePlan, record: Option<&RecordPath>) -> Result<WriteReply> {
        self.store.apply(plan)?;
        let changed: Vec<String> = plan.files.iter().map(|file| file.path.to_string()).collect();
        self.refresh(&changed);
        let state = self.state();
        let problems = plan.files.iter().flat_map(|file| state.log.problems(&file.path)).map(Into::into).collect();
        Ok(WriteReply {
            changed,
            problems,
            generation: state.generation,
            hash: None,
            record: record.map(ToString::to_string),
        })
    }

    /// The file's text when its bytes have this hash and can be written back.
    fn text_with_hash(&self, path: &RecordPath, base: &str) -> Result<String> {
        let bytes = match self.store.read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.code() == ErrorCode::NotFound => return Err(conflict(path.as_str(), false, true)),
            Err(error) => return Err(error),
        };
        if scan::hash(&bytes) != base {
            return Err(conflict(path.as_str(), true, true));
        }
        writable_text(path, bytes)
    }

    /// `link` and `unlink` of the form: the relation and the other record's path.
    fn link_edit(&self, edit: &FieldEdit) -> Result<Edit> {
        let [word, other] = edit.values.as_slice() else {
            return Err(Error::new(ErrorCode::Usage, "a link is a relation and a record")
                .with_hint("relates-to, depends-on, amends, or a word of your own"));
        };
        let to = link_target(self.parsed(&self.resolve(other)?)?.as_ref());
        Ok(match (link_kind(word), edit.key.as_str()) {
            (Some(kind), "link") => Edit::AddLink { kind, to },
            (None, "link") => Edit::AddRelation { word: word.clone(), to },
            (kind, _) => Edit::RemoveLink { kind: kind.unwrap_or(LinkKind::RelatesTo), to },
        })
    }

    /// What a form field or `precedent set KEY=VALUE` means.
    fn edit_of(&self, edit: &FieldEdit) -> Result<Edit> {
        let single = || edit.values.join(", ");
        Ok(match edit.key.as_str() {
            "title" if single().trim().is_empty() => {
                return Err(Error::new(ErrorCode::Usage, "a record needs a title")
                    .with_hint("write what was decided, as a short phrase"));
            }
            "title" => Edit::SetTitle { title: single().trim().to_owned() },
            "status" => match Status::from_word(&single()) {
                Some(status) => Edit::SetStatus { status, on: Some(self.today()) },
                None if single().trim().is_empty() => {
                    return Err(Error::new(ErrorCode::Usage, "a status needs a word")
                        .with_hint("draft, proposed, accepted, rejected, deprecated or superseded"));
                }
                None => Edit::SetStatusText { text: single().trim().to_owned(), on: Some(self.today()) },
            },
            "link" | "unlink" => self.link_edit(edit)?,
            _ => Edit::SetField { key: edit.key.clone(), values: edit.values.clone() },
        })
    }
}

/// The bytes as text, when writing the text back gives the same bytes.
pub(crate) fn writable_text(path: &RecordPath, bytes: Vec<u8>) -> Result<String> {
    let encoding = decode(&bytes).1;
    if is_writable(encoding)
        && let Ok(text) = String::from_utf8(bytes)
    {
        return Ok(text);
    }
    Err(Error::new(ErrorCode::CannotEdit, format!("{path} is not UTF-8, so it is shown but not written"))
        .with_hint(format!("convert it first, every character is kept: precedent convert {path} --to utf-8"))
        .at(path.as_str()))
}
