//! The facts behind a source, listed when someone asks.

use super::{Forsorjningstal, Source, Uppgift, ekonomi, forsorjning, prognos, spann, summa, verksamhet};
use crate::Fact;
use crate::calc::antal::Rad;
use crate::calc::figure::{FactGroup, FactRef};
use crate::calc::forsorjning::Tal;
use crate::calc::grupp::Grupp;
use crate::calc::kontekst::Rakning;
use crate::calc::matt::Matt;
use crate::calc::pengar::{self, Post, Span};
use crate::calc::svar::{self, Fraga};
use crate::deltagande::Kon;
use crate::underlag::{DeltagandeRad, InsatsUnderlag, Underlag};
use samsyn_document::{Datum, Value, format};

pub(super) fn groups(source: &Source, rakning: &Rakning<'_>) -> Vec<FactGroup> {
    if source.is_withheld(rakning) {
        return Vec::new();
    }
    let each_counts_one = matches!(
        source,
        Source::Insatser(_) | Source::BudgetAvvikelser | Source::Forsorjning(_, Forsorjningstal::Antal(_))
    );
    let one = |heading: &str, facts: Vec<FactRef>| {
        vec![FactGroup { heading: heading.to_owned(), value: source.value(rakning), each_counts_one, facts }]
    };
    let insatser = &rakning.underlag.insatser;
    match source {
        Source::Insats(insats, Uppgift::Typ) => one("Insats", vec![insats_fact(&insatser[*insats])]),
        Source::Insats(insats, _) => one("Beslut om period", period_facts(&insatser[*insats])),
        Source::Svar(insats, fraga) => one("Svar", answers(&insatser[*insats], *fraga, rakning)),
        Source::Insatser(lista) => {
            one("Insatser", lista.insatser(rakning).into_iter().map(|i| insats_fact(&insatser[i])).collect())
        }
        Source::Deltaganden(grupp, kon, matt) => {
            people(source, rakning, (*grupp, *kon, *matt), (rakning.period.year_start(), rakning.period.last()))
        }
        Source::Kvartal(kedja, kvartal, matt) => {
            people(source, rakning, (Grupp::Kedja(*kedja), None, *matt), (kvartal.first(), kvartal.last()))
        }
        Source::Manader(grupp, kon, from, to, matt) => {
            people(source, rakning, (*grupp, *kon, *matt), (from.first(), to.last()))
        }
        Source::Pengar(grupp, post, span) => one(
            match post {
                Post::Utfall => "Rekvisitioner",
                Post::Budget => "Budget",
            },
            money(rakning, *grupp, *post, *span),
        ),
        Source::Overfort(grupp) => {
            let granted = pengar::insatser(rakning, *grupp)
                .flat_map(|i| pengar::carried_over(&rakning.underlag.insatser[i], rakning.period));
            one("Avvikelser", granted.map(avvikelse_fact).collect())
        }
        Source::BegardOverforing(insats, at) => {
            one("Avvikelse", insatser[*insats].avvikelser.get(*at).map(avvikelse_fact).into_iter().collect())
        }
        Source::Maltal(insats, at) => {
            let said = |mal: &crate::mal::Mal| fact(mal, mal.mal.clone());
            one("Mål", insatser[*insats].mal.get(*at).map(said).into_iter().collect())
        }
        Source::Malutfall(insats, at) => {
            let said = |utfall: &crate::malutfall::Malutfall| {
                let value = utfall.utfall.map_or_else(|| "inget tal".to_owned(), |value| value.to_string());
                let comment = utfall.kommentar.as_ref().map_or_else(String::new, |comment| format!(", {comment}"));
                fact(utfall, format!("{value}{comment}"))
            };
            one("Utfall", insatser[*insats].malutfall.get(*at).map(said).into_iter().collect())
        }
        Source::Forvantat(kedja) | Source::ForvantatManader(kedja, ..) => {
            let links = rakning.underlag.kedjor[*kedja].lankar.iter();
            one("Insatser", links.map(|&i| expected_fact(&insatser[i])).collect())
        }
        Source::Andel(part, base) => {
            labelled("Täljare", part, rakning).into_iter().chain(labelled("Bas", base, rakning)).collect()
        }
        Source::PerStyck(money, number) => {
            labelled("Belopp", money, rakning).into_iter().chain(labelled("Antal", number, rakning)).collect()
        }
        Source::BudgetAvvikelser => {
            let found = insatser.iter().flat_map(|insats| svar::budget_deviations(insats, rakning.period));
            one("Avvikelser", found.map(avvikelse_fact).collect())
        }
        Source::Fjolar(source) => rakning.year_before().map_or_else(Vec::new, |before| groups(source, before)),
        Source::Avgift(ar, who, what) => parts(ekonomi::fee_facts(&rakning.underlag.ekonomi, *ar, *who, *what)),
        Source::Plan(of) => parts(of.facts(&rakning.underlag.ekonomi)),
        Source::Prognos(ar, insats) => parts(prognos::facts(rakning.underlag, *ar, *insats)),
        Source::Forsorjning(grupp, Forsorjningstal::Aterbetalning(antagande)) => {
            let cost = Source::Pengar(*grupp, Post::Utfall, Span::Ackumulerat);
            let saved = Source::Forsorjning(*grupp, Forsorjningstal::Minskning(*antagande));
            labelled("Kostnad", &cost, rakning).into_iter().chain(labelled("Minskning", &saved, rakning)).collect()
        }
        Source::Forsorjning(grupp, what @ Forsorjningstal::Antal(Tal::Okant)) => {
            let single = forsorjning::facts(rakning, *grupp, *what);
            let days = (rakning.period.year_start(), rakning.period.last());
            with_months(source, rakning, single, (*grupp, None, Matt::TillArbeteStudier), days)
        }
        Source::Forsorjning(grupp, what) => one("Inskrivningar", forsorjning::facts(rakning, *grupp, *what)),
        Source::Resultatmal(at) => {
            let said = |mal: &crate::verksamhetsmal::Verksamhetsmal| fact(mal, mal.resultatmal.clone());
            one("Resultatmål", rakning.underlag.verksamhetsmal.get(*at).map(said).into_iter().collect())
        }
        Source::Aktiviteter(typ, _) => one("Aktiviteter", verksamhet::facts(rakning, typ.as_deref())),
        Source::Bok(of) => {
            let (heading, facts) = of.facts(rakning.underlag);
            one(&heading, facts)
        }
        Source::Summa(_) | Source::Over(..) | Source::Skillnad(..) => summa::facts(source, rakning),
        Source::Tkr(of) | Source::Omvand(of) => groups(of, rakning),
        Source::Historiskt(at) => one(
            "Historiskt tal",
            rakning
                .underlag
                .historiska_tal
                .get(*at)
                .map(|tal| {
                    let value = tal.varde.map_or_else(|| format::MISSING.to_owned(), |value| value.to_string());
                    fact(tal, format!("{value}. Källa: {}", tal.kalla))
                })
                .into_iter()
                .collect(),
        ),
    }
}

