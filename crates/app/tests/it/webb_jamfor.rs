//! Comparing a låst report with what is known now: each fact told once, in the words of the report, and what may be
//! shown to whom.

use crate::webb::Site;
use crate::webb_version::{begun, lock, locked, next_of, of, write};
use samsyn::access::Role;
use samsyn::actions::forbund::Chosen;
use samsyn_core::Facts;
use samsyn_core::deltagande::{Avslutsorsak, Deltagande, Omfattning};
use samsyn_core::kvartalsrapport::IFas;
use samsyn_document::format;
use samsyn_store::{Signature, change, facts};

/// Changes facts as an import does; today's day is long after the report's.
async fn changed(site: &Site, made: impl FnOnce(&Facts) -> Facts) {
    let chosen = Chosen::find(site.db(), Some("uppsala-lan")).await.unwrap();
    let known = facts::current(site.db(), &chosen.access).await.unwrap();
    let signature = Signature { who: "Kim", why: "fel i registret", now_ms: crate::webb::now_ms() };
    change::change(site.db(), &chosen.access, &made(&known), signature, "import").await.unwrap();
}

/// One who went to full-time work during the half-year, known when the report was låst.
fn worked(facts: &Facts) -> Deltagande {
    let day = |text: &str| text.parse().unwrap();
    let fits = |one: &&Deltagande| {
        one.avslutsorsak == Some(Avslutsorsak::Arbete)
            && one.arbete_omfattning == Some(Omfattning::P100)
            && one.utskriven.is_some_and(|left| (day("2022-01-01")..=day("2022-06-30")).contains(&left))
            && one.utskriven_registrerad.is_some_and(|known| known <= day("2022-08-30"))
            && !one.anonym
            && one.kon.is_some()
    };
    facts.deltagare.iter().find(fits).unwrap().clone()
}

/// Rows of a markdown table that hold some words.
fn rows<'t>(text: &'t str, words: &str) -> Vec<&'t str> {
    text.lines().filter(|line| line.starts_with('|') && line.contains(words)).collect()
}

/// One whose reason to leave is corrected left one part of the figures for another: that is one thing, told once, with
/// what it said and says wherever it is told.
#[tokio::test(flavor = "multi_thread")]
async fn a_correction_is_one_thing_in_whatever_figures_it_counts() {
    let site = Site::new().await;
    let nr = locked(&site).await;
    let mut key = String::new();
    changed(&site, |known| {
        let one = worked(known);
        key = one.deltagande_id.to_string();
        let sick = Deltagande {
            avslutsorsak: Some(Avslutsorsak::Sjukdom),
            arbete_omfattning: None,
            arbete_subventionerat: None,
            ..one.clone()
        };
        let late = Deltagande {
            deltagande_id: samsyn_core::Id::new("SEN-1").unwrap(),
            inskriven_registrerad: "2026-10-01".parse().unwrap(),
            utskriven: None,
            utskriven_registrerad: None,
            avslutsorsak: None,
            arbete_omfattning: None,
            arbete_subventionerat: None,
            studerar: None,
            arbetssokande: None,
            plan_vid_avslut: None,
            forsorjning_efter: None,
            ..one
        };
        Facts { deltagare: vec![sick, late], ..Facts::default() }
    })
    .await;
    let token = site.session(Role::Kansli).await;
    let page = site.page(&token, &of(&site, nr, "jamfor")).await.words();
    let named = format!("Inskrivning {key}");
    for wrong in ["Kom in sent", "Räknas inte längre", "Ny"] {
        assert!(!page.contains(&format!("{wrong}: {named}")), "{wrong}: {page}");
    }
    assert!(page.contains("Kom in sent: Inskrivning SEN-1"), "{page}");
    let corrected: Vec<&str> = page.split(&format!("Rättad: {named}")).skip(1).collect();
    assert!(corrected.iter().all(|after| after.trim_start().starts_with("avslutsorsak: arbete")), "{corrected:?}");
    assert!(
        corrected.iter().all(|after| after.chars().take(200).collect::<String>().contains("avslutsorsak: sjukdom"))
    );

    // On paper it has one row, and each figure that it moved bears its number.
    let paper = site.page(&token, &of(&site, nr, "jamfor/bilaga.md")).await.text();
    let fact = rows(&paper, &named);
    assert_eq!(fact.len(), 1, "{paper}");
    let number = fact[0].trim_start_matches("| ").split('.').next().unwrap();
    let figure = rows(&paper, "Tabell 9: Arbetar 100 %, summa");
    assert!(figure.len() == 1 && figure[0].contains(number), "{number}: {figure:?}");
    let corrections = rows(&paper, "| Rättad").len();
    let said = format!("Rättad: {} uppgift", format::in_words(corrections as i64, false));
    assert!(paper.contains(&said) && paper.contains("Kom in sent: en uppgift"), "{said}: {paper}");
    assert!(paper.contains("Innehåller enskilda inskrivningar. Får inte spridas."));
}

