//! A file as it is kept and given out again, SIE 4E without the texts of vouchers: taken in and given out once more it is
//! the same to the byte, and tells the same closings as the file that it came from.

use super::egna;
use samsyn_import::bokforing::{bokslut, utan_texter};
use samsyn_import::sie::{Sie, Typ, read, write};

fn all() -> Vec<(String, Vec<u8>)> {
    let own = |name: &str| {
        let path = format!("{}/../../demo/ekonomi/{name}", env!("CARGO_MANIFEST_DIR"));
        (name.to_owned(), std::fs::read(path).unwrap())
    };
    let own = ["2021-06-30.se", "2021-12-31.se", "2022-06-30.se"].map(own);
    own.into_iter().chain(egna::public()).collect()
}

/// What a file is kept as.
fn kept(sie: Sie) -> (&'static str, Vec<u8>) {
    (if sie.typ == Typ::FyraI { "a.si" } else { "a.se" }, write(&utan_texter(sie)))
}

#[test]
fn given_out_taken_in_and_given_out_is_the_same() {
    let mut count = 0;
    for (name, bytes) in all() {
        let Ok(sie) = read(&name, &bytes) else { continue };
        let (as_name, first) = kept(sie);
        let again = read(as_name, &first).unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
        assert_eq!(kept(again), (as_name, first), "{name}");
        count += 1;
    }
    assert!(count >= 3);
}

#[test]
fn a_kept_file_tells_the_same_closings() {
    for (name, bytes) in all() {
        let Ok(sie) = read(&name, &bytes) else { continue };
        let told = |sie: &Sie| format!("{:?}", bokslut(sie, None));
        let before = told(&sie);
        let (as_name, first) = kept(sie);
        assert_eq!(told(&read(as_name, &first).unwrap()), before, "{name}");
    }
}

/// No text of a voucher, and no signature, is anywhere in what is kept.
#[test]
fn no_text_of_a_voucher_is_kept() {
    for (name, bytes) in all() {
        let Ok(sie) = read(&name, &bytes) else { continue };
        let (as_name, first) = kept(sie);
        for ver in read(as_name, &first).unwrap().verifikationer {
            assert!(ver.text.is_empty() && ver.sign.is_empty(), "{name}");
            assert!(ver.transaktioner.iter().all(|row| row.text.is_empty() && row.sign.is_empty()), "{name}");
        }
    }
}
