//! Tables 6–9 and the target group: participants.

use super::Figures;
use crate::calc::grupp::Grupp;
use crate::calc::matt::Matt;
use crate::calc::source::Source;
use crate::deltagande::Kon;

/// Women, men and the sum, with the letter that ends a column's name.
const KON: [(&str, Option<Kon>); 3] = [("K", Some(Kon::Kvinna)), ("M", Some(Kon::Man)), ("S", None)];

/// The measures of table 6.
pub(crate) const TABELL_6: [(&str, Matt); 5] = [
    ("inregistrerade", Matt::Inregistrerade),
    ("avslutade", Matt::Avslutade),
    ("avslutade_totalt", Matt::AvslutadeTotalt),
    ("pagaende", Matt::Pagaende),
    ("till_arbete_studier", Matt::TillArbeteStudier),
];

/// The counts of table 9, over avslutade.
const TABELL_9: [(&str, Matt); 11] = [
    ("subventionerat_arbete", Matt::SubventioneratArbete),
    ("ej_subventionerat_arbete", Matt::EjSubventioneratArbete),
    ("arbetar_25", Matt::Arbetar25),
    ("arbetar_50", Matt::Arbetar50),
    ("arbetar_75", Matt::Arbetar75),
    ("arbetar_80", Matt::Arbetar80),
    ("arbetar_100", Matt::Arbetar100),
    ("summa_arbete", Matt::Arbetar),
    ("studerande", Matt::Studerar),
    ("summa_arbete_eller_studier", Matt::TillArbeteStudier),
    ("aktivt_arbetssokande", Matt::Arbetssokande),
];

/// The shares of table 9: what is divided, and by which of the table's own counts.
const ANDELAR_9: [(&str, Matt, Matt); 5] = [
    ("andel_subventionerat_arbete", Matt::SubventioneratArbete, Matt::Arbetar),
    ("andel_ej_subventionerat_arbete", Matt::EjSubventioneratArbete, Matt::Arbetar),
    ("andel_deltid", Matt::Deltid, Matt::Arbetar),
    ("andel_heltid", Matt::Arbetar100, Matt::Arbetar),
    ("andel_studerande", Matt::Studerar, Matt::TillArbeteStudier),
];

/// The target group: row, measure among those enrolled, and among all who took part.
pub(crate) const MALGRUPP: [(&str, Matt, Matt); 10] = [
    ("under_30", Matt::Under30, Matt::DeltagitUnder30),
    ("30_44", Matt::Alder30Till44, Matt::DeltagitAlder30Till44),
    ("45_59", Matt::Alder45Till59, Matt::DeltagitAlder45Till59),
    ("60_", Matt::Alder60, Matt::DeltagitAlder60),
    ("ingen_forsorjning", Matt::IngenForsorjning, Matt::DeltagitIngenForsorjning),
    ("forsorjning_over_3_ar", Matt::ForsorjningOver3Ar, Matt::DeltagitForsorjningOver3Ar),
    ("hogst_grundskola", Matt::Grundskola, Matt::DeltagitGrundskola),
    ("gymnasium", Matt::Gymnasium, Matt::DeltagitGymnasium),
    ("eftergymnasial", Matt::Eftergymnasial, Matt::DeltagitEftergymnasial),
    ("utbildning_saknas_eller_okand", Matt::UtbildningOkand, Matt::DeltagitUtbildningOkand),
];

pub(super) fn figures(to: &mut Figures<'_, '_>) {
    let chains: Vec<(String, Grupp)> =
        to.rakning.rader.tabell_6.iter().map(|&kedja| (to.kedja_id(kedja), Grupp::Kedja(kedja))).collect();
    let with_sum: Vec<(String, Grupp)> = chains.into_iter().chain([("summa".to_owned(), Grupp::Visade)]).collect();
    for (rad, grupp) in &with_sum {
        for (name, matt) in TABELL_6 {
            for (letter, kon) in KON {
                to.add("6", rad, format!("{name}_{letter}"), Source::antal(*grupp, kon, matt));
            }
        }
    }
    for (name, matt) in TABELL_6 {
        sex_shares(to, "6", name, matt);
    }
    for (rad, grupp) in &with_sum {
        to.add("7", rad, "anonyma", Source::antal(*grupp, None, Matt::Anonyma));
    }
    for (rad, grupp) in &with_sum {
        outcome(to, rad, *grupp);
    }
    sex_shares(to, "8", "till_arbete_studier", Matt::TillArbeteStudier);
    table_9(to);
    target_group(to, "malgrupp", Matt::Inregistrerade, |(rad, matt, _)| (rad, matt));
    target_group(to, "malgrupp-deltagit", Matt::Deltagit, |(rad, _, matt)| (rad, matt));
}

/// Row `fordelning` = share of women and men of the sum.
fn sex_shares(to: &mut Figures<'_, '_>, tabell: &str, name: &str, matt: Matt) {
    for (letter, kon) in &KON[..2] {
        let share = share(Grupp::Visade, *kon, matt, None, matt);
        to.add(tabell, "fordelning", format!("{name}_{letter}"), share);
    }
}

/// Table 8: to work or studies; `andel` of the base of that sex; `andel_plan` of the base.
fn outcome(to: &mut Figures<'_, '_>, rad: &str, grupp: Grupp) {
    for (letter, kon) in KON {
        let number = Source::antal(grupp, kon, Matt::TillArbeteStudier);
        to.add("8", rad, format!("till_arbete_studier_{letter}"), number);
    }
    for (letter, kon) in KON {
        let share = share(grupp, kon, Matt::BasTillArbeteStudier, kon, Matt::Bas);
        to.add("8", rad, format!("andel_{letter}"), share);
    }
    to.add("8", rad, "andel_plan", share(grupp, None, Matt::BasMedPlan, None, Matt::Bas));
}

/// Over single inskrivningar: counts do not tell of work and studies one by one.
fn table_9(to: &mut Figures<'_, '_>) {
    let grupp = to.rakning.enskilda();
    if grupp == Grupp::Enskilda {
        for (letter, kon) in KON {
            to.add("9", "avslutade", letter, Source::antal(grupp, kon, Matt::Avslutade));
        }
    }
    for (rad, matt) in TABELL_9 {
        for (letter, kon) in KON {
            to.add("9", rad, letter, Source::antal(grupp, kon, matt));
        }
    }
    for (rad, part, base) in ANDELAR_9 {
        for (letter, kon) in &KON[..2] {
            to.add("9", rad, *letter, share(grupp, *kon, part, *kon, base));
        }
    }
}

/// Shares of all inregistrerade, and of all who deltagit (unknown included); of single inskrivningar, whose number is
/// then told.
fn target_group(
    to: &mut Figures<'_, '_>,
    tabell: &str,
    all: Matt,
    row: fn((&'static str, Matt, Matt)) -> (&'static str, Matt),
) {
    let grupp = to.rakning.enskilda();
    if grupp == Grupp::Enskilda {
        to.add(tabell, "alla", "antal", Source::antal(grupp, None, all));
    }
    for (rad, kon) in [("kvinnor", Kon::Kvinna), ("man", Kon::Man)] {
        to.add(tabell, rad, "andel", share(grupp, Some(kon), all, None, all));
    }
    for (rad, matt) in MALGRUPP.map(row) {
        to.add(tabell, rad, "andel", share(grupp, None, matt, None, all));
    }
}

fn share(grupp: Grupp, kon: Option<Kon>, part: Matt, base_kon: Option<Kon>, base: Matt) -> Source {
    Source::andel(Source::antal(grupp, kon, part), Source::antal(grupp, base_kon, base))
}
