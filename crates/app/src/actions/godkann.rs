//! The yes to what is odd about a form: to the warnings that the form showed, and to no others.

use super::insatsbeslut::{Form, Wrong};
use sha2::{Digest, Sha256};

/// The field of the yes. Its value says to which warnings, see [`ja`].
pub const FALT: &str = "godkann";

/// What is odd about a form: each needs a yes.
#[derive(Debug, Default)]
pub struct Tveksamt(Wrong);

impl Tveksamt {
    /// Adds a warning about a field, none for all of the form.
    pub fn push(&mut self, field: &str, text: impl Into<String>) {
        let new = (field.to_owned(), text.into());
        if !self.0.contains(&new) {
            self.0.push(new);
        }
    }

    /// Adds the warnings to what is wrong, with the question, unless the form says yes to every one of them and nothing
    /// else is wrong. Those that it says yes to already are asked again beside others, so that one yes can be to all.
    pub fn fraga(self, form: &Form, wrong: &mut Wrong) {
        let yes: Vec<&str> = form.get(FALT).map(|given| given.split('.').collect()).unwrap_or_default();
        let asked = self.0.iter().any(|one| !yes.contains(&marke(one).as_str()));
        if self.0.is_empty() || (!asked && wrong.is_empty()) {
            return;
        }
        wrong.extend(self.0);
        wrong.push((FALT.to_owned(), "Rätta, eller välj att spara ändå.".to_owned()));
    }
}

/// The value that says yes to all that a form shows; `None` when it asks nothing. What is an error stays one.
pub fn ja(wrong: &Wrong) -> Option<String> {
    let asked = wrong.iter().any(|(field, _)| field == FALT);
    let marks: Vec<String> = wrong.iter().filter(|(field, _)| field != FALT).map(marke).collect();
    asked.then(|| marks.join("."))
}

/// A mark of a warning: eight letters, so that several fit in a form and none looks like a number.
fn marke((field, text): &(String, String)) -> String {
    let sum = Sha256::digest(format!("{field}\n{text}"));
    let letter = |nibble: u8| char::from(b'a' + nibble);
    sum.iter().take(4).flat_map(|byte| [letter(byte >> 4), letter(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a form with this yes is told about these warnings, and the yes to that.
    fn asked(yes: Option<&str>, warnings: &[&str], wrong: &[&str]) -> (Vec<String>, Option<String>) {
        let form: Form = yes.map(|yes| (FALT.to_owned(), yes.to_owned())).into_iter().collect();
        let mut told: Wrong = wrong.iter().map(|text| ("dag".to_owned(), (*text).to_owned())).collect();
        let mut odd = Tveksamt::default();
        warnings.iter().for_each(|text| odd.push("", *text));
        odd.fraga(&form, &mut told);
        let yes = ja(&told);
        (told.into_iter().filter(|(field, _)| field != FALT).map(|(_, text)| text).collect(), yes)
    }

    #[test]
    fn a_yes_is_to_what_was_shown() {
        assert_eq!(asked(None, &[], &[]), (Vec::new(), None));
        let (told, one) = asked(None, &["Ung."], &[]);
        assert_eq!(told, ["Ung."]);
        assert_eq!(asked(one.as_deref(), &["Ung."], &[]), (Vec::new(), None));
        // Another warning is asked about, with the first one.
        let (told, both) = asked(one.as_deref(), &["Ung.", "Tvilling."], &[]);
        assert_eq!(told, ["Ung.", "Tvilling."]);
        assert_eq!(asked(both.as_deref(), &["Ung.", "Tvilling."], &[]), (Vec::new(), None));
        assert_eq!(asked(both.as_deref(), &["Tvilling."], &[]), (Vec::new(), None));
        // No other yes is one, and none is to an error.
        assert_eq!(asked(Some("ja"), &["Ung."], &[]).0, ["Ung."]);
        let (told, yes) = asked(one.as_deref(), &["Ung."], &["Ingen dag."]);
        assert_eq!(told, ["Ingen dag.", "Ung."]);
        assert_eq!(asked(yes.as_deref(), &["Ung."], &["Ingen dag."]).0, ["Ingen dag.", "Ung."]);
        assert_eq!(asked(None, &[], &["Ingen dag."]), (vec!["Ingen dag.".to_owned()], None));
    }
}
