//! What each figure means: its kind, the cues that it needs, and those that it bears.

use super::jamfor::Sort;
use super::ledtrad::*;

/// The kind of a figure, the cues it needs and those it bears; `None` for what is not told in running text.
pub(super) fn betydelse(tabell: &str, rad: &str, kolumn: &str) -> Option<(Sort, u64, u64)> {
    let stem = kolumn.rsplit_once('_').filter(|(_, letter)| letter.len() == 1).map_or(kolumn, |(stem, _)| stem);
    match (tabell, rad) {
        ("nyckeltal", _) => key_figure(rad, kolumn),
        ("svar", _) => {
            let no = if kolumn == "nej" { NEKAD } else { 0 };
            Some((Sort::Insatser, question(rad, kolumn)? | no, HELHET))
        }
        ("4", _) => money(kolumn),
        ("6", "fordelning") => measure(stem).map(|(behov, tal)| (Sort::Andel, behov, tal)),
        ("6", _) => measure(stem).map(|(behov, tal)| (Sort::Personer, behov, tal)),
        ("7", _) => Some((Sort::Personer, ANONYM, IN | UT)),
        ("8", "fordelning") => Some((Sort::Andel, ARBETE | STUDIER, UT)),
        ("8", _) if stem == "till_arbete_studier" => Some((Sort::Personer, ARBETE | STUDIER, UT)),
        ("8", _) if kolumn == "andel_plan" => Some((Sort::Andel, PLAN, UT | REHAB)),
        ("8", _) => Some((Sort::Andel, ARBETE | STUDIER, UT)),
        ("9", _) => after(rad),
        ("malgrupp" | "malgrupp-deltagit", _) => target_group(rad),
        ("forvantat", _) if kolumn == "faktiskt" => Some((Sort::Personer, DELTAGIT, 0)),
        ("forvantat", _) if kolumn == "forvantat" => Some((Sort::Personer, FORVANTAT, 0)),
        ("kostnad", _) => Some((Sort::Belopp, PER_DELTAGARE, UTFALL | ARBETE | STUDIER)),
        ("inriktning", _) if kolumn == "andel" => Some((Sort::Andel, MEDEL, UTFALL | TYPER)),
        ("inriktning", _) => Some((Sort::Belopp, UTFALL, TYPER)),
        ("insats", _) if kolumn == "arsbudget_tkr" => Some((Sort::Belopp, BUDGET | HELAR, UTFALL)),
        ("insats", _) => Some((Sort::Andel, BUDGET | HELAR, UTFALL)),
        _ => None,
    }
}

fn key_figure(rad: &str, kolumn: &str) -> Option<(Sort, u64, u64)> {
    let insatser = |behov, tal| Some((Sort::Insatser, behov, tal));
    let personer = |behov, tal| Some((Sort::Personer, behov, tal));
    match (rad, kolumn) {
        ("insatser", _) => insatser(HELHET, 0),
        ("individinsatser", _) => insatser(HELHET | INDIVID, 0),
        ("strukturinsatser", _) => insatser(HELHET | STRUKTUR, 0),
        ("kompetensinsatser", _) => insatser(HELHET | KOMPETENS, 0),
        ("avslutade_insatser", _) => insatser(UT, HELHET),
        ("ej_startade_insatser", _) => insatser(START | NEKAD, HELHET),
        ("avvikelser_budget", _) => Some((Sort::Avvikelser, AVVIKELSE | BUDGET, HELHET | START)),
        ("inskrivna", _) => personer(IN, 0),
        ("anonyma", _) => personer(ANONYM, IN | UT),
        ("avslutade" | "avslutade_exkl_insatsens_avslut", _) => personer(UT, 0),
        ("deltagit", _) => personer(DELTAGIT, 0),
        ("till_arbete_studier", _) => Some((Sort::Andel, ARBETE | STUDIER, UT)),
        ("till_arbete_studier_eller_arbetssokande", "andel") => Some((Sort::Andel, ARBETE | STUDIER | SOKER, UT)),
        ("till_arbete_studier_eller_arbetssokande", _) => personer(ARBETE | STUDIER | SOKER, UT),
        ("ovriga_avslut", _) => personer(OVRIGA | ORSAK, UT | REHAB | SJUK),
        ("fortsatt_rehabilitering_K" | "fortsatt_rehabilitering_M", _) => personer(REHAB, UT),
        ("sjukdom_K" | "sjukdom_M", _) => personer(SJUK, UT),
        _ => None,
    }
}

