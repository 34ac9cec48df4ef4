//! A plan in its form: changed by hand, made anew, changed by two at once; and what the form refuses rather than leave out.

use crate::webb::{Reply, Site};
use crate::webb_ekonomi::{fields, keep, rad, row, send, upload, wrong};
use samsyn::access::Role;

const ANDRA: &str = "beslutsutrymme/2022-10-20/andra";
/// A personnummer of nobody.
const PERSONNUMMER: &str = "900101-0017";

async fn state(site: &Site) -> (i64, i64) {
    samsyn_store::forbund::state(site.db(), site.forbund).await.unwrap()
}

fn bryggan(page: &Reply) -> String {
    format!("belopp-{}-2023-budget", rad(&fields(page), "ost-bryggan"))
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_change_a_plan_the_second_is_told_what_the_first_did() {
    let site = Site::new().await;
    let (one, two) = (site.session(Role::Ekonom).await, site.session(Role::Kansli).await);
    let page = site.page(&one, &site.f(ANDRA)).await;
    let amount = bryggan(&page);
    let intro = format!("belopp-{}-2023-budget", rad(&fields(&page), "ups-arbetslivsintro"));
    // An insats stands by its name, and its id is not for anyone to change by mistake.
    assert!(page.all("th").contains(&"Bryggan (Östhammar)".to_owned()));
    assert!(page.attributes("input.text", "value").iter().all(|post| post != "ost-bryggan"));
    let form = |what: &str, text: &str| {
        let mut form = fields(&page);
        form.insert(what.to_owned(), text.to_owned());
        form.insert("skal".to_owned(), "Inför mötet".to_owned());
        form
    };
    assert_eq!(send(&site, &one, ANDRA, &form(&amount, "1287")).await.status, 303);
    let before = state(&site).await;
    let reply = send(&site, &two, ANDRA, &form(&intro, "2404")).await;
    assert_eq!(reply.status, 409, "{}", reply.words());
    assert_eq!(state(&site).await, before);
    let told = reply.all(".felruta").join(" ");
    assert!(told.contains("Ekonom ändrade planen"), "{told}");
    assert_eq!(reply.all(".felruta li"), ["Bryggan 2023: +100 tkr"]);
    // What the second typed stands; with the other's change brought in it is saved.
    let mut again = fields(&reply);
    assert_eq!((&*again[&intro], &*again[&amount]), ("2404", "1187"));
    again.insert(amount.clone(), "1287".to_owned());
    assert_eq!(send(&site, &two, ANDRA, &again).await.status, 303);
    let page = site.page(&two, &site.f("beslutsutrymme?mote=2022-10-20")).await;
    assert_eq!(row(&page, "samverkansinsatser.ost-bryggan")[2], "1 287");
    assert_eq!(row(&page, "samverkansinsatser.ups-arbetslivsintro")[2], "2 404");
    // Another meeting's plan is another's business.
    let mut later = form(&amount, "1300");
    later.insert("handelse".to_owned(), state(&site).await.0.to_string());
    let other = site.page(&one, &site.f("beslutsutrymme/2018-03-16/andra")).await;
    assert_eq!(keep(&site, &one, &other, "Rättat").await.status, 303);
    assert_eq!(send(&site, &two, ANDRA, &later).await.status, 303);
    // A form that does not say what it was made from overwrites nothing.
    later.remove("handelse");
    assert_eq!(send(&site, &two, ANDRA, &later).await.status, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_make_the_same_plan_the_second_is_told() {
    let site = Site::new().await;
    let token = site.session(Role::Ekonom).await;
    let ny = async || site.post(&token, &site.f("ny-plan"), &[("mote", "2023-01-19"), ("fran", "2022-10-20")]).await;
    let (first, second) = (ny().await, ny().await);
    assert_eq!(keep(&site, &token, &first, "Inför januari").await.status, 303);
    let reply = keep(&site, &token, &second, "Inför januari").await;
    assert!(reply.status == 409 && reply.words().contains("Då fanns ingen plan"), "{}", reply.words());
}

/// What has no amount cannot be stored, so it is told instead of vanishing.
#[tokio::test(flavor = "multi_thread")]
async fn a_post_or_a_year_without_amounts_is_told() {
    let site = Site::new().await;
    let token = site.session(Role::Ekonom).await;
    let page = site.page(&token, &site.f(ANDRA)).await;
    let mut form = fields(&page);
    form.insert("skal".to_owned(), "Inför mötet".to_owned());
    let before = state(&site).await;
    let mut post = form.clone();
    let new = rad(&form, "");
    post.insert(format!("kategori-{new}"), "projekt".to_owned());
    post.insert(format!("post-{new}"), "Utan belopp".to_owned());
    let reply = send(&site, &token, ANDRA, &post).await;
    assert_eq!(wrong(&reply), [format!("#post-{new}")]);
    assert!(reply.words().contains("”Utan belopp” har inga belopp"), "{}", reply.words());
    let mut wider = form.clone();
    wider.insert("gor".to_owned(), "kolumn".to_owned());
    wider.insert("ny_kolumn".to_owned(), "2025-budget".to_owned());
    let wide = send(&site, &token, ANDRA, &wider).await;
    let reply = keep(&site, &token, &wide, "Inför mötet").await;
    assert_eq!(wrong(&reply), ["#bort_kolumn"]);
    assert!(reply.words().contains("Budget 2025 har inga belopp"), "{}", reply.words());
    // The year is taken away again, and one with amounts too; neither by merely choosing it.
    let mut narrow = fields(&reply);
    narrow.insert("bort_kolumn".to_owned(), "2025-budget".to_owned());
    assert_eq!(wrong(&send(&site, &token, ANDRA, &narrow).await), ["#bort_kolumn"; 2]);
    narrow.insert("gor".to_owned(), "bort-kolumn".to_owned());
    let mut narrow = fields(&send(&site, &token, ANDRA, &narrow).await);
    assert_eq!(narrow["kolumner"], form["kolumner"]);
    narrow.insert("gor".to_owned(), "bort-kolumn".to_owned());
    narrow.insert("bort_kolumn".to_owned(), "2024-budget".to_owned());
    let reply = send(&site, &token, ANDRA, &narrow).await;
    assert_eq!(fields(&reply)["kolumner"], "2022-budget 2022-prognos 2023-budget");
    // A first post whose name is emptied is a row like any other.
    let mut nameless = form.clone();
    nameless.insert("post-0".to_owned(), String::new());
    assert_eq!(wrong(&send(&site, &token, ANDRA, &nameless).await), ["#post-0"]);
    assert_eq!(state(&site).await, before);
}

/// A plan as large as one may be goes through the form and stays whole; a larger one is refused with words.
#[tokio::test(flavor = "multi_thread")]
async fn a_large_plan_is_kept_whole_or_refused() {
    let site = Site::new().await;
    let token = site.session(Role::Ekonom).await;
    let text = |posts: usize| {
        let years: String = (0..10).map(|at| format!(";{}-budget_tkr", 2030 + at)).collect();
        let rows: String = (0..posts)
            .map(|at| format!("projekt;Ett projekt med ett långt namn, nummer {at}{}\r\n", ";1234".repeat(10)))
            .collect();
        format!("kategori;post{years}\r\n{rows}")
    };
    let looked = upload(&site, &token, "plan-2030-01-15.csv", text(300).as_bytes()).await;
    let done = keep(&site, &token, &looked, "Stor").await;
    assert_eq!(done.status, 303, "{}", done.words());
    let file = site.page(&token, &site.f("beslutsutrymme/plan.csv?mote=2030-01-15")).await;
    assert_eq!(file.text().lines().count(), 301);
    let reply = upload(&site, &token, "plan-2030-02-15.csv", text(301).as_bytes()).await;
    assert!(reply.status == 422 && reply.words().contains("fler än 300 poster"), "{}", reply.words());
    let mut form = fields(&site.page(&token, &site.f("beslutsutrymme/2030-01-15/andra")).await);
    form.insert("skal".to_owned(), "En till".to_owned());
    form.insert("kategori-300".to_owned(), "projekt".to_owned());
    form.insert("post-300".to_owned(), "En till".to_owned());
    form.insert("belopp-300-2030-budget".to_owned(), "1".to_owned());
    let reply = send(&site, &token, "beslutsutrymme/2030-01-15/andra", &form).await;
    assert!(reply.status == 422 && reply.words().contains("högst 300"), "{}", reply.all(".felruta").join(" "));
}

/// "change a plan": an amount, a new post, one that is taken away, a year.
#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_changed_by_hand() {
    let site = Site::new().await;
    let token = site.session(Role::Ekonom).await;
    let page = site.page(&token, &site.f(ANDRA)).await;
    let mut form = fields(&page);
    // As it stands nothing is changed.
    form.insert("skal".to_owned(), "Inför mötet".to_owned());
    assert!(send(&site, &token, ANDRA, &form).await.to().ends_with("besked=likadant"));
    let intro = rad(&form, "ups-arbetslivsintro");
    assert_eq!(form[&format!("belopp-{intro}-2023-budget")], "2904");
    form.insert(format!("belopp-{intro}-2023-budget"), "2 404".to_owned());
    let esf = rad(&form, "ESF SMAIL");
    form.insert(format!("bort-{esf}"), "ja".to_owned());
    let new = rad(&form, "");
    form.insert(format!("kategori-{new}"), "vantade".to_owned());
    form.insert(format!("post-{new}"), "Ny insats i Heby".to_owned());
    form.insert(format!("belopp-{new}-2024-budget"), "300".to_owned());
    // A year more, with nothing lost of what is typed.
    let mut more = form.clone();
    more.insert("gor".to_owned(), "kolumn".to_owned());
    more.insert("ny_kolumn".to_owned(), "2025-budget".to_owned());
    let wider = send(&site, &token, ANDRA, &more).await;
    assert_eq!(wider.status, 200, "{}", wider.words());
    let mut wide = fields(&wider);
    assert_eq!(wide["kolumner"], "2022-budget 2022-prognos 2023-budget 2024-budget 2025-budget");
    for (name, text) in form.iter().filter(|(name, _)| !["kolumner", "ny_kolumn"].contains(&name.as_str())) {
        assert_eq!(wide.get(name), Some(text), "{name}");
    }
    let fees = rad(&wide, "Medlemsavgifter");
    wide.insert(format!("belopp-{fees}-2025-budget"), "23090".to_owned());
    let done = send(&site, &token, ANDRA, &wide).await;
    assert_eq!(done.to(), site.f("beslutsutrymme?mote=2022-10-20&besked=plan"), "{}", done.words());
    let page = site.page(&token, done.to()).await;
    assert!(page.words().contains("Planen är sparad"), "{}", page.words());
    assert_eq!(row(&page, "samverkansinsatser.ups-arbetslivsintro"), ["3 375", "3 375", "2 404", "0", "–"]);
    assert!(row(&page, "esf").is_empty() && !page.words().contains("ESF-projekt"), "{}", page.words());
    assert_eq!(row(&page, "vantade.ny-insats-i-heby"), ["–", "–", "–", "300", "–"]);
    // By hand: 3755 + 2800 of ESF 2022; 1032 + 2800 + 920 + 500; and so on, less the application.
    let last = row(&page, "beslutsutrymme_efter_ej_beslutade");
    assert_eq!(last[..4], ["6 167", "6 555", "5 252", "7 235"], "{last:?}");
    assert_eq!(last.len(), 5);
    let log = site.page(&site.session(Role::Forbundschef).await, &site.f("logg")).await.words();
    assert!(log.contains("Ekonom Plan för beslutsutrymmet 2022-10-20: Inför mötet"), "{log}");
    for role in [Role::Ledamot, Role::Revisor, Role::Insatsansvarig] {
        let token = site.session(role).await;
        assert_eq!(site.get(&token, &site.f(ANDRA)).await.status, 404, "{role:?}");
        assert_eq!(send(&site, &token, ANDRA, &form).await.status, 404, "{role:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_in_a_plan_is_told_in_its_place() {
    let site = Site::new().await;
    let token = site.session(Role::Ekonom).await;
    let state = async || samsyn_store::forbund::state(site.db(), site.forbund).await.unwrap();
    let before = state().await;
    let mut asked = fields(&site.page(&token, &site.f(ANDRA)).await);
    asked.insert("skal".to_owned(), "Inför mötet".to_owned());
    let intro = rad(&asked, "ups-arbetslivsintro");
    let amount = format!("belopp-{intro}-2023-budget");
    let (new, fees) = (rad(&asked, ""), rad(&asked, "Medlemsavgifter"));
    let (category, post) = (format!("kategori-{new}"), format!("post-{new}"));
    let of_new = format!("belopp-{new}-2023-budget");
    for (changes, field, told) in [
        (vec![(&*amount, "två miljoner")], &*amount, "är inget belopp"),
        (vec![(&amount, "1.234,5")], &amount, "är inget belopp"),
        (vec![(&amount, "99999999999")], &amount, "är inget belopp"),
        (vec![(&amount, PERSONNUMMER)], &amount, "personnummer"),
        (vec![(&of_new, "5")], &category, "Välj en kategori"),
        (vec![(&category, "projekt"), (&of_new, "5")], &post, "Skriv postens namn"),
        (vec![(&category, "projekt"), (&post, PERSONNUMMER), (&of_new, "5")], &post, "personnummer"),
        (vec![(&category, "intakter"), (&post, "Medlemsavgifter"), (&of_new, "5")], &post, "finns redan"),
        (vec![("skal", "")], "skal", "Skriv varför planen ändras"),
        (vec![("skal", PERSONNUMMER)], "skal", "personnummer"),
        (vec![("ny_kolumn", "2025-budget")], "ny_kolumn", "Året är inte tillagt"),
        (vec![("ny_kolumn", "tjugofem"), ("gor", "kolumn")], "ny_kolumn", "Skriv till exempel 2023"),
        (vec![("ny_kolumn", PERSONNUMMER), ("gor", "kolumn")], "ny_kolumn", "kan inte läsas"),
        (vec![("ny_kolumn", "2023-budget"), ("gor", "kolumn")], "ny_kolumn", "finns redan i planen"),
    ] {
        let mut form = asked.clone();
        form.extend(changes.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
        let reply = send(&site, &token, ANDRA, &form).await;
        let felruta = reply.all(".felruta").join(" ");
        assert!(reply.status == 422 && felruta.contains(told), "{changes:?}: {} {}", reply.status, reply.words());
        assert!(reply.attributes(".felruta a", "href").contains(&format!("#{field}")), "{changes:?}");
        assert!(reply.attributes("[aria-invalid=true]", "name").contains(&field.to_owned()), "{changes:?}");
        assert!(!reply.text().contains(PERSONNUMMER), "{changes:?}");
        // Nothing of what was typed is lost.
        let kept = fields(&reply);
        for (name, text) in form.iter().filter(|(name, text)| *name != "gor" && *text != PERSONNUMMER) {
            assert_eq!(kept.get(name), Some(text), "{changes:?}: {name}");
        }
    }
    let mut empty = asked.clone();
    empty.retain(|name, _| !name.starts_with("belopp-"));
    (0..asked["rader"].parse().unwrap()).for_each(|at: usize| drop(empty.insert(format!("bort-{at}"), "ja".into())));
    let reply = send(&site, &token, ANDRA, &empty).await;
    assert!(reply.status == 422 && reply.words().contains("Planen har inga belopp"), "{fees}: {}", reply.words());
    assert_eq!(state().await, before);
    assert!(!site.stored(PERSONNUMMER));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_plan_begins_as_another_or_with_what_is_decided() {
    let site = Site::new().await;
    let token = site.session(Role::Ekonom).await;
    let ny =
        async |mote: &str, from: &str| site.post(&token, &site.f("ny-plan"), &[("mote", mote), ("fran", from)]).await;
    let copy = ny("2023-01-19", "2022-10-20").await;
    assert!(copy.words().contains("Planen är inte sparad än"), "{}", copy.words());
    assert_eq!(site.get(&token, &site.f("beslutsutrymme?mote=2023-01-19")).await.status, 400);
    let done = keep(&site, &token, &copy, "Inför januari").await;
    assert_eq!(done.to(), site.f("beslutsutrymme?mote=2023-01-19&besked=plan"), "{}", done.words());
    let of = async |mote: &str| {
        row(&site.page(&token, &site.f(&format!("beslutsutrymme?mote={mote}"))).await, "kvarvarande_beslutsutrymme")
    };
    assert_eq!(of("2023-01-19").await, of("2022-10-20").await);
    let decided = ny("2022-06-16", "besluten").await;
    assert_eq!(keep(&site, &token, &decided, "Utgår från besluten").await.status, 303);
    let page = site.page(&token, &site.f("beslutsutrymme?mote=2022-06-16")).await;
    assert_eq!(row(&page, "intakter").first().map(String::as_str), Some("23 090"), "{}", page.words());
    assert!(page.words().contains("Budget 2022") && page.words().contains("Bryggan"), "{}", page.words());
    // What is decided is not told to differ from what is decided.
    assert!(!page.words().contains("Planen och besluten skiljer sig"), "{}", page.words());
    for (mote, from, told) in [
        ("2022-10-20", "besluten", "Det finns redan en plan"),
        ("", "besluten", "Skriv styrelsemötets dag"),
        ("hej", "besluten", "Skriv styrelsemötets dag"),
        (PERSONNUMMER, "besluten", "Skriv styrelsemötets dag"),
        ("2023-03-16", "2022-10-21", "Det finns ingen plan till mötet den 2022-10-21"),
        ("2099-03-16", "besluten", "Inget är beslutat"),
    ] {
        let reply = ny(mote, from).await;
        let felruta = reply.all(".felruta").join(" ");
        assert!(reply.status == 422 && felruta.contains(told), "{mote} {from}: {}", reply.words());
        assert!(!reply.text().contains(PERSONNUMMER));
    }
}
