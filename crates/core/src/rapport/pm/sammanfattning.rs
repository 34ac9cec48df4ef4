//! The PM's first two sections and its last: summary, sources, reflections.

use crate::calc::rader::belongs;
use crate::rapport::skrivare::{Skrivare, listed, sentences};
use samsyn_document::{Block, Inline, Section, Text, Value, format};

pub(super) fn inledning(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("sammanfattning", "Sammanfattning");
    let period = format::halvar(pm.rakning.period);
    section.blocks.extend(too_early(pm));
    let first = if pm.antal("nyckeltal", "insatser", "antal") == 0 {
        pm.text("Ingen insats som förbundet finansierar har varit i gång under {0}.", &[&period])
    } else {
        let mut first = pm.text(
            "Under {0} har {ord nyckeltal/insatser/antal} {välj nyckeltal/insatser/antal insats|insatser} som \
             förbundet finansierar varit i gång: ",
            &[&period],
        );
        first.extend(by_typ(pm));
        first.push(Inline::Text(".".to_owned()));
        first
    };
    section.blocks.push(Block::Paragraph(first));
    section.blocks.push(Block::Paragraph(ended_and_waiting(pm)));
    section.blocks.extend(results(pm));
    section
}

/// What a reader must know when the facts were taken before the half-year had ended.
fn too_early(pm: &Skrivare<'_, '_>) -> Option<Block> {
    let (per, last) = (pm.rakning.underlag.per, pm.rakning.period.last());
    (per < last).then(|| {
        Block::Notice(pm.text("Halvåret var inte slut den {0}. Siffrorna är preliminära.", &[&format::long_date(per)]))
    })
}

/// "sju individinsatser och fyra strukturinsatser", with the kinds that there are.
fn by_typ(pm: &Skrivare<'_, '_>) -> Text {
    let kinds = [
        ("individinsatser", "individinsats"),
        ("strukturinsatser", "strukturinsats"),
        ("kompetensinsatser", "kompetensinsats"),
    ];
    let present = kinds.into_iter().filter(|(rad, _)| pm.antal("nyckeltal", rad, "antal") > 0);
    listed(present.map(|(rad, one)| {
        let template = format!("{{ord nyckeltal/{rad}/antal}} {{välj nyckeltal/{rad}/antal {one}|{rad}}}");
        pm.text(&template, &[])
    }))
}

fn ended_and_waiting(pm: &Skrivare<'_, '_>) -> Text {
    let rader = &pm.rakning.rader;
    let names = |insatser: &[usize]| {
        let named = insatser.iter().map(|&insats| match pm.follows(insats) {
            Some(next) => format!("{}, som fortsätter som {}", pm.namn(insats), pm.insats(next).insats.namn),
            None => pm.namn(insats),
        });
        format::list(&named.collect::<Vec<_>>())
    };
    let mut text = if rader.avslutade.is_empty() {
        pm.text("Ingen insats har avslutats under halvåret.", &[])
    } else {
        pm.text(
            "{Ord nyckeltal/avslutade_insatser/antal} {välj nyckeltal/avslutade_insatser/antal insats|insatser} har \
             avslutats under halvåret: {0}.",
            &[&names(&rader.avslutade)],
        )
    };
    if !rader.ej_startade.is_empty() {
        text.extend(pm.text(
            " Därutöver är {ord nyckeltal/ej_startade_insatser/antal} {välj nyckeltal/ej_startade_insatser/antal \
             insats beviljad|insatser beviljade} men inte i gång vid halvårets slut: {0}.",
            &[&names(&rader.ej_startade)],
        ));
    }
    text
}

/// The half-year's results in a few sentences; left out where there is nothing to tell.
pub(in crate::rapport) fn results(pm: &Skrivare<'_, '_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if pm.any("nyckeltal", "deltagit", "antal") {
        let mut told = vec![super::deltagare::in_and_out(pm)];
        if pm.shows("nyckeltal", "till_arbete_studier", "andel") {
            told.push(pm.text(
                "Av dem som avslutats av annat skäl än att insatsen själv upphört har \
                 {nyckeltal/till_arbete_studier/andel} gått till arbete eller studier.",
                &[],
            ));
        }
        let text = sentences(told);
        blocks.extend((!text.is_empty()).then_some(Block::Paragraph(text)));
    }
    if pm.value("4", "summa", "forbrukningskvot") != Value::Missing {
        blocks.push(pm.paragraph(
            "Insatserna har sedan den 1 januari använt {4/summa/ack_utfall_tkr} av {4/summa/ack_budget_tkr} i budget, en \
             förbrukningskvot på {4/summa/forbrukningskvot}.",
            &[],
        ));
    }
    blocks
}

