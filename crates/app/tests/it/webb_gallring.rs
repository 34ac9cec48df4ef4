//! Gallring as the site's visitors meet it: who sees and who decides, what goes and what stays.

use crate::webb::{Ask, Reply, Site, now_ms};
use crate::webb_version::{lock, locked, of};
use samsyn::access::Role;
use samsyn::actions::forbund::Chosen;
use samsyn_store::version::fryst;
use samsyn_store::{Signature, gallring, history, installning};

/// Inskrivningar of ost-bryggan: enrolled in 2018, exited in 2020, and exited in 2021.
const BORT: &str = "D00008";
const KVAR: &str = "D00005";

async fn rule(site: &Site, after_exit: Option<&str>, after_insats: Option<&str>) {
    let signature = Signature { who: "Chef", why: "Gallringsplanen", now_ms: now_ms() };
    let values = [("gallring.manader_efter_avslut", after_exit), ("gallring.manader_efter_insats", after_insats)];
    installning::set(site.db(), site.forbund, &values, signature).await.unwrap();
}

async fn chosen(site: &Site) -> Chosen<'_> {
    Chosen::find(site.db(), Some("uppsala-lan")).await.unwrap()
}

/// What the page's form would send: what it has hidden, ost-bryggan, and a reason.
fn fields<'f>(page: &'f [(String, String)], more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let hidden = page.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    hidden.chain([("insats.ost-bryggan", "ja")]).chain(more.iter().copied()).collect()
}

fn hidden(page: &Reply) -> Vec<(String, String)> {
    let of = |name: &str| (name.to_owned(), page.attributes(&format!("input[name={name}]"), "value")[0].clone());
    vec![of("dag"), of("handelse")]
}

/// Begins the PM of the second half of a year; its number.
async fn begin(site: &Site, year: u16) -> i64 {
    let token = site.session(Role::Kansli).await;
    let period = format!("{year}-H2");
    let reply = site.post(&token, &site.f("versioner"), &[("slag", "pm"), ("period", &period), ("per", "")]).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    reply.to().rsplit('/').next().unwrap().split('?').next().unwrap().parse().unwrap()
}

/// Locks the PM of the second half of these years.
async fn lock_years(site: &Site, years: &[u16]) {
    for &year in years {
        let nr = begin(site, year).await;
        lock(site, nr).await;
    }
}

/// A förbund that has begun to use the system is not kept from gallring by the years before.
#[tokio::test(flavor = "multi_thread")]
async fn years_before_the_system_are_not_waited_for() {
    let site = Site::new().await;
    rule(&site, Some("24"), None).await;
    let head = site.session(Role::Forbundschef).await;
    let page = site.page(&head, &site.f("gallring")).await;
    assert!(page.all(".notis a").is_empty() && !page.words().contains("Behövs av rapport för"), "{}", page.words());
    assert!(page.all("button").contains(&"Besluta om gallring".to_owned()));
    // Once a PM of such a year is begun it is waited for, and the page says which and leads to it.
    begin(&site, 2021).await;
    let page = site.page(&head, &site.f("gallring")).await;
    assert_eq!(page.all(".notis a"), ["PM för andra halvåret 2021"]);
    assert_eq!(page.attributes(".notis a", "href"), [site.f("rapport?rapport=pm&period=2021-H2")]);
    let pm = site.page(&head, &site.f("rapport?rapport=pm&period=2021-H2")).await;
    assert!(pm.words().contains("Version 1"), "{}", pm.words());
    // When reports need every one, the button says what it would do.
    for year in 2018..=2024 {
        if year != 2021 {
            begin(&site, year).await;
        }
    }
    let page = site.page(&head, &site.f("gallring")).await;
    assert!(!page.all("button").contains(&"Besluta om gallring".to_owned()));
    assert!(page.all("details button").contains(&"Besluta att gallra det som rapporter behöver".to_owned()));
    assert_eq!(page.attributes("input[name=aven_behovda]", "type"), ["hidden"]);
}

