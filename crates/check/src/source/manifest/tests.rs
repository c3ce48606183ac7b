//! Each manifest with what it should say: `name version group direct|transitive`, and the bytes that say it.

use super::*;
use proptest::prelude::*;

fn lines(found: &[Dependency], text: &str) -> Vec<String> {
    let line = |one: &Dependency| {
        let version = one.version.as_deref().unwrap_or("-");
        let direct = if one.direct { "direct" } else { "transitive" };
        format!("{} {version} {} {direct} at {}", one.name, one.group, &text[one.range.clone()].replace('\n', " "))
    };
    found.iter().map(line).collect()
}

fn check(path: &str, text: &str, expected: &[&str]) {
    let manifest = Manifest::of(path).expect("a manifest");
    let found = manifest.read(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    assert_eq!(lines(&found, text), expected, "{path}");
    assert!(found.iter().all(|one| one.ecosystem == manifest.ecosystem()));
}

fn fault(path: &str, text: &str) -> usize {
    Manifest::of(path).expect("a manifest").read(text).expect_err("unreadable").line
}

#[test]
fn paths() {
    let cases = [
        ("a/Cargo.toml", Some(Manifest::CargoToml)),
        ("requirements-dev.txt", Some(Manifest::Requirements)),
        ("dev-requirements.in", Some(Manifest::Requirements)),
        ("requirements/base.txt", Some(Manifest::Requirements)),
        ("docs/notes.txt", None),
        ("my-package.json", None),
    ];
    cases.iter().for_each(|(path, expected)| assert_eq!(Manifest::of(path), *expected, "{path}"));
}

#[test]
fn cargo_toml() {
    check(
        "Cargo.toml",
        r#"
[package]
name = "a"
[dependencies]
Serde_JSON = "1"
b = { package = "real-b", version = "2", optional = true }
c = { workspace = true }
d.path = "../d"
[dev-dependencies.proptest]
version = "1"
[target.'cfg(unix)'.build-dependencies]
cc = "1"
[workspace.dependencies]
e = { git = "https://e" }
"#,
        &[
            "serde-json 1 normal direct at Serde_JSON",
            "real-b 2 optional direct at b",
            "c - normal direct at c",
            "d - normal direct at d",
            "proptest 1 dev direct at proptest",
            "cc 1 build direct at cc",
            "e - workspace direct at e",
        ],
    );
    assert_eq!(fault("Cargo.toml", "[dependencies]\na = \n"), 2);
}

#[test]
fn cargo_lock() {
    check(
        "Cargo.lock",
        r#"
version = 4
[[package]]
name = "mine"
version = "0.1.0"
dependencies = ["a", "b 2.0.0"]
[[package]]
name = "a"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
dependencies = ["b 1.0.0"]
[[package]]
name = "b"
version = "1.0.0"
source = "registry+x"
[[package]]
name = "b"
version = "2.0.0"
source = "registry+x"
"#,
        &["a 1.0.0 normal direct at \"a\"", "b 1.0.0 normal transitive at \"b\"", "b 2.0.0 normal direct at \"b\""],
    );
}

#[test]
fn package_json() {
    check(
        "ui/package.json",
        r#"{"name": "a", "dependencies": {"b": "^1", "c": "npm:@scope/real@^2", "d": "workspace:*"},
 "devDependencies": {"e": "latest"}, "optionalDependencies": {"f": "1"}, "peerDependencies": {"g": ">=1"}}"#,
        &[
            "b ^1 normal direct at \"b\"",
            "@scope/real ^2 normal direct at \"c\"",
            "d workspace:* normal direct at \"d\"",
            "e latest dev direct at \"e\"",
            "f 1 optional direct at \"f\"",
            "g >=1 peer direct at \"g\"",
        ],
    );
    assert_eq!(fault("package.json", "{\n\"a\": [\n"), 2);
    assert_eq!(fault("package.json", &format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000))), 1);
}

