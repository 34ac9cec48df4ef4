//! The board's plan as people keep it: a row per post, a column per year. Read from a spreadsheet or CSV, and written as
//! either. Knows no database.

mod skriv;

pub use skriv::{csv, xlsx};

use crate::grid::{self, Cell, Limits, Row};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::planpost::{MOST_COLUMNS, MOST_POSTS, Plankategori, Plankolumn, Planpost, Planslag};
use samsyn_core::{Field, Finding, Place};
use samsyn_document::{Belopp, Datum};
use std::collections::HashSet;

/// The heading of the categories.
const KATEGORI: &str = "kategori";
/// The heading of the posts.
const POST: &str = "post";
/// What stands as category in a row that a spreadsheet sums; it is passed over when the file comes back.
pub(crate) const SUMMA: &str = "summa";
/// After this many findings no more rows are read.
const MOST_FINDINGS: usize = 500;
/// The longest name of a post, in characters.
const LONGEST: usize = 200;
/// The largest number that a cell of a spreadsheet may hold: kronor or tkr, with room in an amount.
const LARGEST: f64 = 1e9;

/// What an amount's column is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Enhet {
    Kr,
    Tkr,
}

/// Where a column of amounts stands, and what it holds.
struct Kolumn {
    at: usize,
    kolumn: Plankolumn,
    enhet: Enhet,
}

/// Reads the plan for the meeting of a day.
///
/// The first row with the headings *kategori* and *post* is the head; its other columns are named as `2023-budget_tkr`,
/// `2023-prognos_tkr` or `2023_kr`, or by the same words in another order. An empty cell is no amount; a post or a column without any is refused, since a plan
/// cannot hold it. Errors: what is wrong, with row and column; of very much only the first.
pub fn read(name: &str, bytes: &[u8], plan: Datum, limits: &Limits) -> Result<Vec<Planpost>, Vec<Finding>> {
    let book = grid::read(name, bytes, limits).map_err(|refused| refused.findings)?;
    let mut reader = Reader { file: name, findings: Vec::new(), posts: HashSet::new() };
    let head = book.sheets.iter().filter(|sheet| !sheet.hidden).find_map(|sheet| {
        let found = sheet.rows.iter().enumerate().find_map(|(at, row)| Some((at, heads(row)?)));
        found.map(|(at, places)| (sheet, at, places))
    });
    let Some((sheet, at, (kategori, post))) = head else {
        let place = Place { file: Some(name.to_owned()), ..Place::default() };
        let told = "Filen har ingen rad med rubrikerna kategori och post.";
        let hint = "Utgå från en exporterad plan: kategori;post;2023-budget_tkr;2024-budget_tkr.";
        return Err(vec![Finding::error(place, told, hint)]);
    };
    let columns = reader.columns(&sheet.rows[at], kategori, post);
    let mut rows: Vec<Planpost> = Vec::new();
    for row in &sheet.rows[at + 1..] {
        reader.row(row, (kategori, post), &columns, plan, &mut rows);
        if reader.posts.len() > MOST_POSTS {
            let told = format!("Planen har fler än {MOST_POSTS} poster.");
            reader.wrong(row.number, "", told, "Slå ihop poster, eller ta bort dem som inte behövs.");
        }
        if reader.findings.len() >= MOST_FINDINGS || reader.posts.len() > MOST_POSTS {
            break;
        }
    }
    let head = sheet.rows[at].number;
    if rows.is_empty() && reader.findings.is_empty() {
        reader.wrong(head, "", "Planen har inga belopp.", "Fyll i minst ett belopp under ett år.");
    } else if reader.findings.is_empty() {
        let given: HashSet<Plankolumn> = rows.iter().map(|row| row.kolumn).collect();
        for column in columns.iter().filter(|column| !given.contains(&column.kolumn)) {
            let told = format!("Kolumnen {} har inga belopp.", column.kolumn);
            reader.wrong(head, &column.kolumn.to_string(), told, "Fyll i minst ett, eller ta bort kolumnen.");
        }
    }
    if reader.findings.is_empty() { Ok(rows) } else { Err(reader.findings) }
}

/// Where the categories and the posts stand, if this is the row of headings.
fn heads(row: &Row) -> Option<(usize, usize)> {
    let of = |name: &str| row.cells.iter().position(|cell| text(cell).to_lowercase() == name);
    of(KATEGORI).zip(of(POST))
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Fault(text) => text.trim().to_owned(),
        Cell::Number(number) => number.to_string(),
        Cell::Date(day) => day.to_string(),
        Cell::Bool(yes) => if *yes { "SANT" } else { "FALSKT" }.to_owned(),
        Cell::Empty => String::new(),
    }
}

struct Reader<'n> {
    file: &'n str,
    findings: Vec<Finding>,
    /// The posts so far.
    posts: HashSet<(Plankategori, String)>,
}

