//! Why someone exited, in words of their own: the reason, and what the person does after. Only what is understood to
//! the last word is read; of all else a person is asked.

use super::{Falt, nyckel, ord};
use samsyn_core::deltagande::Avslutsorsak;

/// A reason with what it says beside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Orsak {
    /// The code of the reason, empty when it says none.
    pub kod: &'static str,
    /// What the person does after: codes of [`Falt::Sysselsattning`], and [`ARBETE`].
    pub gor: Vec<&'static str>,
}

/// Works, without it being told how much.
pub(super) const ARBETE: &str = "arbete";
const STUDIER: &str = "studier";
const ARBETSSOKANDE: &str = "arbetssökande";

/// What the person does now. It is the reason too, unless another is told.
const NU: &[(&str, &[&str])] = &[
    (ARBETE, &["jobbar", "arbetar", "ar i arbete"]),
    (STUDIER, &["studerar", "pluggar", "laser pa komvux", "gar pa komvux", "komvux"]),
    (
        ARBETSSOKANDE,
        &["soker jobb", "soker arbete", "aktivt arbetssokande", "soker aktivt arbete", "soker jobb aktivt"],
    ),
];
/// What the person began, which is why the insats ended.
const BORJADE: &[&str] = &[
    "borjade plugga",
    "borjat plugga",
    "borjar plugga",
    "borjade studera",
    "borjat studera",
    "borjar studera",
    "paborjat studier",
    "paborjade studier",
    "borjade pa komvux",
    "borjat pa komvux",
];
/// Where, which changes nothing.
const VAR: &[(&str, &[&str])] = &[
    (STUDIER, &["pa komvux", "pa hogskola", "pa hogskolan", "pa universitetet", "pa folkhogskola", "pa yh"]),
    (ARBETSSOKANDE, &["via af", "pa af", "via arbetsformedlingen", "pa arbetsformedlingen"]),
];
/// Words that change nothing wherever they stand.
const FYLLNAD: [&str; 5] = ["igen", "ocksa", "aven", "nu", "har"];
/// Words between two things that are told.
const SKILJER: [&str; 4] = ["och", "samt", "men", "plus"];

/// One thing that is told.
struct Sats {
    kod: &'static str,
    /// Whether it is why the insats ended, also beside what the person does.
    skal: bool,
    gor: Option<&'static str>,
}

/// What the words say; `None` unless all of them are understood, and agree.
pub(super) fn las(text: &str) -> Option<Orsak> {
    let mut found: Vec<Sats> = Vec::new();
    for words in satser(text) {
        let (rest, extent) = omfattning(&words)?;
        let new = if rest.is_empty() { None } else { Some(sats(&rest.join(" "))?) };
        let begun = new.is_some();
        found.extend(new);
        let Some(extent) = extent else { continue };
        let last = found.last_mut()?;
        match last.kod {
            "arbete" if last.gor.is_none_or(|gor| gor == ARBETE) => {
                last.gor = Some(Falt::Sysselsattning.kod(&format!("arbete_{extent}"))?);
            }
            // How much someone studies is not kept.
            "studier" if begun => {}
            _ => return None,
        }
    }
    let mut reasons = found.iter().filter(|sats| sats.skal).map(|sats| sats.kod);
    let reason = reasons.next();
    if reasons.any(|other| Some(other) != reason) {
        return None;
    }
    let does = |kod: &&str| found.iter().any(|sats| sats.kod == *kod);
    let kod = reason.or_else(|| [ARBETE, STUDIER, ARBETSSOKANDE].into_iter().find(does))?;
    let mut gor: Vec<&'static str> = found.iter().filter_map(|sats| sats.gor).collect();
    gor.dedup();
    let extents = gor.iter().filter(|code| code.starts_with("arbete_")).count();
    gor.retain(|code| extents == 0 || *code != ARBETE);
    (extents <= 1).then_some(Orsak { kod, gor })
}

/// The things that are told, each in words as they are compared.
fn satser(text: &str) -> Vec<Vec<String>> {
    let parted = text.replace(" - ", ",");
    let mut all: Vec<Vec<String>> = Vec::new();
    for part in parted.split([',', ';', '/', '+', '&', '.', ':', '!', '(', ')', '–', '—']) {
        let key = nyckel(part);
        let words: Vec<String> = key.split(' ').map(str::to_owned).collect();
        all.extend(words.split(|word| SKILJER.contains(&word.as_str())).map(<[String]>::to_vec));
    }
    for words in &mut all {
        words.retain(|word| !word.is_empty() && !FYLLNAD.contains(&word.as_str()));
    }
    all.retain(|words| !words.is_empty());
    all
}

/// The words without an extent, and that in percent; `None` when there are two.
fn omfattning(words: &[String]) -> Option<(Vec<&str>, Option<&'static str>)> {
    let (mut rest, mut extents) = (Vec::new(), Vec::new());
    let mut words = words.iter().map(String::as_str).peekable();
    while let Some(word) = words.next() {
        if let Some(number) = Falt::ArbeteOmfattning.kod(word).filter(|_| words.peek() == Some(&"procent")) {
            words.next();
            extents.push(number);
        } else if let Some(time) = ord::kod(Falt::ArbeteOmfattning, word).filter(|_| word.ends_with("tid")) {
            extents.push(time);
        } else {
            rest.push(word);
        }
    }
    if !extents.is_empty() && matches!(rest.last(), Some(&("pa" | "med"))) {
        rest.pop();
    }
    (extents.len() <= 1).then(|| (rest, extents.first().copied()))
}

