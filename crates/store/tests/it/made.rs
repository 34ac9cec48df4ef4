//! Made-up facts: a förbund with something of every noun, and chance that can be repeated.

use samsyn_core::aktivitet::Aktivitet;
use samsyn_core::avgiftsregel::{Avgiftsmetod, Avgiftsregel};
use samsyn_core::avslutsantal::Avslutsantal;
use samsyn_core::avvikelse::{Avvikelse, Beslut};
use samsyn_core::bokslut::Bokslut;
use samsyn_core::budget::Budget;
use samsyn_core::deltagande::{Avslutsorsak, Deltagande, Forsorjning, Forsorjningstid, Kon, Omfattning, Utbildning};
use samsyn_core::folkmangd::Folkmangd;
use samsyn_core::forbund::Forbund;
use samsyn_core::historiskt_tal::HistorisktTal;
use samsyn_core::insats::{Insats, InsatsTyp};
use samsyn_core::insatspart::Insatspart;
use samsyn_core::insatsperiod::Insatsperiod;
use samsyn_core::kommentar::{Kommentar, Om};
use samsyn_core::kontosaldo::Kontosaldo;
use samsyn_core::kostnadsstalle::Kostnadsstalle;
use samsyn_core::kvartalsrapport::{IFas, Kvartalsrapport, Prognos};
use samsyn_core::ljusval::Ljusval;
use samsyn_core::mal::{Enhet, Mal};
use samsyn_core::malutfall::Malutfall;
use samsyn_core::manadsantal::Manadsantal;
use samsyn_core::medlem::{Medlem, MedlemTyp};
use samsyn_core::medlemsavgift::Medlemsavgift;
use samsyn_core::objektsaldo::{Objektsaldo, PROJEKT};
use samsyn_core::partskommentar::Partskommentar;
use samsyn_core::planpost::{Plankategori, Planpost};
use samsyn_core::projektkoppling::Projektkoppling;
use samsyn_core::rapportstruktur::{Rad, Rapportstruktur};
use samsyn_core::rekvisition::Rekvisition;
use samsyn_core::schablon::Schablon;
use samsyn_core::slutrapport::Slutrapport;
use samsyn_core::sparandesteg::Sparandesteg;

use samsyn_core::verksamhetsmal::Verksamhetsmal;
use samsyn_core::{Fact, Facts, Field, Id, for_every_noun};
use samsyn_document::{Belopp, Datum, Kvartal, Ljus, Manad};
use std::collections::BTreeSet;

/// Chance that can be repeated (splitmix64).
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    /// True once in `n` times.
    pub fn once_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    pub fn maybe<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        (!self.once_in(6)).then(|| self.one(of))
    }
}

pub fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

pub fn day(text: &str) -> Datum {
    Datum::parse(text).unwrap()
}

pub fn kvartal(text: &str) -> Kvartal {
    text.parse().unwrap()
}

/// All resources, as a package with every file has them.
pub fn every_file() -> BTreeSet<&'static str> {
    let mut files = BTreeSet::new();
    macro_rules! add {
        ($($field:ident: $type:ty,)+) => { $(files.insert(<$type>::RESOURCE);)+ };
    }
    for_every_noun!(add);
    files
}

/// A förbund with nothing but its name.
pub fn bare(forbund_id: &str) -> Facts {
    let namn = format!("Samordningsförbundet {forbund_id}");
    Facts {
        forbund: vec![Forbund {
            forbund_id: id(forbund_id), namn, organisationsnummer: None, lan: Some("Län".into())
        }],
        ..Facts::default()
    }
}

/// One deltagande, enrolled and registered on a day.
pub fn deltagande(deltagande_id: &str, inskriven: &str) -> Deltagande {
    Deltagande {
        kon: Some(Kon::Kvinna),
        fodelsear: Some(1980),
        utbildning: Some(Utbildning::Gymnasium),
        forsorjning_fore: Some(Forsorjning::Sjukpenning),
        forsorjningstid_fore: Some(Forsorjningstid::OverTreAr),
        ..Deltagande::ny(id(deltagande_id), id("a"), day(inskriven), day(inskriven))
    }
}

/// The same one, exited.
pub fn exited(from: Deltagande, utskriven: &str, registrerad: &str) -> Deltagande {
    Deltagande {
        utskriven: Some(day(utskriven)),
        utskriven_registrerad: Some(day(registrerad)),
        avslutsorsak: Some(Avslutsorsak::Arbete),
        arbete_omfattning: Some(Omfattning::P50),
        arbete_subventionerat: Some(false),
        studerar: Some(false),
        arbetssokande: Some(true),
        plan_vid_avslut: Some(true),
        forsorjning_efter: Some(Forsorjning::Ingen),
        ..from
    }
}

