//! The words of the files in plain Swedish: which fact a file and a key name, and what its fields say.

use samsyn_core::calc::namn;
use samsyn_core::deltagande;
use samsyn_core::kvartalsrapport::Prognos;
use samsyn_core::planpost::{Plankategori, Plankolumn};
use samsyn_core::underlag::Underlag;
use samsyn_document::{Belopp, Halvar, Kvartal, Manad, format};
use std::collections::HashMap;

/// Every noun's file, and the noun in words: one, and many.
const SLAG: [(&str, &str, &str); 33] = [
    ("forbund", "Förbundets uppgifter", "Förbundets uppgifter"),
    ("medlemmar", "Medlem", "Medlemmar"),
    ("folkmangd", "Folkmängd", "Folkmängd"),
    ("avgiftsregler", "Avgiftsregel", "Avgiftsregler"),
    ("historiska_tal", "Historiskt tal", "Historiska tal"),
    ("insatser", "Insats", "Insatser"),
    ("insatsperioder", "Beslut om period", "Beslut om period"),
    ("insatsparter", "Part", "Parter"),
    ("budget", "Budget", "Budget"),
    ("rekvisitioner", "Rekvisition", "Rekvisitioner"),
    ("avvikelser", "Avvikelse", "Avvikelser"),
    ("kvartalsrapporter", "Kvartalsrapport", "Kvartalsrapporter"),
    ("mal", "Mål", "Mål"),
    ("malutfall", "Utfall av mål", "Utfall av mål"),
    ("verksamhetsmal", "Verksamhetsmål", "Verksamhetsmål"),
    ("aktiviteter", "Aktivitet", "Aktiviteter"),
    ("deltagare", "Inskrivning", "Inskrivningar"),
    ("slutrapporter", "Slutrapport", "Slutrapporter"),
    ("partskommentarer", "Parts kommentar", "Parters kommentarer"),
    ("kommentarer", "Kansliets kommentar", "Kansliets kommentarer"),
    ("ljusval", "Läge satt av kansliet", "Lägen satta av kansliet"),
    ("manadsantal", "Antal inskrivna och pågående", "Antal inskrivna och pågående"),
    ("avslutsantal", "Antal utskrivna", "Antal utskrivna"),
    ("medlemsavgifter", "Medlemsavgifter för ett år", "Medlemsavgifter per år"),
    ("planposter", "Post i planen", "Poster i planen"),
    ("sparandesteg", "Rekommenderat sparande", "Rekommenderat sparande"),
    ("bokslut", "Bokslut", "Bokslut"),
    ("kontosaldon", "Saldo på ett konto", "Saldon på konton"),
    ("objektsaldon", "Summa för ett kostnadsställe eller projekt", "Summor för kostnadsställen och projekt"),
    ("rapportstruktur", "Kontons rad i rapporterna", "Kontons rader i rapporterna"),
    ("projektkopplingar", "Projekt i bokföringen", "Projekt i bokföringen"),
    ("kostnadsstallen", "Kostnadsställe i bokföringen", "Kostnadsställen i bokföringen"),
    ("schabloner", "Schablon för offentlig försörjning", "Schabloner för offentlig försörjning"),
];

/// Nouns whose keys begin with an insats.
const OM_INSATS: [&str; 13] = [
    "insatser",
    "insatsperioder",
    "insatsparter",
    "budget",
    "rekvisitioner",
    "kvartalsrapporter",
    "mal",
    "malutfall",
    "slutrapporter",
    "partskommentarer",
    "ljusval",
    "manadsantal",
    "avslutsantal",
];

/// What stands before a field's value; nothing where the value says it itself. Other fields are told by their name.
const FALT: [(&str, &str); 43] = [
    ("ar", "år"),
    ("totalt_kr", "summa"),
    ("deltagande_id", "nummer:"),
    ("insats_id", ""),
    ("kon", "kön:"),
    ("fodelsear", "födelseår:"),
    ("inskriven", "första dag:"),
    ("inskriven_registrerad", "inskrivningen känd:"),
    ("utbildning", "högsta utbildning:"),
    ("forsorjning_fore", "försörjning före:"),
    ("forsorjningstid_fore", "försörjning före, hur länge:"),
    ("utskriven", "sista dag:"),
    ("utskriven_registrerad", "avslutet känt:"),
    ("avslutsorsak", "avslutsorsak:"),
    ("arbete_omfattning", "arbetar, omfattning:"),
    ("arbete_subventionerat", "arbetet är subventionerat:"),
    ("arbetssokande", "söker aktivt arbete:"),
    ("plan_vid_avslut", "plan för fortsatt rehabilitering:"),
    ("forsorjning_efter", "försörjning efter:"),
    ("makulerad", "makulerad:"),
    ("belopp_kr", ""),
    ("kvartal", ""),
    ("part", ""),
    ("mal", ""),
    ("enhet", ""),
    ("start", "första dag"),
    ("slut", "sista dag"),
    ("beslutad", "beslutat"),
    ("inkommen", "inkommen"),
    ("inlamnad", "inlämnad"),
    ("insatsagare", "insatsägare"),
    ("redovisas_med", "fortsätter"),
    ("forvantat_antal_per_ar", "förväntat antal per år"),
    ("mal_nr", "nummer"),
    ("kansli_i_fas", "kansliets bedömning"),
    ("kansli_motiv", "kansliets motivering"),
    ("prognos", "prognos:"),
    ("lardomar", "lärdomar"),
    ("om", "om"),
    ("halvar", ""),
    ("text", ""),
    ("ljus", ""),
    ("motiv", "skäl"),
];

