//! What a styrgrupp answered for one quarter.

use crate::{Id, Known};
use samsyn_document::{Datum, Kvartal};

codes! {
    /// Whether the insats is in phase with its goals. `delvis` is weaker than `i_stort_sett`.
    pub enum IFas {
        Ja = "ja" => "Ja",
        IStortSett = "i_stort_sett" => "I stort sett",
        Delvis = "delvis" => "Delvis",
        Nej = "nej" => "Nej",
    }
}

codes! {
    /// The styrgrupp's forecast of whether the goals will be reached.
    pub enum Prognos {
        Nas = "nås" => "Målen nås",
        NasEj = "nås_ej" => "Målen nås inte",
        EjUppgett = "ej_uppgett" => "Ej uppgett",
    }
}

fact! {
    /// The answers of one insats for one quarter. Known from the day they were handed in.
    pub struct Kvartalsrapport: "kvartalsrapporter", "kvartalsrapport", key [insats_id, kvartal] {
        /// The insats.
        pub insats_id: Id,
        /// The quarter.
        pub kvartal: Kvartal,
        /// The day it was handed in.
        pub inlamnad: Datum,
        /// In phase with the goals, according to the styrgrupp.
        pub i_fas: IFas,
        /// The styrgrupp's forecast.
        pub prognos: Prognos,
        /// Vacancy in a resource that the förbund funds.
        pub vakans_sof: bool,
        /// Vacancy in a resource that the parties fund themselves.
        pub vakans_egen: bool,
        /// Meetings of the styrgrupp held as agreed.
        pub styrgruppsmoten: bool,
        /// Ordinary members were present.
        pub ordinarie_representation: bool,
        /// Follow-up registered as agreed.
        pub uppfoljning: bool,
        /// The method is the one applied for.
        pub kontroll_metod: bool,
        /// The target group is the one applied for.
        pub kontroll_malgrupp: bool,
        /// Equality was discussed.
        pub jamlikhet: bool,
        /// Gender equality was discussed.
        pub jamstalldhet: bool,
        /// The conditions for making the insats permanent were discussed.
        pub implementering_diskuterad: bool,
        /// Deviation in target group or method.
        pub avvikelse_malgrupp_metod: bool,
        /// The kansli's view, where it differs from the styrgrupp's.
        pub kansli_i_fas: Option<IFas>,
        /// The kansli's reason.
        pub kansli_motiv: Option<String>,
        /// Comment.
        pub kommentar: Option<String>,
    }

    fn registered(&self) -> Known {
        Known::Day(self.inlamnad)
    }
}

/// Rows of a file keep the kansli's view that is stored where they have none: a styrgrupp's form says nothing of it, and
/// what is written on the site is taken back there.
pub fn behall_kansliets(rows: &mut [Kvartalsrapport], stored: &[Kvartalsrapport]) {
    let view = |row: &Kvartalsrapport| (row.kansli_i_fas, row.kansli_motiv.clone());
    let known: std::collections::HashMap<_, _> =
        stored.iter().map(|row| ((row.insats_id.clone(), row.kvartal), view(row))).collect();
    for row in rows.iter_mut().filter(|row| row.kansli_i_fas.is_none() && row.kansli_motiv.is_none()) {
        if let Some((i_fas, motiv)) = known.get(&(row.insats_id.clone(), row.kvartal)) {
            row.kansli_i_fas = *i_fas;
            row.kansli_motiv.clone_from(motiv);
        }
    }
}
