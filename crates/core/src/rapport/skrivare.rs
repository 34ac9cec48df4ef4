//! Writes text and tables with live figures.

use crate::calc::formel::formulas;
use crate::calc::{Figure, Rakning, Source, siffror};
use crate::underlag::{InsatsNr, InsatsUnderlag};
use samsyn_document::{
    Align, Block, Cell, Column, Document, FigureId, Formula, Inline, Layout, Row, RowKind, Section, Table, Text, Value,
};
use std::collections::{HashMap, HashSet};

/// The figures of a half-year at hand, to be put into text and tables.
pub struct Skrivare<'r, 'u> {
    /// What is counted.
    pub rakning: &'r Rakning<'u>,
    figures: HashMap<FigureId, Figure>,
    formulas: HashMap<FigureId, Formula>,
}

impl<'r, 'u> Skrivare<'r, 'u> {
    /// Computes every figure of the PM.
    pub fn new(rakning: &'r Rakning<'u>) -> Skrivare<'r, 'u> {
        Skrivare::of(rakning, siffror(rakning))
    }

    /// The writer of these figures.
    pub fn of(rakning: &'r Rakning<'u>, figures: Vec<Figure>) -> Skrivare<'r, 'u> {
        let formulas = formulas(rakning, &figures);
        let figures = figures.into_iter().map(|figure| (figure.id.clone(), figure)).collect();
        Skrivare { rakning, figures, formulas }
    }

    /// The figure as a cell; a missing value when there is no such figure.
    pub fn cell(&self, tabell: &str, rad: &str, kolumn: &str) -> Cell {
        let id = FigureId::new(tabell, rad, kolumn);
        let missing = || Cell { value: Value::Missing, figure: None, formula: None, notes: Vec::new() };
        let formula = self.formulas.get(&id).cloned();
        self.figures.get(&id).map_or_else(missing, |figure| Cell { formula, ..figure.cell() })
    }

    /// The figure's value; missing when there is no such figure.
    pub fn value(&self, tabell: &str, rad: &str, kolumn: &str) -> Value {
        self.cell(tabell, rad, kolumn).value
    }

