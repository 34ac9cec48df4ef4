//! Single inskrivningar: the list of an insats's, one with its history, and the forms that enrol, exit, correct and
//! cancel.

use super::formular::{self, Falt, Formular, Formularsida};
use super::grind::Visit;
use super::sida::{Answer, Fail, Page, show};
use super::tid::{Fragor, given};
use crate::access::Action;
use crate::actions::historik::Historik;
use crate::actions::insatsbeslut::{Form as Fields, Wrong};
use crate::actions::inskrivning::{self, En, Utfall, Vad};
use crate::actions::ord::{self, Ord};
use crate::clock;
use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use samsyn_core::Fact;
use samsyn_core::deltagande::{Avslutsorsak, Deltagande, Forsorjning, Forsorjningstid, Kon, Omfattning, Utbildning};
use samsyn_core::insats::{Insats, InsatsTyp};
use samsyn_core::uppfoljning::nummer;
use samsyn_document::format;

/// How many rows a list shows at once.
const ROWS: usize = 500;
/// The latest year stands open when it has no more rows than this: a telephone shows each as a card.
const OPEN: usize = 25;

/// Which inskrivningar a list shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Urval {
    Alla,
    Pagaende,
    Avslutade,
    Anonyma,
    Makulerade,
}

impl Urval {
    const ALL: [(Urval, &'static str, &'static str); 5] = [
        (Urval::Alla, "alla", "Alla"),
        (Urval::Pagaende, "pagaende", "Pågående"),
        (Urval::Avslutade, "avslutade", "Avslutade"),
        (Urval::Anonyma, "anonyma", "Anonyma"),
        (Urval::Makulerade, "makulerade", "Makulerade"),
    ];

    fn of(word: Option<&str>) -> Urval {
        Urval::ALL.into_iter().find(|(_, kod, _)| Some(*kod) == word).map_or(Urval::Alla, |(urval, _, _)| urval)
    }

    fn has(self, row: &Deltagande) -> bool {
        match self {
            Urval::Alla => true,
            Urval::Pagaende => row.makulerad.is_none() && row.utskriven.is_none() && !row.anonym,
            Urval::Avslutade => row.makulerad.is_none() && row.utskriven.is_some(),
            Urval::Anonyma => row.makulerad.is_none() && row.anonym,
            Urval::Makulerade => row.makulerad.is_some(),
        }
    }
}

/// The number that the insats itself has given.
fn nr(row: &Deltagande) -> &str {
    nummer(row)
}

/// What state an inskrivning is in, in words.
fn lage(row: &Deltagande) -> &'static str {
    match row {
        Deltagande { makulerad: Some(_), .. } => "makulerad",
        Deltagande { anonym: true, .. } => "anonym",
        Deltagande { utskriven: Some(_), .. } => "avslutad",
        _ => "pågår",
    }
}

#[derive(Template)]
#[template(path = "inskrivning/lista.html")]
struct Lista<'a> {
    page: Page,
    visit: &'a Visit,
    insats: Insats,
    rader: Vec<Deltagande>,
    alla: usize,
    urval: Urval,
    sok: String,
    far_skriva: bool,
}

/// Rows of a list that stand together.
struct Grupp<'a> {
    /// The year of their first days, or that they are cancelled.
    rubrik: String,
    rader: &'a [Deltagande],
    oppen: bool,
}

impl Lista<'_> {
    /// The rows year by year, as they are sorted: the latest first, cancelled ones last.
    fn grupper(&self) -> Vec<Grupp<'_>> {
        let of = |row: &Deltagande| row.makulerad.map_or_else(|| Some(row.inskriven.year()), |_| None);
        let chunks: Vec<&[Deltagande]> = self.rader.chunk_by(|a, b| of(a) == of(b)).collect();
        let only = chunks.len() == 1;
        let groups = chunks.into_iter().enumerate().map(|(nr, rader)| {
            let year = rader.first().and_then(of);
            let rubrik = year.map_or_else(|| "Makulerade".to_owned(), |year| format!("Började {year}"));
            Grupp { rubrik, rader, oppen: only || (nr == 0 && rader.len() <= OPEN) }
        });
        groups.collect()
    }

    fn individ(&self) -> bool {
        self.insats.typ == InsatsTyp::Individ
    }
}

