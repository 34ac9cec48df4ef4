//! The kansli's judgement of an insats in a half-year, beside the styrgrupp's: whether it is in phase with its goals,
//! and its light when another is to be shown than the answers give.

use crate::actions::forbund::Chosen;
use crate::actions::insatsbeslut::{Form, Wrong, unfit};
use crate::{Error, clock};
use samsyn_core::calc::svar;
use samsyn_core::insats::Insats;
use samsyn_core::installning::Ljuskarta;
use samsyn_core::kvartalsrapport::{IFas, Kvartalsrapport};
use samsyn_core::ljusval::Ljusval;
use samsyn_core::{Fact, Facts, Field};
use samsyn_document::{Halvar, Ljus};
use samsyn_store::{Signature, change};

/// The kind of event.
pub const SLAG: &str = "kansliets bedömning";

/// The most characters of a text that the kansli writes.
pub const LONGEST: usize = 4_000;

/// What a form leads to: facts to store, and the file and key of those that end.
pub type Skrivet = (Facts, Vec<(&'static str, String)>);

/// What there is to judge, as known today.
#[derive(Debug)]
pub struct Bedomning {
    /// The insats.
    pub insats: Insats,
    /// The half-year.
    pub halvar: Halvar,
    /// Its latest quarterly report; none when there is nothing to judge.
    pub rapport: Option<Kvartalsrapport>,
    /// The light that has been set.
    pub satt: Option<Ljusval>,
    karta: Ljuskarta,
}

/// What an insats has for a half-year; nothing when there is no such insats.
pub async fn las(chosen: &Chosen<'_>, id: &str, halvar: Halvar) -> Result<Option<Bedomning>, Error> {
    let underlag = chosen.underlag(clock::today()).await?;
    let Some(nr) = underlag.insats_nr(id) else { return Ok(None) };
    let of = &underlag.insatser[nr];
    Ok(Some(Bedomning {
        insats: of.insats.clone(),
        halvar,
        rapport: svar::reports(of, halvar).last().cloned(),
        satt: of.ljusval(halvar).cloned(),
        karta: of.ljuskarta,
    }))
}

impl Bedomning {
    /// The light that the answers give with this view of the kansli's, or without one.
    pub fn ljus(&self, view: Option<IFas>) -> Option<Ljus> {
        self.rapport.as_ref().map(|report| self.karta.ljus(view.unwrap_or(report.i_fas), report.prognos))
    }

    /// Whether there is a judgement to change.
    pub fn finns(&self) -> bool {
        self.satt.is_some() || self.rapport.as_ref().is_some_and(|report| report.kansli_i_fas.is_some())
    }

    /// What is stored, as the form holds it.
    pub fn form(&self) -> Form {
        let mut form = Form::new();
        let mut put = |name: &str, text: String| form.insert(name.to_owned(), text);
        if let Some(report) = &self.rapport {
            put("kansli_i_fas", report.kansli_i_fas.write());
            put("kansli_motiv", report.kansli_motiv.write());
        }
        if let Some(set) = &self.satt {
            put("ljus", set.ljus.write());
            put("ljus_motiv", set.motiv.clone());
        }
        form
    }

    /// Stores what the form says; whether anything changed. Says what is wrong when it cannot be.
    pub async fn spara(&self, chosen: &Chosen<'_>, form: &Form, who: &str) -> Result<Result<bool, Wrong>, Error> {
        let (rows, ended) = match self.judged(form) {
            Ok(judged) => judged,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let why = text(form, "skal").unwrap_or_else(|| format!("Kansliets bedömning, {}", self.halvar));
        let signature = Signature { who, why: &why, now_ms: clock::now_ms() };
        let done = change::change_and_end(chosen.db, &chosen.access, &rows, &ended, signature, SLAG).await?;
        Ok(Ok(done.event.is_some()))
    }

    /// The facts that a form leads to, and those that it ends.
    fn judged(&self, form: &Form) -> Result<Skrivet, Wrong> {
        let mut wrong = unfit(form, LONGEST);
        let mut tell = |field: &str, what: &str| wrong.push((field.to_owned(), what.to_owned()));
        let Some(report) = &self.rapport else {
            tell("", "Det finns ingen kvartalsrapport för halvåret att bedöma. Läs in den först.");
            return Err(wrong);
        };
        let (view, reason) = (text(form, "kansli_i_fas"), text(form, "kansli_motiv"));
        let view: Option<IFas> = match view.as_deref().map(IFas::of_kod) {
            Some(None) => {
                tell("kansli_i_fas", "Välj ett av svaren.");
                None
            }
            other => other.flatten(),
        };
        if view.is_some_and(|view| view != report.i_fas) && reason.is_none() {
            tell("kansli_motiv", "Skriv varför: bedömningen är en annan än styrgruppens.");
        }
        let (light, why_light) = (text(form, "ljus"), text(form, "ljus_motiv"));
        let light: Option<Ljus> = match light.as_deref().map(Ljus::load) {
            Some(None) => {
                tell("ljus", "Välj ett av ljusen.");
                None
            }
            other => other.flatten(),
        };
        if light.is_some() && light == self.ljus(view) {
            tell("ljus", "Det läget ger svaren redan. Välj Följer svaren.");
        } else if light.is_some() && why_light.is_none() {
            tell("ljus_motiv", "Skriv varför läget ska vara ett annat än det svaren ger.");
        }
        if self.finns() && text(form, "skal").is_none() {
            tell("skal", "Skriv varför bedömningen ändras.");
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut rows = Facts::default();
        let kansli_motiv = reason.filter(|_| view.is_some());
        rows.kvartalsrapporter.push(Kvartalsrapport { kansli_i_fas: view, kansli_motiv, ..report.clone() });
        let insats_id = self.insats.insats_id.clone();
        if let (Some(ljus), Some(motiv)) = (light, why_light) {
            rows.ljusval.push(Ljusval { insats_id, halvar: self.halvar, ljus, motiv });
            return Ok((rows, Vec::new()));
        }
        let ended = self.satt.iter().map(|set| (Ljusval::RESOURCE, set.key())).collect();
        Ok((rows, ended))
    }
}

/// A field of a form with its lines ended alike; nothing when it is empty.
pub fn text(form: &Form, field: &str) -> Option<String> {
    let text = form.get(field)?.replace("\r\n", "\n");
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(cells: &str) -> Kvartalsrapport {
        let cells: Vec<&str> = cells.split(';').collect();
        Kvartalsrapport::parse(&|i| cells.get(i).copied().unwrap_or(""), &mut |i, e| panic!("{i} {e:?}")).unwrap()
    }

    fn judged(stored: &Bedomning, fields: &[(&str, &str)]) -> Result<(Facts, usize), Vec<String>> {
        let form = fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let fields = |wrong: Wrong| wrong.into_iter().map(|(field, _)| field).collect();
        stored.judged(&form).map(|(rows, ended)| (rows, ended.len())).map_err(fields)
    }

    fn bedomning(report: Option<&str>) -> Bedomning {
        let cells = ["a", "Alby", "Insats A", "", "individ"];
        let insats = Insats::parse(&|i| cells.get(i).copied().unwrap_or(""), &mut |_, _| ()).unwrap();
        let (halvar, karta) = ("2024-H1".parse().unwrap(), Ljuskarta::default());
        Bedomning { insats, halvar, rapport: report.map(given), satt: None, karta }
    }

    const SAID: &str = "a;2024-K2;2024-07-01;ja;nås;nej;nej;ja;ja;ja;ja;ja;ja;ja;ja;nej";

    #[test]
    fn another_view_needs_a_reason_and_a_report() {
        let stored = bedomning(Some(SAID));
        assert_eq!(judged(&bedomning(None), &[("kansli_i_fas", "nej")]).unwrap_err(), [""]);
        assert_eq!(judged(&stored, &[("kansli_i_fas", "nej")]).unwrap_err(), ["kansli_motiv"]);
        assert_eq!(judged(&stored, &[("kansli_i_fas", "kanske")]).unwrap_err(), ["kansli_i_fas"]);
        let (rows, _) =
            judged(&stored, &[("kansli_i_fas", "nej"), ("kansli_motiv", " Vakans \r\nhela våren ")]).unwrap();
        assert_eq!(rows.kvartalsrapporter[0].kansli_motiv.as_deref(), Some("Vakans \nhela våren"));
        // The same view needs none, and a reason without a view is not kept.
        assert!(judged(&stored, &[("kansli_i_fas", "ja")]).is_ok());
        let (rows, _) = judged(&stored, &[("kansli_motiv", "Vakans")]).unwrap();
        assert_eq!(rows.kvartalsrapporter[0], given(SAID));
    }

    #[test]
    fn another_light_than_the_answers_give_needs_a_reason() {
        let stored = bedomning(Some(SAID));
        assert_eq!(judged(&stored, &[("ljus", "gul")]).unwrap_err(), ["ljus_motiv"]);
        assert_eq!(judged(&stored, &[("ljus", "grön"), ("ljus_motiv", "x")]).unwrap_err(), ["ljus"]);
        let both = [("kansli_i_fas", "nej"), ("kansli_motiv", "x"), ("ljus", "röd"), ("ljus_motiv", "x")];
        assert_eq!(judged(&stored, &both).unwrap_err(), ["ljus"], "the view has made it red already");
        let (rows, ended) = judged(&stored, &[("ljus", "gul"), ("ljus_motiv", "Vakans")]).unwrap();
        assert_eq!((rows.ljusval[0].ljus, rows.ljusval[0].motiv.as_str(), ended), (Ljus::Gul, "Vakans", 0));
        // Taken back, with a reason.
        let stored = Bedomning { satt: rows.ljusval.into_iter().next(), ..stored };
        assert_eq!(judged(&stored, &[]).unwrap_err(), ["skal"]);
        let (rows, ended) = judged(&stored, &[("skal", "Löst")]).unwrap();
        assert_eq!((rows.ljusval.len(), ended), (0, 1));
    }
}
