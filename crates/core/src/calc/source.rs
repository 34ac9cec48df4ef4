//! Where a figure comes from: one kind of source per way of counting. The value and the list of facts
//! are read from the same source by the same definition.

mod bokforing;
mod ekonomi;
mod fakta;
mod forsorjning;
mod prognos;
mod spann;
mod summa;
mod verksamhet;

pub use bokforing::{Bokvarde, Planandel};
pub use ekonomi::Planvarde;
pub use forsorjning::Vad as Forsorjningstal;
pub(crate) use prognos::{provade, utan_prognos};
pub use verksamhet::Deltog;

use crate::calc::avgift::{Avgiftsdel, Betalare};
use crate::calc::figure::FactGroup;
use crate::calc::grupp::Grupp;
use crate::calc::kontekst::Rakning;
use crate::calc::matt::Matt;
use crate::calc::pengar::{self, Post, Span};
use crate::calc::smatal::Key;
use crate::calc::svar::Fraga;
use crate::deltagande::Kon;
use crate::underlag::{InsatsNr, KedjeNr};
use samsyn_document::{Belopp, Halvar, Kvartal, Kvot, Manad, Tal, Unit, Value, format, kvot::round_half_up};

/// What a column of table 1 tells of an insats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Uppgift {
    /// Its typ.
    Typ,
    /// First day of its latest decided period.
    Start,
    /// Last day of it.
    Slut,
}

/// A list of insatser that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lista {
    /// The rows of table 2, of one typ or of all.
    Pagaende(Option<crate::insats::InsatsTyp>),
    /// Those that ended in the half-year.
    Avslutade,
    /// Those that have not started.
    EjStartade,
    /// Those whose answer has this code.
    MedSvar(Fraga, &'static str),
    /// Those that have answered.
    HarSvarat(Fraga),
}

/// Where a figure comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// What is decided about an insats.
    Insats(InsatsNr, Uppgift),
    /// An insats's answer.
    Svar(InsatsNr, Fraga),
    /// A number of insatser.
    Insatser(Lista),
    /// A number of deltaganden with a measure, of one sex or of both.
    Deltaganden(Grupp, Option<Kon>, Matt),
    /// A number of deltaganden of a chain with a measure, with one quarter's first and last day as *a* and *b*.
    Kvartal(KedjeNr, Kvartal, Matt),
    /// A number of deltaganden of a group with a measure, of one sex or of both, with the first day of one month and
    /// the last day of another as *a* and *b*.
    Manader(Grupp, Option<Kon>, Manad, Manad, Matt),
    /// Money of a group.
    Pengar(Grupp, Post, Span),
    /// Granted carry-over to next year.
    Overfort(Grupp),
    /// Number of expected participants of a chain.
    Forvantat(usize),
    /// Number of expected participants of a chain from the first month to the second.
    ForvantatManader(KedjeNr, Manad, Manad),
    /// One figure divided by another, in percent.
    Andel(Box<Source>, Box<Source>),
    /// Money divided by a number, in whole kronor.
    PerStyck(Box<Source>, Box<Source>),
    /// What an avvikelse asks to carry over: the insats, and the report's place among its own.
    BegardOverforing(InsatsNr, usize),
    /// The target of a goal: the insats, and the goal's place among its own.
    Maltal(InsatsNr, usize),
    /// The reported outcome of a goal: the insats, and the outcome's place among its own.
    Malutfall(InsatsNr, usize),
    /// Number of avvikelser about budget handed in during the half-year.
    BudgetAvvikelser,
    /// A figure of the same half of the year before, whose facts are complete.
    Fjolar(Box<Source>),
    /// A figure from a publication, by its place in the underlag.
    Historiskt(usize),
    /// What of a payer's fee of a year.
    Avgift(u16, Betalare, Avgiftsdel),
    /// A row of a plan.
    Plan(Planvarde),
    /// The forecast of a year's outcome, of one insats or of all.
    Prognos(u16, Option<InsatsNr>),
    /// Public support that is reckoned to fall away.
    Forsorjning(Grupp, Forsorjningstal),
    /// The target of one of the board's goals, by its place in the underlag.
    Resultatmal(usize),
    /// How many activities of a kind, or of every kind, there have been since 1 January; or how many people took part.
    Aktiviteter(Option<String>, Deltog),
    /// An amount of the bookkeeping.
    Bok(Bokvarde),
    /// The sum of amounts as they are shown; those that are missing are left out, and the sum is missing when all are.
    Summa(Vec<Source>),
    /// One amount as it is shown less another; missing when either is.
    Skillnad(Box<Source>, Box<Source>),
    /// How many of these shares are over so many percent; without a bound: how many have a base.
    Over(Vec<Source>, Option<i64>),
    /// An amount in thousands of kronor.
    Tkr(Box<Source>),
    /// An amount with the opposite sign: a cost as a positive number.
    Omvand(Box<Source>),
}

