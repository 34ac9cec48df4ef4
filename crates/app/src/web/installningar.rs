//! The förbund's settings, with their history; and its logo.

use super::formular::{Falt, Formular};
use super::grind::Visit;
use super::mottaget::Mottaget;
use super::sida::{Answer, Fail, Page, show, show_wrong};
use crate::actions::insatsbeslut::{Form as Varden, Wrong};
use crate::actions::installningar::{self, Bild, ord, standard};
use askama::Template;
use axum::extract::Multipart;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Redirect};
use samsyn_document::Ljus;
use samsyn_document::datum::moment;
use samsyn_document::look::Picture;

/// How many changes the history shows.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "installningar/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    grupper: Vec<(&'static str, &'static str, Vec<Falt>)>,
    formular: Formular,
    har_logotyp: bool,
    ta_bort: bool,
    historik: Vec<Andring>,
}

/// A change of settings: what was saved at once.
struct Andring {
    nar: String,
    vem: String,
    vad: Vec<String>,
    varfor: String,
}

fn light(namn: &'static str, help: &str) -> Falt {
    let lights = [Ljus::Gron, Ljus::Gul, Ljus::Rod].map(|light| (light.word().to_owned(), light.word().to_owned()));
    let help = format!("{help}Förval: {}.", standard(namn));
    Falt::new(namn, ord(namn), "val").hjalp(help).val(lights.to_vec())
}

fn number(namn: &'static str, help: &str) -> Falt {
    Falt::new(namn, ord(namn), "tal")
        .hjalp(format!("{help} Förval, också när fältet är tomt: {}.", standard(namn)))
        .valfri()
}

/// A part of the rule of gallring.
fn months(namn: &'static str, help: &str) -> Falt {
    let help = format!("{help} Helt tal från 1 till 240. Tomt: ingen regel.");
    Falt::new(namn, ord(namn), "tal").hjalp(help).valfri()
}

/// The fields, in the order of the page.
fn fields() -> Vec<Falt> {
    vec![
        Falt::new("namn", ord("namn"), "text").hjalp("Som det ska stå i rapporterna."),
        Falt::new("farg", ord("farg"), "text")
            .hjalp(
                "För rubriker och staplar i dokument, till exempel #0b5563. Den måste synas väl mot vitt papper. Tom: \
                 programmets egen färg.",
            )
            .valfri(),
        Falt::new("logotyp", "Ny logotyp", "fil")
            .hjalp("PNG- eller JPEG-bild, högst 5 MiB. Står på rapporternas första sida. Tom: ingen ändring.")
            .valfri(),
        light("trafikljus.ja", ""),
        light("trafikljus.i_stort_sett", ""),
        light("trafikljus.delvis", ""),
        light("trafikljus.nej", ""),
        light("trafikljus.nas_ej", "Ljuset blir minst så allvarligt. "),
        number("kvot_lag", "En förbrukning under det här påpekas. Helt tal från 0 till 100."),
        number("kvot_hog", "En förbrukning över det här påpekas. Helt tal från 100 till 999."),
        number(
            "sma_tal",
            "Antal personer från ett till strax under gränsen visas inte för dem som inte får se dem. 0 visar alla.",
        ),
        months("gallring.manader_efter_avslut", "Eller efter makulering."),
        months("gallring.manader_efter_insats", "Gäller alla i insatsen, också anonyma och de som inte är utskrivna."),
        Falt::new("skal", "Skäl eller beslut", "text")
            .hjalp("Till exempel: Styrelsen 2026-02-12, § 8. Sparas i historiken.")
            .ifylls("off"),
    ]
}

/// Headings of groups of fields: how many fields each has.
const GRUPPER: [(&str, &str, usize); 4] = [
    ("Utseende", "", 3),
    ("Trafikljus", "Vilket ljus en insats får av svaret på om den är i fas med sina mål.", 5),
    ("Gränser", "", 3),
    ("Gallring", "När inskrivningar föreslås till gallring. Inget tas bort utan beslut.", 2),
];

