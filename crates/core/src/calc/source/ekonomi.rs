//! Figures of the förbund's own economy: fees and plans.

use super::fakta::fact;
use crate::calc::avgift::{self, Avgifter, Avgiftsdel, Betalare, Totalkalla};
use crate::calc::figure::FactRef;
use crate::calc::namn::postnamn;
use crate::calc::utrymme::{Ingang, Planrad, Utrymme, ingang};
use crate::medlem::MedlemTyp;
use crate::planpost::{Plankategori, Planpost};
use crate::underlag::{Ekonomi, Plan, PlanNr, Underlag};
use samsyn_document::{Belopp, Unit, Value, format};

/// A row of a plan in one of its columns, with the applications that are left out, by their places in the plan.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Planvarde {
    /// The plan.
    pub plan: PlanNr,
    /// The applications that are not counted.
    pub utan: Vec<usize>,
    /// The row.
    pub rad: Planrad,
    /// The column's place in the plan.
    pub kolumn: usize,
}

impl Planvarde {
    fn plan<'e>(&self, ekonomi: &'e Ekonomi) -> Option<&'e Plan> {
        ekonomi.planer.get(self.plan)
    }

    /// In tkr; missing where nothing tells it.
    pub(super) fn value(&self, ekonomi: &Ekonomi) -> Value {
        let amount = self.plan(ekonomi).and_then(|plan| match self.rad {
            Planrad::Post(at) => plan.poster.get(at)?.belopp.get(self.kolumn).copied().flatten(),
            rad => Utrymme::new(plan, &self.utan).kolumner.get(self.kolumn)?.av(rad),
        });
        amount.map_or(Value::Missing, |amount| Value::Belopp(amount, Unit::Tkr))
    }

    pub(super) fn rule(&self, underlag: &Underlag) -> String {
        let Some(plan) = self.plan(&underlag.ekonomi) else { return String::new() };
        let meeting =
            plan.datum.map_or_else(String::new, |day| format!(" till styrelsens möte den {}", format::long_date(day)));
        let column = plan.kolumner.get(self.kolumn).map_or_else(String::new, |column| column.rubrik().to_lowercase());
        let what = match self.rad {
            Planrad::Post(_) => "Postens belopp".to_owned(),
            Planrad::Kategori(kategori) => format!("Summan av posterna under {}", kategori.text()),
            Planrad::SummaIntakter => "Summan av alla intäkter".to_owned(),
            Planrad::SummaKostnader => "Summan av alla kostnader, utan ej beslutade ansökningar".to_owned(),
            Planrad::AretsResultat => "Intäkter − kostnader".to_owned(),
            Planrad::Overskott => match ingang(plan, self.kolumn) {
                Ingang::Given | Ingang::Okand => "Över-/underskott från tidigare år, som planen anger det".to_owned(),
                Ingang::Samma(other) => format!(
                    "Över-/underskott från tidigare år, som planen anger det i {}",
                    plan.kolumner[other].rubrik().to_lowercase()
                ),
                Ingang::Fore(before) => format!(
                    "Det som är kvar av {} i samma plan: prognosen där den finns, annars budgeten",
                    plan.kolumner[before].rubrik().to_lowercase()
                ),
            },
            Planrad::Ingaende => "Intäkter + över-/underskott från tidigare år".to_owned(),
            Planrad::EfterBeslut => "Över-/underskott från tidigare år + årets resultat".to_owned(),
            Planrad::Kvarvarande => {
                "Över-/underskott från tidigare år + årets resultat − de ansökningar som räknas med".to_owned()
            }
        };
        let left_out = self.utan.iter().filter_map(|&at| plan.poster.get(at));
        let left_out: Vec<String> = left_out.map(|post| postnamn(underlag, post)).collect();
        let without = if left_out.is_empty() {
            String::new()
        } else {
            format!(" Inte medräknade: {}.", format::list(&left_out))
        };
        format!("{what}, {column}, i planen{meeting}. Avrundat från kronor.{without}")
    }

    /// The posts that it is summed from, by their part.
    pub(super) fn facts(&self, ekonomi: &Ekonomi) -> Vec<(String, Value, Vec<FactRef>)> {
        let Some(plan) = self.plan(ekonomi) else { return Vec::new() };
        let posts = |heading: &str, wanted: &dyn Fn(usize, Plankategori) -> bool| {
            let rows = plan.poster.iter().enumerate().filter(|(at, post)| wanted(*at, post.kategori));
            let found: Vec<Planpost> = rows.flat_map(|(_, post)| rader(plan, post, self.kolumn)).collect();
            let sum: Belopp = found.iter().map(|row| row.belopp_kr).sum();
            let facts = found.iter().map(|row| fact(row, text(row))).collect();
            (heading.to_owned(), Value::Belopp(sum, Unit::Tkr), facts)
        };
        let counted = |at: usize, kategori: Plankategori| kategori.is_application() && !self.utan.contains(&at);
        let income = || posts("Intäkter", &|_, kategori| kategori.is_income());
        let costs = || posts("Kostnader", &|_, kategori| kategori.is_cost());
        let applied = || posts("Ansökningar som räknas med", &counted);
        let brought = || self.brought_facts(ekonomi, plan);
        match self.rad {
            Planrad::Post(place) => vec![posts("Post i planen", &|at, _| at == place)],
            Planrad::Kategori(wanted) if wanted.is_application() => {
                vec![posts(wanted.text(), &|at, kategori| kategori == wanted && counted(at, kategori))]
            }
            Planrad::Kategori(wanted) => vec![posts(wanted.text(), &|_, kategori| kategori == wanted)],
            Planrad::SummaIntakter => vec![income()],
            Planrad::SummaKostnader => vec![costs()],
            Planrad::AretsResultat => vec![income(), costs()],
            Planrad::Overskott => brought(),
            Planrad::Ingaende => [vec![income()], brought()].concat(),
            Planrad::EfterBeslut => [vec![income(), costs()], brought()].concat(),
            Planrad::Kvarvarande => [vec![income(), costs(), applied()], brought()].concat(),
        }
    }

    /// The post that gives what is brought forward, or what the year before rests on.
    fn brought_facts(&self, ekonomi: &Ekonomi, plan: &Plan) -> Vec<(String, Value, Vec<FactRef>)> {
        let before = match ingang(plan, self.kolumn) {
            Ingang::Fore(before) => before,
            other => {
                let column = if let Ingang::Samma(column) = other { column } else { self.kolumn };
                let given = plan.av(Plankategori::OverskottFranTidigareAr);
                let rows: Vec<Planpost> = given.flat_map(|(_, post)| rader(plan, post, column)).collect();
                let source = Planvarde { rad: Planrad::Overskott, ..self.clone() };
                let facts = rows.iter().map(|row| fact(row, text(row))).collect();
                return vec![("Över-/underskott från tidigare år".to_owned(), source.value(ekonomi), facts)];
            }
        };
        let source = Planvarde { rad: Planrad::Kvarvarande, kolumn: before, ..self.clone() };
        let year = plan.kolumner[before].rubrik();
        let groups = source.facts(ekonomi).into_iter();
        groups.map(|(heading, value, facts)| (format!("{year}: {}", heading.to_lowercase()), value, facts)).collect()
    }
}

