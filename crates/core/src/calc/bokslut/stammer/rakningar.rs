//! The statements: balance, result, notes, cash flow, and what the year began with. All is asked in öre; what the rounding to
//! kronor makes differ in print is told apart.

use super::{Avstamning, att_bedoma, kr, told};
use crate::calc::bokslut::not::Not;
use crate::calc::bokslut::uppstallning::{Uppstalld, balansrakning, kassaflode, post};
use crate::calc::bokslut::{Tid, ar, rad_for, radbelopp, resultat, tecken};
use crate::calc::kontekst::Rakning;
use crate::calc::tabeller::bokforing::Boksluten;
use crate::rapportstruktur::{Rad, Radgrupp};
use crate::underlag::Bokforing;
use samsyn_document::{Belopp, Datum, Value, format};

pub(super) fn tell(rakning: &Rakning<'_>, closings: &Boksluten, all: &mut Vec<Avstamning>) {
    let bokforing = &rakning.underlag.bokforing;
    for till in closings.balans(bokforing) {
        year(bokforing, till, all);
        balance(bokforing, till, all);
        notes(bokforing, closings, till, all);
        cash(bokforing, till, all);
        print(rakning, till, all);
    }
    opening(bokforing, closings, all);
}

/// The financial year is the calendar year, as the law has it; the reports' months and comparisons are its.
fn year(bokforing: &Bokforing, till: Datum, all: &mut Vec<Avstamning>) {
    let Some(fran) = bokforing.per(till).map(|of| of.bokslut.fran) else { return };
    if (fran.year(), fran.month(), fran.day()) != (till.year(), 1, 1) {
        let text = format!(
            "räkenskapsåret i bokslutet började {fran}, men rapporten visar det som januari till och med {}",
            format::long_date(till)
        );
        let remedy = "Räkenskapsåret ska vara kalenderåret. Läs in en fil för det.";
        told(all, format!("Räkenskapsåret {till}"), &[text], remedy, String::new());
    }
}

/// The lines of the balansräkning.
fn balansrader() -> impl Iterator<Item = Rad> {
    Rad::ALL.iter().copied().filter(|rad| !rad.is_result())
}

/// The sum of lines then, in öre, with the sign of the page.
fn sum(bokforing: &Bokforing, tid: Tid, lines: impl Iterator<Item = Rad>) -> Belopp {
    lines.filter_map(|rad| radbelopp(bokforing, tid, rad)).sum()
}

/// Assets equal equity and liabilities, and the result is the same in the statements.
fn balance(bokforing: &Bokforing, till: Datum, all: &mut Vec<Avstamning>) {
    let at = Tid::vid(till);
    let assets = sum(bokforing, at, balansrader().filter(|rad| rad.is_asset()));
    let result = resultat(bokforing, till).unwrap_or_default();
    let other = sum(bokforing, at, balansrader().filter(|rad| !rad.is_asset())) + result;
    let mut wrong = Vec::new();
    if assets != other {
        wrong.push(format!(
            "tillgångarna är {}, eget kapital och skulder {}, det skiljer {}",
            kr(assets),
            kr(other),
            kr(assets - other)
        ));
    }
    let well = format!("Tillgångarna är lika stora som eget kapital och skulder: {}.", kr(assets));
    told(all, format!("Balansräkningen {till}"), &wrong, "", well);

    let lines = sum(bokforing, at, Rad::ALL.iter().copied().filter(|rad| rad.is_result()));
    let mut wrong = Vec::new();
    if lines != result {
        wrong.push(format!("resultaträkningens rader ger {} men kontona {}", kr(lines), kr(result)));
    }
    let well = format!("Resultatet är detsamma i resultaträkningen och balansräkningen: {}.", kr(result));
    told(all, format!("Resultatet {till}"), &wrong, "", well);
}

/// Each note of the report sums to its lines.
fn notes(bokforing: &Bokforing, closings: &Boksluten, till: Datum, all: &mut Vec<Avstamning>) {
    let numbers = Not::av(bokforing, ar(closings.till));
    let mut wrong = Vec::new();
    for not in &numbers {
        let lines = not.rader(bokforing);
        let rows = not.poster(bokforing, &[till]);
        let note: Belopp = rows.iter().filter_map(|post| not.belopp(bokforing, Tid::vid(till), post)).sum();
        let line = sum(bokforing, Tid::vid(till), lines.iter().copied());
        if note != line {
            let names: Vec<String> = lines.iter().map(|rad| rad.text().to_lowercase()).collect();
            wrong.push(format!("not {} ger {} men {} är {}", not.nr, kr(note), format::list(&names), kr(line)));
        }
    }
    if !numbers.is_empty() {
        told(all, format!("Noterna {till}"), &wrong, "", "Varje not summerar till sin rad.".to_owned());
    }
}

