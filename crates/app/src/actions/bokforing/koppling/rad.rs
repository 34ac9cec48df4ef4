//! A row of a table that people keep: what the tables' nouns have in common, and what must go together in each.

use super::Tabell;
use crate::actions::insatsbeslut::Wrong;
use samsyn_core::deltagande::Forsorjning;
use samsyn_core::kostnadsstalle::Kostnadsstalle;
use samsyn_core::projektkoppling::Projektkoppling;
use samsyn_core::rapportstruktur::Rapportstruktur;
use samsyn_core::schablon::Schablon;
use samsyn_core::underlag::Post;
use samsyn_core::{Fact, Facts};

/// A noun of one of the tables.
pub(super) trait Rad: Fact {
    /// The table.
    const TABELL: Tabell;
    /// Its rows.
    fn rader(facts: &Facts) -> &[Self];
    /// Puts rows in.
    fn lagg(facts: &mut Facts, rows: Vec<Self>);
    /// The year from which it applies.
    fn fran(&self) -> u16;
    /// The same row, from another year.
    fn med_fran(&self, fran: u16) -> Self;

    /// Whether a row of a file, as this, takes the place of one that is held, when it is not the same row: those of a year are
    /// one set.
    fn ersatter(&self, held: &Self) -> bool {
        self.fran() == held.fran()
    }

    /// What does not go together, by field.
    fn doma(&self, stored: &Facts, tell: &mut dyn FnMut(&str, &str));

    /// What does not go together in rows of the table, by field.
    fn brister(stored: &Facts, rows: &Facts) -> Wrong {
        let mut wrong = Wrong::new();
        for row in Self::rader(rows) {
            row.doma(stored, &mut |field, text| wrong.push((field.to_owned(), text.to_owned())));
        }
        wrong
    }
}

macro_rules! rad {
    ($noun:ident, $tabell:ident, $rader:ident, $fran:ident, $doma:ident $($own:item)*) => {
        impl Rad for $noun {
            const TABELL: Tabell = Tabell::$tabell;

            fn rader(facts: &Facts) -> &[Self] {
                &facts.$rader
            }

            fn lagg(facts: &mut Facts, rows: Vec<Self>) {
                facts.$rader.extend(rows);
            }

            fn fran(&self) -> u16 {
                self.$fran
            }

            fn med_fran(&self, fran: u16) -> Self {
                $noun { $fran: fran, ..self.clone() }
            }

            fn doma(&self, stored: &Facts, tell: &mut dyn FnMut(&str, &str)) {
                $doma(self, stored, tell);
            }

            $($own)*
        }
    };
}

rad!(Rapportstruktur, Rapportstruktur, rapportstruktur, galler_fran, structure);
rad!(Projektkoppling, Projekt, projektkopplingar, galler_fran, project);
rad!(Kostnadsstalle, Kostnadsstallen, kostnadsstallen, galler_fran, centre);
rad!(Schablon, Schabloner, schabloner, ar, rate
    // A file of one kommun's rates says nothing of the others'.
    fn ersatter(&self, held: &Self) -> bool {
        (self.ar, &self.kommun) == (held.ar, &held.kommun)
    }
);

fn structure(row: &Rapportstruktur, _: &Facts, tell: &mut dyn FnMut(&str, &str)) {
    if row.konto_till < row.konto_fran {
        tell("konto_till", "Det sista kontot är mindre än det första. Skriv samma nummer för ett konto.");
    }
    if row.notrad.is_some() && row.not_nr.is_none() {
        tell("not_nr", "En rad i en not behöver notens nummer.");
    }
}

fn project(row: &Projektkoppling, stored: &Facts, tell: &mut dyn FnMut(&str, &str)) {
    let id = &row.insats_id_eller_post;
    let insats = stored.insatser.iter().any(|insats| insats.insats_id == *id);
    let post = |row: &samsyn_core::planpost::Planpost| {
        Post { kategori: row.kategori, namn: row.post.clone(), belopp: Vec::new() }.is_mapped_by(id)
    };
    if !insats && !stored.planposter.iter().any(post) {
        let told = "Det finns ingen sådan insats och ingen sådan post i planerna. Skriv insatsens id, eller postens namn med \
                    små bokstäver och understreck.";
        tell("insats_id_eller_post", told);
    }
}

fn centre(_: &Kostnadsstalle, _: &Facts, _: &mut dyn FnMut(&str, &str)) {}

fn rate(row: &Schablon, stored: &Facts, tell: &mut dyn FnMut(&str, &str)) {
    if row.belopp_kr.is_negative() {
        tell("belopp_kr", "Beloppet är negativt.");
    }
    if row.forsorjning == Forsorjning::Ingen {
        tell("forsorjning", "Ingen försörjning kostar inget. Välj ett slag av försörjning.");
    }
    if !stored.medlemmar.iter().any(|medlem| medlem.medlem == row.kommun) {
        tell("kommun", "Kommunen är ingen medlem i förbundet.");
    }
}
