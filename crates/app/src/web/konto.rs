//! One's own account: who one is, which roles one has, the password, and logging out everywhere.

use super::formular::{Falt, Formular};
use super::grind::Visit;
use super::sida::{Answer, Fail, Page, show, show_wrong};
use crate::access::Role;
use crate::actions::anvandare::insatser;
use crate::actions::inloggning::Changed;
use crate::actions::insatsbeslut::{Form as Varden, Wrong};
use crate::actions::person::roll_i_ord;
use crate::actions::{hemlighet, inloggning};
use crate::{Error, clock};
use askama::Template;
use axum::Form;
use axum::response::{IntoResponse, Redirect};

#[derive(Template)]
#[template(path = "konto/sida.html")]
struct Sida {
    page: Page,
    namn: String,
    epost: String,
    forbund: Vec<Forbund>,
    formular: Formular,
}

/// A förbund and what one is there.
struct Forbund {
    namn: String,
    start: String,
    roller: Vec<String>,
}

fn fields() -> Vec<Falt> {
    vec![
        Falt::new("gammalt", "Nuvarande lösenord", "losenord").ifylls("current-password"),
        Falt::new("nytt", "Nytt lösenord", "losenord")
            .hjalp(format!("Minst {} tecken. En mening är lätt att minnas och svår att gissa.", hemlighet::SHORTEST))
            .ifylls("new-password"),
        Falt::new("igen", "Samma nya lösenord igen", "losenord").ifylls("new-password"),
    ]
}

async fn page(visit: &Visit, wrong: &Wrong) -> Answer {
    let visitor = visit.visitor.as_ref().ok_or(Fail::NotFound)?;
    let (db, now_ms) = (&visit.server.db, clock::now_ms());
    let mut own = Vec::new();
    for forbund in samsyn_store::forbund::all(db).await.map_err(Error::from)? {
        let roles: Vec<_> = visitor.roles.iter().filter(|roll| roll.forbund == forbund.nr).collect();
        if roles.is_empty() {
            continue;
        }
        let named = roles.iter().any(|roll| Role::of_kod(&roll.roll).is_some_and(Role::of_one_insats));
        let insatser = if named { insatser(db, forbund.nr).await? } else { Vec::new() };
        let first = super::rutter::first_page(&visitor.rights(forbund.nr));
        own.push(Forbund {
            namn: forbund.namn,
            start: first.map_or("/".to_owned(), |first| format!("/f/{}/{first}", forbund.forbund_id)),
            roller: roles.into_iter().map(|roll| roll_i_ord(roll, &insatser, now_ms)).collect(),
        });
    }
    let view = Sida {
        page: Page::new(visit, "Ditt konto", ""),
        namn: visitor.user.namn.clone(),
        epost: visitor.user.epost.clone(),
        forbund: own,
        formular: Formular::new(fields(), &Varden::new(), wrong),
    };
    if wrong.is_empty() { show(&view) } else { show_wrong(&view) }
}

/// GET `/konto`
pub async fn sida(visit: Visit) -> Answer {
    page(&visit, &Wrong::new()).await
}

/// POST `/konto/losenord`: every session ends, this one too.
pub async fn losenord(visit: Visit, Form(mut typed): Form<Varden>) -> Answer {
    let visitor = visit.visitor.as_ref().ok_or(Fail::NotFound)?;
    let mut take = |name: &str| typed.remove(name).unwrap_or_default();
    let (old, new, again) = (take("gammalt"), take("nytt"), take("igen"));
    let wrong = judge(&old, &new, &again, &visitor.user.epost);
    if !wrong.is_empty() {
        return page(&visit, &wrong).await;
    }
    let server = &visit.server;
    let refused = match inloggning::change_password(&server.db, &server.strypning, visitor, (old, new)).await? {
        Changed::Done => return Ok(Redirect::to("/logga-in?besked=losenord").into_response()),
        Changed::Wrong => "Det nuvarande lösenordet stämmer inte. Skriv det igen.".to_owned(),
        Changed::Wait(seconds) => {
            let minutes = (seconds + 59) / 60;
            let unit = if minutes == 1 { "minut" } else { "minuter" };
            format!("För många misslyckade försök. Vänta {minutes} {unit} och försök igen.")
        }
    };
    page(&visit, &vec![("gammalt".to_owned(), refused)]).await
}

/// What is wrong with the form, before the old password is tried.
fn judge(old: &str, new: &str, again: &str, address: &str) -> Wrong {
    let mut wrong = Wrong::new();
    let mut tell = |field: &str, text: String| wrong.push((field.to_owned(), text));
    if old.is_empty() {
        tell("gammalt", "Skriv ditt nuvarande lösenord.".to_owned());
    }
    if let Err(why) = hemlighet::judge(new, address) {
        tell("nytt", why);
    } else if new == old {
        tell("nytt", "Det är samma som det nuvarande. Välj ett annat.".to_owned());
    } else if new != again {
        tell("igen", "De två fälten är inte lika. Skriv samma lösenord i båda.".to_owned());
    }
    wrong
}

/// POST `/konto/logga-ut-overallt`
pub async fn logga_ut_overallt(visit: Visit) -> Answer {
    let visitor = visit.visitor.as_ref().ok_or(Fail::NotFound)?;
    inloggning::log_out_everywhere(&visit.server.db, visitor).await?;
    Ok(Redirect::to("/logga-in?besked=hejda-overallt").into_response())
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        let fields =
            |old, new, again| judge(old, new, again, "eva@a.se").into_iter().map(|(f, _)| f).collect::<Vec<_>>();
        assert_eq!(fields("", "kort", ""), ["gammalt", "nytt"]);
        assert_eq!(fields("en gammal mening", "en gammal mening", "en gammal mening"), ["nytt"]);
        assert_eq!(fields("gammalt", "en alldeles ny mening", "en annan"), ["igen"]);
        assert!(fields("gammalt", "en alldeles ny mening", "en alldeles ny mening").is_empty());
    }
}
