//! Ways through the site as a person goes them.

use super::browser::Browser;
use super::{TID, axe, project};
use fantoccini::Locator;
use fantoccini::key::Key;
use std::path::Path;

/// The password of the demo's users.
pub const PASSWORD: &str = "visning av samsyn";

/// Where one is: what has focus, whether one can see that it has, and whether it is within the window.
/// The parts of a field for a date have focus one by one, and show it themselves.
const FOCUS: &str = "const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
return [at.id, at.tagName.toLowerCase(), at.className,
    (style.outlineStyle != 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow != 'none' || at.type == 'date',
    box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0];";

/// One step by Tab: id, element and class of where one comes.
async fn tab(browser: &Browser, wrong: &mut Vec<String>) -> (String, String, String) {
    browser.press(Key::Tab.into()).await;
    let at = browser.js(FOCUS).await;
    let text = |nr: usize| at[nr].as_str().unwrap_or_default().to_owned();
    let (id, element, class) = (text(0), text(1), text(2));
    if element != "body" {
        let page = browser.path().await;
        let page = page.split('?').next().unwrap();
        if at[3] != true {
            wrong.push(format!("fokus syns inte: {page} {element}#{id}.{class}"));
        }
        if at[4] != true {
            wrong.push(format!("fokus utanför fönstret: {page} {element}#{id}.{class}"));
        }
    }
    (id, element, class)
}

/// Tab until a place; false when it is not reached.
async fn tab_to(
    browser: &Browser,
    wrong: &mut Vec<String>,
    most: usize,
    there: impl Fn(&str, &str, &str) -> bool,
) -> bool {
    for _ in 0..most {
        let (id, element, class) = tab(browser, wrong).await;
        if there(&id, &element, &class) {
            return true;
        }
    }
    false
}

/// Tab until a script says that one is there; false when it is not reached.
pub async fn tab_until(browser: &Browser, wrong: &mut Vec<String>, most: usize, there: &str) -> bool {
    for _ in 0..most {
        tab(browser, wrong).await;
        if browser.js(&format!("return !!({there})")).await == true {
            return true;
        }
    }
    false
}

/// Each role logs in, looks at the situation, opens a figure and sees what is behind it, by keyboard alone.
pub async fn every_role_by_keyboard(browser: &Browser, wrong: &mut Vec<String>) {
    for role in
        ["behorighetsansvarig", "forbundschef", "kansli", "ekonom", "insatsansvarig", "styrgrupp", "ledamot", "revisor"]
    {
        browser.client.delete_all_cookies().await.unwrap();
        browser
            .go(&format!(
                "/logga-in?vidare=%2Ff%2Fuppsala-lan%2Flaget%3F{}",
                TID.replace('=', "%3D").replace('&', "%26")
            ))
            .await;
        let (_, _, class) = tab(browser, wrong).await;
        if class != "skip" {
            wrong.push(format!("{role}: the first step is not past the menu but {class}"));
        }
        assert!(tab_to(browser, wrong, 10, |id, _, _| id == "epost").await, "{role}: no address by Tab");
        browser.write(&format!("{role}@demo.exempel")).await;
        assert!(tab_to(browser, wrong, 1, |id, _, _| id == "losenord").await, "{role}: no password by Tab");
        browser.write(PASSWORD).await;
        assert!(tab_to(browser, wrong, 2, |_, element, _| element == "button").await, "{role}: no button by Tab");
        browser.press(Key::Enter.into()).await;
        assert!(browser.until("location.pathname != '/logga-in' && document.readyState == 'complete'").await, "{role}");
        if role == "behorighetsansvarig" {
            // The situation is not for this role; the first page is.
            browser.go("/").await;
            if !browser.path().await.ends_with("/anvandare") {
                wrong.push(format!("{role}: the first page is {}", browser.path().await));
            }
            continue;
        }
        // Past the menu, then to the first figure of people.
        tab(browser, wrong).await;
        browser.press(Key::Enter.into()).await;
        if browser.text("return document.activeElement.id").await != "innehall" {
            wrong.push(format!("{role}: the way past the menu leads nowhere"));
        }
        let mut found = false;
        for _ in 0..120 {
            if tab(browser, wrong).await.2 != "siffra" {
                continue;
            }
            let href = browser.text("return document.activeElement.getAttribute('href')").await;
            if href.contains("/siffra/6/") && !href.contains("/summa/") {
                found = true;
                break;
            }
        }
        assert!(found, "{role}: no figure by Tab");
        let told = browser.text("return document.activeElement.innerText").await;
        browser.press(Key::Enter.into()).await;
        assert!(
            browser.until("document.querySelector('#siffran') && document.readyState == 'complete'").await,
            "{role}"
        );
        let words = browser.words().await;
        if !words.contains("Regel") || !words.contains(&told) {
            wrong.push(format!("{role}: the figure {told} is not explained: {words}"));
        }
        let sees = ["forbundschef", "kansli", "insatsansvarig"].contains(&role);
        browser.js("document.querySelectorAll('main details').forEach(part => part.open = true)").await;
        let lists = browser.js("return /\\bD\\d{5}\\b/.test(document.querySelector('main').innerText)").await == true;
        if sees != lists {
            wrong.push(format!("{role}: inskrivningar listed: {lists}"));
        }
    }
}

const ROWS: &str = "return [...document.querySelectorAll('#listan tbody tr')].map(row => row.innerText).join('\\n')";

/// The list is limited with a script and without; the address tells of it both times.
pub async fn the_list_is_limited(browser: &Browser, wrong: &mut Vec<String>) {
    browser.log_in("forbundschef").await;
    let laget = format!("/f/uppsala-lan/laget?{TID}");
    browser.go(&laget).await;
    let before = browser.text(ROWS).await;
    browser.js("window.samma = true").await;
    browser.client.find(Locator::Css("#ljus")).await.unwrap().select_by_value("gul").await.unwrap();
    assert!(
        browser.until("location.search.includes('ljus=gul')").await,
        "the address does not tell: {}",
        browser.path().await
    );
    let limited = browser.text(ROWS).await;
    if !(limited.lines().count() < before.lines().count() && limited.contains("Jobbcentrum")) {
        wrong.push(format!("with script: {limited}"));
    }
    if browser.js("return window.samma === true").await != true {
        wrong.push("the whole page was fetched anew, though there is a script".to_owned());
    }
    browser.fill("#sok", "lokus").await;
    assert!(browser.until("location.search.includes('sok=lokus')").await, "{}", browser.path().await);
    if browser.text("return document.activeElement.id").await != "sok" {
        wrong.push(format!(
            "focus is lost while one types: {}",
            browser.text("return document.activeElement.tagName").await
        ));
    }
    // Back to what was.
    browser.client.back().await.unwrap();
    browser.client.back().await.unwrap();
    if !browser.until("!location.search.includes('ljus=gul')").await {
        wrong.push(format!("back leads to {}", browser.path().await));
    }
    if !browser.until(&format!("document.querySelectorAll('#listan tbody tr').length == {}", rows(&before))).await {
        wrong.push("back does not show the whole list again".to_owned());
    }
    // The same address gives the same list; and the same without a script.
    browser.cdp("Emulation.setScriptExecutionDisabled", serde_json::json!({ "value": true })).await;
    browser.go(&laget).await;
    assert_eq!(browser.js("return typeof htmx").await, "undefined", "there is a script all the same");
    assert_eq!(rows(&browser.text(ROWS).await), rows(&before));
    browser.client.find(Locator::Css("#ljus")).await.unwrap().select_by_value("gul").await.unwrap();
    browser.click("form.urval button").await;
    assert!(browser.until("location.search.includes('ljus=gul')").await, "{}", browser.path().await);
    let without = browser.text(ROWS).await;
    if rows(&without) != rows(&limited) {
        wrong.push(format!("without script {without}\nwith script {limited}"));
    }
    browser.cdp("Emulation.setScriptExecutionDisabled", serde_json::json!({ "value": false })).await;
}

fn rows(text: &str) -> usize {
    text.matches("K1").count()
}

/// The demo's package in a folder, with a text of one file exchanged; the paths as the file field takes them.
pub fn package(folder: &Path, file: &str, before: &str, after: &str) -> String {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(project("demo")).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        if !(name.ends_with(".csv") || name.ends_with(".json")) {
            continue;
        }
        let text = std::fs::read_to_string(&entry).unwrap();
        let changed = if name == file { text.replace(before, after) } else { text.clone() };
        assert!(name != file || changed != text, "{before}");
        let path = folder.join(&name);
        std::fs::write(&path, changed).unwrap();
        paths.push(path.display().to_string());
    }
    paths.sort();
    paths.join("\n")
}

