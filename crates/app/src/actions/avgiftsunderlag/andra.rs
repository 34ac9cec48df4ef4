//! Changing by hand what member fees and recommended savings rest on. Each change is an event with who, when and why;
//! what the checks would point out is told at its field and not stored.

use crate::actions::forbund::Chosen;
use crate::actions::insatsbeslut::{Form, Wrong, parse, unfit};
use crate::actions::ord::Ord;
use crate::actions::star::{HANDELSE, SEDD, Star, handelse};
use crate::{Error, clock};
use samsyn_core::avgiftsregel::{Avgiftsmetod, Avgiftsregel};
use samsyn_core::folkmangd::Folkmangd;
use samsyn_core::sparandesteg::Sparandesteg;
use samsyn_core::underlag::Underlag;
use samsyn_core::{Fact, Facts, Finding, kontroll};
use samsyn_store::change::{self, Upon};
use samsyn_store::{Signature, facts};

/// The most characters of a field.
const LONGEST: usize = 500;

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vad {
    /// The rule of a year.
    Regel,
    /// A kommun's population on a day.
    Folkmangd,
    /// A step of recommended savings.
    Steg,
}

impl Vad {
    /// The kind of event.
    pub const fn slag(self) -> &'static str {
        match self {
            Vad::Regel => "avgiftsregel",
            Vad::Folkmangd => crate::actions::folkmangd::SLAG,
            Vad::Steg => "rekommenderat sparande",
        }
    }

    /// The file of its facts.
    const fn resource(self) -> &'static str {
        match self {
            Vad::Regel => Avgiftsregel::RESOURCE,
            Vad::Folkmangd => Folkmangd::RESOURCE,
            Vad::Steg => Sparandesteg::RESOURCE,
        }
    }

    /// The fact that a form tells, as far as it can be read.
    fn rader(self, form: &Form, wrong: &mut Wrong) -> Facts {
        let mut rows = Facts::default();
        match self {
            Vad::Regel => rows.avgiftsregler.extend(parse::<Avgiftsregel>(form, wrong)),
            Vad::Folkmangd => rows.folkmangd.extend(parse::<Folkmangd>(form, wrong)),
            Vad::Steg => rows.sparandesteg.extend(parse::<Sparandesteg>(form, wrong)),
        }
        rows
    }
}

