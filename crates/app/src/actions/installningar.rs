//! The förbund's settings: what they are now, changing them with a reason, and who changed them before.

use crate::access::names_ticket;
use crate::actions::anvandarform::{given, unfit};
use crate::actions::insatsbeslut::{Form, Wrong};
use crate::{Error, clock};
use samsyn_core::forbund::Forbund;
use samsyn_core::installning::{NAMN, Stored};
use samsyn_core::kvartalsrapport::IFas;
use samsyn_core::{Fact, Facts, Installningar};
use samsyn_document::Logo;
use samsyn_store::forbund::Forbund as Place;
use samsyn_store::handelse::{self, Handelse};
use samsyn_store::{Db, Signature, change, history, installning};
use std::collections::HashMap;

/// The setting that is a picture.
const LOGOTYP: &str = "logotyp";
/// The longest reason and the longest name, in characters.
const LONGEST: usize = 500;

/// What is to become of the logo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bild {
    /// It stays.
    Kvar,
    /// It is taken away.
    Bort,
    /// Another takes its place.
    Ny(Vec<u8>),
}

/// The default of a setting, as it would be typed.
pub fn standard(name: &str) -> String {
    let all = Installningar::default();
    let answer = |kod: &str| IFas::of_kod(kod).map(|answer| all.trafikljus.i_fas[answer as usize].word().to_owned());
    match name {
        "kvot_lag" => all.kvot_lag.to_string(),
        "kvot_hog" => all.kvot_hog.to_string(),
        "sma_tal" => all.sma_tal.to_string(),
        "trafikljus.nas_ej" => all.trafikljus.nas_ej.word().to_owned(),
        _ => name.strip_prefix("trafikljus.").and_then(answer).unwrap_or_default(),
    }
}

/// The settings that are typed: all but the logo.
fn typed() -> impl Iterator<Item = &'static str> {
    NAMN.into_iter().filter(|name| *name != LOGOTYP)
}

/// The settings as a form shows them, and whether there is a logo.
pub async fn form_of(db: &Db, forbund: &Place) -> Result<(Form, bool), Error> {
    let stored = installning::current(db, forbund.nr).await?;
    let value = |name: &str| stored.get(name).cloned().unwrap_or_else(|| standard(name));
    let mut form: Form = typed().map(|name| (name.to_owned(), value(name))).collect();
    form.insert("namn".to_owned(), forbund.namn.clone());
    Ok((form, stored.contains_key(LOGOTYP)))
}

/// The logo as it is now.
pub async fn logotyp(db: &Db, forbund: i64) -> Result<Option<Logo>, Error> {
    let stored = installning::current(db, forbund).await?;
    let Some(sha256) = stored.get(LOGOTYP) else { return Ok(None) };
    let bytes = installning::bild(db, forbund, sha256).await?;
    Ok(bytes.and_then(|bytes| Logo::read(bytes).ok()))
}

/// Changes what differs. Whether anything did; else what is wrong with the form, and then nothing is stored.
pub async fn spara(db: &Db, forbund: &Place, form: &Form, bild: Bild, who: &str) -> Result<Result<bool, Wrong>, Error> {
    let stored = installning::current(db, forbund.nr).await?;
    let (mut values, mut wrong) = judge(form, &stored);
    let picture = match bild {
        Bild::Kvar => None,
        Bild::Bort => {
            values.push((LOGOTYP, None));
            None
        }
        Bild::Ny(bytes) => match Logo::read(bytes) {
            Ok(logo) => Some(logo.bytes),
            Err(why) => {
                wrong.push((LOGOTYP.to_owned(), why.0.to_owned()));
                None
            }
        },
    };
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let signature = Signature { who, why: given(form, "skal"), now_ms: clock::now_ms() };
    let mut changed = rename(db, forbund, given(form, "namn"), signature).await?;
    let values: Vec<(&str, Option<&str>)> = values.iter().map(|(name, value)| (*name, value.as_deref())).collect();
    changed |= installning::set(db, forbund.nr, &values, signature).await?.is_some();
    if let Some(bytes) = picture {
        changed |= installning::set_bild(db, forbund.nr, LOGOTYP, &bytes, signature).await?.is_some();
    }
    Ok(Ok(changed))
}

