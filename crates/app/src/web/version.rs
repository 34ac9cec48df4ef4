//! A version of a report: reading it, and the steps that it takes.

pub mod historik;
pub mod jamfor;
pub mod narvaro;
pub mod ordning;
mod redigerare;
pub mod siffra;
pub mod skriv;

use super::grind::Visit;
use super::rapport::{content_type, named};
use super::sida::{Answer, Fail, Page, show, show_wrong};
use super::tid::encode;
use crate::access::{Action, Reach};
use crate::actions::inloggning::blocking;
use crate::actions::rapport::{self, Design, Format};
use crate::actions::version::{self, Oppen, frysning, skriva, steg};
use crate::clock;
use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::rapport::skrivet::Omfang;
use samsyn_core::version::{Slag, Steg, Styrelsebeslut};
use samsyn_document::datum::moment;
use samsyn_document::markup::escape;
use samsyn_document::{Block, Document, FigureId, Inline, Section, Text, format};
use samsyn_render::html;
use samsyn_store::version::kommentar::{self, Kommentar};
use samsyn_store::version::{Taget, Version, steps};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A form's fields by name.
pub type Falt = BTreeMap<String, String>;

/// Whether the visitor may read what is not låst.
pub fn open_too(visit: &Visit) -> bool {
    visit.rights.all(Action::KommenteraRapport) || visit.rights.all(Action::SkrivRapport)
}

/// The version of an address, if the visitor may see it.
pub async fn finn(visit: &Visit, nr: i64) -> Result<Version, Fail> {
    let chosen = visit.chosen()?;
    version::finn(&chosen, nr, open_too(visit)).await?.ok_or(Fail::NotFound)
}

/// The address of a version's pages.
pub fn url(visit: &Visit, nr: i64, rest: &str) -> String {
    visit.url(&format!("version/{nr}{}{rest}", if rest.is_empty() || rest.starts_with(['?', '#']) { "" } else { "/" }))
}

/// The id of a place on the page.
pub fn ankare(plats: &str) -> String {
    format!("plats-{}", plats.replace('/', "-"))
}

/// A version in a list.
#[derive(Debug)]
pub struct Rad {
    /// The version.
    pub version: Version,
    /// Its name.
    pub namn: String,
    /// Its page.
    pub lank: String,
    /// Its state and when, in words.
    pub lage: String,
}

impl Rad {
    /// A version as a line of a list.
    pub fn new(visit: &Visit, version: Version) -> Rad {
        let lage = match (&version.behandlad, &version.last) {
            (Some((day, what, paragraf)), _) => {
                format!("{} av styrelsen {day}, {paragraf}", what.text())
            }
            (None, Some((ms, who))) => format!("Låst {} av {who}", moment(*ms)),
            _ => format!("{}, påbörjad {} av {}", version.lage.text(), moment(version.skapad_ms), version.skapad_av),
        };
        Rad { lank: url(visit, version.nr, ""), namn: version::namn(&version), lage, version }
    }
}

#[derive(Template)]
#[template(path = "version/lista.html")]
struct Lista<'a> {
    page: Page,
    visit: &'a Visit,
    rader: Vec<Rad>,
    far_skriva: bool,
}

/// GET `/f/{forbund}/versioner`
pub async fn lista(visit: Visit) -> Answer {
    let found = version::lista(&visit.chosen()?, open_too(&visit)).await?;
    let view = Lista {
        page: Page::new(&visit, "Versioner", "rapport"),
        rader: found.into_iter().map(|version| Rad::new(&visit, version)).collect(),
        far_skriva: visit.rights.all(Action::SkrivRapport),
        visit: &visit,
    };
    show(&view)
}

/// POST `/f/{forbund}/versioner`: begins the first version of a report on a half-year.
pub async fn borja(visit: Visit, Form(falt): Form<Falt>) -> Answer {
    let chosen = visit.chosen()?;
    let given = |name: &str| falt.get(name).map(|text| text.trim()).unwrap_or_default();
    let slag = Slag::of_kod(given("slag")).ok_or_else(Fail::form)?;
    let period =
        given("period").parse().map_err(|_| Fail::Bad("Perioden är inget halvår. Välj ett ur listan.".to_owned()))?;
    let per = match given("per") {
        "" => None,
        day => Some(day.parse().map_err(|_| Fail::Bad(format!("”{day}” är inget datum. Skriv som 2022-08-30.")))?),
    };
    match steg::borja(&chosen, slag, period, per, visit.who()).await? {
        Ok(nr) => Ok(Redirect::to(&url(&visit, nr, "?besked=paborjad")).into_response()),
        Err(why) => {
            // Someone else was quicker, or it was begun long ago: there it is.
            let all = version::lista(&chosen, true).await?;
            let there = all.into_iter().find(|version| (version.slag, version.period) == (slag, period));
            let there = there.ok_or(Fail::Bad(why))?.nr;
            Ok(Redirect::to(&url(&visit, there, "")).into_response())
        }
    }
}

