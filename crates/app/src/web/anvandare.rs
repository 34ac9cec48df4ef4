//! The users of a förbund: who they are, inviting them, their roles.

use super::formular::{Falt, Formular};
use super::grind::Visit;
use super::sida::{Answer, Fail, Page, show, show_wrong};
use super::tid::{Fragor, encode, given, parameter};
use crate::access::Role;
use crate::actions::anvandare::{self, Forvaltning, Lank};
use crate::actions::insatsbeslut::{Form as Varden, Wrong};
use crate::actions::person::{Lage, Person, roll_i_ord};
use crate::clock;
use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use samsyn_document::Datum;
use samsyn_document::datum::moment;
use samsyn_store::anvandare::Anvandare;

/// The users in the visitor's hands.
fn hands(visit: &Visit) -> Result<Forvaltning<'_>, Fail> {
    let av = &visit.visitor.as_ref().ok_or(Fail::NotFound)?.user;
    Ok(Forvaltning { db: &visit.server.db, forbund: visit.forbund_nr()?, av })
}

/// A user of the förbund; any other is not found.
async fn person(visit: &Visit, nr: i64) -> Result<Person, Fail> {
    hands(visit)?.en(nr).await?.ok_or(Fail::NotFound)
}

/// The fields of a role.
fn role_fields(insatser: &[(String, String)]) -> Vec<Falt> {
    let choose = |text: &str| (String::new(), text.to_owned());
    let roles = Role::ALL.into_iter().map(|role| {
        let reach = if role.of_one_insats() { ", för en insats" } else { "" };
        (role.kod().to_owned(), format!("{}{reach}", role.text()))
    });
    // Two insatser may have one name; the id tells them apart.
    let named = insatser.iter().map(|(id, name)| (id.clone(), format!("{name} ({id})")));
    vec![
        Falt::new("roll", "Roll", "val")
            .hjalp_pa("/hjalp/roller", "Vad varje roll får göra står i handboken under Roller.")
            .val(std::iter::once(choose("Välj roll")).chain(roles).collect()),
        Falt::new("insats", "Insats", "val")
            .hjalp("Övriga roller gäller hela förbundet.")
            .val(std::iter::once(choose("Hela förbundet")).chain(named).collect())
            .behovs("för insatsansvarig och styrgrupp"),
        Falt::new("till", "Sista dag", "dag")
            .hjalp("Utan sista dag gäller rollen tills vidare.")
            .behovs("måste anges för tillfällig läsning av inskrivningar"),
    ]
}

fn invitation_fields(insatser: &[(String, String)]) -> Vec<Falt> {
    let mut fields = vec![
        Falt::new("namn", "Namn", "text").hjalp("För- och efternamn. Står i historik och logg.").ifylls("off"),
        Falt::new("epost", "E-postadress", "epost").hjalp("Användaren loggar in med den.").ifylls("off"),
    ];
    fields.extend(role_fields(insatser));
    fields
}

#[derive(Template)]
#[template(path = "anvandare/lista.html")]
struct Lista<'a> {
    page: Page,
    visit: &'a Visit,
    personer: Vec<Rad>,
    tidigare: Vec<Anvandare>,
    formular: Formular,
}

/// A user in the list.
struct Rad {
    nr: i64,
    namn: String,
    epost: String,
    roller: Vec<String>,
    lage: &'static str,
}

async fn list(visit: &Visit, typed: &Varden, wrong: &Wrong) -> Answer {
    let insatser = anvandare::insatser(&visit.server.db, visit.forbund_nr()?).await?;
    let now_ms = clock::now_ms();
    let row = |person: Person| Rad {
        roller: person.roller.iter().map(|roll| roll_i_ord(roll, &insatser, now_ms)).collect(),
        lage: person.lage().text(),
        nr: person.user.nr,
        namn: person.user.namn,
        epost: person.user.epost,
    };
    let tidigare = hands(visit)?.tidigare().await?;
    let nr = parameter(&visit.address, "vem").and_then(|nr| nr.parse::<i64>().ok());
    let gone = tidigare.iter().find(|user| Some(user.nr) == nr);
    let page = Page::new(visit, "Användare", "anvandare");
    let view = Lista {
        page: Page { besked: gone.and_then(|user| removed(visit, &user.namn)).or(page.besked), ..page },
        visit,
        personer: hands(visit)?.alla().await?.into_iter().map(row).collect(),
        tidigare,
        formular: Formular::new(invitation_fields(&insatser), typed, wrong),
    };
    if wrong.is_empty() { show(&view) } else { show_wrong(&view) }
}

