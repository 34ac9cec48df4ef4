//! Cuts a text in our own light markup into words, numbers and sentences. One pass, linear in the text's length.

use std::ops::Range;

/// What a piece of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slag {
    /// A word.
    Ord,
    /// A number in digits, with its value in tenths to the power of its decimals.
    Tal { tal: i64, decimaler: u8 },
    /// A live figure in braces.
    Levande,
    /// Digits that are no number of their own: dates, ranges, versions, telephone numbers.
    Blandat,
    /// A sign.
    Tecken(char),
}

/// A piece of the text.
#[derive(Clone, Debug)]
pub(super) struct Bit {
    /// Where it stands, in bytes.
    pub plats: Range<usize>,
    pub slag: Slag,
}

/// What kind of block a sentence stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Stycke,
    Lista,
    Rubrik,
    Tabell,
}

/// A sentence: which pieces, in what kind of block, and in which block of the text.
#[derive(Clone, Debug)]
pub(super) struct Mening {
    pub bitar: Range<usize>,
    pub block: Block,
    pub nummer: usize,
}

/// A text cut up.
pub(super) struct Ordning {
    /// The text in small letters, byte for byte in the same places.
    pub gemen: String,
    pub bitar: Vec<Bit>,
    pub meningar: Vec<Mening>,
}

impl Ordning {
    /// Cuts up a text.
    pub fn new(text: &str) -> Ordning {
        let mut ordning = Ordning { gemen: gemen(text), bitar: Vec::new(), meningar: Vec::new() };
        let (mut block, mut nummer) = (Block::Stycke, 0);
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let told = line.trim();
            let kind = kind(told);
            if told.is_empty() || kind != Block::Stycke || matches!(block, Block::Rubrik | Block::Tabell) {
                block = kind;
                nummer += 1;
            }
            let from = ordning.bitar.len();
            ordning.line(at, line);
            ordning.end_sentences(from, block, nummer);
            at += line.len();
        }
        ordning
    }

    /// Whether the piece is a year, as it mostly stands in a report.
    pub fn is_year(&self, bit: usize) -> bool {
        matches!(self.bitar[bit].slag, Slag::Tal { tal: 1990..=2100, decimaler: 0 })
    }

    /// The piece in small letters; nothing past the end.
    pub fn ord(&self, bit: usize) -> &str {
        self.bitar.get(bit).map_or("", |bit| &self.gemen[bit.plats.clone()])
    }

    fn line(&mut self, at: usize, line: &str) {
        let mut rest = 0;
        while let Some(c) = line[rest..].chars().next() {
            let (length, slag) = piece(line, rest, c);
            let plats = at + rest..at + rest + length;
            rest += length;
            match slag {
                Some(slag) => self.bitar.push(Bit { plats, slag }),
                None => continue,
            }
        }
    }

    /// Ends a sentence at each stop among the pieces from `from` on. A sentence goes on over lines of one block.
    fn end_sentences(&mut self, from: usize, block: Block, nummer: usize) {
        let goes_on = self.meningar.last().is_some_and(|last| last.nummer == nummer && !self.ends(&last.bitar));
        let mut begin = from;
        if goes_on && let Some(last) = self.meningar.pop() {
            begin = last.bitar.start;
        }
        for bit in from..self.bitar.len() {
            if self.is_stop(bit + 1) || bit + 1 - begin >= LONGEST_SENTENCE {
                self.meningar.push(Mening { bitar: begin..bit + 1, block, nummer });
                begin = bit + 1;
            }
        }
        if begin < self.bitar.len() {
            self.meningar.push(Mening { bitar: begin..self.bitar.len(), block, nummer });
        }
    }

    fn ends(&self, bitar: &Range<usize>) -> bool {
        bitar.len() >= LONGEST_SENTENCE || self.is_stop(bitar.end)
    }

    /// Whether the piece before `end` ends a sentence.
    fn is_stop(&self, end: usize) -> bool {
        let Some(Bit { plats, slag: Slag::Tecken(sign) }) = end.checked_sub(1).map(|last| &self.bitar[last]) else {
            return false;
        };
        let after = self.gemen[plats.end..].chars().next();
        let ends = after.is_none_or(|c| c.is_whitespace() || matches!(c, '”' | '"' | '»' | ')' | '*'));
        match sign {
            '!' | '?' => ends,
            '.' => ends && !SHORT.contains(&self.ord(end.saturating_sub(2))),
            _ => false,
        }
    }
}

