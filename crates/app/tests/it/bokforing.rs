//! The bookkeeping from the command line and on its page: what is proposed to book for a quarter, read back.

use crate::base::{Program, project};
use crate::webb::Site;
use samsyn::access::Role;
use samsyn_document::Belopp;
use samsyn_import::sie::{Sie, Typ, read};
use std::collections::BTreeMap;

/// The demo with its mappings and closings.
fn with_closings() -> Program {
    let program = Program::with_demo();
    let path = |name: &str| project("demo/ekonomi").join(name).to_str().unwrap().to_owned();
    for koppling in ["rapportstruktur.csv", "projekt.csv", "kostnadsstallen.csv"] {
        program.done(&["importera", "koppling", &path(koppling), "--fran", "2021"]);
    }
    program.done(&["importera", "sie", &path("2022-06-30.se")]);
    program
}

/// Writes a quarter's proposal and reads it back: of type 4I, in CP437, and every voucher balances.
fn proposed(program: &Program, quarter: &str) -> Sie {
    let name = format!("{quarter}.si");
    program.done(&["exportera", "sie-forslag", quarter, "--ut", &name]);
    let bytes = std::fs::read(program.path(&name)).unwrap();
    assert!(!bytes.starts_with(b"\xef\xbb\xbf"));
    let sie = read(&name, &bytes).unwrap();
    assert_eq!((sie.typ, sie.foretagsnamn.as_str()), (Typ::FyraI, "Samordningsförbundet Uppsala län"));
    for ver in &sie.verifikationer {
        assert_eq!(ver.transaktioner.iter().map(|row| row.belopp).sum::<Belopp>(), Belopp::NOLL, "{ver:?}");
        assert!(ver.nummer.is_empty() && !ver.text.is_empty());
    }
    sie
}

/// `date text: account {objects} kronor, …`
fn told(sie: &Sie) -> Vec<String> {
    let row = |row: &samsyn_import::sie::Transaktion| {
        let objects: Vec<String> = row.objekt.iter().map(|of| format!("{} {}", of.dimension, of.objekt)).collect();
        format!("{} {{{}}} {}", row.konto, objects.join(" "), row.belopp.kronor())
    };
    let one = |ver: &samsyn_import::sie::Verifikation| {
        let rows: Vec<String> = ver.transaktioner.iter().map(row).collect();
        format!("{} {}: {}", ver.datum, ver.text, rows.join(", "))
    };
    sie.verifikationer.iter().map(one).collect()
}

#[test]
fn a_quarter_is_proposed_and_read_back() {
    let program = with_closings();
    let second = told(&proposed(&program, "2022-K2"));
    assert_eq!(second.len(), 11);
    for expect in [
        "2022-06-30 Rekvisition Jobbcentrum (Enköping) kvartal 2 2022: 4010 {1 40 6 101} 683749, 2440 {} -683749",
        "2022-06-30 Rekvisition Digital plattform... (Uppsala) kvartal 2 2022: 4010 {1 40 6 109} 181333, 2440 {} -181333",
    ] {
        assert!(second.contains(&expect.to_owned()), "{second:#?}");
    }

    // With the fees of the half-year that begins, which the closing of that half-year has booked.
    let first = proposed(&program, "2022-K1");
    let texts = told(&first);
    assert_eq!(texts.len(), 11 + 10);
    let state = "2022-01-01 Medlemsavgift Försäkringskassan och Arbetsförmedlingen halvår 1 2022: 1510 {} 5772500, \
                 3031 {} -5772500";
    assert!(texts.contains(&state.to_owned()), "{texts:#?}");
    assert!(
        texts.iter().any(|text| text.contains("Medlemsavgift Region Uppsala halvår 1 2022: 1510 {} 2886250, 3021"))
    );
    let mut fees: BTreeMap<u32, i64> = BTreeMap::new();
    for row in first.verifikationer.iter().flat_map(|ver| &ver.transaktioner).filter(|row| row.konto / 1000 == 3) {
        *fees.entry(row.konto).or_default() += row.belopp.kronor();
    }
    let closing = std::fs::read(project("demo/ekonomi/2022-06-30.se")).unwrap();
    let closing = read("2022-06-30.se", &closing).unwrap();
    for (konto, kronor) in &fees {
        let booked = closing.saldon.iter().find(|row| row.ar == 0 && row.konto == *konto).unwrap().belopp.kronor();
        // The förbund booked one krona less of Uppsala, and two less of the state.
        let less = BTreeMap::from([(3016, 1), (3031, 2)]);
        assert_eq!(booked - kronor, less.get(konto).copied().unwrap_or(0), "{konto}");
    }
    let third: i64 =
        proposed(&program, "2022-k3").verifikationer.iter().map(|ver| ver.transaktioner[0].belopp.kronor()).sum();
    assert_eq!(third, 15_943_305);
}

