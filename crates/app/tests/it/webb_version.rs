//! Writing, reviewing, locking and comparing a report, as the site's visitors do it.

use crate::webb::{Ask, Site, TID};
use samsyn::access::Role;
use samsyn_core::Facts;
use samsyn_core::deltagande::Deltagande;
use samsyn_document::Document;
use samsyn_store::Signature;
use samsyn_store::version::fryst::{self, Del};
use samsyn_store::version::{self, Med, Taken};

/// Begins the PM that the tests look at; its number.
pub async fn begun(site: &Site) -> i64 {
    let token = site.session(Role::Kansli).await;
    let fields = [("slag", "pm"), ("period", "2022-H1"), ("per", "2022-08-30")];
    let reply = site.post(&token, &site.f("versioner"), &fields).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    reply.to().rsplit('/').next().unwrap().split('?').next().unwrap().parse().unwrap()
}

/// The same, locked.
pub async fn locked(site: &Site) -> i64 {
    let nr = begun(site).await;
    lock(site, nr).await;
    nr
}

async fn lock(site: &Site, nr: i64) {
    let token = site.session(Role::Forbundschef).await;
    let reply = site.post(&token, &of(site, nr, "steg"), &[("steg", "granska")]).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let reply = try_lock(site, &token, nr).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
}

/// Locks what the page shows.
async fn try_lock(site: &Site, token: &str, nr: i64) -> crate::webb::Reply {
    let page = site.page(token, &of(site, nr, "")).await;
    let read = page.attributes("input[name=andring]", "value").first().cloned().unwrap_or_else(|| "0".to_owned());
    site.post(token, &of(site, nr, "las"), &[("last", "ja"), ("andring", &read)]).await
}

fn of(site: &Site, nr: i64, rest: &str) -> String {
    site.f(&format!("version/{nr}{}{rest}", if rest.is_empty() { "" } else { "/" }))
}

