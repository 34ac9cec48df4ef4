//! Whole files: the förbund's own, and those of several bookkeeping programs.

use samsyn_document::Belopp;
use samsyn_import::sie::{Kodning, Saldoslag, Sie, Typ, read};
use std::path::PathBuf;

fn told(sie: &Sie) -> Vec<String> {
    sie.notes.iter().map(|note| note.message.clone()).collect()
}

fn sum(sie: &Sie, slag: &[Saldoslag]) -> i64 {
    let rows = sie.saldon.iter().filter(|row| row.ar == 0 && slag.contains(&row.slag));
    rows.map(|row| row.belopp).sum::<Belopp>().ore()
}

/// The balance sheet opens at nothing and closes at the result. Sums in öre.
#[test]
fn the_files_of_the_forbund_are_consistent() {
    for (name, accounts, vouchers, rows, result) in [
        ("2021-06-30.se", 45, 163, 326, 78_238_000),
        ("2021-12-31.se", 44, 91, 182, 140_486_500),
        ("2022-06-30.se", 61, 191, 382, 67_228_860),
    ] {
        let path = format!("{}/../../demo/ekonomi/{name}", env!("CARGO_MANIFEST_DIR"));
        let sie = read(name, &std::fs::read(path).unwrap()).unwrap();
        assert_eq!((sie.typ, sie.kodning, told(&sie)), (Typ::FyraE, Kodning::Cp437, vec![]));
        assert_eq!(sie.foretagsnamn, "Samordningsförbundet Uppsala län");
        let found: usize = sie.verifikationer.iter().map(|ver| ver.transaktioner.len()).sum();
        assert_eq!((sie.konton.len(), sie.verifikationer.len(), found), (accounts, vouchers, rows), "{name}");
        assert_eq!((sum(&sie, &[Saldoslag::Ib]), sum(&sie, &[Saldoslag::Ub, Saldoslag::Res])), (0, 0), "{name}");
        assert_eq!(sum(&sie, &[Saldoslag::Ub]), result, "{name}");
        assert!(sie.konton.values().all(|konto| konto.ktyp.is_some()));
    }
}

/// The public files, or nothing with a word where they are not at hand.
pub fn public() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/sie"));
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("{} saknas: de publika SIE-filerna prövas inte.", folder.display());
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some());
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.map(|path| (name(&path), std::fs::read(&path).unwrap())).collect()
}

/// Accounts, balances, vouchers, rows of vouchers; counted with grep.
#[test]
fn public_files_are_read() {
    for (name, bytes) in public() {
        let found = read(&name, &bytes);
        let (typ, kodning, counts) = match name.as_str() {
            "TRANSAK.SE" | "transaktioner_ovnbolag-bad-balance.se" => {
                let expect = match name.as_str() {
                    "TRANSAK.SE" => {
                        "FEL: TRANSAK.SE: Filen är en webbsida, inte en SIE-fil. Länken gav en sida, kanske ett felmeddelande, i stället för filen. Hämta den på nytt."
                    }
                    _ => {
                        "FEL: transaktioner_ovnbolag-bad-balance.se, rad 3905: Verifikation B 1 (2011-01-07) går inte jämnt ut: raderna summerar till -12771.00, inte 0. Rätta verifikationen i bokföringsprogrammet och exportera igen."
                    }
                };
                let errors = found.unwrap_err();
                assert_eq!(errors.iter().map(ToString::to_string).collect::<Vec<_>>(), [expect]);
                continue;
            }
            "BL0001_typ1.SE" => (Typ::Ett, Kodning::Cp437, (117, 134, 0, 0)),
            "BL0001_typ2.SE" => (Typ::Tva, Kodning::Cp437, (117, 255, 0, 0)),
            "BL0001_typ3.SE" => (Typ::Tre, Kodning::Cp437, (117, 301, 0, 0)),
            "BL0001_typ4.SE" => (Typ::FyraE, Kodning::Cp437, (117, 185, 84, 414)),
            "BL0001_typ4I.SI" => (Typ::FyraI, Kodning::Cp437, (0, 0, 1, 10)),
            "Bokslut_Norstedts_SIE_4E.se" => (Typ::FyraE, Kodning::Cp437, (351, 241, 177, 678)),
            "MAMUT_SIE4_EXPORT.SE" => (Typ::FyraE, Kodning::Cp437, (412, 50, 168, 458)),
            "SIE4_Exempelfil_med_underdim.SE" => (Typ::FyraE, Kodning::Utf8, (530, 223, 295, 1330)),
            "objektsaldo_ovnbolag.se" => (Typ::Tre, Kodning::Cp437, (567, 2444, 0, 0)),
            "transaktioner_ovnbolag.se" => (Typ::FyraE, Kodning::Cp437, (567, 2174, 163, 671)),
            _ => panic!("{name} är ny"),
        };
        let sie = found.unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
        let rows = sie.verifikationer.iter().map(|ver| ver.transaktioner.len()).sum::<usize>();
        let found = (sie.konton.len(), sie.saldon.len(), sie.verifikationer.len(), rows);
        println!("{name} {:?} {:?}", found, told(&sie));
        assert_eq!((sie.typ, sie.kodning), (typ, kodning), "{name}");
        assert_eq!(found, counts, "{name}");
        assert!(told(&sie).iter().all(|note| !note.contains("lästes inte")), "{name} {:?}", told(&sie));
    }
}