#[test]
fn package_lock() {
    check(
        "package-lock.json",
        r#"{"lockfileVersion": 3, "packages": {
"": {"dependencies": {"a": "^1", "member": "*"}, "devDependencies": {"b": "npm:real@2"}},
"node_modules/a": {"version": "1.1.0"},
"node_modules/a/node_modules/c": {"version": "3.0.0", "optional": true},
"node_modules/b": {"name": "real", "version": "2.0.0", "dev": true},
"node_modules/d": {"version": "4.0.0", "dev": true},
"node_modules/member": {"resolved": "packages/member", "link": true},
"packages/member": {"dependencies": {"d": "^5", "e": "1"}},
"packages/member/node_modules/d": {"version": "5.0.0"},
"node_modules/e": {"version": "1.0.0"}}}"#,
        &[
            "a 1.1.0 normal direct at \"node_modules/a\"",
            "c 3.0.0 optional transitive at \"node_modules/a/node_modules/c\"",
            "real 2.0.0 dev direct at \"node_modules/b\"",
            "d 4.0.0 dev transitive at \"node_modules/d\"",
            "d 5.0.0 normal direct at \"packages/member/node_modules/d\"",
            "e 1.0.0 normal direct at \"node_modules/e\"",
        ],
    );
    check(
        "npm-shrinkwrap.json",
        r#"{"lockfileVersion": 1, "dependencies": {"a": {"version": "1.0.0", "dependencies": {"b": {"version": "npm:real@2.0.0", "dev": true}}}}}"#,
        &["a 1.0.0 normal transitive at \"a\"", "real 2.0.0 dev transitive at \"b\""],
    );
}

#[test]
fn pnpm_lock() {
    check(
        "pnpm-lock.yaml",
        "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a:\n        specifier: ^1\n        version: 1.0.0(react@18.0.0)\n      alias:\n        specifier: npm:@s/real@^2\n        version: '@s/real@2.0.0'\n      own:\n        specifier: workspace:*\n        version: link:own\n  own:\n    devDependencies:\n      b:\n        specifier: ^3\n        version: 3.0.0\npackages:\n  '@s/real@2.0.0':\n    resolution: {integrity: x}\n  a@1.0.0:\n    resolution: {integrity: x}\n  b@3.0.0:\n    resolution: {integrity: x}\n  c@4.0.0:\n    resolution: {integrity: x}\n",
        &[
            "@s/real 2.0.0 normal direct at '@s/real@2.0.0'",
            "a 1.0.0 normal direct at a@1.0.0",
            "b 3.0.0 dev direct at b@3.0.0",
            "c 4.0.0 normal transitive at c@4.0.0",
        ],
    );
    check(
        "pnpm-lock.yaml",
        "lockfileVersion: 5.4\nspecifiers:\n  a: ^1\ndependencies:\n  a: 1.0.0_react@18.0.0\npackages:\n  /@s/b/2.0.0:\n    dev: true\n  /a/1.0.0_react@18.0.0:\n    dev: false\n",
        &["@s/b 2.0.0 dev transitive at /@s/b/2.0.0", "a 1.0.0 normal direct at /a/1.0.0_react@18.0.0"],
    );
    check(
        "pnpm-lock.yaml",
        "lockfileVersion: '6.0'\ndependencies:\n  ä: {specifier: ^1, version: 1.0.0}\npackages:\n  /ä@1.0.0(b@2.0.0): {dev: false}\n  /b@2.0.0: {dev: true}\n",
        &["ä 1.0.0 normal direct at /ä@1.0.0(b@2.0.0)", "b 2.0.0 dev transitive at /b@2.0.0"],
    );
    assert_eq!(fault("pnpm-lock.yaml", "a: b\n c: [\n"), 2);
}

