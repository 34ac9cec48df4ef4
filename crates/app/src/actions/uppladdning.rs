//! What somebody has uploaded: files as they are, and what lies in a zip file; or in words why it is no underlag.

use crate::Error;
use samsyn_core::personnummer::contains_personnummer;
use samsyn_document::format;
use samsyn_import::package::{FILE, Limits, ReceivedFile};
use std::io::Read;

/// The most files that a package may unpack to.
const MOST_FILES: usize = 200;
/// What every zip file begins with, and office documents too.
const ZIP: &[u8] = b"PK\x03\x04";

/// Unpacks what was uploaded: files as they are, and what lies in a zip file, without its folders.
pub fn unpack(uploads: Vec<ReceivedFile>, limits: &Limits) -> Result<Vec<ReceivedFile>, Error> {
    let mut files = Vec::new();
    let mut told = Vec::new();
    let mut left = limits.max_file_bytes.saturating_mul(4);
    for upload in uploads {
        if files.len() > MOST_FILES {
            return Err(Error::Usage(format!("Det är fler än {MOST_FILES} filer. Ladda upp ett underlag i taget.")));
        }
        let kind = kind(&upload);
        told.push((shown(&upload.name).to_owned(), kind));
        if kind == Kind::Zip {
            files.extend(unzip(&upload, limits, &mut left)?);
        } else {
            files.push(upload);
        }
    }
    if files.is_empty() && told.is_empty() {
        return Err(Error::Usage("Inga filer kom med. Välj underlagets filer eller en zip-fil med dem.".to_owned()));
    }
    if !files.iter().any(|file| file.name == FILE) {
        return Err(Error::Usage(no_underlag(&told)));
    }
    Ok(files)
}

/// What sort of file it is, by what it begins with and by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Zip,
    Csv,
    Kalkylblad,
    Dokument,
    Pdf,
    Bild,
    Annat,
}

