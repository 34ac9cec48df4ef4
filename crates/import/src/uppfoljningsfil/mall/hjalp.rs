//! The sheet of help: how to fill in, what each column means, what must never be written.

use super::kolumner::{ATT_RATTA, KOLUMNER};
use crate::uppfoljningsfil::Slag;
use crate::uppfoljningsfil::utseende::{self, Skrivfel};
use rust_xlsxwriter::Worksheet;

const SA_GOR_DU: &[&str] = &[
    "Skriv en rad för varje inskrivning på bladet Inskrivningar. De inskrivningar som redan är kända står där.",
    "När någon avslutas: fyll i sista dag och avslutsorsak, och vad personen gör efteråt.",
    "När någon skrivs in på nytt: skriv en ny rad med ett nytt nummer. Ändra inte den gamla raden.",
    "Blev en uppgift fel förra gången, så skriv över den. Ta inte bort rader; kontakta kansliet om en inskrivning var ett misstag.",
    "Kolumnen Att rätta säger vad som är fel på raden. När den är tom är raden klar.",
    "Grå rader är inskrivningar som är avslutade. Röda celler behöver rättas.",
    "Spara filen och lämna den till kansliet. Byt inte namn på kolumnerna och flytta dem inte.",
];

const ALDRIG: &[&str] = &[
    "Namn, personnummer, adress eller telefonnummer.",
    "Diagnoser eller annat om en persons hälsa.",
    "Kommentarer om personen, varken i celler eller i anteckningar på celler.",
];

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet) -> Result<(), Skrivfel> {
    sheet.set_name("Hjälp")?.set_screen_gridlines(false);
    sheet.set_column_width(0, 26)?.set_column_width(1, 74)?.set_column_width(2, 52)?;
    sheet.write_string_with_format(0, 0, "Så fyller du i mallen", &utseende::title())?.set_row_height(0, 24)?;
    let mut row = steps(sheet, 2, "Gör så här", SA_GOR_DU, true)?;
    row = steps(sheet, row + 1, "Skriv aldrig", ALDRIG, false)?;
    row += 1;
    sheet.write_string_with_format(row, 0, "Vad kolumnerna betyder", &utseende::section())?;
    row += 1;
    for (column, heading) in (0..).zip(["Kolumn", "Vad som menas", "Vad som får stå där"]) {
        sheet.write_string_with_format(row, column, heading, &utseende::heading(false))?;
    }
    let text = utseende::text();
    for kolumn in &KOLUMNER {
        row += 1;
        let words: Vec<&str> = kolumn.falt.koder().into_iter().map(|(_, words)| words).collect();
        let may = match kolumn.falt.slag() {
            Slag::Lista | Slag::JaNej => words.join(", "),
            Slag::Dag => "Ett datum, till exempel 2026-02-28".to_owned(),
            Slag::Ar => "Fyra siffror".to_owned(),
            Slag::Nummer => "Bokstäver och siffror utan mellanslag".to_owned(),
        };
        let lines = lines(kolumn.hjalp, 74).max(lines(&may, 52));
        sheet.write_string_with_format(row, 0, kolumn.falt.rubrik(), &text.clone().set_bold())?;
        sheet.write_string_with_format(row, 1, kolumn.hjalp, &text)?;
        sheet.write_string_with_format(row, 2, may, &text)?;
        sheet.set_row_height(row, height(lines))?;
    }
    row += 1;
    sheet.write_string_with_format(row, 0, ATT_RATTA, &text.clone().set_bold())?;
    sheet.write_string_with_format(row, 1, "Fylls i av sig själv, och läses inte.", &text)?;
    utseende::page(sheet);
    sheet.protect();
    Ok(())
}

/// A list of sentences under a heading; gives the row after it.
fn steps(sheet: &mut Worksheet, row: u32, heading: &str, all: &[&str], numbered: bool) -> Result<u32, Skrivfel> {
    sheet.write_string_with_format(row, 0, heading, &utseende::section())?;
    let mut at = row;
    for (number, step) in (1..).zip(all) {
        at += 1;
        let mark = if numbered { format!("{number}.") } else { "–".to_owned() };
        let look = utseende::text().set_align(rust_xlsxwriter::FormatAlign::Right);
        sheet.write_string_with_format(at, 0, mark, &look)?;
        sheet.write_string_with_format(at, 1, *step, &utseende::text())?;
        sheet.set_row_height(at, height(lines(step, 74)))?;
    }
    Ok(at + 1)
}

/// How many lines a text takes in a column so many characters wide.
fn lines(text: &str, width: usize) -> usize {
    text.chars().count().div_ceil(width.max(1)).max(1)
}

fn height(lines: usize) -> u32 {
    lines as u32 * 15 + 3
}
