//! Tables: headers that a screen reader can follow, also where a narrow screen turns rows to cards.
//!
//! A style sheet that sets `display` takes a table's meaning away, so every part also states its role.

use super::Writer;
use super::cell::{Frame, Note, classes};
use super::width::{self, hyphenated};
use samsyn_document::markup::{escape, escape_into};
use samsyn_document::{Align, Cell, Column, Row, RowKind, Table};
use std::fmt::Write;
use std::ops::Range;

/// Neighbouring columns with the same heading above them.
struct Group<'t> {
    /// The heading; `None` for a column that has none above it.
    heading: Option<&'t str>,
    columns: Range<usize>,
    /// Whether the columns can share a line on a narrow screen.
    compact: bool,
}

fn groups(table: &Table) -> Vec<Group<'_>> {
    let mut found: Vec<Group> = Vec::new();
    for (i, column) in table.columns.iter().enumerate() {
        let heading = column.group.as_deref();
        match found.last_mut() {
            Some(group) if heading.is_some() && group.heading == heading => group.columns.end = i + 1,
            _ => found.push(Group { heading, columns: i..i + 1, compact: false }),
        }
    }
    for group in found.iter_mut().filter(|group| group.heading.is_some()) {
        group.compact = width::shares_line(table, &group.columns);
    }
    found
}

impl<'a> Writer<'a> {
    pub(super) fn table(&mut self, table: &'a Table) {
        let id = self.names.take(&table.id);
        let mut notes: Vec<Note> = (1..=table.footnotes.len()).map(|n| Note::new(&mut self.names, &id, n)).collect();
        let short = if table.rows.len() <= 20 { " short" } else { "" };
        let _ = write!(
            self.out,
            "<div class=\"table{short}\" id=\"{}\">\n<table role=\"table\" class=\"{}\">\n<caption>",
            escape(&id),
            width::class(table)
        );
        if let Some(label) = &table.label {
            let _ = write!(self.out, "<span class=\"label\">{}.</span> ", escape(label));
        }
        escape_into(&mut self.out, &table.caption);
        self.out.push_str("</caption>\n");
        self.widths(table);
        self.head(table);
        self.bodies(table, &mut notes);
        self.out.push_str("</table>\n");
        self.under(table, &notes);
        self.out.push_str("</div>\n");
    }

    /// Shares of the width for a table whose columns would else be as uneven as their headings.
    fn widths(&mut self, table: &Table) {
        if width::class(table) == "wide" {
            self.out.push_str("<colgroup>");
            for share in width::shares(table) {
                let _ = write!(self.out, "<col style=\"width:{share}%\">");
            }
            self.out.push_str("</colgroup>\n");
        }
    }

    fn head(&mut self, table: &Table) {
        let groups = groups(table);
        let two = groups.iter().any(|group| group.heading.is_some());
        self.out.push_str("<thead role=\"rowgroup\">\n<tr role=\"row\">");
        let down = if two { " rowspan=\"2\"" } else { "" };
        let corner = hyphenated(&table.corner);
        let _ = write!(self.out, "<th scope=\"col\" role=\"columnheader\"{down}>{corner}</th>");
        for group in &groups {
            match group.heading {
                Some(heading) => {
                    let (across, heading) = (group.columns.len(), hyphenated(heading));
                    let _ = write!(
                        self.out,
                        "<th scope=\"colgroup\" role=\"columnheader\" class=\"group\" colspan=\"{across}\">\
                         <span>{heading}</span></th>"
                    );
                }
                None => self.heading(&table.columns[group.columns.start], down, "apart"),
            }
        }
        if two {
            self.out.push_str("</tr>\n<tr role=\"row\">");
            for group in groups.iter().filter(|group| group.heading.is_some()) {
                for i in group.columns.clone() {
                    let place = if i == group.columns.start { "first" } else { "" };
                    self.heading(&table.columns[i], "", place);
                }
            }
        }
        self.out.push_str("</tr>\n</thead>\n");
    }

    fn heading(&mut self, column: &Column, down: &str, class: &str) {
        let class = classes(&[class, side(column.align)]);
        let heading = hyphenated(&column.heading);
        let _ = write!(self.out, "<th scope=\"col\" role=\"columnheader\"{down}{class}>{heading}</th>");
    }

