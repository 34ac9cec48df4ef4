//! Users as one who gives roles meets them, and as the invited does.

use crate::webb::{ANNAT, Ask, PASSWORD, Site, now_ms};
use crate::webb_version::locked;
use samsyn::access::{Held, Role};
use samsyn::actions::inloggning;
use samsyn_store::{anvandare, logg, roll, session};

const INVITED: [(&str, &str); 3] = [("namn", "Eva Ek"), ("epost", "Eva.Ek@exempel.se"), ("roll", "ekonom")];

#[tokio::test(flavor = "multi_thread")]
async fn one_is_invited_chooses_a_password_and_comes_in() {
    let site = Site::new().await;
    let head = site.session(Role::Behorighetsansvarig).await;
    let reply = site.post(&head, &site.f("anvandare"), &INVITED).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let text = reply.text();
    let token = text.split("/valj-losenord/").nth(1).expect("no link").split(['"', '<', ' ']).next().unwrap();
    let link = format!("/valj-losenord/{}", token.trim());
    assert!(!site.stored(token), "the link itself is stored");
    // Whoever follows it sees whom it is for, and has to choose well.
    assert!(site.send(Ask::get(&link)).await.words().contains("Eva Ek"));
    for (one, two) in
        [("kort", "kort"), ("en lång mening här", "en annan mening här"), ("eva.ek@exempel.se", "eva.ek@exempel.se")]
    {
        let reply = site.send(Ask::post(&link, &[("losenord", one), ("igen", two)])).await;
        assert_eq!(reply.status, 422, "{one}: {}", reply.words());
        assert!(!reply.text().contains(one) || one.contains('@'), "{one} is shown");
    }
    let chosen = [("losenord", "blå hästar dansar"), ("igen", "blå hästar dansar")];
    assert_eq!(site.send(Ask::post(&link, &chosen)).await.to(), "/logga-in?besked=losenord");
    assert!(!site.stored("blå hästar dansar"), "the password itself is stored");
    // Once only.
    assert_eq!(site.send(Ask::post(&link, &chosen)).await.status, 422);
    assert!(site.send(Ask::get(&link)).await.words().contains("går inte att använda"));
    let inside =
        site.send(Ask::post("/logga-in", &[("epost", "eva.ek@exempel.se"), ("losenord", "blå hästar dansar")])).await;
    assert_eq!((inside.status.as_u16(), inside.to()), (303, "/"));
    // The log tells of it, not of the link or the password.
    let rows = logg::list(site.db(), Some(site.forbund), None, 20, None).await.unwrap();
    assert!(rows.iter().any(|row| row.slag == "inbjudan" && row.vad.contains("Eva Ek")), "{rows:?}");
    assert!(rows.iter().all(|row| !row.vad.contains(token)));
}

/// A user of the other förbund too, with these roles in both.
async fn user(site: &Site, address: &str, here: Option<Role>) -> i64 {
    let other = samsyn_store::forbund::find(site.db(), ANNAT).await.unwrap().nr;
    let held = [Held { role: Role::Forbundschef, insats: None }];
    let nr = inloggning::make_user(site.db(), (address, "Ulf Ung", PASSWORD), other, &held).await.unwrap();
    if let Some(role) = here {
        let roll = roll::Roll {
            anvandare: nr,
            forbund: site.forbund,
            roll: role.kod().to_owned(),
            insats_id: String::new(),
            till_ms: None,
            given_ms: now_ms(),
            given_av: "prov".to_owned(),
        };
        roll::give(site.db(), &roll).await.unwrap();
    }
    nr
}

