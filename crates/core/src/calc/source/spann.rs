//! Numbers of people from one day to another, both kinds together: single inskrivningar, and the months of those that
//! hand in counts. The value and the list of facts are read from here.

use crate::calc::antal::{self, Rad};
use crate::calc::grupp::Grupp;
use crate::calc::kontekst::Rakning;
use crate::calc::matt::{self, Matt};
use crate::deltagande::Kon;
use crate::underlag::DeltagandeRad;
use samsyn_document::{Datum, Value, format};

/// The number; missing where counts leave it unknown, and of a span that has not begun on the day as of which facts are
/// known.
pub fn value(rakning: &Rakning<'_>, grupp: Grupp, kon: Option<Kon>, matt: Matt, a: Datum, b: Datum) -> Value {
    if rakning.underlag.per < a {
        return Value::Missing;
    }
    let unknown = |kedja| antal::unknown(rakning.underlag, kedja, a, b) & matt.bit() != 0;
    if rakning.chains(grupp).any(unknown) {
        return Value::Missing;
    }
    // Of a chain that has handed in none of the months nothing is known, nor of a sum that it has a part in.
    if rakning.chains(grupp).any(|kedja| antal::is_silent(rakning.underlag, kedja, a, b)) {
        return Value::Missing;
    }
    let single = single(rakning, grupp, kon, matt, a, b).count() as i64;
    Value::Antal(single + months(rakning, grupp, kon, matt, a, b).map(|(_, number)| i64::from(number)).sum::<i64>())
}

/// The single inskrivningar that the measure counts, by their place in the underlag: the same bits as the count, asked
/// one by one.
pub fn single<'u>(
    rakning: &Rakning<'u>,
    grupp: Grupp,
    kon: Option<Kon>,
    matt: Matt,
    a: Datum,
    b: Datum,
) -> impl Iterator<Item = (usize, &'u DeltagandeRad)> {
    let underlag = rakning.underlag;
    let counted = move |d: &DeltagandeRad| {
        kon.is_none_or(|kon| d.kon == Some(kon))
            && d.inskriven <= b
            && grupp.has_chain(rakning, underlag.insats_of(d).kedja)
            && matt::bits(d, a, b) & matt.bit() != 0
    };
    underlag.deltaganden.iter().enumerate().filter(move |(_, d)| counted(d))
}

/// The rows of counts that the measure adds up, with how many each adds.
pub fn months<'u>(
    rakning: &Rakning<'u>,
    grupp: Grupp,
    kon: Option<Kon>,
    matt: Matt,
    a: Datum,
    b: Datum,
) -> impl Iterator<Item = (Rad<'u>, u32)> {
    let underlag = rakning.underlag;
    let insatser = (0..underlag.insatser.len()).filter(move |&i| grupp.has_chain(rakning, underlag.insatser[i].kedja));
    let rows = insatser.flat_map(move |i| antal::rows(underlag, i, matt, a, b));
    rows.filter(move |(row, _)| kon.is_none_or(|kon| row.kon() == kon))
}

/// What the rule says more where the group has counts by month; nothing where it has none.
pub fn with_months(rakning: &Rakning<'_>, grupp: Grupp, matt: Matt, a: Datum, b: Datum) -> String {
    let underlag = rakning.underlag;
    let by_month = |&kedja: &usize| antal::is_counted(underlag, kedja, a, b);
    let names: Vec<&str> =
        rakning.chains(grupp).filter(by_month).map(|kedja| underlag.forsta(kedja).namn.as_str()).collect();
    if names.is_empty() {
        return String::new();
    }
    let who = format::list(&names);
    // While the span is not over the last month handed in stands for its last.
    let running = underlag.per < b;
    let (last, lacks) = if running {
        ("den senast lämnade månaden", "ingen månad är lämnad")
    } else {
        ("sista månaden", "sista månaden inte är lämnad")
    };
    match matt {
        Matt::BasArbeteStudierEllerSoker | Matt::BasOvriga => {
            format!(
                " Saknas när någon har avslutats i {who}, som lämnar antal per månad: antalen säger inte vilka som söker arbete."
            )
        }
        Matt::Pagaende => {
            format!(" Därtill pågående i {last} enligt antalen per månad från {who}. Saknas när {lacks}.")
        }
        Matt::Deltagit => {
            format!(" Därtill pågående i {last} och avslutade enligt antalen per månad från {who}. Saknas när {lacks}.")
        }
        _ if antal::MATT.contains(&matt) => format!(" Därtill antalen per månad från {who}."),
        _ => String::new(),
    }
}
