//! The ekonom's way from a SIE file to a locked delårsrapport, and the auditor's from a printed figure to its vouchers.

use super::browser::Browser;
use super::{axe, project};
use serde_json::Value;

const RAPPORT: &str = "/f/uppsala-lan/bokslut?rapport=delarsrapport&ar=2022";

async fn ready(browser: &Browser, script: &str) {
    let so = format!("({script}) && document.readyState == 'complete'");
    assert!(browser.until(&so).await, "{script}: {} {}", browser.path().await, browser.words().await);
}

/// A file with another balance is looked at, and put away; the same as is held changes nothing.
async fn a_file_is_looked_at(browser: &Browser, wrong: &mut Vec<String>) {
    browser.go("/f/uppsala-lan/bokforing").await;
    axe::every_way(browser, "bokforing", wrong).await;
    let own = project("demo/ekonomi/2022-06-30.se").canonicalize().unwrap();
    browser.fill("#sie", own.to_str().unwrap()).await;
    browser.click("form[enctype] button").await;
    ready(browser, "document.querySelector('h1').innerText == 'Läs in bokföring'").await;
    let words = browser.words().await;
    if !words.contains("redan inläst så") || !words.contains("672 288,60") {
        wrong.push(format!("the file that is held: {words}"));
    }
    axe::every_way(browser, "bokföring som granskas", wrong).await;
    browser.click("button[value=avsta]").await;
    ready(browser, "location.search == '?besked=fil-avstadd'").await;
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("fel.se");
    std::fs::write(&page, "<html><body>Logga in</body></html>").unwrap();
    browser.fill("#sie", page.to_str().unwrap()).await;
    browser.click("form[enctype] button").await;
    ready(browser, "document.querySelector('.felruta')").await;
    if !browser.words().await.contains("Filen är en webbsida") {
        wrong.push(format!("a saved page: {}", browser.words().await));
    }
    axe::every_way(browser, "bokföring med fel fil", wrong).await;
}

/// The mappings are looked at, and a row that says nothing is told so at its field.
async fn mappings(browser: &Browser, wrong: &mut Vec<String>) {
    for tabell in ["rapportstruktur", "projektkopplingar", "kostnadsstallen", "schabloner"] {
        browser.go(&format!("/f/uppsala-lan/koppling?tabell={tabell}")).await;
        axe::every_way(browser, &format!("koppling {tabell}"), wrong).await;
    }
    browser.go("/f/uppsala-lan/koppling/rad?tabell=schabloner").await;
    axe::every_way(browser, "ny schablon", wrong).await;
    for (field, text) in
        [("ar", "2022"), ("belopp_kr", "180000"), ("kalla", "Styrelsen"), ("skal", "Styrelsen 2022, § 9")]
    {
        browser.fill(&format!("#{field}"), text).await;
    }
    browser.js("document.querySelector('#kommun').value = 'Östhammar'; document.querySelector('#forsorjning').value = 'försörjningsstöd'").await;
    browser.click("form.formular button").await;
    ready(browser, "location.search.includes('besked=sparat')").await;
    // What it was for: the PM tells of it, with its assumptions.
    browser.go("/f/uppsala-lan/rapport?period=2022-H1").await;
    let words = browser.words().await;
    if !words.contains("Minskad offentlig försörjning") || !words.contains("Efter omfattning") {
        wrong.push("the PM says nothing of public support".to_owned());
    }
}

/// The report is looked at, its files fetched, written in, locked and as it was.
async fn the_report(browser: &Browser, wrong: &mut Vec<String>) {
    browser.go(RAPPORT).await;
    axe::every_way(browser, RAPPORT, wrong).await;
    if !browser.words().await.contains("Räkenskaperna stämmer") {
        wrong.push("the accounts do not agree".to_owned());
    }
    let fetch = "Promise.all([...document.querySelectorAll('.ladda-ner > a[download]')].map(async link => {
        const answer = await fetch(link.href);
        return [link.innerText, answer.status, (await answer.arrayBuffer()).byteLength];
    })).then(done);";
    let got = browser.later(fetch, Vec::new()).await;
    let files: Vec<&Value> = got.as_array().map(|all| all.iter().collect()).unwrap_or_default();
    if files.len() != 6 || files.iter().any(|file| file[1] != 200 || file[2].as_u64().unwrap_or(0) < 5_000) {
        wrong.push(format!("the files: {got}"));
    }
    browser.go("/f/uppsala-lan/bokslut?rapport=arsredovisning&ar=2021").await;
    if !browser.words().await.contains("Årets resultat") {
        wrong.push("the årsredovisning of 2021 has no result".to_owned());
    }
    axe::this(browser, "årsredovisning", wrong).await;
}

/// From a printed figure to its accounts, and from an account to its vouchers; nothing to change on the way.
async fn the_auditor(browser: &Browser, wrong: &mut Vec<String>) {
    browser.log_in("revisor").await;
    browser.go(RAPPORT).await;
    browser.click("article a[href*='/siffra/resultatrakning/personal/2022-06-30']").await;
    ready(browser, "document.querySelector('#siffran')").await;
    axe::every_way(browser, "siffra i resultaträkningen", wrong).await;
    if !browser.words().await.contains("−2 744 551 kronor") {
        wrong.push(format!("the figure: {}", browser.words().await));
    }
    browser.click("a[href*='/bokforing/2022-06-30/konto/7210']").await;
    ready(browser, "document.querySelector('h1').innerText.startsWith('7210')").await;
    axe::every_way(browser, "verifikationer", wrong).await;
    let sum =
        browser.text("return [...document.querySelectorAll('tbody tr')].pop().innerText.replace(/\\s/g, ' ')").await;
    if !sum.contains("1 394 073") {
        wrong.push(format!("the vouchers sum to {sum}"));
    }
    browser.click(".stig a[href$='/bokforing/2022-06-30']").await;
    ready(browser, "document.querySelector('h1').innerText == 'Bokslut 2022-06-30'").await;
    axe::every_way(browser, "bokslutets konton", wrong).await;
    for path in ["bokforing", "koppling", "bokslut?rapport=delarsrapport&ar=2022"] {
        browser.go(&format!("/f/uppsala-lan/{path}")).await;
        let forms = browser.js("return document.querySelectorAll('main form[method=post]').length").await;
        if forms != 0 {
            wrong.push(format!("{path} offers the auditor {forms} forms"));
        }
    }
}

/// All of it.
pub async fn all(browser: &Browser, wrong: &mut Vec<String>) {
    browser.log_in("ekonom").await;
    a_file_is_looked_at(browser, wrong).await;
    mappings(browser, wrong).await;
    the_report(browser, wrong).await;
    the_auditor(browser, wrong).await;
}
