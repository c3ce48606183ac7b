//! Each language with a small repository, and what its files import from it.

use super::*;
use proptest::prelude::*;

const LIMITS: Limits =
    Limits { bytes: 1 << 20, depth: 1_000, parser_steps: 12, parser_pieces: 32, pattern_steps: 1_000, matches: 1_000 };

fn project(files: &[&str], texts: &[(&str, &str)]) -> Project {
    let paths = files.iter().chain(texts.iter().map(|(path, _)| path)).map(|path| (*path).to_owned());
    assert!(texts.iter().all(|(path, _)| Project::wants(path)));
    Project::new(paths, texts.iter().copied())
}

/// `written -> target` for each import.
fn lines(path: &str, text: &str, project: &Project) -> Vec<String> {
    let found = find(path, text, project, &LIMITS).expect("a covered language").expect("small");
    let line = |import: &Import| {
        assert!(text.get(import.range.clone()).is_some());
        let target = match &import.target {
            Target::Files(files) => files.join(" "),
            Target::Package(name) => format!("({name})"),
            Target::Nowhere => "nowhere".to_owned(),
        };
        format!("{} -> {target}", import.written)
    };
    found.iter().map(line).collect()
}

fn rust_project() -> Project {
    project(
        &[
            "crates/core/src/lib.rs",
            "crates/core/src/record/mod.rs",
            "crates/core/src/record/edit.rs",
            "crates/core/src/graph.rs",
            "crates/work/src/lib.rs",
            "crates/work/src/git/mod.rs",
            "crates/work/src/odd/place.rs",
            "src/main.rs",
            "src/commands.rs",
            "tests/suite/main.rs",
            "tests/suite/tidy.rs",
        ],
        &[
            ("crates/core/Cargo.toml", "[package]\nname = \"my-core\"\n"),
            (
                "crates/work/Cargo.toml",
                "[package]\nname = \"my-work\"\n[dependencies]\nbase = { package = \"my-core\", path = \"../core\" }\nserde = \"1\"\n",
            ),
            (
                "Cargo.toml",
                "[package]\nname = \"app\"\n[dependencies]\nmy-work = \"1\"\n[[test]]\nname = \"suite\"\npath = \"tests/suite/main.rs\"\n",
            ),
        ],
    )
}

#[test]
fn rust_use() {
    let text = "use std::fs;\nuse base::record::{self, edit::{Edit, apply}, Missing as M};\nuse crate::git::*;\nuse serde::Serialize;\npub(crate) use super::x;\nuse Local::A;\n";
    assert_eq!(
        lines("crates/work/src/git/mod.rs", text, &rust_project()),
        [
            "std::fs -> (std)",
            "base::record -> crates/core/src/record/mod.rs",
            "base::record::edit::Edit -> crates/core/src/record/edit.rs",
            "base::record::edit::apply -> crates/core/src/record/edit.rs",
            "base::record::Missing -> crates/core/src/record/mod.rs",
            "serde::Serialize -> (serde)",
            "super::x -> crates/work/src/lib.rs",
        ],
        "what leads to the file itself is left out"
    );
}

#[test]
fn rust_modules_and_crates() {
    let text = "mod git;\n#[path = \"odd/place.rs\"]\nmod placed;\nextern crate my_core;\nmod inner { use super::git::Git; mod deeper { use super::super::git; } }\nuse git::Git;\nuse ::my_core::graph;\nmod gone;\n";
    assert_eq!(
        lines("crates/work/src/lib.rs", text, &rust_project()),
        [
            "git -> crates/work/src/git/mod.rs",
            "placed -> crates/work/src/odd/place.rs",
            "my_core -> crates/core/src/lib.rs",
            "super::git::Git -> crates/work/src/git/mod.rs",
            "super::super::git -> crates/work/src/git/mod.rs",
            "git::Git -> crates/work/src/git/mod.rs",
            "::my_core::graph -> crates/core/src/graph.rs",
            "gone -> nowhere",
        ]
    );
}

#[test]
fn rust_paths_in_code_and_macros() {
    let text = "fn f(a: crate::graph::Graph<my_core::T>) -> super::X { crate::record::edit::apply::<u8>(); println!(\"{}\", crate::record::NAME); serde_json::to_string(1); Self::g() }\n";
    assert_eq!(
        lines("crates/core/src/record/edit.rs", text, &rust_project()),
        [
            "crate::graph::Graph -> crates/core/src/graph.rs",
            "my_core::T -> crates/core/src/lib.rs",
            "super::X -> crates/core/src/record/mod.rs",
            "crate::record::NAME -> crates/core/src/record/mod.rs",
        ]
    );
    assert_eq!(
        lines(
            "tests/suite/tidy.rs",
            "use crate::tidy::A; use super::B; use my_work::git; use app::c;",
            &rust_project()
        ),
        ["super::B -> tests/suite/main.rs", "my_work::git -> crates/work/src/git/mod.rs", "app::c -> nowhere"]
    );
    assert_eq!(
        lines("src/main.rs", "mod commands; fn main() { commands::run(); }", &rust_project()),
        ["commands -> src/commands.rs", "commands::run -> src/commands.rs"]
    );
}

