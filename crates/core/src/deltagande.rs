//! One participation in one insats: the unit that is counted. No name and no personnummer.

use crate::{Facts, Id, Known};
use samsyn_document::Datum;

codes! {
    /// Sex as registered.
    pub enum Kon {
        Kvinna = "K" => "Kvinna",
        Man = "M" => "Man",
    }
}

codes! {
    /// Highest completed education at enrolment.
    pub enum Utbildning {
        Grundskola = "grundskola" => "Grundskola",
        Gymnasium = "gymnasium" => "Gymnasium",
        Eftergymnasial = "eftergymnasial" => "Eftergymnasial",
        SaknasEllerOkand = "saknas_eller_okänd" => "Saknas eller okänd",
    }
}

codes! {
    /// Public income support.
    pub enum Forsorjning {
        Ingen = "ingen" => "Ingen",
        Forsorjningsstod = "försörjningsstöd" => "Försörjningsstöd",
        Sjukpenning = "sjukpenning" => "Sjukpenning",
        Rehabiliteringspenning = "rehabiliteringspenning" => "Rehabiliteringspenning",
        Aktivitetsersattning = "aktivitetsersättning" => "Aktivitetsersättning",
        Sjukersattning = "sjukersättning" => "Sjukersättning",
        Aktivitetsstod = "aktivitetsstöd" => "Aktivitetsstöd",
        Arbetsloshetsersattning = "arbetslöshetsersättning" => "Arbetslöshetsersättning",
        Studiestod = "studiestöd" => "Studiestöd",
    }
}

codes! {
    /// For how long the person had public income support before enrolment.
    pub enum Forsorjningstid {
        Ingen = "ingen" => "Ingen",
        UnderEttAr = "under_1_år" => "Under 1 år",
        EttTillTreAr = "1-3_år" => "1–3 år",
        OverTreAr = "över_3_år" => "Över 3 år",
    }
}

codes! {
    /// Why a participant was exited. Does not decide whether the person works or studies.
    pub enum Avslutsorsak {
        Arbete = "arbete" => "Arbete",
        Studier = "studier" => "Studier",
        Arbetssokande = "arbetssökande" => "Arbetssökande",
        FortsattRehabilitering = "fortsatt_rehabilitering" => "Fortsatt rehabilitering",
        Sjukdom = "sjukdom" => "Sjukdom",
        Foraldraledighet = "föräldraledighet" => "Föräldraledighet",
        Flytt = "flytt" => "Flytt",
        EgenBegaran = "egen_begäran" => "Egen begäran",
        AnnanAktor = "annan_aktör" => "Annan aktör",
        OrdinarieStod = "ordinarie_stöd" => "Ordinarie stöd",
        Ovrigt = "övrigt" => "Övrigt",
        InsatsenAvslutad = "insatsen_avslutad" => "Insatsen avslutad",
    }
}

codes! {
    /// Extent of work after the exit, percent of full time.
    pub enum Omfattning {
        P25 = "25" => "25 %",
        P50 = "50" => "50 %",
        P75 = "75" => "75 %",
        P80 = "80" => "80 %",
        P100 = "100" => "100 %",
    }
}

fact! {
    /// A deltagande (pages say *inskrivning*). One row of a file is up to three versions: enrolled,
    /// exit known, cancelled.
    pub struct Deltagande: "deltagare", "deltagande", key [deltagande_id] {
        /// A number given by the insats.
        pub deltagande_id: Id,
        /// The insats.
        pub insats_id: Id,
        /// Sex; missing only for an anonymous one.
        pub kon: Option<Kon>,
        /// Year of birth.
        pub fodelsear: Option<u16>,
        /// First day.
        pub inskriven: Datum,
        /// When the enrolment became known to the kansli.
        pub inskriven_registrerad: Datum,
        /// Highest completed education.
        pub utbildning: Option<Utbildning>,
        /// Income support before.
        pub forsorjning_fore: Option<Forsorjning>,
        /// For how long.
        pub forsorjningstid_fore: Option<Forsorjningstid>,
        /// Last day.
        pub utskriven: Option<Datum>,
        /// When the exit became known to the kansli.
        pub utskriven_registrerad: Option<Datum>,
        /// Why.
        pub avslutsorsak: Option<Avslutsorsak>,
        /// Extent of work after the exit; set means that the person works.
        pub arbete_omfattning: Option<Omfattning>,
        /// Whether the work is subsidised.
        pub arbete_subventionerat: Option<bool>,
        /// Whether the person studies after the exit.
        pub studerar: Option<bool>,
        /// Whether the person actively seeks work; may hold together with part-time work.
        pub arbetssokande: Option<bool>,
        /// Whether there is a plan for further rehabilitation.
        pub plan_vid_avslut: Option<bool>,
        /// Income support after.
        pub forsorjning_efter: Option<Forsorjning>,
        /// The day on which the registration was found to be a mistake.
        pub makulerad: Option<Datum>,
        /// A person without consent or with protected identity: only counted.
        pub anonym: bool,
    }

    fn registered(&self) -> Known {
        Known::Day(self.inskriven_registrerad)
    }

    fn versions(&self, _all: &Facts) -> Vec<(Known, Self)> {
        let enrolled = self.utan_avslut().without_cancellation();
        let mut steps = vec![(self.registered(), enrolled.clone())];
        steps.extend(enrolled.steps_to(self));
        steps
    }

    fn changes(&self, new: &Self) -> Vec<(Known, Self)> {
        let mut steps = self.steps_to(new);
        if steps.last().map_or(self, |(_, last)| last) != new {
            steps.push((self.correction(new), new.clone()));
        }
        steps
    }
}