/// GET `/f/{forbund}/insats/{insats}/inskrivningar`
pub async fn lista(visit: Visit, Path((_, id)): Path<(String, String)>, asked: Fragor) -> Answer {
    let chosen = visit.chosen()?;
    let found = inskrivning::lista(&chosen, &visit.rights, &id).await?.ok_or(Fail::NotFound)?;
    let urval = Urval::of(given(&asked, "visa"));
    let sok = given(&asked, "nummer").unwrap_or_default().to_owned();
    let fits = |row: &Deltagande| urval.has(row) && (sok.is_empty() || nr(row).eq_ignore_ascii_case(&sok));
    let mut rader: Vec<Deltagande> = found.rader.into_iter().filter(|row| fits(row)).collect();
    let alla = rader.len();
    rader.truncate(ROWS);
    visit.log("läsning av inskrivningar", &format!("inskrivningarna i {}", found.insats.namn)).await?;
    let view = Lista {
        page: Page::new(&visit, format!("Inskrivningar i {}", found.insats.namn), "insatser"),
        far_skriva: visit.rights.on(Action::SkrivInskrivning, &id),
        insats: found.insats,
        visit: &visit,
        rader,
        alla,
        urval,
        sok,
    };
    show(&view)
}

#[derive(Template)]
#[template(path = "inskrivning/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    en: &'a En,
    uppgifter: Vec<(String, String)>,
    avslut: Vec<(String, String)>,
    far_skriva: bool,
    far_ta_bort: bool,
}

impl Sida<'_> {
    fn historik(&self) -> &[Historik] {
        &self.en.historik
    }
}

/// GET `/f/{forbund}/inskrivning/{inskrivning}`
pub async fn sida(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let chosen = visit.chosen()?;
    let en = found(&visit, Action::SeInskrivningar, &id).await?;
    visit.log("läsning av inskrivningar", &format!("en inskrivning i {}", en.insats.namn)).await?;
    let underlag = chosen.underlag(clock::today()).await?;
    let words = Ord::new(&underlag);
    let told = |fields: &[&'static str]| -> Vec<(String, String)> {
        let cells = Deltagande::FIELDS.iter().enumerate().filter(|(_, field)| fields.contains(field));
        let cells = cells.map(|(at, field)| (*field, en.deltagande.cell(at))).filter(|(_, text)| !text.is_empty());
        cells.map(|(field, text)| (etikett(field), format::capital(&words.varde(field, &text)))).collect()
    };
    let view = Sida {
        page: Page::new(&visit, format!("Inskrivning {} i {}", nr(&en.deltagande), en.insats.namn), "insatser"),
        uppgifter: told(&[Vad::SkrivIn.falt(), &["makulerad"]].concat()),
        avslut: told(Vad::Avsluta.falt()),
        far_skriva: visit.rights.on(Action::SkrivInskrivning, en.insats.insats_id.as_str()),
        far_ta_bort: visit.rights.on(Action::TaBortInskrivning, en.insats.insats_id.as_str()),
        visit: &visit,
        en: &en,
    };
    show(&view)
}

async fn found(visit: &Visit, action: Action, id: &str) -> Result<En, Fail> {
    inskrivning::en(&visit.chosen()?, &visit.rights, action, id).await?.ok_or(Fail::NotFound)
}

/// What a field of a deltagande is called on pages.
fn etikett(field: &str) -> String {
    format::capital(&ord::faltnamn(field))
}

/// The choices of a field; none when it has no list.
fn val(field: &str) -> Vec<(String, String)> {
    fn of(all: impl Iterator<Item = (&'static str, &'static str)>) -> Vec<(String, String)> {
        let words = all.map(|(kod, text)| (kod.to_owned(), text.to_owned()));
        std::iter::once((String::new(), "Ingen uppgift".to_owned())).chain(words).collect()
    }
    match field {
        "kon" => of(Kon::ALL.iter().map(|one| (one.kod(), one.text()))),
        "utbildning" => of(Utbildning::ALL.iter().map(|one| (one.kod(), one.text()))),
        "forsorjning_fore" | "forsorjning_efter" => of(Forsorjning::ALL.iter().map(|one| (one.kod(), one.text()))),
        "forsorjningstid_fore" => of(Forsorjningstid::ALL.iter().map(|one| (one.kod(), one.text()))),
        "avslutsorsak" => of(Avslutsorsak::ALL.iter().map(|one| (one.kod(), one.text()))),
        "arbete_omfattning" => of(Omfattning::ALL.iter().map(|one| (one.kod(), one.text()))),
        "arbete_subventionerat" | "studerar" | "arbetssokande" | "plan_vid_avslut" => {
            of([("ja", "Ja"), ("nej", "Nej")].into_iter())
        }
        _ => Vec::new(),
    }
}

