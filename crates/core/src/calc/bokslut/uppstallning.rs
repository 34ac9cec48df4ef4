//! How the statements are set up: their lines, headings and sums, by the year from which the form applies.

use super::Tid;
use crate::calc::source::{Bokvarde, Source};
use crate::rapportstruktur::{Rad, Radgrupp};
use samsyn_document::Datum;

/// What differs between the forms of the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// The first year that it applies to.
    pub fran: u16,
    /// The law that the accounts follow.
    pub lag: &'static str,
    /// The sum of income and costs: its name and words.
    verksamhet: (&'static str, &'static str),
    /// The sum after financial items: its name and words.
    efter_finansiella: (&'static str, &'static str),
}

/// The forms, the latest first. Sources: lagen (2018:597) om kommunal bokföring och redovisning 5 kap. 1 §, from 2019;
/// lagen (1997:614) om kommunal redovisning 5 kap. 1 §, before.
const FORMER: [Form; 2] = [
    Form {
        fran: 2019,
        lag: "lagen (2018:597) om kommunal bokföring och redovisning",
        verksamhet: ("verksamhetens_resultat", "Verksamhetens resultat"),
        efter_finansiella: ("resultat_efter_finansiella_poster", "Resultat efter finansiella poster"),
    },
    Form {
        fran: 0,
        lag: "lagen (1997:614) om kommunal redovisning",
        verksamhet: ("verksamhetens_nettokostnader", "Verksamhetens nettokostnader"),
        efter_finansiella: ("resultat_fore_extraordinara_poster", "Resultat före extraordinära poster"),
    },
];

impl Form {
    /// The form of a year.
    pub fn av(ar: u16) -> Form {
        FORMER.into_iter().find(|form| form.fran <= ar).unwrap_or(FORMER[1])
    }
}

/// What a line of a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Postslag {
    /// A line of its own.
    Rad,
    /// A sum of lines above it.
    Summa,
    /// What the statement comes to.
    Slutsumma,
}

/// A line of a statement at a closing.
#[derive(Clone, Debug)]
pub struct Post {
    /// Its name in figures.
    pub namn: &'static str,
    /// Its words.
    pub text: &'static str,
    /// What it is.
    pub slag: Postslag,
    /// The line of the mapping, where it is one: it may have a note.
    pub rad: Option<Rad>,
    /// What it amounts to.
    pub source: Source,
}

/// A line of a statement, or a heading above lines.
#[derive(Clone, Debug)]
pub enum Uppstalld {
    /// A heading.
    Rubrik(&'static str),
    /// A line.
    Post(Post),
}

/// An amount of a line.
fn rad(tid: Tid, rad: Rad) -> Source {
    Source::Bok(Bokvarde::Rad(tid, rad))
}

/// The lines of a part, summed.
pub(super) fn grupp(tid: Tid, grupp: Radgrupp) -> Source {
    Source::Summa(Rad::av(grupp).map(|of| rad(tid, of)).collect())
}

fn minus(one: Source, other: Source) -> Source {
    Source::Skillnad(Box::new(one), Box::new(other))
}

/// A statement being set up.
struct Ritning {
    tid: Tid,
    rader: Vec<Uppstalld>,
}

impl Ritning {
    fn new(tid: Tid) -> Ritning {
        Ritning { tid, rader: Vec::new() }
    }

    fn rubrik(&mut self, text: &'static str) {
        self.rader.push(Uppstalld::Rubrik(text));
    }

    fn post(&mut self, namn: &'static str, text: &'static str, slag: Postslag, source: Source) {
        self.rader.push(Uppstalld::Post(Post { namn, text, slag, rad: None, source }));
    }

    fn summa(&mut self, namn: &'static str, text: &'static str, parts: Vec<Source>) {
        self.post(namn, text, Postslag::Summa, Source::Summa(parts));
    }