/// A comment as it is shown.
struct Notering {
    kommentar: Kommentar,
    rubrik: String,
    nar: String,
    ankare: String,
}

/// A step that was taken, as it is shown.
struct Gjort {
    nar: String,
    vem: String,
    vad: String,
}

#[derive(Template)]
#[template(path = "version/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    version: &'a Version,
    namn: String,
    per: String,
    per_vald: String,
    artikel: String,
    sigill: Option<String>,
    skriver: bool,
    kommenterar: bool,
    beslutar: bool,
    diariefor: bool,
    senare: Option<i64>,
    olosta: usize,
    saknas: Vec<(String, String)>,
    anmarkningar: usize,
    anmarkta: Vec<(String, String)>,
    hemlosa: Vec<(String, String)>,
    noteringar: Vec<Notering>,
    platser: Vec<(String, String)>,
    gjort: Vec<Gjort>,
    tidigare: Vec<Rad>,
    idag: String,
    dold: bool,
    fel: Option<String>,
    falt: Falt,
}

/// GET `/f/{forbund}/version/{nr}`
pub async fn sida(visit: Visit, Path((_, nr)): Path<(String, i64)>) -> Answer {
    page(&visit, nr, None, Falt::new()).await
}

async fn page(visit: &Visit, nr: i64, wrong: Option<String>, falt: Falt) -> Answer {
    let found = finn(visit, nr).await?;
    let chosen = visit.chosen()?;
    let open = found.lage.is_open();
    let may = |action: Action| visit.rights.all(action);
    let writes = open && may(Action::SkrivRapport);
    let comments = if open_too(visit) {
        kommentar::all(chosen.db, &chosen.access, nr).await.map_err(crate::Error::from)?
    } else {
        Vec::new()
    };
    let mut platser = Vec::new();
    let mut remarks = 0;
    let (mut anmarkta, mut hemlosa) = (Vec::new(), Vec::new());
    let (document, artikel) = if open {
        let at_hand = Oppen::read(&chosen, found.clone()).await?;
        let skriven = at_hand.skriven();
        platser = skriva::platser(&at_hand);
        let link = |id: &FigureId| figure(visit, id, &format!("period={}&per={}", found.period, at_hand.per));
        let notes =
            if may(Action::KommenteraRapport) { skriva::anmarkningar(&chosen, &at_hand) } else { BTreeMap::new() };
        remarks = notes.values().map(Vec::len).sum();
        let known = |place: &str| platser.iter().find(|(name, _)| name == place).map(|(_, heading)| heading.clone());
        anmarkta.extend(notes.keys().filter_map(|place| Some((known(place)?, format!("#{}", ankare(place))))));
        hemlosa.extend(skriva::hemlosa(&at_hand).into_iter().map(|place| {
            let address = url(visit, nr, &format!("historik?plats={}", encode(&place)));
            (place, address)
        }));
        let between = between(visit, &at_hand, (&skriven.omfang, &platser), &comments, &notes, writes);
        let article = html::embedded_with(&skriven.document, &link, Some(&between));
        (skriven.document, article)
    } else {
        let document = frysning::dokument(&chosen, &found).await?;
        let link = |id: &FigureId| {
            url(visit, nr, &format!("siffra/{}/{}/{}", encode(&id.tabell), encode(&id.rad), encode(&id.kolumn)))
        };
        let article = html::embedded(&document, &link);
        (document, article)
    };
    let all = version::lista(&chosen, open_too(visit)).await?;
    let same = all.into_iter().filter(|other| (other.slag, other.period) == (found.slag, found.period));
    let (later, others): (Vec<Version>, Vec<Version>) =
        same.filter(|other| other.nr != nr).partition(|other| other.version > found.version);
    let heading = |plats: &str| {
        let known = platser.iter().find(|(name, _): &&(String, String)| name == plats);
        known.map_or_else(|| plats.to_owned(), |(_, heading)| heading.clone())
    };
    let taken = steps(chosen.db, &chosen.access, nr).await.map_err(crate::Error::from)?;
    let view = Sida {
        page: Page::new(visit, document.title.clone(), "rapport"),
        namn: version::namn(&found),
        per: format::long_date(document.per),
        per_vald: found.per.map(|day| day.to_string()).unwrap_or_default(),
        sigill: (!open).then(|| frysning::sigill(&found)),
        skriver: writes,
        kommenterar: may(Action::KommenteraRapport),
        beslutar: may(Action::BeslutaRapport),
        diariefor: may(Action::Diariefora),
        senare: later.iter().map(|other| other.nr).max(),
        olosta: comments.iter().filter(|comment| comment.lost_ms.is_none()).count(),
        saknas: missing(&document),
        anmarkningar: remarks,
        anmarkta,
        hemlosa,
        noteringar: comments
            .into_iter()
            .map(|kommentar| Notering {
                rubrik: heading(&kommentar.plats),
                nar: moment(kommentar.tid_ms),
                ankare: ankare(&kommentar.plats),
                kommentar,
            })
            .collect(),
        platser,
        gjort: if open_too(visit) { taken.into_iter().map(gjort).collect() } else { Vec::new() },
        tidigare: others.into_iter().map(|other| Rad::new(visit, other)).collect(),
        idag: clock::today().to_string(),
        dold: chosen.withheld,
        artikel,
        version: &found,
        visit,
        fel: wrong.clone(),
        falt,
    };
    if wrong.is_some() { show_wrong(&view) } else { show(&view) }
}

