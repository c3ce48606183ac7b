//! The running app: one window, one WebDriver session, one home.

use crate::dialog::Keyboard;
use crate::glass::{self, Area, Watch};
use crate::keys;
use crate::processes::{Alone, Driver, Screen, run_once};
use crate::repo::{Home, Repo};
use crate::screens::app_binary;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// No single command takes this long, even on a busy machine.
const COMMAND: Duration = Duration::from_secs(20);

/// How the app is started.
#[derive(Debug, Default)]
pub struct Launch {
    home: Option<Rc<Home>>,
    argument: Option<PathBuf>,
    environment: Vec<(String, String)>,
    seen: bool,
}

impl Launch {
    /// With an empty home and no argument.
    #[must_use]
    pub fn new() -> Launch {
        Launch::default()
    }

    /// In the home of an earlier run.
    #[must_use]
    pub fn home(mut self, home: &Rc<Home>) -> Launch {
        self.home = Some(Rc::clone(home));
        self
    }

    /// With a path on the command line.
    #[must_use]
    pub fn open(mut self, path: impl Into<PathBuf>) -> Launch {
        self.argument = Some(path.into());
        self
    }

    /// With an environment variable.
    #[must_use]
    pub fn environment(mut self, key: &str, value: &str) -> Launch {
        self.environment.push((key.to_owned(), value.to_owned()));
        self
    }

    /// On a screen whose pixels can be watched.
    #[must_use]
    pub fn seen(mut self) -> Launch {
        self.seen = true;
        self
    }

    /// Starts it without a driver, as a person does, and ends it when it noted a moment in its log. The time between.
    #[must_use]
    pub fn until_mark(self, name: &str) -> Duration {
        let home = self.home.unwrap_or_default();
        let screen = Screen::start(false);
        let noted = || home.log().matches(&format!("mark {name} ")).count();
        let before = noted();
        let begun = Instant::now();
        let app = Alone::start(&app_binary(), self.argument.as_deref(), &screen, &home);
        while noted() == before {
            assert!(begun.elapsed() < COMMAND * 6, "the app never noted {name}\n{}", home.log());
            std::thread::sleep(Duration::from_millis(2));
        }
        let took = begun.elapsed();
        drop(app);
        took
    }

    /// Starts it without a driver, for what a driver does not survive.
    #[must_use]
    pub fn alone(self) -> Lone {
        let home = self.home.unwrap_or_default();
        let screen = Screen::start(false);
        let alone = Alone::start(&app_binary(), self.argument.as_deref(), &screen, &home);
        Lone { alone, screen, home }
    }

    /// Starts it and waits for the page.
    #[must_use]
    pub fn start(self) -> App {
        let home = self.home.unwrap_or_default();
        let screen = Screen::start(self.seen);
        let binary = app_binary();
        let args: Vec<_> = self.argument.iter().map(|path| path.display().to_string()).collect();
        let capabilities = json!({ "webkitgtk:browserOptions": { "binary": binary, "args": args } });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        // WebKitWebDriver now and then never answers its first request on a busy machine; a second one then does.
        for patience in [20, 60] {
            let driver = Driver::start(&screen, &home, &self.environment);
            match runtime.block_on(connect(&driver.url, &capabilities, Duration::from_secs(patience))) {
                Ok(Ok(client)) => {
                    return App { runtime, client, binary, driver: Some(driver), screen, home };
                }
                Ok(Err(error)) => panic!("the app did not start: {error}\n{}", tail(&home)),
                Err(_) => {}
            }
        }
        panic!("the app did not start in time\n{}", tail(&home));
    }
}

/// The app without a driver: what it does shows in its log, on the disk and on the screen.
#[derive(Debug)]
pub struct Lone {
    alone: Alone,
    screen: Screen,
    home: Rc<Home>,
}