    /// Where a figure was published, when it is a historiskt tal.
    pub fn published(&self, tabell: &str, rad: &str, kolumn: &str) -> Option<&'u str> {
        match self.figures.get(&FigureId::new(tabell, rad, kolumn))?.source {
            Source::Historiskt(at) => self.rakning.underlag.historiska_tal.get(at).map(|tal| tal.kalla.as_str()),
            _ => None,
        }
    }

    /// Whether the figure is there and may be shown.
    pub fn shows(&self, tabell: &str, rad: &str, kolumn: &str) -> bool {
        !matches!(self.value(tabell, rad, kolumn), Value::Missing | Value::Withheld)
    }

    /// Whether a count is above nought; one that is withheld always is, and one that is not known may be.
    pub fn any(&self, tabell: &str, rad: &str, kolumn: &str) -> bool {
        let unknown = |figure: &Figure| figure.source.is_unknown(self.rakning);
        self.value(tabell, rad, kolumn) == Value::Withheld
            || self.antal(tabell, rad, kolumn) > 0
            || self.figures.get(&FigureId::new(tabell, rad, kolumn)).is_some_and(unknown)
    }

    /// A count; nought when it is missing or withheld.
    pub fn antal(&self, tabell: &str, rad: &str, kolumn: &str) -> i64 {
        match self.value(tabell, rad, kolumn) {
            Value::Antal(count) => count,
            _ => 0,
        }
    }

    /// Text from a template. In braces stand:
    /// - `{6/summa/pagaende_S}` a figure,
    /// - `{ord nyckeltal/insatser/antal}` a count in words, `{Ord …}` with a capital, `{ett …}` neuter,
    /// - `{välj nyckeltal/insatser/antal insats|insatser}` the word that goes with a count of one or not,
    /// - `{0}` the first of `names`, `{*0}` the same with emphasis.
    ///
    /// A figure that is missing becomes a marked place, not a dash, since a sentence cannot bear one. A count
    /// that is withheld becomes "ett antal".
    pub fn text(&self, template: &str, names: &[&str]) -> Text {
        let mut text = Text::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (inside, tail) = after.split_once('}').unwrap_or((after, ""));
            if !before.is_empty() {
                text.push(Inline::Text(before.to_owned()));
            }
            text.push(self.piece(inside, names));
            rest = tail;
        }
        if !rest.is_empty() {
            text.push(Inline::Text(rest.to_owned()));
        }
        text
    }

    /// Text from a template; nothing when one of its figures is withheld.
    pub fn if_shown(&self, template: &str, names: &[&str]) -> Text {
        let text = self.text(template, names);
        let withheld = |piece: &Inline| match piece {
            Inline::Value(cell) | Inline::InWords { cell, .. } => cell.value == Value::Withheld,
            _ => false,
        };
        if text.iter().any(withheld) { Text::new() } else { text }
    }

    /// A paragraph from a template.
    pub fn paragraph(&self, template: &str, names: &[&str]) -> Block {
        Block::Paragraph(self.text(template, names))
    }

    fn piece(&self, inside: &str, names: &[&str]) -> Inline {
        let name = |index: &str| names.get(index.parse::<usize>().unwrap_or(usize::MAX)).copied().unwrap_or("");
        let words = |id: &str, capital: bool, neuter: bool| match self.figure(id) {
            Some(cell) => Inline::InWords { cell, capital, neuter },
            None => Inline::Placeholder(id.to_owned()),
        };
        match inside.split_once(' ') {
            Some(("ord", id)) => words(id, false, false),
            Some(("Ord", id)) => words(id, true, false),
            Some(("ett", id)) => words(id, false, true),
            Some(("välj", rest)) => {
                let (id, forms) = rest.split_once(' ').unwrap_or((rest, ""));
                let (one, many) = forms.split_once('|').unwrap_or((forms, forms));
                let single = self.figure(id).is_some_and(|cell| cell.value == Value::Antal(1));
                Inline::Text(if single { one } else { many }.to_owned())
            }
            _ if inside.starts_with('*') => Inline::Emphasis(name(&inside[1..]).to_owned()),
            _ if inside.contains('/') => match self.figure(inside) {
                Some(cell) if cell.value == Value::Withheld => Inline::InWords { cell, capital: false, neuter: false },
                Some(cell) => Inline::Value(cell),
                None => Inline::Placeholder(inside.to_owned()),
            },
            _ => Inline::Text(name(inside).to_owned()),
        }
    }

    /// The figure with this name, unless it is missing.
    fn figure(&self, id: &str) -> Option<Cell> {
        let id = FigureId::parse(id)?;
        self.figures.get(&id).map(Figure::cell).filter(|cell| cell.value != Value::Missing)
    }

    /// An insats with what belongs to it.
    pub fn insats(&self, insats: InsatsNr) -> &'u InsatsUnderlag {
        &self.rakning.underlag.insatser[insats]
    }

    /// Name and owner, for running text: `Bryggan (Östhammar)`.
    pub fn namn(&self, insats: InsatsNr) -> String {
        self.insats(insats).namn_med_agare()
    }

    /// How many insatser are green, yellow and red, for "Läget är …": "grönt i sex och gult i fyra", with the
    /// lights that there are.
    pub fn lights(&self) -> Text {
        let lights = [("grön", "grönt"), ("gul", "gult"), ("röd", "rött")];
        let present = lights.into_iter().filter(|(light, _)| self.antal("svar", "trafikljus", light) > 0);
        listed(present.map(|(light, word)| self.text(&format!("{word} i {{ord svar/trafikljus/{light}}}"), &[])))
    }

    /// The insats that continues this one and is known to start.
    pub fn follows(&self, insats: InsatsNr) -> Option<InsatsNr> {
        let id = &self.insats(insats).insats.insats_id;
        let all = &self.rakning.underlag.insatser;
        all.iter().position(|next| next.insats.redovisas_med.as_ref() == Some(id) && next.period().is_some())
    }

    /// A row of figures: short name, owner below, one figure per column.
    pub fn rad(&self, tabell: &str, insats: InsatsNr, kolumner: &[&str]) -> Row {
        let of = self.insats(insats);
        let rad = of.insats.insats_id.as_str();
        Row::Data {
            header: Cell::text(of.kortnamn()),
            sub: Some(of.insats.insatsagare.clone()),
            cells: kolumner.iter().map(|kolumn| self.cell(tabell, rad, kolumn)).collect(),
            kind: RowKind::Normal,
        }
    }

    /// A named row of figures.
    pub fn namngiven_rad(&self, header: &str, kind: RowKind, cells: Vec<Cell>) -> Row {
        Row::Data { header: Cell::text(header), sub: None, cells, kind }
    }
}

