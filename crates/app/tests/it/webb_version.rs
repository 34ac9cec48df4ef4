//! Writing and reviewing a report, as the site's visitors do it.

use crate::webb::{Ask, Site, TID};
use samsyn::access::Role;
use samsyn::actions::forbund::Chosen;
use samsyn_core::Facts;
use samsyn_core::deltagande::Deltagande;
use samsyn_store::{Signature, version};
use scraper::{Html, Selector};

/// Begins the PM that the tests look at; its number.
pub async fn begun(site: &Site) -> i64 {
    let token = site.session(Role::Kansli).await;
    let fields = [("slag", "pm"), ("period", "2022-H1"), ("per", "2022-08-30")];
    number(&site.post(&token, &site.f("versioner"), &fields).await)
}

/// The same, locked.
pub async fn locked(site: &Site) -> i64 {
    let nr = begun(site).await;
    lock(site, nr).await;
    nr
}

pub async fn lock(site: &Site, nr: i64) {
    let token = site.session(Role::Forbundschef).await;
    let reply = site.post(&token, &of(site, nr, "steg"), &[("steg", "granska")]).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let reply = try_lock(site, &token, nr).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
}

/// Locks what the page shows.
pub async fn try_lock(site: &Site, token: &str, nr: i64) -> crate::webb::Reply {
    let page = site.page(token, &of(site, nr, "")).await;
    let read = page.attributes("input[name=andring]", "value").first().cloned().unwrap_or_else(|| "0".to_owned());
    site.post(token, &of(site, nr, "las"), &[("last", "ja"), ("andring", &read)]).await
}

/// Begins the next version of one that is låst; its number.
pub async fn next_of(site: &Site, nr: i64) -> i64 {
    let token = site.session(Role::Kansli).await;
    number(&site.post(&token, &of(site, nr, "steg"), &[("steg", "ny_version")]).await)
}

/// The number of the version that a reply sends one on to.
fn number(reply: &crate::webb::Reply) -> i64 {
    assert_eq!(reply.status, 303, "{}", reply.text());
    reply.to().rsplit('/').next().unwrap().split('?').next().unwrap().parse().unwrap()
}

pub fn of(site: &Site, nr: i64, rest: &str) -> String {
    site.f(&format!("version/{nr}{}{rest}", if rest.is_empty() { "" } else { "/" }))
}