fn gjort(step: Taget) -> Gjort {
    let vad = if step.steg == "ny" {
        "Påbörjad".to_owned()
    } else {
        Steg::of_kod(&step.steg).map_or(step.steg.clone(), |steg| taget(steg).to_owned())
    };
    Gjort { nar: moment(step.tid_ms), vem: step.vem, vad }
}

/// A step when it has been taken, in words.
fn taget(steg: Steg) -> &'static str {
    match steg {
        Steg::Granska => "Skickad på granskning",
        Steg::Aterta => "Tillbaka till utkast",
        Steg::Las => "Låst",
        Steg::Behandla => "Styrelsens behandling antecknad",
        Steg::NyVersion => "Påbörjad med texterna från versionen före",
        Steg::Skriv | Steg::Kommentera | Steg::Los => steg.text(),
    }
}

/// The sections where something is marked as missing: the address on the page, and the heading.
fn missing(document: &Document) -> Vec<(String, String)> {
    fn of(section: &Section, found: &mut Vec<(String, String)>) {
        let has = |text: &Text| text.iter().any(|piece| matches!(piece, Inline::Placeholder(_)));
        let any = section.blocks.iter().any(|block| match block {
            Block::Paragraph(text) | Block::Notice(text) => has(text),
            Block::List(items) => items.iter().any(has),
            Block::Heading(_) | Block::Table(_) | Block::Chart(_) => false,
        });
        if any {
            found.push((section.id.clone(), section.heading.clone()));
        }
        section.sections.iter().for_each(|inner| of(inner, found));
    }
    let mut found = Vec::new();
    document.sections.iter().for_each(|section| of(section, &mut found));
    found
}

/// Where a figure as it is now is explained.
fn figure(visit: &Visit, id: &FigureId, query: &str) -> String {
    visit.url(&format!("siffra/{}/{}/{}?{query}", encode(&id.tabell), encode(&id.rad), encode(&id.kolumn)))
}

/// What stands around the text of each place: where one writes, what has been remarked and commented.
fn between<'a>(
    visit: &'a Visit,
    open: &'a Oppen,
    (omfang, platser): (&'a [Omfang], &'a [(String, String)]),
    comments: &'a [Kommentar],
    notes: &'a BTreeMap<String, Vec<skriva::Anmarkt>>,
    writes: bool,
) -> impl Fn(&str, usize) -> String + 'a {
    move |section, at| {
        let mut out = String::new();
        for place in omfang.iter().filter(|place| place.avsnitt == section) {
            if place.block.start == at {
                let _ = write!(out, "<div class=\"plats\" id=\"{}\">", escape(&ankare(&place.plats)));
            }
            if place.block.end == at {
                let heading = platser.iter().find(|(name, _)| *name == place.plats).map_or("", |(_, heading)| heading);
                out.push_str(&foot(visit, open, (&place.plats, heading), comments, notes.get(&place.plats), writes));
                out.push_str("</div>\n");
            }
        }
        out
    }
}