/// GET `/f/{forbund}/anvandare`; with `igen` the invitation is filled in for one who has had a role here.
pub async fn lista(visit: Visit, asked: Fragor) -> Answer {
    let mut typed = Varden::new();
    if let Some(nr) = given(&asked, "igen").and_then(|nr| nr.parse::<i64>().ok()) {
        let again = hands(&visit)?.tidigare().await?.into_iter().find(|user| user.nr == nr);
        typed.extend(
            again.into_iter().flat_map(|user| [("namn".to_owned(), user.namn), ("epost".to_owned(), user.epost)]),
        );
    }
    list(&visit, &typed, &Wrong::new()).await
}

/// POST `/f/{forbund}/anvandare`
pub async fn bjud_in(visit: Visit, Form(typed): Form<Varden>) -> Answer {
    match hands(&visit)?.bjud_in(&typed).await? {
        Err(wrong) => list(&visit, &typed, &wrong).await,
        Ok(invited) => match invited.lank {
            Some(link) => show_link(&visit, &person(&visit, invited.nr).await?, &link),
            None => done(&visit, invited.nr, "roll").await,
        },
    }
}

#[derive(Template)]
#[template(path = "anvandare/lank.html")]
struct LankSida<'a> {
    page: Page,
    visit: &'a Visit,
    nr: i64,
    namn: String,
    epost: String,
    adress: String,
    till: String,
}

/// The only page that ever shows the link.
fn show_link(visit: &Visit, person: &Person, link: &Lank) -> Answer {
    show(&LankSida {
        page: Page::new(visit, "Länk för att välja lösenord", "anvandare"),
        visit,
        nr: person.user.nr,
        namn: person.user.namn.clone(),
        epost: person.user.epost.clone(),
        adress: format!("{}/valj-losenord/{}", visit.server.config.site, link.token),
        till: moment(link.galler_till_ms),
    })
}

#[derive(Template)]
#[template(path = "anvandare/sida.html")]
struct Sida<'a> {
    page: Page,
    visit: &'a Visit,
    person: &'a Person,
    skapad: Datum,
    roller: Vec<Rollrad>,
    pa_annat_hall: bool,
    avstangd: bool,
    sjalv: bool,
    formular: Formular,
    fel: Option<String>,
}

/// A role of the user.
struct Rollrad {
    kod: String,
    insats: String,
    text: String,
    given: Datum,
    given_av: String,
}

async fn one(visit: &Visit, person: &Person, typed: &Varden, wrong: &Wrong, refused: Option<String>) -> Answer {
    let forvaltning = hands(visit)?;
    let insatser = anvandare::insatser(forvaltning.db, forvaltning.forbund).await?;
    let now_ms = clock::now_ms();
    let row = |roll: &samsyn_store::roll::Roll| Rollrad {
        kod: roll.roll.clone(),
        insats: roll.insats_id.clone(),
        text: roll_i_ord(roll, &insatser, now_ms),
        given: Datum::of_ms(roll.given_ms),
        given_av: roll.given_av.clone(),
    };
    let failed = refused.is_some() || !wrong.is_empty();
    let page = Page::new(visit, person.user.namn.clone(), "anvandare");
    let view = Sida {
        page: Page { besked: removed(visit, &person.user.namn).or(page.besked), ..page },
        visit,
        skapad: Datum::of_ms(person.user.skapad_ms),
        roller: person.roller.iter().map(row).collect(),
        pa_annat_hall: forvaltning.pa_annat_hall(person.user.nr).await?,
        avstangd: person.lage() == Lage::Avstangd,
        sjalv: person.user.nr == forvaltning.av.nr,
        formular: Formular::new(role_fields(&insatser), typed, wrong),
        person,
        fel: refused,
    };
    if failed { show_wrong(&view) } else { show(&view) }
}

