//! axe-core on the pages for writing, in every state and every way of seeing them.

use super::{begin, is_saved, lock, must, on, open, post, stands, told, version, write_over};
use crate::axe::every_way;
use crate::browser::Browser;
use fantoccini::Locator;

pub async fn every_page(browser: &Browser, other: &Browser, wrong: &mut Vec<String>) {
    browser.log_in("kansli").await;
    other.log_in("forbundschef").await;
    let nr = begin(browser, "tjansteskrivelse", "2023-H1", "2023-08-30").await;
    as_draft(browser, other, nr, wrong).await;
    without_script(browser, nr, wrong).await;
    // An empty list of versions, as one who reads no drafts has it.
    other.log_in("revisor").await;
    other.go("/f/uppsala-lan/versioner").await;
    every_way(other, "versioner, revisor", wrong).await;
    browser.go("/f/uppsala-lan/versioner").await;
    every_way(browser, "versioner", wrong).await;
    reviewed_and_locked(browser, nr, wrong).await;
    browser.go("/f/uppsala-lan/diarium").await;
    every_way(browser, "diarium", wrong).await;
    on(browser, "main form button", "document.querySelector('.felruta, .felmeddelande')").await;
    every_way(browser, "diarium med fel", wrong).await;
}

/// A draft with a wrong number, an open editor, its dialog, and a conflict.
async fn as_draft(browser: &Browser, other: &Browser, nr: i64, wrong: &mut Vec<String>) {
    browser.go(&version(nr, "")).await;
    every_way(browser, "version, utkast", wrong).await;
    let place = browser.text("return document.querySelector('.plats').id.slice(6)").await;
    open(browser, nr, &place).await;
    write_over(browser, "Sammantaget har 278 deltagare deltagit i insatserna.").await;
    assert!(is_saved(browser).await, "{}", told(browser).await);
    let remarked = browser.until("document.querySelector('.skriv-anm .anmarkningar')").await;
    must(wrong, remarked, || "a wrong number is not pointed out as one writes".to_owned());
    every_way(browser, "version, öppen redigerare med anmärkning", wrong).await;
    browser.press_ctrl('m').await;
    assert!(browser.until("document.querySelector('dialog [data-skrivs]')").await, "no figures");
    every_way(browser, "version, siffervalet", wrong).await;
    browser.press(fantoccini::key::Key::Escape.into()).await;
    assert!(browser.until("!document.querySelector('dialog')").await);
    // Someone else at the same place, and then in the way.
    open(other, nr, &place).await;
    write_over(other, "Den andras text.").await;
    assert!(is_saved(other).await, "{}", told(other).await);
    write_over(browser, "Sammantaget har 279 deltagare deltagit i insatserna.").await;
    assert!(browser.until("document.querySelector('.krock')").await, "no conflict");
    must(wrong, browser.until("document.querySelector('.ar-har')").await, || "no presence".to_owned());
    every_way(browser, "version, två texter att välja mellan", wrong).await;
    browser.click(".krock .knapp:not(.tyst)").await;
    assert!(is_saved(browser).await, "{}", told(browser).await);
    on(browser, ".stang", "document.querySelector('.platsfot .anmarkningar')").await;
    every_way(browser, "version, utkast med anmärkning", wrong).await;
    let open_too = version(nr, &format!("/skriv?plats={place}"));
    browser.go(&open_too).await;
    every_way(browser, "skrivsida", wrong).await;
    browser.go(&version(nr, "/ordning")).await;
    every_way(browser, "ordning", wrong).await;
    on(browser, "li:nth-child(2) [value=utelamna]", "document.querySelector('.utelamnat')").await;
    every_way(browser, "ordning, ett utelämnat", wrong).await;
    let stale = "document.querySelectorAll('[name=last]').forEach(one => { one.value = '0'; })";
    browser.js(stale).await;
    on(browser, ".ordning li:first-child [value=ner]", "document.querySelector('.felruta')").await;
    every_way(browser, "ordning, någon annan var före", wrong).await;
    on(browser, "[value=ta-med]", "!document.querySelector('.utelamnat')").await;
    for rest in ["/siffror", "/siffror?sok=xyzzy", "/siffror?sok=deltagit"] {
        browser.go(&version(nr, rest)).await;
        every_way(browser, rest, wrong).await;
    }
}

/// The form without a script, and the page of a conflict there.
async fn without_script(browser: &Browser, nr: i64, wrong: &mut Vec<String>) {
    let place = browser_place(browser, nr).await;
    browser.scripts(false).await;
    browser.go(&version(nr, &format!("/skriv?plats={place}"))).await;
    browser.js("document.querySelector('.skrivruta [name=last]').value = '0'").await;
    browser.fill(".skrivruta textarea", "Min egen text. ").await;
    on(browser, ".skrivruta [value=spara]", "document.querySelector('pre.annans')").await;
    browser.scripts(true).await;
    every_way(browser, "krock utan skript", wrong).await;
}

async fn browser_place(browser: &Browser, nr: i64) -> String {
    browser.go(&version(nr, "")).await;
    let place = browser.text("return document.querySelector('.plats').id.slice(6)").await;
    assert!(!stands(browser, nr, &place).await.is_empty());
    place
}

/// Review with comments, both wrong and resolved; låst, its figures, and what differs.
async fn reviewed_and_locked(browser: &Browser, nr: i64, wrong: &mut Vec<String>) {
    browser.go(&version(nr, "")).await;
    on(browser, "[value=granska]", "document.querySelector('#kommentar')").await;
    on(browser, "#kommentarer form[action$='/kommentar'] button", "document.querySelector('.felruta')").await;
    every_way(browser, "granskning, tom kommentar", wrong).await;
    for text in ["Stämmer antalet?", "Skriv om orsaken också."] {
        browser.fill("#kommentar", text).await;
        let there = format!("document.querySelector('.kommentarer').innerText.includes('{text}')");
        on(browser, "#kommentarer form[action$='/kommentar'] button", &there).await;
    }
    on(browser, ".kommentarer button", "document.querySelector('.kommentarer .lost')").await;
    every_way(browser, "granskning med kommentarer", wrong).await;
    on(browser, ".kommentarer button", "!document.querySelector('.kommentarer button')").await;
    on(browser, "[value=aterta]", "document.querySelector('.versionslage.utkast')").await;
    lock(browser).await;
    every_way(browser, "låst", wrong).await;
    let figure = browser.client.find(Locator::Css(".ark a.siffra")).await.unwrap();
    let figure = figure.attr("href").await.unwrap().unwrap_or_default();
    browser.go(&figure).await;
    every_way(browser, "siffra i låst", wrong).await;
    browser.go(&version(nr, "/jamfor")).await;
    every_way(browser, "jämför", wrong).await;
    let (status, to) = post(browser, &version(nr, "/steg"), &[("steg", "ny_version")]).await;
    assert_eq!(status, 200, "{to}");
    browser.go(&version(nr, "")).await;
    every_way(browser, "låst, med en senare version", wrong).await;
}
