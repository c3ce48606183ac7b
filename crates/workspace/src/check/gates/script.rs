//! The text of a hook: in a file of its own, or between two marks in one that husky keeps.

use crate::scan;
use std::path::Path;

/// Hooks in the order in which git runs them. `commit-msg` guards merges, for which git runs no `pre-commit`.
pub(super) const NAMES: [&str; 3] = ["pre-commit", "commit-msg", "pre-push"];

const MARK: &str = "# precedent:hook";
const BEGIN: &str = "# precedent:begin";
const END: &str = "# precedent:end";

/// Who looks after the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keeper {
    /// Git's own folder.
    Git,
    /// A folder of the worktree that `core.hooksPath` names.
    Folder,
    /// Husky: a shell script for each hook, of which each part of the project has its lines.
    Husky,
}

impl Keeper {
    pub(super) fn word(self) -> &'static str {
        match self {
            Keeper::Git => "git",
            Keeper::Folder => "folder",
            Keeper::Husky => "husky",
        }
    }
}

/// One hook's text.
pub(super) struct Script<'a> {
    pub(super) keeper: Keeper,
    pub(super) name: &'a str,
    /// The program that it starts; where that is gone, and in files that are shared, the one on the path.
    pub(super) program: &'a Path,
}

impl Script<'_> {
    /// Ours: all of a file, or the lines between the marks.
    pub(super) fn text(&self) -> String {
        match self.keeper {
            Keeper::Husky => {
                let lines = self.check();
                format!("{BEGIN} {}; `precedent hooks uninstall` takes this out\n{lines}{END}\n", seal(&lines))
            }
            Keeper::Git | Keeper::Folder => {
                let lines = format!("{}{}", self.before(), self.check());
                format!("#!/bin/sh\n{MARK} {}; `precedent hooks uninstall` takes this out\n{lines}", seal(&lines))
            }
        }
    }

    /// A new file.
    pub(super) fn whole(&self) -> String {
        match self.keeper {
            Keeper::Husky => format!("#!/bin/sh\n{}", self.text()),
            Keeper::Git | Keeper::Folder => self.text(),
        }
    }

    /// Our part of a file; `None` in one of somebody else.
    pub(super) fn own_part<'t>(&self, text: &'t str) -> Option<&'t str> {
        if self.keeper != Keeper::Husky {
            return is_marked(text).then_some(text);
        }
        let start = text.find(BEGIN)?;
        let end = text[start..].find(END).map_or(text.len(), |at| start + at + END.len());
        Some(&text[start..text[end..].find('\n').map_or(text.len(), |at| end + at + 1)])
    }

    /// Whether our part of a file is as some version of this program wrote it: what somebody added to it is theirs, and is
    /// neither replaced nor taken out.
    pub(super) fn is_whole(&self, text: &str) -> bool {
        let Some(own) = self.own_part(text) else { return false };
        let (mark, rest) = match self.keeper {
            Keeper::Husky => (BEGIN, own),
            Keeper::Git | Keeper::Folder => match own.strip_prefix("#!/bin/sh\n") {
                Some(rest) => (MARK, rest),
                None => return false,
            },
        };
        let Some((first, lines)) = rest.split_once('\n') else { return false };
        let lines = if self.keeper == Keeper::Husky { lines.strip_suffix(&format!("{END}\n")) } else { Some(lines) };
        let once = self.keeper != Keeper::Husky || text.matches(BEGIN).count() == 1 && text.matches(END).count() == 1;
        once && lines.is_some_and(|lines| first.starts_with(&format!("{mark} {};", seal(lines))))
    }

    /// A file of husky's with our lines before its own, so that nothing there ends it before they run.
    pub(super) fn put_into(&self, text: &str) -> String {
        let text = self.without(text);
        let end = || text.find('\n').map_or(text.len(), |at| at + 1);
        let first = if text.starts_with("#!") { end() } else { 0 };
        format!("{}{}{}", &text[..first], self.text(), &text[first..])
    }

    /// A file without our part; nothing but a first line is nothing.
    pub(super) fn without(&self, text: &str) -> String {
        let rest = self.own_part(text).map_or_else(|| text.to_owned(), |own| text.replacen(own, "", 1));
        let is_empty = rest.lines().all(|line| line.trim().is_empty() || line.starts_with("#!"));
        if is_empty { String::new() } else { rest }
    }

    fn before(&self) -> String {
        let name = self.name;
        // The one before may be of a tool that runs this one in turn: it is asked once.
        let chained = format!(
            "chained=\"$(dirname \"$0\")/{name}{}\"\ncase \" $PRECEDENT_CHAIN \" in *\" {name} \"*) chained= ;; esac\nexport PRECEDENT_CHAIN=\"$PRECEDENT_CHAIN {name}\"\n",
            super::BEFORE
        );
        // Git gives what is pushed once, and both want to read it.
        if name == "pre-push" {
            return format!(
                "{chained}input=$(cat)\ngiven() {{ [ -z \"$input\" ] || printf '%s\\n' \"$input\"; }}\nif [ -x \"$chained\" ]; then given | \"$chained\" \"$@\" || exit $?; fi\n"
            );
        }
        format!("{chained}if [ -x \"$chained\" ]; then \"$chained\" \"$@\" || exit $?; fi\n")
    }

    fn check(&self) -> String {
        let name = self.name;
        let program = match self.keeper {
            Keeper::Git => {
                let program = self.program.to_string_lossy().replace('\'', "'\\''");
                format!("precedent='{program}'\n[ -x \"$precedent\" ] || precedent=precedent\n")
            }
            // Others have these files, too, and the program lies elsewhere with each.
            Keeper::Folder | Keeper::Husky => "precedent=precedent\n".to_owned(),
        };
        let find = format!(
            "{program}command -v \"$precedent\" >/dev/null 2>&1 || {{\n  echo '{name}: precedent is not here, so decisions were not checked; install it, or go on with --no-verify' >&2\n  exit 1\n}}\n"
        );
        let run = format!("\"$precedent\" hooks run {name} \"$@\"");
        match (name, self.keeper) {
            ("pre-push", Keeper::Husky) => format!(
                "{find}input=$(cat)\nprintf '%s\\n' \"$input\" | {run} || exit $?\nif [ -n \"$input\" ]; then exec <<PRECEDENT_INPUT\n$input\nPRECEDENT_INPUT\nelse exec </dev/null; fi\n"
            ),
            ("pre-push", _) => format!("{find}given | {run}\n"),
            (_, Keeper::Husky) => format!("{find}{run} || exit $?\n"),
            _ => format!("{find}exec {run}\n"),
        }
    }
}