/// Decides as the page's form does with these fields besides; what was answered.
async fn decide(site: &Site, token: &str, more: &[(&str, &str)]) -> Reply {
    let page = site.page(token, &site.f("gallring")).await;
    site.post(token, &site.f("gallring"), &fields(&hidden(&page), more)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_head_decides_and_the_kansli_carries_out() {
    let site = Site::new().await;
    rule(&site, Some("24"), None).await;
    for year in 2018..=2024 {
        begin(&site, year).await;
    }
    let (head, kansli) = (site.session(Role::Forbundschef).await, site.session(Role::Kansli).await);
    for role in Role::ALL {
        let token = site.session(role).await;
        let sees = matches!(role, Role::Forbundschef | Role::Kansli);
        let page = site.get(&token, &site.f("gallring")).await;
        assert_eq!(page.status == 200, sees, "{role:?}");
        let menu = site.get(&token, "/konto").await.all("nav a").contains(&"Gallring".to_owned());
        assert_eq!(menu, sees, "{role:?}");
        if role != Role::Forbundschef {
            assert_eq!(site.post(&token, &site.f("gallring"), &[("skal", "x")]).await.status, 404, "{role:?}");
            assert_eq!(site.post(&token, &site.f("gallring/1/aterta"), &[]).await.status, 404, "{role:?}");
        }
        if !sees {
            assert_eq!(site.post(&token, &site.f("gallring/1/utfor"), &[]).await.status, 404, "{role:?}");
        }
    }
    let page = site.page(&kansli, &site.f("gallring")).await;
    assert!(page.words().contains("mer än 24 månader sedan utskrivning"), "{}", page.words());
    assert!(page.words().contains("Förbundschefen beslutar.") && !page.text().contains("Besluta om gallring"));
    // Who reads the numbers stands in the log.
    let log = site.page(&head, &site.f("logg")).await;
    assert!(log.words().contains("nummer i förslaget till gallring"));
    // Rows that reports not yet låsta need are removed only with an extra yes.
    let refused = decide(&site, &head, &[("skal", "Planen § 8")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("Inget är valt"), "{}", refused.words());
    for (reason, told) in [("", "Skriv varför"), ("om 900101-0017", "personnummer"), ("gäller D00008", "nummer")] {
        let reply = decide(&site, &head, &[("skal", reason), ("aven_behovda", "ja")]).await;
        assert!(reply.status == 422 && reply.words().contains(told), "{reason}: {}", reply.words());
        assert!(!reply.text().contains("900101-0017"));
    }
    // What has changed since the page was read is read again.
    let old = hidden(&site.page(&head, &site.f("gallring")).await);
    rule(&site, Some("25"), None).await;
    let with = [("skal", "Planen § 8"), ("aven_behovda", "ja")];
    let reply = site.post(&head, &site.f("gallring"), &fields(&old, &with)).await;
    assert!(reply.status == 422 && reply.words().contains("har ändrats sedan förslaget visades"));
    assert_eq!(site.post(&head, &site.f("gallring"), &[("skal", "x")]).await.status, 400);
    let reply = decide(&site, &head, &with).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let page = site.page(&kansli, &site.f("gallring")).await;
    assert!(page.words().contains("Att utföra Beslut 1") && page.all("th label").is_empty());
    assert!(!page.words().contains(KVAR), "what is decided on is not proposed again");
    // When the rule has changed, the decision is taken anew.
    rule(&site, Some("240"), None).await;
    let reply = site.post(&kansli, &site.f("gallring/1/utfor"), &[]).await;
    assert!(reply.status == 422 && reply.words().contains("ska inte längre gallras"), "{}", reply.words());
    assert!(site.stored(BORT));
    assert_eq!(site.post(&head, &site.f("gallring/1/aterta"), &[]).await.status, 303);
    let again = site.post(&head, &site.f("gallring/1/aterta"), &[]).await;
    assert!(again.words().contains("redan utfört eller återtaget"));
}

/// Låsta figures stay, and their trace then says "gallrad" and the date.
#[tokio::test(flavor = "multi_thread")]
async fn figures_of_a_locked_report_stay_and_tell_that_their_facts_are_gone() {
    let site = Site::new().await;
    let nr = locked(&site).await;
    lock_years(&site, &[2018, 2019, 2020, 2021]).await;
    rule(&site, Some("24"), None).await;
    let (head, kansli) = (site.session(Role::Forbundschef).await, site.session(Role::Kansli).await);
    let figure = of(&site, nr, "siffra/6/ost-bryggan/avslutade_totalt_S");
    let before = site.page(&head, &figure).await;
    assert!(before.words().contains(BORT) && !before.words().contains("gallrad"));
    let document = site.page(&head, &of(&site, nr, "fil/pm.json")).await.bytes;
    let sum = site.page(&head, &of(&site, nr, "")).await.all(".sigill");
    let count = |page: &Reply| page.all(".stor-siffra");

    let page = site.page(&head, &site.f("gallring")).await;
    let told = |id: &str| page.all(".fakta li").into_iter().find(|line| line.starts_with(id)).unwrap();
    assert_eq!(told(BORT), "D00008 Utskriven, att gallra sedan 2022-05-26");
    assert_eq!(told(KVAR), "D00005 Utskriven, att gallra sedan 2023-05-21. Behövs av rapport för 2022");
    assert_eq!(decide(&site, &head, &[("skal", "Planen § 8")]).await.status, 303);
    assert!(site.stored(BORT) && site.stored(KVAR));
    let done = site.post(&kansli, &site.f("gallring/1/utfor"), &[]).await;
    assert_eq!(done.to(), site.f("gallring?besked=gallrat"));
    // Not in the database's files, nor in what was frozen.
    assert!(!site.stored(BORT));
    let chosen = chosen(&site).await;
    assert!(history::of_fact(site.db(), &chosen.access, "deltagare", BORT).await.unwrap().is_empty());
    // The PM of 2022 is not låst for the whole year, and compares with those who were exited in 2021.
    assert!(!history::of_fact(site.db(), &chosen.access, "deltagare", KVAR).await.unwrap().is_empty());
    let part = |del: &'static str| fryst::read(site.db(), &chosen.access, nr, del);
    for del in ["dokument", "dokument-offentligt", "texter", "siffror", "underlag"] {
        part(del).await.unwrap().unwrap();
    }
    let thinned = fryst::gallrade(site.db(), &chosen.access, nr).await.unwrap();
    assert_eq!(thinned.iter().map(|part| part.del.as_str()).collect::<Vec<_>>(), ["siffror", "underlag"]);

    let frozen = part("underlag").await.unwrap().unwrap().innehall;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(frozen)).unwrap();
    let rows = std::io::read_to_string(archive.by_name("deltagare.csv").unwrap()).unwrap();
    assert!(!rows.contains(BORT) && rows.contains(KVAR));

    let after = site.page(&head, &figure).await;
    assert_eq!(count(&after), count(&before));
    let today = samsyn_document::Datum::of_ms(now_ms());
    let gone = before.all(".fakta li").len() - after.all(".fakta li").len();
    let told = format!("{gone} inskrivningar gallrade {today}. Ingår i siffran");
    assert!(gone > 1 && after.words().contains(&told), "{told}: {}", after.words());
    assert!(!after.words().contains(BORT) && after.words().contains(KVAR));
    assert_eq!(site.page(&head, &of(&site, nr, "fil/pm.json")).await.bytes, document);
    assert_eq!(site.page(&head, &of(&site, nr, "")).await.all(".sigill"), sum);
    // One who may not see single inskrivningar is not told how many are gone.
    let auditor = site.session(Role::Revisor).await;
    let page = site.get(&auditor, &figure).await;
    assert!(!page.words().contains("gallrade"), "{}", page.words());
    // The printed sum can still be worked out from the parts.
    let parts = site.page(&head, &of(&site, nr, "fil/delar.zip")).await.bytes;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(parts)).unwrap();
    let mut read = |name: &str| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
    let told = fryst::Del::new("x", 1, read("kontrollsummor.txt").into_bytes()).sha256;
    let found = samsyn_store::version::find(site.db(), &chosen.access, nr).await.unwrap().unwrap();
    assert_eq!(Some(told), found.kontrollsumma);
    assert!(read("gallrat.txt").starts_with(&format!("siffror gallrad {today}, SHA-256 nu ")));
    // The comparison with what is known now tells why figures differ without a fact.
    let page = site.page(&head, &of(&site, nr, "jamfor?med=nu")).await;
    assert!(page.words().contains(&format!("gallrades {today}")), "{}", page.words());
    // What came in tells that it is no longer as it came; export works.
    let page = site.page(&head, &site.f("import/1")).await;
    assert!(page.words().contains(&format!("deltagare.csv gallrad {today}")), "{}", page.words());
    assert_eq!(page.words().matches("gallrad 2").count(), 1);
    assert_eq!(site.page(&head, &site.f("underlag")).await.header("content-type"), "application/zip");
    let page = site.page(&head, &site.f("insats/ost-bryggan")).await;
    let removed = gallring::of_insats(site.db(), site.forbund, "ost-bryggan").await.unwrap()[0].1;
    let told = format!("Gallring: {} gallrade {today}", samsyn::actions::gallring::forslag::inskrivningar(removed));
    assert!(page.words().contains(&told), "{told}: {}", page.words());
    let board = site.page(&site.session(Role::Ledamot).await, &site.f("insats/ost-bryggan")).await;
    assert!(board.words().contains(&format!("Gallring: inskrivningar gallrade {today}")), "{}", board.words());
    let log = site.page(&head, &site.f("logg")).await;
    assert!(log.words().contains("Gallring Planen § 8"), "{}", log.words());
    // Once more changes nothing but cleans again.
    let again = site.post(&kansli, &site.f("gallring/1/utfor"), &[]).await;
    assert_eq!(again.to(), site.f("gallring?besked=gallrat"));
    let beslut = gallring::list(site.db(), site.forbund).await.unwrap().remove(0);
    assert_eq!(beslut.borttagna, Some(beslut.antal));
}

#[tokio::test(flavor = "multi_thread")]
async fn withdrawn_consent_takes_one_away_at_once() {
    let site = Site::new().await;
    let (leader, kansli) = (site.session(Role::Insatsansvarig).await, site.session(Role::Kansli).await);
    let form = |id: &str| site.f(&format!("inskrivning/{id}/ta-bort"));
    let other = samsyn_store::facts::current(site.db(), &chosen(&site).await.access).await.unwrap().deltagare;
    let other = other.into_iter().find(|row| row.insats_id.as_str() != "ost-bryggan").unwrap().deltagande_id;
    for role in [Role::Ekonom, Role::Styrgrupp, Role::Ledamot, Role::Revisor, Role::Granskning] {
        let token = site.session(role).await;
        assert_eq!(site.get(&token, &form(BORT)).await.status, 404, "{role:?}");
        assert_eq!(site.post(&token, &form(BORT), &[("skal", "x")]).await.status, 404, "{role:?}");
    }
    // One's own insats only; another's does not show that it is there.
    for (method, id) in [("GET", other.as_str()), ("POST", other.as_str()), ("GET", "D99999")] {
        let ask = if method == "GET" { Ask::get(&form(id)) } else { Ask::post(&form(id), &[("skal", "x")]) };
        assert_eq!(site.send(ask.by(&leader)).await.status, 404, "{method} {id}");
    }
    let page = site.page(&leader, &form(BORT)).await;
    assert!(page.words().contains("Det går inte att ångra."));
    for (reason, told) in [("", "Skriv varför"), ("om 900101-0017", "personnummer"), ("gäller D00008.", "nummer")] {
        let reply = site.post(&leader, &form(BORT), &[("skal", reason)]).await;
        assert!(reply.status == 422 && reply.words().contains(told), "{reason}: {}", reply.words());
    }
    assert!(site.stored(BORT));
    let reply = site.post(&leader, &form(BORT), &[("skal", "Skriftligen 2026-02-12")]).await;
    assert_eq!(reply.to(), site.f("insats/ost-bryggan?besked=borttagen"));
    assert!(!site.stored(BORT) && site.stored(KVAR));
    assert_eq!(site.get(&kansli, &form(BORT)).await.status, 404);
    let page = site.page(&kansli, &site.f("gallring")).await;
    let row = page.all("tbody tr");
    assert!(
        row.iter()
            .any(|row| row.contains("1, återkallat samtycke") && row.contains("Återkallat samtycke. Skriftligen")),
        "{row:?}"
    );
}