fn script_project() -> Project {
    project(
        &[
            "ui/src/app.ts",
            "ui/src/lib/a.ts",
            "ui/src/lib/b/index.tsx",
            "ui/src/lib/c.svelte",
            "ui/src/lib/d.js",
            "packages/kit/src/index.ts",
            "packages/kit/src/inner.ts",
            "packages/bare/readme.md",
        ],
        &[
            (
                "ui/tsconfig.json",
                "{ // settings\n  \"extends\": \"./tsconfig.base\", \"compilerOptions\": {\"baseUrl\": \"./src\"},\n}",
            ),
            (
                "ui/tsconfig.base.json",
                "{\"compilerOptions\": {\"paths\": {\"$lib/*\": [\"src/none/*\", \"src/lib/*\"], \"$app\": [\"src/app.ts\"], \"@us/*\": [\"../gone/*\"]}}}",
            ),
            (
                "packages/kit/package.json",
                "{\"name\": \"@us/kit\", \"exports\": {\".\": {\"import\": \"./dist/index.js\"}}}",
            ),
            ("packages/bare/package.json", "{\"name\": \"bare\"}"),
        ],
    )
}

#[test]
fn scripts() {
    let text = "import a from './a';\nimport type { B } from \"../lib/b\";\nexport * from './d.js';\nexport const z = 1;\nconst c = await import('./c.svelte');\nconst d = require('./a.js'), e = import(`./b`), f = import(`./${g}`);\nimport h = require('$lib/a');\nimport '$app';\nimport i from '$lib/gone';\nimport j from 'lib/d';\nimport k from '@us/kit';\nimport l from '@us/kit/inner';\nimport m from 'bare/x';\nimport n from '@scope/pkg/deep';\nimport o from 'node:fs';\nimport p from './a?raw';\nimport q from '../../../../out';\nimport { r } from './none';\nimport s from '@us/published';\n";
    assert_eq!(
        lines("ui/src/lib/x.ts", text, &script_project()),
        [
            "./a -> ui/src/lib/a.ts",
            "../lib/b -> ui/src/lib/b/index.tsx",
            "./d.js -> ui/src/lib/d.js",
            "./c.svelte -> ui/src/lib/c.svelte",
            "./a.js -> ui/src/lib/a.ts",
            "./b -> ui/src/lib/b/index.tsx",
            "$lib/a -> ui/src/lib/a.ts",
            "$app -> ui/src/app.ts",
            "$lib/gone -> nowhere",
            "lib/d -> ui/src/lib/d.js",
            "@us/kit -> packages/kit/src/index.ts",
            "@us/kit/inner -> packages/kit/src/inner.ts",
            "bare/x -> packages/bare/package.json",
            "@scope/pkg/deep -> (@scope/pkg)",
            "node:fs -> (node:fs)",
            "./a?raw -> ui/src/lib/a.ts",
            "../../../../out -> nowhere",
            "./none -> nowhere",
            "@us/published -> (@us/published)",
        ]
    );
}

#[test]
fn components() {
    let text = "<!-- ä import x from 'no' -->\n<script lang=\"ts\" module>\n  import a from './a';\n</script>\n<script>\n  import D from './d';\n</script>\n<p>import y from 'no'</p>\n";
    for path in ["ui/src/lib/x.svelte", "ui/src/lib/x.vue"] {
        assert_eq!(lines(path, text, &script_project()), ["./a -> ui/src/lib/a.ts", "./d -> ui/src/lib/d.js"]);
    }
    assert_eq!(
        lines("ui/src/lib/x.astro", "---\nimport a from './a';\n---\n<p>import</p>", &script_project()),
        ["./a -> ui/src/lib/a.ts"]
    );
}

#[test]
fn python() {
    let project = project(
        &[
            "src/shop/__init__.py",
            "src/shop/models.py",
            "src/shop/api/__init__.py",
            "src/shop/api/views.py",
            "src/shop/api/urls.py",
            "tests/test_shop.py",
            "tests/helpers.py",
            "tools/run.py",
        ],
        &[],
    );
    let text = "import os, shop.models as m\nimport urls\nfrom . import urls, missing\nfrom .urls import (a, b)\nfrom ..models import Model\nfrom shop import api\nfrom shop.api.views import *\nfrom ....x import y\nimport requests.sessions\nif TYPE_CHECKING:\n    from shop.models import M\nfrom shop.models import \\\n    N\n";
    assert_eq!(
        lines("src/shop/api/views.py", text, &project),
        [
            "os -> (os)",
            "shop.models -> src/shop/models.py",
            "urls -> (urls)",
            ".urls -> src/shop/api/urls.py",
            ".missing -> src/shop/api/__init__.py",
            ".urls.a -> src/shop/api/urls.py",
            ".urls.b -> src/shop/api/urls.py",
            "..models.Model -> src/shop/models.py",
            "shop.api -> src/shop/api/__init__.py",
            "shop.api.views -> src/shop/api/views.py",
            "....x.y -> nowhere",
            "requests.sessions -> (requests)",
            "shop.models.M -> src/shop/models.py",
            "shop.models.N -> src/shop/models.py",
        ]
    );
    assert_eq!(
        lines("tests/test_shop.py", "import helpers\nfrom shop.models import Model\n", &project),
        ["helpers -> tests/helpers.py", "shop.models.Model -> src/shop/models.py"]
    );
}