#[test]
fn yarn_lock() {
    check(
        "yarn.lock",
        "# yarn lockfile v1\n\n\n\"@s/a@^1\", \"@s/a@^1.2\":\n  version \"1.2.3\"\n  dependencies:\n    b \"^2\"\n\nalias@npm:real@^2:\n  version \"2.0.0\"\n\nb@^2:\n  version \"2.1.0\"\n",
        &[
            "@s/a 1.2.3 normal transitive at \"@s/a@^1\", \"@s/a@^1.2\"",
            "real 2.0.0 normal transitive at alias@npm:real@^2",
            "b 2.1.0 normal transitive at b@^2",
        ],
    );
    check(
        "yarn.lock",
        "__metadata:\n  version: 8\n\n\"a@npm:^1, a@npm:^1.2\":\n  version: 1.2.3\n  resolution: \"a@npm:1.2.3\"\n  dependencies:\n    b: \"npm:^2\"\n\n\"b@npm:^2\":\n  version: 2.0.0\n  resolution: \"b@npm:2.0.0\"\n\n\"root@workspace:.\":\n  version: 0.0.0-use.local\n  resolution: \"root@workspace:.\"\n  dependencies:\n    a: \"npm:^1\"\n",
        &["a 1.2.3 normal direct at \"a@npm:^1, a@npm:^1.2\"", "b 2.0.0 normal transitive at \"b@npm:^2\""],
    );
    check(
        "yarn.lock",
        "\"a@https://h/download?id=7\":\n  version \"3.0.0\"\n  resolved \"https://h/mongodb-3.0.0.tgz#0a\"\n\n\"b@https://h/real-1.tgz\":\n  version \"1.0.0\"\n\n\"@s/c@^1\":\n  version \"1.0.0\"\n  resolved \"https://registry.yarnpkg.com/@s/c/-/c-1.0.0.tgz#0b\"\n",
        &[
            "a 3.0.0 normal transitive at \"a@https://h/download?id=7\"",
            "mongodb 3.0.0 normal transitive at \"a@https://h/download?id=7\"",
            "b 1.0.0 normal transitive at \"b@https://h/real-1.tgz\"",
            "real 1.0.0 normal transitive at \"b@https://h/real-1.tgz\"",
            "@s/c 1.0.0 normal transitive at \"@s/c@^1\"",
        ],
    );
    check(
        "yarn.lock",
        "\"a@https://h/mongodb-3.tgz\":\n  version: 3.0.0\n  resolution: \"a@https://h/mongodb-3.tgz\"\n",
        &[
            "a 3.0.0 normal transitive at \"a@https://h/mongodb-3.tgz\"",
            "mongodb 3.0.0 normal transitive at \"a@https://h/mongodb-3.tgz\"",
        ],
    );
    assert_eq!(fault("yarn.lock", "a@1:\n  version \"1\"\nnonsense\n"), 3);
}

#[test]
fn an_archive_in_a_lock_file_tells_its_name() {
    check(
        "pnpm-lock.yaml",
        "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a:\n        specifier: https://h/mongodb-3.tgz\n        version: https://h/mongodb-3.tgz\npackages:\n  a@https://h/mongodb-3.tgz:\n    resolution: {tarball: https://h/mongodb-3.tgz}\n    version: 3.0.0\n  b@1.0.0:\n    resolution: {integrity: x}\n",
        &[
            "a 3.0.0 normal transitive at a@https://h/mongodb-3.tgz",
            "mongodb 3.0.0 normal transitive at a@https://h/mongodb-3.tgz",
            "b 1.0.0 normal transitive at b@1.0.0",
        ],
    );
    check(
        "package-lock.json",
        r#"{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "3.0.0", "resolved": "https://h/mongodb-3.0.0.tgz"},
"node_modules/b": {"version": "1.0.0", "resolved": "https://registry.npmjs.org/b/-/b-1.0.0.tgz"}}}"#,
        &[
            "a 3.0.0 normal transitive at \"node_modules/a\"",
            "mongodb 3.0.0 normal transitive at \"node_modules/a\"",
            "b 1.0.0 normal transitive at \"node_modules/b\"",
        ],
    );
}

