//! The situation page: what needs somebody, and the insatser that another has taken over.

use crate::webb::Site;
use crate::webb_version::{begun, lock};
use samsyn::access::Role;

/// Bryggan ended in August 2023 and another Bryggan continues it; the first has no row in the tables.
const TAKEN_OVER: &str = "laget?period=2023-H2&per=2024-02-15";

#[tokio::test(flavor = "multi_thread")]
async fn one_that_another_has_taken_over_owes_its_reports_still() {
    let site = Site::new().await;
    for role in [Role::Kansli, Role::Insatsansvarig] {
        let token = site.session(role).await;
        let page = site.page(&token, &site.f(TAKEN_OVER)).await;
        let links = page.attributes("section[aria-labelledby=overtagna] tbody th a", "href");
        assert_eq!(links.len(), 1, "{role:?}: {}", page.words());
        assert!(links[0].contains("/insats/ost-bryggan?"), "{links:?}");
        assert_eq!(page.all("section[aria-labelledby=overtagna] .rapporter"), ["K3 saknas K4 –"], "{role:?}");
        let entry = page.all(".atgarder > li").into_iter().find(|text| {
            text.starts_with("Bryggan (Östhammar)") && text.contains("Saknar kvartalsrapport för kvartal 3 2023.")
        });
        assert!(entry.is_some(), "{role:?}: {:?}", page.all(".atgarder > li"));
        assert!(page.words().contains("saknas") && !page.words().contains("är inne"), "{}", page.words());
    }
    // The tables are those of the report.
    let token = site.session(Role::Kansli).await;
    let page = site.page(&token, &site.f(TAKEN_OVER)).await;
    let rows = page.attributes(".laget tbody th a", "href");
    assert!(rows.iter().any(|href| href.contains("/ost-bryggan-halsa?")), "{rows:?}");
    assert!(!rows.iter().any(|href| href.contains("/ost-bryggan?")), "{rows:?}");
    // And the report says that its answers are missing.
    let report = site.page(&token, &site.f("rapport?period=2023-H2&per=2024-02-15")).await;
    assert!(report.words().contains("Kvartalsrapporter saknas: Bryggan (Östhammar) kvartal 3"), "{}", report.words());
    // While it ran there is nothing to take over.
    let page = site.page(&token, &site.f("laget?period=2023-H1&per=2023-08-30")).await;
    assert!(page.all("#overtagna").is_empty());
    // Somebody else's is not told of.
    let other = site.session(Role::Styrgrupp).await;
    assert_eq!(site.page(&other, &site.f(TAKEN_OVER)).await.all("#overtagna").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_to_do_is_one_entry_per_insats_the_worst_first() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    for time in ["period=2022-H1&per=2022-08-30", "period=2023-H2&per=2024-02-15"] {
        let page = site.page(&token, &site.f(&format!("laget?{time}"))).await;
        let mut led = page.attributes(".atgarder > li > a", "href");
        let entries = led.len();
        led.sort();
        led.dedup();
        assert!(led.len() == entries && entries > 2, "{led:?}");
        assert!(page.all(".atgarder > li > ul > li").len() > entries, "every insats has one reason only");
        let weights = page.attributes(".atgarder > li", "class");
        assert!(weights.is_sorted(), "{weights:?}");
    }
}

/// A report on review, and one that the board has not dealt with, are told to the office with the half-year.
#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_waits_is_told() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let (office, board) = (site.session(Role::Kansli).await, site.session(Role::Ledamot).await);
    let told = async |token: &str, rest: &str| {
        let page = site.page(token, &site.f(rest)).await;
        page.all(".atgarder > li").into_iter().find(|entry| entry.starts_with("PM, uppföljning"))
    };
    assert_eq!(told(&office, "laget?period=2022-H1").await, None);
    lock(&site, nr).await;
    let waits = told(&office, "laget?period=2022-H1").await.unwrap();
    assert!(waits.contains("version 1") && waits.contains("Styrelsens behandling är inte antecknad"), "{waits}");
    assert_eq!((told(&office, "laget?period=2022-H2").await, told(&board, "laget?period=2022-H1").await), (None, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_tells_nothing_says_so() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let notices = async |rest: &str| site.page(&token, &site.f(rest)).await.all(".notis").join(" ");
    for page in ["laget", "insatser", "kontroller", "rapport", "insats/ost-bryggan", "skillnad"] {
        let told = notices(&format!("{page}?period=2035-H1&per=2035-01-01")).await;
        assert!(told.contains("1 januari 2035 har inte varit än"), "{page}: {told}");
        let whole = site.page(&token, &site.f(&format!("{page}?period=2022-H1&per=2035-01-01"))).await;
        assert!(told.contains("det som är känt i dag, "), "{page}: {told}");
        assert_eq!(whole.text().matches("januari 2035").count(), 1, "{page}");
        assert!(!whole.text().contains("2035-01-01"), "{page}");
        // The list of all insatser is about no half-year.
        assert_eq!(told.contains("är kända för första halvåret 2035"), page != "insatser", "{page}: {told}");
        assert_eq!(notices(&format!("{page}?period=2022-H1&per=2022-08-30")).await, "", "{page}");
    }
    let told = notices("laget?period=2022-H1&per=2022-06-29").await;
    assert!(told.contains("Siffrorna är preliminära") && !told.contains("har inte varit än"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_are_named_in_words_and_once() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let page = site.page(&token, &site.f("siffra/4/ost-bryggan/forbrukningskvot?period=2022-H1&per=2022-08-30")).await;
    assert_eq!(page.all("section h2"), ["Täljare, rekvisitioner: 783 tkr", "Bas, budget: 890 tkr"]);
    let back = page.attributes(".stig a", "href");
    assert_eq!(back, ["/f/uppsala-lan/laget?period=2022-H1&per=2022-08-30"]);
    let year = site.page(&token, &back[0]).await.words();
    assert!(year.contains("Har deltagit under 2022") && year.contains("hittills under 2022"), "{year}");
    assert_eq!(
        page.all(".fakta li")[0],
        "Rekvisition, Bryggan (Östhammar), kvartal 1 2022 367 962 kr, inkommen 2022-04-28"
    );
    let checks = site.page(&token, &site.f("kontroller?period=2023-H1&per=2023-08-30")).await;
    assert!(checks.all(".plats").contains(&"Rekvisition, Framsteget (Håbo), kvartal 2 2023".to_owned()));
    let history = site.page(&token, &site.f("insats/ost-bryggan?period=2022-H1")).await.all("td[data-label=Uppgift]");
    assert!(
        history.contains(&"Rekvisition: kvartal 1 2022, 367 962 kr, inkommen 2022-04-28".to_owned()),
        "{history:?}"
    );
    let changed = site.page(&token, &site.f("skillnad?period=2023-H1&fran=2023-08-30&per=2023-12-31")).await;
    assert_eq!(changed.all("thead th"), ["Siffra", "Tidigare", "Nu", "Uppgifter"]);
    assert!(changed.words().contains("Ny: Beslut om period, RegExPro (Region Uppsala), beslutat 2023-12-07"));
    for page in [checks, changed] {
        let words = page.words();
        assert!(!words.contains("ost-bryggan") && !words.contains("-K1") && !words.contains("-K2"), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_contents_of_a_report_can_be_folded_on_screen() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let page = site.page(&token, &site.f("rapport?period=2022-H1&per=2022-08-30")).await;
    let folded = page.attributes(".contents.folded details:not([open]) a", "href");
    assert!(folded.len() > 10 && folded == page.attributes(".contents:not(.folded) a", "href"), "{folded:?}");
    let file = site.page(&token, &site.f("rapport/pm.html?period=2022-H1&per=2022-08-30")).await;
    assert!(file.all(".folded").is_empty() && !file.all(".contents a").is_empty());
}

/// A file is kept and sent on, so none is made of a day that has not come.
#[tokio::test(flavor = "multi_thread")]
async fn no_file_is_made_of_a_day_that_has_not_come() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    for file in ["rapport/pm.md?period=2022-H1&per=2035-01-01", "underlag?per=2035-01-01"] {
        let reply = site.get(&token, &site.f(file)).await;
        assert_eq!(reply.status, 400, "{file}");
        assert!(reply.words().contains("Den 1 januari 2035 har inte varit än."), "{file}: {}", reply.words());
    }
}

/// Reports that never came are told after the half-year that is shown, and lead to where they are missing.
#[tokio::test(flavor = "multi_thread")]
async fn reports_missing_after_the_half_year_are_told() {
    let site = Site::new().await;
    let later = |page: &crate::webb::Reply| -> Vec<String> {
        page.all(".atgarder > li").into_iter().filter(|entry| entry.contains("Efter ")).collect()
    };
    for role in [Role::Kansli, Role::Insatsansvarig] {
        let token = site.session(role).await;
        let page = site.page(&token, &site.f("laget?period=2023-H1&per=2024-02-15")).await;
        assert_eq!(
            later(&page),
            ["Andra halvåret 2023 Efter första halvåret 2023 saknas en kvartalsrapport."],
            "{role:?}"
        );
        assert!(!page.words().contains("Inget kräver någon åtgärd"), "{role:?}");
        let lead = &page.all(".ingress")[0];
        assert!(!lead.contains("Alla kvartalsrapporter") && lead.contains("saknas"), "{role:?}: {lead}");
        let links = page.attributes(".atgarder > li > a", "href");
        let link = links.iter().find(|href| href.ends_with("laget?period=2023-H2&per=2024-02-15")).unwrap();
        assert!(site.page(&token, link).await.words().contains("K3 saknas"), "{role:?}");
        // The day before it is due nothing is missing.
        let before = site.page(&token, &site.f("laget?period=2023-H1&per=2023-10-30")).await;
        assert_eq!(later(&before), [""; 0], "{role:?}");
    }
    let token = site.session(Role::Kansli).await;
    let page = site.page(&token, &site.f("laget?period=2023-H2&per=2024-07-31")).await;
    assert_eq!(later(&page), ["Första halvåret 2024 Efter andra halvåret 2023 saknas 22 kvartalsrapporter."]);
}

/// One can choose half-years of which nothing is told yet, for as long as an insats is decided to run.
#[tokio::test(flavor = "multi_thread")]
async fn half_years_reach_as_far_as_insatser_are_decided_to_run() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let halves = async |per: &str| {
        let page = site.page(&token, &site.f(&format!("laget?period=2023-H1&per={per}"))).await;
        page.attributes(".tidval select[name=period] option", "value")
    };
    let all = halves("2025-03-01").await;
    assert!(all.is_sorted_by(|a, b| a > b), "{all:?}");
    assert_eq!(all[..3], ["2025-H1", "2024-H2", "2024-H1"]);
    assert_eq!(halves("2024-02-01").await[..2], ["2024-H1", "2023-H2"]);
    assert_eq!(halves("2023-12-31").await[0], "2023-H2");
}
