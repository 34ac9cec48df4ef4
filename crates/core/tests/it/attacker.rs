//! A reader who has what is shown and wants what is withheld. Knows how counts hang together, from the
//! words of the domain and not from the program; solves the sums exactly, and narrows down what each count
//! can be.

use samsyn_core::calc::{Rakning, Source, pengar, siffror};
use samsyn_document::{Value, kvot::round_half_up};
use std::collections::BTreeMap;

/// What is known of each count, by its name `row/measure/sex`: a number, or that it is withheld.
pub type View = BTreeMap<String, Option<i64>>;

/// More than any count of the tests.
const MANY: i64 = 1_000_000;

/// What a reader of the half-year's figures sees.
pub fn view(rakning: &Rakning<'_>) -> View {
    let mut view = View::new();
    let mut see = |name: String, count: Option<i64>| {
        let known = view.entry(name).or_insert(None);
        *known = known.or(count);
    };
    for figure in siffror(rakning).into_iter().filter(|figure| !figure.source.is_unknown(rakning)) {
        let id = &figure.id;
        // Tables 9 and 10 tell of those insatser only that hand in inskrivningar one by one.
        let all = if rakning.by_month().is_empty() { "summa" } else { "enskilda" };
        let (row, column) = (id.rad.as_str(), id.kolumn.as_str());
        let (measure, sex) = column.rsplit_once('_').filter(|(_, sex)| sex.len() == 1).unwrap_or((column, "S"));
        let of = |row: &str, measure: &str, sex: &str| format!("{row}/{measure}/{sex}");
        let number = match figure.value {
            Value::Antal(number) => Some(number),
            _ => None,
        };
        let (part, base) = match figure.value {
            Value::Andel(share) => (Some(share.part()), Some(share.base())),
            _ => (None, None),
        };
        let nobody = if figure.value == Value::Missing { Some(0) } else { None };
        match (id.tabell.as_str(), row) {
            ("6" | "8", "fordelning") => {}
            ("6", _) => see(of(row, measure, sex), number),
            ("7", _) => see(of(row, "anonyma", "S"), number),
            ("8", _) if measure == "andel" => {
                see(of(row, "bas_till", sex), part.or(nobody));
                see(of(row, "bas", sex), base.or(nobody));
            }
            ("8", _) if column == "andel_plan" => see(of(row, "plan", "S"), part.or(nobody)),
            ("8", _) => see(of(row, measure, sex), number),
            ("9", "andel_deltid") => see(of(all, "deltid", column), part.or(nobody)),
            ("9", _) if row.starts_with("andel") => {}
            ("9", "summa_arbete_eller_studier") => see(of(all, "till_arbete_studier", column), number),
            ("9", _) => see(of(all, row, column), number),
            ("malgrupp", "alla") => see(of(all, "inregistrerade", "S"), number),
            ("malgrupp-deltagit", "alla") => see(of(all, "deltagit", "S"), number),
            ("malgrupp" | "malgrupp-deltagit", "kvinnor" | "man") => {
                let (whom, sex) = (if id.tabell == "malgrupp" { "inregistrerade" } else { "deltagit" }, &row[..1]);
                see(of(all, whom, if sex == "k" { "K" } else { "M" }), part.or(nobody));
            }
            ("malgrupp" | "malgrupp-deltagit", _) => {
                see(of(all, &format!("{}:{row}", id.tabell), "S"), part.or(nobody))
            }
            ("kostnad", _) => {
                let Source::PerStyck(money, _) = &figure.source else { continue };
                let measure = if column == "per_deltagare_kr" { "deltagit" } else { "till_arbete_studier" };
                let row = if row == "summa" { "individ" } else { row };
                let fits = per_number(rakning, money, &figure.value);
                see(of(row, measure, "S"), fits.or(nobody));
            }
            ("forvantat", _) if column == "faktiskt" => see(of(row, "deltagit", "S"), number),
            ("nyckeltal", "till_arbete_studier") => see(of("summa", "bas_till", "S"), part.or(nobody)),
            ("nyckeltal", _) if column == "andel" => {}
            ("nyckeltal", _) => {
                let (name, sex) = row.rsplit_once('_').filter(|(_, sex)| sex.len() == 1).unwrap_or((row, "S"));
                let name = match name {
                    "inskrivna" => "inregistrerade",
                    "avslutade_exkl_insatsens_avslut" => "bas",
                    "till_arbete_studier_eller_arbetssokande" => "bas_eller_soker",
                    other => other,
                };
                see(of("summa", name, sex), number);
            }
            _ => {}
        }
    }
    view.retain(|name, _| !name.contains("insatser/") && !name.contains("avvikelser"));
    view
}

