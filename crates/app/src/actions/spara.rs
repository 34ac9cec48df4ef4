//! Writing files so that none is ever half written: beside, then renamed. And packing several into one.

use crate::Error;
use samsyn_import::package::ReceivedFile;
use std::io::Write;
use std::path::Path;

/// Writes a file; its folder is made when it is missing. Either the whole file is there afterwards, or
/// what was there before.
pub fn file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let name = path.file_name().ok_or_else(|| Error::Usage(format!("{} är inget filnamn.", path.display())))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    self::folder(folder)?;
    let beside = folder.join(format!(".{}.{}.del", name.to_string_lossy(), std::process::id()));
    let written = std::fs::File::create(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&beside);
        Error::file(path, "skrivas", &error)
    })
}

/// Makes a folder and those above it.
pub fn folder(path: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(path).map_err(|error| Error::file(path, "skapas", &error))
}

/// Files packed as one zip file.
pub fn zip(files: &[ReceivedFile]) -> Result<Vec<u8>, Error> {
    let pack = || {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for file in files {
            writer.start_file(&*file.name, zip::write::SimpleFileOptions::default())?;
            writer.write_all(&file.bytes)?;
        }
        writer.finish()
    };
    let packed: zip::result::ZipResult<_> = pack();
    Ok(packed.map_err(|error| Error::Failure(format!("Filerna kan inte packas: {error}.")))?.into_inner())
}
