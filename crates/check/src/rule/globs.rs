//! Path globs: `*`, `**`, `?`, `[..]` and `{a,b}`, from the repository's root; a leading `!` excludes.
//!
//! A path without any of these means itself and all that lies below it, as git's `:(glob)` means it.

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use precedent_core::tree::{Fault, Place};

/// Longer patterns are not read.
const MAX_GLOB: usize = 1024;
/// More patterns than this in one list are not read.
const MAX_GLOBS: usize = 1000;

/// Paths that a list of globs names.
#[derive(Clone, Debug, Default)]
pub struct PathSet {
    /// As written, in order.
    written: Vec<String>,
    within: GlobSet,
    except: GlobSet,
    /// Those of both sets, for several rules to be asked at once.
    globs: (Vec<Glob>, Vec<Glob>),
    /// Only exclusions: everything else is in it.
    is_all_but: bool,
}

impl PathSet {
    /// Reads globs; those that are none are left out and told.
    pub(crate) fn new(globs: &[(&str, Place)]) -> (Self, Vec<Fault>) {
        let (mut within, mut except) = (GlobSetBuilder::new(), GlobSetBuilder::new());
        let (mut faults, mut written, mut inclusions) = (Vec::new(), Vec::new(), 0);
        let mut kept = (Vec::new(), Vec::new());
        for (text, place) in globs.iter().take(MAX_GLOBS) {
            let fault = |message: String| Fault { place: *place, message };
            let (target, kept, pattern) = match text.strip_prefix('!') {
                Some(rest) => (&mut except, &mut kept.1, rest),
                None => (&mut within, &mut kept.0, *text),
            };
            match compile(pattern) {
                Ok(globs) => {
                    inclusions += usize::from(!text.starts_with('!'));
                    written.push((*text).to_owned());
                    for glob in globs {
                        target.add(glob.clone());
                        kept.push(glob);
                    }
                }
                Err(why) => faults.push(fault(format!("`{text}` {why}"))),
            }
        }
        if let Some((_, place)) = globs.get(MAX_GLOBS) {
            faults.push(Fault { place: *place, message: format!("there are more than {MAX_GLOBS} path patterns") });
        }
        let first = globs.first().map_or(Place::default(), |(_, place)| *place);
        let mut build = |builder: GlobSetBuilder| {
            builder.build().unwrap_or_else(|error| {
                faults.push(Fault { place: first, message: format!("these path patterns are too large: {error}") });
                GlobSet::empty()
            })
        };
        let (within, except) = (build(within), build(except));
        (Self { written, within, except, globs: kept, is_all_but: inclusions == 0 }, faults)
    }

    /// The set of these globs, for what was validated before.
    #[must_use]
    pub fn of(globs: &[String]) -> Self {
        let placed: Vec<(&str, Place)> = globs.iter().map(|glob| (glob.as_str(), Place::default())).collect();
        Self::new(&placed).0
    }

    /// Whether it names this path.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        (self.is_all_but || self.within.is_match(path)) && !self.except.is_match(path)
    }

    /// Its globs, and those that exclude.
    pub(crate) fn globs(&self) -> (&[Glob], &[Glob]) {
        (&self.globs.0, &self.globs.1)
    }

    /// Whether it has exclusions only.
    pub(crate) fn is_all_but(&self) -> bool {
        self.is_all_but
    }

    /// The globs as written.
    #[must_use]
    pub fn written(&self) -> &[String] {
        &self.written
    }
}

