//! What holds for every figure, whatever the facts.

use crate::check::{figures, underlag};
use crate::random::{day, facts, period};
use proptest::prelude::*;
use samsyn_core::Facts;
use samsyn_core::calc::kontekst::Counts;
use samsyn_core::calc::{Grupp, Matt, Rakning, Source, pengar, rader, siffror};
use samsyn_core::deltagande::{Deltagande, Kon};
use samsyn_core::underlag::Underlag;
use samsyn_document::{Datum, Halvar, Value};

/// Counts per chain and sex.
fn counts(underlag: &Underlag, period: Halvar, matt: Matt) -> Vec<i64> {
    let counts = Counts::new(underlag, period);
    let chains = 0..underlag.kedjor.len();
    chains
        .flat_map(|kedja| Kon::ALL.iter().map(move |&kon| (kedja, kon)))
        .map(|(k, kon)| counts.of(k, kon, matt))
        .collect()
}

/// A measure read word for word from a row of deltagare.csv, with what was known at the end of `per`.
fn is_counted(matt: Matt, d: &Deltagande, per: Datum, a: Datum, b: Datum) -> bool {
    let known = d.inskriven_registrerad <= per && d.makulerad.is_none_or(|day| day > per) && !d.anonym;
    let utskriven = d.utskriven.filter(|_| d.utskriven_registrerad.is_some_and(|day| day <= per));
    let exited = utskriven.is_some_and(|day| a <= day && day <= b);
    let works_or_studies = d.arbete_omfattning.is_some() || d.studerar == Some(true);
    let base = d.avslutsorsak != Some(samsyn_core::deltagande::Avslutsorsak::InsatsenAvslutad);
    known
        && match matt {
            Matt::Inregistrerade => a <= d.inskriven && d.inskriven <= b,
            Matt::Avslutade => exited,
            Matt::AvslutadeTotalt => utskriven.is_some_and(|day| day <= b),
            Matt::Pagaende => d.inskriven <= b && utskriven.is_none_or(|day| day > b),
            Matt::Deltagit => d.inskriven <= b && utskriven.is_none_or(|day| day >= a),
            Matt::TillArbeteStudier => exited && works_or_studies,
            Matt::Bas => exited && base,
            Matt::BasTillArbeteStudier => exited && base && works_or_studies,
            _ => unreachable!("not asked"),
        }
}