async fn page(visit: &Visit, typed: Option<&Varden>, wrong: &Wrong) -> Answer {
    let forbund = visit.forbund.as_ref().ok_or(Fail::NotFound)?;
    let db = &visit.server.db;
    let (stored, har_logotyp) = installningar::form_of(db, forbund).await?;
    let mut formular = Formular::new(fields(), typed.unwrap_or(&stored), wrong);
    let mut grupper = Vec::new();
    for (heading, lead, count) in GRUPPER {
        grupper.push((heading, lead, formular.falt.drain(..count).collect()));
    }
    let history = installningar::historik(db, forbund.nr, SHOWN).await?;
    let mut changes = installningar::andringar(db, forbund.nr).await?;
    let mut historik: Vec<Andring> = Vec::new();
    for event in history {
        let (nar, vad) = (moment(event.registrerad_ms), changes.remove(&event.nr).unwrap_or_default());
        match historik.last_mut() {
            // Name, settings and logo are events of their own; saved at once they are one line.
            Some(line) if (&line.nar, &line.vem, &line.varfor) == (&nar, &event.vem, &event.varfor) => {
                line.vad.extend(vad)
            }
            _ => historik.push(Andring { nar, vem: event.vem, vad, varfor: event.varfor }),
        }
    }
    let view = Sida {
        page: Page::new(visit, "Inställningar", "installningar"),
        visit,
        grupper,
        formular,
        har_logotyp,
        ta_bort: typed.is_some_and(|typed| typed.contains_key("ta_bort_logotyp")),
        historik,
    };
    if wrong.is_empty() { show(&view) } else { show_wrong(&view) }
}

/// GET `/f/{forbund}/installningar`
pub async fn sida(visit: Visit) -> Answer {
    page(&visit, None, &Wrong::new()).await
}

/// POST `/f/{forbund}/installningar`
pub async fn spara(visit: Visit, parts: Multipart) -> Answer {
    let forbund = visit.forbund.as_ref().ok_or(Fail::NotFound)?;
    let Mottaget { falt: typed, filer, helt } = Mottaget::read(parts).await;
    if !helt {
        let why = "Formuläret kom inte fram helt. Välj en mindre bild, högst 5 MiB, och kontrollera fälten.";
        return page(&visit, Some(&typed), &vec![("logotyp".to_owned(), why.to_owned())]).await;
    }
    let picture = filer.into_iter().map(|file| file.bytes).find(|bytes| !bytes.is_empty());
    let bild = match picture {
        Some(bytes) => Bild::Ny(bytes),
        None if typed.contains_key("ta_bort_logotyp") => Bild::Bort,
        None => Bild::Kvar,
    };
    let chose = matches!(bild, Bild::Ny(_));
    match installningar::spara(&visit.server.db, forbund, &typed, bild, visit.who()).await? {
        Ok(changed) => {
            let told = if changed { "sparat" } else { "likadant" };
            Ok(Redirect::to(&visit.url(&format!("installningar?besked={told}"))).into_response())
        }
        Err(mut wrong) => {
            // A browser does not keep a chosen file.
            if chose && !wrong.iter().any(|(field, _)| field == "logotyp") {
                wrong.push(("logotyp".to_owned(), "Välj bilden igen; den är inte sparad.".to_owned()));
            }
            page(&visit, Some(&typed), &wrong).await
        }
    }
}

/// GET `/f/{forbund}/logotyp`
pub async fn logotyp(visit: Visit) -> Answer {
    let logo = installningar::logotyp(&visit.server.db, visit.forbund_nr()?).await?.ok_or(Fail::NotFound)?;
    let kind = match logo.picture {
        Picture::Png => "image/png",
        Picture::Jpeg => "image/jpeg",
    };
    Ok(([(CONTENT_TYPE, kind)], logo.bytes).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use samsyn_core::installning::NAMN;

    #[test]
    fn every_setting_has_a_field_in_a_group() {
        let fields = fields();
        assert!(NAMN.iter().all(|name| fields.iter().any(|field| field.namn == *name)));
        assert_eq!(GRUPPER.iter().map(|(_, _, count)| count).sum::<usize>(), fields.len() - 1);
    }
}
