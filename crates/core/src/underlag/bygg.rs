//! Builds an underlag from facts as known at a date.

use super::{Bokforing, DeltagandeRad, Ekonomi, InsatsUnderlag, Kedja, Names, Underlag};
use crate::deltagande::Deltagande;
use crate::insats::Insats;
use crate::installning::{Installningar, Ljuskarta};
use crate::kommentar::Om;
use crate::{Facts, Id, kedja};
use samsyn_document::Datum;
use std::collections::HashMap;
use std::num::NonZeroU8;

impl Underlag {
    /// Builds the underlag from facts that are already those known at the end of `per`.
    ///
    /// Facts that point to an insats that is not there are left out, and a cycle of insatser counts
    /// as insatser alone; the import refuses both.
    pub fn new(mut facts: Facts, per: Datum) -> Underlag {
        let ekonomi = Ekonomi::new(&mut facts);
        let bokforing = Bokforing::new(&mut facts);
        facts.verksamhetsmal.sort_by_key(|mal| (mal.ar, mal.mal_nr, mal.resultatmal_nr));
        facts.aktiviteter.sort_by_key(|aktivitet| aktivitet.datum);
        let (forbund_id, forbund) = facts
            .forbund
            .first()
            .map_or_else(Default::default, |forbund| (forbund.forbund_id.to_string(), forbund.namn.clone()));
        let earliest = earliest_links(&facts.insatser);
        let (kedjor, kedja_of) = chains(&earliest);
        let insatser = facts.insatser.iter().zip(&kedja_of).map(|(insats, &kedja)| InsatsUnderlag {
            insats: insats.clone(),
            kedja,
            perioder: Vec::new(),
            parter: Vec::new(),
            budget: Vec::new(),
            rekvisitioner: Vec::new(),
            avvikelser: Vec::new(),
            rapporter: Vec::new(),
            mal: Vec::new(),
            malutfall: Vec::new(),
            slutrapport: None,
            partskommentarer: Vec::new(),
            kommentarer: Vec::new(),
            ljusval: Vec::new(),
            manadsantal: Vec::new(),
            avslutsantal: Vec::new(),
            ljuskarta: Ljuskarta::default(),
        });
        let mut underlag = Underlag {
            per,
            forbund_id,
            forbund,
            insatser: insatser.collect(),
            kedjor,
            deltaganden: Vec::with_capacity(facts.deltagare.len()),
            deltagande_ids: Names::default(),
            forsorjning_efter: Vec::with_capacity(facts.deltagare.len()),
            ekonomi,
            bokforing,
            verksamhetsmal: std::mem::take(&mut facts.verksamhetsmal),
            aktiviteter: std::mem::take(&mut facts.aktiviteter),
            schabloner: std::mem::take(&mut facts.schabloner),
            historiska_tal: facts.historiska_tal.clone(),
            installningar: Installningar::default(),
        };
        let index: HashMap<Id, usize> =
            facts.insatser.iter().enumerate().map(|(i, insats)| (insats.insats_id.clone(), i)).collect();
        for deltagande in facts.deltagare.iter().filter(|deltagande| deltagande.makulerad.is_none()) {
            if let Some(&insats) = index.get(&deltagande.insats_id) {
                underlag.deltaganden.push(row(deltagande, insats));
                underlag.deltagande_ids.push(deltagande.deltagande_id.as_str());
                underlag.forsorjning_efter.push(deltagande.forsorjning_efter);
            }
        }
        underlag.sort_in(facts, &index);
        underlag
    }