fn sats(key: &str) -> Option<Sats> {
    let without = |kod: &str| {
        let places = VAR.iter().filter(|(of, _)| *of == kod).flat_map(|(_, places)| places.iter());
        let mut stripped = places.filter_map(|place| key.strip_suffix(place)).map(str::trim_end);
        stripped.next().unwrap_or(key)
    };
    for (kod, words) in NU {
        if words.contains(&key) || words.contains(&without(kod)) {
            return Some(Sats { kod, skal: false, gor: Some(kod) });
        }
    }
    if BORJADE.contains(&key) || BORJADE.contains(&without(STUDIER)) {
        return Some(Sats { kod: STUDIER, skal: true, gor: Some(STUDIER) });
    }
    let kod = ord::kod(Falt::Avslutsorsak, key).filter(|kod| !kod.is_empty())?;
    Some(Sats { kod, skal: true, gor: None })
}

impl Orsak {
    /// What is read, in words: `arbete, arbetar 75 %, studerar`.
    pub fn ord(&self) -> String {
        let reason = Avslutsorsak::of_kod(self.kod).map(|kod| kod.text().to_lowercase());
        reason.into_iter().chain(self.gor.iter().map(|code| gor_ord(code))).collect::<Vec<_>>().join(", ")
    }
}

/// What a code says that the person does.
pub(super) fn gor_ord(code: &str) -> String {
    match (code, code.strip_prefix("arbete_")) {
        (_, Some(extent)) => format!("arbetar {extent} %"),
        (ARBETE, _) => "arbetar".to_owned(),
        (STUDIER, _) => "studerar".to_owned(),
        (ARBETSSOKANDE, _) => "söker arbete".to_owned(),
        _ => "gör inget av detta".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// doman.md: "*Works* = arbete_omfattning is set (25 % counts); *studies* = studerar ja; *seeks work* =
    /// arbetssokande ja. They may hold together, and avslutsorsak does not decide them."
    #[test]
    fn words_that_carry_more_than_the_reason() {
        for (text, kod, gor) in [
            ("fick jobb", "arbete", &[] as &[&str]),
            ("Fick jobb 50%", "arbete", &["arbete_50"]),
            ("fick jobb på heltid", "arbete", &["arbete_100"]),
            ("Anställning, 25 %", "arbete", &["arbete_25"]),
            ("arbete (80 procent)", "arbete", &["arbete_80"]),
            ("fick jobb 75 %, pluggar också", "arbete", &["arbete_75", "studier"]),
            ("jobbar halvtid och pluggar", "arbete", &["arbete_50", "studier"]),
            ("jobbar", "arbete", &["arbete"]),
            ("fick jobb 50 %, jobbar nu", "arbete", &["arbete_50"]),
            ("projektet tog slut, jobbar 25%", "insatsen_avslutad", &["arbete_25"]),
            ("började plugga", "studier", &["studier"]),
            ("började plugga, jobbar 25 %", "studier", &["studier", "arbete_25"]),
            ("läser på komvux", "studier", &["studier"]),
            ("Studerar på högskolan heltid", "studier", &["studier"]),
            ("söker jobb via AF", "arbetssökande", &["arbetssökande"]),
            ("har flyttat", "flytt", &[]),
            ("sjukskriven igen", "sjukdom", &[]),
        ] {
            assert_eq!(las(text), Some(Orsak { kod, gor: gor.to_vec() }), "{text}");
        }
    }

    #[test]
    fn what_is_understood_in_part_is_not_read() {
        for text in [
            "",
            "50 %",
            "heltid",
            "fick jobb 40 %",
            "fick jobb 50-75 %",
            "fick jobb 50 %, senare 75 %",
            "fick jobb 50 %, jobbar 75 %",
            "fick jobb 25 timmar",
            "fick inte jobb",
            "sjukskriven 50 %",
            "söker jobb på heltid",
            "flyttade, blev sjuk",
            "fick jobb i Alby",
            "pluggar kanske",
            "började plugga, 50 %",
            "tillbaka till vården",
            "över till kommunens vanliga stöd",
            "fel målgrupp",
            "insatsen slut i norra",
            "kom en dag, ville inte",
        ] {
            assert_eq!(las(text), None, "{text}");
        }
    }

    #[test]
    fn common_words_are_known_without_asking() {
        for (kod, words) in [
            ("arbete", &["fick jobb", "anställning", "jobb", "Fått jobb"] as &[&str]),
            ("studier", &["läser på komvux", "studerar", "börjat plugga"]),
            ("arbetssökande", &["söker jobb", "söker jobb via AF"]),
            ("sjukdom", &["sjukskriven", "blev sjuk"]),
            ("föräldraledighet", &["mammaledig", "pappaledig", "föräldraledig", "barnledig"]),
            ("flytt", &["har flyttat", "flyttat", "flyttade"]),
            ("egen_begäran", &["ville sluta själv", "ville inte mer", "avbröt själv", "egen begäran"]),
            ("insatsen_avslutad", &["insatsen slut", "projektet tog slut"]),
            ("annan_aktör", &["annan aktör tog över"]),
        ] {
            for text in words {
                assert_eq!(las(text).map(|read| read.kod), Some(kod), "{text}");
            }
        }
    }

    #[test]
    fn words_are_in_their_normal_form() {
        let lists = NU.iter().chain(VAR).flat_map(|(_, words)| words.iter()).chain(BORJADE);
        for word in lists.chain(&FYLLNAD).chain(&SKILJER) {
            assert_eq!(nyckel(word), *word);
        }
    }
}