/// A post's fact in a column.
fn rader(plan: &Plan, post: &crate::underlag::Post, column: usize) -> Option<Planpost> {
    Some(Planpost {
        plan: plan.datum?,
        kategori: post.kategori,
        post: post.namn.clone(),
        kolumn: *plan.kolumner.get(column)?,
        belopp_kr: post.belopp.get(column).copied().flatten()?,
    })
}

fn text(row: &Planpost) -> String {
    format!("{} kr", format::kronor(row.belopp_kr))
}

/// The fees of a year, when their sum is known and can be shared.
fn fees(ekonomi: &Ekonomi, ar: u16) -> Option<Avgifter> {
    let (total, _) = avgift::totalen(ekonomi, ar)?;
    avgift::avgifter(ekonomi, ar, total).ok()
}

/// A part of a payer's fee; missing where it cannot be told.
pub(super) fn fee(ekonomi: &Ekonomi, ar: u16, who: Betalare, what: Avgiftsdel) -> Value {
    let kronor = |amount: i64| Value::Belopp(Belopp::from_kronor(amount), Unit::Kronor);
    let now = || fees(ekonomi, ar)?.av(who);
    // What a kommun paid is not what it would have paid by another year's rule.
    let paid = |fees: &Avgifter| !(fees.preliminar && matches!(who, Betalare::Kommun(_)));
    let then = || fees(ekonomi, ar.checked_sub(1)?).filter(paid)?.av(who);
    let found = match what {
        Avgiftsdel::Avgift => now().map(kronor),
        Avgiftsdel::Fjolar => then().map(kronor),
        Avgiftsdel::Andring => now().zip(then()).map(|(now, then)| kronor(now - then)),
        Avgiftsdel::Halvar1 => halves(ekonomi, ar, who).map(|halves| kronor(halves[0])),
        Avgiftsdel::Halvar2 => halves(ekonomi, ar, who).map(|halves| kronor(halves[1])),
        Avgiftsdel::Folkmangd => people(ekonomi, ar, who),
    };
    found.unwrap_or(Value::Missing)
}

