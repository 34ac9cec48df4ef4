//! All Swedish writing of values: numbers, money, percent, dates, counts in words, lists.

use crate::{Belopp, Datum, Document, Halvar, Inline, Kvartal, Tal, Text, Unit, Value};

/// A no-break space, between thousands and before units.
pub const NBSP: char = '\u{a0}';

/// What stands where there is no value.
pub const MISSING: &str = "–";

/// What stands where the reader may not see the value.
pub const WITHHELD: &str = "..";

/// What a sentence says for a count that the reader may not see; true of every count but nought.
const SOME: &str = "ett antal";

/// The months, from January.
pub const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

const WORDS: [&str; 13] =
    ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"];

/// A whole number with a no-break space between thousands: `1 234 567`, `−12`.
pub fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 3);
    if value < 0 {
        text.push('\u{2212}');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(NBSP);
        }
        text.push(digit);
    }
    text
}

/// An amount in kronor, with öre only when there are any: `532 040`, `1 234,50`.
pub fn kronor(amount: Belopp) -> String {
    let ore = amount.ore().unsigned_abs() % 100;
    let whole = number(amount.ore() / 100);
    let sign = if amount.ore() < 0 && amount.ore() > -100 { "\u{2212}" } else { "" };
    if ore == 0 { whole } else { format!("{sign}{whole},{ore:02}") }
}

/// Explains the signs that stand where there is no value, when the document has them.
pub fn legend(document: &Document) -> Option<String> {
    let (mut missing, mut withheld) = (false, false);
    document.each_cell(&mut |cell| {
        missing |= cell.value == Value::Missing;
        withheld |= cell.value == Value::Withheld;
    });
    let missing = missing.then(|| format!("”{MISSING}” betyder att det inte finns något värde."));
    let withheld = withheld.then(|| match document.withheld_under {
        Some(limit) => format!(
            "”{WITHHELD}” betyder att värdet inte visas: det är mindre än {limit} personer eller skulle avslöja ett \
             sådant antal."
        ),
        None => format!("”{WITHHELD}” betyder att värdet inte visas."),
    });
    let said: Vec<String> = missing.into_iter().chain(withheld).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// A number with a decimal comma and a no-break space between thousands: `1 234,5`.
pub fn decimal(tal: Tal) -> String {
    let (negative, whole, digits) = tal.parts();
    let comma = if digits.is_empty() { "" } else { "," };
    let sign = if negative { "\u{2212}" } else { "" };
    format!("{sign}{}{comma}{digits}", number(i64::try_from(whole).unwrap_or(i64::MAX)))
}

/// A value as people read it in a document. Units that a table's heading tells (tkr, kronor) are
/// left out; percent is written with its sign.
pub fn value(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Belopp(amount, Unit::Kronor) => number(amount.kronor()),
        Value::Belopp(amount, Unit::Tkr) => number(amount.tkr()),
        Value::Andel(ratio) => format!("{}{NBSP}%", number(ratio.percent())),
        Value::Antal(count) => number(*count),
        Value::Tal(tal) => decimal(*tal),
        Value::Datum(day) => day.to_string(),
        Value::Svar(answer) => answer.text.to_string(),
        Value::Ljus(light) => capital(light.word()),
        Value::Missing => MISSING.to_owned(),
        Value::Withheld => WITHHELD.to_owned(),
    }
}

/// A value as programs read it: plain digits, codes, percent without sign, empty when missing.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Belopp(amount, Unit::Kronor) => amount.kronor().to_string(),
        Value::Belopp(amount, Unit::Tkr) => amount.tkr().to_string(),
        Value::Andel(ratio) => ratio.percent().to_string(),
        Value::Antal(count) => count.to_string(),
        Value::Tal(tal) => tal.to_string(),
        Value::Datum(day) => day.to_string(),
        Value::Svar(answer) => answer.kod.to_string(),
        Value::Ljus(light) => light.word().to_owned(),
        Value::Missing | Value::Withheld => String::new(),
    }
}

/// The unit that follows an amount in running text.
pub fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Kronor => "kronor",
        Unit::Tkr => "tkr",
    }
}

