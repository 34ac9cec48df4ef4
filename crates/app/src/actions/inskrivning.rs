//! Single inskrivningar: looking at them, and enrolling, exiting, correcting and cancelling one by hand. Each is an event
//! with who, when and why, by the same rules of time as a file.

use crate::access::{Action, Rights};
use crate::actions::forbund::Chosen;
use crate::actions::godkann::Tveksamt;
use crate::actions::historik::{self, Historik};
use crate::actions::insatsbeslut::{Form, Wrong, parse, unfit};
use crate::actions::version;
use crate::{Error, clock};
use samsyn_core::deltagande::{Avslutsorsak, Deltagande};
use samsyn_core::insats::{Insats, InsatsTyp};
use samsyn_core::uppfoljning::{Nummer, kan_vara_namn, nummer, nyckel};
use samsyn_core::{Fact, Facts, Finding, Id, Severity, kontroll};
use samsyn_document::{Datum, format};
use samsyn_store::{Signature, change, facts};
use std::collections::{HashMap, HashSet};

/// The most anonymous inskrivningar that are entered at once.
const MOST_ANONYMOUS: u32 = 200;
/// The longest text of a field, in characters.
const LONGEST: usize = 500;

/// What a person does with an inskrivning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vad {
    /// Enrol.
    SkrivIn,
    /// A number of people who are only counted.
    Anonyma,
    /// Exit.
    Avsluta,
    /// Correct.
    Ratta,
    /// Cancel: it was registered by mistake.
    Makulera,
}

impl Vad {
    /// The kind of event.
    pub const fn slag(self) -> &'static str {
        match self {
            Vad::SkrivIn => "inskrivning",
            Vad::Anonyma => "anonyma",
            Vad::Avsluta => "avslut",
            Vad::Ratta => "rättad inskrivning",
            Vad::Makulera => "makulerad inskrivning",
        }
    }

    /// The reason that the log has when none is asked for.
    fn skal(self) -> Option<&'static str> {
        match self {
            Vad::SkrivIn => Some("Inskriven för hand."),
            Vad::Anonyma => Some("Anonyma införda för hand."),
            Vad::Avsluta => Some("Avslutad för hand."),
            Vad::Ratta | Vad::Makulera => None,
        }
    }

    /// The fields of a deltagande that its form has.
    pub fn falt(self) -> &'static [&'static str] {
        match self {
            Vad::SkrivIn => &Deltagande::FIELDS[2..9],
            Vad::Anonyma => &["inskriven", "inskriven_registrerad"],
            Vad::Avsluta => &Deltagande::FIELDS[9..18],
            Vad::Ratta => &Deltagande::FIELDS[2..18],
            Vad::Makulera => &[],
        }
    }
}

/// The inskrivningar of an insats.
#[derive(Debug)]
pub struct Lista {
    /// The insats.
    pub insats: Insats,
    /// Its inskrivningar as they stand now, cancelled ones last; within that the latest first day first.
    pub rader: Vec<Deltagande>,
}

/// The inskrivningar of an insats, for one who may see them.
pub async fn lista(chosen: &Chosen<'_>, rights: &Rights, insats: &str) -> Result<Option<Lista>, Error> {
    if !rights.on(Action::SeInskrivningar, insats) {
        return Ok(None);
    }
    let stored = facts::current(chosen.db, &chosen.access).await?;
    let Some(found) = of_id(&stored, insats) else { return Ok(None) };
    let mut rader: Vec<Deltagande> = of_insats(&stored, insats).cloned().collect();
    rader.sort_by_key(|row| (row.makulerad.is_some(), std::cmp::Reverse(row.inskriven)));
    Ok(Some(Lista { insats: found, rader }))
}

fn of_id(stored: &Facts, insats: &str) -> Option<Insats> {
    stored.insatser.iter().find(|one| one.insats_id.as_str() == insats).cloned()
}

fn of_insats<'f>(stored: &'f Facts, insats: &str) -> impl Iterator<Item = &'f Deltagande> {
    stored.deltagare.iter().filter(move |row| row.insats_id.as_str() == insats)
}

/// One inskrivning with what has happened to it.
#[derive(Debug)]
pub struct En {
    /// The inskrivning as it stands now.
    pub deltagande: Deltagande,
    /// Its insats.
    pub insats: Insats,
    /// What has happened to it, the latest first.
    pub historik: Vec<Historik>,
}

