//! What kind of file bytes are, whatever the file is called; and a plain word for what is no spreadsheet.

use super::Refused;
use super::ole::{self, Streams};
use super::parts::Parts;
use super::reading::Reading;

/// What was found.
pub(super) enum Found<'b> {
    Xlsx(Parts<'b>),
    Ods(Parts<'b>),
    Xls(Streams),
    /// Text, or what nothing else is.
    Text,
}

/// What to do with what Excel opens but this program does not.
const SAVE_AS: &str = "Öppna filen i Excel och spara den som .xlsx (Excel-arbetsbok).";
const CHOOSE: &str = "Välj ett kalkylark: .xlsx, .xls, .ods eller .csv.";

/// Beginnings of files that are no spreadsheets, and what they are.
const OTHERS: [(&[u8], &str); 12] = [
    (b"%PDF", "ett PDF-dokument"),
    (b"\x89PNG", "en bild"),
    (b"\xff\xd8\xff", "en bild"),
    (b"GIF8", "en bild"),
    (b"BM", "en bild"),
    (b"II*\0", "en bild"),
    (b"{\\rtf", "ett textdokument"),
    (b"\x1f\x8b", "ett arkiv"),
    (b"7z\xbc\xaf", "ett arkiv"),
    (b"Rar!", "ett arkiv"),
    (b"BZh", "ett arkiv"),
    (b"MZ", "ett program"),
];

/// The kind of file.
pub(super) fn of<'b>(reading: &mut Reading, bytes: &'b [u8]) -> Result<Found<'b>, Refused> {
    let (size, most) = (bytes.len() as u64, reading.limits.max_file_bytes);
    if size > most {
        let message = format!("Filen är större än gränsen {} MiB.", most >> 20);
        return Err(reading.stop(
            "",
            message,
            "Ta bort blad och bilder som inte behövs, eller dela upp den på flera filer.",
        ));
    }
    if bytes.is_empty() {
        return Err(reading.stop("", "Filen är tom.", CHOOSE));
    }
    if bytes.starts_with(b"PK") {
        return package(reading, bytes);
    }
    if bytes.starts_with(&ole::SIGNATURE) {
        return compound(reading, bytes);
    }
    // Excel before 1997 wrote its records without anything around them.
    if matches!(bytes, [0x09, 0 | 2 | 4 | 8, 4..=8, 0, ..]) {
        return Err(reading.stop("", "Filen är sparad i ett Excelformat från före 1997.", SAVE_AS));
    }
    // Two letters may begin a text as well; then no byte below the blank follows them.
    let text = |head: &[u8]| head.len() == 2 && !bytes.iter().take(64).any(|b| *b < b'\t');
    if let Some((_, what)) = OTHERS.iter().find(|(head, _)| bytes.starts_with(head) && !text(head)) {
        return Err(reading.stop("", format!("Filen är {what}, inte ett kalkylark."), CHOOSE));
    }
    markup(reading, bytes)?;
    Ok(Found::Text)
}

/// Pages and XML under a spreadsheet's name: many systems save their lists so.
fn markup(reading: &Reading, bytes: &[u8]) -> Result<(), Refused> {
    let head: Vec<u8> = bytes.iter().take(2_000).filter(|b| **b != 0).map(u8::to_ascii_lowercase).collect();
    let head = String::from_utf8_lossy(&head).into_owned();
    let start = head.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{fffd}'));
    let begins = |words: &[&str]| words.iter().any(|word| start.starts_with(word));
    if begins(&[
        "<!doctype html",
        "<html",
        "<table",
        "<head",
        "<body",
        "<meta",
        "<style",
        "<!--",
        "<div",
        "mime-version:",
    ]) {
        return Err(reading.stop("", "Filen är en webbsida, inte ett kalkylark, vad den än heter.", SAVE_AS));
    }
    if begins(&["<?xml", "<workbook", "<ss:workbook", "<office:document"]) {
        return Err(reading.stop("", "Filen är XML i klartext, inte ett kalkylark.", SAVE_AS));
    }
    Ok(())
}

/// A zip package: a workbook, or something else.
fn package<'b>(reading: &mut Reading, bytes: &'b [u8]) -> Result<Found<'b>, Refused> {
    let mut parts = Parts::open(reading, bytes)?;
    if parts.has("xl/workbook.bin") {
        return Err(reading.stop("", "Filen är en binär Excel-arbetsbok (.xlsb).", SAVE_AS));
    }
    for (part, what) in [("word/document.xml", "ett Word-dokument"), ("ppt/presentation.xml", "en presentation")] {
        if parts.has(part) {
            return Err(reading.stop("", format!("Filen är {what}, inte ett kalkylark."), CHOOSE));
        }
    }
    if parts.has("xl/workbook.xml") {
        return Ok(Found::Xlsx(parts));
    }
    if parts.has("content.xml") {
        let kind = parts.text(reading, "mimetype")?.unwrap_or_default();
        if !kind.is_empty() && !kind.contains("opendocument.spreadsheet") {
            return Err(reading.stop("", "Filen är ett annat slags dokument än ett kalkylark.", CHOOSE));
        }
        return Ok(Found::Ods(parts));
    }
    if parts.has("[Content_Types].xml") || parts.names().iter().any(|name| name.starts_with("xl/")) {
        return Err(reading.damaged("", "arbetsboken saknas i den"));
    }
    Err(reading.stop("", "Filen är ett arkiv, inte ett kalkylark.", "Packa upp arkivet och välj kalkylarket i det."))
}

/// A compound file: Excel 97–2003, a workbook with a password, or something else.
fn compound<'b>(reading: &mut Reading, bytes: &[u8]) -> Result<Found<'b>, Refused> {
    let streams = ole::read(reading, bytes)?;
    if streams.get("EncryptedPackage").is_some() {
        return Err(password(reading));
    }
    if streams.get("Workbook").is_some() {
        return Ok(Found::Xls(streams));
    }
    if streams.get("Book").is_some() {
        return Err(reading.stop("", "Filen är sparad i ett Excelformat från före 1997.", SAVE_AS));
    }
    for (stream, what) in [("WordDocument", "ett Word-dokument"), ("PowerPoint Document", "en presentation")] {
        if streams.get(stream).is_some() {
            return Err(reading.stop("", format!("Filen är {what}, inte ett kalkylark."), CHOOSE));
        }
    }
    Err(reading.damaged("", "arbetsboken saknas i den"))
}

/// The file cannot be opened without a password.
pub(super) fn password(reading: &Reading) -> Refused {
    let hint = "Ta bort lösenordet i Excel (Arkiv, Info, Skydda arbetsbok) och spara filen på nytt.";
    reading.stop("", "Filen är skyddad med lösenord och går inte att läsa.", hint)
}

/// Excel before 1997.
pub(super) fn too_old(reading: &Reading) -> Refused {
    reading.stop("", "Filen är sparad i ett Excelformat från före 1997.", SAVE_AS)
}