fn falt(field: &'static str) -> Falt {
    let (text, val) = (etikett(field), val(field));
    let made = match field {
        "fodelsear" => {
            Falt::new(field, text, "tal").hjalp("Fyra siffror, till exempel 1985. Aldrig hela födelsedatumet.")
        }
        "inskriven_registrerad" | "utskriven_registrerad" => {
            Falt::new(field, text, "dag").hjalp("Den dag då kansliet fick veta det. Tomt: i dag.")
        }
        "inskriven" | "utskriven" => Falt::new(field, text, "dag"),
        _ => Falt::new(field, text, "val").val(val),
    };
    match field {
        "kon" | "inskriven" | "utskriven" | "avslutsorsak" => made,
        _ => made.valfri(),
    }
}

/// The fields of a form, with the question whether what is odd is to be saved all the same when it has been told.
fn falten(vad: Vad, wrong: &Wrong) -> Vec<Falt> {
    let mut fields: Vec<Falt> = Vec::new();
    match vad {
        Vad::SkrivIn => {
            let number = Falt::new("nummer", "Nummer", "text").valfri();
            fields.push(number.hjalp("Insatsens eget löpnummer. Lämnas det tomt får inskrivningen nästa nummer."));
        }
        Vad::Anonyma => {
            let help = "Personer utan samtycke eller med skyddad identitet. De räknas bara.";
            fields.push(Falt::new("antal", "Antal", "tal").hjalp(help));
        }
        Vad::Avsluta | Vad::Ratta | Vad::Makulera => {}
    }
    let optional = |one: Falt| if vad == Vad::Ratta && one.namn != "inskriven" { one.valfri() } else { one };
    fields.extend(vad.falt().iter().map(|&field| optional(falt(field))));
    if matches!(vad, Vad::Ratta | Vad::Makulera) {
        fields.push(Falt::new("skal", "Skäl", "text").hjalp("Sparas i historiken. Skriv inget som säger vem det är."));
    }
    fields.extend(formular::spara_anda(wrong, "Ja, uppgifterna stämmer"));
    fields
}

/// What a form says above its fields, and on its button.
fn inledning(vad: Vad) -> (&'static str, &'static str, &'static str) {
    match vad {
        Vad::SkrivIn => ("Skriv in", "En ny inskrivning. Skriv aldrig namn eller personnummer.", "Skriv in"),
        Vad::Anonyma => (
            "Anonyma",
            "Bara antalet förs in. En anonym räknas som inskriven men skrivs aldrig ut och har inget utfall.",
            "Spara antalet",
        ),
        Vad::Avsluta => ("Avsluta", "Sista dagen och hur det gick. Det som inte är känt lämnas tomt.", "Avsluta"),
        Vad::Ratta => (
            "Rätta",
            "Det nya gäller från i dag. Rapporter per en tidigare dag visar det som var känt då. Töm sista dagen för att \
             ta bort ett avslut som inte har skett.",
            "Spara rättelsen",
        ),
        Vad::Makulera => (
            "Makulera",
            "För en inskrivning som registrerats av misstag, till exempel dubbelt. Den räknas inte från i dag. Har \
             deltagaren tagit tillbaka sitt samtycke ska inskrivningen tas bort i stället.",
            "Makulera",
        ),
    }
}

fn visa(visit: &Visit, vad: Vad, insats: &Insats, of: Option<&Deltagande>, values: &Fields, wrong: &Wrong) -> Answer {
    let (word, lead, button) = inledning(vad);
    let (title, back, to) = match of {
        Some(row) => (
            format!("{word} inskrivning {}", nr(row)),
            visit.url(&format!("inskrivning/{}", row.deltagande_id)),
            format!("Inskrivning {}", nr(row)),
        ),
        None => (
            format!("{word}: {}", insats.namn),
            visit.url(&format!("insats/{}/inskrivningar", insats.insats_id)),
            format!("Inskrivningar i {}", insats.namn),
        ),
    };
    let view = Formularsida {
        page: Page::new(visit, title, "insatser"),
        tillbaka: back,
        till: to,
        ingress: lead.to_owned(),
        knapp: button,
        formular: Formular::new(falten(vad, wrong), values, wrong),
    };
    view.visa()
}

