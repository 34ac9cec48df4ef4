//! Handing in an uppföljningsfil on the site: looked at, told about, taken in, and refused.

use crate::webb::{Ask, FORBUND, PASSWORD, Reply, Site, now_ms};
use samsyn::Error;
use samsyn::access::{Held, Role};
use samsyn::actions::forbund::Chosen;
use samsyn::actions::inloggning;
use samsyn::actions::uppfoljningsfil::{self, Val};
use samsyn_document::Datum;
use samsyn_import::grid::Limits;
use samsyn_import::uppfoljningsfil::Ordlista;
use samsyn_store::import::ImportOutcome;

const EGEN: &str = "\u{feff}Ung framtid – deltagarlista;;;;;;\r\n\
    Löpnr;Kön;Född;Började;Slutade;Orsak;Anteckning\r\n\
    901;Kvinna;1985;2022-03-01;;;\r\n\
    902;man;1990;1/3 2022;2022-06-10;Ny tjänst;bra\r\n\
    ;;;;;;\r\n\
    Summa;2;;;;;\r\n";

async fn upload(site: &Site, token: &str, insats: &str, name: &str, bytes: &[u8]) -> Reply {
    let address = site.f(&format!("insats/{insats}/uppfoljningsfil"));
    site.send(Ask::upload(&address, &[(name.to_owned(), bytes.to_vec())]).by(token)).await
}

/// The address of an upload that waits.
async fn waiting(site: &Site, token: &str, bytes: &[u8]) -> String {
    let reply = upload(site, token, "ost-bryggan", "lista.csv", bytes).await;
    assert_eq!(reply.status, 303, "{}", reply.words());
    reply.to().to_owned()
}