fn compile(pattern: &str) -> Result<Vec<Glob>, String> {
    if pattern.is_empty() {
        return Err("is no path".to_owned());
    }
    if pattern.len() > MAX_GLOB {
        return Err(format!("is longer than {MAX_GLOB} bytes"));
    }
    if pattern.starts_with('/') {
        return Err("is absolute; paths count from the repository's root".to_owned());
    }
    if pattern.split('/').any(|part| part == ".") {
        return Err("has `.` for a folder and would match nothing; paths count from the repository's root".to_owned());
    }
    if pattern.split(['/', ',', '{', '}']).any(|part| part == "..") {
        return Err("leaves the repository".to_owned());
    }
    if pattern.contains('\\') {
        return Err("uses `\\` where paths have `/`".to_owned());
    }
    let is_plain = !pattern.contains(['*', '?', '[', '{']);
    // Programs differ in what they take the following for.
    if !pattern.match_indices("**").all(|(at, stars)| are_folders(&pattern[..at], &pattern[at + stars.len()..])) {
        return Err("has `**` beside other characters; it stands for whole folders".to_owned());
    }
    if pattern.ends_with('/') && !is_plain {
        return Err("ends in `/`; write `/**` for all that is below".to_owned());
    }
    let glob = |pattern: &str| {
        GlobBuilder::new(pattern)
            .literal_separator(true)
            .empty_alternates(true)
            .backslash_escape(false)
            .build()
            .map_err(|error| format!("is no path pattern: {}", error.kind()))
    };
    let bounded = classes(pattern)?;
    Ok(match bounded.strip_suffix('/') {
        Some(folder) => vec![glob(&format!("{folder}/**"))?],
        None if is_plain => vec![glob(&bounded)?, glob(&format!("{bounded}/**"))?],
        None => vec![glob(&bounded)?],
    })
}

/// Whether stars between these stand for whole folders. Where they are all of an alternative the crate below takes them
/// for one star.
fn are_folders(before: &str, after: &str) -> bool {
    let ends = after.starts_with('/') || ends_with_its_alternatives(after);
    match before.strip_suffix(['{', ',']) {
        Some(_) => after.starts_with('/'),
        None => ends && (before.is_empty() || before.ends_with('/')),
    }
}

/// Whether nothing but the ends of alternatives comes after an alternative that ends here. Where a folder follows, the crate
/// below wants at least one folder for the stars.
fn ends_with_its_alternatives(after: &str) -> bool {
    let mut rest = after;
    while !rest.is_empty() {
        let mut depth = 0_usize;
        let closes = |(_, sign): &(usize, char)| match sign {
            '{' => {
                depth += 1;
                false
            }
            '}' if depth > 0 => {
                depth -= 1;
                false
            }
            sign => *sign == '}',
        };
        match rest.char_indices().find(closes) {
            Some((end, _)) if rest.starts_with([',', '}']) => rest = &rest[end + 1..],
            _ => return false,
        }
    }
    true
}

/// A class never matches `/`, as in git; the crate below would let a negated one.
fn classes(pattern: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        let class = &rest[at..];
        let negated = class[1..].starts_with(['!', '^']);
        let body = 1 + usize::from(negated);
        // A bracket that comes first belongs to the class.
        let first = class[body..].chars().next().map_or(0, char::len_utf8);
        let end = class[body + first..].find(']').ok_or("has a `[` that is not closed")? + body + first;
        let members = &class[body..end];
        if members.contains("[:") {
            return Err("uses a named class; write its letters".to_owned());
        }
        // Both git and the crate below go by bytes, so that such a class matches no letter at all.
        if !members.is_ascii() {
            return Err("has a `[..]` with letters beyond ASCII; write `{ä,ö}`".to_owned());
        }
        if members.contains('/') || range_holds_slash(members) {
            return Err("has a `[..]` with `/` in it".to_owned());
        }
        if negated {
            let (first, others) = members.split_at(leading(members));
            out.push_str(&format!("[!{first}/{others}]"));
        } else {
            out.push_str(&format!("[{members}]"));
        }
        rest = &class[end + 1..];
    }
    out.push_str(rest);
    Ok(out)
}

/// Bytes of a class's members that mean something else when they do not come first: `]` and `-`, perhaps of a range.
fn leading(members: &str) -> usize {
    match members.as_bytes() {
        [b']' | b'-', b'-', _, ..] => 3,
        [b']' | b'-', ..] => 1,
        _ => 0,
    }
}

