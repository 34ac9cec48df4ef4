//! Changing by hand what the fees rest on: a year's rule, a kommun's population, a step of recommended savings.

use super::super::formular::{Falt, Formular, Formularsida, kant_fran_i_dag};
use super::super::grind::Visit;
use super::super::sida::{Answer, Fail, Page};
use super::super::tid::{Fragor, given};
use crate::actions::avgiftsunderlag::andra::{self, Utfall, Vad};
use crate::actions::insatsbeslut::{Form as Fields, Wrong};
use crate::actions::star::{HANDELSE, SEDD};
use crate::actions::{avgiftsunderlag, folkmangd};
use crate::clock;
use axum::Form;
use axum::response::{IntoResponse, Redirect};
use samsyn_core::avgiftsregel::{Avgiftsmetod, Avgiftsregel};
use samsyn_core::folkmangd::Folkmangd;
use samsyn_core::sparandesteg::Sparandesteg;

/// Where all of it is shown.
const SIDAN: &str = "avgiftsunderlag";

fn skal(example: &str) -> Falt {
    Falt::new("skal", "Skäl eller beslut", "text").hjalp(format!("Till exempel: {example}. Sparas i historiken."))
}

/// The fields of a form; `kommuner` are the förbund's.
fn falt(what: Vad, kommuner: &[String]) -> Vec<Falt> {
    let names = || kommuner.iter().map(|name| (name.clone(), name.clone()));
    let ingen = std::iter::once((String::new(), "Ingen".to_owned()));
    let mut all = match what {
        Vad::Regel => vec![
            Falt::new("ar", "År", "tal").hjalp("Avgifternas år, till exempel 2024."),
            Falt::new("metod", "Så avrundas kommunernas andelar", "val")
                .hjalp(
                    "Största rest: alla avrundas nedåt, och kronorna som blir över går till dem som låg närmast nästa. \
                     Avrunda var för sig: en kommun tar skillnaden.",
                )
                .val(Avgiftsmetod::ALL.iter().map(|metod| (metod.kod().to_owned(), metod.text().to_owned())).collect()),
            Falt::new("rest_till", "Tar skillnaden", "val")
                .behovs("när var och en avrundas för sig")
                .val(ingen.chain(names()).collect()),
            Falt::new("folkmangd_datum", "Folkmängd den", "dag").hjalp("Ofta 1 november året före."),
            skal("Styrelsen 2023-10-20, § 41"),
        ],
        Vad::Folkmangd => vec![
            Falt::new("kommun", "Kommun", "val").val(names().collect()),
            Falt::new("datum", "Dag", "dag").hjalp("Den dag talet gäller, ofta 1 november."),
            Falt::new("antal", "Folkmängd", "tal").hjalp("Antal personer, till exempel 14 313."),
            skal("SCB 2023-11-09, tabellen Folkmängd 1 november"),
        ],
        Vad::Steg => vec![
            Falt::new("galler_fran", "Tabellen gäller från", "dag").hjalp("Alla steg i samma tabell har samma dag."),
            Falt::new("intakt_fran_kr", "Årlig intäkt från, kronor", "tal")
                .hjalp("Steget gäller den som har minst så stor intäkt. 0 för det lägsta."),
            Falt::new("hogst_procent", "Högst, procent av årets intäkt", "tal").behovs("om gränsen inte är i kronor"),
            Falt::new("hogst_kr", "Högst, kronor", "tal")
                .hjalp("Med både procent och kronor gäller det lägsta.")
                .behovs("om gränsen inte är i procent"),
            Falt::new("kalla", "Källa", "text").hjalp("Var rekommendationen står."),
            skal("Styrelsen 2023-10-20, § 42"),
        ],
    };
    all.splice(0..0, [HANDELSE, SEDD].map(|namn| Falt::new(namn, "", "dold")));
    all
}

async fn visa(visit: &Visit, what: Vad, values: &Fields, wrong: &Wrong) -> Answer {
    let underlag = visit.chosen()?.underlag(clock::today()).await?;
    let kommuner: Vec<String> =
        folkmangd::kommuner(&underlag.ekonomi.medlemmar).into_iter().map(str::to_owned).collect();
    let (title, lead, knapp) = match what {
        Vad::Regel => ("Avgiftsregel", "Hur ett års avgifter fördelas mellan kommunerna.", "Spara regeln"),
        Vad::Folkmangd => ("Folkmängd", "Ett tal för hand. Hela tabellen läses in som fil.", "Spara folkmängden"),
        Vad::Steg => ("Steg för sparande", "Hur mycket som högst bör sparas från en viss intäkt.", "Spara steget"),
    };
    let view = Formularsida {
        page: Page::new(visit, title, "ekonomi"),
        tillbaka: visit.url(SIDAN),
        till: "Det avgifterna bygger på".to_owned(),
        ingress: format!("{lead} {}", kant_fran_i_dag()),
        knapp,
        formular: Formular::new(falt(what, &kommuner), values, wrong),
    };
    view.visa()
}