/// An exit that is registered late of one who was known is no late fact; and an insats moves between answers without
/// being new or gone.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_known_did_not_come_in_late() {
    let site = Site::new().await;
    let nr = locked(&site).await;
    let (mut key, mut moved_back, mut insats) = (String::new(), String::new(), String::new());
    changed(&site, |known| {
        let day = |text: &str| text.parse().unwrap();
        let left = worked(known);
        let stays = |one: &&Deltagande| {
            one.utskriven_registrerad.is_none_or(|known| known > day("2022-09-30"))
                && one.inskriven_registrerad <= day("2022-03-01")
                && !one.anonym
                && one.makulerad.is_none()
        };
        let one = known.deltagare.iter().find(stays).unwrap();
        key = one.deltagande_id.to_string();
        let exit = Deltagande {
            utskriven: Some(day("2022-06-01")),
            utskriven_registrerad: Some(day("2026-10-01")),
            avslutsorsak: left.avslutsorsak,
            arbete_omfattning: left.arbete_omfattning,
            arbete_subventionerat: left.arbete_subventionerat,
            ..one.clone()
        };
        // Counted in no figure of the half-year when the report was låst.
        let after = |one: &&Deltagande| {
            one.inskriven > day("2022-06-30") && one.inskriven_registrerad <= day("2022-08-30") && !one.anonym
        };
        let back = known.deltagare.iter().find(after).unwrap();
        moved_back = back.deltagande_id.to_string();
        let back = Deltagande { inskriven: day("2022-06-15"), ..back.clone() };
        let green = |report: &&samsyn_core::kvartalsrapport::Kvartalsrapport| {
            report.kvartal.to_string() == "2022-K2" && report.i_fas == IFas::Ja
        };
        let mut report = known.kvartalsrapporter.iter().find(green).unwrap().clone();
        report.i_fas = IFas::Nej;
        insats = report.insats_id.to_string();
        Facts { deltagare: vec![exit, back], kvartalsrapporter: vec![report], ..Facts::default() }
    })
    .await;
    let token = site.session(Role::Kansli).await;
    let page = site.page(&token, &of(&site, nr, "jamfor")).await.words();
    assert!(page.contains(&format!("Kompletterad: Inskrivning {key} sista dag saknas")), "{page}");
    assert!(page.contains(&format!("Rättad: Inskrivning {moved_back} första dag: 2022-0")), "{page}");
    assert!(!page.contains("Kom in sent: Inskrivning"), "{page}");
    let paper = site.page(&token, &of(&site, nr, "jamfor/bilaga.md")).await.text();
    let report = rows(&paper, "Kvartalsrapport, ");
    assert!(report.len() == 1 && report[0].contains("Rättad") && report[0].contains("i fas med målen: nej"), "{paper}");
    let moved: Vec<&str> = rows(&paper, ". Insats, ");
    assert!(!moved.is_empty() && moved.iter().all(|row| row.contains("Räknas annorlunda")), "{insats}: {moved:?}");
    // Figures bear the names that stand in the report.
    assert!(!rows(&paper, ", läge").is_empty() && !paper.contains("trafikljus"), "{paper}");
}