fn chance_deltagande(chance: &mut Chance, nr: usize) -> Deltagande {
    let enrolled = day("2022-01-01").add_days(chance.below(1000) as i64);
    let registered = enrolled.add_days(if chance.once_in(20) { 300 } else { chance.below(40) as i64 });
    let insats = format!("insats-{}", chance.below(12));
    let mut made = Deltagande {
        insats_id: id(&insats),
        kon: chance.maybe(Kon::ALL),
        fodelsear: Some(1960 + chance.below(45) as u16),
        inskriven_registrerad: registered,
        utbildning: chance.maybe(Utbildning::ALL),
        forsorjning_fore: chance.maybe(Forsorjning::ALL),
        forsorjningstid_fore: chance.maybe(Forsorjningstid::ALL),
        anonym: chance.once_in(30),
        ..deltagande(&format!("D{nr:06}"), &enrolled.to_string())
    };
    if !made.anonym && !chance.once_in(12) {
        let last = enrolled.add_days(chance.below(400) as i64);
        let told = last.add_days(chance.below(60) as i64);
        made = Deltagande {
            avslutsorsak: chance.maybe(Avslutsorsak::ALL),
            arbete_omfattning: chance.maybe(Omfattning::ALL),
            studerar: chance.maybe(&[true, false]),
            forsorjning_efter: chance.maybe(Forsorjning::ALL),
            ..exited(made, &last.to_string(), &told.to_string())
        };
    }
    if chance.once_in(50) {
        made.makulerad = Some(registered.add_days(chance.below(200) as i64));
    }
    made
}

/// A förbund with something of every noun and `deltaganden` participations.
pub fn forbund(forbund_id: &str, seed: u64, deltaganden: usize) -> Facts {
    let chance = &mut Chance(seed);
    let mut facts = bare(forbund_id);
    let kommuner = ["Alby", "Björkö", "Ceså; \"södra\"", "Dal\nby"];
    for kommun in kommuner {
        facts.medlemmar.push(Medlem { medlem: kommun.into(), typ: MedlemTyp::Kommun });
        let antal = 1000 + chance.below(90_000) as u32;
        facts.folkmangd.push(Folkmangd { kommun: kommun.into(), datum: day("2021-11-01"), antal });
    }
    facts.medlemmar.push(Medlem { medlem: "Region Ö".into(), typ: MedlemTyp::Region });
    facts.avgiftsregler.push(Avgiftsregel {
        ar: 2022,
        metod: chance.one(Avgiftsmetod::ALL),
        rest_till: Some(kommuner[0].into()),
        folkmangd_datum: day("2021-11-01"),
    });
    economy(&mut facts, chance);
    facts.historiska_tal.push(HistorisktTal {
        nyckeltal: "inskrivna".into(),
        period: "2021-H1".parse().unwrap(),
        varde: Some("41.20".parse().unwrap()),
        enhet: Some("antal".into()),
        kalla: "Årsredovisning 2021".into(),
    });
    for nr in 0..12 {
        insats(&mut facts, chance, &format!("insats-{nr}"));
    }
    facts.verksamhetsmal.push(Verksamhetsmal {
        ar: 2022,
        mal_nr: 1,
        mal: "Fler i arbete".into(),
        resultatmal_nr: 2,
        resultatmal: "En tredjedel".into(),
        maltal: Some("33".parse().unwrap()),
        enhet: Some(Enhet::Procent),
        mats_genom: None,
    });
    facts.aktiviteter.push(Aktivitet {
        datum: day("2022-05-03"),
        typ: "seminarium".into(),
        titel: "Att mötas, del 1/2".into(),
        antal_deltagare: None,
    });
    facts.deltagare = (0..deltaganden).map(|nr| chance_deltagande(chance, nr)).collect();
    facts
}

