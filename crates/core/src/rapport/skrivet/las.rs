//! Reads what people write: paragraphs with a blank line between, `## ` headings, `- ` lists, `*emphasis*`, live figures
//! in braces, and tables of `|` rows. Whatever is written can be read; what is not understood stands as it was written.

use super::{EGEN_TABELL, Finn};
use samsyn_document::markup::is_printable;
use samsyn_document::{Align, Block, Cell, Column, FigureId, Inline, Row, RowKind, Table, Text, Value};

/// The text without signs that have no place in a document, such as those that come along from a word processor:
/// control signs, zero-width signs, soft hyphens. Line ends become one kind, and at most one blank line is left.
pub fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}'], "\n");
    let fits = |c: &char| {
        is_printable(*c) && !matches!(c, '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{2060}' | '\u{feff}' | '\u{fffc}')
    };
    let text: String = text.chars().filter(fits).map(|c| if c == '\t' { ' ' } else { c }).collect();
    let mut out = String::with_capacity(text.len());
    let mut blank = 2;
    for line in text.lines().map(str::trim_end) {
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Words with one space between; a no-break space is no space.
pub(super) fn one_line(text: &str) -> String {
    text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The text as blocks. The place gives its tables their ids; `finn` gives its figures their values.
pub fn blocks(text: &str, plats: &str, finn: Finn<'_>) -> Vec<Block> {
    let mut reader = Reader { blocks: Vec::new(), paragraph: Vec::new(), list: Vec::new(), rows: Vec::new(), finn };
    for line in clean(text).lines() {
        reader.line(line.trim(), plats);
    }
    reader.end(plats);
    reader.blocks
}

struct Reader<'a> {
    blocks: Vec<Block>,
    paragraph: Vec<String>,
    list: Vec<String>,
    rows: Vec<String>,
    finn: Finn<'a>,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, plats: &str) {
        let heading = line.trim_start_matches('#');
        let marks = line.len() - heading.len();
        let item = ["- ", "• ", "– "].iter().find_map(|mark| line.strip_prefix(mark));
        if line.is_empty() {
            self.end(plats);
        } else if (1..=6).contains(&marks) && heading.starts_with(' ') {
            self.end(plats);
            self.blocks.push(Block::Heading(plain(heading.trim())));
        } else if line.starts_with('|') || (line.starts_with("Tabell:") && self.is_between()) {
            if self.rows.is_empty() {
                self.end(plats);
            }
            self.rows.push(line.to_owned());
        } else if let Some(item) = item.filter(|_| self.begins_item(line)) {
            if self.list.is_empty() {
                self.end(plats);
            }
            self.list.push(item.trim().to_owned());
        } else if let Some(last) = self.list.last_mut() {
            last.push(' ');
            last.push_str(line);
        } else {
            if !self.rows.is_empty() {
                self.end(plats);
            }
            self.paragraph.push(line.to_owned());
        }
    }

    /// Whether a line with a mark is an item: a dash may also go on with a sentence.
    fn begins_item(&self, line: &str) -> bool {
        !line.starts_with('–') || self.is_between() || !self.list.is_empty()
    }

    /// Whether nothing has been begun.
    fn is_between(&self) -> bool {
        self.paragraph.is_empty() && self.rows.is_empty() && self.list.is_empty()
    }

    /// What has been begun is whole.
    fn end(&mut self, plats: &str) {
        let paragraph = std::mem::take(&mut self.paragraph);
        if !paragraph.is_empty() {
            let text = one_line(&paragraph.join(" "));
            let parts = portions(&text).into_iter().map(|part| Block::Paragraph(inline(part, self.finn)));
            self.blocks.extend(parts);
        }
        let list = std::mem::take(&mut self.list);
        if !list.is_empty() {
            self.blocks.push(Block::List(list.iter().map(|item| inline(item, self.finn)).collect()));
        }
        let rows = std::mem::take(&mut self.rows);
        if !rows.is_empty() {
            let number = 1 + self.blocks.iter().filter(|block| matches!(block, Block::Table(_))).count();
            let id = format!("{EGEN_TABELL}{}-{number}", plats.replace('/', "-"));
            self.blocks.push(table(&rows, id, self.finn));
        }
    }
}

/// Signs that stand for themselves after a `\`.
pub(super) const SIGNS: [char; 10] = ['\\', '*', '{', '}', '|', '#', '-', '•', '–', ':'];

/// Running text: `\` before a sign makes it stand for itself.
fn inline(text: &str, finn: Finn<'_>) -> Text {
    inline_with(text, &|tail| figure(tail, finn))
}

/// What stands in braces as a piece, and what comes after it.
type Braces<'a> = &'a dyn for<'t> Fn(&'t str) -> Option<(Inline, &'t str)>;

fn inline_with(text: &str, braces: Braces<'_>) -> Text {
    let text = one_line(text);
    let mut out = Text::new();
    let mut words = String::new();
    let mut rest = text.as_str();
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let tail = &rest[c.len_utf8()..];
        let special = match c {
            '\\' if tail.starts_with(SIGNS) => {
                let next = tail.chars().next().unwrap_or('\\');
                words.push(next);
                (rest, before) = (&tail[next.len_utf8()..], next);
                continue;
            }
            '{' => braces(tail),
            '*' if !before.is_alphanumeric() => emphasis(tail),
            _ => None,
        };
        match special {
            Some((piece, left)) => {
                if !words.is_empty() {
                    out.push(Inline::Text(std::mem::take(&mut words)));
                }
                out.push(piece);
                (rest, before) = (left, 'x');
            }
            None => {
                words.push(c);
                (rest, before) = (tail, c);
            }
        }
    }
    if !words.is_empty() {
        out.push(Inline::Text(words));
    }
    out
}