/// What goes to the board has neither single inskrivningar nor counts of people, and reading it is not logged.
#[tokio::test(flavor = "multi_thread")]
async fn the_board_s_appendix_holds_no_single_person() {
    let site = Site::new().await;
    let nr = locked(&site).await;
    let mut key = String::new();
    changed(&site, |known| {
        let one = worked(known);
        key = one.deltagande_id.to_string();
        let gone = Deltagande { makulerad: Some("2026-10-02".parse().unwrap()), ..one };
        let mut money = known.rekvisitioner.iter().find(|row| row.kvartal.to_string() == "2022-K1").unwrap().clone();
        money.belopp_kr = samsyn_document::Belopp::from_kronor(12_345);
        Facts { deltagare: vec![gone], rekvisitioner: vec![money], ..Facts::default() }
    })
    .await;
    let token = site.session(Role::Kansli).await;
    let chef = site.session(Role::Forbundschef).await;
    let logged =
        async || site.page(&chef, &site.f("logg")).await.words().matches("Läsning av inskrivningar skillnad").count();
    let before = logged().await;
    let public = site.page(&token, &of(&site, nr, "jamfor/bilaga.md?offentlig=ja")).await;
    assert!(public.header("content-disposition").contains("-offentlig.md"));
    let public = public.text();
    assert_eq!(logged().await, before);
    assert!(!public.contains(&key) && !public.contains("Får inte spridas") && !public.contains("Tabell 6"), "{public}");
    for words in ["Tabell 4", "Rekvisition, ", "Makulerad: färre än fem inskrivningar", "Antal personer jämförs inte"]
    {
        assert!(public.contains(words), "{words}: {public}");
    }
    let full = site.page(&token, &of(&site, nr, "jamfor/bilaga.md")).await.text();
    assert!(full.contains(&key) && full.contains("Får inte spridas") && full.contains("Tabell 6"), "{full}");
    assert_eq!(logged().await, before + 1);
    let future = site.get(&token, &of(&site, nr, "jamfor?med=nu&per=2199-01-01")).await;
    assert!(future.status == 400 && future.words().contains("har inte varit än"), "{}", future.words());
    let page = site.page(&token, &of(&site, nr, "jamfor")).await;
    assert!(page.all("td.num").iter().any(|value| value.ends_with("tkr")), "{}", page.words());
    let links = page.attributes("a[download]", "href");
    assert!(links.iter().any(|link| link.ends_with("&offentlig=ja")), "{links:?}");
    // The economist sees counts, but no single inskrivning; the member of the board sees neither, whatever he asks for.
    let ekonom = site.session(Role::Ekonom).await;
    let paper = site.page(&ekonom, &of(&site, nr, "jamfor/bilaga.md")).await.text();
    assert!(!paper.contains(&key) && paper.contains("Makulerad: en inskrivning"), "{paper}");
    let ledamot = site.session(Role::Ledamot).await;
    for asked in ["", "?offentlig=ja"] {
        let paper = site.page(&ledamot, &of(&site, nr, &format!("jamfor/bilaga.md{asked}"))).await.text();
        assert!(!paper.contains(&key) && !paper.contains("inskrivning") && paper.contains("Tabell 4"), "{paper}");
    }
}