/// One inskrivning, for one who may do this with those of its insats.
pub async fn en(chosen: &Chosen<'_>, rights: &Rights, action: Action, id: &str) -> Result<Option<En>, Error> {
    let stored = facts::current(chosen.db, &chosen.access).await?;
    let Some(deltagande) = stored.deltagare.iter().find(|row| row.deltagande_id.as_str() == id).cloned() else {
        return Ok(None);
    };
    let insats = deltagande.insats_id.as_str();
    let Some(insats) = of_id(&stored, insats).filter(|_| rights.on(action, insats)) else { return Ok(None) };
    let underlag = chosen.underlag(clock::today()).await?;
    let historik = historik::of_inskrivning(chosen, &underlag, id).await?;
    Ok(Some(En { deltagande, insats, historik }))
}

/// An individinsats in which a visitor may enrol.
pub async fn insats(chosen: &Chosen<'_>, rights: &Rights, insats: &str) -> Result<Option<Insats>, Error> {
    let stored = facts::current(chosen.db, &chosen.access).await?;
    let may = rights.on(Action::SkrivInskrivning, insats);
    Ok(of_id(&stored, insats).filter(|one| may && one.typ == InsatsTyp::Individ))
}

/// The fields of an inskrivning as a form shows them.
pub fn form_of(deltagande: &Deltagande) -> Form {
    let fields = Deltagande::FIELDS.iter().enumerate();
    fields.map(|(at, field)| ((*field).to_owned(), deltagande.cell(at))).collect()
}

/// What came of it.
pub type Utfall = Result<Id, Wrong>;

/// Enrols one in an insats. The form may leave the number out: then it is the insats's next.
pub async fn skriv_in(chosen: &Chosen<'_>, insats: &Insats, form: &Form, who: &str) -> Result<Utfall, Error> {
    let stored = facts::current(chosen.db, &chosen.access).await?;
    let number = form.get("nummer").map_or("", |text| text.trim()).to_owned();
    let mut whole = only(Vad::SkrivIn, form);
    let mut wrong = Wrong::new();
    if !number.is_empty() && kan_vara_namn(&number) {
        let told = "Numret har ingen siffra och kan vara ett namn. Skriv ett löpnummer som inte säger vem det är.";
        wrong.push(("nummer".to_owned(), told.to_owned()));
    }
    let number = if number.is_empty() { numbers(&stored, &insats.insats_id).next_free() } else { number };
    let id = format!("{}.{number}", insats.insats_id);
    if of_insats(&stored, insats.insats_id.as_str()).any(|row| nyckel(nummer(row)) == nyckel(&number)) {
        let told = format!("Numret {number} finns redan i insatsen. Välj ett annat, eller lämna fältet tomt.");
        wrong.push(("nummer".to_owned(), told));
    }
    whole.insert("deltagande_id".to_owned(), id);
    whole.insert("insats_id".to_owned(), insats.insats_id.to_string());
    whole.insert("anonym".to_owned(), "nej".to_owned());
    registered_today(&mut whole, "inskriven_registrerad");
    store(chosen, &stored, Vad::SkrivIn, (form, whole, wrong), who).await
}

/// Enters a number of people who are only counted, each as an inskrivning of its own.
pub async fn anonyma(chosen: &Chosen<'_>, insats: &Insats, form: &Form, who: &str) -> Result<Utfall, Error> {
    let stored = facts::current(chosen.db, &chosen.access).await?;
    let mut wrong = unfit(form, LONGEST);
    let count = form.get("antal").and_then(|text| text.trim().parse::<u32>().ok());
    let Some(count) = count.filter(|count| (1..=MOST_ANONYMOUS).contains(count)) else {
        wrong.push(("antal".to_owned(), format!("Skriv ett helt tal från 1 till {MOST_ANONYMOUS}.")));
        return Ok(Err(wrong));
    };
    let day = form.get("inskriven").and_then(|text| text.trim().parse::<Datum>().ok());
    let there = of_insats(&stored, insats.insats_id.as_str());
    let there = there.filter(|row| row.anonym && row.makulerad.is_none() && Some(row.inskriven) == day).count();
    let mut odd = Tveksamt::default();
    if there > 0 {
        odd.push("", format!("Det finns redan {there} anonyma med den första dagen. Ska {count} till föras in?"));
    }
    let mut rows = Facts::default();
    let mut numbers = numbers(&stored, &insats.insats_id);
    for _ in 0..count {
        let mut whole = only(Vad::Anonyma, form);
        whole.insert("deltagande_id".to_owned(), format!("{}.{}", insats.insats_id, numbers.next_free()));
        whole.insert("insats_id".to_owned(), insats.insats_id.to_string());
        whole.insert("anonym".to_owned(), "ja".to_owned());
        registered_today(&mut whole, "inskriven_registrerad");
        rows.deltagare.extend(parse::<Deltagande>(&whole, &mut wrong));
        if !wrong.is_empty() {
            return Ok(Err(wrong));
        }
    }
    save(chosen, &stored, Vad::Anonyma, (rows, odd), form, who).await
}

