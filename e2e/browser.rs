//! The program and a browser as processes of our own, and what one does in a browser.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A process that ends when it is no longer needed.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Process {
    /// Starts it and reads what it prints up to a line that has what is looked for between two texts.
    fn start(command: &mut Command, before: &str, after: &str) -> (Process, String) {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let process = Process(child);
        let found = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, rest) = line.split_once(before)?;
            Some(rest.split_once(after)?.0.to_owned())
        });
        // What it prints later has to go somewhere.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        (process, found.unwrap_or_else(|| panic!("{command:?} ended without {before:?}")))
    }
}

/// The program with the demo, in a folder of its own.
pub struct Program {
    /// Where its site is.
    pub site: String,
    _process: Process,
    _folder: tempfile::TempDir,
}

impl Program {
    pub fn start() -> Program {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_samsyn"));
        command.args(["demo", "--port", "0"]).current_dir(folder.path());
        for name in ["SAMSYN_DATA", "SAMSYN_DATABAS", "SAMSYN_FORBUND", "SAMSYN_STORSTA_FIL"] {
            command.env_remove(name);
        }
        let (process, address) = Process::start(&mut command, "http://", ". Logga in");
        Program { site: format!("http://{address}"), _process: process, _folder: folder }
    }
}

/// A browser without a window, and the site that it looks at.
pub struct Browser {
    pub client: Client,
    pub site: String,
    _driver: Process,
    _profile: tempfile::TempDir,
}

/// A command of the browser's own protocol.
#[derive(Debug)]
struct Cdp(Value);

impl WebDriverCompatibleCommand for Cdp {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (axum::http::Method, Option<String>) {
        (axum::http::Method::POST, Some(self.0.to_string()))
    }
}

impl Browser {
    pub async fn start(site: String) -> Browser {
        let profile = tempfile::tempdir().unwrap();
        let (driver, port) = Process::start(
            Command::new("chromedriver").args(["--port=0", "--log-level=SEVERE"]).stderr(Stdio::null()),
            "started successfully on port ",
            ".",
        );
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--no-proxy-server",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--force-prefers-reduced-motion",
            "--lang=sv",
            "--window-size=1280,900",
            &format!("--user-data-dir={}", profile.path().display()),
        ];
        let wanted = json!({ "goog:chromeOptions": { "args": arguments }, "timeouts": { "script": 120_000 } });
        let Value::Object(wanted) = wanted else { unreachable!() };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(wanted).connect(&format!("http://127.0.0.1:{port}")).await.unwrap();
        Browser { client, site, _driver: driver, _profile: profile }
    }

    pub async fn close(self) {
        self.client.clone().close().await.unwrap();
    }

    pub async fn go(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.site)).await.unwrap();
    }

    /// The address without the site.
    pub async fn path(&self) -> String {
        let url = self.client.current_url().await.unwrap();
        url.as_str().trim_start_matches(&self.site).to_owned()
    }

    /// What a script returns.
    pub async fn js(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    pub async fn text(&self, script: &str) -> String {
        self.js(script).await.as_str().unwrap_or_default().to_owned()
    }

    /// What stands in the page's main part.
    pub async fn words(&self) -> String {
        self.text("return document.querySelector('main').innerText.replace(/\\s+/g, ' ')").await
    }

    pub async fn cdp(&self, command: &str, parameters: Value) {
        self.client.issue_cmd(Cdp(json!({ "cmd": command, "params": parameters }))).await.unwrap();
    }

    /// Presses one key: a character, or one of the keys of `fantoccini::key::Key`.
    pub async fn press(&self, key: char) {
        let actions = KeyActions::new("tangentbord".to_owned())
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key });
        self.client.perform_actions(actions).await.unwrap();
    }

    /// Presses a key while Ctrl is held.
    pub async fn press_ctrl(&self, key: char) {
        let control = fantoccini::key::Key::Control.into();
        let actions = KeyActions::new("tangentbord".to_owned())
            .then(KeyAction::Down { value: control })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: control });
        self.client.perform_actions(actions).await.unwrap();
    }

    /// Writes key by key where one is, without moving there first.
    pub async fn keys(&self, text: &str) {
        let mut actions = KeyActions::new("tangentbord".to_owned());
        for value in text.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.client.perform_actions(actions).await.unwrap();
    }

    /// With a script on the pages, or without.
    pub async fn scripts(&self, on: bool) {
        self.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": !on })).await;
    }

    pub async fn write(&self, text: &str) {
        self.client.active_element().await.unwrap().send_keys(text).await.unwrap();
    }

    pub async fn click(&self, selector: &str) {
        let found = self.client.find(Locator::Css(selector)).await;
        found.unwrap_or_else(|error| panic!("{selector}: {error}")).click().await.unwrap();
    }

    pub async fn fill(&self, selector: &str, text: &str) {
        let found = self.client.find(Locator::Css(selector)).await;
        found.unwrap_or_else(|error| panic!("{selector}: {error}")).send_keys(text).await.unwrap();
    }

    /// Waits until a script says that it is so; false when it takes too long.
    pub async fn until(&self, script: &str) -> bool {
        for _ in 0..100 {
            let now = self.client.execute(&format!("return !!({script})"), Vec::new()).await;
            if now.is_ok_and(|value| value == true) {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        false
    }

    /// What a script gives when it calls `done`.
    pub async fn later(&self, script: &str, arguments: Vec<Value>) -> Value {
        let script = format!("const done = arguments[arguments.length - 1];\n{script}");
        self.client.execute_async(&script, arguments).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Logs in as a role, without looking at how.
    pub async fn log_in(&self, role: &str) {
        self.client.delete_all_cookies().await.unwrap();
        self.go("/logga-in").await;
        self.fill("#epost", &format!("{role}@demo.exempel")).await;
        self.fill("#losenord", super::vagar::PASSWORD).await;
        self.click("main button").await;
        assert!(self.until("document.querySelector('.vem-namn') && document.readyState == 'complete'").await, "{role}");
    }
}
