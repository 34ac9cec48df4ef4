//! What a cell holds, and the name of the figure that it is.

use crate::{Belopp, Datum, Kvot, Tal};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A figure's name, `tabell/rad/kolumn`, for instance `6/ost-bryggan/avslutade_M`. Stable: other
/// programs, links and facit rely on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct FigureId {
    /// Table, for instance `6` or `nyckeltal`.
    pub tabell: String,
    /// Row: an insats, or a named row such as `summa`.
    pub rad: String,
    /// Column.
    pub kolumn: String,
}

impl FigureId {
    /// The id from its three parts.
    pub fn new(tabell: impl Into<String>, rad: impl Into<String>, kolumn: impl Into<String>) -> FigureId {
        FigureId { tabell: tabell.into(), rad: rad.into(), kolumn: kolumn.into() }
    }

    /// Reads `tabell/rad/kolumn`; `None` unless there are exactly three parts, none of them empty.
    pub fn parse(text: &str) -> Option<FigureId> {
        let mut parts = text.split('/');
        let id = FigureId::new(parts.next()?, parts.next()?, parts.next()?);
        let whole = parts.next().is_none() && ![&id.tabell, &id.rad, &id.kolumn].iter().any(|p| p.is_empty());
        whole.then_some(id)
    }
}

impl std::fmt::Display for FigureId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}/{}", self.tabell, self.rad, self.kolumn)
    }
}

impl TryFrom<String> for FigureId {
    type Error = String;

    fn try_from(text: String) -> Result<FigureId, String> {
        FigureId::parse(&text).ok_or_else(|| format!("no name of a figure: {text:?}"))
    }
}

impl From<FigureId> for String {
    fn from(id: FigureId) -> String {
        id.to_string()
    }
}

/// How an amount is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Whole kronor.
    Kronor,
    /// Thousands of kronor, rounded half away from zero.
    Tkr,
}

/// A coded answer: the code that files and other programs use, and the words that people read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Svar {
    /// The code, for instance `i_stort_sett`.
    pub kod: Cow<'static, str>,
    /// The words, for instance `I stort sett`.
    pub text: Cow<'static, str>,
}

impl Svar {
    /// The answer with this code and these words.
    pub const fn new(kod: &'static str, text: &'static str) -> Svar {
        Svar { kod: Cow::Borrowed(kod), text: Cow::Borrowed(text) }
    }
}

/// A traffic light. Shown by shape and word as well as by colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ljus {
    /// On track: a circle.
    Gron,
    /// Watch: a diamond.
    Gul,
    /// Act: a triangle.
    Rod,
}

impl Ljus {
    /// The word that people read and that figures have as their code.
    pub fn word(self) -> &'static str {
        match self {
            Ljus::Gron => "grön",
            Ljus::Gul => "gul",
            Ljus::Rod => "röd",
        }
    }
}

/// What a cell holds. Only a renderer turns it into characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "typ", content = "varde")]
pub enum Value {
    /// Words.
    Text(String),
    /// Money, and the unit it is shown in.
    Belopp(Belopp, Unit),
    /// A share, shown as whole percent.
    Andel(Kvot),
    /// A count.
    Antal(i64),
    /// A number as it was reported, with its decimals.
    Tal(Tal),
    /// A day.
    Datum(Datum),
    /// A coded answer.
    Svar(Svar),
    /// A traffic light.
    Ljus(Ljus),
    /// No value: nothing to divide by, or nothing reported. Shown as "–".
    Missing,
    /// A value that may not be shown to this reader.
    Withheld,
}