async fn write(site: &Site, token: &str, nr: i64, (place, last): (&str, &str), text: &str) -> crate::webb::Reply {
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

/// A låst version, its page and its files are what was frozen, whatever is known later; what differs is told with the
/// facts behind it, on the page and as an appendix.
#[tokio::test(flavor = "multi_thread")]
async fn a_locked_version_stands_when_the_facts_change() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let token = site.session(Role::Kansli).await;
    write(&site, &token, nr, ("bakgrund", "0"), "Deltagit har {nyckeltal/deltagit/antal}.").await;
    lock(&site, nr).await;
    let before = site.page(&token, &of(&site, nr, "fil/pm.json")).await.text();
    let page = site.page(&token, &of(&site, nr, "")).await;
    assert!(page.words().contains("Deltagit har 277 .") && page.words().contains("Kontrollsumma (SHA-256)"));
    assert_eq!(write(&site, &token, nr, ("bakgrund", "1"), "Annat.").await.status, 422);

    // A participant is cancelled and another comes in late, both after the lock.
    let chosen = samsyn::actions::forbund::Chosen::find(site.db(), Some("uppsala-lan")).await.unwrap();
    let facts = samsyn_store::facts::current(site.db(), &chosen.access).await.unwrap();
    let day = |text: &str| text.parse().unwrap();
    let one: &Deltagande = facts
        .deltagare
        .iter()
        .find(|d| {
            d.inskriven >= day("2022-02-01")
                && d.inskriven_registrerad <= day("2022-06-30")
                && d.makulerad.is_none()
                && !d.anonym
        })
        .unwrap();
    let late = |id: &str| Deltagande {
        deltagande_id: samsyn_core::Id::new(id).unwrap(),
        inskriven_registrerad: day("2026-10-01"),
        utskriven_registrerad: one.utskriven.map(|_| day("2026-10-01")),
        ..one.clone()
    };
    let gone = Deltagande { makulerad: Some(day("2026-10-02")), ..one.clone() };
    let rows = Facts { deltagare: vec![late("SEN-1"), late("SEN-2"), gone], ..Facts::default() };
    let signature = Signature { who: "Kim", why: "rättat efter låsningen", now_ms: crate::webb::now_ms() };
    samsyn_store::change::change(site.db(), &chosen.access, &rows, signature, "rattelse").await.unwrap();

    assert_eq!(site.page(&token, &of(&site, nr, "fil/pm.json")).await.text(), before);
    let figure = site.page(&token, &of(&site, nr, "siffra/6/summa/inregistrerade_S")).await;
    assert!(figure.words().contains("233") && figure.words().contains("Som den frystes"), "{}", figure.words());

    let told = site.page(&token, &of(&site, nr, "jamfor")).await;
    for words in [
        "Kom in sent: Inskrivning SEN-1",
        "Makulerad: Inskrivning",
        "Ny: Beslut om period",
        "rättat efter låsningen",
        "Kim",
    ] {
        assert!(told.words().contains(words), "{words}: {}", told.words());
    }
    let ledamot = site.session(Role::Ledamot).await;
    let told = site.page(&ledamot, &of(&site, nr, "jamfor")).await;
    assert!(!told.text().contains("SEN-1") && told.words().contains("Antal personer jämförs inte"));
    let appendix = site.page(&token, &of(&site, nr, "jamfor/bilaga.md")).await.text();
    assert!(appendix.contains("SEN-1") && appendix.contains("Kom in sent"), "{appendix}");
    assert!(site.page(&token, &of(&site, nr, "jamfor/bilaga.pdf")).await.bytes.starts_with(b"%PDF"));

    // The next version begins with the texts of the first and sees what is known now.
    let reply = site.post(&token, &of(&site, nr, "steg"), &[("steg", "ny_version")]).await;
    let next = site.page(&token, reply.to()).await;
    assert!(next.words().contains("Deltagit har") && next.words().contains("version 2"));
    let behandla = [("dag", "2026-11-01"), ("beslut", "till_handlingarna"), ("paragraf", "§ 45")];
    let early = site.post(&token, &of(&site, nr, "behandla"), &behandla).await;
    assert!(early.words().contains("innan den låstes"), "{}", early.words());
    let today = samsyn_document::Datum::of_ms(crate::webb::now_ms()).to_string();
    let behandla = [("dag", today.as_str()), ("beslut", "till_handlingarna"), ("paragraf", "§ 45")];
    assert_eq!(site.post(&token, &of(&site, nr, "behandla"), &behandla).await.status, 303);
    assert!(site.page(&token, &of(&site, nr, "")).await.words().contains("Lagd till handlingarna, § 45"));
}

