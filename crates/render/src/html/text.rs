//! Running text and values.

use super::Writer;
use super::cell::explained;
use super::names::Place;
use samsyn_document::markup::{escape, escape_into};
use samsyn_document::{Cell, Inline, Ljus, Text, Value, format};
use std::fmt::Write;

impl<'a> Writer<'a> {
    /// Running text between two pieces of markup.
    pub(super) fn wrapped(&mut self, before: &str, text: &'a Text, after: &str) {
        self.out.push_str(before);
        self.text(text);
        self.out.push_str(after);
    }

    pub(super) fn text(&mut self, text: &'a Text) {
        for piece in text {
            match piece {
                Inline::Text(words) => escape_into(&mut self.out, words),
                Inline::Emphasis(words) => {
                    let _ = write!(self.out, "<em>{}</em>", escape(words));
                }
                Inline::Placeholder(_) => {
                    let _ = write!(self.out, "<mark>{}</mark>", escape(&format::inline(piece)));
                }
                Inline::Value(cell) => self.live(cell, &written(&cell.value, &format::inline(piece))),
                Inline::InWords { cell, .. } => {
                    let words = escape(&format::inline(piece));
                    match &cell.value {
                        Value::Antal(count) => self.live(cell, &format!("<data value=\"{count}\">{words}</data>")),
                        other => self.live(cell, &written(other, &format::inline(piece))),
                    }
                }
            }
        }
    }

    /// A figure in running text: a link to its table, or itself the place that others link to.
    fn live(&mut self, cell: &Cell, shown: &str) {
        let Some(figure) = &cell.figure else {
            self.out.push_str(shown);
            return;
        };
        let shown = explained(cell, self.link, shown.to_owned());
        let figure = escape(&figure.to_string());
        let _ = match self.names.place(cell) {
            Place::Home(id) => {
                write!(self.out, "<span id=\"{}\" data-siffra=\"{figure}\">{shown}</span>", escape(&id))
            }
            Place::Elsewhere(_) if self.link.is_some() => {
                write!(self.out, "<span data-siffra=\"{figure}\">{shown}</span>")
            }
            Place::Elsewhere(id) => {
                let id = escape(&id);
                write!(self.out, "<a class=\"live\" href=\"#{id}\" data-siffra=\"{figure}\">{shown}</a>")
            }
            Place::Nowhere => write!(self.out, "<span data-siffra=\"{figure}\">{shown}</span>"),
        };
    }
}

/// A value as markup. `shown` is how it is written; codes stand beside the words that people read.
pub(super) fn written(value: &Value, shown: &str) -> String {
    let shown = escape(shown);
    match value {
        Value::Svar(_) => format!("<data value=\"{}\">{shown}</data>", escape(&format::plain(value))),
        Value::Ljus(light) => {
            let (class, shape) = shape(*light);
            let word = format::plain(value);
            format!(
                "<span class=\"light {class}\"><svg viewBox=\"0 0 12 12\" width=\"12\" height=\"12\" \
                 aria-hidden=\"true\" focusable=\"false\">{shape}</svg><data value=\"{word}\">{shown}</data></span>"
            )
        }
        Value::Missing => format!("<abbr title=\"inget värde\">{shown}</abbr>"),
        Value::Withheld => format!("<abbr title=\"värdet visas inte\">{shown}</abbr>"),
        Value::Datum(day) => format!("<time datetime=\"{day}\">{shown}</time>"),
        Value::Text(_) | Value::Belopp(..) | Value::Andel(_) | Value::Antal(_) | Value::Tal(_) => shown,
    }
}

/// Circle, diamond and triangle. Filled with the colour of the text around them.
fn shape(light: Ljus) -> (&'static str, &'static str) {
    match light {
        Ljus::Gron => ("green", "<circle cx=\"6\" cy=\"6\" r=\"5\" fill=\"currentColor\"/>"),
        Ljus::Gul => ("yellow", "<path d=\"M6 0 12 6 6 12 0 6z\" fill=\"currentColor\"/>"),
        Ljus::Rod => ("red", "<path d=\"M6 .5 12 11.5H0z\" fill=\"currentColor\"/>"),
    }
}
