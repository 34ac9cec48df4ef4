//! The heading row of a table: which column is the region, which are years, and which hold the numbers.

use super::varde::{period, period_of, text_of};
use crate::grid::{Cell, Row};
use samsyn_document::Datum;

/// Words for a number of people.
const FOLK: [&str; 9] =
    ["folkmängd", "folkmängden", "antal", "befolkning", "invånare", "personer", "population", "number", "värde"];
/// Words that may stand beside them without changing what is counted.
const MED: [&str; 12] =
    ["den", "1", "nov", "november", "år", "året", "totalt", "total", "of", "persons", "per", "inhabitants"];
const REGION: [&str; 8] =
    ["region", "regioner", "kommun", "kommuner", "kommunnamn", "område", "municipality", "län/kommun"];
const KOD: [&str; 6] = ["kod", "kommunkod", "regionkod", "kommunnummer", "kommunnr", "code"];
const TID: [&str; 8] = ["år", "tid", "datum", "period", "tidpunkt", "dag", "year", "time"];

/// Whether a text says that people are counted, all of them, and nothing else.
pub(super) fn says_population(text: &str) -> bool {
    says_nothing_else(text) && words(&text.to_lowercase()).any(|word| FOLK.contains(&word))
}

/// Whether a text at least says nothing else, as *år* and *totalt* do not.
pub(super) fn says_nothing_else(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut words = words(&text).peekable();
    words.peek().is_some() && words.all(|word| FOLK.contains(&word) || MED.contains(&word))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty())
}

/// What a column is, by its heading.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kolumn {
    /// Nothing stands over it.
    Tom,
    Region,
    Kod,
    Tid,
    Antal,
    /// The numbers of a year.
    Ar(Datum),
    /// Something else, which may divide the population.
    Annan,
}

impl Kolumn {
    fn of(cell: &Cell) -> Kolumn {
        if let Some(day) = period_of(cell) {
            return Kolumn::Ar(day);
        }
        let text = text_of(cell).to_lowercase();
        let (before, last) = text.rsplit_once(char::is_whitespace).unwrap_or(("", &text));
        let is = |list: &[&str]| list.contains(&text.trim());
        match () {
            () if *cell == Cell::Empty => Kolumn::Tom,
            () if is(&REGION) => Kolumn::Region,
            () if is(&KOD) => Kolumn::Kod,
            () if is(&TID) => Kolumn::Tid,
            () if is(&["value"]) || says_population(&text) => Kolumn::Antal,
            () if says_nothing_else(before) => period(last).map_or(Kolumn::Annan, Kolumn::Ar),
            () => Kolumn::Annan,
        }
    }
}

/// A heading row.
pub(super) struct Rubriker {
    /// What each column is.
    pub kolumner: Vec<Kolumn>,
    /// What stands over each column.
    pub texter: Vec<String>,
    /// The first column of a year; of a table with a column of years the number of columns.
    pub forsta_ar: usize,
}

impl Rubriker {
    /// The heading of a table, when the row is one. With a column for each year something that says region stands
    /// before them, or nothing at all, as in SCB's own workbooks; otherwise region, year and number have a column each.
    pub fn of(row: &Row) -> Option<Rubriker> {
        let kolumner: Vec<Kolumn> = row.cells.iter().map(Kolumn::of).collect();
        let texter = row.cells.iter().map(text_of).collect();
        let region = |columns: &[Kolumn]| columns.iter().any(|column| matches!(column, Kolumn::Region | Kolumn::Kod));
        if let Some(forsta_ar) = kolumner.iter().position(|column| matches!(column, Kolumn::Ar(_))) {
            let before = &kolumner[..forsta_ar];
            let blank = forsta_ar > 0 && before.iter().all(|column| *column == Kolumn::Tom);
            return (blank || region(before)).then_some(Rubriker { kolumner, texter, forsta_ar });
        }
        let has = |what: Kolumn| kolumner.iter().filter(|column| **column == what).count() == 1;
        let forsta_ar = kolumner.len();
        (region(&kolumner) && has(Kolumn::Tid) && has(Kolumn::Antal)).then_some(Rubriker {
            kolumner,
            texter,
            forsta_ar,
        })
    }

    /// Whether each year has its column.
    pub fn is_wide(&self) -> bool {
        self.forsta_ar < self.kolumner.len()
    }

    /// The columns of numbers.
    pub fn is_varde(&self, column: usize) -> bool {
        match self.kolumner.get(column) {
            Some(Kolumn::Ar(_)) => true,
            Some(Kolumn::Antal) => !self.is_wide(),
            _ => false,
        }
    }

    /// The column of years, where there is one.
    pub fn tid(&self) -> Option<usize> {
        self.kolumner.iter().position(|column| *column == Kolumn::Tid).filter(|_| !self.is_wide())
    }

    /// What stands over a column.
    pub fn text(&self, column: usize) -> &str {
        self.texter.get(column).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        match text.parse() {
            _ if text.is_empty() => Cell::Empty,
            Ok(number) => Cell::Number(number),
            Err(_) => Cell::Text(text.into()),
        }
    }

    /// Columns: `-` nothing, `R` region, `K` code, `T` time, `#` number, `?` other, and years by their number.
    fn check(line: &str, expect: Option<&str>) {
        let row = Row { number: 1, hidden: false, cells: line.split('|').map(cell).collect() };
        let sign = |column: &Kolumn| match column {
            Kolumn::Tom => "-".to_owned(),
            Kolumn::Region => "R".to_owned(),
            Kolumn::Kod => "K".to_owned(),
            Kolumn::Tid => "T".to_owned(),
            Kolumn::Antal => "#".to_owned(),
            Kolumn::Ar(day) => day.year().to_string(),
            Kolumn::Annan => "?".to_owned(),
        };
        let found = Rubriker::of(&row).map(|found| found.kolumner.iter().map(sign).collect::<Vec<_>>().join("|"));
        assert_eq!(found.as_deref(), expect, "{line}");
    }

    #[test]
    fn headings_are_told_from_titles_and_rows() {
        check("region|2021|2022", Some("R|2021|2022"));
        check("Region|ålder|Folkmängd 2021|Folkmängd den 1 november 2022", Some("R|?|2021|2022"));
        check("|2021", Some("-|2021"));
        check("||2021M11", Some("-|-|2021"));
        check("region|år|Folkmängd", Some("R|T|#"));
        check("kommun|datum|antal", Some("R|T|#"));
        check("kod|kommun|kön|year|value", Some("K|R|?|T|#"));
        check("region|2021|kvinnor 2021", Some("R|2021|?"));
        for line in [
            "",
            "2021",
            "Folkmängd 1 november 2021",
            "Folkmängd 1 november|2021",
            "Folkmängd 1 november|år 2021",
            "Håbo|2021|22250",
            "region|år|Folkökning",
            "region|kvinnor 2021",
            "region|Folkökning 2021",
            "region|år",
            "region|år|antal|folkmängd",
        ] {
            check(line, None);
        }
    }
}
