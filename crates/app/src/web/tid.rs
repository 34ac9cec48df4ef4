//! Period and kännedomsdatum of a page, as the address tells them; and what an address is made of.

use super::grind::Visit;
use super::sida::Fail;
use crate::actions::forbund::{Chosen, per_or_today};
use crate::actions::{laget, version};
use crate::clock;
use samsyn_document::{Datum, FigureId, Halvar, format};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What stands after the question mark.
pub type Fragor = axum::extract::Query<BTreeMap<String, String>>;

/// When: the half-year, and the day as of which facts are known.
#[derive(Clone, Debug)]
pub struct Tid {
    /// The half-year.
    pub period: Halvar,
    /// The kännedomsdatum.
    pub per: Datum,
    /// Whether it was asked for; else it is today.
    pub per_vald: bool,
    /// The half-years that can be chosen.
    pub halvar: Vec<Halvar>,
    /// Whether nothing is known of the half-year or of any near it.
    pub okand: bool,
    /// The day that was asked for and has not come yet, in words; today stands in its stead.
    pub framtida: Option<String>,
    /// The days that can be chosen, the latest first, for one who has small counts withheld; else any day can.
    pub dagar: Option<Vec<Datum>>,
    /// The day that was asked for and may not be chosen, in words; today stands in its stead.
    pub nekad: Option<String>,
}

impl Tid {
    /// Reads the address; without a period the latest that has something to tell.
    pub async fn new(visit: &Visit, chosen: &Chosen<'_>, asked: &BTreeMap<String, String>) -> Result<Tid, Fail> {
        let mut day = day(asked, "per")?;
        let framtida = day.take_if(|day| *day > clock::today()).map(format::long_date);
        let dagar = if visit.rights.counts_withheld() { Some(version::lasta_dagar(chosen).await?) } else { None };
        let barred = |day: &Datum| dagar.as_ref().is_some_and(|open| !open.contains(day));
        let nekad = day.take_if(|day| barred(day) && *day != clock::today()).map(format::long_date);
        let per = per_or_today(day);
        let underlag = chosen.underlag(per).await?;
        let period = match given(asked, "period") {
            None => laget::latest(&underlag, &visit.rights, per),
            Some(text) => text
                .to_uppercase()
                .parse()
                .map_err(|_| Fail::Bad(format!("”{text}” är inget halvår. Skriv perioden som 2022-H1.")))?,
        };
        let mut halvar = laget::half_years(&underlag, per);
        let okand = !halvar.contains(&period);
        if okand {
            halvar.insert(0, period);
        }
        Ok(Tid { period, per, per_vald: day.is_some(), halvar, okand, framtida, dagar, nekad })
    }

    /// A file is kept and sent on: it must not be of another day than the one that was asked for.
    pub fn as_asked(&self) -> Result<(), Fail> {
        if let Some(day) = &self.framtida {
            return Err(not_yet(day));
        }
        self.nekad.as_ref().map_or(Ok(()), |day| {
            let told =
                "Din roll kan hämta rapporten med uppgifterna som de är i dag, eller per en dag då en rapport låstes";
            Err(Fail::Bad(format!("{told}, men inte per {day}.")))
        })
    }

    /// What addresses of the same time carry: `period=2022-H1&per=2022-08-30`.
    pub fn query(&self) -> String {
        let mut text = format!("period={}", self.period);
        if self.per_vald {
            let _ = write!(text, "&per={}", self.per);
        }
        text
    }

    /// The kännedomsdatum that was asked for; empty when it is today.
    pub fn per_valt(&self) -> String {
        if self.per_vald { self.per.to_string() } else { String::new() }
    }

    /// A half-year as it stands in a list: `Första halvåret 2022`.
    pub fn rubrik(&self, half: &Halvar) -> String {
        format::capital(&format::halvar(*half))
    }

    /// The half-year in words.
    pub fn halvar_i_ord(&self) -> String {
        format::halvar(self.period)
    }

    /// The kännedomsdatum in words.
    pub fn per_i_ord(&self) -> String {
        format::long_date(self.per)
    }

    /// Whether the half-year is not over at the kännedomsdatum.
    pub fn preliminar(&self) -> bool {
        self.per < self.period.last()
    }

    /// Where a figure is explained.
    pub fn siffra(&self, visit: &Visit, id: &FigureId) -> String {
        visit.url(&format!("{}?{}", siffra(id), self.query()))
    }
}

/// The part of an address that names a figure: `siffra/6/summa/pagaende_S`.
pub fn siffra(id: &FigureId) -> String {
    format!("siffra/{}/{}/{}", encode(&id.tabell), encode(&id.rad), encode(&id.kolumn))
}

/// What was asked for under a name; nothing when it was left empty.
pub fn given<'a>(asked: &'a BTreeMap<String, String>, name: &str) -> Option<&'a str> {
    asked.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// A day that was asked for under a name; nothing when it was left empty.
pub fn day(asked: &BTreeMap<String, String>, name: &str) -> Result<Option<Datum>, Fail> {
    read_day(asked, name).map_err(Fail::Bad)
}

/// Why nothing is made of what is known on a day, in words, that has not come yet.
pub fn not_yet(day: &str) -> Fail {
    Fail::Bad(format!("Den {day} har inte varit än. Välj en tidigare dag i Uppgifter per, eller lämna fältet tomt."))
}

/// The same; what is wrong, and what to do.
pub fn read_day(asked: &BTreeMap<String, String>, name: &str) -> Result<Option<Datum>, String> {
    let read = |text: &str| text.parse().map_err(|_| format!("”{text}” är inget datum. Skriv som 2022-08-30."));
    given(asked, name).map(read).transpose()
}

/// Text as it may stand in an address, within a part or after the question mark.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// A plain parameter of an address; one that needs decoding is not found.
pub fn parameter<'a>(address: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = address.split_once('?')?;
    query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// An address to send on to, with the word of what was done that the visitor's own address carries.
pub fn with_besked(to: &str, address: &str) -> String {
    let plain = |told: &&str| told.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match parameter(address, "besked").filter(plain) {
        Some(told) if parameter(to, "besked").is_none() => {
            format!("{to}{}besked={told}", if to.contains('?') { '&' } else { '?' })
        }
        _ => to.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_an_address_is_encoded() {
        assert_eq!(encode("2022-H1"), "2022-H1");
        assert_eq!(encode("nås_ej/å?"), "n%C3%A5s_ej%2F%C3%A5%3F");
        assert_eq!(parameter("/a?x=1&besked=last", "besked"), Some("last"));
        assert_eq!(parameter("/a", "besked"), None);
    }

    #[test]
    fn what_was_done_is_told_where_one_comes() {
        assert_eq!(with_besked("/f/a/laget", "/?besked=tillbaka"), "/f/a/laget?besked=tillbaka");
        assert_eq!(with_besked("/f/a/laget?period=2022-H1", "/?besked=last"), "/f/a/laget?period=2022-H1&besked=last");
        assert_eq!(with_besked("/f/a?besked=roll", "/?besked=last"), "/f/a?besked=roll");
        assert_eq!(with_besked("/f/a", "/?besked=a%0db"), "/f/a");
    }
}
