//! What stands before the sheets: which they are, the texts that cells share, formats, and from when days count.

use super::records::{Chunks, Records, text_at};
use crate::grid::Refused;
use crate::grid::dates::{self, Format};
use crate::grid::kind::{password, too_old};
use crate::grid::ole::{u16_at, u32_at};
use crate::grid::reading::Reading;
use std::collections::HashMap;

/// A sheet's name, and where in the stream it begins.
pub(super) struct Link {
    pub name: String,
    pub hidden: bool,
    pub begins: usize,
}

/// What the workbook says.
#[derive(Default)]
pub(super) struct Globals {
    pub sheets: Vec<Link>,
    pub epoch_1904: bool,
    strings: Vec<Box<str>>,
    used: Vec<bool>,
    formats: Vec<Format>,
}

impl Globals {
    /// Reads them from the beginning of the stream.
    pub fn read(reading: &mut Reading, stream: &[u8]) -> Result<Globals, Refused> {
        let mut globals = Globals::default();
        let mut own: HashMap<u16, Format> = HashMap::new();
        let mut styles: Vec<u16> = Vec::new();
        let mut records = Records(stream);
        let mut ended = false;
        let damaged = |reading: &Reading| reading.damaged("", "arbetsboken går inte att läsa");
        match records.next() {
            Some(first) if first.kind == 0x0809 && u16_at(first.data, 0) == 0x0600 => {}
            Some(first) if first.kind & 0xFF == 0x09 => return Err(too_old(reading)),
            _ => return Err(damaged(reading)),
        }
        while let Some(record) = records.next() {
            let data = record.data;
            match record.kind {
                0x2F => return Err(password(reading)),
                0x22 => globals.epoch_1904 = u16_at(data, 0) == 1,
                0x85 => {
                    let name = text_at(data, 6, true).ok_or_else(|| damaged(reading))?;
                    let state = u16_at(data, 4);
                    // Charts and modules have no cells.
                    if state >> 8 == 0 {
                        globals.sheets.push(Link { name, hidden: state & 3 != 0, begins: u32_at(data, 0) as usize });
                    }
                }
                0x41E => {
                    let code = text_at(data, 2, false).unwrap_or_default();
                    own.insert(u16_at(data, 0), dates::of_code(&code));
                }
                0xE0 => styles.push(u16_at(data, 2)),
                0x1AE if !matches!(u16_at(data, 2), 0x0401 | 0x3A01) => {
                    reading.note(
                        "",
                        "Filen har länkar till andra filer. De följs inte; de värden som sparats i filen används.",
                    );
                }
                0xFC => {
                    let mut chunks = Chunks::new(records.with_continued(data));
                    globals
                        .shared(&mut chunks)
                        .ok_or_else(|| reading.damaged("", "cellernas texter går inte att läsa"))?;
                }
                0x0A => {
                    ended = true;
                    break;
                }
                _ => {}
            }
        }
        if !ended {
            return Err(damaged(reading));
        }
        if globals.sheets.is_empty() {
            return Err(reading.stop(
                "",
                "Filen har inga blad med celler.",
                "Lägg uppgifterna i ett blad och spara filen på nytt.",
            ));
        }
        if globals.sheets.len() > reading.limits.max_sheets {
            return Err(reading.stop("", "Filen har för många blad.", "Ta bort de blad som inte behövs."));
        }
        let format = |id: &u16| own.get(id).copied().unwrap_or_else(|| dates::built_in(u32::from(*id)));
        globals.formats = styles.iter().map(format).collect();
        Ok(globals)
    }

    /// The texts that cells share (SST).
    fn shared(&mut self, chunks: &mut Chunks<'_>) -> Option<()> {
        chunks.u32()?;
        // How many there are is not believed: nothing is set aside for them.
        for _ in 0..chunks.u32()? {
            self.strings.push(chunks.text()?.into());
            self.used.push(false);
        }
        Some(())
    }

    /// The text with that number, which is used from now on.
    pub fn text(&mut self, place: usize) -> Option<&str> {
        *self.used.get_mut(place)? = true;
        self.strings.get(place).map(AsRef::as_ref)
    }

    /// What the style makes of a number.
    pub fn format(&self, style: u16) -> Format {
        self.formats.get(usize::from(style)).copied().unwrap_or(Format::Number)
    }

    /// Looks through the texts that no cell has used.
    pub fn look_through_unused(&self, reading: &mut Reading) {
        for (text, _) in self.strings.iter().zip(&self.used).filter(|(_, used)| !**used) {
            let place = || "en text som ingen cell visar".to_owned();
            reading.search.text(text, place);
            reading.search.names(text, place);
        }
    }
}
