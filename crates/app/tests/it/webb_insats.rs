//! Decisions on insatser, and what their forms do with what is wrong.

use crate::webb::{Ask, PASSWORD, Site, form};
use samsyn::access::Role;

const NY: [(&str, &str); 8] = [
    ("insats_id", "ost-nytt"),
    ("namn", "Nytt försök"),
    ("insatsagare", "Östhammar"),
    ("typ", "individ"),
    ("inriktning", "arbetsnära"),
    ("start", "2026-01-01"),
    ("slut", "2026-12-31"),
    ("beslutad", "2025-11-20"),
];

fn changed<'a>(fields: &[(&'a str, &'a str)], other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = fields.iter().filter(|(name, _)| !other.iter().any(|(changed, _)| changed == name));
    kept.chain(other).copied().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_insats_is_created_prolonged_and_closed() {
    let site = Site::new().await;
    let token = site.session(Role::Forbundschef).await;
    let fields = changed(&NY, &[("skal", "Styrelsen 2025-11-20, § 7")]);
    let made = site.post(&token, &site.f("ny-insats"), &fields).await;
    assert_eq!(
        (made.status.as_u16(), made.to()),
        (303, "/f/uppsala-lan/insats/ost-nytt?besked=skapad"),
        "{}",
        made.text()
    );
    let page = site.page(&token, made.to()).await;
    let words = page.words();
    for told in ["Insatsen är skapad.", "Nytt försök", "2026-12-31", "Styrelsen 2025-11-20, § 7", "Förbundschef"] {
        assert!(words.contains(told), "{told}: {words}");
    }
    assert!(site.page(&token, &site.f("insatser")).await.words().contains("Nytt försök"));
    // The same once more is refused.
    let again = site.post(&token, &site.f("ny-insats"), &fields).await;
    assert!(again.status == 422 && again.words().contains("Det finns redan en insats med id ost-nytt"));
    // Longer, then shorter; each decision has a day of its own.
    let period = site.f("insats/ost-nytt/period");
    let decide = |slut: &'static str, beslutad: &'static str| {
        [("start", "2026-01-01"), ("slut", slut), ("beslutad", beslutad), ("skal", "Styrelsen, § 12")]
    };
    let longer = site.post(&token, &period, &decide("2027-06-30", "2026-06-10")).await;
    assert_eq!((longer.status.as_u16(), longer.to()), (303, "/f/uppsala-lan/insats/ost-nytt?besked=beslut"));
    let same_day = site.post(&token, &period, &decide("2027-09-30", "2026-06-10")).await;
    assert!(same_day.status == 422 && same_day.words().contains("Det finns redan ett beslut från 2026-06-10"));
    let closed = site.post(&token, &period, &decide("2026-09-30", "2026-09-01")).await;
    assert_eq!(closed.status, 303, "{}", closed.text());
    let words = site.page(&token, closed.to()).await.words();
    assert!(words.contains("Beslutet är sparat. Den nya perioden gäller"), "{words}");
    assert!(words.contains("2027-06-30") && words.contains("2026-09-30"), "{words}");
    let list = site.page(&token, &site.f("insatser")).await;
    assert!(
        list.all("tr").iter().any(|row| row.contains("Nytt försök") && row.contains("2026-09-30")),
        "{}",
        list.words()
    );
    // Facts about it.
    let form = site.page(&token, &site.f("insats/ost-nytt/andra")).await;
    assert!(form.text().contains("value=\"Nytt försök\""));
    let fields = [
        ("namn", "Ett annat namn"),
        ("insatsagare", "Östhammar"),
        ("typ", "individ"),
        ("inriktning", ""),
        ("skal", "Rättelse"),
    ];
    let saved = site.post(&token, &site.f("insats/ost-nytt/andra"), &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert!(site.page(&token, saved.to()).await.words().contains("Ett annat namn"));
    // No one else may.
    for role in [Role::Ekonom, Role::Insatsansvarig, Role::Ledamot, Role::Revisor] {
        let other = site.session(role).await;
        assert_eq!(
            site.post(&other, &site.f("insats/ost-bryggan/period"), &decide("2027-06-30", "2026-06-11")).await.status,
            404
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_insats_made_by_mistake_is_cancelled_but_not_one_that_something_is_told_of() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    site.post(&token, &site.f("ny-insats"), &changed(&NY, &[("skal", "Beslut")])).await;
    let path = site.f("insats/ost-nytt/makulera");
    let offers = async |id: &str| {
        let links = site.page(&token, &site.f(&format!("insats/{id}"))).await.attributes("main a", "href");
        links.contains(&site.f(&format!("insats/{id}/makulera")))
    };
    assert!(offers("ost-nytt").await && !offers("ost-bryggan").await);
    assert!(site.page(&token, &path).await.words().contains("Makulera bara en insats som lagts till av misstag"));
    assert_eq!(site.post(&token, &path, &[("skal", " ")]).await.status, 422);
    let gone = site.post(&token, &path, &[("skal", "Finns redan")]).await;
    assert_eq!(gone.to(), "/f/uppsala-lan/insatser?besked=makulerad", "{}", gone.words());
    let list = site.page(&token, gone.to()).await.words();
    assert!(list.contains("Insatsen är makulerad.") && !list.contains("Nytt försök"), "{list}");
    assert_eq!(site.get(&token, &site.f("insats/ost-nytt")).await.status, 404);
    assert_eq!(site.post(&token, &path, &[("skal", "igen")]).await.status, 404);
    let reader = site.session(Role::Revisor).await;
    let log = site.page(&reader, &site.f("logg")).await.words();
    assert!(log.contains("Makulerad insats Nytt försök (Östhammar). Finns redan"), "{log}");
    assert!(log.contains("Ny insats Nytt försök (Östhammar). Beslut"), "{log}");
    // It can be made anew.
    assert_eq!(site.post(&token, &site.f("ny-insats"), &changed(&NY, &[("skal", "Beslut")])).await.status, 303);
    let refused = site.post(&token, &site.f("insats/ost-bryggan/makulera"), &[("skal", "Fel")]).await;
    let words = refused.words();
    assert_eq!(refused.status, 422);
    for told in [
        "kan inte makuleras",
        "rekvisitioner",
        "inskrivningar",
        "en insats som fortsätter den",
        "Avsluta den i stället",
    ] {
        assert!(words.contains(told), "{told}: {words}");
    }
    site.page(&token, &site.f("insats/ost-bryggan")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_in_a_form_keeps_what_was_typed() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let fields = changed(
        &NY,
        &[("slut", "2025-12-31"), ("namn", "<b>Försök & \"fel\"</b>"), ("beslutad", "i går"), ("skal", "")],
    );
    let reply = site.post(&token, &site.f("ny-insats"), &fields).await;
    assert_eq!(reply.status, 422);
    let text = reply.text();
    assert!(!text.contains("<b>Försök"), "what was typed is markup");
    let value = |name: &str| reply.attributes(&format!("#{name}"), "value").join("");
    assert_eq!(value("namn"), "<b>Försök & \"fel\"</b>");
    assert_eq!(
        (value("insats_id"), value("slut"), value("start")),
        ("ost-nytt".into(), "2025-12-31".into(), "2026-01-01".into())
    );
    assert_eq!(reply.attributes("option[selected]", "value"), ["individ", "arbetsnära", ""]);
    // Each fault is told at its field and in the list above, which leads there.
    for name in ["beslutad", "skal"] {
        assert_eq!(reply.attributes(&format!("#{name}"), "aria-invalid"), ["true"], "{name}");
        assert!(reply.attributes(".felruta a", "href").contains(&format!("#{name}")), "{name}");
    }
    assert!(!site.page(&token, &site.f("insatser")).await.words().contains("Försök"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_personnummer_is_refused_not_shown_and_not_stored() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    // One of the Skatteverket's numbers for tests.
    let number = "19900118-9811";
    for field in ["namn", "skal", "kortnamn", "insatsagare", "insats_id", "slut", "forvantat_antal_per_ar"] {
        let typed = format!("för {number}");
        let fields = changed(&NY, &[("skal", "Beslut"), (field, if field == "insats_id" { number } else { &typed })]);
        let reply = site.post(&token, &site.f("ny-insats"), &fields).await;
        assert_eq!(reply.status, 422, "{field}: {}", form(&fields));
        assert!(reply.words().contains("personnummer"), "{field}: {}", reply.words());
        assert!(!reply.text().contains(number), "{field}: the answer shows it");
    }
    let reply = site.send(Ask::post("/logga-in", &[("epost", number), ("losenord", PASSWORD)])).await;
    assert_eq!(reply.status, 422);
    let path = site.f("import/1/angra");
    let reply = site.post(&token, &path, &[("skal", number)]).await;
    assert!(reply.status == 422 && !reply.text().contains(number), "{}", reply.text());
    assert!(!site.stored(number) && !site.stored("9001189811") && !site.stored("900118-9811"));
}

/// A changed fact tells what changed, and a quarter whose report never came has its column.
#[tokio::test(flavor = "multi_thread")]
async fn history_tells_what_changed_and_a_missing_report_is_seen() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let form = site.page(&token, &site.f("insats/ost-bryggan/andra")).await;
    let value = |name: &str| form.attributes(&format!("#{name}"), "value").join("");
    let selected = form.attributes("option[selected]", "value");
    assert_eq!(form.all("#redovisas_med option[value='tie-ung-framtid']").len(), 1);
    assert_eq!(form.all("#redovisas_med option[value='ost-bryggan']").len(), 0, "it can continue itself");
    let (namn, agare) = (value("namn"), value("insatsagare"));
    let fields = [
        ("namn", namn.as_str()),
        ("kortnamn", "Bron"),
        ("insatsagare", &agare),
        ("typ", &selected[0]),
        ("inriktning", &selected[1]),
        ("skal", "Nytt namn."),
    ];
    let reply = site.post(&token, &site.f("insats/ost-bryggan/andra"), &fields).await;
    assert_eq!(reply.status, 303, "{}", reply.words());
    let page = site.page(&token, &site.f("insats/ost-bryggan?period=2023-H2")).await;
    let rows = page.all("#historik ~ details tbody tr");
    assert!(rows[0].contains("kortnamn: Bron (förut: Bryggan)") && !rows[0].contains("Östhammar"), "{}", rows[0]);
    let quarters = page.all(".matris thead th");
    assert_eq!(quarters[..2], ["Fråga", "Kvartal 2 2023"]);
    assert_ne!(page.all(".matris tbody tr:first-child td")[0], "–");
    assert_eq!(page.all(".saknade"), ["Saknas: K3 2023."]);
    // What came of the goals later is no part of an earlier half-year.
    let quarters_of = |page: &crate::webb::Reply| page.all(".mal .utfall dt").join(" ");
    assert!(quarters_of(&page).contains("Kvartal 3 2023"), "{}", quarters_of(&page));
    let earlier = site.page(&token, &site.f("insats/ost-bryggan?period=2022-H1")).await;
    assert!(!quarters_of(&earlier).contains("2023"), "{}", quarters_of(&earlier));
    assert_eq!(page.all(".matris tbody tr:first-child td").len(), quarters.len() - 1);
}

/// The forms say which insats they are about, and what is decided now.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_names_its_insats() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    for form in ["period", "andra", "makulera"] {
        let page = site.page(&token, &site.f(&format!("insats/ost-bryggan/{form}"))).await;
        assert!(page.all("h1")[0].ends_with("Bryggan (Östhammar)"), "{form}: {:?}", page.all("h1"));
        assert_eq!(page.all(".stig a"), ["Bryggan"], "{form}");
        let now = page.words().contains("Nu gäller 2018-03-01 till 2023-08-31, beslutat 2021-03-25.");
        assert_eq!(now, form == "period", "{form}: {}", page.words());
    }
}

/// An insats without light says why, and one that has no participants of its own no columns for them.
#[tokio::test(flavor = "multi_thread")]
async fn an_insats_without_light_says_why() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let own = site.session(Role::Insatsansvarig).await;
    let lage = async |token: &str, rest: &str| site.page(token, &site.f(rest)).await.all(".huvud > .mindre").join(" ");
    for (rest, told) in [
        ("insats/ost-bryggan?period=2022-H1", ""),
        ("insats/ost-bryggan?period=2024-H1", "Insatsen pågick inte under första halvåret 2024."),
        (
            "insats/ost-bryggan?period=2023-H2",
            "Bryggan – främjar hälsa på väg mot arbete eller studier fortsätter insatsen och har raden för andra halvåret 2023.",
        ),
        ("insats/reg-regexpro?period=2024-H1", "Ingen kvartalsrapport är inlämnad för första halvåret 2024."),
    ] {
        assert_eq!(lage(&token, rest).await, told, "{rest}");
    }
    let told = lage(&own, "insats/ost-bryggan?period=2023-H2").await;
    assert!(told.starts_with("En annan insats fortsätter den här"), "{told}");
    let heads = async |id: &str| {
        site.page(&token, &site.f(&format!("insats/{id}?period=2022-H1"))).await.all("#pengar ~ .table thead th")
    };
    assert_eq!(heads("reg-regexpro").await, ["Kvartal", "Utfall, tkr", "Budget, tkr"]);
    assert_eq!(heads("ost-bryggan").await.len(), 7);
}