impl Source {
    /// A number of deltaganden of a group.
    pub fn antal(grupp: Grupp, kon: Option<Kon>, matt: Matt) -> Source {
        Source::Deltaganden(grupp, kon, matt)
    }

    /// `part ÷ base` in percent.
    pub fn andel(part: Source, base: Source) -> Source {
        Source::Andel(Box::new(part), Box::new(base))
    }

    /// Whether the figure would tell a count of people that is withheld.
    pub fn is_withheld(&self, rakning: &Rakning<'_>) -> bool {
        rakning.smatal().is_some_and(|smatal| !smatal.shows(self))
    }

    /// Whether it is, or divides by or from, a count of people that the counts handed in do not tell.
    pub fn is_unknown(&self, rakning: &Rakning<'_>) -> bool {
        match self {
            Source::Deltaganden(grupp, _, matt) => rakning.is_unknown(*grupp, *matt),
            Source::Andel(part, base) | Source::PerStyck(part, base) => {
                part.is_unknown(rakning) || base.is_unknown(rakning)
            }
            Source::Fjolar(source) => rakning.year_before().is_some_and(|before| source.is_unknown(before)),
            _ => false,
        }
    }

    /// Whether it counts people, or divides by or from such a count.
    pub fn counts_people(&self) -> bool {
        let mut any = matches!(self, Source::Kvartal(..) | Source::Manader(..) | Source::Forsorjning(..));
        Key::each(self, &mut |_| any = true);
        any
    }

