//! The fields that a column of an uppföljningsfil can be, and what may stand in them.

use samsyn_core::deltagande::{Avslutsorsak, Forsorjning, Forsorjningstid, Kon, Omfattning, Utbildning};

/// A field of a row, or a column that tells of several: work without its extent; work, studies and job-seeking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Falt {
    /// The insats's own number.
    Nummer,
    /// Sex.
    Kon,
    /// Year of birth.
    Fodelsear,
    /// First day.
    Inskriven,
    /// Highest completed education.
    Utbildning,
    /// Income support before.
    ForsorjningFore,
    /// For how long.
    ForsorjningstidFore,
    /// Last day.
    Utskriven,
    /// Why.
    Avslutsorsak,
    /// Whether the person works after the exit, beside a column with the extent.
    Arbetar,
    /// Extent of work after the exit.
    ArbeteOmfattning,
    /// Whether that work is subsidised.
    ArbeteSubventionerat,
    /// Whether the person studies after the exit.
    Studerar,
    /// Whether the person actively seeks work.
    Arbetssokande,
    /// Work with its extent, studies and job-seeking in one column.
    Sysselsattning,
    /// Whether there is a plan for further rehabilitation.
    PlanVidAvslut,
    /// Income support after.
    ForsorjningEfter,
    /// A person who is only counted.
    Anonym,
    /// When the enrolment became known.
    InskrivenRegistrerad,
    /// When the exit became known.
    UtskrivenRegistrerad,
}

/// What kind of value a field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slag {
    /// A number that people give.
    Nummer,
    /// A year.
    Ar,
    /// A day.
    Dag,
    /// Yes or no.
    JaNej,
    /// One of a closed list.
    Lista,
}

/// What [`Falt::Sysselsattning`] can say, beside `arbete_` and an extent: code and words.
const ANNAT_AN_ARBETE: [(&str, &str); 3] = [
    ("studier", "Studier"),
    ("arbetssökande", "Arbetssökande"),
    ("inget", "Varken arbete, studier eller arbetssökande"),
];
const ARBETE: [(&str, &str); 5] = [
    ("arbete_25", "Arbete 25 %"),
    ("arbete_50", "Arbete 50 %"),
    ("arbete_75", "Arbete 75 %"),
    ("arbete_80", "Arbete 80 %"),
    ("arbete_100", "Arbete 100 %"),
];

/// Codes and words of a closed list.
macro_rules! lista {
    ($name:ident) => {
        $name::ALL.iter().map(|value| (value.kod(), value.text())).collect()
    };
}

impl Falt {
    /// Every field, in the order of the template.
    pub const ALL: [Falt; 20] = [
        Falt::Nummer,
        Falt::Kon,
        Falt::Fodelsear,
        Falt::Inskriven,
        Falt::Utbildning,
        Falt::ForsorjningFore,
        Falt::ForsorjningstidFore,
        Falt::Utskriven,
        Falt::Avslutsorsak,
        Falt::Arbetar,
        Falt::ArbeteOmfattning,
        Falt::ArbeteSubventionerat,
        Falt::Studerar,
        Falt::Arbetssokande,
        Falt::Sysselsattning,
        Falt::PlanVidAvslut,
        Falt::ForsorjningEfter,
        Falt::Anonym,
        Falt::InskrivenRegistrerad,
        Falt::UtskrivenRegistrerad,
    ];

    /// Its name in [`samsyn_core::deltagande::Deltagande`]; `arbetar` and `sysselsattning` have none there.
    pub const fn namn(self) -> &'static str {
        self.om().0
    }

    /// Its heading in the template, as people read it.
    pub const fn rubrik(self) -> &'static str {
        self.om().1
    }

    /// What kind of value it has.
    pub const fn slag(self) -> Slag {
        self.om().2
    }

    /// The field with this name.
    pub fn of_namn(namn: &str) -> Option<Falt> {
        Falt::ALL.into_iter().find(|falt| falt.namn() == namn)
    }

    const fn om(self) -> (&'static str, &'static str, Slag) {
        match self {
            Falt::Nummer => ("deltagande_id", "Nummer", Slag::Nummer),
            Falt::Kon => ("kon", "Kön", Slag::Lista),
            Falt::Fodelsear => ("fodelsear", "Födelseår", Slag::Ar),
            Falt::Inskriven => ("inskriven", "Första dag", Slag::Dag),
            Falt::InskrivenRegistrerad => ("inskriven_registrerad", "Inskrivning registrerad", Slag::Dag),
            Falt::Utbildning => ("utbildning", "Utbildning", Slag::Lista),
            Falt::ForsorjningFore => ("forsorjning_fore", "Försörjning före", Slag::Lista),
            Falt::ForsorjningstidFore => ("forsorjningstid_fore", "Försörjningstid före", Slag::Lista),
            Falt::Utskriven => ("utskriven", "Sista dag", Slag::Dag),
            Falt::UtskrivenRegistrerad => ("utskriven_registrerad", "Avslut registrerat", Slag::Dag),
            Falt::Avslutsorsak => ("avslutsorsak", "Avslutsorsak", Slag::Lista),
            Falt::Arbetar => ("arbetar", "Arbetar (ja/nej)", Slag::JaNej),
            Falt::ArbeteOmfattning => ("arbete_omfattning", "Arbetar efter avslut", Slag::Lista),
            Falt::ArbeteSubventionerat => ("arbete_subventionerat", "Subventionerat arbete", Slag::JaNej),
            Falt::Studerar => ("studerar", "Studerar", Slag::JaNej),
            Falt::Arbetssokande => ("arbetssokande", "Söker arbete", Slag::JaNej),
            Falt::Sysselsattning => ("sysselsattning", "Sysselsättning efter", Slag::Lista),
            Falt::PlanVidAvslut => ("plan_vid_avslut", "Plan vid avslut", Slag::JaNej),
            Falt::ForsorjningEfter => ("forsorjning_efter", "Försörjning efter", Slag::Lista),
            Falt::Anonym => ("anonym", "Anonym", Slag::JaNej),
        }
    }

    /// Codes and words of what may stand in it; empty when that is no closed list.
    pub fn koder(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Falt::Kon => lista!(Kon),
            Falt::Utbildning => lista!(Utbildning),
            Falt::ForsorjningFore | Falt::ForsorjningEfter => lista!(Forsorjning),
            Falt::ForsorjningstidFore => lista!(Forsorjningstid),
            Falt::Avslutsorsak => lista!(Avslutsorsak),
            Falt::ArbeteOmfattning => lista!(Omfattning),
            Falt::Sysselsattning => ARBETE.into_iter().chain(ANNAT_AN_ARBETE).collect(),
            _ if self.slag() == Slag::JaNej => vec![("ja", "Ja"), ("nej", "Nej")],
            _ => Vec::new(),
        }
    }

    /// The code as the lists have it, when it is one of the field's.
    pub fn kod(self, kod: &str) -> Option<&'static str> {
        self.koder().into_iter().map(|(known, _)| known).find(|known| *known == kod)
    }

    /// Whether it tells of the exit.
    pub const fn om_avslut(self) -> bool {
        use Falt::*;
        matches!(self, Utskriven | UtskrivenRegistrerad | Avslutsorsak | PlanVidAvslut | ForsorjningEfter)
            || matches!(
                self,
                Arbetar | ArbeteOmfattning | ArbeteSubventionerat | Studerar | Arbetssokande | Sysselsattning
            )
    }
}
