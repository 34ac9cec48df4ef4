//! The ekonom's way: fees tried, a plan changed by keyboard, an application switched, the address opened by the board.

use super::browser::Browser;
use super::{axe, vagar};
use fantoccini::key::Key;
use serde_json::json;

const PLAN: &str = "/f/uppsala-lan/beslutsutrymme?mote=2018-03-16";
const ANDRA: &str = "/f/uppsala-lan/beslutsutrymme/2018-03-16/andra";
/// What is left in each year with every application, and without the one that the plan has: 92, 110, 110 and 73 tkr less,
/// and what they took of the years before. The fees of 2019 are 1 000 tkr more than in the demo.
const MED: &str = "8 556 2 393 4 257 10 370 22 680";
const UTAN: &str = "8 556 2 485 4 459 10 682 23 065";

const LEFT: &str =
    "return [...document.querySelectorAll('article td a[href*=\"/beslutsutrymme_efter_ej_beslutade/\"]')]
    .map(cell => cell.innerText.replace(/\\s/g, ' ')).join(' ');";

async fn ready(browser: &Browser, script: &str) {
    let so = format!("({script}) && document.readyState == 'complete'");
    assert!(browser.until(&so).await, "{script}: {} {}", browser.path().await, browser.words().await);
}

/// An amount of the plan is changed and saved, with the keyboard alone.
async fn change_by_keyboard(browser: &Browser, wrong: &mut Vec<String>) {
    browser.go(PLAN).await;
    let to_change = async |wrong: &mut Vec<String>| {
        vagar::tab_until(browser, wrong, 60, "document.activeElement.innerText == 'Ändra planen'").await
    };
    assert!(to_change(wrong).await, "no way to change the plan by Tab");
    browser.press(Key::Enter.into()).await;
    ready(browser, "location.pathname.endsWith('/andra')").await;
    axe::every_way(browser, ANDRA, wrong).await;
    let fees = "document.activeElement.getAttribute('aria-label') == 'Medlemsavgifter, 2019'";
    assert!(vagar::tab_until(browser, wrong, 60, fees).await, "no amount by Tab");
    browser.press_ctrl('a').await;
    browser.keys("23000").await;
    // Enter saves, it does not add a year; without a reason it is told what lacks, and the amount is kept.
    browser.press(Key::Enter.into()).await;
    ready(browser, "document.querySelector('.felruta')").await;
    let words = browser.words().await;
    if !words.contains("Skriv varför planen ändras") || words.contains("ingen kolumn") {
        wrong.push(format!("Enter in an amount: {words}"));
    }
    axe::every_way(browser, &format!("{ANDRA} utan skäl"), wrong).await;
    // The remedy is a link to its field.
    let to_field = "document.activeElement.getAttribute('href') == '#skal'";
    assert!(vagar::tab_until(browser, wrong, 20, to_field).await, "no link to the field");
    browser.press(Key::Enter.into()).await;
    let here = "location.hash == '#skal'";
    assert!(browser.until(here).await);
    if browser.text("return document.activeElement.id").await != "skal" {
        assert!(vagar::tab_until(browser, wrong, 3, "document.activeElement.id == 'skal'").await, "no reason by Tab");
    }
    browser.keys("Inför mötet").await;
    browser.press(Key::Enter.into()).await;
    ready(browser, "location.search == '?mote=2018-03-16&besked=plan'").await;
    let left = browser.text(LEFT).await;
    if left != MED {
        wrong.push(format!("after the change {left}"));
    }
}

