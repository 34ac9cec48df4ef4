//! Who comes in: every address for every role and for nobody, forms from elsewhere, logging in and out.

use crate::base::project;
use crate::webb::{ANNAT, Ask, FORBUND, PASSWORD, Reply, Site, TID, now_ms, package};
use axum::http::Method;
use samsyn::access::{Action, Reach, Role, table};
use samsyn::actions::hemlighet;
use samsyn::web::{Need, Route, routes};

/// The address with real values in it.
fn filled(route: &Route, forbund: &str, proposal: &str) -> String {
    let nr = if route.path.contains("/forslag/") { proposal } else { "1" };
    let file = match route.path {
        path if path.starts_with("/statik/") => "samsyn.css",
        path if path.contains("/jamfor/") => "bilaga.html",
        path if path.contains("/manad/") => "manad.html",
        path if path.contains("/finsam/") => "finsam.html",
        path if path.contains("/prognos/") => "prognos.html",
        path if path.contains("/avgifter/") => "avgifter.html",
        path if path.contains("/beslutsutrymme/") => "beslutsutrymme.html",
        path if path.contains("/bokslut/") => "delarsrapport.html",
        _ => "pm.html",
    };
    let values = [
        ("{forbund}", forbund),
        ("{insats}", "ost-bryggan"),
        ("{avvikelse}", "A001"),
        ("{upp}", "finns-inte"),
        ("{vad}", "ratta"),
        ("{halvar}", "2022-H1"),
        ("{tabell}", "6"),
        ("{rad}", "ost-bryggan"),
        ("{kolumn}", "pagaende_S"),
        ("{nr}", nr),
        ("{fil}", file),
        ("{marke}", "0"),
        ("{lank}", "finns-inte"),
        ("{sida}", "kom-igang"),
        ("{roll}", "kansli"),
        ("{kommentar}", "1"),
        ("{inskrivning}", "D00001"),
        ("{mote}", "2022-10-20"),
        ("{till}", "2022-06-30"),
        ("{konto}", "1920"),
    ];
    let path = values.iter().fold(route.path.to_owned(), |path, (name, value)| path.replace(name, value));
    assert!(!path.contains('{'), "{path}: say in this test what stands there");
    // The bookkeeping was taken in after that day.
    let then = route.method == Method::GET && !path.contains("/bokforing/");
    if then { format!("{path}?{TID}") } else { path }
}

/// What tells one answer from another, as far as a visitor can see.
fn seen(reply: &Reply) -> (u16, Vec<(String, String)>, String) {
    let mut headers: Vec<(String, String)> =
        reply.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    headers.sort();
    (reply.status.as_u16(), headers, reply.text())
}

fn allowed(need: Need, role: Role) -> bool {
    match need {
        Need::Public | Need::LoggedIn | Need::Role => true,
        Need::May(action) => action.reach(role) > Reach::Nothing,
        Need::MayAll(action) => action.reach(role) == Reach::All,
    }
}

/// What an empty form may be answered. The one that makes a link holds nothing, and its answer shows the link.
fn answers(path: &str) -> &'static [u16] {
    if path.ends_with("/lank") { &[200] } else { &[303, 400, 415, 422] }
}

async fn proposal(site: &Site) -> String {
    let token = site.session(Role::Kansli).await;
    let kept = site.send(Ask::upload(&site.f("import"), &package(&project("demo"))).by(&token)).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    kept.to().rsplit('/').next().unwrap().to_owned()
}

