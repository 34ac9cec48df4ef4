//! Taking in packages: upload, look at what would change, say yes or no; and what has been taken in before.

mod en;

pub use en::{angra, angra_form, sida};

use super::grind::Visit;
use super::mottaget::Mottaget;
use super::nedladdning;
use super::sida::{Answer, Fail, Page, show, show_wrong};
use super::tid::{Fragor, day, not_yet};
use crate::Error;
use crate::access::{Action, Reach};
use crate::actions::forslag::{self, Forslag, Vantande};
use crate::actions::inlasningar;
use crate::actions::inloggning::blocking;
use crate::actions::{exportera, uppladdning};
use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path};
use axum::response::{IntoResponse, Redirect};
use samsyn_core::{Finding, Severity};
use samsyn_document::datum::moment;
use samsyn_document::format;
use samsyn_import::package::Limits;
use samsyn_store::import::Import;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "import/lista.html")]
struct Lista<'a> {
    page: Page,
    visit: &'a Visit,
    importer: Vec<Rad>,
    vantar: Vec<Vantande>,
    far_lasa_in: bool,
    far_hamta: bool,
    fel: Option<String>,
    fynd: Vec<Finding>,
    storst_mib: u64,
}

/// An earlier import.
struct Rad {
    import: Import,
    nar: String,
}

async fn list(visit: &Visit, wrong: Option<String>, mut findings: Vec<Finding>) -> Answer {
    findings.sort();
    let chosen = visit.chosen()?;
    let may = visit.rights.reach(Action::Importera) > Reach::Nothing;
    let found = inlasningar::all(&chosen).await?;
    let waiting = if may { forslag::waiting(&chosen, limits(visit)).await? } else { Vec::new() };
    let failed = wrong.is_some() || !findings.is_empty();
    let view = Lista {
        page: Page::new(visit, "Import", "import"),
        visit,
        importer: found.into_iter().map(|import| Rad { nar: moment(import.registrerad_ms), import }).collect(),
        vantar: waiting,
        far_lasa_in: may,
        far_hamta: visit.rights.all(Action::SeInskrivningar),
        fel: wrong,
        fynd: findings,
        storst_mib: visit.server.config.largest_upload / 1024 / 1024,
    };
    if failed { show_wrong(&view) } else { show(&view) }
}

/// GET `/f/{forbund}/import`
pub async fn lista(visit: Visit) -> Answer {
    list(&visit, None, Vec::new()).await
}

fn limits(visit: &Visit) -> Limits {
    Limits { max_file_bytes: visit.server.config.largest_upload }
}

/// POST `/f/{forbund}/import`: the files of a package, or a zip file with them.
pub async fn ta_emot(visit: Visit, parts: Multipart) -> Answer {
    let mib = visit.server.config.largest_upload / 1024 / 1024;
    let Mottaget { filer: uploads, helt, .. } = Mottaget::read(parts).await;
    if !helt {
        let told = format!("Filerna kom inte fram. De får vara högst {mib} MiB tillsammans.");
        return list(&visit, Some(told), Vec::new()).await;
    }
    let limits = limits(&visit);
    let unpacked = blocking(move || uppladdning::unpack(uploads, &limits)).await;
    let user = visit.visitor.as_ref().map(|visitor| visitor.user.nr).ok_or(Fail::NotFound)?;
    let kept = match unpacked {
        Ok(files) => forslag::keep(&visit.chosen()?, user, files, limits).await,
        Err(error) => Err(error),
    };
    match kept {
        Ok(nr) => Ok(Redirect::to(&visit.url(&format!("import/forslag/{nr}"))).into_response()),
        Err(Error::Findings(findings)) => list(&visit, None, findings).await,
        Err(Error::Usage(why)) => list(&visit, Some(why), Vec::new()).await,
        Err(other) => Err(other.into()),
    }
}

/// GET `/f/{forbund}/underlag`: the förbund's own package, as it stands now or was known on a day.
pub async fn underlag(visit: Visit, asked: Fragor) -> Answer {
    let chosen = visit.chosen()?;
    let per = day(&asked, "per")?;
    let day = per.unwrap_or_else(crate::clock::today);
    if day > crate::clock::today() {
        return Err(not_yet(&format::long_date(day)));
    }
    let nothing = || Fail::Bad(format!("Inget var känt {}. Välj ett senare datum.", format::long_date(day)));
    let bytes = exportera::zip(&chosen, per).await?.ok_or_else(nothing)?;
    visit.log("läsning av inskrivningar", &format!("hela underlaget, uppgifter per {day}")).await?;
    Ok(nedladdning::zip(&format!("underlag-{}-per-{day}.zip", chosen.id), bytes))
}

