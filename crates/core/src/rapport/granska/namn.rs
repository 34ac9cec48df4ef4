//! Names of insatser in a text: full, short, with owner, or the owner alone.

use super::ord::{Ordning, Slag};
use crate::underlag::{InsatsNr, Underlag};
use std::collections::HashMap;
use std::ops::Range;

/// A name as it may be written.
struct Form {
    words: Vec<String>,
    insatser: Vec<InsatsNr>,
    /// Whether it is only an owner's.
    agare: bool,
}

/// A place in the text that names insatser.
#[derive(Clone, Debug)]
pub(super) struct Namnd {
    pub bitar: Range<usize>,
    /// Those that it may mean.
    pub insatser: Vec<InsatsNr>,
    /// Whether only an owner is named.
    pub agare: bool,
}

/// The names of all insatser of an underlag.
pub(super) struct Namnbok {
    /// Forms by their first word, the longest first.
    forms: HashMap<String, Vec<Form>>,
    /// The words of each insats's full name, which a short name may be followed by.
    full: Vec<Vec<String>>,
    owners: Vec<String>,
}

/// The words and numbers of a text, in small letters.
fn words(text: &str) -> Vec<String> {
    let cut = Ordning::new(text);
    (0..cut.bitar.len()).filter(|&bit| said(&cut, bit)).map(|bit| cut.ord(bit).to_owned()).collect()
}

fn said(text: &Ordning, bit: usize) -> bool {
    !matches!(text.bitar[bit].slag, Slag::Tecken(_) | Slag::Levande)
}

impl Namnbok {
    pub fn new(underlag: &Underlag) -> Namnbok {
        let mut by_words: HashMap<Vec<String>, (Vec<InsatsNr>, bool)> = HashMap::new();
        let mut add = |text: &str, nr: InsatsNr, owner: bool| {
            let entry = by_words.entry(words(text)).or_insert((Vec::new(), owner));
            if entry.1 && !owner {
                *entry = (Vec::new(), false);
            }
            if entry.1 == owner && !entry.0.contains(&nr) {
                entry.0.push(nr);
            }
        };
        for (nr, of) in underlag.insatser.iter().enumerate() {
            let insats = &of.insats;
            add(&insats.namn, nr, false);
            add(of.kortnamn(), nr, false);
            add(insats.namn.split(" – ").next().unwrap_or(""), nr, false);
            add(&insats.insatsagare, nr, true);
        }
        let mut forms: HashMap<String, Vec<Form>> = HashMap::new();
        for (words, (insatser, agare)) in by_words {
            if let Some(first) = words.first().filter(|word| word.chars().count() > 1) {
                forms.entry(first.clone()).or_default().push(Form { words, insatser, agare });
            }
        }
        forms.values_mut().for_each(|list| list.sort_by_key(|form| std::cmp::Reverse(form.words.len())));
        Namnbok {
            forms,
            full: underlag.insatser.iter().map(|of| words(&of.insats.namn)).collect(),
            owners: underlag.insatser.iter().map(|of| words(&of.insats.insatsagare).join(" ")).collect(),
        }
    }

    /// The insatser named among these pieces, in the order of the text.
    pub fn finn(&self, text: &str, cut: &Ordning, bitar: Range<usize>) -> Vec<Namnd> {
        let mut found: Vec<Namnd> = Vec::new();
        let mut at = bitar.start;
        while at < bitar.end {
            match self.one(text, cut, at, bitar.end) {
                Some(named) => {
                    at = named.bitar.end;
                    self.add(&mut found, cut, named);
                }
                None => at += 1,
            }
        }
        found
    }

    /// The longest name that begins with this piece. It has a capital where the name begins.
    fn one(&self, text: &str, cut: &Ordning, at: usize, end: usize) -> Option<Namnd> {
        let capital = text[cut.bitar[at].plats.start..].chars().next().is_some_and(|c| c.is_uppercase());
        let word = cut.ord(at);
        let stem = word.strip_suffix('s').unwrap_or(word);
        if !capital {
            return None;
        }
        let forms = [word, stem].into_iter().filter_map(|word| self.forms.get(word)).flatten();
        let (form, after) = forms.filter_map(|form| Some((form, fits(form, cut, at, end)?))).max_by_key(|f| f.1)?;
        if form.agare && matches!(cut.ord(after), "län" | "läns") {
            return None;
        }
        let mut after = after;
        while !form.agare && after < end && self.goes_on(form, cut, after) {
            after += 1;
        }
        Some(Namnd { bitar: at..after, insatser: form.insatser.clone(), agare: form.agare })
    }

    /// Whether a short name goes on with a word of the full one, as `Ung väg` in `Ung väg till arbete`.
    fn goes_on(&self, form: &Form, cut: &Ordning, at: usize) -> bool {
        let full = form.insatser.iter().map(|&nr| &self.full[nr]);
        full.filter(|full| full.len() > form.words.len()).any(|full| full.iter().any(|word| word == cut.ord(at)))
    }

    /// Adds a name; an owner next to an insats tells which insats is meant.
    fn add(&self, found: &mut Vec<Namnd>, cut: &Ordning, named: Namnd) {
        let beside = |before: &Namnd| {
            (before.bitar.end..named.bitar.start)
                .all(|bit| matches!(cut.ord(bit), "(" | "," | "i" | "-" | "–" | "från"))
                && named.bitar.start - before.bitar.end <= 2
        };
        if let Some(before) = found.last_mut().filter(|before| before.agare != named.agare && beside(before)) {
            let (insats, owner) = if named.agare { (&*before, &named) } else { (&named, &*before) };
            let same = |a: &InsatsNr, b: &InsatsNr| self.owners[*a] == self.owners[*b];
            let own = |nr: &&InsatsNr| owner.insatser.iter().any(|other| same(nr, other));
            let both: Vec<InsatsNr> = insats.insatser.iter().filter(own).copied().collect();
            if !both.is_empty() {
                *before = Namnd { bitar: before.bitar.start..named.bitar.end, insatser: both, agare: false };
                return;
            }
        }
        found.push(named);
    }
}

/// Where the form ends when it stands here. Dashes and stops between its words do not matter, and the last word may
/// have the s of a genitive.
fn fits(form: &Form, cut: &Ordning, at: usize, end: usize) -> Option<usize> {
    let mut at = at;
    for (i, word) in form.words.iter().enumerate() {
        while i > 0 && at < end && matches!(cut.bitar[at].slag, Slag::Tecken('-' | '–' | '.' | '…' | ':')) {
            at += 1;
        }
        let written = if at < end { cut.ord(at) } else { "" };
        let genitive = i + 1 == form.words.len() && written.strip_suffix('s') == Some(word);
        if written != word && !genitive {
            return None;
        }
        at += 1;
    }
    Some(at)
}
