//! Papers on the förbund's own economy are written, locked and followed by new versions as the PM is.

use crate::webb::Site;
use crate::webb_version::{lock, next_of, of, write};
use samsyn::access::Role;
use samsyn::actions::forbund::Chosen;
use samsyn::actions::plan;
use samsyn_document::Belopp;

async fn begun(site: &Site, slag: &str, period: &str) -> crate::webb::Reply {
    let token = site.session(Role::Kansli).await;
    site.post(&token, &site.f("versioner"), &[("slag", slag), ("period", period), ("per", "")]).await
}

/// One more million in a post of the plan for the meeting in October 2022.
async fn raise(site: &Site) {
    let chosen = Chosen::find(site.db(), Some("uppsala-lan")).await.unwrap();
    let mote = "2022-10-20".parse().unwrap();
    let found = plan::finn(&chosen, samsyn::actions::forbund::per_or_today(None), mote).await.unwrap();
    let mut rows = found.plan().rader();
    let row = rows.iter_mut().find(|row| row.post == "ups-arbetslivsintro" && row.kolumn.to_string() == "2023-budget");
    row.unwrap().belopp_kr += Belopp::from_kronor(1_000_000);
    let done = plan::spara(&chosen, mote, rows, ("prov", "prov")).await.unwrap();
    assert_eq!(done.andringar, ["Arbetslivsintro 2023: +1\u{a0}000\u{a0}tkr"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_paper_on_the_plan_does_not_change_with_the_plan() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let reply = begun(&site, "beslutsutrymme", "2022-10-20").await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let nr: i64 = reply.to().rsplit('/').next().unwrap().split('?').next().unwrap().parse().unwrap();
    let text = "Kvar 2023 är {beslutsutrymme-2022-10-20/kvarvarande_beslutsutrymme/2023-budget}.";
    assert_eq!(write(&site, &token, nr, ("arendet", "0"), text).await.status, 303);
    let page = site.page(&token, &of(&site, nr, "")).await;
    assert!(page.words().contains("Kvar 2023 är 1 032 tkr"), "{}", page.words());
    assert!(page.words().contains("Ekonomisk information, styrelsens möte den 20 oktober 2022, version 1"));
    lock(&site, nr).await;
    raise(&site).await;
    // What was locked stands as it stood, with the facts behind it.
    let ledamot = site.session(Role::Ledamot).await;
    let page = site.page(&ledamot, &of(&site, nr, "")).await;
    assert!(page.words().contains("Kvar 2023 är 1 032 tkr"), "{}", page.words());
    let figure = of(&site, nr, "siffra/beslutsutrymme-2022-10-20/kvarvarande_beslutsutrymme/2023-budget");
    let page = site.page(&ledamot, &figure).await;
    assert!(page.words().contains("1 032 tkr") && page.words().contains("2 904 000 kr"));
    let file = site.page(&ledamot, &of(&site, nr, "fil/beslutsutrymme.json")).await.text();
    assert!(file.contains("Låst"));
    // The next version follows the plan, and the two are told apart.
    let next = next_of(&site, nr).await;
    let page = site.page(&token, &of(&site, next, "")).await;
    assert!(page.words().contains("Kvar 2023 är 32 tkr"), "{}", page.words());
    let page = site.page(&token, &of(&site, next, &format!("jamfor?med={nr}"))).await;
    assert!(page.words().contains("1 032"), "{}", page.words());
}

#[tokio::test(flavor = "multi_thread")]
async fn fees_are_of_a_year_and_plans_of_a_meeting() {
    let site = Site::new().await;
    for (slag, period) in [
        ("avgifter", "2022-H1"),
        ("beslutsutrymme", "2022"),
        ("pm", "2022"),
        ("avgifter", "2022-10-20"),
        ("avgifter", "22"),
    ] {
        assert_eq!(begun(&site, slag, period).await.status, 400, "{slag} {period}");
    }
    let token = site.session(Role::Ekonom).await;
    let page = site.page(&site.session(Role::Kansli).await, &site.f("avgifter?ar=2022")).await;
    assert!(page.words().contains("Börja skriva"));
    assert_eq!(begun(&site, "avgifter", "2022").await.status, 303);
    // The ekonom comments and does not begin; the page leads to the version.
    let page = site.page(&token, &site.f("avgifter?ar=2022")).await;
    assert!(page.words().contains("Version 1 Utkast") && !page.words().contains("Börja skriva"), "{}", page.words());
    let page = site.page(&token, &site.f("avgifter?ar=2019")).await;
    assert!(!page.words().contains("Version 1") && !page.words().contains("Börja skriva"));
}

/// What others than the kansli may not see is pointed out wherever it is written by hand; other figures of the economy are
/// not judged.
#[tokio::test(flavor = "multi_thread")]
async fn a_small_count_of_people_is_pointed_out_in_a_paper_on_the_economy_too() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let reply = begun(&site, "beslutsutrymme", "2022-10-20").await;
    let nr: i64 = reply.to().rsplit('/').next().unwrap().split('?').next().unwrap().parse().unwrap();
    let told = "Ett litet antal personer som skrivs för hand";
    let text = "Insatsen stängs, eftersom två deltagare återstår. Kvar 2023 är 7 tkr för tre kommuner.";
    assert_eq!(write(&site, &token, nr, ("arendet", "0"), text).await.status, 303);
    let page = site.page(&token, &of(&site, nr, "")).await.text();
    assert_eq!(page.matches(told).count(), 1, "{page}");
}
