//! What a cell says, as its field has it. What can be read in two ways is not read.

use super::orsak::{self, Orsak};
use super::{Falt, Ordlista, Slag, datum, nyckel, ord};
use crate::grid::{Cell, day_of_serial};
use samsyn_core::Id;
use samsyn_document::Datum;
use std::borrow::Cow;

/// Ages at enrolment that decide between two years of birth.
const AGES: std::ops::RangeInclusive<i32> = 15..=70;
/// Words that begin a text about work.
const ARBETE: [&str; 7] = ["arbete", "arbetar", "jobb", "jobbar", "anstalld", "anstallning", "arb"];

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Varde {
    /// Nothing.
    Inget,
    Nummer(String),
    Ar(u16),
    Dag(Datum),
    /// A code of a closed list; `ja` or `nej`.
    Kod(&'static str),
    /// A person who is only counted, said in place of the number.
    Anonym,
    /// A reason with what it says of the time after; whether so is read out of the words, not told by a person.
    Orsak(Orsak, bool),
    /// Several codes at once, of the column that tells work, studies and job-seeking.
    Flera(Vec<&'static str>),
}

/// Why a cell cannot be read: `what` completes the sentence `"…" …`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fel {
    pub what: &'static str,
    pub hint: String,
    /// Whether a person could say which code of the list is meant.
    pub okant: bool,
}

impl Fel {
    fn new(what: &'static str, hint: impl Into<String>) -> Fel {
        Fel { what, hint: hint.into(), okant: false }
    }
}

impl From<datum::Fel> for Fel {
    fn from((what, hint): datum::Fel) -> Fel {
        Fel::new(what, hint)
    }
}

/// What is needed beside the cell.
#[derive(Clone, Copy)]
pub(super) struct Kring<'a> {
    pub ordlista: &'a Ordlista,
    pub idag: Datum,
    /// Whether the book's numbers of days count from 1904.
    pub epoch_1904: bool,
    /// The year in which the age is counted.
    pub ar: i32,
    /// Whether extents stand as parts of one in the column, so that 1 is full time.
    pub delar: bool,
}

/// A cell's words on one line: numbers with decimal comma, days as ÅÅÅÅ-MM-DD.
pub(super) fn text(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) | Cell::Fault(text) if text.contains(char::is_control) => {
            let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            Cow::Owned(spaced.trim().to_owned())
        }
        Cell::Text(text) | Cell::Fault(text) => Cow::Borrowed(text.trim()),
        Cell::Number(number) => Cow::Owned(number.to_string().replace('.', ",")),
        Cell::Date(day) => Cow::Owned(day.to_string()),
        Cell::Bool(true) => Cow::Borrowed("ja"),
        Cell::Bool(false) => Cow::Borrowed("nej"),
    }
}

/// Reads a cell as a field.
pub(super) fn las(falt: Falt, cell: &Cell, kring: Kring<'_>) -> Result<Varde, Fel> {
    if let Cell::Fault(_) = cell {
        return Err(Fel::new("är ett fel i en formel", "Skriv värdet i stället för formeln."));
    }
    let text = text(cell);
    if text.is_empty() {
        return Ok(Varde::Inget);
    }
    let key = nyckel(&text);
    match (kring.ordlista.kod(falt, &key), falt.slag()) {
        (Some(kod), _) if falt == Falt::Avslutsorsak => return Ok(svarad(kod, &text, &key, kring)),
        (Some(""), _) => return Ok(Varde::Inget),
        (Some(code), Slag::Lista | Slag::JaNej) => return Ok(listad(falt, code)),
        _ => {}
    }
    match falt.slag() {
        Slag::Lista | Slag::JaNej => lista(falt, cell, &text, &key, kring.delar),
        _ if ord::inget(&key) => Ok(Varde::Inget),
        Slag::Nummer if ord::ANONYM.contains(&key.as_str()) => Ok(Varde::Anonym),
        Slag::Nummer => nummer(cell, &text),
        Slag::Ar => fodelsear(cell, &text, kring).map(Varde::Ar),
        Slag::Dag if falt == Falt::Utskriven && ord::PAGAR.contains(&key.as_str()) => Ok(Varde::Inget),
        Slag::Dag => match cell {
            Cell::Date(day) => Ok(Varde::Dag(*day)),
            Cell::Number(number) => Ok(Varde::Dag(datum::number(*number, kring.epoch_1904, kring.idag)?)),
            _ => Ok(Varde::Dag(datum::text(&text, kring.idag)?)),
        },
    }
}

