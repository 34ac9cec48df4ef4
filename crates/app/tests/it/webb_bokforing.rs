//! The bookkeeping on its pages: a SIE file looked at and taken in, accounts and vouchers, mappings, the reports.

use crate::webb::{Ask, Reply, Site};
use samsyn::access::Role;

/// A closing of the demo's förbund for the first half of 2023, with one account that is new.
fn file(extra: &str) -> Vec<u8> {
    let text = format!(
        "#FLAGGA 0\r\n#SIETYP 4\r\n#PROGRAM \"Prov\" 1\r\n#GEN 20230705\r\n#FNAMN \"Prov\"\r\n#ORGNR 222000-2576\r\n\
         #RAR 0 20230101 20231231\r\n#OMFATTN 20230630\r\n#KONTO 1920 \"Plusgiro\"\r\n#KONTO 3011 \"Avgift\"\r\n\
         #KONTO 9999 \"Udda\"\r\n#IB 0 1920 100.00\r\n#UB 0 1920 150.50\r\n#RES 0 3011 -60.00\r\n#RES 0 9999 9.50\r\n\
         #VER A 1 20230105 \"Till Erik\"\r\n{{\r\n#TRANS 1920 {{}} 60.00\r\n#TRANS 3011 {{}} -60.00\r\n}}\r\n\
         #VER A 2 20230205 \"\"\r\n{{\r\n#TRANS 9999 {{}} 9.50\r\n#TRANS 1920 {{}} -9.50\r\n}}\r\n{extra}"
    );
    text.into_bytes()
}

