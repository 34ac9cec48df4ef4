//! What every page has: its head and menu, and what stands there when something went wrong.

use super::filer;
use super::grind::Visit;
use crate::Error;
use crate::access::{Action, Reach};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use samsyn_core::personnummer::contains_personnummer;

/// What a handler answers.
pub type Answer = Result<Response, Fail>;

/// An item of the menu.
#[derive(Debug)]
pub struct Val {
    /// Where it leads.
    pub href: String,
    /// Its word.
    pub text: &'static str,
    /// Whether the page lies under it.
    pub har: bool,
}

/// What the layout of a page shows.
#[derive(Debug)]
pub struct Page {
    /// The page's own title.
    pub titel: String,
    /// The förbund's name.
    pub forbund: Option<String>,
    /// The visitor's name.
    pub namn: Option<String>,
    /// The visitor's roles, in words.
    pub roller: String,
    /// The menu.
    pub meny: Vec<Val>,
    /// Where the style sheet and the script are.
    pub stil: String,
    /// The script.
    pub skript: String,
    /// Our own script.
    pub eget: String,
    /// Whether it tells of something that went wrong; then it does not know who reads it.
    pub fel: bool,
    /// Word that something was done.
    pub besked: Option<String>,
}

/// The menu: word, address within the förbund, what it takes.
const MENY: [(&str, &str, Action); 11] = [
    ("Läget", "laget", Action::SeLaget),
    ("Insatser", "insatser", Action::SeLaget),
    ("Rapport", "rapport", Action::SeRapport),
    ("Ekonomi", "ekonomi", Action::SeEkonomi),
    ("Diarium", "diarium", Action::SeDiarium),
    ("Kontroller", "kontroller", Action::SeKontroller),
    ("Import", "import", Action::SeImporter),
    ("Gallring", "gallring", Action::UtforGallring),
    ("Användare", "anvandare", Action::HanteraAnvandare),
    ("Inställningar", "installningar", Action::AndraInstallningar),
    ("Logg", "logg", Action::SeLogg),
];

