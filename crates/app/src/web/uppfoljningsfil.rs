//! Handing in an insats's uppföljningsfil: the template, the upload, what it would change, and yes or no.

pub mod ord;
pub mod vantar;

use super::grind::Visit;
use super::mottaget::Mottaget;
use super::nedladdning;
use super::sida::{Answer, Fail, Page, show, show_wrong};
use super::tid::read_day;
use crate::access::Action;
use crate::actions;
use crate::actions::inloggning::blocking;
use crate::actions::insatsbeslut::Form as Fields;
use crate::actions::inskrivning;
use crate::actions::uppfoljningsfil::{self, Granskning, Halvarets, Val};
use crate::clock;
use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path};
use axum::response::{IntoResponse, Redirect};
use samsyn_core::Finding;
use samsyn_core::deltagande::Deltagande;
use samsyn_core::insats::Insats;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::uppfoljning::{Traff, nummer};
use samsyn_core::{Fact, Severity};
use samsyn_document::format;
use samsyn_import::grid::{Limits, Refused};
use samsyn_import::package::ReceivedFile;
use samsyn_import::uppfoljningsfil::{Falt, Hur, Kolumn, Ordlista};
use vantar::Uppladdad;

/// How many new, and how many changed rows are told one by one.
const TOLD: usize = 200;
/// The longest reason, in characters.
const LONGEST: usize = 500;

#[derive(Template)]
#[template(path = "uppfoljningsfil/form.html")]
struct Formsida<'a> {
    page: Page,
    visit: &'a Visit,
    insats: &'a Insats,
    fynd: Vec<Finding>,
    fel: Option<String>,
    storst_mib: u64,
}

async fn individ(visit: &Visit, id: &str) -> Result<Insats, Fail> {
    inskrivning::insats(&visit.chosen()?, &visit.rights, id).await?.ok_or(Fail::NotFound)
}

fn upload_form(visit: &Visit, insats: &Insats, wrong: Option<String>, findings: Vec<Finding>) -> Answer {
    let failed = wrong.is_some() || !findings.is_empty();
    let view = Formsida {
        page: Page::new(visit, format!("Lämna uppföljningsfil: {}", insats.namn), "insatser"),
        visit,
        insats,
        fynd: findings,
        fel: wrong,
        storst_mib: visit.server.config.largest_upload / 1024 / 1024,
    };
    if failed { show_wrong(&view) } else { show(&view) }
}

/// GET `/f/{forbund}/insats/{insats}/uppfoljningsfil`
pub async fn form(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    upload_form(&visit, &individ(&visit, &id).await?, None, Vec::new())
}

/// GET `/f/{forbund}/insats/{insats}/mall`: an Excel file made for the insats.
pub async fn mall(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let insats = individ(&visit, &id).await?;
    let bytes = uppfoljningsfil::mall(&visit.chosen()?, &insats).await?;
    visit.log("läsning av inskrivningar", &format!("mall med inskrivningarna i {}", insats.namn)).await?;
    Ok(nedladdning::xlsx(&format!("uppfoljningsfil-{id}-{}.xlsx", clock::today()), bytes))
}

/// The visitor's number.
fn user(visit: &Visit) -> Result<i64, Fail> {
    visit.visitor.as_ref().map(|visitor| visitor.user.nr).ok_or(Fail::NotFound)
}

/// POST `/f/{forbund}/insats/{insats}/uppfoljningsfil`: one file.
pub async fn ta_emot(visit: Visit, Path((_, id)): Path<(String, String)>, parts: Multipart) -> Answer {
    let insats = individ(&visit, &id).await?;
    let ReceivedFile { name, bytes } = match Mottaget::read(parts).await.en_fil(&visit) {
        Ok(file) => file,
        Err(told) => return upload_form(&visit, &insats, Some(told), Vec::new()),
    };
    let limits = Limits { max_file_bytes: visit.server.config.largest_upload, ..Limits::default() };
    match blocking(move || Ok(uppfoljningsfil::las_fil(&name, &bytes, &limits))).await? {
        Ok(fil) => {
            let chosen = visit.chosen()?;
            let (forbund, anvandare) = (visit.forbund_nr()?, user(&visit)?);
            let ordlista = match visit.server.vantar.told(forbund, anvandare, &id) {
                Some(told) => told,
                None => uppfoljningsfil::ordlista(&chosen, &id).await?,
            };
            let waiting = Uppladdad {
                forbund,
                anvandare,
                ordlista,
                insats: id,
                fil: std::sync::Arc::new(fil),
                val: Val::default(),
                dag: None,
            };
            let token = visit.server.vantar.keep(waiting)?;
            Ok(Redirect::to(&visit.url(&format!("uppfoljningsfil/{token}"))).into_response())
        }
        Err(Refused { personal, findings }) => {
            if personal {
                let what = format!("uppföljningsfil för {}: personnummer eller namn, inget har sparats", insats.namn);
                visit.log("avvisad fil", &what).await?;
            }
            upload_form(&visit, &insats, None, findings)
        }
    }
}

