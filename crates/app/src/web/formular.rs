//! A form: its fields, what was typed in them, and what is wrong. The same shape on every page that has one.

use super::sida::{Answer, Page, show, show_wrong};
use crate::actions::godkann;
use crate::actions::insatsbeslut::{Form as Varden, Wrong, without_personnummer};
use crate::clock;
use askama::Template;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_document::format;
use std::borrow::Cow;

/// A field of a form.
#[derive(Debug, Default)]
pub struct Falt {
    /// Its name in the form and on the page.
    pub namn: Cow<'static, str>,
    /// Its label.
    pub text: String,
    /// What helps one to fill it in.
    pub hjalp: String,
    /// `text`, `stycke`, `epost`, `tal`, `dag`, `val`, `losenord`, `fil` or `dold`.
    pub slag: &'static str,
    /// What there is to choose from: the code and the words.
    pub val: Vec<(String, String)>,
    /// Where the words of help lead, if anywhere.
    pub lank: &'static str,
    /// Whether it must be filled in.
    pub kravs: bool,
    /// When it must be, if it is only at times.
    pub nar: &'static str,
    /// What a browser may fill in by itself.
    pub ifylls: &'static str,
    /// What was typed.
    pub varde: String,
    /// What is wrong.
    pub fel: Option<String>,
}

impl Falt {
    /// A field that must be filled in.
    pub fn new(namn: impl Into<Cow<'static, str>>, text: impl Into<String>, slag: &'static str) -> Falt {
        Falt { namn: namn.into(), text: text.into(), slag, kravs: true, ..Falt::default() }
    }

    /// With words of help.
    #[must_use]
    pub fn hjalp(self, text: impl Into<String>) -> Falt {
        Falt { hjalp: text.into(), ..self }
    }

    /// With words of help that lead to a page.
    #[must_use]
    pub fn hjalp_pa(self, lank: &'static str, text: impl Into<String>) -> Falt {
        Falt { lank, ..self.hjalp(text) }
    }

    /// With choices.
    #[must_use]
    pub fn val(self, val: Vec<(String, String)>) -> Falt {
        Falt { val, ..self }
    }

    /// May be left empty.
    #[must_use]
    pub fn valfri(self) -> Falt {
        Falt { kravs: false, ..self }
    }

    /// Must be filled in only at times; when, as it is told after the label.
    #[must_use]
    pub fn behovs(self, nar: &'static str) -> Falt {
        Falt { kravs: false, nar, ..self }
    }

    /// What a browser may fill in, as `autocomplete` says it.
    #[must_use]
    pub fn ifylls(self, ifylls: &'static str) -> Falt {
        Falt { ifylls, ..self }
    }

    /// The kind of input.
    pub fn typ(&self) -> &'static str {
        match self.slag {
            "epost" => "email",
            "dag" => "date",
            "losenord" => "password",
            "fil" => "file",
            _ => "text",
        }
    }

    /// The ids of what describes it: its help and what is wrong with it.
    pub fn beskrivs(&self) -> String {
        let help = (!self.hjalp.is_empty()).then(|| format!("{}-hjalp", self.namn));
        let wrong = self.fel.as_ref().map(|_| format!("{}-fel", self.namn));
        help.into_iter().chain(wrong).collect::<Vec<_>>().join(" ")
    }
}

/// The question whether what is odd is to be saved all the same, when something is. A yes is to what is shown here.
pub fn spara_anda(wrong: &Wrong, yes: &str) -> Option<Falt> {
    let choices = vec![(String::new(), "Nej, jag rättar".to_owned()), (godkann::ja(wrong)?, yes.to_owned())];
    Some(Falt::new(godkann::FALT, "Spara ändå?", "val").val(choices))
}

/// A form as it is shown.
#[derive(Debug, Default)]
pub struct Formular {
    /// Its fields.
    pub falt: Vec<Falt>,
    /// All that is wrong, in the order of the fields: the field's word and name, and what to do.
    pub fel: Vec<(String, Cow<'static, str>, String)>,
}

impl Formular {
    /// The fields with what was typed and what is wrong. A password is never shown again, nor a personnummer, also
    /// where a message quotes it. What is about no field leads to the last one.
    pub fn new(mut falt: Vec<Falt>, varden: &Varden, wrong: &Wrong) -> Formular {
        let masked = |(name, text): &(String, String)| {
            let text = if contains_personnummer(text) { "Fältet kan inte läsas.".to_owned() } else { text.clone() };
            (name.clone(), text)
        };
        let (varden, wrong) = (without_personnummer(varden.clone()), wrong.iter().map(masked).collect::<Wrong>());
        for field in &mut falt {
            if !matches!(field.slag, "losenord" | "fil") {
                field.varde = varden.get(&*field.namn).cloned().unwrap_or_default();
            }
            field.fel = wrong.iter().find(|(name, _)| *name == field.namn).map(|(_, text)| text.clone());
        }
        let last = falt.last().map_or(Cow::Borrowed(""), |field| field.namn.clone());
        let place = |name: &str| falt.iter().position(|field| field.namn == name).unwrap_or(falt.len());
        let mut wrong: Vec<&(String, String)> = wrong.iter().collect();
        wrong.sort_by_key(|(name, _)| place(name));
        let told = wrong.into_iter().map(|(name, text)| match falt.iter().find(|field| field.namn == *name) {
            Some(field) => (field.text.clone(), field.namn.clone(), text.clone()),
            None => (String::new(), last.clone(), text.clone()),
        });
        let fel = told.collect();
        Formular { falt, fel }
    }
}

/// A page that is one form about an insats.
#[derive(Template)]
#[template(path = "insats/form.html")]
pub struct Formularsida {
    /// Head and menu.
    pub page: Page,
    /// Where one goes back to.
    pub tillbaka: String,
    /// What that is called.
    pub till: String,
    /// What the form is for.
    pub ingress: String,
    /// The word on its button.
    pub knapp: &'static str,
    /// The form.
    pub formular: Formular,
}

impl Formularsida {
    /// The page as an answer: as one that is wrong when something in it is.
    pub fn visa(&self) -> Answer {
        if self.formular.fel.is_empty() { show(self) } else { show_wrong(self) }
    }
}

/// From when what is written in a form counts as known.
pub fn kant_fran_i_dag() -> String {
    let today = format::long_date(clock::today());
    format!("Det du skriver är känt från i dag, {today}: rapporter per en tidigare dag ändras inte.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_keeps_what_was_typed_but_never_a_password() {
        let fields = vec![Falt::new("namn", "Namn", "text").hjalp("Ditt."), Falt::new("nytt", "Lösenord", "losenord")];
        let typed = Varden::from([("namn".into(), "Eva".into()), ("nytt".into(), "hemligt".into())]);
        let wrong = vec![("annat".into(), "Gick inte.".into()), ("namn".into(), "För kort.".into())];
        let form = Formular::new(fields, &typed, &wrong);
        assert_eq!((form.falt[0].varde.as_str(), form.falt[1].varde.as_str()), ("Eva", ""));
        assert_eq!(form.falt[0].beskrivs(), "namn-hjalp namn-fel");
        assert_eq!(form.fel[0], ("Namn".into(), "namn".into(), "För kort.".into()));
        assert_eq!(form.fel[1], (String::new(), "nytt".into(), "Gick inte.".into()));
    }
}
