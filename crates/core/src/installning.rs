//! A förbund's settings that decide what reports say and show: the mapping to traffic lights and the thresholds.
//! Each has a name, a default and a check. Known as of a date, like the facts, so that an old report comes out as it was.

use crate::gallring::Regel;
use crate::kvartalsrapport::{IFas, Prognos};
use samsyn_document::{Color, Ljus};
use std::collections::BTreeMap;

/// Settings by name, as they are stored.
pub type Stored = BTreeMap<String, String>;

/// The names of the settings that are stored, in the order of the page.
pub const NAMN: [&str; 12] = [
    "farg",
    "logotyp",
    "trafikljus.ja",
    "trafikljus.i_stort_sett",
    "trafikljus.delvis",
    "trafikljus.nej",
    "trafikljus.nas_ej",
    "kvot_lag",
    "kvot_hog",
    "sma_tal",
    "gallring.manader_efter_avslut",
    "gallring.manader_efter_insats",
];

/// Which light an answer gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ljuskarta {
    /// The light of each answer to whether the insats is in phase, in the order of [`IFas`].
    pub i_fas: [Ljus; 4],
    /// The least light when the styrgrupp forecasts that the goals will not be reached.
    pub nas_ej: Ljus,
}

impl Default for Ljuskarta {
    /// ja → grön, i_stort_sett or delvis → gul, nej → röd; prognos nås_ej makes it at least gul.
    fn default() -> Ljuskarta {
        Ljuskarta { i_fas: [Ljus::Gron, Ljus::Gul, Ljus::Gul, Ljus::Rod], nas_ej: Ljus::Gul }
    }
}

impl Ljuskarta {
    /// The mapping in words.
    pub fn i_ord(&self) -> String {
        let [ja, i_stort_sett, delvis, nej] = self.i_fas.map(Ljus::word);
        format!(
            "I fas med målen: ja ger {ja}, i stort sett {i_stort_sett}, delvis {delvis} och nej {nej}. En prognos om att \
             målen inte nås ger minst {}.",
            self.nas_ej.word()
        )
    }

    /// The light of an answer and a forecast.
    pub fn ljus(&self, i_fas: IFas, prognos: Prognos) -> Ljus {
        let light = self.i_fas[i_fas as usize];
        if prognos == Prognos::NasEj { light.max(self.nas_ej) } else { light }
    }
}

/// The settings, each with its default when nothing is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installningar {
    /// The förbund's colour, `#rrggbb`; has contrast enough on white paper.
    pub farg: Option<String>,
    /// SHA-256 of the logo's file.
    pub logotyp: Option<String>,
    /// Which answers give which light.
    pub trafikljus: Ljuskarta,
    /// A förbrukningskvot under this many percent is pointed out.
    pub kvot_lag: i64,
    /// A förbrukningskvot over this many percent is pointed out.
    pub kvot_hog: i64,
    /// Counts of people from one to just under this are withheld from those who may not see them.
    pub sma_tal: u32,
    /// When inskrivningar are to be removed; without a rule until one is set.
    pub gallring: Regel,
}

impl Default for Installningar {
    fn default() -> Installningar {
        Installningar {
            farg: None,
            logotyp: None,
            trafikljus: Ljuskarta::default(),
            kvot_lag: 80,
            kvot_hog: 105,
            sma_tal: 5,
            gallring: Regel::default(),
        }
    }
}

impl Installningar {
    /// Reads what is stored; what cannot be read has its default.
    pub fn new(stored: &Stored) -> Installningar {
        let mut all = Installningar::default();
        for (name, value) in stored {
            // Values are checked before they are stored.
            let _ = all.set(name, value);
        }
        all
    }

