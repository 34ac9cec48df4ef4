//! Logging in and out, and choosing a password by a link.

use super::grind::Visit;
use super::sida::{Answer, Page, show, show_wrong};
use super::tid::{Fragor, given, with_besked};
use crate::actions::hemlighet;
use crate::actions::inloggning::{self, Outcome};
use askama::Template;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "inloggning/logga-in.html")]
struct Inloggning {
    page: Page,
    epost: String,
    vidare: String,
    fel: Option<String>,
}

/// GET `/logga-in`
pub async fn form(visit: Visit, asked: Fragor) -> Answer {
    let onward = own_address(given(&asked, "vidare").unwrap_or_default());
    if visit.visitor.is_some() {
        let to = if onward.is_empty() { "/" } else { &onward };
        return Ok(Redirect::to(&with_besked(to, &visit.address)).into_response());
    }
    show(&Inloggning { page: Page::new(&visit, "Logga in", ""), epost: String::new(), vidare: onward, fel: None })
}

/// What the form holds.
#[derive(Deserialize)]
pub struct Uppgifter {
    epost: String,
    losenord: String,
    #[serde(default)]
    vidare: String,
}

/// POST `/logga-in`
pub async fn log_in(visit: Visit, Form(given): Form<Uppgifter>) -> Answer {
    let server = &visit.server;
    let outcome = inloggning::log_in(&server.db, &server.strypning, &given.epost, &given.losenord, &visit.from).await?;
    let again = |status: StatusCode, why: String| {
        let page = Page::new(&visit, "Logga in", "");
        let view = Inloggning { page, epost: given.epost.clone(), vidare: own_address(&given.vidare), fel: Some(why) };
        Ok((status, show(&view)?).into_response())
    };
    match outcome {
        Outcome::In(token) => {
            let onward = own_address(&given.vidare);
            let to = if onward.is_empty() { "/" } else { &onward };
            Ok(with_cookie(&visit, to, &token, server.config.longest_ms / 1000))
        }
        Outcome::Wrong => again(
            StatusCode::UNPROCESSABLE_ENTITY,
            "E-postadressen eller lösenordet stämmer inte. Försök igen, eller be förbundets behörighetsansvariga om en \
             ny länk."
                .to_owned(),
        ),
        Outcome::Wait(seconds) => {
            let unit = if seconds == 1 { "sekund" } else { "sekunder" };
            again(
                StatusCode::TOO_MANY_REQUESTS,
                format!("För många misslyckade försök. Vänta {seconds} {unit} och försök igen."),
            )
        }
    }
}

/// POST `/logga-ut`
pub async fn log_out(visit: Visit) -> Answer {
    if let Some(visitor) = &visit.visitor {
        inloggning::log_out(&visit.server.db, visitor).await?;
    }
    Ok(with_cookie(&visit, "/logga-in?besked=hejda", "", 0))
}

/// Sends on, and sets the session's cookie.
fn with_cookie(visit: &Visit, to: &str, token: &str, seconds: i64) -> Response {
    let secure = if visit.server.config.is_https() { "; Secure" } else { "" };
    let cookie = visit.server.cookie();
    let cookie = format!("{cookie}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    (StatusCode::SEE_OTHER, [(SET_COOKIE, cookie.as_str()), (LOCATION, to)]).into_response()
}

/// An address of this site, or nothing: no one is sent elsewhere by way of us.
fn own_address(address: &str) -> String {
    // Browsers drop tabs and line breaks from an address before they read it.
    let odd = |c: char| c == '\\' || c.is_control();
    let own = address.starts_with('/') && !address.starts_with("//") && !address.contains(odd);
    if own { address.to_owned() } else { String::new() }
}

#[derive(Template)]
#[template(path = "inloggning/start.html")]
struct Start {
    page: Page,
    forbund: Vec<(String, String)>,
}

/// GET `/`: to the förbund of the visitor; a choice when there are several.
pub async fn start(visit: Visit) -> Answer {
    let all = samsyn_store::forbund::all(&visit.server.db).await.map_err(crate::Error::from)?;
    let Some(visitor) = &visit.visitor else { return Ok(Redirect::to("/logga-in").into_response()) };
    let own: Vec<(String, String)> = all
        .into_iter()
        .filter_map(|forbund| {
            let first = super::rutter::first_page(&visitor.rights(forbund.nr))?;
            Some((format!("/f/{}/{first}", forbund.forbund_id), forbund.namn))
        })
        .collect();
    if let [(only, _)] = own.as_slice() {
        return Ok(Redirect::to(&with_besked(only, &visit.address)).into_response());
    }
    show(&Start { page: Page::new(&visit, "Välj förbund", ""), forbund: own })
}

#[derive(Template)]
#[template(path = "inloggning/valj-losenord.html")]
struct ValjLosenord {
    page: Page,
    vem: Option<(String, String)>,
    kortast: usize,
    fel: Option<String>,
}

/// GET `/valj-losenord/{lank}`
pub async fn link_form(visit: Visit, Path(token): Path<String>) -> Answer {
    let user = inloggning::of_link(&visit.server.db, &token).await?;
    let vem = user.map(|user| (user.namn, user.epost));
    let page = Page::new(&visit, "Välj lösenord", "");
    show(&ValjLosenord { page, vem, kortast: hemlighet::SHORTEST, fel: None })
}

/// What the form holds.
#[derive(Deserialize)]
pub struct NyttLosenord {
    losenord: String,
    igen: String,
}

/// POST `/valj-losenord/{lank}`
pub async fn choose(visit: Visit, Path(token): Path<String>, Form(given): Form<NyttLosenord>) -> Answer {
    let user = inloggning::of_link(&visit.server.db, &token).await?;
    let page = Page::new(&visit, "Välj lösenord", "");
    let view = |vem, fel| ValjLosenord { page, vem, kortast: hemlighet::SHORTEST, fel };
    let Some(user) = user else { return show_wrong(&view(None, None)) };
    let judged = if given.losenord == given.igen {
        hemlighet::judge(&given.losenord, &user.epost)
    } else {
        Err("De två fälten är inte lika. Skriv samma lösenord i båda.".to_owned())
    };
    if let Err(why) = judged {
        return show_wrong(&view(Some((user.namn, user.epost)), Some(why)));
    }
    if inloggning::use_link(&visit.server.db, &token, given.losenord).await? {
        Ok(Redirect::to("/logga-in?besked=losenord").into_response())
    } else {
        show_wrong(&view(None, None))
    }
}

#[cfg(test)]
mod tests {
    use super::own_address;

    #[test]
    fn one_is_sent_on_within_the_site_only() {
        assert_eq!(own_address("/f/a/laget?period=2022-H1"), "/f/a/laget?period=2022-H1");
        for elsewhere in ["https://a.se", "//a.se", "/\\a.se", "laget", "/a\r\nb", "/\t/a.se"] {
            assert_eq!(own_address(elsewhere), "", "{elsewhere}");
        }
    }
}