    fn grupp(&mut self, grupp: Radgrupp) {
        for of in Rad::av(grupp) {
            let source = rad(self.tid, of);
            let post = Post { namn: of.kod(), text: of.text(), slag: Postslag::Rad, rad: Some(of), source };
            self.rader.push(Uppstalld::Post(post));
        }
    }
}

/// Income, costs and result from the year's beginning to a closing.
pub fn resultatrakning(form: Form, till: Datum) -> Vec<Uppstalld> {
    use Radgrupp as G;
    let tid = Tid::vid(till);
    let part = |of: G| Rad::av(of).map(move |of| rad(tid, of));
    let verksamhet = || part(G::Intakter).chain(part(G::Kostnader));
    let mut ritning = Ritning::new(tid);
    ritning.rubrik("Verksamhetens intäkter");
    ritning.grupp(G::Intakter);
    ritning.summa("summa_intakter", "Summa verksamhetens intäkter", part(G::Intakter).collect());
    ritning.rubrik("Verksamhetens kostnader");
    ritning.grupp(G::Kostnader);
    ritning.summa("nettokostnader", "Summa verksamhetens kostnader", part(G::Kostnader).collect());
    ritning.rubrik("Resultat");
    ritning.summa(form.verksamhet.0, form.verksamhet.1, verksamhet().collect());
    ritning.grupp(G::Finansiella);
    let (namn, text) = form.efter_finansiella;
    ritning.summa(namn, text, verksamhet().chain(part(G::Finansiella)).collect());
    ritning.grupp(G::Extraordinara);
    let all = verksamhet().chain(part(G::Finansiella)).chain(part(G::Extraordinara)).collect();
    ritning.post("periodens_resultat", periodens(till), Postslag::Slutsumma, Source::Summa(all));
    ritning.rader
}

/// What the result is called: of the year at its end, else of the period.
pub fn periodens(till: Datum) -> &'static str {
    if (till.month(), till.day()) == (12, 31) { "Årets resultat" } else { "Periodens resultat" }
}

/// Assets, equity and debts at a closing or as its year began.
pub fn balansrakning(tid: Tid) -> Vec<Uppstalld> {
    use Radgrupp as G;
    let part = |of: G| Rad::av(of).map(move |of| rad(tid, of));
    let resultat = || Source::Bok(Bokvarde::Resultat(tid.till));
    let current = || part(G::Fordringar).chain(part(G::LikvidaMedel));
    let mut ritning = Ritning::new(tid);
    ritning.rubrik("Anläggningstillgångar");
    ritning.grupp(G::Anlaggningstillgangar);
    let fixed = part(G::Anlaggningstillgangar).collect();
    ritning.summa("summa_anlaggningstillgangar", "Summa anläggningstillgångar", fixed);
    ritning.rubrik("Omsättningstillgångar");
    ritning.grupp(G::Fordringar);
    ritning.summa("summa_fordringar", "Summa fordringar", part(G::Fordringar).collect());
    ritning.grupp(G::LikvidaMedel);
    ritning.summa("summa_likvida_medel", "Summa placeringar, kassa och bank", part(G::LikvidaMedel).collect());
    ritning.summa("summa_omsattningstillgangar", "Summa omsättningstillgångar", current().collect());
    let assets = part(G::Anlaggningstillgangar).chain(current()).collect();
    ritning.post("summa_tillgangar", "Summa tillgångar", Postslag::Slutsumma, Source::Summa(assets));
    ritning.rubrik("Eget kapital");
    ritning.grupp(G::EgetKapital);
    ritning.post("periodens_resultat", periodens(tid.till), Postslag::Rad, resultat());
    let equity: Vec<Source> = part(G::EgetKapital).chain([resultat()]).collect();
    ritning.summa("summa_eget_kapital", "Summa eget kapital", equity.clone());
    ritning.rubrik("Avsättningar och skulder");
    ritning.grupp(G::Avsattningar);
    ritning.grupp(G::LangfristigaSkulder);
    ritning.grupp(G::KortfristigaSkulder);
    let short = part(G::KortfristigaSkulder).collect();
    ritning.summa("summa_kortfristiga_skulder", "Summa kortfristiga skulder", short);
    let debts = part(G::Avsattningar).chain(part(G::LangfristigaSkulder)).chain(part(G::KortfristigaSkulder));
    let all = Source::Summa(equity.into_iter().chain(debts).collect());
    let text = "Summa eget kapital, avsättningar och skulder";
    ritning.post("summa_eget_kapital_och_skulder", text, Postslag::Slutsumma, all);
    ritning.rader
}

