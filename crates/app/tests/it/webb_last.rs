//! Locking a report, what is frozen then, and what others see of it before and after; and the diarium.

use crate::webb::{Ask, Site};
use crate::webb_version::{begun, lock, locked, next_of, of, try_lock, write};
use samsyn::access::Role;
use samsyn_core::Facts;
use samsyn_core::deltagande::Deltagande;
use samsyn_document::Document;
use samsyn_store::Signature;
use samsyn_store::version::fryst::{self, Del};
use samsyn_store::version::{self, Med, Taken};
use sha2::{Digest, Sha256};

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

    // From the parts alone one can work out the sum at the report's foot.
    let parts = site.page(&token, &of(&site, nr, "fil/delar.zip")).await.bytes;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(parts)).unwrap();
    let mut part = |name: &str| {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut zip.by_name(name).unwrap(), &mut bytes).unwrap();
        bytes
    };
    let sha256 = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let sums = part("kontrollsummor.txt");
    assert!(page.words().contains(&sha256(&sums)), "{}", page.words());
    let sums = String::from_utf8(sums).unwrap();
    assert_eq!(sums.lines().count(), 5);
    for (name, sum) in sums.lines().map(|line| line.split_once(' ').unwrap()) {
        assert_eq!(sha256(&part(name)), sum, "{name}");
    }
    for role in [Role::Ekonom, Role::Ledamot, Role::Revisor] {
        let other = site.session(role).await;
        assert_eq!(site.get(&other, &of(&site, nr, "fil/delar.zip")).await.status, 404, "{role:?}");
    }

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
    let next = next_of(&site, nr).await;
    let next = site.page(&token, &of(&site, next, "")).await;
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