/// What a code in a field of a deltagande is called on pages; `None` for fields without a list.
pub fn i_ord(field: &str, kod: &str) -> Option<&'static str> {
    match field {
        "kon" => Kon::of_kod(kod).map(Kon::text),
        "utbildning" => Utbildning::of_kod(kod).map(Utbildning::text),
        "forsorjning_fore" | "forsorjning_efter" => Forsorjning::of_kod(kod).map(Forsorjning::text),
        "forsorjningstid_fore" => Forsorjningstid::of_kod(kod).map(Forsorjningstid::text),
        "avslutsorsak" => Avslutsorsak::of_kod(kod).map(Avslutsorsak::text),
        "arbete_omfattning" => Omfattning::of_kod(kod).map(Omfattning::text),
        _ => None,
    }
}

impl Deltagande {
    /// One who is enrolled on a day and of whom nothing else is known.
    pub fn ny(deltagande_id: Id, insats_id: Id, inskriven: Datum, inskriven_registrerad: Datum) -> Deltagande {
        Deltagande {
            deltagande_id,
            insats_id,
            kon: None,
            fodelsear: None,
            inskriven,
            inskriven_registrerad,
            utbildning: None,
            forsorjning_fore: None,
            forsorjningstid_fore: None,
            utskriven: None,
            utskriven_registrerad: None,
            avslutsorsak: None,
            arbete_omfattning: None,
            arbete_subventionerat: None,
            studerar: None,
            arbetssokande: None,
            plan_vid_avslut: None,
            forsorjning_efter: None,
            makulerad: None,
            anonym: false,
        }
    }

    /// An exit whose registration is not yet known does not exist, nor do its outcome fields.
    pub(crate) fn utan_avslut(&self) -> Deltagande {
        Deltagande {
            utskriven: None,
            utskriven_registrerad: None,
            avslutsorsak: None,
            arbete_omfattning: None,
            arbete_subventionerat: None,
            studerar: None,
            arbetssokande: None,
            plan_vid_avslut: None,
            forsorjning_efter: None,
            ..self.clone()
        }
    }

    fn without_cancellation(&self) -> Deltagande {
        Deltagande { makulerad: None, ..self.clone() }
    }

    /// The same enrolment with the exit of another.
    fn with_exit_of(&self, other: &Deltagande) -> Deltagande {
        Deltagande {
            utskriven: other.utskriven,
            utskriven_registrerad: other.utskriven_registrerad,
            avslutsorsak: other.avslutsorsak,
            arbete_omfattning: other.arbete_omfattning,
            arbete_subventionerat: other.arbete_subventionerat,
            studerar: other.studerar,
            arbetssokande: other.arbetssokande,
            plan_vid_avslut: other.plan_vid_avslut,
            forsorjning_efter: other.forsorjning_efter,
            ..self.clone()
        }
    }

    /// From when a correction is known: the day that the file gives for the part that was corrected, when
    /// that day is a later one, else now.
    fn correction(&self, new: &Deltagande) -> Known {
        let later = |old: Option<Datum>, day: Option<Datum>| match (old, day) {
            (Some(old), Some(day)) if day > old => Known::Day(day),
            _ => Known::Now,
        };
        let enrolment = |d: &Deltagande| d.utan_avslut().without_cancellation();
        if enrolment(self) == enrolment(new) {
            later(self.utskriven_registrerad, new.utskriven_registrerad)
        } else if self.with_exit_of(new) == *self {
            later(Some(self.inskriven_registrerad), Some(new.inskriven_registrerad))
        } else {
            Known::Now
        }
    }

    /// The versions that `new` itself dates: an exit or a cancellation that this one lacks. An exit
    /// that would become known only after the cancellation never is; the cancelled version holds it.
    fn steps_to(&self, new: &Deltagande) -> Vec<(Known, Deltagande)> {
        let mut steps = Vec::new();
        let mut last = self.clone();
        if let (None, Some(_), Some(day)) = (self.utskriven, new.utskriven, new.utskriven_registrerad) {
            last = last.with_exit_of(new);
            if new.makulerad.is_none_or(|cancelled| cancelled > day) {
                steps.push((Known::Day(day), last.clone()));
            }
        }
        if let (None, Some(day)) = (self.makulerad, new.makulerad) {
            last.makulerad = Some(day);
            steps.push((Known::Day(day), last));
        }
        steps
    }
}
