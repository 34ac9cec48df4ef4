//! One import: what it changed, its files, and undoing it after a look at what is taken back.

use crate::access::{Action, Reach};
use crate::actions::inlasningar::andrat::{Andrat, andrat};
use crate::actions::inlasningar::{self, Filer};
use crate::web::grind::Visit;
use crate::web::sida::{Answer, Fail, Page, show, show_wrong};
use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use samsyn_document::datum::moment;
use samsyn_store::import::Import;
use serde::Deserialize;

/// How many inskrivningar of an insats are told one by one.
const TOLD: usize = 200;

#[derive(Template)]
#[template(path = "import/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    import: Import,
    nar: String,
    andrat: Andrat,
    filer: Filer,
    far_angra: bool,
}

impl Sida<'_> {
    /// Whether anything has been removed from its files.
    fn gallrad(&self) -> bool {
        self.filer.iter().any(|file| file.gallrad.is_some())
    }
}

/// What an import changed, as far as the visitor may see; that single inskrivningar are read stands in the log.
async fn changed(visit: &Visit, import: &Import) -> Result<Andrat, Fail> {
    let people = visit.rights.all(Action::SeInskrivningar);
    let found = andrat(&visit.chosen()?, import.handelse, people).await?;
    if !found.insatser.is_empty() {
        visit.log("läsning av inskrivningar", &format!("inläsning {}", import.nr)).await?;
    }
    Ok(found)
}

/// GET `/f/{forbund}/import/{nr}`
pub async fn sida(visit: Visit, Path((_, nr)): Path<(String, i64)>) -> Answer {
    let (import, filer) = inlasningar::one(&visit.chosen()?, nr).await?.ok_or(Fail::NotFound)?;
    show(&Sida {
        page: Page::new(&visit, format!("Inläsning {nr}"), "import"),
        visit: &visit,
        nar: moment(import.registrerad_ms),
        andrat: changed(&visit, &import).await?,
        filer,
        far_angra: visit.rights.reach(Action::Importera) > Reach::Nothing && import.angrad_av.is_none() && nr > 1,
        import,
    })
}

#[derive(Template)]
#[template(path = "import/angra.html")]
struct Angra<'a> {
    page: Page,
    visit: &'a Visit,
    import: Import,
    andrat: Andrat,
    gar: bool,
    fel: Option<String>,
}

async fn ask(visit: &Visit, nr: i64, wrong: Option<String>) -> Answer {
    let chosen = visit.chosen()?;
    let (import, _) = inlasningar::one(&chosen, nr).await?.ok_or(Fail::NotFound)?;
    let stays = inlasningar::stays(&chosen, nr).await?;
    let failed = wrong.is_some();
    let view = Angra {
        page: Page::new(visit, format!("Ångra inläsning {nr}"), "import"),
        visit,
        andrat: changed(visit, &import).await?,
        gar: stays.is_none(),
        fel: wrong.or(stays),
        import,
    };
    if failed { show_wrong(&view) } else { show(&view) }
}

/// GET `/f/{forbund}/import/{nr}/angra`: what would be taken back, or why it stays.
pub async fn angra_form(visit: Visit, Path((_, nr)): Path<(String, i64)>) -> Answer {
    ask(&visit, nr, None).await
}

/// Why something is undone.
#[derive(Deserialize)]
pub struct Skal {
    skal: String,
}

/// POST `/f/{forbund}/import/{nr}/angra`
pub async fn angra(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(given): Form<Skal>) -> Answer {
    let why = given.skal.trim();
    if why.is_empty() || why.chars().count() > 500 || samsyn_core::personnummer::contains_personnummer(why) {
        let told = "Skriv varför inläsningen ångras, högst 500 tecken och utan personnummer. Det sparas i historiken.";
        return ask(&visit, nr, Some(told.to_owned())).await;
    }
    match inlasningar::undo(&visit.chosen()?, nr, (visit.who(), why)).await? {
        Ok(()) => Ok(Redirect::to(&visit.url("import?besked=angrad")).into_response()),
        Err(stays) => ask(&visit, nr, Some(stays)).await,
    }
}