/// What a field is called.
pub fn faltnamn(falt: &str) -> String {
    let label = FALT.iter().find(|(known, _)| *known == falt).map(|(_, label)| *label);
    let label = label.map(|label| label.trim_end_matches(':')).filter(|label| !label.is_empty());
    label.map_or_else(|| namn::words(falt), str::to_owned)
}

/// A noun's file as one fact: `Rekvisition`.
pub fn en(fil: &str) -> &str {
    SLAG.iter().find(|(known, ..)| *known == fil).map_or(fil, |(_, one, _)| one)
}

/// A noun's file as many facts: `Rekvisitioner`.
pub fn flera(fil: &str) -> &str {
    SLAG.iter().find(|(known, ..)| *known == fil).map_or(fil, |(_, _, many)| many)
}

/// The fields that are not the same in two versions of a fact: the field, what stood there and what stands there.
pub fn andrade<'c>(
    fields: &'c [&'static str],
    old: &'c [String],
    new: &'c [String],
) -> impl Iterator<Item = (&'static str, &'c str, &'c str)> {
    let pairs = fields.iter().zip(old.iter().zip(new));
    pairs.filter(|(_, (old, new))| old != new).map(|(field, (old, new))| (*field, old.as_str(), new.as_str()))
}

/// The insatser by name, so that facts about them can be named in words.
#[derive(Debug)]
pub struct Ord<'u> {
    /// The name of each insats by its id.
    insatser: HashMap<&'u str, String>,
    /// The insats of each avvikelse by its own id.
    avvikelser: HashMap<&'u str, &'u str>,
}

impl<'u> Ord<'u> {
    /// The words of an underlag. Two insatser of one name are told apart by their full names.
    pub fn new(underlag: &'u Underlag) -> Ord<'u> {
        let short = |at: usize| {
            let of = &underlag.insatser[at];
            of.namn_med_agare()
        };
        let mut times: HashMap<String, usize> = HashMap::new();
        (0..underlag.insatser.len()).for_each(|at| *times.entry(short(at)).or_default() += 1);
        let name = |at: usize| match times.get(&short(at)) {
            Some(1) | None => short(at),
            Some(_) => {
                let insats = &underlag.insatser[at].insats;
                format!("{} ({})", insats.namn, insats.insatsagare)
            }
        };
        let of = |at: usize| underlag.insatser[at].insats.insats_id.as_str();
        let avvikelser = underlag.insatser.iter().flat_map(|insats| &insats.avvikelser);
        Ord {
            insatser: (0..underlag.insatser.len()).map(|at| (of(at), name(at))).collect(),
            avvikelser: avvikelser.map(|row| (row.avvikelse_id.as_str(), row.insats_id.as_str())).collect(),
        }
    }

    /// The insats's name; its id when it is unknown.
    pub fn insats<'a>(&'a self, id: &'a str) -> &'a str {
        self.insatser.get(id).map_or(id, String::as_str)
    }

    /// Which insats a fact is about, by its file and key.
    pub fn om<'a>(&self, fil: &str, nyckel: &'a str) -> Option<&'a str>
    where
        'u: 'a,
    {
        match fil {
            "avvikelser" => self.avvikelser.get(nyckel).copied(),
            "kommentarer" => match nyckel.split_once('/')? {
                ("avvikelse", rest) => self.avvikelser.get(rest.split('/').next()?).copied(),
                (_, rest) => rest.split('/').next().filter(|id| self.insatser.contains_key(id)),
            },
            _ if OM_INSATS.contains(&fil) => nyckel.split('/').next().filter(|id| self.insatser.contains_key(id)),
            _ => None,
        }
    }

