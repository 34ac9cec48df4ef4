//! Blocks as the text that people write: the reverse of reading it.

use super::las::one_line;
use samsyn_document::{Block, Cell, Inline, Row, Table, Text, Value, format};

/// The text that is read as these blocks. Figures stay live; a table or chart of the report itself is left out.
pub fn markup(blocks: &[Block]) -> String {
    let parts: Vec<String> = blocks.iter().map(block).filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(words) => format!("## {}", escaped(words)),
        Block::Paragraph(words) => guarded(&text(words)),
        Block::List(items) => items.iter().map(|item| format!("- {}", text(item))).collect::<Vec<_>>().join("\n"),
        Block::Table(table) if table.label.is_none() => own_table(table),
        Block::Table(_) | Block::Chart(_) | Block::Notice(_) => String::new(),
    }
}

/// A paragraph whose first sign would be read as something else.
fn guarded(text: &str) -> String {
    match text.strip_prefix("Tabell:") {
        Some(rest) => format!("Tabell\\:{rest}"),
        None if text.starts_with(['#', '-', '•']) || text.starts_with("– ") => format!("\\{text}"),
        None => text.to_owned(),
    }
}

fn text(pieces: &Text) -> String {
    let words: String = pieces.iter().map(piece).collect();
    one_line(&words)
}

fn piece(piece: &Inline) -> String {
    let named = |cell: &Cell, how: &str| {
        let told = |id: &samsyn_document::FigureId| format!("{{{how}{id}}}");
        cell.figure.as_ref().map_or_else(|| escaped(&format::in_text(&cell.value)), told)
    };
    match piece {
        Inline::Text(words) => escaped(words),
        Inline::Emphasis(words) if words.trim().is_empty() => escaped(words),
        Inline::Emphasis(words) => format!("*{}*", escaped(words.trim())),
        Inline::Value(cell) => named(cell, ""),
        Inline::InWords { cell, capital: true, .. } => named(cell, "Ord "),
        Inline::InWords { cell, neuter: true, .. } => named(cell, "ett "),
        Inline::InWords { cell, .. } => named(cell, "ord "),
        Inline::Placeholder(what) => format!("{{saknas {}}}", what.replace(['{', '}', '\n'], " ")),
    }
}

/// Signs that mean something, so that they stand for themselves.
pub(super) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '*' | '{' | '}' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn own_table(table: &Table) -> String {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let cell = |cell: &Cell| match (&cell.figure, &cell.value) {
        (Some(figure), _) => format!("{{{figure}}}"),
        (None, Value::Text(words)) => own_cell(words),
        (None, value) => own_cell(&format::value(value)),
    };
    let mut lines = Vec::new();
    if !table.caption.is_empty() {
        lines.push(format!("Tabell: {}", escaped(&table.caption)));
    }
    let head = std::iter::once(&table.corner).chain(table.columns.iter().map(|column| &column.heading));
    lines.push(line(head.map(|words| own_cell(words)).collect()));
    for row in &table.rows {
        if let Row::Data { header, cells, .. } = row {
            lines.push(line(std::iter::once(header).chain(cells).map(cell).collect()));
        }
    }
    lines.join("\n")
}

/// The words of a cell; dashes alone would be read as the line under the headings.
fn own_cell(words: &str) -> String {
    let is_line = !words.is_empty() && words.chars().all(|c| matches!(c, '-' | ':'));
    if is_line { format!("\\{words}") } else { escaped(words) }
}
