//! Tables: caption with its number as a field, header rows that are repeated, rows that are not
//! split, widths that are fixed, and alt text.

use super::body::Body;
use super::notes::Place;
use super::text::{self, FIRM_HYPHEN, SOFT_HYPHEN, in_style, run};
use super::widths::{self, Fit};
use super::xml::escape;
use crate::hyphen;
use samsyn_document::{Align, Cell, Datum, Row, RowKind, Table, Text, format};
use std::fmt::Write;

/// Rows of a table that is kept on one page.
const SHORT: usize = 16;

/// A cell's place in the grid, and the rules it has beside those of the table's style.
struct Frame {
    width: u32,
    /// Properties of the cell that say how it spans, and which rules it has.
    properties: String,
}

impl Body<'_> {
    /// A table with what stands above and below it.
    pub(super) fn table(&mut self, table: &Table) {
        let fit = self.fit(table);
        self.turn(fit.turned);
        self.caption(table);
        let mut places: Vec<Place> = vec![None; table.footnotes.len()];
        self.grid(table, &fit, &mut places);
        // A footnote that no cell refers to stands with the remarks.
        let left = table.footnotes.iter().zip(&places).filter(|(_, place)| place.is_none()).map(|(text, _)| text);
        let under: Vec<&Text> = left.chain(&table.remarks).collect();
        for text in &under {
            let mut words = String::new();
            text::text(&mut words, self.styles, text);
            self.paragraph("Tabellnot", "", &words);
        }
        if under.is_empty() {
            self.paragraph("Tabellslut", "", "");
        }
    }

    /// The table's name above it. The number is a field that counts the tables.
    fn caption(&mut self, table: &Table) {
        let mut words = String::new();
        if let Some(label) = &table.label {
            match label.rsplit_once(' ').and_then(|(name, number)| Some((name, number.parse::<u32>().ok()?))) {
                Some((name, number)) if number.to_string() == label[name.len() + 1..] => {
                    let last = self.sequences.insert(name.to_owned(), number).unwrap_or(0);
                    let anew = if number == last.wrapping_add(1) { String::new() } else { format!(" \\r {number}") };
                    let sequence: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
                    run(&mut words, "", &format!("{name} "));
                    text::field(&mut words, "", &format!("SEQ {sequence} \\* ARABIC{anew}"), &number.to_string());
                    run(&mut words, "", ". ");
                }
                _ => run(&mut words, "", &format!("{label}. ")),
            }
        }
        run(&mut words, "", &table.caption);
        self.paragraph("Caption", "<w:keepNext/>", &words);
    }

    fn grid(&mut self, table: &Table, fit: &Fit, places: &mut [Place]) {
        let all: u32 = fit.columns.iter().sum();
        let style = escape(self.styles.id("Rapporttabell"));
        let margin = widths::padding(fit.small) / 2;
        let margins = if fit.small {
            format!(
                "<w:tblCellMar><w:left w:w=\"{margin}\" w:type=\"dxa\"/><w:right w:w=\"{margin}\" \
                 w:type=\"dxa\"/></w:tblCellMar>"
            )
        } else {
            String::new()
        };
        let headings: Vec<&str> = table.columns.iter().map(|column| column.heading.as_str()).collect();
        let _ = write!(
            self.out,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/><w:tblW w:w=\"{all}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/>{margins}<w:tblLook w:val=\"06A0\" w:firstRow=\"1\" w:lastRow=\"0\" \
             w:firstColumn=\"1\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/><w:tblCaption w:val=\"{}\"/>\
             <w:tblDescription w:val=\"{}\"/></w:tblPr><w:tblGrid>",
            escape(&table.caption),
            escape(&format!("Radrubriker: {}. Kolumner: {}.", table.corner, headings.join(", "))),
        );
        for width in &fit.columns {
            let _ = write!(self.out, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.out.push_str("</w:tblGrid>");
        self.head(table, fit);
        for (i, row) in table.rows.iter().enumerate() {
            let keep = match table.rows.get(i + 1) {
                Some(Row::Data { kind: RowKind::Sum | RowKind::Share, .. }) => true,
                Some(_) => table.rows.len() <= SHORT,
                None => !table.remarks.is_empty(),
            };
            self.row(table, fit, row, keep, places);
        }
        self.out.push_str("</w:tbl>");
        self.end = None;
    }

    /// The rows of headings, one or two, which every page repeats.
    fn head(&mut self, table: &Table, fit: &Fit) {
        let spans = widths::spans(table);
        let two = spans.iter().any(|(heading, _)| heading.is_some());
        let rule = format!("<w:tcBorders>{}{}</w:tcBorders>", if two { NO_TOP } else { "" }, border("bottom", 8));
        let open = format!("<w:tcBorders>{NO_BOTTOM}</w:tcBorders>");
        let down = if two { format!("<w:vMerge w:val=\"restart\"/>{open}") } else { rule.clone() };
        self.open_row("<w:tblHeader/>");
        self.heading(fit, "Tabellrubrik", &table.corner, 0..1, &down, false);
        for (heading, columns) in &spans {
            match heading {
                Some(heading) => {
                    let place = columns.start + 1..columns.end + 1;
                    self.heading(fit, "Tabellspann", heading, place, &open, false);
                }
                None => {
                    let column = &table.columns[columns.start];
                    let place = columns.start + 1..columns.end + 1;
                    let properties = format!("{down}{}", apart(table, columns.start));
                    self.heading(fit, side(column.align), &column.heading, place, &properties, false);
                }
            }
        }
        self.out.push_str("</w:tr>");
        if two {
            self.open_row("<w:tblHeader/>");
            let up = format!("<w:vMerge/>{rule}");
            self.heading(fit, "Tabellrubrik", "", 0..1, &up, true);
            for (heading, columns) in &spans {
                for i in columns.clone() {
                    let (words, properties) =
                        if heading.is_some() { (table.columns[i].heading.as_str(), &rule) } else { ("", &up) };
                    let properties = format!("{properties}{}", apart(table, i));
                    self.heading(fit, side(table.columns[i].align), words, i + 1..i + 2, &properties, true);
                }
            }
            self.out.push_str("</w:tr>");
        }
    }

    fn open_row(&mut self, properties: &str) {
        let _ = write!(self.out, "<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>");
    }

    /// One heading. The table's style makes the first row strong; the second says so itself.
    fn heading(
        &mut self,
        fit: &Fit,
        style: &str,
        words: &str,
        place: std::ops::Range<usize>,
        properties: &str,
        strong: bool,
    ) {
        let strong = if strong { in_style(self.styles, "Strong") } else { String::new() };
        let mut content = String::new();
        run(&mut content, &strong, &hyphenated(words));
        let properties = match place.len() {
            1 => properties.to_owned(),
            across => format!("<w:gridSpan w:val=\"{across}\"/>{properties}"),
        };
        let properties = format!("{properties}<w:vAlign w:val=\"bottom\"/>");
        self.open_cell(&Frame { width: fit.columns[place].iter().sum(), properties });
        self.table_paragraph(fit, style, false, &content);
        self.out.push_str("</w:tc>");
    }

    fn row(&mut self, table: &Table, fit: &Fit, row: &Row, keep: bool, places: &mut [Place]) {
        let by_hand = matches!(row, Row::Data { kind: RowKind::ByHand, .. });
        self.open_row(if by_hand { BY_HAND } else { "" });
        match row {
            Row::Group { heading } => {
                let across = table.columns.len() + 1;
                let span = if across > 1 { format!("<w:gridSpan w:val=\"{across}\"/>") } else { String::new() };
                self.open_cell(&Frame { width: fit.columns.iter().sum(), properties: span });
                let mut words = String::new();
                run(&mut words, "", heading);
                self.table_paragraph(fit, "Tabellgrupp", false, &words);
                self.out.push_str("</w:tc>");
            }
            Row::Data { header, sub, cells, kind } => {
                let sum = format!("<w:tcBorders>{}</w:tcBorders>", border("top", 8));
                let properties = if *kind == RowKind::Sum { sum } else { String::new() };
                let low = if by_hand { "<w:vAlign w:val=\"bottom\"/>" } else { "" };
                let strong = if *kind == RowKind::Sum { in_style(self.styles, "Strong") } else { String::new() };
                self.open_cell(&Frame { width: fit.columns[0], properties: format!("{properties}{low}") });
                let mut words = self.cell(table, header, &strong, places);
                if let Some(sub) = sub.as_deref().filter(|sub| !sub.is_empty()) {
                    run(&mut words, &in_style(self.styles, "Underrad"), &format!(", {sub}"));
                }
                self.table_paragraph(fit, "Tabelltext", keep, &words);
                self.out.push_str("</w:tc>");
                let empty = Cell::empty();
                for (i, column) in table.columns.iter().enumerate() {
                    let properties = format!("{properties}{}{low}", apart(table, i));
                    self.open_cell(&Frame { width: fit.columns[i + 1], properties });
                    let (style, strong) = match column.align {
                        Align::Left => ("Tabelltext", strong.as_str()),
                        Align::Right => ("Tabelltal", strong.as_str()),
                        // Of less weight also in a sum.
                        Align::Earlier => ("Tabelltaltidigare", ""),
                    };
                    let words = self.cell(table, cells.get(i).unwrap_or(&empty), strong, places);
                    self.table_paragraph(fit, style, keep, &words);
                    self.out.push_str("</w:tc>");
                }
            }
        }
        self.out.push_str("</w:tr>");
    }

    /// A value and the marks of its footnotes.
    fn cell(&mut self, table: &Table, cell: &Cell, strong: &str, places: &mut [Place]) -> String {
        let mut words = String::new();
        text::value(&mut words, self.styles, &cell.value, &format::value(&cell.value), strong);
        let mut between = "";
        for &index in &cell.notes {
            let (Some(note), Some(place)) = (table.footnotes.get(index), places.get_mut(index)) else { continue };
            run(&mut words, &in_style(self.styles, "FootnoteReference"), between);
            let bookmark = self.next_id();
            self.notes.mark(&mut words, self.styles, note, place, bookmark);
            between = ", ";
        }
        words
    }

    fn open_cell(&mut self, frame: &Frame) {
        let Frame { width, properties } = frame;
        let _ = write!(self.out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{properties}</w:tcPr>");
    }

    fn table_paragraph(&mut self, fit: &Fit, style: &str, keep: bool, content: &str) {
        let style = format!("{style}{}", if fit.small { "Liten" } else { "" });
        self.paragraph(&style, if keep { "<w:keepNext/>" } else { "" }, content);
    }
}

fn side(align: Align) -> &'static str {
    match align {
        Align::Left => "Tabellrubrik",
        Align::Right | Align::Earlier => "Tabellrubriktal",
    }
}

/// Rules of a cell beside those of the table's style.
fn border(side: &str, eighths: u32) -> String {
    format!("<w:{side} w:val=\"single\" w:sz=\"{eighths}\" w:space=\"0\" w:color=\"6B7572\"/>")
}

/// A row high enough to write in by hand.
const BY_HAND: &str = "<w:trHeight w:val=\"800\" w:hRule=\"atLeast\"/>";
const NO_TOP: &str = "<w:top w:val=\"nil\"/>";
const NO_BOTTOM: &str = "<w:bottom w:val=\"nil\"/>";

/// Keeps words apart from the figures of the column before.
fn apart(table: &Table, column: usize) -> String {
    if widths::follows_figures(table, column) {
        format!("<w:tcMar><w:left w:w=\"{}\" w:type=\"dxa\"/></w:tcMar>", widths::APART)
    } else {
        String::new()
    }
}

/// A heading with soft hyphens in its long words; a day is kept whole.
fn hyphenated(heading: &str) -> String {
    let words = heading.split(' ').map(|word| match Datum::parse(word) {
        Some(_) => word.replace('-', &FIRM_HYPHEN.to_string()),
        None => hyphen::syllables(word).join(&SOFT_HYPHEN.to_string()),
    });
    words.collect::<Vec<_>>().join(" ")
}