/// What explains the change of liquid funds from the year's beginning to a closing.
pub fn kassaflode(till: Datum) -> Vec<Uppstalld> {
    use Radgrupp as G;
    let (nu, da) = (Tid::vid(till), Tid::ingaende(till));
    let resultat = Source::Bok(Bokvarde::Resultat(till));
    let depreciation = rad(nu, Rad::Avskrivningar);
    let added_back = Source::Omvand(Box::new(depreciation.clone()));
    // What claims have grown by is money that has not come in; what debts have grown by has not gone out.
    let fell = |of: G| minus(grupp(da, of), grupp(nu, of));
    let grew = |of: G| minus(grupp(nu, of), grupp(da, of));
    let before = vec![resultat.clone(), added_back.clone()];
    let working = [fell(G::Fordringar), grew(G::KortfristigaSkulder), grew(G::Avsattningar)];
    let running: Vec<Source> = before.iter().cloned().chain(working.clone()).collect();
    let investing = Source::Summa(vec![fell(G::Anlaggningstillgangar), depreciation]);
    let financing = Source::Summa(vec![grew(G::LangfristigaSkulder), grew(G::EgetKapital)]);
    let all: Vec<Source> = running.iter().cloned().chain([investing.clone(), financing.clone()]).collect();
    let [claims, debts, provisions] = working;
    let mut ritning = Ritning::new(nu);
    ritning.rubrik("Den löpande verksamheten");
    ritning.post("arets_resultat", periodens(till), Postslag::Rad, resultat);
    ritning.post("avskrivningar", "Avskrivningar, som inte påverkar kassan", Postslag::Rad, added_back);
    let text = "Kassaflöde före förändring av rörelsekapital";
    ritning.summa("fore_forandring_av_rorelsekapital", text, before);
    let text = "Ökning (−) eller minskning (+) av kortfristiga fordringar";
    ritning.post("forandring_kortfristiga_fordringar", text, Postslag::Rad, claims);
    let text = "Ökning (+) eller minskning (−) av kortfristiga skulder";
    ritning.post("forandring_kortfristiga_skulder", text, Postslag::Rad, debts);
    let text = "Ökning (+) eller minskning (−) av avsättningar";
    ritning.post("forandring_avsattningar", text, Postslag::Rad, provisions);
    ritning.summa("lopande_verksamheten", "Kassaflöde från den löpande verksamheten", running);
    ritning.rubrik("Investeringar och finansiering");
    let text = "Kassaflöde från investeringsverksamheten";
    ritning.post("investeringsverksamheten", text, Postslag::Rad, investing);
    let text = "Kassaflöde från finansieringsverksamheten";
    ritning.post("finansieringsverksamheten", text, Postslag::Rad, financing);
    ritning.post("arets_kassaflode", "Periodens kassaflöde", Postslag::Slutsumma, Source::Summa(all));
    ritning.rubrik("Likvida medel");
    let text = "Likvida medel när året började";
    ritning.post("likvida_medel_vid_arets_borjan", text, Postslag::Rad, grupp(da, G::LikvidaMedel));
    let text = "Likvida medel när perioden slutade";
    ritning.post("likvida_medel_vid_periodens_slut", text, Postslag::Rad, grupp(nu, G::LikvidaMedel));
    ritning.rader
}

/// The line with this name in a statement.
pub fn post(rader: &[Uppstalld], namn: &str) -> Option<Source> {
    rader.iter().find_map(|rad| match rad {
        Uppstalld::Post(post) if post.namn == namn => Some(post.source.clone()),
        _ => None,
    })
}