/// A payer's invoices; those of several payers are the sums of theirs.
fn halves(ekonomi: &Ekonomi, ar: u16, who: Betalare) -> Option<[i64; 2]> {
    let fees = fees(ekonomi, ar)?;
    let sum = |parts: Vec<[i64; 2]>| parts.iter().fold([0, 0], |sum, part| [sum[0] + part[0], sum[1] + part[1]]);
    let kommuner =
        || Some(sum(fees.kommuner.as_ref().ok()?.iter().map(|one| avgift::halvarsbelopp(one.avgift)).collect()));
    match who {
        Betalare::Kommunerna => kommuner(),
        Betalare::Alla => {
            let own = [fees.staten, fees.region].map(avgift::halvarsbelopp);
            Some(sum(vec![own[0], own[1], kommuner()?]))
        }
        _ => fees.av(who).map(avgift::halvarsbelopp),
    }
}

fn people(ekonomi: &Ekonomi, ar: u16, who: Betalare) -> Option<Value> {
    let fees = fees(ekonomi, ar)?;
    let found = match who {
        Betalare::Kommun(medlem) => i64::from(fees.kommun(medlem)?.folkmangd),
        Betalare::Kommunerna => fees.kommuner.as_ref().ok()?.iter().map(|one| i64::from(one.folkmangd)).sum(),
        _ => return None,
    };
    Some(Value::Antal(found))
}

pub(super) fn fee_rule(ekonomi: &Ekonomi, ar: u16, who: Betalare, what: Avgiftsdel) -> String {
    let before = ar.saturating_sub(1);
    let rule_of = |year: u16| ekonomi.avgiftsregler.iter().rfind(|rule| rule.ar <= year);
    let share = match who {
        Betalare::Alla => "Summan av alla medlemmars avgifter.".to_owned(),
        Betalare::Staten => "Staten betalar hälften (5 § lagen 2003:1210).".to_owned(),
        Betalare::Region => {
            "Regionen betalar en fjärdedel (5 § lagen 2003:1210), och den krona som inte går jämnt upp.".to_owned()
        }
        Betalare::Kommunerna => "Kommunerna betalar tillsammans en fjärdedel (5 § lagen 2003:1210).".to_owned(),
        Betalare::Kommun(_) => {
            let how = rule_of(if what == Avgiftsdel::Fjolar { before } else { ar }).map_or_else(String::new, rounding);
            format!("Kommunernas fjärdedel × kommunens folkmängd ÷ folkmängden i alla kommuner.{how}")
        }
    };
    match what {
        Avgiftsdel::Avgift => share,
        Avgiftsdel::Fjolar => {
            format!("Avgiften för {before}. Saknas när summan eller årets egen regel inte är känd. {share}")
        }
        Avgiftsdel::Andring => format!("Avgiften för {ar} − avgiften för {before}. {share}"),
        Avgiftsdel::Halvar1 => format!("Hälften av årets avgift, avrundad uppåt till hela kronor. {share}"),
        Avgiftsdel::Halvar2 => format!("Årets avgift − beloppet för första halvåret. {share}"),
        Avgiftsdel::Folkmangd if rule_of(ar).is_some_and(|rule| rule.ar != ar) => {
            format!("Den senast kända folkmängden: {ar} har ingen egen regel som säger vilken dag.")
        }
        Avgiftsdel::Folkmangd => "Folkmängden den dag som regeln säger.".to_owned(),
    }
}

