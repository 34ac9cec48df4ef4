//! SIE, the exchange format of Swedish bookkeeping: accounts, balances and vouchers, read from what a bookkeeping program
//! has written, and written so that such a program reads it.
//!
//! Source: SIE-gruppens filformat, utgåva 4C: types 1 (year-end balances), 2 (months), 3 (objects), 4E (all of it and the
//! vouchers) and 4I (vouchers to be booked). Amounts are whole öre with the sign of the file: assets and costs are
//! positive, debts and income negative. Knows no database.
//!
//! Texts and signatures of vouchers may name people. They are read so that a file can be looked at and written again, and
//! are kept in memory only: **whoever stores a [`Sie`] leaves `text` and `sign` of [`Verifikation`] and [`Transaktion`]
//! out**. Address, contact person and the signature of `#GEN` are not read at all.

mod falt;
mod kodning;
mod kontroll;
mod ksumma;
mod las;
mod objekt;
mod poster;
mod rad;
mod skriv;
mod ver;

pub use kodning::Kodning;
pub use las::read;
pub use skriv::write;

use samsyn_core::Finding;
use samsyn_document::{Belopp, Datum, Manad};
use std::collections::BTreeMap;

/// What a file is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Typ {
    /// Year-end balances; also a file without `#SIETYP`.
    #[default]
    Ett,
    /// Balances by month.
    Tva,
    /// Balances by month and object.
    Tre,
    /// Everything: balances and vouchers.
    FyraE,
    /// Vouchers that another system proposes to book. The format marks it by the name `.si` alone, so a file of type 4 is
    /// taken as 4I when it has no balances and is named so, or says no financial year.
    FyraI,
}

/// A whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sie {
    /// `#SIETYP`.
    pub typ: Typ,
    /// `#PROGRAM`: name and version of what wrote the file.
    pub program: (String, String),
    /// `#GEN`: the day the file was written.
    pub genererad: Option<Datum>,
    /// `#FNAMN`.
    pub foretagsnamn: String,
    /// `#ORGNR`, as written.
    pub orgnr: String,
    /// `#RAR`, by number: 0 is the year that the file is about, -1 the one before.
    pub rakenskapsar: BTreeMap<i32, Rakenskapsar>,
    /// `#OMFATTN`: the last day that the balances cover.
    pub omfattn: Option<Datum>,
    /// `#KPTYP`: which standard the accounts follow.
    pub kptyp: String,
    /// `#VALUTA`; SEK when empty.
    pub valuta: String,
    /// `#KONTO`, by number.
    pub konton: BTreeMap<u32, Konto>,
    /// `#DIM` and `#UNDERDIM`, by number.
    pub dimensioner: BTreeMap<u32, Dimension>,
    /// `#OBJEKT`: names by dimension and object.
    pub objekt: BTreeMap<Objekt, String>,
    /// Balances in the order of the file.
    pub saldon: Vec<Saldo>,
    /// Vouchers in the order of the file.
    pub verifikationer: Vec<Verifikation>,
    /// What the letters were written in.
    pub kodning: Kodning,
    /// What is odd but stops nothing.
    pub notes: Vec<Finding>,
}

/// A financial year, both days included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rakenskapsar {
    /// The first day.
    pub fran: Datum,
    /// The last day.
    pub till: Datum,
}

/// An account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Konto {
    /// `#KONTO`.
    pub namn: String,
    /// `#KTYP`, where it is told.
    pub ktyp: Option<Ktyp>,
    /// `#SRU`: codes of the tax return.
    pub sru: Vec<String>,
}

/// The kind of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ktyp {
    /// T: asset.
    Tillgang,
    /// S: debt.
    Skuld,
    /// K: cost.
    Kostnad,
    /// I: income.
    Intakt,
}

/// Something that amounts are divided by: 1 cost centre, 6 project, …
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dimension {
    /// Its name.
    pub namn: String,
    /// The dimension that it is a part of (`#UNDERDIM`).
    pub over: Option<u32>,
}

/// One cost centre, project, …
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Objekt {
    /// The dimension's number.
    pub dimension: u32,
    /// The object's number, which may be letters.
    pub objekt: String,
}

/// What a balance is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Saldoslag {
    /// Balance as the year begins.
    Ib,
    /// Balance as the year, or what [`Sie::omfattn`] covers, ends.
    Ub,
    /// Sum of a result account.
    Res,
    /// As `Ib`, for one object.
    Oib,
    /// As `Ub`, for one object.
    Oub,
    /// Change in a month.
    Psaldo,
    /// Budget of a month.
    Pbudget,
}

/// A balance of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saldo {
    /// What it is.
    pub slag: Saldoslag,
    /// The financial year, as in [`Sie::rakenskapsar`].
    pub ar: i32,
    /// The month; given for `Psaldo` and `Pbudget` alone.
    pub manad: Option<Manad>,
    /// The account.
    pub konto: u32,
    /// The objects; one for `Oib` and `Oub`, any number for `Psaldo` and `Pbudget`, none for the others.
    pub objekt: Vec<Objekt>,
    /// Öre.
    pub belopp: Belopp,
    /// A number as written, with a decimal point.
    pub kvantitet: Option<String>,
}

/// A voucher. Its rows of [`Transaktionsslag::Trans`] sum to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifikation {
    /// The series; may be empty.
    pub serie: String,
    /// The number in the series; empty when the receiving system is to give it.
    pub nummer: String,
    /// The day that it is booked on.
    pub datum: Datum,
    /// Its text. Not to be stored.
    pub text: String,
    /// The day that it was entered.
    pub regdatum: Option<Datum>,
    /// Who entered it. Not to be stored.
    pub sign: String,
    /// Its rows, in the order of the file.
    pub transaktioner: Vec<Transaktion>,
}

/// What a voucher's row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transaktionsslag {
    /// It counts.
    Trans,
    /// Added afterwards. Does not count: the same row follows as `Trans`.
    Rtrans,
    /// Removed afterwards. Does not count.
    Btrans,
}

/// A row of a voucher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaktion {
    /// What it is.
    pub slag: Transaktionsslag,
    /// The account.
    pub konto: u32,
    /// Cost centre, project, …
    pub objekt: Vec<Objekt>,
    /// Öre.
    pub belopp: Belopp,
    /// The day, where one is told.
    pub datum: Option<Datum>,
    /// Its text. Not to be stored.
    pub text: String,
    /// A number as written, with a decimal point.
    pub kvantitet: Option<String>,
    /// Who entered it. Not to be stored.
    pub sign: String,
}
