//! Gallring on the command line: the same as on its page.

use super::args::Whose;
use super::{DONE, print, who};
use crate::Error;
use crate::actions::forbund::Chosen;
use crate::actions::gallring::forslag::{Forslag, inskrivningar, regel_i_ord};
use crate::actions::gallring::{self, Utfort, Val};
use clap::Subcommand;
use samsyn_document::{datum::moment, format};
use samsyn_store::gallring::Beslut;
use std::fmt::Write;

#[derive(Debug, Subcommand)]
pub enum Gallring {
    /// Förslaget enligt regeln, och tidigare beslut.
    #[command(after_help = "\nExempel:\n  samsyn gallra visa\n")]
    Visa {
        #[command(flatten)]
        whose: Whose,
    },
    /// Besluta om det som förslaget visar. Inget tas bort förrän beslutet utförs.
    #[command(
        after_help = "\nExempel:\n  samsyn gallra besluta --skal \"Gallringsplanen, § 8\"\n  samsyn gallra besluta --skal \"Gallringsplanen, § 8\" --insats ost-bryggan\n"
    )]
    Besluta {
        /// Skäl eller beslut.
        #[arg(long = "skal", value_name = "TEXT")]
        reason: String,
        /// Bara denna insats; kan anges flera gånger.
        #[arg(long = "insats", value_name = "ID")]
        insats: Vec<String>,
        /// Gallra också inskrivningar som rapporter som inte är låsta behöver.
        #[arg(long = "aven-behovda")]
        needed: bool,
        #[command(flatten)]
        whose: Whose,
    },
    /// Utför ett beslut. Det går inte att ångra.
    #[command(after_help = "\nExempel:\n  samsyn gallra utfor 3\n")]
    Utfor {
        /// Beslutets nummer.
        #[arg(value_name = "NR")]
        number: i64,
        #[command(flatten)]
        whose: Whose,
    },
    /// Ta tillbaka ett beslut som inte är utfört.
    #[command(after_help = "\nExempel:\n  samsyn gallra aterta 3\n")]
    Aterta {
        /// Beslutets nummer.
        #[arg(value_name = "NR")]
        number: i64,
        #[command(flatten)]
        whose: Whose,
    },
    /// Ta genast bort en inskrivning vars samtycke är återkallat.
    #[command(after_help = "\nExempel:\n  samsyn gallra inskrivning D0412 --skal \"Skriftligen 2026-02-12\"\n")]
    Inskrivning {
        /// Inskrivningens nummer.
        #[arg(value_name = "NUMMER")]
        id: String,
        /// Notering, utan nummer och utan något om personen.
        #[arg(long = "skal", value_name = "TEXT")]
        reason: String,
        #[command(flatten)]
        whose: Whose,
    },
}

impl Gallring {
    /// Which förbund.
    pub fn whose(&self) -> &Whose {
        match self {
            Gallring::Visa { whose }
            | Gallring::Besluta { whose, .. }
            | Gallring::Utfor { whose, .. }
            | Gallring::Aterta { whose, .. }
            | Gallring::Inskrivning { whose, .. } => whose,
        }
    }
}

/// Does what is asked.
pub async fn run(chosen: &Chosen<'_>, what: Gallring) -> Result<u8, Error> {
    let who = who();
    match what {
        Gallring::Visa { .. } => {
            print(&told(&gallring::forslag(chosen).await?))?;
            print(&decisions(&gallring::tidigare(chosen).await?))
        }
        Gallring::Besluta { reason, insats, needed, .. } => {
            let found = gallring::forslag(chosen).await?;
            let unknown = insats.iter().find(|id| !found.insatser.iter().any(|of| of.id == **id));
            if let Some(id) = unknown {
                return Err(Error::Usage(format!("Förslaget har inget att gallra i insatsen {id}.")));
            }
            let insatser = if insats.is_empty() { None } else { Some(insats.into_iter().collect()) };
            let val = Val { dag: found.dag, handelse: found.handelse, insatser, aven_behovda: needed };
            let nr = gallring::besluta(chosen, &val, &reason, &who).await?.map_err(Error::Usage)?;
            print(&format!("Beslut {nr} är sparat. Inget är borttaget förrän det utförs: samsyn gallra utfor {nr}\n"))
        }
        Gallring::Utfor { number, .. } => done(gallring::utfor(chosen, number, &who).await?),
        Gallring::Aterta { number, .. } => {
            gallring::aterta(chosen, number, &who).await?.map_err(Error::Usage)?;
            print("Beslutet är återtaget. Inget har tagits bort.\n")
        }
        Gallring::Inskrivning { id, reason, .. } => done(gallring::samtycke(chosen, &id, &reason, &who).await?),
    }
}

