//! Excel 97–2003 (BIFF8). Source: \[MS-XLS\]. Own code rather than calamine, which follows a compound file's chains
//! without end, sets aside the whole rectangle of a sheet, and does not tell what is hidden or read comments.

mod globals;
mod raw;
mod records;
mod sheet;

use super::draft::Draft;
use super::ole::Streams;
use super::reading::Reading;
use super::{Book, Kind, Refused, Sheet, search};
use globals::Globals;

/// Reads a workbook, and looks through all that it holds.
pub(super) fn read(reading: &mut Reading, streams: &Streams) -> Result<Book, Refused> {
    let stream = streams.get("Workbook").unwrap_or_default();
    let mut globals = Globals::read(reading, stream)?;
    if streams.all().any(|(name, _)| name == "_VBA_PROJECT") {
        reading.note("", "Filen har makron. De körs inte och läses inte.");
    }
    let mut sheets = Vec::new();
    for (number, link) in (1..).zip(std::mem::take(&mut globals.sheets)) {
        let label = search::label(number, &link.name, link.hidden);
        let about = Sheet { name: link.name, hidden: link.hidden, ..Sheet::default() };
        let Some(from) = stream.get(link.begins..) else { return Err(reading.damaged(&label, "bladet saknas i den")) };
        sheets.push(sheet::read(reading, from, Draft::new(about, label), &mut globals)?);
    }
    globals.look_through_unused(reading);
    if reading.search.is_clean() {
        // What was found among cells and comments stands in these streams too, and has a better place there.
        streams.all().for_each(|(name, bytes)| raw::look_through(reading, name, bytes));
    }
    Ok(Book { kind: Kind::Xls, sheets, epoch_1904: globals.epoch_1904, notes: Vec::new() })
}
