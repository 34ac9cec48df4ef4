//! The first sheet of the copy: all that is found, with links to the cells.

use super::Mark;
use crate::grid::column_letters;
use crate::uppfoljningsfil::utseende::{self, Skrivfel, clean};
use rust_xlsxwriter::{Url, Worksheet};
use samsyn_core::Severity;
use samsyn_document::format;

/// The most findings that are listed.
const MOST: usize = 5_000;
const HEAD: u32 = 3;
const COLUMNS: [(&str, u8); 5] =
    [("Var", 26), ("Allvar", 13), ("Kolumn", 24), ("Vad som är fel", 70), ("Vad som kan göras", 60)];

/// Writes the sheet.
pub(super) fn write(out: &mut Worksheet, marks: &[Mark<'_>], names: &[String]) -> Result<(), Skrivfel> {
    out.set_name(super::LISTA)?.set_screen_gridlines(false);
    out.write_string_with_format(0, 0, "Att rätta i filen", &utseende::title())?.set_row_height(0, 24)?;
    let faults = marks.iter().filter(|mark| mark.stops()).count();
    let about = match faults {
        0 => "Filen har inga fel. Det som står här behöver inte rättas.".to_owned(),
        1 => "Filen har ett fel. Rätta det i filen, eller i den här kopian, och lämna in den på nytt.".to_owned(),
        _ => format!(
            "Filen har {} fel. Rätta dem i filen, eller i den här kopian, och lämna in den på nytt.",
            format::number(faults as i64)
        ),
    };
    out.write_string_with_format(1, 0, about, &utseende::muted())?;
    for (column, (heading, width)) in (0..).zip(COLUMNS) {
        out.set_column_width(column, width)?;
        out.write_string_with_format(HEAD, column, heading, &utseende::heading(false))?;
    }
    let text = utseende::text();
    let mut row = HEAD;
    for mark in marks.iter().take(MOST) {
        row += 1;
        place(out, row, mark, names)?;
        let severity = match mark.finding.severity {
            Severity::Fel => "Fel",
            Severity::Varning => "Varning",
            Severity::Upplysning => "Upplysning",
        };
        let column = mark.finding.place.column.as_deref().unwrap_or("");
        let look = if mark.stops() { text.clone().merge(&utseende::fault()) } else { text.clone() };
        out.write_string_with_format(row, 1, severity, &look)?;
        out.write_string_with_format(row, 2, clean(column, 100), &text)?;
        out.write_string_with_format(row, 3, clean(&mark.finding.message, 1_000), &text)?;
        out.write_string_with_format(row, 4, clean(&mark.finding.hint, 1_000), &text)?;
        let (wrong, remedy) = ((&*mark.finding.message, COLUMNS[3].1), (&*mark.finding.hint, COLUMNS[4].1));
        out.set_row_height(row, utseende::height(&[wrong, remedy]))?;
    }
    if marks.len() > MOST {
        row += 1;
        let more = format::number((marks.len() - MOST) as i64);
        out.write_string_with_format(row, 3, format!("Och {more} till, som står vid sina rader."), &text)?;
    }
    if row > HEAD {
        out.autofilter(HEAD, 0, row, COLUMNS.len() as u16 - 1)?;
    }
    out.set_freeze_panes(HEAD + 1, 0)?;
    utseende::page(out);
    out.set_repeat_rows(HEAD, HEAD)?;
    Ok(())
}

/// Where it is: a link to the cell, or to the row.
fn place(out: &mut Worksheet, row: u32, mark: &Mark<'_>, names: &[String]) -> Result<(), Skrivfel> {
    let (Some(name), Some(cell)) = (names.get(mark.sheet), mark.cell) else {
        out.write_string_with_format(row, 0, "Filen", &utseende::text())?;
        return Ok(());
    };
    let address = format!("{}{}", column_letters(u32::from(cell.column.unwrap_or(0))), cell.row + 1);
    let words = if cell.column.is_some() { address.clone() } else { format!("rad {}", cell.row + 1) };
    let link = Url::new(format!("internal:'{}'!{address}", name.replace('\'', "''")));
    out.write_url_with_format(row, 0, link.set_text(format!("{name}, {words}")), &utseende::link())?;
    Ok(())
}
