//! What the kansli writes: its judgement beside the styrgrupp's, its comments, and the final report.

use crate::base::project;
use crate::webb::{Ask, Site, package};
use samsyn::access::Role;

const VY: &str = "insats/ost-bryggan/bedomning/2023-H1";

fn saved(reply: &crate::webb::Reply, to: &str) {
    assert_eq!((reply.status.as_u16(), reply.to()), (303, to), "{}", reply.words());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_kanslis_view_stands_beside_the_styrgrupps() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let (form, page) = (site.f(VY), site.f("insats/ost-bryggan?period=2023-H1"));
    let told = site.page(&token, &form).await;
    assert!(told.words().contains("Styrgruppens svar, kvartal 2 2023"), "{}", told.words());
    // From Läget and the report one comes here by the light.
    let light = "siffra/2/ost-bryggan/trafikljus?period=2023-H1";
    assert!(site.page(&token, &site.f(light)).await.attributes("a.knapp", "href").contains(&form));
    let board = site.session(Role::Ledamot).await;
    assert!(!site.page(&board, &site.f(light)).await.text().contains("bedomning"));
    // Each choice stands with the light that it gives.
    let choices = told.all("fieldset label");
    let lights: Vec<&str> = choices.iter().map(|text| text.split_whitespace().last().unwrap_or_default()).collect();
    assert_eq!(lights, ["Grön", "Grön", "Gul", "Gul", "Röd"], "{choices:?}");
    // Another view than the styrgrupp's needs a reason; what was chosen is kept.
    let reply = site.post(&token, &form, &[("kansli_i_fas", "delvis")]).await;
    assert_eq!(reply.status, 422);
    assert_eq!(reply.attributes("input[checked]", "value"), ["delvis"]);
    assert!(reply.attributes(".felruta a", "href").contains(&"#kansli_motiv".to_owned()), "{}", reply.text());
    let fields = [("kansli_i_fas", "delvis"), ("kansli_motiv", "Låg beläggning <sedan> mars.")];
    let to = "/f/uppsala-lan/insats/ost-bryggan?period=2023-H1&besked=sparat";
    saved(&site.post(&token, &form, &fields).await, to);
    let words = site.page(&token, &page).await.words();
    assert!(words.contains("Gul") && words.contains("Låg beläggning <sedan> mars."), "{words}");
    let report = site.page(&token, &site.f("rapport?period=2023-H1")).await.words();
    assert!(report.contains("Kansliets skäl: ”Låg beläggning <sedan> mars”."), "{report}");
    // What was known before is as it was.
    let before = site.page(&token, &site.f("rapport?period=2023-H1&per=2023-08-30")).await.words();
    assert!(!before.contains("Låg beläggning"));
    // A change says why, and the same once more changes nothing.
    assert_eq!(site.post(&token, &form, &fields).await.status, 422);
    let again = [&fields[..], &[("skal", "Rättelse")]].concat();
    assert!(site.post(&token, &form, &again).await.to().contains("besked=likadant"));
    // Another light, and then everything is taken back; the history has it.
    let light = [&again[..], &[("ljus", "röd"), ("ljus_motiv", "Ingen handledare")]].concat();
    saved(&site.post(&token, &form, &light).await, to);
    let words = site.page(&token, &page).await.words();
    assert!(words.contains("Läget är satt av kansliet: Ingen handledare"), "{words}");
    saved(&site.post(&token, &form, &[("skal", "Löst i juni")]).await, to);
    let words = site.page(&token, &page).await.words();
    assert!(!words.contains("Läget är satt") && words.contains("Löst i juni") && words.contains("Ingen handledare"));
    let report = site.page(&token, &site.f("rapport?period=2023-H1")).await.words();
    assert!(!report.contains("Låg beläggning") && !report.contains("Ingen handledare"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_quarterly_report_there_is_nothing_to_judge() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let form = site.f("insats/ost-bryggan/bedomning/2020-H1");
    let page = site.page(&token, &form).await;
    assert!(page.words().contains("Ingen kvartalsrapport är känd för första halvåret 2020"), "{}", page.words());
    assert!(page.all("form.formular").is_empty());
    let fields = [("kansli_i_fas", "nej"), ("kansli_motiv", "x")];
    assert_eq!(site.post(&token, &form, &fields).await.status, 422);
    assert_eq!(site.get(&token, &site.f("insats/ost-bryggan/bedomning/2020")).await.status, 400);
    assert_eq!(site.get(&token, &site.f("insats/finns-inte/bedomning/2020-H1")).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn comments_and_the_final_report_reach_the_pm() {
    let site = Site::new().await;
    let token = site.session(Role::Forbundschef).await;
    let post = async |rest: &str, fields: &[(&str, &str)]| site.post(&token, &site.f(rest), fields).await;
    let report = async |half: &str| site.page(&token, &site.f(&format!("rapport?period={half}"))).await.words();
    assert_eq!(post("insats/ost-bryggan/kommentar/2022-H1", &[("text", " ")]).await.status, 422);
    let reply = post("insats/ost-bryggan/kommentar/2022-H1", &[("text", "Går bra.\r\nFölj upp.")]).await;
    saved(&reply, "/f/uppsala-lan/insats/ost-bryggan?period=2022-H1&besked=sparat");
    let reply = post("avvikelse/A001/kommentar", &[("text", "Godtas")]).await;
    saved(&reply, "/f/uppsala-lan/insats/tie-ung-framtid?period=2022-H1&besked=sparat");
    let pm = report("2022-H1").await;
    for told in ["Kansliets kommentar: ”Går bra. Följ upp”.", "Kansliets kommentar: ”Godtas”."] {
        assert!(pm.contains(told), "{told}: {pm}");
    }
    assert!(site.page(&token, &site.f("insats/tie-ung-framtid?period=2022-H1")).await.words().contains("Godtas"));
    // The final report has a field per party; what is empty is still marked as missing.
    let slut = "insats/ost-bryggan/slutrapport";
    let form = site.page(&token, &site.f(slut)).await;
    let fields: Vec<String> = form.all("label");
    assert!(fields.iter().any(|text| text.contains("Kommentar från Östhammar")), "{fields:?}");
    let ours = form.attributes("textarea[name^=part-]", "name");
    assert_eq!(ours.len(), 4, "{ours:?}");
    assert_eq!(post(slut, &[("inkommen", "2023-10-01")]).await.status, 422);
    assert_eq!(post(slut, &[("syfte", "x"), ("inkommen", "2999-10-01")]).await.status, 422);
    let fields = [("syfte", "Att pröva"), ("inkommen", "2023-10-01"), (ours[0].as_str(), "Tack")];
    saved(&post(slut, &fields).await, "/f/uppsala-lan/insats/ost-bryggan?period=2023-H2&besked=sparat");
    let pm = report("2023-H2").await;
    for told in ["Syfte: Att pröva", "Östhammar: ”Tack”.", "lärdomar ur slutrapporten", "partens kommentar"] {
        assert!(pm.contains(told), "{told}: {pm}");
    }
    // What is emptied is taken away, with a reason.
    assert_eq!(post(slut, &[]).await.status, 422);
    assert_eq!(post(slut, &[("skal", "Fel insats")]).await.status, 303);
    let pm = report("2023-H2").await;
    assert!(!pm.contains("Att pröva") && !pm.contains("Tack"));
    let history = site.page(&token, &site.f("insats/ost-bryggan")).await.words();
    for told in ["Att pröva", "Följ upp", "Fel insats", "Slutrapport: borttaget: syfte: Att pröva"] {
        assert!(history.contains(told), "{told}: {history}");
    }
    // A package without the kansli's files leaves its words alone.
    let kept = site.send(Ask::upload(&site.f("import"), &package(&project("demo"))).by(&token)).await;
    assert_eq!(kept.status, 303, "{}", kept.words());
    assert!(report("2022-H1").await.contains("Godtas"));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_personnummer_is_taken_in_what_the_kansli_writes() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let number = "19900118-9811";
    let typed = format!("för {number}");
    let long = "x".repeat(4_001);
    for (rest, field) in [
        (VY, "kansli_motiv"),
        (VY, "ljus_motiv"),
        (VY, "kansli_i_fas"),
        ("insats/ost-bryggan/kommentar/2022-H1", "text"),
        ("avvikelse/A001/kommentar", "text"),
        ("insats/ost-bryggan/slutrapport", "lardomar"),
        ("insats/ost-bryggan/slutrapport", "inkommen"),
        ("insats/ost-bryggan/slutrapport", "part-_c3_96sthammar"),
    ] {
        let reply = site.post(&token, &site.f(rest), &[(field, &typed)]).await;
        assert!(reply.status == 422 && reply.words().contains("personnummer"), "{field}: {}", reply.words());
        assert!(!reply.text().contains(number), "{field}: the answer shows it");
        assert_eq!(site.post(&token, &site.f(rest), &[(field, &long)]).await.status, 422, "{field}");
    }
    assert!(!site.stored(number) && !site.stored("9811"));
}
