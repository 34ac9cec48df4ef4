//! The member fees of a year on screen and as files, with another sum to try, and storing the sum.

use super::grind::Visit;
use super::nedladdning::Fil;
use super::sida::{Answer, Fail, Page, show, show_wrong};
use super::tid::{Fragor, Tid, given};
use super::version::{self, Rad};
use crate::access::Action;
use crate::actions::arsrapport::aret;
use crate::actions::avgift::{self, Arets};
use crate::actions::insatsbeslut::{Form as Fields, without_personnummer};
use crate::actions::rapport::Format;
use crate::actions::star::{HANDELSE, handelse};
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use samsyn_core::medlemsavgift::Medlemsavgift;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::version::{Avser, Slag};
use samsyn_document::{Belopp, Document, Halvar, format};
use samsyn_render::html;

#[derive(Template)]
#[template(path = "avgift/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    tid: &'a Tid,
    aren: Vec<u16>,
    artikel: String,
    tabell: Option<String>,
    /// The sum that is tried, as it was written.
    totalt: String,
    statens: String,
    provas: bool,
    far_andra: bool,
    versioner: Vec<Rad>,
    far_borja: bool,
    avser: Avser,
    fel: Vec<String>,
    /// Why another sum cannot be tried.
    provfel: Option<String>,
    /// What stands in the form that stores the sum.
    skrivet: Fields,
}

/// What an address asks for.
struct Asked {
    tid: Tid,
    totalt: Option<Belopp>,
    words: (String, String),
    /// Why the sum cannot be tried.
    fel: Option<String>,
}

async fn asked(visit: &Visit, Query(mut asked): Fragor) -> Result<Asked, Fail> {
    let chosen = visit.chosen()?;
    if let Some(year) = given(&asked, "ar") {
        let half = aret(year).map_err(Fail::Bad)?;
        asked.insert("period".to_owned(), half.to_string());
    }
    let named = given(&asked, "period").is_some();
    let mut tid = Tid::new(visit, &chosen, &asked).await?;
    if !named {
        // Without a year: the latest whose sum is known.
        let underlag = chosen.underlag(tid.per).await?;
        let known = underlag.ekonomi.medlemsavgifter.last().map(|fees| fees.ar);
        tid.period = known.and_then(|year| Halvar::new(year, 2)).unwrap_or(tid.period);
    }
    tid.period = Halvar::new(tid.period.year(), 2).unwrap_or(tid.period);
    let tried = avgift::summan(given(&asked, "totalt"), given(&asked, "statens"));
    let shown = |name: &str| given(&asked, name).filter(|text| !contains_personnummer(text)).unwrap_or_default();
    let words = (shown("totalt").to_owned(), shown("statens").to_owned());
    let (totalt, fel) = tried.map_or_else(|why| (None, Some(why)), |totalt| (totalt, None));
    Ok(Asked { tid, totalt, words, fel })
}

/// GET `/f/{forbund}/avgifter`
pub async fn sida(visit: Visit, query: Fragor) -> Answer {
    let asked = asked(&visit, query).await?;
    view(&visit, asked, Vec::new(), None).await
}

/// The page; with what was typed and what is wrong with it, when a sum could not be stored.
async fn view(visit: &Visit, asked: Asked, fel: Vec<String>, typed: Option<Fields>) -> Answer {
    let chosen = visit.chosen()?;
    let Asked { tid, totalt, words, fel: provfel } = asked;
    // Before what is stored is read: what happens meanwhile is seen when a sum is to be stored.
    let handelse = handelse(&chosen).await?;
    let document = avgift::dokument(&chosen, tid.per, tid.period, totalt).await?;
    let underlag = chosen.underlag(tid.per).await?;
    let mut aren = avgift::aren(&underlag);
    if !aren.contains(&tid.period.year()) {
        aren.insert(0, tid.period.year());
    }
    let failed = !fel.is_empty() || provfel.is_some();
    let tried = if provfel.is_none() { words.clone() } else { Default::default() };
    let mut skrivet = typed.unwrap_or_else(|| begun(&avgift::arets(&underlag, tid.period.year()), &tried));
    skrivet.entry(HANDELSE.to_owned()).or_insert_with(|| handelse.to_string());
    let link = |id: &_| if totalt.is_some() { String::new() } else { tid.siffra(visit, id) };
    let avser = Avser::Ar(tid.period);
    let (versioner, far_borja) = version::av(visit, Slag::Avgifter, avser).await?;
    let view = Sida {
        versioner,
        far_borja: far_borja && totalt.is_none(),
        avser,
        page: Page::new(visit, document.title.clone(), "ekonomi"),
        aren,
        artikel: if totalt.is_some() { html::unlinked(&document) } else { html::embedded(&document, &link) },
        tabell: first_table(&document),
        provas: totalt.is_some(),
        totalt: words.0,
        statens: words.1,
        far_andra: visit.rights.all(Action::AndraEkonomi),
        fel,
        provfel,
        skrivet: without_personnummer(skrivet),
        tid: &tid,
        visit,
    };
    if failed { show_wrong(&view) } else { show(&view) }
}