/// The measures of table 6.
fn measure(stem: &str) -> Option<(u64, u64)> {
    match stem {
        "inregistrerade" => Some((IN, 0)),
        "avslutade" | "avslutade_totalt" => Some((UT, 0)),
        "pagaende" => Some((PAGAR, IN)),
        "till_arbete_studier" => Some((ARBETE | STUDIER, UT)),
        _ => None,
    }
}

/// Table 9: what came after the exit.
fn after(rad: &str) -> Option<(Sort, u64, u64)> {
    let work = ARBETE | UT;
    Some(match rad {
        "subventionerat_arbete" => (Sort::Personer, SUBV, work),
        "ej_subventionerat_arbete" => (Sort::Personer, EJ_SUBV, work),
        "arbetar_100" => (Sort::Personer, HELTID, work),
        "summa_arbete" => (Sort::Personer, ARBETE, UT),
        "studerande" => (Sort::Personer, STUDIER, UT),
        "summa_arbete_eller_studier" => (Sort::Personer, ARBETE | STUDIER, UT),
        "aktivt_arbetssokande" => (Sort::Personer, SOKER, work),
        "andel_subventionerat_arbete" => (Sort::Andel, SUBV, work),
        "andel_ej_subventionerat_arbete" => (Sort::Andel, EJ_SUBV, work),
        "andel_deltid" => (Sort::Andel, DELTID, work),
        "andel_heltid" => (Sort::Andel, HELTID, work),
        "andel_studerande" => (Sort::Andel, STUDIER, work),
        _ => return None,
    })
}

fn target_group(rad: &str) -> Option<(Sort, u64, u64)> {
    let behov = match rad {
        "kvinnor" | "man" => IN,
        "under_30" => UNDER_30,
        "30_44" => FRAN_30,
        "45_59" => FRAN_45,
        "60_" => FRAN_60,
        "ingen_forsorjning" => FORSORJNING | NEKAD,
        "forsorjning_over_3_ar" => FORSORJNING | TRE_AR,
        "hogst_grundskola" => GRUND,
        "gymnasium" => GYMNASIUM,
        "eftergymnasial" => EFTERGYMN,
        "utbildning_saknas_eller_okand" => UTBILDNING | NEKAD,
        _ => return None,
    };
    let education = matches!(behov, GRUND | GYMNASIUM | EFTERGYMN);
    Some((Sort::Andel, behov, IN | if education { UTBILDNING | UT } else { 0 }))
}

/// Table 4.
fn money(kolumn: &str) -> Option<(Sort, u64, u64)> {
    match kolumn {
        "utfall_tkr" | "ack_utfall_tkr" => Some((Sort::Belopp, UTFALL, BUDGET)),
        "budget_tkr" | "ack_budget_tkr" => Some((Sort::Belopp, BUDGET, UTFALL)),
        "overfort_till_nasta_ar_tkr" => Some((Sort::Belopp, OVERFORT, 0)),
        "forbrukningskvot" => Some((Sort::Andel, KVOT, UTFALL | BUDGET)),
        _ => None,
    }
}

/// The question of a row of `svar`; for the lights, the light.
fn question(rad: &str, kod: &str) -> Option<u64> {
    Some(match rad {
        "i_fas" => FAS,
        "prognos" => PROGNOS,
        "trafikljus" => match kod {
            "grön" => GRON,
            "gul" => GUL,
            "röd" => ROD,
            _ => return None,
        },
        "vakans_sof" => VAKANS,
        "vakans_egen" => VAKANS | EGEN,
        "avvikelse_budget" => AVVIKELSE | BUDGET,
        "styrgruppsmoten" => MOTEN,
        "ordinarie_representation" => ORDINARIE,
        "uppfoljning" => UPPFOLJNING,
        "kontroll_metod" => METOD,
        "kontroll_malgrupp" => MALGRUPP,
        "jamlikhet" => JAMLIK,
        "jamstalldhet" => JAMST,
        "implementering_diskuterad" => IMPLEMENT,
        "avvikelse_malgrupp_metod" => AVVIKELSE | MALGRUPP | METOD,
        _ => return None,
    })
}