/// A faulty package, then a right one, by the real file field; then the PDF.
pub async fn a_package(browser: &Browser, wrong: &mut Vec<String>) {
    browser.log_in("forbundschef").await;
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let row = "ost-bryggan;2022-K1;367962;2022-04-28";
    let faulty = package(folders[0].path(), "rekvisitioner.csv", row, "ost-bryggan;2022-K1;367962;28/4 2022");
    let right = package(folders[1].path(), "rekvisitioner.csv", row, "ost-bryggan;2022-K1;467962;2022-04-28");
    // A faulty one, with a script and without.
    for script in [true, false] {
        browser.cdp("Emulation.setScriptExecutionDisabled", serde_json::json!({ "value": !script })).await;
        browser.go("/f/uppsala-lan/import").await;
        browser.fill("#filer", &faulty).await;
        browser.click(".slapp button").await;
        assert!(browser.until("document.querySelector('.felruta')").await, "{}", browser.words().await);
        let words = browser.words().await;
        for told in ["är inte inläst", "rekvisitioner.csv", "28/4 2022"] {
            if !words.contains(told) {
                wrong.push(format!("import, faulty, script {script}: {told} is not told"));
            }
        }
    }
    browser.cdp("Emulation.setScriptExecutionDisabled", serde_json::json!({ "value": false })).await;
    axe::this(browser, "import med fel", wrong).await;
    // The right one is put in its place on the same page.
    browser.fill("#filer", &right).await;
    browser.click(".slapp button").await;
    assert!(
        browser.until("document.querySelector('#skal') && document.readyState == 'complete'").await,
        "{}",
        browser.words().await
    );
    axe::this(browser, "granska inläsningen", wrong).await;
    let words = browser.words().await;
    if !words.contains("467962") {
        wrong.push(format!("import: the changed row is not told: {words}"));
    }
    browser.click("button[value=las]").await;
    assert!(browser.until("document.querySelector('[role=alert]')").await, "no word of a missing reason");
    axe::this(browser, "granska inläsningen utan skäl", wrong).await;
    browser.fill("#skal", "Rättat belopp").await;
    browser.click("button[value=las]").await;
    assert!(browser.until("location.search == '?besked=last' && document.readyState == 'complete'").await);
    axe::this(browser, "import efter inläsning", wrong).await;
    browser.click("main tbody th a").await;
    assert!(browser.until("document.querySelector('a[href$=\"/angra\"]') && document.readyState == 'complete'").await);
    axe::this(browser, "inläsning", wrong).await;
    browser.click("a[href$='/angra']").await;
    assert!(browser.until("document.querySelector('.fara') && document.readyState == 'complete'").await);
    axe::this(browser, "ångra inläsning", wrong).await;
    browser.fill("#skal", "Fel belopp").await;
    browser.click(".fara").await;
    assert!(browser.until("location.search == '?besked=angrad'").await);
    // The PDF, as the page's own link gives it.
    browser.go(&format!("/f/uppsala-lan/rapport?{TID}")).await;
    let fetch = "const done = arguments[arguments.length - 1];
        fetch(document.querySelector('a[download][href*=\".pdf\"]').href).then(async answer => {
            const bytes = new Uint8Array(await answer.arrayBuffer());
            done([answer.status, answer.headers.get('content-type'), String.fromCharCode(...bytes.slice(0, 5)), bytes.length]);
        }, error => done([String(error)]));";
    let got = browser.client.execute_async(fetch, Vec::new()).await.unwrap();
    if got[0] != 200 || got[1] != "application/pdf" || got[2] != "%PDF-" || got[3].as_u64().unwrap_or(0) < 20_000 {
        wrong.push(format!("the PDF: {got}"));
    }
}