    /// The value; missing where nothing is reported or there is nothing to divide by.
    pub fn value(&self, rakning: &Rakning<'_>) -> Value {
        if self.is_unknown(rakning) {
            return Value::Missing;
        }
        if self.is_withheld(rakning) {
            return Value::Withheld;
        }
        let underlag = rakning.underlag;
        match self {
            Source::Insats(insats, uppgift) => {
                let insats = &underlag.insatser[*insats];
                match (uppgift, insats.period()) {
                    (Uppgift::Typ, _) => Value::Svar(insats.insats.typ.svar()),
                    (Uppgift::Start, Some(period)) => Value::Datum(period.start),
                    (Uppgift::Slut, Some(period)) => Value::Datum(period.slut),
                    (_, None) => Value::Missing,
                }
            }
            Source::Svar(insats, fraga) => fraga.answer(&underlag.insatser[*insats], rakning.period),
            Source::Insatser(lista) => Value::Antal(lista.insatser(rakning).len() as i64),
            Source::Deltaganden(grupp, kon, matt) => Value::Antal(rakning.count(*grupp, *kon, *matt)),
            // Quarters and months are not weighed against each other and against the year, so none is shown.
            Source::Kvartal(..) | Source::Manader(..) if rakning.smatal().is_some() => Value::Withheld,
            Source::Kvartal(kedja, kvartal, matt) => {
                spann::value(rakning, Grupp::Kedja(*kedja), None, *matt, kvartal.first(), kvartal.last())
            }
            Source::Manader(grupp, kon, from, to, matt) => {
                spann::value(rakning, *grupp, *kon, *matt, from.first(), to.last())
            }
            Source::Pengar(grupp, post, span @ Span::Kvartal(_)) if !pengar::any(rakning, *grupp, *post, *span) => {
                Value::Missing
            }
            Source::Pengar(grupp, post, span) => {
                Value::Belopp(pengar::of_group(rakning, *grupp, *post, *span), Unit::Tkr)
            }
            Source::Overfort(grupp) => {
                let insatser = pengar::insatser(rakning, *grupp);
                let granted = insatser.flat_map(|i| pengar::carried_over(&underlag.insatser[i], rakning.period));
                let mut amounts = granted.filter_map(|avvikelse| avvikelse.overforing_kr).peekable();
                match amounts.peek() {
                    None => Value::Missing,
                    Some(_) => Value::Belopp(amounts.sum(), Unit::Tkr),
                }
            }
            Source::BegardOverforing(insats, at) => underlag.insatser[*insats]
                .avvikelser
                .get(*at)
                .and_then(|avvikelse| avvikelse.overforing_kr)
                .map_or(Value::Missing, |amount| Value::Belopp(amount, Unit::Kronor)),
            Source::Maltal(insats, at) => tal(underlag.insatser[*insats].mal.get(*at).and_then(|mal| mal.maltal)),
            Source::Malutfall(insats, at) => {
                tal(underlag.insatser[*insats].malutfall.get(*at).and_then(|utfall| utfall.utfall))
            }
            Source::Forvantat(kedja) => pengar::expected_times_four(rakning, *kedja)
                .map_or(Value::Missing, |four| Value::Antal(round_half_up(i128::from(four), 4))),
            Source::ForvantatManader(kedja, from, to) => pengar::expected_times_twelve(rakning, *kedja, *from, *to)
                .map_or(Value::Missing, |twelve| Value::Antal(round_half_up(i128::from(twelve), 12))),
            Source::Andel(part, base) => ratio(&part.value(rakning), &base.value(rakning)),
            Source::PerStyck(money, number) => match (money.value(rakning), number.value(rakning)) {
                (Value::Belopp(amount, _), Value::Antal(number)) if number > 0 => {
                    let kronor = round_half_up(i128::from(amount.ore()), i128::from(number) * 100);
                    Value::Belopp(Belopp::from_kronor(kronor), Unit::Kronor)
                }
                _ => Value::Missing,
            },
            Source::BudgetAvvikelser => {
                let number = |i: usize| {
                    crate::calc::svar::budget_deviations(&underlag.insatser[i], rakning.period).count() as i64
                };
                Value::Antal((0..underlag.insatser.len()).map(number).sum())
            }
            Source::Fjolar(source) => rakning.year_before().map_or(Value::Missing, |before| source.value(before)),
            Source::Historiskt(at) => historic(rakning, *at),
            Source::Avgift(ar, who, what) => ekonomi::fee(&underlag.ekonomi, *ar, *who, *what),
            Source::Plan(value) => value.value(&underlag.ekonomi),
            Source::Prognos(ar, insats) => prognos::value(underlag, *ar, *insats),
            Source::Forsorjning(grupp, what) => forsorjning::value(rakning, *grupp, *what),
            Source::Resultatmal(at) => tal(underlag.verksamhetsmal.get(*at).and_then(|mal| mal.maltal)),
            Source::Aktiviteter(typ, what) => verksamhet::value(rakning, typ.as_deref(), *what),
            Source::Bok(value) => value.value(underlag),
            Source::Summa(parts) => summa::sum(parts, rakning),
            Source::Skillnad(one, other) => summa::difference(one, other, rakning),
            Source::Over(shares, percent) => summa::over(shares, *percent, rakning),
            Source::Tkr(amount) => summa::tkr(amount, rakning),
            Source::Omvand(amount) => summa::turned(amount, rakning),
        }
    }

