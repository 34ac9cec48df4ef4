//! A folder on disk: what may be read of it, and what not.

use samsyn_import::package::{Limits, read_dir};
use std::path::Path;
use tempfile::TempDir;

/// A copy of the base package in a folder of its own, gone afterwards.
struct Copy(TempDir);

impl Copy {
    fn new() -> Copy {
        let to = TempDir::new().unwrap();
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/paket/bas");
        for entry in base.read_dir().unwrap().map(Result::unwrap) {
            std::fs::copy(entry.path(), to.path().join(entry.file_name())).unwrap();
        }
        Copy(to)
    }

    fn told(&self, limits: &Limits) -> Vec<String> {
        read_dir(self.0.path(), limits).err().unwrap_or_default().iter().map(|finding| finding.to_string()).collect()
    }
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let told = read_dir(Path::new("/finns/inte"), &Limits::default()).unwrap_err();
    assert_eq!(
        told[0].to_string(),
        "FEL: /finns/inte: Katalogen finns inte eller kan inte läsas. Kontrollera sökvägen."
    );
}

/// A file over the size limit is not read.
#[test]
fn sizes_are_checked_before_reading() {
    let copy = Copy::new();
    std::fs::File::create(copy.0.path().join("deltagare.csv")).unwrap().set_len(65 * 1024 * 1024).unwrap();
    assert_eq!(
        copy.told(&Limits::default()),
        ["FEL: deltagare.csv: Filen är 65 MiB, mer än gränsen 64 MiB. Dela upp underlaget, eller be den som sköter \
          systemet höja gränsen."]
    );
    assert!(copy.told(&Limits { max_file_bytes: 65 * 1024 * 1024 }).is_empty());
}

/// Paths never escape the folder, by a link either; other files are left alone.
#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out() {
    let copy = Copy::new();
    std::fs::write(copy.0.path().join("anteckningar.txt"), "900101-0017").unwrap();
    let names = |copy: &Copy| -> Vec<String> {
        read_dir(copy.0.path(), &Limits::default()).unwrap().into_iter().map(|file| file.name).collect()
    };
    assert_eq!(names(&copy).len(), 18);
    std::fs::remove_file(copy.0.path().join("mal.csv")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", copy.0.path().join("mal.csv")).unwrap();
    assert_eq!(
        copy.told(&Limits::default()),
        ["FEL: mal.csv: Filen ligger utanför katalogen. Lägg en kopia av filen i katalogen i stället för en länk."]
    );
}

#[test]
fn a_folder_in_a_files_place_is_no_file() {
    let copy = Copy::new();
    std::fs::remove_file(copy.0.path().join("mal.csv")).unwrap();
    std::fs::create_dir(copy.0.path().join("mal.csv")).unwrap();
    assert_eq!(copy.told(&Limits::default()), ["FEL: mal.csv: Det är ingen fil. Kontrollera namnet."]);
}
