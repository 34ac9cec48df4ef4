//! Whole files, made by hand: cells parted by `|`; a number is a number, `@2022-03-01` a day, `'7` a text,
//! `!#REF!` a formula's error, `true` a yes.

mod utfall;

use super::*;
use crate::grid::{Cell, Kind, Row, Sheet};
use samsyn_core::Severity;
use samsyn_core::deltagande::{Avslutsorsak, Forsorjning, Kon, Omfattning, Utbildning};

fn cell(text: &str) -> Cell {
    let text = text.trim();
    match text.chars().next() {
        None => Cell::Empty,
        Some('@') => Datum::parse(&text[1..]).map(Cell::Date).unwrap(),
        Some('\'') => Cell::Text(text[1..].into()),
        Some('!') => Cell::Fault(text[1..].into()),
        _ if text == "true" => Cell::Bool(true),
        _ => text.parse().map(Cell::Number).unwrap_or_else(|_| Cell::Text(text.into())),
    }
}

pub(super) fn sheet(name: &str, lines: &[&str]) -> Sheet {
    let row = |(at, line): (usize, &&str)| {
        let mut cells: Vec<Cell> = line.split('|').map(cell).collect();
        while cells.last() == Some(&Cell::Empty) {
            cells.pop();
        }
        Row { number: at as u32 + 1, hidden: false, cells }
    };
    let rows = lines.iter().enumerate().map(row).filter(|row| !row.cells.is_empty()).collect();
    Sheet { name: name.to_owned(), rows, ..Sheet::default() }
}

fn book(sheets: Vec<Sheet>) -> Book {
    Book { kind: Kind::Xlsx, sheets, epoch_1904: false, notes: Vec::new() }
}

fn idag() -> Datum {
    Datum::new(2026, 3, 15).unwrap()
}

fn read(lines: &[&str]) -> Last {
    las(&book(vec![sheet("Blad1", lines)]), &Ordlista::default(), idag())
}

fn told(last: &Last) -> Vec<String> {
    last.findings.iter().map(Finding::to_string).collect()
}

/// Number, sex, first and last day of each row.
fn short(last: &Last) -> Vec<String> {
    let day = |day: Option<Datum>| day.map_or("-".to_owned(), |day| day.to_string());
    last.rader
        .iter()
        .map(|rad| {
            let kon = rad.kon.map_or("-", Kon::kod);
            format!(
                "{} {} {kon} {} {}",
                rad.rad,
                rad.nummer.as_deref().unwrap_or("-"),
                day(rad.inskriven),
                day(rad.utskriven)
            )
        })
        .collect()
}

#[test]
fn a_plain_list() {
    let last = read(&[
        "Nr|Kön|Född|Inskriven|Utskriven|Orsak|Arbete|Studier|Utbildning|Försörjning före",
        "1|K|1985|@2022-03-01|@2022-09-30|Arbete|50 %|nej|gymnasium|försörjningsstöd",
        "2|Man|'90|2022-04-01||||||",
    ]);
    assert_eq!(told(&last), [""; 0]);
    assert_eq!(short(&last), ["2 1 K 2022-03-01 2022-09-30", "3 2 M 2022-04-01 -"]);
    let first = &last.rader[0];
    assert_eq!((first.fodelsear, first.avslutsorsak), (Some(1985), Some(Avslutsorsak::Arbete)));
    assert_eq!((first.arbete_omfattning, first.studerar), (Some(Omfattning::P50), Some(false)));
    assert_eq!(
        (first.utbildning, first.forsorjning_fore),
        (Some(Utbildning::Gymnasium), Some(Forsorjning::Forsorjningsstod))
    );
    assert_eq!(last.rader[1].fodelsear, Some(1990));
    assert_eq!((last.blad.as_str(), last.kolumner.len()), ("Blad1", 10));
}

