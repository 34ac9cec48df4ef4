//! What has happened in a förbund: its use and its events woven together, the latest first.
//!
//! Log-ins belong to no förbund; those of users with a role here are shown. Failed ones have no user and are left out:
//! nobody can tell which förbund they were aimed at.

use crate::Error;
use crate::actions::avgiftsunderlag::andra::Vad;
use crate::actions::inskrivning::Vad as Inskrivning;
use crate::actions::installningar;
use samsyn_store::handelse::{self, Handelse};
use samsyn_store::logg::{self, Loggrad};
use samsyn_store::{Db, anvandare, gallring, installning, version};
use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

/// Kinds of use: as stored, and as people read them.
const USES: [(&str, &str); 12] = [
    ("inloggning", "Inloggning"),
    ("utloggning", "Utloggning"),
    ("nytt lösenord", "Nytt lösenord"),
    ("läsning av inskrivningar", "Läsning av inskrivningar"),
    ("avvisad fil", "Avvisad fil"),
    ("inbjudan", "Inbjudan"),
    ("roll given", "Roll given"),
    ("roll borttagen", "Roll borttagen"),
    ("ny länk", "Ny länk"),
    ("avstängd", "Användare avstängd"),
    ("öppnad", "Användare öppnad"),
    ("utloggad överallt", "Användare utloggad överallt"),
];
/// Kinds of events.
const EVENTS: [(&str, &str); 25] = [
    ("import", "Inläsning"),
    ("angra", "Ångrad inläsning"),
    ("ny insats", "Ny insats"),
    ("ändrad insats", "Ändrad insats"),
    ("beslut om period", "Beslut om period"),
    (super::makulera::SLAG, "Makulerad insats"),
    (installning::KIND, "Ändrad inställning"),
    (version::KIND, "Rapport"),
    (super::bedomning::SLAG, "Kansliets bedömning"),
    (super::kommentar::SLAG, "Kansliets kommentar"),
    (super::slutrapport::SLAG, "Slutrapport"),
    (super::avgift::SLAG, "Medlemsavgifter"),
    (super::plan::SLAG, "Plan för beslutsutrymmet"),
    (super::folkmangd::SLAG, "Folkmängd"),
    (Vad::Regel.slag(), "Avgiftsregel"),
    (Vad::Steg.slag(), "Rekommenderat sparande"),
    (Inskrivning::SkrivIn.slag(), "Inskrivning"),
    (Inskrivning::Anonyma.slag(), "Anonyma införda"),
    (Inskrivning::Avsluta.slag(), "Avslutad inskrivning"),
    (Inskrivning::Ratta.slag(), "Rättad inskrivning"),
    (Inskrivning::Makulera.slag(), "Makulerad inskrivning"),
    (super::antal::SLAG, "Antal för en månad"),
    (gallring::DECIDED, "Beslut om gallring"),
    (gallring::TAKEN_BACK, "Återtaget beslut om gallring"),
    (gallring::KIND, "Gallring"),
];
/// Kinds of events that are about an insats.
const OM_INSATS: [&str; 7] = [
    "ny insats",
    "ändrad insats",
    "beslut om period",
    super::makulera::SLAG,
    super::bedomning::SLAG,
    super::kommentar::SLAG,
    super::slutrapport::SLAG,
];
/// Rows read at once while looking for those that are shown.
const AT_ONCE: i64 = 500;
/// How many times, before what has been found is shown.
const TIMES: usize = 20;

/// Every kind that can be chosen.
pub fn kinds() -> impl Iterator<Item = (&'static str, &'static str)> {
    USES.into_iter().chain(EVENTS)
}

fn word(slag: String) -> String {
    let found = kinds().find(|(kod, _)| *kod == slag);
    found.map_or(slag, |(_, word)| word.to_owned())
}

/// A row of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rad {
    /// When, milliseconds since 1970 UTC.
    pub tid_ms: i64,
    /// Who.
    pub vem: String,
    /// What kind, in words.
    pub slag: String,
    /// What, or why.
    pub vad: String,
    /// The event that it was, if it was one.
    pub handelse: Option<i64>,
}

/// Where a page begins: before this row of the log and this event. Written `120-33`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plats {
    logg: i64,
    handelse: i64,
}

/// Before nothing: the latest.
const NEWEST: Plats = Plats { logg: i64::MAX, handelse: i64::MAX };

impl fmt::Display for Plats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.logg, self.handelse)
    }
}

impl FromStr for Plats {
    type Err = ();
    fn from_str(text: &str) -> Result<Plats, ()> {
        let (logg, handelse) = text.split_once('-').ok_or(())?;
        let number = |text: &str| text.parse::<i64>().ok().filter(|nr| *nr >= 0).ok_or(());
        Ok(Plats { logg: number(logg)?, handelse: number(handelse)? })
    }
}

