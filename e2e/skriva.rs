//! Reports are written, reviewed, locked and compared in the browser, by one and by two at a time.

mod redigeraren;
mod sidor;
mod tabeller;
mod tva;
mod utan_skript;

use super::browser::Browser;
use super::{TID, vagar};
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::{Value, json};

/// Everything about writing; `other` is a second person's browser.
pub async fn all(browser: &Browser, other: &Browser, wrong: &mut Vec<String>) {
    browser.log_in("kansli").await;
    other.log_in("forbundschef").await;
    // Only one of them, when one looks for a fault: SAMSYN_E2E_DEL=helheten, redigeraren, tva, utan or sidor.
    let only = std::env::var("SAMSYN_E2E_DEL").unwrap_or_default();
    let runs = |name: &str| only.is_empty() || only == name;
    if runs("redigeraren") {
        redigeraren::the_editor(browser, wrong).await;
    }
    if runs("tva") {
        tva::of_two_who_write_one_chooses(browser, other, wrong).await;
    }
    if runs("utan") {
        utan_skript::all_without_script(browser, other, wrong).await;
    }
    if runs("sidor") {
        sidor::every_page(browser, other, wrong).await;
    }
    if runs("helheten") {
        from_draft_to_board(browser, wrong).await;
    }
}

/// Notes what is not so.
fn must(wrong: &mut Vec<String>, so: bool, told: impl FnOnce() -> String) {
    if !so {
        wrong.push(told());
    }
}

/// Sends a form as a page of the site would: status and where it led.
async fn post(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> (u64, String) {
    let send = "fetch(arguments[0], { method: 'POST', body: new URLSearchParams(arguments[1]) })
        .then(answer => done([answer.status, answer.url]), error => done([0, String(error)]));";
    let got = browser.later(send, vec![json!(path), json!(fields)]).await;
    (got[0].as_u64().unwrap_or(0), got[1].as_str().unwrap_or_default().to_owned())
}

/// Begins a report on a half-year; the version's number.
async fn begin(browser: &Browser, slag: &str, period: &str, per: &str) -> i64 {
    let fields = [("slag", slag), ("period", period), ("per", per)];
    let (status, to) = post(browser, "/f/uppsala-lan/versioner", &fields).await;
    assert_eq!(status, 200, "{to}");
    number(&to)
}

/// The version's number in an address.
fn number(address: &str) -> i64 {
    let (_, rest) = address.split_once("/version/").unwrap_or_else(|| panic!("{address}"));
    rest.split(['?', '/', '#']).next().unwrap().parse().unwrap()
}

fn version(nr: i64, rest: &str) -> String {
    format!("/f/uppsala-lan/version/{nr}{rest}")
}

/// Opens the editor at a place of a version.
async fn open(browser: &Browser, nr: i64, plats: &str) {
    browser.go(&version(nr, "")).await;
    browser.click(&format!("#plats-{plats} .skriv")).await;
    assert!(browser.until("document.activeElement.matches('.redigerare')").await, "no editor at {plats}");
}

/// Writes in the editor instead of what stands there.
async fn write_over(browser: &Browser, text: &str) {
    browser.press_ctrl('a').await;
    browser.press(Key::Delete.into()).await;
    browser.keys(text).await;
}

/// What the editor would save.
async fn written(browser: &Browser) -> String {
    browser.text("return document.querySelector('.skrivruta textarea').value").await
}

/// What the editor says of saving.
async fn told(browser: &Browser) -> String {
    browser.text("return document.querySelector('.sparad').textContent").await
}

async fn is_saved(browser: &Browser) -> bool {
    browser.until("document.querySelector('.sparad').textContent.startsWith('Sparat ')").await
}

/// What stands saved at a place, and what the editor would show of it.
async fn stands(browser: &Browser, nr: i64, plats: &str) -> String {
    let read = "fetch(arguments[0]).then(answer => answer.text()).then(text =>
        done(new DOMParser().parseFromString(text, 'text/html').querySelector('textarea').value), error => done(String(error)));";
    let got = browser.later(read, vec![json!(version(nr, &format!("/skriv?plats={plats}")))]).await;
    got.as_str().unwrap_or_default().to_owned()
}

/// Goes on by a button of the page and waits for the next one.
async fn on(browser: &Browser, button: &str, there: &str) {
    browser.js("window.harVarit = true").await;
    browser.click(button).await;
    let come = format!("!window.harVarit && document.readyState == 'complete' && ({there})");
    assert!(browser.until(&come).await, "{button} leads to {}: {}", browser.path().await, browser.words().await);
}

/// Marks as read through, and locks.
async fn lock(browser: &Browser) {
    on(browser, "[value=granska]", "document.querySelector('.versionslage.granskning')").await;
    browser.click(".kryss input").await;
    on(browser, "form[action$='/las'] button", "document.querySelector('.versionslage.last')").await;
}