#[derive(Template)]
#[template(path = "version/platsfot.html")]
struct Platsfot<'a> {
    lank: String,
    mal: String,
    rubrik: String,
    skriven: Option<String>,
    skriver: bool,
    kommentarer: Vec<&'a Kommentar>,
    anmarkningar: &'a [skriva::Anmarkt],
    ratta: String,
    plats: &'a str,
    last: i64,
}

fn foot(
    visit: &Visit,
    open: &Oppen,
    (plats, heading): (&str, &str),
    comments: &[Kommentar],
    notes: Option<&Vec<skriva::Anmarkt>>,
    writes: bool,
) -> String {
    let text = open.text(plats);
    let written = text.filter(|text| text.text.is_some());
    let foot = Platsfot {
        lank: url(visit, open.version.nr, &format!("skriv?plats={}", encode(plats))),
        mal: format!("#{}", ankare(plats)),
        rubrik: heading.to_owned(),
        skriven: written.map(|text| format!("Skriven av {} {}", text.vem, moment(text.tid_ms))),
        skriver: writes,
        kommentarer: comments.iter().filter(|comment| comment.plats == plats && comment.lost_ms.is_none()).collect(),
        anmarkningar: notes.map_or(&[], Vec::as_slice),
        ratta: url(visit, open.version.nr, "ratta"),
        last: text.map_or(0, |text| text.nr),
        plats,
    };
    foot.render().unwrap_or_default()
}

/// GET `/f/{forbund}/version/{nr}/fil/{fil}`, for instance `pm.pdf`, or `underlag.zip` of one that is låst.
pub async fn fil(visit: Visit, Path((_, nr, name)): Path<(String, i64, String)>) -> Answer {
    let found = finn(&visit, nr).await?;
    let chosen = visit.chosen()?;
    let (stem, ending) = name.rsplit_once('.').ok_or(Fail::NotFound)?;
    let base = format!("{}-{}-version-{}", found.slag.kod(), found.period, found.version);
    if name == "underlag.zip" && !found.lage.is_open() {
        if !visit.rights.all(Action::SeInskrivningar) {
            return Err(Fail::NotFound);
        }
        visit.log("läsning av inskrivningar", &format!("underlaget till {}", version::namn(&found))).await?;
        let bytes = frysning::underlag(&chosen, &found).await?;
        return Ok((
            [(CONTENT_TYPE, "application/zip"), (CONTENT_DISPOSITION, named(&format!("{base}-underlag.zip")).as_str())],
            bytes,
        )
            .into_response());
    }
    let (which, table) = match stem.split_once("-tabell-") {
        Some((stem, table)) => (stem, Some(table.to_owned())),
        None => (stem, None),
    };
    if which != found.slag.kod() {
        return Err(Fail::NotFound);
    }
    let format = Format::of(std::path::Path::new(&name), table.as_deref()).map_err(|_| Fail::NotFound)?;
    let document = version::dokument(&chosen, &found).await?;
    let design = Design { look: rapport::look(&chosen).await?, template: None };
    let bytes = blocking(move || format.render(&document, &design, table.as_deref())).await?;
    let marked = if chosen.withheld { "-offentlig" } else { "" };
    let told = named(&format!("{base}{marked}.{ending}"));
    Ok(([(CONTENT_TYPE, content_type(format)), (CONTENT_DISPOSITION, told.as_str())], bytes).into_response())
}

/// Goes back to the version's page with word of what was done, or shows it with what is wrong.
async fn answer(visit: &Visit, nr: i64, done: steg::Tagit, told: &str, falt: Falt) -> Answer {
    match done {
        Ok(nr) => Ok(Redirect::to(&url(visit, nr, &format!("?besked={told}"))).into_response()),
        Err(why) => page(visit, nr, Some(why), falt).await,
    }
}

/// POST `/f/{forbund}/version/{nr}/steg`: to review, back to draft, or the next version.
pub async fn ta_steg(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(falt): Form<Falt>) -> Answer {
    let found = finn(&visit, nr).await?;
    let steg = falt.get("steg").and_then(|kod| Steg::of_kod(kod));
    let (steg, told) = match steg {
        Some(steg @ Steg::Granska) => (steg, "pa-granskning"),
        Some(steg @ Steg::Aterta) => (steg, "utkast"),
        Some(steg @ Steg::NyVersion) => (steg, "ny-version"),
        _ => return Err(Fail::form()),
    };
    let done = steg::ta(&visit.chosen()?, &found, steg, visit.who()).await?;
    answer(&visit, nr, done, told, falt).await
}