/// What the form that stores the sum begins with: what is tried, else what is stored.
fn begun(fees: &Arets, (totalt, statens): &(String, String)) -> Fields {
    let mut fields = Fields::new();
    if !(totalt.is_empty() && statens.is_empty()) {
        fields.insert("totalt".to_owned(), totalt.clone());
        fields.insert("statens".to_owned(), statens.clone());
    } else if let Some(given) = &fees.angiven {
        fields.insert("totalt".to_owned(), format::kronor(given.totalt_kr));
        fields.extend(given.beslutad.map(|day| ("beslutad".to_owned(), day.to_string())));
    }
    fields
}

fn first_table(document: &Document) -> Option<String> {
    document.tables().first().map(|table| table.id.clone())
}

/// GET `/f/{forbund}/avgifter/{fil}`, for instance `avgifter.pdf` or `avgifter-tabell-medlemsavgifter-2022.csv`.
pub async fn fil(visit: Visit, Path((_, name)): Path<(String, String)>, query: Fragor) -> Answer {
    let asked = asked(&visit, query).await?;
    asked.tid.as_asked()?;
    let file = Fil::asked(&name)?;
    if file.vilken != "avgifter" {
        return Err(Fail::NotFound);
    }
    if let Some(why) = asked.fel {
        return Err(Fail::Bad(why));
    }
    let chosen = visit.chosen()?;
    let document = avgift::dokument(&chosen, asked.tid.per, asked.tid.period, asked.totalt).await?;
    let trial = if asked.totalt.is_some() { "-prov" } else { "" };
    let name = format!("{}-{}{trial}-per-{}", file.stam, asked.tid.period.year(), asked.tid.per);
    file.of(&chosen, document, &name).await
}

/// POST `/f/{forbund}/avgifter`: stores the sum of a year's fees.
pub async fn spara(visit: Visit, Form(mut form): Form<Fields>) -> Answer {
    let given = |name: &str| form.get(name).map_or("", |text| text.trim());
    let period = aret(given("ar")).map_err(Fail::Bad)?;
    let some = |text: &'static str| Some(given(text)).filter(|text| !text.is_empty());
    let mut wrong = Vec::new();
    let totalt = match avgift::summan(some("totalt"), some("statens")) {
        Ok(Some(sum)) => Some(sum),
        Ok(None) => {
            wrong.push("Skriv summan av avgifterna, eller statens andel.".to_owned());
            None
        }
        Err(why) => {
            wrong.push(why);
            None
        }
    };
    let decided = avgift::beslutsdag(given("beslutad")).unwrap_or_else(|why| {
        wrong.push(why);
        None
    });
    let why = given("skal");
    if why.is_empty() || contains_personnummer(why) || why.chars().count() > 500 {
        wrong.push(
            "Skriv varför i Skäl, till exempel styrelsens beslut: högst 500 tecken, utan personnummer.".to_owned(),
        );
    }
    if let (Some(totalt_kr), true) = (totalt, wrong.is_empty()) {
        let row = Medlemsavgift { ar: period.year(), totalt_kr, beslutad: decided };
        let sedan = given(HANDELSE).parse().unwrap_or(0);
        match avgift::spara(&visit.chosen()?, row, sedan, (visit.who(), why)).await? {
            Ok(changed) => {
                let told = if changed { "avgift" } else { "likadant" };
                let to = visit.url(&format!("avgifter?ar={}&besked={told}", period.year()));
                return Ok(Redirect::to(&to).into_response());
            }
            Err(nyare) => {
                // To save once more is to have seen what the other stored.
                form.insert(HANDELSE.to_owned(), nyare.handelse.to_string());
                wrong.push(nyare.besked);
            }
        }
    }
    let query = Query([("ar".to_owned(), period.year().to_string())].into());
    let asked = asked(&visit, query).await?;
    view(&visit, asked, wrong, Some(form)).await
}

impl Sida<'_> {
    fn skrivet(&self, field: &str) -> &str {
        self.skrivet.get(field).map_or("", String::as_str)
    }

    /// What addresses of the same year and sum carry.
    fn fraga(&self) -> String {
        let per = if self.tid.per_vald { format!("&per={}", self.tid.per) } else { String::new() };
        let tried = |name: &str, text: &str| {
            if self.provas && !text.is_empty() {
                format!("&{name}={}", super::tid::encode(text))
            } else {
                String::new()
            }
        };
        format!(
            "ar={}{per}{}{}",
            self.tid.period.year(),
            tried("totalt", &self.totalt),
            tried("statens", &self.statens)
        )
    }

    fn fil(&self, ending: &str) -> String {
        self.visit.url(&format!("avgifter/avgifter.{ending}?{}", self.fraga()))
    }

    fn ar(&self) -> u16 {
        self.tid.period.year()
    }
}
