//! Editors outside: which there are, and the command line that opens a file at a line in one.
//!
//! What is started comes from this list and from the person's own environment, never from a repository. Editors that need a
//! terminal are left out: the window has none to offer.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// A known editor with a window of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Editor {
    /// Its program, which is also its name in the settings.
    pub program: &'static str,
    pub name: &'static str,
    jump: Jump,
}

/// How an editor is told the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Jump {
    /// `--goto file:line`
    Goto,
    /// `file:line`
    Colon,
    /// `--line n file`
    Line,
    /// `+n file`
    Plus,
    None,
}

const fn editor(program: &'static str, name: &'static str, jump: Jump) -> Editor {
    Editor { program, name, jump }
}

/// In the order in which they are tried.
const KNOWN: &[Editor] = &[
    editor("code", "Visual Studio Code", Jump::Goto),
    editor("codium", "VSCodium", Jump::Goto),
    editor("cursor", "Cursor", Jump::Goto),
    editor("zed", "Zed", Jump::Colon),
    editor("zeditor", "Zed", Jump::Colon),
    editor("subl", "Sublime Text", Jump::Colon),
    editor("idea", "IntelliJ IDEA", Jump::Line),
    editor("rustrover", "RustRover", Jump::Line),
    editor("webstorm", "WebStorm", Jump::Line),
    editor("pycharm", "PyCharm", Jump::Line),
    editor("goland", "GoLand", Jump::Line),
    editor("kate", "Kate", Jump::Line),
    editor("gvim", "GVim", Jump::Plus),
    editor("gedit", "gedit", Jump::Plus),
    editor("gnome-text-editor", "GNOME Text Editor", Jump::None),
    editor("mousepad", "Mousepad", Jump::None),
];

/// What the system offers: the person's own choice of editor, and where programs lie.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// `VISUAL`, `EDITOR` and the like, best first.
    pub wishes: Vec<String>,
    /// `PATH`.
    pub path: OsString,
}

/// The known editors that are installed.
pub fn editors(surroundings: &Surroundings) -> Vec<Editor> {
    KNOWN.iter().filter(|editor| found(editor.program, &surroundings.path).is_some()).copied().collect()
}

/// Program and arguments that open a file: in the chosen editor, else in the one of the environment, else in the first that
/// is installed. The program is named by its whole path, so that whoever starts it does not search `PATH` again. `None`
/// leaves it to the system.
pub fn editor_command(
    chosen: Option<&str>,
    surroundings: &Surroundings,
    file: &Path,
    line: Option<u32>,
) -> Option<Vec<OsString>> {
    let installed = |editor: &Editor| {
        let program = found(editor.program, &surroundings.path)?;
        Some(command(vec![program.into()], editor.jump, file, line))
    };
    let chosen = chosen.and_then(|chosen| KNOWN.iter().find(|editor| editor.program == chosen)).and_then(installed);
    let wished = || {
        surroundings.wishes.iter().find_map(|wish| {
            let words = shlex::split(wish)?;
            let name = Path::new(words.first()?).file_stem()?.to_str()?;
            let known = KNOWN.iter().find(|editor| editor.program == name)?;
            let program = found(words.first()?, &surroundings.path)?;
            let arguments = words.iter().skip(1).map(OsString::from);
            Some(command(std::iter::once(program.into()).chain(arguments).collect(), known.jump, file, line))
        })
    };
    chosen.or_else(wished).or_else(|| KNOWN.iter().find_map(installed))
}

/// Terminals of Linux, in the order in which they are tried: the person's own choice is behind the first name.
const TERMINALS: &[&str] = &[
    "x-terminal-emulator",
    "gnome-terminal",
    "kgx",
    "konsole",
    "xfce4-terminal",
    "kitty",
    "alacritty",
    "wezterm",
    "foot",
    "xterm",
];

