//! Reads the figures back out of finished documents, so that one test can ask whether every format
//! says what the model says. Each reader gives `(figure id, plain value)` in the order of the file;
//! a plain value is what `samsyn_document::format::plain` gives.
//!
//! Also used by the tests of the render crate, so it knows only the document model.

#[path = "readback/blad.rs"]
mod blad;
#[path = "readback/word.rs"]
mod word;

pub use blad::{csv, table, tables, xlsx};
use samsyn_document::{
    Belopp, Block, Cell, Document, Inline, Kvot, Row, Section, Table, Tal, Text, Unit, Value, format,
};
use scraper::{ElementRef, Html, Selector};
pub use word::docx;

/// What [`html`], [`markdown`] and [`json`] should find: every figure of the document, in its order.
pub fn model(document: &Document) -> Vec<(String, String)> {
    let mut found = Vec::new();
    document.each_cell(&mut |cell| {
        if let Some(figure) = &cell.figure {
            found.push((figure.to_string(), plain(&format::plain(&cell.value))));
        }
    });
    found
}

/// What was read that the model does not have, and what the model has that was not read; both empty
/// when a format says what the model says. Order does not matter, number does.
pub fn difference(read: &[(String, String)], model: &[(String, String)]) -> (Vec<String>, Vec<String>) {
    let less = |from: &[(String, String)], other: &[(String, String)]| {
        let mut other = other.to_vec();
        let mut left = Vec::new();
        for figure in from {
            match other.iter().position(|one| one == figure) {
                Some(at) => drop(other.swap_remove(at)),
                None => left.push(format!("{} = {:?}", figure.0, figure.1)),
            }
        }
        left
    };
    (less(read, model), less(model, read))
}

/// The figures of an HTML page: all elements with `data-siffra`, those in charts too.
pub fn html(text: &str) -> Vec<(String, String)> {
    let page = Html::parse_document(text);
    let figures = selector("[data-siffra]");
    let read = |element: ElementRef| (element.attr("data-siffra").unwrap_or_default().to_owned(), shown(element));
    page.select(&figures).map(read).collect()
}

/// What an element says. Codes and counts in words stand in `<data value>`, and only count when the
/// words beside them are there to be read.
fn shown(element: ElementRef) -> String {
    let words = element.text().collect::<String>();
    match element.select(&selector("data")).next() {
        Some(data) if !data.text().collect::<String>().trim().is_empty() => {
            data.attr("value").unwrap_or_default().to_owned()
        }
        _ => plain(&words),
    }
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("a selector")
}

/// The figures of JSON: every object with `value` and `figure`, however deep. Fields have no order in
/// JSON, so the figures of a table's notes may come before those of its rows.
pub fn json(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    walk(&serde_json::from_str(text).expect("JSON"), &mut found);
    found
}