/// The number that a cost per participant must have been divided by, when only one will do.
fn per_number(rakning: &Rakning<'_>, money: &Source, shown: &Value) -> Option<i64> {
    let (Source::Pengar(grupp, post, span), Value::Belopp(shown, _)) = (money, shown) else { return None };
    let ore = i128::from(pengar::of_group(rakning, *grupp, *post, *span).ore());
    let mut fits = (1..2_000i64).filter(|n| round_half_up(ore, i128::from(*n) * 100) == shown.kronor());
    fits.next().filter(|_| fits.next().is_none())
}

/// A sum with factors that comes to nought.
type Sum = Vec<(usize, i64)>;

/// The counts with what they can be, and the sums among them.
pub struct Attack {
    pub names: Vec<String>,
    /// The least and the most that each can be.
    pub range: Vec<(i64, i64)>,
    sums: Vec<Sum>,
}

/// Measures that the first come to (`=`) or come to at least (`≥`).
const KNOWN: &[(&str, char, &str)] = &[
    ("summa_arbete", '=', "arbetar_25 arbetar_50 arbetar_75 arbetar_80 arbetar_100"),
    ("deltid", '=', "arbetar_25 arbetar_50 arbetar_75 arbetar_80"),
    ("summa_arbete", '=', "deltid arbetar_100"),
    ("summa_arbete", '≥', "subventionerat_arbete ej_subventionerat_arbete"),
    ("till_arbete_studier", '≥', "summa_arbete"),
    ("till_arbete_studier", '≥', "studerande"),
    ("summa_arbete studerande", '≥', "till_arbete_studier"),
    ("avslutade", '≥', "till_arbete_studier"),
    ("avslutade", '≥', "aktivt_arbetssokande"),
    ("avslutade", '≥', "bas"),
    ("bas", '≥', "plan"),
    ("bas", '=', "bas_eller_soker ovriga_avslut"),
    ("bas", '≥', "fortsatt_rehabilitering sjukdom"),
    ("bas_eller_soker", '≥', "bas_till"),
    ("till_arbete_studier", '≥', "bas_till"),
    ("avslutade bas_till", '≥', "bas till_arbete_studier"),
    ("avslutade_totalt", '≥', "avslutade"),
    ("deltagit", '=', "pagaende avslutade"),
    ("pagaende avslutade", '≥', "inregistrerade"),
    ("inregistrerade", '≥', "malgrupp:under_30 malgrupp:30_44 malgrupp:45_59 malgrupp:60_"),
    ("inregistrerade", '≥', "malgrupp:ingen_forsorjning"),
    ("inregistrerade", '≥', "malgrupp:forsorjning_over_3_ar"),
    (
        "inregistrerade",
        '=',
        "malgrupp:hogst_grundskola malgrupp:gymnasium malgrupp:eftergymnasial malgrupp:utbildning_saknas_eller_okand",
    ),
    (
        "deltagit",
        '=',
        "malgrupp-deltagit:hogst_grundskola malgrupp-deltagit:gymnasium malgrupp-deltagit:eftergymnasial \
         malgrupp-deltagit:utbildning_saknas_eller_okand",
    ),
    (
        "deltagit",
        '≥',
        "malgrupp-deltagit:under_30 malgrupp-deltagit:30_44 malgrupp-deltagit:45_59 malgrupp-deltagit:60_",
    ),
];

