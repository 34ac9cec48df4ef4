//! Random small facts that are valid: dates in order, keys told once, no cycles, nothing told of an
//! anonymous person's exit.

use crate::given::{Del, Given, anonym, forbund, kvinna, man, of};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use samsyn_core::avslutsantal::Avslutsantal;
use samsyn_core::avvikelse::Beslut;
use samsyn_core::deltagande::{Avslutsorsak, Deltagande, Forsorjning, Forsorjningstid, Kon, Omfattning, Utbildning};
use samsyn_core::insats::{Inriktning, InsatsTyp};
use samsyn_core::kvartalsrapport::{IFas, Kvartalsrapport, Prognos};
use samsyn_core::manadsantal::Manadsantal;
use samsyn_core::{Facts, Field};
use samsyn_document::{Belopp, Datum, Halvar, Kvartal, Manad};
use std::fmt::Debug;

/// A half-year that the facts are about.
pub fn period() -> impl Strategy<Value = Halvar> {
    (2023u16..=2025, 1u8..=2).prop_map(|(year, number)| Halvar::new(year, number).unwrap())
}

const EDGES: &[&str] = &[
    "2022-12-31",
    "2023-01-01",
    "2023-06-30",
    "2023-07-01",
    "2023-12-31",
    "2024-01-01",
    "2024-06-30",
    "2024-07-01",
    "2024-12-31",
    "2025-01-01",
];

/// A day, often one at the edge of a half-year.
pub fn day() -> impl Strategy<Value = Datum> {
    let edge = prop::sample::select(EDGES).prop_map(of::<Datum>);
    prop_oneof![3 => (0i64..1000).prop_map(|days| of::<Datum>("2022-10-01").add_days(days)), 1 => edge]
}

fn one<T: Copy + Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(all)
}

/// One quarter of the years that the facts are about.
fn quarter() -> impl Strategy<Value = Kvartal> {
    (2022u16..=2025, 1u8..=4).prop_map(|(year, number)| Kvartal::new(year, number).unwrap())
}

fn text<T: Field>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.write())
}

/// A row of deltagare.csv.
fn deltagande() -> impl Strategy<Value = Del> {
    let before = (
        option::of(1950u16..2006),
        option::of(one(Utbildning::ALL)),
        option::of(one(Forsorjning::ALL)),
        option::of(one(Forsorjningstid::ALL)),
    );
    let outcome = (
        one(Avslutsorsak::ALL),
        option::of(one(Omfattning::ALL)),
        option::of(any::<bool>()),
        option::of(any::<bool>()),
        option::of(any::<bool>()),
        option::of(any::<bool>()),
    );
    let exit = option::of((0i64..500, -40i64..200, outcome));
    let cancelled = option::weighted(0.15, 0i64..300);
    (0u8..10, day(), -10i64..200, before, exit, cancelled).prop_map(|(who, enrolled, late, before, exit, cancelled)| {
        let (born, education, support, time) = before;
        let first = enrolled.to_string();
        let mut del = match who {
            0 => anonym(&first),
            1..=5 => kvinna(&first),
            _ => man(&first),
        };
        let registered = enrolled.add_days(late);
        del = del
            .registrerad(&registered.to_string())
            .med("fodelsear", &text(born))
            .med("utbildning", &text(education))
            .med("forsorjning_fore", &text(support))
            .med("forsorjningstid_fore", &text(time));
        if let Some((days, late, (reason, extent, subsidised, studies, seeks, plan))) = exit.filter(|_| who != 0) {
            let last = enrolled.add_days(days);
            del = del
                .ut(&last.to_string())
                .ut_registrerad(&last.add_days(late).to_string())
                .orsak(reason.kod())
                .med("arbete_omfattning", &text(extent))
                .med("arbete_subventionerat", &text(extent.and(subsidised)))
                .med("studerar", &text(studies))
                .med("arbetssokande", &text(seeks))
                .med("plan_vid_avslut", &text(plan));
        }
        match cancelled {
            Some(days) => del.makulerad(&registered.add_days(days).to_string()),
            None => del,
        }
    })
}

/// An insats, perhaps one that continues an earlier: its decisions, with days from a first.
#[derive(Clone, Debug)]
struct Part {
    typ: InsatsTyp,
    inriktning: Option<Inriktning>,
    earlier: Option<usize>,
    number: Option<u32>,
    decisions: Vec<(i64, Datum, i64)>,
}