async fn spara(visit: Visit, what: Vad, mut values: Fields) -> Answer {
    match andra::spara(&visit.chosen()?, what, &values, visit.who()).await? {
        Utfall::Fel(wrong) => visa(&visit, what, &values, &wrong).await,
        Utfall::Finns(told, shown) => {
            // To save once more is to have seen what stands there.
            values.extend(shown.map(|(name, text)| (name.to_owned(), text)));
            visa(&visit, what, &values, &told).await
        }
        Utfall::Klart(changed) => tillbaka(&visit, changed),
    }
}

fn tillbaka(visit: &Visit, changed: bool) -> Answer {
    let told = if changed { "sparat" } else { "likadant" };
    Ok(Redirect::to(&visit.url(&format!("{SIDAN}?besked={told}"))).into_response())
}

/// GET `/f/{forbund}/avgiftsunderlag/regel`: with `ar`, that of the year.
pub async fn regel_form(visit: Visit, axum::extract::Query(asked): Fragor) -> Answer {
    let mut values = Fields::new();
    if let Some(year) = given(&asked, "ar") {
        values = andra::form_of::<Avgiftsregel>(&visit.chosen()?, year).await?;
        values.entry("ar".to_owned()).or_insert_with(|| year.to_owned());
    }
    visa(&visit, Vad::Regel, &values, &Wrong::new()).await
}

/// POST `/f/{forbund}/avgiftsunderlag/regel`
pub async fn regel(visit: Visit, Form(values): Form<Fields>) -> Answer {
    spara(visit, Vad::Regel, values).await
}

/// GET `/f/{forbund}/avgiftsunderlag/folkmangd`: with `kommun` and `datum`, that number.
pub async fn folkmangd_form(visit: Visit, axum::extract::Query(asked): Fragor) -> Answer {
    let mut values = Fields::new();
    if let (Some(kommun), Some(day)) = (given(&asked, "kommun"), given(&asked, "datum")) {
        values = andra::form_of::<Folkmangd>(&visit.chosen()?, &format!("{kommun}/{day}")).await?;
        values.entry("kommun".to_owned()).or_insert_with(|| kommun.to_owned());
        values.entry("datum".to_owned()).or_insert_with(|| day.to_owned());
    }
    visa(&visit, Vad::Folkmangd, &values, &Wrong::new()).await
}

/// POST `/f/{forbund}/avgiftsunderlag/folkmangd`
pub async fn folkmangd(visit: Visit, Form(values): Form<Fields>) -> Answer {
    spara(visit, Vad::Folkmangd, values).await
}

/// GET `/f/{forbund}/avgiftsunderlag/steg`: another step of the latest table.
pub async fn steg_form(visit: Visit) -> Answer {
    let all = avgiftsunderlag::las(&visit.chosen()?, None).await?;
    let mut values = Fields::new();
    if let Some(step) = all.tabeller.first().and_then(|(_, steps)| steps.last()) {
        values.insert("galler_fran".to_owned(), step.rad.galler_fran.to_string());
        values.insert("kalla".to_owned(), step.rad.kalla.clone());
    }
    visa(&visit, Vad::Steg, &values, &Wrong::new()).await
}

/// POST `/f/{forbund}/avgiftsunderlag/steg`
pub async fn steg(visit: Visit, Form(values): Form<Fields>) -> Answer {
    spara(visit, Vad::Steg, values).await
}

async fn visa_ta_bort(visit: &Visit, steg: &str, values: &Fields, wrong: &Wrong) -> Answer {
    let step = andra::form_of::<Sparandesteg>(&visit.chosen()?, steg).await?;
    let field = |name: &str| step.get(name).cloned().unwrap_or_default();
    if step.is_empty() {
        return Err(Fail::NotFound);
    }
    let income = samsyn_document::Belopp::parse(&field("intakt_fran_kr")).map(samsyn_document::format::kronor);
    let view = Formularsida {
        page: Page::new(visit, format!("Ta bort steget från {} kr", income.unwrap_or_default()), "ekonomi"),
        tillbaka: visit.url(SIDAN),
        till: "Det avgifterna bygger på".to_owned(),
        ingress: format!(
            "Steget i tabellen från {} försvinner från och med i dag. Det står kvar i historiken.",
            field("galler_fran")
        ),
        knapp: "Ta bort steget",
        formular: Formular::new(vec![skal("Ny rekommendation 2024")], values, wrong),
    };
    view.visa()
}

/// GET `/f/{forbund}/avgiftsunderlag/ta-bort-steg`
pub async fn ta_bort_form(visit: Visit, axum::extract::Query(asked): Fragor) -> Answer {
    let which = || Fail::Bad("Adressen säger inte vilket steg. Välj Ta bort vid steget i tabellen.".to_owned());
    let steg = given(&asked, "steg").ok_or_else(which)?;
    visa_ta_bort(&visit, steg, &Fields::new(), &Wrong::new()).await
}

/// POST `/f/{forbund}/avgiftsunderlag/ta-bort-steg`
pub async fn ta_bort(visit: Visit, axum::extract::Query(asked): Fragor, Form(values): Form<Fields>) -> Answer {
    let steg = given(&asked, "steg").ok_or_else(Fail::form)?;
    match andra::ta_bort(&visit.chosen()?, steg, &values, visit.who()).await? {
        Err(wrong) => visa_ta_bort(&visit, steg, &values, &wrong).await,
        Ok(changed) => tillbaka(&visit, changed),
    }
}