/// Whoever may not see small counts reads what was frozen without them, and cannot take out what lies behind.
#[tokio::test(flavor = "multi_thread")]
async fn a_locked_version_withholds_small_counts_too() {
    let site = Site::new().await;
    let nr = locked(&site).await;
    let (kansli, ledamot) = (site.session(Role::Kansli).await, site.session(Role::Ledamot).await);
    let open: Document = serde_json::from_str(&site.page(&kansli, &of(&site, nr, "fil/pm.json")).await.text()).unwrap();
    let held: Document =
        serde_json::from_str(&site.page(&ledamot, &of(&site, nr, "fil/pm.json")).await.text()).unwrap();
    assert_eq!((open.withheld_under, held.withheld_under), (None, Some(5)));
    let mut hidden = Vec::new();
    held.each_cell(&mut |cell| {
        if cell.value == samsyn_document::Value::Withheld {
            hidden.push(cell.figure.clone().unwrap());
        }
    });
    assert!(hidden.len() > 10);
    for figure in hidden.iter().take(12) {
        let address = of(&site, nr, &format!("siffra/{figure}"));
        assert!(site.page(&ledamot, &address).await.words().contains("Visas inte"), "{figure}");
        assert!(site.page(&ledamot, &address).await.all(".fakta li").is_empty());
    }
    assert_eq!(site.get(&ledamot, &of(&site, nr, "fil/underlag.zip")).await.status, 404);
    assert!(site.page(&kansli, &of(&site, nr, "fil/underlag.zip")).await.bytes.starts_with(b"PK"));
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

#[tokio::test(flavor = "multi_thread")]
async fn the_diarium_shows_what_was_registered() {
    let site = Site::new().await;
    let nr = locked(&site).await;
    let token = site.session(Role::Kansli).await;
    let year = samsyn_document::Datum::of_ms(crate::webb::now_ms()).year();
    let put = [("datum", "2022-10-03"), ("arende", "Ansökan från Tierp")];
    assert_eq!(site.post(&token, &site.f("diarium"), &put).await.status, 303);
    let page = site.page(&token, &site.f("diarium")).await;
    assert!(page.words().contains("2022/1") && page.words().contains(&format!("{year}/1")));
    assert!(page.text().contains(&format!("version/{nr}")));
    for (wrong, told) in [
        ([("datum", "i går"), ("arende", "x")], "är inget datum"),
        ([("datum", "2022-10-03"), ("arende", "")], "Skriv vad ärendet gäller"),
        ([("datum", "2022-10-03"), ("arende", "Om 900101-0017")], "personnummer"),
    ] {
        let reply = site.post(&token, &site.f("diarium"), &wrong).await;
        assert!(reply.status == 422 && reply.words().contains(told), "{}", reply.words());
        assert!(!reply.text().contains("900101-0017"));
    }
}

/// What an earlier version of the program froze can be read for good: the files in testdata/fryst are never changed.
#[tokio::test(flavor = "multi_thread")]
async fn a_version_frozen_in_an_earlier_form_can_be_read() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let token = site.session(Role::Kansli).await;
    let text = "## Egen rubrik\n\n*Deltagit* har {nyckeltal/deltagit/antal}.\n\n- en punkt\n\n| A | B |\n| r | {6/summa/pagaende_S} |";
    assert_eq!(write(&site, &token, nr, ("bakgrund", "0"), text).await.status, 303);
    site.post(&token, &of(&site, nr, "steg"), &[("steg", "granska")]).await;
    let folder = crate::base::project("testdata/fryst/1");
    if std::env::var_os("SAMSYN_FRYS").is_some() {
        // How the files were made.
        try_lock(&site, &token, nr).await;
        let chosen = samsyn::actions::forbund::Chosen::find(site.db(), Some("uppsala-lan")).await.unwrap();
        std::fs::create_dir_all(&folder).unwrap();
        for del in ["dokument", "dokument-offentligt", "siffror", "texter"] {
            let found = fryst::read(site.db(), &chosen.access, nr, del).await.unwrap().unwrap();
            std::fs::write(folder.join(del), found.innehall).unwrap();
        }
        panic!("made; run again without SAMSYN_FRYS");
    }
    let read = |del: &str| Del::new(del, 1, std::fs::read(folder.join(del)).unwrap());
    let delar = ["dokument", "dokument-offentligt", "siffror", "texter"].map(read);
    let sum = fryst::kontrollsumma(&delar);
    let chosen = samsyn::actions::forbund::Chosen::find(site.db(), Some("uppsala-lan")).await.unwrap();
    let found = version::find(site.db(), &chosen.access, nr).await.unwrap().unwrap();
    let handelse = samsyn_store::forbund::state(site.db(), chosen.access.forbund()).await.unwrap().0;
    let med = Med::Last {
        per: "2022-08-30".parse().unwrap(),
        andring: found.andring,
        handelse,
        delar: &delar,
        kontrollsumma: &sum,
    };
    let signature = Signature { who: "Kim", why: "", now_ms: crate::webb::now_ms() };
    let steg = samsyn_core::version::Steg::Las;
    let taken = version::step(site.db(), &chosen.access, nr, steg, med, signature).await.unwrap();
    assert_eq!(taken, Taken::Done(nr));
    let page = site.page(&token, &of(&site, nr, "")).await;
    assert!(page.words().contains("Uppföljning av insatser") && page.words().contains("277"));
    let figure = site.page(&token, &of(&site, nr, "siffra/nyckeltal/deltagit/antal")).await;
    assert!(figure.words().contains("277") && figure.all(".fakta li").len() > 200, "{}", figure.words().len());
    assert_eq!(site.page(&token, &of(&site, nr, "jamfor?med=nu&per=2022-08-30")).await.all(".stor-siffra").len(), 0);
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

/// One locks what one has read: a text that has come since is told of.
#[tokio::test(flavor = "multi_thread")]
async fn a_lock_is_of_what_was_read() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let (kansli, chef) = (site.session(Role::Kansli).await, site.session(Role::Forbundschef).await);
    site.post(&kansli, &of(&site, nr, "steg"), &[("steg", "granska")]).await;
    let page = site.page(&chef, &of(&site, nr, "")).await;
    let read = page.attributes("input[name=andring]", "value")[0].clone();
    write(&site, &kansli, nr, ("bakgrund", "0"), "Nytt sedan dess.").await;
    let reply = site.post(&chef, &of(&site, nr, "las"), &[("last", "ja"), ("andring", &read)]).await;
    assert!(reply.status == 422 && reply.words().contains("har ändrats sedan du läste den. Senast sparade Kansli"));
    // A refused lock takes no number.
    assert!(site.page(&chef, &site.f("diarium")).await.words().contains("Diariet är tomt"));
    assert_eq!(try_lock(&site, &chef, nr).await.status, 303);
}

