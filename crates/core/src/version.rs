//! A version of a report on its way from draft to the board: which state it is in, and which steps there are.
//!
//! ```text
//!            skicka på granskning            lås
//!  utkast ───────────────────────▶ granskning ───▶ låst ───▶ behandlad
//!    ▲  ▲        ta tillbaka        │  ▲             │ behandla  │
//!    │  └───────────────────────────┘  │             │           │
//!    │                                 kommentera    │           │
//!    └───────────────── ny version ──────────────────┴───────────┘
//! ```
//!
//! Texts are written in utkast and granskning. What is låst never changes; a new version begins as a draft of its own.

mod avser;

pub use avser::Avser;

codes! {
    /// The state of a version.
    pub enum Lage {
        Utkast = "utkast" => "Utkast",
        Granskning = "granskning" => "Granskning",
        Last = "last" => "Låst",
        Behandlad = "behandlad" => "Behandlad",
    }
}

codes! {
    /// A step that a person takes with a version.
    pub enum Steg {
        Skriv = "skriv" => "Skriva",
        Granska = "granska" => "Skicka på granskning",
        Aterta = "aterta" => "Ta tillbaka till utkast",
        Kommentera = "kommentera" => "Kommentera",
        Los = "los" => "Markera en kommentar som löst",
        Las = "las" => "Låsa",
        Behandla = "behandla" => "Anteckna styrelsens behandling",
        NyVersion = "ny_version" => "Börja en ny version",
    }
}

codes! {
    /// What the board did with a report.
    pub enum Styrelsebeslut {
        TillHandlingarna = "till_handlingarna" => "Lagd till handlingarna",
        Godkand = "godkand" => "Godkänd",
    }
}

codes! {
    /// Which report it is a version of.
    pub enum Slag {
        Pm = "pm" => "PM, uppföljning av insatser",
        Tjansteskrivelse = "tjansteskrivelse" => "Tjänsteskrivelse",
        Avgifter = "avgifter" => "Medlemsavgifter",
        Beslutsutrymme = "beslutsutrymme" => "Ekonomisk information",
        Delarsrapport = "delarsrapport" => "Delårsrapport",
        Arsredovisning = "arsredovisning" => "Årsredovisning",
    }
}

/// What decides whether a step may be taken, beside the state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stallning {
    /// Comments that are not resolved.
    pub olosta: usize,
    /// Whether a later version of the same report has been begun.
    pub har_senare: bool,
}

/// Why a step cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hinder {
    /// The step does not lead from this state.
    Lage(Lage, Steg),
    /// So many comments are not resolved.
    Olosta(usize),
    /// There is a later version already.
    HarSenare,
}

impl std::fmt::Display for Hinder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Hinder::Lage(lage, Steg::Skriv) => {
                write!(f, "Versionen är {} och kan inte ändras. Börja en ny version.", lage.text().to_lowercase())
            }
            Hinder::Lage(Lage::Utkast, Steg::Las) => {
                f.write_str("Ett utkast kan inte låsas. Skicka det på granskning först.")
            }
            Hinder::Lage(Lage::Utkast, Steg::Kommentera) => {
                f.write_str("Ett utkast kan inte kommenteras. Skicka det på granskning först.")
            }
            Hinder::Lage(Lage::Utkast | Lage::Granskning, Steg::Behandla) => {
                f.write_str("Versionen är inte låst. Lås den innan styrelsens behandling antecknas.")
            }
            Hinder::Lage(Lage::Utkast | Lage::Granskning, Steg::NyVersion) => {
                f.write_str("Versionen är inte låst. Skriv vidare i den i stället för att börja en ny.")
            }
            Hinder::Lage(lage, steg) => {
                write!(f, "”{}” går inte: versionen är {}.", steg.text(), lage.text().to_lowercase())
            }
            Hinder::Olosta(1) => f.write_str("En kommentar är inte löst. Lös den innan versionen låses."),
            Hinder::Olosta(antal) => write!(f, "{antal} kommentarer är inte lösta. Lös dem innan versionen låses."),
            Hinder::HarSenare => f.write_str("Det finns redan en senare version. Skriv i den."),
        }
    }
}

impl Lage {
    /// Whether texts can be written.
    pub fn is_open(self) -> bool {
        matches!(self, Lage::Utkast | Lage::Granskning)
    }

    /// The state after a step; of a new version, the state that it begins in.
    pub fn efter(self, steg: Steg, stallning: Stallning) -> Result<Lage, Hinder> {
        match (self, steg) {
            (Lage::Utkast | Lage::Granskning, Steg::Skriv | Steg::Los) => Ok(self),
            (Lage::Utkast, Steg::Granska) => Ok(Lage::Granskning),
            (Lage::Granskning, Steg::Aterta) => Ok(Lage::Utkast),
            (Lage::Granskning, Steg::Kommentera) => Ok(self),
            (Lage::Granskning, Steg::Las) if stallning.olosta > 0 => Err(Hinder::Olosta(stallning.olosta)),
            (Lage::Granskning, Steg::Las) => Ok(Lage::Last),
            (Lage::Last, Steg::Behandla) => Ok(Lage::Behandlad),
            (Lage::Last | Lage::Behandlad, Steg::NyVersion) if stallning.har_senare => Err(Hinder::HarSenare),
            (Lage::Last | Lage::Behandlad, Steg::NyVersion) => Ok(Lage::Utkast),
            _ => Err(Hinder::Lage(self, steg)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lage::{Behandlad, Granskning, Last, Utkast};

    /// Every state and every step: what is not listed here is refused.
    #[test]
    fn only_these_steps_lead_anywhere() {
        let leads = [
            (Utkast, Steg::Skriv, Utkast),
            (Utkast, Steg::Los, Utkast),
            (Utkast, Steg::Granska, Granskning),
            (Granskning, Steg::Skriv, Granskning),
            (Granskning, Steg::Los, Granskning),
            (Granskning, Steg::Kommentera, Granskning),
            (Granskning, Steg::Aterta, Utkast),
            (Granskning, Steg::Las, Last),
            (Last, Steg::Behandla, Behandlad),
            (Last, Steg::NyVersion, Utkast),
            (Behandlad, Steg::NyVersion, Utkast),
        ];
        for &lage in Lage::ALL {
            for &steg in Steg::ALL {
                let to = leads.iter().find(|(from, by, _)| (*from, *by) == (lage, steg)).map(|(_, _, to)| *to);
                let after = lage.efter(steg, Stallning::default());
                assert_eq!(after, to.ok_or(Hinder::Lage(lage, steg)), "{lage:?} {steg:?}");
            }
        }
    }

    #[test]
    fn nothing_is_locked_with_open_comments_nor_followed_twice() {
        assert_eq!(Granskning.efter(Steg::Las, Stallning { olosta: 2, har_senare: false }), Err(Hinder::Olosta(2)));
        let followed = Stallning { olosta: 0, har_senare: true };
        assert_eq!(Behandlad.efter(Steg::NyVersion, followed), Err(Hinder::HarSenare));
        assert_eq!(Last.efter(Steg::NyVersion, followed), Err(Hinder::HarSenare));
    }

    #[test]
    fn every_hindrance_says_what_to_do() {
        for &lage in Lage::ALL {
            for &steg in Steg::ALL {
                let told = Hinder::Lage(lage, steg).to_string();
                assert!(told.ends_with('.') && !told.contains("  "), "{told}");
            }
        }
        assert_eq!(Hinder::Olosta(1).to_string(), "En kommentar är inte löst. Lös den innan versionen låses.");
    }
}
