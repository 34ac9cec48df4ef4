//! Who has which place of which version open just now. Held in memory: it is forgotten when the server stops, and when
//! nothing has been heard for a while.

use crate::clock;
use crate::web::grind::Visit;
use crate::web::sida::{Answer, Fail};
use crate::web::tid::{Fragor, given};
use axum::Json;
use axum::extract::Path;
use axum::response::IntoResponse;
use serde::Serialize;
use std::sync::{Mutex, PoisonError};

/// How long someone counts as being at a place after the last sign of it, milliseconds.
const STAYS_MS: i64 = 20_000;

/// A person at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Person {
    forbund: i64,
    version: i64,
    anvandare: i64,
    namn: String,
    plats: String,
    sedd_ms: i64,
}

/// Everyone who is somewhere.
#[derive(Debug, Default)]
pub struct Narvaro(Mutex<Vec<Person>>);

impl Narvaro {
    /// Notes that someone is at a place, or has left with an empty one; the others at places of the same version.
    pub fn har(
        &self,
        (forbund, version): (i64, i64),
        (anvandare, namn): (i64, &str),
        plats: &str,
        now_ms: i64,
    ) -> Vec<(String, String)> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|person| (0..STAYS_MS).contains(&(now_ms - person.sedd_ms)));
        all.retain(|person| (person.forbund, person.version, person.anvandare) != (forbund, version, anvandare));
        let others = all.iter().filter(|person| (person.forbund, person.version) == (forbund, version));
        let others = others.map(|person| (person.plats.clone(), person.namn.clone())).collect();
        if !plats.is_empty() {
            let (namn, plats) = (namn.to_owned(), plats.chars().take(200).collect());
            all.push(Person { forbund, version, anvandare, namn, plats, sedd_ms: now_ms });
        }
        others
    }
}

#[derive(Serialize)]
struct Svar {
    /// Who is where: place and name.
    andra: Vec<(String, String)>,
}

/// GET `/f/{forbund}/version/{nr}/narvaro?plats=…`
pub async fn narvaro(visit: Visit, Path((_, nr)): Path<(String, i64)>, asked: Fragor) -> Answer {
    let version = super::finn(&visit, nr).await?;
    let user = visit.visitor.as_ref().ok_or(Fail::NotFound)?.user.clone();
    let place = (visit.forbund_nr()?, version.nr);
    let plats = given(&asked, "plats").unwrap_or_default();
    let andra = visit.server.narvaro.har(place, (user.nr, &user.namn), plats, clock::now_ms());
    Ok(Json(Svar { andra }).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sees_the_others_of_the_same_version_for_a_while() {
        let all = Narvaro::default();
        assert!(all.har((1, 1), (1, "Kim"), "a", 0).is_empty());
        assert_eq!(all.har((1, 1), (2, "Lo"), "b", 1000), [("a".to_owned(), "Kim".to_owned())]);
        assert!(all.har((1, 2), (3, "Bo"), "a", 1000).is_empty() && all.har((2, 1), (3, "Bo"), "a", 1000).is_empty());
        assert_eq!(all.har((1, 1), (1, "Kim"), "", 2000), [("b".to_owned(), "Lo".to_owned())]);
        assert!(all.har((1, 1), (2, "Lo"), "b", 3000).is_empty(), "Kim has left");
        assert!(all.har((1, 1), (1, "Kim"), "a", 3000 + STAYS_MS).is_empty(), "Lo has not been heard of");
    }
}