/// POST `/f/{forbund}/version/{nr}/las`
pub async fn las(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(falt): Form<Falt>) -> Answer {
    finn(&visit, nr).await?;
    if falt.get("last").map(String::as_str) != Some("ja") {
        let why = "Kryssa i att du har läst igenom rapporten. Den kan inte ändras när den är låst.";
        return page(&visit, nr, Some(why.to_owned()), falt).await;
    }
    let Some(read) = falt.get("andring").and_then(|read| read.parse().ok()) else { return Err(Fail::form()) };
    let done = steg::las(&visit.chosen()?, nr, read, visit.who()).await?;
    answer(&visit, nr, done, "last-version", falt).await
}

/// POST `/f/{forbund}/version/{nr}/behandla`
pub async fn behandla(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(falt): Form<Falt>) -> Answer {
    let found = finn(&visit, nr).await?;
    let given = |name: &str| falt.get(name).map(|text| text.trim()).unwrap_or_default();
    let Ok(day) = given("dag").parse() else {
        let why = format!(
            "”{}” är inget datum. Skriv den dag då styrelsen behandlade rapporten, som 2022-10-20.",
            given("dag")
        );
        return page(&visit, nr, Some(why), falt).await;
    };
    let what = Styrelsebeslut::of_kod(given("beslut")).ok_or_else(Fail::form)?;
    let done = steg::behandla(&visit.chosen()?, &found, (day, what, given("paragraf")), visit.who()).await?;
    answer(&visit, nr, done, "behandlad", falt).await
}

/// POST `/f/{forbund}/version/{nr}/per`: the kännedomsdatum of an open version.
pub async fn per(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(falt): Form<Falt>) -> Answer {
    let found = finn(&visit, nr).await?;
    let given = falt.get("per").map(|text| text.trim()).unwrap_or_default();
    let day = if given.is_empty() {
        None
    } else {
        match given.parse() {
            Ok(day) => Some(day),
            Err(_) => {
                let why = format!("”{given}” är inget datum. Skriv som 2022-08-30, eller lämna tomt för i dag.");
                return page(&visit, nr, Some(why), falt).await;
            }
        }
    };
    let done = skriva::satt_per(&visit.chosen()?, &found, day).await?.map(|()| nr);
    answer(&visit, nr, done, "sparat", falt).await
}

/// POST `/f/{forbund}/version/{nr}/diariefor`
pub async fn diariefor(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(falt): Form<Falt>) -> Answer {
    let found = finn(&visit, nr).await?;
    let done = steg::diariefor(&visit.chosen()?, &found, clock::today(), "", visit.who()).await?;
    answer(&visit, nr, done, "diarieford", falt).await
}

/// POST `/f/{forbund}/version/{nr}/kommentar`
pub async fn kommentera(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(falt): Form<Falt>) -> Answer {
    let found = finn(&visit, nr).await?;
    let given = |name: &str| falt.get(name).map(String::as_str).unwrap_or_default();
    let done = steg::kommentera(&visit.chosen()?, &found, given("plats"), given("text"), visit.who()).await?;
    let back = format!("kommenterad#{}", ankare(given("plats")));
    answer(&visit, nr, done.map(|_| nr), &back, falt.clone()).await
}

/// POST `/f/{forbund}/version/{nr}/kommentar/{kommentar}/los`
pub async fn los(visit: Visit, Path((_, nr, comment)): Path<(String, i64, i64)>) -> Answer {
    finn(&visit, nr).await?;
    let done = steg::los(&visit.chosen()?, nr, comment, visit.who()).await?;
    answer(&visit, nr, done.map(|_| nr), "lost", Falt::new()).await
}

impl Sida<'_> {
    fn till(&self, rest: &str) -> String {
        url(self.visit, self.version.nr, rest)
    }

    fn formater(&self) -> [(&'static str, &'static str); 6] {
        [
            ("pdf", "PDF"),
            ("docx", "Word"),
            ("xlsx", "Excel"),
            ("html", "Webbsida"),
            ("md", "Markdown"),
            ("json", "JSON"),
        ]
    }

    fn ser_underlag(&self) -> bool {
        self.visit.rights.reach(Action::SeInskrivningar) == Reach::All
    }

    /// What was typed in a field; never what may be a personnummer.
    fn skrivet(&self, name: &str) -> &str {
        let typed = self.falt.get(name).map(String::as_str).unwrap_or_default();
        if contains_personnummer(typed) { "" } else { typed }
    }

    fn diarienummer(&self) -> Option<String> {
        self.version.diarienummer.map(version::diarienummer)
    }

    /// The state's code, for its colour.
    fn lage(&self) -> &'static str {
        self.version.lage.kod()
    }
}