/// A file's titles, merged heads, blank rows, heads repeated per page, months between, sums and legends.
#[test]
fn what_stands_around_the_list_is_passed_and_told() {
    let mut sheet = sheet(
        "Lista",
        &[
            "Uppföljning Ungdomslyftet 2022",
            "",
            "|||Före insatsen||Efter insatsen|||",
            "Nr|Kön|Född|Datum|Försörjning|Datum|Orsak|Försörjning|Kommentar",
            "Januari 2022",
            "1|K|1985|@2022-01-10|sjukpenning|@2022-05-01|flytt|ingen|",
            "",
            "Nr|Kön|Född|Datum|Försörjning|Datum|Orsak|Försörjning|Kommentar",
            "2|M|1990|@2022-02-01|ingen||||ringer på måndag",
            "3||||||||",
            "Summa|2||||1||1|",
            "",
            "Kvinnor|1",
            "Män|1",
        ],
    );
    sheet.merged = vec![(1, 0, 1, 8), (3, 3, 3, 4), (3, 5, 3, 7)];
    let last = las(&book(vec![sheet]), &Ordlista::default(), idag());
    assert_eq!(short(&last), ["6 1 K 2022-01-10 2022-05-01", "9 2 M 2022-02-01 -"]);
    assert_eq!(last.rader[0].forsorjning_fore, Some(Forsorjning::Sjukpenning));
    assert_eq!(last.rader[0].forsorjning_efter, Some(Forsorjning::Ingen));
    assert_eq!(
        told(&last),
        [
            "VARNING: Lista, kolumn \"Kommentar\": Kolumn I med rubriken \"Kommentar\" läses inte. Säg vilken uppgift det är, eller att den inte ska läsas.",
            "UPPLYSNING: Lista, rad 11: Rad 11 ser ut att vara en summa och läses inte som en inskrivning.",
            "UPPLYSNING: Lista, rad 8: Rad 8 upprepar rubrikerna och läses inte.",
            "UPPLYSNING: Lista, rad 5: Rad 5 ser ut att vara en mellanrubrik och läses inte som en inskrivning.",
            "UPPLYSNING: Lista, rad 10: Rad 10 har varken kön eller datum och läses inte.",
            "UPPLYSNING: Lista, rad 13: Rad 13 och 14 står under listan utan datum och läses inte.",
        ]
    );
}

/// A faulty cell is told with row, column and remedy; its row is there without it.
#[test]
fn faults_have_place_and_remedy() {
    let last = read(&[
        "Nr|Kön|Född|Inskriven|Utskriven|Orsak",
        "1|K|1985|2022-02-30||",
        "2|annat|1985|03/04/2022|!#REF!|gick hem",
        "3|M|'40|@2022-01-01|@2022-03-01|gick hem",
    ]);
    assert_eq!(short(&last), ["2 1 K - -", "3 2 - - -", "4 3 M 2022-01-01 2022-03-01"]);
    assert_eq!(
        told(&last),
        [
            "FEL: Blad1, rad 2, kolumn \"Inskriven\": \"2022-02-30\" är inget datum. Skriv till exempel 2022-02-28.",
            "FEL: Blad1, rad 3, kolumn \"Inskriven\": \"03/04/2022\" kan läsas på flera sätt: det syns inte vad som är dag, månad och år. Skriv till exempel 2026-03-15.",
            "FEL: Blad1, rad 3, kolumn \"Kön\": \"annat\" finns inte i listan. Skriv ett av: Kvinna, Man.",
            "FEL: Blad1, rad 3, kolumn \"Utskriven\": \"#REF!\" är ett fel i en formel. Skriv värdet i stället för formeln.",
            "FEL: Blad1, rad 3, kolumn \"Orsak\": \"gick hem\" finns inte i listan. Skriv ett av: Arbete, Studier, Arbetssökande, Fortsatt rehabilitering, Sjukdom, Föräldraledighet, Flytt, Egen begäran, Annan aktör, Ordinarie stöd, Övrigt, Insatsen avslutad.",
            "FEL: Blad1, rad 4, kolumn \"Född\": \"40\" har bara två siffror och kan vara flera år. Skriv fyra siffror, till exempel 1985.",
            "FEL: Blad1, rad 4, kolumn \"Orsak\": \"gick hem\" finns inte i listan. Skriv ett av: Arbete, Studier, Arbetssökande, Fortsatt rehabilitering, Sjukdom, Föräldraledighet, Flytt, Egen begäran, Annan aktör, Ordinarie stöd, Övrigt, Insatsen avslutad.",
        ]
    );
    let asked: Vec<_> = last.okanda.iter().map(|v| (v.falt, v.nyckel.as_str(), v.antal, v.rad)).collect();
    assert_eq!(asked, [("avslutsorsak", "gick hem", 2, 3), ("kon", "annat", 1, 3)]);
}

