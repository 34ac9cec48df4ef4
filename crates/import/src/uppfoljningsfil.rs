//! An insats's own follow-up file (*uppföljningsfil*): which sheet, which heading, which column is what, and what each
//! value means; and the template for it. Compares nothing with what is stored.

use samsyn_core::Finding;
use samsyn_core::uppfoljning::Rad;
use std::collections::BTreeMap;

/// What an insats calls its columns and values, told by a person once and remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ordlista {
    /// Heading, normalised, to the field's name in [`samsyn_core::deltagande::Deltagande`]; `None` when the column is
    /// not to be read.
    pub rubriker: BTreeMap<String, Option<String>>,
    /// Field and value, normalised, to the code that it means; an empty code when it says nothing.
    pub varden: BTreeMap<(String, String), String>,
}

/// How it is known which field a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hur {
    /// By the template's or a common heading.
    Kand,
    /// A person has said so for this insats before.
    Minns,
    /// A person has said that it is not to be read.
    LasesInte,
    /// Nobody knows.
    Okand,
}

/// A column that has a heading and something under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kolumn {
    /// Its letter, for instance `C`.
    pub bokstav: String,
    /// Its heading as it stands.
    pub rubrik: String,
    /// The heading as [`Ordlista`] has it.
    pub nyckel: String,
    /// The field that it is.
    pub falt: Option<&'static str>,
    /// How that is known.
    pub hur: Hur,
    /// How many cells under it are filled.
    pub ifyllda: usize,
}

/// A value that is in no list, with how many cells have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OkantVarde {
    /// The field.
    pub falt: &'static str,
    /// The value as it stands first.
    pub text: String,
    /// The value as [`Ordlista`] has it.
    pub nyckel: String,
    /// How many cells have it.
    pub antal: usize,
    /// The first row that has it.
    pub rad: u64,
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Last {
    /// The sheet that was read.
    pub blad: String,
    /// Its columns.
    pub kolumner: Vec<Kolumn>,
    /// Its rows of inskrivningar; a row with an error in it is here too, without the bad field.
    pub rader: Vec<Rad>,
    /// Values that nobody knows; each is an error among the findings too.
    pub okanda: Vec<OkantVarde>,
    /// What is wrong or worth knowing, with row and column of the file.
    pub findings: Vec<Finding>,
    /// The columns that were read, with headings and rows as they stood, as CSV: all that is kept of the file.
    pub som_last: Vec<u8>,
}