impl Reader<'_> {
    fn wrong(&mut self, row: u32, column: &str, message: impl Into<String>, hint: impl Into<String>) {
        let column = Some(column.to_owned()).filter(|column| !column.is_empty());
        let place = Place { file: Some(self.file.to_owned()), row: Some(u64::from(row)), column, ..Place::default() };
        self.findings.push(Finding::error(place, message, hint));
    }

    /// The columns with amounts.
    fn columns(&mut self, head: &Row, kategori: usize, post: usize) -> Vec<Kolumn> {
        let mut columns: Vec<Kolumn> = Vec::new();
        for (at, cell) in head.cells.iter().enumerate().filter(|(at, _)| ![kategori, post].contains(at)) {
            let heading = text(cell);
            if heading.is_empty() {
                continue;
            }
            let hint = "Skriv till exempel 2023-budget_tkr, 2023-prognos_tkr eller 2023_kr.";
            match column(&heading) {
                Some((kolumn, _)) if columns.iter().any(|other| other.kolumn == kolumn) => {
                    self.wrong(
                        head.number,
                        &heading,
                        format!("Kolumnen {kolumn} finns två gånger."),
                        "Ta bort den ena.",
                    );
                }
                Some((kolumn, enhet)) => columns.push(Kolumn { at, kolumn, enhet }),
                None if contains_personnummer(&heading) => {
                    self.wrong(head.number, "", "En rubrik innehåller ett personnummer.", "Ta bort det.");
                }
                None => self.wrong(head.number, "", format!("Rubriken ”{heading}” är ingen kolumn i en plan."), hint),
            }
        }
        if columns.len() > MOST_COLUMNS {
            let told = format!("Planen har {} kolumner med belopp.", columns.len());
            self.wrong(head.number, "", told, format!("Den får ha högst {MOST_COLUMNS}: ta bort några."));
        }
        if columns.is_empty() && self.findings.is_empty() {
            self.wrong(
                head.number,
                "",
                "Planen har ingen kolumn med belopp.",
                "Lägg till till exempel 2023-budget_tkr.",
            );
        }
        columns
    }

    fn row(
        &mut self,
        row: &Row,
        (kategori, post): (usize, usize),
        columns: &[Kolumn],
        plan: Datum,
        rows: &mut Vec<Planpost>,
    ) {
        let of = |at: usize| row.cells.get(at).map(text).unwrap_or_default();
        let (category, name) = (of(kategori), of(post));
        let amounts = || columns.iter().filter(|column| !of(column.at).is_empty());
        if category.to_lowercase() == SUMMA || (category.is_empty() && name.is_empty() && amounts().next().is_none()) {
            return;
        }
        if contains_personnummer(&name) || contains_personnummer(&category) {
            self.wrong(row.number, "", "Raden innehåller ett personnummer.", "Ta bort det.");
            return;
        }
        let known = |kategori: &&Plankategori| {
            let given = category.to_lowercase();
            given == kategori.kod() || given == kategori.text().to_lowercase()
        };
        let Some(&kategori) = Plankategori::ALL.iter().find(known) else {
            let hint = format!("Skriv en av: {}.", Plankategori::CODES.join(", "));
            let told = if category.is_empty() {
                "Kategorin saknas.".to_owned()
            } else {
                format!("”{category}” är ingen kategori.")
            };
            self.wrong(row.number, KATEGORI, told, hint);
            return;
        };
        if name.is_empty() || name.chars().count() > LONGEST {
            let told = if name.is_empty() { "Postens namn saknas." } else { "Postens namn är för långt." };
            self.wrong(row.number, POST, told, format!("Skriv ett namn med högst {LONGEST} tecken."));
            return;
        }
        if let Err(error) = <String as Field>::parse(&name) {
            self.wrong(row.number, POST, format!("Postens namn {}.", error.what), error.hint);
            return;
        }
        if !self.posts.insert((kategori, name.clone())) {
            let told = format!("Posten ”{name}” finns två gånger under {}.", kategori.kod());
            self.wrong(row.number, POST, told, "Slå ihop raderna, eller ge dem olika namn.");
            return;
        }
        if amounts().next().is_none() {
            let told = format!("Posten ”{name}” har inga belopp.");
            self.wrong(row.number, POST, told, "Fyll i minst ett, skriv 0 om det är noll, eller ta bort raden.");
            return;
        }
        for column in amounts() {
            match amount(&row.cells[column.at], column.enhet) {
                Some(belopp_kr) => {
                    rows.push(Planpost { plan, kategori, post: name.clone(), kolumn: column.kolumn, belopp_kr });
                }
                None => {
                    let told = format!("”{}” är inget belopp.", of(column.at));
                    let hint = "Skriv till exempel 1200, 1 200,5 eller -1500; lämna tomt när inget belopp finns.";
                    self.wrong(row.number, &column.kolumn.to_string(), told, hint);
                }
            }
        }
    }
}

/// What a heading names: the column, and what its amounts are in. Its words may come in any order: `Budget 2023, tkr`.
fn column(heading: &str) -> Option<(Plankolumn, Enhet)> {
    let (mut year, mut slag, mut enhet) = (None, None, None);
    let lower = heading.to_lowercase();
    for word in lower.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let new = match word {
            "tkr" => enhet.replace(Enhet::Tkr).is_none(),
            "kr" | "kronor" => enhet.replace(Enhet::Kr).is_none(),
            other => match Planslag::of_kod(other) {
                Some(found) => slag.replace(found).is_none(),
                None => year.replace(other.parse::<Plankolumn>().ok()?.ar).is_none(),
            },
        };
        if !new {
            return None;
        }
    }
    Some((Plankolumn { ar: year?, slag }, enhet?))
}

/// A cell's amount, in whole öre.
fn amount(cell: &Cell, enhet: Enhet) -> Option<Belopp> {
    let thousand = match enhet {
        Enhet::Kr => 1,
        Enhet::Tkr => 1_000,
    };
    let ore = match cell {
        Cell::Number(number) if number.is_finite() && number.abs() <= LARGEST => {
            // A spreadsheet's number is binary; what it shows is the nearest öre.
            (number * 100.0 * f64::from(thousand)).round() as i64
        }
        Cell::Text(text) => Belopp::parse(text)?.ore().checked_mul(i64::from(thousand))?,
        _ => return None,
    };
    let limit = (LARGEST as i64) * 100_000;
    (ore.abs() <= limit).then(|| Belopp::from_ore(ore))
}