pub(super) fn bakgrund(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("bakgrund", "Bakgrund");
    let period = pm.rakning.period;
    let per = format::long_date(pm.rakning.underlag.per);
    section.blocks.push(pm.paragraph(
        "Underlaget är det som var känt den {0}: styrelsens beslut om insatser, budget, rekvisitioner, styrgruppernas \
         kvartalsrapporter, avvikelser och uppgifter om deltagare. Uppgifter som kommit in senare är inte med.",
        &[&per],
    ));
    section.blocks.push(pm.paragraph(
        "Svar, vakanser, avvikelser och kvalitetsfrågor gäller {0}. Pengar redovisas för halvåret och sammanlagt från \
         den 1 januari. Deltagare räknas från den 1 januari till och med den {1} {2}.",
        &[&format::halvar(period), super::sista_dagen(period), &period.year().to_string()],
    ));
    section.blocks.push(pm.paragraph(
        "Det som räknas är inskrivningar: en person som deltar i två insatser räknas en gång i vardera. Arbetsnära \
         insatser siktar på arbete eller studier direkt efter insatsen, förrehabiliterande insatser på att deltagaren \
         kommer närmare arbetsmarknaden.",
        &[],
    ));
    if let Some(smatal) = pm.rakning.smatal() {
        let limit = format::in_words(i64::from(smatal.threshold()), false);
        // A notice: it stands also where the kansli has written over the section.
        section.blocks.push(Block::Notice(pm.text(
            "Antal personer som är färre än {0} visas inte, och inte heller de tal som skulle avslöja dem. Meningar som \
             bygger på sådana tal är utelämnade.",
            &[&limit],
        )));
    }
    let missing = missing_reports(pm);
    if !missing.is_empty() {
        section.blocks.push(Block::Notice(pm.text(
            "Kvartalsrapporter saknas: {0}. Svaren nedan bygger på de rapporter som kommit in.",
            &[&format::list(&missing)],
        )));
    }
    section
}

/// Quarters of insatser that belong to the half-year for which no report is known.
fn missing_reports(pm: &Skrivare<'_, '_>) -> Vec<String> {
    let (rakning, mut missing) = (pm.rakning, Vec::new());
    // One that another has taken over has no row, and owes its reports still.
    let shown = &rakning.rader.tabell_2;
    let taken_over = (0..rakning.underlag.insatser.len())
        .filter(|&insats| !shown.contains(&insats) && belongs(rakning.underlag, insats, rakning.period));
    for insats in shown.iter().copied().chain(taken_over) {
        let of = pm.insats(insats);
        for quarter in pm.rakning.period.quarters() {
            if of.saknar_rapport(quarter) {
                missing.push(format!("{} kvartal {}", pm.namn(insats), quarter.number()));
            }
        }
    }
    missing
}

pub(super) fn reflektioner(pm: &Skrivare<'_, '_>) -> Section {
    let mut section = Section::new("reflektioner", "Sammanfattning och reflektioner");
    if pm.antal("svar", "i_fas", "antal") > 0 {
        section.blocks.push(Block::Paragraph(phases(pm)));
    }
    if pm.shows("nyckeltal", "till_arbete_studier", "andel") {
        let told = [
            "Av dem som avslutats av annat skäl än att insatsen själv upphört har {nyckeltal/till_arbete_studier/andel} \
             gått till arbete eller studier.",
            "Räknas även de som aktivt söker arbete är andelen \
             {nyckeltal/till_arbete_studier_eller_arbetssokande/andel}.",
        ];
        // Counts by month do not tell who seeks work.
        let seekers = pm.value("nyckeltal", "till_arbete_studier_eller_arbetssokande", "andel") != Value::Missing;
        let told = told.into_iter().take(if seekers { 2 } else { 1 });
        section.blocks.push(Block::Paragraph(sentences(told.map(|template| pm.if_shown(template, &[])))));
    }
    section.blocks.push(Block::Paragraph(vec![Inline::Placeholder("kansliets reflektioner över halvåret".to_owned())]));
    section
}

/// How the insatser that have answered stand with their goals, and what their lights say.
pub(in crate::rapport) fn phases(pm: &Skrivare<'_, '_>) -> Text {
    let answered = pm.antal("svar", "trafikljus", "antal");
    if pm.antal("svar", "trafikljus", "grön") == answered {
        return match answered {
            1 => pm.text("Den insats som har svarat ligger i fas med sina mål och har läget grönt.", &[]),
            _ => pm.text(
                "Alla {ord svar/trafikljus/antal} insatser som har svarat ligger i fas med sina mål och har läget grönt.",
                &[],
            ),
        };
    }
    let mut text =
        pm.text("{Ord svar/trafikljus/antal} {välj svar/trafikljus/antal insats|insatser} har svarat. Läget är ", &[]);
    text.extend(pm.lights());
    text.push(Inline::Text(".".to_owned()));
    text
}