#[test]
fn go() {
    let project = project(
        &[
            "cmd/main.go",
            "internal/store/a.go",
            "internal/store/b.go",
            "internal/store/a_test.go",
            "internal/store/deep/c.go",
            "tool/x/x.go",
        ],
        &[
            ("go.mod", "module example.com/shop // ours\n\ngo 1.22\n"),
            ("tool/go.mod", "module example.com/shop/tool\n"),
        ],
    );
    let text = "package main\nimport \"fmt\"\nimport (\n\ts \"example.com/shop/internal/store\"\n\t_ \"example.com/shop/tool/x\"\n\t. \"example.com/shopping\"\n\t\"example.com/shop/gone\"\n)\n";
    assert_eq!(
        lines("cmd/main.go", text, &project),
        [
            "fmt -> (fmt)",
            "example.com/shop/internal/store -> internal/store/a.go internal/store/b.go",
            "example.com/shop/tool/x -> tool/x/x.go",
            "example.com/shopping -> (example.com/shopping)",
            "example.com/shop/gone -> nowhere",
        ]
    );
}

#[test]
fn java_and_kotlin() {
    let project = project(
        &[
            "app/src/main/java/com/shop/App.java",
            "app/src/main/java/com/shop/store/Store.java",
            "lib/src/main/kotlin/com/lib/Tools.kt",
            "flat/org/x/Y.java",
        ],
        &[],
    );
    let text = "package com.shop;\nimport com.shop.store.Store;\nimport com.shop.store.*;\nimport com.shop.store.Store.Inner;\nimport static com.shop.store.Store.open;\nimport com.lib.helper;\nimport java.util.List;\nimport org.x.Y;\nclass App {}\n";
    assert_eq!(
        lines("app/src/main/java/com/shop/App.java", text, &project),
        [
            "com.shop.store.Store -> app/src/main/java/com/shop/store/Store.java",
            "com.shop.store.* -> app/src/main/java/com/shop/store/Store.java",
            "com.shop.store.Store.Inner -> app/src/main/java/com/shop/store/Store.java",
            "com.shop.store.Store.open -> app/src/main/java/com/shop/store/Store.java",
            "com.lib.helper -> lib/src/main/kotlin/com/lib/Tools.kt",
            "java.util.List -> (java.util)",
            "org.x.Y -> (org.x)",
        ]
    );
    assert_eq!(
        lines("flat/org/z/Z.java", "package org.z;\nimport org.x.Y;\n", &project),
        ["org.x.Y -> flat/org/x/Y.java"]
    );
    assert_eq!(
        lines(
            "lib/src/main/kotlin/com/lib/Tools.kt",
            "package com.lib\nimport com.shop.App as A\nimport com.shop.store.*\n",
            &project
        ),
        [
            "com.shop.App -> app/src/main/java/com/shop/App.java",
            "com.shop.store.* -> app/src/main/java/com/shop/store/Store.java"
        ]
    );
}

#[test]
fn other_languages_are_not_covered() {
    assert!(find("a.rb", "require 'b'", &Project::default(), &LIMITS).is_none());
    assert!(covers("a.tsx") && covers("a.vue") && !covers("a.md"));
}

#[test]
fn deep_lists_are_read_to_their_end() {
    let deep = format!("use {}a{};", "a::{".repeat(400), "}".repeat(400));
    assert_eq!(lines("x.rs", &deep, &Project::default()).len(), 1);
}

proptest! {
    #[test]
    fn any_text_has_some_imports_or_none(
        words in proptest::collection::vec(proptest::sample::select(vec!["use ", "import ", "from ", "crate", "super", "self", "::", "{", "}", ";", ",", "*", " as ", "a", "B", "'./a'", "\"b\"", "(", ")", "\n", ".", "mod ", "require", "ä", "#[path = \"x\"]", "<script>", "package ", "r#a", "fn f() ", "m!"]), 0..40),
        at in 0usize..8,
    ) {
        let path = ["src/a.rs", "a.ts", "a.svelte", "a/b.py", "a.go", "A.java", "a.kt", "a.jsx"][at];
        let text = words.concat();
        let found = find(path, &text, &rust_project(), &LIMITS).expect("covered").expect("small");
        prop_assert!(found.iter().all(|import| text.get(import.range.clone()).is_some()));
    }
}
