//! What only shows when a column is seen as a whole: that it is there for names or personnummer, that it holds given
//! names, and that it holds the last four digits beside a column of days.

use super::draft::cell_at;
use super::namn::{self, Column};
use super::search::{Search, What};
use super::{Cell, column_letters};
use samsyn_document::Datum;

/// The columns of a sheet, as far as they have been read.
#[derive(Default)]
pub(super) struct Columns(Vec<About>);

/// A column.
#[derive(Default)]
struct About {
    /// The last heading that tells of persons, and what stands under it.
    heading: Option<Column>,
    filled: usize,
    names: usize,
    /// The first row of a given name that stands alone, and the name; how many have it, and how many have others.
    given: Option<(u32, Box<str>)>,
    same: usize,
    others: usize,
    /// How many texts there are.
    texts: usize,
    /// Days with four digits beside them: how many, how many that hold as personnummer, and the first row.
    pairs: usize,
    held: usize,
    first_pair: u32,
    /// What has been found out under a heading that another heading has followed.
    told: Option<Column>,
}

impl Columns {
    fn at(&mut self, column: u32) -> &mut About {
        let place = column as usize;
        if self.0.len() <= place {
            self.0.resize_with(place + 1, About::default);
        }
        &mut self.0[place]
    }

    /// The next cell of a column.
    pub fn take(&mut self, column: u32, cell: &Cell) {
        if *cell == Cell::Empty {
            return;
        }
        let about = self.at(column);
        let text = if let Cell::Text(text) = cell { Some(text) } else { None };
        about.texts += usize::from(text.is_some());
        if let Some(heading) = text.and_then(|text| namn::heading(text)) {
            about.told = about.told.or(about.verdict());
            (about.heading, about.filled, about.names) = (Some(heading), 0, 0);
        } else if about.heading.is_some() {
            about.filled += 1;
            about.names += usize::from(text.is_some_and(|text| namn::may_be_a_name(text)));
        }
    }

    /// A cell that is nothing but a given name.
    pub fn given(&mut self, column: u32, row: u32, text: &str) {
        let about = self.at(column);
        match &about.given {
            None => (about.given, about.same) = (Some((row, text.into())), 1),
            Some((_, name)) if name.as_ref() == text => about.same += 1,
            Some(_) => about.others += 1,
        }
    }

    /// Four digits beside a day, and whether both together are a personnummer.
    pub fn pair(&mut self, column: u32, row: u32, holds: bool) {
        let about = self.at(column);
        if about.pairs == 0 {
            about.first_pair = row;
        }
        about.pairs += 1;
        about.held += usize::from(holds);
    }

    /// Tells what the columns are.
    pub fn tell(&self, search: &mut Search, label: &str) {
        let comma = if label.is_empty() { "" } else { ", " };
        for (column, about) in (0..).zip(&self.0) {
            let place = || format!("{label}{comma}kolumn {}", column_letters(column));
            match about.told.or(about.verdict()) {
                Some(Column::Numbers) => search.tell(What::Nummerkolumn, place()),
                Some(Column::Names | Column::Persons) => search.tell(What::Namnkolumn, place()),
                None => {}
            }
            // One in ten holds by chance: several that all hold do not.
            if about.pairs >= 2 && about.held == about.pairs {
                let at = cell_at(label, about.first_pair, column);
                search.tell(What::Personnummer, format!("{at} och cellen före, och på raderna under"));
            }
            // A column with the same given name on every row under its heading tells which insats it is.
            let is_an_insats = about.others == 0 && about.same >= 3 && about.texts <= about.same + 1;
            if let Some((row, _)) = about.given.as_ref().filter(|_| !is_an_insats) {
                let (first, count) = (cell_at(label, *row, column), about.same + about.others);
                let more =
                    if count == 1 { String::new() } else { format!(", den första av {count} celler i kolumnen") };
                search.tell(What::Namn, format!("{first}{more}"));
            }
        }
    }
}

impl About {
    /// What the column is, by its heading and what stands under it.
    fn verdict(&self) -> Option<Column> {
        let is = match self.heading? {
            Column::Numbers => self.filled > 0,
            Column::Names => self.names > 0,
            // Under "Deltagare" the insats's own numbers may stand.
            Column::Persons => self.names * 2 > self.filled,
        };
        self.heading.filter(|_| is)
    }
}

/// A cell that may be the first part of a personnummer.
#[derive(Clone, Copy)]
pub(super) struct Date {
    /// Year, month and day in one.
    pub digits: Digits,
    /// Whether it is written so, and not as a day.
    pub bare: bool,
}

/// Six or eight digits.
#[derive(Clone, Copy)]
pub(super) struct Digits(u32, usize);

impl std::fmt::Display for Digits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:0width$}", self.0, width = self.1)
    }
}

impl Date {
    /// The date that a cell holds; whether there is such a day is asked when the last four are there.
    pub fn of(cell: &Cell) -> Option<Date> {
        let of_day = |day: Datum| {
            let number = day.year() as u32 * 10_000 + u32::from(day.month()) * 100 + u32::from(day.day());
            Date { digits: Digits(number, 8), bare: false }
        };
        match cell {
            Cell::Date(day) => Some(of_day(*day)),
            Cell::Text(text) if matches!(text.len(), 6 | 8) && text.bytes().all(|b| b.is_ascii_digit()) => {
                Some(Date { digits: Digits(text.parse().ok()?, text.len()), bare: true })
            }
            Cell::Text(text) => Datum::parse(text).map(of_day),
            Cell::Number(number) if number.fract() == 0.0 && (10_101.0..1e8).contains(number) => {
                // Noughts in front are not kept in a number.
                let length = if *number < 1e6 { 6 } else { 8 };
                Some(Date { digits: Digits(*number as u32, length), bare: true })
            }
            _ => None,
        }
    }
}

/// The cell's four digits; `None` when it holds something else, or a year.
pub(super) fn four_digits(cell: &Cell) -> Option<String> {
    let digits = match cell {
        Cell::Text(text) if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) => text.to_string(),
        Cell::Text(text) => {
            let rest = text.strip_prefix(['-', '+', '–'])?;
            (rest.len() == 4 && rest.bytes().all(|b| b.is_ascii_digit())).then(|| rest.to_owned())?
        }
        Cell::Number(number) if number.fract() == 0.0 && (1_000.0..10_000.0).contains(number) => format!("{number}"),
        _ => return None,
    };
    let year = digits.parse().is_ok_and(|year: u32| (1900..2100).contains(&year));
    (!year).then_some(digits)
}