impl Attack {
    /// Everything that the reader knows, before any reckoning.
    pub fn new(rakning: &Rakning<'_>, view: &View) -> Attack {
        let names: Vec<String> = view.keys().cloned().collect();
        let range = view.values().map(|known| known.map_or((1, MANY), |count| (count, count))).collect();
        let mut attack = Attack { names, range, sums: Vec::new() };
        let rows: std::collections::BTreeSet<&str> = view.keys().filter_map(|name| name.split('/').next()).collect();
        let name = |kedja: &usize| rakning.underlag.forsta(*kedja).insats_id.to_string();
        let chains: Vec<String> = rakning.rader.tabell_6.iter().map(name).collect();
        // The notes name those that hand in counts.
        let by_month = rakning.by_month();
        let single: Vec<String> =
            rakning.rader.tabell_6.iter().filter(|kedja| !by_month.contains(kedja)).map(name).collect();
        for row in rows {
            for sex in ["K", "M", "S"] {
                for (more, sign, less) in KNOWN {
                    let named =
                        |all: &str| all.split_whitespace().map(|m| format!("{row}/{m}/{sex}")).collect::<Vec<_>>();
                    attack.sum(&named(more), &named(less), *sign == '≥');
                }
            }
        }
        for name in view.keys() {
            let one = std::slice::from_ref(name);
            if let Some(of) = name.strip_suffix("/S") {
                attack.sum(one, &[format!("{of}/K"), format!("{of}/M")], false);
            }
            if let Some(of) = name.strip_prefix("summa/") {
                let all: Vec<String> = chains.iter().map(|chain| format!("{chain}/{of}")).collect();
                attack.sum(one, &all, false);
            }
            if let Some(of) = name.strip_prefix("enskilda/") {
                let all: Vec<String> = single.iter().map(|chain| format!("{chain}/{of}")).collect();
                attack.sum(one, &all, false);
                attack.sum(&[format!("summa/{of}")], one, true);
            }
            if let Some((all, class)) = name.split_once("/malgrupp:") {
                attack.sum(&[format!("{all}/malgrupp-deltagit:{class}")], one, true);
            }
        }
        for measure in ["deltagit/S", "till_arbete_studier/S"] {
            let of = |inriktning: Option<&str>| -> Vec<String> {
                let is = |kedja: &&usize| {
                    let first = rakning.underlag.forsta(**kedja);
                    first.typ.kod() == "individ"
                        && inriktning.is_none_or(|kod| first.inriktning.is_some_and(|i| i.kod() == kod))
                };
                rakning.rader.tabell_6.iter().filter(is).map(|kedja| format!("{}/{measure}", name(kedja))).collect()
            };
            attack.sum(&[format!("individ/{measure}")], &of(None), false);
            attack.sum(&[format!("arbetsnara/{measure}")], &of(Some("arbetsnära")), false);
            attack.sum(&[format!("forrehabilitering/{measure}")], &of(Some("förrehabilitering")), false);
        }
        attack
    }

    /// Adds a sum when all its counts are figures.
    fn sum(&mut self, more: &[String], less: &[String], rest: bool) {
        let find = |name: &String| self.names.iter().position(|known| known == name);
        let all: Option<Sum> = more
            .iter()
            .map(|name| Some((find(name)?, 1)))
            .chain(less.iter().map(|name| Some((find(name)?, -1))))
            .collect();
        let Some(mut sum) = all else { return };
        if rest {
            sum.push((self.names.len(), -1));
            self.names.push("rest".to_owned());
            self.range.push((0, MANY));
        }
        self.sums.push(sum);
    }

