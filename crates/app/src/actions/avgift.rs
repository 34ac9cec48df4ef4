//! Member fees: the paper on a year's, and storing what they rest on.

use crate::actions::forbund::Chosen;
use crate::actions::star::{self, Star};
use crate::{Error, clock};
use samsyn_core::calc::Rakning;
use samsyn_core::calc::avgift::totalen;
use samsyn_core::medlemsavgift::Medlemsavgift;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::rapport::avgifter;
use samsyn_core::underlag::Underlag;
use samsyn_core::{Fact, Facts};
use samsyn_document::{Belopp, Datum, Document, Halvar, format};
use samsyn_store::Signature;
use samsyn_store::change::{self, Upon};

/// The kind of event.
pub const SLAG: &str = "medlemsavgifter";

/// The sum that was given: itself, or the state's half of it. Says what is wrong when it is no sum of whole kronor.
pub fn summan(totalt: Option<&str>, statens: Option<&str>) -> Result<Option<Belopp>, String> {
    let read = |text: &str| {
        if contains_personnummer(text) {
            return Err("Beloppet innehåller ett personnummer. Ta bort det.".to_owned());
        }
        let amount = Belopp::parse(text).filter(|amount| !amount.is_negative() && amount.ore() % 100 == 0);
        amount.ok_or_else(|| format!("”{text}” är inget belopp i hela kronor. Skriv till exempel 23 090 000."))
    };
    match (totalt, statens) {
        (Some(_), Some(_)) => Err("Ange antingen hela summan eller statens andel, inte båda.".to_owned()),
        (Some(text), None) => read(text).map(Some),
        (None, Some(text)) => {
            let half = read(text)?;
            Ok(Some(half + half))
        }
        (None, None) => Ok(None),
    }
}

/// What the paper on a year rests on: what is known, or what would be with another sum.
pub fn med_summa(underlag: &Underlag, ar: u16, totalt_kr: Belopp) -> Underlag {
    let mut ekonomi = underlag.ekonomi.clone();
    let decided = ekonomi.medlemsavgifter.iter().find(|fees| fees.ar == ar && fees.totalt_kr == totalt_kr);
    let beslutad = decided.and_then(|fees| fees.beslutad);
    ekonomi.medlemsavgifter.retain(|fees| fees.ar != ar);
    ekonomi.medlemsavgifter.push(Medlemsavgift { ar, totalt_kr, beslutad });
    underlag.med_ekonomi(ekonomi)
}

/// The paper on the fees of the half-year's calendar year, with this sum when one is given.
pub async fn dokument(
    chosen: &Chosen<'_>,
    per: Datum,
    period: Halvar,
    totalt: Option<Belopp>,
) -> Result<Document, Error> {
    let underlag = chosen.underlag(per).await?;
    let ar = period.year();
    Ok(match totalt {
        None => avgifter::avgifter(&chosen.rakning(&underlag, period), ar),
        Some(sum) => avgifter::prov(&Rakning::new(&med_summa(&underlag, ar, sum), period), ar),
    })
}

/// The years that fees can be asked for: those with a sum, a rule or a place in a plan, and the one after; the latest
/// first.
pub fn aren(underlag: &Underlag) -> Vec<u16> {
    let ekonomi = &underlag.ekonomi;
    let mut years: Vec<u16> = ekonomi.medlemsavgifter.iter().map(|fees| fees.ar).collect();
    years.extend(ekonomi.avgiftsregler.iter().map(|rule| rule.ar));
    years.extend(ekonomi.planer.iter().flat_map(|plan| plan.kolumner.iter().map(|column| column.ar)));
    years.extend(years.iter().max().and_then(|last| last.checked_add(1)));
    years.sort_unstable_by(|one, other| other.cmp(one));
    years.dedup();
    years
}

/// The fees of a year at a glance.
#[derive(Debug)]
pub struct Arets {
    /// The year.
    pub ar: u16,
    /// What all members pay together; missing when nothing tells it.
    pub summa: Option<Belopp>,
    /// As it was given; missing when the sum is that of a plan, or is not known.
    pub angiven: Option<Medlemsavgift>,
}

/// The fees of each year that can be asked for, the latest first.
pub fn lista(underlag: &Underlag) -> Vec<Arets> {
    aren(underlag).into_iter().map(|ar| arets(underlag, ar)).collect()
}

/// The fees of a year at a glance.
pub fn arets(underlag: &Underlag, ar: u16) -> Arets {
    let angiven = underlag.ekonomi.medlemsavgifter.iter().find(|fees| fees.ar == ar).cloned();
    Arets { ar, summa: totalen(&underlag.ekonomi, ar).map(|(sum, _)| sum), angiven }
}

/// A sum that someone else has stored since a form was made: what is told, and the förbund's latest event before it was
/// read.
#[derive(Debug)]
pub struct Nyare {
    /// What stands there, by whom, and what to do.
    pub besked: String,
    /// The event.
    pub handelse: i64,
}

/// Stores the sum of a year's fees, unless someone else has stored another since the event `sedan`. The log says of which
/// year. Whether anything changed.
pub async fn spara(
    chosen: &Chosen<'_>,
    row: Medlemsavgift,
    sedan: i64,
    (who, why): (&str, &str),
) -> Result<Result<bool, Nyare>, Error> {
    let handelse = star::handelse(chosen).await?;
    let (key, ar) = (row.key(), row.ar);
    let newer = Star::finn::<Medlemsavgift>(chosen, &key).await?.filter(|star| star.ar_osedd(&row, (sedan, &key)));
    if let Some(star) = newer {
        let stands = Medlemsavgift::parse(&|at| star.cells()[at].as_str(), &mut |_, _| ());
        let sum = stands.map_or_else(String::new, |fees| format!(" {} kronor", format::kronor(fees.totalt_kr)));
        let besked = format!("Summan för {ar} är nu{sum}, sparad av {}. Spara igen om den ska ersättas.", star.vem());
        return Ok(Err(Nyare { besked, handelse }));
    }
    let rows = Facts { medlemsavgifter: vec![row], ..Facts::default() };
    let why = format!("{ar}: {why}");
    let signature = Signature { who, why: &why, now_ms: clock::now_ms() };
    let upon = Upon { resource: Medlemsavgift::RESOURCE, prefix: &key, event: handelse };
    let done = change::change_upon(chosen.db, &chosen.access, &rows, &[], Some(upon), (signature, SLAG)).await?;
    Ok(done.map(|done| done.event.is_some()).ok_or_else(|| {
        let besked = format!("Någon annan sparade summan för {ar} i samma stund. Spara igen.");
        Nyare { besked, handelse }
    }))
}

/// The day of a decision, if one is given; why it cannot be.
pub fn beslutsdag(text: &str) -> Result<Option<Datum>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let day: Datum = text.parse().map_err(|_| "Beslutsdagen är inget datum. Skriv som 2022-11-24.".to_owned())?;
    if day > clock::today() {
        return Err("Beslutsdagen har inte varit än. Lämna rutan tom medan summan är ett förslag.".to_owned());
    }
    Ok(Some(day))
}
