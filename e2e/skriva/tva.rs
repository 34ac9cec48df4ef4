//! Two people write at one place: they see each other, and nothing is written over unseen.

use super::{begin, is_saved, lock, must, on, open, stands, told, version, write_over, written};
use crate::browser::Browser;

/// Kansli and förbundschef at one place; the second to save chooses, first the one way and then the other.
pub async fn of_two_who_write_one_chooses(one: &Browser, two: &Browser, wrong: &mut Vec<String>) {
    one.log_in("kansli").await;
    two.log_in("forbundschef").await;
    let nr = begin(one, "pm", "2023-H1", "2023-08-30").await;
    open(one, nr, "bakgrund").await;
    open(two, nr, "bakgrund").await;
    // One sees who else is there.
    let here = "document.querySelector('#plats-bakgrund > .ar-har')";
    for (browser, name) in [(one, "Förbundschef"), (two, "Kansli")] {
        let seen = browser.until(here).await;
        let sign = browser.text(&format!("return {here}?.innerText")).await;
        must(wrong, seen && sign.ends_with("skriver här.") && sign.contains(name), || format!("presence: {sign}"));
        let role = browser.text(&format!("return {here}?.getAttribute('role')")).await;
        must(wrong, role == "status", || "presence is not told politely".to_owned());
    }
    write_over(one, "Kansliets text.").await;
    assert!(is_saved(one).await, "{}", told(one).await);

    // The second to save is shown both, and keeps the own one.
    write_over(two, "Chefens text.").await;
    conflict(two, "Kansliets text.", "Chefens text.", wrong).await;
    // Nothing is saved until one has chosen, neither by the button nor as one writes; nor is what one writes lost.
    two.click("[value=spara]").await;
    two.click(".redigerare").await;
    two.keys("X").await;
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    let now = stands(one, nr, "bakgrund").await;
    must(wrong, now == "Kansliets text.", || format!("written over without a choice: {now}"));
    let mine = written(two).await;
    must(wrong, mine.contains('X') && mine.contains("Chefens"), || format!("lost while one chooses: {mine}"));
    two.click(".krock .knapp:not(.tyst)").await;
    must(wrong, is_saved(two).await, || "the own text is not saved when chosen".to_owned());
    let now = stands(one, nr, "bakgrund").await;
    must(wrong, now == mine && now != "Kansliets text.", || format!("chosen {mine}, saved {now}"));
    let focus = two.text("return document.activeElement.className").await;
    must(wrong, focus == "redigerare", || format!("after the choice focus is at {focus}"));

    // Now the first is behind, and takes the other's text.
    write_over(one, "Kansliets andra text.").await;
    conflict(one, &mine, "Kansliets andra text.", wrong).await;
    one.click(".krock .tyst").await;
    let taken = written(one).await;
    must(wrong, taken == mine, || format!("the other text is not taken: {taken}"));
    write_over(one, "Gemensam text.").await;
    must(wrong, is_saved(one).await, || "not saved after the choice".to_owned());
    must(wrong, stands(two, nr, "bakgrund").await == "Gemensam text.", || "the common text is not saved".to_owned());

    // Whoever leaves is no longer shown.
    on(two, ".stang", "location.hash == '#plats-bakgrund'").await;
    must(wrong, one.until(&format!("!{here}")).await, || "one who has left is still shown".to_owned());
    locked_meanwhile(one, two, nr, wrong).await;
}

/// The version is locked while someone writes in it: nothing is saved, and it is told why.
async fn locked_meanwhile(one: &Browser, two: &Browser, nr: i64, wrong: &mut Vec<String>) {
    open(one, nr, "bakgrund").await;
    two.go(&version(nr, "")).await;
    lock(two).await;
    write_over(one, "För sent.").await;
    let why = one.until("document.querySelector('.sparad.fel')?.textContent.includes('Versionen är låst')").await;
    must(wrong, why, || "one is not told that the version has been locked".to_owned());
    must(wrong, written(one).await == "För sent.", || "the text is taken away when the version is locked".to_owned());
    two.go(&version(nr, "")).await;
    must(wrong, two.words().await.contains("Gemensam text."), || "written in what is låst".to_owned());
}

/// The second to save sees both texts and has focus there.
async fn conflict(browser: &Browser, theirs: &str, mine: &str, wrong: &mut Vec<String>) {
    assert!(browser.until("document.querySelector('.krock')").await, "no conflict: {}", told(browser).await);
    let shown = browser.text("return document.querySelector('.krock .annans').innerText").await;
    must(wrong, shown.trim() == theirs, || format!("of the other text is shown: {shown}"));
    let own = browser.text("return document.querySelector('.redigerare').innerText").await;
    must(wrong, own.trim() == mine, || format!("of the own text is shown: {own}"));
    let alert = browser.text("return document.activeElement.getAttribute('role')").await;
    must(wrong, alert == "alert", || "the conflict has no focus".to_owned());
}