/// A page of the log.
#[derive(Debug, PartialEq, Eq)]
pub struct Sida {
    /// Its rows, the latest first.
    pub rader: Vec<Rad>,
    /// Where the next page begins, when there is more.
    pub aldre: Option<Plats>,
}

/// A page with at most `most` rows, of one kind when one is given. Steps of reports that are not låst are told to those
/// who may read them.
pub async fn sida(
    db: &Db,
    forbund: i64,
    from: Option<Plats>,
    slag: Option<&str>,
    (most, open_too): (usize, bool),
) -> Result<Sida, Error> {
    let from = from.unwrap_or(NEWEST);
    let wants = |kinds: &[(&str, &str)]| slag.is_none_or(|slag| kinds.iter().any(|(kod, _)| *kod == slag));
    let (mut uses, mut floor) = (Vec::new(), None);
    if wants(&USES) {
        let limit = i64::try_from(most).unwrap_or(i64::MAX - 1) + 1;
        uses = logg::list(db, Some(forbund), Some(from.logg), limit, slag).await?;
        let (others, stopped) = of_no_forbund(db, forbund, from.logg, slag, most).await?;
        uses.extend(others);
        uses.sort_by_key(|row| std::cmp::Reverse(row.nr));
        floor = stopped;
    }
    let hidden: HashSet<i64> =
        if open_too { HashSet::new() } else { version::open_events(db, forbund).await?.into_iter().collect() };
    let shown = |event: &Handelse| slag.is_none_or(|slag| event.slag == slag) && !hidden.contains(&event.nr);
    let events = if wants(&EVENTS) { events(db, forbund, from.handelse, shown, most).await? } else { Vec::new() };
    let mut page = weave(uses, events, from, floor, most);
    let setting = word(installning::KIND.to_owned());
    if page.rader.iter().any(|row| row.slag == setting) {
        let changes = installningar::andringar(db, forbund).await?;
        for row in page.rader.iter_mut().filter(|row| row.slag == setting) {
            let of = row.handelse.and_then(|nr| changes.get(&nr));
            if let Some(changed) = of {
                row.vad = format!("{}. {}", changed.join("; "), row.vad);
            }
        }
    }
    name_insatser(db, forbund, &mut page.rader).await?;
    Ok(page)
}

/// Puts the name of the insats first in the rows that are about one.
async fn name_insatser(db: &Db, forbund: i64, rows: &mut [Rad]) -> Result<(), Error> {
    let kinds = OM_INSATS.map(|kod| word(kod.to_owned()));
    let about = |row: &&mut Rad| kinds.contains(&row.slag);
    let events: Vec<i64> = rows.iter_mut().filter(about).filter_map(|row| row.handelse).collect();
    let insatser = handelse::insatser(db, forbund, &events).await?;
    for row in rows.iter_mut().filter(about) {
        let of = insatser.iter().filter(|(event, ..)| Some(*event) == row.handelse);
        let names: Vec<String> = of.map(|(_, name, owner)| format!("{name} ({owner})")).collect();
        if !names.is_empty() {
            row.vad = format!("{}. {}", names.join("; "), row.vad);
        }
    }
    Ok(())
}

/// Log-ins and the like of users with a role here, one more than `most` if there are so many. When the search was given
/// up, the row at which it was: its number and time.
async fn of_no_forbund(
    db: &Db,
    forbund: i64,
    before: i64,
    slag: Option<&str>,
    most: usize,
) -> Result<(Vec<Loggrad>, Option<(i64, i64)>), Error> {
    let users: HashSet<i64> = anvandare::of_forbund(db, forbund).await?.into_iter().map(|user| user.nr).collect();
    let (mut found, mut reached) = (Vec::new(), (before, 0));
    for _ in 0..TIMES {
        let rows = logg::list(db, None, Some(reached.0), AT_ONCE, slag).await?;
        let whole = rows.len() as i64 == AT_ONCE;
        reached = rows.last().map_or(reached, |row| (row.nr, row.tid_ms));
        found.extend(rows.into_iter().filter(|row| row.anvandare.is_some_and(|user| users.contains(&user))));
        if !whole || found.len() > most {
            found.truncate(most + 1);
            return Ok((found, None));
        }
    }
    Ok((found, Some(reached)))
}

/// Events that are shown, one more than `most` if there are so many.
async fn events(
    db: &Db,
    forbund: i64,
    before: i64,
    shown: impl Fn(&Handelse) -> bool,
    most: usize,
) -> Result<Vec<Handelse>, Error> {
    let (mut found, mut before) = (Vec::new(), before);
    loop {
        let page = handelse::page(db, forbund, Some(before), AT_ONCE).await?;
        let whole = page.len() as i64 == AT_ONCE;
        before = page.last().map_or(before, |event| event.nr);
        found.extend(page.into_iter().filter(|event| shown(event)));
        if !whole || found.len() > most {
            found.truncate(most + 1);
            return Ok(found);
        }
    }
}

