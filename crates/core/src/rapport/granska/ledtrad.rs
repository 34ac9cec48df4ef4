//! Cues: words that tell what a number is about, and words that tell to keep silent about it.

use std::collections::HashMap;

macro_rules! cues {
    ($($name:ident)+) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Plats { $($name,)+ }
        $(pub(super) const $name: u64 = 1 << Plats::$name as u32;)+
    };
}

cues! {
    IN UT PAGAR DELTAGIT ANONYM ARBETE STUDIER SOKER PLAN SUBV EJ_SUBV HELTID DELTID REHAB SJUK OVRIGA ORSAK
    UNDER_30 FRAN_30 FRAN_45 FRAN_60 FORSORJNING TRE_AR GRUND GYMNASIUM EFTERGYMN UTBILDNING
    UTFALL BUDGET KVOT OVERFORT PER_DELTAGARE FORVANTAT MEDEL HELAR
    VAKANS EGEN AVVIKELSE MOTEN ORDINARIE UPPFOLJNING METOD MALGRUPP JAMLIK JAMST IMPLEMENT FAS GRON GUL ROD PROGNOS
    INDIVID STRUKTUR KOMPETENS START HELHET
    KVINNOR MAN PERSON INSATS NEKAD ANNAT MALET TYST
}

/// What is told of participants.
pub(super) const MATT: u64 = IN
    | UT
    | PAGAR
    | DELTAGIT
    | ANONYM
    | ARBETE
    | STUDIER
    | SOKER
    | PLAN
    | SUBV
    | EJ_SUBV
    | HELTID
    | DELTID
    | REHAB
    | SJUK
    | OVRIGA
    | ORSAK
    | UNDER_30
    | FRAN_30
    | FRAN_45
    | FRAN_60
    | FORSORJNING
    | TRE_AR
    | GRUND
    | GYMNASIUM
    | EFTERGYMN
    | UTBILDNING
    | FORVANTAT;
/// What is told of money.
pub(super) const PENGAR: u64 = UTFALL | BUDGET | KVOT | OVERFORT | PER_DELTAGARE | MEDEL | HELAR;
/// What a styrgrupp is asked.
pub(super) const FRAGOR: u64 = VAKANS
    | AVVIKELSE
    | MOTEN
    | ORDINARIE
    | UPPFOLJNING
    | METOD
    | MALGRUPP
    | JAMLIK
    | JAMST
    | IMPLEMENT
    | FAS
    | GRON
    | GUL
    | ROD
    | PROGNOS;
/// Kinds of insatser.
pub(super) const TYPER: u64 = INDIVID | STRUKTUR | KOMPETENS;

