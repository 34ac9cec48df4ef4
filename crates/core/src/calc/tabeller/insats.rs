//! Figures that follow one insats: the year's budget, and money and participants per quarter.

use super::Figures;
use crate::calc::grupp::Grupp;
use crate::calc::matt::Matt;
use crate::calc::pengar::{Post, Span};
use crate::calc::source::Source;
use crate::underlag::InsatsNr;
use samsyn_document::Kvartal;

/// The tables that these figures stand in.
pub(super) const TABELLER: [&str; 2] = ["insats", "kvartal"];

/// The budget of the whole year, and how much of it is used.
pub(super) fn budget(to: &mut Figures<'_, '_>, insats: InsatsNr) {
    let rad = to.insats_id(insats);
    let of = |post, span| Source::Pengar(Grupp::Insats(insats), post, span);
    to.add("insats", &rad, "arsbudget_tkr", of(Post::Budget, Span::Helar));
    let used = Source::andel(of(Post::Utfall, Span::Ackumulerat), of(Post::Budget, Span::Helar));
    to.add("insats", &rad, "andel_av_arsbudget", used);
}

/// What happened quarter by quarter.
pub(super) fn quarterly(to: &mut Figures<'_, '_>, insats: InsatsNr) {
    let rad = to.insats_id(insats);
    let of = |post, span| Source::Pengar(Grupp::Insats(insats), post, span);
    let kedja = to.rakning.underlag.insatser[insats].kedja;
    for kvartal in quarters(to, insats) {
        let mut add = |name: &str, source| to.add("kvartal", &rad, format!("{name}_{kvartal}"), source);
        add("utfall_tkr", of(Post::Utfall, Span::Kvartal(kvartal)));
        add("budget_tkr", of(Post::Budget, Span::Kvartal(kvartal)));
        add("inregistrerade", Source::Kvartal(kedja, kvartal, Matt::Inregistrerade));
        add("avslutade", Source::Kvartal(kedja, kvartal, Matt::Avslutade));
        add("till_arbete_studier", Source::Kvartal(kedja, kvartal, Matt::TillArbeteStudier));
        add("pagaende", Source::Kvartal(kedja, kvartal, Matt::Pagaende));
    }
}

/// The quarters that have anything to tell, up to the half-year's last: from the first with money, a report, an
/// enrolment or counts, no more than three years back.
fn quarters(to: &Figures<'_, '_>, insats: InsatsNr) -> Vec<Kvartal> {
    let underlag = to.rakning.underlag;
    let of = &underlag.insatser[insats];
    let enrolled = underlag.deltaganden.iter().filter(|d| underlag.insats_of(d).kedja == of.kedja);
    let told = of.budget.iter().map(|row| row.kvartal);
    let told = told.chain(of.rekvisitioner.iter().map(|row| row.kvartal));
    let told = told.chain(of.rapporter.iter().map(|row| row.kvartal));
    let links = underlag.kedjor[of.kedja].lankar.iter().flat_map(|&link| &underlag.insatser[link].manadsantal);
    let told = told.chain(links.map(|row| Kvartal::of(row.manad.first())));
    let first = told.chain(enrolled.map(|d| Kvartal::of(d.inskriven))).min();
    let Some(first) = first else { return Vec::new() };
    let last = to.rakning.period.quarters()[1];
    let back = Kvartal::new(last.year().saturating_sub(2), 1).unwrap_or(first);
    std::iter::successors(Some(first.max(back)), |quarter| Some(quarter.next()))
        .take_while(|quarter| *quarter <= last)
        .collect()
}