fn insats(facts: &mut Facts, chance: &mut Chance, name: &str) {
    let insats_id = id(name);
    let typ = chance.one(InsatsTyp::ALL);
    facts.insatser.push(Insats {
        insats_id: insats_id.clone(),
        insatsagare: "Alby".into(),
        namn: format!("Insatsen {name}"),
        kortnamn: chance.maybe(&["Kort"]).map(Into::into),
        typ,
        inriktning: None,
        redovisas_med: None,
        forvantat_antal_per_ar: chance.maybe(&[10, 20]),
    });
    let beslutad = day("2021-10-01").add_days(chance.below(90) as i64);
    let (start, slut) = (day("2022-01-01"), day("2024-12-31"));
    facts.insatsperioder.push(Insatsperiod { insats_id: insats_id.clone(), start, slut, beslutad });
    facts.insatsparter.push(Insatspart { insats_id: insats_id.clone(), part: "Region Ö".into() });
    facts.mal.push(Mal { insats_id: insats_id.clone(), mal_nr: 1, mal: "Mål".into(), maltal: None, enhet: None });
    for quarter in ["2022-K1", "2022-K2", "2022-K3", "2022-K4"].map(kvartal) {
        quarterly(facts, chance, &insats_id, quarter);
    }
    judged(facts, chance, &insats_id);
    counted(facts, chance, &insats_id);
    let decided = chance.once_in(2);
    facts.avvikelser.push(Avvikelse {
        avvikelse_id: id(&format!("avv-{name}")),
        insats_id,
        inlamnad: day("2022-09-01"),
        typer: Field::parse("budget|tid").unwrap(),
        beskrivning: Some("Lägre takt; \"vakans\"\nunder våren".into()),
        overforing_kr: Some(Belopp::from_ore(chance.below(9_000_000) as i64)),
        overforing_till_ar: Some(2023),
        beslut: decided.then_some(Beslut::Bifall),
        beslutad: decided.then(|| day("2022-11-15")),
    });
}

/// The same without the nouns that came after the first schema.
pub fn older(forbund_id: &str, seed: u64, deltaganden: usize) -> Facts {
    let facts = forbund(forbund_id, seed, deltaganden);
    let (slutrapporter, partskommentarer) = (Vec::new(), Vec::new());
    let (manadsantal, avslutsantal) = (Vec::new(), Vec::new());
    let (kommentarer, ljusval) = (Vec::new(), Vec::new());
    let (medlemsavgifter, planposter, sparandesteg) = (Vec::new(), Vec::new(), Vec::new());
    let (bokslut, kontosaldon, objektsaldon) = (Vec::new(), Vec::new(), Vec::new());
    let (rapportstruktur, projektkopplingar) = (Vec::new(), Vec::new());
    let (kostnadsstallen, schabloner) = (Vec::new(), Vec::new());
    Facts {
        slutrapporter,
        partskommentarer,
        kommentarer,
        ljusval,
        manadsantal,
        avslutsantal,
        medlemsavgifter,
        planposter,
        sparandesteg,
        bokslut,
        kontosaldon,
        objektsaldon,
        rapportstruktur,
        projektkopplingar,
        kostnadsstallen,
        schabloner,
        ..facts
    }
}

/// A closing with its balances, what they are shown as, and what support costs.
fn bookkeeping(facts: &mut Facts) {
    let amount = |ore| Belopp::from_ore(ore);
    let (till, galler_fran) = (day("2022-06-30"), 2022);
    let program = Some("Program; \"1\"".to_owned());
    facts.bokslut.push(Bokslut { till, fran: day("2022-01-01"), program, raknat_ur: None });
    for konto in [1920, 4010] {
        let (ingaende_kr, utgaende_kr) = (amount(-12_345), amount(856_989_170));
        facts.kontosaldon.push(Kontosaldo { till, konto, namn: "Ö; konto".into(), ingaende_kr, utgaende_kr });
    }
    let objekt = Id::new("101").unwrap();
    let namn = Some("Jobb; \"ung\"".to_owned());
    let belopp_kr = amount(-1);
    let row = Objektsaldo { till, dimension: PROJEKT, objekt: objekt.clone(), namn, konto: 4010, belopp_kr };
    facts.objektsaldon.push(row);
    facts.rapportstruktur.push(Rapportstruktur {
        galler_fran,
        konto_fran: 4010,
        konto_till: 4019,
        rad: Rad::Samverkansinsatser,
        not_nr: Some(5),
        notrad: Id::new("per_projekt"),
    });
    let insats_id_eller_post = Id::new("verksamhetsutvecklare").unwrap();
    facts.projektkopplingar.push(Projektkoppling { galler_fran, sie_projekt: objekt.clone(), insats_id_eller_post });
    let rad = Plankategori::Forvaltning;
    facts.kostnadsstallen.push(Kostnadsstalle { galler_fran, sie_kostnadsstalle: objekt, rad });
    facts.schabloner.push(Schablon {
        ar: 2022,
        kommun: "Håbo".into(),
        forsorjning: Forsorjning::Forsorjningsstod,
        belopp_kr: amount(18_000_000),
        kalla: "Beslut; ”kommunen”".into(),
    });
}