#[test]
fn pyproject() {
    check(
        "pyproject.toml",
        r#"
[build-system]
requires = ["hatchling>=1"]
[project]
dependencies = ["Django_REST.framework[a,b] >=3,<4 ; python_version < '3.9'", "c @ https://c/c.whl", "d"]
[project.optional-dependencies]
fast = ["uvloop"]
[dependency-groups]
test = ["pytest~=8.0", {include-group = "lint"}]
[tool.uv]
dev-dependencies = ["ruff"]
[tool.poetry.dependencies]
python = "^3.9"
e = "^1.2"
f = { version = "1", optional = true }
g = [{version = "1", python = "<3.9"}, {version = "2"}]
[tool.poetry.group.docs.dependencies]
mkdocs = "*"
"#,
        &[
            "hatchling >=1 build direct at \"hatchling>=1\"",
            "django-rest-framework >=3,<4 normal direct at \"Django_REST.framework[a,b] >=3,<4 ; python_version < '3.9'\"",
            "c @ https://c/c.whl normal direct at \"c @ https://c/c.whl\"",
            "d - normal direct at \"d\"",
            "uvloop - fast direct at \"uvloop\"",
            "pytest ~=8.0 test direct at \"pytest~=8.0\"",
            "ruff - dev direct at \"ruff\"",
            "e ^1.2 normal direct at e",
            "f 1 optional direct at f",
            "g 1 normal direct at g",
            "g 2 normal direct at g",
            "mkdocs * docs direct at mkdocs",
        ],
    );
}

#[test]
fn requirements() {
    check(
        "requirements.txt",
        "# a comment\r\n-r requirements-other.txt\nA==1.0  # why\nb[x] (>=2) ; sys_platform == 'win32'\nc \\\n  >=3 \\\n  --hash=sha256:0\n-e git+https://g/d.git@v1#egg=d&subdirectory=e\nf @ https://f/f.whl\n./local\nhttps://g/g.whl\n",
        &[
            "a ==1.0 normal direct at A==1.0",
            "b >=2 normal direct at b[x] (>=2) ; sys_platform == 'win32'",
            "c >=3 normal direct at c",
            "d git+https://g/d.git@v1 normal direct at -e git+https://g/d.git@v1#egg=d&subdirectory=e",
            "f @ https://f/f.whl normal direct at f @ https://f/f.whl",
            "g https://g/g.whl normal direct at https://g/g.whl",
        ],
    );
    assert_eq!(fault("requirements.txt", "a\n-r hidden.lst # why\n"), 2);
    assert_eq!(fault("requirements.txt", "--requirement=more/hidden\n"), 1);
    for taking in [
        "-rhidden.lst",
        "-i https://i/simple -r hidden.lst",
        "--requirem hidden.lst",
        "-r 'hidden.lst'",
        "-r https://h/requirements.txt",
        "-r /etc/requirements.txt",
        "-r ${HOME}/requirements.txt",
        "-r constraints.txt",
        "-c hidden.lst",
        "--constraint=hidden.lst",
        "--cons hidden.lst",
        "-e ./local -c hidden.lst",
    ] {
        assert_eq!(fault("requirements.txt", &format!("a\n{taking}\n")), 2, "{taking}");
        assert_eq!(fault("constraints.txt", &format!("a\n{taking}\n")), 2, "{taking}");
    }
    let text = "--require-hashes\n-i https://i/simple -c constraints/base.txt\n-c requirements.txt\n-r ../requirements-dev.txt\na --hash=sha256:0\n";
    check("requirements.txt", text, &["a - normal direct at a --hash=sha256:0"]);
    let taken = ["constraints/base.txt", "requirements.txt", "../requirements-dev.txt"];
    assert_eq!(Manifest::Requirements.takes_in(text), taken);
    assert!(taken.iter().all(|file| Manifest::of(file).is_some()));
}