/// The application's switch, by Space: the table is another, the page is not fetched anew, the address tells.
async fn switch(browser: &Browser, wrong: &mut Vec<String>) -> String {
    browser.go(PLAN).await;
    browser.js("window.samma = true").await;
    let switch = "document.activeElement.name && document.activeElement.name.startsWith('med-')";
    assert!(vagar::tab_until(browser, wrong, 60, switch).await, "no switch by Tab");
    browser.press(' ').await;
    assert!(browser.until("location.search.includes('utan=')").await, "{}", browser.path().await);
    assert!(browser.until(&format!("(() => {{ {LEFT} }})() == '{UTAN}'")).await, "{}", browser.text(LEFT).await);
    if browser.js("return window.samma === true").await != true {
        wrong.push("the whole page was fetched anew, though there is a script".to_owned());
    }
    let address = browser.path().await;
    if address != format!("{PLAN}&utan=ej_beslutade.tillaggsansokan-bryggan-osthammar") {
        wrong.push(format!("the address to share is {address}"));
    }
    if !browser.text("return document.activeElement.name || document.activeElement.tagName").await.starts_with("med-") {
        wrong.push("focus is lost when an application is switched".to_owned());
    }
    // The files of the page are of what is shown.
    let links = "return [...document.querySelectorAll('.ladda-ner a[download]')].map(a => a.search)
        .filter(search => !search.includes('utan=')).length";
    if browser.js(links).await != 0 {
        wrong.push("files to download are not of what is counted".to_owned());
    }
    browser.client.back().await.unwrap();
    if !browser.until(&format!("(() => {{ {LEFT} }})() == '{MED}'")).await {
        wrong.push(format!("back shows {}", browser.text(LEFT).await));
    }
    // The same without a script, by the button.
    browser.scripts(false).await;
    browser.go(PLAN).await;
    browser.click("input[name^='med-']").await;
    browser.click(".urval.bred button").await;
    assert!(browser.until("location.search.includes('utan=')").await, "{}", browser.path().await);
    if browser.path().await != address || browser.text(LEFT).await != UTAN {
        wrong.push(format!("without a script {} {}", browser.path().await, browser.text(LEFT).await));
    }
    browser.scripts(true).await;
    address
}

/// A member of the board opens the address, sees the same, and fetches the paper.
async fn the_board_sees_the_same(browser: &Browser, address: &str, wrong: &mut Vec<String>) {
    browser.log_in("ledamot").await;
    browser.go(address).await;
    let left = browser.text(LEFT).await;
    if left != UTAN {
        wrong.push(format!("the board sees {left}"));
    }
    if browser.words().await.contains("Ändra planen") {
        wrong.push("the board is offered to change the plan".to_owned());
    }
    axe::every_way(browser, address, wrong).await;
    let fetch = "fetch(document.querySelector('a[download][href*=\".pdf\"]').href).then(async answer => {
        const bytes = new Uint8Array(await answer.arrayBuffer());
        done([answer.status, String.fromCharCode(...bytes.slice(0, 5)), bytes.length]);
    });";
    let got = browser.later(fetch, Vec::new()).await;
    if got[0] != 200 || got[1] != "%PDF-" || got[2].as_u64().unwrap_or(0) < 10_000 {
        wrong.push(format!("the PDF: {got}"));
    }
    browser.click("article td a[href*='/beslutsutrymme_efter_ej_beslutade/2021']").await;
    ready(browser, "document.querySelector('#siffran')").await;
    let words = browser.words().await;
    if !words.contains("23 065 tkr") || !words.contains("Regel") {
        wrong.push(format!("the figure is not explained: {words}"));
    }
    axe::this(browser, "siffra i planen", wrong).await;
}

/// What is on the screen to do something with is not on paper.
async fn on_paper(browser: &Browser, wrong: &mut Vec<String>) {
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    for (path, paper) in
        [(PLAN, "article"), ("/f/uppsala-lan/avgifter?ar=2022", "article"), ("/f/uppsala-lan/ekonomi", "table")]
    {
        browser.go(path).await;
        let seen = format!(
            "return [...document.querySelectorAll('main :is({paper}, button, summary, input, select)')]
                .filter(one => one.checkVisibility()).map(one => one.tagName.toLowerCase())
                .filter((one, at, all) => all.indexOf(one) == at).join(' ')"
        );
        if browser.text(&seen).await != paper {
            wrong.push(format!("{path} on paper: {}", browser.text(&seen).await));
        }
    }
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "" })).await;
}

/// All of it.
pub async fn all(browser: &Browser, wrong: &mut Vec<String>) {
    browser.log_in("ekonom").await;
    for path in [
        "ekonomi",
        "avgifter?ar=2022",
        "avgifter?ar=2024&totalt=24000000",
        "avgiftsunderlag",
        "prognos?ar=2022",
        "beslutsutrymme?mote=2022-10-20",
    ] {
        browser.go(&format!("/f/uppsala-lan/{path}")).await;
        axe::every_way(browser, path, wrong).await;
    }
    change_by_keyboard(browser, wrong).await;
    on_paper(browser, wrong).await;
    let address = switch(browser, wrong).await;
    the_board_sees_the_same(browser, &address, wrong).await;
}
