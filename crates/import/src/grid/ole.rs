//! Compound files, as Excel before 2007 and workbooks with a password are kept: sectors in chains, like a small disk.
//! A chain that bites its own tail ends the reading. Source: \[MS-CFB\].

use super::Refused;
use super::reading::Reading;

/// What a compound file begins with.
pub(super) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Numbers of sectors from here on are marks, not sectors.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
/// Streams smaller than this stand in the small sectors.
const SMALL_STREAM: u64 = 4_096;
const SMALL_SECTOR: usize = 64;
/// The bytes of an entry in the directory.
const ENTRY: usize = 128;

/// The streams of a compound file, with their names.
pub(super) struct Streams(Vec<(String, Vec<u8>)>);

impl Streams {
    /// The bytes of a stream.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, bytes)| bytes.as_slice())
    }

    /// All streams.
    pub fn all(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }
}

/// Two bytes as a number; 0 past the end.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|two| two.try_into().ok()).map_or(0, u16::from_le_bytes)
}

/// Four bytes as a number; 0 past the end.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// Reads all streams of a compound file.
pub(super) fn read(reading: &Reading, bytes: &[u8]) -> Result<Streams, Refused> {
    streams(bytes, reading.limits.max_unpacked_bytes).ok_or_else(|| reading.damaged("", "dess delar hänger inte ihop"))
}

/// Sectors, and which follows on which.
struct Disk<'b> {
    bytes: &'b [u8],
    size: usize,
    next: Vec<u32>,
}

impl Disk<'_> {
    fn sector(&self, number: u32) -> Option<&[u8]> {
        // The header takes the place of the first sector.
        let begin = (number as usize).checked_add(1)?.checked_mul(self.size)?;
        let end = self.bytes.len().min(begin.checked_add(self.size)?);
        self.bytes.get(begin..end).filter(|sector| !sector.is_empty())
    }

    /// A chain's bytes, at most `length` of them; `None` when it leads outside the file or back to itself.
    fn chain(&self, first: u32, length: u64) -> Option<Vec<u8>> {
        let mut chained = Vec::new();
        let (mut number, mut steps) = (first, 0);
        while number < LAST_SECTOR && (chained.len() as u64) < length {
            chained.extend_from_slice(self.sector(number)?);
            number = *self.next.get(number as usize)?;
            steps += 1;
            if steps > self.next.len() {
                return None;
            }
        }
        chained.truncate(usize::try_from(length).unwrap_or(usize::MAX));
        Some(chained)
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|four| u32_at(four, 0))
}

fn streams(bytes: &[u8], most: u64) -> Option<Streams> {
    let size = match u16_at(bytes, 30) {
        9 => 512,
        12 => 4_096,
        _ => return None,
    };
    let mut disk = Disk { bytes, size, next: Vec::new() };
    for number in allocation(bytes, &disk)? {
        let sector = disk.sector(number)?.to_vec();
        disk.next.extend(numbers(&sector));
    }
    let directory = disk.chain(u32_at(bytes, 48), most)?;
    let root = directory.get(..ENTRY)?;
    let small = disk.chain(u32_at(root, 116), u64::from(u32_at(root, 120)))?;
    let small_next: Vec<u32> = numbers(&disk.chain(u32_at(bytes, 60), most)?).collect();
    let mut left = most;
    let mut found = Vec::new();
    for entry in directory.chunks_exact(ENTRY).filter(|entry| entry.get(66) == Some(&2)) {
        let name: Vec<u16> =
            entry.chunks_exact(2).take(32).map(|two| u16_at(two, 0)).take_while(|unit| *unit != 0).collect();
        let (first, length) = (u32_at(entry, 116), u64::from(u32_at(entry, 120)));
        let stream = if length < SMALL_STREAM {
            small_chain(&small, &small_next, first, length as usize)?
        } else {
            disk.chain(first, length)?
        };
        left = left.checked_sub(stream.len() as u64)?;
        found.push((String::from_utf16_lossy(&name), stream));
    }
    Some(Streams(found))
}

/// The sectors that hold the table of which sector follows on which.
fn allocation(bytes: &[u8], disk: &Disk<'_>) -> Option<Vec<u32>> {
    let mut found: Vec<u32> = numbers(bytes.get(76..512)?).filter(|number| *number < LAST_SECTOR).collect();
    let mut more = u32_at(bytes, 68);
    let most = bytes.len() / disk.size;
    while more < LAST_SECTOR {
        let sector = disk.sector(more)?;
        let (entries, link) = sector.split_at_checked(disk.size - 4)?;
        found.extend(numbers(entries).filter(|number| *number < LAST_SECTOR));
        more = u32_at(link, 0);
        if found.len() > most {
            return None;
        }
    }
    (found.len() <= most).then_some(found)
}

/// A chain of small sectors.
fn small_chain(small: &[u8], next: &[u32], first: u32, length: usize) -> Option<Vec<u8>> {
    let mut chained = Vec::with_capacity(length);
    let mut number = first;
    while number < LAST_SECTOR && chained.len() < length {
        let begin = (number as usize).checked_mul(SMALL_SECTOR)?;
        chained.extend_from_slice(
            small.get(begin..small.len().min(begin + SMALL_SECTOR)).filter(|sector| !sector.is_empty())?,
        );
        number = *next.get(number as usize)?;
    }
    chained.truncate(length);
    Some(chained)
}
