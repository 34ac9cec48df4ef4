//! Combining the quarters of a half-year: one answer per question and insats.

use crate::calc::kontekst::Rakning;
use crate::kvartalsrapport::{IFas, Kvartalsrapport};
use crate::ljusval::Ljusval;
use crate::underlag::{InsatsNr, InsatsUnderlag, Underlag};
use samsyn_document::{Halvar, Ljus, Svar, Value};

const JA: Svar = Svar::new("ja", "Ja");
const NEJ: Svar = Svar::new("nej", "Nej");
const DELVIS: Svar = Svar::new("delvis", "Delvis");

macro_rules! questions {
    ($($(#[$meta:meta])* $name:ident = $kolumn:literal, $question:literal, $rule:expr;)+) => {
        /// A question of the kvartalsrapport, as tables 2, 3 and 5 answer it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Fraga { $($(#[$meta])* #[doc = $question] $name,)+ }

        impl Fraga {
            /// The column in the tables of figures.
            pub const fn kolumn(self) -> &'static str {
                match self { $(Fraga::$name => $kolumn,)+ }
            }

            /// The question in words.
            pub const fn text(self) -> &'static str {
                match self { $(Fraga::$name => $question,)+ }
            }

            /// How the quarters are combined, in words.
            pub const fn rule(self) -> &'static str {
                match self { $(Fraga::$name => $rule,)+ }
            }
        }
    };
}

const ANY: &str = "Ja om något av halvårets kända kvartal svarar ja.";
const ALL: &str = "Ja bara om alla halvårets kända kvartal svarar ja.";

questions! {
    IFas = "i_fas", "Insatsen ligger i fas med uppsatta mål",
        "Det senaste kända kvartalet: kansliets bedömning där den finns, annars styrgruppens.";
    Prognos = "prognos", "Styrgruppens prognos för måluppfyllelse", "Det senaste kända kvartalet.";
    Trafikljus = "trafikljus", "Trafikljus",
        "Ljuset följer av om insatsen ligger i fas och av styrgruppens prognos, om inte kansliet har satt ett annat.";
    VakansSof = "vakans_sof", "Vakans i resurs som förbundet finansierar", ANY;
    VakansEgen = "vakans_egen", "Vakans i resurs som parterna finansierar själva", ANY;
    AvvikelseBudget = "avvikelse_budget", "Avvikelse om budget har kommit in",
        "Ja om en avvikelse som gäller budget lämnats in under halvåret och är känd, annars nej. Räknas ur \
         avvikelserna, med eller utan kvartalsrapport.";
    Styrgruppsmoten = "styrgruppsmoten", "Styrgruppsmöten har hållits enligt avtal", ALL;
    OrdinarieRepresentation = "ordinarie_representation", "Ordinarie ledamöter har varit med", ALL;
    Uppfoljning = "uppfoljning", "Uppföljning har registrerats enligt avtal",
        "Kvartalens svar när de är lika, annars delvis.";
    KontrollMetod = "kontroll_metod", "Metoden stämmer med ansökan", ALL;
    KontrollMalgrupp = "kontroll_malgrupp", "Målgruppen stämmer med ansökan", ALL;
    Jamlikhet = "jamlikhet", "Jämlikhet har diskuterats", ALL;
    Jamstalldhet = "jamstalldhet", "Jämställdhet har diskuterats", ALL;
    ImplementeringDiskuterad = "implementering_diskuterad", "Förutsättningar för implementering har diskuterats", ALL;
    AvvikelseMalgruppMetod = "avvikelse_malgrupp_metod", "Avvikelse i målgrupp eller metod", ANY;
}

impl Fraga {
    /// The questions of table 2.
    pub const TABELL_2: [Fraga; 3] = [Fraga::IFas, Fraga::Prognos, Fraga::Trafikljus];
    /// The questions of table 3.
    pub const TABELL_3: [Fraga; 3] = [Fraga::VakansSof, Fraga::VakansEgen, Fraga::AvvikelseBudget];
    /// The questions of table 5.
    pub const TABELL_5: [Fraga; 9] = [
        Fraga::Styrgruppsmoten,
        Fraga::OrdinarieRepresentation,
        Fraga::Uppfoljning,
        Fraga::KontrollMetod,
        Fraga::KontrollMalgrupp,
        Fraga::Jamlikhet,
        Fraga::Jamstalldhet,
        Fraga::ImplementeringDiskuterad,
        Fraga::AvvikelseMalgruppMetod,
    ];

    /// How the quarters are combined, in words; the lights as the förbund has set them.
    pub fn rule_in(self, underlag: &Underlag) -> String {
        match self {
            Fraga::Trafikljus => {
                format!("{} Kansliet kan sätta ett annat ljus, med skäl.", underlag.installningar.trafikljus.i_ord())
            }
            _ => self.rule().to_owned(),
        }
    }