    /// Reckons until nothing more can be told; the names of counts that were withheld and are now known.
    pub fn run(mut self) -> Vec<String> {
        let hidden: Vec<usize> = (0..self.names.len()).filter(|&i| self.range[i].0 != self.range[i].1).collect();
        loop {
            let before = self.range.clone();
            self.narrow();
            self.solve();
            if before == self.range {
                break;
            }
        }
        let known = hidden.into_iter().filter(|&i| self.range[i].0 >= self.range[i].1);
        known.map(|i| self.names[i].clone()).collect()
    }

    /// What a count can be follows from what the others of its sum can be.
    fn narrow(&mut self) {
        let mut changed = true;
        while changed {
            changed = false;
            for sum in &self.sums {
                for &(term, factor) in sum {
                    let others = || sum.iter().filter(|(other, _)| *other != term);
                    let ends = |(other, by): &(usize, i64)| {
                        let (least, most) = self.range[*other];
                        let (a, b) = (-by * factor * least, -by * factor * most);
                        (a.min(b), a.max(b))
                    };
                    let least: i64 = others().map(|t| ends(t).0).sum();
                    let most: i64 = others().map(|t| ends(t).1).sum();
                    let (now_least, now_most) = self.range[term];
                    let next = (now_least.max(least), now_most.min(most));
                    if next != (now_least, now_most) {
                        self.range[term] = next;
                        changed = true;
                    }
                }
            }
        }
    }

    /// Gauss: a row that is left with one unknown tells it.
    fn solve(&mut self) {
        let unknown: Vec<usize> = (0..self.names.len()).filter(|&i| self.range[i].0 != self.range[i].1).collect();
        let mut rows: Vec<Vec<Exact>> = Vec::new();
        for sum in &self.sums {
            let mut row = vec![Exact::of(0); unknown.len() + 1];
            for &(term, factor) in sum {
                let (at, by) = match unknown.binary_search(&term) {
                    Ok(at) => (at, factor),
                    Err(_) => (unknown.len(), factor * self.range[term].0),
                };
                row[at] = row[at].minus(Exact::of(-by));
            }
            rows.push(row);
        }
        let mut top = 0;
        for column in 0..unknown.len() {
            let Some(found) = (top..rows.len()).find(|&r| rows[r][column].part != 0) else { continue };
            rows.swap(top, found);
            let lead = rows[top][column];
            rows[top].iter_mut().for_each(|x| *x = x.over(lead));
            let pivot = rows[top].clone();
            for (r, row) in rows.iter_mut().enumerate() {
                let by = row[column];
                if r != top && by.part != 0 {
                    row.iter_mut().zip(&pivot).for_each(|(x, p)| *x = x.minus(by.times(*p)));
                }
            }
            top += 1;
        }
        for row in &rows {
            let mut left = (0..unknown.len()).filter(|&c| row[c].part != 0);
            if let (Some(column), None) = (left.next(), left.next()) {
                let value = Exact::of(0).minus(row[unknown.len()]).over(row[column]);
                self.range[unknown[column]] = (value.part, value.part);
            }
        }
    }
}

/// An exact ratio.
#[derive(Clone, Copy)]
struct Exact {
    part: i64,
    base: i64,
}

impl Exact {
    fn of(part: i64) -> Exact {
        Exact { part, base: 1 }
    }

    fn new(part: i64, base: i64) -> Exact {
        let (mut a, mut b) = (part.abs(), base.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Exact { part: part / a * base.signum(), base: base.abs() / a }
    }

    fn minus(self, other: Exact) -> Exact {
        Exact::new(self.part * other.base - other.part * self.base, self.base * other.base)
    }

    fn times(self, other: Exact) -> Exact {
        Exact::new(self.part * other.part, self.base * other.base)
    }

    fn over(self, other: Exact) -> Exact {
        Exact::new(self.part * other.base, self.base * other.part)
    }
}
