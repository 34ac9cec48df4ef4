//! Key figures, cost per participant, expected participants, direction of spending, and last year.

use super::Figures;
use crate::calc::grupp::Grupp;
use crate::calc::matt::Matt;
use crate::calc::pengar::{Post, Span};
use crate::calc::source::{Lista, Source};
use crate::deltagande::Kon;
use crate::insats::{Inriktning, InsatsTyp};
use samsyn_document::{Period, Value};

pub(super) fn figures(to: &mut Figures<'_, '_>) {
    key_figures(to);
    cost(to);
    expected(to);
    direction(to);
    year_before(to);
}

fn all(matt: Matt) -> Source {
    Source::antal(Grupp::Visade, None, matt)
}

fn key_figures(to: &mut Figures<'_, '_>) {
    let insatser = |typ| Source::Insatser(Lista::Pagaende(typ));
    for (rad, source) in [
        ("insatser", insatser(None)),
        ("individinsatser", insatser(Some(InsatsTyp::Individ))),
        ("strukturinsatser", insatser(Some(InsatsTyp::Struktur))),
        ("kompetensinsatser", insatser(Some(InsatsTyp::Kompetens))),
        ("avslutade_insatser", Source::Insatser(Lista::Avslutade)),
        ("ej_startade_insatser", Source::Insatser(Lista::EjStartade)),
        ("avvikelser_budget", Source::BudgetAvvikelser),
        ("inskrivna", all(Matt::Inregistrerade)),
        ("anonyma", all(Matt::Anonyma)),
        ("avslutade", all(Matt::Avslutade)),
        ("deltagit", all(Matt::Deltagit)),
        ("avslutade_exkl_insatsens_avslut", all(Matt::Bas)),
        ("till_arbete_studier_eller_arbetssokande", all(Matt::BasArbeteStudierEllerSoker)),
        ("ovriga_avslut", all(Matt::BasOvriga)),
    ] {
        to.add("nyckeltal", rad, "antal", source);
    }
    for (rad, part) in [
        ("till_arbete_studier", Matt::BasTillArbeteStudier),
        ("till_arbete_studier_eller_arbetssokande", Matt::BasArbeteStudierEllerSoker),
    ] {
        to.add("nyckeltal", rad, "andel", Source::andel(all(part), all(Matt::Bas)));
    }
    for (rad, matt, kon) in [
        ("fortsatt_rehabilitering_K", Matt::FortsattRehabilitering, Kon::Kvinna),
        ("fortsatt_rehabilitering_M", Matt::FortsattRehabilitering, Kon::Man),
        ("sjukdom_K", Matt::Sjukdom, Kon::Kvinna),
        ("sjukdom_M", Matt::Sjukdom, Kon::Man),
    ] {
        to.add("nyckeltal", rad, "antal", Source::antal(Grupp::Visade, Some(kon), matt));
    }
}

/// Accumulated outcome in kronor ÷ deltagit, and ÷ till_arbete_studier; whole kronor, half up.
fn cost(to: &mut Figures<'_, '_>) {
    let mut rows: Vec<(String, Grupp)> =
        individ_chains(to, |to, kedja| to.rakning.rader.tabell_6.contains(&kedja) || spent(to, Grupp::Kedja(kedja)));
    rows.push(("arbetsnara".to_owned(), Grupp::Inriktning(Inriktning::Arbetsnara)));
    rows.push(("forrehabilitering".to_owned(), Grupp::Inriktning(Inriktning::Forrehabilitering)));
    rows.push(("summa".to_owned(), Grupp::Individ));
    for (rad, grupp) in rows {
        for (kolumn, matt) in
            [("per_deltagare_kr", Matt::Deltagit), ("per_till_arbete_studier_kr", Matt::TillArbeteStudier)]
        {
            let money = Source::Pengar(grupp, Post::Utfall, Span::Ackumulerat);
            let per = Source::PerStyck(Box::new(money), Box::new(Source::antal(grupp, None, matt)));
            to.add("kostnad", &rad, kolumn, per);
        }
    }
}