pub async fn write(site: &Site, token: &str, nr: i64, (place, last): (&str, &str), text: &str) -> crate::webb::Reply {
    site.post(token, &of(site, nr, "skriv"), &[("plats", place), ("last", last), ("text", text)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_stands_in_every_format() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let token = site.session(Role::Kansli).await;
    let text = "## Egen rubrik\n\nKansliets *ord* om {nyckeltal/deltagit/antal} personer.\n\n- en punkt\n\n\
                Tabell: Egen\n| Mått | Antal |\n| Pågående | {6/summa/pagaende_S} |";
    let reply = write(&site, &token, nr, ("reflektioner", "0"), text).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let page = site.page(&token, &of(&site, nr, "")).await;
    assert!(page.words().contains("Kansliets ord om 277 personer."), "{}", page.words());
    assert!(page.words().contains("Skriven av Kansli"));
    for ending in ["html", "md", "json"] {
        let file = site.page(&token, &of(&site, nr, &format!("fil/pm.{ending}"))).await.text();
        for words in ["Egen rubrik", "en punkt", "277", "inte låst"] {
            assert!(file.contains(words), "{ending}: {words}");
        }
    }
    for ending in ["pdf", "docx", "xlsx"] {
        let file = site.page(&token, &of(&site, nr, &format!("fil/pm.{ending}"))).await;
        assert!(file.bytes.len() > 5_000, "{ending}");
    }
    // Back to the generated text; the written one stays among the revisions.
    let back = [("plats", "reflektioner"), ("last", "1"), ("gor", "generera")];
    assert_eq!(site.post(&token, &of(&site, nr, "skriv"), &back).await.status, 303);
    let page = site.page(&token, &of(&site, nr, "")).await;
    assert!(!page.words().contains("Kansliets ord om"));
    let chosen = samsyn::actions::forbund::Chosen::find(site.db(), Some("uppsala-lan")).await.unwrap();
    let all = version::text::revisions(site.db(), &chosen.access, nr, "reflektioner").await.unwrap();
    assert_eq!(all.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_write_both_texts_are_shown() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let (one, two) = (site.session(Role::Kansli).await, site.session(Role::Forbundschef).await);
    assert_eq!(write(&site, &one, nr, ("bakgrund", "0"), "Den enas text.").await.status, 303);
    let reply = write(&site, &two, nr, ("bakgrund", "0"), "Den andras text.").await;
    assert_eq!(reply.status, 409);
    assert!(reply.words().contains("Kansli har sparat en annan text här"));
    assert_eq!(reply.all("pre.annans"), ["Den enas text."]);
    assert_eq!(reply.all("textarea"), ["Den andras text."]);
    assert_eq!(reply.attributes("input[name=last]", "value")[0], "1");
    // The script is told the same.
    let fields = [("plats", "bakgrund"), ("last", "0"), ("text", "Den andras text.")];
    let mut ask = Ask::post(&of(&site, nr, "skriv"), &fields).by(&two);
    ask.headers.push(("accept", "application/json".to_owned()));
    let reply = site.send(ask).await;
    assert_eq!(reply.status, 409);
    assert!(
        reply.text().contains("\"text\":\"Den enas text.\"") && reply.text().contains("\"last\":1"),
        "{}",
        reply.text()
    );
    assert_eq!(write(&site, &two, nr, ("bakgrund", "1"), "Den andras text.").await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_personnummer_is_never_stored_nor_shown_again() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let token = site.session(Role::Kansli).await;
    let reply = write(&site, &token, nr, ("bakgrund", "0"), "Om 900101-0017 gäller").await;
    assert_eq!(reply.status, 422);
    assert!(reply.words().contains("ser ut som ett personnummer"));
    assert!(!reply.text().contains("900101-0017") && !site.stored("900101-0017"));
    let long = "x".repeat(410 * 1024);
    let reply = write(&site, &token, nr, ("bakgrund", "0"), &long).await;
    assert_eq!(reply.status, 422);
    assert!(reply.words().contains("Texten är för lång"));
    let reply = write(&site, &token, nr, ("bakgrund", "0"), &"ord ".repeat(50 * 1024)).await;
    assert_eq!(reply.status, 303, "200 kB is not too long");
    let reply = write(&site, &token, nr, ("finns-inte", "0"), "x").await;
    assert_eq!(reply.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn comments_are_resolved_before_the_lock() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let (kansli, ekonom) = (site.session(Role::Kansli).await, site.session(Role::Ekonom).await);
    let note = [("plats", "budget"), ("text", "Stämmer det med bokföringen?")];
    let early = site.post(&ekonom, &of(&site, nr, "kommentar"), &note).await;
    assert_eq!(early.status, 422);
    assert!(early.words().contains("Skicka det på granskning först"));
    let unread = site.post(&kansli, &of(&site, nr, "las"), &[]).await;
    assert!(unread.words().contains("Kryssa i att du har läst igenom"));
    let draft = try_lock(&site, &kansli, nr).await;
    assert!(draft.words().contains("Ett utkast kan inte låsas"));
    site.post(&kansli, &of(&site, nr, "steg"), &[("steg", "granska")]).await;
    assert_eq!(site.post(&ekonom, &of(&site, nr, "kommentar"), &note).await.status, 303);
    for (place, text) in
        [("finns-inte", "Nja."), ("19121212-1212", "Nja."), ("budget", ""), ("budget", "Om 19121212-1212.")]
    {
        let reply = site.post(&ekonom, &of(&site, nr, "kommentar"), &[("plats", place), ("text", text)]).await;
        assert!(reply.status == 422 && !reply.text().contains("19121212-1212"), "{place} {text}");
    }
    assert!(!site.stored("19121212-1212"));
    // One comments where the text stands.
    let page = site.page(&ekonom, &of(&site, nr, "")).await;
    assert!(page.attributes(".plats .kommentera input[name=plats]", "value").contains(&"budget".to_owned()));
    assert_eq!(site.get(&ekonom, &of(&site, nr, "skriv?plats=budget")).await.status, 404);
    let open = try_lock(&site, &kansli, nr).await;
    assert!(open.words().contains("En kommentar är inte löst"));
    let page = site.page(&kansli, &of(&site, nr, "")).await;
    assert!(page.words().contains("Stämmer det med bokföringen?"));
    assert_eq!(site.post(&kansli, &of(&site, nr, "kommentar/1/los"), &[]).await.status, 303);
    assert_eq!(try_lock(&site, &kansli, nr).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_does_not_show_that_it_exists() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    for role in [Role::Ledamot, Role::Revisor] {
        let token = site.session(role).await;
        let nowhere = site.get(&token, &of(&site, 99, "")).await;
        for rest in ["", "fil/pm.html", "jamfor", "siffra/6/summa/pagaende_S"] {
            let reply = site.get(&token, &of(&site, nr, rest)).await;
            assert_eq!((reply.status, reply.text()), (nowhere.status, nowhere.text()), "{} {rest}", role.kod());
        }
        assert!(!site.page(&token, &site.f("versioner")).await.text().contains(&format!("version/{nr}")));
        assert!(!site.page(&token, &site.f(&format!("rapport?{TID}"))).await.text().contains("version/"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sections_are_ordered_and_added() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let token = site.session(Role::Kansli).await;
    let order = async |fields: &[(&str, &str)]| site.post(&token, &of(&site, nr, "ordning"), fields).await;
    assert_eq!(order(&[("last", "0"), ("gor", "nytt"), ("rubrik", "Frågor att ta upp")]).await.status, 303);
    assert_eq!(order(&[("last", "1"), ("gor", "utelamna"), ("avsnitt", "kvalitet")]).await.status, 303);
    let late = order(&[("last", "1"), ("gor", "upp"), ("avsnitt", "mal")]).await;
    assert!(late.status == 422 && late.words().contains("har ändrat ordningen medan"), "{}", late.words());
    assert_eq!(write(&site, &token, nr, ("eget-1", "0"), "Eget innehåll.").await.status, 303);
    let page = site.page(&token, &of(&site, nr, "")).await;
    let headings = page.all("h2");
    assert!(headings.contains(&"Frågor att ta upp".to_owned()) && !headings.contains(&"Kvalitetssäkring".to_owned()));
    assert!(page.words().contains("Eget innehåll."));
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_found_by_their_words() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let token = site.session(Role::Kansli).await;
    let page = site.page(&token, &of(&site, nr, "siffror?sok=deltagit+antal")).await;
    assert!(page.all("code").contains(&"{nyckeltal/deltagit/antal}".to_owned()), "{:?}", page.all("code"));
    let none = site.page(&token, &of(&site, nr, "siffror?sok=finnsinte")).await;
    assert!(none.words().contains("Ingen siffra heter så"));
}

/// A number that the tables do not bear is pointed out where it stands, and the right figure is one click away.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_number_is_pointed_out_and_put_right() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let token = site.session(Role::Kansli).await;
    let text = "Sammantaget har 278 deltagare deltagit i insatserna.";
    write(&site, &token, nr, ("reflektioner", "0"), text).await;
    let page = site.page(&token, &of(&site, nr, "")).await;
    assert!(page.words().contains("”278") && page.words().contains("Byt till 277"), "{}", page.words());
    // One who reads and comments sees the remark, but no button that would lead nowhere.
    let ekonom = site.session(Role::Ekonom).await;
    let seen = site.page(&ekonom, &of(&site, nr, "")).await.words();
    assert!(seen.contains("”278") && !seen.contains("Byt till"), "{seen}");
    let value = |name: &str| page.attributes(&format!(".ratta input[name={name}]"), "value")[0].clone();
    let fields = ["plats", "last", "fran", "till", "skrivet"].map(|name| (name, value(name)));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let reply = site.post(&token, &of(&site, nr, "ratta"), &fields).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let page = site.page(&token, &of(&site, nr, "")).await;
    assert!(page.words().contains("Sammantaget har 277 deltagare"), "{}", page.words());
    assert!(!page.words().contains("Byt till"));
    // Asked for once more it is told that the text is another.
    assert_eq!(site.post(&token, &of(&site, nr, "ratta"), &fields).await.status, 400);
}

/// A small count that is written by hand would tell what the tables withhold: it is pointed out, though it is right.
#[tokio::test(flavor = "multi_thread")]
async fn a_small_count_by_hand_is_pointed_out() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let token = site.session(Role::Kansli).await;
    let text = "I Ung framtid (Tierp) pågår {6/tie-ung-framtid/pagaende_K} kvinnor.";
    write(&site, &token, nr, ("reflektioner", "0"), text).await;
    let page = site.page(&token, &of(&site, nr, "")).await;
    let said = page.all("#plats-reflektioner p").first().cloned().unwrap();
    assert!(!page.words().contains("liten eller skulle avslöja"));
    // The same sentence with the number by hand.
    write(&site, &token, nr, ("reflektioner", "1"), &said).await;
    let page = site.page(&token, &of(&site, nr, "")).await;
    assert!(page.words().contains("liten eller skulle avslöja ett litet antal"), "{said}");
}

/// What was written before can be seen and taken back; the one that is written over stays.
#[tokio::test(flavor = "multi_thread")]
async fn earlier_texts_can_be_taken_back() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let (one, two) = (site.session(Role::Kansli).await, site.session(Role::Forbundschef).await);
    write(&site, &one, nr, ("bakgrund", "0"), "Den första.").await;
    write(&site, &two, nr, ("bakgrund", "1"), "Den andra.").await;
    let page = site.page(&one, &of(&site, nr, "historik?plats=bakgrund")).await;
    assert_eq!(page.all(".tidigare .ord-for-ord"), ["Den andra.", "Den första."]);
    let back = [("plats", "bakgrund"), ("last", "2"), ("ny", "ja"), ("text", "Den första.")];
    assert_eq!(site.post(&one, &of(&site, nr, "skriv"), &back).await.status, 303);
    let page = site.page(&one, &of(&site, nr, "historik?plats=bakgrund")).await;
    assert_eq!(page.all(".tidigare .ord-for-ord"), ["Den första.", "Den andra.", "Den första."]);
}

/// A text whose place the report does not have any more is listed, and can still be read.
#[tokio::test(flavor = "multi_thread")]
async fn a_text_without_a_place_is_told_of() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let token = site.session(Role::Kansli).await;
    let chosen = samsyn::actions::forbund::Chosen::find(site.db(), Some("uppsala-lan")).await.unwrap();
    let signature = Signature { who: "Kim", why: "", now_ms: crate::webb::now_ms() };
    let place = ("statistik/tabell-99", 0.into());
    version::text::save(site.db(), &chosen.access, nr, place, Some("Kvar."), (1, signature)).await.unwrap();
    let page = site.page(&token, &of(&site, nr, "")).await;
    assert!(page.words().contains("Texter vars plats inte längre finns"), "{}", page.words());
    let page = site.page(&token, &of(&site, nr, "historik?plats=statistik%2Ftabell-99")).await;
    assert!(page.words().contains("Kvar.") && !page.words().contains("Ta tillbaka"));
}

/// A page that is left open asks who else is there, and does not keep its session alive by it.
#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_does_not_keep_one_logged_in() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let begun_ms = crate::webb::now_ms() - 30 * 60 * 1000;
    let token = site.session_of("kansli@demo.exempel", begun_ms).await;
    let hash = samsyn::actions::hemlighet::hash_of(&token);
    let last = async || {
        samsyn_store::session::visitor(site.db(), &hash, crate::webb::now_ms()).await.unwrap().unwrap().senast_ms
    };
    assert_eq!(site.get(&token, &of(&site, nr, "narvaro?plats=bakgrund")).await.status, 200);
    assert_eq!(last().await, begun_ms);
    site.page(&token, &of(&site, nr, "")).await;
    assert!(last().await > begun_ms);
}

/// What is sent back as it was generated is no text of anyone's: the place goes on following the figures.
#[tokio::test(flavor = "multi_thread")]
async fn an_untouched_text_stays_generated() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let token = site.session(Role::Kansli).await;
    let form = site.page(&token, &of(&site, nr, "skriv?plats=bakgrund")).await;
    let generated = Html::parse_document(&form.text());
    let generated: String =
        generated.select(&Selector::parse("textarea").unwrap()).flat_map(|area| area.text()).collect();
    assert!(generated.len() > 200);
    assert_eq!(write(&site, &token, nr, ("bakgrund", "0"), &generated.replace('\n', "\r\n")).await.status, 303);
    assert!(!site.page(&token, &of(&site, nr, "")).await.words().contains("Skriven av"));
    assert_eq!(write(&site, &token, nr, ("bakgrund", "0"), &format!("{generated} Mer.")).await.status, 303);
    assert!(site.page(&token, &of(&site, nr, "")).await.words().contains("Skriven av"));
}

/// Where someone has gone back to the generated text meanwhile, that is the text that is shown beside one's own.
#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_with_the_generated_text_shows_it() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let (one, two) = (site.session(Role::Kansli).await, site.session(Role::Forbundschef).await);
    write(&site, &one, nr, ("bakgrund", "0"), "Skrivet.").await;
    let back = [("plats", "bakgrund"), ("last", "1"), ("gor", "generera")];
    assert_eq!(site.post(&one, &of(&site, nr, "skriv"), &back).await.status, 303);
    let mut ask = Ask::post(&of(&site, nr, "skriv"), &[("plats", "bakgrund"), ("last", "1"), ("text", "Mitt.")]);
    ask.headers.push(("accept", "application/json".to_owned()));
    let reply = site.send(ask.by(&two)).await;
    assert!(
        reply.status == 409 && reply.text().contains("\"text\":\"Underlaget är det som var känt"),
        "{}",
        reply.text()
    );
    let reply = write(&site, &two, nr, ("bakgrund", "1"), "Mitt.").await;
    assert!(reply.all("pre.annans")[0].starts_with("Underlaget är det som var känt"));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_version_is_as_of_a_day_to_come() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let fields = [("slag", "pm"), ("period", "2022-H1"), ("per", "2199-01-01")];
    let reply = site.post(&token, &site.f("versioner"), &fields).await;
    assert!(reply.status == 400 && reply.words().contains("inte har varit än"), "{}", reply.words());
    let nr = begun(&site).await;
    for (day, told) in [("2199-01-01", "inte har varit än"), ("i går", "är inget datum")] {
        let reply = site.post(&token, &of(&site, nr, "per"), &[("per", day)]).await;
        assert!(reply.status == 422 && reply.words().contains(told), "{}", reply.words());
    }
    assert_eq!(site.post(&token, &of(&site, nr, "per"), &[("per", "")]).await.status, 303);
}

/// A text that comes with the version before tells where the figures have left it behind: a number that was right, and
/// the text that the figures now give.
#[tokio::test(flavor = "multi_thread")]
async fn a_text_from_the_version_before_tells_what_has_changed() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let token = site.session(Role::Kansli).await;
    write(&site, &token, nr, ("bakgrund", "0"), "I år har 277 varit med. Alla 92 fick plan.").await;
    write(&site, &token, nr, ("sammanfattning", "0"), "Eget i korthet.").await;
    lock(&site, nr).await;
    let chosen = Chosen::find(site.db(), Some("uppsala-lan")).await.unwrap();
    let facts = samsyn_store::facts::current(site.db(), &chosen.access).await.unwrap();
    let (begins, ends) = ("2022-02-01".parse().unwrap(), "2022-06-30".parse().unwrap());
    let during = |d: &&Deltagande| d.inskriven >= begins && d.inskriven <= ends && d.makulerad.is_none() && !d.anonym;
    let one = facts.deltagare.iter().find(during).unwrap();
    let late = Deltagande {
        deltagande_id: samsyn_core::Id::new("SEN-1").unwrap(),
        inskriven_registrerad: "2026-10-01".parse().unwrap(),
        utskriven: None,
        utskriven_registrerad: None,
        ..one.clone()
    };
    let rows = Facts { deltagare: vec![late], ..Facts::default() };
    let signature = Signature { who: "Kim", why: "sent", now_ms: crate::webb::now_ms() };
    samsyn_store::change::change(site.db(), &chosen.access, &rows, signature, "rattelse").await.unwrap();

    let written = site.page(&token, &of(&site, nr, "")).await;
    assert!(written.all(".anmarkningar").is_empty());
    let next = next_of(&site, nr).await;
    let page = site.page(&token, &of(&site, next, "")).await;
    let remarks = page.all("#plats-bakgrund .anmarkningar li");
    assert!(remarks.len() == 1 && remarks[0].contains("”277” Här står 277, som stämde"), "{remarks:?}");
    assert!(remarks[0].contains("tabellerna ger nu 278"), "{remarks:?}");
    let left = page.all(".notis li").into_iter().find(|line| line.starts_with("Texter från förra versionen"));
    assert!(left.as_ref().is_some_and(|line| line.contains("Bakgrund") && line.contains("Sammanfattning")), "{left:?}");
    let form = site.page(&token, &of(&site, next, "skriv?plats=bakgrund")).await;
    assert!(form.all(".andrad-mall del").join(" ").contains("30"), "{:?}", form.all(".andrad-mall"));
    // Who has looked at it, and saved it, has seen what changed.
    write(&site, &token, next, ("bakgrund", "1"), "I år har 277 varit med.").await;
    let page = site.page(&token, &of(&site, next, "")).await;
    let left = page.all(".notis li").into_iter().find(|line| line.starts_with("Texter från förra versionen")).unwrap();
    assert!(!left.contains("Bakgrund") && left.contains("Sammanfattning"), "{left}");
    assert_eq!(page.all("#plats-bakgrund .anmarkningar li").len(), 1);
}