/// Exits, corrects or cancels one.
pub async fn andra(chosen: &Chosen<'_>, vad: Vad, of: &Deltagande, form: &Form, who: &str) -> Result<Utfall, Error> {
    let stored = facts::current(chosen.db, &chosen.access).await?;
    let mut whole = form_of(of);
    whole.extend(only(vad, form));
    match vad {
        Vad::Avsluta => registered_today(&mut whole, "utskriven_registrerad"),
        Vad::Ratta if whole.get("utskriven").is_some_and(|text| !text.trim().is_empty()) => {
            registered_today(&mut whole, "utskriven_registrerad");
        }
        // An exit that is taken back takes with it what was told of it.
        Vad::Ratta if of.utskriven.is_some() => {
            for field in Vad::Avsluta.falt() {
                whole.insert((*field).to_owned(), String::new());
            }
        }
        Vad::Makulera => {
            whole.insert("makulerad".to_owned(), clock::today().to_string());
        }
        Vad::SkrivIn | Vad::Anonyma | Vad::Ratta => {}
    }
    store(chosen, &stored, vad, (form, whole, Wrong::new()), who).await
}

/// The fields of a form that are its own.
fn only(vad: Vad, form: &Form) -> Form {
    let own = |(name, _): &(&String, &String)| vad.falt().contains(&name.as_str());
    form.iter().filter(own).map(|(name, text)| (name.clone(), text.clone())).collect()
}

/// A day of registration that is left out is today.
fn registered_today(form: &mut Form, field: &str) {
    let told = form.entry(field.to_owned()).or_default();
    if told.trim().is_empty() {
        *told = clock::today().to_string();
    }
}

/// The numbers that the insats may still use.
fn numbers<'i>(stored: &Facts, insats: &'i Id) -> Nummer<'i> {
    Nummer::new(insats, &stored.deltagare, std::iter::empty())
}

async fn store(
    chosen: &Chosen<'_>,
    stored: &Facts,
    vad: Vad,
    (form, whole, mut wrong): (&Form, Form, Wrong),
    who: &str,
) -> Result<Utfall, Error> {
    wrong.extend(unfit(form, LONGEST));
    let row = parse::<Deltagande>(&whole, &mut wrong);
    if form.get("skal").map_or("", |why| why.trim()).is_empty() && vad.skal().is_none() {
        wrong.push(("skal".to_owned(), "Skriv varför. Det sparas i historiken.".to_owned()));
    }
    let Some(row) = row.filter(|_| wrong.is_empty()) else { return Ok(Err(wrong)) };
    let today = clock::today();
    let days = [("inskriven", Some(row.inskriven)), ("utskriven", row.utskriven)];
    let registered = [
        ("inskriven_registrerad", Some(row.inskriven_registrerad)),
        ("utskriven_registrerad", row.utskriven_registrerad),
    ];
    for (field, _) in days.into_iter().chain(registered).filter(|(_, day)| day.is_some_and(|day| day > today)) {
        wrong.push((field.to_owned(), "Dagen har inte varit än. Skriv den när den har varit.".to_owned()));
    }
    if row.fodelsear.is_some_and(|year| year < 1900) {
        wrong.push(("fodelsear".to_owned(), "Skriv året med fyra siffror, till exempel 1985.".to_owned()));
    }
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let mut odd = Tveksamt::default();
    // doman.md: "*Works* = arbete_omfattning is set".
    let by_work = row.avslutsorsak == Some(Avslutsorsak::Arbete) && row.arbete_omfattning.is_none();
    if by_work && matches!(vad, Vad::Avsluta | Vad::Ratta) {
        let told = "Arbete utan omfattning räknas inte som till arbete. Välj omfattningen om den är känd.";
        odd.push("arbete_omfattning", told);
    }
    // One who is enrolled twice by a second press is asked about. Of one who is only counted nothing is known.
    let alike = |other: &&Deltagande| {
        (other.kon, other.fodelsear, other.inskriven) == (row.kon, row.fodelsear, row.inskriven)
            && other.makulerad.is_none()
            && !other.anonym
    };
    let twin = of_insats(stored, row.insats_id.as_str()).find(alike);
    if let Some(twin) = twin.filter(|_| vad == Vad::SkrivIn && !row.anonym) {
        let number = nummer(twin);
        odd.push("", format!("Inskrivning {number} har samma kön, födelseår och första dag. Är det en annan person?"));
    }
    save(chosen, stored, vad, (Facts { deltagare: vec![row], ..Facts::default() }, odd), form, who).await
}