/// A column of the file with what it may be.
struct KolumnVal<'g> {
    kolumn: &'g Kolumn,
    vald: &'static str,
}

#[derive(Template)]
#[template(path = "uppfoljningsfil/granska.html")]
struct Granska<'a> {
    page: Page,
    visit: &'a Visit,
    token: &'a str,
    fil: &'a Uppladdad,
    granskning: &'a Granskning,
    fel: Option<String>,
    skal: String,
    dag: String,
}

/// The file that waits, or why there is none for this visitor.
fn waiting(visit: &Visit, token: &str) -> Result<Option<Uppladdad>, Fail> {
    let found = visit.server.vantar.find(token, visit.forbund_nr()?, user(visit)?);
    Ok(found.filter(|file| visit.rights.on(Action::SkrivInskrivning, &file.insats)))
}

fn forgotten(visit: &Visit) -> Answer {
    Ok(Redirect::to(&visit.url("insatser?besked=fil-glomd")).into_response())
}

async fn judged(visit: &Visit, file: &Uppladdad) -> Result<Granskning, Fail> {
    let insats = individ(visit, &file.insats).await?;
    // The figures of the whole förbund are for those who may see every count.
    let own = !visit.rights.all(Action::SeSmaTal);
    let dag = file.dag.unwrap_or_else(clock::today);
    let how = (dag, &file.val, own);
    Ok(uppfoljningsfil::granska(&visit.chosen()?, &insats, (&file.fil, &file.ordlista), how).await?)
}

async fn view(visit: &Visit, token: &str, file: &Uppladdad, wrong: Option<String>, why: String) -> Answer {
    let judged = judged(visit, file).await?;
    let view = Granska {
        page: Page::new(visit, format!("Granska filen: {}", judged.insats.namn), "insatser"),
        visit,
        token,
        fil: file,
        dag: file.dag.map(|day| day.to_string()).unwrap_or_default(),
        granskning: &judged,
        skal: why,
        fel: wrong,
    };
    if view.fel.is_some() { show_wrong(&view) } else { show(&view) }
}

/// GET `/f/{forbund}/uppfoljningsfil/{upp}`
pub async fn granska(visit: Visit, Path((_, token)): Path<(String, String)>) -> Answer {
    match waiting(&visit, &token)? {
        Some(file) => view(&visit, &token, &file, None, String::new()).await,
        None => forgotten(&visit),
    }
}

/// GET `/f/{forbund}/uppfoljningsfil/{upp}/anmarkt`: their own file with what is wrong told in it.
pub async fn anmarkt(visit: Visit, Path((_, token)): Path<(String, String)>) -> Answer {
    let Some(file) = waiting(&visit, &token)? else { return forgotten(&visit) };
    let judged = judged(&visit, &file).await?;
    let name = format!("att-ratta-{}-{}.xlsx", file.insats, clock::today());
    let bytes = blocking(move || uppfoljningsfil::anmarkt(&file.fil, &judged)).await?;
    Ok(nedladdning::xlsx(&name, bytes))
}