/// What is told once after something was done, by the word in the address.
const BESKED: &[(&str, &str)] = &[
    ("antal", "Antalen är sparade."),
    ("plan", "Planen är sparad."),
    ("avgift", "Summan är sparad. Varje medlems avgift följer den."),
    ("bokforing", "Bokföringen är inläst. Rapporterna följer den."),
    ("folkmangd", "Folkmängden är inläst. Det som är nytt står överst i historiken."),
    ("folkmangd-delvis", "Folkmängden är inläst, men inte för alla kommuner. De som saknas är märkta i tabellen."),
    ("fil-last", "Filen är inläst. Tack, inget mer behöver göras."),
    ("fil-oforandrad", "Allt i filen var redan känt. Inget har ändrats."),
    ("fil-avstadd", "Filen är bortlagd. Inget har lästs in eller sparats."),
    ("fil-andrad", "Något har ändrats sedan sidan visades. Se efter en gång till, och läs in sedan."),
    ("fil-glomd", "Filen väntar inte längre. Inget har sparats. Lämna den igen."),
    ("inskriven", "Inskrivningen är sparad."),
    ("anonyma", "De anonyma är sparade."),
    ("utskriven", "Avslutet är sparat."),
    (
        "makulerad-inskrivning",
        "Inskrivningen är makulerad. Rapporter per ett tidigare datum visar det som var känt då.",
    ),
    ("paborjad", "Versionen är påbörjad. Tryck Skriv vid en text för att ändra den."),
    ("pa-granskning", "Versionen är på granskning och kan kommenteras."),
    ("utkast", "Versionen är ett utkast igen."),
    ("ny-version", "En ny version är påbörjad med texterna från den förra."),
    ("last-version", "Versionen är låst. Den kan läsas för gott och ändras inte mer."),
    ("behandlad", "Styrelsens behandling är antecknad."),
    ("diarieford", "Handlingen är diarieförd."),
    ("kommenterad", "Kommentaren är sparad."),
    ("lost", "Kommentaren är markerad som löst."),
    ("rattat", "Rätt siffra står nu i texten och följer tabellerna."),
    ("sparad-text", "Texten är sparad."),
    ("utloggad", "Du har blivit utloggad. Logga in igen för att fortsätta."),
    ("hejda", "Du är utloggad."),
    ("losenord", "Lösenordet är valt. Logga in med det."),
    ("last", "Underlaget är inläst."),
    ("oforandrat", "Allt i underlaget finns redan inläst. Inget har ändrats."),
    ("avstatt", "Förslaget är borttaget. Inget har lästs in."),
    ("angrad", "Inläsningen är ångrad. Allt står som före den."),
    ("sparat", "Ändringen är sparad."),
    ("beslut", "Beslutet är sparat. Den nya perioden gäller, och står sist under Beslut och parter."),
    ("makulerad", "Insatsen är makulerad. Rapporter per ett tidigare datum visar det som var känt då."),
    ("skapad", "Insatsen är skapad."),
    ("tillbaka", "Rollen är borttagen."),
    ("overallt", "Användaren är utloggad överallt."),
    ("roll", "Rollen är given."),
    ("avstangd", "Användaren är avstängd."),
    ("oppnad", "Användaren är öppnad och kan logga in igen."),
    ("likadant", "Allt stod redan så. Inget har ändrats."),
    ("gallring-beslutad", "Beslutet är sparat. Inget är borttaget förrän det utförs."),
    ("gallring-atertagen", "Beslutet är återtaget. Inget har tagits bort."),
    ("gallrat", "Beslutet är utfört. Uppgifterna är borttagna och databasens filer är städade."),
    ("gallrat-ej-stadat", "Uppgifterna är borttagna, men databasens filer kunde inte städas helt. Städa en gång till."),
    ("borttagen", "Inskrivningen är borttagen. Låsta rapporters siffror står kvar."),
    ("hejda-overallt", "Du är utloggad överallt."),
];

impl Page {
    /// A page with this title, under this word of the menu.
    pub fn new(visit: &Visit, titel: impl Into<String>, under: &str) -> Page {
        let meny = visit.forbund.as_ref().map_or_else(Vec::new, |_| {
            let reached = MENY.iter().filter(|(_, _, action)| visit.rights.reach(*action) > Reach::Nothing);
            reached.map(|(text, rest, _)| Val { href: visit.url(rest), text, har: *rest == under }).collect()
        });
        let roles: Vec<&str> = visit.rights.held().iter().map(|held| held.role.text()).collect();
        let told = super::tid::parameter(&visit.address, "besked");
        Page {
            titel: titel.into(),
            forbund: visit.forbund.as_ref().map(|forbund| forbund.namn.clone()),
            namn: visit.visitor.as_ref().map(|visitor| visitor.user.namn.clone()),
            roller: distinct(&roles).join(", "),
            meny,
            besked: told
                .and_then(|told| BESKED.iter().find(|(word, _)| *word == told))
                .map(|(_, text)| (*text).to_owned()),
            ..Page::bare("")
        }
    }

    /// Where the scripts of the editor are, for the pages that have one.
    pub fn skriver(&self) -> [String; 2] {
        ["skrivtext.js", "skriv.js"].map(filer::address)
    }

    /// A page without visitor.
    pub fn bare(titel: &str) -> Page {
        Page {
            titel: titel.to_owned(),
            forbund: None,
            namn: None,
            roller: String::new(),
            meny: Vec::new(),
            stil: filer::address("samsyn.css"),
            skript: filer::address("htmx.min.js"),
            eget: filer::address("samsyn.js"),
            fel: false,
            besked: None,
        }
    }
}

fn distinct<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut seen: Vec<&str> = Vec::new();
    for word in words {
        if !seen.contains(word) {
            seen.push(word);
        }
    }
    seen
}