/// The cash flow explains the change of liquid funds.
fn cash(bokforing: &Bokforing, till: Datum, all: &mut Vec<Avstamning>) {
    let grew = |lines: &dyn Fn(Rad) -> bool| {
        let of = |tid| sum(bokforing, tid, balansrader().filter(|rad| lines(*rad)));
        of(Tid::vid(till)) - of(Tid::ingaende(till))
    };
    let liquid = |rad: Rad| rad.grupp() == Radgrupp::LikvidaMedel;
    let change = grew(&liquid);
    // What other assets have grown by has been paid; what debts and equity have grown by has come in.
    let other = grew(&|rad| !rad.is_asset()) - grew(&|rad| rad.is_asset() && !liquid(rad));
    let flow = resultat(bokforing, till).unwrap_or_default() + other;
    let mut wrong = Vec::new();
    if flow != change {
        let differ = kr(change - flow);
        wrong.push(format!(
            "kassaflödet är {} men likvida medel har ändrats med {}, det skiljer {differ}",
            kr(flow),
            kr(change)
        ));
    }
    let well = format!("Kassaflödet är förändringen av likvida medel: {}.", kr(flow));
    told(all, format!("Kassaflödet {till}"), &wrong, "", well);
}

/// Sums that differ in print by the rounding of each line to kronor, and by that alone.
fn print(rakning: &Rakning<'_>, till: Datum, all: &mut Vec<Avstamning>) {
    let shown = |rows: &[Uppstalld], namn: &str| match post(rows, namn).map(|source| source.value(rakning)) {
        Some(Value::Belopp(amount, _)) => amount,
        _ => Belopp::NOLL,
    };
    let mut tell = |statement: &str, what: &str, difference: Belopp| {
        // Some thirty lines of half a krona each: what is more is told to the öre.
        if difference != Belopp::NOLL && difference.ore().abs() <= 2_000 {
            let text =
                format!("I hela kronor skiljer {} mellan {what}, när varje rad avrundas för sig.", kr(difference));
            att_bedoma(all, format!("{statement} i tryck {till}"), text);
        }
    };
    let rows = balansrakning(Tid::vid(till));
    let difference = shown(&rows, "summa_tillgangar") - shown(&rows, "summa_eget_kapital_och_skulder");
    tell("Balansräkningen", "de två slutsummorna", difference);
    let rows = kassaflode(till);
    let change = shown(&rows, "likvida_medel_vid_periodens_slut") - shown(&rows, "likvida_medel_vid_arets_borjan");
    tell("Kassaflödet", "kassaflödet och förändringen av likvida medel", change - shown(&rows, "arets_kassaflode"));
}

/// What the year began with is what the year before ended with: both by the mapping of the report's year, so that an account
/// that has moved to another line is held against itself. An account that only the year before has follows its own year.
fn opening(bokforing: &Bokforing, closings: &Boksluten, all: &mut Vec<Avstamning>) {
    let vad = || "Ingående balanser".to_owned();
    let (Some(now), Some(then)) = (bokforing.per(closings.till), bokforing.per(closings.arsslut)) else {
        let day = format::long_date(closings.arsslut);
        let text = format!("Bokslutet per {day} är inte inläst, så ingående balanser kan inte jämföras.");
        att_bedoma(all, vad(), text);
        return;
    };
    let line = |till: Datum, konto: u32| rad_for(bokforing, till, konto).map(|run| run.rad);
    let of = |konto: u32| line(closings.till, konto).or_else(|| line(closings.arsslut, konto));
    let began = |rad: Rad| -> Belopp {
        now.konton.iter().filter(|row| of(row.konto) == Some(rad)).map(|row| tecken(rad, row.ingaende_kr)).sum()
    };
    let ended = |rad: Rad| -> Belopp {
        then.konton.iter().filter(|row| of(row.konto) == Some(rad)).map(|row| tecken(rad, row.utgaende_kr)).sum()
    };
    let mut wrong = Vec::new();
    let mut tell = |what: &str, start: Belopp, end: Belopp| {
        if start != end {
            wrong.push(format!("{what} började på {} men slutade på {}", kr(start), kr(end)));
        }
    };
    // The result moves between the lines of equity as the year turns.
    let equity = |rad: &Rad| matches!(rad.grupp(), Radgrupp::EgetKapital | Radgrupp::Bokfort);
    for rad in balansrader().filter(|rad| !equity(rad)) {
        tell(&rad.text().to_lowercase(), began(rad), ended(rad));
    }
    let start = balansrader().filter(equity).map(began).sum();
    let result = resultat(bokforing, closings.arsslut).unwrap_or_default();
    tell("eget kapital", start, balansrader().filter(equity).map(ended).sum::<Belopp>() + result);
    told(
        all,
        vad(),
        &wrong,
        "",
        format!("Året började med det som stod kvar {}.", format::long_date(closings.arsslut)),
    );

    let moved = then.konton.iter().filter(|row| row.utgaende_kr != Belopp::NOLL).filter_map(|row| {
        let (before, after) = (line(closings.arsslut, row.konto)?, line(closings.till, row.konto)?);
        let from_to = format!("från {} till {}", before.text().to_lowercase(), after.text().to_lowercase());
        (before != after).then(|| format!("{} {} {from_to}", row.konto, row.namn))
    });
    let moved: Vec<String> = moved.collect();
    if !moved.is_empty() {
        let text = format!(
            "Har bytt rad sedan {}: {}. Varje bokslut visas enligt sitt eget års rapportstruktur, så jämförelsetalen är inte \
             omräknade.",
            ar(closings.arsslut),
            format::list(&moved)
        );
        att_bedoma(all, "Jämförelsetal".to_owned(), text);
    }
}
