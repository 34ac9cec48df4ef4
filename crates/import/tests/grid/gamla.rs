//! A writer of Excel 97–2003 files, as small as can be: records in a stream, streams in a compound file.

/// A sheet's records.
pub struct Sheet {
    name: &'static str,
    hidden: bool,
    records: Vec<u8>,
}

/// A workbook.
#[derive(Default)]
pub struct Xls {
    pub epoch_1904: bool,
    /// Texts that cells share, and others.
    pub strings: Vec<&'static str>,
    pub sheets: Vec<Sheet>,
    /// Other streams.
    pub streams: Vec<(&'static str, Vec<u8>)>,
}

/// A record.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat()
}

/// Numbers of two bytes in a row.
pub fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// A text in letters of two bytes, its length in front.
pub fn text(text: &str, short: bool) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = if short { vec![units.len() as u8] } else { words(&[units.len() as u16]) };
    [length, vec![1], words(&units)].concat()
}

const BOF: u16 = 0x0809;
const EOF: u16 = 0x0A;
/// The style of a plain cell, and of a day.
pub const PLAIN: u16 = 0;
pub const DAY: u16 = 1;

impl Sheet {
    pub fn new(name: &'static str, hidden: bool) -> Sheet {
        Sheet { name, hidden, records: Vec::new() }
    }

    /// Another record; rows and columns in it are counted from 0.
    pub fn with(mut self, kind: u16, data: &[u8]) -> Sheet {
        self.records.extend(record(kind, data));
        self
    }

    pub fn string(self, row: u16, column: u16, place: u32) -> Sheet {
        self.with(0xFD, &[words(&[row, column, PLAIN]), place.to_le_bytes().to_vec()].concat())
    }

    pub fn number(self, row: u16, column: u16, style: u16, number: f64) -> Sheet {
        self.with(0x203, &[words(&[row, column, style]), number.to_le_bytes().to_vec()].concat())
    }

    /// A comment: a shape, its text, and the note that points to it.
    pub fn comment(self, row: u16, column: u16, shape: u16, author: &str, said: &str) -> Sheet {
        let length = said.encode_utf16().count() as u16;
        let letters = [vec![1], words(&said.encode_utf16().collect::<Vec<u16>>())].concat();
        self.with(0x5D, &words(&[0x15, 0x12, 0x19, shape, 0, 0, 0, 0, 0, 0, 0]))
            .with(0x1B6, &words(&[0, 0, 0, 0, 0, length, 16, 0, 0]))
            .with(0x3C, &letters)
            .with(0x3C, &words(&[0, 0, 0, 0]))
            .with(0x1C, &[words(&[row, column, 0, shape]), text(author, false)].concat())
    }
}

impl Xls {
    /// The workbook's stream.
    pub fn stream(&self) -> Vec<u8> {
        let bof = |kind: u16| record(BOF, &words(&[0x0600, kind, 0x0DBB, 0x07CC, 0, 0, 6, 0]));
        let mut head = bof(0x05);
        head.extend(record(0x22, &words(&[u16::from(self.epoch_1904)])));
        for format in [0, 14] {
            head.extend(record(0xE0, &words(&[0, format, 0, 0, 0, 0, 0, 0, 0, 0])));
        }
        let count = (self.strings.len() as u32).to_le_bytes();
        let strings: Vec<u8> = self.strings.iter().flat_map(|shared| text(shared, false)).collect();
        head.extend(record(0xFC, &[&count[..], &count, &strings].concat()));
        let about = |begins: usize, sheet: &Sheet| {
            let mut data = (begins as u32).to_le_bytes().to_vec();
            data.extend(words(&[u16::from(sheet.hidden)]));
            data.extend(text(sheet.name, true));
            record(0x85, &data)
        };
        let mut begins = head.len() + self.sheets.iter().map(|sheet| about(0, sheet).len()).sum::<usize>() + 4;
        let mut bodies = Vec::new();
        for sheet in &self.sheets {
            head.extend(about(begins, sheet));
            let body = [bof(0x10), sheet.records.clone(), record(EOF, &[])].concat();
            begins += body.len();
            bodies.extend(body);
        }
        head.extend(record(EOF, &[]));
        head.extend(bodies);
        head
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut streams = vec![("Workbook", self.stream())];
        streams.extend(self.streams.clone());
        compound(&streams)
    }
}

const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;

fn pad(mut bytes: Vec<u8>, to: usize) -> Vec<u8> {
    bytes.resize(bytes.len().next_multiple_of(to), 0);
    bytes
}

