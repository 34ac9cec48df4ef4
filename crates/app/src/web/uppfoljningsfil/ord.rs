//! What is remembered of what an insats calls its columns and values: seen, changed and forgotten.

use super::{falten, faltnamn, individ, lar_ord, varden};
use crate::actions::insatsbeslut::Form as Fields;
use crate::actions::uppfoljningsfil;
use crate::web::grind::Visit;
use crate::web::sida::{Answer, Page, show};
use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use samsyn_core::insats::Insats;
use samsyn_import::uppfoljningsfil::Ordlista;

#[derive(Template)]
#[template(path = "uppfoljningsfil/ord.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    insats: &'a Insats,
    kolumner: Vec<Rad>,
    varden: Vec<Rad>,
}

/// Something that is remembered, and what it can mean.
struct Rad {
    /// The name of its choice in the form.
    namn: String,
    /// What the insats writes, as words are compared.
    ord: String,
    /// Of a value, the field in which it stands.
    falt: &'static str,
    /// What it means: a field or a code, `-` when it is not to be read.
    vald: String,
    val: Vec<(&'static str, &'static str)>,
}

fn rader(list: &Ordlista) -> (Vec<Rad>, Vec<Rad>) {
    let dash = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
    let kolumn = |(heading, field): (&String, &Option<String>)| Rad {
        namn: format!("kolumn:{heading}"),
        ord: heading.clone(),
        falt: "",
        vald: dash(field.as_deref().unwrap_or_default()),
        val: falten().to_vec(),
    };
    let varde = |((field, word), code): (&(String, String), &String)| Rad {
        namn: format!("varde:{field}:{word}"),
        ord: word.clone(),
        falt: faltnamn(field),
        vald: dash(code),
        val: varden(field),
    };
    (list.rubriker.iter().map(kolumn).collect(), list.varden.iter().map(varde).collect())
}

/// GET `/f/{forbund}/insats/{insats}/ord`
pub async fn sida(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let insats = individ(&visit, &id).await?;
    let (kolumner, varden) = rader(&uppfoljningsfil::ordlista(&visit.chosen()?, &id).await?);
    let page = Page::new(&visit, format!("Sparade ord: {}", insats.namn), "insatser");
    show(&Sida { page, visit: &visit, insats: &insats, kolumner, varden })
}

/// POST `/f/{forbund}/insats/{insats}/ord`: what each of them means; nothing forgets it.
pub async fn spara(visit: Visit, Path((_, id)): Path<(String, String)>, Form(given): Form<Fields>) -> Answer {
    let insats = individ(&visit, &id).await?;
    let chosen = visit.chosen()?;
    let stored = uppfoljningsfil::ordlista(&chosen, &id).await?;
    let (kolumner, varden) = rader(&stored);
    let known = |name: &&String| kolumner.iter().chain(&varden).any(|rad| rad.namn == **name);
    let told: Vec<(&String, &String)> = given.iter().filter(|(name, _)| known(name)).collect();
    let learn = |list: &mut Ordlista| told.iter().for_each(|(name, value)| lar_ord(list, name, value));
    let mut list = stored;
    learn(&mut list);
    let why = format!("Sparade ord för {} är ändrade.", insats.namn);
    let changed = uppfoljningsfil::spara_ordlista(&chosen, &id, &list, (visit.who(), &why)).await?;
    // Files that wait are read with the same words.
    visit.server.vantar.lar(visit.forbund_nr()?, &id, &learn);
    let told = if changed { "sparat" } else { "likadant" };
    Ok(Redirect::to(&visit.url(&format!("insats/{id}/ord?besked={told}"))).into_response())
}
