//! One's own tables in the editor.

use super::redigeraren::tool;
use super::{must, open, write_over, written};
use crate::browser::Browser;
use fantoccini::key::Key;

/// A table after a list stands by itself, with its title.
pub async fn after_a_list(browser: &Browser, nr: i64, wrong: &mut Vec<String>) {
    open(browser, nr, "bakgrund").await;
    write_over(browser, "punkt").await;
    tool(browser, "Lista").await;
    browser.press(Key::Enter.into()).await;
    browser.press(Key::Enter.into()).await;
    browser.keys("Efter listan.").await;
    tool(browser, "Infoga tabell").await;
    browser.keys("Titel").await;
    let text = written(browser).await;
    let wanted = "- punkt\n\nEfter listan.\n\nTabell: Titel\n| Rubrik | Rubrik |\n| Rad | – |";
    must(wrong, text == wanted, || format!("a table after a list: {text:?}"));
}

/// A table grows and shrinks where the caret stands, and each step can be undone.
pub async fn rows_and_columns(browser: &Browser, into: &str, table: &str, wrong: &mut Vec<String>) {
    browser.js(into).await;
    tool(browser, "Rad under").await;
    browser.keys("Ny").await;
    browser.js(into).await;
    tool(browser, "Kolumn efter").await;
    browser.keys("---").await;
    let text = written(browser).await;
    let grown = "Tabell: Eget\n| Kön | Rubrik |  |\n| Rad | – | \\--- |\n| Ny |  |  |";
    must(wrong, text.contains(grown), || format!("a row and a column more: {text:?}"));
    browser.js(into).await;
    tool(browser, "Ta bort raden").await;
    let text = written(browser).await;
    must(wrong, text.contains("| Kön | Rubrik |  |\n| Ny |  |  |"), || format!("a row less: {text:?}"));
    browser.js("document.execCommand('undo')").await;
    let text = written(browser).await;
    must(wrong, text.contains(grown), || format!("the row is back: {text:?}"));
    // What comes back is not left chosen: the next key takes nothing away.
    browser.keys("x").await;
    let text = written(browser).await;
    must(wrong, text.contains("| Rubrik |") && text.contains("| Ny |"), || format!("the table is gone: {text:?}"));
    browser.press(Key::Backspace.into()).await;
    let last = "const cells = document.querySelectorAll('.redigerare tr:last-child > *');
        getSelection().selectAllChildren(cells[0]); getSelection().collapseToEnd();";
    browser.js(last).await;
    tool(browser, "Ta bort raden").await;
    browser.js(&into.replace("redigerare td", "redigerare td:last-child")).await;
    tool(browser, "Ta bort kolumnen").await;
    let text = written(browser).await;
    must(wrong, text.contains(&format!("{table}\n\nTabell: ")), || format!("as it was: {text:?}"));
    browser
        .js("const title = document.querySelector('.redigerare caption'); getSelection().selectAllChildren(title)")
        .await;
    let hidden = "return [...document.querySelectorAll('.verktygsrad button')].filter(one => getComputedStyle(one).display == 'none').length";
    must(wrong, browser.until(&format!("({}) == 5", hidden.trim_start_matches("return "))).await, || {
        "the tools of tables stand outside one too".to_owned()
    });
}