    /// The rows, in one body per group; sums have a body of their own, as they may belong to several.
    fn bodies(&mut self, table: &'a Table, notes: &mut [Note]) {
        let groups = groups(table);
        let mut open: Option<bool> = None;
        for row in &table.rows {
            let sum = matches!(row, Row::Data { kind: RowKind::Sum | RowKind::Share, .. });
            if open != Some(sum) || matches!(row, Row::Group { .. }) {
                self.out.push_str(if open.is_some() { "</tbody>\n" } else { "" });
                let class = if sum { " class=\"sums\"" } else { "" };
                let _ = writeln!(self.out, "<tbody role=\"rowgroup\"{class}>");
                open = Some(sum);
            }
            match row {
                Row::Group { heading } => {
                    let across = table.columns.len() + 1;
                    let heading = escape(heading);
                    let _ = writeln!(
                        self.out,
                        "<tr role=\"row\" class=\"group\"><th scope=\"rowgroup\" role=\"rowheader\" \
                         colspan=\"{across}\">{heading}</th></tr>"
                    );
                }
                Row::Data { header, sub, cells, kind } => {
                    let class = match kind {
                        RowKind::Normal => "",
                        RowKind::Sum => " class=\"sum\"",
                        RowKind::Share => " class=\"share\"",
                        RowKind::ByHand => " class=\"by-hand\"",
                    };
                    let _ = write!(self.out, "<tr role=\"row\"{class}>");
                    self.row_header(header, sub.as_deref(), notes);
                    self.cells(table, &groups, cells, notes);
                    self.out.push_str("</tr>\n");
                }
            }
        }
        self.out.push_str(if open.is_some() { "</tbody>\n" } else { "" });
    }

    fn row_header(&mut self, header: &Cell, sub: Option<&str>, notes: &mut [Note]) {
        let frame = Frame { tag: "th", attributes: " scope=\"row\" role=\"rowheader\"".to_owned(), class: vec![], sub };
        self.cell(header, &frame, notes);
    }

    fn cells(&mut self, table: &Table, groups: &[Group], cells: &[Cell], notes: &mut [Note]) {
        for group in groups {
            let together = format!("of-{}", group.columns.len());
            for i in group.columns.clone() {
                let (column, Some(cell)) = (&table.columns[i], cells.get(i)) else { continue };
                let mut attributes = format!(" role=\"cell\" data-label=\"{}\"", escape(&column.heading));
                let first = i == group.columns.start;
                if let Some(heading) = group.heading.filter(|_| first) {
                    let _ = write!(attributes, " data-group=\"{}\"", escape(heading));
                }
                let place = match (first, group.heading) {
                    (true, Some(_)) => "first",
                    (true, None) => "apart",
                    (false, _) => "",
                };
                let together = if group.compact { together.as_str() } else { "" };
                let class = vec![place, side(column.align), together];
                self.cell(cell, &Frame { tag: "td", attributes, class, sub: None }, notes);
            }
        }
    }

    /// What stands under a table: its footnotes and remarks.
    fn under(&mut self, table: &'a Table, notes: &[Note]) {
        if !table.footnotes.is_empty() {
            self.out.push_str("<ol class=\"notes\">\n");
            for (i, (text, note)) in table.footnotes.iter().zip(notes).enumerate() {
                let number = i + 1;
                let before = format!("<li id=\"{}\"><span class=\"number\">{number})</span> ", escape(&note.id));
                self.wrapped(&before, text, "");
                if note.seen {
                    let _ = write!(
                        self.out,
                        " <a class=\"back\" href=\"#{}\" aria-label=\"Tillbaka till fotnot {number} i tabellen\">↩</a>",
                        escape(&note.reference)
                    );
                }
                self.out.push_str("</li>\n");
            }
            self.out.push_str("</ol>\n");
        }
        table.remarks.iter().for_each(|remark| self.wrapped("<p class=\"remark\">", remark, "</p>\n"));
    }
}

fn side(align: Align) -> &'static str {
    match align {
        Align::Left => "",
        Align::Right => "num",
        Align::Earlier => "num earlier",
    }
}