/// A comparison of a report holds the figures that the report shows, and no others; the appendix says what is compared,
/// and texts are told at their places word by word.
#[tokio::test(flavor = "multi_thread")]
async fn two_versions_are_compared_in_the_words_of_the_report() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let token = site.session(Role::Kansli).await;
    let table = "| Mått | Antal |\n| Pågående | sju |";
    write(&site, &token, nr, ("utfall/tabell-9", "0"), &format!("Sju gick vidare.\n\n{table}\n\nSlut.")).await;
    write(&site, &token, nr, ("utfall", "0"), "Först.").await;
    lock(&site, nr).await;
    let today = samsyn_document::Datum::of_ms(crate::webb::now_ms()).to_string();
    let behandla = [("dag", today.as_str()), ("beslut", "godkand"), ("paragraf", "§ 45")];
    assert_eq!(site.post(&token, &of(&site, nr, "behandla"), &behandla).await.status, 303);
    let page = site.page(&token, &of(&site, nr, "")).await;
    assert!(page.words().contains("Diarieförd, "), "{}", page.words());

    let next = next_of(&site, nr).await;
    let last = |page: &crate::webb::Reply| page.attributes("input[name=last]", "value")[0].clone();
    let form = site.page(&token, &of(&site, next, "skriv?plats=utfall/tabell-9")).await;
    let text = format!("Åtta gick vidare.\n\n{}\n\nSlut.", table.replace("sju", "åtta"));
    assert_eq!(write(&site, &token, next, ("utfall/tabell-9", &last(&form)), &text).await.status, 303);
    let form = site.page(&token, &of(&site, next, "skriv?plats=utfall/tabell-9")).await;
    assert!(form.words().contains("Pågående | åtta"), "{}", form.words());
    // For the board only the words are compared: what lies between two numbers is not told.
    let with = format!("jamfor/bilaga.md?med={nr}");
    let (full, public) = (
        site.page(&token, &of(&site, next, &with)).await.text(),
        site.page(&token, &of(&site, next, &format!("{with}&offentlig=ja"))).await.text(),
    );
    assert!(full.contains("nytt: Åtta") && !public.contains("Åtta") && !public.contains("gick vidare"), "{public}");
    let earlier = site.page(&token, &of(&site, next, "historik?plats=utfall/tabell-9")).await;
    assert!(earlier.words().contains("Pågående | åtta"), "{}", earlier.words());

    let paper = site.page(&token, &of(&site, nr, &format!("jamfor/bilaga.md?med={next}"))).await.text();
    assert!(paper.contains("efter tabell 9"), "{paper}");
    let words = paper.replace(['*', '\\'], "").replace('\u{a0}', " ");
    assert!(words.contains("[borttaget: Sju] [nytt: Åtta] gick vidare."), "{paper}");
    assert!(words.contains("[borttaget: sju] [nytt: åtta]"), "{paper}");
    for told in ["känt per 30 augusti 2022", "§ 45", "Diarienummer, version 1", "Kontrollsumma, version 1", "Upprättad"]
    {
        assert!(words.contains(told), "{told}: {paper}");
    }
    // Version 2 has a column that version 1 has not; what is known now is no paper to have one.
    assert!(paper.contains("Tabell 4: Summa, överfört till 2023"), "{paper}");
    let now = site.page(&token, &of(&site, nr, "jamfor/bilaga.md")).await.text();
    assert!(
        now.contains("Tabell 1: ") && !now.contains("överfört till 2023") && !now.contains("under halvåret"),
        "{now}"
    );
}

/// The heading of a comment is the words of its place, also when the report is låst.
#[tokio::test(flavor = "multi_thread")]
async fn a_comment_on_a_locked_report_stands_under_its_place_in_words() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let token = site.session(Role::Forbundschef).await;
    site.post(&token, &of(&site, nr, "steg"), &[("steg", "granska")]).await;
    let note = [("plats", "budget/tabell-4"), ("text", "Stämmer.")];
    assert_eq!(site.post(&token, &of(&site, nr, "kommentar"), &note).await.status, 303);
    assert_eq!(site.post(&token, &of(&site, nr, "kommentar/1/los"), &[]).await.status, 303);
    assert_eq!(crate::webb_version::try_lock(&site, &token, nr).await.status, 303);
    let heading = site.page(&token, &of(&site, nr, "")).await.all("#kommentarer li a");
    assert!(heading.len() == 1 && heading[0].ends_with(", efter tabell 4"), "{heading:?}");
}