impl Lone {
    /// Waits until the log has noted a moment of the page once more than `before` times.
    pub fn await_mark(&self, name: &str, before: usize) {
        let begun = Instant::now();
        while self.home.log().matches(&format!("mark {name} ")).count() <= before {
            assert!(begun.elapsed() < COMMAND * 3, "the app never noted {name}\n{}", self.home.log());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// How often the log has noted a moment of the page.
    #[must_use]
    pub fn marks(&self, name: &str) -> usize {
        self.home.log().matches(&format!("mark {name} ")).count()
    }

    /// Kills the process that draws the page, as a crash of the web view would.
    pub fn kill_page(&self) {
        self.alone.kill_page();
    }

    /// Presses Ctrl and a letter in its window, as a person does.
    pub fn press_control(&self, title: &str, letter: char) {
        let mut keyboard = Keyboard::new(&self.screen.display);
        let begun = Instant::now();
        let window = loop {
            if let Some(window) = keyboard.window(title) {
                break window;
            }
            assert!(begun.elapsed() < COMMAND, "no window is called {title:?}");
            std::thread::sleep(Duration::from_millis(5));
        };
        keyboard.press_control(window, letter);
    }
}

type Session = Result<Client, fantoccini::error::NewSessionError>;

async fn connect(url: &str, capabilities: &Value, patience: Duration) -> Result<Session, tokio::time::error::Elapsed> {
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities.as_object().cloned().unwrap_or_default());
    tokio::time::timeout(patience, builder.connect(url)).await
}

/// A running app. Every method that looks for something waits for it, up to a deadline.
#[derive(Debug)]
pub struct App {
    pub(crate) runtime: Runtime,
    pub(crate) client: Client,
    binary: PathBuf,
    driver: Option<Driver>,
    screen: Screen,
    home: Rc<Home>,
}

impl App {
    /// Starts the app on a repository.
    #[must_use]
    pub fn open(repo: &Repo) -> App {
        Launch::new().open(repo.root()).start()
    }

    /// The home it runs in, for a second start.
    #[must_use]
    pub fn home(&self) -> &Rc<Home> {
        &self.home
    }

    /// The display of its screen.
    pub(crate) fn display(&self) -> &str {
        &self.screen.display
    }

    /// Watches an area of the screen; the app was launched to be seen.
    #[must_use]
    pub fn watch(&self, area: Area) -> Watch {
        glass::watch(&self.screen.buffer().expect("launched with `seen`"), area)
    }

    /// Runs one WebDriver command. A driver that never answers is a failure, not a test that never ends.
    pub(crate) fn run<T>(&self, command: impl Future<Output = Result<T, CmdError>>) -> Result<T, String> {
        let answer = self.runtime.block_on(async { tokio::time::timeout(COMMAND, command).await });
        match answer {
            Ok(answer) => answer.map_err(|error| error.to_string()),
            Err(_) => Err(format!("WebDriver gave no answer within {} s", COMMAND.as_secs())),
        }
    }

    /// Starts the app again in this home, as a person does who does not know that it runs. Waits for the end of that start
    /// and tells whether it was content.
    pub fn start_again(&self, folder: &Path, argument: &str) -> bool {
        run_once(&self.binary, folder, argument, &self.screen, &self.home)
    }

    /// Kills the app at once, as a crash would (`kill -9`), and ends the session.
    pub fn crash(mut self) {
        if let Some(driver) = self.driver.take() {
            driver.kill_app(&self.binary);
        }
    }

    /// Ends the app by its own action and waits until it is gone.
    pub fn quit(mut self) {
        // The app may be gone before the driver has heard of the key; what counts is that it ends.
        let _ = self.run(self.client.perform_actions(keys::chords("Mod+Q")));
        if let Some(driver) = self.driver.take() {
            driver.await_end(&self.binary);
        }
    }

    /// Runs JavaScript in the page; `arguments` are `args`.
    pub fn script(&self, source: &str, args: &[Value]) -> Value {
        let answer = self.run(self.client.execute(source, args.to_vec()));
        answer.unwrap_or_else(|error| self.fail(&format!("script failed: {error}\n{}", head(source))))
    }

    /// Runs JavaScript that calls its last argument when done.
    pub fn script_async(&self, source: &str, args: &[Value]) -> Value {
        let answer = self.run(self.client.execute_async(source, args.to_vec()));
        answer.unwrap_or_else(|error| self.fail(&format!("script failed: {error}\n{}", head(source))))
    }

    /// What the app and its driver printed last.
    #[must_use]
    pub fn output(&self) -> String {
        tail(&self.home)
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // Closing is a courtesy that lets the app end by itself; the driver's group is killed in any case.
        if let Some(driver) = self.driver.take() {
            let client = self.client.clone();
            let _ = self.runtime.block_on(async { tokio::time::timeout(Duration::from_secs(5), client.close()).await });
            drop(driver);
        }
    }
}

fn head(source: &str) -> String {
    source.chars().take(400).collect()
}

fn tail(home: &Home) -> String {
    let text = std::fs::read(home.output()).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(30)..].join("\n")
}