/// The ids and values of all figures, in no order.
fn sorted(facts: &Facts, period: Halvar, per: Datum) -> Vec<(String, String)> {
    let mut all: Vec<_> = figures(facts, &period.to_string(), &per.to_string()).into_iter().collect();
    all.sort();
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    // The measures of *Counting participants*, over deltaganden known, not cancelled and not anonymous.
    #[test]
    fn measures_are_those_of_the_domain_text(facts in facts(), period in period(), per in day()) {
        let underlag = underlag(&facts, &per.to_string());
        let rakning = Rakning::new(&underlag, period);
        for matt in [
            Matt::Inregistrerade, Matt::Avslutade, Matt::AvslutadeTotalt, Matt::Pagaende, Matt::Deltagit,
            Matt::TillArbeteStudier, Matt::Bas, Matt::BasTillArbeteStudier,
        ] {
            for &kon in Kon::ALL {
                let counted = |d: &&Deltagande| {
                    d.kon == Some(kon) && is_counted(matt, d, per, period.year_start(), period.last())
                };
                let by_hand = facts.deltagare.iter().filter(counted).count() as i64;
                let group = Source::antal(Grupp::Alla, Some(kon), matt);
                prop_assert_eq!(group.value(&rakning), Value::Antal(by_hand), "{:?}", matt);
            }
        }
    }

    // At one and the same kännedomsdatum: pågående the day before *a* + inregistrerade − avslutade =
    // pågående on *b*.
    #[test]
    fn the_flow_adds_up_for_every_chain_and_sex(facts in facts(), period in period(), per in day()) {
        let underlag = underlag(&facts, &per.to_string());
        let before = counts(&underlag, Halvar::new(period.year() - 1, 2).unwrap(), Matt::Pagaende);
        let of = |matt| counts(&underlag, period, matt);
        let flow = before.iter().zip(of(Matt::Inregistrerade)).zip(of(Matt::Avslutade));
        let expected: Vec<i64> = flow.map(|((before, entered), left)| before + entered - left).collect();
        prop_assert_eq!(expected, of(Matt::Pagaende));
    }

    // with `_K`, `_M`, `_S` (women, men, sum)
    #[test]
    fn women_and_men_make_the_sum(facts in facts(), period in period(), per in day()) {
        let all = figures(&facts, &period.to_string(), &per.to_string());
        let counts: Vec<(&str, i64)> =
            all.iter().filter_map(|(id, value)| Some((id.as_str(), value.parse().ok()?))).collect();
        let number = |id: &str| all[id].parse::<i64>().unwrap();
        let is_sum = |id: &str| id.ends_with("_S") && !id.contains("andel") || id.starts_with("9/") && id.ends_with("/S");
        for (sum, value) in counts.iter().filter(|(id, _)| is_sum(id)) {
            let of = |letter: &str| number(&format!("{}{letter}", &sum[..sum.len() - 1]));
            prop_assert_eq!(of("K") + of("M"), *value, "{}", sum);
        }
        // row `summa`
        for column in ["/inregistrerade_K", "/pagaende_M", "/avslutade_totalt_S", "/avslutade_S"] {
            let of_chain = |id: &str| id.starts_with("6/i") && id.ends_with(column);
            let rows: i64 = counts.iter().filter(|(id, _)| of_chain(id)).map(|(_, value)| value).sum();
            prop_assert_eq!(rows, number(&format!("6/summa{column}")));
        }
    }

    // money of the half-year … **and** accumulated from 1 January …; and participants **accumulated from 1
    // January** to the half-year's end.
    #[test]
    fn two_half_years_make_a_year(facts in facts(), year in 2023u16..=2025, per in day()) {
        let underlag = underlag(&facts, &per.to_string());
        let halves = [1, 2].map(|number| Halvar::new(year, number).unwrap());
        for (matt, day) in [
            (Matt::Inregistrerade, (|d| Some(d.inskriven)) as fn(&samsyn_core::underlag::DeltagandeRad) -> Option<Datum>),
            (Matt::Avslutade, |d| d.utskriven),
        ] {
            let own = |d: &&samsyn_core::underlag::DeltagandeRad| {
                !d.anonym && day(d).is_some_and(|day| halves[1].first() <= day && day <= halves[1].last())
            };
            let second: i64 = underlag.deltaganden.iter().filter(own).count() as i64;
            let sum = |half| counts(&underlag, half, matt).iter().sum::<i64>();
            prop_assert_eq!(sum(halves[0]) + second, sum(halves[1]));
            let pairs = counts(&underlag, halves[0], matt).into_iter().zip(counts(&underlag, halves[1], matt));
            prop_assert!(pairs.into_iter().all(|(first, both)| first <= both));
        }
        for insats in &underlag.insatser {
            for post in [pengar::Post::Utfall, pengar::Post::Budget] {
                let of = |half, span| pengar::of_insats(insats, post, span, half);
                let own = of(halves[0], pengar::Span::Halvar) + of(halves[1], pengar::Span::Halvar);
                prop_assert_eq!(own, of(halves[1], pengar::Span::Ackumulerat));
                prop_assert_eq!(of(halves[0], pengar::Span::Halvar), of(halves[0], pengar::Span::Ackumulerat));
            }
        }
    }

    // Order of rows is not part of a figure.
    #[test]
    fn the_order_of_rows_does_not_matter(
        (facts, shuffled) in facts().prop_flat_map(|facts| {
            let rows = (
                Just(facts.deltagare.clone()).prop_shuffle(),
                Just(facts.rekvisitioner.clone()).prop_shuffle(),
                Just(facts.avvikelser.clone()).prop_shuffle(),
                Just(facts.kvartalsrapporter.clone()).prop_shuffle(),
                Just(facts.budget.clone()).prop_shuffle(),
                Just(facts.insatsperioder.clone()).prop_shuffle(),
            );
            (Just(facts), rows)
        }),
        period in period(),
        per in day(),
    ) {
        let (deltagare, rekvisitioner, avvikelser, kvartalsrapporter, budget, insatsperioder) = shuffled;
        let other = Facts {
            deltagare, rekvisitioner, avvikelser, kvartalsrapporter, budget, insatsperioder, ..facts.clone()
        };
        prop_assert_eq!(sorted(&facts, period, per), sorted(&other, period, per));
    }

    // A figure and its list never disagree; every figure has a name of its own; and a share whose part
    // lies in its base lies from 0 to 100 %.
    #[test]
    fn every_figure_agrees_with_its_list(facts in facts(), period in period(), per in day()) {
        let found = figures(&facts, &period.to_string(), &per.to_string());
        let underlag = underlag(&facts, &per.to_string());
        let rakning = Rakning::new(&underlag, period);
        let all = siffror(&rakning);
        prop_assert_eq!(found.len(), all.len());
        for figure in all {
            if let (Source::Andel(part, base), Value::Andel(share)) = (&figure.source, &figure.value)
                && let (Source::Deltaganden(..), Source::Deltaganden(..)) = (&**part, &**base)
            {
                prop_assert!((0..=100).contains(&share.percent()), "{}: {:?}", figure.id, share);
            }
        }
    }

    // Of a chain, tables 1, 2, 3 and 5 show [one link] … among those that belong to the half-year; everyone
    // who took part is in tables 6, 7 and 8.
    #[test]
    fn rows_are_shown_once_and_nobody_is_left_out(facts in facts(), period in period(), per in day()) {
        let underlag = underlag(&facts, &per.to_string());
        let rakning = Rakning::new(&underlag, period);
        let rader = &rakning.rader;
        let belonging: std::collections::BTreeSet<usize> = (0..underlag.insatser.len())
            .filter(|&i| rader::belongs(&underlag, i, period))
            .map(|i| underlag.insatser[i].kedja)
            .collect();
        let shown: Vec<usize> = rader.tabell_2.iter().map(|&i| underlag.insatser[i].kedja).collect();
        let once: std::collections::BTreeSet<usize> = shown.iter().copied().collect();
        prop_assert_eq!(shown.len(), once.len());
        prop_assert_eq!(once, belonging);
        prop_assert_eq!(rader.tabell_1.len(), rader.tabell_2.len() + rader.ej_startade.len());
        for matt in [Matt::Deltagit, Matt::Inregistrerade, Matt::Avslutade, Matt::Anonyma] {
            let number = |grupp| Source::antal(grupp, None, matt).value(&rakning);
            prop_assert_eq!(number(Grupp::Visade), number(Grupp::Alla));
        }
    }
}