/// A count in words up to twelve, in digits above: `sju`, `13`. `neuter` gives `ett` for one.
pub fn in_words(count: i64, neuter: bool) -> String {
    match (count, neuter) {
        (1, true) => "ett".to_owned(),
        (0..=12, _) => WORDS[count as usize].to_owned(),
        _ => number(count),
    }
}

/// The text with a capital first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A day in running text: `30 augusti 2022`.
pub fn long_date(day: Datum) -> String {
    format!("{}{NBSP}{} {}", day.day(), MONTHS[usize::from(day.month()) - 1], day.year())
}

/// `första halvåret 2022`.
pub fn halvar(half: Halvar) -> String {
    let which = if half.number() == 1 { "första" } else { "andra" };
    format!("{which} halvåret {}", half.year())
}

/// `kvartal 2 2022`.
pub fn kvartal(quarter: Kvartal) -> String {
    format!("kvartal {} {}", quarter.number(), quarter.year())
}

/// `K2 2022`, where there is no room for words.
pub fn kvartal_kort(quarter: Kvartal) -> String {
    format!("K{} {}", quarter.number(), quarter.year())
}

/// `H1 2022`, where there is no room for words.
pub fn halvar_kort(half: Halvar) -> String {
    format!("H{} {}", half.number(), half.year())
}

/// The month's name, 1–12.
pub fn month(number: u8) -> &'static str {
    MONTHS[usize::from(number.clamp(1, 12)) - 1]
}

/// `a`, `a och b`, `a, b och c`.
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} och {}", most.join(", "), last.as_ref())
        }
    }
}

/// A value in running text: amounts have their unit, and a traffic light is a word among others.
pub fn in_text(of: &Value) -> String {
    match of {
        Value::Belopp(_, shown) => format!("{}{NBSP}{}", value(of), unit(*shown)),
        Value::Ljus(light) => light.word().to_owned(),
        other => value(other),
    }
}

/// One piece of running text as plain characters. Amounts get their unit; a traffic light is a word
/// among others.
pub fn inline(piece: &Inline) -> String {
    match piece {
        Inline::Text(text) | Inline::Emphasis(text) => text.clone(),
        Inline::Placeholder(what) => format!("[saknas: {what}]"),
        Inline::InWords { cell, capital: big, neuter } => match &cell.value {
            Value::Antal(count) => {
                let words = in_words(*count, *neuter);
                if *big { capital(&words) } else { words }
            }
            Value::Withheld if *big => capital(SOME),
            Value::Withheld => SOME.to_owned(),
            other => value(other),
        },
        Inline::Value(cell) => in_text(&cell.value),
    }
}

/// Running text as plain characters.
pub fn text(pieces: &Text) -> String {
    pieces.iter().map(inline).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kvot;

    #[test]
    fn figures_are_written_as_people_in_sweden_write_them() {
        assert_eq!(number(1_234_567), "1\u{a0}234\u{a0}567");
        assert_eq!(number(-12), "\u{2212}12");
        assert_eq!(number(999), "999");
        assert_eq!(value(&Value::Andel(Kvot::new(1, 8).unwrap())), "13\u{a0}%");
        assert_eq!(value(&Value::Missing), "–");
        assert_eq!(value(&Value::Belopp(Belopp::from_kronor(1_290_400), Unit::Tkr)), "1\u{a0}290");
        assert_eq!(plain(&Value::Belopp(Belopp::from_kronor(1_290_400), Unit::Tkr)), "1290");
        assert_eq!(kronor(Belopp::from_ore(53_204_000)), "532\u{a0}040");
        assert_eq!(kronor(Belopp::from_ore(-50)), "\u{2212}0,50");
        assert_eq!(long_date(Datum::parse("2022-08-30").unwrap()), "30\u{a0}augusti 2022");
    }

    #[test]
    fn counts_are_spelled_out_up_to_twelve() {
        assert_eq!(in_words(7, false), "sju");
        assert_eq!(in_words(1, true), "ett");
        assert_eq!(in_words(12, false), "tolv");
        assert_eq!(in_words(13, false), "13");
        assert_eq!(capital("åtta"), "Åtta");
    }

    #[test]
    fn lists_end_with_och() {
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b och c");
    }
}