/// POST `/f/{forbund}/uppfoljningsfil/{upp}`: what columns and values mean, and `gor`: `tolka`, `las` or `avsta`.
pub async fn svara(visit: Visit, Path((_, token)): Path<(String, String)>, Form(given): Form<Fields>) -> Answer {
    let Some(mut file) = waiting(&visit, &token)? else { return forgotten(&visit) };
    let what = given.get("gor").map_or("", String::as_str);
    let list = visit.url(&format!("insats/{}/inskrivningar", file.insats));
    let back = |told: &str| {
        let to = format!("{list}?besked={told}");
        Ok(Redirect::to(&to).into_response())
    };
    if what == "avsta" {
        visit.server.vantar.forget(&token);
        return back("fil-avstadd");
    }
    let why = given.get("skal").map_or("", |why| why.trim()).to_owned();
    if contains_personnummer(&why) {
        let told = "Skälet innehåller ett personnummer. Ta bort det; inget har sparats.".to_owned();
        return view(&visit, &token, &file, Some(told), String::new()).await;
    }
    if why.chars().count() > LONGEST {
        let told = format!("Skälet är för långt. Skriv högst {LONGEST} tecken.");
        return view(&visit, &token, &file, Some(told), why).await;
    }
    let day = match read_day(&given, "dag") {
        Ok(Some(day)) if day > clock::today() => {
            Err("Dagen har inte varit än. Lämna fältet tomt för i dag.".to_owned())
        }
        other => other,
    };
    let before = file.dag;
    match day {
        Ok(day) => file.dag = day,
        Err(told) => return view(&visit, &token, &file, Some(told), why).await,
    }
    let seen = (file.ordlista.clone(), file.val.clone(), before);
    learn(&mut file, &given);
    let told_anew = seen != (file.ordlista.clone(), file.val.clone(), file.dag);
    visit.server.vantar.update(&token, file.clone());
    let judged = judged(&visit, &file).await?;
    let again = |told: &str| Ok(Redirect::to(&visit.url(&format!("uppfoljningsfil/{token}{told}"))).into_response());
    if what != "las" || !judged.kan_lasas() {
        return again("");
    }
    // A yes is given to what was seen, and to nothing else.
    let shown = given.get("handelse").and_then(|text| text.parse().ok());
    if told_anew || shown != Some(judged.handelse) {
        return again("?besked=fil-andrad");
    }
    let why = if why.is_empty() { "Uppföljningsfil från insatsen." } else { why.as_str() };
    let outcome =
        uppfoljningsfil::las_in(&visit.chosen()?, &judged, (&file.fil, &file.ordlista), (visit.who(), why)).await?;
    if !outcome.stored && !outcome.unchanged {
        return again("?besked=fil-andrad");
    }
    visit.server.vantar.forget(&token);
    back(if outcome.unchanged { "fil-oforandrad" } else { "fil-last" })
}

/// Keeps what was told of columns, values and inskrivningar.
fn learn(file: &mut Uppladdad, given: &Fields) {
    let mut val = Val::default();
    for (name, value) in given {
        if let Some(id) = name.strip_prefix("makulera:").filter(|_| value == "ja") {
            val.makulera.insert(id.to_owned());
        } else if let Some(id) = name.strip_prefix("oppna:").filter(|_| value == "ja") {
            val.oppna.insert(id.to_owned());
        } else {
            lar_ord(&mut file.ordlista, name, value);
        }
    }
    file.val = val;
}

/// Keeps what a choice named `kolumn:`*heading* or `varde:`*field*`:`*value* tells: a field or a code, `-` that it is not to
/// be read, nothing that it is to be forgotten.
fn lar_ord(ordlista: &mut Ordlista, name: &str, value: &str) {
    if let Some(heading) = name.strip_prefix("kolumn:") {
        match value {
            "" => ordlista.rubriker.remove(heading),
            "-" => ordlista.rubriker.insert(heading.to_owned(), None),
            field if Falt::of_namn(field).is_some() => {
                ordlista.rubriker.insert(heading.to_owned(), Some(field.to_owned()))
            }
            _ => None,
        };
    } else if let Some((field, value_key)) = name.strip_prefix("varde:").and_then(|rest| rest.split_once(':')) {
        let key = (field.to_owned(), value_key.to_owned());
        match value {
            "" => ordlista.varden.remove(&key),
            "-" if Falt::of_namn(field).is_some() => ordlista.varden.insert(key, String::new()),
            kod if varden(field).iter().any(|(known, _)| *known == kod) => ordlista.varden.insert(key, kod.to_owned()),
            _ => None,
        };
    }
}

