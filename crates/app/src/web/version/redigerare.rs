//! A text as the editor shows it: paragraphs, headings, lists, emphasis and tables, each live figure as one sign that
//! carries how it is written.

use samsyn_core::rapport::skrivet::{self, Finn};
use samsyn_document::markup::escape;
use samsyn_document::{Block, Cell, Inline, Row, Table, Text, Value, format};
use std::fmt::Write;

/// The text as markup for the editor.
pub fn redigerbar(text: &str, finn: Finn<'_>) -> String {
    let mut out = String::new();
    for block in skrivet::blocks(text, "", finn) {
        // Writing to a string cannot fail.
        let _ = match block {
            Block::Heading(words) => write!(out, "<h3>{}</h3>", escape(&words)),
            Block::Paragraph(words) => write!(out, "<p>{}</p>", pieces(&words)),
            Block::List(items) => {
                let items: String = items.iter().map(|item| format!("<li>{}</li>", pieces(item))).collect();
                write!(out, "<ul>{items}</ul>")
            }
            Block::Table(table) => write!(out, "{}", of_table(&table)),
            Block::Chart(_) | Block::Notice(_) => Ok(()),
        };
    }
    if out.is_empty() { "<p><br></p>".to_owned() } else { out }
}

fn pieces(words: &Text) -> String {
    words.iter().map(piece).collect()
}

fn piece(piece: &Inline) -> String {
    match piece {
        Inline::Text(words) => escape(words),
        Inline::Emphasis(words) => format!("<em>{}</em>", escape(words)),
        Inline::Value(_) | Inline::InWords { .. } | Inline::Placeholder(_) => {
            sign(&skrivet::markup(&[Block::Paragraph(vec![piece.clone()])]), &format::inline(piece))
        }
    }
}

/// A live figure, or a marked place: one sign that is moved and taken away as a whole.
fn sign(written: &str, shown: &str) -> String {
    format!(
        "<span class=\"levande\" contenteditable=\"false\" data-skrivs=\"{}\">{}</span>",
        escape(written),
        escape(shown)
    )
}

fn of_table(table: &Table) -> String {
    let cell = |tag: &str, cell: &Cell| {
        let shown = match (&cell.figure, &cell.value) {
            (Some(figure), value) => sign(&format!("{{{figure}}}"), &format::value(value)),
            (None, Value::Text(words)) => escape(words),
            (None, value) => escape(&format::value(value)),
        };
        format!("<{tag}>{shown}</{tag}>")
    };
    let mut out = format!("<table><caption>{}</caption><tbody><tr>", escape(&table.caption));
    let head = std::iter::once(&table.corner).chain(table.columns.iter().map(|column| &column.heading));
    out.extend(head.map(|words| format!("<th>{}</th>", escape(words))));
    out.push_str("</tr>");
    for row in &table.rows {
        if let Row::Data { header, cells, .. } = row {
            out.push_str("<tr>");
            out.push_str(&cell("th", header));
            out.extend(cells.iter().map(|one| cell("td", one)));
            out.push_str("</tr>");
        }
    }
    out.push_str("</tbody></table>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_never_markup_of_its_own() {
        let finn = |id: &samsyn_document::FigureId| Ok(Cell::figure(Value::Antal(277), id.clone()));
        let shown = redigerbar("## <b>R</b>\n\n*a<b* {6/a/b} <script>\n\n- x\n\n| A | B |\n| r | {6/a/c} |", &finn);
        assert!(!shown.contains("<script>") && !shown.contains("<b>"), "{shown}");
        assert!(shown.contains(
            "<em>a&lt;b</em> <span class=\"levande\" contenteditable=\"false\" data-skrivs=\"{6/a/b}\">277</span>"
        ));
        assert!(shown.contains("<tr><th>r</th><td><span class=\"levande\""), "{shown}");
        assert_eq!(redigerbar("", &finn), "<p><br></p>");
    }
}
