//! Counts in place of single inskrivningar: what an insats hands in for a month, by sex and reason of exit.

use crate::access::{Action, Rights};
use crate::actions::forbund::Chosen;
use crate::actions::godkann::Tveksamt;
use crate::actions::insatsbeslut::{Form, Wrong, unfit};
use crate::{Error, clock};
use samsyn_core::avslutsantal::Avslutsantal;
use samsyn_core::deltagande::{Avslutsorsak, Kon};
use samsyn_core::insats::{Insats, InsatsTyp};
use samsyn_core::manadsantal::Manadsantal;
use samsyn_core::{Fact, Facts, Finding, Severity, kontroll};
use samsyn_document::{Datum, Manad};
use samsyn_store::{Signature, change, facts};

/// The kind of event.
pub const SLAG: &str = "antal för en månad";
/// The most people of one kind in a month.
const MOST: u32 = 10_000;
/// The longest reason, in characters.
const LONGEST: usize = 500;

/// What is counted of those who left for one reason: the name of its field, and its words.
pub const AV_AVSLUT: [(&str, &str); 3] =
    [("utskrivna", "Avslutade"), ("till_arbete_studier", "till arbete eller studier"), ("med_plan", "med plan")];

/// A month as it was handed in, or as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manadens {
    /// The month.
    pub manad: Manad,
    /// Women and men.
    pub in_och_kvar: Vec<Manadsantal>,
    /// Exits by sex and reason.
    pub avslut: Vec<Avslutsantal>,
}

impl Manadens {
    /// Rows with the same numbers as before stay as they came in.
    fn bevara(&self, mut rows: Facts) -> Facts {
        for row in &mut rows.manadsantal {
            let same = |old: &&Manadsantal| Manadsantal { inkommen: row.inkommen, ..(*old).clone() } == *row;
            if let Some(old) = self.in_och_kvar.iter().find(same).cloned() {
                *row = old;
            }
        }
        for row in &mut rows.avslutsantal {
            let same = |old: &&Avslutsantal| Avslutsantal { inkommen: row.inkommen, ..(*old).clone() } == *row;
            if let Some(old) = self.avslut.iter().find(same).cloned() {
                *row = old;
            }
        }
        rows
    }
    /// Of women and men together: enrolled, exited, of those to work or studies, with a plan, and ongoing at the end.
    pub fn summa(&self) -> [u32; 5] {
        let of = |count: fn(&Manadsantal) -> u32| self.in_och_kvar.iter().map(count).sum();
        let left = |count: fn(&Avslutsantal) -> u32| self.avslut.iter().map(count).sum();
        [
            of(|row| row.inskrivna),
            left(|row| row.utskrivna),
            left(|row| row.till_arbete_studier),
            left(|row| row.med_plan),
            of(|row| row.pagaende),
        ]
    }
}

/// An insats with the months it has handed in.
#[derive(Debug)]
pub struct Antal {
    /// The insats.
    pub insats: Insats,
    /// The months, the latest first.
    pub manader: Vec<Manadens>,
    stored: Facts,
}

/// The counts of an individinsats that a visitor may write for.
pub async fn las(chosen: &Chosen<'_>, rights: &Rights, id: &str) -> Result<Option<Antal>, Error> {
    let stored = facts::current(chosen.db, &chosen.access).await?;
    let insats =
        stored.insatser.iter().find(|insats| insats.insats_id.as_str() == id && insats.typ == InsatsTyp::Individ);
    let Some(insats) = insats.filter(|_| rights.on(Action::SkrivInskrivning, id)).cloned() else { return Ok(None) };
    let own = stored.manadsantal.iter().filter(|row| row.insats_id == insats.insats_id);
    let mut months: Vec<Manad> = own.map(|row| row.manad).collect();
    let exits = stored.avslutsantal.iter().filter(|row| row.insats_id == insats.insats_id);
    months.extend(exits.map(|row| row.manad));
    months.sort();
    months.dedup();
    months.reverse();
    let manader = months.into_iter().map(|month| of_month(&stored, &insats, month)).collect();
    Ok(Some(Antal { insats, manader, stored }))
}

fn of_month(stored: &Facts, insats: &Insats, manad: Manad) -> Manadens {
    let rows = stored.manadsantal.iter().filter(|row| row.insats_id == insats.insats_id && row.manad == manad);
    let exits = stored.avslutsantal.iter().filter(|row| row.insats_id == insats.insats_id && row.manad == manad);
    Manadens { manad, in_och_kvar: rows.cloned().collect(), avslut: exits.cloned().collect() }
}

impl Antal {
    /// The month that is to be handed in next: the one after the latest, or the one that ended last.
    pub fn nasta(&self) -> Option<Manad> {
        let ended = Manad::of(Manad::of(clock::today())?.first().add_days(-1))?;
        Some(self.manader.first().map_or(ended, |latest| latest.manad.next()))
    }

    /// Whether a month has been handed in.
    pub fn har(&self, manad: Manad) -> bool {
        self.manader.iter().any(|other| other.manad == manad)
    }

    /// A month as its form holds it.
    pub fn form(&self, manad: Manad) -> Form {
        let mut form = Form::new();
        let month = of_month(&self.stored, &self.insats, manad);
        for row in &month.in_och_kvar {
            form.insert(falt("inskrivna", row.kon), row.inskrivna.to_string());
            form.insert(falt("pagaende", row.kon), row.pagaende.to_string());
        }
        for row in &month.avslut {
            for (name, count) in [
                ("utskrivna", row.utskrivna),
                ("till_arbete_studier", row.till_arbete_studier),
                ("med_plan", row.med_plan),
            ] {
                form.insert(orsaksfalt(name, row.avslutsorsak, row.kon), count.to_string());
            }
        }
        form
    }