impl Granska<'_> {
    fn kolumner(&self) -> Vec<KolumnVal<'_>> {
        let of = |kolumn| KolumnVal { kolumn, vald: vald(kolumn) };
        self.granskning.last.kolumner.iter().map(of).collect()
    }

    /// Those that are gone from the file, exited or not.
    fn borta(&self, exited: bool) -> Vec<&Deltagande> {
        self.granskning.jamforelse.borta.iter().filter(|row| row.utskriven.is_some() == exited).collect()
    }

    fn halvar(&self, half: &Halvarets) -> String {
        format::capital(&format::halvar(half.halvar))
    }

    fn okanda_kolumner(&self) -> usize {
        self.granskning.last.kolumner.iter().filter(|kolumn| kolumn.hur == Hur::Okand).count()
    }

    fn nya(&self) -> &[Traff] {
        let all = &self.granskning.jamforelse.nya;
        &all[..all.len().min(TOLD)]
    }

    fn andrade(&self) -> &[Traff] {
        let all = &self.granskning.jamforelse.andrade;
        &all[..all.len().min(TOLD)]
    }

    /// The findings of a weight; the same fault on many rows once.
    fn fynd(&self, severity: Severity) -> Vec<Finding> {
        let of: Vec<Finding> =
            self.granskning.findings.iter().filter(|one| one.severity == severity).cloned().collect();
        uppfoljningsfil::samlade(&of)
    }

    fn summa(&self) -> String {
        let found = &self.granskning.jamforelse;
        let rows = self.granskning.last.rader.len() as i64;
        let part = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("en {one}")),
            _ => Some(format!("{} {many}", format::in_words(count as i64, false))),
        };
        let counted = found.nya.len() + found.andrade.len() + found.oforandrade;
        let parts: Vec<String> = [
            part(found.nya.len(), "ny", "nya"),
            part(found.andrade.len(), "ändrad", "ändrade"),
            part(found.oforandrade, "oförändrad", "oförändrade"),
            part(
                self.granskning.last.rader.len().saturating_sub(counted),
                "som inte kan läsas in",
                "som inte kan läsas in",
            ),
        ]
        .into_iter()
        .flatten()
        .collect();
        let word = if rows == 1 { "inskrivning" } else { "inskrivningar" };
        let sheet = &self.granskning.last.blad;
        let of = if sheet.is_empty() { String::new() } else { format!(" på bladet {sheet}") };
        let told = if parts.is_empty() { String::new() } else { format!(": {}", format::list(&parts)) };
        format!("{} {word}{of}{told}.", format::capital(&format::in_words(rows, true)))
    }
}

/// What stands chosen for a column: a field that a person has told, `-` when it is not to be read, else nothing: as the
/// program itself reads it.
fn vald(kolumn: &Kolumn) -> &'static str {
    match (kolumn.hur, kolumn.falt) {
        (Hur::LasesInte, _) => "-",
        (Hur::Minns, Some(field)) => field,
        _ => "",
    }
}

/// How the program reads a column by itself, in words.
fn av_sig_sjalv(kolumn: &Kolumn) -> &'static str {
    match (kolumn.hur, kolumn.falt) {
        (Hur::Kand, Some(field)) => faltnamn(field),
        (Hur::Okand, _) => "Okänd, läses inte",
        _ => "Som programmet själv läser den",
    }
}

/// The number that the insats itself has given.
fn nr(row: &Deltagande) -> &str {
    nummer(row)
}

/// A new inskrivning in a line.
fn sagd(row: &Deltagande) -> String {
    let said = |field: &str, cell: String| {
        let word = samsyn_core::deltagande::i_ord(field, &cell).map_or(cell, str::to_lowercase);
        format!("{}: {word}", actions::ord::faltnamn(field))
    };
    let skipped = ["deltagande_id", "insats_id", "inskriven_registrerad", "utskriven_registrerad", "anonym"];
    let cells = Deltagande::FIELDS.iter().enumerate().filter(|(_, field)| !skipped.contains(field));
    let cells = cells.map(|(at, field)| (*field, row.cell(at))).filter(|(_, cell)| !cell.is_empty());
    let mut told: Vec<String> = cells.map(|(field, cell)| said(field, cell)).collect();
    if row.anonym {
        told.insert(0, "anonym".to_owned());
    }
    told.join(", ")
}

/// What changes in an inskrivning: the field, before and after, in words.
fn andringar(hit: &Traff) -> Vec<(String, String, String)> {
    let Some(before) = &hit.fore else { return Vec::new() };
    let word = |field: &str, cell: String| samsyn_core::deltagande::i_ord(field, &cell).map_or(cell, str::to_lowercase);
    let pairs = Deltagande::FIELDS.iter().enumerate().map(|(at, field)| (*field, before.cell(at), hit.efter.cell(at)));
    let changed = pairs.filter(|(_, old, new)| old != new);
    changed.map(|(field, old, new)| (actions::ord::faltnamn(field), word(field, old), word(field, new))).collect()
}

/// The fields that a column can be: name and words.
fn falten() -> [(&'static str, &'static str); Falt::ALL.len()] {
    Falt::ALL.map(|falt| (falt.namn(), falt.rubrik()))
}

/// The choices for a value that nobody knows: code and words.
fn varden(field: &str) -> Vec<(&'static str, &'static str)> {
    Falt::of_namn(field).map(Falt::koder).unwrap_or_default()
}

/// What a field is called on the page.
fn faltnamn(field: &str) -> &'static str {
    Falt::of_namn(field).map_or("", Falt::rubrik)
}
