//! A version's page: the report as it reads, what is left to do, where one writes, and the steps that can be taken.

use super::{Falt, Rad, ankare, finn, open_too, url};
use crate::access::{Action, Reach};
use crate::actions::diarium;
use crate::actions::forbund::Chosen;
use crate::actions::rapport::Format;
use crate::actions::version::platser::{Platser, rubriker};
use crate::actions::version::{self, Oppen, frysning, skriva};
use crate::clock;
use crate::web::grind::Visit;
use crate::web::sida::{Answer, Fail, Page, show, show_wrong};
use crate::web::tid::{self, encode};
use askama::Template;
use axum::extract::Path;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::rapport::skrivet::Omfang;
use samsyn_core::version::{Lage, Steg};
use samsyn_document::datum::moment;
use samsyn_document::markup::escape;
use samsyn_document::{Block, Document, FigureId, Inline, Section, Text, format};
use samsyn_render::html;
use samsyn_store::version::kommentar::Kommentar;
use samsyn_store::version::{Taget, Version};
use std::collections::BTreeMap;
use std::fmt::Write;

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
    /// How much of the accounts does not agree.
    oense: usize,
    anmarkningar: usize,
    anmarkta: Vec<(String, String)>,
    hemlosa: Vec<(String, String)>,
    foraldrade: Vec<(String, String)>,
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

/// The page, with what is wrong and what was typed.
pub(super) async fn page(visit: &Visit, nr: i64, wrong: Option<String>, falt: Falt) -> Answer {
    let found = finn(visit, nr).await?;
    let chosen = visit.chosen()?;
    let open = found.lage.is_open();
    let may = |action: Action| visit.rights.all(action);
    let writes = open && may(Action::SkrivRapport);
    let comments = if open_too(visit) { version::kommentarer(&chosen, nr).await? } else { Vec::new() };
    let mut platser = Vec::new();
    let mut remarks = 0;
    let (mut anmarkta, mut hemlosa, mut foraldrade) = (Vec::new(), Vec::new(), Vec::new());
    let (document, artikel) = if open {
        let at_hand = Oppen::med_fore(&chosen, found.clone()).await?;
        let skriven = at_hand.skriven();
        let places = Platser::of(&at_hand, &skriven);
        let link = |id: &FigureId| {
            visit.url(&format!("{}?period={}&per={}", tid::siffra(id), found.slag.raknas(found.avser), at_hand.per))
        };
        let notes =
            if may(Action::KommenteraRapport) { skriva::anmarkningar(&chosen, &at_hand) } else { BTreeMap::new() };
        remarks = notes.values().map(Vec::len).sum();
        let known = |place: &str| places.visad(place).map(str::to_owned);
        anmarkta.extend(notes.keys().filter_map(|place| Some((known(place)?, format!("#{}", ankare(place))))));
        let write = |place: &str| url(visit, nr, &format!("skriv?plats={}", encode(place)));
        let aldre = at_hand.andrade_mallar().into_iter();
        foraldrade.extend(aldre.filter_map(|(place, ..)| Some((known(place)?, write(place)))));
        let address = |place: &str| url(visit, nr, &format!("historik?plats={}", encode(place)));
        hemlosa.extend(places.hemlosa().into_iter().map(|place| (place.to_owned(), address(place))));
        let omfang = (&*skriven.omfang, &places);
        let between = between(visit, &at_hand, omfang, &comments, &notes, writes);
        let article = html::embedded_with(&skriven.document, &link, Some(&between));
        platser.clone_from(&places.visade);
        (skriven.document, article)
    } else {
        let document = frysning::dokument(&chosen, &found).await?;
        let link = |id: &FigureId| url(visit, nr, &tid::siffra(id));
        let article = html::embedded(&document, &link);
        platser = rubriker(&document);
        (document, article)
    };
    let all = version::lista(&chosen, open_too(visit)).await?;
    let same = all.into_iter().filter(|other| (other.slag, other.avser) == (found.slag, found.avser));
    let (later, others): (Vec<Version>, Vec<Version>) =
        same.filter(|other| other.nr != nr).partition(|other| other.version > found.version);
    let heading = |plats: &str| {
        let known = platser.iter().find(|(name, _): &&(String, String)| name == plats);
        known.map_or_else(|| plats.to_owned(), |(_, heading)| heading.clone())
    };
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
        oense: document.sections.iter().filter(|of| of.id == "avstamningar").map(|of| of.blocks.len()).sum(),
        anmarkningar: remarks,
        anmarkta,
        hemlosa,
        foraldrade,
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
        gjort: if open_too(visit) { gjorda(&chosen, nr).await? } else { Vec::new() },
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

/// What has been done with a version, the latest last: the steps that it took, and its number in the diarium.
async fn gjorda(chosen: &Chosen<'_>, nr: i64) -> Result<Vec<Gjort>, Fail> {
    let diarium = diarium::lista(chosen, true).await?.into_iter().filter(|post| post.version == Some(nr));
    let registered = diarium.map(|post| {
        let vad = format!("Diarieförd, {}", version::diarienummer((post.ar, post.lopnr)));
        (post.tid_ms, Gjort { nar: moment(post.tid_ms), vem: post.vem, vad })
    });
    let taken = version::tagna_steg(chosen, nr).await?;
    let mut all: Vec<(i64, Gjort)> =
        registered.chain(taken.into_iter().map(|step| (step.tid_ms, gjort(step)))).collect();
    all.sort_by_key(|(tid_ms, _)| *tid_ms);
    Ok(all.into_iter().map(|(_, done)| done).collect())
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

/// What stands around the text of each place: where one writes, what has been remarked and commented.
fn between<'a>(
    visit: &'a Visit,
    open: &'a Oppen,
    (omfang, platser): (&'a [Omfang], &'a Platser<'a>),
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
                let heading = platser.visad(&place.plats).unwrap_or_default();
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
    kommenterar: bool,
    kommentera: String,
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
        kommenterar: open.version.lage == Lage::Granskning && visit.rights.all(Action::KommenteraRapport),
        kommentera: url(visit, open.version.nr, "kommentar"),
        kommentarer: comments.iter().filter(|comment| comment.plats == plats && comment.lost_ms.is_none()).collect(),
        anmarkningar: notes.map_or(&[], Vec::as_slice),
        ratta: if writes { url(visit, open.version.nr, "ratta") } else { String::new() },
        last: text.map_or(0, |text| text.nr),
        plats,
    };
    foot.render().unwrap_or_default()
}

impl Sida<'_> {
    fn till(&self, rest: &str) -> String {
        url(self.visit, self.version.nr, rest)
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