#[test]
fn constraints_are_no_requirements() {
    check("constraints.txt", "A==1.0\n", &["a ==1.0 override transitive at A==1.0"]);
    assert_eq!(Manifest::of("pip/dev-constraints.in"), Some(Manifest::Constraints));
}

#[test]
fn cargo_configuration() {
    let text = "[build]\njobs = 2\n[patch.crates-io]\na = { git = \"https://a\", package = \"real\" }\n[source.crates-io]\nreplace-with = \"vendored\"\n";
    check(".cargo/config.toml", text, &["real - patch direct at a"]);
    check("x/.cargo/config", text, &["real - patch direct at a"]);
    assert_eq!(Manifest::of("x/config.toml"), None);
    assert_eq!(fault(".cargo/config.toml", "# x\npaths = [\"../other\"]\n"), 2);
    assert_eq!(fault(".cargo/config.toml", "\ninclude = \"other.toml\"\n"), 2);
    check(".cargo/config.toml", "paths = []\n", &[]);
}

#[test]
fn what_stands_in_for_a_package() {
    check(
        "Cargo.toml",
        "[patch.crates-io]\na = { git = \"https://a\", package = \"real\" }\n[replace]\n\"b:1.0.0\" = { git = \"https://b\" }\n",
        &["real - patch direct at a", "b - patch direct at \"b:1.0.0\""],
    );
    check(
        "package.json",
        r#"{"dependencies": {"a": "git+https://h/team/real.git#v1", "b": "https://h/other-1.0.tgz", "c": "file:../c"},
"overrides": {"d": "npm:real@3", "e": {".": "1", "f@2": "npm:@s/real"}, "g": "^2", "h": "$a"},
"resolutions": {"**/i": "npm:real@1", "@s/j/k": "2", "@s/l": "3"}, "pnpm": {"overrides": {"m@1>n": "npm:real"}}}"#,
        &[
            "a git+https://h/team/real.git#v1 normal direct at \"a\"",
            "real git+https://h/team/real.git#v1 normal direct at \"a\"",
            "b https://h/other-1.0.tgz normal direct at \"b\"",
            "other https://h/other-1.0.tgz normal direct at \"b\"",
            "c file:../c normal direct at \"c\"",
            "real npm:real@3 override direct at \"d\"",
            ". 1 override transitive at \".\"",
            "@s/real npm:@s/real override direct at \"f@2\"",
            "g ^2 override transitive at \"g\"",
            "real npm:real@1 override direct at \"**/i\"",
            "k 2 override transitive at \"@s/j/k\"",
            "@s/l 3 override transitive at \"@s/l\"",
            "real npm:real override direct at \"m@1>n\"",
        ],
    );
    check(
        "pnpm-workspace.yaml",
        "packages: [a]\ncatalog:\n  b: npm:real@1\ncatalogs:\n  old:\n    c: ^1\noverrides:\n  d: npm:real@2\n",
        &["real 1 workspace direct at b", "c ^1 workspace direct at c", "real npm:real@2 override direct at d"],
    );
}

