//! The diarium: registering a matter, and the list of them.

use crate::Error;
use crate::actions::forbund::Chosen;
use crate::clock;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_document::Datum;
use samsyn_store::diarium::{self, Diariepost};
use samsyn_store::{Signature, version};

/// The diarium, the latest first. One who may not read drafts does not see that they have a number.
pub async fn lista(chosen: &Chosen<'_>, open_too: bool) -> Result<Vec<Diariepost>, Error> {
    let versions = version::list(chosen.db, &chosen.access).await?;
    let mut posts = diarium::list(chosen.db, &chosen.access).await?;
    let open = |nr: i64| versions.iter().any(|version| version.nr == nr && version.lage.is_open());
    posts.retain(|post| open_too || !post.version.is_some_and(open));
    Ok(posts)
}

/// The longest matter, characters.
const LONGEST: usize = 300;

/// Registers a matter for a day: year and number; or why not, and what to do.
pub async fn registrera(
    chosen: &Chosen<'_>,
    datum: &str,
    arende: &str,
    who: &str,
) -> Result<Result<(i64, i64), String>, Error> {
    let Ok(day) = datum.parse::<Datum>() else {
        return Ok(Err(format!("”{datum}” är inget datum. Skriv som 2022-08-30.")));
    };
    if day > clock::today() {
        return Ok(Err("Dagen har inte varit än. Skriv den dag då handlingen kom in eller upprättades.".to_owned()));
    }
    if arende.is_empty() || arende.chars().count() > LONGEST {
        return Ok(Err(format!("Skriv vad ärendet gäller, högst {LONGEST} tecken.")));
    }
    if contains_personnummer(arende) {
        return Ok(Err("Ärendet innehåller något som ser ut som ett personnummer. Skriv det utan.".to_owned()));
    }
    let signature = Signature { who, why: "", now_ms: clock::now_ms() };
    Ok(Ok(diarium::register(chosen.db, &chosen.access, (day, arende), signature).await?))
}
