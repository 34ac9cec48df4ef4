//! Pipe tables, padded so that they also read as they stand. A table wider than a terminal is
//! written in parts, each with all its row headers, so that nothing is cut and no line breaks.

use super::escape::{escape, fill, plain_line, width};
use super::{Blocks, text};
use samsyn_document::{Align, Cell, Ljus, Row, RowKind, Table, Value, format};
use std::ops::Range;

/// The widest table that is written in one part, when its row headers are no longer than `HEADER`.
const WIDEST: usize = 118;
const HEADER: usize = 46;

/// Writes the table with its label, caption, notes and remarks.
pub(super) fn write(out: &mut Blocks, table: &Table) {
    let all = Part { columns: 0..table.columns.len(), headings: Headings::Named, what: String::new() };
    let grouped = table.columns.iter().any(|column| column.group.is_some());
    let parts = match all.width(table) {
        0..=WIDEST => vec![all],
        _ if grouped => split(table),
        _ if table.columns.len() <= LETTERS.len() => vec![Part { headings: Headings::Letters, ..all }],
        _ => vec![all],
    };
    for part in &parts {
        let mut title = title(table);
        if !part.what.is_empty() {
            title = format!("{title}: {}", escape(&plain_line(&part.what)));
        }
        out.push(&format!("**{title}**"));
        out.push(&part.write(table));
        if part.headings == Headings::Letters {
            let key = table.columns.iter().zip(LETTERS.chars());
            let key = key.map(|(column, letter)| format!("- {letter} = {}", escape(&plain_line(&column.heading))));
            out.push(&key.collect::<Vec<_>>().join("\n"));
        }
    }
    for (i, note) in table.footnotes.iter().enumerate() {
        let before = format!("{} ", mark(i));
        out.push(&fill(&text(note), &before, ""));
    }
    table.remarks.iter().for_each(|remark| out.push(&fill(&text(remark), "", "")));
}

fn title(table: &Table) -> String {
    let caption = escape(&plain_line(&table.caption));
    table.label.as_ref().map_or(caption.clone(), |label| format!("{}. {caption}", escape(&plain_line(label))))
}

/// The sign of a footnote: `¹⁾`.
fn mark(index: usize) -> String {
    let raised = |digit: char| digit.to_digit(10).and_then(|d| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(d as usize));
    (index + 1).to_string().chars().filter_map(raised).chain(['⁾']).collect()
}

/// What stand for headings that are too long to stand themselves.
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// How the columns of a part are headed.
#[derive(Clone, Copy, PartialEq)]
enum Headings {
    /// By the heading of the group and their own.
    Named,
    /// By their own; the title of the part has that of the group.
    Own,
    /// By letters, with a key below.
    Letters,
}

/// Some neighbouring columns of a table.
struct Part {
    columns: Range<usize>,
    headings: Headings,
    /// What tells the part from the others.
    what: String,
}

/// A table that is too wide: one part per group of columns. A column without group goes with the
/// part before it, or with the first.
fn split(table: &Table) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (i, column) in table.columns.iter().enumerate() {
        let group = column.group.as_deref().unwrap_or_default();
        match parts.last_mut() {
            Some(part) if group.is_empty() || part.what.is_empty() || part.what == group => {
                part.columns.end = i + 1;
                if part.what.is_empty() {
                    part.what = group.to_owned();
                }
            }
            _ => parts.push(Part { columns: i..i + 1, headings: Headings::Own, what: group.to_owned() }),
        }
    }
    parts
}

impl Part {
    /// All rows as written cells, the heading first.
    fn cells(&self, table: &Table) -> Vec<Vec<String>> {
        let mut heading = vec![escape(&plain_line(&table.corner))];
        heading.extend(table.columns[self.columns.clone()].iter().map(|column| {
            let words = match (&column.group, self.headings) {
                (Some(group), Headings::Named) => format!("{group} {}", column.heading),
                _ => column.heading.clone(),
            };
            escape(&plain_line(&words))
        }));
        if self.headings == Headings::Letters {
            heading.truncate(1);
            heading.extend(LETTERS.chars().take(table.columns.len()).map(String::from));
        }
        let rows = table.rows.iter().map(|row| match row {
            Row::Group { heading } => {
                let mut cells = vec![bold(&escape(&plain_line(heading)))];
                cells.resize(self.columns.len() + 1, String::new());
                cells
            }
            Row::Data { header, sub, cells, kind } => {
                let strong = *kind == RowKind::Sum;
                let mut first = written(header, strong);
                if let Some(sub) = sub.as_ref().filter(|sub| !sub.is_empty()) {
                    first = format!("{first}, {}", escape(&plain_line(sub)));
                }
                let values =
                    self.columns.clone().map(|i| cells.get(i).map_or_else(String::new, |cell| written(cell, false)));
                std::iter::once(first).chain(values).collect()
            }
        });
        std::iter::once(heading).chain(rows).collect()
    }

    fn widths(cells: &[Vec<String>]) -> Vec<usize> {
        let columns = cells.first().map_or(0, Vec::len);
        (0..columns).map(|i| cells.iter().map(|row| width(&row[i])).max().unwrap_or(0).max(3)).collect()
    }

    /// What the part takes on a screen, but for what its row headers exceed `HEADER` by.
    fn width(&self, table: &Table) -> usize {
        let widths = Part::widths(&self.cells(table));
        let long = widths.first().map_or(0, |header| header.saturating_sub(HEADER));
        widths.iter().map(|w| w + 3).sum::<usize>() + 1 - long
    }

    fn write(&self, table: &Table) -> String {
        let cells = self.cells(table);
        let widths = Part::widths(&cells);
        let mut sides = vec![Align::Left];
        sides.extend(table.columns[self.columns.clone()].iter().map(|column| column.align));
        let mut lines: Vec<String> = cells.iter().map(|row| line(row, &widths, &sides)).collect();
        let rules: Vec<String> = widths
            .iter()
            .zip(&sides)
            .map(|(width, side)| match side {
                Align::Left => "-".repeat(*width),
                Align::Right | Align::Earlier => "-".repeat(width - 1) + ":",
            })
            .collect();
        lines.insert(1, format!("| {} |", rules.join(" | ")));
        lines.join("\n")
    }
}

fn line(cells: &[String], widths: &[usize], sides: &[Align]) -> String {
    let padded = cells.iter().zip(widths).zip(sides).map(|((cell, wanted), side)| {
        let pad = " ".repeat(wanted.saturating_sub(width(cell)));
        match side {
            Align::Left => format!("{cell}{pad}"),
            Align::Right | Align::Earlier => format!("{pad}{cell}"),
        }
    });
    format!("| {} |", padded.collect::<Vec<_>>().join(" | "))
}

/// A cell as it is written, with the marks of its footnotes.
fn written(cell: &Cell, strong: bool) -> String {
    let mut words = escape(&plain_line(&format::value(&cell.value)));
    if let Value::Ljus(light) = &cell.value {
        words = format!("{} {words}", shape(*light));
    }
    if strong {
        words = bold(&words);
    }
    if !cell.notes.is_empty() {
        let marks: Vec<String> = cell.notes.iter().map(|i| mark(*i)).collect();
        words = format!("{words} {}", marks.join(" "));
    }
    words
}

fn shape(light: Ljus) -> &'static str {
    match light {
        Ljus::Gron => "●",
        Ljus::Gul => "◆",
        Ljus::Rod => "▲",
    }
}

fn bold(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("**{words}**") }
}