/// A compound file of these streams; small ones stand in small sectors, as Excel has them.
pub fn compound(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut small, mut small_next, mut firsts) = (Vec::new(), Vec::new(), Vec::new());
    for (_, bytes) in streams.iter().filter(|(_, bytes)| bytes.len() < 4096) {
        firsts.push((small.len() / 64) as u32);
        small.extend(pad(bytes.clone(), 64));
        let (from, to) = (small_next.len() as u32 + 1, (small.len() / 64) as u32);
        small_next.extend((from..to).chain([END]));
    }
    let small_length = small.len() as u32;
    let small_table: Vec<u8> = small_next.iter().flat_map(|next| next.to_le_bytes()).collect();
    // What stands in ordinary sectors: the directory comes last, when all places are known.
    let mut chains = vec![pad(small_table, SECTOR), pad(small, SECTOR)];
    chains.extend(streams.iter().filter(|(_, bytes)| bytes.len() >= 4096).map(|(_, bytes)| pad(bytes.clone(), SECTOR)));
    let directory_sectors = (streams.len() + 1).div_ceil(4);
    let used = chains.iter().map(|chain| chain.len() / SECTOR).sum::<usize>() + directory_sectors;
    let tables = (1..).find(|tables| tables * 128 >= used + tables).unwrap();
    let mut next: Vec<u32> = vec![0xFFFF_FFFD; tables];
    let mut begins = Vec::new();
    let lengths: Vec<usize> = chains.iter().map(|chain| chain.len() / SECTOR).chain([directory_sectors]).collect();
    for length in lengths {
        begins.push(if length == 0 { END } else { next.len() as u32 });
        let (from, to) = (next.len() as u32 + 1, (next.len() + length) as u32);
        next.extend((from..to).chain((length > 0).then_some(END)));
    }
    next.resize(tables * 128, u32::MAX);
    let mut directory = entry("Root Entry", 5, begins[1], small_length);
    let (mut small_at, mut large_at) = (0, 2);
    for (name, bytes) in streams {
        let first = if bytes.len() < 4096 { &mut small_at } else { &mut large_at };
        let begin = if bytes.len() < 4096 { firsts[*first] } else { begins[*first] };
        *first += 1;
        directory.extend(entry(name, 2, begin, bytes.len() as u32));
    }
    let mut file = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    file.resize(24, 0);
    file.extend(words(&[0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0]));
    let small_tables = chains[0].len() / SECTOR;
    for number in [0, tables as u32, begins[begins.len() - 1], 0, 4096, begins[0], small_tables as u32, END, 0] {
        file.extend(number.to_le_bytes());
    }
    file.extend((0..109).flat_map(|at| if at < tables as u32 { at } else { u32::MAX }.to_le_bytes()));
    file.extend(next.iter().flat_map(|next| next.to_le_bytes()));
    chains.into_iter().for_each(|chain| file.extend(chain));
    file.extend(pad(directory, SECTOR));
    file
}

fn entry(name: &str, kind: u8, begins: u32, length: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = words(&name.encode_utf16().collect::<Vec<u16>>());
    let name_length = entry.len() as u16 + 2;
    entry.resize(64, 0);
    entry.extend(name_length.to_le_bytes());
    entry.extend([kind, 1]);
    entry.resize(116, 0xFF);
    entry.extend(begins.to_le_bytes());
    entry.extend(length.to_le_bytes());
    entry.resize(128, 0);
    entry
}

/// The rows that every kind of file is tried with.
pub fn usual() -> Xls {
    let sheet = Sheet::new("Deltagare", false)
        .string(0, 0, 0)
        .string(0, 1, 1)
        .string(0, 2, 2)
        .string(0, 3, 3)
        .string(0, 4, 4)
        .string(1, 0, 5)
        .string(1, 1, 6)
        .number(1, 2, DAY, 44_571.6)
        .number(1, 3, PLAIN, 1.5)
        .with(0x205, &[words(&[1, 4, PLAIN]), vec![1, 0]].concat())
        .string(3, 0, 7)
        // -3 in four bytes
        .with(0x27E, &[words(&[3, 3, PLAIN]), (((-3_i32 << 2) | 2) as u32).to_le_bytes().to_vec()].concat());
    Xls {
        strings: vec!["Nr", "Kön", "Inskriven", "Antal", "Ja", "D1", " Kvinna ", "D2"],
        sheets: vec![sheet],
        ..Xls::default()
    }
}