fn ask(route: &Route, path: &str) -> Ask {
    if route.method == Method::POST { Ask::post(path, &[]) } else { Ask::get(path) }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_comes_further_than_the_door() {
    let site = Site::new().await;
    for route in routes(site.server.clone()) {
        let path = filled(&route, FORBUND, "1");
        let reply = site.send(ask(&route, &path)).await;
        let told = format!("{} {path}: {}", route.method, reply.status);
        if route.need == Need::Public {
            assert_ne!(reply.status, 404, "{told}");
            assert!(!reply.status.is_server_error(), "{told}");
        } else {
            assert_eq!(reply.status, 303, "{told}");
            assert!(reply.to().starts_with("/logga-in?"), "{told} {}", reply.to());
        }
        assert!(route.path.starts_with("/f/") == path.starts_with("/f/"));
        assert!(route.need != Need::Public || !route.path.starts_with("/f/"), "{path} is open to all");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_reaches_what_the_table_says_and_nothing_else() {
    let site = Site::new().await;
    let proposal = proposal(&site).await;
    crate::webb_version::locked(&site).await;
    let mut wrong = Vec::new();
    for role in Role::ALL {
        let token = site.session(role).await;
        let nowhere = seen(&site.get(&token, &site.f("finns-inte")).await);
        assert_eq!(nowhere.0, 404);
        for route in routes(site.server.clone()) {
            let path = filled(&route, FORBUND, &proposal);
            // One of its own each time, as one of the addresses logs out.
            let token = site.session(role).await;
            let reply = site.send(ask(&route, &path).by(&token)).await;
            let told = format!("{} {} {path}: {}", role.kod(), route.method, reply.status);
            if !allowed(route.need, role) {
                if seen(&reply) != nowhere {
                    wrong.push(format!("{told}, not as an address that leads nowhere"));
                }
            } else if (reply.status == 404 && !route.path.ends_with("/logotyp")) || reply.status.is_server_error() {
                // The demo has no logo.
                wrong.push(told);
            } else if route.method == Method::POST && !answers(route.path).contains(&reply.status.as_u16()) {
                wrong.push(format!("{told}, to an empty form"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_with_own_insatser_does_not_see_that_there_are_others() {
    let site = Site::new().await;
    for role in [Role::Insatsansvarig, Role::Styrgrupp] {
        let token = site.session(role).await;
        let of = |rest: &str| site.f(&format!("{rest}?{TID}"));
        for (rest, unknown) in [
            ("insats/tie-ung-framtid", "insats/finns-inte"),
            ("siffra/6/tie-ung-framtid/pagaende_S", "siffra/6/finns-inte/pagaende_S"),
            ("siffra/6/summa/pagaende_S", "siffra/6/finns-inte/pagaende_S"),
        ] {
            let nowhere = seen(&site.get(&token, &of(unknown)).await);
            assert_eq!(nowhere.0, 404);
            assert_eq!(nowhere.2, site.get(&token, &site.f("finns-inte")).await.text());
            assert_eq!(seen(&site.get(&token, &of(rest)).await), nowhere, "{} {rest}", role.kod());
        }
        for rest in ["laget", "insatser"] {
            let page = site.page(&token, &site.f(&format!("{rest}?{TID}"))).await;
            assert!(page.text().contains("Bryggan"), "{rest}");
            assert!(!page.text().contains("Ung framtid"), "{rest}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_forbund_does_not_show_that_it_exists() {
    let site = Site::new().await;
    for role in [Role::Forbundschef, Role::Behorighetsansvarig] {
        let token = site.session(role).await;
        let nowhere = seen(&site.get(&token, "/f/finns-inte/laget").await);
        for route in routes(site.server.clone()).iter().filter(|route| route.path.starts_with("/f/")) {
            let path = filled(route, ANNAT, "1");
            let reply = site.send(ask(route, &path).by(&token)).await;
            assert_eq!(seen(&reply), nowhere, "{} {} {path}", role.kod(), route.method);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_elsewhere_is_refused_and_changes_nothing() {
    let site = Site::new().await;
    let proposal = proposal(&site).await;
    let said = |name: &'static str, value: &str| (name, value.to_owned());
    let elsewhere = [
        vec![],
        vec![said("sec-fetch-site", "cross-site")],
        vec![said("sec-fetch-site", "same-site")],
        vec![said("sec-fetch-site", "none")],
        vec![said("origin", "null")],
        vec![said("origin", "http://ond.exempel")],
        vec![said("origin", "http://127.0.0.1:8080.ond.exempel")],
        vec![said("origin", "http://127.0.0.1:9999")],
        vec![said("sec-fetch-site", "cross-site"), said("origin", "http://127.0.0.1:8080")],
    ];
    let token = site.session(Role::Forbundschef).await;
    for route in routes(site.server.clone()).iter().filter(|route| route.method == Method::POST) {
        let path = filled(route, FORBUND, &proposal);
        for headers in &elsewhere {
            let reply = site.send(Ask::post(&path, &[]).with(headers.clone()).by(&token)).await;
            assert_eq!(reply.status, 403, "{path} {headers:?}");
        }
    }
    // One that would do something from an own page.
    let path = site.f(&format!("import/forslag/{proposal}"));
    let answer = [("gor", "avsta")];
    assert_eq!(site.send(Ask::post(&path, &answer).with(elsewhere[5].clone()).by(&token)).await.status, 403);
    site.page(&token, &path).await;
    let own = [vec![said("origin", "http://127.0.0.1:8080")], vec![said("sec-fetch-site", "same-origin")]];
    for (headers, status) in own.into_iter().zip([303, 303]) {
        assert_eq!(site.send(Ask::post(&path, &answer).with(headers).by(&token)).await.status, status);
    }
    assert_eq!(site.get(&token, &path).await.status, 404);
    site.page(&token, &site.f("laget")).await;
}

fn log_in(address: &str, password: &str) -> Ask {
    Ask::post(
        "/logga-in",
        &[("epost", address), ("losenord", password), ("vidare", "/f/uppsala-lan/laget?period=2022-H1")],
    )
}

fn cookie(reply: &Reply) -> String {
    let set = reply.header("set-cookie");
    set.strip_prefix("samsyn=").and_then(|rest| rest.split(';').next()).unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_logs_in_and_out() {
    let site = Site::new().await;
    let reply = site.send(log_in(" Ledamot@Demo.exempel ", PASSWORD)).await;
    assert_eq!((reply.status.as_u16(), reply.to()), (303, "/f/uppsala-lan/laget?period=2022-H1"));
    let set = reply.header("set-cookie");
    for part in ["samsyn=", "; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age="] {
        assert!(set.contains(part), "{set}");
    }
    let token = cookie(&reply);
    assert!(token.len() >= 32 && !site.stored(&token), "the token itself is stored");
    let page = site.page(&token, reply.to()).await;
    assert!(page.text().contains("Ledamot") && page.header("cache-control").contains("no-store"));
    // What is stored does not work as a token.
    let stolen = hemlighet::hash_of(&token);
    assert!(site.stored(&stolen));
    assert_eq!(site.get(&stolen, "/").await.status, 303);
    assert!(site.get(&stolen, "/").await.to().starts_with("/logga-in"));
    let out = site.post(&token, "/logga-ut", &[]).await;
    assert_eq!((out.status.as_u16(), out.to()), (303, "/logga-in?besked=hejda"));
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert!(site.get(&token, reply.to()).await.to().starts_with("/logga-in?vidare="));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_is_not_sent_to_another_site_after_logging_in() {
    let site = Site::new().await;
    for elsewhere in
        ["https://ond.exempel/", "//ond.exempel", "/\\ond.exempel", "/\t/ond.exempel", "javascript:alert(1)"]
    {
        let fields = [("epost", "ledamot@demo.exempel"), ("losenord", PASSWORD), ("vidare", elsewhere)];
        let to = site.send(Ask::post("/logga-in", &fields)).await.to().to_owned();
        assert_eq!(to, "/", "{elsewhere:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    let site = Site::new().await;
    let known = site.send(log_in("ledamot@demo.exempel", "fel lösenord")).await;
    let unknown = site.send(log_in("ingen@demo.exempel", "fel lösenord")).await;
    assert_eq!((known.status.as_u16(), unknown.status.as_u16()), (422, 422));
    let (known, unknown) = (known.text(), unknown.text());
    assert_eq!(known.replace("ledamot@", "ingen@"), unknown);
    assert!(known.contains("stämmer inte") && !known.contains("fel lösenord"));
    assert!(known.contains("value=\"ledamot@demo.exempel\""), "the address has to be typed again");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_guesses_must_wait() {
    let site = Site::new().await;
    let guess = |address: &str, from: u8, password: &str| Ask { from, ..log_in(address, password) };
    for from in 1..=5 {
        assert_eq!(site.send(guess("revisor@demo.exempel", from, "gissning")).await.status, 422);
    }
    // From a sixth place too, and with the right password.
    let reply = site.send(guess("revisor@demo.exempel", 6, PASSWORD)).await;
    assert_eq!(reply.status, 429);
    let words = reply.words();
    let seconds: i64 = words.split("Vänta ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!((1..=16).contains(&seconds), "{words}");
    // Others are not held up.
    assert_eq!(site.send(guess("ledamot@demo.exempel", 7, PASSWORD)).await.status, 303);
    // One place that tries many addresses.
    for nr in 0..30 {
        assert_eq!(site.send(guess(&format!("{nr}@demo.exempel"), 9, "gissning")).await.status, 422);
    }
    assert_eq!(site.send(guess("ekonom@demo.exempel", 9, PASSWORD)).await.status, 429);
    assert!(!site.stored("gissning"), "what was guessed is stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_when_it_is_not_used() {
    let site = Site::new().await;
    let (now, lifetime) = (now_ms(), site.server.lifetime());
    let path = site.f("laget");
    for (at, lives) in [(now - lifetime.idle_ms + 60_000, true), (now - lifetime.idle_ms - 1, false)] {
        let token = site.session_of("ledamot@demo.exempel", at).await;
        assert_eq!(site.get(&token, &path).await.status == 200, lives);
        // What is over is over for good.
        assert_eq!(site.get(&token, &path).await.status == 200, lives);
    }
    // Used all the time, but begun long ago.
    let token = site.session_of("ledamot@demo.exempel", now - lifetime.longest_ms - 1).await;
    samsyn_store::session::touch(site.db(), &hemlighet::hash_of(&token), now).await.unwrap();
    assert_eq!(site.get(&token, &path).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_user_and_a_role_that_has_ended_open_nothing() {
    let site = Site::new().await;
    let path = site.f("laget");
    let token = site.session(Role::Ledamot).await;
    let user = samsyn_store::anvandare::by_epost(site.db(), "ledamot@demo.exempel").await.unwrap().unwrap();
    samsyn_store::roll::take_back(site.db(), user.nr, site.forbund, Role::Ledamot.kod(), "").await.unwrap();
    assert_eq!(site.get(&token, &path).await.status, 404);
    samsyn_store::anvandare::set_closed(site.db(), user.nr, Some(now_ms())).await.unwrap();
    assert_eq!(site.get(&token, &path).await.status, 303);
    assert_eq!(site.send(log_in("ledamot@demo.exempel", PASSWORD)).await.status, 422);
}

/// The handbook's table is the one that the program keeps to.
#[test]
fn the_handbook_has_the_table_of_roles() {
    let text = std::fs::read_to_string(project("docs/handbok/roller.md")).unwrap();
    let lines = |text: &str| text.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n");
    assert!(lines(&text).contains(lines(&table()).trim_end()), "docs/handbok/roller.md is to hold:\n{}", table());
    assert!(Action::ALL.len() > 1);
}