#[tokio::test(flavor = "multi_thread")]
async fn another_forbunds_users_are_not_reached() {
    let site = Site::new().await;
    let head = site.session(Role::Behorighetsansvarig).await;
    let alone = user(&site, "ulf@annat.exempel", None).await;
    let nowhere = site.get(&head, &site.f("finns-inte")).await.text();
    let role = [("roll", "kansli")];
    assert_eq!(site.get(&head, &site.f(&format!("anvandare/{alone}"))).await.text(), nowhere);
    for what in ["roll", "ta-bort", "lank", "logga-ut", "stang", "oppna"] {
        let reply = site.post(&head, &site.f(&format!("anvandare/{alone}/{what}")), &role).await;
        assert_eq!((reply.status.as_u16(), reply.text()), (404, nowhere.clone()), "{what}");
    }
    // One with a role here too: the role here may be changed, the user may not.
    let both = user(&site, "bo@annat.exempel", Some(Role::Ledamot)).await;
    let token = site.session_of("bo@annat.exempel", now_ms()).await;
    for what in ["lank", "stang", "oppna"] {
        let reply = site.post(&head, &site.f(&format!("anvandare/{both}/{what}")), &[]).await;
        assert_eq!(reply.status, 422, "{what}");
        assert!(!reply.text().contains("/valj-losenord/"), "{what}");
    }
    assert_eq!(site.get(&token, &format!("/f/{ANNAT}/laget")).await.status, 200);
    let again = [("namn", "Bo"), ("epost", "bo@annat.exempel"), ("roll", "ekonom")];
    let invited = site.post(&head, &site.f("anvandare"), &again).await;
    assert_eq!(invited.status, 303, "a link to one who is of another förbund too: {}", invited.text());
    assert_eq!(anvandare::find(site.db(), both).await.unwrap().unwrap().namn, "Ulf Ung");
    let gone =
        site.post(&head, &site.f(&format!("anvandare/{both}/ta-bort")), &[("roll", "ledamot"), ("insats", "")]).await;
    assert_eq!(gone.status, 303);
    assert_eq!(site.get(&token, &format!("/f/{ANNAT}/laget")).await.status, 200);
    // The log of one förbund tells nothing of the other.
    let reader = site.session(Role::Revisor).await;
    let chief = site.get(&token, &format!("/f/{ANNAT}/logg")).await;
    assert!(!chief.words().contains("Ulf Ung (bo@annat.exempel): ekonom"), "{}", chief.words());
    assert!(site.page(&reader, &site.f("logg")).await.words().contains("bo@annat.exempel"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_taken_back_or_a_user_closed_holds_at_once() {
    let site = Site::new().await;
    let head = site.session(Role::Behorighetsansvarig).await;
    let nr = anvandare::by_epost(site.db(), "kansli@demo.exempel").await.unwrap().unwrap().nr;
    let token = site.session(Role::Kansli).await;
    site.page(&token, &site.f("laget")).await;
    let path = |what: &str| site.f(&format!("anvandare/{nr}/{what}"));
    assert_eq!(site.post(&head, &path("roll"), &[("roll", "ledamot")]).await.status, 303);
    assert_eq!(site.post(&head, &path("ta-bort"), &[("roll", "kansli"), ("insats", "")]).await.status, 303);
    assert_eq!(site.get(&token, &site.f("import")).await.status, 404);
    site.page(&token, &site.f("laget")).await;
    assert_eq!(site.post(&head, &path("stang"), &[]).await.status, 303);
    assert!(site.get(&token, &site.f("laget")).await.to().starts_with("/logga-in"));
    let open = site.session(Role::Ledamot).await;
    let ledamot = anvandare::by_epost(site.db(), "ledamot@demo.exempel").await.unwrap().unwrap().nr;
    assert_eq!(site.post(&head, &site.f(&format!("anvandare/{ledamot}/logga-ut")), &[]).await.status, 303);
    assert!(site.get(&open, &site.f("laget")).await.to().starts_with("/logga-in"));
    // The last who gives roles cannot go.
    let own = anvandare::by_epost(site.db(), "behorighetsansvarig@demo.exempel").await.unwrap().unwrap().nr;
    let last = site
        .post(&head, &site.f(&format!("anvandare/{own}/ta-bort")), &[("roll", "behorighetsansvarig"), ("insats", "")])
        .await;
    assert_eq!(last.status, 422);
    assert_eq!(site.post(&head, &site.f(&format!("anvandare/{own}/stang")), &[]).await.status, 422);
    site.page(&head, &site.f("anvandare")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_asks_for_the_old_and_ends_every_session() {
    let site = Site::new().await;
    let (here, elsewhere) = (site.session(Role::Ekonom).await, site.session(Role::Ekonom).await);
    let form =
        |old: &'static str| [("gammalt", old), ("nytt", "gröna katter sjunger"), ("igen", "gröna katter sjunger")];
    let refused = site.post(&here, "/konto/losenord", &form("fel")).await;
    assert!(refused.status == 422 && !refused.text().contains("gröna katter"), "{}", refused.text());
    site.page(&elsewhere, "/konto").await;
    assert_eq!(site.post(&here, "/konto/losenord", &form(PASSWORD)).await.status, 303);
    for token in [here, elsewhere] {
        assert!(site.get(&token, "/konto").await.to().starts_with("/logga-in"));
    }
    let token = site.session(Role::Kansli).await;
    let other = site.session(Role::Kansli).await;
    assert_eq!(site.post(&token, "/konto/logga-ut-overallt", &[]).await.status, 303);
    assert!(site.get(&other, "/konto").await.to().starts_with("/logga-in"));
    assert_eq!(session::end_all(site.db(), 3).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_personnummer_about_a_user_is_neither_stored_nor_shown() {
    let site = Site::new().await;
    let head = site.session(Role::Behorighetsansvarig).await;
    let number = "19900118-9811";
    for (name, address) in [(number, "eva.ek@exempel.se"), ("Eva Ek", "19900118-9811@exempel.se")] {
        let form = [("namn", name), ("epost", address), ("roll", "ekonom")];
        let reply = site.post(&head, &site.f("anvandare"), &form).await;
        assert!(reply.status == 422 && reply.words().contains("personnummer"), "{}", reply.text());
        assert!(!reply.text().contains(number), "the answer shows it");
    }
    assert!(!site.stored(number));
}

/// What one leads is seen one by one; what one only steers is not, and the board's papers are read as the board does.
#[tokio::test(flavor = "multi_thread")]
async fn one_role_lends_nothing_to_another() {
    let site = Site::new().await;
    locked(&site).await;
    let held = [
        Held { role: Role::Insatsansvarig, insats: Some("ost-bryggan".to_owned()) },
        Held { role: Role::Styrgrupp, insats: Some("tie-ung-framtid".to_owned()) },
        Held { role: Role::Ledamot, insats: None },
    ];
    inloggning::make_user(site.db(), ("bade@demo.exempel", "Bo Både", PASSWORD), site.forbund, &held).await.unwrap();
    let token = site.session_of("bade@demo.exempel", now_ms()).await;
    let figure = |insats: &str| site.f(&format!("siffra/6/{insats}/avslutade_S?period=2022-H1&per=2022-08-30"));
    let words = site.page(&token, &figure("tie-ung-framtid")).await.words();
    assert!(words.contains("inte får se en och en") && !words.contains("inskriven 2"), "{words}");
    let report = site.get(&token, &site.f("rapport/pm.md?period=2022-H1&per=2022-08-30")).await.text();
    let board = site.session(Role::Ledamot).await;
    assert_eq!(report, site.get(&board, &site.f("rapport/pm.md?period=2022-H1&per=2022-08-30")).await.text());
    assert!(report.contains(".."));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_tells_no_number_of_people() {
    let site = Site::new().await;
    let chief = site.session(Role::Forbundschef).await;
    site.page(&chief, &site.f("siffra/8/ost-bryggan/till_arbete_studier_S?period=2022-H1&per=2022-08-30")).await;
    let rows = logg::list(site.db(), Some(site.forbund), None, 10, Some("läsning av inskrivningar")).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert!(rows[0].vad.contains("Bryggan (Östhammar)") && !rows[0].vad.contains("rader"), "{}", rows[0].vad);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_has_lost_the_last_role_can_be_given_one_again() {
    let site = Site::new().await;
    let head = site.session(Role::Behorighetsansvarig).await;
    let nr = anvandare::by_epost(site.db(), "ledamot@demo.exempel").await.unwrap().unwrap().nr;
    assert!(!site.page(&head, &site.f("anvandare")).await.words().contains("Utan roll"));
    let gone = [("roll", "ledamot"), ("insats", "")];
    let reply = site.post(&head, &site.f(&format!("anvandare/{nr}/ta-bort")), &gone).await;
    assert_eq!(reply.to(), format!("/f/uppsala-lan/anvandare?besked=tillbaka&roll=ledamot&vem={nr}"));
    assert_eq!(site.page(&head, reply.to()).await.all(".besked"), ["Rollen ledamot är borttagen för Ledamot."]);
    let page = site.page(&head, reply.to()).await;
    let listed = page.all("section[aria-labelledby=utan-roll] li");
    assert!(listed.len() == 1 && listed[0].contains("ledamot@demo.exempel"), "{listed:?}");
    let again = page.attributes("section[aria-labelledby=utan-roll] a", "href")[0].clone();
    let form = site.page(&head, again.split('#').next().unwrap()).await;
    assert_eq!(form.attributes("#epost", "value"), ["ledamot@demo.exempel"]);
    assert_eq!(form.attributes("#namn", "value"), ["Ledamot"]);
    // Nobody else's address can be had so.
    let other = user(&site, "ulf@annat.exempel", None).await;
    let form = site.page(&head, &site.f(&format!("anvandare?igen={other}"))).await;
    assert!(!form.text().contains("ulf@annat.exempel"));
    let fields = [("namn", "Ledamot"), ("epost", "ledamot@demo.exempel"), ("roll", "ledamot")];
    assert_eq!(site.post(&head, &site.f("anvandare"), &fields).await.status, 200);
    assert!(!site.page(&head, &site.f("anvandare")).await.words().contains("Utan roll"));
}

/// Many guesses at once are not many first ones, and a right password is not refused for standing in a queue.
#[tokio::test(flavor = "multi_thread")]
async fn only_what_has_failed_makes_one_wait_for_a_new_password() {
    let site = std::sync::Arc::new(Site::new().await);
    let change = |old: &str| {
        let fields = [("gammalt", old), ("nytt", "gröna katter sjunger"), ("igen", "gröna katter sjunger")];
        Ask::post("/konto/losenord", &fields)
    };
    let (one, two) = (site.session(Role::Ekonom).await, site.session(Role::Kansli).await);
    let mut asked = Vec::new();
    for _ in 0..12 {
        let (site, ask) = (site.clone(), change("fel lösenord").by(&one));
        asked.push(tokio::spawn(async move { site.send(ask).await.words() }));
    }
    // Four that fail beside a right one.
    let mut fails = Vec::new();
    for _ in 0..4 {
        let (site, ask) = (site.clone(), change("fel lösenord").by(&two));
        fails.push(tokio::spawn(async move { site.send(ask).await.status.as_u16() }));
    }
    let right = site.send(change(PASSWORD).by(&two)).await;
    assert_eq!((right.status.as_u16(), right.to()), (303, "/logga-in?besked=losenord"), "{}", right.words());
    for fail in fails {
        // After the right one the session is over.
        assert!([303, 422].contains(&fail.await.unwrap()));
    }
    let mut tried = 0;
    for words in asked {
        let words = words.await.unwrap();
        assert!(words.contains("stämmer inte") || words.contains("För många misslyckade försök. Vänta 1 minut"));
        tried += usize::from(words.contains("stämmer inte"));
    }
    assert_eq!(tried, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_is_told_after_being_sent_on() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let reply = site.get(&token, "/?besked=tillbaka").await;
    assert_eq!(reply.to(), "/f/uppsala-lan/laget?besked=tillbaka");
    assert_eq!(site.page(&token, reply.to()).await.all(".besked"), ["Rollen är borttagen."]);
    assert_eq!(site.get(&token, "/logga-in?besked=losenord").await.to(), "/?besked=losenord");
    assert_eq!(site.get(&token, "/?besked=%0d%0a").await.to(), "/f/uppsala-lan/laget");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_setting_is_told_by_name_and_values() {
    let site = Site::new().await;
    let token = site.session(Role::Forbundschef).await;
    let page = site.page(&token, &site.f("installningar")).await;
    let mut fields: Vec<(String, String)> = Vec::new();
    for name in page.attributes("main input[name]:not([type=file]), main select[name]", "name") {
        let typed = page.attributes(&format!("#{}", name.replace('.', "\\.")), "value").join("");
        let chosen = page.attributes(&format!("#{} option[selected]", name.replace('.', "\\.")), "value").join("");
        fields.push((name, format!("{typed}{chosen}")));
    }
    let mut save = async |count: &str, to: &str| {
        for (name, value) in &mut fields {
            match name.as_str() {
                "sma_tal" => count.clone_into(value),
                "namn" => "Samordning Uppsala".clone_into(value),
                "skal" => "Styrelsen § 8".clone_into(value),
                _ => {}
            }
        }
        let part = |(name, value): &(String, String)| {
            format!("--gRaNs\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let body: String = fields.iter().map(part).chain(["--gRaNs--\r\n".to_owned()]).collect();
        let ask = Ask::upload(&site.f("installningar"), &[]).by(&token);
        let saved = site.send(Ask { body: body.into_bytes(), ..ask }).await;
        assert_eq!(saved.to(), to, "{}", saved.words());
        saved
    };
    let done = "/f/uppsala-lan/installningar?besked=sparat";
    let saved = save("10", done).await;
    let rows = site.page(&token, saved.to()).await.all("td[data-label=Ändring]");
    let (name, count) =
        ("Förbundets namn: Samordningsförbundet Uppsala län → Samordning Uppsala", "Gräns för små tal: 5 → 10");
    assert!(rows.len() == 1 && rows[0].contains(name) && rows[0].contains(count), "{rows:?}");
    let log = site.page(&token, &site.f("logg")).await.words();
    assert!(
        log.contains(&format!("{count}. Styrelsen § 8")) && log.contains(&format!("{name}. Styrelsen § 8")),
        "{log}"
    );
    save("8", done).await;
    assert!(site.page(&token, &site.f("logg")).await.words().contains("Gräns för små tal: 10 → 8. Styrelsen"));
}