    /// The answer of an insats for the half-year; missing when no report is known (but for
    /// [`Fraga::AvvikelseBudget`], which asks no report).
    pub fn answer(self, insats: &InsatsUnderlag, period: Halvar) -> Value {
        if self == Fraga::AvvikelseBudget {
            return yes(budget_deviations(insats, period).next().is_some());
        }
        let reports: Vec<&Kvartalsrapport> = reports(insats, period).collect();
        let Some(latest) = reports.last() else { return Value::Missing };
        let all = |holds: fn(&Kvartalsrapport) -> bool| yes(reports.iter().all(|report| holds(report)));
        let any = |holds: fn(&Kvartalsrapport) -> bool| yes(reports.iter().any(|report| holds(report)));
        match self {
            Fraga::IFas => Value::Svar(i_fas(latest).svar()),
            Fraga::Prognos => Value::Svar(latest.prognos.svar()),
            Fraga::Trafikljus => Value::Ljus(match satt_ljus(insats, latest, period) {
                Some(set) => set.ljus,
                None => svarens_ljus(insats, latest),
            }),
            Fraga::VakansSof => any(|r| r.vakans_sof),
            Fraga::VakansEgen => any(|r| r.vakans_egen),
            Fraga::AvvikelseMalgruppMetod => any(|r| r.avvikelse_malgrupp_metod),
            Fraga::Styrgruppsmoten => all(|r| r.styrgruppsmoten),
            Fraga::OrdinarieRepresentation => all(|r| r.ordinarie_representation),
            Fraga::KontrollMetod => all(|r| r.kontroll_metod),
            Fraga::KontrollMalgrupp => all(|r| r.kontroll_malgrupp),
            Fraga::Jamlikhet => all(|r| r.jamlikhet),
            Fraga::Jamstalldhet => all(|r| r.jamstalldhet),
            Fraga::ImplementeringDiskuterad => all(|r| r.implementering_diskuterad),
            Fraga::Uppfoljning if reports.iter().all(|r| r.uppfoljning == latest.uppfoljning) => {
                yes(latest.uppfoljning)
            }
            Fraga::Uppfoljning => Value::Svar(DELVIS),
            Fraga::AvvikelseBudget => Value::Missing,
        }
    }

    /// The insatser among `of` whose answer has this code.
    pub fn insatser_with(self, rakning: &Rakning<'_>, kod: &str) -> Vec<InsatsNr> {
        let rows = if Fraga::TABELL_3.contains(&self) { &rakning.rader.tabell_1 } else { &rakning.rader.tabell_2 };
        rows.iter()
            .copied()
            .filter(|&i| code(&self.answer(&rakning.underlag.insatser[i], rakning.period)) == Some(kod))
            .collect()
    }
}

/// The code of an answer; `None` when it is missing.
pub fn code(answer: &Value) -> Option<&str> {
    match answer {
        Value::Svar(svar) => Some(svar.kod.as_ref()),
        Value::Ljus(light) => Some(light.word()),
        _ => None,
    }
}

/// The known reports of the half-year, in time order.
pub fn reports(insats: &InsatsUnderlag, period: Halvar) -> impl Iterator<Item = &Kvartalsrapport> {
    insats.rapporter.iter().filter(move |report| period.has(report.kvartal))
}

/// The avvikelser about budget handed in during the half-year.
pub fn budget_deviations(
    insats: &InsatsUnderlag,
    period: Halvar,
) -> impl Iterator<Item = &crate::avvikelse::Avvikelse> {
    insats.avvikelser.iter().filter(move |avvikelse| {
        (period.first()..=period.last()).contains(&avvikelse.inlamnad)
            && avvikelse.typer.include(crate::avvikelse::AvvikelseTyp::Budget)
    })
}

/// The kansli's view where it has given one, else the styrgrupp's.
pub fn i_fas(report: &Kvartalsrapport) -> IFas {
    report.kansli_i_fas.unwrap_or(report.i_fas)
}

/// The light that the answers give.
pub fn svarens_ljus(insats: &InsatsUnderlag, latest: &Kvartalsrapport) -> Ljus {
    insats.ljuskarta.ljus(i_fas(latest), latest.prognos)
}

/// The light that the kansli has set, when it is another than the answers give.
pub fn satt_ljus<'i>(insats: &'i InsatsUnderlag, latest: &Kvartalsrapport, period: Halvar) -> Option<&'i Ljusval> {
    insats.ljusval(period).filter(|set| set.ljus != svarens_ljus(insats, latest))
}

fn yes(holds: bool) -> Value {
    Value::Svar(if holds { JA } else { NEJ })
}
