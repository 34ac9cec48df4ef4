//! A font's table from codes to characters (`ToUnicode`), which tells what its text says.

use crate::reader::follow;
use lopdf::{Dictionary, Document};
use std::collections::HashMap;

/// The characters of each two-byte code.
pub struct Characters(HashMap<u16, String>);

impl Characters {
    pub fn of(file: &Document, font: &Dictionary) -> Characters {
        let stream = follow(file, font.get(b"ToUnicode").unwrap()).as_stream().unwrap();
        let text = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
        let text = String::from_utf8_lossy(&text);
        let mut found = HashMap::new();
        for (part, from, to) in [("char", "beginbfchar", "endbfchar"), ("range", "beginbfrange", "endbfrange")] {
            for block in text.split(from).skip(1) {
                let block = block.split(to).next().unwrap();
                let codes: Vec<Vec<u16>> =
                    block.split('<').skip(1).map(|code| units(code.split('>').next().unwrap())).collect();
                for entry in codes.chunks(if part == "char" { 2 } else { 3 }) {
                    let (first, last, said) = (entry[0][0], entry[entry.len() - 2][0], entry.last().unwrap());
                    for code in first..=last {
                        let mut said = said.clone();
                        *said.last_mut().unwrap() += code - first;
                        found.insert(code, String::from_utf16(&said).unwrap());
                    }
                }
            }
        }
        Characters(found)
    }

    pub fn say(&self, bytes: &[u8]) -> String {
        let codes = bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        codes.map(|code| self.0.get(&code).unwrap_or_else(|| panic!("no character for {code}")).as_str()).collect()
    }
}

fn units(hex: &str) -> Vec<u16> {
    let hex: String = hex.split_whitespace().collect();
    (0..hex.len() / 4).map(|i| u16::from_str_radix(&hex[i * 4..i * 4 + 4], 16).unwrap()).collect()
}
