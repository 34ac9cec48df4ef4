//! A package on its way in by the web: refused, looked at, taken in, undone. And every report on its way out.

use crate::base::project;
use crate::webb::{Ask, FORBUND, Reply, Site, TID, package};
use crate::webb_version::locked;
use samsyn::access::Role;
use samsyn::actions::forbund::Chosen;
use samsyn::actions::forslag;
use samsyn_import::package::Limits;
use samsyn_store::logg;
use std::io::Write;

/// The imports of the demo: its package and three closings of the bookkeeping.
const IN_DEMO: usize = 4;

/// The demo's package with a text in one of its files exchanged.
fn demo_with(file: &str, before: &str, after: &str) -> Vec<(String, Vec<u8>)> {
    let mut files = package(&project("demo"));
    let (_, bytes) = files.iter_mut().find(|(name, _)| name == file).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert_eq!(text.matches(before).count(), 1, "{before}");
    *bytes = text.replace(before, after).into_bytes();
    files
}

fn zipped(files: &[(String, Vec<u8>)]) -> Vec<(String, Vec<u8>)> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(format!("underlag/{name}"), zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    vec![("underlag.zip".to_owned(), writer.finish().unwrap().into_inner())]
}

async fn upload(site: &Site, token: &str, files: &[(String, Vec<u8>)]) -> Reply {
    site.send(Ask::upload(&site.f("import"), files).by(token)).await
}

