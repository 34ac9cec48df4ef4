//! A figure's name in words, for people; its id is for programs, links and facit.

mod bokforing;
mod ekonomi;

pub use ekonomi::{is_economy, postnamn};

use crate::deltagande::Forsorjning;
use crate::underlag::Underlag;
use samsyn_document::{FigureId, Kvartal, Manad, format};

/// Words of columns and named rows, where the code with spaces is not what people say.
const ORD: &[(&str, &str)] = &[
    ("inregistrerade", "inregistrerade"),
    ("avslutade_totalt", "avslutade hela insatsperioden"),
    ("pagaende", "pågående"),
    ("till_arbete_studier", "till arbete eller studier"),
    ("till_arbete_studier_eller_arbetssokande", "till arbete, studier eller arbetssökande"),
    ("andel_plan", "andel med plan vid avslut"),
    ("slut", "till och med"),
    ("trafikljus", "läge"),
    ("individ", "individinsatser"),
    ("struktur", "strukturinsatser"),
    ("kompetens", "kompetensinsatser"),
    ("arbetar_25", "arbetar 25 %"),
    ("arbetar_50", "arbetar 50 %"),
    ("arbetar_75", "arbetar 75 %"),
    ("arbetar_80", "arbetar 80 %"),
    ("arbetar_100", "arbetar 100 %"),
    ("i_fas", "i fas med målen"),
    ("vakans_sof", "vakans i resurs som förbundet finansierar"),
    ("vakans_egen", "vakans i resurs som parterna finansierar"),
    ("avvikelse_budget", "avvikelse om budget"),
    ("avvikelse_malgrupp_metod", "avvikelse i målgrupp eller metod"),
    ("styrgruppsmoten", "styrgruppsmöten enligt avtal"),
    ("ordinarie_representation", "ordinarie representation"),
    ("uppfoljning", "uppföljning enligt avtal"),
    ("kontroll_metod", "kontroll av metod"),
    ("kontroll_malgrupp", "kontroll av målgrupp"),
    ("jamlikhet", "jämlikhet"),
    ("jamstalldhet", "jämställdhet"),
    ("implementering_diskuterad", "förutsättningar för implementering"),
    ("utfall_tkr", "utfall under halvåret, tkr"),
    ("budget_tkr", "budget för halvåret, tkr"),
    ("ack_utfall_tkr", "utfall hittills i år, tkr"),
    ("ack_budget_tkr", "budget hittills i år, tkr"),
    ("overfort_till_nasta_ar_tkr", "överfört till nästa år, tkr"),
    ("overforing_kr", "begärd överföring, kronor"),
    ("per_deltagare_kr", "kronor per deltagare"),
    ("per_till_arbete_studier_kr", "kronor per deltagare till arbete eller studier"),
    ("forvantat", "förväntat antal"),
    ("faktiskt", "faktiskt antal"),
    ("arsbudget_tkr", "årets budget, tkr"),
    ("andel_av_arsbudget", "andel använd av årets budget"),
    ("avslutade_exkl_insatsens_avslut", "avslutade utom när insatsen själv avslutats"),
    ("ovriga_avslut", "övriga avslut"),
    ("ej_startade_insatser", "insatser som inte startat"),
    ("alla", "alla som räknas"),
    ("fordelning", "fördelning"),
    ("arbetsnara", "arbetsnära"),
    ("forrehabilitering", "förrehabilitering"),
    ("med_forsorjning", "med försörjning före"),
    ("med_schablon", "med schablon"),
    ("utan_forsorjning", "utan försörjning före"),
    ("okand_forsorjning", "okänd försörjning före"),
    ("andel_utan", "andel utan försörjning före"),
    ("omfattning_25", "arbetar 25 %"),
    ("omfattning_50", "arbetar 50 %"),
    ("omfattning_75", "arbetar 75 %"),
    ("omfattning_80", "arbetar 80 %"),
    ("omfattning_100", "arbetar 100 %"),
    ("efter_ingen", "ingen försörjning efter"),
    ("efter_okand", "okänd försörjning efter"),
    ("minskning_lagst_tkr", "minskning på ett år, lägst, tkr"),
    ("minskning_omfattning_tkr", "minskning på ett år, efter omfattning, tkr"),
    ("minskning_hogst_tkr", "minskning på ett år, högst, tkr"),
    ("manader_lagst", "månader till kostnaden, lägst"),
    ("manader_omfattning", "månader till kostnaden, efter omfattning"),
    ("manader_hogst", "månader till kostnaden, högst"),
    ("forbrukningskvot", "förbrukningskvot"),
    ("ej_subventionerat_arbete", "arbete utan subvention"),
    ("man", "män"),
    ("under_30", "under 30 år"),
    ("30_44", "30–44 år"),
    ("45_59", "45–59 år"),
    ("60_", "60 år eller äldre"),
    ("ingen_forsorjning", "ingen offentlig försörjning"),
    ("forsorjning_over_3_ar", "försörjning i mer än tre år"),
    ("hogst_grundskola", "högst grundskola"),
    ("utbildning_saknas_eller_okand", "utbildning saknas eller är okänd"),
    ("sjukdom", "sjukdom"),
    ("arbetssokande", "arbetssökande"),
    ("aktivt_arbetssokande", "aktivt arbetssökande"),
];

