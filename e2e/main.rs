//! The site in a browser: the program itself as a process, Debian's chromium, axe-core on every page.
//!
//! One test with one server and one browser, so that it never runs beside itself. What is wrong is gathered and told
//! at the end.

mod axe;
mod bokforing;
mod browser;
mod ekonomi;
mod skriva;
mod uppfoljningsfil;
mod vagar;

use browser::{Browser, Program};
use std::path::{Path, PathBuf};

/// The half-year that most pages are looked at, with its kännedomsdatum.
const TID: &str = "period=2022-H1&per=2022-08-30";

/// A path within the project.
fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// What the test needs and the machine has not.
fn missing() -> Vec<&'static str> {
    let program = |name: &str| {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
    };
    let mut missing = Vec::new();
    if !program("chromium") {
        missing.push("Debian's package chromium");
    }
    if !program("chromedriver") {
        missing.push("Debian's package chromium-driver");
    }
    if !project(axe::FILE).is_file() {
        missing.push("axe-core in target/axe (./test fetches it)");
    }
    missing
}

#[tokio::test(flavor = "multi_thread")]
async fn the_site_in_a_browser() {
    let missing = missing();
    if !missing.is_empty() {
        assert!(std::env::var("SAMSYN_HOPPA").is_ok_and(|value| value == "1"), "missing: {}", missing.join(", "));
        println!("Left out, missing: {}", missing.join(", "));
        return;
    }
    let program = Program::start();
    let browser = Browser::start(program.site.clone()).await;
    let mut wrong = Vec::new();
    // Only some of it, when one looks for a fault: SAMSYN_E2E=axe, vagar, import, uppfoljningsfil, ekonomi, bokforing or skriva.
    let only = std::env::var("SAMSYN_E2E").unwrap_or_default();
    let runs = |name: &str| only.is_empty() || only == name;
    if runs("vagar") {
        vagar::every_role_by_keyboard(&browser, &mut wrong).await;
        vagar::the_list_is_limited(&browser, &mut wrong).await;
    }
    if runs("axe") {
        axe::every_page(&browser, &mut wrong).await;
        axe::every_role(&browser, &mut wrong).await;
    }
    if runs("import") {
        vagar::a_package(&browser, &mut wrong).await;
    }
    if runs("uppfoljningsfil") {
        uppfoljningsfil::three_lists(&browser, &mut wrong).await;
    }
    if runs("ekonomi") {
        ekonomi::all(&browser, &mut wrong).await;
    }
    if runs("bokforing") {
        bokforing::all(&browser, &mut wrong).await;
    }
    if runs("skriva") {
        let other = Browser::start(program.site.clone()).await;
        skriva::all(&browser, &other, &mut wrong).await;
        other.close().await;
    }
    browser.close().await;
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{} things:\n{}", wrong.len(), wrong.join("\n"));
}
