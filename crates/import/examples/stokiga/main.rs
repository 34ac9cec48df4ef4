//! Makes the messy files of testdata/uppfoljningsfiler: `cargo run -p samsyn-import --example stokiga`. The same run
//! gives the same bytes, but for .xls and .ods, which LibreOffice makes of a generated .xlsx: with `--konvertera`.
//! Everything in them is made up.

mod bok;
mod filer;
mod fler;

use bok::Bok;
use std::path::Path;
use std::process::Command;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/uppfoljningsfiler");
    let convert = std::env::args().any(|argument| argument == "--konvertera");
    for (name, bok) in filer::alla().into_iter().chain(fler::alla()) {
        match name.rsplit_once('.') {
            Some((_, "xlsx")) => std::fs::write(folder.join(name), bok.xlsx()?)?,
            Some((stem, ending @ ("xls" | "ods"))) if convert => converted(&folder, stem, ending, &bok)?,
            _ => {}
        }
    }
    for (name, bytes) in fler::texter() {
        std::fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}

/// Writes the book as .xlsx in a folder of its own and lets LibreOffice make the other format of it.
fn converted(folder: &Path, stem: &str, ending: &str, bok: &Bok) -> Result<(), Box<dyn std::error::Error>> {
    let own = tempfile::TempDir::new()?;
    let own = own.path();
    let source = own.join(format!("{stem}.xlsx"));
    std::fs::write(&source, bok.xlsx()?)?;
    let profile = format!("-env:UserInstallation=file://{}", own.join("profil").display());
    let done = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", ending, "--outdir"])
        .args([folder, &source])
        .status()?;
    if done.success() { Ok(()) } else { Err("LibreOffice gjorde ingen fil".into()) }
}
