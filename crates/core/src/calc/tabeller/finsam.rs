//! Figures of Uppföljning Finsam: head counts per insats and sex from 1 January.

use super::Figures;
use crate::calc::grupp::Grupp;
use crate::calc::matt::Matt;
use crate::calc::source::Source;
use crate::deltagande::Kon;

/// The table that these figures stand in.
pub(super) const TABELL: &str = "finsam";

/// The measures, each with its name.
pub(crate) const MATT: [(&str, Matt); 5] = [
    ("nya", Matt::Inregistrerade),
    ("deltagit", Matt::Deltagit),
    ("avslutade", Matt::Avslutade),
    ("pagaende", Matt::Pagaende),
    ("till_arbete_studier", Matt::TillArbeteStudier),
];

const KON: [(&str, Option<Kon>); 3] = [("K", Some(Kon::Kvinna)), ("M", Some(Kon::Man)), ("S", None)];

pub(super) fn figures(to: &mut Figures<'_, '_>) {
    let chains = to.rakning.rader.tabell_6.iter().map(|&kedja| (to.kedja_id(kedja), Grupp::Kedja(kedja)));
    let rows: Vec<(String, Grupp)> = chains.chain([("summa".to_owned(), Grupp::Visade)]).collect();
    for (rad, grupp) in rows {
        for (name, matt) in MATT {
            for (letter, kon) in KON {
                to.add(TABELL, &rad, format!("{name}_{letter}"), Source::antal(grupp, kon, matt));
            }
        }
        to.add(TABELL, &rad, "anonyma", Source::antal(grupp, None, Matt::Anonyma));
    }
}