fn insats() -> impl Strategy<Value = Part> {
    let decisions = vec((0i64..900, day(), 0i64..700), 0..4);
    let typ = prop_oneof![2 => Just(InsatsTyp::Individ), 1 => one(InsatsTyp::ALL)];
    let parts = (typ, option::of(one(Inriktning::ALL)), option::of(0usize..5), option::of(0u32..30), decisions);
    parts.prop_map(|(typ, inriktning, earlier, number, decisions)| Part { typ, inriktning, earlier, number, decisions })
}

fn with_insats(mut given: Given, nr: usize, part: &Part) -> Given {
    given = given.insats(&format!("i{nr}")).typ(part.typ.kod());
    let own = given.facts.insatser.last_mut().expect("an insats");
    own.inriktning = part.inriktning;
    own.forvantat_antal_per_ar = part.number;
    own.redovisas_med = part.earlier.filter(|_| nr > 0).map(|earlier| of(&format!("i{}", earlier % nr)));
    let mut decided = std::collections::BTreeSet::new();
    for (days, start, length) in &part.decisions {
        let day = of::<Datum>("2022-06-01").add_days(*days).to_string();
        if decided.insert(day.clone()) {
            given = given.beslut(&day, &start.to_string(), &start.add_days(*length).to_string());
        }
    }
    given
}

/// The answers of a report, and by how many days it came after its quarter.
fn report() -> impl Strategy<Value = (Kvartalsrapport, i64)> {
    let parts = (any::<[bool; 11]>(), one(IFas::ALL), one(Prognos::ALL), option::of(one(IFas::ALL)), -30i64..150);
    parts.prop_map(|(yes, i_fas, prognos, kansli_i_fas, late)| {
        let given = forbund().insats("x").rapport("2024-K1", |r| {
            let [a, b, c, d, e, f, g, h, i, j, k] = yes;
            (r.vakans_sof, r.vakans_egen, r.styrgruppsmoten, r.ordinarie_representation) = (a, b, c, d);
            (r.uppfoljning, r.kontroll_metod, r.kontroll_malgrupp, r.jamlikhet) = (e, f, g, h);
            (r.jamstalldhet, r.implementering_diskuterad, r.avvikelse_malgrupp_metod) = (i, j, k);
            (r.i_fas, r.prognos, r.kansli_i_fas) = (i_fas, prognos, kansli_i_fas);
        });
        (given.facts.kvartalsrapporter[0].clone(), late)
    })
}

type Row<T> = (usize, T);

/// Rows of an insats, by its number, and quarter.
fn by_quarter<T: Debug>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<(Row<Kvartal>, T)>> {
    btree_map((0usize..5, quarter()), of, 0..12).prop_map(|rows| rows.into_iter().collect())
}