    /// Which fact it is: `Rekvisition, Bryggan (Östhammar), kvartal 2 2022`.
    pub fn uppgift(&self, fil: &str, nyckel: &str) -> String {
        let mut parts = nyckel.split('/');
        let mut told = vec![en(fil).to_owned()];
        match fil {
            "forbund" => return told.concat(),
            "avvikelser" | "deltagare" => {
                told[0] = format!("{} {nyckel}", en(fil));
                told.extend(self.avvikelser.get(nyckel).map(|id| self.insats(id).to_owned()));
                return told.join(", ");
            }
            "kommentarer" => match (parts.next(), parts.next()) {
                (Some("avvikelse"), Some(id)) => told.push(format!("avvikelse {id}")),
                (_, id) => told.extend(id.map(|id| self.insats(id).to_owned())),
            },
            _ if OM_INSATS.contains(&fil) => told.extend(parts.next().map(|id| self.insats(id).to_owned())),
            _ => {}
        }
        if let ("mal" | "malutfall", Some(number)) = (fil, parts.clone().next()) {
            told[0] = format!("{} {number}", en(fil));
            parts.next();
        }
        told.extend(parts.map(|part| match fil {
            "insatsperioder" => format!("beslutat {part}"),
            "manadsantal" | "avslutsantal" if part.len() == 1 => namn::words(part),
            "planposter" => self.planord(part),
            "medlemsavgifter" => part.to_owned(),
            _ => self.varde("", part),
        }));
        told.join(", ")
    }

    /// A part of a plan's key: its category, its post or its column in words; its meeting as it is.
    fn planord(&self, part: &str) -> String {
        let category = Plankategori::of_kod(part).map(|kategori| kategori.text().to_owned());
        let column = || part.parse::<Plankolumn>().ok().map(|column| column.rubrik().to_lowercase());
        category.or_else(column).unwrap_or_else(|| self.insats(part).to_owned())
    }

    /// What a field of a fact says: `inkommen 2022-04-28`.
    pub fn falt(&self, falt: &str, text: &str) -> String {
        let label = FALT.iter().find(|(known, _)| *known == falt).map(|(_, label)| *label);
        let value = self.varde(falt, text);
        match label {
            Some("") => value,
            Some(label) => format!("{label} {value}"),
            None => format!("{}: {value}", namn::words(falt)),
        }
    }

    /// What a field is called.
    pub fn faltnamn(&self, falt: &str) -> String {
        faltnamn(falt)
    }

    /// What stands in a field, in words.
    pub fn varde(&self, falt: &str, text: &str) -> String {
        if let Some(name) = self.insatser.get(text) {
            return name.clone();
        }
        if falt.ends_with("_kr")
            && let Some(amount) = Belopp::parse(text)
        {
            return format!("{} kr", format::kronor(amount));
        }
        if let Some(word) = deltagande::i_ord(falt, text) {
            return word.to_lowercase();
        }
        if falt == "prognos"
            && let Some(forecast) = Prognos::ALL.iter().find(|forecast| forecast.kod() == text)
        {
            return forecast.text().to_lowercase();
        }
        i_ord(text).unwrap_or_else(|| if is_code(text) { namn::words(text) } else { text.to_owned() })
    }

    /// A sentence about facts, where their files, ids, quarters and columns stand as in a package, in words.
    pub fn mening(&self, text: &str) -> String {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            let stem = word.trim_end_matches('.');
            let said = i_ord(stem).or_else(|| self.insatser.get(stem).cloned());
            let noun = |file: &&str| SLAG.iter().any(|(known, ..)| known == file);
            let said = said.or_else(|| stem.strip_suffix(".csv").filter(noun).map(|file| flera(file).to_lowercase()));
            let said = said.or_else(|| (stem.contains('_') && is_code(stem)).then(|| namn::words(stem)));
            out.push_str(&said.unwrap_or_else(|| stem.to_owned()));
            out.push_str(&word[stem.len()..]);
            let next = after.chars().next().map_or(0, char::len_utf8);
            out.push_str(&after[..next]);
            rest = &after[next..];
        }
        format::capital(&out)
    }
}

/// A quarter, a half-year or a month in words.
fn i_ord(text: &str) -> Option<String> {
    let quarter = text.parse::<Kvartal>().ok().map(format::kvartal);
    let half = || text.parse::<Halvar>().ok().map(format::halvar);
    quarter.or_else(half).or_else(|| text.parse::<Manad>().ok().map(Manad::words))
}