/// GET `/f/{forbund}/anvandare/{nr}`
pub async fn sida(visit: Visit, Path((_, nr)): Path<(String, i64)>) -> Answer {
    one(&visit, &person(&visit, nr).await?, &Varden::new(), &Wrong::new(), None).await
}

/// Whose role was taken back, and which, when the address tells that one was.
fn removed(visit: &Visit, namn: &str) -> Option<String> {
    let role = parameter(&visit.address, "roll").and_then(Role::of_kod)?;
    let told = parameter(&visit.address, "besked") == Some("tillbaka");
    told.then(|| format!("Rollen {} är borttagen för {namn}.", role.text().to_lowercase()))
}

/// Says on the same page why something was not done.
async fn refuse(visit: &Visit, person: &Person, why: String) -> Answer {
    one(visit, person, &Varden::new(), &Wrong::new(), Some(why)).await
}

/// On to the user's page, to the list when the user is no longer found, or to the start page when it is the visitor who
/// may no longer come here.
async fn done(visit: &Visit, nr: i64, told: &str) -> Answer {
    let forvaltning = hands(visit)?;
    let found = forvaltning.en(nr).await?;
    let gives_roles = found.as_ref().and_then(|person| person.behorighetsansvarig_till(clock::now_ms())).is_some();
    let to = if nr == forvaltning.av.nr && !gives_roles {
        format!("/?besked={told}")
    } else if found.is_some() {
        visit.url(&format!("anvandare/{nr}?besked={told}"))
    } else {
        visit.url(&format!("anvandare?besked={told}"))
    };
    Ok(Redirect::to(&to).into_response())
}

/// POST `/f/{forbund}/anvandare/{nr}/roll`
pub async fn ge(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(typed): Form<Varden>) -> Answer {
    let person = person(&visit, nr).await?;
    match hands(&visit)?.ge(&person, &typed).await? {
        Err(wrong) => one(&visit, &person, &typed, &wrong, None).await,
        Ok(()) => done(&visit, nr, "roll").await,
    }
}

/// POST `/f/{forbund}/anvandare/{nr}/ta-bort`
pub async fn ta_bort(visit: Visit, Path((_, nr)): Path<(String, i64)>, Form(typed): Form<Varden>) -> Answer {
    let person = person(&visit, nr).await?;
    let field = |name: &str| typed.get(name).map_or("", String::as_str);
    match hands(&visit)?.ta_tillbaka(&person, field("roll"), field("insats")).await? {
        Err(why) => refuse(&visit, &person, why).await,
        Ok(()) => done(&visit, nr, &format!("tillbaka&roll={}&vem={nr}", encode(field("roll")))).await,
    }
}

/// POST `/f/{forbund}/anvandare/{nr}/lank`
pub async fn lank(visit: Visit, Path((_, nr)): Path<(String, i64)>) -> Answer {
    let person = person(&visit, nr).await?;
    match hands(&visit)?.ny_lank(&person).await? {
        Err(why) => refuse(&visit, &person, why).await,
        Ok(link) => show_link(&visit, &person, &link),
    }
}

/// POST `/f/{forbund}/anvandare/{nr}/logga-ut`
pub async fn logga_ut(visit: Visit, Path((_, nr)): Path<(String, i64)>) -> Answer {
    hands(&visit)?.logga_ut(&person(&visit, nr).await?).await?;
    done(&visit, nr, "overallt").await
}

/// POST `/f/{forbund}/anvandare/{nr}/stang`
pub async fn stang(visit: Visit, Path((_, nr)): Path<(String, i64)>) -> Answer {
    let person = person(&visit, nr).await?;
    match hands(&visit)?.stang(&person).await? {
        Err(why) => refuse(&visit, &person, why).await,
        Ok(()) => done(&visit, nr, "avstangd").await,
    }
}

/// POST `/f/{forbund}/anvandare/{nr}/oppna`
pub async fn oppna(visit: Visit, Path((_, nr)): Path<(String, i64)>) -> Answer {
    let person = person(&visit, nr).await?;
    match hands(&visit)?.oppna(&person).await? {
        Err(why) => refuse(&visit, &person, why).await,
        Ok(()) => done(&visit, nr, "oppnad").await,
    }
}