/// An unknown column never stops; two columns for one field, or a column that must be there, do.
#[test]
fn columns_that_lack_or_are_two_stop() {
    let last = read(&["Nr|Född|Startdatum|Start|Slut|Skostorlek", "1|1985|@2022-03-01|@2022-03-02||38"]);
    assert_eq!(
        told(&last),
        [
            "VARNING: Blad1, kolumn \"Skostorlek\": Kolumn F med rubriken \"Skostorlek\" läses inte. Säg vilken uppgift det är, eller att den inte ska läsas.",
            "FEL: Blad1, kolumn \"Start\": Kolumnen är samma uppgift (Första dag) som kolumnen \"Startdatum\". Ta bort den ena, eller säg att den inte ska läsas.",
            "FEL: Blad1: Kolumnen Kön saknas. Lägg till den, eller säg vilken kolumn det är. Rubriken kan vara Kön. Kolumner som inte är kända: \"Skostorlek\".",
        ]
    );
    assert_eq!(short(&last), ["2 1 - 2022-03-01 -"]);
    // An empty one gives way.
    let last = read(&["Nr|Kön|Startdatum|Start", "1|K||@2022-03-02"]);
    assert_eq!((told(&last).len(), short(&last)), (0, vec!["2 1 K 2022-03-02 -".to_owned()]));
}

/// What a person has said once is remembered: a heading, one that is not to be read, and a value.
#[test]
fn the_list_of_words_wins() {
    let lines = ["Kol A|Kol B|Kol C|Skäl|Kön", "1|tjej|@2022-03-01|klar|"];
    let mut list = Ordlista::default();
    let first = las(&book(vec![sheet("B", &lines)]), &list, idag());
    assert_eq!(first.kolumner.iter().filter(|k| k.hur == Hur::Okand).count(), 3);
    for (heading, falt) in [("kol a", Some("deltagande_id")), ("kol b", Some("kon")), ("kol c", Some("inskriven"))] {
        list.rubriker.insert(heading.into(), falt.map(str::to_owned));
    }
    list.rubriker.insert("kon".into(), None);
    list.varden.insert(("kon".into(), "tjej".into()), "K".into());
    list.varden.insert(("avslutsorsak".into(), "klar".into()), String::new());
    let last = las(&book(vec![sheet("B", &lines)]), &list, idag());
    assert_eq!(told(&last), [""; 0]);
    assert_eq!(short(&last), ["2 1 K 2022-03-01 -"]);
    let hur: Vec<_> = last.kolumner.iter().map(|k| k.hur).collect();
    assert_eq!(hur, [Hur::Minns, Hur::Minns, Hur::Minns, Hur::Kand]);
}

/// A list whose headings nobody knows is shown with its columns, so that a person can say what they are.
#[test]
fn a_list_of_unknown_headings_has_columns() {
    let last = read(&["Rapport", "Alfa|Beta|Gamma", "1|K|@2022-03-01"]);
    assert_eq!(last.kolumner.iter().map(|k| k.rubrik.as_str()).collect::<Vec<_>>(), ["Alfa", "Beta", "Gamma"]);
    assert!(last.findings.iter().any(|f| f.severity == Severity::Fel));
    let none = read(&["Rapport", "x"]);
    assert!(told(&none)[0].contains("ingen lista"), "{:?}", told(&none));
    assert!(told(&las(&book(Vec::new()), &Ordlista::default(), idag()))[0].contains("ingen lista"));
}