/// Whoever writes when the version is locked is told so, and what was typed is there to be copied.
#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_comes_too_late_is_shown_again() {
    let site = Site::new().await;
    let nr = locked(&site).await;
    let token = site.session(Role::Kansli).await;
    let reply = write(&site, &token, nr, ("bakgrund", "0"), "För sent.").await;
    assert_eq!(reply.status, 422);
    assert!(reply.words().contains("Versionen är låst") && reply.all("textarea") == ["För sent."]);
    let mut ask = Ask::post(&of(&site, nr, "skriv"), &[("plats", "bakgrund"), ("last", "0"), ("text", "För sent.")]);
    ask.headers.push(("accept", "application/json".to_owned()));
    let reply = site.send(ask.by(&token)).await;
    assert!(reply.status == 422 && reply.text().contains("Versionen är låst"), "{}", reply.text());
}

/// One who may not read drafts sees no trace of them, nor what cannot be told.
#[tokio::test(flavor = "multi_thread")]
async fn drafts_leave_no_trace_in_diarium_and_log() {
    let site = Site::new().await;
    let nr = begun(&site).await;
    let token = site.session(Role::Kansli).await;
    assert_eq!(site.post(&token, &of(&site, nr, "diariefor"), &[]).await.status, 303);
    for role in [Role::Ledamot, Role::Revisor] {
        let other = site.session(role).await;
        assert!(site.page(&other, &site.f("diarium")).await.words().contains("Diariet är tomt"), "{}", role.kod());
    }
    let revisor = site.session(Role::Revisor).await;
    assert!(!site.page(&revisor, &site.f("logg")).await.words().contains("påbörjad"));
    let chef = site.session(Role::Forbundschef).await;
    assert!(site.page(&chef, &site.f("logg")).await.words().contains("påbörjad"));
    lock(&site, nr).await;
    assert!(site.page(&revisor, &site.f("logg")).await.words().contains("låst"));
    let number = "§ 12, 19121212-1212";
    let today = samsyn_document::Datum::of_ms(crate::webb::now_ms()).to_string();
    let fields = [("dag", today.as_str()), ("beslut", "godkand"), ("paragraf", number)];
    let reply = site.post(&token, &of(&site, nr, "behandla"), &fields).await;
    assert!(reply.status == 422 && !reply.text().contains("19121212-1212") && !site.stored("19121212-1212"));
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
