//! A stream as records, and the texts in them, which may go on over several records.

use crate::grid::ole::u16_at;

/// A record: what kind it is, and what it holds.
#[derive(Clone, Copy)]
pub(super) struct Record<'s> {
    pub kind: u16,
    pub data: &'s [u8],
}

/// Goes on where the record before it ended.
pub(super) const CONTINUE: u16 = 0x3C;

/// The records of a stream; those that the stream's end cuts are left out.
pub(super) struct Records<'s>(pub &'s [u8]);

impl<'s> Records<'s> {
    /// The next record without taking it.
    fn peek(&self) -> Option<(Record<'s>, &'s [u8])> {
        let (kind, length) = (u16_at(self.0, 0), usize::from(u16_at(self.0, 2)));
        let (data, rest) = self.0.get(4..)?.split_at_checked(length)?;
        Some((Record { kind, data }, rest))
    }

    /// The records that go on with the one before, and its own data first.
    pub fn with_continued(&mut self, first: &'s [u8]) -> Vec<&'s [u8]> {
        let mut all = vec![first];
        while let Some((record, rest)) = self.peek().filter(|(record, _)| record.kind == CONTINUE) {
            all.push(record.data);
            self.0 = rest;
        }
        all
    }
}

impl<'s> Iterator for Records<'s> {
    type Item = Record<'s>;

    fn next(&mut self) -> Option<Record<'s>> {
        let (record, rest) = self.peek()?;
        self.0 = rest;
        Some(record)
    }
}

/// Reads on over the borders of records.
pub(super) struct Chunks<'s> {
    left: std::vec::IntoIter<&'s [u8]>,
    here: &'s [u8],
}

impl<'s> Chunks<'s> {
    pub fn new(all: Vec<&'s [u8]>) -> Chunks<'s> {
        let mut left = all.into_iter();
        let here = left.next().unwrap_or_default();
        Chunks { left, here }
    }

    fn byte(&mut self) -> Option<u8> {
        while self.here.is_empty() {
            self.here = self.left.next()?;
        }
        let (first, rest) = self.here.split_first()?;
        self.here = rest;
        Some(*first)
    }

    pub fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    pub fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    pub fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > self.here.len() {
            bytes -= self.here.len();
            self.here = self.left.next()?;
        }
        self.here = self.here.get(bytes..)?;
        Some(())
    }

    /// A text with its length in two bytes (XLUnicodeRichExtendedString).
    pub fn text(&mut self) -> Option<String> {
        let length = usize::from(self.u16()?);
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { usize::from(self.u16()?) } else { 0 };
        let more = if flags & 4 != 0 { self.u32()? as usize } else { 0 };
        let text = self.letters(length, flags & 1 != 0)?;
        self.skip(runs * 4 + more)?;
        Some(text)
    }

    /// So many letters, each of one byte or two. Where a record ends among them, the next begins with which it is.
    pub fn letters(&mut self, length: usize, mut wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::with_capacity(length.min(self.here.len()));
        while units.len() < length {
            if self.here.is_empty() {
                self.here = self.left.next()?;
                wide = self.byte()? & 1 != 0;
            }
            let missing = length - units.len();
            let size = if wide { 2 } else { 1 };
            let taken = missing.min(self.here.len() / size);
            let (now, rest) = self.here.split_at_checked(taken * size)?;
            if wide {
                units.extend(now.chunks_exact(2).map(|two| u16_at(two, 0)));
            } else {
                units.extend(now.iter().map(|byte| u16::from(*byte)));
            }
            // Half a letter at the end of a record is no letter.
            self.here = if taken < missing && rest.len() < size { &[] } else { rest };
        }
        Some(String::from_utf16_lossy(&units))
    }
}

/// A text that begins at a place of a record, its length in one byte or two (ShortXLUnicodeString, XLUnicodeString).
pub(super) fn text_at(data: &[u8], at: usize, short: bool) -> Option<String> {
    let (length, at) =
        if short { (usize::from(*data.get(at)?), at + 1) } else { (usize::from(u16_at(data, at)), at + 2) };
    let wide = data.get(at)? & 1 != 0;
    Chunks::new(vec![data.get(at + 1..)?]).letters(length, wide)
}