/// Groups of the förbund's own economy: a heading, what it amounts to, and the facts.
fn parts(all: Vec<(String, Value, Vec<FactRef>)>) -> Vec<FactGroup> {
    let group = |(heading, value, facts)| FactGroup { heading, value, each_counts_one: false, facts };
    all.into_iter().map(group).collect()
}

fn labelled(label: &str, source: &Source, rakning: &Rakning<'_>) -> Vec<FactGroup> {
    let mut groups = groups(source, rakning);
    groups.iter_mut().for_each(|group| group.heading = format!("{label}, {}", group.heading.to_lowercase()));
    groups
}

pub(super) fn fact<F: Fact>(of: &F, text: String) -> FactRef {
    FactRef { noun: F::RESOURCE, key: of.key(), text }
}

fn insats_fact(insats: &InsatsUnderlag) -> FactRef {
    let of = &insats.insats;
    let period = insats.period().map_or_else(String::new, |p| format!(", {}–{}", p.start, p.slut));
    fact(of, format!("{}, {}{period}", of.namn, of.typ.text().to_lowercase()))
}

fn expected_fact(insats: &InsatsUnderlag) -> FactRef {
    let number =
        insats.insats.forvantat_antal_per_ar.map_or_else(|| "inget antal".to_owned(), |n| format!("{n} per år"));
    let of = insats_fact(insats);
    FactRef { text: format!("{}, förväntat: {number}", of.text), ..of }
}

