//! The parts of a zip package, unpacked one at a time. No size that the archive declares is believed.

use super::Refused;
use super::reading::Reading;
use encoding_rs::{Encoding, UTF_8};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A part of this size or more may not have been packed harder than any spreadsheet is.
const LARGE: u64 = 4 << 20;
/// So many times smaller than unpacked; spreadsheets reach some fifty.
const RATIO: u64 = 250;

/// A package.
pub(super) struct Parts<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    names: Vec<String>,
    unpacked: u64,
}

impl<'b> Parts<'b> {
    /// Opens the package: only the list of its parts is read.
    pub fn open(reading: &Reading, bytes: &'b [u8]) -> Result<Parts<'b>, Refused> {
        let damaged = || reading.damaged("", "arkivet går inte att öppna");
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if zip.has_duplicate_names() {
            return Err(reading.damaged("", "samma del finns två gånger"));
        }
        if zip.len() > reading.limits.max_parts {
            return Err(reading.stop("", "Filen har för många delar.", "Dela upp den på flera filer."));
        }
        // Some writers part folders as Windows does.
        let named = zip.file_names().map(|name| name.map(|name| name.replace('\\', "/")));
        let names: Vec<String> = named.collect::<Result<_, _>>().map_err(|_| damaged())?;
        Ok(Parts { zip, names, unpacked: 0 })
    }

    /// The names of its parts, in their order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether there is such a part; letters large and small are the same.
    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// The bytes of a part; `None` when there is no such part.
    pub fn bytes(&mut self, reading: &Reading, name: &str) -> Result<Option<Vec<u8>>, Refused> {
        let Some(index) = self.names.iter().position(|known| known.eq_ignore_ascii_case(name)) else { return Ok(None) };
        let damaged = || reading.damaged("", "en del av den går inte att packa upp");
        let part = self.zip.by_index(index).map_err(|_| damaged())?;
        let packed = part.compressed_size().max(1);
        let most = reading.limits.max_unpacked_bytes.saturating_sub(self.unpacked);
        let most = most.min(LARGE.max(packed.saturating_mul(RATIO)));
        let mut bytes = Vec::with_capacity(part.size().min(packed.saturating_mul(20)).min(most) as usize);
        part.take(most + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        self.unpacked += bytes.len() as u64;
        if bytes.len() as u64 > most {
            let hint = "Dela upp den på flera filer, eller ta bort blad och bilder som inte behövs.";
            return Err(reading.stop("", "Filen blir för stor när den packas upp.", hint));
        }
        Ok(Some(bytes))
    }

    /// The text of a part; `None` when there is no such part.
    pub fn text(&mut self, reading: &Reading, name: &str) -> Result<Option<String>, Refused> {
        let Some(bytes) = self.bytes(reading, name)? else { return Ok(None) };
        let damaged = || reading.damaged("", "texten i en del av den går inte att läsa");
        let decoded = match Encoding::for_bom(&bytes) {
            Some((encoding, mark)) if encoding != UTF_8 => {
                let (text, broken) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
                if broken { Err(damaged()) } else { Ok(text.into_owned()) }
            }
            _ => String::from_utf8(bytes).map_err(|_| damaged()),
        };
        decoded.map(Some)
    }
}