/// Program and arguments that open a terminal; whoever starts it does so in `folder`. `None`: there is none.
pub fn terminal_command(surroundings: &Surroundings, folder: &Path) -> Option<Vec<OsString>> {
    let here = |program: &str| found(program, &surroundings.path).map(OsString::from);
    if cfg!(target_os = "macos") {
        return Some(vec![here("open")?, "-a".into(), "Terminal".into(), folder.into()]);
    }
    if cfg!(windows) {
        let modern = here("wt").map(|terminal| vec![terminal, "-d".into(), folder.into()]);
        return modern.or_else(|| Some(vec![here("cmd")?, "/c".into(), "start".into(), "cmd".into()]));
    }
    TERMINALS.iter().find_map(|terminal| here(terminal)).map(|terminal| vec![terminal])
}

fn command(mut words: Vec<OsString>, jump: Jump, file: &Path, line: Option<u32>) -> Vec<OsString> {
    let at = |line: u32| {
        let mut text = file.as_os_str().to_os_string();
        text.push(format!(":{line}"));
        text
    };
    match (jump, line) {
        (Jump::Goto, Some(line)) => words.extend([OsString::from("--goto"), at(line)]),
        (Jump::Colon, Some(line)) => words.push(at(line)),
        (Jump::Line, Some(line)) => words.extend(["--line".into(), line.to_string().into(), file.into()]),
        (Jump::Plus, Some(line)) => words.extend([format!("+{line}").into(), file.into()]),
        (Jump::None, _) | (_, None) => words.push(file.into()),
    }
    words
}

fn found(program: &str, path: &OsStr) -> Option<PathBuf> {
    // `./code` and a relative folder in PATH could be of the repository.
    let is_name = Path::new(program).file_name() == Some(OsStr::new(program));
    if !is_name && !Path::new(program).is_absolute() {
        return None;
    }
    let folders = std::env::split_paths(path).filter(|folder| folder.is_absolute());
    which::which_in_global(program, std::env::join_paths(folders).ok()).ok()?.next()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make files by hand")]
mod tests {
    use super::{Surroundings, editor_command, editors};
    use std::path::Path;

    fn check(installed: &[&str], wishes: &[&str], chosen: Option<&str>, line: Option<u32>, expected: Option<&str>) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for program in installed {
            let program = folder.path().join(program);
            std::fs::write(&program, "").expect("a program");
            #[cfg(unix)]
            std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("rights");
        }
        let wishes = wishes.iter().map(|wish| (*wish).to_owned()).collect();
        let surroundings = Surroundings { wishes, path: folder.path().into() };
        let found = editor_command(chosen, &surroundings, Path::new("/r/a b.md"), line);
        let found = found.map(|words| words.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join("|"));
        let found = found.map(|words| words.replace(&format!("{}/", folder.path().display()), "bin:"));
        assert_eq!(found.as_deref(), expected, "{installed:?} {wishes:?} {chosen:?}", wishes = surroundings.wishes);
    }

    #[cfg(unix)]
    #[test]
    fn the_chosen_the_wished_and_the_installed_editor() {
        check(&["code", "subl"], &[], Some("subl"), Some(7), Some("bin:subl|/r/a b.md:7"));
        check(&["code", "subl"], &["subl --wait"], None, Some(7), Some("bin:subl|--wait|/r/a b.md:7"));
        check(&["code", "kate"], &["vim", "kate"], None, Some(7), Some("bin:kate|--line|7|/r/a b.md"));
        check(&["code"], &["vim"], None, None, Some("bin:code|/r/a b.md"));
        check(&["code"], &["gvim"], None, Some(7), Some("bin:code|--goto|/r/a b.md:7"));
        check(&["gedit"], &[], Some("code"), Some(7), Some("bin:gedit|+7|/r/a b.md"));
        check(&[], &["code"], Some("code"), None, None);
        // From where the app was started, these could be programs of the repository.
        check(&["kate", "code"], &["./kate", "../kate", "kate/../kate"], None, None, Some("bin:code|/r/a b.md"));
    }

    #[test]
    fn only_what_is_installed_is_offered() {
        let surroundings = Surroundings { wishes: vec!["code".to_owned()], path: "bin:.".into() };
        assert_eq!(editors(&surroundings), []);
    }
}