/// A page as an answer.
pub fn show(template: &impl Template) -> Answer {
    match template.render() {
        Ok(html) => Ok(Html(html).into_response()),
        Err(error) => Err(Fail::Broken(format!("sidan kan inte skrivas: {error}"))),
    }
}

/// A page that says what is wrong with what was sent.
pub fn show_wrong(template: &impl Template) -> Answer {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, show(template)?).into_response())
}

/// Why there is no page.
#[derive(Debug)]
pub enum Fail {
    /// There is no such page, or not for this visitor.
    NotFound,
    /// What was asked for cannot be answered; why, and what to do.
    Bad(String),
    /// A form that was not sent from our own pages.
    Foreign,
    /// The fault is ours.
    Broken(String),
}

impl Fail {
    /// A form that does not hold what its page asks for.
    pub fn form() -> Fail {
        Fail::Bad("Formuläret kom inte fram helt: uppgifter saknas i det.".to_owned())
    }
}

impl From<Error> for Fail {
    fn from(error: Error) -> Fail {
        match error {
            Error::Failure(why) => Fail::Broken(why),
            other => Fail::Bad(other.to_string()),
        }
    }
}

#[derive(Template)]
#[template(path = "fel.html")]
struct Felsida {
    page: Page,
    fel: Fel,
}

/// What an answer tells of what went wrong.
#[derive(Clone)]
struct Fel {
    titel: &'static str,
    vad: String,
    rad: &'static str,
}

impl Fel {
    fn html(self, page: Page) -> Html<String> {
        let titel = self.titel;
        Html(Felsida { page, fel: self }.render().unwrap_or_else(|_| titel.to_owned()))
    }
}

/// An answer as this visitor sees it: what went wrong is told with the menu.
pub fn som_sida(mut response: Response, visit: &Visit) -> Response {
    let Some(fel) = response.extensions_mut().remove::<Fel>() else { return response };
    let page = Page::new(visit, fel.titel, "");
    (response.status(), fel.html(page)).into_response()
}

/// What is told instead of a reason that quotes a personnummer.
const PERSONNUMMER: &str = "Det som skrevs innehåller ett personnummer och visas därför inte. Inget har sparats.";

impl IntoResponse for Fail {
    fn into_response(self) -> Response {
        let (status, titel, vad, rad) = match self {
            Fail::NotFound => (
                StatusCode::NOT_FOUND,
                "Sidan finns inte",
                "Adressen leder ingenstans, eller till något som du inte har behörighet att se.".to_owned(),
                "Kontrollera adressen, eller gå till startsidan. Saknar du något: fråga förbundets behörighetsansvariga.",
            ),
            Fail::Bad(vad) => {
                // What is wrong is often quoted, and a personnummer is never shown again.
                let vad = if contains_personnummer(&vad) { PERSONNUMMER.to_owned() } else { vad };
                (StatusCode::BAD_REQUEST, "Det gick inte", vad, "Gå tillbaka, ändra och försök igen.")
            }
            Fail::Foreign => (
                StatusCode::FORBIDDEN,
                "Formuläret togs inte emot",
                "Det kom inte från en av programmets egna sidor. Inget har ändrats.".to_owned(),
                "Öppna sidan på nytt och skicka formuläret därifrån.",
            ),
            Fail::Broken(why) => {
                eprintln!("FEL: {why}");
                (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Något gick fel hos oss",
                    "Programmet kunde inte svara. Det som var sparat är kvar.".to_owned(),
                    "Försök igen om en stund. Händer det igen: berätta för den som sköter servern, med klockslaget.",
                )
            }
        };
        let fel = Fel { titel, vad, rad };
        let mut response = (status, fel.clone().html(Page { fel: true, ..Page::bare(titel) })).into_response();
        response.extensions_mut().insert(fel);
        response
    }
}

/// The answer to an address that leads nowhere.
pub async fn finns_inte() -> Fail {
    Fail::NotFound
}