    /// The rule in words, with days and names filled in.
    pub fn rule(&self, rakning: &Rakning<'_>) -> String {
        let between =
            |text: &str, a, b| text.replace("{a}", &format::long_date(a)).replace("{b}", &format::long_date(b));
        let days = |text: &str| between(text, rakning.period.year_start(), rakning.period.last());
        match self {
            Source::Insats(_, Uppgift::Typ) => "Insatsens typ.".to_owned(),
            Source::Insats(..) => "Den senast beslutade perioden bland kända beslut.".to_owned(),
            Source::Svar(_, fraga) => format!("{}. {}", fraga.text(), fraga.rule_in(rakning.underlag)),
            Source::Insatser(lista) => lista.rule(rakning.period),
            Source::Deltaganden(grupp, kon, matt) => {
                let without = if *matt == Matt::Anonyma { "makulerade" } else { "anonyma och makulerade" };
                let rule = format!("{}{}, i {}. Utan {without}.", days(matt.rule()), sex(*kon), grupp.words(rakning));
                rule + &spann::with_months(rakning, *grupp, *matt, rakning.period.year_start(), rakning.period.last())
            }
            Source::Kvartal(kedja, kvartal, matt) => {
                let (a, b, grupp) = (kvartal.first(), kvartal.last(), Grupp::Kedja(*kedja));
                let rule = between(matt.rule(), a, b);
                let rule = format!("{rule}, i {}. Utan anonyma och makulerade.", grupp.words(rakning));
                rule + &spann::with_months(rakning, grupp, *matt, a, b)
            }
            Source::Manader(grupp, kon, from, to, matt) => {
                let (a, b) = (from.first(), to.last());
                let rule = format!("{}{}", between(matt.rule(), a, b), sex(*kon));
                let rule = format!("{rule}, i {}. Utan anonyma och makulerade.", grupp.words(rakning));
                rule + &spann::with_months(rakning, *grupp, *matt, a, b)
            }
            Source::Pengar(grupp, post, span) => {
                let what = match post {
                    Post::Utfall => "Rekvirerat belopp",
                    Post::Budget => "Budget efter beslutade justeringar och överföringar",
                };
                let when = match span {
                    Span::Halvar => "under halvåret".to_owned(),
                    Span::Ackumulerat => days("från och med {a} till och med {b}"),
                    Span::Helar => format!("under hela {}", rakning.period.year()),
                    Span::Kvartal(kvartal) => format!("under {}", format::kvartal(*kvartal)),
                };
                format!("{what} {when}, för {}.", grupp.words(rakning))
            }
            Source::Overfort(_) => format!(
                "Överföring till {} som beviljats genom kända beslut. Saknas när inget beviljats.",
                rakning.period.year() + 1
            ),
            Source::BegardOverforing(..) => "Det belopp som avvikelsen begär att få föra över.".to_owned(),
            Source::Maltal(..) => "Måltalet som insatsen har angett.".to_owned(),
            Source::Malutfall(..) => "Utfallet som styrgruppen har rapporterat; räknas inte om.".to_owned(),
            Source::Forvantat(_) => {
                "Summan över kedjans insatser av förväntat antal per år × de kvartal hittills i år \
                som insatsens period omfattar ÷ 4, summan avrundad. Saknas när ingen insats har ett förväntat antal."
                    .to_owned()
            }
            Source::ForvantatManader(_, from, to) => format!(
                "Summan över kedjans insatser av förväntat antal per år × de månader från {} till {} som insatsens \
                 period omfattar ÷ 12, summan avrundad. Saknas när ingen insats har ett förväntat antal.",
                from.words(),
                to.words()
            ),
            Source::Andel(part, base) => format!(
                "Andel = täljare ÷ bas i hela procent, avrundad från det exakta förhållandet.\nTäljare: {}\nBas: {}",
                part.rule(rakning),
                base.rule(rakning)
            ),
            Source::PerStyck(money, number) => format!(
                "Kostnad = belopp ÷ antal i hela kronor.\nBelopp: {}\nAntal: {}",
                money.rule(rakning),
                number.rule(rakning)
            ),
            Source::BudgetAvvikelser => "Avvikelser som gäller budget och lämnats in under halvåret.".to_owned(),
            Source::Fjolar(source) => match rakning.year_before() {
                Some(before) => format!("Samma tid året före, räknat på det som är känt nu. {}", source.rule(before)),
                None => "Samma tid året före, som inte är fullständig.".to_owned(),
            },
            Source::Avgift(ar, who, what) => ekonomi::fee_rule(&rakning.underlag.ekonomi, *ar, *who, *what),
            Source::Plan(value) => value.rule(rakning.underlag),
            Source::Prognos(ar, insats) => prognos::rule(rakning.underlag, *ar, *insats),
            Source::Forsorjning(grupp, what) => forsorjning::rule(rakning, *grupp, *what),
            Source::Resultatmal(_) => "Måltalet i styrelsens verksamhetsplan.".to_owned(),
            Source::Aktiviteter(typ, what) => verksamhet::rule(rakning, typ.as_deref(), *what),
            Source::Bok(value) => value.rule(rakning.underlag),
            Source::Summa(_) => "Summan av beloppen nedan; i räkningarna så som de visas, i hela kronor.".to_owned(),
            Source::Skillnad(..) => "Det första beloppet nedan minus det andra, så som de visas.".to_owned(),
            Source::Over(shares, None) => format!("De {} insatser som har en budget i planen.", shares.len()),
            Source::Over(_, Some(percent)) => format!("Insatser vars förbrukningskvot är över {percent} %."),
            Source::Tkr(amount) => format!("{} I tusental kronor.", amount.rule(rakning)),
            Source::Omvand(amount) => format!("{} Visas med omvänt tecken.", amount.rule(rakning)),
            Source::Historiskt(_) => "Ett tal som hämtats ur en publicerad rapport.".to_owned(),
        }
    }