/// The most bytes that stand within braces.
const LONGEST: usize = 300;

/// What stands in braces, when it names a figure or something missing; and what comes after.
fn figure<'t>(tail: &'t str, finn: Finn<'_>) -> Option<(Inline, &'t str)> {
    // Names are short: what goes on for longer is not looked through again and again.
    let end = tail.bytes().take(LONGEST).position(|byte| matches!(byte, b'}' | b'{'))?;
    let (inside, left) = (&tail[..end], tail[end..].strip_prefix('}')?);
    if let Some(what) = inside.strip_prefix("saknas ") {
        return Some((Inline::Placeholder(what.trim().to_owned()), left));
    }
    let (how, name) = inside.split_once(' ').unwrap_or(("", inside));
    let id = FigureId::parse(name.trim())?;
    let cell = match finn(&id) {
        Ok(cell) => cell,
        Err(called) => return Some((Inline::Placeholder(called), left)),
    };
    let (capital, neuter) = match how {
        "" if cell.value != Value::Withheld => return Some((Inline::Value(cell), left)),
        "" | "ord" => (false, false),
        "Ord" => (true, false),
        "ett" => (false, true),
        _ => return None,
    };
    Some((Inline::InWords { cell, capital, neuter }, left))
}

/// Words between stars that stand close to them; and what comes after.
fn emphasis(tail: &str) -> Option<(Inline, &str)> {
    let mut words = String::new();
    let mut signs = tail.char_indices();
    while let Some((at, c)) = signs.next() {
        match c {
            '\\' if tail[at + 1..].starts_with(SIGNS) => words.extend(signs.next().map(|(_, next)| next)),
            '{' => return None,
            '*' => {
                let left = &tail[at + 1..];
                let close = !words.is_empty() && words.trim() == words;
                let ends = left.chars().next().is_none_or(|next| !next.is_alphanumeric());
                return (close && ends).then_some((Inline::Emphasis(words), left));
            }
            c => words.push(c),
        }
    }
    None
}

/// Words without emphasis, for headings and other places that hold words only. A figure has no place there: its braces
/// stand as they were written, so that no value is left behind when it changes.
fn plain(text: &str) -> String {
    let words = inline_with(text, &|_| None);
    samsyn_document::format::text(&words)
}

/// The most bytes of a paragraph; what is longer is parted where a sentence ends, so that it can be set on a page.
const LONGEST_PARAGRAPH: usize = 6_000;

fn portions(text: &str) -> Vec<&str> {
    let (mut parts, mut rest) = (Vec::new(), text);
    while rest.len() > LONGEST_PARAGRAPH {
        let most = (0..=LONGEST_PARAGRAPH).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(0);
        let head = &rest[..most];
        let end = head.rfind(". ").map(|at| at + 1).or_else(|| head.rfind(' ')).filter(|at| *at > 0).unwrap_or(most);
        parts.push(rest[..end].trim());
        rest = rest[end..].trim_start();
    }
    parts.push(rest);
    parts
}

/// The cells of a row; a `|` after `\` is no border.
fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().trim_start_matches('|');
    let mut cells = vec![String::new()];
    let mut signs = inner.chars();
    while let Some(c) = signs.next() {
        match (c, cells.last_mut()) {
            ('|', _) => cells.push(String::new()),
            ('\\', Some(cell)) => {
                cell.push(c);
                cell.extend(signs.next());
            }
            (c, Some(cell)) => cell.push(c),
            (_, None) => {}
        }
    }
    if cells.len() > 1 && cells.last().is_some_and(|last| last.trim().is_empty()) {
        cells.pop();
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

/// A table of one's own: its first row has the headings, the first cell of each row names the row.
fn table(lines: &[String], id: String, finn: Finn<'_>) -> Block {
    let caption = lines.first().and_then(|line| line.strip_prefix("Tabell:"));
    let is_rule = |row: &Vec<String>| row.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':')));
    let borders = lines.iter().skip(usize::from(caption.is_some()));
    let mut rows = borders.map(|line| cells(line)).filter(|row| !is_rule(row) || row.iter().all(String::is_empty));
    let head = rows.next().unwrap_or_default();
    let body: Vec<Vec<String>> = rows.collect();
    let width = body.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(1).max(2);
    let nth = |row: &[String], i: usize| row.get(i).cloned().unwrap_or_default();
    let body: Vec<Vec<Cell>> = body.iter().map(|row| (0..width).map(|i| cell(&nth(row, i), finn)).collect()).collect();
    let is_number = |cell: &Cell| cell.figure.is_some();
    let column = |i: usize| Column {
        group: None,
        heading: plain(&nth(&head, i)),
        align: if body.iter().any(|row| is_number(&row[i])) { Align::Right } else { Align::Left },
    };
    let columns = (1..width).map(column).collect();
    let rows = body.into_iter().map(|mut row| {
        let header = row.remove(0);
        Row::Data { header, sub: None, cells: row, kind: RowKind::Normal }
    });
    Block::Table(Table {
        id,
        label: None,
        caption: plain(caption.unwrap_or_default()),
        corner: plain(&nth(&head, 0)),
        columns,
        rows: rows.collect(),
        footnotes: Vec::new(),
        remarks: Vec::new(),
    })
}

/// A cell: one live figure, or words.
fn cell(text: &str, finn: Finn<'_>) -> Cell {
    let mut pieces = inline(text, finn);
    match pieces.as_mut_slice() {
        [Inline::Value(cell) | Inline::InWords { cell, .. }] => cell.clone(),
        _ => Cell::text(plain(text)),
    }
}