/// For instance `Tabell 6: Bryggan (Östhammar), pågående, män`.
pub fn namn(underlag: &Underlag, id: &FigureId) -> String {
    if crate::calc::tabeller::bokforing::is_of(id) {
        return bokforing::namn(underlag, id);
    }
    let table = match id.tabell.as_str() {
        "mal" => "Mål".to_owned(),
        "avvikelse" => "Avvikelse".to_owned(),
        "svar" => "Antal svar".to_owned(),
        "malgrupp" => "Målgrupp, inregistrerade".to_owned(),
        "malgrupp-deltagit" => "Målgrupp, alla som deltagit".to_owned(),
        "nyckeltal" => "Nyckeltal".to_owned(),
        "kostnad" => "Tabell 12".to_owned(),
        "forvantat" => "Tabell 11".to_owned(),
        "inriktning" => "Utfall per typ av insats".to_owned(),
        "forsorjning" => "Minskad offentlig försörjning".to_owned(),
        "insats" => "Insats".to_owned(),
        "kvartal" => "Per kvartal".to_owned(),
        "manad" => "Per månad".to_owned(),
        "finsam" => "Uppföljning Finsam".to_owned(),
        "fjolar" => "Samma tid året före".to_owned(),
        "fjolar-malgrupp" => "Målgrupp, samma tid året före".to_owned(),
        name if ekonomi::of(name).is_some() => return ekonomi::namn(underlag, id),
        number if number.chars().all(|c| c.is_ascii_digit()) => format!("Tabell {number}"),
        other => format::capital(&words(other)),
    };
    let row = match underlag.insats_nr(&id.rad) {
        Some(nr) => {
            let of = &underlag.insatser[nr];
            of.namn_med_agare()
        }
        None => words(&id.rad),
    };
    match id.kolumn.as_str() {
        "antal" | "andel" => format!("{table}: {row}, {}", id.kolumn),
        column => format!("{table}: {row}, {}", words(column)),
    }
}

/// A code in words, also the name of a column: its sex and its quarter last.
pub fn words(code: &str) -> String {
    for (end, sex) in [("_K", "kvinnor"), ("_M", "män"), ("_S", "totalt")] {
        if let Some(stem) = code.strip_suffix(end) {
            return format!("{}, {sex}", words(stem));
        }
    }
    match code {
        "K" => return "kvinnor".to_owned(),
        "M" => return "män".to_owned(),
        "S" => return "totalt".to_owned(),
        _ => {}
    }
    if let Ok(quarter) = code.parse::<Kvartal>() {
        return format::kvartal(quarter);
    }
    if let Some((stem, "hittills")) = code.rsplit_once('_') {
        return format!("{}, året hittills", words(stem));
    }
    let month = |text: &str| text.parse::<Manad>().ok();
    if let Some((stem, Some(month))) = code.rsplit_once('_').map(|(stem, last)| (stem, month(last))) {
        return format!("{}, {}", words(stem), month.words());
    }
    if let Some((stem, quarter)) = code.rsplit_once('_').filter(|(_, last)| last.parse::<Kvartal>().is_ok()) {
        // The money of a quarter is not that of the half-year.
        let stem = match stem {
            "utfall_tkr" => "utfall, tkr".to_owned(),
            "budget_tkr" => "budget, tkr".to_owned(),
            other => words(other),
        };
        return format!("{stem}, {}", words(quarter));
    }
    let after = || code.strip_prefix("efter_").and_then(Forsorjning::of_kod);
    match ORD.iter().find(|(known, _)| *known == code) {
        Some((_, said)) => (*said).to_owned(),
        None if let Some(support) = after() => format!("{} efter", support.text().to_lowercase()),
        None => code.replace("mal_", "mål_").replace("maltal", "måltal").replace('_', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Facts;

    #[test]
    fn a_figure_has_a_name_that_people_can_read() {
        let underlag = Underlag::new(Facts::default(), "2022-08-30".parse().unwrap());
        let named = |id: &str| namn(&underlag, &FigureId::parse(id).unwrap());
        assert_eq!(named("6/summa/pagaende_M"), "Tabell 6: summa, pågående, män");
        assert_eq!(named("nyckeltal/till_arbete_studier/andel"), "Nyckeltal: till arbete eller studier, andel");
        assert_eq!(named("fjolar/deltagit/antal"), "Samma tid året före: deltagit, antal");
        assert_eq!(named("mal/x/mal_1_utfall_2023-K2"), "Mål: x, mål 1 utfall, kvartal 2 2023");
        assert_eq!(named("kvartal/x/utfall_tkr_2022-K1"), "Per kvartal: x, utfall, tkr, kvartal 1 2022");
        assert_eq!(named("manad/summa/pagaende_K_2022-03"), "Per månad: summa, pågående, kvinnor, mars 2022");
        assert_eq!(named("manad/summa/nya_S_hittills"), "Per månad: summa, nya, totalt, året hittills");
        assert_eq!(named("finsam/summa/deltagit_M"), "Uppföljning Finsam: summa, deltagit, män");
        assert_eq!(named("9/studerande/K"), "Tabell 9: studerande, kvinnor");
        let support = |id: &str| named(&format!("forsorjning/{id}")).replace("Minskad offentlig försörjning: ", "");
        assert_eq!(support("omfattning_50/efter_försörjningsstöd"), "arbetar 50 %, försörjningsstöd efter");
        assert_eq!(support("studier_utan_arbete/efter_ingen"), "studier utan arbete, ingen försörjning efter");
        assert_eq!(support("summa/efter_okand"), "summa, okänd försörjning efter");
    }
}