/// Weaves two rows of things, each the latest first, into one. Nothing from before `floor`, a row's number and time, is
/// shown: not all of it has been looked through.
fn weave(uses: Vec<Loggrad>, events: Vec<Handelse>, from: Plats, floor: Option<(i64, i64)>, most: usize) -> Sida {
    let (least_nr, least_ms) = floor.unwrap_or((i64::MIN, i64::MIN));
    let mut uses = uses.into_iter().filter(|row| row.nr >= least_nr).peekable();
    let mut events = events.into_iter().filter(|event| event.registrerad_ms >= least_ms).peekable();
    let (mut rows, mut at) = (Vec::new(), from);
    while rows.len() < most {
        let use_first = match (uses.peek(), events.peek()) {
            (Some(row), Some(event)) => row.tid_ms > event.registrerad_ms,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => break,
        };
        if let Some(row) = uses.next_if(|_| use_first) {
            at.logg = row.nr;
            rows.push(Rad { tid_ms: row.tid_ms, vem: row.vem, slag: word(row.slag), vad: row.vad, handelse: None });
        } else if let Some(event) = events.next() {
            at.handelse = event.nr;
            let which = event.import.map_or_else(String::new, |nr| format!(" (inläsning {nr})"));
            let vad = format!("{}{which}", event.varfor);
            let handelse = Some(event.nr);
            rows.push(Rad { tid_ms: event.registrerad_ms, vem: event.vem, slag: word(event.slag), vad, handelse });
        }
    }
    let more = uses.peek().is_some() || events.peek().is_some();
    if let (false, Some((nr, _))) = (more, floor) {
        at.logg = nr;
    }
    Sida { rader: rows, aldre: (more || floor.is_some()).then_some(at) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(nr: i64, tid_ms: i64) -> Loggrad {
        let (vem, slag, vad) = (String::new(), "inloggning".to_owned(), format!("L{nr}"));
        Loggrad { nr, forbund: None, tid_ms, anvandare: Some(1), vem, slag, vad }
    }

    fn event(nr: i64, registrerad_ms: i64) -> Handelse {
        let (vem, slag, varfor) = (String::new(), "import".to_owned(), format!("H{nr}"));
        Handelse { nr, registrerad_ms, vem, slag, varfor, import: None }
    }

    fn told(page: &Sida) -> Vec<&str> {
        page.rader.iter().map(|row| row.vad.as_str()).collect()
    }

    #[test]
    fn pages_hold_everything_once_and_the_latest_first() {
        let uses = || vec![used(9, 90), used(7, 70), used(4, 40)];
        let events = || vec![event(3, 80), event(2, 75), event(1, 10)];
        let first = weave(uses(), events(), NEWEST, None, 4);
        assert_eq!(told(&first), ["L9", "H3", "H2", "L7"]);
        let next = first.aldre.unwrap();
        assert_eq!(next.to_string(), "7-2");
        let second = weave(vec![used(4, 40)], vec![event(1, 10)], next, None, 4);
        assert_eq!((told(&second), second.aldre), (vec!["L4", "H1"], None));
    }

    #[test]
    fn what_has_not_been_looked_through_waits_for_the_next_page() {
        let page = weave(vec![used(9, 90), used(3, 30)], vec![event(2, 80), event(1, 20)], NEWEST, Some((5, 50)), 10);
        assert_eq!(told(&page), ["L9", "H2"]);
        assert_eq!(page.aldre, Some(Plats { logg: 5, handelse: 2 }));
    }

    #[test]
    fn a_place_is_read_as_it_is_written() {
        assert_eq!("7-2".parse(), Ok(Plats { logg: 7, handelse: 2 }));
        for text in ["", "7", "-7-2", "a-b"] {
            assert_eq!(text.parse::<Plats>(), Err(()), "{text}");
        }
        assert_eq!((word("angra".into()), word("annat".into())), ("Ångrad inläsning".into(), "annat".into()));
        // What is done with participants has words, and can be chosen among the kinds.
        for (slag, said) in [
            ("inskrivning", "Inskrivning"),
            ("anonyma", "Anonyma införda"),
            ("avslut", "Avslutad inskrivning"),
            ("rättad inskrivning", "Rättad inskrivning"),
            ("makulerad inskrivning", "Makulerad inskrivning"),
            ("antal för en månad", "Antal för en månad"),
            ("avvisad fil", "Avvisad fil"),
        ] {
            assert_eq!(kinds().find(|(kod, _)| *kod == slag), Some((slag, said)));
        }
    }
}
