//! A stream as bytes: whatever text stands anywhere in it, in letters of one byte or two.

use crate::grid::reading::Reading;

/// Shorter runs of letters are what any bytes may look like.
const SHORTEST: usize = 12;

/// Looks a stream through.
pub(super) fn look_through(reading: &mut Reading, name: &str, bytes: &[u8]) {
    let place =
        || if name.contains("SummaryInformation") { "filens egenskaper" } else { "en del av filen som inte syns" };
    let mut run = String::new();
    let mut letter = |reading: &mut Reading, unit: Option<u16>| match unit
        .filter(|unit| matches!(unit, 0x20..=0x7E | 0xA0..=0xFF))
        .and_then(|unit| char::from_u32(u32::from(unit)))
    {
        Some(letter) => run.push(letter),
        None => {
            if run.len() >= SHORTEST {
                reading.search.text(&run, || place().to_owned());
            }
            run.clear();
        }
    };
    bytes.iter().for_each(|byte| letter(reading, Some(u16::from(*byte))));
    letter(reading, None);
    for begin in 0..2 {
        let pairs = bytes.get(begin..).unwrap_or_default().chunks_exact(2);
        pairs.for_each(|pair| letter(reading, Some(crate::grid::ole::u16_at(pair, 0))));
        letter(reading, None);
    }
}