/// Fees, a plan and what should be saved.
fn economy(facts: &mut Facts, chance: &mut Chance) {
    let mut amount = || Belopp::from_ore(chance.below(9_000_000_000) as i64 - 4_000_000_000);
    facts.medlemsavgifter.push(Medlemsavgift { ar: 2022, totalt_kr: amount(), beslutad: Some(day("2021-11-25")) });
    facts.medlemsavgifter.push(Medlemsavgift { ar: 2023, totalt_kr: amount(), beslutad: None });
    for kolumn in ["2022-budget", "2022-prognos", "2023"] {
        facts.planposter.push(Planpost {
            plan: day("2022-10-20"),
            kategori: Plankategori::EjBeslutade,
            post: "Tillägg; \"Ö\"".into(),
            kolumn: kolumn.parse().unwrap(),
            belopp_kr: amount(),
        });
    }
    bookkeeping(facts);
    facts.sparandesteg.push(Sparandesteg {
        galler_fran: day("2013-10-02"),
        intakt_fran_kr: Belopp::NOLL,
        hogst_procent: Some(20),
        hogst_kr: None,
        kalla: "Skrivelse".into(),
    });
}

/// What the kansli and the parties have written.
fn judged(facts: &mut Facts, chance: &mut Chance, insats_id: &Id) {
    let inkommen = chance.maybe(&[day("2025-02-01"), day("2025-03-01")]);
    let (syfte, lardomar) = (chance.maybe(&["Att pröva\nnytt"]).map(Into::into), None);
    facts.slutrapporter.push(Slutrapport { insats_id: insats_id.clone(), syfte, lardomar, inkommen });
    let said =
        Partskommentar { insats_id: insats_id.clone(), part: "Region Ö".into(), kommentar: "Bra; \"ja\"".into() };
    facts.partskommentarer.push(said);
    let halvar = "2022-H1".parse().unwrap();
    let text = "Följs upp".to_owned();
    facts.kommentarer.push(Kommentar { om: Om::Insats, nyckel: insats_id.clone(), halvar, text });
    let ljus = chance.one(&[Ljus::Gron, Ljus::Gul, Ljus::Rod]);
    facts.ljusval.push(Ljusval { insats_id: insats_id.clone(), halvar, ljus, motiv: "Vakans".into() });
}

/// What an insats hands in that counts its participants itself.
fn counted(facts: &mut Facts, chance: &mut Chance, insats_id: &Id) {
    let manad: Manad = "2022-03".parse().unwrap();
    let inkommen = chance.one(&[day("2022-04-05"), day("2022-05-05")]);
    for &kon in Kon::ALL {
        let number = chance.below(9) as u32;
        let insats_id = insats_id.clone();
        let row = Manadsantal { insats_id: insats_id.clone(), manad, kon, inskrivna: number, pagaende: 0, inkommen };
        facts.manadsantal.push(row);
        let (avslutsorsak, till_arbete_studier) = (chance.one(Avslutsorsak::ALL), number / 2);
        let (utskrivna, med_plan) = (number, 0);
        let row =
            Avslutsantal { insats_id, manad, kon, avslutsorsak, utskrivna, till_arbete_studier, med_plan, inkommen };
        facts.avslutsantal.push(row);
    }
}

fn quarterly(facts: &mut Facts, chance: &mut Chance, insats_id: &Id, kvartal: Kvartal) {
    let insats_id = insats_id.clone();
    let inlamnad = kvartal.last().add_days(chance.below(50) as i64);
    let amount = |chance: &mut Chance| Belopp::from_ore(chance.below(90_000_000) as i64 - 5_000_000);
    facts.budget.push(Budget { insats_id: insats_id.clone(), kvartal, belopp_kr: amount(chance) });
    let belopp_kr = amount(chance);
    facts.rekvisitioner.push(Rekvisition { insats_id: insats_id.clone(), kvartal, belopp_kr, inkommen: inlamnad });
    facts.malutfall.push(Malutfall {
        insats_id: insats_id.clone(),
        mal_nr: 1,
        kvartal,
        utfall: Some("12.5".parse().unwrap()),
        kommentar: None,
    });
    let mut yes = || chance.below(2) == 1;
    let report = Kvartalsrapport {
        insats_id,
        kvartal,
        inlamnad,
        i_fas: IFas::Delvis,
        prognos: Prognos::Nas,
        vakans_sof: yes(),
        vakans_egen: yes(),
        styrgruppsmoten: yes(),
        ordinarie_representation: yes(),
        uppfoljning: yes(),
        kontroll_metod: yes(),
        kontroll_malgrupp: yes(),
        jamlikhet: yes(),
        jamstalldhet: yes(),
        implementering_diskuterad: yes(),
        avvikelse_malgrupp_metod: yes(),
        kansli_i_fas: Some(IFas::Nej),
        kansli_motiv: Some("Vakansen består".into()),
        kommentar: None,
    };
    if !chance.once_in(8) {
        facts.kvartalsrapporter.push(report);
    }
}