/// Short forms whose stop ends no sentence.
const SHORT: [&str; 14] =
    ["t.ex", "bl.a", "t.o.m", "fr.o.m", "ca", "c:a", "enl", "resp", "dvs", "d.v.s", "nr", "kl", "bl", "inkl"];

/// A live figure in braces is no longer than this, in bytes.
const LONGEST_LIVE: usize = 200;

/// A sentence is cut after this many pieces, so that a text without stops takes no longer.
const LONGEST_SENTENCE: usize = 300;

/// Small letters, each in as many bytes as its capital has.
fn gemen(text: &str) -> String {
    let small = |c: char| {
        let mut lower = c.to_lowercase();
        let first = lower.next().unwrap_or(c);
        if lower.next().is_none() && first.len_utf8() == c.len_utf8() { first } else { c }
    };
    text.chars().map(small).collect()
}

fn kind(line: &str) -> Block {
    if line.starts_with('#') {
        Block::Rubrik
    } else if line.starts_with('|') || line.contains('\t') {
        Block::Tabell
    } else if line.starts_with("- ") || line.starts_with("• ") || line.starts_with("* ") {
        Block::Lista
    } else {
        Block::Stycke
    }
}

/// Whether the sign may stand between thousands.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// The length in bytes of the piece that begins here, and what it is; `None` for what says nothing.
fn piece(line: &str, from: usize, c: char) -> (usize, Option<Slag>) {
    let rest = &line[from..];
    let while_inside = |inside: &dyn Fn(char) -> bool| rest.find(|c| !inside(c)).unwrap_or(rest.len());
    if c == '{'
        && let Some(end) = rest.bytes().take(LONGEST_LIVE).position(|b| b == b'}')
    {
        return (end + 1, Some(Slag::Levande));
    }
    if c.is_ascii_digit() {
        return number(line, from);
    }
    if c.is_alphabetic() {
        let run = while_inside(&|c| c.is_alphanumeric() || matches!(c, '.' | ':' | '’' | '\u{ad}'));
        return (rest[..run].trim_end_matches(['.', ':', '’']).len(), Some(Slag::Ord));
    }
    let quiet = c.is_whitespace() || matches!(c, '*' | '_' | '”' | '“' | '"' | '»' | '«' | '\'' | '’');
    (c.len_utf8(), (!quiet).then_some(Slag::Tecken(c)))
}

/// A number, or digits that are none.
fn number(line: &str, from: usize) -> (usize, Option<Slag>) {
    let rest = &line[from..];
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | ':' | '/' | '-' | '–' | '\u{2011}' | '§');
    let run = rest.find(|c| !joins(c)).unwrap_or(rest.len());
    let run = rest[..run].trim_end_matches(['.', ',', ':', '/', '-', '–']);
    let before = line[..from].chars().next_back();
    let bound = before.is_some_and(|c| matches!(c, '-' | '–' | '\u{2212}' | '/' | '§' | '+'));
    let (whole, decimals) = run.split_once(',').unwrap_or((run, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let stands_alone = digits(whole) && digits(decimals) && (decimals.is_empty() != run.contains(','));
    if bound || !stands_alone || (whole.len() > 1 && whole.starts_with('0')) {
        return (run.len(), Some(Slag::Blandat));
    }
    let (mut text, mut length, mut decimaler) = (whole.to_owned(), run.len(), decimals);
    while whole.len() <= 3 && decimaler.is_empty() {
        let Some(group) = thousands(&rest[length..]) else { break };
        text.push_str(&group[group.len() - 3..]);
        length += group.len();
        decimaler = after_comma(&rest[length..]);
        length += if decimaler.is_empty() { 0 } else { 1 + decimaler.len() };
    }
    text.push_str(decimaler);
    match (text.parse(), decimaler.len()) {
        (Ok(tal), 0..=3) if text.len() <= 15 => (length, Some(Slag::Tal { tal, decimaler: decimaler.len() as u8 })),
        _ => (length, Some(Slag::Blandat)),
    }
}

/// One space and three digits, when no more digits or letters follow at once.
fn thousands(rest: &str) -> Option<&str> {
    let space = rest.chars().next().filter(|&c| is_space(c))?.len_utf8();
    let group = rest.get(..space + 3)?;
    let after = rest[space + 3..].chars().next();
    let whole = group[space..].bytes().all(|b| b.is_ascii_digit());
    (whole && !after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '–' | '/'))).then_some(group)
}

/// The digits after a comma that stands first.
fn after_comma(rest: &str) -> &str {
    let digits = rest.strip_prefix(',').unwrap_or("");
    &digits[..digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())]
}