/// The answer to a form: the inskrivning, or what is wrong.
fn svar(
    visit: &Visit,
    vad: Vad,
    insats: &Insats,
    of: Option<&Deltagande>,
    (values, done): (&Fields, Utfall),
) -> Answer {
    let told = match vad {
        Vad::SkrivIn => "inskriven",
        Vad::Anonyma => "anonyma",
        Vad::Avsluta => "utskriven",
        Vad::Ratta => "sparat",
        Vad::Makulera => "makulerad-inskrivning",
    };
    match done {
        Err(wrong) => visa(visit, vad, insats, of, values, &wrong),
        Ok(_) if vad == Vad::Anonyma => {
            let to = visit.url(&format!("insats/{}/inskrivningar?besked={told}", insats.insats_id));
            Ok(Redirect::to(&to).into_response())
        }
        Ok(id) => Ok(Redirect::to(&visit.url(&format!("inskrivning/{id}?besked={told}"))).into_response()),
    }
}

async fn individ(visit: &Visit, id: &str) -> Result<Insats, Fail> {
    inskrivning::insats(&visit.chosen()?, &visit.rights, id).await?.ok_or(Fail::NotFound)
}

/// GET `/f/{forbund}/insats/{insats}/skriv-in`
pub async fn skriv_in_form(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    visa(&visit, Vad::SkrivIn, &individ(&visit, &id).await?, None, &Fields::new(), &Wrong::new())
}

/// POST `/f/{forbund}/insats/{insats}/skriv-in`
pub async fn skriv_in(visit: Visit, Path((_, id)): Path<(String, String)>, Form(values): Form<Fields>) -> Answer {
    let insats = individ(&visit, &id).await?;
    let done = inskrivning::skriv_in(&visit.chosen()?, &insats, &values, visit.who()).await?;
    svar(&visit, Vad::SkrivIn, &insats, None, (&values, done))
}

/// GET `/f/{forbund}/insats/{insats}/anonyma`
pub async fn anonyma_form(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    visa(&visit, Vad::Anonyma, &individ(&visit, &id).await?, None, &Fields::new(), &Wrong::new())
}

/// POST `/f/{forbund}/insats/{insats}/anonyma`
pub async fn anonyma(visit: Visit, Path((_, id)): Path<(String, String)>, Form(values): Form<Fields>) -> Answer {
    let insats = individ(&visit, &id).await?;
    let done = inskrivning::anonyma(&visit.chosen()?, &insats, &values, visit.who()).await?;
    svar(&visit, Vad::Anonyma, &insats, None, (&values, done))
}

/// What the last part of an inskrivning's address asks for.
fn asked(word: &str) -> Result<Vad, Fail> {
    match word {
        "avsluta" => Ok(Vad::Avsluta),
        "ratta" => Ok(Vad::Ratta),
        "makulera" => Ok(Vad::Makulera),
        _ => Err(Fail::NotFound),
    }
}

/// Whether this can be done with an inskrivning as it stands.
fn gar(vad: Vad, row: &Deltagande) -> bool {
    let exited = row.utskriven.is_some() || row.anonym;
    row.makulerad.is_none() && (vad != Vad::Avsluta || !exited)
}

/// GET `/f/{forbund}/inskrivning/{inskrivning}/{vad}`: `avsluta`, `ratta` or `makulera`.
pub async fn andra_form(visit: Visit, Path((_, id, vad)): Path<(String, String, String)>) -> Answer {
    let (vad, en) = (asked(&vad)?, found(&visit, Action::SkrivInskrivning, &id).await?);
    if !gar(vad, &en.deltagande) {
        return Err(Fail::NotFound);
    }
    let values = inskrivning::form_of(&en.deltagande);
    visa(&visit, vad, &en.insats, Some(&en.deltagande), &values, &Wrong::new())
}

/// POST `/f/{forbund}/inskrivning/{inskrivning}/{vad}`
pub async fn andra(
    visit: Visit,
    Path((_, id, vad)): Path<(String, String, String)>,
    Form(values): Form<Fields>,
) -> Answer {
    let (vad, en) = (asked(&vad)?, found(&visit, Action::SkrivInskrivning, &id).await?);
    if !gar(vad, &en.deltagande) {
        return Err(Fail::NotFound);
    }
    let done = inskrivning::andra(&visit.chosen()?, vad, &en.deltagande, &values, visit.who()).await?;
    svar(&visit, vad, &en.insats, Some(&en.deltagande), (&values, done))
}