/// What came of saving a form.
#[derive(Debug, PartialEq, Eq)]
pub enum Utfall {
    /// The fact is as the form says; whether that was a change.
    Klart(bool),
    /// What is wrong, by field; nothing is stored.
    Fel(Wrong),
    /// There is such a fact, which says something else and which the form has not shown: by field, with what is to be in
    /// the form's hidden fields when it has. Nothing is stored.
    Finns(Wrong, [(&'static str, String); 2]),
}

/// Stores the fact that a form tells, new or changed.
pub async fn spara(chosen: &Chosen<'_>, what: Vad, form: &Form, who: &str) -> Result<Utfall, Error> {
    // Before anything is read.
    let now = handelse(chosen).await?;
    let (why, mut wrong) = skal(form);
    let rows = what.rader(form, &mut wrong);
    let stored = facts::current(chosen.db, &chosen.access).await?;
    if wrong.is_empty() {
        wrong = judge(&stored, &rows);
    }
    if !wrong.is_empty() {
        return Ok(Utfall::Fel(wrong));
    }
    let given = |name: &str| form.get(name).map_or("", String::as_str);
    let shown = (given(HANDELSE).parse().unwrap_or(0), given(SEDD));
    let (key, unseen) = match what {
        Vad::Regel => osedd(chosen, &rows.avgiftsregler, shown).await?,
        Vad::Folkmangd => osedd(chosen, &rows.folkmangd, shown).await?,
        Vad::Steg => osedd(chosen, &rows.sparandesteg, shown).await?,
    };
    if let Some(told) = unseen {
        return Ok(Utfall::Finns(told, [(HANDELSE, now.to_string()), (SEDD, key)]));
    }
    let signature = Signature { who, why, now_ms: clock::now_ms() };
    let upon = Upon { resource: what.resource(), prefix: &key, event: now };
    let done = change::change_upon(chosen.db, &chosen.access, &rows, &[], Some(upon), (signature, what.slag())).await?;
    Ok(match done {
        Some(done) => Utfall::Klart(done.event.is_some()),
        None => Utfall::Fel(vec![(String::new(), "Någon annan sparade i samma stund. Spara igen.".to_owned())]),
    })
}

/// The key of the only row; and what stands there instead, by field, when there is something that the form has not shown.
async fn osedd<F: Fact>(chosen: &Chosen<'_>, rows: &[F], shown: (i64, &str)) -> Result<(String, Option<Wrong>), Error> {
    let Some(row) = rows.first() else { return Ok((String::new(), None)) };
    let key = row.key();
    let found = Star::finn::<F>(chosen, &key).await?.filter(|star| star.ar_osedd(row, shown));
    let told = found.map(|star| {
        let differs = |at: &usize| star.cells()[*at] != row.cell(*at);
        let one = |at: usize| {
            let stands = match star.cells()[at].as_str() {
                "" => "inget".to_owned(),
                code => {
                    let metod = Avgiftsmetod::of_kod(code).map(|metod| metod.text().to_owned());
                    format!("”{}”", metod.unwrap_or_else(|| code.to_owned()))
                }
            };
            let told = format!("Här står redan {stands}, av {}. Spara igen om det ska ersättas.", star.vem());
            (F::FIELDS[at].to_owned(), told)
        };
        (0..F::FIELDS.len()).filter(differs).map(one).collect()
    });
    Ok((key, told))
}

/// Ends a step of savings, by its key. Whether there was one; else what is wrong with the form.
pub async fn ta_bort(chosen: &Chosen<'_>, key: &str, form: &Form, who: &str) -> Result<Result<bool, Wrong>, Error> {
    let (why, wrong) = skal(form);
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let signature = Signature { who, why, now_ms: clock::now_ms() };
    let kind = Vad::Steg.slag();
    let done = change::end(chosen.db, &chosen.access, Sparandesteg::RESOURCE, key, signature, kind).await?;
    Ok(Ok(done.is_some()))
}

/// The reason, and what is wrong with it or with any field as text.
fn skal(form: &Form) -> (&str, Wrong) {
    let why = form.get("skal").map_or("", |why| why.trim());
    let mut wrong = unfit(form, LONGEST);
    if why.is_empty() {
        wrong.push(("skal".to_owned(), "Skriv varför, eller vilket beslut det bygger på.".to_owned()));
    }
    (why, wrong)
}

/// What does not go together with the rest, by field.
fn judge(stored: &Facts, rows: &Facts) -> Wrong {
    let mut wrong = Wrong::new();
    let mut tell = |field: &str, text: &str| wrong.push((field.to_owned(), text.to_owned()));
    for rule in &rows.avgiftsregler {
        match (rule.metod, &rule.rest_till) {
            (Avgiftsmetod::AvrundaVarForSig, None) => {
                tell("rest_till", "Välj vilken kommun som tar skillnaden när var och en avrundas för sig.");
            }
            (Avgiftsmetod::StorstaRest, Some(_)) => {
                tell("rest_till", "Med största rest blir det ingen skillnad att ta. Välj Ingen.");
            }
            _ => {}
        }
    }
    if rows.folkmangd.iter().any(|row| row.datum > clock::today()) {
        tell("datum", "Den dagen har inte varit än. Välj en tidigare.");
    }
    if rows.sparandesteg.iter().any(|step| step.hogst_procent.is_none() && step.hogst_kr.is_none()) {
        tell("hogst_procent", "Fyll i hur mycket som högst bör sparas: procent av intäkten, kronor eller båda.");
    }
    if !wrong.is_empty() {
        return wrong;
    }
    let facts = Facts { forbund: stored.forbund.clone(), medlemmar: stored.medlemmar.clone(), ..rows.clone() };
    let found = kontroll::fel(&facts).into_iter().chain(kontroll::varningar(&facts, clock::today()));
    let plain = Underlag::new(Facts::default(), clock::today());
    let ord = Ord::new(&plain);
    let told = |finding: Finding| {
        let text = format!("{} {}", finding.message, finding.hint);
        (finding.place.column.clone().unwrap_or_default(), ord.mening(text.trim()))
    };
    found.map(told).collect()
}

/// A stored fact as a form shows it, with which fact it is and after which event; an empty form when there is none with
/// this key.
pub async fn form_of<F: Fact>(chosen: &Chosen<'_>, key: &str) -> Result<Form, Error> {
    let now = handelse(chosen).await?;
    let Some(star) = Star::finn::<F>(chosen, key).await? else { return Ok(Form::new()) };
    let mut form: Form = F::FIELDS.iter().map(|field| (*field).to_owned()).zip(star.cells().to_vec()).collect();
    form.insert(HANDELSE.to_owned(), now.to_string());
    form.insert(SEDD.to_owned(), key.to_owned());
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;
    use samsyn_core::medlem::{Medlem, MedlemTyp};

    /// The fields that something is wrong with.
    fn wrong(what: Vad, fields: &[(&str, &str)]) -> Vec<String> {
        let member = |name: &str, typ| Medlem { medlem: name.to_owned(), typ };
        let members = vec![member("Heby", MedlemTyp::Kommun), member("Regionen", MedlemTyp::Region)];
        let forbund = Fact::parse(&|at| ["f", "Förbundet"].get(at).copied().unwrap_or_default(), &mut |_, _| ());
        let stored = Facts { medlemmar: members, forbund: forbund.into_iter().collect(), ..Facts::default() };
        let mut form: Form = fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        form.entry("skal".to_owned()).or_insert_with(|| "Beslut § 4".to_owned());
        let (_, mut found) = skal(&form);
        let rows = what.rader(&form, &mut found);
        if found.is_empty() {
            found = judge(&stored, &rows);
        }
        // A method is chosen from a list.
        let plain = |(field, text): &(String, String)| field == "metod" || !text.contains('_');
        assert!(found.iter().all(plain) && !format!("{found:?}").contains("0017"), "{found:?}");
        found.into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn what_is_wrong_is_told_at_its_field_in_words() {
        let none = [""; 0];
        let rule = |metod: &'static str, rest: &'static str, ar: &'static str| {
            wrong(Vad::Regel, &[("ar", ar), ("metod", metod), ("rest_till", rest), ("folkmangd_datum", "2021-11-01")])
        };
        assert_eq!(rule("avrunda_var_for_sig", "Heby", "2023"), none);
        assert_eq!(rule("storsta_rest", "", "2023"), none);
        assert_eq!(rule("avrunda_var_for_sig", "", "2023"), ["rest_till"]);
        assert_eq!(rule("avrunda_var_for_sig", "Regionen", "2023"), ["rest_till"]);
        assert_eq!(rule("avrunda_var_for_sig", "Ceså", "2023"), ["rest_till"]);
        assert_eq!(rule("storsta_rest", "Heby", "2023"), ["rest_till"]);
        assert_eq!(rule("annan", "", "23"), ["metod"]);
        assert_eq!(rule("storsta_rest", "", "23"), ["ar"]);
        let people = |kommun: &'static str, datum: &'static str, antal: &'static str| {
            wrong(Vad::Folkmangd, &[("kommun", kommun), ("datum", datum), ("antal", antal)])
        };
        assert_eq!(people("Heby", "2021-11-01", "14 262"), none);
        assert_eq!(people("Heby", "2021-11-01", "0"), ["antal"]);
        assert_eq!(people("Heby", "2999-11-01", "1"), ["datum"]);
        assert_eq!(people("Regionsta", "2021-11-01", "1"), ["kommun"]);
        assert_eq!(people("900101-0017", "2021-11-01", "1"), ["kommun"]);
        let step = |income: &'static str, share: &'static str, most: &'static str, from: &'static str| {
            let fields = [
                ("galler_fran", "2013-10-02"),
                ("intakt_fran_kr", income),
                ("hogst_procent", share),
                ("hogst_kr", most),
            ];
            wrong(Vad::Steg, &[&fields[..], &[("kalla", from)]].concat())
        };
        assert_eq!(step("5 000 000", "20", "", "Skrivelse"), none);
        assert_eq!(step("0", "", "4 000 000", "Skrivelse"), none);
        assert_eq!(step("0", "", "", "Skrivelse"), ["hogst_procent"]);
        assert_eq!(step("0", "101", "", "Skrivelse"), ["hogst_procent"]);
        assert_eq!(step("-1", "20", "", "Skrivelse"), ["intakt_fran_kr"]);
        assert_eq!(step("0", "20", "-1", "Skrivelse"), ["hogst_kr"]);
        assert_eq!(step("0", "20", "", ""), ["kalla"]);
        assert_eq!(
            wrong(Vad::Folkmangd, &[("kommun", "Heby"), ("datum", "2021-11-01"), ("antal", "1"), ("skal", "")]),
            ["skal"]
        );
    }
}