#[test]
fn pipenv_and_setuptools() {
    check(
        "Pipfile",
        "[[source]]\nurl = \"x\"\n[packages]\nA_b = \"*\"\nc = {version = \">=1\", extras = [\"x\"]}\n[dev-packages]\nd = \"==1\"\n[docs]\ne = \"*\"\n",
        &["a-b * normal direct at A_b", "c >=1 normal direct at c", "d ==1 dev direct at d", "e * docs direct at e"],
    );
    check(
        "Pipfile.lock",
        r#"{"_meta": {}, "default": {"a": {"version": "==1.0"}}, "develop": {"b": {"version": "==2"}}}"#,
        &["a ==1.0 normal transitive at \"a\"", "b ==2 dev transitive at \"b\""],
    );
    check(
        "setup.cfg",
        "[metadata]\nname = x\n[options]\ninstall_requires =\n    A>=1\n    # why\n    b[x]; python_version < '3'\npackages = find:\nsetup_requires = c\n[options.extras_require]\ndocs =\n  d\n",
        &[
            "a >=1 normal direct at A>=1",
            "b - normal direct at b[x]; python_version < '3'",
            "c - build direct at c",
            "d - docs direct at d",
        ],
    );
    check(
        "setup.py",
        "import setuptools\nsetuptools.setup(name='x', install_requires=['A>=1', # why\n \"b\"], extras_require={'docs': ('c',)})\n",
        &["a >=1 normal direct at 'A>=1'", "b - normal direct at \"b\"", "c - docs direct at 'c'"],
    );
    check("setup.py", "from setuptools import setup\nsetup()\n", &[]);
    for worked_out in
        ["install_requires=read()", "install_requires=[f'{a}']", "**more", "extras_require=x", "install_requires=[*a]"]
    {
        assert_eq!(fault("setup.py", &format!("\nsetup({worked_out})\n")), 2, "{worked_out}");
    }
}

#[test]
fn a_lock_file_tells_what_an_address_hides() {
    let text = r#"{"lockfileVersion": 3, "packages": {
"": {"dependencies": {"a": "https://h/x.tgz", "b": "npm:real@1"}},
"node_modules/a": {"name": "real", "version": "1.0.0"},
"node_modules/b": {"name": "real", "version": "1.0.0"}}}"#;
    let found = Manifest::PackageLock.read(text).expect("a lock file");
    assert_eq!(
        found.iter().map(|one| (one.name.as_str(), one.hidden)).collect::<Vec<_>>(),
        [("real", true), ("real", false)]
    );
}

#[test]
fn python_locks() {
    check(
        "poetry.lock",
        "[[package]]\nname = \"A_b\"\nversion = \"1\"\ngroups = [\"dev\"]\n[[package]]\nname = \"c\"\nversion = \"2\"\ngroups = [\"main\"]\n",
        &["a-b 1 dev transitive at \"A_b\"", "c 2 normal transitive at \"c\""],
    );
    check(
        "uv.lock",
        "[[package]]\nname = \"mine\"\nsource = { editable = \".\" }\ndependencies = [{ name = \"a\" }]\n[package.dev-dependencies]\ntest = [{ name = \"b\" }]\n[[package]]\nname = \"a\"\nversion = \"1\"\nsource = { registry = \"x\" }\n[[package]]\nname = \"b\"\nversion = \"2\"\n[[package]]\nname = \"c\"\nversion = \"3\"\n",
        &["a 1 normal direct at \"a\"", "b 2 test direct at \"b\"", "c 3 normal transitive at \"c\""],
    );
}

#[test]
fn go_mod() {
    check(
        "go.mod",
        "module example.com/m\n\ngo 1.22\nrequire example.com/a v1.0.0\nrequire (\n\texample.com/b/v2 v2.1.0 // indirect\n\t\"example.com/c\" v0.0.0-2020 // why\n)\nreplace example.com/a => example.com/fork v1.0.1\nreplace (\n\texample.com/b/v2 v2.1.0 => ../b\n)\nexclude example.com/x v1.0.0\n",
        &[
            "example.com/a v1.0.0 normal direct at example.com/a",
            "example.com/b/v2 v2.1.0 normal transitive at example.com/b/v2",
            "example.com/c v0.0.0-2020 normal direct at \"example.com/c\"",
            "example.com/fork v1.0.1 normal direct at example.com/fork",
        ],
    );
}