    /// The facts behind the figure, by the part that they have in it. None when it is withheld; and no
    /// deltaganden, each of which is one person, when any count of people is.
    pub fn facts(&self, rakning: &Rakning<'_>) -> Vec<FactGroup> {
        fakta::groups(self, rakning)
    }
}

/// What a rule says of the sex.
fn sex(kon: Option<Kon>) -> &'static str {
    match kon {
        None => "",
        Some(Kon::Kvinna) => ", kvinnor",
        Some(Kon::Man) => ", män",
    }
}

/// `part ÷ base` for two numbers or two amounts.
fn ratio(part: &Value, base: &Value) -> Value {
    let ratio = match (part, base) {
        (Value::Antal(part), Value::Antal(base)) => Kvot::new(*part, *base),
        (Value::Belopp(part, _), Value::Belopp(base, _)) => Kvot::new(part.ore(), base.ore()),
        _ => None,
    };
    ratio.map_or(Value::Missing, Value::Andel)
}

/// A published figure in its unit: whole thousands of kronor, whole percent, a count, else the number as it stands.
fn historic(rakning: &Rakning<'_>, at: usize) -> Value {
    let Some(found) = rakning.underlag.historiska_tal.get(at) else { return Value::Missing };
    let number = found.varde;
    let count = number.filter(|value| value.is_integer()).and_then(|value| i64::try_from(value).ok());
    match (count, found.enhet.as_deref()) {
        (Some(tkr), Some("tkr")) => Value::Belopp(Belopp::from_kronor(tkr.saturating_mul(1000)), Unit::Tkr),
        (Some(percent), Some("procent")) => Kvot::new(percent, 100).map_or(Value::Missing, Value::Andel),
        (Some(count), _) => Value::Antal(count),
        (None, _) => tal(number),
    }
}

/// A reported number with its decimals.
fn tal(number: Option<rust_decimal::Decimal>) -> Value {
    let exact = |number: rust_decimal::Decimal| {
        Tal::new(i64::try_from(number.mantissa()).ok()?, u8::try_from(number.scale()).ok()?)
    };
    number.and_then(exact).map_or(Value::Missing, Value::Tal)
}

impl Lista {
    /// The insatser of the list.
    pub fn insatser(self, rakning: &Rakning<'_>) -> Vec<InsatsNr> {
        let rader = &rakning.rader;
        match self {
            Lista::Pagaende(typ) => {
                let of_typ = |&i: &InsatsNr| typ.is_none_or(|typ| rakning.underlag.insatser[i].insats.typ == typ);
                rader.tabell_2.iter().copied().filter(of_typ).collect()
            }
            Lista::Avslutade => rader.avslutade.clone(),
            Lista::EjStartade => rader.ej_startade.clone(),
            Lista::MedSvar(fraga, kod) => fraga.insatser_with(rakning, kod),
            Lista::HarSvarat(fraga) => {
                let rows = if Fraga::TABELL_3.contains(&fraga) { &rader.tabell_1 } else { &rader.tabell_2 };
                let answered =
                    |&i: &InsatsNr| fraga.answer(&rakning.underlag.insatser[i], rakning.period) != Value::Missing;
                rows.iter().copied().filter(answered).collect()
            }
        }
    }

    fn rule(self, period: Halvar) -> String {
        match self {
            Lista::Pagaende(typ) => {
                let what = typ.map_or("Insatser".to_owned(), |typ| format!("{}er", typ.text()));
                format!(
                    "{what} vars senast beslutade period omfattar minst en dag från {} till {}; av en kedja räknas \
                     den som startat sist.",
                    format::long_date(period.first()),
                    format::long_date(period.last())
                )
            }
            Lista::Avslutade => "Insatser vars period, som den är känd, slutar under halvåret.".to_owned(),
            Lista::EjStartade => "Insatser som först beslutats starta senast vid halvårets slut men enligt det \
                senaste beslutet startar senare."
                .to_owned(),
            Lista::MedSvar(fraga, kod) => {
                format!("Insatser med svaret {} på frågan: {}. {}", kod.replace('_', " "), fraga.text(), fraga.rule())
            }
            Lista::HarSvarat(fraga) => format!("Insatser som svarat på frågan: {}.", fraga.text()),
        }
    }
}