fn range_holds_slash(members: &str) -> bool {
    let letters: Vec<char> = members.chars().collect();
    letters.windows(3).any(|part| part[1] == '-' && (part[0]..=part[2]).contains(&'/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(globs: &[&str], inside: &[&str], outside: &[&str]) {
        let placed: Vec<(&str, Place)> = globs.iter().map(|glob| (*glob, Place::default())).collect();
        let (set, faults) = PathSet::new(&placed);
        assert_eq!(faults, []);
        for path in inside {
            assert!(set.has(path), "{globs:?} should have {path}");
        }
        for path in outside {
            assert!(!set.has(path), "{globs:?} should not have {path}");
        }
    }

    fn refused(glob: &str, expected: &str) {
        let (set, faults) = PathSet::new(&[(glob, Place { line: 3, column: 1 })]);
        assert!(set.written().is_empty());
        assert_eq!((faults.len(), faults[0].place.line), (1, 3));
        assert!(faults[0].message.contains(expected), "{:?}", faults[0].message);
    }

    #[test]
    fn an_alternative_may_be_empty_and_one_with_stars_stands_at_the_end() {
        check(&["src/**/*.ts{,x}"], &["src/a.ts", "src/b/a.tsx"], &["src/a.tsy"]);
        check(&["src/{,sub/}e.txt"], &["src/e.txt", "src/sub/e.txt"], &["src/other/e.txt"]);
        check(&["src/**", "!src/gen{.test,}.ts"], &["src/a.ts"], &["src/gen.ts", "src/gen.test.ts"]);
        check(&["{src/**,lib/{a,b/**}}"], &["src/x/z", "lib/a", "lib/b/z"], &["lib/c"]);
        for glob in ["{src/**,lib/**}/z", "{src/**}/z", "{a,{b/**,c}}/z", "{src/**,lib}.txt", "src/**,x"] {
            refused(glob, "stands for whole folders");
        }
    }

    #[test]
    fn stars_stop_at_slashes() {
        check(&["src/*.rs"], &["src/a.rs", "src/.rs"], &["src/a/b.rs", "a.rs", "src/a.rsx"]);
        check(&["**/*.rs"], &["a.rs", "src/a/b.rs"], &["a.rs/b"]);
        check(&["src/**/b"], &["src/b", "src/x/y/b"], &["src/xb"]);
        check(&["src/**"], &["src/a", "src/a/b"], &["src", "srca"]);
        check(&["a?c"], &["abc"], &["a/c", "ac"]);
    }

    #[test]
    fn a_plain_path_holds_what_is_below_it() {
        check(&["services/billing"], &["services/billing", "services/billing/a/b"], &["services/billing2"]);
        check(&["services/billing/"], &["services/billing/a"], &["services/billing"]);
    }

    #[test]
    fn classes_and_braces() {
        check(&["x[!a]y"], &["xby"], &["xay", "x/y"]);
        check(&["x[a-c]y"], &["xby"], &["xdy"]);
        check(&["{a,b/c}/*.ts"], &["a/x.ts", "b/c/x.ts"], &["b/x.ts"]);
        check(&["[]a]"], &["]", "a"], &["b"]);
    }

    #[test]
    fn exclusions_win_wherever_they_stand() {
        check(&["!src/gen/**", "src/**"], &["src/a"], &["src/gen/a", "b"]);
        check(&["!vendor"], &["a", "src/vendor"], &["vendor/a", "vendor"]);
    }

    #[test]
    fn what_cannot_match_is_told() {
        refused("/src", "is absolute");
        refused("src/../x", "leaves the repository");
        refused("./src/**", "would match nothing");
        refused("!src/./a", "would match nothing");
        refused("!../x", "leaves the repository");
        refused("src\\a", "uses `\\`");
        refused("a[", "not closed");
        refused("a[+-9]", "with `/` in it");
        refused("a{b", "is no path pattern");
        refused("src**", "stands for whole folders");
        refused("packages/*/", "write `/**`");
        refused("", "is no path");
        refused(&"a".repeat(2000), "longer than");
    }

    #[test]
    fn a_class_is_taken_to_the_letter() {
        check(&["x[^a]y"], &["xby"], &["xay", "x/y"]);
        check(&["x[!]a]y"], &["xby"], &["xay", "x]y", "x/y"]);
        check(&["x[!-a]y", "z[!]-a]"], &["xby", "x]y", "zb", "z-"], &["xay", "x-y", "x/y", "z]", "z^", "za", "z/"]);
        check(&["x[!--.]y", "z[!]-b]"], &["x0y", "z[", "zc"], &["x-y", "x.y", "x/y", "z]", "za", "zb", "z/"]);
        check(&["x[!--]y", "z[!]-]", "w[!a-]"], &["x]y", "z[", "wb"], &["x-y", "x/y", "z]", "z-", "z/", "wa", "w-"]);
        check(&["[e]x[0-9]z"], &["ex1z"], &["exaz", "ax1z", "ex1"]);
        check(&["a[+--]b"], &["a,b"], &["a/b"]);
        check(&["a[-z]b"], &["a-b", "azb"], &["ayb"]);
        refused("a[[:alpha:]]", "uses a named class");
        refused("a[x/y]", "with `/` in it");
        refused("a[.-0]", "with `/` in it");
        refused("a[]", "not closed");
        refused("a[xé]", "beyond ASCII");
    }

    #[test]
    fn dots_between_braces_leave_as_well() {
        refused("{..,a}/b", "leaves the repository");
        refused("a/{b,**c}", "stands for whole folders");
        check(&["a..b", "x/{**/c,d/**}"], &["a..b", "x/c", "x/y/z/c", "x/d/e/f"], &["ab", "x/d", "y/c"]);
        for glob in ["{a,**}/c", "{**,a}/c", "src/{**}", "{a,b}**", "**{a,b}", "***", "a/**b/c", "{a**/b,c}"] {
            refused(glob, "stands for whole folders");
        }
    }

    #[test]
    fn a_pattern_has_a_kibibyte_and_a_list_a_thousand() {
        check(&[&"a".repeat(1024)], &[&"a".repeat(1024)], &["a"]);
        refused(&"a".repeat(1025), "is longer than 1024 bytes");
        let many = |count: usize| {
            let globs: Vec<String> = (0..count).map(|at| format!("f{at}")).collect();
            let place = |at: usize| Place { line: u32::try_from(at).unwrap_or(0), column: 1 };
            PathSet::new(&globs.iter().enumerate().map(|(at, glob)| (glob.as_str(), place(at))).collect::<Vec<_>>())
        };
        let (set, faults) = many(1000);
        assert!(set.has("f999") && faults.is_empty() && set.written().len() == 1000);
        let (set, faults) = many(1001);
        assert!(!set.has("f1000") && set.written().len() == 1000);
        assert_eq!((faults.len(), faults[0].place.line), (1, 1000));
        assert_eq!(faults[0].message, "there are more than 1000 path patterns");
    }

    #[test]
    fn a_set_tells_what_it_is_made_of() {
        let of = |globs: &[&str]| {
            let set = PathSet::of(&globs.iter().map(|glob| (*glob).to_owned()).collect::<Vec<_>>());
            (set.globs().0.len(), set.globs().1.len(), set.is_all_but())
        };
        assert_eq!(of(&["a", "b/", "c/*", "!d"]), (4, 2, false));
        assert_eq!(of(&["!d/**"]), (0, 1, true));
        assert!(PathSet::of(&[]).is_all_but());
    }

    proptest::proptest! {
        #[test]
        fn no_pattern_panics(glob in "[!a-c*?\\[\\]{},/.é-]{0,12}", path in "[a-c/.é]{0,8}") {
            let (set, _) = PathSet::new(&[(&glob, Place::default())]);
            let _ = set.has(&path);
        }
    }
}
