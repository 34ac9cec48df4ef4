//! What a form about a user or a role holds, read and judged.

use crate::access::Role;
use crate::actions::insatsbeslut::{Form, Wrong};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_document::Datum;

/// The longest name or address, in characters.
const LONGEST: usize = 200;

/// A role that is to be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Onskad {
    /// The role.
    pub role: Role,
    /// The insats; empty for the whole förbund.
    pub insats: String,
    /// Its last day.
    pub till: Option<Datum>,
}

/// A field without the space around it.
pub fn given<'f>(form: &'f Form, name: &str) -> &'f str {
    form.get(name).map_or("", |text| text.trim())
}

/// Why a text cannot be kept, whatever it is about.
pub fn unfit(text: &str) -> Option<&'static str> {
    if contains_personnummer(text) {
        return Some("Fältet innehåller ett personnummer. Ta bort det; inget har sparats.");
    }
    text.trim().chars().any(char::is_control).then_some("Fältet innehåller tecken som inte kan sparas. Skriv om det.")
}

/// The name, and the address in lower case, of one who is invited.
pub fn person(form: &Form, wrong: &mut Wrong) -> Option<(String, String)> {
    let before = wrong.len();
    let (name, address) = (given(form, "namn"), given(form, "epost").to_lowercase());
    let mut tell = |field: &str, text: &str| wrong.push((field.to_owned(), text.to_owned()));
    if name.is_empty() {
        tell("namn", "Skriv användarens för- och efternamn.");
    } else if let Some(why) = unfit(name) {
        tell("namn", why);
    } else if name.chars().count() > LONGEST {
        tell("namn", "Namnet är för långt. Skriv högst 200 tecken.");
    }
    if let Some(why) = unfit(&address) {
        tell("epost", why);
    } else if !is_address(&address) {
        tell("epost", "Skriv en e-postadress, till exempel eva.ek@exempel.se.");
    }
    (wrong.len() == before).then(|| (name.to_owned(), address))
}

fn is_address(text: &str) -> bool {
    let Some((user, place)) = text.split_once('@') else { return false };
    let plain = text.chars().count() <= LONGEST && !text.contains([' ', ',', ';', '<', '>', '"']);
    plain
        && !user.is_empty()
        && !place.contains('@')
        && place.split('.').all(|part| !part.is_empty())
        && place.contains('.')
}

/// The role that is wished for. `insatser` are those that there are, by id and name.
pub fn roll(form: &Form, insatser: &[(String, String)], today: Datum, wrong: &mut Wrong) -> Option<Onskad> {
    let before = wrong.len();
    let (insats, till) = (given(form, "insats"), given(form, "till"));
    let mut tell = |field: &str, text: String| wrong.push((field.to_owned(), text));
    let role = Role::of_kod(given(form, "roll"));
    match role {
        None => tell("roll", "Välj en roll i listan.".to_owned()),
        Some(role) if role.of_one_insats() && insats.is_empty() => {
            tell("insats", format!("Rollen {} gäller en insats. Välj vilken.", role.text().to_lowercase()));
        }
        Some(role) if !role.of_one_insats() && !insats.is_empty() => {
            tell("insats", format!("Rollen {} gäller hela förbundet. Välj ingen insats.", role.text().to_lowercase()));
        }
        Some(_) if !insats.is_empty() && !insatser.iter().any(|(id, _)| id == insats) => {
            tell("insats", "Insatsen finns inte. Välj en i listan.".to_owned());
        }
        Some(Role::Granskning) if till.is_empty() => {
            tell("till", "Läsning av inskrivningar ges för en tid. Skriv sista dagen.".to_owned());
        }
        Some(_) => {}
    }
    let day = Datum::parse(till);
    match day {
        None if !till.is_empty() => tell("till", format!("”{till}” är inget datum. Skriv till exempel 2026-02-28.")),
        Some(day) if day < today => tell("till", format!("Sista dagen {day} har passerat. Välj i dag eller senare.")),
        _ => {}
    }
    let insats = insats.to_owned();
    role.filter(|_| wrong.len() == before).map(|role| Onskad { role, insats, till: day })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(fields: &[(&str, &str)]) -> Result<Onskad, Vec<String>> {
        let form = fields.iter().map(|&(name, text)| (name.to_owned(), text.to_owned())).collect();
        let (today, mut wrong) = (Datum::parse("2026-05-01").unwrap(), Wrong::new());
        let found = roll(&form, &[("ost-bryggan".to_owned(), "Bryggan".to_owned())], today, &mut wrong);
        found.ok_or_else(|| wrong.into_iter().map(|(field, _)| field).collect())
    }

    #[test]
    fn a_role_for_one_insats_names_it_and_another_does_not() {
        assert_eq!(judged(&[("roll", "insatsansvarig")]), Err(vec!["insats".to_owned()]));
        assert_eq!(judged(&[("roll", "kansli"), ("insats", "ost-bryggan")]), Err(vec!["insats".to_owned()]));
        assert_eq!(judged(&[("roll", "styrgrupp"), ("insats", "annan")]), Err(vec!["insats".to_owned()]));
        assert_eq!(judged(&[("roll", "styrgrupp"), ("insats", " ost-bryggan ")]).unwrap().insats, "ost-bryggan");
        assert_eq!(judged(&[("roll", "chef")]), Err(vec!["roll".to_owned()]));
    }

    #[test]
    fn leave_to_read_inskrivningar_has_an_end_that_is_not_past() {
        assert_eq!(judged(&[("roll", "granskning")]), Err(vec!["till".to_owned()]));
        assert_eq!(judged(&[("roll", "granskning"), ("till", "2026-04-30")]), Err(vec!["till".to_owned()]));
        assert_eq!(judged(&[("roll", "kansli"), ("till", "i morgon")]), Err(vec!["till".to_owned()]));
        assert!(judged(&[("roll", "granskning"), ("till", "2026-05-01")]).is_ok());
        assert_eq!(judged(&[("roll", "kansli")]).unwrap().till, None);
    }

    #[test]
    fn an_address_looks_like_one_and_no_text_holds_a_personnummer() {
        for (name, address, fine) in [
            ("Eva Ek", "Eva.Ek@exempel.se", true),
            ("Eva Ek", "eva.ek@exempel", false),
            ("Eva Ek", "eva ek@exempel.se", false),
            ("Eva Ek", "eva@ek@exempel.se", false),
            ("Eva Ek", "900101-0017@exempel.se", false),
            ("Eva 900101-0017", "eva@exempel.se", false),
            ("", "eva@exempel.se", false),
        ] {
            let form = Form::from([("namn".into(), name.into()), ("epost".into(), address.into())]);
            let mut wrong = Wrong::new();
            assert_eq!(person(&form, &mut wrong).is_some(), fine, "{name} {address}");
            assert_eq!(wrong.is_empty(), fine);
        }
    }
}