/// A förbund with one to five insatser.
pub fn facts() -> impl Strategy<Value = Facts> {
    let kinds = prop::sample::subsequence(vec!["budget", "malgrupp_metod", "mal", "tid"], 1..=4);
    let decision = option::of((one(Beslut::ALL), 0i64..200));
    let carry_over = option::of((0i64..99_999_999, 2024u16..=2026));
    let deviation = (0usize..5, day(), kinds, carry_over, decision);
    let money = || -1_000_000i64..100_000_000;
    (
        vec(insats(), 1..=5),
        vec((0usize..5, deltagande()), 0..30),
        by_quarter(0i64..100_000_000),
        by_quarter((money(), -20i64..120)),
        by_quarter(report()),
        vec(deviation, 0..6),
        by_quarter(Just(())),
    )
        .prop_map(|(insatser, deltagare, budget, claims, reports, deviations, outcomes)| {
            let number = insatser.len();
            let mut all = forbund().facts;
            for (nr, insats) in insatser.iter().enumerate() {
                let mut one = with_insats(Given { facts: all }, nr, insats);
                let own = |of: usize| of % number == nr && of < number;
                for (_, del) in deltagare.iter().filter(|row| row.0 % number == nr) {
                    one = one.deltagande(del.clone());
                }
                for ((_, quarter), ore) in budget.iter().filter(|row| own(row.0.0)) {
                    one = one.budget(&quarter.to_string(), &Belopp::from_ore(*ore).write());
                }
                for ((_, quarter), (ore, late)) in claims.iter().filter(|row| own(row.0.0)) {
                    let came_in = quarter.last().add_days(*late).to_string();
                    let kronor = Belopp::from_ore(*ore).write();
                    one = one.rekvisition_inkommen(&came_in, &quarter.to_string(), &kronor);
                }
                for ((_, quarter), (answers, late)) in reports.iter().filter(|row| own(row.0.0)) {
                    one = one.rapport(&quarter.to_string(), |r| {
                        let (insats_id, kvartal) = (r.insats_id.clone(), r.kvartal);
                        let inlamnad = r.inlamnad.add_days(*late);
                        *r = Kvartalsrapport { insats_id, kvartal, inlamnad, ..answers.clone() };
                    });
                }
                for (_, handed_in, kinds, carry_over, decision) in deviations.iter().filter(|row| own(row.0)) {
                    one = one.avvikelse(&handed_in.to_string(), &kinds.join("|"), |a| {
                        a.overforing_kr = carry_over.map(|(ore, _)| Belopp::from_ore(ore));
                        a.overforing_till_ar = carry_over.map(|(_, year)| year);
                        a.beslut = decision.map(|(decision, _)| decision);
                        a.beslutad = decision.map(|(_, days)| handed_in.add_days(days));
                    });
                }
                for ((_, quarter), ()) in outcomes.iter().filter(|row| own(row.0.0)) {
                    one = one.malutfall(&quarter.to_string());
                }
                all = one.facts;
            }
            all
        })
        .prop_flat_map(|facts| {
            let insatser = Just(facts.insatser.clone()).prop_shuffle();
            (Just(facts), insatser).prop_map(|(facts, insatser)| Facts { insatser, ..facts })
        })
}

/// The same facts, where some insatser (by their place) hand in counts for every month to the end of 2027 in place of
/// single inskrivningar. Anonymous ones stay. `facts` are those known.
pub fn as_counts(facts: &Facts, counted: impl Fn(usize) -> bool) -> Facts {
    let mut new = facts.clone();
    for (nr, insats) in facts.insatser.iter().enumerate().filter(|(nr, _)| counted(*nr)) {
        let own = |d: &&Deltagande| d.insats_id == insats.insats_id && !d.anonym && d.makulerad.is_none();
        let rows: Vec<&Deltagande> = facts.deltagare.iter().filter(own).collect();
        new.deltagare.retain(|d| !own(&d));
        let Some(first) = rows.iter().filter_map(|d| Manad::of(d.inskriven)).min() else { continue };
        for manad in first.to(of("2027-12")) {
            let insats_id = || facts.insatser[nr].insats_id.clone();
            let inside = |day: Datum| manad.first() <= day && day <= manad.last();
            for &kon in Kon::ALL {
                let of_sex = || rows.iter().filter(move |d| d.kon == Some(kon));
                let ongoing =
                    |d: &&&Deltagande| d.inskriven <= manad.last() && d.utskriven.is_none_or(|day| day > manad.last());
                new.manadsantal.push(Manadsantal {
                    insats_id: insats_id(),
                    manad,
                    kon,
                    inskrivna: of_sex().filter(|d| inside(d.inskriven)).count() as u32,
                    pagaende: of_sex().filter(ongoing).count() as u32,
                    inkommen: manad.last(),
                });
                for &avslutsorsak in Avslutsorsak::ALL {
                    let exited: Vec<&&Deltagande> = of_sex()
                        .filter(|d| d.utskriven.is_some_and(inside) && d.avslutsorsak == Some(avslutsorsak))
                        .collect();
                    let number = |is: fn(&Deltagande) -> bool| exited.iter().filter(|d| is(d)).count() as u32;
                    if exited.is_empty() {
                        continue;
                    }
                    new.avslutsantal.push(Avslutsantal {
                        insats_id: insats_id(),
                        manad,
                        kon,
                        avslutsorsak,
                        utskrivna: number(|_| true),
                        till_arbete_studier: number(|d| d.arbete_omfattning.is_some() || d.studerar == Some(true)),
                        med_plan: number(|d| d.plan_vid_avslut == Some(true)),
                        inkommen: manad.last(),
                    });
                }
            }
        }
    }
    new
}