/// Whether a hook is a file of ours, or was.
pub(super) fn is_marked(text: &str) -> bool {
    text.lines().any(|line| line.starts_with(MARK))
}

/// Of our lines, so that they are known again.
fn seal(lines: &str) -> String {
    scan::hash(lines.as_bytes())[..12].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_put_into_a_script_and_taken_out_again() {
        let script =
            |program: &'static str| Script { keeper: Keeper::Husky, name: "pre-commit", program: Path::new(program) };
        for text in [
            "npm test\n",
            "#!/bin/sh\nnpm test\nexit 0\n",
            "#!/usr/bin/env sh\n. \"$(dirname -- \"$0\")/_/husky.sh\"\n\nnpm test",
        ] {
            let with = script("/a").put_into(text);
            assert_eq!(script("/a").own_part(&with), Some(script("/a").text().as_str()), "{with}");
            assert_eq!(script("/b").without(&with), text, "{with}");
            // Nobody's own place is in what others have as well.
            assert_eq!(script("/b").put_into(&with), with);
            assert_eq!(script("/b").without(&script("/b").put_into(&with)), text);
            assert!(script("/a").own_part(text).is_none());
            assert!(script("/b").is_whole(&with), "of another program, and nobody's lines");
            for edited in [
                with.replace("exit 1", "exit 0"),
                with.replace("# precedent:end", "npm run lint\n# precedent:end"),
                with.replace("# precedent:end\n", ""),
                script("/a").text() + &with,
            ] {
                assert!(!script("/a").is_whole(&edited), "{edited}");
            }
        }
        assert_eq!(script("/a").without(&script("/a").whole()), "");
    }

    #[test]
    fn a_file_of_ours_is_known_by_its_mark() {
        let script = Script { keeper: Keeper::Git, name: "pre-push", program: Path::new("/it's") };
        assert_eq!(script.own_part(&script.whole()), Some(script.text().as_str()));
        assert!(script.text().contains("precedent='/it'\\''s'"), "{}", script.text());
        assert_eq!(script.without(&script.whole()), "");
        assert_eq!(script.own_part("#!/bin/sh\nnpm test\n"), None);
        let whole = script.whole();
        assert!(script.is_whole(&whole));
        for edited in [
            whole.clone() + "npm test\n",
            whole.replacen('\n', "\nset -e\n", 1),
            whole.replace("#!/bin/sh", "#!/bin/dash"),
        ] {
            assert!(script.own_part(&edited).is_some() && !script.is_whole(&edited), "{edited}");
        }
    }
}