    /// Sets one; else why not, in Swedish.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "farg" => self.farg = Some(readable(value)?),
            "logotyp" => self.logotyp = Some(value.to_owned()),
            "kvot_lag" => self.kvot_lag = i64::from(number(value, 0, 100)?),
            "kvot_hog" => self.kvot_hog = i64::from(number(value, 100, 999)?),
            "sma_tal" => self.sma_tal = number(value, 0, 50)?,
            "gallring.manader_efter_avslut" => self.gallring.efter_avslut = Some(number(value, 1, 240)?),
            "gallring.manader_efter_insats" => self.gallring.efter_insats = Some(number(value, 1, 240)?),
            "trafikljus.nas_ej" => self.trafikljus.nas_ej = light(value)?,
            _ => {
                let answers = [IFas::Ja, IFas::IStortSett, IFas::Delvis, IFas::Nej];
                let of = |answer: &IFas| name.strip_prefix("trafikljus.") == Some(answer.kod());
                let at = answers.iter().position(of).ok_or_else(|| format!("Inställningen {name} finns inte."))?;
                self.trafikljus.i_fas[at] = light(value)?;
            }
        }
        Ok(())
    }
}

fn number(text: &str, least: u32, most: u32) -> Result<u32, String> {
    let found = text.trim().parse().ok().filter(|number| (least..=most).contains(number));
    found.ok_or_else(|| format!("Skriv ett helt tal från {least} till {most}."))
}

fn light(text: &str) -> Result<Ljus, String> {
    let lights = [Ljus::Gron, Ljus::Gul, Ljus::Rod];
    lights.into_iter().find(|light| light.word() == text).ok_or_else(|| "Välj grön, gul eller röd.".to_owned())
}

fn readable(text: &str) -> Result<String, String> {
    let color =
        Color::parse(text.trim()).ok_or_else(|| format!("{text:?} är ingen färg. Skriv till exempel #0b5563."))?;
    if color.contrast_on_white() < 4.5 {
        return Err(format!("{text} har för svag kontrast mot vitt papper. Välj en mörkare färg."));
    }
    Ok(format!("#{}", color.hex()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ja → grön, i_stort_sett or delvis → gul, nej → röd; prognos nås_ej makes it at least gul,
    /// ej_uppgett changes nothing. A person may set another colour; the mapping is a setting of the förbund.
    #[test]
    fn the_mapping_of_the_lights_is_a_setting() {
        let mut all = Installningar::default();
        assert_eq!(all.trafikljus.ljus(IFas::Ja, Prognos::EjUppgett), Ljus::Gron);
        assert_eq!(all.trafikljus.ljus(IFas::Ja, Prognos::NasEj), Ljus::Gul);
        assert_eq!(all.trafikljus.ljus(IFas::Nej, Prognos::NasEj), Ljus::Rod);
        all.set("trafikljus.i_stort_sett", "grön").unwrap();
        all.set("trafikljus.nas_ej", "röd").unwrap();
        assert_eq!(all.trafikljus.ljus(IFas::IStortSett, Prognos::Nas), Ljus::Gron);
        assert_eq!(all.trafikljus.ljus(IFas::Delvis, Prognos::NasEj), Ljus::Rod);
    }

    #[test]
    fn a_colour_is_kept_so_that_it_can_be_read_again() {
        let mut all = Installningar::default();
        all.set("farg", " #0B5563 ").unwrap();
        assert!(all.farg.as_deref().and_then(Color::parse).is_some());
    }

    #[test]
    fn what_cannot_be_read_is_told_and_changes_nothing() {
        let mut all = Installningar::default();
        for (name, value) in [("farg", "#ffff00"), ("farg", "blå"), ("sma_tal", "-1"), ("kvot_hog", "99"), ("x", "1")]
        {
            assert!(all.set(name, value).is_err(), "{name} {value}");
        }
        assert_eq!(all, Installningar::default());
    }

    #[test]
    fn every_name_that_is_stored_can_be_set() {
        for name in NAMN {
            let value = if name.starts_with("trafikljus") {
                "gul"
            } else if name == "farg" {
                "#0b5563"
            } else {
                "100"
            };
            let value = if name == "sma_tal" { "5" } else { value };
            assert_eq!(Installningar::default().set(name, value), Ok(()), "{name}");
        }
    }
}
