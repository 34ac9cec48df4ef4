//! Writing without a script in the browser.

use super::{begin, must, on, stands, version};
use crate::browser::Browser;
use fantoccini::Locator;

/// Writes instead of what stands in the field.
async fn fill_over(browser: &Browser, text: &str) {
    browser.client.find(Locator::Css(".skrivruta textarea")).await.unwrap().clear().await.unwrap();
    browser.fill(".skrivruta textarea", text).await;
}

const SAVE: &str = ".skrivruta [value=spara]";
const HEADINGS: &str =
    "return [...document.querySelectorAll('.document h2')].map(one => one.textContent.trim()).join('|')";

/// Writing, a conflict, back to the generated text, other sections in another order.
pub async fn all_without_script(browser: &Browser, other: &Browser, wrong: &mut Vec<String>) {
    browser.log_in("kansli").await;
    other.log_in("forbundschef").await;
    let nr = begin(browser, "tjansteskrivelse", "2022-H1", "2022-08-30").await;
    browser.go(&version(nr, "")).await;
    let headings = browser.text(HEADINGS).await;
    let place = browser.text("return document.querySelector('.plats').id.slice(6)").await;
    let at = format!("document.querySelector('#plats-{place}').innerText");
    let generated = stands(browser, nr, &place).await;
    for browser in [browser, other] {
        browser.scripts(false).await;
    }
    // Two open the form of one place, and save one after the other.
    for browser in [browser, other] {
        browser.go(&version(nr, "")).await;
        on(browser, &format!("#plats-{place} .skriv"), "document.querySelector('.skrivruta textarea')").await;
        assert_eq!(browser.js("return typeof htmx").await, "undefined", "there is a script all the same");
    }
    fill_over(browser, "## Egen rubrik\n\nSkrivet *utan* skript om {nyckeltal/deltagit/antal} personer.").await;
    on(browser, SAVE, "location.hash.startsWith('#plats-')").await;
    let told = browser.text(&format!("return {at}")).await;
    let seen = ["Egen rubrik", "Skrivet utan skript om 277 personer.", "Skriven av"].map(|words| told.contains(words));
    must(wrong, seen == [true; 3], || format!("without script stands: {told}"));
    fill_over(other, "Den andras text.").await;
    on(other, SAVE, "document.querySelector('pre.annans')").await;
    let theirs = other.text("return document.querySelector('pre.annans').innerText").await;
    let mine = other.text("return document.querySelector('.skrivruta textarea').value").await;
    let both = theirs.contains("Skrivet *utan* skript") && mine == "Den andras text.";
    must(wrong, both, || format!("conflict without script: {theirs} / {mine}"));
    on(other, SAVE, "location.hash.startsWith('#plats-')").await;
    must(wrong, other.text(&format!("return {at}")).await.contains("Den andras text."), || "not saved".to_owned());

    // Back to what the figures say.
    on(browser, &format!("#plats-{place} .skriv"), "document.querySelector('[value=generera]')").await;
    on(browser, ".skrivruta [value=generera]", "location.hash.startsWith('#plats-')").await;
    let told = browser.text(&format!("return {at}")).await;
    must(wrong, !told.contains("Den andras text.") && !told.contains("Skriven av"), || format!("not back: {told}"));

    // Another order, another heading, a section left out and one of one's own.
    browser.click(".versionssteg a[href$='/ordning']").await;
    assert!(browser.until("document.querySelector('.ordning')").await);
    on(browser, ".ordning li:first-child [value=ner]", "document.querySelector('.besked')").await;
    on(browser, ".ordning li:nth-child(3) [value=utelamna]", "document.querySelector('.utelamnat')").await;
    browser.fill("#ny-rubrik", "Frågor att ta upp").await;
    on(browser, "[value=nytt]", "document.querySelector('#rubrik-eget-1')").await;
    browser.client.find(Locator::Css("#rubrik-eget-1")).await.unwrap().clear().await.unwrap();
    browser.fill("#rubrik-eget-1", "Frågor till styrelsen").await;
    on(browser, "li:last-child [value=kalla]", "document.querySelector('.besked')").await;
    browser.go(&version(nr, "")).await;
    let mut wanted: Vec<&str> = headings.split('|').collect();
    wanted.swap(0, 1);
    wanted.remove(2);
    wanted.push("Frågor till styrelsen");
    let now = browser.text(HEADINGS).await;
    must(wrong, now == wanted.join("|"), || format!("sections: {now}, wanted {}", wanted.join("|")));
    on(browser, "#plats-eget-1 .skriv", "document.querySelector('.skrivruta textarea')").await;
    browser.fill(".skrivruta textarea", "- en\n- två").await;
    on(browser, SAVE, "document.querySelector('#plats-eget-1 li')").await;

    // Figures to copy are found by words.
    browser.go(&version(nr, "/siffror")).await;
    browser.fill("[name=sok]", "deltagit antal").await;
    on(browser, ".urval button", "document.querySelector('.valj-siffra')").await;
    let found = browser.words().await;
    must(wrong, found.contains("{nyckeltal/deltagit/antal}"), || found);
    for browser in [browser, other] {
        browser.scripts(true).await;
    }
    browser.go(&version(nr, "")).await;
    must(wrong, stands(browser, nr, &place).await == generated, || "the generated text is not what it was".to_owned());
}
