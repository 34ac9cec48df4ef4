//! Reads a file: line by line into records, vouchers in their braces, and what the whole must agree with at the end.

use super::falt::{Falt, Fel, shown};
use super::kontroll::{self, Spar};
use super::ksumma::Summa;
use super::rad::{self, Del, Radfel};
use super::ver::Oppen;
use super::{Kodning, Sie, Typ};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::{Finding, Place};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The largest file, in bytes.
const LARGEST: usize = 256 * 1024 * 1024;
/// The most errors and the most notes that are told one by one.
const TOLD: usize = 200;
/// The most labels that nobody knows that are told one by one.
const LABELS: usize = 50;
/// What to do with half a file.
const HALF: &str = "Filen är nog avklippt. Exportera den igen.";

/// Reads a file of any type.
///
/// The name tells 4I from 4E where nothing else does. Errors: everything that is wrong, with line; nothing is to be stored
/// then.
pub fn read(name: &str, bytes: &[u8]) -> Result<Sie, Vec<Finding>> {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let kodning = if body.len() < bytes.len() { Kodning::Utf8 } else { Kodning::of(body) };
    let mut reader = Las::new(name, kodning);
    if let Some((told, hint)) = no_sie(body) {
        reader.error(None, told, hint);
        return Err(reader.errors);
    }
    let mut parts = Vec::new();
    for (number, line) in rad::lines(body) {
        reader.line(number, line, &mut parts);
    }
    reader.end(body)
}

/// What a file is that is no SIE at all.
fn no_sie(body: &[u8]) -> Option<(&'static str, &'static str)> {
    let export = "Exportera en SIE-fil från bokföringsprogrammet.";
    if body.len() > LARGEST {
        return Some(("Filen är större än 256 MB.", "Exportera ett räkenskapsår i taget."));
    }
    let start = body.trim_ascii_start();
    let head = start[..start.len().min(1_024)].to_ascii_lowercase();
    let has = |text: &[u8]| memchr::memmem::find(&head, text).is_some();
    match () {
        () if start.is_empty() => Some(("Filen är tom.", export)),
        () if head.starts_with(b"#") => None,
        () if head.starts_with(b"<") && (has(b"<html") || has(b"<!doctype html")) => Some((
            "Filen är en webbsida, inte en SIE-fil.",
            "Länken gav en sida, kanske ett felmeddelande, i stället för filen. Hämta den på nytt.",
        )),
        () if head.starts_with(b"<") => {
            Some(("Filen är XML, kanske SIE 5, som inte kan läsas.", "Exportera SIE 4 från bokföringsprogrammet."))
        }
        () if head.starts_with(b"pk\x03\x04") => Some(("Filen är ett zip-arkiv eller en arbetsbok.", export)),
        () if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") => {
            Some(("Filen är sparad som UTF-16.", "Spara den som UTF-8, eller hämta den på nytt."))
        }
        () => Some(("Filen är ingen SIE-fil: den första raden börjar inte med #.", export)),
    }
}

/// A file that is being read.
pub(super) struct Las<'n> {
    file: &'n str,
    pub(super) kodning: Kodning,
    pub(super) sie: Sie,
    pub(super) spar: Spar,
    pub(super) sietyp: u8,
    pub(super) oppen: Option<Oppen>,
    pub(super) summa: Summa,
    errors: Vec<Finding>,
    untold: usize,
    /// Labels that nobody knows: the first line and how many.
    okanda: BTreeMap<String, (u32, u32)>,
}

impl<'n> Las<'n> {
    fn new(file: &'n str, kodning: Kodning) -> Las<'n> {
        Las {
            file,
            kodning,
            sie: Sie { kodning, ..Sie::default() },
            spar: Spar::default(),
            sietyp: 1,
            oppen: None,
            summa: Summa::Ingen,
            errors: Vec::new(),
            untold: 0,
            okanda: BTreeMap::new(),
        }
    }

    fn place(&self, line: Option<u32>) -> Place {
        Place { file: Some(self.file.to_owned()), row: line.map(u64::from), ..Place::default() }
    }

    pub(super) fn error(&mut self, line: impl Into<Option<u32>>, message: impl Into<String>, hint: impl Into<String>) {
        if self.errors.len() >= TOLD {
            self.untold += 1;
            return;
        }
        let finding = Finding::error(self.place(line.into()), masked(message.into()), hint);
        self.errors.push(finding);
    }

    pub(super) fn note(&mut self, line: impl Into<Option<u32>>, message: impl Into<String>) {
        if self.sie.notes.len() < TOLD {
            let finding = Finding::note(self.place(line.into()), masked(message.into()));
            self.sie.notes.push(finding);
        }
    }

    fn line<'b>(&mut self, number: u32, line: &'b [u8], parts: &mut Vec<Del<'b>>) {
        if let Err(fault) = rad::split(line, parts) {
            self.broken(number, fault);
            return;
        }
        match parts.first() {
            None => {}
            Some(Del::In) => match &mut self.oppen {
                Some(oppen) if !oppen.inne && parts.len() == 1 => oppen.inne = true,
                _ => self.error(
                    number,
                    "En klammer öppnas här utan #VER på raden före.",
                    "{ står ensam på raden efter #VER.",
                ),
            },
            Some(Del::Ut) => match self.oppen.take() {
                Some(oppen) if oppen.inne => self.close(oppen),
                _ => self.error(number, "En klammer stängs här, men ingen är öppen.", HALF),
            },
            Some(Del::Falt(label)) if label.starts_with(b"#") => self.record(number, label, parts),
            Some(Del::Falt(text)) => {
                let told =
                    format!("Raden börjar med {}, men varje post börjar med #.", shown(&self.kodning.decode(text)));
                self.error(number, told, "Skriv till exempel #KONTO 1930 \"Bank\".");
            }
        }
    }

