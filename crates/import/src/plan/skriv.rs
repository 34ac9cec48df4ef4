//! Writing a plan in the form in which it is read: CSV, or an Excel file whose sums are formulas.

use super::{KATEGORI, POST, SUMMA};
use crate::csv::write_cell;
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{Format, FormatAlign, Formula, Workbook, XlsxError};
use samsyn_core::calc::utrymme::{Ingang, Planrad, Utrymme, ingang};
use samsyn_core::planpost::Plankategori;
use samsyn_core::underlag::Plan;
use samsyn_document::Belopp;

/// Whether every amount is whole thousands, so that the plan can be written in tkr.
fn in_tkr(plan: &Plan) -> bool {
    let mut amounts = plan.poster.iter().flat_map(|post| &post.belopp).flatten();
    amounts.all(|amount| amount.ore() % 100_000 == 0)
}

fn heading(plan: &Plan) -> Vec<String> {
    let unit = if in_tkr(plan) { "tkr" } else { "kr" };
    let columns = plan.kolumner.iter().map(|column| format!("{column}_{unit}"));
    [KATEGORI.to_owned(), POST.to_owned()].into_iter().chain(columns).collect()
}

/// An amount in whole tkr, or in kronor with öre where there are any.
fn written(amount: Belopp, tkr: bool) -> String {
    let (kronor, ore) = (amount.ore() / 100, (amount.ore() % 100).abs());
    let sign = if amount.is_negative() && kronor == 0 { "-" } else { "" };
    match (tkr, ore) {
        (true, _) => (kronor / 1_000).to_string(),
        (false, 0) => kronor.to_string(),
        (false, _) => format!("{sign}{kronor},{ore:02}"),
    }
}

/// The plan as CSV: semicolon between, UTF-8 with the mark that spreadsheet programs know it by, the rows that [`super::read`] reads back to the same plan.
pub fn csv(plan: &Plan) -> String {
    let tkr = in_tkr(plan);
    let mut text = String::from('\u{feff}');
    let mut line = |cells: &[String]| {
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                text.push(';');
            }
            write_cell(cell, &mut text);
        }
        text.push_str("\r\n");
    };
    line(&heading(plan));
    for post in &plan.poster {
        let amounts = post.belopp.iter().map(|amount| amount.map_or_else(String::new, |amount| written(amount, tkr)));
        let cells: Vec<String> =
            [post.kategori.kod().to_owned(), post.namn.clone()].into_iter().chain(amounts).collect();
        line(&cells);
    }
    text
}

/// The plan as an Excel file: the posts, and below them rows named *summa* with formulas, which are passed over when the
/// file is read.
pub fn xlsx(plan: &Plan) -> Result<Vec<u8>, XlsxError> {
    let tkr = in_tkr(plan);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Plan")?;
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let number = Format::new().set_num_format(if tkr { "#,##0" } else { "#,##0.00" });
    let sum = Format::new().set_num_format(if tkr { "#,##0" } else { "#,##0.00" }).set_bold();
    for (at, text) in heading(plan).iter().enumerate() {
        sheet.write_string_with_format(0, at as u16, text, &bold)?;
    }
    sheet.set_column_width(0, 26)?.set_column_width(1, 44)?.set_freeze_panes(1, 2)?;
    let amount = |amount: Belopp| amount.ore() as f64 / if tkr { 100_000.0 } else { 100.0 };
    for (at, post) in plan.poster.iter().enumerate() {
        let row = at as u32 + 1;
        sheet.write_string(row, 0, post.kategori.kod())?.write_string(row, 1, &post.namn)?;
        for (column, given) in post.belopp.iter().enumerate() {
            if let Some(given) = given {
                sheet.write_number_with_format(row, column as u16 + 2, amount(*given), &number)?;
            }
        }
    }
    let below = plan.poster.len() as u32 + 2;
    let sums = Utrymme::new(plan, &[]);
    for (at, (name, rad)) in ROWS.iter().enumerate() {
        let row = below + at as u32;
        sheet.write_string_with_format(row, 0, SUMMA, &bold)?.write_string_with_format(row, 1, *name, &bold)?;
        for column in 0..plan.kolumner.len() {
            let Some(value) = value(&sums, *rad, column) else { continue };
            let text = formula(plan, *rad, column, below);
            let formula = Formula::new(text).set_result(amount(value).to_string());
            sheet.write_formula_with_format(row, column as u16 + 2, formula, &sum)?;
        }
    }
    book.save_to_buffer()
}

/// The rows of sums, in their order.
const ROWS: [(&str, Summa); 6] = [
    ("Intäkter", Summa::Intakter),
    ("Summa kostnader", Summa::Rad(Planrad::SummaKostnader)),
    ("Årets resultat", Summa::Rad(Planrad::AretsResultat)),
    ("Över-/underskott från tidigare år", Summa::Rad(Planrad::Overskott)),
    ("Ansökningar", Summa::Ansokningar),
    ("Kvarvarande beslutsutrymme", Summa::Rad(Planrad::Kvarvarande)),
];

#[derive(Clone, Copy)]
enum Summa {
    Intakter,
    Ansokningar,
    Rad(Planrad),
}

fn value(sums: &Utrymme, rad: Summa, column: usize) -> Option<Belopp> {
    let of = &sums.kolumner[column];
    match rad {
        Summa::Intakter => Some(of.intakter),
        Summa::Ansokningar => Some(of.ansokningar.unwrap_or(Belopp::NOLL)),
        Summa::Rad(rad) => of.av(rad),
    }
}

/// A row's formula in a column. Rows of sums begin at `below`, counted from 0.
fn formula(plan: &Plan, rad: Summa, column: usize, below: u32) -> String {
    let place = |row: u32, column: usize| row_col_to_cell(row, column as u16 + 2);
    let own = |wanted: fn(Plankategori) -> bool| {
        let ranges = runs(plan, wanted, column);
        if ranges.is_empty() { "=0".to_owned() } else { format!("=SUM({ranges})") }
    };
    match rad {
        Summa::Intakter => own(|kategori| kategori.is_income()),
        Summa::Ansokningar => own(|kategori| kategori.is_application()),
        Summa::Rad(Planrad::SummaKostnader) => own(|kategori| kategori.is_cost()),
        Summa::Rad(Planrad::AretsResultat) => format!("={}-{}", place(below, column), place(below + 1, column)),
        Summa::Rad(Planrad::Overskott) => match ingang(plan, column) {
            Ingang::Fore(before) => format!("={}", place(below + 5, before)),
            Ingang::Samma(other) => format!("={}", place(below + 3, other)),
            Ingang::Given | Ingang::Okand => own(|kategori| kategori == Plankategori::OverskottFranTidigareAr),
        },
        Summa::Rad(_) => {
            let of = |row: u32| place(below + row, column);
            format!("={}+{}-{}", of(3), of(2), of(4))
        }
    }
}

/// The cells of a column whose posts are of these categories, as ranges.
fn runs(plan: &Plan, wanted: fn(Plankategori) -> bool, column: usize) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for (at, _) in plan.poster.iter().enumerate().filter(|(_, post)| wanted(post.kategori)) {
        let row = at as u32 + 1;
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => runs.push((row, row)),
        }
    }
    let cell = |row: u32| row_col_to_cell(row, column as u16 + 2);
    let range = |(first, last): (u32, u32)| format!("{}:{}", cell(first), cell(last));
    runs.into_iter().map(range).collect::<Vec<_>>().join(",")
}
