//! A document as Markdown that reads well in a terminal: lines of text, tables of equal width,
//! charts as rows of blocks.

mod chart;
mod escape;
mod table;

use escape::{escape, fill, plain_line};
use samsyn_document::{Block, Document, Inline, Section, Table, Text, format};

/// The document as a whole file.
pub(crate) fn document(document: &Document) -> String {
    let mut out = Blocks::default();
    out.heading(1, &document.title);
    if !document.subtitle.is_empty() {
        out.push(&format!("**{}**", escape(&plain_line(&document.subtitle))));
    }
    let mut facts = vec![("Uppgifter per".to_owned(), format::long_date(document.per))];
    facts.extend(document.meta.iter().cloned());
    let mut lines: Vec<String> = Vec::new();
    if !document.organisation.is_empty() {
        lines.push(escape(&plain_line(&document.organisation)));
    }
    lines.extend(
        facts.iter().map(|(label, text)| format!("{}: {}", escape(&plain_line(label)), escape(&plain_line(text)))),
    );
    out.push(&lines.join("\\\n"));
    document.sections.iter().for_each(|section| out.section(section, 2));
    if let Some(legend) = samsyn_document::format::legend(document) {
        out.push(&fill(&escape(&legend), "", ""));
    }
    if let Some(foot) = &document.foot {
        out.push(&fill(&escape(foot), "", ""));
    }
    out.text
}

/// One table with its notes, to stand alone.
pub fn table(table: &Table) -> String {
    let mut out = Blocks::default();
    table::write(&mut out, table);
    out.text
}

/// Blocks with an empty line between.
#[derive(Default)]
pub(crate) struct Blocks {
    text: String,
}

impl Blocks {
    fn push(&mut self, block: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(block);
        self.text.push('\n');
    }

    fn heading(&mut self, level: usize, words: &str) {
        self.push(&format!("{} {}", "#".repeat(level.min(6)), escape(&plain_line(words))));
    }

    fn section(&mut self, section: &Section, level: usize) {
        self.heading(level, &section.heading);
        section.blocks.iter().for_each(|block| self.block(block, level));
        section.sections.iter().for_each(|inner| self.section(inner, level + 1));
    }

    fn block(&mut self, block: &Block, level: usize) {
        match block {
            Block::Heading(words) => self.heading(level + 1, words),
            Block::Paragraph(words) => self.push(&fill(&text(words), "", "")),
            Block::Notice(words) => self.push(&fill(&format!("**Observera.** {}", text(words)), "> ", "> ")),
            Block::List(items) => {
                let items: Vec<String> = items.iter().map(|item| fill(&text(item), "- ", "  ")).collect();
                self.push(&items.join("\n"));
            }
            Block::Table(table) => table::write(self, table),
            Block::Chart(chart) => chart::write(self, chart),
        }
    }
}

/// Running text, escaped.
fn text(pieces: &Text) -> String {
    pieces
        .iter()
        .map(|piece| {
            let words = escape(&format::inline(piece));
            match piece {
                Inline::Emphasis(_) => marked(&words, "*"),
                Inline::Placeholder(_) => marked(&words, "**"),
                Inline::Text(_) | Inline::Value(_) | Inline::InWords { .. } => words,
            }
        })
        .collect()
}

/// Words between marks; the marks may not stand beside a space.
fn marked(words: &str, mark: &str) -> String {
    let inner = words.trim();
    if inner.is_empty() {
        return words.to_owned();
    }
    let start = words.len() - words.trim_start().len();
    let end = start + inner.len();
    format!("{}{mark}{inner}{mark}{}", &words[..start], &words[end..])
}
