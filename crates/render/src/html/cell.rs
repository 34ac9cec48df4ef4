//! One cell of a table: the figure, its id, and the marks of its footnotes.

use super::names::{Names, Place};
use super::text::written;
use super::{Link, Writer};
use samsyn_document::markup::escape;
use samsyn_document::{Cell, Value, format};
use std::fmt::Write;

/// A footnote's id, the id of the place that first refers to it, and whether a cell has done so.
pub(super) struct Note {
    pub(super) id: String,
    pub(super) reference: String,
    pub(super) seen: bool,
}

impl Note {
    /// The note with that number, from 1, of the table with that id.
    pub(super) fn new(names: &mut Names, table: &str, number: usize) -> Note {
        let mut name = |what: &str| names.take(&format!("{table}-{what}-{number}"));
        Note { id: name("not"), reference: name("ref"), seen: false }
    }
}

/// The element around a cell.
pub(super) struct Frame<'t> {
    pub(super) tag: &'t str,
    /// Attributes as they are written, each with a space before it.
    pub(super) attributes: String,
    /// Classes; empty ones are left out.
    pub(super) class: Vec<&'t str>,
    /// A smaller line under the value.
    pub(super) sub: Option<&'t str>,
}

impl Writer<'_> {
    pub(super) fn cell(&mut self, cell: &Cell, frame: &Frame, notes: &mut [Note]) {
        let id = match self.names.place(cell) {
            Place::Home(id) => format!(" id=\"{}\"", escape(&id)),
            Place::Elsewhere(_) | Place::Nowhere => String::new(),
        };
        let day = if matches!(cell.value, Value::Datum(_)) { "day" } else { "" };
        let class = classes(&[&frame.class[..], &[day]].concat());
        let figure = cell.figure.as_ref().map(|figure| format!(" data-siffra=\"{}\"", escape(&figure.to_string())));
        let figure = figure.unwrap_or_default();
        let shown = explained(cell, self.link, written(&cell.value, &format::value(&cell.value)));
        let Frame { tag, attributes, sub, .. } = frame;
        // The element that names the figure holds the figure and nothing else.
        let _ = if figure.is_empty() || (cell.notes.is_empty() && sub.is_none()) {
            write!(self.out, "<{tag}{id}{class}{figure}{attributes}>{shown}")
        } else {
            write!(self.out, "<{tag}{id}{class}{attributes}><span{figure}>{shown}</span>")
        };
        self.references(cell, notes);
        if let Some(sub) = sub {
            let _ = write!(self.out, "<span class=\"comma\">, </span><small>{}</small>", escape(sub));
        }
        let _ = write!(self.out, "</{tag}>");
    }

    /// The marks that lead to a cell's footnotes.
    fn references(&mut self, cell: &Cell, notes: &mut [Note]) {
        let mut between = "";
        for &index in &cell.notes {
            let Some(note) = notes.get_mut(index) else { continue };
            let number = index + 1;
            let id = if note.seen { String::new() } else { format!(" id=\"{}\"", escape(&note.reference)) };
            note.seen = true;
            let _ = write!(
                self.out,
                "<sup>{between}<a{id} href=\"#{}\" aria-label=\"Fotnot {number}\">{number})</a></sup>",
                escape(&note.id)
            );
            between = " ";
        }
    }
}

/// A figure as a link to where it is explained, on a page that can do so.
pub(super) fn explained(cell: &Cell, link: Option<Link<'_>>, shown: String) -> String {
    match (&cell.figure, link) {
        (Some(figure), Some(link)) if cell.value != Value::Withheld => {
            format!("<a class=\"siffra\" href=\"{}\">{shown}</a>", escape(&link(figure)))
        }
        _ => shown,
    }
}

/// A class attribute of those names that are not empty; nothing when all are.
pub(super) fn classes(names: &[&str]) -> String {
    let names: Vec<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
    if names.is_empty() { String::new() } else { format!(" class=\"{}\"", names.join(" ")) }
}