/// A reason that a person has told, with what the same words say beside: told too, or read out of them.
fn svarad(kod: &'static str, text: &str, key: &str, kring: Kring<'_>) -> Varde {
    let gor = match kring.ordlista.kod(Falt::Sysselsattning, key) {
        Some("" | "inget") => Vec::new(),
        Some(code) => vec![code],
        None if ord::kod(Falt::Avslutsorsak, key).is_some() => Vec::new(),
        None => orsak::las(text).map(|read| read.gor).unwrap_or_default(),
    };
    match kod {
        "" if gor.is_empty() => Varde::Inget,
        _ if gor.is_empty() => Varde::Kod(kod),
        _ => Varde::Orsak(Orsak { kod, gor }, false),
    }
}

/// A reason in words of their own.
fn orsak(text: &str) -> Option<Varde> {
    let read = orsak::las(text)?;
    Some(if read.gor.is_empty() { Varde::Kod(read.kod) } else { Varde::Orsak(read, true) })
}

/// The number that the insats gives: letters and digits without blanks.
fn nummer(cell: &Cell, text: &str) -> Result<Varde, Fel> {
    if matches!(cell, Cell::Date(_)) || Datum::parse(text).is_some() {
        let hint = "Kalkylprogrammet har gjort om det. Gör kolumnen till text, och skriv numret på nytt.";
        return Err(Fel::new("är ett datum, inget nummer", hint));
    }
    let text = if matches!(cell, Cell::Number(_)) { text.replace(',', ".") } else { text.to_owned() };
    match Id::new(&text).filter(|_| !matches!(cell, Cell::Number(number) if !number.is_finite())) {
        Some(_) => Ok(Varde::Nummer(text)),
        None => Err(Fel::new(
            "kan inte vara ett nummer",
            "Använd bokstäver, siffror, bindestreck och punkt utan mellanslag, till exempel 7b.",
        )),
    }
}

/// Only the year is taken.
fn fodelsear(cell: &Cell, text: &str, kring: Kring<'_>) -> Result<u16, Fel> {
    let bad = || Fel::new("kan inte läsas som ett födelseår", "Skriv fyra siffror, till exempel 1985.");
    let year = match cell {
        Cell::Date(day) => Some(day.year()),
        Cell::Number(number) if (10_000.0..100_000.0).contains(number) => {
            day_of_serial(*number, kring.epoch_1904).map(Datum::year)
        }
        _ => year_of_text(text.trim_start_matches(['-', '\'', '´', '’']), kring)?,
    };
    let year = year.filter(|year| (1900..=kring.idag.year()).contains(year)).ok_or_else(bad)?;
    u16::try_from(year).map_err(|_| bad())
}

fn year_of_text(text: &str, kring: Kring<'_>) -> Result<Option<i32>, Fel> {
    let parts: Vec<&str> = text.split('-').collect();
    let shape: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let only_digits = parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    if !only_digits || !matches!(*shape, [2] | [4] | [6] | [8] | [2, 2, 2] | [4, 2, 2]) {
        return Ok(datum::text(text, kring.idag).ok().map(Datum::year));
    }
    let digits = parts.concat();
    let (year, day) = match digits.len() {
        2 | 6 => digits.split_at(2),
        _ => digits.split_at(4),
    };
    let Some(written) = year.parse::<i32>().ok() else { return Ok(None) };
    let year = if year.len() == 2 { century(written, kring)? } else { written };
    let real = match (day.get(..2), day.get(2..)) {
        (Some(month), Some(day)) if !day.is_empty() => {
            month.parse().ok().zip(day.parse().ok()).and_then(|(month, day)| Datum::new(year, month, day)).is_some()
        }
        _ => true,
    };
    Ok(real.then_some(year))
}

/// The year that two digits mean, when only one gives an age of those who take part.
fn century(two: i32, kring: Kring<'_>) -> Result<i32, Fel> {
    let mut years = [1900 + two, 2000 + two].into_iter().filter(|year| AGES.contains(&(kring.ar - year)));
    match (years.next(), years.next()) {
        (Some(year), None) => Ok(year),
        _ => Err(Fel::new("har bara två siffror och kan vara flera år", "Skriv fyra siffror, till exempel 1985.")),
    }
}

