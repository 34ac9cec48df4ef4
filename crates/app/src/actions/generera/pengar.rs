//! Money: budget per quarter with what was carried over, and requisitions.

use super::insatser::Planned;
use super::slump::Strom;
use super::{LAST_YEAR, Ram, ends, quarters, snapshot};
use samsyn_core::avvikelse::{Avvikelse, Beslut};
use samsyn_core::budget::Budget;
use samsyn_core::rekvisition::Rekvisition;
use samsyn_document::{Belopp, Kvartal};

/// Every quarter of an insats's period within the years: by the months that it runs, a little more each
/// year, and in the first quarter what was carried over from the year before.
pub fn budget(ram: Ram, planned: &[Planned], avvikelser: &[Avvikelse]) -> Vec<Budget> {
    let mut slump = ram.slump(Strom::Budget);
    let mut rows = Vec::new();
    for planned in planned {
        let rise = slump.days(0..=3);
        for kvartal in quarters(planned.start.max(ram.begins()), planned.slut.min(ends())) {
            let months = (0..3).filter(|month| {
                let first = kvartal.first().add_months(*month);
                planned.start <= first && first <= planned.slut
            });
            let years = i64::from(kvartal.year() - ram.first_year());
            let whole = planned.per_quarter * (100 + rise * years) / 100;
            let kronor = whole * months.count() as i64 / 3 / 500 * 500;
            let carried: i64 = avvikelser
                .iter()
                .filter(|row| row.insats_id == planned.insats.insats_id && row.beslut == Some(Beslut::Bifall))
                .filter(|row| row.overforing_till_ar == Some(kvartal.year()) && kvartal.number() == 1)
                .filter_map(|row| row.overforing_kr)
                .map(Belopp::kronor)
                .sum();
            let belopp_kr = Belopp::from_kronor(kronor + carried);
            rows.push(Budget { insats_id: planned.insats.insats_id.clone(), kvartal, belopp_kr });
        }
    }
    rows
}

/// One for each budget: most a little under it, a few over, some with öre, some late.
pub fn rekvisitioner(ram: Ram, budget: &[Budget]) -> Vec<Rekvisition> {
    let mut slump = ram.slump(Strom::Rekvisitioner);
    let claim = |row: &Budget| {
        let share = match slump.number(0..=99) {
            0..=2 => slump.days(1_005..=1_120),
            3..=14 => slump.days(450..=799),
            _ => slump.days(800..=1_000),
        };
        let ore = row.belopp_kr.ore() / 1_000 * share;
        let whole = slump.percent(70);
        Rekvisition {
            insats_id: row.insats_id.clone(),
            kvartal: row.kvartal,
            belopp_kr: Belopp::from_ore(if whole { ore / 100 * 100 } else { ore }),
            inkommen: handed_in(&mut slump, row.kvartal),
        }
    };
    budget.iter().map(claim).collect()
}

/// The day on which what is due one month after the quarter comes in: most in time, one of ten late.
pub fn handed_in(slump: &mut super::Slump, kvartal: Kvartal) -> samsyn_document::Datum {
    let late = slump.percent(10);
    let days = if late { slump.days(1..=20) } else { -slump.days(0..=18) };
    let day = kvartal.due().add_days(days);
    debug_assert!(kvartal.year() <= LAST_YEAR);
    day.min(snapshot())
}