#[test]
fn sheets_that_agree_are_read_together() {
    let head = "Nr|Kön|Född|Start|Slut|Orsak";
    let mut hidden = sheet("Gammalt", &[head, "9|K|1980|@2020-01-01||"]);
    hidden.hidden = true;
    let sheets = vec![
        sheet("Om", &["Hur listan fylls i", "Fråga kansliet"]),
        sheet("Pågående", &[head, "1|K|1985|@2022-03-01||", "2|M|1990|@2022-04-01||"]),
        sheet("Avslutade", &[head, "3|K|1970|@2021-03-01|@2022-03-01|flytt"]),
        hidden,
    ];
    let last = las(&book(sheets), &Ordlista::default(), idag());
    assert_eq!(last.blad, "Pågående och Avslutade");
    assert_eq!(last.bladen, [("Pågående".to_owned(), 2), ("Avslutade".to_owned(), 1)]);
    assert_eq!(short(&last), ["2 1 K 2022-03-01 -", "3 2 M 2022-04-01 -", "2 3 K 2021-03-01 2022-03-01"]);
    assert_eq!(
        told(&last),
        [
            "UPPLYSNING: Inskrivningar läses från bladen \"Pågående\" och \"Avslutade\".",
            "UPPLYSNING: Utan inskrivningar, och läses inte: \"Om\".",
            "UPPLYSNING: Dolda blad läses inte: \"Gammalt\".",
        ]
    );
}

#[test]
fn exits_on_a_sheet_of_their_own_belong_to_their_numbers() {
    let sheets = vec![
        sheet("In", &["Nr|Kön|Född|Start", "1|K|1985|@2022-03-01", "2|M|1990|@2022-04-01"]),
        sheet("Ut", &["Nr|Slut|Orsak", "2|@2022-09-30|studier"]),
    ];
    let last = las(&book(sheets), &Ordlista::default(), idag());
    assert_eq!(short(&last), ["2 1 K 2022-03-01 -", "3 2 M 2022-04-01 2022-09-30"]);
    assert_eq!(last.rader[1].avslutsorsak, Some(Avslutsorsak::Studier));
    assert!(told(&last)[1].contains("Ett nummer står på två blad"), "{:?}", told(&last));
}

/// The same number twice: the same row is passed over, different ones are a mistake on both rows.
#[test]
fn the_same_number_twice() {
    let last = read(&[
        "Nr|Kön|Född|Start",
        "7|K|1985|@2022-03-01",
        "7|kvinna|1985|2022-03-01",
        "8|M|1990|@2022-04-01",
        "8|M|1990|@2022-09-01",
    ]);
    assert_eq!(short(&last), ["2 7 K 2022-03-01 -", "4 8 M 2022-04-01 -", "5 8 M 2022-09-01 -"]);
    assert_eq!(
        told(&last),
        [
            "UPPLYSNING: Blad1, rad 3: Raden säger detsamma som rad 2 och läses inte.",
            "FEL: Blad1, rad 4, kolumn \"Nr\": Samma nummer som rad 5, men uppgifterna är olika. Rätta den ena raden. Är det två inskrivningar, så ge den andra ett eget nummer, till exempel 7b.",
            "FEL: Blad1, rad 5, kolumn \"Nr\": Samma nummer som rad 4, men uppgifterna är olika. Rätta den ena raden. Är det två inskrivningar, så ge den andra ett eget nummer, till exempel 7b.",
        ]
    );
    // What one sheet says on two rows is not joined.
    let last = read(&["Nr|Kön|Start|Slut", "8|M|@2022-04-01|", "8|M||@2022-09-01"]);
    let faults = told(&last).iter().filter(|line| line.starts_with("FEL")).count();
    assert_eq!((last.rader.len(), faults), (2, 2), "{:?}", told(&last));
    // Without numbers two alike may be two people.
    assert_eq!(read(&["Kön|Född|Start", "K|1985|@2022-03-01", "K|1985|@2022-03-01"]).rader.len(), 2);
}

/// Works before studies before seeks work; a no of one who has not exited says nothing.
#[test]
fn an_exit_without_reason_has_that_of_its_outcome() {
    let last = read(&[
        "Nr|Kön|Start|Slut|Orsak|Arbete|Studier|Söker arbete",
        "1|K|@2022-03-01|@2022-09-01||50|x|x",
        "2|K|@2022-03-01|@2022-09-01|||x|x",
        "3|K|@2022-03-01|@2022-09-01||||x",
        "4|K|@2022-03-01|@2022-09-01||||nej",
        "5|K|@2022-03-01|@2022-09-01|gick hem|50||",
        "6|K|@2022-03-01|||nej|nej|nej",
    ]);
    let reasons: Vec<_> = last.rader.iter().map(|rad| rad.avslutsorsak).collect();
    let expect =
        [Some(Avslutsorsak::Arbete), Some(Avslutsorsak::Studier), Some(Avslutsorsak::Arbetssokande), None, None, None];
    assert_eq!(reasons, expect);
    assert_eq!((last.rader[5].studerar, last.rader[5].arbetssokande), (None, None));
    assert_eq!((last.rader[3].arbetssokande, told(&last).len()), (Some(false), 3));
    assert!(told(&last)[1].contains("3 rader saknar avslutsorsak"), "{:?}", told(&last));
}