/// Texts one after the other: `a`, `a och b`, `a, b och c`.
pub fn listed(texts: impl Iterator<Item = Text>) -> Text {
    let texts: Vec<Text> = texts.collect();
    let last = texts.len().saturating_sub(1);
    let mut all = Text::new();
    for (i, text) in texts.into_iter().enumerate() {
        match i {
            0 => {}
            i if i == last => all.push(Inline::Text(" och ".to_owned())),
            _ => all.push(Inline::Text(", ".to_owned())),
        }
        all.extend(text);
    }
    all
}

/// Sentences one after the other, those that say nothing left out.
pub fn sentences(texts: impl IntoIterator<Item = Text>) -> Text {
    let mut all = Text::new();
    for mut text in texts.into_iter().filter(|text| !text.is_empty()) {
        if !all.is_empty() {
            match text.first_mut() {
                Some(Inline::Text(first)) => first.insert(0, ' '),
                _ => all.push(Inline::Text(" ".to_owned())),
            }
        }
        all.extend(text);
    }
    all
}

/// A paper of a page or two on what is counted: title, the line under it, sections. Nothing of it is withheld, and
/// nothing else stands under the title.
pub fn brev(
    rakning: &Rakning<'_>,
    title: impl Into<String>,
    subtitle: impl Into<String>,
    sections: Vec<Section>,
) -> Document {
    Document {
        layout: Layout::Letter,
        title: title.into(),
        subtitle: subtitle.into(),
        organisation: rakning.underlag.forbund.clone(),
        language: "sv".into(),
        per: rakning.underlag.per,
        withheld_under: None,
        meta: Vec::new(),
        foot: None,
        sections,
    }
}

/// A sum's formula adds what its table shows; what is left out must be nothing.
pub fn only_shown_parts(table: &mut Table) {
    let rows =
        || table.rows.iter().filter_map(|row| if let Row::Data { cells, .. } = row { Some(cells) } else { None });
    let shown: HashSet<FigureId> = rows().flatten().filter_map(|cell| cell.figure.clone()).collect();
    for row in &mut table.rows {
        let Row::Data { cells, .. } = row else { continue };
        for cell in cells {
            if let Some(Formula::Sum(ids)) = &mut cell.formula {
                ids.retain(|id| shown.contains(id));
                if ids.is_empty() {
                    cell.formula = None;
                }
            }
        }
    }
}

/// A column of words.
pub fn left(heading: &str) -> Column {
    Column { group: None, heading: heading.to_owned(), align: Align::Left }
}

/// A column of figures.
pub fn right(heading: &str) -> Column {
    Column { group: None, heading: heading.to_owned(), align: Align::Right }
}

/// A column of figures of an earlier time.
pub fn earlier(heading: &str) -> Column {
    Column { group: None, heading: heading.to_owned(), align: Align::Earlier }
}

/// A column of figures under a heading that it shares with its neighbours.
pub fn right_in(group: &str, heading: &str) -> Column {
    Column { group: Some(group.to_owned()), heading: heading.to_owned(), align: Align::Right }
}