/// Says yes to what the page shows.
async fn take_in(site: &Site, token: &str, address: &str) -> Reply {
    let page = site.page(token, address).await;
    let seen = page.attributes("input[name=handelse]", "value").remove(0);
    site.post(token, address, &[("gor", "las"), ("handelse", &seen)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_ones_own_is_taken_in_when_its_words_are_told() {
    let site = Site::new().await;
    let token = site.session(Role::Insatsansvarig).await;
    let address = waiting(&site, &token, EGEN.as_bytes()).await;
    let page = site.page(&token, &address).await;
    let words = page.words();
    for told in ["Två inskrivningar", "Inget är sparat ännu.", "”Ny tjänst”", "Anteckning", "Att rätta"] {
        assert!(words.contains(told), "{told}: {words}");
    }
    assert!(!site.stored("Ny tjänst"), "nothing is stored before the yes");
    // It cannot be taken in before the word is known.
    let early = site.post(&token, &address, &[("gor", "las")]).await;
    assert_eq!((early.status.as_u16(), early.to()), (303, address.as_str()));
    let asked = page.attributes("select[name^='varde:']", "name").remove(0);
    let answers = [(asked.as_str(), "arbete"), ("gor", "tolka")];
    assert_eq!(site.post(&token, &address, &answers).await.status, 303);
    let words = site.page(&token, &address).await.words();
    assert!(!words.contains("Att rätta") && words.contains("Läs in?"), "{words}");
    // A mended copy handed in meanwhile need not be told the same again.
    let address = waiting(&site, &token, EGEN.as_bytes()).await;
    assert!(site.page(&token, &address).await.words().contains("Läs in?"));
    assert!(words.contains("avslutsorsak: arbete") && words.contains("Siffror som ändras"), "{words}");
    // A yes to a page that was never seen, or to one that has been overtaken, is none.
    let unseen = site.post(&token, &address, &[("gor", "las")]).await;
    assert_eq!(unseen.to(), format!("{address}?besked=fil-andrad"));
    let done = take_in(&site, &token, &address).await;
    assert_eq!(done.to(), site.f("insats/ost-bryggan/inskrivningar?besked=fil-last"), "{}", done.words());
    let list = site.page(&token, done.to()).await.words();
    assert!(
        list.contains("901 Kvinna 1985 2022-03-01") && list.contains("902 Man 1990 2022-03-01 2022-06-10 Arbete"),
        "{list}"
    );
    // Only what was read is kept, and it tells which file it came from.
    assert!(!site.stored("Anteckning") && !site.stored("bra\r"));
    let kansli = site.session(Role::Kansli).await;
    let imports = site.page(&kansli, &site.f("import")).await.words();
    assert!(
        imports.contains("Uppföljningsfil, ost-bryggan") && imports.contains("Uppföljningsfil från insatsen."),
        "{imports}"
    );
    // The same file again: the word is remembered, and nothing changes.
    let again = waiting(&site, &token, EGEN.as_bytes()).await;
    let words = site.page(&token, &again).await.words();
    assert!(words.contains("två oförändrade") && words.contains("Allt i filen är redan känt."), "{words}");
}

/// What an insats calls things can be seen, changed and forgotten; a file that waits is read anew.
#[tokio::test(flavor = "multi_thread")]
async fn remembered_words_are_seen_changed_and_forgotten() {
    let site = Site::new().await;
    let token = site.session(Role::Insatsansvarig).await;
    let words = site.f("insats/ost-bryggan/ord");
    assert!(site.page(&token, &words).await.words().contains("Inget är sparat än."));
    let address = waiting(&site, &token, EGEN.as_bytes()).await;
    let page = site.page(&token, &address).await;
    let asked = page.attributes("select[name^='varde:avslutsorsak']", "name").remove(0);
    let column = page.attributes("select[name^='kolumn:anteckning']", "name").remove(0);
    let answers = [(asked.as_str(), "arbete"), (column.as_str(), "-"), ("gor", "tolka")];
    assert_eq!(site.post(&token, &address, &answers).await.status, 303);
    assert!(take_in(&site, &token, &address).await.to().ends_with("besked=fil-last"));
    let form = site.page(&token, &site.f("insats/ost-bryggan/uppfoljningsfil")).await;
    assert!(form.attributes("main a", "href").contains(&words));
    let chosen = |page: &Reply| page.attributes("main select option[selected]", "value");
    let page = site.page(&token, &words).await;
    assert_eq!(page.attributes("main select", "name"), [column.as_str(), asked.as_str()]);
    assert_eq!(chosen(&page), ["-", "arbete"]);
    assert!(page.words().contains("”ny tjanst” (avslutsorsak)"), "{}", page.words());
    // Another meaning; what was never remembered cannot be brought in here.
    let change = [(column.as_str(), "-"), (asked.as_str(), "flytt"), ("varde:avslutsorsak:annat", "flytt")];
    assert_eq!(site.post(&token, &words, &change).await.to(), format!("{words}?besked=sparat"));
    assert_eq!(chosen(&site.page(&token, &words).await), ["-", "flytt"]);
    assert_eq!(site.post(&token, &words, &change).await.to(), format!("{words}?besked=likadant"));
    // Forgotten: a file that waits asks again, as does the next one.
    let address = waiting(&site, &token, EGEN.as_bytes()).await;
    assert!(!site.page(&token, &address).await.words().contains("Vad betyder orden?"));
    assert_eq!(site.post(&token, &words, &[(asked.as_str(), "")]).await.status, 303);
    assert!(site.page(&token, &address).await.words().contains("Vad betyder orden?"));
    assert_eq!(chosen(&site.page(&token, &words).await), ["-"]);
    for role in [Role::Ekonom, Role::Ledamot, Role::Revisor] {
        assert_eq!(site.get(&site.session(role).await, &words).await.status, 404, "{role:?}");
    }
    let kansli = site.session(Role::Kansli).await;
    assert_eq!(chosen(&site.page(&kansli, &words).await), ["-"]);
}

/// What came in with a file, inskrivning by inskrivning, and what undoing it takes back.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_tells_what_it_changed_and_what_undoing_takes_back() {
    let site = Site::new().await;
    let (token, kansli) = (site.session(Role::Insatsansvarig).await, site.session(Role::Kansli).await);
    let head = "Nr;Kön;Född;Start;Slut;Orsak\r\n";
    let first = format!("{head}901;K;1985;2022-03-01;;\r\n902;M;1990;2022-03-02;;\r\n");
    let address = waiting(&site, &token, first.as_bytes()).await;
    assert!(take_in(&site, &token, &address).await.to().ends_with("besked=fil-last"));
    let page = site.page(&kansli, &site.f("import/5")).await;
    assert!(page.words().contains("Inskrivningar 2 0"), "{}", page.words());
    assert!(page.words().contains("Två nya inskrivningar. Visa inskrivningarna i Bryggan (Östhammar) 901 ny 902 ny"));
    assert!(page.attributes("h3 a", "href").contains(&site.f("insats/ost-bryggan")));
    let second =
        format!("{head}901;K;1986;2022-03-01;;\r\n902;M;1990;2022-03-02;2022-05-01;flytt\r\n903;K;;2022-04-01;;\r\n");
    let address = waiting(&site, &token, second.as_bytes()).await;
    assert!(take_in(&site, &token, &address).await.to().ends_with("besked=fil-last"));
    for address in ["import/6", "import/6/angra"] {
        let words = site.page(&kansli, &site.f(address)).await.words();
        assert!(words.contains("En ny, en avslutad och en ändrad inskrivning."), "{words}");
        assert!(words.contains("901 ändrad födelseår: 1985 → 1986") && words.contains("903 ny"), "{words}");
        assert!(words.contains("902 avslutad sista dag: tomt → 2022-05-01"), "{words}");
    }
    // One who may not see single inskrivningar is not told of them.
    let auditor = site.page(&site.session(Role::Revisor).await, &site.f("import/6")).await;
    assert!(
        auditor.all(".fakta li").is_empty()
            && auditor.all("tbody th") == ["uppfoljningsfil-ost-bryggan.csv", "ursprung.txt"]
    );
    assert!(auditor.words().contains("din roll får inte se vilka"), "{}", auditor.words());
    // The earlier one cannot be undone before the later, and that is told at once.
    let stays = site.page(&kansli, &site.f("import/5/angra")).await;
    assert!(stays.words().contains("Senare ändringar bygger på den") && stays.all("button.fara").is_empty());
    let undone = site.post(&kansli, &site.f("import/6/angra"), &[("skal", "Fel fil")]).await;
    assert_eq!(undone.to(), site.f("import?besked=angrad"));
    let own = site.page(&token, &site.f("inskrivning/ost-bryggan.902")).await.words();
    assert!(own.contains("Pågår"), "{own}");
}

/// "A row that is gone from a later file is a finding and changes nothing until a person says so."
#[tokio::test(flavor = "multi_thread")]
async fn what_is_gone_is_asked_about_and_stays() {
    let site = Site::new().await;
    let token = site.session(Role::Insatsansvarig).await;
    let rows = |more: &str| format!("Nr;Kön;Född;Start\r\n901;K;1985;2022-03-01\r\n{more}");
    let first = waiting(&site, &token, rows("902;M;1990;2022-03-02\r\n").as_bytes()).await;
    assert!(take_in(&site, &token, &first).await.to().ends_with("besked=fil-last"));
    let second = waiting(&site, &token, rows("").as_bytes()).await;
    let words = site.page(&token, &second).await.words();
    assert!(words.contains("Makulera 902, registrerad av misstag"), "{words}");
    // Not ticked: everything stands.
    let page = site.page(&token, &site.f("inskrivning/ost-bryggan.902")).await.words();
    assert!(page.contains("Pågår"), "{page}");
    let ticked = [("makulera:ost-bryggan.902", "ja"), ("gor", "tolka")];
    assert_eq!(site.post(&token, &second, &ticked).await.to(), second);
    let page = site.page(&token, &second).await;
    let seen = page.attributes("input[name=handelse]", "value").remove(0);
    let again = [("makulera:ost-bryggan.902", "ja"), ("gor", "las"), ("handelse", seen.as_str())];
    let done = site.post(&token, &second, &again).await;
    assert!(done.to().ends_with("besked=fil-last"), "{}", done.to());
    let page = site.page(&token, &site.f("inskrivning/ost-bryggan.902")).await.words();
    assert!(page.contains("Makulerad"), "{page}");
}

/// "No name and no personnummer of a participant is ever stored or logged."
#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_a_personnummer_leaves_no_trace_but_that_it_came() {
    let site = Site::new().await;
    let token = site.session(Role::Insatsansvarig).await;
    let bytes = b"Nr;K\xc3\xb6n;F\xc3\xb6dd;Start;Not\r\n901;K;1985;2022-03-01;900101-0017\r\n";
    let refused = upload(&site, &token, "ost-bryggan", "lista.csv", bytes).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("personnummer") && !refused.text().contains("900101"), "{}", refused.words());
    assert!(!site.stored("900101"));
    let log = site.page(&site.session(Role::Behorighetsansvarig).await, &site.f("logg")).await.words();
    assert!(log.contains("Avvisad fil"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_for_the_one_who_uploaded_it() {
    let site = Site::new().await;
    let token = site.session(Role::Insatsansvarig).await;
    let address = waiting(&site, &token, EGEN.as_bytes()).await;
    let other = site.session(Role::Kansli).await;
    assert_eq!(site.get(&other, &address).await.to(), site.f("insatser?besked=fil-glomd"));
    // Another insats's form is not one's own.
    let refused = upload(&site, &token, "enk-jobbcentrum", "lista.csv", EGEN.as_bytes()).await;
    assert_eq!(refused.status, 404);
    let away = site.post(&token, &address, &[("gor", "avsta")]).await;
    assert!(away.to().ends_with("besked=fil-avstadd"));
    assert_eq!(site.get(&token, &address).await.to(), site.f("insatser?besked=fil-glomd"));
    for role in [Role::Ekonom, Role::Styrgrupp, Role::Ledamot, Role::Revisor, Role::Granskning] {
        let token = site.session(role).await;
        assert_eq!(upload(&site, &token, "ost-bryggan", "lista.csv", EGEN.as_bytes()).await.status, 404, "{role:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_list_is_told_by_what_it_is() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    for (name, bytes) in [("a.xlsx", &b"%PDF-1.7 x"[..]), ("b.xls", b"<html><table></table>"), ("c.csv", b"")] {
        let reply = upload(&site, &token, "ost-bryggan", name, bytes).await;
        assert!(
            reply.status == 422 && reply.words().contains("Inget av den har sparats."),
            "{name}: {}",
            reply.words()
        );
    }
    let none = site.send(Ask::upload(&site.f("insats/ost-bryggan/uppfoljningsfil"), &[]).by(&token)).await;
    assert!(none.status == 422 && none.words().contains("Välj en fil först."), "{}", none.words());
}

/// The words of every cell of a spreadsheet.
fn cells(bytes: &[u8]) -> Vec<String> {
    let book = samsyn_import::grid::read("fil.xlsx", bytes, &samsyn_import::grid::Limits::default()).unwrap();
    let rows = book.sheets.into_iter().flat_map(|sheet| sheet.rows);
    let text = |cell: samsyn_import::grid::Cell| match cell {
        samsyn_import::grid::Cell::Text(text) => Some(text.into_string()),
        _ => None,
    };
    rows.flat_map(|row| row.cells).filter_map(text).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_come_back_in_a_copy_of_the_file() {
    let site = Site::new().await;
    let token = site.session(Role::Insatsansvarig).await;
    let bytes = "Nr;Kön;Född;Start;Slut;Orsak\r\n901;K;1985;2022-02-30;;\r\n902;M;1990;2022-03-01;;\r\n".as_bytes();
    let address = waiting(&site, &token, bytes).await;
    let copy = site.page(&token, &format!("{address}/anmarkt")).await;
    assert!(copy.header("content-disposition").contains("att-ratta-ost-bryggan-"));
    let words = cells(&copy.bytes);
    assert!(words.iter().any(|text| text.contains("2022-02-30") && text.contains("är inget datum")), "{words:?}");
    assert!(words.iter().any(|text| text == "902") || words.iter().any(|text| text == "Orsak"), "{words:?}");
}

/// An insatsansvarig reads no file names and no codes: neither on the page nor in the copy of the own file.
#[tokio::test(flavor = "multi_thread")]
async fn findings_are_told_in_the_words_of_their_readers() {
    let site = Site::new().await;
    let token = site.session(Role::Insatsansvarig).await;
    // Outside the decided periods, far too old, cancelled exits and answers without an exit, a reason that lacks.
    let bytes = "Nr;Kön;Född;Start;Slut;Orsak;Plan vid avslut;Studerar;Försörjning efter;Utskrivning registrerad\r\n\
                 901;K;1985;2011-03-01;;;;;;\r\n902;M;1920;2022-03-01;2022-05-01;;;;;\r\n\
                 903;M;1990;2022-03-01;;arbete;ja;ja;lön;\r\n904;K;2030;2022-03-01;;;;;;\r\n\
                 905;K;1990;2022-03-01;2022-02-01;flytt;;;;\r\n906;K;1990;2022-03-01;2022-05-01;flytt;;;;2022-01-01\r\n\
                 907;;1990;2022-03-01;;;;;;\r\nabc;K;1990;2022-03-01;;;;;;\r\n"
        .as_bytes();
    let address = waiting(&site, &token, bytes).await;
    let page = site.page(&token, &address).await;
    let told = page.all(".fynd li");
    assert!(told.len() >= 8, "{told:#?}");
    assert!(
        told.iter().any(|line| line.contains("utanför alla beslutade perioder för Bryggan (Östhammar)")),
        "{told:#?}"
    );
    let copy = site.page(&token, &format!("{address}/anmarkt")).await;
    for line in told.iter().chain(&cells(&copy.bytes)) {
        let code = line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word.contains('_'));
        assert!(!line.contains(".csv") && !code && !line.contains("ost-bryggan"), "{line}");
    }
}

/// What is known goes out in the template and comes back unchanged.
#[tokio::test(flavor = "multi_thread")]
async fn the_template_comes_back_as_it_went_out() {
    let site = Site::new().await;
    let token = site.session(Role::Insatsansvarig).await;
    let template = site.page(&token, &site.f("insats/ost-bryggan/mall")).await;
    let reply = upload(&site, &token, "ost-bryggan", "mall.xlsx", &template.bytes).await;
    assert_eq!(reply.status, 303, "{}", reply.words());
    let words = site.page(&token, reply.to()).await.words();
    assert!(words.contains("oförändrade") && words.contains("Allt i filen är redan känt."), "{words}");
    for wrong in ["Att rätta", "Tveksamt", "Inskrivna som inte är med", "Nya inskrivningar"] {
        assert!(!words.contains(wrong), "{wrong}: {words}");
    }
    let log = site.page(&site.session(Role::Behorighetsansvarig).await, &site.f("logg")).await.words();
    assert!(log.contains("mall med inskrivningarna i Bryggan"), "{log}");
}

/// "Rows are thinned out ... at withdrawn consent, with their old versions and the files they came in."
#[tokio::test(flavor = "multi_thread")]
async fn a_row_of_a_file_goes_with_the_consent() {
    let site = Site::new().await;
    let token = site.session(Role::Insatsansvarig).await;
    let bytes = "Nr;Kön;Född;Start\r\nxq901;K;1985;2022-03-01\r\nxq902;M;1990;2022-03-02\r\n".as_bytes();
    let address = waiting(&site, &token, bytes).await;
    assert!(take_in(&site, &token, &address).await.to().ends_with("besked=fil-last"));
    assert!(site.stored("xq901") && site.stored("xq902"));
    let own = site.f("inskrivning/ost-bryggan.xq901");
    let gone = site.post(&token, &format!("{own}/ta-bort"), &[("skal", "Samtycket är återkallat")]).await;
    assert_eq!(gone.status, 303, "{}", gone.words());
    assert_eq!(site.get(&token, &own).await.status, 404);
    assert!(!site.stored("xq901"), "the number is still in the database's files");
    assert!(site.stored("xq902"), "the other row stays");
}

/// What has been removed does not come back with a file that somebody was looking at.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_waits_is_forgotten_when_somebody_in_it_is_removed() {
    let site = Site::new().await;
    let token = site.session(Role::Insatsansvarig).await;
    let bytes = "Nr;Kön;Född;Start\r\n901;K;1985;2022-03-01\r\n902;M;1990;2022-03-02\r\n".as_bytes();
    let address = waiting(&site, &token, bytes).await;
    assert!(take_in(&site, &token, &address).await.to().ends_with("besked=fil-last"));
    let more = [bytes, "903;K;1977;2022-03-05\r\n".as_bytes()].concat();
    let open = waiting(&site, &token, &more).await;
    let seen = site.page(&token, &open).await.attributes("input[name=handelse]", "value").remove(0);
    let gone = site.post(&token, &site.f("inskrivning/ost-bryggan.901/ta-bort"), &[("skal", "Återkallat")]).await;
    assert_eq!(gone.status, 303, "{}", gone.words());
    let late = site.post(&token, &open, &[("gor", "las"), ("handelse", &seen)]).await;
    assert_eq!(late.to(), site.f("insatser?besked=fil-glomd"));
    assert_eq!(site.get(&token, &site.f("inskrivning/ost-bryggan.901")).await.status, 404);
}

/// Takes in a list by the action itself, below the page.
async fn taken_in(site: &Site, ordlista: &Ordlista, why: &str) -> Result<ImportOutcome, Error> {
    let chosen = Chosen::find(site.db(), Some(FORBUND)).await.unwrap();
    let facts = samsyn_store::facts::current(site.db(), &chosen.access).await.unwrap();
    let insats = facts.insatser.iter().find(|one| one.insats_id.as_str() == "ost-bryggan").unwrap();
    let bytes = "Nr;Kön;Född;Start\r\n901;K;1985;2022-03-01\r\n".as_bytes();
    let fil = uppfoljningsfil::las_fil("lista.csv", bytes, &Limits::default()).unwrap();
    let how = (Datum::of_ms(now_ms()), &Val::default(), true);
    let judged = uppfoljningsfil::granska(&chosen, insats, (&fil, ordlista), how).await.unwrap();
    uppfoljningsfil::las_in(&chosen, &judged, (&fil, ordlista), ("prov", why)).await
}

/// What stands for the insats's words.
async fn remembered(site: &Site) -> Ordlista {
    let chosen = Chosen::find(site.db(), Some(FORBUND)).await.unwrap();
    uppfoljningsfil::ordlista(&chosen, "ost-bryggan").await.unwrap()
}

fn words(heading: &str, field: &str, word: &str) -> Ordlista {
    Ordlista {
        rubriker: [(heading.to_owned(), None)].into(),
        varden: [((field.to_owned(), word.to_owned()), String::new())].into(),
    }
}

/// "Free text is checked the same way."
#[tokio::test(flavor = "multi_thread")]
async fn a_personnummer_in_the_reason_or_the_words_stores_nothing() {
    let site = Site::new().await;
    let state = async || samsyn_store::forbund::state(site.db(), site.forbund).await.unwrap();
    let before = state().await;
    let pnr = "900101 0017";
    for (ordlista, why) in [
        (words("not", "avslutsorsak", "slutat"), "gäller 900101-0017"),
        (words(pnr, "avslutsorsak", "slutat"), "prov"),
        (words("not", "avslutsorsak", pnr), "prov"),
        (words("not", pnr, "slutat"), "prov"),
    ] {
        let refused = taken_in(&site, &ordlista, why).await;
        let Err(Error::Usage(told)) = refused else { panic!("{ordlista:?}, {why}: taken in") };
        assert!(told.contains("personnummer") && !told.contains("900101"), "{told}");
    }
    // The page asks first, and does not show it again.
    let token = site.session(Role::Insatsansvarig).await;
    let address = waiting(&site, &token, "Nr;Kön;Start\r\n901;K;2022-03-01\r\n".as_bytes()).await;
    let seen = site.page(&token, &address).await.attributes("input[name=handelse]", "value").remove(0);
    let las = [("gor", "las"), ("handelse", &seen), ("skal", "gäller 900101-0017")];
    let refused = site.post(&token, &address, &las).await;
    assert!(refused.status == 422 && refused.words().contains("Skälet innehåller ett personnummer."));
    assert!(!refused.text().contains("900101"));
    // Words of a form that is not the page's own.
    for name in ["kolumn:900101-0017", "varde:avslutsorsak:900101-0017"] {
        assert_eq!(site.post(&token, &address, &[("gor", "tolka"), (name, "-")]).await.status, 303);
        let refused = take_in(&site, &token, &address).await;
        assert!(refused.status == 400 && refused.words().contains("Inget har sparats."), "{}", refused.words());
        assert_eq!(site.post(&token, &address, &[("gor", "tolka"), (name, "")]).await.status, 303);
    }
    assert!(before == state().await && !site.stored("900101"), "something was stored");
    // There is no such field, so nothing is told of it.
    let unknown = [("gor", "tolka"), ("varde:900101-0017:slutat", "-")];
    assert_eq!(site.post(&token, &address, &unknown).await.status, 303);
    assert!(take_in(&site, &token, &address).await.to().ends_with("besked=fil-last"));
    assert!(remembered(&site).await == Ordlista::default() && !site.stored("900101"));
}

/// A long wording is a remark about somebody, and is asked about each time.
#[tokio::test(flavor = "multi_thread")]
async fn words_of_sixty_characters_are_remembered_and_longer_ones_are_not() {
    let site = Site::new().await;
    let (kept, long) = ("ö".repeat(60), "ö".repeat(61));
    let mut all = words(&kept, "avslutsorsak", &kept);
    all.rubriker.extend(words(&long, "", "").rubriker);
    all.varden.extend(words("", "avslutsorsak", &long).varden);
    assert!(taken_in(&site, &all, "prov").await.unwrap().stored);
    let plain = "o".repeat(60);
    assert_eq!(remembered(&site).await, words(&plain, "avslutsorsak", &plain));
    assert!(!site.stored(&long), "the long wording is in the database's files");
}

/// What somebody wrote of why one person left is read and then forgotten: it would outlive the person's gallring.
#[tokio::test(flavor = "multi_thread")]
async fn a_remark_about_somebody_is_kept_nowhere() {
    let site = Site::new().await;
    let token = site.session(Role::Insatsansvarig).await;
    let remarks = ["Kalle fick plats", "hade svårt med resan till och från"];
    let list = format!(
        "Nr;Kön;Född;Start;Slut;Orsak\r\n901;K;1985;2022-03-01;2022-05-01;{}\r\n902;M;1990;2022-03-01;2022-05-01;{}\r\n\
         903;M;1991;2022-03-01;2022-05-01;Ny tjänst\r\n",
        remarks[0], remarks[1]
    );
    let address = waiting(&site, &token, list.as_bytes()).await;
    let asked = site.page(&token, &address).await.attributes("select[name^='varde:avslutsorsak']", "name");
    let mut answers: Vec<(&str, &str)> = asked.iter().map(|name| (name.as_str(), "arbete")).collect();
    answers.push(("gor", "tolka"));
    assert_eq!((asked.len(), site.post(&token, &address, &answers).await.status.as_u16()), (3, 303));
    let done = take_in(&site, &token, &address).await;
    assert!(done.to().ends_with("besked=fil-last"), "{}", done.words());
    assert_eq!(remembered(&site).await.varden.into_keys().map(|(_, word)| word).collect::<Vec<_>>(), ["ny tjanst"]);
    for word in ["Kalle", "kalle", "resan till"] {
        assert!(!site.stored(word), "{word} is in the database's files");
    }
}

/// Answers about a file in which all is known are remembered too, when somebody says so.
#[tokio::test(flavor = "multi_thread")]
async fn answers_are_remembered_when_nothing_changes() {
    let site = Site::new().await;
    let token = site.session(Role::Insatsansvarig).await;
    let head = "Nr;Kön;Född;Start;Slut;Orsak;";
    let row = "901;K;1985;2022-03-01;;";
    let address = waiting(&site, &token, format!("{head}\r\n{row}\r\n").as_bytes()).await;
    assert!(take_in(&site, &token, &address).await.to().ends_with("besked=fil-last"));
    let same = format!("{head}Anteckning\r\n{row};bra\r\n");
    let address = waiting(&site, &token, same.as_bytes()).await;
    assert!(!site.page(&token, &address).await.words().contains("Spara svaren"));
    let column = [("kolumn:anteckning", "-"), ("gor", "tolka")];
    assert_eq!(site.post(&token, &address, &column).await.status, 303);
    let words = site.page(&token, &address).await.words();
    assert!(words.contains("Dina svar om kolumner och ord är nya.") && words.contains("Spara svaren"), "{words}");
    assert!(take_in(&site, &token, &address).await.to().ends_with("besked=fil-oforandrad"));
    assert_eq!(remembered(&site).await.rubriker.into_keys().collect::<Vec<_>>(), ["anteckning"]);
}

/// What an insats calls things are its own words: that they changed is told, not what they are.
#[tokio::test(flavor = "multi_thread")]
async fn the_words_of_an_insats_are_not_in_log_and_history() {
    let site = Site::new().await;
    taken_in(&site, &words("handlaggarens not", "avslutsorsak", "nytt jobb"), "prov").await.unwrap();
    taken_in(&site, &words("handlaggarens not", "avslutsorsak", "gick vidare"), "prov").await.unwrap();
    let token = site.session(Role::Forbundschef).await;
    for page in ["logg", "logg?slag=installning", "installningar"] {
        let page = site.page(&token, &site.f(page)).await;
        let told = "Orden i uppföljningsfilen från ost-bryggan: ändrade";
        assert_eq!(page.words().matches(told).count(), 2, "{}", page.words());
        for word in ["handlaggarens not", "nytt jobb", "gick vidare"] {
            assert!(!page.text().contains(word), "{word}");
        }
    }
}

/// Small counts of others are for those who may see every count: the figures of a preview are those of one's own insats,
/// or of the whole förbund.
#[tokio::test(flavor = "multi_thread")]
async fn the_figures_that_change_are_those_that_one_may_see() {
    let site = Site::new().await;
    let one = |role: Role| Held { role, insats: role.of_one_insats().then(|| "ost-bryggan".to_owned()) };
    let both = [one(Role::Insatsansvarig), one(Role::Ledamot)];
    inloggning::make_user(site.db(), ("bada@demo.exempel", "Båda", PASSWORD), site.forbund, &both).await.unwrap();
    let figures = async |token: String| {
        let address = waiting(&site, &token, "Nr;Kön;Född;Start\r\n901;K;1985;2022-03-01\r\n".as_bytes()).await;
        site.page(&token, &address).await.all("section[aria-labelledby=siffror] th[scope=row]")
    };
    let whole = figures(site.session(Role::Kansli).await).await;
    let own: Vec<String> = whole.iter().filter(|name| name.contains("Bryggan")).cloned().collect();
    assert!(!own.is_empty() && own.len() < whole.len(), "{whole:?}");
    assert_eq!(figures(site.session(Role::Insatsansvarig).await).await, own);
    assert_eq!(figures(site.session_of("bada@demo.exempel", now_ms()).await).await, own);
}