/// What came in a data package has no file: its closing is written from its balances, and read again it is the same.
#[test]
fn a_closing_of_a_package_is_written_from_its_balances() {
    let program = with_closings();
    program.done(&["exportera", "underlag", "paket"]);
    let other = Program::new();
    let package = program.path("paket").to_str().unwrap().to_owned();
    other.done(&["importera", "underlag", &package, "--godkann-varningar"]);
    other.done(&["exportera", "sie", "2022-06-30", "--ut", "ut.se"]);
    let sie = read("ut.se", &std::fs::read(other.path("ut.se")).unwrap()).unwrap();
    assert_eq!((sie.foretagsnamn.as_str(), sie.verifikationer.len()), ("Samordningsförbundet Uppsala län", 0));
    let again = other.done(&["importera", "sie", "ut.se", "--visa"]);
    assert!(again.contains("2022-06-30") && !again.contains("(förut"), "{again}");
}

#[test]
fn what_is_missing_is_told_and_nothing_is_written() {
    let program = Program::with_demo();
    let refused = |program: &Program, quarter: &str, file: &str| {
        let run = program.run(&["exportera", "sie-forslag", quarter, "--ut", file]);
        assert_eq!((run.code, program.path(file).exists()), (2, false), "{run:?}");
        run.err
    };
    let nothing = refused(&program, "2022-K1", "a.si");
    for told in [
        "Inget konto hör till raden Leverantörsskulder 2022.",
        "Inget kostnadsställe är samverkansinsatser 2022.",
        "Jobbcentrum (Enköping) har inget projekt i bokföringen 2022.",
        "Inget konto hör till raden Kundfordringar 2022.",
        "Heby har inget intäktskonto: ingen bokföring är inläst.",
        "Inget är skrivet.",
    ] {
        assert!(nothing.contains(told), "{nothing}");
    }
    assert!(refused(&program, "2016-K2", "a.si").contains("Det finns inget att bokföra för 2016-K2"));
    assert!(refused(&program, "2022-K2", "a.se").contains("slutar inte på .si"));

    // A closing without one member's account: only that member is told.
    let program = with_closings();
    let closing = std::fs::read(project("demo/ekonomi/2022-06-30.se")).unwrap();
    let at = closing.windows(18).position(|part| part == b"Medlemsavgift Heby").unwrap();
    let mut renamed = closing.clone();
    renamed[at + 14..at + 18].copy_from_slice(b"Hebo");
    std::fs::write(program.path("annan.se"), renamed).unwrap();
    program.done(&["importera", "sie", "annan.se"]);
    let told = refused(&program, "2022-K1", "a.si");
    assert_eq!(
        told.trim_end(),
        "Heby har inget intäktskonto: inget konto i klass 3 har det namnet i bokslutet per 2022-06-30. Ge medlemmens konto \
         dess namn i bokföringsprogrammet och läs in bokföringen igen.\nInget är skrivet."
    );
    // The fees of 2023 are not known, and one insats has no project.
    let told = refused(&program, "2023-K1", "a.si");
    assert!(told.contains("Medlemsavgifterna 2023 är inte angivna."), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_gives_the_file_or_tells_what_is_missing() {
    let site = Site::new().await;
    let token = site.session(Role::Forbundschef).await;
    let page = site.page(&token, &site.f("bokforing")).await;
    assert!(page.all("select[name=kvartal] option").contains(&"2022-K2".to_owned()), "{}", page.words());
    let file = site.page(&token, &site.f("bokforing/forslag?kvartal=2022-K2")).await;
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"forslag-2022-K2.si\"");
    assert_eq!(read("forslag-2022-K2.si", &file.bytes).unwrap().verifikationer.len(), 11);
    let refused = site.get(&token, &site.f("bokforing/forslag?kvartal=2023-K1")).await;
    assert_eq!(refused.status, 422);
    let words = refused.words();
    assert!(words.contains("Förslaget kan inte skrivas") && words.contains("har inget projekt"), "{words}");
    assert_eq!(refused.all("select[name=kvartal] option[selected]"), ["2023-K1"]);
    assert_eq!(site.get(&token, &site.f("bokforing/forslag?kvartal=2022")).await.status, 400);
}