/// Whether it is the code of an answer or the name of a column, and no running text.
fn is_code(text: &str) -> bool {
    text.contains('_') && text.chars().all(|c| c.is_lowercase() || c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use samsyn_core::{Fact, Facts, for_every_noun};

    fn underlag() -> Underlag {
        let mut facts = Facts::default();
        for (id, namn) in
            [("ost-bryggan", "Bryggan"), ("ost-bryggan-2", "Bryggan till hälsa"), ("tie-x", "Ung framtid")]
        {
            let cells = [
                id,
                "Östhammar",
                namn,
                if namn.starts_with("Bryggan") { "Bryggan" } else { "" },
                "individ",
                "",
                "",
                "",
            ];
            facts.insatser.push(Fact::parse(&|at| cells[at], &mut |_, _| ()).unwrap());
        }
        let cells = ["A007", "tie-x", "2022-03-15", "budget", "", "", "", "", ""];
        facts.avvikelser.push(Fact::parse(&|at| cells[at], &mut |_, _| ()).unwrap());
        Underlag::new(facts, "2022-08-30".parse().unwrap())
    }

    #[test]
    fn a_fact_is_named_in_words() {
        let underlag = underlag();
        let ord = Ord::new(&underlag);
        for (fil, nyckel, said) in [
            ("rekvisitioner", "tie-x/2022-K2", "Rekvisition, Ung framtid (Östhammar), kvartal 2 2022"),
            ("rekvisitioner", "ost-bryggan-2/2022-K2", "Rekvisition, Bryggan till hälsa (Östhammar), kvartal 2 2022"),
            ("insatsperioder", "tie-x/2021-11-25", "Beslut om period, Ung framtid (Östhammar), beslutat 2021-11-25"),
            ("malutfall", "tie-x/2/2022-K2", "Utfall av mål 2, Ung framtid (Östhammar), kvartal 2 2022"),
            ("avvikelser", "A007", "Avvikelse A007, Ung framtid (Östhammar)"),
            ("deltagare", "D00001", "Inskrivning D00001"),
            (
                "kommentarer",
                "insats/tie-x/2022-H1",
                "Kansliets kommentar, Ung framtid (Östhammar), första halvåret 2022",
            ),
            ("kommentarer", "avvikelse/A007/2022-H1", "Kansliets kommentar, avvikelse A007, första halvåret 2022"),
            ("ljusval", "tie-x/2022-H1", "Läge satt av kansliet, Ung framtid (Östhammar), första halvåret 2022"),
            (
                "avslutsantal",
                "tie-x/2022-03/K/egen_begäran",
                "Antal utskrivna, Ung framtid (Östhammar), mars 2022, kvinnor, egen begäran",
            ),
            ("historiska_tal", "inskrivna/2021-H1", "Historiskt tal, inskrivna, första halvåret 2021"),
            ("forbund", "uppsala-lan", "Förbundets uppgifter"),
            ("budget", "okand/2022-K1", "Budget, okand, kvartal 1 2022"),
        ] {
            assert_eq!(ord.uppgift(fil, nyckel), said);
        }
        assert_eq!(ord.om("avvikelser", "A007"), Some("tie-x"));
        assert_eq!(ord.om("kommentarer", "avvikelse/A007/2022-H1"), Some("tie-x"));
        assert_eq!(ord.om("kommentarer", "insats/tie-x/2022-H1"), Some("tie-x"));
        assert_eq!((ord.om("mal", "tie-x/1"), ord.om("deltagare", "tie-x")), (Some("tie-x"), None));
    }

    #[test]
    fn what_a_field_says_is_told_in_words() {
        let underlag = underlag();
        let ord = Ord::new(&underlag);
        assert_eq!(ord.falt("belopp_kr", "367962"), "367\u{a0}962 kr");
        assert_eq!(ord.falt("inkommen", "2022-04-28"), "inkommen 2022-04-28");
        assert_eq!(ord.falt("i_fas", "i_stort_sett"), "i fas med målen: i stort sett");
        assert_eq!(ord.falt("redovisas_med", "tie-x"), "fortsätter Ung framtid (Östhammar)");
        assert_eq!(ord.falt("prognos", "nås"), "prognos: målen nås");
        assert_eq!(ord.falt("kommentar", "Går bra."), "kommentar: Går bra.");
    }

    #[test]
    fn a_sentence_from_the_checks_is_told_in_words() {
        let underlag = underlag();
        let ord = Ord::new(&underlag);
        assert_eq!(
            ord.mening("2024-K1 ligger utanför alla beslutade perioder för tie-x. Rätta mal.csv."),
            "Kvartal 1 2024 ligger utanför alla beslutade perioder för Ung framtid (Östhammar). Rätta mål."
        );
        assert_eq!(ord.mening("Fyll i plan_vid_avslut."), "Fyll i plan vid avslut.");
        // A file that is no noun's is called what it is called.
        assert_eq!(ord.mening("Filen Lista.csv saknas."), "Filen Lista.csv saknas.");
    }

    #[test]
    fn every_noun_has_a_word() {
        macro_rules! each {
            ($($field:ident: $type:ty,)+) => {$(
                assert!(SLAG.iter().any(|(fil, ..)| *fil == <$type as Fact>::RESOURCE));
            )+};
        }
        for_every_noun!(each);
    }
}
