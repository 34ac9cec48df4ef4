//! The delårsrapport and the årsredovisning: förvaltningsberättelse, economy and accounts. What no fact can tell is marked
//! as a place for people to write at, and what does not agree stands at the top.

mod berattelse;
mod ekonomi;
mod noter;
mod oversikt;
mod rakningar;

use crate::calc::bokslut::drift::Aretsplan;
use crate::calc::bokslut::stammer::{Utfall, avstamningar};
use crate::calc::bokslut::{ar, har_objekt};
use crate::calc::tabeller::bokforing::Boksluten;
use crate::calc::{Figure, Rakning, bokslutets_siffror, siffror};
use crate::objektsaldo::KOSTNADSSTALLE;
use crate::planpost::Planslag;
use crate::rapport::skrivare::{Skrivare, earlier, only_shown_parts, right};
use samsyn_document::{Block, Column, Datum, Document, Inline, Layout, Section, Table, format};

/// Every figure of the report: those of the PM and of the bookkeeping.
pub fn alla_siffror(rakning: &Rakning<'_>) -> Vec<Figure> {
    let mut all = siffror(rakning);
    all.extend(bokslutets_siffror(rakning));
    all
}

/// Builds the report of the counted half-year: the delårsrapport of the first, the årsredovisning of the second.
pub fn bokslutsrapport(rakning: &Rakning<'_>) -> Document {
    let rapport =
        Rapport { writer: Skrivare::of(rakning, alla_siffror(rakning)), dagar: Boksluten::av(rakning.period) };
    let year = rakning.period.year();
    let (title, subtitle) = match rakning.period.number() {
        1 => (format!("Delårsrapport {year}"), format!("1 januari–30 juni {year}")),
        _ => (format!("Årsredovisning {year}"), format!("1 januari–31 december {year}")),
    };
    let mut sections = Vec::new();
    sections.extend(rapport.disagreements());
    sections.push(rapport.written("ordforanden", "Ordföranden har ordet", "ordförandens inledning"));
    sections.push(berattelse::section(&rapport));
    sections.push(ekonomi::section(&rapport));
    sections.push(rakningar::resultat(&rapport));
    sections.push(rakningar::balans(&rapport));
    sections.push(rakningar::kassaflode(&rapport));
    sections.push(rakningar::principer(&rapport));
    sections.push(noter::section(&rapport));
    sections.push(rakningar::drift(&rapport));
    sections.push(rakningar::underskrifter(&rapport));
    sections.iter_mut().for_each(shown_parts);
    Document {
        layout: Layout::Report,
        title,
        subtitle,
        organisation: rakning.underlag.forbund.clone(),
        language: "sv".into(),
        per: rakning.underlag.per,
        withheld_under: rakning.smatal().map(|smatal| smatal.threshold()),
        meta: vec![("Bokslut".to_owned(), format::long_date(rapport.dagar.till))],
        foot: None,
        sections,
    }
}

/// A sum's formula adds the lines that its table shows; those left out are nothing.
fn shown_parts(section: &mut Section) {
    for block in &mut section.blocks {
        if let Block::Table(table) = block {
            only_shown_parts(table);
        }
    }
    section.sections.iter_mut().for_each(shown_parts);
}

/// The report under way.
struct Rapport<'r, 'u> {
    writer: Skrivare<'r, 'u>,
    dagar: Boksluten,
}

impl Rapport<'_, '_> {
    /// What does not agree, before anything else.
    fn disagreements(&self) -> Option<Section> {
        let wrong: Vec<_> =
            avstamningar(self.writer.rakning).into_iter().filter(|of| of.utfall == Utfall::StammerInte).collect();
        if wrong.is_empty() {
            return None;
        }
        let mut section = Section::new("avstamningar", "Stämmer inte");
        let told = wrong.iter().map(|of| Block::Notice(vec![Inline::Text(format!("{}: {}", of.vad, of.text))]));
        section.blocks.extend(told);
        Some(section)
    }

    /// A part that people write; until then a marked place.
    fn written(&self, id: &str, heading: &str, what: &str) -> Section {
        let mut section = Section::new(id, heading);
        section.blocks.push(self.place(what));
        section
    }

    fn place(&self, what: &str) -> Block {
        Block::Paragraph(vec![Inline::Placeholder(what.to_owned())])
    }

    /// Whether there is a closing of a day.
    fn har(&self, till: Datum) -> bool {
        self.writer.rakning.underlag.bokforing.per(till).is_some()
    }

    /// Says that the closing tells nothing of some dimensions, and what comes of that; none when it does.
    fn saknar(&self, dimensions: &[u16], so: &str) -> Option<Block> {
        let (till, bokforing) = (self.dagar.till, &self.writer.rakning.underlag.bokforing);
        let lacks = dimensions.iter().filter(|dimension| !har_objekt(bokforing, till, **dimension));
        let what: Vec<&str> =
            lacks.map(|of| if *of == KOSTNADSSTALLE { "inga kostnadsställen" } else { "inga projekt" }).collect();
        let text = "Bokslutet per den {0} har {1}. {2}";
        (!what.is_empty())
            .then(|| Block::Notice(self.writer.text(text, &[&format::long_date(till), &format::list(&what), so])))
    }

    /// The plan that has the year's budget, with its day: `styrelsens plan av den 16 mars 2018`.
    fn planen(&self) -> String {
        let underlag = self.writer.rakning.underlag;
        let of = Aretsplan::av(underlag, ar(self.dagar.till), Planslag::Budget);
        let day = of.and_then(|of| underlag.ekonomi.planer[of.plan].datum);
        day.map_or_else(
            || "styrelsens plan".to_owned(),
            |day| format!("styrelsens plan av den {}", format::long_date(day)),
        )
    }

    /// Whether a plan has a forecast of the year.
    fn har_prognos(&self) -> bool {
        Aretsplan::av(self.writer.rakning.underlag, ar(self.dagar.till), Planslag::Prognos).is_some()
    }

    /// The closings to show of income and costs.
    fn resultatdagar(&self) -> Vec<Datum> {
        self.dagar.resultat(&self.writer.rakning.underlag.bokforing)
    }

    /// A column of a closing's figures; those of an earlier closing have less weight than the report's own.
    fn kolumn(&self, day: Datum, heading: &str) -> Column {
        if day == self.dagar.till { right(heading) } else { earlier(heading) }
    }

    /// The columns of these closings under their days.
    fn kolumner(&self, days: &[Datum]) -> Vec<Column> {
        days.iter().map(|day| self.kolumn(*day, &day.to_string())).collect()
    }

    /// The columns of what came of these closings, beside what was planned.
    fn utfallskolumner(&self, days: &[Datum]) -> Vec<Column> {
        days.iter().map(|day| self.kolumn(*day, &format!("Utfall {day}"))).collect()
    }

    /// Whether it is of a whole year.
    fn helar(&self) -> bool {
        self.writer.rakning.period.number() == 2
    }

    /// What the time is called: `första halvåret 2022`, `2022`.
    fn tiden(&self) -> String {
        let period = self.writer.rakning.period;
        if self.helar() { period.year().to_string() } else { format::halvar(period) }
    }
}

/// A table without a number.
fn tabell(id: &str, caption: impl Into<String>, corner: &str) -> Table {
    Table {
        id: id.to_owned(),
        label: None,
        caption: caption.into(),
        corner: corner.to_owned(),
        columns: Vec::new(),
        rows: Vec::new(),
        footnotes: Vec::new(),
        remarks: Vec::new(),
    }
}