/// The chain's expected and actual number of participants; `andel` = faktiskt ÷ forvantat as printed.
fn expected(to: &mut Figures<'_, '_>) {
    let rows = individ_chains(to, |to, kedja| {
        to.rakning.rader.tabell_6.contains(&kedja)
            || matches!(Source::Forvantat(kedja).value(to.rakning), Value::Antal(number) if number > 0)
    });
    for (rad, grupp) in rows {
        let Grupp::Kedja(kedja) = grupp else { continue };
        let actual = Source::antal(grupp, None, Matt::Deltagit);
        to.add("forvantat", &rad, "forvantat", Source::Forvantat(kedja));
        to.add("forvantat", &rad, "faktiskt", actual.clone());
        to.add("forvantat", &rad, "andel", Source::andel(actual, Source::Forvantat(kedja)));
    }
}

/// Accumulated outcome by typ of insats, and its share of their sum.
fn direction(to: &mut Figures<'_, '_>) {
    let spent = |grupp| Source::Pengar(grupp, Post::Utfall, Span::Ackumulerat);
    for &typ in InsatsTyp::ALL {
        to.add("inriktning", typ.kod(), "ack_utfall_tkr", spent(Grupp::Typ(typ)));
        to.add("inriktning", typ.kod(), "andel", Source::andel(spent(Grupp::Typ(typ)), spent(Grupp::Alla)));
    }
    to.add("inriktning", "summa", "ack_utfall_tkr", spent(Grupp::Alla));
}

/// The same half of the year before: computed where that half-year is complete, else a historiskt tal.
fn year_before(to: &mut Figures<'_, '_>) {
    let Some(before) = to.rakning.period.year_before() else { return };
    let complete = to.rakning.year_before().is_some();
    // What is counted runs from 1 January: of a second half-year that is the whole year.
    let published = if before.number() == 1 { Period::Halvar(before) } else { Period::Ar(before.year()) };
    let counts = [
        ("inskrivna", "antal", all(Matt::Inregistrerade)),
        ("deltagit", "antal", all(Matt::Deltagit)),
        ("avslutade", "antal", all(Matt::Avslutade)),
        ("till_arbete_studier", "andel", Source::andel(all(Matt::BasTillArbeteStudier), all(Matt::Bas))),
    ];
    for (rad, kolumn, source) in counts {
        let historic = to
            .rakning
            .underlag
            .historiska_tal
            .iter()
            .position(|tal| tal.nyckeltal == rad && tal.period == published && tal.varde.is_some());
        match historic {
            _ if complete => to.add("fjolar", rad, kolumn, Source::Fjolar(Box::new(source))),
            Some(at) => to.add("fjolar", rad, kolumn, Source::Historiskt(at)),
            None => {}
        }
    }
    if let Some(then) = to.rakning.year_before() {
        let grupp = then.enskilda();
        let all = |matt| Source::antal(grupp, None, matt);
        for (rad, matt, _) in super::deltagare::MALGRUPP {
            let share = Source::andel(all(matt), all(Matt::Inregistrerade));
            to.add("fjolar-malgrupp", rad, "andel", Source::Fjolar(Box::new(share)));
        }
        for (rad, kon) in [("kvinnor", Kon::Kvinna), ("man", Kon::Man)] {
            let women_or_men = Source::antal(grupp, Some(kon), Matt::Inregistrerade);
            let share = Source::andel(women_or_men, all(Matt::Inregistrerade));
            to.add("fjolar-malgrupp", rad, "andel", Source::Fjolar(Box::new(share)));
        }
    }
}

/// The chains with typ individ that are to have a row, in the order of the tables.
fn individ_chains(to: &Figures<'_, '_>, shown: impl Fn(&Figures<'_, '_>, usize) -> bool) -> Vec<(String, Grupp)> {
    let underlag = to.rakning.underlag;
    (0..underlag.kedjor.len())
        .filter(|&kedja| underlag.forsta(kedja).typ == InsatsTyp::Individ && shown(to, kedja))
        .map(|kedja| (to.kedja_id(kedja), Grupp::Kedja(kedja)))
        .collect()
}

fn spent(to: &Figures<'_, '_>, grupp: Grupp) -> bool {
    let sum = crate::calc::pengar::of_group(to.rakning, grupp, Post::Utfall, Span::Ackumulerat);
    sum != samsyn_document::Belopp::NOLL
}
