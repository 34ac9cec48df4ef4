//! Goals of insatser and of the board, what came of them, and activities.

use super::insatser::Planned;
use super::slump::Strom;
use super::{Ram, day, ends, quarters};
use samsyn_core::aktivitet::Aktivitet;
use samsyn_core::insats::InsatsTyp;
use samsyn_core::mal::{Enhet, Mal};
use samsyn_core::malutfall::Malutfall;
use samsyn_core::verksamhetsmal::Verksamhetsmal;

/// A goal to choose: the text, the least and the largest target, and the unit.
type Forslag = (&'static str, (u32, u32), Enhet);

const INDIVID: &[Forslag] = &[
    ("Andel deltagare som går till arbete eller studier", (25, 55), Enhet::Procent),
    ("Andel deltagare som har en gemensam plan inom två månader", (80, 100), Enhet::Procent),
    ("Andel deltagare som mår bättre vid avslutet än vid starten", (50, 80), Enhet::Procent),
    ("Deltagare som börjar under året", (20, 90), Enhet::Antal),
];
const OTHER: &[Forslag] = &[
    ("Gemensamma rutiner som parterna har beslutat om", (1, 4), Enhet::Antal),
    ("Träffar med alla parter under året", (4, 10), Enhet::Antal),
    ("Andel medarbetare som känner till arbetssättet", (60, 90), Enhet::Procent),
];

/// One to three goals for each insats.
pub fn mal(ram: Ram, planned: &[Planned]) -> Vec<Mal> {
    let mut slump = ram.slump(Strom::Mal);
    let mut rows = Vec::new();
    for planned in planned {
        let all = if planned.insats.typ == InsatsTyp::Individ { INDIVID } else { OTHER };
        let count = slump.number(1..=3) as usize;
        for (mal_nr, (mal, (least, most), enhet)) in (1..).zip(slump.some(all, count)) {
            rows.push(Mal {
                insats_id: planned.insats.insats_id.clone(),
                mal_nr,
                mal: mal.to_owned(),
                maltal: Some(slump.number(least..=most).into()),
                enhet: Some(enhet),
            });
        }
    }
    rows
}

/// Outcomes for the second and fourth quarter of each year that the insats runs, most near the target.
pub fn malutfall(ram: Ram, planned: &[Planned], mal: &[Mal]) -> Vec<Malutfall> {
    let mut slump = ram.slump(Strom::Utfall);
    let mut rows = Vec::new();
    for planned in planned {
        let own = || mal.iter().filter(|mal| mal.insats_id == planned.insats.insats_id);
        let reported = quarters(planned.start.max(ram.begins()), planned.slut.min(ends()));
        for kvartal in reported.filter(|kvartal| kvartal.number().is_multiple_of(2)) {
            for mal in own() {
                let per_cent = slump.number(60..=115);
                let of_target = mal.maltal.and_then(|target| target.checked_mul(per_cent.into()));
                let utfall = of_target.and_then(|utfall| utfall.checked_div(100.into())).map(|utfall| utfall.round());
                let most = if mal.enhet == Some(Enhet::Procent) { 100 } else { u32::MAX };
                rows.push(Malutfall {
                    insats_id: mal.insats_id.clone(),
                    mal_nr: mal.mal_nr,
                    kvartal,
                    utfall: utfall.map(|utfall| utfall.min(most.into()).normalize()).filter(|_| slump.percent(96)),
                    kommentar: (per_cent < 70).then(|| "Arbetet fortsätter under nästa halvår.".to_owned()),
                });
            }
        }
    }
    rows
}

/// The same goals every year, with other targets.
pub fn verksamhetsmal(ram: Ram) -> Vec<Verksamhetsmal> {
    const WORK: &str = "Fler kommer närmare arbete eller studier";
    const TOGETHER: &str = "Parterna arbetar tillsammans och lär av varandra";
    type Resultat = (u16, &'static str, u16, &'static str, (u32, u32), Enhet, &'static str);
    const GOALS: [Resultat; 5] = [
        (1, WORK, 1, "Andel till arbete eller studier", (30, 40), Enhet::Procent, "andel_till_arbete_studier"),
        (1, WORK, 2, "Andel med plan vid avslut", (85, 95), Enhet::Procent, "andel_plan"),
        (2, TOGETHER, 1, "Aktiviteter under året", (8, 14), Enhet::Antal, "antal_aktiviteter"),
        (2, TOGETHER, 2, "Andel av strukturinsatsernas mål som nås", (70, 80), Enhet::Procent, "andel_strukturmal"),
        (2, TOGETHER, 3, "Nya handledare utbildas", (4, 12), Enhet::Antal, "manuell"),
    ];
    let mut slump = ram.slump(Strom::Mal);
    let mut rows = Vec::new();
    for ar in ram.all_years() {
        for (mal_nr, mal, resultatmal_nr, resultatmal, (least, most), enhet, measure) in GOALS {
            rows.push(Verksamhetsmal {
                ar,
                mal_nr,
                mal: mal.to_owned(),
                resultatmal_nr,
                resultatmal: resultatmal.to_owned(),
                maltal: Some(slump.number(least..=most).into()),
                enhet: Some(enhet),
                mats_genom: Some(measure.to_owned()),
            });
        }
    }
    rows
}

/// Eight to sixteen a year, none in July.
pub fn aktiviteter(ram: Ram) -> Vec<Aktivitet> {
    const KINDS: [(&str, &str); 4] = [
        ("nätverk", "Nätverk för insatsansvariga"),
        ("webbinarium", "Webbinarium om samverkan"),
        ("utbildning", "Grundkurs för nya i styrgrupper"),
        ("seminarium", "Seminarium om hälsa och arbete"),
    ];
    let mut slump = ram.slump(Strom::Aktiviteter);
    let mut rows = Vec::new();
    for ar in ram.all_years() {
        let mut nr = 0;
        for month in (1..=12).filter(|month| *month != 7) {
            for _ in 0..slump.weighted(&[(25, 0), (50, 1), (25, 2)]) {
                nr += 1;
                let (typ, titel) = *slump.one(&KINDS);
                rows.push(Aktivitet {
                    datum: day(ar, month, slump.number(1..=28) as u8),
                    typ: typ.to_owned(),
                    titel: format!("{titel}, tillfälle {nr}"),
                    antal_deltagare: slump.percent(80).then(|| slump.number(8..=70)),
                });
            }
        }
    }
    rows
}