fn upload(page: &str, bytes: Vec<u8>, fields: &[(&str, &str)]) -> Ask {
    let mut ask = Ask::upload(page, &[("prov.se".to_owned(), bytes)]);
    let parts = fields
        .iter()
        .map(|(name, value)| format!("--gRaNs\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    let mut body = parts.collect::<String>().into_bytes();
    body.append(&mut ask.body);
    Ask { body, ..ask }
}

fn token(reply: &Reply) -> String {
    assert_eq!(reply.status, 200, "{}", reply.words());
    reply.attributes("input[name=fil]", "value").remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_looked_at_before_it_is_taken_in() {
    let site = Site::new().await;
    let (ekonom, other) = (site.session(Role::Ekonom).await, site.session(Role::Forbundschef).await);
    let page = site.f("bokforing");
    let send = async |bytes: Vec<u8>| site.send(upload(&page, bytes, &[]).by(&ekonom)).await;
    for (bytes, told) in [
        (b"<html><body>fel</body></html>".to_vec(), "webbsida"),
        (file("#VER A 3 20230301 \"\"\r\n{\r\n#TRANS 1920 {} 1.00\r\n}\r\n"), "prov.se, rad 26"),
        (file("#UB 0 1510 900101-0017\r\n"), "personnummer"),
    ] {
        let reply = send(bytes).await;
        assert_eq!(reply.status, 422, "{}", reply.words());
        let words = reply.words();
        assert!(words.contains("Inget har lästs in") && words.contains(told), "{words}");
        assert!(!reply.text().contains("900101"), "a personnummer is not told again");
    }
    let shown = send(file("")).await;
    let words = shown.words();
    assert!(words.contains("Bokslut 2023-06-30") && words.contains("resultat 50,50 kr"), "{words}");
    assert!(words.contains("Utan rad i rapporterna: 9999 Udda"), "{words}");
    assert!(!site.page(&ekonom, &page).await.words().contains("2023-06-30"), "nothing is stored yet");
    let fil = token(&shown);
    let handelse = shown.attributes("input[name=handelse]", "value").remove(0);
    let take = async |who: &str, fields: &[(&str, &str)]| {
        site.post(
            who,
            &site.f("bokforing/las-in"),
            &[&[("fil", fil.as_str()), ("handelse", handelse.as_str())], fields].concat(),
        )
        .await
    };
    // Nobody takes in what another looks at; and a reason is needed.
    assert!(take(&other, &[("skal", "x")]).await.to().ends_with("besked=fil-glomd"));
    let without = take(&ekonom, &[("skal", "")]).await;
    assert!(without.status == 422 && without.words().contains("Skriv varför"), "{}", without.words());
    // What has changed since the page was made is looked at once more.
    let late = [("fil", fil.as_str()), ("handelse", "1"), ("skal", "Sen")];
    let late = site.post(&ekonom, &site.f("bokforing/las-in"), &late).await;
    assert!(late.status == 422 && late.words().contains("Något har ändrats sedan sidan visades"), "{}", late.words());
    assert!(take(&ekonom, &[("skal", "Delårsbokslut 2023")]).await.to().ends_with("besked=bokforing"));
    assert!(site.page(&ekonom, &page).await.words().contains("2023-06-30"));
    // The texts of vouchers are kept nowhere.
    assert!(!site.stored("Till Erik"), "a voucher's text is stored");
    let account = site.page(&ekonom, &site.f("bokforing/2023-06-30/konto/1920")).await;
    assert!(account.all("tbody tr")[0].contains("A 1") && account.words().contains("50,50"), "{}", account.words());
    // The same file again changes nothing.
    let again = send(file("")).await;
    assert!(again.words().contains("redan inläst så") && again.all("button").iter().all(|text| text != "Läs in"));
    // Other vouchers with the same balances are something new: a line leads to them.
    let renumbered =
        String::from_utf8(file("")).unwrap().replace("#VER A 1 ", "#VER A 77 ").replace("20230705", "20230706");
    let shown = send(renumbered.into_bytes()).await;
    assert!(shown.words().contains("eller filen skiljer sig"), "{}", shown.words());
    let (fil, handelse) = (token(&shown), shown.attributes("input[name=handelse]", "value").remove(0));
    let fields = [("fil", fil.as_str()), ("handelse", handelse.as_str()), ("skal", "Rättade nummer")];
    let taken = site.post(&ekonom, &site.f("bokforing/las-in"), &fields).await;
    assert!(taken.to().ends_with("besked=bokforing"), "{}", taken.words());
    let account = site.page(&ekonom, &site.f("bokforing/2023-06-30/konto/1920")).await;
    assert!(account.all("tbody tr")[0].contains("A 77"), "{}", account.words());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_account_is_can_be_changed_by_hand_and_by_file() {
    let site = Site::new().await;
    let ekonom = site.session(Role::Ekonom).await;
    let (rad, page) = (site.f("koppling/rad?tabell=rapportstruktur"), site.f("koppling?tabell=rapportstruktur"));
    let send = async |to: &str, fields: &[(&str, &str)]| site.post(&ekonom, to, fields).await;
    let row =
        [("galler_fran", "2021"), ("konto_fran", "9999"), ("konto_till", "9990"), ("rad", "personal"), ("skal", "Ny")];
    let wrong = send(&rad, &row).await;
    assert_eq!(wrong.attributes(".felruta a", "href"), ["#konto_till"], "{}", wrong.words());
    let taken =
        [("galler_fran", "2021"), ("konto_fran", "4010"), ("konto_till", "4010"), ("rad", "personal"), ("skal", "Ny")];
    assert_eq!(send(&rad, &taken).await.attributes(".felruta a", "href"), ["#konto_fran"]);
    let good =
        [("galler_fran", "2021"), ("konto_fran", "9990"), ("konto_till", "9999"), ("rad", "personal"), ("skal", "Ny")];
    assert!(send(&rad, &good).await.to().ends_with("besked=sparat"));
    assert!(site.page(&ekonom, &page).await.words().contains("9990–9999"));
    // A run that overlaps another is told of on the page.
    let double =
        [("galler_fran", "2021"), ("konto_fran", "9995"), ("konto_till", "9995"), ("rad", "lokaler"), ("skal", "Prov")];
    assert!(send(&rad, &double).await.to().ends_with("besked=sparat"));
    assert!(site.page(&ekonom, &page).await.words().contains("2022: konto 9995 har två rader"));
    let bort = site.f("koppling/ta-bort?tabell=rapportstruktur&rad=2021%2F9995");
    assert!(send(&bort, &[("skal", "Prov slut")]).await.to().ends_with("besked=sparat"));
    assert!(!site.page(&ekonom, &page).await.words().contains("har två rader"));
    // The first row of a new year takes along those that applied until then, or every account would lose its line.
    let rows = async || site.page(&ekonom, &page).await.all("tbody tr").len();
    let before = rows().await;
    let next =
        [("galler_fran", "2030"), ("konto_fran", "9990"), ("konto_till", "9999"), ("rad", "lokaler"), ("skal", "Prov")];
    assert!(send(&rad, &next).await.to().ends_with("besked=sparat"));
    assert_eq!(rows().await, 2 * before);
    // A whole table from a file replaces the rows of its years, and a bad one nothing.
    let projekt = site.f("koppling?tabell=projektkopplingar");
    let of_file = async |text: &str, fields: &[(&str, &str)]| {
        site.send(upload(&site.f("koppling"), text.as_bytes().to_vec(), fields).by(&ekonom)).await
    };
    let asked = [("tabell", "projektkopplingar"), ("skal", "Nya projekt")];
    let bad = of_file("sie_projekt;insats_id_eller_post\n101;\n", &[&asked[..], &[("fran", "2022")]].concat()).await;
    assert!(bad.status == 422 && bad.words().contains("rad 2"), "{}", bad.words());
    let yearless = of_file("sie_projekt;insats_id_eller_post\n101;ost-bryggan\n", &asked).await;
    assert!(yearless.words().contains("från vilket år"), "{}", yearless.words());
    let year = [&asked[..], &[("fran", "2022")]].concat();
    let good = of_file("sie_projekt;insats_id_eller_post\n101;ost-bryggan\n", &year).await;
    assert!(good.to().ends_with("besked=sparat"));
    let told = site.page(&ekonom, &projekt).await.words();
    assert!(told.contains("Bokslut 2022-06-30: 102 Plattform för individstöd, Heby är inte kopplat."), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_leads_to_its_accounts_and_their_vouchers() {
    let site = Site::new().await;
    let revisor = site.session(Role::Revisor).await;
    let report = site.page(&revisor, &site.f("bokslut?rapport=delarsrapport&ar=2022")).await;
    assert!(report.words().contains("Räkenskaperna stämmer"), "{}", report.words());
    let link = |reply: &Reply, part: &str| {
        let all = reply.attributes("a", "href");
        all.into_iter().find(|href| href.contains(part)).unwrap_or_else(|| panic!("no link to {part}"))
    };
    let figure = site.page(&revisor, &link(&report, "/siffra/resultatrakning/personal/2022-06-30")).await;
    assert!(figure.words().contains("−2 744 551 kronor"), "{}", figure.words());
    let vouchers = site.page(&revisor, &link(&figure, "/bokforing/2022-06-30/konto/7210")).await;
    let sum = vouchers.all("tbody tr").pop().unwrap();
    assert!(sum.contains("1 394 073"), "{sum}");
    // Of a project only its own vouchers.
    let figure = site.page(&revisor, &site.f("siffra/driftsredovisning/ost-bryggan/utfall_tkr?period=2022-H1")).await;
    let vouchers = site.page(&revisor, &link(&figure, "dimension=6&objekt=111")).await;
    assert!(vouchers.all("tbody tr").pop().unwrap().contains("782 898"), "{}", vouchers.words());
    for file in ["pdf", "docx", "xlsx", "html", "md", "json"] {
        let reply = site.get(&revisor, &site.f(&format!("bokslut/delarsrapport.{file}?ar=2022"))).await;
        assert_eq!(reply.status, 200, "{file}");
        assert!(reply.bytes.len() > 5_000, "{file}");
    }
    let csv = site.get(&revisor, &site.f("bokslut/delarsrapport-tabell-balansrakning.csv?ar=2022")).await;
    assert!(csv.text().contains("20063199"), "{}", csv.text());
    let sie = site.get(&revisor, &site.f("bokforing/2022-06-30/sie")).await;
    assert!(sie.status == 200 && sie.bytes.starts_with(b"#FLAGGA"));
    // The auditor reads and changes nothing.
    assert!(report.all("button").iter().all(|text| text != "Börja skriva"));
    assert_eq!(site.post(&revisor, &site.f("bokforing/las-in"), &[]).await.status, 404);
    assert_eq!(site.get(&revisor, &site.f("koppling/rad?tabell=rapportstruktur")).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bookkeeping_is_for_those_who_see_the_economy() {
    let site = Site::new().await;
    let insats = site.session(Role::Insatsansvarig).await;
    for path in [
        "bokforing",
        "bokforing/2022-06-30",
        "bokforing/2022-06-30/konto/4010",
        "bokforing/2022-06-30/sie",
        "bokslut",
        "bokslut/delarsrapport.pdf?ar=2022",
        "koppling",
        "siffra/resultatrakning/personal/2022-06-30?period=2022-H1",
        "siffra/driftsredovisning/ost-bryggan/utfall_tkr?period=2022-H1",
        "siffra/samverkansinsatser/ost-bryggan/2022-06-30_tkr?period=2022-H1",
    ] {
        assert_eq!(site.get(&insats, &site.f(path)).await.status, 404, "{path}");
    }
}

/// A version of the delårsrapport goes the way of every report, and what is låst stands when the bookkeeping changes.
#[tokio::test(flavor = "multi_thread")]
async fn a_locked_report_stands_when_the_bookkeeping_changes() {
    let site = Site::new().await;
    let chef = site.session(Role::Forbundschef).await;
    let ekonom = site.session(Role::Ekonom).await;
    let begun =
        site.post(&chef, &site.f("versioner"), &[("slag", "delarsrapport"), ("period", "2022"), ("per", "")]).await;
    let address = begun.to().split('?').next().unwrap().to_owned();
    assert!(begun.status == 303 && address.contains("/version"), "{} {}", begun.status, begun.words());
    // An amount that no table bears is pointed out where it is written.
    let words = "Överskottet är 672 tkr och insatserna kostade 8 571 tkr.";
    let fields = [("plats", "ekonomi"), ("last", "0"), ("text", words)];
    assert_eq!(site.post(&chef, &format!("{address}/skriv"), &fields).await.status, 303);
    let page = site.page(&chef, &address).await.words();
    assert!(page.contains("Inget belopp i rapporten är 8 571 tkr."), "{page}");
    assert!(!page.contains("rapporten är 672 tkr"));
    site.post(&chef, &format!("{address}/steg"), &[("steg", "granska")]).await;
    let read = site.page(&chef, &address).await.attributes("input[name=andring]", "value").remove(0);
    let done = site.post(&chef, &format!("{address}/las"), &[("last", "ja"), ("andring", &read)]).await;
    assert_eq!(done.status, 303, "{}", done.words());
    let before = site.page(&chef, &address).await.words();
    assert!(before.contains("13 250 421") && before.contains("Låst"), "{before}");
    let row =
        [("galler_fran", "2021"), ("konto_fran", "3980"), ("konto_till", "3980"), ("rad", "bidrag"), ("skal", "Prov")];
    let to = site.f("koppling/rad?tabell=rapportstruktur&rad=2021%2F3980");
    assert!(site.post(&ekonom, &to, &row).await.to().ends_with("besked=sparat"));
    let live = site.page(&chef, &site.f("bokslut?rapport=delarsrapport&ar=2022")).await;
    assert!(live.all("article tr").iter().any(|row| row.starts_with("Bidrag") && row.contains("1 689 705")));
    let after = site.page(&chef, &address).await;
    assert!(after.all("article tr").iter().any(|row| row.starts_with("EU-bidrag") && row.contains("1 689 705")));
}

/// What does not agree in the accounts is among what is left to do in a version, so that nobody locks it unseen.
#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_agree_is_left_to_do() {
    let site = Site::new().await;
    let chef = site.session(Role::Forbundschef).await;
    let fields = [("slag", "delarsrapport"), ("period", "2022"), ("per", "")];
    let address = site.post(&chef, &site.f("versioner"), &fields).await.to().split('?').next().unwrap().to_owned();
    let left = async || site.page(&chef, &address).await.words();
    let told = left().await;
    assert!(told.contains("Kvar att göra") && !told.contains("i räkenskaperna stämmer inte"), "{told}");
    let away = site.f("koppling/ta-bort?tabell=projektkopplingar&rad=2021%2F103");
    assert!(site.post(&chef, &away, &[("skal", "Prov")]).await.to().ends_with("besked=sparat"));
    let told = left().await;
    assert!(told.contains("2 saker i räkenskaperna stämmer inte."), "{told}");
}

/// A file of one kommun's rates takes the place of that kommun's of the year, and of no other's.
#[tokio::test(flavor = "multi_thread")]
async fn rates_of_one_kommun_leave_the_others() {
    let site = Site::new().await;
    let ekonom = site.session(Role::Ekonom).await;
    let send = async |rows: &str| {
        let text = format!("ar;kommun;forsorjning;belopp_kr;kalla\n{rows}");
        let fields = [("tabell", "schabloner"), ("skal", "Prov")];
        let sent = upload(&site.f("koppling"), text.into_bytes(), &fields).by(&ekonom);
        assert!(site.send(sent).await.to().ends_with("besked=sparat"));
        site.page(&ekonom, &site.f("koppling?tabell=schabloner")).await.all("tbody tr")
    };
    let both = send("2022;Heby;sjukpenning;100;Prov\n2022;Tierp;sjukpenning;200;Prov\n").await;
    assert_eq!(both.len(), 2, "{both:?}");
    let after = send("2022;Heby;aktivitetsstöd;300;Prov\n").await;
    assert!(after.len() == 2 && after.iter().any(|row| row.starts_with("Tierp")), "{after:?}");
    assert!(!after.iter().any(|row| row.starts_with("Heby") && row.contains("Sjukpenning")), "{after:?}");
}
