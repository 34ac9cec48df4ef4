//! Every version of every fact, as files beside an exported package.

use crate::Error;
use crate::actions::forbund::Chosen;
use samsyn_document::datum::moment;
use samsyn_import::csv::write_cell;
use samsyn_import::package::ReceivedFile;
use samsyn_store::history::{self, Noun, Version};

/// What stands after the fact's own fields: from and until when it was known, when the system was told,
/// by whom and why.
const COLUMNS: [&str; 5] = ["kand_fran", "kand_till", "registrerad", "av", "skal"];

/// One file per noun in the folder `historik`. Times are Swedish; `kand_fran` is empty for what counts as
/// always known, `kand_till` for what is in force.
pub async fn files(chosen: &Chosen<'_>) -> Result<Vec<ReceivedFile>, Error> {
    let nouns = history::all(chosen.db, &chosen.access).await?;
    Ok(nouns.iter().map(file).collect())
}

fn file(noun: &Noun) -> ReceivedFile {
    let mut text = String::new();
    line(&mut text, noun.fields.iter().chain(&COLUMNS).copied());
    for version in &noun.versions {
        let times = times(version);
        line(&mut text, version.cells.iter().map(String::as_str).chain(times.iter().map(String::as_str)));
    }
    ReceivedFile { name: format!("historik/{}.csv", noun.resource), bytes: text.into_bytes() }
}

fn times(version: &Version) -> [String; 5] {
    let known =
        if version.known_ms == samsyn_core::known::ALWAYS_MS { String::new() } else { moment(version.known_ms) };
    let event = &version.event;
    [
        known,
        version.ended_ms.map_or_else(String::new, moment),
        moment(event.registrerad_ms),
        event.vem.clone(),
        event.varfor.clone(),
    ]
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            text.push(';');
        }
        write_cell(cell, text);
    }
    text.push_str("\r\n");
}