fn rounding(rule: &crate::avgiftsregel::Avgiftsregel) -> String {
    use crate::avgiftsregel::Avgiftsmetod;
    match (rule.metod, &rule.rest_till) {
        (Avgiftsmetod::StorstaRest, _) => {
            " Avrundat nedåt; de kronor som blir över går en och en till de största resterna.".to_owned()
        }
        (Avgiftsmetod::AvrundaVarForSig, Some(name)) => {
            format!(" Var och en avrundas för sig; skillnaden till summan läggs på {name}.")
        }
        (Avgiftsmetod::AvrundaVarForSig, None) => " Var och en avrundas för sig.".to_owned(),
    }
}

/// The facts that a fee rests on, by their part, with what each part amounts to.
pub(super) fn fee_facts(
    ekonomi: &Ekonomi,
    ar: u16,
    who: Betalare,
    what: Avgiftsdel,
) -> Vec<(String, Value, Vec<FactRef>)> {
    let before = ar.saturating_sub(1);
    let years = match what {
        Avgiftsdel::Fjolar => vec![before],
        Avgiftsdel::Andring => vec![ar, before],
        _ => vec![ar],
    };
    let mut groups = Vec::new();
    for year in years {
        let sum = avgift::totalen(ekonomi, year).map_or(Value::Missing, |(sum, _)| Value::Belopp(sum, Unit::Kronor));
        groups.push((format!("Summan för {year}"), sum, total_fact(ekonomi, year).into_iter().collect()));
        if !matches!(who, Betalare::Kommun(_) | Betalare::Kommunerna) {
            continue;
        }
        let Some(fees) = fees(ekonomi, year) else { continue };
        let rule = fees.regel.and_then(|at| ekonomi.avgiftsregler.get(at));
        let metod = rule.map_or(Value::Missing, |rule| Value::Text(rule.metod.text().to_owned()));
        let of_year = rule.map_or(year, |rule| rule.ar);
        let rules = rule.map(|rule| fact(rule, rule.metod.text().to_owned())).into_iter().collect();
        groups.push((format!("Regeln för {of_year}"), metod, rules));
        let day = fees.folkmangd;
        let kommun = |name: &str| ekonomi.medlemmar.iter().any(|m| m.medlem == name && m.typ == MedlemTyp::Kommun);
        let rows = ekonomi.folkmangd.iter().filter(|row| Some(row.datum) == day && kommun(&row.kommun));
        let rows: Vec<_> = rows.collect();
        let all = Value::Antal(rows.iter().map(|row| i64::from(row.antal)).sum());
        let people = rows.into_iter().map(|row| fact(row, format::number(i64::from(row.antal)))).collect();
        groups.push((format!("Folkmängd för {year}"), all, people));
    }
    groups
}

fn total_fact(ekonomi: &Ekonomi, ar: u16) -> Option<FactRef> {
    let (_, found) = avgift::totalen(ekonomi, ar)?;
    match found {
        Totalkalla::Avgift(at) => {
            let fees = &ekonomi.medlemsavgifter[at];
            let decided = fees.beslutad.map_or_else(|| "förslag".to_owned(), |day| format!("beslutat {day}"));
            Some(fact(fees, format!("{} kr, {decided}", format::kronor(fees.totalt_kr))))
        }
        Totalkalla::Plan(plan, post, column) => {
            let plan = &ekonomi.planer[plan];
            let row = rader(plan, &plan.poster[post], column)?;
            Some(fact(&row, text(&row)))
        }
    }
}
