//! Cancelling an insats that was made by mistake: it ends, with its decisions, as one event. Refused when anything else
//! is told of it.

use crate::actions::forbund::Chosen;
use crate::actions::insatsbeslut::{Form, Wrong};
use crate::actions::ord;
use crate::{Error, clock};
use samsyn_core::kommentar::Om;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::underlag::Underlag;
use samsyn_core::{Fact, Facts};
use samsyn_document::format;
use samsyn_store::{Signature, change, roll};

/// The kind of event.
pub const SLAG: &str = "makulerad insats";

/// Whether nothing is told of an insats but itself and its decisions, as far as the underlag tells.
pub fn utan_uppgifter(underlag: &Underlag, id: &str) -> bool {
    let Some(nr) = underlag.insats_nr(id) else { return false };
    let of = &underlag.insatser[nr];
    let rows = of.parter.len() + of.budget.len() + of.rekvisitioner.len() + of.avvikelser.len() + of.rapporter.len();
    let alone = underlag.kedjor[of.kedja].lankar.len() == 1;
    let written = of.partskommentarer.len() + of.kommentarer.len() + of.ljusval.len();
    let counted = of.manadsantal.len() + of.avslutsantal.len();
    rows + of.mal.len() + of.malutfall.len() + written + counted == 0
        && of.slutrapport.is_none()
        && alone
        && !underlag.deltaganden.iter().any(|deltagande| deltagande.insats as usize == nr)
}

/// Cancels an insats. Says what is wrong when it cannot be; nothing is stored then.
pub async fn makulera(chosen: &Chosen<'_>, id: &str, form: &Form, who: &str) -> Result<Result<(), Wrong>, Error> {
    let why = form.get("skal").map_or("", |why| why.trim());
    let told = if why.is_empty() {
        Some("Skriv varför insatsen makuleras.")
    } else if why.chars().count() > 500 {
        Some("Texten är för lång. Skriv högst 500 tecken.")
    } else if contains_personnummer(why) {
        Some("Fältet innehåller ett personnummer. Ta bort det; inget har sparats.")
    } else {
        None
    };
    if let Some(told) = told {
        return Ok(Err(vec![("skal".to_owned(), told.to_owned())]));
    }
    let stored = samsyn_store::facts::current(chosen.db, &chosen.access).await?;
    let mut about = told_of(&stored, id);
    let now_ms = clock::now_ms();
    let in_force = |roll: &roll::Roll| roll.insats_id == id && roll.till_ms.is_none_or(|till| till > now_ms);
    if roll::of_forbund(chosen.db, chosen.access.forbund()).await?.iter().any(in_force) {
        about.push("roller för användare".to_owned());
    }
    if !about.is_empty() {
        let told = format!(
            "Insatsen kan inte makuleras. Det finns uppgifter om den: {}. Avsluta den i stället under Förläng eller avsluta.",
            format::list(&about)
        );
        return Ok(Err(vec![(String::new(), told)]));
    }
    let periods = stored.insatsperioder.iter().filter(|period| period.insats_id.as_str() == id).map(Fact::key);
    let periods: Vec<String> = periods.collect();
    let mut ends = vec![("insatser", id)];
    ends.extend(periods.iter().map(|key| ("insatsperioder", key.as_str())));
    let signature = Signature { who, why, now_ms };
    change::end_all(chosen.db, &chosen.access, &ends, signature, SLAG).await?;
    Ok(Ok(()))
}

/// What is told of an insats beside itself and its decisions, in words.
fn told_of(stored: &Facts, id: &str) -> Vec<String> {
    let mut found = Vec::new();
    macro_rules! any {
        ($($field:ident),+) => {$(
            if stored.$field.iter().any(|row| row.insats_id.as_str() == id) {
                found.push(ord::flera(stringify!($field)).to_lowercase());
            }
        )+};
    }
    any!(insatsparter, budget, rekvisitioner, avvikelser, kvartalsrapporter, mal, malutfall, deltagare);
    any!(slutrapporter, partskommentarer, ljusval, manadsantal, avslutsantal);
    // Comments on avvikelser come with those.
    if stored.kommentarer.iter().any(|said| said.om == Om::Insats && said.nyckel.as_str() == id) {
        found.push(ord::flera("kommentarer").to_lowercase());
    }
    if stored.insatser.iter().any(|next| next.redovisas_med.as_ref().is_some_and(|before| before.as_str() == id)) {
        found.push("en insats som fortsätter den".to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use samsyn_core::for_every_noun;

    /// Every noun with an insats must be looked at here.
    #[test]
    fn every_noun_about_insatser_is_asked() {
        let text = include_str!("makulera.rs");
        macro_rules! each {
            ($($field:ident: $type:ty,)+) => {$(
                let about = <$type as Fact>::FIELDS.contains(&"insats_id");
                let own = ["insatser", "insatsperioder"].contains(&<$type as Fact>::RESOURCE);
                assert!(!about || own || text.contains(&format!("{}, ", stringify!($field))) || text.contains(
                    &format!("{});", stringify!($field))), "{}", stringify!($field));
            )+};
        }
        for_every_noun!(each);
    }
}
