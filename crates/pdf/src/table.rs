//! Tables for the templates: every cell written, every column measured.

use crate::glyphs::clean;
use crate::text::{is_one, light, pieces, tied};
use crate::width::{self, Plan};
use crate::words::{LONGEST_NAME, parted};
use samsyn_document::{Align, Cell, Column, Row, RowKind, Table, format};
use serde_json::{Value as Json, json};
use std::ops::Range;

/// Room above the words of a row that people write in by hand, in points. As in `blocks.typ`.
const BY_HAND: f64 = 24.0;
/// A table's height above which it may go over to the next page, in points.
const TALLEST_WHOLE: f64 = 292.0;
/// The least rows of one that goes on over the next page.
const TAIL: usize = 3;
/// The share of a taller one that must have room on the page where it begins, and the most of that.
const BEGINNING: (f64, f64) = (0.45, 180.0);

/// The table, in several parts when not even a turned page holds its columns. `number` tells it from the
/// document's other tables.
pub(crate) fn parts(table: &Table, number: usize) -> Vec<Json> {
    let parts = width::parts(table);
    let count = parts.len();
    let of = |(i, (columns, plan))| part(table, number, columns, plan, (i, count));
    parts.into_iter().enumerate().map(of).collect()
}

fn part(table: &Table, number: usize, columns: Range<usize>, plan: Plan, (at, count): (usize, usize)) -> Json {
    let last = at + 1 == count;
    let caption = tied(&table.caption);
    let caption = if count > 1 { format!("{caption} (del {} av {count})", at + 1) } else { caption };
    let shown = &table.columns[columns.clone()];
    let rows: Vec<Json> = table.rows.iter().map(|row| row_data(table, row, &columns)).collect();
    let notes = |texts: &[samsyn_document::Text]| -> Vec<Json> {
        if last { texts.iter().map(pieces).collect() } else { Vec::new() }
    };
    let height = height(table, &plan);
    let whole = height <= TALLEST_WHOLE;
    json!({
        "id": format!("not-{number}-{at}"),
        "label": table.label.as_deref().map(tied),
        "caption": caption,
        "corner": parted(&tied(&table.corner)),
        "size": plan.size,
        "gap": plan.gap,
        "turned": plan.turned,
        "whole": whole,
        "tail": if whole { 0 } else { tail(&table.rows) },
        "need": (height * BEGINNING.0).min(BEGINNING.1),
        "hyphens": table.rows.iter().any(has_long_name),
        "widths": plan.widths,
        "groups": groups(shown),
        "columns": shown.iter().map(column).collect::<Vec<_>>(),
        "rows": rows,
        "notes": notes(&table.footnotes),
        "noted": last,
        "remarks": notes(&table.remarks),
    })
}

/// How many of the last rows must stand together: [`TAIL`] of them; or all under the last heading and the
/// heading itself, when they are hardly more.
fn tail(rows: &[Row]) -> usize {
    let under = rows.iter().rev().take_while(|row| matches!(row, Row::Data { .. })).count();
    match under {
        0 => 0,
        _ if under <= TAIL + 1 => (under + 1).min(rows.len()),
        _ => TAIL,
    }
}

/// Whether a word of the row's header must be parted where it does not fit.
fn has_long_name(row: &Row) -> bool {
    let long = |text: &str| text.split(' ').any(|word| word.chars().count() >= LONGEST_NAME);
    match row {
        Row::Group { heading } => long(heading),
        Row::Data { header, sub, .. } => long(&format::value(&header.value)) || sub.as_deref().is_some_and(long),
    }
}

/// Roughly how tall the table is, in points.
fn height(table: &Table, plan: &Plan) -> f64 {
    let first = plan.widths.first().copied().unwrap_or(100.0) - plan.gap;
    let rows = table.rows.iter().map(|row| {
        let lines = match row {
            Row::Group { .. } => 1.6,
            Row::Data { header, sub, cells, .. } => {
                let head = width::header(header, sub.as_deref()) * plan.size / first;
                let text = cells.iter().zip(plan.widths.iter().skip(1)).map(|(cell, width)| {
                    if is_one(&cell.value) { 1.0 } else { width::shown(cell) * plan.size / (width - plan.gap).max(1.0) }
                });
                text.fold(head, f64::max).ceil().max(1.0)
            }
        };
        let by_hand = matches!(row, Row::Data { kind: RowKind::ByHand, .. });
        lines * plan.size * 1.3 + 6.0 + if by_hand { BY_HAND } else { 0.0 }
    });
    let under = (table.footnotes.len() + table.remarks.len()) as f64 * 26.0;
    rows.sum::<f64>() + under + 60.0
}

