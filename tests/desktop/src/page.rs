//! What a person does with the page: find, wait, click, type, look.

use crate::app::App;
use crate::find::Find;
use crate::keys;
use crate::screens::screens;
use fantoccini::actions::{
    InputSource, MOUSE_BUTTON_LEFT, MOUSE_BUTTON_RIGHT, MouseActions, PointerAction, WheelAction, WheelActions,
};
use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};
use std::fmt::Display;
use std::time::{Duration, Instant};

const FIND: &str = include_str!("find.js");
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// How long anything may take; generous, because a test machine may be busy.
const PATIENCE: Duration = Duration::from_secs(30);
/// Restyles, lets two frames pass, and what fades in be there: half of it would be judged by its mixed colours.
const THEME: &str = "
    const [theme, done] = arguments;
    const root = document.documentElement;
    const before = root.dataset.theme ?? null;
    root.dataset.theme = theme;
    const ends = (one) => one.effect?.getComputedTiming().endTime !== Infinity;
    const still = () => Promise.allSettled(document.getAnimations().filter(ends).map((one) => one.finished));
    requestAnimationFrame(() => requestAnimationFrame(() => still().then(() => setTimeout(() => done(before), 20))));";
const PAUSE: Duration = Duration::from_millis(15);

impl App {
    /// Waits until `look` finds something.
    pub fn wait<T>(&self, what: impl Display, mut look: impl FnMut() -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look() {
                return found;
            }
            if Instant::now() > deadline {
                self.fail(&format!("waited {} s in vain for {what}", PATIENCE.as_secs()));
            }
            self.pause(PAUSE);
        }
    }

    pub(crate) fn pause(&self, span: Duration) {
        self.runtime.block_on(async { tokio::time::sleep(span).await });
    }

    /// Waits until an element is there and visible.
    pub fn see(&self, find: &Find) {
        self.wait(find, || self.elements(find).into_iter().next());
    }

    /// Waits until no such element is visible.
    pub fn see_no(&self, find: &Find) {
        self.wait(format!("no {find}"), || self.elements(find).is_empty().then_some(()));
    }

    /// Whether it is there now.
    #[must_use]
    pub fn sees(&self, find: &Find) -> bool {
        !self.elements(find).is_empty()
    }

    /// How many there are now.
    #[must_use]
    pub fn count(&self, find: &Find) -> usize {
        self.elements(find).len()
    }

    /// Clicks the first match in its middle, as a mouse would.
    pub fn click(&self, find: &Find) {
        self.wait(format!("a click on {find}"), || {
            // A driver scrolls only to what is wholly out of sight; the middle of a line at the edge may be covered.
            self.try_script(&with_element("element.scrollIntoView({ block: 'nearest' });"), &[find.json()])?;
            let element = self.elements(find).into_iter().next()?;
            // A list may move between finding and clicking: then it is found again.
            self.run(element.click()).ok()
        });
    }

    /// Clicks the first match in its middle with the other button, as for a context menu.
    pub fn click_other(&self, find: &Find) {
        let middle = self.ask(
            find,
            "const box = element.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2];",
        );
        let at = |index: usize| middle[index].as_f64().unwrap_or_default();
        let actions = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveTo { duration: None, x: at(0), y: at(1) })
            .then(PointerAction::Down { button: MOUSE_BUTTON_RIGHT })
            .then(PointerAction::Up { button: MOUSE_BUTTON_RIGHT });
        let done = self.run(self.client.perform_actions(actions));
        done.unwrap_or_else(|error| self.fail(&format!("cannot click: {error}")));
    }

    /// Moves the keyboard's focus to the first match.
    pub fn focus(&self, find: &Find) {
        self.on(
            find,
            "element.focus(); return document.activeElement === element || element.contains(document.activeElement);",
            &json!(true),
        );
    }

    /// The text of the first match, whitespace collapsed.
    #[must_use]
    pub fn text(&self, find: &Find) -> String {
        let text = self.ask(find, "return element.textContent.replace(/\\s+/g, ' ').trim();");
        text.as_str().unwrap_or_default().to_owned()
    }

    /// The value of the first match (a field).
    #[must_use]
    pub fn value(&self, find: &Find) -> String {
        self.ask(find, "return element.value;").as_str().unwrap_or_default().to_owned()
    }

    /// An attribute of the first match.
    #[must_use]
    pub fn attribute(&self, find: &Find, name: &str) -> Option<String> {
        let value = self.ask(find, &format!("return element.getAttribute({});", json!(name)));
        value.as_str().map(str::to_owned)
    }

    /// Waits for the first match and answers what `body` returns for `element`.
    pub fn ask(&self, find: &Find, body: &str) -> Value {
        self.wait(find, || {
            let answer = self.try_script(&with_element(body), &[find.json()])?;
            answer.get("found").cloned()
        })
    }

    /// Waits until `body` returns `expected` for the first match.
    pub fn on(&self, find: &Find, body: &str, expected: &Value) {
        self.wait(format!("{find} to give {expected}"), || {
            let answer = self.try_script(&with_element(body), &[find.json()])?;
            (answer.get("found") == Some(expected)).then_some(())
        });
    }

    /// Presses chords, one after the other: `Mod+K`, `G C`, `Alt+Left`.
    pub fn press(&self, chords: &str) {
        let done = self.run(self.client.perform_actions(keys::chords(chords)));
        done.unwrap_or_else(|error| self.fail(&format!("cannot press {chords}: {error}")));
    }

    /// Types text into whatever has the focus, key by key.
    pub fn type_text(&self, text: &str) {
        self.type_slowly(text, Duration::ZERO);
    }

    /// Types with a pause between keys; far less than a minute in all.
    pub fn type_slowly(&self, text: &str, between: Duration) {
        let done = self.run(self.client.perform_actions(keys::typed(text, between)));
        done.unwrap_or_else(|error| self.fail(&format!("cannot type: {error}")));
    }

    /// One turn of the mouse wheel over the middle of the first match.
    pub fn wheel(&self, find: &Find, down: i64) {
        let at = self.ask(
            find,
            "const box = element.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2];",
        );
        let whole = |index: usize| at[index].as_f64().map_or(0, |number| number as i64);
        let turn = WheelAction::Scroll { duration: None, x: whole(0), y: whole(1), delta_x: 0, delta_y: down };
        let done = self.run(async {
            self.client.perform_actions(WheelActions::new("wheel".to_owned()).then(turn)).await?;
            // WebKit takes the next delta as one that is counted from this one, unless the wheel is let go.
            self.client.release_actions().await
        });
        done.unwrap_or_else(|error| self.fail(&format!("cannot turn the wheel: {error}")));
    }

    /// Takes what lies at one point of the page with the mouse and pulls it to another in some steps.
    pub fn drag_pointer(&self, from: (i64, i64), to: (i64, i64), steps: i64) {
        let moving =
            |duration, x: i64, y: i64| PointerAction::MoveTo { duration: Some(duration), x: x as f64, y: y as f64 };
        let mut actions = MouseActions::new("mouse".to_owned())
            .then(moving(Duration::ZERO, from.0, from.1))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
        for step in 1..=steps {
            let between = |a: i64, b: i64| a + (b - a) * step / steps;
            actions = actions.then(moving(Duration::from_millis(16), between(from.0, to.0), between(from.1, to.1)));
        }
        let done = self.run(self.client.perform_actions(actions.then(PointerAction::Up { button: MOUSE_BUTTON_LEFT })));
        done.unwrap_or_else(|error| self.fail(&format!("cannot drag: {error}")));
    }

    /// Puts text where the caret is, at once, as a paste would.
    pub fn insert(&self, text: &str) {
        self.script("document.execCommand('insertText', false, arguments[0]);", &[json!(text)]);
    }

    /// Fills a field: focus, select all, type.
    pub fn fill(&self, find: &Find, text: &str) {
        self.focus(find);
        self.press("Mod+A");
        self.type_text(text);
        self.on(find, "return element.value;", &json!(text));
    }

    /// Writes `target/screens/<name>.png` and `<name>-dark.png`.
    pub fn screenshot(&self, name: &str) {
        let before = self.theme("light");
        self.picture(name);
        self.theme("dark");
        self.picture(&format!("{name}-dark"));
        self.theme(before.as_str().unwrap_or("light"));
    }

    /// Switches light or dark without asking the system; answers what was shown before.
    pub fn theme(&self, theme: &str) -> Value {
        self.script_async(THEME, &[json!(theme)])
    }

    fn picture(&self, name: &str) {
        let image = self.run(self.client.screenshot());
        let image = image.unwrap_or_else(|error| self.fail(&format!("no screenshot: {error}")));
        std::fs::write(screens().join(format!("{name}.png")), image).expect("a screenshot can be written");
    }

    /// Sets the size of the window's contents and waits for it.
    pub fn resize(&self, width: u32, height: u32) {
        let done = self.run(self.client.set_window_size(width, height));
        done.unwrap_or_else(|error| self.fail(&format!("cannot resize: {error}")));
        self.wait(format!("a window {width} wide"), || {
            (self.script("return window.innerWidth", &[]) == json!(width)).then_some(())
        });
    }

    /// All visible text, for messages of failing tests.
    #[must_use]
    pub fn visible_text(&self) -> String {
        let text = self.try_script("return document.body.innerText;", &[]).unwrap_or_default();
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Ends the test with a picture and what can be read on the screen.
    pub fn fail(&self, what: &str) -> ! {
        let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let file = screens().join(format!("failed-{name}.png"));
        if let Ok(image) = self.run(self.client.screenshot()) {
            // The picture only helps to understand the failure that is reported next.
            let _ = std::fs::write(&file, image);
        }
        let focus = self.try_script("return document.activeElement?.outerHTML.slice(0, 200);", &[]).unwrap_or_default();
        panic!(
            "{what}\n\npicture: {}\nfocus: {focus}\n\non the screen:\n{}\n\nprinted:\n{}",
            file.display(),
            self.visible_text(),
            self.output()
        );
    }

    fn elements(&self, find: &Find) -> Vec<Element> {
        let found = self.try_script(&format!("{FIND}; return find(arguments[0]);"), &[find.json()]).unwrap_or_default();
        let ids = found.as_array().into_iter().flatten().filter_map(|item| item[ELEMENT].as_str());
        ids.map(|id| Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned()))).collect()
    }

    /// `None` while the page is being replaced or an element went away under the script.
    fn try_script(&self, source: &str, args: &[Value]) -> Option<Value> {
        self.run(self.client.execute(source, args.to_vec())).ok()
    }
}

fn with_element(body: &str) -> String {
    format!(
        "{FIND}; const element = find(arguments[0])[0]; if (!element) return {{}}; return {{ found: (() => {{ {body} }})() ?? null }};"
    )
}