fn done(done: Result<Utfort, String>) -> Result<u8, Error> {
    print(&format!("{}\n", done.map_err(Error::Usage)?.ord()))?;
    Ok(DONE)
}

/// A proposal as text.
fn told(found: &Forslag) -> String {
    let mut text = format!("{}\n\n", regel_i_ord(found.regel));
    if found.insatser.is_empty() {
        let _ = writeln!(text, "Förslag per {}: inget behöver gallras.", found.dag);
        return text;
    }
    let _ = writeln!(text, "Förslag per {}:", found.dag);
    for of in &found.insatser {
        let (free, needed) = (of.rader.len() as i64, of.behovda.len() as i64);
        let also = if needed == 0 { String::new() } else { format!("; därtill {needed} som rapporter behöver") };
        let _ = writeln!(text, "  {} ({}): {}{also}", of.namn, of.id, inskrivningar(free));
        for row in of.rader.iter().chain(&of.behovda) {
            let years: Vec<String> = row.ar.iter().map(i32::to_string).collect();
            let needed = if years.is_empty() {
                String::new()
            } else {
                format!(", behövs av rapport för {}", years.join(", "))
            };
            let _ = writeln!(text, "    {}  {}, att gallra sedan {}{needed}", row.nummer, row.skal, row.sedan);
        }
    }
    let missing: Vec<String> = found.saknade_pm().into_iter().map(format::halvar).collect();
    if !missing.is_empty() {
        let _ = writeln!(text, "  Det som rapporter behöver väntar på låst PM för {}.", format::list(&missing));
    }
    for (half, some, all) in &found.paverkan {
        let _ = writeln!(
            text,
            "  PM för {}, inte låst: {some} siffror ändras, {all} om också de som rapporter behöver gallras.",
            format::halvar(*half)
        );
    }
    text
}

/// Earlier decisions as text.
fn decisions(all: &[Beslut]) -> String {
    let mut text = String::new();
    for beslut in all {
        let state = match (beslut.utford_ms, beslut.atertagen_ms) {
            (Some(ms), _) if beslut.stadad_ms.is_none() => format!("utfört {}, inte städat", moment(ms)),
            (Some(ms), _) => format!("utfört {}", moment(ms)),
            (None, Some(ms)) => format!("återtaget {}", moment(ms)),
            (None, None) => "väntar på att utföras".to_owned(),
        };
        let many = inskrivningar(beslut.antal);
        let _ = writeln!(text, "Beslut {}, {many}, {state}. {}", beslut.nr, beslut.skal);
    }
    text
}

/// Gallringar that a restored copy has undone.
pub fn lost(all: &[(String, Beslut)]) -> String {
    if all.is_empty() {
        return String::new();
    }
    let mut text = "\nKopian är äldre än dessa gallringar. Det de tog bort är tillbaka; gör om dem:\n".to_owned();
    for (forbund, beslut) in all {
        let when = moment(beslut.utford_ms.unwrap_or(beslut.beslutad_ms));
        let many = inskrivningar(beslut.borttagna.unwrap_or(beslut.antal));
        let _ = writeln!(text, "  {forbund}, beslut {}, utfört {when}: {many}. {}", beslut.nr, beslut.skal);
    }
    text.push_str("Enligt regeln: samsyn gallra visa. Vid återkallat samtycke: fråga insatsen efter numret.\n");
    text
}
