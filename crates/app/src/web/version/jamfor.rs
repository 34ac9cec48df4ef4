//! Comparing a version with another or with what is known now, on a page and as an appendix to print.

use super::{Rad, finn, open_too, url};
use crate::access::Action;
use crate::actions::forbund::per_or_today;
use crate::actions::version::{self, jamfor};
use crate::clock;
use crate::web::andrad::{Andrad, Uppgift};
use crate::web::grind::Visit;
use crate::web::nedladdning::{Fil, marke};
use crate::web::sida::{Answer, Fail, Page, show};
use crate::web::tid::{Fragor, day, encode, given, not_yet};
use askama::Template;
use axum::extract::Path;
use samsyn_core::rapport::skillnad::{Bit, Faktum, Skillnad, ord_for_ord};
use samsyn_document::{Datum, Value, format};
use samsyn_store::version::Version;

#[derive(Template)]
#[template(path = "version/jamfor.html")]
struct Sida<'a> {
    page: Page,
    tillbaka: String,
    version: String,
    andra: Vec<Rad>,
    med: String,
    per: String,
    skillnad: &'a Skillnad,
    siffror: Vec<Andrad>,
    texter: Vec<(&'a str, Vec<Bit>)>,
    bilaga: String,
    /// Whether single inskrivningar are shown.
    enskilda: bool,
    dold: bool,
    /// The day on which inskrivningar behind the version were last removed.
    gallrad: Option<Datum>,
}

/// What is asked for: `med=nu`, with a day in `per`, or `med=` the number of another version.
async fn asked_for(visit: &Visit, version: &Version, asked: &Fragor) -> Result<jamfor::Med, Fail> {
    match given(asked, "med") {
        None | Some("nu") => {
            let day = per_or_today(day(asked, "per")?);
            if day > clock::today() { Err(not_yet(&format::long_date(day))) } else { Ok(jamfor::Med::Kant(day)) }
        }
        Some(other) => {
            let other = finn(visit, other.parse().map_err(|_| Fail::NotFound)?).await?;
            let same = (other.slag, other.avser) == (version.slag, version.avser);
            if same { Ok(jamfor::Med::Version(Box::new(other))) } else { Err(Fail::NotFound) }
        }
    }
}

/// Compares, and takes away the single inskrivningar that the visitor may not see.
async fn compared(visit: &Visit, version: &Version, asked: &Fragor) -> Result<Skillnad, Fail> {
    let med = asked_for(visit, version, asked).await?;
    let chosen = visit.chosen()?;
    if given(asked, "offentlig").is_some() {
        return Ok(jamfor::offentlig(&chosen, version, &med).await?);
    }
    let found = jamfor::jamfor(&chosen, version, &med).await?;
    if !visit.rights.all(Action::SeInskrivningar) {
        return Ok(found.utan_enskilda());
    }
    if found.har_enskilda() {
        visit.log("läsning av inskrivningar", &format!("skillnad, {}", version::namn(version))).await?;
    }
    Ok(found)
}

/// A value by itself, without a heading to tell its unit.
fn varde(value: &Value) -> String {
    if matches!(value, Value::Belopp(..)) { format::in_text(value) } else { format::value(value) }
}

fn uppgift(fact: &Faktum) -> Uppgift {
    let fore = fact.fore.clone().filter(|said| fact.efter.as_ref() != Some(said));
    Uppgift {
        ord: fact.handelse.text(),
        namn: fact.namn.clone(),
        fore: fore.unwrap_or_default(),
        efter: fact.efter.clone().unwrap_or_default(),
        vem: fact.vem.clone().unwrap_or_default(),
    }
}

/// GET `/f/{forbund}/version/{nr}/jamfor`
pub async fn sida(visit: Visit, Path((_, nr)): Path<(String, i64)>, asked: Fragor) -> Answer {
    let version = finn(&visit, nr).await?;
    let skillnad = compared(&visit, &version, &asked).await?;
    let chosen = visit.chosen()?;
    let all = version::lista(&chosen, open_too(&visit)).await?;
    let others =
        all.into_iter().filter(|other| other.nr != nr && (other.slag, other.avser) == (version.slag, version.avser));
    let (med, per) = (given(&asked, "med").unwrap_or("nu"), given(&asked, "per").unwrap_or_default());
    let query = format!("med={}&per={}", encode(med), encode(per));
    let view = Sida {
        page: Page::new(&visit, "Vad har ändrats?", "rapport"),
        tillbaka: url(&visit, nr, ""),
        version: version::namn(&version),
        andra: others.map(|other| Rad::new(&visit, other)).collect(),
        bilaga: url(&visit, nr, &format!("jamfor/bilaga.pdf?{query}")),
        enskilda: skillnad.har_enskilda(),
        gallrad: version::frysning::gallrad(&chosen, &version).await?,
        siffror: skillnad
            .siffror
            .iter()
            .map(|figure| Andrad {
                namn: figure.namn.clone(),
                lank: None,
                fore: varde(&figure.fore),
                efter: varde(&figure.efter),
                fakta: figure.fakta.iter().map(uppgift).collect(),
                dolda: figure.dolda,
            })
            .collect(),
        texter: skillnad
            .texter
            .iter()
            .map(|part| (part.rubrik.as_str(), ord_for_ord(&part.fore, &part.efter)))
            .collect(),
        med: med.to_owned(),
        per: per.to_owned(),
        dold: chosen.withheld,
        skillnad: &skillnad,
    };
    show(&view)
}

/// GET `/f/{forbund}/version/{nr}/jamfor/{fil}`: the same as an appendix, `bilaga.pdf` or in another format.
pub async fn bilaga(visit: Visit, Path((_, nr, name)): Path<(String, i64, String)>, asked: Fragor) -> Answer {
    let version = finn(&visit, nr).await?;
    let file = Fil::asked(&name)?;
    if file.vilken != "bilaga" || file.tabell.is_some() {
        return Err(Fail::NotFound);
    }
    let found = compared(&visit, &version, &asked).await?;
    let chosen = visit.chosen()?.withholding(given(&asked, "offentlig").is_some());
    let name = format!("{}{}", jamfor::filnamn(&version), marke(&chosen));
    file.of(&chosen, jamfor::bilaga(&found), &name).await
}
