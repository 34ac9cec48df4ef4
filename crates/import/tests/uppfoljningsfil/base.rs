//! Inskrivningar to write and the way to read them back.

use samsyn_core::Id;
use samsyn_core::deltagande::{Avslutsorsak, Deltagande, Forsorjning, Forsorjningstid, Kon, Omfattning, Utbildning};
use samsyn_core::uppfoljning::{Rad, nummer};
use samsyn_document::Datum;
use samsyn_import::grid::{self, Limits};
use samsyn_import::uppfoljningsfil::{Last, Ordlista, las};

pub const INSATS: &str = "ost-bryggan";

pub fn dag(text: &str) -> Datum {
    Datum::parse(text).unwrap()
}

pub fn idag() -> Datum {
    dag("2026-03-15")
}

/// Reads a file that is not to be refused.
pub fn read(name: &str, bytes: &[u8]) -> Last {
    let book = grid::read(name, bytes, &Limits::default()).unwrap_or_else(|refused| panic!("{name}: {refused:?}"));
    las(&book, &Ordlista::default(), idag())
}

pub fn enrolled(number: &str, kon: Kon, day: &str) -> Deltagande {
    let id = Id::new(&format!("{INSATS}.{number}")).unwrap();
    Deltagande {
        kon: Some(kon),
        fodelsear: Some(1985),
        utbildning: Some(Utbildning::SaknasEllerOkand),
        forsorjning_fore: Some(Forsorjning::Forsorjningsstod),
        forsorjningstid_fore: Some(Forsorjningstid::EttTillTreAr),
        ..Deltagande::ny(id, Id::new(INSATS).unwrap(), dag(day), dag(day))
    }
}

/// One of each kind: ongoing, exited to work in each extent, to studies, anonymous, cancelled.
pub fn several() -> Vec<Deltagande> {
    let mut all = vec![enrolled("1", Kon::Kvinna, "2025-02-03"), enrolled("2", Kon::Man, "2025-02-10")];
    for (number, omfattning) in (3..).zip(Omfattning::ALL) {
        all.push(Deltagande {
            utskriven: Some(dag("2025-12-31")),
            utskriven_registrerad: Some(dag("2026-01-02")),
            avslutsorsak: Some(Avslutsorsak::Arbete),
            arbete_omfattning: Some(*omfattning),
            arbete_subventionerat: Some(number % 2 == 0),
            studerar: Some(false),
            arbetssokande: Some(number == 3),
            plan_vid_avslut: Some(true),
            forsorjning_efter: Some(Forsorjning::Ingen),
            ..enrolled(&number.to_string(), Kon::Man, "2025-03-01")
        });
    }
    all.push(Deltagande {
        utskriven: Some(dag("2025-06-30")),
        utskriven_registrerad: Some(dag("2025-07-01")),
        avslutsorsak: Some(Avslutsorsak::Studier),
        studerar: Some(true),
        utbildning: None,
        forsorjning_fore: None,
        forsorjningstid_fore: None,
        fodelsear: None,
        ..enrolled("7b", Kon::Kvinna, "2025-03-01")
    });
    all.push(Deltagande { kon: None, fodelsear: None, anonym: true, ..enrolled("A-1", Kon::Man, "2025-04-01") });
    all.push(Deltagande { makulerad: Some(dag("2025-05-01")), ..enrolled("99", Kon::Man, "2025-04-01") });
    all
}

/// The row that an inskrivning should come back as: registrations are not in the file, nor is a no to anonymous.
pub fn row(rad: u64, d: &Deltagande) -> Rad {
    Rad {
        rad,
        nummer: Some(nummer(d).to_owned()),
        kon: d.kon,
        fodelsear: d.fodelsear,
        inskriven: Some(d.inskriven),
        utbildning: d.utbildning,
        forsorjning_fore: d.forsorjning_fore,
        forsorjningstid_fore: d.forsorjningstid_fore,
        utskriven: d.utskriven,
        avslutsorsak: d.avslutsorsak,
        arbete_omfattning: d.arbete_omfattning,
        arbete_subventionerat: d.arbete_subventionerat,
        studerar: d.studerar,
        arbetssokande: d.arbetssokande,
        plan_vid_avslut: d.plan_vid_avslut,
        forsorjning_efter: d.forsorjning_efter,
        anonym: d.anonym.then_some(true),
        ..Rad::default()
    }
}

/// The parts of an Excel file, as text.
pub fn zip(bytes: &[u8]) -> std::collections::BTreeMap<String, String> {
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..parts.len())
        .map(|at| {
            let part = parts.by_index(at).unwrap();
            (part.name().unwrap().into_owned(), std::io::read_to_string(part).unwrap())
        })
        .collect()
}