/// What is to be set, and what is wrong. A setting that is not stored and is left as its default stays unstored.
fn judge(form: &Form, stored: &Stored) -> (Vec<(&'static str, Option<String>)>, Wrong) {
    let (mut values, mut wrong) = (Vec::new(), Wrong::new());
    for (field, text) in form {
        if let Some(why) = unfit(text) {
            wrong.push((field.clone(), why.to_owned()));
        } else if text.chars().count() > LONGEST {
            wrong.push((field.clone(), format!("Texten är för lång. Skriv högst {LONGEST} tecken.")));
        }
    }
    if given(form, "namn").is_empty() {
        wrong.push(("namn".to_owned(), "Skriv förbundets namn.".to_owned()));
    }
    if given(form, "skal").is_empty() {
        wrong.push(("skal".to_owned(), "Skriv varför, eller vilket beslut det bygger på.".to_owned()));
    }
    for name in typed() {
        let text = given(form, name).to_lowercase();
        if wrong.iter().any(|(field, _)| field == name) {
            continue;
        }
        if text.is_empty() {
            values.push((name, None));
        } else if let Err(why) = Installningar::default().set(name, &text) {
            wrong.push((name.to_owned(), why));
        } else if stored.contains_key(name) || text != standard(name) {
            values.push((name, Some(text)));
        }
    }
    (values, wrong)
}

/// Gives the förbund another name: a new version of what is told of it, the rest of which stands. Whether it differs.
async fn rename(db: &Db, forbund: &Place, name: &str, signature: Signature<'_>) -> Result<bool, Error> {
    if name == forbund.namn {
        return Ok(false);
    }
    let access = names_ticket(forbund.nr);
    let versions = history::of_fact(db, &access, Forbund::RESOURCE, &forbund.forbund_id).await?;
    let now = versions.iter().rfind(|version| version.ended_ms.is_none());
    let row = now.and_then(|version| {
        let cell = |at: usize| if Forbund::FIELDS[at] == "namn" { name } else { version.cells[at].as_str() };
        Forbund::parse(&cell, &mut |_, _| ())
    });
    let row = row.ok_or_else(|| Error::Failure("förbundets uppgifter kan inte läsas".to_owned()))?;
    let rows = Facts { forbund: vec![row], ..Facts::default() };
    Ok(change::change(db, &access, &rows, signature, installning::KIND).await?.event.is_some())
}

/// What a setting is called.
pub fn ord(name: &str) -> String {
    let answer = |kod: &str| IFas::of_kod(kod).map(|answer| format!("Svaret ”{}”", answer.text()));
    match name {
        "namn" => "Förbundets namn".to_owned(),
        "farg" => "Färg".to_owned(),
        LOGOTYP => "Logotyp".to_owned(),
        "kvot_lag" => "Låg förbrukning, procent".to_owned(),
        "kvot_hog" => "Hög förbrukning, procent".to_owned(),
        "sma_tal" => "Gräns för små tal".to_owned(),
        "gallring.manader_efter_avslut" => "Månader efter utskrivning".to_owned(),
        "gallring.manader_efter_insats" => "Månader efter insatsens sista dag".to_owned(),
        "trafikljus.nas_ej" => "Prognosen ”Målen nås inte”".to_owned(),
        _ => name.strip_prefix("trafikljus.").and_then(answer).unwrap_or_else(|| name.to_owned()),
    }
}

/// What each event changed of the settings, in words: `Gräns för små tal: 5 → 10`.
pub async fn andringar(db: &Db, forbund: i64) -> Result<HashMap<i64, Vec<String>>, Error> {
    let mut all: HashMap<i64, Vec<String>> = HashMap::new();
    for (event, name, before, after) in installning::changes(db, forbund).await? {
        all.entry(event).or_default().push(andring(&name, before, after));
    }
    // The name is told of the förbund itself.
    if let Some(place) = samsyn_store::forbund::all(db).await?.into_iter().find(|place| place.nr == forbund) {
        let versions = history::of_fact(db, &names_ticket(forbund), Forbund::RESOURCE, &place.forbund_id).await?;
        let name = Forbund::FIELDS.iter().position(|field| *field == "namn").unwrap_or_default();
        for pair in versions.windows(2).filter(|pair| pair[0].cells[name] != pair[1].cells[name]) {
            let (before, after) = (pair[0].cells[name].clone(), pair[1].cells[name].clone());
            all.entry(pair[1].event.nr).or_default().push(andring("namn", Some(before), Some(after)));
        }
    }
    Ok(all)
}

fn andring(name: &str, before: Option<String>, after: Option<String>) -> String {
    // What an insats calls things are its own words; they are not for the log.
    if let Some(insats) = name.strip_prefix("uppfoljningsfil.") {
        return format!("Orden i uppföljningsfilen från {insats}: ändrade");
    }
    if name == LOGOTYP {
        let what = match (before, after) {
            (None, Some(_)) => "vald",
            (Some(_), Some(_)) => "utbytt",
            _ => "borttagen",
        };
        return format!("{}: {what}", ord(name));
    }
    let said = |value: Option<String>| value.unwrap_or_else(|| standard(name));
    let unset = if name.starts_with("gallring.") { "ingen regel" } else { "programmets egen" };
    let said = |value: Option<String>| match said(value) {
        text if text.is_empty() => unset.to_owned(),
        text => text,
    };
    format!("{}: {} → {}", ord(name), said(before), said(after))
}

/// The latest changes of settings, the latest first.
pub async fn historik(db: &Db, forbund: i64, most: usize) -> Result<Vec<Handelse>, Error> {
    const AT_ONCE: i64 = 200;
    let (mut found, mut before) = (Vec::new(), None);
    loop {
        let page = handelse::page(db, forbund, before, AT_ONCE).await?;
        before = page.last().map(|event| event.nr);
        let whole = page.len() as i64 == AT_ONCE;
        found.extend(page.into_iter().filter(|event| event.slag == installning::KIND));
        if !whole || found.len() >= most {
            found.truncate(most);
            return Ok(found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Form {
        let mut form: Form = typed().map(|name| (name.to_owned(), standard(name))).collect();
        form.extend([("namn".to_owned(), "Förbundet".to_owned()), ("skal".to_owned(), "Beslut § 4".to_owned())]);
        form.extend(fields.iter().map(|&(name, text)| (name.to_owned(), text.to_owned())));
        form
    }

    #[test]
    fn every_setting_has_a_default_that_may_be_set() {
        let unset = |name: &&str| *name == "farg" || name.starts_with("gallring.");
        for name in typed().filter(|name| !unset(name)) {
            assert_eq!(Installningar::default().set(name, &standard(name)), Ok(()), "{name}");
        }
        assert!(typed().filter(unset).all(|name| standard(name).is_empty()));
    }

    #[test]
    fn a_change_tells_what_it_was_and_became() {
        let set = |text: &str| Some(text.to_owned());
        assert_eq!(andring("sma_tal", None, set("10")), "Gräns för små tal: 5 → 10");
        assert_eq!(andring("trafikljus.i_stort_sett", set("grön"), None), "Svaret ”I stort sett”: grön → gul");
        assert_eq!(andring("farg", set("#0b5563"), None), "Färg: #0b5563 → programmets egen");
        let months = andring("gallring.manader_efter_avslut", None, set("24"));
        assert_eq!(months, "Månader efter utskrivning: ingen regel → 24");
        assert_eq!(andring("logotyp", set("a"), set("b")), "Logotyp: utbytt");
        assert!(NAMN.into_iter().all(|name| ord(name) != name));
        // What an insats calls things are its own words.
        for (before, after) in [(None, set("hemligt")), (set("hemligt"), set("annat")), (set("hemligt"), None)] {
            let told = andring("uppfoljningsfil.ost-bryggan", before, after);
            assert_eq!(told, "Orden i uppföljningsfilen från ost-bryggan: ändrade");
        }
    }

    #[test]
    fn what_is_left_as_it_was_is_not_stored() {
        let (values, wrong) = judge(&form(&[]), &Stored::new());
        let (avslut, insats) = ("gallring.manader_efter_avslut", "gallring.manader_efter_insats");
        assert_eq!((values, wrong), (vec![("farg", None), (avslut, None), (insats, None)], Wrong::new()));
        let stored = Stored::from([("sma_tal".to_owned(), "10".to_owned())]);
        let (values, _) = judge(&form(&[("farg", " #0B5563 "), ("kvot_lag", "")]), &stored);
        let set = |text: &str| Some(text.to_owned());
        let colour = ("farg", set("#0b5563"));
        assert_eq!(values[..3], [colour, ("kvot_lag", None), ("sma_tal", set("5"))]);
    }

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        for (field, text) in [
            ("farg", "#ffff00"),
            ("trafikljus.delvis", "blå"),
            ("kvot_hog", "99"),
            ("gallring.manader_efter_avslut", "0"),
            ("gallring.manader_efter_insats", "241"),
            ("namn", " "),
            ("skal", ""),
            ("skal", "se 900101-0017"),
            ("namn", "För\u{7}bund"),
        ] {
            let (_, wrong) = judge(&form(&[(field, text)]), &Stored::new());
            assert_eq!(wrong.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), [field], "{text}");
        }
    }
}
