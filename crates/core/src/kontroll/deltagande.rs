//! Rows of deltagare that contradict themselves.

use super::Collector;
use crate::Severity;
use crate::deltagande::Deltagande;

/// Ages outside these are told: a year of birth is easily mistyped.
const AGES: std::ops::RangeInclusive<i32> = 15..=70;

pub(super) fn fel(rows: &[Deltagande], told: &mut Collector) {
    for row in rows {
        if row.anonym {
            anonymous(row, told)
        } else {
            named(row, told)
        }
        if row.inskriven_registrerad < row.inskriven {
            told.fact(Severity::Fel, row, "inskriven_registrerad", "registered before", || {
                let (known, day) = (row.inskriven_registrerad, row.inskriven);
                (format!("Registreringen {known} är före inskrivningen {day}."), both("inskriven"))
            });
        }
        if row.fodelsear.is_some_and(|year| i32::from(year) > row.inskriven.year()) {
            told.fact(Severity::Fel, row, "fodelsear", "born after", || {
                let message = format!("Födelseåret är efter inskrivningen {}.", row.inskriven);
                (message, "Skriv fyra siffror, till exempel 1985.".to_owned())
            });
        }
    }
}

fn both(column: &str) -> String {
    format!("Rätta {column} eller {column}_registrerad.")
}

/// Fields that only an exit has, with their columns.
fn exit_fields(row: &Deltagande) -> [(&'static str, bool); 8] {
    [
        ("utskriven_registrerad", row.utskriven_registrerad.is_some()),
        ("avslutsorsak", row.avslutsorsak.is_some()),
        ("arbete_omfattning", row.arbete_omfattning.is_some()),
        ("arbete_subventionerat", row.arbete_subventionerat.is_some()),
        ("studerar", row.studerar.is_some()),
        ("arbetssokande", row.arbetssokande.is_some()),
        ("plan_vid_avslut", row.plan_vid_avslut.is_some()),
        ("forsorjning_efter", row.forsorjning_efter.is_some()),
    ]
}

/// Anonym: only counted, never exited, no outcome.
fn anonymous(row: &Deltagande, told: &mut Collector) {
    let exited = [("utskriven", row.utskriven.is_some())];
    if let Some((column, _)) = exited.into_iter().chain(exit_fields(row)).find(|(_, set)| *set) {
        told.fact(Severity::Fel, row, column, "anonymous", || {
            let message = "En anonym räknas bara och har varken avslut eller utfall.".to_owned();
            (message, "Lämna alla uppgifter om avslut tomma, eller skriv nej i anonym.".to_owned())
        });
    }
}

fn named(row: &Deltagande, told: &mut Collector) {
    if row.kon.is_none() {
        told.fact(Severity::Fel, row, "kon", "sex", || {
            ("Kön saknas för en som inte är anonym.".to_owned(), "Skriv K eller M, eller ja i anonym.".to_owned())
        });
    }
    let Some(day) = row.utskriven else {
        if let Some((column, _)) = exit_fields(row).into_iter().find(|(_, set)| *set) {
            told.fact(Severity::Fel, row, column, "no exit", || {
                let message = "Uppgift om avslut finns, men utskriven är tom.".to_owned();
                (message, "Fyll i utskriven, eller lämna uppgifterna om avslut tomma.".to_owned())
            });
        }
        return;
    };
    if day < row.inskriven {
        told.fact(Severity::Fel, row, "utskriven", "exit before", || {
            let message = format!("Utskrivningen {day} är före inskrivningen {}.", row.inskriven);
            (message, "Rätta utskriven eller inskriven.".to_owned())
        });
    }
    if row.avslutsorsak.is_none() {
        told.fact(Severity::Fel, row, "avslutsorsak", "no reason", || {
            let codes = crate::deltagande::Avslutsorsak::CODES.join(", ");
            ("Avslutsorsak saknas för en som är utskriven.".to_owned(), format!("Skriv ett av: {codes}."))
        });
    }
    match row.utskriven_registrerad {
        None => told.fact(Severity::Fel, row, "utskriven_registrerad", "no registration", || {
            let message = "Utskrivningen saknar registreringsdatum.".to_owned();
            (message, "Skriv den dag då utskrivningen blev känd för kansliet.".to_owned())
        }),
        Some(known) if known < day => {
            told.fact(Severity::Fel, row, "utskriven_registrerad", "registered before", || {
                (format!("Registreringen {known} är före utskrivningen {day}."), both("utskriven"))
            });
        }
        Some(_) => {}
    }
}

pub(super) fn varningar(rows: &[Deltagande], told: &mut Collector) {
    for row in rows {
        if let Some(day) = row.makulerad.filter(|day| *day < row.inskriven_registrerad) {
            told.fact(Severity::Varning, row, "makulerad", "cancelled before", || {
                let message = format!("Makulerad {day}, före registreringen {}.", row.inskriven_registrerad);
                (message, "Kontrollera datumen.".to_owned())
            });
        }
        let age = row.fodelsear.map(|year| row.inskriven.year() - i32::from(year));
        if let Some(age) = age.filter(|age| !AGES.contains(age) && *age >= 0) {
            told.fact(Severity::Varning, row, "fodelsear", "age", || {
                (format!("Åldern vid inskrivningen blir {age} år."), "Kontrollera födelseåret.".to_owned())
            });
        }
        if !row.deltagande_id.as_str().bytes().any(|b| b.is_ascii_digit()) {
            told.fact(Severity::Varning, row, "deltagande_id", "no number", || {
                let message = "Id:t har ingen siffra och kan vara ett namn.".to_owned();
                (message, "Ge varje inskrivning ett löpnummer som inte säger vem det är.".to_owned())
            });
        }
    }
}
