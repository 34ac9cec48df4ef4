//! Sheets written as lines of text, as an .xlsx file.
//!
//! Cells are parted by `|`. `@2022-03-01` is a day, `#44621` a day's number without a date's format, `%0.5` a number
//! shown in percent, `'7` a text, `=B2+1=>3` a formula with what it
//! gave; a number is a number and all else text. `\n` breaks a line.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};
use std::io::{Cursor, Read, Write};

/// A sheet with its lines.
#[derive(Default)]
pub struct Blad {
    pub namn: &'static str,
    pub rader: Vec<String>,
    /// First row, first column, last row, last column; from 0.
    pub sammanfogade: Vec<(u32, u16, u32, u16)>,
    pub dolda_kolumner: Vec<u16>,
    pub dolda_rader: Vec<u32>,
    pub dolt: bool,
}

/// A workbook; days are counted from 1904 when it says so.
#[derive(Default)]
pub struct Bok {
    pub bladen: Vec<Blad>,
    pub fran_1904: bool,
}

pub fn blad(namn: &'static str, rader: &[&str]) -> Blad {
    Blad { namn, rader: rader.iter().map(|rad| (*rad).to_owned()).collect(), ..Blad::default() }
}

pub fn bok(rader: &[&str]) -> Bok {
    Bok { bladen: vec![blad("Blad1", rader)], fran_1904: false }
}

impl Bok {
    pub fn xlsx(&self) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        let mut out = Workbook::new();
        for blad in &self.bladen {
            write(out.add_worksheet(), blad, self.fran_1904)?;
        }
        let day = ExcelDateTime::from_ymd(2026, 3, 15)?;
        out.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&day));
        let bytes = out.save_to_buffer()?;
        if self.fran_1904 { from_1904(&bytes) } else { Ok(bytes) }
    }
}

fn write(out: &mut Worksheet, blad: &Blad, fran_1904: bool) -> Result<(), XlsxError> {
    out.set_name(blad.namn)?.set_hidden(blad.dolt);
    for (first, left, last, right) in &blad.sammanfogade {
        out.merge_range(*first, *left, *last, *right, "", &Format::new())?;
    }
    for (row, line) in (0..).zip(&blad.rader) {
        for (column, cell) in (0..).zip(line.split('|')) {
            put(out, row, column, cell, fran_1904)?;
        }
    }
    for column in &blad.dolda_kolumner {
        out.set_column_hidden(*column)?;
    }
    for row in &blad.dolda_rader {
        out.set_row_hidden(*row)?;
    }
    Ok(())
}

fn put(out: &mut Worksheet, row: u32, column: u16, cell: &str, fran_1904: bool) -> Result<(), XlsxError> {
    let (mark, rest) = cell.split_at(cell.chars().next().map_or(0, char::len_utf8));
    match mark {
        "@" => {
            let day = ExcelDateTime::parse_from_str(rest)?;
            let number = day.to_excel() - if fran_1904 { 1_462.0 } else { 0.0 };
            out.write_number_with_format(row, column, number, &Format::new().set_num_format("yyyy-mm-dd"))?
        }
        "#" => out.write_number(row, column, rest.parse::<f64>().unwrap_or(0.0))?,
        "%" => out.write_number_with_format(
            row,
            column,
            rest.parse::<f64>().unwrap_or(0.0),
            &Format::new().set_num_format("0%"),
        )?,
        "'" => out.write_string(row, column, rest)?,
        "=" => {
            let (formula, result) = cell.split_once("=>").unwrap_or((cell, "0"));
            out.write_formula(row, column, Formula::new(formula).set_result(result))?
        }
        _ if cell.is_empty() => return Ok(()),
        _ => match cell.parse::<f64>() {
            Ok(number) => out.write_number(row, column, number)?,
            Err(_) => out.write_string(row, column, cell.replace("\\n", "\n"))?,
        },
    };
    Ok(())
}

/// The same workbook, saying that its days are counted from 1904.
fn from_1904(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..parts.len() {
        let mut part = parts.by_index(at)?;
        let name = part.name()?.into_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text)?;
        if name == "xl/workbook.xml" {
            text = String::from_utf8(text)?.replace("<workbookPr ", "<workbookPr date1904=\"1\" ").into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default())?;
        out.write_all(&text)?;
    }
    Ok(out.finish()?.into_inner())
}
