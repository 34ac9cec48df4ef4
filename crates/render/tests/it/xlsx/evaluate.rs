//! A very small spreadsheet: reads a workbook and computes its formulas anew from the plain values.

use calamine::{Data, Range, Reader, StyleRange, Xlsx};
use std::collections::HashMap;
use std::io::Cursor;

/// A workbook's values and formulas.
pub struct Book {
    values: HashMap<String, Range<Data>>,
    formulas: HashMap<String, Range<String>>,
    styles: HashMap<String, StyleRange>,
    /// The names of the sheets, in their order.
    pub sheets: Vec<String>,
}

/// What a cell or a part of a formula comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Result {
    Number(f64),
    Words(String),
}

impl Result {
    pub fn number(&self) -> f64 {
        match self {
            Result::Number(number) => *number,
            Result::Words(words) => panic!("{words:?} is no number"),
        }
    }
}

impl Book {
    pub fn open(bytes: &[u8]) -> Book {
        let mut book = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
        let sheets = book.sheet_names();
        let values = sheets.iter().map(|name| (name.clone(), book.worksheet_range(name).expect("values"))).collect();
        let formulas = sheets.iter().map(|name| (name.clone(), book.worksheet_formula(name).expect("formulas")));
        let formulas = formulas.collect();
        let styles = sheets.iter().map(|name| (name.clone(), book.worksheet_style(name).expect("styles"))).collect();
        Book { values, formulas, styles, sheets }
    }

    /// The cell's number format.
    pub fn format(&self, sheet: &str, place: (u32, u32)) -> String {
        let style = self.styles[sheet].get(place).and_then(|style| style.number_format.as_ref());
        style.map_or_else(|| "General".to_owned(), |format| format.format_code.clone())
    }

    /// Every formula: its sheet, place and text.
    pub fn formulas(&self) -> Vec<(String, (u32, u32), String)> {
        let mut found = Vec::new();
        for sheet in &self.sheets {
            let formulas = &self.formulas[sheet];
            let (top, left) = formulas.start().unwrap_or_default();
            for (row, column, text) in formulas.used_cells() {
                found.push((sheet.clone(), (top + row as u32, left + column as u32), text.clone()));
            }
        }
        found
    }

    pub fn formula(&self, sheet: &str, place: &str) -> Option<String> {
        self.formulas[sheet].get_value(at(place)).filter(|text| !text.is_empty()).cloned()
    }

    /// The value that stands in the file.
    pub fn stored(&self, sheet: &str, place: (u32, u32)) -> Option<&Data> {
        self.values[sheet].get_value(place)
    }

    /// The first place whose words are these.
    pub fn find(&self, sheet: &str, words: &str) -> Option<(u32, u32)> {
        let range = &self.values[sheet];
        let (top, left) = range.start()?;
        let is_it = |(_, _, value): &(usize, usize, &Data)| matches!(value, Data::String(text) if text == words);
        let (row, column, _) = range.used_cells().find(is_it)?;
        Some((top + row as u32, left + column as u32))
    }

    /// The cell's value, computed when it is a formula.
    pub fn cell(&self, sheet: &str, place: (u32, u32)) -> Result {
        match self.formulas[sheet].get_value(place).filter(|text| !text.is_empty()) {
            Some(text) => self.compute(sheet, text),
            None => match self.stored(sheet, place) {
                Some(Data::Float(number)) => Result::Number(*number),
                Some(Data::Int(number)) => Result::Number(*number as f64),
                Some(Data::String(words)) => Result::Words(words.clone()),
                None | Some(Data::Empty) => Result::Words(String::new()),
                other => panic!("{other:?} in {sheet} {place:?}"),
            },
        }
    }

    /// `SUM(B5:B8,B10)`, `B5+C5-(B6+7)`, `IF(N(C5)>0,B5/C5,"–")`, `'Tabell 6'!B5`.
    pub fn compute(&self, sheet: &str, text: &str) -> Result {
        let all = terms(text);
        if all.len() > 1 {
            return Result::Number(all.into_iter().map(|(sign, term)| sign * self.compute(sheet, term).number()).sum());
        }
        if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            return self.compute(sheet, inner);
        }
        if let Ok(number) = text.parse() {
            return Result::Number(number);
        }
        if let Some(parts) = text.strip_prefix("SUM(").and_then(|rest| rest.strip_suffix(')')) {
            let cells = parts.split(',').flat_map(places);
            let numbers = cells.filter_map(|place| match self.cell(sheet, place) {
                Result::Number(number) => Some(number),
                Result::Words(_) => None,
            });
            return Result::Number(numbers.sum());
        }
        if let Some(rest) = text.strip_prefix("IF(N(") {
            let (under, rest) = rest.split_once(")>0,").expect(text);
            let (ratio, words) = rest.strip_suffix("\")").and_then(|rest| rest.split_once(",\"")).expect(text);
            let (over, below) = ratio.split_once('/').expect(text);
            assert_eq!(under, below, "{text}");
            return match self.cell(sheet, at(below)) {
                Result::Number(base) if base > 0.0 => Result::Number(self.cell(sheet, at(over)).number() / base),
                _ => Result::Words(words.to_owned()),
            };
        }
        if let Some(rest) = text.strip_prefix('\'') {
            let (other, place) = rest.rsplit_once("'!").expect(text);
            return self.cell(&other.replace("''", "'"), at(place));
        }
        Result::Number(self.cell(sheet, at(text)).number())
    }
}

/// What is added and taken off, each with its sign; what stands in parentheses or in quotes is one term.
fn terms(text: &str) -> Vec<(f64, &str)> {
    let (mut all, mut from, mut sign) = (Vec::new(), 0, 1.0);
    let (mut deep, mut quoted) = (0, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '\'' => quoted = !quoted,
            '(' if !quoted => deep += 1,
            ')' if !quoted => deep -= 1,
            '+' | '-' if !quoted && deep == 0 && at > 0 => {
                all.push((sign, &text[from..at]));
                (from, sign) = (at + 1, if letter == '-' { -1.0 } else { 1.0 });
            }
            _ => {}
        }
    }
    all.push((sign, &text[from..]));
    all
}

/// The places of `B5` or `B5:C8`.
fn places(text: &str) -> Vec<(u32, u32)> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let ((top, left), (bottom, right)) = (at(first), at(last));
    (top..=bottom).flat_map(|row| (left..=right).map(move |column| (row, column))).collect()
}

/// The row and column, from 0, of `B5`.
pub fn at(place: &str) -> (u32, u32) {
    let letters = place.chars().take_while(char::is_ascii_uppercase).count();
    let column = place[..letters].bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
    let row: u32 = place[letters..].parse().unwrap_or_else(|_| panic!("{place} is no place"));
    (row - 1, column - 1)
}
