//! Tables 1–5: insatser, goals, conditions, money and quality.

use super::Figures;
use crate::calc::grupp::Grupp;
use crate::calc::pengar::{Post, Span};
use crate::calc::source::{Lista, Source, Uppgift};
use crate::calc::svar::Fraga;

pub(super) fn figures(to: &mut Figures<'_, '_>) {
    let rader = to.rakning.rader.clone();
    for &insats in &rader.tabell_1 {
        let rad = to.insats_id(insats);
        to.add("1", &rad, "typ", Source::Insats(insats, Uppgift::Typ));
        to.add("1", &rad, "start", Source::Insats(insats, Uppgift::Start));
        to.add("1", &rad, "slut", Source::Insats(insats, Uppgift::Slut));
    }
    answers(to, "2", &rader.tabell_2, &Fraga::TABELL_2);
    answers(to, "3", &rader.tabell_1, &Fraga::TABELL_3);
    for &insats in &rader.tabell_4 {
        let rad = to.insats_id(insats);
        money(to, &rad, Grupp::Insats(insats));
    }
    money(to, "summa", Grupp::MedBudget);
    goals(to);
    answers(to, "5", &rader.tabell_2, &Fraga::TABELL_5);
    for fraga in Fraga::TABELL_2.iter().chain(&Fraga::TABELL_3).chain(&Fraga::TABELL_5) {
        let codes: &[&'static str] = match fraga {
            Fraga::IFas => crate::kvartalsrapport::IFas::CODES,
            Fraga::Prognos => crate::kvartalsrapport::Prognos::CODES,
            Fraga::Trafikljus => &["grön", "gul", "röd"],
            Fraga::Uppfoljning => &["ja", "delvis", "nej"],
            _ => &["ja", "nej"],
        };
        for kod in codes {
            to.add("svar", fraga.kolumn(), *kod, Source::Insatser(Lista::MedSvar(*fraga, kod)));
        }
        to.add("svar", fraga.kolumn(), "antal", Source::Insatser(Lista::HarSvarat(*fraga)));
    }
}

fn answers(to: &mut Figures<'_, '_>, tabell: &str, insatser: &[usize], questions: &[Fraga]) {
    for &insats in insatser {
        let rad = to.insats_id(insats);
        for &fraga in questions {
            to.add(tabell, &rad, fraga.kolumn(), Source::Svar(insats, fraga));
        }
    }
}

/// Table 4: money of the half-year, and accumulated from 1 January. Förbrukningskvot is accumulated
/// outcome ÷ accumulated budget; over 100 % is legal.
fn money(to: &mut Figures<'_, '_>, rad: &str, grupp: Grupp) {
    let of = |post, span| Source::Pengar(grupp, post, span);
    to.add("4", rad, "utfall_tkr", of(Post::Utfall, Span::Halvar));
    to.add("4", rad, "budget_tkr", of(Post::Budget, Span::Halvar));
    to.add("4", rad, "ack_utfall_tkr", of(Post::Utfall, Span::Ackumulerat));
    to.add("4", rad, "ack_budget_tkr", of(Post::Budget, Span::Ackumulerat));
    let ratio = Source::andel(of(Post::Utfall, Span::Ackumulerat), of(Post::Budget, Span::Ackumulerat));
    to.add("4", rad, "forbrukningskvot", ratio);
    to.add("4", rad, "overfort_till_nasta_ar_tkr", Source::Overfort(grupp));
}

/// Targets and outcomes of goals, up to the half-year's end, and what avvikelser of the half-year ask to
/// carry over.
fn goals(to: &mut Figures<'_, '_>) {
    let (underlag, period) = (to.rakning.underlag, to.rakning.period);
    for (insats, of) in underlag.insatser.iter().enumerate() {
        let rad = to.insats_id(insats);
        for (at, mal) in of.mal.iter().enumerate() {
            to.add("mal", &rad, format!("mal_{}_maltal", mal.mal_nr), Source::Maltal(insats, at));
        }
        for (at, utfall) in of.malutfall.iter().enumerate().filter(|(_, u)| u.kvartal.last() <= period.last()) {
            let kolumn = format!("mal_{}_utfall_{}", utfall.mal_nr, utfall.kvartal);
            to.add("mal", &rad, kolumn, Source::Malutfall(insats, at));
        }
        for (at, avvikelse) in of.avvikelser.iter().enumerate() {
            let in_period = (period.first()..=period.last()).contains(&avvikelse.inlamnad);
            if in_period && avvikelse.overforing_kr.is_some() {
                let id = avvikelse.avvikelse_id.to_string();
                to.add("avvikelse", &id, "overforing_kr", Source::BegardOverforing(insats, at));
            }
        }
    }
}