/// Words with their cues. A star stands for any ending.
const ORD: &[(u64, &str)] = &[
    (IN, "inskriv* nyinskriv* inregistr* registrer* börjat påbörja*"),
    (UT, "avsluta* avslut utskriv*"),
    (PAGAR, "pågående pågår pågick"),
    (DELTAGIT, "deltagit deltog deltar"),
    (ANONYM, "anonym*"),
    (ARBETE, "arbete arbetar anställning* jobb"),
    (STUDIER, "studier studera*"),
    (SOKER, "arbetssök* söker"),
    (PLAN, "plan planen handlingsplan* planering"),
    (SUBV, "subvention*"),
    (EJ_SUBV, "osubvention*"),
    (HELTID, "heltid*"),
    (DELTID, "deltid*"),
    (REHAB, "rehab"),
    (SJUK, "sjukdom"),
    (OVRIGA, "övriga andra"),
    (ORSAK, "orsak* skäl anledning* flytt* föräldraled*"),
    (FORSORJNING, "försörjning*"),
    (GRUND, "grundskol*"),
    (GYMNASIUM, "gymnasi*"),
    (EFTERGYMN, "eftergymnas*"),
    (UTBILDNING, "utbildning utbildningsbakgrund utbildningsnivå"),
    (
        UTFALL,
        "utfall utfallet förbruk* använt använts rekvirer* upparbet* kostnad kostnaden kostnader kostnaderna kostat",
    ),
    (BUDGET, "budget budgeten budgetmed* budgeter*"),
    (BUDGET | HELAR, "årsbudget* helårsbudget*"),
    (HELAR, "helår*"),
    (KVOT, "förbrukningskvot* förbrukningsgrad*"),
    (OVERFORT, "överför*"),
    (FORVANTAT, "förvänta* beräkna* platser årsplatser"),
    (MEDEL, "medel medlen finansiering finansieringen"),
    (VAKANS, "vakans*"),
    (EGEN, "egen egna egenfinansier* parterna parternas"),
    (AVVIKELSE, "avvikelse*"),
    (MOTEN, "styrgruppsmöte* mötts möten mötet"),
    (ORDINARIE, "ordinarie representation*"),
    (ORDINARIE | NEKAD, "frånvar*"),
    (UPPFOLJNING, "uppföljning*"),
    (METOD, "metod*"),
    (MALGRUPP, "målgrupp*"),
    (JAMLIK, "jämlik*"),
    (JAMST, "jämställd*"),
    (IMPLEMENT, "implement*"),
    (FAS, "fas"),
    (GRON, "grön*"),
    (GUL, "gul gula gult"),
    (ROD, "röd röda rött"),
    (PROGNOS, "prognos*"),
    (INDIVID | INSATS, "individinsats*"),
    (STRUKTUR | INSATS, "strukturinsats*"),
    (STRUKTUR, "strukturell* strukturövergripande"),
    (KOMPETENS | INSATS, "kompetensinsats*"),
    (KOMPETENS, "kompetenshöjande"),
    (START, "startat startats startade kommit"),
    (HELHET, "finansiera* gång igång ingår ingått ryms omfatta* bedriv* totalt sammanlagt sammantaget samtliga alla"),
    (KVINNOR | PERSON, "kvinna kvinnor kvinnorna"),
    (MAN | PERSON, "män männen"),
    (PERSON, "deltagare* individer individerna personer personerna människor"),
    (IN | PERSON, "inskrivning*"),
    (UT | PERSON, "utskrivning*"),
    (INSATS, "insats insatser insatserna insatsen insatsernas styrgrupper styrgrupperna"),
    (NEKAD, "delvis stort inte ej utan saknas saknar saknade saknats sakna ingen inga inget icke borta okänd*"),
    (
        MALET,
        "mål målet målen målsättning* måltal* målvärde* måluppfyll* ska skall skulle bör borde ambition* riktvärde* \
         planera* planeras kommer förhopp*",
    ),
    (
        ANNAT,
        "webbinari* seminari* utbildningar utbildningsdag* konferens* nätverk* föreläs* enkät* kurs* workshop* träff* \
         aktivitet* studiebesök* medarbetar* personal* handledar* chef* tjänst* projekt* smail styrelse* revis* \
         medlemsavgift* kansli* lön* lokal* reserv* praktik* språk* väntelist* remiss* remitt* anvis* intresse* \
         unga ungdom* utrikes* barn* föräldrar svarat svarade nöjda upplev* våld frågor kontakt* outnyttja* oförbruk* kvar återbetal* återläm* överskott* underskott* bidrag* sökt ansökt hyra* inköp* utvärdering*",
    ),
    (
        TYST,
        "jämför* tidigare föregående förra fjol* ökning* ökat ökade minsk* fler färre genomsnitt* snitt respektive \
         vardera mellan kvartalet insatsperiod* våren hösten sommaren vintern veckan månaden årligen nästa kommande \
         ytterligare resterande hälften flesta flertal* merpart* många några tredjedel* fjärdedel* varannan vartannat q1 q2 q3 q4 k1 k2 k3 k4",
    ),
];

/// The words of [`ORD`] by their first three bytes.
pub(super) struct Ordbok(HashMap<[u8; 3], Vec<(&'static str, bool, u64)>>);

impl Ordbok {
    pub fn new() -> Ordbok {
        let mut words: HashMap<_, Vec<(&str, bool, u64)>> = HashMap::new();
        for (cues, list) in ORD {
            for word in list.split_whitespace() {
                let (stem, open) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
                if let Some(first) = first(stem) {
                    words.entry(first).or_default().push((stem, open, *cues));
                }
            }
        }
        Ordbok(words)
    }

    /// The cues of a word in small letters, whatever stands beside it: those of the longest word that fits.
    pub fn av(&self, word: &str) -> u64 {
        let known = first(word).and_then(|first| self.0.get(&first)).map_or(&[][..], Vec::as_slice);
        let fits = known.iter().filter(|(stem, open, _)| if *open { word.starts_with(stem) } else { word == *stem });
        fits.max_by_key(|(stem, ..)| stem.len()).map_or(0, |(.., cues)| *cues)
    }
}

fn first(word: &str) -> Option<[u8; 3]> {
    word.as_bytes().get(..3)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_decides() {
        let book = Ordbok::new();
        assert_eq!(book.av("förbrukningskvoten"), KVOT);
        assert_eq!(book.av("förbrukat"), UTFALL);
        assert_eq!(book.av("individinsatserna"), INDIVID | INSATS);
        assert_eq!(book.av("individer"), PERSON);
        assert_eq!(book.av("planerade"), MALET);
        assert_eq!((book.av("är"), book.av("i"), book.av("arbetet")), (0, 0, 0));
    }
}