fn listad(falt: Falt, code: &'static str) -> Varde {
    if falt == Falt::Sysselsattning { Varde::Flera(vec![code]) } else { Varde::Kod(code) }
}

fn lista(falt: Falt, cell: &Cell, text: &str, key: &str, delar: bool) -> Result<Varde, Fel> {
    let known = match ord::kod(falt, key) {
        Some("") => return Ok(Varde::Inget),
        Some(code) => Some(listad(falt, code)),
        None if falt == Falt::Avslutsorsak => orsak(text),
        None if falt == Falt::ArbeteOmfattning => omfattning(falt, text, key, delar),
        None if falt == Falt::Sysselsattning => sysselsattning(text).map(Varde::Flera),
        None if falt == Falt::ForsorjningstidFore => tid(key).map(Varde::Kod),
        None => None,
    };
    known.ok_or_else(|| match cell {
        Cell::Date(_) => Fel::new(
            "är ett datum, som inte hör hemma i kolumnen",
            "Kalkylprogrammet har kanske gjort om det som skrevs, till exempel 1-3. Gör kolumnen till text, och skriv på nytt.",
        ),
        _ => okant(falt),
    })
}

fn okant(falt: Falt) -> Fel {
    let words: Vec<&str> = falt.koder().into_iter().map(|(_, words)| words).collect();
    Fel { what: "finns inte i listan", hint: format!("Skriv ett av: {}.", words.join(", ")), okant: true }
}

/// An extent of work: `50`, `50 %`, `0,5` and a column of such parts; nought is no.
fn omfattning(falt: Falt, text: &str, key: &str, delar: bool) -> Option<Varde> {
    if ord::kod(Falt::Studerar, key) == Some("nej") {
        return Some(Varde::Kod("nej"));
    }
    let percent = key.ends_with("procent");
    let bare = text.trim_end_matches(|c: char| c == '%' || c.is_whitespace()).to_lowercase();
    let number: f64 = bare.trim_end_matches("procent").trim().replace(',', ".").parse().ok()?;
    let part = !percent && number < 1.5;
    if part && number == 1.0 && !delar {
        return None;
    }
    let hundredths = if part { number * 100.0 } else { number };
    if hundredths == 0.0 {
        return Some(Varde::Kod("nej"));
    }
    let whole = hundredths.round();
    let exact = (hundredths - whole).abs() < 1e-6;
    exact.then(|| falt.kod(&whole.to_string())).flatten().map(Varde::Kod)
}

/// Whether the cell is an extent of work, as a percentage or in words.
pub(super) fn ar_omfattning(cell: &Cell) -> bool {
    let text = text(cell);
    let read = lista(Falt::ArbeteOmfattning, cell, &text, &nyckel(&text), false);
    matches!(read, Ok(Varde::Kod(code)) if code != "nej")
}

/// Whether the cell is an extent as a part of one, so that others in its column are too.
pub(super) fn ar_del(cell: &Cell) -> bool {
    let part = |number: f64| [0.25, 0.5, 0.75, 0.8].contains(&number);
    match cell {
        Cell::Number(number) => part(*number),
        Cell::Text(text) => text.trim().replace(',', ".").parse().is_ok_and(part),
        _ => false,
    }
}

/// Work with its extent, studies and job-seeking, one or several.
fn sysselsattning(text: &str) -> Option<Vec<&'static str>> {
    let small = text.to_lowercase().replace(" och ", "/").replace(" samt ", "/");
    let parts = small.split([',', ';', '/', '+', '&']).map(str::trim).filter(|part| !part.is_empty());
    let codes: Option<Vec<&'static str>> = parts.map(|part| en_sysselsattning(&nyckel(part))).collect();
    codes.filter(|codes| !codes.is_empty())
}

fn en_sysselsattning(key: &str) -> Option<&'static str> {
    if let Some(code) = ord::kod(Falt::Sysselsattning, key) {
        return Some(code).filter(|code| !code.is_empty());
    }
    let (first, rest) = key.split_once(' ').unwrap_or((key, ""));
    let extent = if ARBETE.contains(&first) { rest } else { key };
    let extent = extent.strip_prefix("pa ").unwrap_or(extent);
    let code = match ord::kod(Falt::ArbeteOmfattning, extent) {
        Some(code) => Some(code),
        None => Falt::ArbeteOmfattning.kod(extent.trim_end_matches("procent").trim()),
    }?;
    Falt::Sysselsattning.kod(&format!("arbete_{code}"))
}

