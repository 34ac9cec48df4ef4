//! What styrgrupper hand in: answers for each quarter, and deviations with what was decided on them.

use super::insatser::Planned;
use super::slump::{Slump, Strom};
use super::{LAST_YEAR, Ram, ends, id, pengar, quarters, snapshot};
use samsyn_core::avvikelse::{Avvikelse, AvvikelseTyp, AvvikelseTyper, Beslut};
use samsyn_core::kvartalsrapport::{IFas, Kvartalsrapport, Prognos};
use samsyn_core::{Field, Id};
use samsyn_document::{Belopp, Kvartal};

/// What a deviation is about, and its text.
const KINDS: &[(u32, (&str, &str))] = &[
    (24, ("budget", "Kostnaderna blir lägre än beräknat efter en vakans.")),
    (12, ("budget", "Lokalen blev dyrare än beräknat.")),
    (10, ("budget|tid", "Starten har skjutits upp, och medel blir kvar.")),
    (16, ("malgrupp_metod", "Fler unga än väntat anvisas; arbetssättet anpassas.")),
    (8, ("malgrupp_metod|mal", "Gruppverksamheten har ersatts av enskilda möten.")),
    (14, ("mal", "Färre deltagare än planerat har börjat.")),
    (8, ("tid", "Upphandlingen av lokal drog ut på tiden.")),
];

/// Two to five a year, in the order handed in.
pub fn avvikelser(ram: Ram, planned: &[Planned]) -> Vec<Avvikelse> {
    let mut slump = ram.slump(Strom::Avvikelser);
    let mut rows: Vec<Avvikelse> = Vec::new();
    for year in ram.all_years() {
        for _ in 0..slump.number(2..=5) {
            let Some(kvartal) = Kvartal::new(year, slump.number(1..=4) as u8) else { continue };
            let own = slump.one(planned);
            if own.start > kvartal.first() || own.slut < kvartal.last() || deviates(&rows, own, kvartal) {
                continue;
            }
            rows.push(avvikelse(&mut slump, own, kvartal));
        }
    }
    rows.sort_by_key(|row| row.inlamnad);
    for (nr, row) in (1..).zip(&mut rows) {
        row.avvikelse_id = id(&format!("A{nr:03}"));
    }
    rows
}

/// Whether the insats has told of a deviation in the quarter already.
fn deviates(rows: &[Avvikelse], own: &Planned, kvartal: Kvartal) -> bool {
    rows.iter().any(|row| row.insats_id == own.insats.insats_id && Kvartal::of(row.inlamnad) == kvartal)
}

fn avvikelse(slump: &mut Slump, own: &Planned, kvartal: Kvartal) -> Avvikelse {
    let (typer, text) = slump.weighted(KINDS);
    let typer = AvvikelseTyper::parse(typer).expect("the kinds are in the list");
    let inlamnad = kvartal.first().add_days(slump.days(5..=85));
    // Unused funds are asked for at the end of the year, by insatser that go on.
    let goes_on = own.slut.year() > inlamnad.year() && kvartal.year() < LAST_YEAR;
    let asks = typer.include(AvvikelseTyp::Budget) && kvartal.number() >= 3 && goes_on;
    let amount = own.per_quarter * slump.days(20..=70) / 100 / 1_000 * 1_000;
    let decided = inlamnad.add_days(slump.days(9..=60));
    let beslut = (asks || slump.percent(75)).then(|| if slump.percent(85) { Beslut::Bifall } else { Beslut::Avslag });
    let beslut = beslut.filter(|_| decided <= snapshot());
    Avvikelse {
        avvikelse_id: id("A"),
        insats_id: own.insats.insats_id.clone(),
        inlamnad,
        typer,
        beskrivning: Some(text.to_owned()),
        overforing_kr: asks.then(|| Belopp::from_kronor(amount)),
        overforing_till_ar: asks.then(|| kvartal.year() + 1),
        beslutad: beslut.map(|_| decided),
        beslut,
    }
}

const REASONS: &[&str] = &[
    "Inflödet är lägre än vad styrgruppen räknar med.",
    "Målen följs inte upp så att läget går att bedöma.",
    "En vakans påverkar arbetet mer än vad svaret säger.",
    "Arbetet har kommit längre än vad svaret säger.",
];

const COMMENTS: &[&str] = &[
    "Samarbetet mellan parterna fungerar väl.",
    "Kön har blivit kortare sedan förra kvartalet.",
    "Två nya handläggare har börjat.",
    "Styrgruppen har gått igenom målen; inget ändras.",
];

/// One for each insats and quarter of the years in which it runs.
pub fn kvartalsrapporter(ram: Ram, planned: &[Planned], avvikelser: &[Avvikelse]) -> Vec<Kvartalsrapport> {
    let mut slump = ram.slump(Strom::Rapporter);
    let departs = |own: &Id, kvartal: Kvartal| {
        let mut told = avvikelser.iter().filter(|row| row.insats_id == *own && Kvartal::of(row.inlamnad) == kvartal);
        told.any(|row| row.typer.include(AvvikelseTyp::MalgruppMetod))
    };
    let mut rows = Vec::new();
    for planned in planned {
        let own = &planned.insats.insats_id;
        for kvartal in quarters(planned.start.max(ram.begins()), planned.slut.min(ends())) {
            rows.push(report(&mut slump, own, kvartal, departs(own, kvartal)));
        }
    }
    rows
}

fn report(slump: &mut Slump, insats: &Id, kvartal: Kvartal, departs: bool) -> Kvartalsrapport {
    let i_fas = slump.weighted(&[(55, IFas::Ja), (22, IFas::IStortSett), (16, IFas::Delvis), (7, IFas::Nej)]);
    let reached = if i_fas == IFas::Nej { 15 } else { 85 };
    let prognos = slump.weighted(&[(reached, Prognos::Nas), (100 - reached, Prognos::NasEj), (8, Prognos::EjUppgett)]);
    let kansli = slump.percent(8).then(|| *slump.one(IFas::ALL)).filter(|view| *view != i_fas);
    Kvartalsrapport {
        insats_id: insats.clone(),
        kvartal,
        inlamnad: pengar::handed_in(slump, kvartal),
        i_fas,
        prognos,
        vakans_sof: slump.percent(12),
        vakans_egen: slump.percent(9),
        styrgruppsmoten: slump.percent(92),
        ordinarie_representation: slump.percent(78),
        uppfoljning: slump.percent(90),
        kontroll_metod: slump.percent(95),
        kontroll_malgrupp: slump.percent(94),
        jamlikhet: slump.percent(82),
        jamstalldhet: slump.percent(85),
        implementering_diskuterad: slump.percent(60),
        avvikelse_malgrupp_metod: departs,
        kansli_i_fas: kansli,
        kansli_motiv: kansli.map(|_| (*slump.one(REASONS)).to_owned()),
        kommentar: slump.percent(15).then(|| (*slump.one(COMMENTS)).to_owned()),
    }
}