/// Neighbouring columns with the same heading above them: the heading and how many it spans.
fn groups(columns: &[Column]) -> Vec<Json> {
    let mut found: Vec<(Option<&str>, usize)> = Vec::new();
    for column in columns {
        let heading = column.group.as_deref();
        match found.last_mut() {
            Some((of, span)) if heading.is_some() && *of == heading => *span += 1,
            _ => found.push((heading, 1)),
        }
    }
    if found.iter().all(|(heading, _)| heading.is_none()) {
        return Vec::new();
    }
    found
        .into_iter()
        .map(|(heading, span)| json!({ "s": heading.map(|heading| parted(&tied(heading))), "span": span }))
        .collect()
}

fn column(column: &Column) -> Json {
    json!({ "s": parted(&tied(&column.heading)), "right": column.align.is_right(), "earlier": column.align == Align::Earlier })
}

fn row_data(table: &Table, row: &Row, columns: &Range<usize>) -> Json {
    match row {
        Row::Group { heading } => json!({ "kind": "group", "s": tied(heading) }),
        Row::Data { header, sub, cells, kind } => {
            let empty = Cell::empty();
            let cells = columns.clone().map(|i| cell_data(table, cells.get(i).unwrap_or(&empty)));
            let kind = match kind {
                RowKind::Normal => "normal",
                RowKind::Sum => "sum",
                RowKind::Share => "share",
                RowKind::ByHand => "hand",
            };
            let sub = sub.as_deref().filter(|sub| !sub.is_empty()).map(tied);
            json!({
                "kind": kind,
                "header": cell_data(table, header),
                "sub": sub,
                "cells": cells.collect::<Vec<_>>(),
            })
        }
    }
}

fn cell_data(table: &Table, cell: &Cell) -> Json {
    let notes = cell.notes.iter().filter(|note| **note < table.footnotes.len());
    let words = format::value(&cell.value);
    let words = if is_one(&cell.value) { clean(&words).into_owned() } else { tied(&words.replace('\n', " ")) };
    let mut data = json!({ "s": words });
    if let Some(light) = light(&cell.value) {
        data["light"] = light.into();
    }
    if is_one(&cell.value) {
        data["one"] = true.into();
    }
    let notes: Vec<usize> = notes.map(|note| note + 1).collect();
    if !notes.is_empty() {
        data["notes"] = notes.into();
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_rows_stand_together() {
        let rows = |shape: &str| -> Vec<Row> {
            let data = || Row::Data { header: Cell::empty(), sub: None, cells: vec![], kind: RowKind::Normal };
            let row = |c: char| if c == 'h' { Row::Group { heading: String::new() } } else { data() };
            shape.chars().map(row).collect()
        };
        let shapes = ["", "d", "ddddd", "dddddd", "hdddhdd", "hdddhdddd", "hddddd", "ddh"];
        assert_eq!(shapes.map(|shape| tail(&rows(shape))), [0, 1, 3, 3, 3, 5, 3, 0]);
    }

    #[test]
    fn neighbours_share_a_heading() {
        let column = |group: Option<&str>| Column {
            group: group.map(str::to_owned),
            heading: String::new(),
            align: Align::Right,
        };
        let spans = |columns: &[Column]| -> Vec<u64> {
            groups(columns).iter().filter_map(|group| group["span"].as_u64()).collect()
        };
        assert_eq!(
            spans(&[column(Some("a")), column(Some("a")), column(None), column(None), column(Some("a"))]),
            [2, 1, 1, 1]
        );
        assert!(groups(&[column(None), column(None)]).is_empty());
    }
}