#[test]
fn one_column_for_what_came_after() {
    let last = read(&[
        "Nr|Kön|Start|Slut|Efter insatsen",
        "1|K|@2022-03-01|@2022-09-01|Arbete 75 %",
        "2|K|@2022-03-01|@2022-09-01|Studier",
        "3|K|@2022-03-01|@2022-09-01|Arbete",
    ]);
    let got: Vec<_> = last.rader.iter().map(|r| (r.arbete_omfattning, r.studerar, r.arbetssokande)).collect();
    assert_eq!(got[0], (Some(Omfattning::P75), Some(false), Some(false)));
    assert_eq!(got[1], (None, Some(true), Some(false)));
    assert_eq!(got[2], (None, None, None));
    assert_eq!(
        last.okanda.iter().map(|v| (v.falt, v.nyckel.as_str())).collect::<Vec<_>>(),
        [("sysselsattning", "arbete")]
    );
}

/// Hidden rows and columns of a list are read, and told.
#[test]
fn what_is_hidden_on_the_sheet_is_read() {
    let mut sheet = sheet("L", &["Nr|Kön|Född|Start", "1|K|1985|@2022-03-01", "2|M|1990|@2022-04-01"]);
    sheet.rows[1].hidden = true;
    sheet.hidden_columns = vec![2];
    let last = las(&book(vec![sheet]), &Ordlista::default(), idag());
    assert_eq!((last.rader.len(), last.rader[0].fodelsear), (2, Some(1985)));
    assert_eq!(
        told(&last),
        ["UPPLYSNING: L: Dolda kolumner läses: \"Född\".", "UPPLYSNING: L: En dold rad läses som de andra.",]
    );
}

#[test]
fn a_list_without_rows_is_told() {
    let last = read(&["Nr|Kön|Född|Start"]);
    assert_eq!(
        told(&last),
        [
            "VARNING: Blad1: Under rubrikerna står inga inskrivningar. Skriv inskrivningarna på raderna under rubrikerna, eller kontrollera att det är rätt fil."
        ]
    );
}

/// Someone after a blank row whose first day is missing is a mistake to tell, not a legend to pass over.
#[test]
fn someone_under_the_list_is_someone() {
    let last = read(&["Nr|Kön|Född|Start", "1|K|1985|@2022-03-01", "", "2|M|1990|", "", "Män||2|"]);
    assert_eq!(short(&last), ["2 1 K 2022-03-01 -", "4 2 M - -"]);
    assert_eq!(told(&last), ["UPPLYSNING: Blad1, rad 6: Rad 6 står under listan utan datum och läses inte."]);
}

/// What the program itself has written of a row says nothing of it.
#[test]
fn the_column_of_faults_is_not_read() {
    let last = read(&["Nr|Kön|Start|Att rätta", "1|K|@2022-03-01|Kön saknas.", "|||Första dag saknas."]);
    assert_eq!((short(&last), told(&last)), (vec!["2 1 K 2022-03-01 -".to_owned()], Vec::new()));
}

/// What could not be read cannot be read when it has been cut; a long word that a person has explained can. Found by
/// fuzzing.
#[test]
fn what_is_cut_stays_unread() {
    let (long, word) = (format!("N{}x", " ".repeat(200)), "slutade ".repeat(20));
    let school = format!("gy{}mnasium", " ".repeat(200));
    let row = format!("{long}|K|@2022-03-01|@2022-09-01|{word}|{school}");
    let lines = ["Nr|Kön|Start|Slut|Orsak|Utbildning", &row];
    let mut list = Ordlista::default();
    list.varden.insert(("avslutsorsak".into(), nyckel(&word)), "flytt".into());
    let last = las(&book(vec![sheet("B", &lines)]), &list, idag());
    assert_eq!((last.rader[0].nummer.as_deref(), last.rader[0].avslutsorsak), (None, Some(Avslutsorsak::Flytt)));
    let kept = crate::grid::read("k.csv", &last.som_last, &crate::grid::Limits::default()).unwrap();
    assert_eq!(las(&kept, &list, idag()).rader, last.rader);
}