    fn broken(&mut self, number: u32, fault: Radfel) {
        if let Some(oppen) = &mut self.oppen {
            oppen.fel = true;
        }
        match fault {
            Radfel::Lang => self.error(number, "Raden är längre än 64 kB.", "Är det en SIE-fil? Exportera den igen."),
            Radfel::Citat => self.error(number, "Ett citattecken på raden har inget slut.", HALF),
            Radfel::Styrtecken => self.error(
                number,
                "Raden har ett styrtecken, som ingen text har.",
                "Filen är skadad, eller har radslut från ett mycket gammalt system. Exportera den igen.",
            ),
        }
    }

    fn record(&mut self, number: u32, label: &[u8], parts: &[Del<'_>]) {
        let label = match label.iter().any(u8::is_ascii_lowercase) {
            true => Cow::Owned(label.to_ascii_uppercase()),
            false => Cow::Borrowed(label),
        };
        if let (Summa::Borjad(_, sum), false) = (&mut self.summa, label.as_ref() == b"#KSUMMA") {
            for part in parts {
                if let Del::Falt(field) = part {
                    sum.add(field);
                }
            }
        }
        let row = matches!(label.as_ref(), b"#TRANS" | b"#RTRANS" | b"#BTRANS");
        // What nobody knows may stand among the rows as well; another voucher and the end of the file may not.
        let ends = matches!(label.as_ref(), b"#VER" | b"#KSUMMA");
        if let Some(oppen) = self.oppen.take_if(|oppen| !oppen.inne || ends) {
            self.left_open(number, &label, oppen);
        }
        let mut fields = Falt::new(&parts[1..], self.kodning);
        let read = match label.as_ref() {
            b"#KSUMMA" => self.ksumma(number, &mut fields),
            _ if row => self.row(number, &label, &mut fields),
            _ => self.post(number, &label, &mut fields),
        };
        if let Err(Fel(told, hint)) = read {
            if let (Some(oppen), true) = (&mut self.oppen, row) {
                oppen.fel = true;
            }
            self.error(number, format!("{}: {told}", String::from_utf8_lossy(&label)), hint);
        }
    }

    /// A record that is not read: told once for each label.
    pub(super) fn okand(&mut self, number: u32, label: &[u8]) {
        let label = shown(&self.kodning.decode(label));
        if self.okanda.len() < LABELS || self.okanda.contains_key(&label) {
            self.okanda.entry(label).or_insert((number, 0)).1 += 1;
        }
    }

    fn end(mut self, body: &[u8]) -> Result<Sie, Vec<Finding>> {
        if let Some(oppen) = self.oppen.take() {
            self.error(oppen.line, format!("Filen slutar mitt i {}.", oppen.ver.kallad()), HALF);
            self.spar.olast = true;
        }
        if let Summa::Borjad(line, _) = self.summa {
            self.error(line, "En kontrollsumma börjar här (#KSUMMA), men filen slutar utan den.", HALF);
        }
        self.sie.typ = match self.sietyp {
            1 => Typ::Ett,
            2 => Typ::Tva,
            3 => Typ::Tre,
            _ if kontroll::is_4i(&self.sie, self.file) => Typ::FyraI,
            _ => Typ::FyraE,
        };
        kontroll::kontrollera(&mut self);
        if self.kodning != Kodning::Cp437 {
            self.note(
                None,
                format!("Filens tecken är lästa som {}, inte CP437 som formatet föreskriver.", self.kodning.namn()),
            );
        }
        if self.kodning == Kodning::Utf8
            && (memchr::memmem::find(body, "\u{fffd}".as_bytes()).is_some() || std::str::from_utf8(body).is_err())
        {
            self.note(None, "En del bokstäver har gått förlorade innan filen kom hit; de visas som \u{fffd}.");
        }
        for (label, (line, count)) in std::mem::take(&mut self.okanda) {
            self.note(line, format!("Posten {label} lästes inte ({}).", rader(count)));
        }
        if self.untold > 0 {
            let finding = Finding::error(self.place(None), format!("Och {} fel till.", self.untold), "");
            self.errors.push(finding);
        }
        if self.errors.is_empty() { Ok(self.sie) } else { Err(self.errors) }
    }
}

/// `1 rad`, `2 rader`.
pub(super) fn rader(count: u32) -> String {
    if count == 1 { "1 rad".to_owned() } else { format!("{count} rader") }
}

/// What stands in a file is not told when it may be a person.
fn masked(message: String) -> String {
    if contains_personnummer(&message) {
        return "Raden går inte att läsa. Det som står där visas inte, för det liknar ett personnummer.".to_owned();
    }
    message
}