    /// Hands each fact to its insats and puts them in time order.
    fn sort_in(&mut self, facts: Facts, index: &HashMap<Id, usize>) {
        macro_rules! hand_out {
            ($($rows:ident -> $list:ident by $order:expr;)+) => {$(
                for fact in facts.$rows {
                    if let Some(&insats) = index.get(&fact.insats_id) {
                        self.insatser[insats].$list.push(fact);
                    }
                }
                self.insatser.iter_mut().for_each(|insats| insats.$list.sort_by_key($order));
            )+};
        }
        hand_out! {
            insatsperioder -> perioder by |period| period.beslutad;
            budget -> budget by |budget| budget.kvartal;
            rekvisitioner -> rekvisitioner by |claim| claim.kvartal;
            avvikelser -> avvikelser by |avvikelse| avvikelse.inlamnad;
            kvartalsrapporter -> rapporter by |report| report.kvartal;
            mal -> mal by |mal| mal.mal_nr;
            malutfall -> malutfall by |utfall| utfall.kvartal;
            ljusval -> ljusval by |set| set.halvar;
            manadsantal -> manadsantal by |row| (row.manad, row.kon);
            avslutsantal -> avslutsantal by |row| (row.manad, row.kon, row.avslutsorsak);
        }
        for part in facts.insatsparter {
            if let Some(&insats) = index.get(&part.insats_id) {
                self.insatser[insats].parter.push(part.part);
            }
        }
        for report in facts.slutrapporter {
            if let Some(&insats) = index.get(&report.insats_id) {
                self.insatser[insats].slutrapport = Some(report);
            }
        }
        for comment in facts.partskommentarer {
            if let Some(&insats) = index.get(&comment.insats_id) {
                self.insatser[insats].partskommentarer.push(comment);
            }
        }
        for comment in facts.kommentarer {
            let about = |of: &InsatsUnderlag| of.avvikelser.iter().any(|other| other.avvikelse_id == comment.nyckel);
            let insats = match comment.om {
                Om::Insats => index.get(&comment.nyckel).copied(),
                Om::Avvikelse => self.insatser.iter().position(about),
            };
            if let Some(insats) = insats {
                self.insatser[insats].kommentarer.push(comment);
            }
        }
    }
}

/// Each insats's earliest link; one that lies in a cycle or leads to one stands alone.
fn earliest_links(insatser: &[Insats]) -> Vec<usize> {
    kedja::earliest_links(insatser).unwrap_or_else(|cyclic| {
        let mut cut = insatser.to_vec();
        cyclic.into_iter().for_each(|insats| cut[insats].redovisas_med = None);
        kedja::earliest_links(&cut).unwrap_or_else(|_| (0..insatser.len()).collect())
    })
}

/// Chains in the order of their earliest links, and each insats's chain.
fn chains(earliest: &[usize]) -> (Vec<Kedja>, Vec<usize>) {
    let mut kedjor: Vec<Kedja> = Vec::new();
    let mut number = HashMap::new();
    for (insats, &forsta) in earliest.iter().enumerate().filter(|(insats, forsta)| insats == *forsta) {
        number.insert(insats, kedjor.len());
        kedjor.push(Kedja { forsta, lankar: Vec::new() });
    }
    let kedja_of: Vec<usize> = earliest.iter().map(|forsta| number.get(forsta).copied().unwrap_or(0)).collect();
    for (insats, &kedja) in kedja_of.iter().enumerate() {
        kedjor[kedja].lankar.push(insats);
    }
    (kedjor, kedja_of)
}

fn row(deltagande: &Deltagande, insats: usize) -> DeltagandeRad {
    // Age is year of inskriven minus year of birth. Kept from 1 to 255, so that it fits in a byte.
    let age = deltagande
        .fodelsear
        .and_then(|year| NonZeroU8::new((deltagande.inskriven.year() - i32::from(year)).clamp(1, 255) as u8));
    DeltagandeRad {
        inskriven: deltagande.inskriven,
        utskriven: deltagande.utskriven,
        inskriven_registrerad: deltagande.inskriven_registrerad,
        utskriven_registrerad: deltagande.utskriven_registrerad,
        insats: insats as u32,
        alder: age,
        kon: deltagande.kon,
        utbildning: deltagande.utbildning,
        forsorjning_fore: deltagande.forsorjning_fore,
        forsorjningstid_fore: deltagande.forsorjningstid_fore,
        avslutsorsak: deltagande.avslutsorsak,
        omfattning: deltagande.arbete_omfattning,
        subventionerat: deltagande.arbete_subventionerat,
        studerar: deltagande.studerar == Some(true),
        soker: deltagande.arbetssokande == Some(true),
        plan: deltagande.plan_vid_avslut == Some(true),
        anonym: deltagande.anonym,
    }
}