/// 45691 is a day in 2029 when days count from 1904, and one in 2025 when they count from 1900; what a formula says of
/// its fault is no value. Found by fuzzing.
#[test]
fn what_is_no_value_does_not_become_one() {
    let mut from_1904 = book(vec![sheet(
        "B",
        &["Nr|Kön|Start|Slut", "1|K|45691|@2025-03-01", "!Nr|!K|@2025-03-01|!#REF!", "!|K|@2025-03-01|"],
    )]);
    from_1904.epoch_1904 = true;
    let last = las(&from_1904, &Ordlista::default(), idag());
    assert_eq!(short(&last), ["2 1 K - 2025-03-01", "3 - - 2025-03-01 -", "4 - K 2025-03-01 -"]);
    let kept = crate::grid::read("k.csv", &last.som_last, &crate::grid::Limits::default()).unwrap();
    assert_eq!(las(&kept, &Ordlista::default(), idag()).rader, last.rader);
}

/// Rows stay in their order, also where two sheets have the same name; found by fuzzing.
#[test]
fn what_is_kept_stands_in_its_order() {
    let one = |name, number| sheet(name, &["Nr|Kön|Start", &format!("{number}|K|@2022-03-01")]);
    let sheets = vec![one("A", 1), one("B", 2), one("A", 3)];
    let last = las(&book(sheets), &Ordlista::default(), idag());
    assert_eq!(last.bladen, [("A".to_owned(), 1), ("B".to_owned(), 1), ("A".to_owned(), 1)]);
    let kept = crate::grid::read("k.csv", &last.som_last, &crate::grid::Limits::default()).unwrap();
    assert_eq!(las(&kept, &Ordlista::default(), idag()).rader, last.rader);
}

/// Of a field that only one of two sheets could read, what it read is kept; found by fuzzing.
#[test]
fn what_two_sheets_share_is_kept_as_it_was_read() {
    let sheets = vec![
        sheet("In", &["Nr|Kön|Start|Slut", "1|K|@2022-03-01|snart", "2|M|@2022-03-01|"]),
        sheet("Ut", &["Nr|Slut|Orsak", "1|@2022-09-30|flytt"]),
    ];
    let last = las(&book(sheets), &Ordlista::default(), idag());
    assert_eq!(short(&last)[0], "2 1 K 2022-03-01 2022-09-30");
    let kept = crate::grid::read("k.csv", &last.som_last, &crate::grid::Limits::default()).unwrap();
    assert_eq!(las(&kept, &Ordlista::default(), idag()).rader, last.rader);
}

/// A sheet's name may hold what no text does; found by fuzzing.
#[test]
fn what_is_kept_can_be_read_whatever_the_sheet_is_called() {
    let last =
        las(&book(vec![sheet("Blad\u{19}\0", &["Nr|Kön|Start", "1|K|@2022-03-01"])]), &Ordlista::default(), idag());
    let kept = crate::grid::read("k.csv", &last.som_last, &crate::grid::Limits::default()).unwrap();
    assert_eq!(las(&kept, &Ordlista::default(), idag()).rader, last.rader);
}

/// Every row that was kept is an inskrivning, whatever its sheet was called, and stands where it stood.
#[test]
fn what_is_kept_is_not_sifted_again() {
    let first = las(
        &book(vec![sheet("Totalt", &["Nr|Kön|Start", "", "1|K|@2022-03-01", "A|oläsligt|"])]),
        &Ordlista::default(),
        idag(),
    );
    let kept = crate::grid::read("k.csv", &first.som_last, &crate::grid::Limits::default()).unwrap();
    let again = las(&kept, &Ordlista::default(), idag());
    assert_eq!(short(&first), ["3 1 K 2022-03-01 -", "4 A - - -"]);
    assert_eq!(
        (again.rader, again.blad, again.findings),
        (first.rader, first.blad, {
            let mut same = first.findings;
            same.iter_mut().for_each(|finding| finding.place.column = Some("kon".to_owned()));
            same
        })
    );
}