/// Stores rows if they agree with all else. What is odd, also of what was found before, must be accepted in the form.
async fn save(
    chosen: &Chosen<'_>,
    stored: &Facts,
    vad: Vad,
    (rows, mut odd): (Facts, Tveksamt),
    form: &Form,
    who: &str,
) -> Result<Utfall, Error> {
    let mut wrong = Wrong::new();
    for finding in bedom(chosen, stored, &rows.deltagare).await? {
        let field = finding.place.column.as_deref().unwrap_or_default();
        let text = format!("{} {}", finding.message, finding.hint).trim().to_owned();
        match finding.severity {
            Severity::Fel => wrong.push((field.to_owned(), text)),
            Severity::Varning => odd.push(field, text),
            Severity::Upplysning => {}
        }
    }
    wrong.dedup();
    odd.fraga(form, &mut wrong);
    let Some(id) = rows.deltagare.first().map(|row| row.deltagande_id.clone()).filter(|_| wrong.is_empty()) else {
        return Ok(Err(wrong));
    };
    let given = form.get("skal").map_or("", |why| why.trim());
    let why = if given.is_empty() { vad.skal().unwrap_or("") } else { given };
    let signature = Signature { who, why, now_ms: clock::now_ms() };
    change::change(chosen.db, &chosen.access, &rows, signature, vad.slag()).await?;
    Ok(Ok(id))
}

/// What is wrong or odd about rows of deltaganden that are to be stored, new or changed: in themselves, beside what is
/// stored, and before what has been låst. Places have the row's key and the field.
pub async fn bedom(chosen: &Chosen<'_>, stored: &Facts, rows: &[Deltagande]) -> Result<Vec<Finding>, Error> {
    let beside = Facts {
        forbund: stored.forbund.clone(),
        insatser: stored.insatser.clone(),
        insatsperioder: stored.insatsperioder.clone(),
        deltagare: rows.to_vec(),
        ..Facts::default()
    };
    let mut told = kontroll::inskrivningar(&beside, clock::today());
    told.extend(kontroll::raknade_tva_ganger(&with_counts(stored, beside)));
    if let Some(last) = version::lasta_dagar(chosen).await?.into_iter().max() {
        let before = facts::known_at(chosen.db, &chosen.access, last.ends_ms()).await?;
        let before: HashMap<&Id, &Deltagande> = before.deltagare.iter().map(|row| (&row.deltagande_id, row)).collect();
        told.extend(rows.iter().filter_map(|row| tidigare(row, before.get(&row.deltagande_id).copied(), last)));
    }
    told.sort();
    Ok(told)
}

/// The rows beside all else that their insatser have handed in.
fn with_counts(stored: &Facts, beside: Facts) -> Facts {
    let ids: HashSet<&Id> = beside.deltagare.iter().map(|row| &row.deltagande_id).collect();
    let insatser: HashSet<&Id> = beside.deltagare.iter().map(|row| &row.insats_id).collect();
    let others = stored.deltagare.iter().filter(|row| insatser.contains(&row.insats_id));
    let others: Vec<Deltagande> = others.filter(|row| !ids.contains(&row.deltagande_id)).cloned().collect();
    let manadsantal = stored.manadsantal.iter().filter(|row| insatser.contains(&row.insats_id)).cloned().collect();
    let avslutsantal = stored.avslutsantal.iter().filter(|row| insatser.contains(&row.insats_id)).cloned().collect();
    let deltagare = beside.deltagare.iter().cloned().chain(others).collect();
    Facts { manadsantal, avslutsantal, deltagare, ..beside }
}

/// "A claim earlier than the date of a låst report is a warning": what a row would have changed by that day, beside what
/// was known then.
fn tidigare(row: &Deltagande, known: Option<&Deltagande>, last: Datum) -> Option<Finding> {
    let differs = |old: Option<Datum>, new: Option<Datum>| new.filter(|_| old != new);
    let claims = [
        ("inskriven_registrerad", differs(known.map(|old| old.inskriven_registrerad), Some(row.inskriven_registrerad))),
        ("utskriven_registrerad", differs(known.and_then(|old| old.utskriven_registrerad), row.utskriven_registrerad)),
    ];
    let (field, day) = claims.into_iter().find(|(_, day)| day.is_some_and(|day| day <= last))?;
    let (day, last) = (format::long_date(day?), format::long_date(last));
    let message = format!("Uppgiften anges som känd {day}, men en rapport låstes med det som var känt {last}.");
    let hint = "Den låsta rapporten ändras inte; skillnaden står under Jämför. Är dagen rätt?";
    Some(Finding::warning(samsyn_core::Place::fact(row).column(field), message, hint))
}
