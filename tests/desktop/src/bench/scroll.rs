//! Every way to scroll, watched in each frame of the page and on the screen itself.

use super::table::{Table, at, line, middle_and_worst};
use crate::{App, Area, css};
use serde_json::{Value, json};

/// No frame may show a hole where rows belong, in the page or on the screen.
const BLANK_FRAMES: f64 = 0.0;

/// Scripts of a frame that moved the list, 95 of 100.
const FRAME_MS: f64 = 16.0;

const FRAMES: &str = include_str!("frames.js");
const TREE: &str = "document.querySelector('[role=tree]')";
/// Where text stands: right of glyph and number, left of the scrollbar.
const TEXT: &str = "
    const box = document.querySelector('[role=tree]').getBoundingClientRect();
    return { left: box.left + 70 + screenX, top: box.top + screenY, width: Math.min(240, box.width - 100), height: box.height - 14 };";
/// Sets the offset in each of fifteen frames, far or near; a call begins where the one before ended.
const JUMPS: &str = "
    const [near, done] = arguments;
    const tree = document.querySelector('[role=tree]');
    let step = window.jumped ?? 0;
    const end = step + 15;
    const jump = () => {
      tree.scrollTop = near ? step * 300 : ((step * 37) % 100) / 100 * tree.scrollHeight;
      step += 1;
      window.jumped = step;
      if (step === end) done(); else requestAnimationFrame(jump);
    };
    jump();";

/// Scrolls in every way; judges blank frames.
pub(super) fn measure(app: &App, table: &mut Table) {
    let area = Area::of(&app.script(TEXT, &[]));
    let ways: [(&str, &dyn Fn()); 6] = [
        ("turning the wheel", &|| (0..60).for_each(|_| app.wheel(&css("[role=tree]"), 360))),
        ("Page Down, Page Up", &|| {
            ["PgDn"; 4].iter().chain(&["PgUp"; 2]).for_each(|key| app.press(&[*key; 10].join(" ")));
        }),
        ("End and Home", &|| ["End", "Home"].repeat(8).iter().for_each(|key| press_and_see(app, key))),
        ("dragging the thumb", &|| drag(app)),
        ("set by script, near", &|| (0..3).for_each(|_| drop(app.script_async(JUMPS, &[json!(true)])))),
        ("set by script, far", &|| (0..3).for_each(|_| drop(app.script_async(JUMPS, &[json!(false)])))),
    ];
    for (name, scroll) in ways {
        let through = || {
            app.script(&format!("{TREE}.focus(); {TREE}.scrollTop = 0;"), &[]);
            app.on(&css("[role=tree]"), "return element.scrollTop;", &json!(0));
            app.script(FRAMES, &[]);
            scroll();
            // Two more frames, so that the last movement is seen as well.
            app.script_async(
                "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => { window.framesEnd = true; done(window.frames_); }));",
                &[],
            )
        };
        // Once for the time, and once with pictures of the screen, which take time themselves.
        judge(name, &through(), table);
        let glass = app.watch(area);
        let _again = through();
        let looks = glass.end();
        table.judge(
            &format!("  on the screen ({} pictures)", looks.pictures),
            looks.holes as f64,
            "looks",
            BLANK_FRAMES,
        );
    }
}

fn judge(name: &str, seen: &Value, table: &mut Table) {
    let moved = seen["moved"].as_f64().unwrap_or_default();
    assert!(moved >= 5.0, "{name} moved the list in {moved} frames: nothing was measured");
    let blank = seen["blank"].as_f64().unwrap_or(f64::NAN);
    table.judge(&format!("blank frames of {moved}, {name}"), blank, "frames", BLANK_FRAMES);
    for place in seen["where"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        line(&format!("  blank: {place}"));
    }
    let times = |name: &str| seen[name].as_array().into_iter().flatten().filter_map(Value::as_f64).collect::<Vec<_>>();
    table.judge("  scripts of a frame, 95 of 100", at(&mut times("script"), 95), "ms", FRAME_MS);
    let mut work = times("work");
    table.tell("  with layout and painting's record, median", at(&mut work, 50), "ms");
    table.tell("  with layout and painting's record, 95 of 100", at(&mut work, 95), "ms");
    let (middle, worst) = middle_and_worst(times("gaps"));
    table.tell("  from frame to frame, median", middle, "ms");
    table.tell("  from frame to frame, slowest", worst, "ms");
}

/// Both jumps within one frame would move nothing that can be seen.
fn press_and_see(app: &App, key: &str) {
    app.press(key);
    app.script_async("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done));", &[]);
}

/// Takes the thumb where it begins and pulls it down.
fn drag(app: &App) {
    let place = app.script("const box = document.querySelector('[role=tree]').getBoundingClientRect(); return [box.right - 4, box.top + 10, box.height];", &[]);
    let at = |index: usize| place[index].as_f64().map_or(0, |number| number as i64);
    app.drag_pointer((at(0), at(1)), (at(0), at(1) + at(2) * 3 / 4), 60);
}