fn walk(node: &serde_json::Value, found: &mut Vec<(String, String)>) {
    match node {
        serde_json::Value::Object(fields) => {
            // Charts repeat the figures of their table and are no cells of the text.
            let chart = fields.get("typ").is_some_and(|typ| typ == "chart");
            if let (Some(value), Some(figure)) = (fields.get("value"), fields.get("figure").and_then(|f| f.as_str())) {
                found.push((figure.to_owned(), plain(&json_value(value))));
            } else if !chart {
                fields.values().for_each(|inner| walk(inner, found));
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|inner| walk(inner, found)),
        _ => {}
    }
}

/// A tagged value as plain characters.
fn json_value(value: &serde_json::Value) -> String {
    let inner = &value["varde"];
    let read = |part: &serde_json::Value| part.clone();
    match value["typ"].as_str().unwrap_or_default() {
        "belopp" => {
            let amount: Belopp = serde_json::from_value(read(&inner[0])).expect("an amount");
            let unit = if inner[1] == "tkr" { Unit::Tkr } else { Unit::Kronor };
            format::plain(&Value::Belopp(amount, unit))
        }
        "andel" => {
            let ratio: Kvot = serde_json::from_value(read(inner)).expect("a ratio");
            format::plain(&Value::Andel(ratio))
        }
        "antal" => inner.to_string(),
        "tal" => {
            let part = |name: &str| inner[name].as_i64().expect("a whole number");
            let number = Tal::new(part("mantissa"), u8::try_from(part("decimals")).expect("few decimals"));
            format::plain(&number.map_or(Value::Missing, Value::Tal))
        }
        "svar" => inner["kod"].as_str().unwrap_or_default().to_owned(),
        "ljus" => match inner.as_str().unwrap_or_default() {
            "gron" => "grön".to_owned(),
            "rod" => "röd".to_owned(),
            other => other.to_owned(),
        },
        "text" | "datum" => inner.as_str().unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

/// The figures of Markdown. A table is found by its label and caption, its cells by row and column;
/// a figure in running text by the words around it. The model tells where to look, never what stands there.
pub fn markdown(text: &str, document: &Document) -> Vec<(String, String)> {
    let mut page = Page { lines: text.lines().collect(), at: 0, found: Vec::new() };
    document.sections.iter().for_each(|section| page.section(section));
    page.found
}

/// A Markdown file, read from the top.
struct Page<'a> {
    lines: Vec<&'a str>,
    at: usize,
    found: Vec<(String, String)>,
}

impl Page<'_> {
    fn section(&mut self, section: &Section) {
        for block in &section.blocks {
            match block {
                Block::Paragraph(text) | Block::Notice(text) => self.text(text),
                Block::List(items) => items.iter().for_each(|item| self.text(item)),
                Block::Table(table) => self.table(table),
                Block::Heading(_) | Block::Chart(_) => {}
            }
        }
        section.sections.iter().for_each(|inner| self.section(inner));
    }

    /// Reads a table: as many pipe tables with its name above as it takes to see all its columns.
    fn table(&mut self, table: &Table) {
        let caption = one_line(&table.caption);
        let name = table.label.as_ref().map_or(caption.clone(), |label| format!("{}. {caption}", one_line(label)));
        let mut rows: Vec<Vec<String>> = vec![Vec::new(); table.rows.len()];
        while rows.first().is_some_and(|row| row.len() < table.columns.len() + 1) {
            let is_title = |line: &&str| {
                let line = unmark(line);
                line == name || line.starts_with(&format!("{name}: "))
            };
            let Some(title) = self.lines[self.at..].iter().position(is_title) else { break };
            let lines = self.lines[self.at + title + 1..].iter().skip_while(|line| line.is_empty());
            let part: Vec<Vec<String>> = lines.take_while(|line| line.starts_with('|')).map(|l| pipes(l)).collect();
            self.at += title + 1;
            for (row, cells) in rows.iter_mut().zip(part.iter().skip(2)) {
                row.extend(cells.iter().skip(if row.is_empty() { 0 } else { 1 }).cloned());
            }
        }
        for (row, read) in table.rows.iter().zip(&rows) {
            let Row::Data { header, cells, .. } = row else { continue };
            for (cell, words) in std::iter::once(header).chain(cells).zip(read) {
                self.keep(cell, words);
            }
        }
        table.footnotes.iter().chain(&table.remarks).for_each(|text| self.text(text));
    }

    /// Reads running text: the next block of lines in which its words stand in their order.
    fn text(&mut self, text: &Text) {
        let fixed = |piece: &Inline| match piece {
            Inline::Value(_) | Inline::InWords { .. } => None,
            other => Some(squeeze(&format::inline(other))),
        };
        if text.iter().all(|piece| fixed(piece).is_some()) {
            return;
        }
        let mut start = self.at;
        while start < self.lines.len() {
            let block: Vec<&str> = self.lines[start..].iter().copied().take_while(|l| !l.is_empty()).collect();
            // List items and notes stand line by line under each other.
            for first in 0..block.len() {
                if let Some(values) = read_between(&joined(&block[first..]), text, fixed) {
                    let cells = text.iter().filter_map(|piece| match piece {
                        Inline::Value(cell) | Inline::InWords { cell, .. } => Some(cell),
                        _ => None,
                    });
                    cells.zip(&values).for_each(|(cell, words)| self.keep(cell, words));
                    self.at = start;
                    return;
                }
            }
            start += block.len() + 1;
        }
    }

    fn keep(&mut self, cell: &Cell, words: &str) {
        if let Some(figure) = &cell.figure {
            self.found.push((figure.to_string(), coded(cell, words)));
        }
    }
}

/// The text between the fixed pieces, which must stand in their order from the beginning.
fn read_between(line: &str, text: &Text, fixed: impl Fn(&Inline) -> Option<String>) -> Option<Vec<String>> {
    let mut rest = line;
    let mut values = Vec::new();
    let mut waiting = false;
    for piece in text {
        match fixed(piece) {
            Some(words) if words.trim().is_empty() && waiting => {}
            Some(words) => {
                let words = words.trim();
                let at = rest.find(words)?;
                if waiting {
                    values.push(rest[..at].trim().to_owned());
                } else if at > 0 && !rest[..at].trim().is_empty() {
                    return None;
                }
                waiting = false;
                rest = &rest[at + words.len()..];
            }
            None if waiting => return None,
            None => waiting = true,
        }
    }
    if waiting {
        values.push(rest.trim().to_owned());
    }
    Some(values)
}

/// Lines of a block as one line, without the marks of lists, quotes and footnotes.
fn joined(lines: &[&str]) -> String {
    let clean = |(i, line): (usize, &&str)| {
        let line = line.trim_start_matches("> ").trim_start();
        let line = if i == 0 { line.trim_start_matches("- ") } else { line };
        unmark(line.strip_suffix('\\').unwrap_or(line))
    };
    let line = lines.iter().enumerate().map(clean).collect::<Vec<_>>().join(" ");
    let line = line.strip_prefix("Observera. ").unwrap_or(&line);
    squeeze(line.trim_start_matches(|c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹⁾".contains(c)).trim_start())
}

/// Spaces and line feeds as single ordinary spaces; the no-break ones stay. Characters that no
/// document shows are left out.
fn squeeze(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().filter(|c| samsyn_document::markup::is_printable(*c)) {
        match c {
            ' ' | '\t' | '\n' if out.ends_with(' ') => {}
            ' ' | '\t' | '\n' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

fn one_line(text: &str) -> String {
    squeeze(text).trim().to_owned()
}

/// Markdown without its marks: emphasis is taken away, escaped characters stand for themselves.
fn unmark(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            '*' => {}
            other => out.push(other),
        }
    }
    out
}

/// The cells of a line of a pipe table.
fn pipes(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in line.trim().trim_matches('|').chars() {
        if c == '|' && !escaped {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            cell.push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    cells.iter().map(|cell| unmark(cell.trim())).collect()
}

/// What was read, as the plain value. Words that stand for a code become the code, but only if they
/// are the words that this answer has.
fn coded(cell: &Cell, words: &str) -> String {
    let words = words.trim_end_matches(|c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹⁾ ".contains(c));
    let lower = words.to_lowercase();
    match &cell.value {
        Value::Svar(answer) if words == answer.text => answer.kod.to_string(),
        Value::Ljus(_) => lower.trim_start_matches(['●', '◆', '▲', ' ', '\u{a0}']).to_owned(),
        Value::Antal(_) => {
            let word = (0..=12).find(|n| [false, true].iter().any(|neuter| format::in_words(*n, *neuter) == lower));
            word.map_or_else(|| plain(words), |n| n.to_string())
        }
        _ => plain(words),
    }
}

/// Characters as read, in plain form: no spaces between thousands, ASCII minus, a decimal point, no
/// unit or percent sign, nothing for "–". Text that is no figure stays as it is.
fn plain(words: &str) -> String {
    let words = words.trim();
    if words == format::MISSING || words == format::WITHHELD {
        return String::new();
    }
    let figure = ["%", "kronor", "tkr"].iter().find_map(|unit| words.strip_suffix(unit)).unwrap_or(words);
    let digits: String = figure.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
    let digits = digits.replace('\u{2212}', "-");
    let (whole, decimals) = digits.split_once(',').unwrap_or((&digits, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number = is_number(whole.strip_prefix('-').unwrap_or(whole)) && is_number(decimals);
    if number { digits.replace(',', ".") } else { one_line(words) }
}