async fn waiting(site: &Site) -> usize {
    forslag::waiting(&Chosen::find(site.db(), Some(FORBUND)).await.unwrap(), Limits::default()).await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_faulty_package_is_told_of_and_not_kept() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let mut cases = 0;
    for case in [
        "02-inget-datum",
        "13-komma-i-stallet-for-semikolon",
        "24-personnummer",
        "45-datapackage-trasig",
        "21-binar-fil",
    ] {
        let folder = project("testdata/paket").join(case);
        let mut files = package(&project("testdata/paket/bas"));
        for (name, bytes) in package(&folder) {
            files.retain(|(other, _)| *other != name);
            files.push((name, bytes));
        }
        let expected = std::fs::read_to_string(folder.join("vantat.txt")).unwrap();
        let worst = expected.lines().filter(|line| line.starts_with("FEL")).count();
        for files in [zipped(&files), files] {
            let reply = upload(&site, &token, &files).await;
            assert_eq!(reply.status, 422, "{case}: {}", reply.text());
            let words = reply.words();
            assert!(words.contains("är inte inläst") && words.contains("Inget har lagrats"), "{case}: {words}");
            assert!(reply.all(".fynd li.fel").len() >= worst.min(1), "{case}: {words}");
            cases += 1;
        }
    }
    assert_eq!((cases, waiting(&site).await), (10, 0));
    assert!(!site.page(&token, &site.f("import")).await.words().contains("Väntar på svar"));
    // What the message says of each fault: file, row, column and what to do.
    let files =
        demo_with("rekvisitioner.csv", "ost-bryggan;2022-K1;367962;2022-04-28", "ost-bryggan;2022-K1;367962;28/4 2022");
    let words = upload(&site, &token, &files).await.words();
    for told in ["rekvisitioner.csv", "inkommen", "28/4 2022", "Skriv till exempel"] {
        assert!(words.contains(told), "{told}: {words}");
    }
    // No files at all, a file that is no package, another förbund's package.
    for (files, told) in [
        (vec![], "Inga filer kom med"),
        (
            vec![("bild.png".to_owned(), b"\x89PNG".to_vec())],
            "Du valde en bild, bild.png. Ett underlag är datapackage.json",
        ),
        (vec![("budget.csv".to_owned(), b"insats_id".to_vec())], "Du valde en csv-fil, budget.csv."),
        (package(&project("testdata/paket/bas")), "inte uppsala-lan"),
    ] {
        let reply = upload(&site, &token, &files).await;
        assert_eq!(reply.status, 422);
        assert!(reply.words().contains(told), "{told}: {}", reply.words());
    }
    assert_eq!(waiting(&site).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_that_is_there_already_changes_nothing() {
    let site = Site::new().await;
    let token = site.session(Role::Forbundschef).await;
    let kept = upload(&site, &token, &package(&project("demo"))).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    let page = site.page(&token, kept.to()).await;
    assert!(page.words().contains("finns redan inläst"), "{}", page.words());
    assert!(!page.text().contains("value=\"las\""), "there is nothing to take in");
    let gone = site.post(&token, kept.to(), &[("gor", "avsta")]).await;
    assert_eq!((gone.status.as_u16(), gone.to()), (303, "/f/uppsala-lan/import?besked=avstatt"));
    assert_eq!(site.get(&token, kept.to()).await.status, 404);
    assert_eq!(site.page(&token, &site.f("import")).await.all("tbody tr").len(), IN_DEMO);
}

/// What the situation says that Bryggan has used of the year's budget.
async fn used(site: &Site, token: &str, time: &str) -> String {
    let page = site.page(token, &site.f(&format!("siffra/4/ost-bryggan/utfall_tkr?{time}"))).await;
    page.all(".stor-siffra").join("")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_looked_at_taken_in_and_undone() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let (now, then) = ("period=2022-H1", TID);
    let before = used(&site, &token, now).await;
    assert_eq!(before, used(&site, &token, then).await);
    let row = "ost-bryggan;2022-K1;367962;2022-04-28";
    let files = demo_with("rekvisitioner.csv", row, "ost-bryggan;2022-K1;467962;2022-04-28");
    let kept = upload(&site, &token, &zipped(&files)).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    let words = site.page(&token, kept.to()).await.words();
    for told in ["rekvisitioner.csv", "ost-bryggan/2022-K1", "belopp_kr", "367962", "467962", "Inget är lagrat ännu"]
    {
        assert!(words.contains(told), "{told}: {words}");
    }
    assert_eq!(used(&site, &token, now).await, before);
    // What holds of the stored facts too is told apart.
    let page = site.page(&token, kept.to()).await;
    let new = page.all("section > .fynd li");
    assert!(new.len() == 1 && new[0].contains("är över budgeten"), "{new:?}");
    let known = page.all("details .fynd li").len();
    assert!(known > 0 && words.contains(&format!("Kända sedan tidigare, {known} st")), "{known}: {words}");
    let list = site.page(&token, &site.f("import")).await.words();
    assert!(list.contains("av Kansli") && list.contains("Rekvisitioner: 1 ändrad."), "{list}");
    // Without a reason, or with a personnummer in it, nothing is taken in.
    for why in ["", "för 19900118-9811"] {
        let reply = site.post(&token, kept.to(), &[("gor", "las"), ("skal", why)]).await;
        assert_eq!(reply.status, 422);
        assert!(!reply.text().contains("19900118-9811"));
        assert_eq!(used(&site, &token, now).await, before);
    }
    let taken = site.post(&token, kept.to(), &[("gor", "las"), ("skal", "Rättat belopp")]).await;
    assert_eq!((taken.status.as_u16(), taken.to()), (303, "/f/uppsala-lan/import?besked=last"), "{}", taken.text());
    let after = used(&site, &token, now).await;
    assert_ne!(after, before);
    assert_eq!(used(&site, &token, then).await, before, "what was known then is another thing");
    let amount =
        |text: &str| text.replace([' ', '\u{a0}'], "").replace("tkr", "").replace(',', ".").parse::<f64>().unwrap();
    assert!((amount(&after) - amount(&before) - 100.0).abs() < 1.1, "{before} {after}");
    let laget = site.page(&token, &site.f("laget?period=2022-H1")).await;
    assert!(laget.status == 200);
    // Twice is once.
    assert_eq!(site.post(&token, kept.to(), &[("gor", "las"), ("skal", "igen")]).await.status, 404);
    let again = upload(&site, &token, &files).await;
    assert!(site.page(&token, again.to()).await.words().contains("finns redan inläst"));
    site.post(&token, again.to(), &[("gor", "avsta")]).await;
    // Undone: only with a reason, and not twice.
    let list = site.page(&token, &site.f("import")).await;
    assert_eq!(list.all("tbody tr").len(), IN_DEMO + 1, "{}", list.words());
    let latest = list.attributes("tbody th a", "href")[0].clone();
    let page = site.page(&token, &latest).await;
    assert!(page.words().contains("Rättat belopp") && page.words().contains("rekvisitioner.csv"), "{}", page.words());
    let undo = format!("{latest}/angra");
    // What is taken back is seen before one says so.
    assert!(page.words().contains("Rekvisitioner 0 1"), "{}", page.words());
    let asked = site.page(&token, &undo).await;
    assert!(asked.words().contains("Det här tas tillbaka") && asked.words().contains("Rekvisitioner 0 1"));
    assert_eq!(used(&site, &token, now).await, after, "looking changes nothing");
    assert_eq!(site.post(&token, &undo, &[("skal", " ")]).await.status, 422);
    assert_eq!(used(&site, &token, now).await, after);
    let undone = site.post(&token, &undo, &[("skal", "Fel belopp")]).await;
    assert_eq!(
        (undone.status.as_u16(), undone.to()),
        (303, "/f/uppsala-lan/import?besked=angrad"),
        "{}",
        undone.text()
    );
    assert_eq!(used(&site, &token, now).await, before);
    let twice = site.post(&token, &undo, &[("skal", "Igen")]).await;
    assert!(twice.status == 422 && twice.words().contains("redan ångrad"), "{}", twice.words());
    let first = site.post(&token, &site.f("import/1/angra"), &[("skal", "Allt")]).await;
    assert!(first.status == 422 && first.words().contains("kan inte ångras"), "{}", first.words());
    // Nothing is promised to be taken back where nothing can be.
    let words = first.words();
    assert!(words.contains("Det här ändrade inläsningen") && !words.contains("tas tillbaka"), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_downloaded_can_be_taken_in_again_and_changes_nothing() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let form = site.page(&token, &site.f("import")).await;
    assert!(form.attributes("form", "action").contains(&site.f("underlag")), "{}", form.words());
    let read = || async { logg::list(site.db(), Some(site.forbund), None, 9, Some("läsning av inskrivningar")).await };
    assert!(read().await.unwrap().is_empty());
    let all = site.page(&token, &site.f("underlag?per=")).await;
    assert_eq!(all.header("content-type"), "application/zip");
    let name = all.header("content-disposition").to_owned();
    assert!(name.starts_with("attachment; filename=\"underlag-uppsala-lan-per-20"), "{name}");
    let logged = read().await.unwrap();
    assert!(logged.len() == 1 && logged[0].vad.starts_with("hela underlaget, uppgifter per "), "{logged:?}");
    let kept = upload(&site, &token, &[("underlag.zip".to_owned(), all.bytes.clone())]).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    assert!(site.page(&token, kept.to()).await.words().contains("finns redan inläst"));
    // As known on a day there is less.
    let then = site.page(&token, &site.f("underlag?per=2022-08-30")).await;
    assert!(then.bytes.len() < all.bytes.len() && then.header("content-disposition").contains("per-2022-08-30"));
    assert_eq!(site.get(&token, &site.f("underlag?per=hej")).await.status, 400);
    // Not for one who sees own inskrivningar only, or none.
    for role in [Role::Insatsansvarig, Role::Ekonom, Role::Revisor, Role::Ledamot] {
        let other = site.session(role).await;
        assert_eq!(site.get(&other, &site.f("underlag")).await.status, 404, "{role:?}");
        let page = site.get(&other, &site.f("import")).await;
        assert!(!page.text().contains("Ladda ner underlaget"), "{role:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_only_reads_sees_earlier_imports_and_takes_in_none() {
    let site = Site::new().await;
    for role in [Role::Ekonom, Role::Revisor] {
        let token = site.session(role).await;
        let list = site.page(&token, &site.f("import")).await;
        assert!(!list.text().contains("type=\"file\""));
        assert!(!site.page(&token, &site.f("import/1")).await.text().contains("Ångra inläsningen"));
        assert_eq!(upload(&site, &token, &package(&project("demo"))).await.status, 404);
        assert_eq!(site.post(&token, &site.f("import/1/angra"), &[("skal", "Allt")]).await.status, 404);
    }
    assert_eq!(waiting(&site).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_report_comes_in_every_format() {
    let site = Site::new().await;
    locked(&site).await;
    let (office, board) = (site.session(Role::Ekonom).await, site.session(Role::Ledamot).await);
    let formats: [(&str, &str, &[u8]); 7] = [
        ("pdf", "application/pdf", b"%PDF-1."),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
        ("html", "text/html; charset=utf-8", b"<!doctype html>"),
        ("md", "text/markdown; charset=utf-8", b"# "),
        ("json", "application/json", b"{"),
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbf"),
    ];
    for report in ["pm", "tjansteskrivelse"] {
        let page = site.page(&office, &site.f(&format!("rapport?{TID}&rapport={report}"))).await;
        let links = page.attributes("a[download]", "href");
        for (ending, kind, begins) in formats {
            let name = if ending == "csv" { format!("{report}-tabell-") } else { format!("{report}.{ending}") };
            let Some(path) = links.iter().find(|link| link.contains(&name)) else {
                assert_eq!((report, ending), ("tjansteskrivelse", "csv"), "{links:?}");
                continue;
            };
            let reply = site.page(&office, path).await;
            assert_eq!(reply.header("content-type"), kind, "{path}");
            let first = &reply.bytes[..begins.len()];
            let same = first.eq_ignore_ascii_case(begins) || (ending == "csv" && first[0].is_ascii_alphabetic());
            assert!(same || ending == "md", "{path} begins with {:?}", String::from_utf8_lossy(&reply.bytes[..30]));
            let told = reply.header("content-disposition");
            let ends = format!("-2022-H1-per-2022-08-30.{ending}\"");
            assert!(
                told.starts_with(&format!("attachment; filename=\"{report}")) && told.ends_with(&ends),
                "{path}: {told}"
            );
            assert!(reply.bytes.len() > 200, "{path}: {} bytes", reply.bytes.len());
        }
    }
    // The version for the public says so in its name, and so does what the board gets.
    let (public, of_board) = (format!("{TID}&offentlig=ja"), TID.to_owned());
    for (token, query) in [(&office, public), (&board, of_board)] {
        let reply = site.page(token, &site.f(&format!("rapport/pm.md?{query}"))).await;
        assert!(
            reply.header("content-disposition").ends_with("-offentlig.md\""),
            "{}",
            reply.header("content-disposition")
        );
    }
    for name in ["pm.exe", "pm", "pm.csv", "pm-tabell-99.csv", "..%2Fpm.pdf", "pm-tabell-6.pdf", "annat.pdf"] {
        let reply = site.get(&office, &site.f(&format!("rapport/{name}?{TID}"))).await;
        assert!(reply.status == 404 || reply.status == 400, "{name}: {}", reply.status);
    }
}

/// A file from a styrgrupp says nothing of the kansli's view: what was written on the site stays, and the same package
/// read again changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn the_kanslis_view_stays_when_a_package_comes_again() {
    use samsyn::actions::importera::{self, Choices};
    let site = Site::new().await;
    let chosen = samsyn::actions::forbund::Chosen::find(site.db(), Some("uppsala-lan")).await.unwrap();
    let current = async || samsyn_store::facts::current(site.db(), &chosen.access).await.unwrap().kvartalsrapporter;
    let mut row = current().await.into_iter().find(|row| row.kansli_i_fas.is_none()).unwrap();
    row.kansli_i_fas = Some(samsyn_core::kvartalsrapport::IFas::Nej);
    row.kansli_motiv = Some("Få deltagare.".into());
    let rows = samsyn_core::Facts { kvartalsrapporter: vec![row.clone()], ..Default::default() };
    let signature = samsyn_store::Signature { who: "Kim", why: "bedömt", now_ms: crate::webb::now_ms() };
    samsyn_store::change::change(site.db(), &chosen.access, &rows, signature, "rattelse").await.unwrap();
    let files = samsyn_import::package::read_dir(&project("demo"), &Default::default()).unwrap();
    let choices = Choices { limits: Default::default(), accept_warnings: true, who: "prov", why: "igen" };
    let imported = importera::files_of(site.db(), files, choices, &mut |_, _| {}).await.unwrap();
    assert!(imported.outcome.unchanged, "{imported:?}");
    assert!(current().await.contains(&row));
}

/// An upload from before a later import tells that it would write over what is newer.
#[tokio::test(flavor = "multi_thread")]
async fn an_upload_from_before_a_later_import_says_so() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let row = "ost-bryggan;2022-K1;367962;2022-04-28";
    let with = |amount: &str| {
        zipped(&demo_with("rekvisitioner.csv", row, &format!("ost-bryggan;2022-K1;{amount};2022-04-28")))
    };
    let early = upload(&site, &token, &with("367961")).await;
    let late = upload(&site, &token, &with("467962")).await;
    let warned = async |told: bool| {
        for page in [early.to(), "/f/uppsala-lan/import"] {
            let words = site.page(&token, page).await.words();
            assert_eq!(words.contains("Uppladdat före inläsning 5. Läses det in nu"), told, "{page}: {words}");
        }
    };
    warned(false).await;
    let taken = site.post(&token, late.to(), &[("gor", "las"), ("skal", "Rättat")]).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    warned(true).await;
    // One that is uploaded after it has nothing to warn of, nor has any when it is undone.
    let newer = upload(&site, &token, &with("567962")).await;
    assert!(!site.page(&token, newer.to()).await.words().contains("Uppladdat före"));
    assert_eq!(site.post(&token, &site.f("import/5/angra"), &[("skal", "Fel")]).await.status, 303);
    warned(false).await;
}

/// New rows are told one by one, and there is no question where there is nothing to take in.
#[tokio::test(flavor = "multi_thread")]
async fn new_rows_can_be_read_before_they_are_taken_in() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let row = "ost-bryggan;2022-K1;367962;2022-04-28";
    let more = format!("{row}\r\nost-bryggan;2024-K1;12345;2024-04-20");
    let kept = upload(&site, &token, &zipped(&demo_with("rekvisitioner.csv", row, &more))).await;
    let page = site.page(&token, kept.to()).await;
    assert_eq!(page.all("details .fakta li")[0], "ost-bryggan/2024-K1belopp_kr: 12345inkommen: 2024-04-20");
    assert!(page.words().contains("Nya rader i rekvisitioner.csv") && page.words().contains("Läs in?"));
    let same = upload(&site, &token, &package(&project("demo"))).await;
    let words = site.page(&token, same.to()).await.words();
    assert!(!words.contains("Läs in?") && words.contains("Ta bort förslaget"), "{words}");
}

/// What stops an upload is read first; the rest is folded away below it.
#[tokio::test(flavor = "multi_thread")]
async fn warnings_are_folded_under_what_stops() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let row = "ost-bryggan;2022-K1;367962;2022-04-28";
    let files = demo_with("rekvisitioner.csv", row, "finns-inte;2022-K1;367962;2022-04-28");
    let reply = upload(&site, &token, &files).await;
    assert_eq!(reply.status, 422);
    let (shown, folded) = (reply.all(".felruta > .fynd li"), reply.all(".felruta details .fynd li"));
    assert!(shown.iter().all(|told| told.starts_with("Fel")), "{shown:?}");
    assert!(!shown.is_empty() && folded.len() > 5 && folded.iter().all(|told| !told.starts_with("Fel")), "{folded:?}");
    let summary = &reply.all(".felruta summary")[0];
    assert!(summary.starts_with("Därtill ") && summary.contains("varningar"), "{summary}");
}