/// A report from its first words to the board's decision, and the next version of it.
async fn from_draft_to_board(browser: &Browser, wrong: &mut Vec<String>) {
    browser.log_in("kansli").await;
    browser.go(&format!("/f/uppsala-lan/rapport?{TID}")).await;
    on(browser, ".borja button", "document.querySelector('.versionslage.utkast')").await;
    let nr = number(&browser.path().await);
    browser.click("#plats-bakgrund .skriv").await;
    assert!(browser.until("document.activeElement.matches('.redigerare')").await, "the editor has no focus");
    // A figure, by keyboard alone, in the middle of what is written.
    write_over(browser, "Hittills har  deltagit.").await;
    for _ in 0.." deltagit.".len() {
        browser.press(Key::Left.into()).await;
    }
    browser.press_ctrl('m').await;
    assert!(browser.until("document.activeElement.matches('.siffervalet input')").await, "no dialog");
    browser.keys("deltagit antal").await;
    browser.press(Key::Enter.into()).await;
    assert!(browser.until("!document.querySelector('dialog')").await, "Enter picks no figure");
    browser.keys(" personer").await;
    must(wrong, is_saved(browser).await, || "the editor does not say that it has saved".to_owned());
    let text = written(browser).await;
    must(wrong, text == "Hittills har {nyckeltal/deltagit/antal} personer deltagit.", || {
        format!("the figure is not put where one writes: {text:?}")
    });
    on(browser, ".stang", "location.hash == '#plats-bakgrund'").await;
    let place = browser.text("return document.querySelector('#plats-bakgrund').innerText").await;
    must(wrong, place.contains("Hittills har 277 personer deltagit.") && place.contains("Skriven av"), || {
        format!("the place reads {place:?}")
    });
    let linked = browser.text("return document.querySelector('#plats-bakgrund p a').textContent").await;
    must(wrong, linked == "277", || format!("the figure in the text leads nowhere: {linked}"));

    // Review: a comment stands at its place, and stops the lock until it is resolved.
    on(browser, "[value=granska]", "document.querySelector('#kommentar')").await;
    browser.client.find(Locator::Css("#plats")).await.unwrap().select_by_value("bakgrund").await.unwrap();
    browser.click("#plats-bakgrund .kommentera summary").await;
    browser.fill("#plats-bakgrund .kommentera textarea", "Hur många året före?").await;
    on(browser, "#plats-bakgrund .kommentera button", "document.querySelector('#plats-bakgrund .vid-platsen')").await;
    browser.click(".kryss input").await;
    on(browser, "form[action$='/las'] button", "document.querySelector('.felruta')").await;
    let alert = browser.text("return document.querySelector('.felruta').innerText").await;
    must(wrong, alert.contains("En kommentar är inte löst"), || alert);
    on(browser, ".kommentarer button", "document.querySelector('.kommentarer .lost')").await;
    browser.click(".kryss input").await;
    on(browser, "form[action$='/las'] button", "document.querySelector('.versionslage.last')").await;
    must(wrong, browser.words().await.contains("Kontrollsumma (SHA-256)"), || "låst without seal".to_owned());
    must(wrong, browser.js("return !document.querySelector('.skriv')").await == true, || "låst, and open".to_owned());

    corrected_afterwards(browser, nr, wrong).await;

    // The next version has the text, sees what is known, and is locked in its turn.
    browser.go(&version(nr, "")).await;
    on(browser, "[value=ny_version]", "document.querySelector('.versionslage.utkast')").await;
    let next = number(&browser.path().await);
    let words = browser.words().await;
    must(wrong, next != nr && words.contains("version 2") && words.contains("personer deltagit."), || words);
    lock(browser).await;
    browser.go(&version(next, &format!("/jamfor?med={nr}"))).await;
    let words = browser.words().await;
    must(wrong, words.contains("Före: version 1, känt per 30 augusti 2022. Efter: version 2, känt per"), || {
        format!("two låsta compared: {words}")
    });
    browser.go(&version(next, "")).await;
    browser.fill("[name=paragraf]", "§ 45").await;
    on(browser, "form[action$='/behandla'] button", "document.querySelector('.versionslage.behandlad')").await;
    let words = browser.words().await;
    must(wrong, words.contains("Lagd till handlingarna, § 45"), || words);
}

/// A fact is corrected after the lock: what was locked stands, and the difference is told with why, also as a PDF.
async fn corrected_afterwards(browser: &Browser, nr: i64, wrong: &mut Vec<String>) {
    let frozen = browser.text("return document.querySelector('.document').innerText").await;
    let folder = tempfile::tempdir().unwrap();
    let row = "ost-bryggan;2022-K1;367962;2022-04-28";
    let files = vagar::package(folder.path(), "rekvisitioner.csv", row, &row.replace("367962", "567962"));
    browser.go("/f/uppsala-lan/import").await;
    browser.fill("#filer", &files).await;
    on(browser, ".slapp button", "document.querySelector('#skal')").await;
    browser.fill("#skal", "Beloppet var fel när rapporten låstes").await;
    on(browser, "button[value=las]", "location.search == '?besked=last'").await;
    browser.go(&version(nr, "")).await;
    let now = browser.text("return document.querySelector('.document').innerText").await;
    must(wrong, now == frozen, || "what was låst has changed with the facts".to_owned());
    browser.go(&version(nr, "/jamfor")).await;
    let facts = browser
        .js("return [...document.querySelectorAll('.fakta li')].map(one => one.textContent.replace(/\\s+/g, ' '))")
        .await;
    let facts: Vec<&str> = facts.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let why = facts.iter().find(|fact| fact.contains("Beloppet var fel när rapporten låstes"));
    must(wrong, why.is_some_and(|fact| fact.contains("367") && fact.contains("567")), || {
        format!("the correction is not told among {} facts: {why:?}", facts.len())
    });
    let fetch = "fetch(document.querySelector('a[download][href*=bilaga]').href).then(async answer => {
            const bytes = new Uint8Array(await answer.arrayBuffer());
            done([answer.status, answer.headers.get('content-type'), String.fromCharCode(...bytes.slice(0, 5)), bytes.length]);
        }, error => done([String(error)]));";
    let got = browser.later(fetch, Vec::new()).await;
    let is_pdf = got[0] == 200 && got[1] == "application/pdf" && got[2] == "%PDF-";
    must(wrong, is_pdf && got[3].as_u64().unwrap_or(0) > 5_000, || format!("the appendix: {got}"));
}