#[derive(Template)]
#[template(path = "import/forslag.html")]
struct ForslagSida<'a> {
    page: Page,
    visit: &'a Visit,
    forslag: &'a Forslag,
    ser_inskrivningar: bool,
    fel: Option<&'static str>,
    skal: String,
}

async fn proposal(visit: &Visit, nr: i64, wrong: Option<&'static str>, why: String) -> Answer {
    let chosen = visit.chosen()?;
    let found = forslag::show(&chosen, nr, limits(visit)).await?.ok_or(Fail::NotFound)?;
    let view = ForslagSida {
        page: Page::new(visit, "Granska inläsningen", "import"),
        visit,
        forslag: &found,
        ser_inskrivningar: visit.rights.all(Action::SeInskrivningar),
        fel: wrong,
        skal: why,
    };
    if wrong.is_some() { show_wrong(&view) } else { show(&view) }
}

/// GET `/f/{forbund}/import/forslag/{nr}`
pub async fn forslag(visit: Visit, Path((_, nr)): Path<(String, i64)>) -> Answer {
    proposal(&visit, nr, None, String::new()).await
}

/// What was decided about a proposal.
#[derive(Deserialize)]
pub struct Svar {
    gor: String,
    #[serde(default)]
    skal: String,
}

/// POST `/f/{forbund}/import/forslag/{nr}`
pub async fn besluta(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(given): Form<Svar>) -> Answer {
    let chosen = visit.chosen()?;
    if given.gor != "las" {
        forslag::discard(&chosen, nr).await?;
        return Ok(Redirect::to(&visit.url("import?besked=avstatt")).into_response());
    }
    let why = given.skal.trim();
    if why.is_empty() {
        return proposal(&visit, nr, Some("Skriv varför underlaget läses in. Det sparas i historiken."), given.skal)
            .await;
    }
    if why.chars().count() > 500 {
        return proposal(&visit, nr, Some("Skälet är för långt. Skriv högst 500 tecken."), given.skal).await;
    }
    if samsyn_core::personnummer::contains_personnummer(why) {
        return proposal(
            &visit,
            nr,
            Some("Skälet innehåller ett personnummer. Ta bort det; inget har sparats."),
            String::new(),
        )
        .await;
    }
    let imported = forslag::accept(&chosen, nr, limits(&visit), (visit.who(), why)).await?.ok_or(Fail::NotFound)?;
    let told = if imported.outcome.unchanged { "oforandrat" } else { "last" };
    Ok(Redirect::to(&visit.url(&format!("import?besked={told}"))).into_response())
}

/// How much is wrong and doubtful: `Två fel och en varning.`
fn antal(findings: &[Finding]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count() as i64;
    let kinds = [
        (Severity::Fel, "fel", "fel"),
        (Severity::Varning, "varning", "varningar"),
        (Severity::Upplysning, "upplysning", "upplysningar"),
    ];
    let told = kinds.into_iter().filter_map(|(severity, one, many)| match count(severity) {
        0 => None,
        count => Some(format!(
            "{} {}",
            format::in_words(count, severity == Severity::Fel),
            if count == 1 { one } else { many }
        )),
    });
    format!("{}.", format::capital(&format::list(&told.collect::<Vec<_>>())))
}

impl ForslagSida<'_> {
    fn antal_fel(&self) -> String {
        antal(&self.forslag.findings)
    }

    fn visas(&self, file: &str) -> bool {
        !["deltagare", "manadsantal", "avslutsantal"].contains(&file) || self.ser_inskrivningar
    }
}

impl Lista<'_> {
    fn antal_fel(&self) -> String {
        antal(&self.fynd)
    }

    /// What stops; all of it when nothing does.
    fn fel(&self) -> &[Finding] {
        &self.fynd[..self.stoppar()]
    }

    /// What is doubtful besides; told folded, since nothing is taken in until what stops is mended.
    fn ovrigt(&self) -> &[Finding] {
        &self.fynd[self.stoppar()..]
    }

    fn stoppar(&self) -> usize {
        match self.fynd.iter().filter(|finding| finding.severity == Severity::Fel).count() {
            0 => self.fynd.len(),
            count => count,
        }
    }

    /// For instance `Därtill 21 varningar`.
    fn antal_ovrigt(&self) -> Option<String> {
        let other = self.ovrigt();
        (!other.is_empty()).then(|| format!("Därtill {}", antal(other).to_lowercase().trim_end_matches('.')))
    }

    fn nar(&self, vantande: &Vantande) -> String {
        moment(vantande.skapad_ms)
    }
}
