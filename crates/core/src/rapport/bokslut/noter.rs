//! The notes: what each line of the statements is made of.

use super::{Rapport, tabell};
use crate::calc::bokslut::not::{Not, Notpost};
use crate::calc::bokslut::{ar, objektnamn};
use crate::calc::tabeller::bokforing::notnamn;
use crate::objektsaldo::PROJEKT;
use crate::rapportstruktur::{Rad, Radgrupp};
use samsyn_document::{Block, Cell, Datum, RowKind, Section, format};

pub(super) fn section(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::on_own_page("noter", "Noter");
    if !rapport.har(rapport.dagar.till) {
        section.blocks.push(Block::Notice(rapport.writer.text("Bokslutet är inte inläst.", &[])));
        return section;
    }
    for not in Not::av(&rapport.writer.rakning.underlag.bokforing, ar(rapport.dagar.till)) {
        section.sections.extend(note(rapport, not));
    }
    section
}

/// One note; none when nothing stands on it.
fn note(rapport: &Rapport<'_, '_>, not: Not) -> Option<Section> {
    let underlag = rapport.writer.rakning.underlag;
    let bokforing = &underlag.bokforing;
    let lines = not.rader(bokforing);
    let of_result = lines.iter().any(|rad| rad.is_result());
    let days = if of_result { rapport.resultatdagar() } else { rapport.dagar.balans(bokforing) };
    let posts = not.poster(bokforing, &days);
    if posts.is_empty() {
        return None;
    }
    let texts: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(at, rad)| if at == 0 { rad.text().to_owned() } else { rad.text().to_lowercase() })
        .collect();
    let finance = |rad: &Rad| rad.grupp() == Radgrupp::Finansiella;
    let heading = match texts.len() {
        0..=2 => format::list(&texts),
        _ if lines.iter().all(finance) => "Finansiella intäkter och kostnader".to_owned(),
        _ => format::list(&texts),
    };
    let heading = format!("Not {} {heading}", not.nr);
    let id = format!("not-{}", not.nr);
    let mut table = tabell(&id, format!("{}, kronor", format::list(&texts)), "Post");
    table.columns = rapport.kolumner(&days);
    let cells =
        |namn: &str| -> Vec<Cell> { days.iter().map(|day| rapport.writer.cell(&id, namn, &day.to_string())).collect() };
    for post in &posts {
        let namn = notnamn(post);
        table.rows.push(rapport.writer.namngiven_rad(&text(rapport, not, post, &days), RowKind::Normal, cells(&namn)));
    }
    if posts.len() > 1 {
        table.rows.push(rapport.writer.namngiven_rad("Summa", RowKind::Sum, cells("summa")));
    }
    let mut section = Section::new(&id, heading);
    section.blocks.push(Block::Table(table));
    Some(section)
}

/// The words of a row: what the bookkeeping calls the account or project, the latest first.
fn text(rapport: &Rapport<'_, '_>, not: Not, post: &Notpost, days: &[Datum]) -> String {
    let underlag = rapport.writer.rakning.underlag;
    let bokforing = &underlag.bokforing;
    let closings = || days.iter().filter_map(|day| bokforing.per(*day));
    let named = |konto: u32| {
        closings().find_map(|of| of.konton.iter().find(|row| row.konto == konto)).map(|row| row.namn.clone())
    };
    match post {
        Notpost::Konto(konto) => named(*konto).unwrap_or_else(|| konto.to_string()),
        Notpost::Namn(name) => {
            let of_day = |day: &Datum| not.konton(bokforing, *day, post).into_iter().map(|row| row.konto);
            let mut accounts: Vec<u32> = days.iter().flat_map(of_day).collect();
            accounts.sort_unstable();
            accounts.dedup();
            // A row of one account has its name; a row of several has the mapping's.
            match accounts.as_slice() {
                [one] => named(*one).unwrap_or_else(|| one.to_string()),
                _ => format::capital(&name.as_str().replace('_', " ")),
            }
        }
        Notpost::Post(post) => {
            let words = || format::capital(&post.as_str().replace('_', " "));
            underlag.insats_nr(post.as_str()).map_or_else(words, |nr| rapport.writer.namn(nr))
        }
        Notpost::Projekt(projekt) => closings()
            .map(|of| objektnamn(of, PROJEKT, projekt))
            .find(|name| name != projekt.as_str())
            .unwrap_or_else(|| format!("Projekt {projekt}")),
        Notpost::UtanProjekt => "Utan projekt, eller inte uppdelat på projekt".to_owned(),
    }
}