#[test]
fn pom_xml() {
    check(
        "pom.xml",
        "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><parent><groupId>p</groupId><artifactId>q</artifactId><version>9</version></parent><properties><a.version>1.2</a.version></properties><dependencies><dependency><groupId>a</groupId><artifactId>b</artifactId><version>${a.version}</version></dependency><dependency><groupId>${project.groupId}</groupId><artifactId>c</artifactId><version>${x}</version><scope>test</scope></dependency></dependencies><build><plugins><plugin><artifactId>d</artifactId></plugin></plugins></build></project>",
        &[
            "p:q 9 parent direct at <parent><groupId>p</groupId><artifactId>q</artifactId><version>9</version></parent>",
            "a:b 1.2 normal direct at <dependency><groupId>a</groupId><artifactId>b</artifactId><version>${a.version}</version></dependency>",
            "p:c ${x} dev direct at <dependency><groupId>${project.groupId}</groupId><artifactId>c</artifactId><version>${x}</version><scope>test</scope></dependency>",
            "org.apache.maven.plugins:d - build direct at <plugin><artifactId>d</artifactId></plugin>",
        ],
    );
    assert_eq!(fault("pom.xml", "<project>\n<a>\n</b>\n</project>"), 3);
}

#[test]
fn names_are_compared_as_the_ecosystem_does() {
    assert_eq!(Ecosystem::Pypi.normalise("Zope..Interface__x"), "zope-interface-x");
    assert_eq!(Ecosystem::Cargo.normalise("Serde_json"), "serde-json");
    assert_eq!(Ecosystem::Npm.normalise("JSONStream"), "JSONStream");
    assert!(Ecosystem::ALL.iter().all(|ecosystem| Ecosystem::from_name(ecosystem.name()) == Some(*ecosystem)));
}

const ALL: &[Manifest] = &[
    Manifest::CargoLock,
    Manifest::CargoToml,
    Manifest::GoMod,
    Manifest::PackageJson,
    Manifest::PackageLock,
    Manifest::Pipfile,
    Manifest::PipfileLock,
    Manifest::PnpmLock,
    Manifest::PnpmWorkspace,
    Manifest::PoetryLock,
    Manifest::PomXml,
    Manifest::Pyproject,
    Manifest::Requirements,
    Manifest::SetupCfg,
    Manifest::SetupPy,
    Manifest::UvLock,
    Manifest::YarnLock,
];

#[test]
fn deep_nesting_is_no_end_of_the_program() {
    for (open, close) in
        [("[", "]"), ("{\"a\":", "}"), ("a = [", "]"), ("{a: ", "}"), ("- ", ""), ("<a>", "</a>"), ("a={b=", "}")]
    {
        let deep = open.repeat(20_000) + "1" + &close.repeat(20_000);
        for manifest in ALL {
            if let Ok(found) = manifest.read(&deep) {
                assert!(found.iter().all(|one| deep.get(one.range.clone()).is_some()));
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(
        text in "\\PC{0,80}|[\\[\\]{}<>\"'@:/=,# \\n\\tabnrequivsodc1.^~()-]{0,120}",
        words in proptest::collection::vec(proptest::sample::select(vec!["[dependencies]\n", "[[package]]\n", "name", " = ", "\"a\"", "\n", ":", "  ", "{", "}", "[", "]", "dependencies", "packages", "require", "(", ")", "=>", "replace ", "v1 ", "ä", "@", "npm:", "version", "\"", ","]), 0..30),
    ) {
        for text in [text, words.concat()] {
            for manifest in ALL {
                match manifest.read(&text) {
                    Ok(found) => prop_assert!(found.iter().all(|one| text.get(one.range.clone()).is_some())),
                    Err(error) => prop_assert!(error.line <= text.matches('\n').count() + 1 || *manifest == Manifest::PomXml),
                }
            }
        }
    }

    #[test]
    fn any_version_is_compared_or_not(left in "[v0-9.^~<>=*xX ,|()\\[\\]a-c+-]{0,20}", right in "[v0-9.^~<>=*xX ,|()\\[\\]a-c+-]{0,20}", locked: bool) {
        for ecosystem in Ecosystem::ALL {
            version::matches(ecosystem, &left, &right, locked);
        }
    }
}
