//! What a form with files brought: its fields and its files.

use super::grind::Visit;
use crate::actions::insatsbeslut::Form as Fields;
use axum::extract::Multipart;
use samsyn_import::package::ReceivedFile;

/// Fields and files, in the order sent.
#[derive(Debug, Default)]
pub struct Mottaget {
    /// What was typed, by the field's name.
    pub falt: Fields,
    /// The files that were chosen.
    pub filer: Vec<ReceivedFile>,
    /// Whether all of it came; what came before it broke off is there.
    pub helt: bool,
}

impl Mottaget {
    /// Reads a form. A field of files that nothing was chosen in brings none.
    pub async fn read(mut parts: Multipart) -> Mottaget {
        let mut got = Mottaget::default();
        loop {
            let part = match parts.next_field().await {
                Ok(Some(part)) => part,
                end => {
                    got.helt = end.is_ok();
                    return got;
                }
            };
            let (field, file) = (part.name().unwrap_or_default().to_owned(), part.file_name().map(str::to_owned));
            let Ok(bytes) = part.bytes().await else { return got };
            match file {
                Some(name) if name.is_empty() => {}
                Some(name) => got.filer.push(ReceivedFile { name, bytes: bytes.to_vec() }),
                None => {
                    got.falt.insert(field, String::from_utf8_lossy(&bytes).into_owned());
                }
            }
        }
    }

    /// The only file; why there is none, and what to do.
    pub fn en_fil(&mut self, visit: &Visit) -> Result<ReceivedFile, String> {
        let mib = visit.server.config.largest_upload / 1024 / 1024;
        match (self.helt, self.filer.len()) {
            (false, _) => Err(format!("Filen kom inte fram. Den får vara högst {mib} MiB.")),
            (true, 0) => Err("Välj en fil först.".to_owned()),
            (true, 1) => Ok(self.filer.remove(0)),
            (true, _) => Err("Det var flera filer. Lämna en i taget.".to_owned()),
        }
    }
}
