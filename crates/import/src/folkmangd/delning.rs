//! Which categories of a division, such as age or sex, make up the whole population. A part must never pass for it.

use super::rubrik::says_population;
use super::{Fil, SPARA};
use samsyn_core::Finding;
use samsyn_core::kontroll::shown;
use samsyn_document::format;

/// Names of the dimension that says what is counted.
const INNEHALL: [&str; 5] = ["contentscode", "tabellinnehåll", "innehåll", "contents", "observations"];
/// The code of what FolkmangdNov counts.
const FOLKMANGD: &str = "BE0101A9";
/// What a total is called, whatever is divided.
const TOTAL: [&str; 17] = [
    "tot",
    "totsa",
    "total",
    "totalt",
    "1+2",
    "samtliga",
    "alla",
    "båda",
    "båda könen",
    "män och kvinnor",
    "kvinnor och män",
    "men and women",
    "totalt ålder",
    "totalt kön",
    "samtliga åldrar",
    "alla åldrar",
    "total ages",
];

/// A category by its code and its label; a table has only one of them, and has it twice.
pub(super) type Kategori<'k> = (&'k str, &'k str);

/// The categories that are the whole population: one, or men and women to be summed. `None` when the categories divide
/// it in any other way, or leave something out.
pub(super) fn hela(dimension: &str, kategorier: &[Kategori]) -> Option<Vec<usize>> {
    let only = |is: &dyn Fn(&Kategori) -> bool| kategorier.iter().position(is).map(|at| vec![at]);
    let dimension = dimension.trim().to_lowercase();
    if INNEHALL.contains(&dimension.as_str()) {
        return only(&|(code, label)| *code == FOLKMANGD || says_population(label));
    }
    if let Some(total) = only(&|(code, label)| is_total(code) || is_total(label)) {
        return Some(total);
    }
    match kategorier {
        [one] if says_population(one.1) => Some(vec![0]),
        [one, other] => match (sex(&dimension, one)?, sex(&dimension, other)?) {
            (Kon::Man, Kon::Kvinna) | (Kon::Kvinna, Kon::Man) => Some(vec![0, 1]),
            _ => None,
        },
        _ => None,
    }
}

/// The categories to take of each dimension, in the order of the dimensions. At most one dimension has two of them.
pub(super) fn alla_hela(fil: Fil, dimensioner: &[(&str, Vec<Kategori>)]) -> Result<Vec<Vec<usize>>, Vec<Finding>> {
    let mut chosen = Vec::with_capacity(dimensioner.len());
    let mut is_parted = false;
    for (name, kategorier) in dimensioner {
        match hela(name, kategorier) {
            Some(taken) if taken.len() == 1 || !is_parted => {
                is_parted |= taken.len() > 1;
                chosen.push(taken);
            }
            _ => return Err(vec![delad(fil, name, kategorier)]),
        }
    }
    Ok(chosen)
}

fn delad(fil: Fil, name: &str, kategorier: &[Kategori]) -> Finding {
    let first: Vec<String> = kategorier.iter().take(3).map(|(_, label)| shown("folkmangd", "del", label)).collect();
    let more = match kategorier.len() - first.len() {
        0 => String::new(),
        more => format!(" och {} till", format::number(more as i64)),
    };
    let name = if name.is_empty() { "en kolumn utan rubrik".to_owned() } else { shown("folkmangd", "del", name) };
    fil.error(format!("Tabellen visar inte hela folkmängden: {name} har {}{more}.", first.join(", ")), SPARA)
}

fn is_total(text: &str) -> bool {
    TOTAL.contains(&text.trim().to_lowercase().as_str())
}

enum Kon {
    Man,
    Kvinna,
}

/// Which sex a category is; a code alone tells only in the dimension of the sexes.
fn sex(dimension: &str, (code, label): &Kategori) -> Option<Kon> {
    match label.trim().to_lowercase().as_str() {
        "män" | "man" | "men" | "males" => return Some(Kon::Man),
        "kvinnor" | "kvinna" | "women" | "females" => return Some(Kon::Kvinna),
        _ => {}
    }
    match *code {
        "1" if is_kon(dimension) => Some(Kon::Man),
        "2" if is_kon(dimension) => Some(Kon::Kvinna),
        _ => None,
    }
}

fn is_kon(dimension: &str) -> bool {
    matches!(dimension, "kon" | "kön" | "sex" | "gender")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(dimension: &str, kategorier: &[Kategori], expect: Option<&[usize]>) {
        assert_eq!(hela(dimension, kategorier).as_deref(), expect, "{dimension}: {kategorier:?}");
    }

    /// A dimension must have a total, or be the sexes with exactly men and women.
    #[test]
    fn only_the_whole_population_is_taken() {
        check("Alder", &[("tot", "totalt ålder")], Some(&[0]));
        check("Alder", &[("0", "0 år"), ("tot", "totalt ålder")], Some(&[1]));
        check("Alder", &[("0", "0 år"), ("1", "1 år")], None);
        check("Alder", &[("0", "0 år")], None);
        check("Alder", &[("1", "1 år"), ("2", "2 år")], None);
        check("Alder", &[("16-64", "totalt 16-64 år")], None);
        check("Kon", &[("1", "män"), ("2", "kvinnor")], Some(&[0, 1]));
        check("kön", &[("Kvinnor", "Kvinnor"), ("Män", "Män")], Some(&[0, 1]));
        check("kön", &[("1", "1"), ("2", "2")], Some(&[0, 1]));
        check("Kon", &[("1", "män"), ("2", "kvinnor"), ("1+2", "totalt")], Some(&[2]));
        check("Kon", &[("1", "män"), ("2", "kvinnor"), ("9", "okänt")], None);
        check("Kon", &[("1", "män"), ("1", "män")], None);
        check("Kon", &[("2", "kvinnor")], None);
        check("Civilstand", &[("G", "gifta")], None);
        check("x", &[], None);
    }

    /// What is counted must be people, not how many more they have become.
    #[test]
    fn only_people_are_counted() {
        check("ContentsCode", &[("BE0101A9", "Folkmängd")], Some(&[0]));
        check("ContentsCode", &[("BE0101A9", "x")], Some(&[0]));
        check("tabellinnehåll", &[("Folkökning", "Folkökning"), ("Folkmängd", "Folkmängd")], Some(&[1]));
        check("ContentsCode", &[("BE0101A0", "Folkökning")], None);
        check("", &[("Folkmängd", "Folkmängd")], Some(&[0]));
        check("", &[("Folkökning", "Folkökning")], None);
    }
}