    /// Stores a month; whether anything changed. Says what is wrong when it cannot be.
    pub async fn spara(
        &self,
        chosen: &Chosen<'_>,
        manad: Manad,
        form: &Form,
        who: &str,
    ) -> Result<Result<bool, Wrong>, Error> {
        let mut wrong = unfit(form, LONGEST);
        let why = form.get("skal").map_or("", |why| why.trim());
        if self.har(manad) && why.is_empty() {
            wrong.push(("skal".to_owned(), "Skriv varför antalen ändras.".to_owned()));
        }
        let rows = self.rows(manad, form, &mut wrong);
        if !wrong.is_empty() {
            return Ok(Err(wrong));
        }
        let before = of_month(&self.stored, &self.insats, manad);
        let rows = before.bevara(rows);
        let kept = |key: &str| rows.avslutsantal.iter().any(|row| row.key() == key);
        let gone = before.avslut.iter().map(Fact::key).filter(|key| !kept(key));
        let gone: Vec<(&str, String)> = gone.map(|key| (Avslutsantal::RESOURCE, key)).collect();
        let mut odd = Tveksamt::default();
        for finding in self.new_findings(manad, &rows) {
            let text = format!("{} {}", finding.message, finding.hint).trim().to_owned();
            match finding.severity {
                Severity::Fel => wrong.push((String::new(), text)),
                Severity::Varning => odd.push("", text),
                Severity::Upplysning => {}
            }
        }
        wrong.sort();
        wrong.dedup();
        odd.fraga(form, &mut wrong);
        if !wrong.is_empty() {
            return Ok(Err(wrong));
        }
        let why = if why.is_empty() { format!("Antal för {}.", manad.words()) } else { why.to_owned() };
        let signature = Signature { who, why: &why, now_ms: clock::now_ms() };
        let done = change::change_and_end(chosen.db, &chosen.access, &rows, &gone, signature, SLAG).await?;
        Ok(Ok(done.event.is_some()))
    }

    /// The rows of a month's form. An empty field is nought.
    fn rows(&self, manad: Manad, form: &Form, wrong: &mut Wrong) -> Facts {
        let mut rows = Facts::default();
        let mut count = |name: String| {
            let text = form.get(&name).map_or("", |text| text.trim());
            let read = if text.is_empty() { Some(0) } else { text.parse().ok().filter(|count| *count <= MOST) };
            read.unwrap_or_else(|| {
                wrong.push((name, format!("Skriv ett helt tal från 0 till {MOST}, eller lämna rutan tom.")));
                0
            })
        };
        let today = clock::today();
        let given = form.get("inkommen").map_or("", |text| text.trim());
        let inkommen = if given.is_empty() { Some(today) } else { given.parse::<Datum>().ok() };
        for &kon in Kon::ALL {
            rows.manadsantal.push(Manadsantal {
                insats_id: self.insats.insats_id.clone(),
                manad,
                kon,
                inskrivna: count(falt("inskrivna", kon)),
                pagaende: count(falt("pagaende", kon)),
                inkommen: inkommen.unwrap_or(today),
            });
            for &avslutsorsak in Avslutsorsak::ALL {
                let [utskrivna, till_arbete_studier, med_plan] =
                    AV_AVSLUT.map(|(name, _)| count(orsaksfalt(name, avslutsorsak, kon)));
                if utskrivna + till_arbete_studier + med_plan > 0 {
                    rows.avslutsantal.push(Avslutsantal {
                        insats_id: self.insats.insats_id.clone(),
                        manad,
                        kon,
                        avslutsorsak,
                        utskrivna,
                        till_arbete_studier,
                        med_plan,
                        inkommen: inkommen.unwrap_or(today),
                    });
                }
            }
        }
        if inkommen.is_none_or(|day| day > today) {
            let told = "Skriv dagen som 2022-08-30. Den får inte ligga efter i dag.";
            wrong.push(("inkommen".to_owned(), told.to_owned()));
        }
        rows
    }

    /// What is wrong or odd with these rows in place of the month's own, and was not before.
    fn new_findings(&self, manad: Manad, rows: &Facts) -> Vec<Finding> {
        let mut after = self.stored.clone();
        let own = |insats: &samsyn_core::Id, month: Manad| *insats == self.insats.insats_id && month == manad;
        after.manadsantal.retain(|row| !own(&row.insats_id, row.manad));
        after.avslutsantal.retain(|row| !own(&row.insats_id, row.manad));
        after.manadsantal.extend(rows.manadsantal.iter().cloned());
        after.avslutsantal.extend(rows.avslutsantal.iter().cloned());
        let today = clock::today();
        let all = |facts: &Facts| [kontroll::fel(facts), kontroll::varningar(facts, today)].concat();
        let before = all(&self.stored);
        all(&after).into_iter().filter(|finding| !before.contains(finding)).collect()
    }
}

/// The field of a number that has no reason.
pub fn falt(name: &str, kon: Kon) -> String {
    format!("{name}.{}", kon.kod())
}

/// The field of a number of those who left for a reason.
pub fn orsaksfalt(name: &str, orsak: Avslutsorsak, kon: Kon) -> String {
    format!("{name}.{}.{}", orsak.kod(), kon.kod())
}