fn period_facts(insats: &InsatsUnderlag) -> Vec<FactRef> {
    let said = |p: &crate::insatsperiod::Insatsperiod| fact(p, format!("{}–{}", p.start, p.slut));
    insats.perioder.iter().map(said).collect()
}

fn avvikelse_fact(avvikelse: &crate::avvikelse::Avvikelse) -> FactRef {
    let mut text = format!(
        "inlämnad {}, gäller {}",
        avvikelse.inlamnad,
        avvikelse.typer.all().iter().map(|typ| typ.text()).collect::<Vec<_>>().join(" och ")
    );
    if let (Some(amount), Some(year)) = (avvikelse.overforing_kr, avvikelse.overforing_till_ar) {
        text += &format!(", överföring av {} kr till {year}", format::number(amount.kronor()));
    }
    if let Some(decision) = avvikelse.beslut {
        text += &format!(", {}", decision.text().to_lowercase());
        text += &avvikelse.beslutad.map_or_else(String::new, |day| format!(" {day}"));
    }
    fact(avvikelse, text)
}

fn answers(insats: &InsatsUnderlag, fraga: Fraga, rakning: &Rakning<'_>) -> Vec<FactRef> {
    if fraga == Fraga::AvvikelseBudget {
        return svar::budget_deviations(insats, rakning.period).map(avvikelse_fact).collect();
    }
    let set = insats.ljusval(rakning.period).filter(|_| fraga == Fraga::Trafikljus);
    let set = set.map(|set| fact(set, format!("{}: kansliet har satt {}", set.halvar, set.ljus.word())));
    svar::reports(insats, rakning.period)
        .map(|report| {
            let only_this = InsatsUnderlag { rapporter: vec![report.clone()], ..insats.clone() };
            let said = match fraga {
                Fraga::Trafikljus => format!(
                    "i fas {}, prognos {}",
                    svar::i_fas(report).text().to_lowercase(),
                    report.prognos.text().to_lowercase()
                ),
                _ => format::value(&fraga.answer(&only_this, rakning.period)).to_lowercase(),
            };
            let mut text = format!("{said}, inlämnad {}", report.inlamnad);
            if let (Fraga::IFas | Fraga::Trafikljus, Some(view)) = (fraga, report.kansli_i_fas) {
                text += &format!(
                    " (kansliets bedömning {}, styrgruppens {})",
                    view.text().to_lowercase(),
                    report.i_fas.text().to_lowercase()
                );
            }
            fact(report, text)
        })
        .chain(set)
        .collect()
}

fn money(rakning: &Rakning<'_>, grupp: Grupp, post: Post, span: Span) -> Vec<FactRef> {
    let kronor = |amount: samsyn_document::Belopp| format!("{} kr", format::kronor(amount));
    let of = |i: usize| {
        let insats = &rakning.underlag.insatser[i];
        let has = |quarter| span.has(rakning.period, quarter);
        match post {
            Post::Utfall => insats
                .rekvisitioner
                .iter()
                .filter(|r| has(r.kvartal))
                .map(|r| fact(r, format!("{}, inkommen {}", kronor(r.belopp_kr), r.inkommen)))
                .collect::<Vec<_>>(),
            Post::Budget => {
                insats.budget.iter().filter(|r| has(r.kvartal)).map(|r| fact(r, kronor(r.belopp_kr))).collect()
            }
        }
    };
    pengar::insatser(rakning, grupp).flat_map(of).collect()
}

/// Those behind a number of people: single inskrivningar, and the months of those that hand in counts; neither when any
/// count of people is withheld.
fn people(
    source: &Source,
    rakning: &Rakning<'_>,
    (grupp, kon, matt): (Grupp, Option<Kon>, Matt),
    (a, b): (Datum, Datum),
) -> Vec<FactGroup> {
    let found = spann::single(rakning, grupp, kon, matt, a, b);
    let single = found.map(|(at, d)| enrolment_fact(rakning.underlag, at, d)).collect();
    with_months(source, rakning, single, (grupp, kon, matt), (a, b))
}