fn kind(upload: &ReceivedFile) -> Kind {
    let name = upload.name.to_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let begins = |heads: &[&[u8]]| heads.iter().any(|head| upload.bytes.starts_with(head));
    if begins(&[b"%PDF"]) {
        Kind::Pdf
    } else if begins(&[b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM"]) && !ends(&[".csv"]) {
        Kind::Bild
    } else if begins(&[ZIP, b"\xd0\xcf\x11\xe0"]) && ends(&[".xlsx", ".xls", ".xlsm", ".ods"]) {
        Kind::Kalkylblad
    } else if begins(&[ZIP, b"\xd0\xcf\x11\xe0"]) && ends(&[".docx", ".doc", ".odt", ".pptx"]) {
        Kind::Dokument
    } else if begins(&[ZIP]) {
        Kind::Zip
    } else if ends(&[".csv"]) {
        Kind::Csv
    } else {
        Kind::Annat
    }
}

/// What was chosen instead of an underlag, and what to choose.
fn no_underlag(told: &[(String, Kind)]) -> String {
    let is_all = |kind| told.iter().all(|(_, other)| *other == kind);
    let has = |kind| told.iter().any(|(_, other)| *other == kind);
    let kind = |kind| match kind {
        Kind::Zip => "en zip-fil",
        Kind::Csv => "en csv-fil",
        Kind::Kalkylblad => "ett kalkylblad",
        Kind::Dokument => "ett dokument",
        Kind::Pdf => "en pdf-fil",
        Kind::Bild => "en bild",
        Kind::Annat => "en fil av annat slag",
    };
    let chosen = match told {
        [(name, one)] => format!("Du valde {}, {name}.", kind(*one)),
        many if is_all(Kind::Csv) => {
            format!("Du valde {} csv-filer, men inte {FILE}.", format::in_words(many.len() as i64, false))
        }
        many => {
            format!("Bland de {} filer som du valde finns inte {FILE}.", format::in_words(many.len() as i64, false))
        }
    };
    let then = if has(Kind::Zip) {
        format!("I zip-filen finns inte {FILE}, som säger vilka filer som hör till underlaget. Lägg till den.")
    } else if has(Kind::Kalkylblad) {
        format!("Underlaget läses från csv-filer. Spara bladen som csv och välj dem tillsammans med {FILE}.")
    } else {
        "Välj alla underlagets filer på en gång, eller en zip-fil med dem.".to_owned()
    };
    format!("{chosen} Ett underlag är {FILE} och en csv-fil för varje slags uppgift. {then}")
}

/// A file's name as it may be shown again.
fn shown(name: &str) -> &str {
    if contains_personnummer(name) { "Filen" } else { name }
}

/// Unpacks one zip file; `left` is how many bytes the whole upload may still unpack to.
fn unzip(upload: &ReceivedFile, limits: &Limits, left: &mut u64) -> Result<Vec<ReceivedFile>, Error> {
    let zip = shown(&upload.name);
    let broken = |_| Error::Usage(format!("{zip} är ingen hel zip-fil. Packa den på nytt."));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&upload.bytes)).map_err(broken)?;
    if archive.len() > MOST_FILES {
        return Err(Error::Usage(format!("{zip} har fler än {MOST_FILES} filer.")));
    }
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(broken)?;
        let path = entry.name().map_err(broken)?.into_owned();
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        if entry.is_dir() || name.is_empty() || name.starts_with('.') || path.starts_with("__MACOSX") {
            continue;
        }
        // What a file says of its own size is not believed: no more than the limit is ever unpacked.
        let mut bytes = Vec::new();
        let most = limits.max_file_bytes.min(*left);
        let read = entry.take(most + 1).read_to_end(&mut bytes);
        read.map_err(|_| Error::Usage(format!("{zip}: {} kan inte packas upp. Packa den på nytt.", shown(&name))))?;
        if bytes.len() as u64 > most {
            let mib = limits.max_file_bytes / 1024 / 1024;
            return Err(Error::Usage(format!("{zip}: {} är större än gränsen på {mib} MiB.", shown(&name))));
        }
        *left -= bytes.len() as u64;
        files.push(ReceivedFile { name, bytes });
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn zipped(files: &[(&str, &[u8])]) -> ReceivedFile {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        ReceivedFile { name: "paket.zip".to_owned(), bytes: writer.finish().unwrap().into_inner() }
    }

    #[test]
    fn a_zip_file_gives_its_files_without_their_folders() {
        let upload = zipped(&[
            ("underlag/mal.csv", b"a"),
            ("__MACOSX/mal.csv", b"b"),
            ("underlag/.DS_Store", b"c"),
            ("underlag/datapackage.json", b"{}"),
        ]);
        let files = unpack(vec![upload], &Limits::default()).unwrap();
        assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["mal.csv", FILE]);
    }

    #[test]
    fn a_zip_file_that_unpacks_to_too_much_is_refused() {
        let limits = Limits { max_file_bytes: 1000 };
        let upload = zipped(&[("stor.csv", &[b' '; 100_000])]);
        assert!(upload.bytes.len() < 1000);
        let told = unpack(vec![upload], &limits).unwrap_err().to_string();
        assert!(told.contains("stor.csv") && told.contains("större än gränsen"), "{told}");
        let broken = ReceivedFile { name: "a.zip".into(), bytes: b"PK\x03\x04trasig".to_vec() };
        assert!(unpack(vec![broken], &limits).unwrap_err().to_string().contains("ingen hel zip-fil"));
    }

    #[test]
    fn what_is_no_underlag_is_told_by_what_it_is() {
        let file = |name: &str, bytes: &[u8]| ReceivedFile { name: name.to_owned(), bytes: bytes.to_vec() };
        let zip = |name: &str, inside: &str| ReceivedFile { name: name.to_owned(), ..zipped(&[(inside, b"x")]) };
        for (uploads, told) in [
            (vec![file("budget.csv", b"insats_id")], "Du valde en csv-fil, budget.csv."),
            (vec![file("a.csv", b"a"), file("b.csv", b"b")], "Du valde två csv-filer, men inte datapackage.json."),
            (vec![zip("bok.xlsx", "xl/workbook.xml")], "Du valde ett kalkylblad, bok.xlsx."),
            (vec![zip("brev.docx", "word/document.xml")], "Du valde ett dokument, brev.docx."),
            (vec![zip("paket.zip", "budget.csv")], "I zip-filen finns inte datapackage.json"),
            (vec![file("PM.pdf", b"%PDF-1.7")], "Du valde en pdf-fil, PM.pdf."),
            (vec![file("bild.png", b"\x89PNG\r\n")], "Du valde en bild, bild.png."),
            (vec![file("19900118-9811.txt", b"a")], "Du valde en fil av annat slag, Filen."),
        ] {
            let said = unpack(uploads, &Limits::default()).unwrap_err().to_string();
            assert!(said.contains(told) && said.contains("Ett underlag är datapackage.json och en csv-fil"), "{said}");
        }
    }
}