/// For how long, in years or months: `2 år`, `18 mån`.
fn tid(key: &str) -> Option<&'static str> {
    let digits = key.find(|c: char| !c.is_ascii_digit()).unwrap_or(key.len());
    let (number, unit) = key.split_at(digits);
    let number: u32 = number.parse().ok()?;
    let months = match unit.trim() {
        "ar" => number.checked_mul(12)?,
        "man" | "manad" | "manader" | "mnd" => number,
        _ => return None,
    };
    Falt::ForsorjningstidFore.kod(match months {
        0 => "ingen",
        1..12 => "under_1_år",
        12..=36 => "1-3_år",
        _ => "över_3_år",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(falt: Falt, cell: Cell) -> Result<Varde, Fel> {
        let idag = Datum::new(2026, 3, 15).unwrap();
        las(falt, &cell, Kring { ordlista: &Ordlista::default(), idag, ar: 2026, epoch_1904: false, delar: false })
    }

    fn kod(falt: Falt, text: &str) -> Option<&'static str> {
        match read(falt, Cell::Text(text.into())) {
            Ok(Varde::Kod(code)) => Some(code),
            Ok(_) => Some(""),
            Err(_) => None,
        }
    }

    #[test]
    fn words_of_closed_lists_as_people_write_them() {
        for (falt, text, code) in [
            (Falt::Kon, "Kvinna\u{a0} ", Some("K")),
            (Falt::Kon, "kv.", Some("K")),
            (Falt::Kon, "MÄN", Some("M")),
            (Falt::Kon, "Man", Some("M")),
            (Falt::Kon, "annat", None),
            (Falt::Studerar, "X", Some("ja")),
            (Falt::Studerar, "✓", Some("ja")),
            (Falt::Studerar, "–", Some("nej")),
            (Falt::Studerar, "kanske", None),
            (Falt::Utbildning, "Saknas eller okand", Some("saknas_eller_okänd")),
            (Falt::ForsorjningFore, "FÖRSÖRJNINGSSTÖD", Some("försörjningsstöd")),
            (Falt::ForsorjningFore, "a-kassa", Some("arbetslöshetsersättning")),
            (Falt::ForsorjningFore, "-", Some("")),
            (Falt::ForsorjningstidFore, "> 3 år", Some("över_3_år")),
            (Falt::ForsorjningstidFore, "1–3 år", Some("1-3_år")),
            (Falt::ForsorjningstidFore, "18 mån", Some("1-3_år")),
            (Falt::ForsorjningstidFore, "13 år", Some("över_3_år")),
            (Falt::Avslutsorsak, "Insatsen avslutad", Some("insatsen_avslutad")),
            (Falt::Avslutsorsak, "deltar inte", None),
        ] {
            assert_eq!(kod(falt, text), code, "{text}");
        }
        assert_eq!(read(Falt::Studerar, Cell::Bool(true)), Ok(Varde::Kod("ja")));
        assert_eq!(read(Falt::Studerar, Cell::Number(0.0)), Ok(Varde::Kod("nej")));
    }

    #[test]
    fn extents_of_work() {
        for (text, code) in [
            ("50", Some("50")),
            ("50 %", Some("50")),
            ("75 procent", Some("75")),
            ("0,8", Some("80")),
            ("100%", Some("100")),
            ("1 %", None),
            ("Heltid", Some("100")),
            ("halvtid", Some("50")),
            ("deltid", None),
            ("40 %", None),
            ("1", None),
            ("ja", None),
            ("nej", Some("nej")),
            ("0 %", Some("nej")),
            ("nan", None),
            ("inf", None),
        ] {
            assert_eq!(kod(Falt::ArbeteOmfattning, text), code, "{text}");
        }
        let idag = Datum::new(2026, 3, 15).unwrap();
        let list = Ordlista::default();
        let kring = Kring { ordlista: &list, idag, ar: 2026, epoch_1904: false, delar: true };
        assert_eq!(las(Falt::ArbeteOmfattning, &Cell::Number(1.0), kring), Ok(Varde::Kod("100")));
        assert_eq!(las(Falt::ArbeteOmfattning, &Cell::Number(0.25), kring), Ok(Varde::Kod("25")));
    }

    #[test]
    fn occupation_in_one_column() {
        let codes = |text: &str| match read(Falt::Sysselsattning, Cell::Text(text.into())) {
            Ok(Varde::Flera(codes)) => Some(codes.join(" ")),
            _ => None,
        };
        assert_eq!(codes("Arbete 50 %").as_deref(), Some("arbete_50"));
        assert_eq!(codes("arbetar heltid").as_deref(), Some("arbete_100"));
        assert_eq!(codes("Jobb 75%, studier").as_deref(), Some("arbete_75 studier"));
        assert_eq!(codes("Studerar").as_deref(), Some("studier"));
        assert_eq!(codes("arbetssökande och arbete 25").as_deref(), Some("arbetssökande arbete_25"));
        assert_eq!(codes("Arbete"), None);
        assert_eq!(codes("sjukskriven"), None);
    }

    /// Only the year of a date of birth is taken; two digits only when one reading is likely.
    #[test]
    fn years_of_birth() {
        let year = |text: &str| read(Falt::Fodelsear, Cell::Text(text.into())).ok();
        for (text, expect) in [
            ("1985", Some(1985)),
            ("85", Some(1985)),
            ("-85", Some(1985)),
            ("05", Some(2005)),
            ("40", None),
            ("850312", Some(1985)),
            ("19850312", Some(1985)),
            ("1985-03-12", Some(1985)),
            ("85-03-12", Some(1985)),
            ("12/3 1985", Some(1985)),
            ("12 mars 1985", Some(1985)),
            ("851312", None),
            ("1885", None),
            ("2030", None),
            ("okänt", None),
        ] {
            assert_eq!(year(text), expect.map(Varde::Ar), "{text}");
        }
        assert_eq!(read(Falt::Fodelsear, Cell::Number(1985.0)), Ok(Varde::Ar(1985)));
        assert_eq!(read(Falt::Fodelsear, Cell::Number(85.0)), Ok(Varde::Ar(1985)));
        assert_eq!(read(Falt::Fodelsear, Cell::Number(31_118.0)), Ok(Varde::Ar(1985)));
        assert_eq!(read(Falt::Fodelsear, Cell::Date(Datum::new(1985, 3, 12).unwrap())), Ok(Varde::Ar(1985)));
    }

    #[test]
    fn numbers_that_insatser_give() {
        assert_eq!(read(Falt::Nummer, Cell::Number(7.0)), Ok(Varde::Nummer("7".into())));
        assert_eq!(read(Falt::Nummer, Cell::Text("7b".into())), Ok(Varde::Nummer("7b".into())));
        assert!(read(Falt::Nummer, Cell::Text("7 b".into())).is_err());
        // doman.md: "anonym: a person without consent or with protected identity: only counted".
        for anonym in ["skyddad", "Skyddad identitet", "ANONYM", "sekretess", "utan samtycke", "Ej samtycke"] {
            assert_eq!(read(Falt::Nummer, Cell::Text(anonym.into())), Ok(Varde::Anonym), "{anonym}");
        }
        assert!(read(Falt::Nummer, Cell::Date(Datum::new(2022, 3, 1).unwrap())).is_err());
        assert!(read(Falt::Nummer, Cell::Number(f64::NAN)).is_err());
    }

    /// What an insats has said that a word means, it means.
    #[test]
    fn the_list_of_words_decides() {
        let mut list = Ordlista::default();
        list.varden.insert(("avslutsorsak".into(), "deltar inte".into()), "egen_begäran".into());
        list.varden.insert(("avslutsorsak".into(), "arbete".into()), "studier".into());
        list.varden.insert(("utskriven".into(), "vila".into()), String::new());
        let kring = Kring {
            ordlista: &list,
            idag: Datum::new(2026, 3, 15).unwrap(),
            ar: 2026,
            epoch_1904: false,
            delar: false,
        };
        let read = |falt, text: &str| las(falt, &Cell::Text(text.into()), kring);
        assert_eq!(read(Falt::Avslutsorsak, "Deltar  inte"), Ok(Varde::Kod("egen_begäran")));
        assert_eq!(read(Falt::Avslutsorsak, "Arbete"), Ok(Varde::Kod("studier")));
        assert_eq!(read(Falt::Utskriven, "vila"), Ok(Varde::Inget));
    }
}
