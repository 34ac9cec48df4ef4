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
    let kring =
        Kring { ordlista: &list, idag: Datum::new(2026, 3, 15).unwrap(), ar: 2026, epoch_1904: false, delar: false };
    let read = |falt, text: &str| las(falt, &Cell::Text(text.into()), kring);
    assert_eq!(read(Falt::Avslutsorsak, "Deltar  inte"), Ok(Varde::Kod("egen_begäran")));
    assert_eq!(read(Falt::Avslutsorsak, "Arbete"), Ok(Varde::Kod("studier")));
    assert_eq!(read(Falt::Utskriven, "vila"), Ok(Varde::Inget));
}