/// These single inskrivningar, and the months beside them; neither when any count of people is withheld.
fn with_months(
    source: &Source,
    rakning: &Rakning<'_>,
    single: Vec<FactRef>,
    (grupp, kon, matt): (Grupp, Option<Kon>, Matt),
    (a, b): (Datum, Datum),
) -> Vec<FactGroup> {
    let group = |heading: &str, value, each_counts_one, facts| FactGroup {
        heading: heading.to_owned(),
        value,
        each_counts_one,
        facts,
    };
    let value = source.value(rakning);
    if rakning.smatal().is_some() {
        return vec![group("Inskrivningar", value, true, Vec::new())];
    }
    let rows: Vec<(Rad<'_>, u32)> = spann::months(rakning, grupp, kon, matt, a, b).collect();
    if rows.is_empty() {
        return vec![group("Inskrivningar", value, true, single)];
    }
    let sum = Value::Antal(rows.iter().map(|(_, number)| i64::from(*number)).sum());
    let alone = Value::Antal(single.len() as i64);
    let months = rows.into_iter().map(|(row, number)| month_fact(rakning.underlag, row, number)).collect();
    let mut groups = vec![group("Antal per månad", sum, false, months)];
    if !single.is_empty() {
        groups.insert(0, group("Inskrivningar", alone, true, single));
    }
    groups
}

/// A row of counts, and how many it adds.
fn month_fact(underlag: &Underlag, row: Rad<'_>, number: u32) -> FactRef {
    let name = |id: &crate::Id| {
        underlag.insats_nr(id.as_str()).map_or_else(|| id.to_string(), |nr| underlag.insatser[nr].insats.namn.clone())
    };
    match row {
        Rad::Manad(of) => {
            let (who, when) = (of.kon.text().to_lowercase(), of.manad.words());
            let all = format!("{} inskrivna, {} pågående vid månadens slut", of.inskrivna, of.pagaende);
            let text = format!("{number}: {}, {who}, {when}, {all}, inkommet {}", name(&of.insats_id), of.inkommen);
            fact(of, text)
        }
        Rad::Avslut(of) => {
            let (who, when) = (of.kon.text().to_lowercase(), of.manad.words());
            let all = format!(
                "{} utskrivna ({}), {} till arbete eller studier, {} med plan",
                of.utskrivna,
                of.avslutsorsak.text().to_lowercase(),
                of.till_arbete_studier,
                of.med_plan
            );
            let text = format!("{number}: {}, {who}, {when}, {all}, inkommet {}", name(&of.insats_id), of.inkommen);
            fact(of, text)
        }
    }
}

pub(super) fn enrolment_fact(underlag: &Underlag, at: usize, d: &DeltagandeRad) -> FactRef {
    let mut parts = vec![underlag.insats_of(d).insats.namn.clone()];
    let without_sex = if d.anonym { "anonym" } else { "kön saknas" };
    parts.push(d.kon.map_or(without_sex.to_owned(), |kon| kon.text().to_lowercase()));
    parts.extend(d.alder.map(|age| format!("{age} år")));
    parts.push(format!("inskriven {} (registrerad {})", d.inskriven, d.inskriven_registrerad));
    if let (Some(day), Some(registered)) = (d.utskriven, d.utskriven_registrerad) {
        parts.push(format!("utskriven {day} (registrerad {registered})"));
        parts.extend(d.avslutsorsak.map(|reason| reason.text().to_lowercase()));
        parts.extend(d.omfattning.map(|extent| {
            let subsidised = if d.subventionerat == Some(true) { ", subventionerat" } else { "" };
            format!("arbetar {}{subsidised}", extent.text())
        }));
        parts.extend(d.studerar.then(|| "studerar".to_owned()));
        parts.extend(d.soker.then(|| "söker arbete".to_owned()));
        parts.push(if d.plan { "med plan" } else { "utan plan" }.to_owned());
    }
    FactRef { noun: "deltagare", key: underlag.deltagande_id(at).to_owned(), text: parts.join(", ") }
}
