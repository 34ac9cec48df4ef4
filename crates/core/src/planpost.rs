//! The board's plan: what the förbund expects to receive and spend per year, as it stood at one board meeting. Another
//! budget than that of the insatser, which is granted per quarter.

use crate::{Field, FieldError, Stored};
use samsyn_document::{Belopp, Datum};
use std::fmt;
use std::str::FromStr;

/// The most posts of a plan.
pub const MOST_POSTS: usize = 300;
/// The most columns of a plan.
pub const MOST_COLUMNS: usize = 40;

codes! {
    /// What a post of the plan is.
    pub enum Plankategori {
        Intakter = "intakter" => "Intäkter",
        Anslag = "anslag" => "Finansiella anslag",
        OverskottFranTidigareAr = "overskott_fran_tidigare_ar" => "Över-/underskott från tidigare år",
        Fortroendevalda = "fortroendevalda" => "Förtroendevalda",
        Forvaltning = "forvaltning" => "Förvaltning",
        ForvaltningEsf = "forvaltning_esf" => "Förvaltning av ESF-projekt",
        Esf = "esf" => "ESF-projekt",
        Projekt = "projekt" => "Projekt",
        Samverkansinsatser = "samverkansinsatser" => "Samverkansinsatser",
        OvrigaSamverkansinsatser = "ovriga_samverkansinsatser" => "Övriga samverkansinsatser",
        OvrigaKostnaderNetto = "ovriga_kostnader_netto" => "Övriga kostnader, netto",
        EjBeslutade = "ej_beslutade" => "Inkomna, ej beslutade ansökningar",
        Vantade = "vantade" => "Väntade ansökningar",
    }
}

impl Plankategori {
    /// Whether it is money that comes in during the year.
    pub const fn is_income(self) -> bool {
        matches!(self, Plankategori::Intakter | Plankategori::Anslag)
    }

    /// Whether it is an application that the board has not decided, which can be counted or not.
    pub const fn is_application(self) -> bool {
        matches!(self, Plankategori::EjBeslutade | Plankategori::Vantade)
    }

    /// Whether it is decided or planned cost.
    pub const fn is_cost(self) -> bool {
        !self.is_income() && !self.is_application() && !matches!(self, Plankategori::OverskottFranTidigareAr)
    }
}

codes! {
    /// What a column of the plan tells of its year.
    pub enum Planslag {
        Budget = "budget" => "budget",
        Prognos = "prognos" => "prognos",
    }
}

/// A column of the plan: a year, and whether budget or forecast where the plan has both. `2017`, `2022-prognos`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Plankolumn {
    /// The year.
    pub ar: u16,
    /// Budget or forecast; missing where the plan does not say.
    pub slag: Option<Planslag>,
}

impl Plankolumn {
    /// As people read it: `Budget 2022`, `2017`.
    pub fn rubrik(self) -> String {
        self.slag.map_or_else(
            || self.ar.to_string(),
            |slag| format!("{} {}", samsyn_document::format::capital(slag.text()), self.ar),
        )
    }
}

impl fmt::Display for Plankolumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.slag {
            None => write!(f, "{}", self.ar),
            Some(slag) => write!(f, "{}-{}", self.ar, slag.kod()),
        }
    }
}

impl FromStr for Plankolumn {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Plankolumn, FieldError> {
        let wrong =
            || FieldError::new("är ingen kolumn i en plan", "Skriv till exempel 2023, 2022-budget eller 2022-prognos.");
        let (year, slag) = match text.split_once('-') {
            None => (text, None),
            Some((year, slag)) => (year, Some(Planslag::of_kod(slag).ok_or_else(wrong)?)),
        };
        let digits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        let ar = year.parse().ok().filter(|year| digits && (1900..=2200).contains(year)).ok_or_else(wrong)?;
        Ok(Plankolumn { ar, slag })
    }
}

impl Field for Plankolumn {
    fn parse(text: &str) -> Result<Self, FieldError> {
        text.parse()
    }
    fn write(&self) -> String {
        self.to_string()
    }
    fn store(&self) -> Stored {
        Stored::Text(Some(self.to_string().into()))
    }
    fn load(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

fact! {
    /// One post of a plan in one of its columns.
    pub struct Planpost: "planposter", "planpost", key [plan, kategori, post, kolumn] {
        /// The board meeting that the plan is for.
        pub plan: Datum,
        /// What kind of post.
        pub kategori: Plankategori,
        /// The post: an insats's id, or its own name.
        pub post: String,
        /// The year, and whether budget or forecast.
        pub kolumn: Plankolumn,
        /// The amount, in a file in kronor. Costs are positive, as income is; a forecast of unused funds is a cost
        /// below zero.
        pub belopp_kr: Belopp,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_a_year_and_what_it_tells() {
        for text in ["2017", "2022-budget", "2022-prognos"] {
            assert_eq!(text.parse::<Plankolumn>().unwrap().to_string(), text);
        }
        for text in ["", "17", "2022-", "2022-utfall", "1022", "20222", "+202"] {
            assert!(text.parse::<Plankolumn>().is_err(), "{text}");
        }
        assert_eq!("2022-prognos".parse::<Plankolumn>().unwrap().rubrik(), "Prognos 2022");
    }

    #[test]
    fn every_category_is_one_thing() {
        for &kategori in Plankategori::ALL {
            let is = [
                kategori.is_income(),
                kategori.is_cost(),
                kategori.is_application(),
                kategori == Plankategori::OverskottFranTidigareAr,
            ];
            assert_eq!(is.iter().filter(|is| **is).count(), 1, "{kategori:?}");
        }
    }
}
